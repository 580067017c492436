// The panel that narrows a list down: a box for each value, with how many items it would leave.
import { ALL, NONE } from "./list-choice.js";
import { upwards } from "./list-select.js";
import { node } from "./elements.js";
/** @import { Axis, Choice, ReadyList, Selection } from "./list-types.js" */

const SHORT = 10; // values of an axis that are shown at once

/** @typedef {{ axis: Axis, number: number, key: string, box: HTMLInputElement, count: HTMLElement, row: HTMLElement, broader: string[], level: number }} Box */
/** @typedef {{ details: HTMLDetailsElement, boxes: Box[], how: HTMLSelectElement | null, more: HTMLButtonElement | null, axis: Axis }} Facet */

// Every value with what is broader before it, as deep as it stands; what has two broader values stands under the first.
/** @type {(axis: Axis) => [number: number, level: number][]} */
function ordered({ values }) {
  /** @type {[number: number, level: number][]} */
  const found = [];
  const seen = new Set();
  /** @type {(number: number, level: number) => void} */
  const put = (number, level) => {
    if (seen.has(number)) return;
    seen.add(number);
    found.push([number, level]);
    for (const [other, [, , broader]] of values.entries()) if (broader?.[0] === number) put(other, level + 1);
  };
  for (const [number, [, , broader]] of values.entries()) if (!broader?.length) put(number, 0);
  for (const number of values.keys()) put(number, 0);
  return found;
}

// `changed` is called when the reader chooses something: `choice` has it then.
/** @type {(list: ReadyList, panel: HTMLElement, current: () => Choice, changed: () => void) => (choice: Choice, selection: Selection) => void} */
export function facets(list, panel, current, changed) {
  /** @type {Facet[]} */
  const all = [];
  /** @type {Set<string>} */
  const opened = new Set();
  let again = () => {};
  list.data.axes.forEach((axis, number) => {
    if (!axis.switch) all.push(facet(list, axis, number, current, changed, () => {
      opened.add(axis.name);
      again();
    }));
  });
  panel.replaceChildren(...all.map(({ details }) => details));
  if (matchMedia("(min-width: 62rem)").matches) for (const { details } of all.slice(0, 3)) details.open = true;
  return (choice, selection) => {
    again = () => {
      for (const one of all) refresh(one, choice, selection, opened, list.words.number);
    };
    again();
  };
}

/** @type {(list: ReadyList, axis: Axis, number: number, current: () => Choice, changed: () => void, open: () => void) => Facet} */
function facet({ words }, axis, number, current, changed, open) {
  const rows = node("ul");
  const group = node("fieldset", {}, node("legend", { class: "visually-hidden" }, axis.title));
  const details = node("details", { "data-facet": axis.name, "data-place": number }, node("summary", {}, axis.title), group);
  /** @type {HTMLSelectElement | null} */
  let how = null;
  if (axis.qualifier) {
    const [name, title, values] = axis.qualifier;
    how = node("select", { name }, ...[...values, [ALL, words[`all_${name}`] ?? words.all]].map(([key, label]) => node("option", { value: key }, label)));
    how.onchange = () => {
      current().how[name] = how?.value ?? ALL;
      changed();
    };
    group.append(node("label", { class: "list-how" }, title, how));
  }
  group.append(rows);
  /** @type {Box[]} */
  const boxes = [];
  const up = upwards(axis);
  const none = /** @type {[number: number, level: number][]} */ (axis.none ? [[axis.values.length, 0]] : []);
  for (const [place, level] of [...ordered(axis), ...none]) {
    const [key, label] = axis.values[place] ?? [NONE, axis.none];
    const box = node("input", { type: "checkbox", value: key });
    const count = node("span", { class: "count" });
    const row = node("li", { class: level ? `level-${Math.min(level, 3)}` : null }, node("label", {}, box, node("span", {}, label), count));
    const broader = (up[place] ?? []).slice(1).map((one) => axis.values[one][0]);
    box.onchange = () => {
      const picked = new Set(current().picked[axis.name] ?? []);
      if (box.checked) {
        // what is narrower stands for itself, not with what is broader
        for (const other of boxes) if (broader.includes(other.key) || other.broader.includes(key)) picked.delete(other.key);
        picked.add(key);
      } else picked.delete(key);
      current().picked[axis.name] = axis.values.map(([one]) => one).concat(NONE).filter((one) => picked.has(one));
      changed();
    };
    boxes.push({ axis, number: place, key, box, count, row, broader, level });
    rows.append(row);
  }
  const more = boxes.length > SHORT ? node("button", { type: "button", class: "list-more quiet" }, words.more_values) : null;
  if (more) {
    more.onclick = () => {
      open();
      boxes.find(({ row }) => !row.hidden)?.box.focus();
    };
    group.append(more);
  }
  return { details, boxes, how, more, axis };
}

// A narrower value is shown below one that is chosen, or beside it; a long axis shows its largest values first.
/** @type {(facet: Facet, choice: Choice, selection: Selection, opened: Set<string>, number: (n: number) => string) => void} */
function refresh({ details, boxes, how, more, axis }, choice, { counts }, opened, number) {
  const picked = choice.picked[axis.name] ?? [];
  const around = new Set(boxes.filter(({ key }) => picked.includes(key)).flatMap(({ key, broader }) => [key, ...broader]));
  const numbers = counts[Number(details.dataset.place)];
  /** @type {(one: Box) => boolean} */
  const reached = ({ level, broader }) => level === 0 || broader.some((key) => around.has(key));
  const tops = boxes.filter((one) => one.level === 0 && numbers[one.number] > 0).toSorted((one, other) => numbers[other.number] - numbers[one.number]);
  const first = new Set(opened.has(axis.name) || tops.length <= SHORT ? tops : tops.slice(0, SHORT));
  for (const one of boxes) {
    const left = numbers[one.number];
    one.box.checked = picked.includes(one.key);
    one.count.textContent = number(left);
    one.row.hidden = !one.box.checked && !around.has(one.key) && (left === 0 || !reached(one) || (one.level === 0 && !first.has(one)));
    one.row.classList.toggle("empty", left === 0);
  }
  details.hidden = !boxes.some(({ row }) => !row.hidden) && !how;
  if (more) more.hidden = tops.length <= SHORT || opened.has(axis.name);
  if (how && axis.qualifier) how.value = choice.how[axis.qualifier[0]] ?? axis.given ?? ALL;
  if (picked.length) details.open = true;
}
