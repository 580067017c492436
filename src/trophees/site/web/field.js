// The text field that stands in the page, and the editor that takes its place with the first sign of a reader; where CodeMirror
// cannot be had or made, the field stays.
import { once } from "./once.js";
/** @import { Editor, EditorSettings, Part } from "./playground-types.js" */

const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin"];

// `load`: the script of the editor is there.
/** @type {(part: Part, settings: Omit<EditorSettings, "host" | "text" | "at">, load: () => Promise<unknown>) => Editor} */
export function editing(part, settings, load) {
  const area = part("text");
  let now = field(area, settings.changed, settings.run);
  const better = once(async () => {
    await load();
    const focused = document.activeElement === area;
    const made = window.tropheesEditor.create({ ...settings, host: part("editor"), text: now.text, at: area.selectionStart });
    part("field").remove();
    part("editor").hidden = false;
    now = made;
    if (focused) made.focus();
  });
  const wanted = () => better().catch((error) => console.warn("the plain text field is used:", error));
  for (const sign of SIGNS) addEventListener(sign, wanted, { once: true, passive: true });
  return {
    get text() { return now.text; },
    set text(text) { now.text = text; },
    insert: (from, text) => now.insert(from, text),
    clear: () => now.clear(),
    focus: () => now.focus(),
    mark: (from, message) => {
      wanted().then(() => now.mark(from, message));
    },
  };
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
    set text(text) {
      area.value = text;
      area.setSelectionRange(0, 0);
      changed();
    },
    insert: (from, text) => area.setRangeText(text, from, from, "preserve"),
    focus: () => area.focus(),
    clear() {},
    mark: (from) => {
      area.focus();
      area.setSelectionRange(from, from + 1);
    },
  };
}
