// Reads and checks records under Node.js as the form does. Reads {folder, rules, known, records} from its input, where
// `records` are [path, content in base 64] and `known` [IRI, classes]; writes the problems and the statements of each.
import { text } from "node:stream/consumers";

const { folder, rules, known, records } = JSON.parse(await text(process.stdin));
const { check } = await import(`${folder}/record-checking.js`);

const things = new Map(known.map((/** @type {[string, string[]]} */ [iri, classes]) => [iri, { classes, fr: "", en: "" }]));
const told = records.map((/** @type {[string, string]} */ [path, data]) => {
  const { problems, reading } = check(Buffer.from(data, "base64"), path, rules, things);
  return {
    problems: problems.map((/** @type {any} */ { line, column, rule, severity, message }) => [line, column, rule, severity, message.fr, message.en]),
    places: problems.map((/** @type {any} */ { path: steps, key }) => (key ? [...steps, key] : steps)),
    statements: reading.statements.map((/** @type {any} */ { subject, predicate, object, node }) => [subject, predicate, object.term, node.line, node.column]),
    unnamed: reading.identities.unnamed.map((/** @type {any} */ { iri, node }) => [iri, node.line, node.column]),
  };
});
process.stdout.write(JSON.stringify(told));
