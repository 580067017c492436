// A list that the reader narrows down: facets, text, order and views of one selection, which is its address
// (`?region=11&tool=numerique`); without this script its page leads to lists by edition, région, theme and tool.
import { compared } from "./list-compared.js";
import { facets } from "./list-facets.js";
import { map } from "./list-map.js";
import { left, put } from "./list-address.js";
import { ALL, NONE, nothing, read, whole, written } from "./list-choice.js";
import { lowest, ready, select } from "./list-select.js";
import { card, starsOf } from "./list-parts.js";
import { table } from "./list-table.js";
import { taken } from "./list-taken.js";
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { Choice, ListItem, Selection } from "./list-types.js" */

const SHOWN = 24; // cards at once: more would take longer to lay out than to choose
const ROWS = 200;
const place = /** @type {HTMLElement} */ (document.querySelector("[data-list]"));
const tools = /** @type {HTMLFormElement} */ (document.getElementById("list-tools"));
const found = /** @type {HTMLElement} */ (document.getElementById("list-found"));
const result = /** @type {HTMLElement} */ (document.getElementById("result"));
const chips = /** @type {HTMLElement} */ (document.getElementById("list-chips"));
const printed = /** @type {HTMLElement} */ (document.getElementById("list-printed"));
const panel = /** @type {HTMLElement} */ (document.getElementById("list-facets"));
const lang = document.documentElement.lang;
const { root = "", end = "" } = place.dataset;
const list = ready(window.tropheesList, lang);
const { data, words } = list;

let choice = read(data, location.search, location.hash);
/** @type {Selection} */
let selection;
let limit = SHOWN;
let typing = false;
/** @type {Map<ListItem, HTMLElement>} */
const made = new Map(); // the cards that were shown, which stay as they are

const picks = data.compare ? compared(list, root) : null;
const refresh = facets(list, panel, () => choice, () => change());

// -- what is chosen ------------------------------------------------------------------------------------------------------

/** @type {(name: string, from?: Choice) => void} */
function drop(name, from = choice) {
  const axis = data.axes.find((one) => one.name === name);
  if (axis) from.picked[name] = axis.switch ? [ALL] : [];
  if (axis?.qualifier) delete from.how[axis.qualifier[0]];
  if (name === "q") from.text = "";
  if (name === "max") from.most = null;
}

// What is chosen, but of all filters this one alone; which items there are is no filter.
/** @type {(name: string) => Choice} */
function alone(name) {
  const kept = structuredClone(choice);
  for (const other of selection.without.keys()) if (other !== name && !data.axes.some((axis) => axis.name === other && axis.switch)) drop(other, kept);
  return kept;
}

/** @type {() => { name: string, label: string, drop: () => void }[]} */
const filters = () => [
  ...data.axes.flatMap((axis) => {
    const { name, title, values, qualifier, given } = axis;
    const keys = choice.picked[name] ?? [];
    const how = qualifier && choice.how[qualifier[0]];
    const way = qualifier && how && how !== given ? (qualifier[2].find(([key]) => key === how)?.[1] ?? words[`all_${qualifier[0]}`] ?? words.all) : "";
    if (axis.switch) return [];
    const made = keys.map((key) => {
      const label = key === NONE ? axis.none : (values.find(([one]) => one === key)?.[1] ?? key);
      return { name, label: `${title}${words.colon}${label}`, drop: () => { choice.picked[name] = keys.filter((one) => one !== key); } };
    });
    if (way && qualifier) made.push({ name, label: `${qualifier[1]}${words.colon}${way}`, drop: () => { delete choice.how[qualifier[0]]; } });
    return made;
  }),
  ...(choice.text ? [{ name: "q", label: `${words.text}${words.colon}${fill(words.quoted, { text: choice.text })}`, drop: () => drop("q") }] : []),
  ...(choice.most === null ? [] : [{ name: "max", label: fill(words.most_said, { n: words.number(choice.most) }), drop: () => drop("max") }]),
];

/** @type {(name: string) => string} */
const title = (name) => {
  const labels = filters().filter((one) => one.name === name).map(({ label }) => label);
  return labels.length ? labels.join(", ") : (data.axes.find((one) => one.name === name)?.title ?? name);
};

// The address says what is chosen: each choice is a step back, but for the letters of a text.
/** @type {(letters?: boolean) => void} */
function change(letters = false) {
  choice.unknown = [];
  limit = SHOWN;
  put(written(data, choice, location.search), letters && typing);
  typing = letters;
  draw();
}

function clear() {
  const { sort, view } = choice;
  choice = { ...nothing(data), sort, view };
  change();
  tools.querySelector("input")?.focus();
}

// -- what is shown -------------------------------------------------------------------------------------------------------

