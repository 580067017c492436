// Everything wrong in one record that it decides alone, in the sentences of `trophees check`.
/** @import { Known, Problem, Rules, Value } from "./record-types.js" */
import { compare } from "./record-nearest.js";
import { Reading, REFUSED } from "./record-reading.js";
import { Shapes } from "./record-shapes.js";
import { Wording } from "./record-wording.js";

// What is wrong in the record `data` at `path`, in the order of lines, and what was read of it.
/** @type {(data: Uint8Array, path: string, rules: Rules, known: Known) => { problems: Problem[], reading: Reading }} */
export function check(data, path, rules, known) {
  const reading = new Reading(data, path, rules);
  const { statements, context } = reading;
  const { nodes } = reading.identities;
  const shapes = new Shapes(statements, nodes.keys(), rules, known);
  const wording = new Wording(rules, context, known);
  const problems = [...reading.refusals.problems];
  for (const finding of shapes.findings()) {
    const said = finding.path ? statements.filter((one) => one.subject === finding.focus && one.predicate === finding.path) : [];
    if (said.some(({ object }) => object.term === REFUSED.term)) continue; // what reading refused is to be mended first
    const blamed = said.find(({ object }) => finding.value && object.term === finding.value.term) ?? said[0];
    const place = blamed?.node ?? nodes.get(finding.focus);
    if (!place) continue;
    const values = [...new Map(said.map(({ object }) => /** @type {[string, Value]} */ ([object.term, object]))).values()];
    problems.push({
      line: place.line,
      column: place.column,
      rule: `shapes:${finding.shape}`,
      severity: rules.shapes[finding.shape].severity,
      message: wording.say(finding, values, shapes),
      path: place.path,
      key: blamed || !finding.path ? "" : (context.termFor(finding.path) ?? ""),
    });
  }
  return { problems: inOrder(problems), reading };
}

/** @type {(problems: Problem[]) => Problem[]} */
function inOrder(problems) {
  /** @type {(a: Problem, b: Problem) => number} */
  const order = (a, b) =>
    a.line - b.line || a.column - b.column || compare(a.rule, b.rule) || compare(a.severity, b.severity) || compare(a.message.fr, b.message.fr);
  const sorted = [...problems].sort(order);
  return sorted.filter((problem, index) => !index || order(sorted[index - 1], problem) !== 0);
}
