// The box of search in the header: its script is loaded when the box is first used, or on the index that the form
// leads to, to list there what was asked for. Where the script cannot be loaded, the index is all there is.
(() => {
  const box = /** @type {HTMLElement} */ (document.getElementById("site-search"));
  const load = () => document.head.append(Object.assign(document.createElement("script"), { src: `${box.dataset.root}assets/search.js` }));

  box.addEventListener("focus", load, { once: true });
  const asked = document.querySelector("[data-search]") && new URLSearchParams(location.search).get("q");
  if (asked || document.activeElement === box) box.dispatchEvent(new Event("focus"));
})();
