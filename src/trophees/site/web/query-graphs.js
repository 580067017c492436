// Remarks on patterns that no single graph has together, as `trophees/ask/explain/graphs.py` has them.
import { n3 } from "./query-profile.js";
import { inside, nameOf } from "./query-scope.js";
import { patternsOf } from "./query-values.js";
/** @import { Group, Leaf, Pattern, Query, Remark, Say } from "./query-types.js" */
/** @import { Profile } from "./query-profile.js" */

/** @type {(pattern: Pattern) => string} */
export const textOf = ({ subject, predicate, object }) => `${n3(subject.term)} ${predicate ? n3(predicate.term) : ""} ${n3(object.term)} .`;

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
