// The page that is one file holds itself in each language, as a template: put in place the one that the address asks
// for, else the first that the reader prefers.
/** @type {(lang: string | null) => HTMLTemplateElement | null} */
const within = (lang) => /** @type {HTMLTemplateElement | null} */ (lang ? document.getElementById(`pg-in-${lang}`) : null);
const asked = new URLSearchParams(location.search).get("lang");
const lang = [asked, ...navigator.languages.map((tag) => tag.slice(0, 2)), document.documentElement.lang].find(within);
const chosen = within(lang ?? null);
if (lang && chosen) {
  document.documentElement.lang = lang;
  document.title = chosen.dataset.title ?? "";
  document.getElementById("main")?.append(chosen.content);
  document.body.prepend(...document.querySelectorAll(".skip"));
}
