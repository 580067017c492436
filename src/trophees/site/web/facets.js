// The list of laureates: links to the sections of its index become checkboxes that narrow the cards down.
// Values of one facet add up, facets narrow each other; the address keeps the choice (#region=11&theme=energie+sante).

/** @typedef {{ facet: string, value: string, members: number[], count: HTMLElement, label: HTMLElement }} Box */
/** @typedef {Record<string, Set<number> | null>} Sets */

const panel = /** @type {HTMLElement} */ (document.querySelector("[data-facets]"));
/** @type {HTMLElement[]} */
const cards = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-card]"))];
const result = /** @type {HTMLElement} */ (document.getElementById("result"));
/** @type {Map<HTMLInputElement, Box>} */
const boxes = new Map();

// the cards that each facet lets through, null where nothing is ticked
/** @type {() => Sets} */
const allowed = () => {
  /** @type {Sets} */
  const found = {};
  for (const [box, { facet, members }] of boxes) {
    found[facet] ??= null;
    if (box.checked) found[facet] = new Set([...(found[facet] || []), ...members]);
  }
  return found;
};

/** @type {(number: number, sets: (Set<number> | null)[]) => boolean} */
const passes = (number, sets) => sets.every((set) => set === null || set.has(number));

/** @type {(remember: boolean) => void} */
function update(remember) {
  const sets = allowed();
  let shown = 0;
  cards.forEach((card, number) => {
    card.hidden = !passes(number, Object.values(sets));
    shown += card.hidden ? 0 : 1;
  });
  for (const level of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-level]"))) {
    level.hidden = !level.querySelector("[data-card]:not([hidden])");
  }
  for (const [box, { facet, members, count, label }] of boxes) {
    // how many there would be with this value alone in its facet
    const others = Object.keys(sets).filter((other) => other !== facet).map((other) => sets[other]);
    const left = members.filter((number) => passes(number, others)).length;
    count.textContent = String(left);
    label.classList.toggle("empty", left === 0 && !box.checked);
  }
  const plural = document.documentElement.lang === "fr" ? shown > 1 : shown !== 1;
  result.textContent = (panel.dataset[plural ? "many" : "one"] ?? "").replace("{n}", String(shown));
  clear.hidden = Object.values(sets).every((set) => set === null);
  if (remember) history.replaceState(null, "", address() || location.pathname + location.search);
}

function address() {
  /** @type {Record<string, string[]>} */
  const choice = {};
  for (const [box, { facet, value }] of boxes) {
    if (box.checked) (choice[facet] ??= []).push(value);
  }
  const parts = Object.entries(choice).map(([facet, values]) => `${facet}=${values.join("+")}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

function restore() {
  const wanted = new Set();
  for (const part of decodeURIComponent(location.hash.slice(1)).split("&")) {
    const [, facet, values] = /^(\w+)[=-](.+)$/.exec(part) || [];
    for (const value of (values || "").split("+")) wanted.add(`${facet} ${value}`);
  }
  for (const [box, { facet, value }] of boxes) {
    box.checked = wanted.has(`${facet} ${value}`);
    const details = box.closest("details");
    if (box.checked && details) details.open = true;
  }
  update(false);
  if (!clear.hidden) result.scrollIntoView({ behavior: "instant" });
}

const clear = document.createElement("button");
clear.type = "button";
clear.className = "quiet";
clear.textContent = panel.dataset.clear ?? "";
clear.addEventListener("click", () => {
  for (const box of boxes.keys()) box.checked = false;
  update(true);
  panel.querySelector("input")?.focus();
});

for (const details of panel.querySelectorAll("details")) {
  const facet = details.dataset.facet ?? "";
  const title = details.querySelector("summary")?.textContent ?? "";
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.className = "visually-hidden";
  legend.textContent = title;
  group.append(legend, ...details.querySelectorAll("ul"));
  details.append(group);
  for (const item of details.querySelectorAll("li[id]")) item.removeAttribute("id"); // the address names a choice, no place
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (details.querySelectorAll("a[data-value]"))) {
    const box = document.createElement("input");
    const label = document.createElement("label");
    const text = document.createElement("span");
    const count = /** @type {HTMLElement} */ (link.querySelector(".count"));
    box.type = "checkbox";
    count.remove();
    text.textContent = link.textContent.trim();
    label.append(box, text, count);
    link.replaceWith(label);
    const members = (link.dataset.cards ?? "").split(" ").map(Number);
    boxes.set(box, { facet, value: link.dataset.value ?? "", members, count, label });
    box.addEventListener("change", () => update(true));
  }
}
if (matchMedia("(min-width: 62rem)").matches) {
  for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (panel.querySelectorAll("details:nth-of-type(-n + 3)"))) details.open = true;
}
result.after(clear);
addEventListener("hashchange", restore);
restore();
