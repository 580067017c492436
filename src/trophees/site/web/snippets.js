// The query as others ask it: on the command line, in Python, R and JavaScript. Pure functions.
/** @import { Snippet } from "./answer-types.js" */

// `endpoint`: the address that answers SPARQL.
/** @type {(query: string, endpoint: string) => Snippet[]} */
export const snippets = (query, endpoint) => {
  const text = query.trim();
  return [
    { name: "curl", code: `curl --get ${shell(endpoint)} \\\n  --header 'Accept: text/csv' \\\n  --output answer.csv \\\n  --data-urlencode query=${shell(text)}\n` },
    { name: "trophees", code: `trophees query --output answer.csv ${shell(text)}\n` },
    { name: "Python", code: `import trophees  # pip install 'trophees[notebook]'\n\nframe = trophees.query(${python(text)}).to_pandas()\nprint(frame)\n` },
    { name: "R", code: `endpoint <- ${quoted(endpoint)}\nquery <- ${quoted(text)}\naddress <- paste0(endpoint, "?format=csv&query=", URLencode(query, reserved = TRUE))\nframe <- read.csv(address, encoding = "UTF-8", colClasses = "character")  # codes stay text\nprint(frame)\n` },
    { name: "JavaScript", code: `const query = ${template(text)};\nconst address = new URL(${quoted(endpoint)});\naddress.searchParams.set("query", query);\nconst response = await fetch(address, { headers: { Accept: "application/sparql-results+json" } });\nif (!response.ok) throw new Error(await response.text());\nconst { results } = await response.json();\nconsole.table(results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value]))));\n` },
  ];
};

/** @type {(text: string) => string} */
const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// A raw text where nothing in it has to be escaped, else one with escapes.
/** @type {(text: string) => string} */
const python = (text) => (text.includes('"""') || text.includes("\\") || text.endsWith('"') ? JSON.stringify(text) : `"""${text}"""`);

// As JavaScript, R and Python read it alike, but for signs that end lines.
/** @type {(text: string) => string} */
const quoted = (text) => JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/** @type {(text: string) => string} */
const template = (text) => `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;
