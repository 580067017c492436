// The form for records: a text that the reader changes by fields or by hand, checked after each change.
/** @import { Known, MapNode, Path, Problem, Rules } from "./record-types.js" */
/** @import { Form } from "./curate-fields.js" */
import { forget, keep, kept } from "./curate-draft.js";
import { fields, shapesOf } from "./curate-fields.js";
import { node, run, save as handOver } from "./elements.js";
import { once } from "./once.js";
import { check } from "./record-checking.js";
import { Context } from "./record-context.js";
import { Editing, fixed } from "./record-editing.js";
import { fill } from "./words.js";

/** @typedef {{ rules: Rules, known: [string, number[], string, string?][], classes: string[], names: Record<string, Record<string, number>> }} Data */
/** @typedef {{ lang: "fr" | "en", data: string, kinds: { type: string, folder: string }[], words: Record<string, string> }} Config */

/** @type {<T extends HTMLElement = HTMLElement>(id: string) => T} */
const part = (id) => /** @type {any} */ (document.getElementById(id));
/** @type {Config} */
const config = JSON.parse(part("cu-config").textContent ?? "{}");
const { lang, words } = config;

// What checks records, and what they refer to.
/** @type {() => Promise<{ rules: Rules, known: Known, context: Context, names: Data["names"] }>} */
const loaded = once(() =>
  run(config.data).then(() => {
    /** @type {Data} */
    const { rules, known, classes, names } = /** @type {any} */ (window).tropheesRecords;
    const context = new Context(rules);
    const things = known.map(([name, of, fr, en]) => /** @type {const} */ ([context.expand(name, false), { classes: of.map((one) => classes[one]), fr, en: en ?? fr }]));
    return { rules, known: new Map(things), context, names };
  }).catch((error) => {
    part("cu-said").textContent = words.failed;
    throw error;
  }));

// The path of a record from the root of the project, where the path of the site of that name is another thing.
const inData = (/** @type {string} */ path) => ["data", path].join("/");

// `next` selects what has the focus after the fields are drawn anew.
/** @type {{ text: string, path: string, opened: Set<string>, changed: boolean, next: string }} */
const state = { text: "", path: "", opened: new Set(), changed: false, next: "" };
const encoder = new TextEncoder();
const isKept = () => /** @type {HTMLInputElement} */ (part("cu-keep")).checked;
/** @type {number | undefined} */
let waiting;

