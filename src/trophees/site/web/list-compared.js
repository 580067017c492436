// What is ticked to be compared: two to four, kept while the reader goes from page to page of this tab.
import { plain } from "./list-select.js";
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { ListItem, ReadyList } from "./list-types.js" */

const KEPT = "trophees-compare";
export const MOST = 4;

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

// `box` is the tick of an item, `bar` puts the way to the comparison at the foot of the window.
/** @type {(list: ReadyList, root: string) => { box: (item: ListItem) => HTMLElement, bar: () => void }} */
export function compared({ data, words }, root) {
  const known = new Map(data.items.map((item) => [item[0], item]));
  let keys = kept().filter((key) => known.has(key));
  const bar = node("section", { class: "compare-bar", "aria-label": words.compare, hidden: true });
  document.getElementById("list-found")?.after(bar);
  const boxes = () => made.keys();
  /** @type {Map<HTMLInputElement, string>} */
  const made = new Map();
  return {
    box(item) {
      const box = node("input", { type: "checkbox" });
      made.set(box, item[0]);
      box.checked = keys.includes(item[0]);
      box.disabled = !box.checked && keys.length >= MOST;
      box.onchange = () => {
        keys = box.checked ? [...keys, item[0]] : keys.filter((key) => key !== item[0]);
        keep(keys);
        for (const other of boxes()) other.disabled = !other.checked && keys.length >= MOST;
        this.bar();
      };
      return node("label", { class: "compare-box" }, box, words.compare, node("span", { class: "visually-hidden" }, ` ${plain(item[2])}`));
    },
    bar() {
      bar.hidden = !keys.length;
      const link = node("a", { class: "button", href: `${root}${data.compare}?laureates=${keys.join(",")}` }, words.count("compare_go", keys.length));
      const none = node("button", { type: "button", class: "quiet" }, words.compare_none);
      none.onclick = () => {
        keys = [];
        keep(keys);
        for (const box of boxes()) [box.checked, box.disabled] = [false, false];
        this.bar();
      };
      bar.replaceChildren(node("p", {}, keys.length < 2 ? fill(words.compare_more, { n: MOST }) : ""), ...(keys.length > 1 ? [link] : []), none);
    },
  };
}
