// The fields of the form, one for each key that the shapes allow: what is filled in or asked for is open, the rest folded.
/** @import { Draft, MapNode, Path, RecordNode, Rules, Shape, Term } from "./record-types.js" */
/** @import { Context } from "./record-context.js" */
import { node } from "./elements.js";

/**
 * What the fields need: `known(classes)` lists [name, label] of the things of these classes, `label` tells that of one,
 * empty if it is not known; `put`, `add` and `remove` change the text; `opened` are the folds that the reader has opened, by the path of what they hold.
 * @typedef {{
 *   rules: Rules, context: Context, lang: "fr" | "en", words: Record<string, string>, opened: Set<string>,
 *   known: (classes: string[]) => [string, string][], label: (name: string) => string,
 *   put: (path: Path, draft: Draft, order: string[]) => void,
 *   add: (path: Path, order: string[]) => void,
 *   remove: (path: Path, redraw: boolean) => void,
 * }} Form
 */

const address = (/** @type {Path} */ path) => JSON.stringify(path);
const isLong = (/** @type {Shape} */ { minLength = 0, maxLength = 0 }) => minLength >= 12 || maxLength >= 200;

// The keys of a node of the shapes `names`, in their order, each with its shape.
/** @type {(names: string[], form: Form) => { name: string, key: string, shape: Shape }[]} */
function keysOf(names, { rules, context }) {
  const found = names.flatMap((name) => rules.shapes[name].property ?? []).map((iri) => iri.slice(iri.indexOf("#") + 1));
  const keys = [...new Set(found)].map((name) => ({ name, key: context.termFor(rules.shapes[name].path?.[0] ?? "") ?? "", shape: rules.shapes[name] }));
  return keys.filter(({ key }) => key).sort((a, b) => (a.shape.order ?? 0) - (b.shape.order ?? 0));
}

// The shapes of what a key leads to; none if it leads to values.
/** @type {(shape: Shape, form: Form) => string[]} */
const inside = ({ path = [] }, { rules }) =>
  Object.entries(rules.shapes).flatMap(([name, other]) => (other.closed && other.targets.targetObjectsOf?.includes(path[0]) ? [name] : []));

// The shapes of records of the class that a type names.
/** @type {(type: string, form: { rules: Rules, context: Context }) => string[]} */
export function shapesOf(type, { rules, context }) {
  const iri = context.expand(type);
  const classes = [iri, ...(rules.above[iri] ?? [])];
  return Object.entries(rules.shapes).flatMap(([name, { closed, targets }]) => (closed && targets.targetClass?.some((one) => classes.includes(one)) ? [name] : []));
}

// What stands under a key.
/** @type {(node: RecordNode | undefined, key: string) => RecordNode | undefined} */
const under = (node, key) => (node?.kind === "map" ? node.pairs.find(([name]) => name.kind === "scalar" && name.value === key)?.[1] : undefined);
/** @type {(node: RecordNode | undefined) => string[]} */
const texts = (node) => (!node ? [] : node.kind === "list" ? node.items.flatMap(texts) : node.kind === "scalar" ? [node.value] : []);
/** @type {(node: RecordNode) => string} */
const flat = (node) => (node.kind === "scalar" ? node.value : node.kind === "list" ? node.items.map(flat).join(" · ") : node.pairs.map(([, value]) => flat(value)).join(" · "));

// What a node says, in a line: things by their labels, texts in the language of the page, without its own name or `rank`.
/** @type {(node: RecordNode, rank: number, form: Form) => string} */
function gist(node, rank, form) {
  /** @type {(node: RecordNode) => string[]} */
  const said = (one) => {
    if (one.kind === "scalar") return [form.label(one.value) || one.value];
    if (one.kind === "list") return one.items.flatMap(said);
    const here = under(one, form.lang);
    if (here) return said(here);
    return one.pairs.flatMap(([key, value]) => (key.kind === "scalar" && key.value === "id" ? [] : said(value)));
  };
  const parts = said(node).filter((text, index) => text && !(index === 0 && text === String(rank)));
  const line = parts.join(" · ");
  return line.length > 90 ? `${line.slice(0, 90).trimEnd()}…` : line || form.words.empty;
}

// The fields of a node, for the keys of the shapes `names`; what is neither is shown as it is.
/** @type {(into: HTMLElement, names: string[], path: Path, mapping: MapNode, form: Form) => void} */
export function fields(into, names, path, mapping, form) {
  const keys = keysOf(names, form);
  const order = keys.map(({ key }) => key);
  const known = new Set(["id", "type", ...order]);
  for (const [key, value] of mapping.pairs) {
    if (key.kind === "scalar" && !known.has(key.value)) into.append(foreign(key.value, value, path, form));
  }
  const folded = node("details", { class: "cu-more" }, node("summary", {}, form.words.more));
  fold(folded, [...path, "…"], form);
  for (const { name, key, shape } of keys) {
    const said = under(mapping, key);
    const made = inside(shape, form).length || form.context.property(key).reverse ? entries(key, name, shape, path, said, order, form) : field(key, name, shape, path, said, order, form);
    if (said || shape.minCount || path.length === 0) into.append(made);
    else folded.append(made);
  }
  if (folded.children.length > 1) into.append(folded);
}

