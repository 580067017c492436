// Remarks on values and conditions: what a property has, but written otherwise or of another kind; what no value meets. As
// `trophees/ask/explain/values.py` and `filters.py` have them.
import { OFFERED, nearest } from "./query-nearest.js";
import { LANG_STRING, TYPE, XSD, compare, n3, quoted } from "./query-profile.js";
import { inside, nameOf } from "./query-scope.js";
import { keywords } from "./sparql.js";
/** @import { Expression, Group, Kind, Known, Leaf, Pattern, Query, QueryLiteral, Remark, Say } from "./query-types.js" */
/** @import { Profile } from "./query-profile.js" */

const SHOWN = 4;
const TEXTS = 5000;
const COMPARISONS = ["=", "<", ">", "<=", ">="];

// The kinds of values of a property, always in the same order; without datatype, things.
/** @type {(profile: Profile, predicate: string) => Kind[]} */
function kinds(profile, predicate) {
  const pattern = `?s <${predicate}> ?o BIND(DATATYPE(?o) AS ?d) BIND(LANG(?o) AS ?l)`;
  /** @type {Kind[]} */
  const found = profile.rows("?d ?l (MIN(STR(?o)) AS ?e)", pattern, "GROUP BY ?d ?l").flatMap(([datatype, tag, example]) => {
    const language = tag?.value ?? "";
    const value = example?.value ?? "";
    if (datatype) return [{ datatype: datatype.value, language, example: /** @type {Known} */ ({ type: "literal", value, language, datatype: datatype.value }) }];
    return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) ? [{ datatype: "", language: "", example: /** @type {Known} */ ({ type: "iri", value }) }] : [];
  });
  return found.sort((a, b) => compare(a.datatype, b.datatype) || compare(a.language, b.language));
}

/** @type {(profile: Profile, found: Kind[]) => string[]} */
const named = (profile, found) =>
  [...new Set(found.filter((kind) => kind.datatype).map((kind) => (kind.language ? `@${kind.language}` : profile.written({ type: "iri", value: kind.datatype }))))].slice(0, SHOWN);

// The patterns of a group that are a property with a name.
/** @type {(group: Group) => Pattern[]} */
export const patternsOf = (group) => group.items.filter((item) => item.kind === "pattern");

/** @type {(query: Query, profile: Profile, say: Say) => Generator<Remark>} */
export function* mistyped(query, profile, say) {
  yield* valuesIn(query.where, profile, say);
}

/** @type {(group: Group, profile: Profile, say: Say) => Generator<Remark>} */
function* valuesIn(group, profile, say) {
  /** @type {Map<string, Leaf[]>} */
  const given = new Map();
  for (const item of group.items) {
    if (item.kind === "values" && item.variables.length === 1) given.set(nameOf(item.variables[0]), item.rows.flatMap(([leaf]) => (leaf ? [leaf] : [])));
  }
  yield* noThings(group, given, profile, say);
  for (const { predicate, object } of patternsOf(group)) {
    if (predicate?.term.type !== "iri" || predicate.term.value === TYPE) continue;
    if (object.term.type !== "var") yield* wrong(predicate.term.value, object, profile, true, say);
    for (const leaf of given.get(nameOf(object)) ?? []) yield* wrong(predicate.term.value, leaf, profile, false, say);
  }
  for (const { group: inner, kind } of inside(group)) if (!["service", "minus", "exists"].includes(kind)) yield* valuesIn(inner, profile, say);
}

// The texts and numbers that are to be a subject, or the name of a graph, with the things that end so.
/** @type {(group: Group, given: Map<string, Leaf[]>, profile: Profile, say: Say) => Generator<Remark>} */
function* noThings(group, given, profile, say) {
  for (const item of group.items) {
    let [where, name] = ["GRAPH ?x { ?s ?p ?o }", ""];
    if (item.kind === "pattern") {
      const property = item.predicate?.term.type === "iri" ? n3(item.predicate.term) : "?p";
      [where, name] = [`?x ${property} ?o`, nameOf(item.subject)];
    } else if (item.kind === "graph" && item.name) name = nameOf(item.name);
    for (const { term, token } of (name && given.get(name)) || []) {
      if (term.type !== "literal") continue;
      const near = profile.rows("DISTINCT ?x", `${where} FILTER(STRENDS(STR(?x), ${quoted(`/${term.value}`)}))`, "ORDER BY ?x LIMIT 3");
      const names = near.flatMap(([one]) => (one?.type === "iri" ? [profile.written(one)] : []));
      yield say.remark(token.start, "no-thing", names, { word: token.text });
    }
  }
}

