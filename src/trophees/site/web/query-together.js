// With what nothing is left of a query whose parts all match, as `trophees/ask/explain/together.py` has it.
import { textOf } from "./query-graphs.js";
import { n3 } from "./query-profile.js";
import { nameOf, visible } from "./query-scope.js";
/** @import { Item, Known, Query, Remark, Say } from "./query-types.js" */
/** @import { Profile } from "./query-profile.js" */

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
