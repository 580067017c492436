// References of a fact, as text (that of `base/citation.py`), BibTeX and RIS, from what the page says of itself and of the fact.
/** @import { Cited } from "./citing-types.js" */

const SPECIAL = /[\\{}$&%#_^~]/g;
const WRITTEN = new Map(
  Object.entries({ "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" }),
);

/**
 * One line: no reference has a break in it.
 * @param {string} value
 */
const line = (value) => value.replace(/[\s\p{Cc}]+/gu, " ").trim();

/**
 * The value of a field of BibTeX, braces closed and special characters escaped.
 * @param {string} value
 */
const braced = (value) => `{${line(value).replace(SPECIAL, (sign) => WRITTEN.get(sign) ?? `\\${sign}`)}}`;

/**
 * What a source says, and where.
 * @param {Cited} cited
 */
const told = ({ words, source, section, pages }) => {
  const where = [source.replace(/\.+$/, "")];
  if (section) where.push(words.section.replace("{0}", () => section));
  if (pages) where.push(words.pages.replace("{0}", () => pages));
  return source ? words.source.replace("{0}", () => where.join(", ")) : "";
};

/**
 * The sum by which the release is known to whoever verifies.
 * @param {Cited} cited
 */
const summed = ({ words, sum }) => (sum ? words.sum.replace("{0}", () => sum) : "");

/**
 * A line for a bibliography.
 * @param {Cited} cited
 */
export function text(cited) {
  const { words, said, name, publisher, work, version, date, iri, licence } = cited;
  const quoted = [said, name].filter(Boolean).map((value) => words.quoted.replace("{0}", () => value));
  const edition = version ? words.version.replace("{0}", () => version) : "";
  const first = [...quoted, publisher, work, edition, date].filter(Boolean).join(", ");
  const last = [told(cited), licence ? words.licence.replace("{0}", () => licence) : "", summed(cited)].filter(Boolean);
  return line([`${first}. ${iri}.`, ...last.map((part) => `${part}.`)].join(" "));
}

/**
 * The entry of a BibTeX file.
 * @param {Cited} cited
 */
export function bibtex(cited) {
  const { said, name, publisher, work, version, date, iri, key } = cited;
  const fields = {
    title: `{${braced(said || name)}}`,
    author: `{${braced(publisher)}}`,
    howpublished: braced([name, work].filter(Boolean).join(", ")),
    year: `{${date.slice(0, 4)}}`,
    version: braced(version),
    url: `{${encodeURI(decodeURI(iri))}}`,
    note: braced([told(cited), summed(cited)].filter(Boolean).join(". ")),
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => !/^\{*\}*$/.test(value))
    .map(([field, value]) => `  ${field} = ${value},\n`);
  return `@misc{trophees-${key.replace(/[^\w-]+/g, "-")},\n${lines.join("")}}\n`;
}

/**
 * The record of a RIS file: its lines end as RIS has them.
 * @param {Cited} cited
 */
export function ris(cited) {
  const { said, name, publisher, work, version, date, iri } = cited;
  const tags = [
    ["TY", "DATA"],
    ["TI", said || name],
    ["T2", [name, work].filter(Boolean).join(", ")],
    ["AU", publisher],
    ["PY", date.slice(0, 4)],
    ["DA", date.replaceAll("-", "/")],
    ["ET", version],
    ["N1", [told(cited), summed(cited)].filter(Boolean).join(". ")],
    ["UR", iri],
  ];
  const lines = tags.filter(([, value]) => line(value)).map(([tag, value]) => `${tag}  - ${line(value)}`);
  return `${lines.join("\r\n")}\r\nER  - \r\n`;
}