/** @type {(details: HTMLDetailsElement, path: Path, form: Form) => void} */
function fold(details, path, { opened }) {
  const key = address(path);
  details.open = opened.has(key);
  details.addEventListener("toggle", () => (details.open ? opened.add(key) : opened.delete(key)));
}

/** @type {(label: string, path: Path, form: Form) => HTMLButtonElement} */
function removal(label, path, { words, remove }) {
  const button = node("button", { type: "button", class: "quiet cu-remove", "aria-label": `${words.remove} : ${label}` }, words.remove);
  button.addEventListener("click", () => remove(path, true));
  return button;
}

// A key that the shapes do not allow here.
/** @type {(key: string, value: RecordNode, path: Path, form: Form) => HTMLElement} */
function foreign(key, value, path, form) {
  const row = node("div", { class: "cu-field cu-foreign", "data-path": address([...path, key]) });
  row.append(node("p", {}, node("code", {}, `${key}:`), ` ${flat(value)}`), node("p", { class: "cu-problem" }), removal(key, [...path, key], form));
  return row;
}

// What a key leads to, one after the other, each folded.
/** @type {(key: string, name: string, shape: Shape, path: Path, said: RecordNode | undefined, order: string[], form: Form) => HTMLElement} */
function entries(key, name, shape, path, said, order, form) {
  const here = [...path, key];
  const list = said?.kind === "list" ? said.items : said ? [said] : [];
  const title = `${form.rules.shapes[name].name?.[form.lang] ?? key}${list.length ? ` (${list.length})` : ""}`;
  const whole = node("fieldset", { class: "cu-entries cu-field", "data-path": address(here) }, node("legend", {}, title));
  whole.append(node("p", { class: "cu-problem" }));
  const shapes = form.context.property(key).reverse ? shapesOf("skos:Concept", form) : inside(shape, form);
  list.forEach((item, index) => {
    const at = said?.kind === "list" ? [...here, index] : here;
    const what = gist(item, index + 1, form);
    const details = node("details", { class: "cu-entry", "data-path": address(at) }, node("summary", {}, `${index + 1}. ${what}`));
    fold(details, at, form);
    details.append(node("p", { class: "cu-problem" }));
    if (item.kind === "map") {
      if (form.context.property(key).reverse) for (const one of ["id", "type"]) details.append(field(one, "", {}, at, under(item, one), [], form));
      fields(details, shapes, at, item, form);
    } else details.append(node("p", {}, flat(item)));
    details.append(removal(what, at, form));
    whole.append(details);
  });
  const more = node("button", { type: "button", class: "quiet", "data-add": address(here) }, `${form.words.add} : ${form.rules.shapes[name].name?.[form.lang] ?? key}`);
  more.addEventListener("click", () => {
    form.opened.add(address([...here, list.length]));
    form.add(here, order);
  });
  whole.append(more);
  return whole;
}

