// The page that is one file holds itself in each language, as a template: put in place the one that the address asks
// for, else the first that the reader prefers.
const within = (lang) => lang && document.getElementById(`pg-in-${lang}`);
const asked = new URLSearchParams(location.search).get("lang");
const lang = [asked, ...navigator.languages.map((tag) => tag.slice(0, 2)), document.documentElement.lang].find(within);
document.documentElement.lang = lang;
document.title = within(lang).dataset.title;
document.getElementById("main").append(within(lang).content);
document.body.prepend(document.querySelector(".skip"));
