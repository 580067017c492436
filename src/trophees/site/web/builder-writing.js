// The SPARQL of what is built. What doubles rows, or counts twice, is minded here: languages, narrower concepts, facts.
import { fill } from "./words.js";
/** @import { Offer } from "./builder-offer.js" */
/** @import { BuilderColumn, BuilderLine, BuilderRelation, BuilderState } from "./builder-types.js" */

/** @typedef {{ firm: string[], minus: string[], optional: string[] }} Group what a group of patterns says, in this order: engines keep it */
/** @typedef {{ text: string, counting: string, columns: BuilderColumn[] }} Composed */

const local = (/** @type {string} */ name) => name.replace(/^.*:/, "").replace(/[^A-Za-z0-9]+(\w?)/g, (_, letter) => letter.toUpperCase());
const lowered = (/** @type {string} */ name) => name[0].toLowerCase() + name.slice(1);

// The terms between quotes, as the builder's values are typed.
/** @type {(text: string) => string} */
const quoted = (text) => `"${text.replace(/[\\"\n\r\t]/g, (sign) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[sign] ?? `\\${sign}`)}"`;

/** @type {() => Group} */
const grouped = () => ({ firm: [], minus: [], optional: [] });

/** @type {(group: Group) => string[]} */
const inOrder = ({ firm, minus, optional }) => [...firm, ...minus, ...optional];

// Whether a condition has the values that it needs.
/** @type {(line: BuilderLine, offer: Offer) => boolean} */
export function isWhole({ relation, how, values }, offer) {
  const { sort } = offer.relation(relation);
  const patterns = /** @type {Record<string, RegExp>} */ ({ number: /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/, date: /^\d{4}-\d{2}-\d{2}$/, year: /^\d{4}$/ });
  if (sort === "thing" || sort === "flag") return how !== "is" || values.length > 0;
  return values.every((value) => (patterns[sort] ?? /./s).test(value));
}

class Writing {
  /** @type {Set<string>} */
  #taken = new Set();
  /** @type {BuilderColumn[]} */
  columns = [];

  /** @param {Offer} offer @param {string} lang @param {string} pageLang */
  constructor(offer, lang, pageLang) {
    this.offer = offer;
    this.lang = lang;
    this.pageLang = /** @type {"fr" | "en"} */ (pageLang);
  }