// `alone`: there is no other value that the pattern may have.
/** @type {(predicate: string, leaf: Leaf, profile: Profile, alone: boolean, say: Say) => Generator<Remark>} */
function* wrong(predicate, leaf, profile, alone, say) {
  const { term } = leaf;
  const at = leaf.token.start;
  if (profile.any(`?s <${predicate}> ${n3(term)}`)) return;
  const found = kinds(profile, predicate);
  if (!found.length) return;
  const said = { property: profile.written({ type: "iri", value: predicate }), word: leaf.token.text };
  const example = profile.written(found[0].example);
  if (term.type !== "literal") {
    if (!profile.isAnything(term.value)) return;
    if (found.every((kind) => kind.datatype)) return yield say.remark(at, "only-values", [], { ...said, example });
    const own = classesOf(profile, `<${term.value}> a ?c`);
    const led = classesOf(profile, `?s <${predicate}> ?o . ?o a ?c`);
    const not = (/** @type {string[]} */ some, /** @type {string[]} */ others) => some.filter((one) => !others.includes(one)).slice(0, SHOWN);
    if (not(own, led).length && not(led, own).length) yield say.remark(at, "other-class", [], { ...said, names: say.and(not(led, own)), cls: say.and(not(own, led)) });
    else if (alone) yield say.remark(at, "no-value", [], said);
    return;
  }
  const other = elsewise(predicate, term, profile);
  if (other.length) yield say.remark(at, "written", [], { ...said, names: say.and(other) });
  else if (found.every((kind) => !kind.datatype)) yield say.remark(at, "only-things", labelled(predicate, term, profile), { ...said, example });
  else if (found.every((kind) => kind.datatype !== term.datatype)) {
    const first = found.find((kind) => kind.datatype);
    yield say.remark(at, "other-type", [], { ...said, names: say.and(named(profile, found)), example: first ? profile.written(first.example) : "" });
  } else if (alone) yield say.remark(at, "no-value", like(predicate, term, profile), said);
}

/** @type {(profile: Profile, pattern: string) => string[]} */
const classesOf = (profile, pattern) => profile.rows("DISTINCT ?c", pattern).flatMap(([term]) => (term ? [profile.written(term)] : [])).sort(compare);

// The values of a property that are `term` but for their datatype, their language or the way they are written.
/** @type {(predicate: string, term: QueryLiteral, profile: Profile) => string[]} */
function elsewise(predicate, term, profile) {
  const rest = "ORDER BY ?o LIMIT 10";
  let found = profile.rows("DISTINCT ?o", `?s <${predicate}> ?o FILTER(STR(?o) = ${quoted(term.value)})`, rest);
  if (!found.length && term.datatype.startsWith(XSD)) found = profile.rows("DISTINCT ?o", `?s <${predicate}> ?o FILTER(isNumeric(?o) && ?o = ${n3(term)})`, rest);
  return found.flatMap(([one]) => (one && n3(one) !== n3(term) ? [profile.written(one)] : [])).sort(compare).slice(0, SHOWN);
}

// The things that a property leads to and that are called so.
/** @type {(predicate: string, term: QueryLiteral, profile: Profile) => string[]} */
const labelled = (predicate, term, profile) =>
  profile
    .rows("DISTINCT ?o", `?s <${predicate}> ?o . ?o ?label ?l FILTER(LCASE(STR(?l)) = LCASE(${quoted(term.value)}))`, "ORDER BY ?o LIMIT 10")
    .flatMap(([one]) => (one?.type === "iri" ? [profile.written(one)] : []))
    .sort(compare)
    .slice(0, 3);

// The texts of a property that are most like a text.
/** @type {(predicate: string, term: QueryLiteral, profile: Profile) => string[]} */
function like(predicate, term, profile) {
  if ([...term.value].length > 80 || ![`${XSD}string`, LANG_STRING].includes(term.datatype)) return [];
  const rows = profile.rows("DISTINCT ?o", `?s <${predicate}> ?o FILTER(STRLEN(STR(?o)) <= 100)`, `LIMIT ${TEXTS}`);
  const texts = rows.flatMap(([one]) => (one?.type === "literal" ? [one] : [])).sort((a, b) => compare(n3(a), n3(b)));
  const found = new Map([...texts.filter((one) => one.language !== term.language), ...texts.filter((one) => one.language === term.language)].map((one) => [one.value, one]));
  return nearest(term.value, found.keys()).map((value) => profile.written(/** @type {Known} */ (found.get(value))));
}

// -- conditions

/** @type {(query: Query, text: string, profile: Profile, say: Say) => Generator<Remark>} */
export function* never(query, text, profile, say) {
  yield* conditionsIn(query.where, [], text, profile.head(query.prefixes), profile, say);
}

