// What a control that takes away what is shown is made of, loaded when the first is opened. Files are made when asked for.
import { node, save } from "./elements.js";
import { escaped, xlsx } from "./take-book.js";
import { fill } from "./words.js";
import { picture, png } from "./take-picture.js";
import { csv, json, shown } from "./take-table.js";
/** @import { Table } from "./take-table.js" */

// What is taken away; whoever shows something else than the page as it was made listens to the event `take` of the
// control and changes this: `event.detail.table = …`, `event.detail.address = location.href`.
/** @typedef {{ root: Element, title: string, file: string, source: string, address: string, table: Table | null }} Taken */

/** @type {Record<string, (taken: Taken, table: Table) => Blob | Promise<Blob>>} */
const FORMS = {
  csv: (_, table) => new Blob([csv(table)], { type: "text/csv;charset=utf-8" }),
  xlsx: ({ title, source, address, file }, table) =>
    new Blob([xlsx(table, { title, source, address }, file)], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" }),
  json: ({ title, source, address }, table) => new Blob([json(table, { title, source, address })], { type: "application/json" }),
  svg: ({ root, title, source }) => new Blob([picture(root, title, source)], { type: "image/svg+xml" }),
  png: ({ root, title, source }) => png(picture(root, title, source)),
};

// What all controls of the page say.
const { source = "", words = "", cite = "", address: page = "" } = /** @type {HTMLElement} */ (document.getElementById("take")).dataset;

/** @type {(control: HTMLElement) => Taken} */
function taken(control) {
  const { of = "", title = "", file = "", table = of } = control.dataset;
  const root = document.getElementById(of) ?? document.body;
  const plain = location.href.split("#")[0];
  /** @type {Taken} */
  const detail = {
    root, title, file, source,
    address: /^https?:/.test(plain) ? `${plain}#${of}` : (control.dataset.address ?? `${page}#${of}`),
    table: shown(document.getElementById(table) ?? root, document.documentElement.lang),
  };
  control.dispatchEvent(new CustomEvent("take", { detail }));
  return detail;
}

/** @type {(text: string, action: (button: HTMLButtonElement) => unknown) => HTMLButtonElement} */
function button(text, action) {
  const made = node("button", { type: "button", class: "quiet" }, text);
  made.onclick = () => action(made);
  return made;
}

// The citation and the code of the embed, where the page leaves them to the script.
/** @type {(control: HTMLElement) => void} */
function completed(control) {
  const { of = "", title = "", address } = control.dataset;
  if (address) return;
  control.dataset.address = `${page}#${of}`;
  const [, , , , cited, embedded] = words.split("|");
  /** @type {(name: string, text: HTMLElement) => HTMLElement[]} */
  const said = (name, text) => [node("p", { class: "take-name" }, name), node("p", { class: "take-text" }, text)];
  const frame = `<iframe src="${page}#embed-${of}" title="${escaped(title)}" width="100%" height="600" loading="lazy"></iframe>`;
  control.querySelector("[role=status]")?.before(
    ...said(cited, node("span", {}, fill(cite, { title, address: `${page}#${of}` }))),
    ...("alone" in control.dataset ? said(embedded, node("code", { "data-embed": true }, frame)) : []),
  );
}

// Addresses as they are now: those in the page are where it was to be hosted, and know of no filter and of no question.
/** @type {(control: HTMLElement) => void} */
function addressed(control) {
  const { address, root } = taken(control);
  const { address: old = "" } = control.dataset;
  const link = control.querySelector("a");
  if (link) link.href = address;
  if (!/^https?:/.test(address) || address === old) return;
  /** @type {(whole: string) => string} */
  const alone = (whole) => {
    const [page, asked = ""] = whole.split("#");
    return escaped(asked.startsWith("query=") ? `${whole}&embed=${root.id}` : `${page}#embed-${root.id}`);
  };
  for (const text of control.querySelectorAll(".take-text > *")) {
    text.textContent = (text.textContent ?? "").replace(text.matches("code") ? alone(old) : old, () => (text.matches("code") ? alone(address) : address));
  }
  control.dataset.address = address;
}

// There is a picture of what is drawn, and of nothing else.
/** @type {(control: HTMLElement) => void} */
function pictured(control) {
  const drawn = document.getElementById(control.dataset.of ?? "")?.querySelector("figure");
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (control.querySelectorAll("[data-form=svg], [data-form=png]"))) button.hidden = !drawn;
}

/** @type {WeakSet<HTMLElement>} */
const equipped = new WeakSet();

// Puts the buttons in a control, which has links alone, and the addresses of now in its texts.
/** @type {(control: HTMLElement) => void} */
function opened(control) {
  completed(control);
  addressed(control);
  pictured(control);
  if (equipped.has(control)) return;
  equipped.add(control);
  const { forms = "" } = control.dataset;
  const [copy, copied, marked, failed] = words.split("|");
  const status = control.querySelector("[role=status]");
  /** @type {(text: string) => void} */
  const tell = (text) => {
    if (status) status.textContent = text;
  };
  const buttons = forms.split(" ").filter((form) => form in FORMS).map((form) => button(form.toUpperCase(), async () => {
    tell("");
    const found = taken(control);
    try {
      save(`${found.file}.${form}`, await FORMS[form](found, found.table ?? { columns: [], rows: [] }));
    } catch {
      tell(failed);
    }
  }));
  for (const made of buttons) made.dataset.form = made.textContent?.toLowerCase();
  control.querySelector(".take-files")?.append(...buttons);
  control.querySelector("a")?.addEventListener("click", () => addressed(control));
  pictured(control);
  for (const text of control.querySelectorAll(".take-text > *")) {
    text.after(button(copy, async () => {
      addressed(control);
      try {
        await navigator.clipboard.writeText((text.textContent ?? "").trim());
        tell(copied);
      } catch {
        getSelection()?.selectAllChildren(text); // to be copied by hand
        tell(marked);
      }
    }));
  }
}
Object.assign(self, { tropheesTake: opened });