  // A variable that is not taken yet.
  /** @param {string} wanted */
  variable(wanted) {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number += 1) name = wanted + number;
    this.#taken.add(name);
    return `?${name}`;
  }

  /** @param {string} id */
  title(id) {
    return this.offer.relation(id)[this.pageLang];
  }

  /** @param {string} key @param {string} variable @param {string} title */
  column(key, variable, title) {
    this.columns.push({ key, variable, title });
  }

  // `subject property ?variable`, in the language that is asked for where there are several.
  /** @param {string} subject @param {string} property @param {string} variable @param {string} lang */
  spoken(subject, property, variable, lang) {
    return `${subject} ${property} ${variable} FILTER(LANG(${variable}) = "${lang}")`;
  }

  // What names `variable`.
  /** @param {string} variable @param {string} property @param {string} key @param {string} title */
  name(variable, property, key, title) {
    const shown = this.variable(`${variable.slice(1)}_name`);
    this.column(key, shown, title);
    return `OPTIONAL { ${this.spoken(variable, property, shown, this.lang)} }`;
  }

  // A property that `subject` may have one value of, by its name if it has one.
  /** @param {string} subject @param {string} id @param {string} key @param {string} prefix @param {boolean} shown */
  own(subject, id, key, prefix, shown = true) {
    const relation = this.offer.relation(id);
    const variable = this.variable(prefix ? `${prefix}_${local(id)}` : local(id));
    const name = this.offer.nameOf(relation);
    const found = name ? this.variable(`${variable.slice(1)}_name`) : variable;
    if (shown) this.column(key, found, this.title(id));
    if (name) return { shown: found, text: `OPTIONAL { ${subject} ${id} ${variable} . ${this.spoken(variable, name, found, this.lang)} }` };
    const prose = relation.sort === "prose";
    return { shown: found, text: `OPTIONAL { ${prose ? this.spoken(subject, id, found, relation.lang ?? this.lang) : `${subject} ${id} ${found}`} }` };
  }

  /** @param {BuilderLine[]} lines @param {string} subject @param {string} at @param {Group} to */
  lines(lines, subject, at, to) {
    for (const [number, line] of lines.entries()) this.line(line, subject, `${at}${number}`, to);
  }

  /** @param {BuilderLine} line @param {string} subject @param {string} at @param {Group} to */
  line(line, subject, at, to) {
    const { how, values } = line;
    if (how === "none") to.minus.push(...braced("MINUS", this.inside({ ...line, how: values.length ? "is" : "any", show: [], about: [] }, subject, at)));
    else if (how === "maybe") to.optional.push(...braced("OPTIONAL", this.inside(line, subject, at)));
    else this.required(isWhole(line, this.offer) ? line : { ...line, how: "any", values: [], wide: false }, subject, at, to);
  }

  // The lines of a group that holds `line` alone.
  /** @param {BuilderLine} line @param {string} subject @param {string} at */
  inside(line, subject, at) {
    const group = grouped();
    this.required(line, subject, at, group);
    return inOrder(group);
  }

  /** @param {BuilderLine} line @param {string} subject @param {string} at @param {Group} to */
  required({ relation: id, how, values, wide, show, about, where }, subject, at, to) {
    const relation = this.offer.relation(id);
    const { path, sort } = relation;
    const base = path.length === 3 ? local((path[1].find(([, term]) => /^[a-z]/.test(term) && term.includes(":")) ?? ["", path[2]])[1]) : local(path[0]);
    const { firm, optional } = to;
    const one = sort === "flag" ? how === "is" : sort === "thing" && how === "is" && values.length === 1 && !show.length;
    const several = sort === "thing" && how === "is" && !one;
    const variable = one ? "" : this.variable(base);
    const within = several && wide && show.length ? this.variable(`${base}_within`) : variable;
    if (several) firm.push(`VALUES ${within} { ${values.join(" ")} }`);
    const object = one ? values[0] : variable;
    const star = wide && within === variable ? "/skos:broader*" : "";
    if (path.length === 3) {
      const fact = this.variable(`${base}_fact`);
      firm.push(`${subject} ${path[0]} ${fact} .`);
      firm.push(`${fact} ${[...path[1].map((pair) => pair.join(" ")), `${path[2]}${star} ${object}`].join(" ; ")} .`);
      for (const id of about) optional.push(this.own(fact, id, `${at} about ${id}`, base).text);
    } else if (path[0].startsWith("^")) firm.push(`${object} ${path[0].slice(1)} ${subject} .`);
    else firm.push(`${subject} ${path[0]}${star} ${object} .`);
    if (within !== variable) firm.push(`${variable} skos:broader* ${within} .`);
    if (!one) firm.push(...this.#filters(variable, relation, how, values, show.length > 0));
    const title = relation[this.pageLang];
    for (const what of show) {
      if (what === "name") optional.push(this.name(variable, this.offer.nameOf(relation), `${at} name`, title));
      else if (what === "iri" || what === "value") this.column(`${at} ${what}`, variable, title);
      else optional.push(this.own(variable, what, `${at} ${what}`, base).text);
    }
    this.lines(where, variable, `${at}.`, to);
  }

  /** @param {string} variable @param {BuilderRelation} relation @param {string} how @param {string[]} values @param {boolean} shown */
  #filters(variable, { sort, lang }, how, values, shown) {
    /** @type {string[]} */
    const found = [];
    const term = (/** @type {string} */ value) => (sort === "number" ? value : sort === "date" ? `"${value}"^^xsd:date` : sort === "year" ? `"${value}"^^xsd:gYear` : quoted(value));
    if (sort === "prose" && (shown || values.length)) found.push(`FILTER(LANG(${variable}) = "${lang ?? this.lang}")`);
    if (how === "between") found.push(`FILTER(${variable} >= ${term(values[0])} && ${variable} <= ${term(values[1])})`);
    else if (how === "contains") found.push(`FILTER(CONTAINS(LCASE(STR(${variable})), ${quoted(values[0].toLowerCase())}))`);
    else if (how === "begins") found.push(`FILTER(STRSTARTS(LCASE(STR(${variable})), ${quoted(values[0].toLowerCase())}))`);
    else if (["=", "<", "<=", ">", ">="].includes(how)) found.push(`FILTER(${variable} ${how} ${term(values[0])})`);
    return found;
  }
}

