// What is ticked to be compared: two to four, kept while the reader goes from page to page of this tab.
import { plain } from "./list-select.js";
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { ListItem, ReadyList } from "./list-types.js" */

const KEPT = "trophees-compare";
const MOST = 4;

/** @type {() => string[]} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").filter((/** @type {unknown} */ key) => typeof key === "string").slice(0, MOST);
  } catch {
    return [];
  }
}

/** @type {(keys: string[]) => void} */
function keep(keys) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(keys));
  } catch {
    // a page of a disk may have nowhere to keep it
  }
}

// `box` is the tick of an item; `bar` ticks those of the page, once they are in it, and puts the way to the comparison at the
// foot of the window.
/** @type {(list: ReadyList, root: string) => { box: (item: ListItem) => HTMLElement, bar: () => void }} */
export function compared({ data, words }, root) {
  const known = new Map(data.items.map((item) => [item[0], item]));
  let keys = kept().filter((key) => known.has(key));
  const bar = node("section", { class: "compare-bar", "aria-label": words.compare, hidden: true });
  const found = document.getElementById("list-found");
  found?.after(bar);
  /** @type {(box: HTMLInputElement, key: string) => void} */
  const set = (box, key) => {
    box.checked = keys.includes(key);
    box.disabled = !box.checked && keys.length >= MOST;
  };
  return {
    box(item) {
      const box = node("input", { type: "checkbox", "data-key": item[0] });
      box.onchange = () => {
        keys = box.checked ? [...keys, item[0]] : keys.filter((key) => key !== item[0]);
        keep(keys);
        this.bar();
      };
      return node("label", { class: "compare-box" }, box, words.compare, node("span", { class: "visually-hidden" }, ` ${plain(item[2])}`));
    },
    bar() {
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (found?.querySelectorAll("[data-key]") ?? [])) set(box, box.dataset.key ?? "");
      bar.hidden = !keys.length;
      const link = node("a", { class: "button", href: `${root}${data.compare}?laureates=${keys.join(",")}` }, words.count("compare_go", keys.length));
      const none = node("button", { type: "button", class: "quiet" }, words.compare_none);
      none.onclick = () => {
        keys = [];
        keep(keys);
        this.bar();
      };
      bar.replaceChildren(node("p", {}, keys.length < 2 ? fill(words.compare_more, { n: MOST }) : ""), ...(keys.length > 1 ? [link] : []), none);
    },
  };
}
