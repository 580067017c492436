// What every page has: search, loaded when it is first used; the choice of colours; the other language of the same
// place; and a copy for when there is no network.
const { documentElement: html } = document;

// -- search: where its script cannot be loaded, the index that the form leads to is all there is

const box = /** @type {HTMLElement} */ (document.getElementById("site-search"));
function load() {
  const script = Object.assign(document.createElement("script"), { src: `${box.dataset.root}assets/search.js` });
  script.onerror = () => box.addEventListener("focus", load, { once: true });
  document.head.append(script);
}
box.addEventListener("focus", load, { once: true });
const asked = document.querySelector("[data-search]") && new URLSearchParams(location.search).get("q");
if (asked || document.activeElement === box) box.dispatchEvent(new Event("focus"));

// -- colours: those of the system, or the reader's own, also in pictures and around the page

const theme = /** @type {HTMLSelectElement} */ (document.getElementById("colours"));
const SCHEME = "(prefers-color-scheme: ";
/** @type {NodeListOf<HTMLSourceElement | HTMLMetaElement>} */
const schemed = document.querySelectorAll(`source[media^="${SCHEME}"], meta[media^="${SCHEME}"]`);
for (const it of schemed) it.dataset.scheme = it.media.slice(SCHEME.length, -1);

function colour() {
  const chosen = html.dataset.theme;
  theme.value = chosen ?? "system";
  for (const it of schemed) {
    const { scheme } = it.dataset;
    it.media = !chosen ? `${SCHEME}${scheme})` : chosen === scheme ? "all" : "not all";
  }
}

theme.addEventListener("change", () => {
  if (theme.value === "system") delete html.dataset.theme;
  else html.dataset.theme = theme.value;
  try {
    if (html.dataset.theme) localStorage.setItem("trophees-theme", html.dataset.theme);
    else localStorage.removeItem("trophees-theme");
  } catch {
    // it holds for this page
  }
  colour();
});
colour();

// -- the menu: what is further closes as menus do

const further = /** @type {HTMLDetailsElement} */ (document.querySelector(".further"));
document.addEventListener("click", ({ target }) => {
  if (!further.contains(/** @type {Node} */ (target))) further.open = false;
});
further.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !further.open) return;
  event.preventDefault();
  further.open = false;
  further.querySelector("summary")?.focus();
});
further.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !further.contains(/** @type {Node} */ (relatedTarget))) further.open = false;
});

// -- the other language: the same place, with what was asked and chosen

const other = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".site-header .language"));
for (const type of ["pointerenter", "pointerdown", "focus", "click"]) {
  other?.addEventListener(type, () => {
    other.search = location.search;
    other.hash = location.hash;
  });
}

// -- places of a page: whoever arrives is there at once, only a click on the page moves it smoothly

document.addEventListener("click", ({ target }) => {
  const link = target instanceof Element && target.closest("a[href*='#']");
  if (!(link instanceof HTMLAnchorElement) || link.pathname !== location.pathname) return;
  html.dataset.smooth = "";
  setTimeout(() => delete html.dataset.smooth, 1000);
});

// -- paper: the address with what was chosen, and the day

addEventListener("beforeprint", () => {
  const [address, day] = ["address", "printed-on"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  if (location.protocol.startsWith("http")) address.textContent = location.href;
  else if (location.hash) address.textContent = `${(address.textContent ?? "").split("#")[0]}${location.hash}`;
  const date = new Intl.DateTimeFormat(html.lang, { dateStyle: "long" }).format(new Date());
  day.textContent = ` · ${(day.dataset.text ?? "").replace("{date}", () => date)}`;
});

// -- without a network

if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
  addEventListener("load", () => {
    navigator.serviceWorker.register(`${box.dataset.root}sw.js`).catch((error) => console.warn("no offline copy:", error));
  });
}
