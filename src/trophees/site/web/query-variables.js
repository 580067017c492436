// Remarks on variables without a value, as `trophees/ask/explain/variables.py` has them.
import { nearest } from "./query-nearest.js";
import { computed, givenBy, groupedOf, inside, known, nameOf, visible } from "./query-scope.js";
import { tokens } from "./query-tokens.js";
/** @import { Expression, Group, Leaf, Query, Remark, Say } from "./query-types.js" */
/** @import { Profile } from "./query-profile.js" */

const COUNTS = /\b(?:COUNT|SUM|AVG)\s*\(/i;

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
