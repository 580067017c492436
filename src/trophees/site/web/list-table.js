// A selection as a table whose headings sort it.
import { cell } from "./list-parts.js";
import { node } from "./elements.js";
/** @import { Choice, ListItem, ReadyList } from "./list-types.js" */

// `sort` is told the key that a heading asks for; `first`: what stands before each row, if anything.
/** @type {(list: ReadyList, items: ListItem[], choice: Choice, root: string, end: string, sort: (key: string) => void, first?: (item: ListItem) => Node) => HTMLElement} */
export function table(list, items, choice, root, end, sort, first) {
  const { data, words } = list;
  const heads = data.columns.map(({ title, from, of }) => {
    const number = from === "number" || from === "amounts";
    const key = data.sorts.find(([, , by, what]) => (from === "name" ? by === "name" : by !== "given" && by !== "name" && what === of))?.[0];
    const head = node("th", { scope: "col", class: number ? "number" : null });
    if (!key) {
      head.append(title);
      return head;
    }
    const down = data.sorts.find(([one]) => one === key)?.[4] ?? false;
    const turned = choice.sort === `-${key}`;
    if (choice.sort === key || turned) head.setAttribute("aria-sort", down === turned ? "ascending" : "descending");
    const button = node("button", { type: "button", class: "list-sort", "data-sort": key }, title);
    button.onclick = () => sort(choice.sort === key ? `-${key}` : key);
    head.append(button);
    return head;
  });
  const rows = items.map((item) => node("tr", {}, ...(first ? [node("td", {}, first(item))] : []), ...data.columns.map((column) => {
    const said = cell(list, item, column, root, end);
    const number = column.from === "number" || column.from === "amounts";
    const content = said.length ? said : [node("span", { class: "muted", title: words.unsaid }, node("span", { "aria-hidden": "true" }, "–"), node("span", { class: "visually-hidden" }, words.unsaid))];
    return column.from === "name" ? node("th", { scope: "row", class: "name" }, ...content) : node("td", { class: number ? "number" : null }, ...content);
  })));
  const corner = first ? [node("td", {}, node("span", { class: "visually-hidden" }, words.compare))] : [];
  return node("div", { class: "table-wrap list-table", tabindex: "0", role: "region", "aria-label": words.table },
    node("table", {}, node("thead", {}, node("tr", {}, ...corner, ...heads)), node("tbody", {}, ...rows)));
}