// A group on one line if it holds one line, else with its lines indented.
/** @type {(word: string, lines: string[]) => string[]} */
const braced = (word, lines) => (lines.length === 1 ? [`${word} { ${lines[0]} }`] : [`${word} {`, ...lines.map((line) => `  ${line}`), "}"]);

// The query of `state`, the query that counts its things and its rows, and its columns.
/** @type {(state: BuilderState, offer: Offer, pageLang: string, titles: { count: string, iri: string }) => Composed} */
export function composed(state, offer, pageLang, titles) {
  const writing = new Writing(offer, state.lang, pageLang);
  const kind = /** @type {import("./builder-types.js").BuilderKind} */ (offer.kind(state.kind));
  const root = writing.variable(lowered(local(state.kind)));
  const counts = state.mode === "count";
  /** @type {string[]} */
  const lines = [`${root} a ${state.kind} .`];
  const title = kind[writing.pageLang];
  const group = grouped();
  if (!counts) {
    writing.column("iri", root, fill(titles.iri, { name: title }));
    if (kind.name) group.optional.push(writing.name(root, kind.name, "name", title));
  }
  writing.lines(state.where, root, "", group);
  lines.push(...inOrder(group));
  let by = "";
  const sorted = /^column (.*)/.exec(state.order?.by ?? "")?.[1];
  for (const id of state.columns) lines.push(writing.own(root, id, `column ${id}`, "").text);
  if (sorted && !counts && kind.columns.includes(sorted) && !state.columns.includes(sorted)) {
    const { shown, text } = writing.own(root, sorted, "", "", false);
    lines.push(text);
    by = shown;
  }
  const { columns } = writing;
  const shown = columns.map(({ variable }) => variable);
  const body = `{\n${lines.map((line) => `  ${line}\n`).join("")}}`;
  const number = counts ? writing.variable("number") : "";
  const head = counts ? [...shown, `(COUNT(DISTINCT ${root}) AS ${number})`] : shown;
  if (counts) columns.push({ key: "number", variable: number, title: titles.count });
  by ||= columns.find(({ key }) => key === state.order?.by)?.variable ?? "";
  const chosen = by ? [state.order?.desc ? `DESC(${by})` : by] : counts && shown.length ? [`DESC(${number})`] : [];
  const rest = counts ? shown : columns.filter(({ key }) => ["iri", "name"].includes(key)).map(({ variable }) => variable).reverse();
  const order = [...chosen, ...rest.filter((variable) => variable !== by)];
  const text = [
    `SELECT ${!counts && state.distinct ? "DISTINCT " : ""}${head.join(" ")} WHERE ${body}`,
    ...(counts && shown.length ? [`GROUP BY ${shown.join(" ")}`] : []),
    ...(order.length && (!counts || shown.length) ? [`ORDER BY ${order.join(" ")}`] : []),
    ...(state.limit === null ? [] : [`LIMIT ${state.limit}`]),
  ].join("\n");
  const inner = `SELECT ${state.distinct || counts ? "DISTINCT " : ""}${[...new Set([root, ...shown])].join(" ")} WHERE ${body}`;
  const counting = `SELECT (COUNT(DISTINCT ${root}) AS ?things) (COUNT(*) AS ?rows) WHERE { { ${inner} } }`;
  return { text: `${text}\n`, counting, columns };
}
