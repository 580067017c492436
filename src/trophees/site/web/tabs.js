// The questions of the cookbook as tabs, one for each subject (WAI-ARIA's pattern), with a filter that searches them all.
import { fold } from "./folding.js";
/** @import { Part, Question } from "./playground-types.js" */
/** @import { Words } from "./types.js" */

/** @typedef {{ tab: HTMLElement, panel: HTMLElement, links: HTMLElement[], left: number }} Subject */

/** @type {(page: { part: Part, words: Words }) => { mark: (name: string | undefined) => void }} */
export function tabs({ part, words }) {
  /** @type {Subject[]} */
  const subjects = [.../** @type {Iterable<HTMLElement>} */ (part("tabs").children)].map((tab) => {
    const panel = /** @type {HTMLElement} */ (document.getElementById(tab.getAttribute("aria-controls") ?? ""));
    return { tab, panel, links: [.../** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll("a[data-query]"))], left: 0 };
  });

  /** @type {(subject: Subject) => void} */
  function select(subject) {
    for (const { tab, panel } of subjects) {
      const chosen = tab === subject.tab;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      panel.hidden = !chosen;
    }
  }

  for (const subject of subjects) subject.tab.onclick = () => select(subject);

  part("tabs").onkeydown = (event) => {
    const at = subjects.findIndex(({ tab }) => tab === event.target);
    /** @type {number | undefined} */
    const to = new Map([["ArrowLeft", at - 1], ["ArrowRight", at + 1], ["Home", 0], ["End", -1]]).get(event.key);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const subject = subjects.at(to % subjects.length);
    if (!subject) return;
    select(subject);
    subject.tab.focus();
  };

  // Each tab tells how many of its questions are left; where the one that is open has none, the one that
  // has most opens.
  part("filter").oninput = () => {
    const wanted = fold(part("filter").value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const subject of subjects) {
      subject.left = 0;
      for (const link of subject.links) {
        const said = fold(`${link.textContent} ${link.dataset.query}`);
        const here = wanted.every((word) => said.includes(word));
        if (link.parentElement) link.parentElement.hidden = !here;
        subject.left += here ? 1 : 0;
      }
      subject.tab.querySelector(".pg-count")?.replaceChildren(String(subject.left));
      subject.tab.classList.toggle("pg-none", !subject.left);
      count += subject.left;
    }
    const open = subjects.find(({ panel }) => !panel.hidden);
    if (count && !open?.left) select(subjects.reduce((most, subject) => (subject.left > most.left ? subject : most)));
    const said = count === 1 ? words.question : count ? words.questions.replace("{n}", String(count)) : words.noQuestion;
    part("filter-count").textContent = wanted.length ? said : "";
  };

  return {
    // Show which question is asked, and open its subject; none of them if `name` is not one.
    mark(name) {
      for (const subject of subjects) {
        for (const link of subject.links) {
          if (link.dataset.query !== name) {
            link.removeAttribute("aria-current");
            continue;
          }
          link.setAttribute("aria-current", "true");
          select(subject);
          const { panel } = subject;
          if (link.offsetTop < panel.scrollTop || link.offsetTop > panel.scrollTop + panel.clientHeight - link.offsetHeight) {
            panel.scrollTop = link.offsetTop - panel.clientHeight / 3;
          }
        }
      }
    },
  };
}

// The name of the question of the `cookbook` that `text` asks, whatever the values of its parameters.
/** @type {(text: string, cookbook: Question[]) => string | undefined} */
export function identify(text, cookbook) {
  const wanted = essence(text);
  return cookbook.find((question) => essence(question.text) === wanted)?.name;
}

// `text` without what a link, the editor or the other language may change in it: comments, prefixes, values of one
// variable, the language of labels, and braces and spaces.
/** @type {(text: string) => string} */
const essence = (text) =>
  text
    .replace(/^[ \t]*(?:#|PREFIX\s|VALUES \?\w+ \{ [^{}\n]* \}[ \t]*(?:#|$))[^\n]*/gm, "")
    .replace(/(LANG\(\?\w+\) = )"(?:fr|en)"/g, "$1")
    .replace(/[\s{}]+/g, "");