function draw() {
  selection = select(list, choice, lang);
  refresh(choice, selection);
  const { items } = selection;
  const one = data.axes.find((axis) => axis.switch);
  const which = one ? (choice.picked[one.name]?.[0] ?? one.given) : "";
  const kind = [`count_${which}`, `count_${data.name}`].find((key) => words[`${key}.one`]) ?? "count";
  result.textContent = words.count(kind, items.length);
  drawChips();
  const told = filters().map(({ label }) => label).join(" · ");
  printed.textContent = [told, result.textContent, location.href].filter(Boolean).join(" — ");
  fillTools();
  if (!items.length) found.replaceChildren(...nothingFound());
  else if (choice.view === "table") found.replaceChildren(table(list, items.slice(0, limit === SHOWN ? ROWS : limit), choice, root, end, sortBy, picks?.box), ...rest(items, limit === SHOWN ? ROWS : limit));
  else if (choice.view === "map") drawMap(items);
  else found.replaceChildren(...levels(items.slice(0, limit)), ...rest(items, limit));
  picks?.bar();
}

/** @type {(items: ListItem[]) => Promise<void>} */
async function drawMap(items) {
  const drawn = await map(list, items, root, (departement) =>
    written(data, { ...choice, view: data.views[0], picked: { ...choice.picked, departement: [departement] } }, location.search)).catch(() => node("p", {}, words.no_map));
  if (choice.view === "map") found.replaceChildren(drawn);
}

// In the order that is given, laureates stand under their stars.
/** @type {(items: ListItem[]) => HTMLElement[]} */
function levels(items) {
  /** @type {(some: ListItem[]) => HTMLElement} */
  const cards = (some) => node("ul", { class: "cards" }, ...some.map((item) => {
    const known = made.get(item) ?? node("li", { "data-card": true }, card(list, item, root, end), ...(picks ? [picks.box(item)] : []));
    made.set(item, known);
    return known;
  }));
  if (choice.sort !== data.sorts[0][0] || !data.axes.some(({ name }) => name === "stars")) {
    return [node("h2", { class: "visually-hidden" }, words.found), cards(items)];
  }
  /** @type {Map<number, ListItem[]>} */
  const groups = new Map();
  for (const item of items) {
    const count = starsOf(list, item);
    groups.set(count, [...(groups.get(count) ?? []), item]);
  }
  return [...groups].map(([count, some]) => {
    const head = count ? [node("span", { class: "stars", "aria-hidden": "true" }, "★".repeat(count)), ` ${words.count("stars", count)}`] : [words.no_stars];
    return node("section", { id: `level-${count}`, "data-level": true }, node("h2", {}, ...head), cards(some));
  });
}

/** @type {(items: ListItem[], shown: number) => HTMLElement[]} */
function rest(items, shown) {
  if (items.length <= shown) return [];
  const more = node("button", { type: "button", class: "quiet list-rest" }, words.count("rest", items.length - shown));
  more.onclick = () => {
    limit = Infinity;
    draw();
    /** @type {HTMLElement | null | undefined} */ (found.querySelectorAll("[data-card], tbody tr")[shown]?.querySelector("a"))?.focus();
  };
  return [more];
}

function drawChips() {
  const shown = filters().map(({ label, drop: without }) => {
    const button = node("button", { type: "button", class: "chip", "aria-label": fill(words.drop, { filter: label }) }, label, node("span", { "aria-hidden": "true" }, " ×"));
    button.onclick = () => {
      without();
      change();
      (chips.querySelector("button") ?? tools.querySelector("input"))?.focus();
    };
    return node("li", {}, button);
  });
  const all = node("button", { type: "button", class: "quiet" }, words.clear);
  all.onclick = clear;
  chips.replaceChildren(...shown, ...(shown.length > 1 ? [node("li", {}, all)] : []));
  const unknown = choice.unknown.map(([axis, value]) => node("p", { class: "notice" }, fill(words.unknown, { axis, value })));
  for (const old of place.querySelectorAll(".list-unknown")) old.remove();
  const notes = (choice.picked.edition ?? []).flatMap((key) => data.notes?.[key] ?? []);
  for (const old of place.querySelectorAll(".list-notes")) old.remove();
  if (notes.length) chips.after(node("div", { class: "list-notes muted small" }, ...notes.map((note) => node("p", {}, note))));
  if (unknown.length) chips.after(node("div", { class: "list-unknown", role: "status" }, ...unknown));
}

