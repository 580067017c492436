// Which variables a query gives a value, and where it may not give another, as `trophees/ask/explain/scope.py` has it.
import { Mistake } from "./query-tokens.js";
/** @import { Group, Item, Leaf, Projected, Query } from "./query-types.js" */

export const nameOf = (/** @type {Leaf | null | undefined} */ leaf) => (leaf?.term.type === "var" ? leaf.term.value : "");

// The variables to which an item of a group may give a value.
/** @type {(item: Item) => string[]} */
export function givenBy(item) {
  switch (item.kind) {
    case "pattern":
      return [nameOf(item.subject), nameOf(item.predicate), nameOf(item.object)];
    case "bind":
      return [nameOf(item.variable)];
    case "values":
      return item.variables.map(nameOf);
    case "query":
      return [...(item.shown.length ? item.shown.map((one) => nameOf(one.variable)) : [...visible(item.where), ...(item.values?.variables.map(nameOf) ?? [])])];
    case "filter":
    case "minus":
      return [];
    default:
      return [nameOf(item.name), ...item.groups.flatMap((group) => [...visible(group)])];
  }
}

// The variables that may have a value in a solution of `group`.
/** @type {(group: Group) => Set<string>} */
export const visible = (group) => new Set(group.items.flatMap(givenBy).filter(Boolean));

/** @type {(some: Projected[]) => string[]} */
export const computed = (some) => some.filter((one) => one.value).map((one) => nameOf(one.variable));

// The variables that may have a value where a query shows and orders.
/** @type {(query: Query) => Set<string>} */
export const known = (query) => new Set([...groupedOf(query), ...computed(query.shown)]);

// Those that may have one where groups are made and chosen, before SELECT computes any.
/** @type {(query: Query) => Set<string>} */
export const groupedOf = ({ where, grouped, values }) => new Set([...visible(where), ...computed(grouped), ...(values?.variables.map(nameOf) ?? [])]);

// The groups directly inside of `group`, those in conditions too, each with its kind.
/** @type {(group: Group) => { group: Group, kind: string }[]} */
export const inside = (group) =>
  group.items.flatMap((item) => {
    if (item.kind === "query") return [{ group: item.where, kind: "query" }];
    if (item.kind === "filter") return item.condition.groups.map((one) => ({ group: one, kind: "exists" }));
    if (item.kind === "bind") return item.value.groups.map((one) => ({ group: one, kind: "exists" }));
    return item.kind === "pattern" || item.kind === "values" ? [] : item.groups.map((one) => ({ group: one, kind: item.kind }));
  });

// Mistake where a variable is given a value that it has, or is shown though a group has several of it.
/** @type {(query: Query) => void} */
export function checkScope(query) {
  assignedOnce(query.where);
  const before = visible(query.where);
  const seen = new Set();
  const grouped = new Set(query.grouped.map((one) => nameOf(one.variable)));
  const groups = grouped.size > 0 || query.shown.some((one) => one.value?.aggregate) || query.others.some((one) => one.aggregate);
  for (const { variable, value } of query.shown) {
    const word = nameOf(variable);
    if (seen.has(word)) throw new Mistake("twice", variable.token.start, [], { word });
    if (value && before.has(word) && !groups) throw new Mistake("bound", variable.token.start, [], { word });
    seen.add(word);
  }
  if (!groups) return;
  for (const { variable, value } of query.shown) {
    for (const leaf of value === null ? [variable] : value.aggregate ? [] : value.leaves) {
      const word = nameOf(leaf);
      if (word && !grouped.has(word)) throw new Mistake("ungrouped", leaf.token.start, [], { word });
    }
    grouped.add(nameOf(variable));
  }
}

// Whether a query has one row whatever matches, as it computes from all of it: COUNT of nothing is 0.
/** @type {(query: Query) => boolean} */
export const counts = (query) => !query.grouped.length && query.shown.some((one) => one.value?.aggregate);

/** @type {(group: Group) => void} */
function assignedOnce(group) {
  const before = new Set();
  for (const item of group.items) {
    if (item.kind === "bind" && before.has(nameOf(item.variable))) throw new Mistake("bound", item.variable.token.start, [], { word: nameOf(item.variable) });
    const condition = item.kind === "filter" ? item.condition : item.kind === "bind" ? item.value : null;
    if (condition?.aggregate) throw new Mistake("aggregate", condition.start);
    for (const name of givenBy(item)) before.add(name);
    if (item.kind === "query") checkScope(item);
  }
  for (const { group: inner, kind } of inside(group)) if (kind !== "query") assignedOnce(inner);
}
