// The editor where CodeMirror cannot be made: the text field that stands in the page.
/** @import { Editor } from "./playground-types.js" */

/** @type {(area: HTMLTextAreaElement, changed: () => void, run: () => unknown) => Editor} */
export function field(area, changed, run) {
  area.oninput = changed;
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  return {
    get text() { return area.value; },
    set text(text) { area.value = text; changed(); },
    insert: (from, text) => area.setRangeText(text, from, from, "preserve"),
    focus: () => area.focus(),
    clear() {},
    mark: (from) => {
      area.focus();
      area.setSelectionRange(from, from + 1);
    },
  };
}
