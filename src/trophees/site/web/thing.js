// The marks of a page: arriving at a fact opens its own; a switch opens all; an open one tells who says so, gives the
// reference of the fact in three forms, its link, and a letter about an error. Without this they open one by one.
import { bibtex, ris, text } from "./citing.js";
import { decoded } from "./words.js";
/** @import { Cited, CitedWords } from "./citing-types.js" */

const forms = { text, bibtex, ris };
const article = /** @type {HTMLElement} */ (document.querySelector("[data-iri]"));
const tools = /** @type {HTMLTemplateElement} */ (document.getElementById("mark-tools"));
const words = /** @type {CitedWords} */ (/** @type {unknown} */ (tools.dataset));
const marks = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".mark"));

/**
 * The text of what is shown, in one line.
 * @param {Element | null} element
 */
const shown = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/**
 * What a fact is cited by.
 * @param {HTMLDetailsElement} mark
 * @returns {Cited}
 */
function cited(mark) {
  const id = idOf(mark);
  const { iri = "", name = "", publisher = "", work = "", version = "", date = "", licence = "", sum = "" } = article.dataset;
  const given = boxOf(mark)?.dataset ?? {};
  return {
    words, name, publisher, work, version, date, licence, sum,
    iri: `${iri}#${id}`,
    key: `${iri.split("/").slice(-3).join("-")}-${id}`,
    said: shown(document.getElementById(id)),
    section: shown(mark.querySelector("cite")),
    source: given.cite ?? shown(mark.querySelector("p > a:last-child")),
    pages: given.pages ?? "",
  };
}

/**
 * The fragment of the fact of a mark.
 * @param {HTMLDetailsElement} mark
 */
const idOf = (mark) => mark.firstElementChild?.getAttribute("aria-labelledby")?.split(" ")[1] ?? "";

/**
 * Where the page says more of the source of a mark.
 * @param {HTMLDetailsElement} mark
 */
const boxOf = (mark) => {
  const link = mark.querySelector('a[href^="#source-"]');
  return document.getElementById(link?.getAttribute("href")?.slice(1) ?? "source-1");
};

/**
 * Adds to an open mark what a page has no room for beside each fact.
 * @param {HTMLDetailsElement} mark
 */
function complete(mark) {
  if (mark.querySelector(".mark-tools")) return;
  const box = boxOf(mark);
  if (box) {
    const told = document.createElement("p");
    told.append(...[...box.childNodes].map((node) => node.cloneNode(true)));
    mark.append(told);
    const place = told.querySelector(".written")?.getAttribute("href");
    const section = mark.querySelector("cite");
    if (place && section) {
      const link = Object.assign(document.createElement("a"), { href: `${place}#${idOf(mark)}` });
      link.append(...section.childNodes);
      section.append(link);
    }
  }
  mark.append(tools.content.cloneNode(true));
  const output = /** @type {HTMLElement} */ (mark.querySelector(".reference"));
  const status = /** @type {HTMLElement} */ (mark.querySelector("[role=status]"));
  const { iri, said } = cited(mark);
  const link = /** @type {HTMLAnchorElement} */ (mark.querySelector(".to-fact"));
  link.href = `#${idOf(mark)}`;
  const { contact } = article.dataset;
  if (contact) {
    const body = words.body.replace("{0}", () => said).replace("{1}", () => iri);
    const subject = words.subject.replace("{0}", () => article.dataset.name ?? "");
    const report = /** @type {HTMLAnchorElement} */ (mark.querySelector(".to-report"));
    report.href = `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  }
  for (const button of mark.querySelectorAll("button")) {
    button.addEventListener("click", async () => {
      const form = /** @type {"text" | "bibtex" | "ris"} */ (button.dataset.form);
      output.textContent = forms[form](cited(mark));
      output.hidden = false;
      status.textContent = words.shown;
      try {
        await navigator.clipboard.writeText(output.textContent);
        status.textContent = words.copied;
      } catch {} // it is shown, to be copied by hand
    });
  }
}

/** Opens the mark of the fact that the address names, and goes there at once. */
function arrive() {
  const target = document.getElementById(decoded(location.hash.slice(1)));
  const mark = target && [...marks].find((one) => idOf(one) === target.id);
  if (!mark) return;
  for (let around = mark.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  mark.open = true;
  target.scrollIntoView({ behavior: "instant", block: "center" });
}

/** Opens the lists of which the first facts stand open. */
function unfold() {
  for (const rest of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".rest"))) rest.open = true;
}

/** @type {WeakSet<HTMLDetailsElement>} */
const together = new WeakSet(); // what the switch opens says what it rests on, and no more
for (const mark of marks) {
  mark.addEventListener("toggle", () => {
    if (mark.open && !together.delete(mark)) complete(mark);
  });
}
const all = /** @type {HTMLButtonElement} */ (document.getElementById("marks"));
all.hidden = false;
all.addEventListener("click", () => {
  const open = all.getAttribute("aria-pressed") !== "true";
  all.setAttribute("aria-pressed", String(open));
  if (open) unfold();
  for (const mark of marks) {
    if (open && !mark.open) together.add(mark);
    mark.open = open;
  }
});
// on paper stands what is folded, too
addEventListener("beforeprint", unfold);
addEventListener("hashchange", arrive);
arrive();

// What the picture shows, as a table: each name under its heading, with what it leads to.
document.querySelector("#picture .take")?.addEventListener("take", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  const rows = [...document.querySelectorAll("#picture svg > g:has(.heading)")].flatMap((group) => {
    const heading = shown(group.querySelector(".heading"));
    return [...group.querySelectorAll("circle")].map((dot) => {
      const link = dot.closest("a");
      const title = (link ?? group).querySelector("title");
      const name = shown(title?.nextElementSibling === dot ? title : dot.nextElementSibling);
      return [heading, name, link ? new URL(link.getAttribute("href") ?? "", location.href).href : ""];
    });
  });
  detail.table = { columns: ["group", "label", "address"].map((name) => ({ name, number: false })), rows };
});
