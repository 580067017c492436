// “Et chez vous ?”: the box that asks for a place, on any page, and on its own page the answer, whose address is
// `?place=94016` or `?q=` with what was typed. The data of the laureates and the reference of places are loaded when the box
// is first used.
import { combobox } from "./combobox.js";
import { node, run } from "./elements.js";
import { telling } from "./near-telling.js";
import { once } from "./once.js";
import { inAddress, places } from "./places-asked.js";
/** @import { NearData, PlaceAsked, PlaceProposed } from "./near-types.js" */
/** @import { Table } from "./take-table.js" */

const PAUSE = 60; // milliseconds without a key, before proposals are asked for
const LONGEST = 100; // characters of what an address asks for

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-near]"));
const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
const answer = document.getElementById("near-answer");
const title = document.title;
const root = form.dataset.near ?? "";
const assets = `${root}assets/`;
const lang = document.documentElement.lang;

/** @type {(() => Table) | undefined} */
let table; // what the answer shows, to be taken away
/** @type {() => Promise<NearData>} */
const known = once(() => run(`${assets}near-${lang}.js`).then(() => window.tropheesNear));
const loaded = () => Promise.all([known(), places(assets)]);

/** @type {(place: { kind: string, code: string }) => string} */
const address = (place) => `${form.dataset.page}?place=${encodeURIComponent(inAddress(place))}`;

/** @type {(text: string) => { kind: string, code: string }[]} */
function meant(text) {
  const [, kind, code] = /^(?:([a-z-]+)-)?([0-9A-Za-z]+)$/.exec(text) ?? [];
  if (!code) return [];
  return kind ? [{ kind, code }] : [{ kind: "commune", code }, { kind: "arrondissement-municipal", code }];
}

// Leads to an address of this page without loading it again; of another page, to that.
/** @type {(to: string, kept?: boolean) => void} */
function go(to, kept = true) {
  if (answer)
    try {
      history[kept ? "pushState" : "replaceState"](null, "", to);
      read(true);
      return;
    } catch {} // what a page of a disk may not do
  location.assign(to);
}

// Answers what the address asks; if it was `asked` here, the answer gets the focus.
async function read(asked = false) {
  if (!answer) return;
  const given = new URLSearchParams(location.search);
  const [place, text] = ["place", "q"].map((name) => given.get(name)?.trim().slice(0, LONGEST) ?? "");
  const here = location.search;
  document.title = title;
  if (!place && !text) return answer.replaceChildren();
  answer.setAttribute("aria-busy", "true");
  if (text) input.value = text;
  try {
    const [{ words, processes, placeless, unplaced }, ask] = await loaded();
    const tell = telling(words, lang, root, address, placeless, unplaced);
    for (const one of meant(place)) {
      const found = await ask("near", { ...one, processes });
      if (here !== location.search) return;
      if (!found) continue;
      input.value = text || found.place.name;
      document.title = tell.title(found.place);
      answer.replaceChildren(...tell.near(found.place, found.groups));
      table = () => tell.table(found.place, found.groups);
      if (asked) answer.focus();
      return;
    }
    /** @type {PlaceAsked} */
    const found = await ask("find", { text: text || place });
    if (here !== location.search) return;
    const [only, ...more] = found.places;
    if (only && !more.length && !found.others.length) go(address(only), false);
    else if (only && !more.length) {
      const { groups } = await ask("near", { kind: only.kind, code: only.code, processes });
      if (here !== location.search) return;
      document.title = tell.title(only);
      answer.replaceChildren(...tell.others(found.others), ...tell.near(only, groups));
      table = () => tell.table(only, groups);
      if (asked) answer.focus();
    } else {
      answer.replaceChildren(...tell.choice(text || place, found));
      if (asked) answer.focus();
    }
  } catch (error) {
    console.warn("near:", error);
    const { words } = await known().catch(() => ({ words: null }));
    answer.replaceChildren(node("p", { role: "alert" }, words?.failed ?? "…"));
  } finally {
    answer.removeAttribute("aria-busy");
  }
}

async function listen() {
  const [{ words }, ask] = await loaded();
  document.head.append(node("link", { rel: "stylesheet", href: `${assets}search.css` }));
  const tell = telling(words, lang, root, address);
  const list = combobox(input, { id: "near-place", label: words.proposals }, (option) => {
    list.close();
    go(option.dataset.href ?? "");
  });
  let timer = 0;
  let latest = 0;
  const propose = async () => {
    const mine = ++latest;
    /** @type {PlaceProposed[]} */
    const found = await ask("propose", { text: input.value });
    if (mine !== latest || document.activeElement !== input) return;
    list.show(found.map((one) => tell.proposed(one)));
    list.say(input.value.trim().length < 2 ? "" : tell.counted(found.length));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(propose, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    latest += 1;
    list.close();
  });
  if (document.activeElement === input && input.value) propose();
}

let listening = false;
const listenOnce = () => {
  if (listening) return;
  listening = true;
  listen().catch((error) => {
    listening = false;
    console.warn("near:", error);
  });
};
input.addEventListener("focus", listenOnce);
if (document.activeElement === input) listenOnce();
if (answer) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(`${form.dataset.page}?q=${encodeURIComponent(input.value.trim())}`);
  });
  answer.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    const to = link ? (link.getAttribute("href") ?? "") : "";
    if (!to.startsWith(`${form.dataset.page}?`) || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  });
  window.addEventListener("popstate", () => read(true));
  document.querySelector(".take")?.addEventListener("take", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (table) Object.assign(detail, { table: table(), title: document.title, address: location.href });
  });
  read();
}
