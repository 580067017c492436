// Asks a SPARQL endpoint with Comunica: node ask.mjs ADDRESS QUERY; prints rows as JSON, or triples.
import { QueryEngine } from '@comunica/query-sparql'

const [endpoint, query] = process.argv.slice(2)
const engine = new QueryEngine()
const result = await engine.query(query, { sources: [{ type: 'sparql', value: endpoint }] })
const { data } = await engine.resultToString(
  result,
  result.resultType === 'quads' ? 'application/n-triples' : 'application/sparql-results+json',
)
for await (const part of data) process.stdout.write(part)