// Never blank: which filter to give up, or to keep alone, or what to pay, with how many there would be.
/** @type {() => HTMLElement[]} */
function nothingFound() {
  /** @type {(text: string, other: () => Choice) => HTMLElement} */
  const way = (text, other) => {
    const button = node("button", { type: "button", class: "quiet" }, text);
    button.onclick = () => {
      choice = other();
      change();
      result.focus();
    };
    return node("li", {}, button);
  };
  /** @type {(counts: [name: string, count: number][]) => [name: string, count: number][]} */
  const most = (counts) => counts.filter(([, count]) => count > 0).toSorted(([, one], [, other]) => other - one);
  const ways = most([...selection.without]).map(([name, count]) => way(words.count("without", count, { filter: title(name) }), () => {
    const kept = structuredClone(choice);
    drop(name, kept);
    return kept;
  }));
  const others = ways.length ? [] : most(filters().map(({ name }) => [name, select(list, alone(name), lang).items.length]));
  const rest = [...new Map(others)].map(([name, count]) => way(words.count("only", count, { filter: title(name) }), () => alone(name)));
  const all = node("button", { type: "button", class: "quiet" }, words.clear);
  all.onclick = clear;
  return [
    ...dearer(way),
    node("p", {}, ways.length ? words.nothing : words.nothing_near),
    node("ul", { class: "list-ways" }, ...ways, ...rest, node("li", {}, all)),
  ];
}

// Where nothing is as cheap: how many tell an amount, and the lowest.
/** @type {(way: (text: string, other: () => Choice) => HTMLElement) => HTMLElement[]} */
function dearer(way) {
  const found = choice.most === null ? [] : lowest(list, choice, lang);
  const told = found.filter((number) => number !== null);
  if (!found.length) return [];
  if (!told.length) return [node("p", {}, words.count("amounts_none", found.length))];
  const least = Math.min(...told);
  const said = words.count("amounts_told", told.length, { all: words.number(found.length), least: words.number(least) });
  const text = words.count("up_to", told.filter((number) => number <= least).length, { least: words.number(least) });
  return [node("p", {}, said), node("ul", { class: "list-ways" }, way(text, () => ({ ...choice, most: least })))];
}

// -- the tools above the list --------------------------------------------------------------------------------------------

/** @type {(name: string) => HTMLInputElement[]} */
const radios = (name) => [.../** @type {NodeListOf<HTMLInputElement>} */ (tools.querySelectorAll(`input[type=radio][name="${name}"]`))];
/** @type {<T extends HTMLElement>(name: string) => T | null} */
const field = (name) => tools.querySelector(`[name="${name}"]`);
const text = /** @type {HTMLInputElement | null} */ (field("q"));
const most = /** @type {HTMLInputElement | null} */ (field("max"));
const order = /** @type {HTMLSelectElement | null} */ (field("sort"));

// A text that is being typed is left as it is, unless its address was left.
function fillTools() {
  for (const axis of data.axes) {
    if (axis.switch) for (const radio of radios(axis.name)) radio.checked = radio.value === (choice.picked[axis.name]?.[0] ?? axis.given);
  }
  for (const radio of radios("view")) radio.checked = radio.value === choice.view;
  if (text && (!typing || document.activeElement !== text)) text.value = choice.text;
  if (most && (!typing || document.activeElement !== most)) most.value = choice.most === null ? "" : String(choice.most);
  if (order) order.value = choice.sort.replace(/^-/, "");
}

/** @type {(key: string) => void} */
function sortBy(key) {
  choice.sort = key;
  change();
  /** @type {HTMLElement | null} */ (found.querySelector(`[data-sort="${key.replace(/^-/, "")}"]`))?.focus();
}

tools.addEventListener("submit", (event) => event.preventDefault());
tools.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement && target.name === "sort") choice.sort = target.value;
  else if (target instanceof HTMLInputElement && target.name === "view") choice.view = target.value;
  else if (target instanceof HTMLInputElement && target.type === "radio") choice.picked[target.name] = [target.value];
  else return;
  change();
});
tools.addEventListener("input", ({ target }) => {
  if (target === text) choice.text = (text?.value ?? "").trim();
  else if (target === most) choice.most = whole(most?.value ?? "");
  else return;
  change(true);
});
document.querySelector(".take")?.addEventListener("take", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  detail.table = taken(list, selection.items, new URL(root, location.href).href, end);
  detail.address = location.href;
});
addEventListener("popstate", () => {
  if (!left()) return;
  choice = read(data, location.search, location.hash);
  typing = false;
  draw();
});
addEventListener("beforeprint", () => {
  limit = Infinity;
  draw();
});

const narrow = matchMedia("(max-width: 61.99rem)").matches;
if (narrow) /** @type {HTMLDetailsElement | null} */ (place.querySelector("details.facets"))?.removeAttribute("open");
place.dataset.ready = "";
draw();
const asked = filters().length > 0;
if (asked && location.hash && !location.search) put(written(data, choice), true);
if (asked && result.getBoundingClientRect().top > 0.75 * innerHeight) result.scrollIntoView({ behavior: "instant" });
