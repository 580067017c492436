// The box of search in the header: its script is loaded when the box is first used. Until then, and where the script
// cannot be loaded, the form leads to the A to Z index.
(() => {
  const box = document.getElementById("site-search");
  const load = () => document.head.append(Object.assign(document.createElement("script"), { src: `${box.dataset.root}assets/search.js` }));

  box.addEventListener("focus", load, { once: true });
  if (document.activeElement === box) box.dispatchEvent(new Event("focus"));
})();