/** @type {(path: string, text: string) => Promise<void>} */
async function open(path, text) {
  Object.assign(state, { path, text: text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"), opened: new Set(), changed: false });
  part("cu-work").hidden = false;
  part("cu-name").textContent = inData(path);
  part("cu-title").focus();
  await draw();
}

// The fields anew, where the text can be read; what is wrong, and the text itself.
async function draw() {
  const { rules, context, known } = await loaded();
  const { reading } = check(encoder.encode(state.text), state.path, rules, known);
  const { root } = reading;
  const focused = document.activeElement?.id;
  const into = part("cu-fields");
  into.replaceChildren();
  part("cu-unread").hidden = Boolean(root);
  if (root) structure(into, root, formOf({ rules, context, known }));
  const next = state.next ? document.querySelector(state.next) : null;
  const box = next?.querySelector("input, select, textarea") ?? next ?? (focused ? document.getElementById(focused) : null);
  if (box instanceof HTMLElement) box.focus();
  state.next = "";
  await tell();
}

/** @type {(into: HTMLElement, root: MapNode, form: Form) => void} */
function structure(into, root, form) {
  const type = root.pairs.find(([key]) => key.kind === "scalar" && key.value === "type")?.[1];
  const names = type?.kind === "scalar" ? shapesOf(type.value, form) : [];
  if (!names.length) into.append(node("p", {}, words.untyped));
  fields(into, names, [], root, form);
}

/** @type {(given: { rules: Rules, context: Context, known: Known }) => Form} */
function formOf({ rules, context, known }) {
  /** @type {(change: (editing: Editing) => void, redraw: boolean) => void} */
  const edit = (change, redraw) => {
    const editing = new Editing(state.text, rules, context);
    change(editing);
    state.text = editing.text;
    changed(redraw);
  };
  /** @type {Map<string, [string, string][]>} */
  const lists = new Map();
  /** @type {Form["known"]} */
  const things = (classes) => {
    const key = classes.join();
    const wanted = (/** @type {string} */ name) => classes.some((one) => one === name || rules.above[name]?.includes(one));
    const made = lists.get(key) ?? [...known].filter(([, thing]) => thing.classes.some(wanted)).map(([iri, thing]) => /** @type {[string, string]} */ ([context.compact(iri), thing[lang]]));
    lists.set(key, made);
    return made;
  };
  return {
    rules,
    context,
    lang,
    words,
    opened: state.opened,
    known: things,
    label: (name) => (name.includes(":") ? (known.get(context.expand(name, false))?.[lang] ?? "") : ""),
    put: (path, draft, order) => edit((editing) => editing.put(path, draft, order), false),
    add: (path, order) => {
      const index = new Editing(state.text, rules, context).count(path);
      state.next = `[data-path=${CSS.escape(JSON.stringify([...path, index]))}]`;
      edit((editing) => editing.append(path, { [firstKey(path, rules, context)]: "" }, order), true);
    },
    remove: (path, redraw) => {
      if (redraw) state.next = `[data-add=${CSS.escape(JSON.stringify(path.slice(0, -1)))}]`;
      edit((editing) => {
        // an entry stays where it is, and empty, until it is taken away as a whole
        if (!redraw && path.length > 1 && editing.isAlone(path)) editing.put(path, "");
        else if (editing.at(path)) editing.remove(path);
      }, redraw);
    },
  };
}

// The key that a new entry begins with: the first that it must have.
/** @type {(path: Path, rules: Rules, context: Context) => string} */
function firstKey(path, rules, context) {
  const term = context.property(String(path.at(-1)));
  if (term.reverse) return "id";
  const shapes = Object.values(rules.shapes).filter(({ closed, targets }) => closed && targets.targetObjectsOf?.includes(term.iri));
  const keys = shapes.flatMap(({ property = [] }) => property.map((iri) => rules.shapes[iri.slice(iri.indexOf("#") + 1)]));
  const [first] = keys.sort((a, b) => Number(!a.minCount) - Number(!b.minCount) || (a.order ?? 0) - (b.order ?? 0));
  return context.termFor(first?.path?.[0] ?? "") ?? "note";
}

function touched() {
  state.changed = true;
  part("cu-saved").textContent = "";
  clearTimeout(waiting);
}

/** @type {(redraw: boolean) => void} */
function changed(redraw) {
  touched();
  if (redraw) void draw();
  else waiting = setTimeout(() => void tell(), 150);
}

// What is wrong, beside each field and in a list; the text; and what is kept.
async function tell() {
  const { rules, known } = await loaded();
  const { problems } = check(encoder.encode(state.text), state.path, rules, known);
  const text = part("cu-text");
  if (text instanceof HTMLTextAreaElement && text.value !== state.text) text.value = state.text;
  for (const place of document.querySelectorAll(".cu-problem")) place.textContent = "";
  for (const box of document.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid");
  for (const problem of problems) mark(problem);
  part("cu-count").textContent = problems.length ? fill(problems.length > 1 ? words.many : words.one, { n: problems.length }) : words.none;
  part("cu-problems").hidden = !problems.length;
  part("cu-list").replaceChildren(
    ...problems.map((problem) => {
      const button = node("button", { type: "button", class: "quiet cu-go" }, `${words.line} ${problem.line}`);
      button.addEventListener("click", () => go(problem));
      return node("li", { class: problem.severity }, button, ` ${problem.message[lang]} `, node("code", {}, problem.rule));
    }),
  );
  if (isKept()) keep(state);
}

// The field of a problem, or the one that holds it.
/** @type {(problem: Problem) => HTMLElement | null} */
function placeOf({ path, key }) {
  for (let steps = key ? [...path, key] : path; steps.length; steps = steps.slice(0, -1)) {
    const found = document.querySelector(`[data-path=${CSS.escape(JSON.stringify(steps))}]`);
    if (found instanceof HTMLElement) return found;
  }
  return null;
}

/** @type {(problem: Problem) => void} */
function mark(problem) {
  const field = placeOf(problem);
  const told = field?.querySelector(":scope > .cu-problem");
  if (!field || !told) return;
  told.textContent += `${told.textContent ? " " : ""}${problem.message[lang]}.`;
  for (const box of field.querySelectorAll(":scope > input, :scope > textarea, :scope > select, :scope > .cu-languages :is(input, textarea)")) box.setAttribute("aria-invalid", "true");
}

/** @type {(problem: Problem) => void} */
function go(problem) {
  const field = placeOf(problem);
  if (!field) {
    part("cu-source").setAttribute("open", "");
    return part("cu-text").focus();
  }
  for (let above = field.parentElement; above; above = above.parentElement) if (above instanceof HTMLDetailsElement) above.open = true;
  if (field instanceof HTMLDetailsElement) field.open = true;
  const box = field.querySelector("input, textarea, select, button, summary");
  if (box instanceof HTMLElement) box.focus();
}

// The file of the record, its new facts named.
async function save() {
  const { rules, known, names } = await loaded();
  const { reading } = check(encoder.encode(state.text), state.path, rules, known);
  const record = state.path.replace(/\.yaml$/, "");
  const published = new Map(Object.entries(names[record] ?? {}).map(([start, number]) => [`${rules.base}${record}#${start}-`, BigInt(number)]));
  if (reading.root) state.text = fixed(state.text, reading, published);
  handOver(state.path.replace(/^.*\//, ""), new Blob([state.text], { type: "text/yaml" }));
  state.changed = false;
  part("cu-saved").textContent = fill(words.saved, { path: inData(state.path) });
  await draw();
}

// The path of a record that was opened: its `id` says it; the name of the file does where there is none.
/** @type {(text: string, file: string) => Promise<string>} */
async function pathOf(text, file) {
  const { context, rules } = await loaded();
  const id = /^id: *["']?([^\s"']+)/m.exec(text)?.[1] ?? "";
  const iri = context.expand(id, false);
  const found = iri.startsWith(rules.base) && !iri.includes("#") ? iri.slice(rules.base.length) : "";
  const name = file.replace(/\.ya?ml$/, "");
  return `${found ? found.replace(/[^/]*$/, name) : name}.yaml`;
}

/** @type {(file: File) => Promise<void>} */
async function take(file) {
  if (file.size > 1e6) return void (part("cu-said").textContent = words.large);
  const data = new Uint8Array(await file.arrayBuffer());
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    const { rules, known } = await loaded();
    part("cu-said").textContent = check(data, file.name, rules, known).problems.map(({ message }) => message[lang]).join(" ");
    return;
  }
  part("cu-said").textContent = "";
  await open(await pathOf(text, file.name), text);
}

const kind = /** @type {HTMLSelectElement} */ (part("cu-kind"));
const slug = /** @type {HTMLInputElement} */ (part("cu-slug"));
const folder = () => config.kinds[Number(kind.value)].folder;
const named = () => (part("cu-folder").textContent = inData(`${folder()}/`));
kind.addEventListener("change", named);
named();
part("cu-new").addEventListener("submit", async (event) => {
  event.preventDefault();
  const right = /^[a-z0-9]+(?:[-/.][a-z0-9]+)*$/.test(slug.value);
  part("cu-said").textContent = right ? "" : words.slug;
  if (!right || !sure()) return;
  const { context, rules } = await loaded();
  const path = `${folder()}/${slug.value}`;
  await open(`${path}.yaml`, `id: ${context.compact(rules.base + path)}\ntype: ${config.kinds[Number(kind.value)].type}\n`);
});
const sure = () => !state.changed || window.confirm(words.leave);
part("cu-file").addEventListener("change", async (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const [file] = input.files ?? [];
  input.value = ""; // so that the same file can be opened again
  if (file && sure()) await take(file);
});
const drop = part("cu-open");
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file && sure()) await take(file);
});
part("cu-text").addEventListener("input", (event) => {
  state.text = /** @type {HTMLTextAreaElement} */ (event.target).value;
  touched();
  waiting = setTimeout(() => void draw(), 300);
});
part("cu-save").addEventListener("click", () => void save());
part("cu-keep").addEventListener("change", () => (isKept() ? keep(state) : forget()));
addEventListener("beforeunload", (event) => state.changed && event.preventDefault());
const draft = kept();
if (draft) {
  const again = part("cu-again");
  again.hidden = false;
  again.addEventListener("click", () => {
    /** @type {HTMLInputElement} */ (part("cu-keep")).checked = true;
    again.hidden = true;
    void open(String(draft.path), String(draft.text));
  });
}
part("cu-start").hidden = false;
