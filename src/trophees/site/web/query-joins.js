// Remarks on patterns that match, each alone, and never together, as `trophees/ask/explain/joins.py` has them.
import { OFFERED, nearest } from "./query-nearest.js";
import { TYPE, n3 } from "./query-profile.js";
import { nameOf } from "./query-scope.js";
import { patternsOf } from "./query-values.js";
/** @import { Group, Leaf, Pattern, Query, Remark, Say } from "./query-types.js" */
/** @import { Profile } from "./query-profile.js" */

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
