// A field with a list of proposals (ARIA 1.2, combobox with list autocomplete). The focus stays in the field; Down and Up
// choose, Enter takes what is chosen, Escape closes.
import { node } from "./elements.js";

// `show(options)` opens the list with these, or closes it if there are none; `say` tells screen readers. `taken` is called with
// the option that is chosen. With `only`, Enter takes the one option that there is.
/** @type {(input: HTMLInputElement, named: { id: string, label: string }, taken: (option: HTMLElement) => void, only?: boolean) => { show: (options: HTMLElement[]) => void, say: (text: string) => void, close: () => void }} */
export function combobox(input, { id, label }, taken, only = false) {
  const list = node("ul", { id: `${id}-list`, class: "search-list", role: "listbox", "aria-label": label, hidden: true });
  const status = node("p", { class: "visually-hidden", role: "status" });
  const box = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false", "aria-haspopup": "listbox" };
  for (const [key, value] of Object.entries(box)) input.setAttribute(key, value);
  input.form?.append(list, status);
  let selected = -1;

  /** @type {(number: number) => void} */
  function select(number) {
    list.children[selected]?.setAttribute("aria-selected", "false");
    selected = number;
    const item = list.children[number];
    if (!item) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  /** @type {(is: boolean) => void} */
  function open(is) {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
    if (!is) select(-1);
  }

  /** @type {(item: Element) => void} */
  const take = (item) => {
    if (item instanceof HTMLElement) taken(item);
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return;
      event.preventDefault();
      if (list.hidden) open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(selected < 0 && step < 0 ? count - 1 : ((selected + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !list.hidden && (selected >= 0 || (only && count === 1))) {
      event.preventDefault();
      take(list.children[Math.max(selected, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });
  input.addEventListener("blur", () => open(false));
  list.addEventListener("pointerdown", (event) => {
    const item = event.target instanceof Element && event.target.closest("[role=option]");
    if (!item) return;
    event.preventDefault(); // the field keeps the focus
    if (event.button === 0) take(item);
  });

  return {
    show(options) {
      select(-1);
      for (const [number, option] of options.entries()) {
        option.id = `${id}-${number}`;
        option.role = "option";
        option.setAttribute("aria-selected", "false");
      }
      list.replaceChildren(...options);
      open(options.length > 0);
    },
    say(text) {
      status.textContent = text;
    },
    close: () => open(false),
  };
}
