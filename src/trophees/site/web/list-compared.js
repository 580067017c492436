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

// `box` is the tick of an item, `bar` puts the way to the comparison at the foot of the window.
/** @type {(list: ReadyList, root: string) => { box: (item: ListItem) => HTMLElement, bar: () => void }} */
export function compared({ data, words }, root) {
  const known = new Map(data.items.map((item) => [item[0], item]));
  let keys = kept().filter((key) => known.has(key));
  const bar = node("section", { class: "compare-bar", "aria-label": words.compare, hidden: true });
  document.getElementById("list-found")?.after(bar);
  /** @type {Map<HTMLInputElement, string>} */
  const made = new Map();
  /** @type {(box: HTMLInputElement, key: string) => void} */
  const set = (box, key) => {
    box.checked = keys.includes(key);
    box.disabled = !box.checked && keys.length >= MOST;
  };
  // what is chosen has changed: an item may have a box in the cards and one in the table
  const tell = () => {
    keep(keys);
    for (const [box, key] of made) set(box, key);
  };
  return {
    box(item) {
      const box = node("input", { type: "checkbox" });
      made.set(box, item[0]);
      set(box, item[0]);
      box.onchange = () => {
        keys = box.checked ? [...keys, item[0]] : keys.filter((key) => key !== item[0]);
        tell();
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
        tell();
        this.bar();
      };
      bar.replaceChildren(node("p", {}, keys.length < 2 ? fill(words.compare_more, { n: MOST }) : ""), ...(keys.length > 1 ? [link] : []), none);
    },
  };
}
