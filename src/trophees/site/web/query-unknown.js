// Remarks on names that the graph does not have, as `trophees/ask/explain/names.py` has them.
import { TYPE } from "./query-profile.js";
/** @import { Expression, Group, Leaf, Query, Remark, Say, Values } from "./query-types.js" */
/** @import { Profile } from "./query-profile.js" */

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
