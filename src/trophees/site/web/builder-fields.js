// The fields of the builder's controls: labels, lists to choose from, their options.
import { node } from "./elements.js";

const PATIENCE = 600; // milliseconds: whoever types the beginning of an option, or goes through them by key, has not chosen yet

/** @typedef {[value: string, label: string]} Option */

/** @type {(at: string, label: string, field: HTMLElement) => HTMLElement} */
export function labelled(at, label, field) {
  field.id = `pg-builder-${at.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
  return node("div", { class: "builder-field" }, node("label", { for: field.id }, label), field);
}

/** @type {(at: string, options: (HTMLOptionElement | HTMLOptGroupElement)[], change: (value: string) => void) => HTMLSelectElement} */
export function select(at, options, change) {
  const made = node("select", { "data-at": at }, ...options);
  let keyed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const settle = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    change(made.value);
  };
  made.onkeydown = () => {
    keyed = true;
  };
  made.onpointerdown = () => {
    keyed = false;
  };
  made.onchange = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, keyed ? PATIENCE : 0);
  };
  made.onblur = () => setTimeout(settle); // once the focus is where it goes
  return made;
}

/** @type {(option: Option, chosen: string) => HTMLOptionElement} */
export const option = ([value, label], chosen) => node("option", { value, selected: value === chosen }, label);

/** @type {(label: string, options: Option[], chosen: string) => HTMLOptGroupElement} */
export const group = (label, options, chosen) => node("optgroup", { label }, ...options.map((one) => option(one, chosen)));
