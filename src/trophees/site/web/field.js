// The editor; where CodeMirror cannot be made, the text field that stands in the page.
/** @import { Editor, EditorSettings, Part } from "./playground-types.js" */

/** @type {(part: Part, settings: Omit<EditorSettings, "host" | "text">) => Editor} */
export function editing(part, settings) {
  try {
    const made = window.tropheesEditor.create({ ...settings, host: part("editor"), text: "" });
    part("field").remove();
    part("editor").hidden = false;
    return made;
  } catch (error) {
    console.warn("the plain text field is used:", error);
    return field(part("text"), settings.changed, settings.run);
  }
}

/** @type {(area: HTMLTextAreaElement, changed: () => void, run: () => unknown) => Editor} */
function field(area, changed, run) {
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
