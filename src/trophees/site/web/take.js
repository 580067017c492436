// A control that takes away what is shown gets its buttons when it is first opened, whenever it came into the page.
// And links out of a part that another site shows alone do not open inside of it.
import { run } from "./elements.js";
import { once } from "./once.js";

const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
const loaded = once(() => run(here.replace(/take\.js$/, "take-files.js")));
// the event of a <details> does not bubble
document.addEventListener("toggle", async ({ target }) => {
  if (!(target instanceof HTMLDetailsElement && target.matches(".take[open]"))) return;
  await loaded();
  /** @type {any} */ (self).tropheesTake(target);
}, true);

// what a question of the address shows has no place of its own in it: `#query=…&embed=ID`
const asked = location.hash.match(/^#query=.*&embed=([\w-]+)$/)?.[1];
const credit = asked && document.getElementById(`embed-${asked}`);
if (credit) {
  credit.classList.add("alone");
  for (const link of credit.querySelectorAll("a")) link.href = location.hash.replace(/&embed=[^&]*$/, "");
}
if (asked || location.hash.startsWith("#embed-")) {
  /** @type {(link: HTMLAnchorElement | HTMLAreaElement | null | undefined) => void} */
  const outside = (link) => {
    if (link && !link.getAttribute("href")?.startsWith("#")) link.target = "_blank";
  };
  for (const link of document.links) outside(link);
  // those that a script adds
  document.addEventListener("click", ({ target }) => outside(target instanceof Element ? target.closest("a") : null), true);
}
