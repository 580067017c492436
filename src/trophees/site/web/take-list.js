// A list that is shown, as a table: an item a row, with where it stands, what it says beside its name, what it rests on.
/** @import { Table } from "./take-table.js" */

const ITEMS = "li, .term";
// Not of the item itself: items below it, what it rests on, and what only people who look have.
const APART = "ul, ol, .mark, .take, svg, button, [aria-hidden=true]";
// Beside the name: what kind, when, how many, what about.
const BESIDE = "p, small, dl, .small, .tag, .by, .muted, .count, .stars, .definition, .search-kind, .when, .with, .detail, .note";

/** @type {(element: Element) => string} */
const words = (element) => (element.getAttribute("aria-label") ?? element.textContent ?? "").replace(/\s+/g, " ").trim();

// What `element` says of itself: its name, and each thing that it says beside it.
/** @type {(element: Element) => { label: string, remarks: string[] }} */
function said(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const apart of copy.querySelectorAll(APART)) apart.remove();
  const beside = [...copy.querySelectorAll(BESIDE)].filter((one) => !one.parentElement?.closest(BESIDE));
  for (const one of beside) one.remove();
  const label = words(copy);
  const remarks = beside.filter((one) => !one.matches("dl")).map(words).filter(Boolean);
  return label ? { label, remarks } : { label: remarks[0] ?? "", remarks: remarks.slice(1) };
}

// The headings above an item, from the widest; those outside of `root` are of the whole.
/** @type {(item: Element, root: Element) => string[]} */
function headings(item, root) {
  /** @type {string[]} */
  const found = [];
  for (let part = item.closest("section"); part && root.contains(part); part = part.parentElement?.closest("section") ?? null) {
    const heading = part.querySelector("h2, h3, h4");
    if (heading && !item.contains(heading)) found.unshift((heading.firstElementChild?.matches("a") ? heading.firstElementChild : heading).firstChild?.textContent?.trim() ?? "");
  }
  const kin = item.closest(".kin")?.querySelector(".kin-name");
  return [...found, ...(kin ? [words(kin).replace(/\s*:$/, "")] : [])].filter((name, place, all) => name && name !== all[place - 1]);
}

// The mark of an item: how it is known, in which words, where.
/** @type {(item: Element) => string} */
function evidence(item) {
  const mark = [...item.querySelectorAll(".mark")].find((one) => one.closest(ITEMS) === item);
  return mark ? [...mark.querySelectorAll(":scope > p:not([class^=mark])")].map(words).join(" | ") : "";
}

/** @type {(item: Element) => string} */
function address(item) {
  const link = [...item.querySelectorAll("a")].find((one) => one.closest(ITEMS) === item && !one.closest(".mark"));
  if (link) return link.href;
  const id = item.id || item.querySelector(":scope > [id]")?.id;
  return id ? `${location.href.split("#")[0]}#${id}` : "";
}

// What `root` lists, without what a filter hides; null if it lists nothing.
/** @type {(root: Element) => Table | null} */
export function listed(root) {
  const items = [...root.querySelectorAll(ITEMS)].filter((item) => !item.closest("[hidden], nav, .take, .legend, .actions"));
  if (!items.length) return null;
  const every = items.map((item) => headings(item, root));
  const groups = new Set(every.map((names) => names.join(" – "))).size > 1;
  /** @type {Set<string>} */
  const terms = new Set();
  const found = items.map((item, place) => {
    const above = item.parentElement?.closest(ITEMS);
    const { label, remarks } = said(item);
    const pairs = [...item.querySelectorAll("dl > dt, dl > div > dt")].map((term) => /** @type {const} */ ([words(term), term.nextElementSibling ? words(term.nextElementSibling) : ""]));
    for (const [term] of pairs) terms.add(term);
    return {
      group: groups ? every[place].join(" – ") : "",
      within: above && root.contains(above) ? said(above).label : "",
      label, terms: Object.fromEntries(pairs), remark: remarks.join(" | "), evidence: evidence(item), address: address(item),
    };
  });
  const names = /** @type {const} */ (["group", "within", "label", "remark", "evidence", "address"]).filter((name) => name === "label" || found.some((row) => row[name]));
  const [before, after] = [names.slice(0, names.indexOf("label") + 1), names.slice(names.indexOf("label") + 1)];
  return {
    columns: [...before, ...terms, ...after].map((name) => ({ name, number: false })),
    rows: found.map((row) => [...before.map((name) => row[name]), ...[...terms].map((term) => row.terms[term] ?? ""), ...after.map((name) => row[name])]),
  };
}