// The field of a key that has values, one, several on a line each, or one in each language.
/** @type {(key: string, name: string, shape: Partial<Shape>, path: Path, said: RecordNode | undefined, order: string[], form: Form) => HTMLElement} */
function field(key, name, shape, path, said, order, form) {
  const here = [...path, key];
  const term = form.context.property(key);
  const id = `cu${address(here).replace(/[^\p{L}\p{N}]+/gu, "-")}`;
  const title = shape.name?.[form.lang] ?? key;
  const row = node("div", { class: "cu-field", "data-path": address(here) });
  const help = [shape.message?.[form.lang], shape.minCount ? form.words.required : ""].filter(Boolean).join(" · ");
  const about = { "aria-describedby": `${id}-help ${id}-problem`, ...(shape.minCount ? { "aria-required": "true" } : {}) };
  const label = node("span", {}, title, ...(title === key ? [] : [" ", node("code", {}, key)]));
  const many = shape.maxCount !== 1 && !shape.uniqueLang && name !== "";
  /** @type {(draft: Draft | null) => void} */
  const tell = (draft) => (draft === null ? form.remove(here, false) : form.put(here, draft, order));
  if (term.byLanguage) {
    const group = node("fieldset", { class: "cu-languages", "aria-describedby": about["aria-describedby"] }, node("legend", {}, label));
    /** @type {Record<string, HTMLInputElement | HTMLTextAreaElement>} */
    const boxes = {};
    for (const language of ["fr", "en"]) {
      const values = said?.kind === "map" ? texts(under(said, language)) : language === (term.language ?? "") ? texts(said) : [];
      const box = written(values, many || isLong(/** @type {Shape} */ (shape)), { id: `${id}-${language}`, lang: language, ...about });
      boxes[language] = box;
      group.append(node("div", {}, node("label", { for: `${id}-${language}` }, form.words[language]), box));
      box.addEventListener("input", () => tell(inLanguages(boxes, many, term)));
    }
    row.append(group);
  } else {
    const choices = choicesOf(shape, form, term);
    const box = choices ? chosen(choices, texts(said)[0] ?? "", { id, ...about }) : written(texts(said), many || isLong(/** @type {Shape} */ (shape)), { id, ...about });
    box.addEventListener("input", () => {
      const values = many ? lines(box.value) : box.value === "" ? [] : [box.value.replaceAll("\n", " ")];
      tell(!values.length ? null : many && (values.length > 1 || said?.kind === "list") ? values : values[0]);
    });
    row.append(node("label", { for: id }, label), box);
    if (shape.class?.length && box instanceof HTMLInputElement) suggested(box, shape.class, form, row);
    if (shape.class?.length && many) row.append(choice(box, shape.class, form, id));
  }
  row.append(node("p", { class: "cu-help", id: `${id}-help` }, help), node("p", { class: "cu-problem", id: `${id}-problem` }));
  return row;
}

const lines = (/** @type {string} */ text) => text.split("\n").filter((line) => line.trim());

/** @type {(boxes: Record<string, { value: string }>, many: boolean, term: Term) => Draft | null} */
function inLanguages({ fr, en }, many, term) {
  /** @type {(text: string) => Draft | null} */
  const draft = (text) => (many ? (lines(text).length ? lines(text) : null) : text === "" ? null : text.replaceAll("\n", " "));
  const said = { fr: draft(fr.value), en: draft(en.value) };
  if (said.fr === null && said.en === null) return null;
  if (term.language === "fr" && said.en === null && said.fr !== null) return said.fr;
  return Object.fromEntries(Object.entries(said).flatMap(([language, value]) => (value === null ? [] : [[language, value]])));
}

/** @type {(values: string[], long: boolean, about: Record<string, string>) => HTMLInputElement | HTMLTextAreaElement} */
function written(values, long, about) {
  const box = long ? node("textarea", { rows: String(Math.min(6, Math.max(2, values.length + 1))), ...about }) : node("input", { type: "text", autocomplete: "off", ...about });
  box.value = values.join("\n");
  return box;
}

// What a key may say, if that is a closed list: [value, label].
/** @type {(shape: Partial<Shape>, form: Form, term: Term) => [string, string][] | null} */
function choicesOf(shape, { rules, context }, term) {
  if (shape.in) return shape.in.map((one) => (one.startsWith("<") ? context.compact(one.slice(1, -1), true) : /^"(.*)"/s.exec(one)?.[1] ?? "")).map((one) => [one, one]);
  return term.type === rules.lexical.types.boolean ? [["true", "true"], ["false", "false"]] : null;
}

/** @type {(choices: [string, string][], value: string, about: Record<string, string>) => HTMLSelectElement} */
function chosen(choices, value, about) {
  const box = node("select", about);
  const others = value && !choices.some(([one]) => one === value) ? [[value, value]] : [];
  for (const [one, label] of [["", "—"], ...choices, ...others]) box.append(node("option", { value: one, selected: one === value }, label));
  return box;
}

// A box that offers what is known; the names are put in its list when it is first used.
/** @type {(box: HTMLInputElement, classes: string[], form: Form, row: HTMLElement) => void} */
function suggested(box, classes, form, row) {
  const list = node("datalist", { id: `${box.id}-list` });
  const shown = node("p", { class: "cu-label" });
  const name = () => (shown.textContent = form.known(classes).find(([one]) => one === box.value)?.[1] ?? "");
  box.setAttribute("list", list.id);
  box.addEventListener("focus", () => list.append(...form.known(classes).map(([value, label]) => node("option", { value }, label))), { once: true });
  box.addEventListener("input", name);
  name();
  row.append(list, shown);
}

// A list from which names are added to a box that has one on each line.
/** @type {(box: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, classes: string[], form: Form, id: string) => HTMLElement} */
function choice(box, classes, form, id) {
  const input = node("input", { type: "text", id: `${id}-add`, autocomplete: "off" });
  const row = node("div", { class: "cu-choice" }, node("label", { for: `${id}-add` }, form.words.choose), input);
  suggested(input, classes, form, row);
  input.addEventListener("change", () => {
    if (!input.value) return;
    box.value = [...lines(box.value), input.value].join("\n");
    input.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return row;
}