/** @type {(group: Group, around: Pattern[], text: string, head: string, profile: Profile, say: Say) => Generator<Remark>} */
function* conditionsIn(group, around, text, head, profile, say) {
  const own = patternsOf(group);
  for (const item of group.items) {
    if (item.kind !== "filter") continue;
    const { parts } = item.condition;
    for (const part of parts.length ? parts : [item.condition]) yield* condition(part, [...own, ...around], text, head, profile, say);
  }
  for (const { group: inner, kind } of inside(group)) {
    if (!["service", "minus", "exists"].includes(kind)) yield* conditionsIn(inner, kind === "optional" ? own : [], text, head, profile, say);
  }
}

/** @type {(part: Expression, patterns: Pattern[], text: string, head: string, profile: Profile, say: Say) => Generator<Remark>} */
function* condition(part, patterns, text, head, profile, say) {
  const said = text.slice(part.start, part.end);
  const names = new Set(part.leaves.map(nameOf).filter(Boolean));
  if (names.size !== 1 || part.tolerant.size || part.groups.length || part.aggregate || /(?<![\w])(RAND|NOW|UUID|STRUUID|BNODE)(?![\w])/.test(keywords(said))) return;
  const [name] = names;
  for (const { predicate, object } of patterns) {
    if (nameOf(object) !== name || predicate?.term.type !== "iri" || predicate.term.value === TYPE) continue;
    const values = `?s_ <${predicate.term.value}> ?${name}`;
    if (!profile.any(values) || profile.any(`${values} FILTER(${said})`, head)) continue;
    yield* why(part, predicate.term.value, said, head, values, profile, say);
    return;
  }
}

// Why no value of a property meets a condition; nothing if another value of the same kind could.
/** @type {(part: Expression, predicate: string, said: string, head: string, values: string, profile: Profile, say: Say) => Generator<Remark>} */
function* why(part, predicate, said, head, values, profile, say) {
  const found = kinds(profile, predicate);
  const property = profile.written({ type: "iri", value: predicate });
  if (/(?<![\w])LANG(MATCHES)?(?![\w])/.test(keywords(said))) {
    const languages = [...new Set(found.map((kind) => kind.language).filter(Boolean))].sort(compare);
    if (!languages.length) yield say.remark(part.start, "no-language", [], { property });
    else if (!part.leaves.some(({ term }) => term.type === "literal" && languages.includes(term.value))) yield say.remark(part.start, "languages", [], { property, names: say.and(languages) });
    return;
  }
  const compared = comparison(part, said);
  const near = compared ? alternatives(compared, predicate, values, head, profile) : [];
  const strange = compared !== null && found.every((kind) => kind.datatype !== compared.value.datatype);
  if (!near.length && !strange && profile.any(`${values} BIND((${said}) AS ?c_) FILTER(BOUND(?c_))`, head)) return;
  const types = named(profile, found);
  const example = profile.written(found[0].example);
  yield types.length ? say.remark(part.start, "never-holds", near, { property, names: say.and(types), example }) : say.remark(part.start, "never-holds-of-things", near, { property, example });
}

/** @typedef {{ left: Leaf, sign: string, value: QueryLiteral, right: Leaf }} Comparison */

// A comparison of a variable and a literal.
/** @type {(part: Expression, said: string) => Comparison | null} */
function comparison(part, said) {
  if (part.leaves.length !== 2) return null;
  const [left, right] = [...part.leaves].sort((a, b) => a.token.start - b.token.start);
  const sign = said.slice(left.token.end - part.start, right.token.start - part.start).trim();
  const value = [left, right].flatMap(({ term }) => (term.type === "literal" ? [term] : []))[0];
  return value && COMPARISONS.includes(sign) && said.startsWith(left.token.text) && said.endsWith(right.token.text) ? { left, sign, value, right } : null;
}

// How a comparison can be written so that some value meets it.
/** @type {(compared: Comparison, predicate: string, values: string, head: string, profile: Profile) => string[]} */
function alternatives({ left, sign, value, right }, predicate, values, head, profile) {
  const first = nameOf(left) !== "";
  const name = (first ? left : right).token.text;
  const put = (/** @type {string} */ one, /** @type {string} */ variable) => (first ? `${variable} ${sign} ${one}` : `${one} ${sign} ${variable}`);
  const others = elsewise(predicate, value, profile).filter((other) => sign === "=" || profile.any(`${values} FILTER(${name} < ${other} || ${name} > ${other})`, head));
  const found = [...others.map((other) => put(other, name)), put(quoted(value.value), `STR(${name})`)];
  if (sign === "=") found.push(...labelled(predicate, value, profile).map((thing) => put(thing, name)));
  return found.filter((other) => profile.any(`${values} FILTER(${other})`, head)).slice(0, OFFERED);
}
