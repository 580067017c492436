// An answer as a table: columns by the names that people read, sorted by their buttons, rows that a filter narrows down.
import { ordered, visible } from "./columns.js";
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { Shown, ShownColumn, ViewState } from "./answer-types.js" */
/** @import { Words } from "./types.js" */

const PAGE = 200;

// `changed` is told when the reader changes what is shown, once `state` says so; `called`: what the table is, if it is no answer.
/** @type {(columns: ShownColumn[], told: { state: ViewState, words: Words, lang: string, changed: () => void, called?: string }) => HTMLElement[]} */
export function desk(columns, { state, words, lang, changed, called = words.results }) {
  const head = node("tr");
  const body = node("tbody");
  const shown = node("table", {}, node("caption", { class: "visually-hidden" }, called), node("thead", {}, head), body);
  const count = node("p", { class: "pg-note pg-shown", role: "status" });
  const more = node("div");
  const every = columns[0]?.cells.length ?? 0;

  const draw = () => {
    const seen = visible(columns, state.hide);
    const rows = ordered(columns, state, lang);
    head.replaceChildren(...seen.map((column) => heading(column)));
    body.replaceChildren();
    add(seen, rows, 0);
    count.textContent = rows.length < every ? fill(words.shownOf, { n: words.number(rows.length), all: words.number(every) }) : "";
  };

  /** @type {(seen: ShownColumn[], rows: number[], from: number) => void} */
  const add = (seen, rows, from) => {
    for (const row of rows.slice(from, from + PAGE)) body.append(node("tr", {}, ...seen.map((column) => cell(column.cells[row], column.numeric))));
    const rest = rows.length - from - PAGE;
    const button = node("button", { type: "button", class: "pg-more" }, rest > 0 ? words.count("more", rest) : "");
    button.onclick = () => {
      const first = body.rows.length;
      add(seen, rows, from + PAGE);
      body.rows[first].tabIndex = -1;
      body.rows[first].focus();
    };
    more.replaceChildren(...(rest > 0 ? [button] : []));
  };

  /** @type {(column: ShownColumn) => HTMLElement} */
  const heading = ({ name, heading: text, numeric }) => {
    const sorted = state.sort === name ? "ascending" : state.sort === `-${name}` ? "descending" : null;
    const button = node("button", { type: "button", class: "pg-sort", title: text === name ? null : `?${name}` }, text);
    button.onclick = () => {
      state.sort = sorted === "ascending" ? `-${name}` : sorted ? "" : name;
      changed();
      draw();
      /** @type {HTMLElement | null} */ (head.querySelector(`[data-column="${CSS.escape(name)}"] button`))?.focus();
    };
    return node("th", { scope: "col", class: numeric ? "number" : null, "aria-sort": sorted, "data-column": name }, button);
  };

  const filter = node("input", { type: "search", class: "pg-rows-filter", autocomplete: "off" });
  filter.value = state.filter;
  filter.oninput = () => {
    state.filter = filter.value;
    changed();
    draw();
  };
  draw();
  return [
    node("div", { class: "pg-tools" }, node("label", {}, `${words.filterRows} `, filter), ...(columns.length > 1 ? [chooser(columns, state, words, () => {
      changed();
      draw();
    })] : []), count),
    node("div", { class: "table-wrap", role: "region", tabindex: "0", "aria-label": called }, shown),
    more,
  ];
}

// Which columns are shown: at least one is.
/** @type {(columns: ShownColumn[], state: ViewState, words: Words, changed: () => void) => HTMLElement} */
function chooser(columns, state, words, changed) {
  const summary = node("summary");
  const tell = () => {
    summary.textContent = fill(words.columns_shown, { n: words.number(visible(columns, state.hide).length), all: words.number(columns.length) });
  };
  const boxes = columns.map((column) => {
    const box = node("input", { type: "checkbox" });
    box.checked = visible(columns, state.hide).includes(column);
    box.onchange = () => {
      const hidden = columns.filter((_, at) => !boxes[at].checked).map(({ name }) => name);
      if (hidden.length === columns.length) {
        box.checked = true;
        return;
      }
      state.hide = hidden;
      tell();
      changed();
    };
    return box;
  });
  tell();
  return node("details", { class: "pg-columns" }, summary, node("ul", {}, ...columns.map(({ heading, name }, at) => node("li", {}, node("label", {}, boxes[at], ` ${heading}`, ...(heading === name ? [] : [" ", node("code", {}, name)]))))));
}

/** @type {(shown: Shown, numeric: boolean) => HTMLTableCellElement} */
function cell({ text, href, lang, code }, numeric) {
  const made = node("td", { class: numeric ? "number" : null, lang: lang || null, title: code && !href ? code : null });
  if (!href) {
    made.append(text);
    return made;
  }
  made.append(node("a", { href, title: code || null, rel: /^https?:/.test(href) ? "external noreferrer" : null }, text));
  return made;
}
