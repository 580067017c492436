// Remarks on names, variables, and patterns that match, each alone, and never together; as `names.py`, `variables.py`,
// `joins.py`, `graphs.py` and `together.py` of `trophees/ask/explain/` have them.
import { OFFERED, nearest } from "./query-nearest.js";
import { TYPE, n3 } from "./query-profile.js";
import { computed, givenBy, groupedOf, inside, known, nameOf, visible } from "./query-scope.js";
import { tokens } from "./query-tokens.js";
import { patternsOf } from "./query-values.js";
/** @import { Expression, Group, Item, Known, Leaf, Pattern, Query, Remark, Say, Values } from "./query-types.js" */
/** @import { Profile } from "./query-profile.js" */

const COUNTS = /\b(?:COUNT|SUM|AVG)\s*\(/i;

// -- names

/** @type {(query: Query, datatypes: Leaf[], profile: Profile, say: Say) => Generator<Remark>} */
export function* unknown(query, datatypes, profile, say) {
  for (const leaf of query.graphs) yield* graph(leaf, profile, say);
  for (const leaf of query.described) yield* thing(leaf, profile, say);
  yield* namesInQuery(query, profile, say, true);
  for (const { term, token } of datatypes) {
    if (!profile.datatypes.includes(term.value)) yield say.remark(token.start, "no-datatype", profile.near(term.value, profile.datatypes), { word: token.text });
  }
}

/** @type {(query: Query, profile: Profile, say: Say, certain: boolean) => Generator<Remark>} */
function* namesInQuery(query, profile, say, certain) {
  yield* namesInGroup(query.where, profile, say, certain);
  for (const { value } of [...query.shown, ...query.grouped]) if (value) yield* namesInExpression(value, profile, say);
  for (const expression of query.others) yield* namesInExpression(expression, profile, say);
  if (query.values) yield* namesInValues(query.values, profile, say);
}

/** @type {(group: Group, profile: Profile, say: Say, certain: boolean) => Generator<Remark>} */
function* namesInGroup(group, profile, say, certain) {
  for (const item of group.items) {
    if (item.kind === "pattern") {
      yield* thing(item.subject, profile, say);
      for (const leaf of item.names) yield* property(leaf, profile, say, certain && item.predicate !== null);
      if (item.predicate?.term.type === "iri" && item.predicate.term.value === TYPE) yield* classOf(item.object, profile, say, certain);
      else yield* thing(item.object, profile, say);
    } else if (item.kind === "filter") yield* namesInExpression(item.condition, profile, say);
    else if (item.kind === "bind") yield* namesInExpression(item.value, profile, say);
    else if (item.kind === "values") yield* namesInValues(item, profile, say);
    else if (item.kind === "query") yield* namesInQuery(item, profile, say, certain);
    else if (item.kind !== "service") {
      if (item.name && item.kind === "graph") yield* graph(item.name, profile, say);
      for (const inner of item.groups) yield* namesInGroup(inner, profile, say, certain && ["group", "graph"].includes(item.kind));
    }
  }
}

/** @type {(expression: Expression, profile: Profile, say: Say) => Generator<Remark>} */
function* namesInExpression(expression, profile, say) {
  for (const leaf of expression.leaves) if (!leaf.call && !/(?::|[/#]>)$/.test(leaf.token.text)) yield* thing(leaf, profile, say);
  for (const group of expression.groups) yield* namesInGroup(group, profile, say, false);
}

/** @type {(values: Values, profile: Profile, say: Say) => Generator<Remark>} */
function* namesInValues({ rows }, profile, say) {
  for (const leaf of rows.flat()) if (leaf) yield* thing(leaf, profile, say);
}

/** @type {(leaf: Leaf, profile: Profile, say: Say, certain: boolean) => Generator<Remark>} */
function* property({ term, token }, profile, say, certain) {
  if (term.type !== "iri" || profile.isProperty(term.value)) return;
  const declared = profile.isDeclaredProperty(term.value);
  if (!declared || certain) yield say.remark(token.start, "no-property", declared ? [] : profile.near(term.value, profile.properties), { word: token.text });
}

/** @type {(leaf: Leaf, profile: Profile, say: Say, certain: boolean) => Generator<Remark>} */
function* classOf({ term, token }, profile, say, certain) {
  if (term.type !== "iri" || profile.isClass(term.value)) return;
  const declared = profile.isDeclaredClass(term.value);
  if (!declared || certain) yield say.remark(token.start, "no-class", declared ? [] : profile.near(term.value, profile.classes), { word: token.text });
}

/** @type {(leaf: Leaf, profile: Profile, say: Say) => Generator<Remark>} */
function* graph({ term, token }, profile, say) {
  if (term.type === "iri" && !profile.isGraph(term.value)) yield say.remark(token.start, "no-graph", profile.near(term.value, profile.graphs), { word: token.text });
}

/** @type {(leaf: Leaf, profile: Profile, say: Say) => Generator<Remark>} */
function* thing({ term, token }, profile, say) {
  if (term.type === "iri" && !profile.isAnything(term.value)) yield say.remark(token.start, "nowhere", profile.near(term.value, profile.things), { word: token.text });
}

// -- variables

/** @type {(query: Query, given: Set<string>, say: Say) => Generator<Remark>} */
export function* unbound(query, given, say) {
  const has = new Set([...known(query), ...given]);
  const leaves = query.shown.flatMap(({ variable, value }) => (value ? [] : [variable]));
  for (const { subject, object } of query.template) leaves.push(...[subject, object].filter((leaf) => !nameOf(leaf).startsWith("__")));
  yield* without([...leaves, ...query.described], has, new Set(), say);
  yield* tooEarly(query, given, say);
  const values = [...query.shown, ...query.grouped].flatMap(({ value }) => (value ? [value] : []));
  yield* unboundIn([...values, ...query.others], has, new Set(), say);
  yield* unboundInGroup(query.where, new Set(), given, new Set(), say);
}

// What speaks of a variable before SELECT computes it: groups are made and chosen first, then it names one after the other.
/** @type {(query: Query, given: Set<string>, say: Say) => Generator<Remark>} */
function* tooEarly(query, given, say) {
  const before = groupedOf(query);
  const later = new Set(computed(query.shown).filter((name) => !before.has(name) && !given.has(name)));
  /** @type {(leaves: Leaf[]) => Remark[]} */
  const told = (leaves) => leaves.filter((leaf) => later.has(nameOf(leaf))).map((leaf) => say.remark(leaf.token.start, "later", [], { word: nameOf(leaf) }));
  for (const { variable, value } of query.grouped) yield* told(value ? value.leaves : [variable]);
  for (const { leaves } of query.having) yield* told(leaves);
  for (const { variable, value } of query.shown) {
    if (!value) continue;
    yield* told(value.leaves);
    later.delete(nameOf(variable));
  }
}

// The `columns` of the answer of `text` that say nothing in any row (each with what it has: "" or "0"), each where it is first
// named; one that is computed by an expression which foresees that there is nothing (`COALESCE`, `IF`) is not told; one that
// is 0, only if it counts or adds up: 0 is what that makes of nothing.
/** @type {(query: Query | null, text: string, columns: Record<string, string>, profile: Profile, say: Say) => Generator<Remark>} */
export function* hollow(query, text, columns, profile, say) {
  const left = new Map(Object.entries(columns));
  if (!left.size) return;
  const { counted, foreseen } = query ? computedIn(query, text) : { counted: new Set(), foreseen: new Set() };
  for (const [name, has] of [...left]) if (foreseen.has(name) || (has && !counted.has(name))) left.delete(name);
  for (const { kind, text: token, start } of tokens(text, profile.prefixes)) {
    const word = token.slice(1);
    const has = kind === "var" ? left.get(word) : undefined;
    if (has === undefined) continue;
    left.delete(word);
    yield say.remark(start, has ? "zero-column" : "blank-column", [], { word });
  }
}

// The variables that count or add up; those whose expression foresees that there is nothing.
/** @type {(query: Query, text: string) => { counted: Set<string>, foreseen: Set<string> }} */
function computedIn(query, text) {
  /** @type {[counted: Set<string>, foreseen: Set<string>]} */
  const [counted, foreseen] = [new Set(), new Set()];
  const queries = [query];
  for (let one = queries.pop(); one; one = queries.pop()) {
    for (const { variable, value } of one.shown) {
      if (value?.aggregate && COUNTS.test(text.slice(value.start, value.end))) counted.add(nameOf(variable));
      if (value?.tolerant.size) foreseen.add(nameOf(variable));
    }
    const groups = [one.where];
    for (let group = groups.pop(); group; group = groups.pop()) {
      for (const item of group.items) {
        if (item.kind === "bind" && item.value.tolerant.size) foreseen.add(nameOf(item.variable));
        if (item.kind === "query") queries.push(item);
      }
      groups.push(...inside(group).flatMap(({ group: inner, kind }) => (kind === "query" ? [] : [inner])));
    }
  }
  return { counted, foreseen };
}

// `beside`: the variables of which the conditions of `group` itself may speak, too; `given`: those of which all that is in
// it may; `outer`: those that have a value around it, which nothing in it sees.
/** @type {(group: Group, beside: Set<string>, given: Set<string>, outer: Set<string>, say: Say) => Generator<Remark>} */
function* unboundInGroup(group, beside, given, outer, say) {
  const inner = visible(group);
  const before = new Set(given);
  const has = new Set([...inner, ...beside, ...given]);
  const around = new Set([...outer, ...inner]);
  for (const item of group.items) {
    if (item.kind === "filter") yield* unboundInCondition(item.condition, has, around, say);
    else if (item.kind === "bind") yield* unboundInCondition(item.value, before, around, say);
    else if (item.kind === "query") yield* unbound(item, given, say);
    else if (item.kind !== "pattern" && item.kind !== "values" && item.kind !== "service") {
      const seen = item.kind === "optional" ? before : new Set([nameOf(item.name)]);
      for (const one of item.groups) yield* unboundInGroup(one, seen, given, around, say);
    }
    for (const name of givenBy(item)) before.add(name);
  }
}

/** @type {(condition: Expression, has: Set<string>, outer: Set<string>, say: Say) => Generator<Remark>} */
function* unboundInCondition(condition, has, outer, say) {
  yield* unboundIn([condition], has, outer, say);
  for (const group of condition.groups) yield* unboundInGroup(group, new Set(), has, outer, say);
}

/** @type {(expressions: Expression[], has: Set<string>, outer: Set<string>, say: Say) => Generator<Remark>} */
function* unboundIn(expressions, has, outer, say) {
  for (const { leaves, groups, tolerant } of expressions) {
    const inner = new Set([...has, ...groups.flatMap((group) => [...visible(group)])]);
    yield* without(leaves.filter((leaf) => !tolerant.has(nameOf(leaf))), inner, outer, say);
  }
}

/** @type {(leaves: Leaf[], has: Set<string>, outer: Set<string>, say: Say) => Generator<Remark>} */
function* without(leaves, has, outer, say) {
  const names = [...has].filter((name) => name && !name.startsWith("__"));
  for (const leaf of leaves) {
    const word = nameOf(leaf);
    if (!word || has.has(word)) continue;
    if (outer.has(word)) yield say.remark(leaf.token.start, "outside", [], { word });
    else yield say.remark(leaf.token.start, "unbound", nearest(word, names).map((name) => `?${name}`), { word });
  }
}

// -- patterns apart

/** @typedef {{ kind: "class" | "from" | "to", variable: string, leaf: Leaf }} Step */

const PAIRS = 400;
const CARRIED = ["group", "optional", "union", "graph"];
const shownAs = (/** @type {Profile} */ profile, /** @type {Step} */ { leaf }) => profile.written(leaf.term);

/** @type {(query: Query, profile: Profile, say: Say) => Generator<Remark>} */
export function* apart(query, profile, say) {
  yield* apartIn(query.where, [], profile, new Set(), say);
}

/** @type {(group: Group, around: Step[], profile: Profile, seen: Set<string>, say: Say) => Generator<Remark>} */
function* apartIn(group, around, profile, seen, say) {
  const own = patternsOf(group).flatMap(steps);
  for (const [number, step] of own.entries()) {
    for (const other of [...around, ...own.slice(0, number)]) {
      if (other.variable === step.variable && seen.size < PAIRS) yield* step.kind === "class" ? pair(step, other, profile, seen, say) : pair(other, step, profile, seen, say);
    }
  }
  for (const item of group.items) {
    if (item.kind === "query") yield* apartIn(item.where, [], profile, seen, say);
    else if ("groups" in item && CARRIED.includes(item.kind)) for (const inner of item.groups) yield* apartIn(inner, [...around, ...own], profile, seen, say);
  }
}

/** @type {(pattern: Pattern) => Step[]} */
function steps({ subject, predicate, object }) {
  if (predicate?.term.type !== "iri") return [];
  if (predicate.term.value === TYPE) return object.term.type === "iri" && nameOf(subject) ? [{ kind: "class", variable: nameOf(subject), leaf: object }] : [];
  /** @type {Step[]} */
  const found = [];
  if (nameOf(subject)) found.push({ kind: "from", variable: nameOf(subject), leaf: predicate });
  if (nameOf(object)) found.push({ kind: "to", variable: nameOf(object), leaf: predicate });
  return found;
}

/** @type {(step: Step, number: number) => string} */
function patternOf({ kind, leaf }, number) {
  const term = n3(leaf.term);
  return kind === "class" ? `?x a ${term} .` : kind === "from" ? `?x ${term} ?o${number} .` : `?s${number} ${term} ?x .`;
}

/** @type {(first: Step, second: Step, profile: Profile, seen: Set<string>, say: Say) => Generator<Remark>} */
function* pair(first, second, profile, seen, say) {
  const one = patternOf(first, 1);
  const two = patternOf(second, 2);
  const key = [one, two].sort().join(" ");
  if (first.leaf.term.value === second.leaf.term.value || seen.has(key) || (first.kind === "to" && second.kind === "to")) return;
  seen.add(key);
  if (profile.any(`${one} ${two}`) || !(profile.any(one) && profile.any(two))) return;
  if (second.kind === "to" && first.kind === "from") [first, second] = [second, first];
  const by = shownAs(profile, first);
  const word = shownAs(profile, second);
  const at = second.leaf.token.start;
  const and = (/** @type {string} */ key_, /** @type {string[]} */ names) => (names.length ? say.fill(key_, { names: say.and(names) }) : "");
  if (first.kind === "class" && second.kind === "from") yield { at, message: say.fill("never-has", { cls: by, word }) + and("has", propertiesOf(first, second, profile)) };
  else if (first.kind === "class" && second.kind === "to") yield { at: first.leaf.token.start, message: say.fill("never-is", { by: word, word: by }) + and("leads", classesOf(second, profile)) };
  else if (first.kind === "to") yield { at, message: say.fill("never-of", { by, word }) + and("is", classesOf(first, profile)) };
  else {
    const [a, b] = [{ name: by, step: first }, { name: word, step: second }].map(({ name, step }) => (step.kind === "class" ? `a ${name}` : name));
    yield { at, message: say.fill("never-both", { by: a, word: b }) };
  }
}

/** @type {(step: Step, wanted: Step, profile: Profile) => string[]} */
function propertiesOf(step, wanted, profile) {
  const rows = profile.rows("?p (COUNT(*) AS ?n)", `${patternOf(step, 1)} ?x ?p ?o`, "GROUP BY ?p ORDER BY DESC(?n) ?p");
  const names = rows.flatMap(([term]) => (term && term.value !== TYPE ? [profile.written(term)] : []));
  const local = wanted.leaf.term.value.replace(/.*[/#]/s, "").toLowerCase();
  const found = [...names.filter((name) => name.toLowerCase().includes(local)), ...nearest(shownAs(profile, wanted), names)];
  return [...new Set(found.length ? found : names)].slice(0, OFFERED);
}

/** @type {(step: Step, profile: Profile) => string[]} */
const classesOf = (step, profile) =>
  profile.rows("?c (COUNT(DISTINCT ?x) AS ?n)", `${patternOf(step, 1)} ?x a ?c`, "GROUP BY ?c ORDER BY DESC(?n) ?c").flatMap(([term]) => (term ? [profile.written(term)] : [])).slice(0, 3);

// -- patterns of which no single graph has both

const textOf = (/** @type {Pattern} */ { subject, predicate, object }) => `${n3(subject.term)} ${predicate ? n3(predicate.term) : ""} ${n3(object.term)} .`;

/** @type {(pattern: Pattern) => string} */
function shown({ predicate, object }) {
  const said = predicate?.token.text ?? "";
  return said === "a" && !nameOf(object) ? `a ${object.token.text}` : said;
}

/** @type {(query: Query, profile: Profile, say: Say) => Generator<Remark>} */
export function* scattered(query, profile, say) {
  yield* scatteredIn(query.where, profile, say);
}

/** @type {(group: Group, profile: Profile, say: Say) => Generator<Remark>} */
function* scatteredIn(group, profile, say) {
  for (const item of group.items) if (item.kind === "graph" && item.name) yield* inGraph(item.name, item.groups[0], profile, say);
  for (const { group: inner, kind } of inside(group)) if (!["service", "minus", "exists"].includes(kind)) yield* scatteredIn(inner, profile, say);
}

/** @type {(name: Leaf, group: Group, profile: Profile, say: Say) => Generator<Remark>} */
function* inGraph(name, group, profile, say) {
  const one = name.term.type === "iri";
  const there = one ? n3(name.term) : "?__g";
  if (one && !profile.isGraph(name.term.value)) return;
  const own = patternsOf(group).filter((pattern) => pattern.predicate);
  for (const [number, pattern] of own.slice(0, 100).entries()) {
    const said = textOf(pattern);
    const at = pattern.predicate?.token.start ?? 0;
    if (!profile.any(said)) continue;
    if (one && !profile.any(`GRAPH ${there} { ${said} }`)) {
      const near = profile.rows("DISTINCT ?__g", `GRAPH ?__g { ${said} }`, "ORDER BY ?__g LIMIT 3").flatMap(([term]) => (term ? [profile.written(term)] : []));
      yield say.remark(at, "not-there", near, { by: name.token.text, word: shown(pattern) });
      continue;
    }
    const names = [nameOf(pattern.subject), nameOf(pattern.object)];
    for (const other of own.slice(0, number)) {
      if (![nameOf(other.subject), nameOf(other.object)].some((shared) => shared && names.includes(shared))) continue;
      const both = `${textOf(other)} ${said}`;
      if (profile.any(both) && !profile.any(`GRAPH ${there} { ${both} }`)) {
        yield say.remark(at, "one-graph", [], { by: shown(other), word: shown(pattern) });
        return;
      }
    }
  }
}

// -- with what nothing is left

/** @type {(query: Query, text: string, profile: Profile, say: Say) => Generator<Remark>} */
export function* emptied(query, text, profile, say) {
  const { items } = query.where;
  const plain = items.every((item) => (item.kind === "pattern" ? item.predicate : ["filter", "optional", "bind", "values"].includes(item.kind)));
  const parts = items.filter((item) => item.kind !== "optional");
  if (query.graphs.length || !plain || parts.length > 40) return;
  const head = profile.head(query.prefixes);
  let said = "";
  for (const part of parts) {
    if (part.kind === "filter") continue;
    said += `${part.kind === "pattern" ? textOf(part) : given(part, text)} `;
    if (profile.any(said, head)) continue;
    if (part.kind !== "pattern") return;
    const pattern = part;
    const { token } = pattern.predicate ?? pattern.object;
    yield say.remark(token.start, "left-by-pattern", [], { word: token.text === "a" ? `a ${pattern.object.token.text}` : token.text });
    return;
  }
  const bound = visible({ items: parts.filter((part) => part.kind !== "filter") });
  for (const item of parts) {
    if (item.kind !== "filter") continue;
    const written = text.slice(item.condition.start, item.condition.end);
    if (profile.any(`${said} FILTER(${written})`, head)) {
      said += `FILTER(${written}) `;
      continue;
    }
    const told = item.condition.leaves.every((leaf) => !nameOf(leaf) || bound.has(nameOf(leaf))) && !profile.any(`${said} BIND((${written}) AS ?c_) FILTER(BOUND(?c_))`, head);
    yield say.remark(item.condition.start, told ? "left-by-error" : "left-by-condition", [], {});
    return;
  }
}

// A BIND, or VALUES, as it is written.
/** @type {(part: Item, text: string) => string} */
function given(part, text) {
  if (part.kind === "bind") return `BIND((${text.slice(part.value.start, part.value.end)}) AS ?${nameOf(part.variable)})`;
  if (part.kind !== "values") return "";
  const rows = part.rows.map((row) => `(${row.map((leaf) => (leaf ? n3(/** @type {Known} */ (leaf.term)) : "UNDEF")).join(" ")})`);
  return `VALUES (${part.variables.map((one) => `?${nameOf(one)}`).join(" ")}) { ${rows.join(" ")} }`;
}
