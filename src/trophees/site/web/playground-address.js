// The address of the playground: what is asked and how its answer is shown. The reader's files are not in it, their names are.
import { parameters, termText, withParameter, withPrefixes } from "./sparql.js";
import { inAddress } from "./view-state.js";
import { fill } from "./words.js";
/** @import { ViewState } from "./answer-types.js" */
/** @import { Editor, Names, Part, Question } from "./playground-types.js" */
/** @import { Words } from "./types.js" */

/**
 * @typedef {object} Address
 * @property {(runs?: boolean) => void} keep put what is asked into the address; who opens it has the answer, if it `runs`
 * @property {() => string} other the same in the other language, where a question of the cookbook is asked in that language
 * @property {(files: string[]) => void} wait for those files of another reader that are not here
 * @property {(name: string) => boolean} complete whether all files are there, now that one that was missing is
 */

// Whether another site shows the answer alone: `…&embed=ID`.
export const embedded = () => /&embed=[\w-]+$/.exec(location.hash)?.[0] ?? "";

/** @type {(page: { part: Part, words: Words, names: Names, cookbook: Question[], editor: Editor, shown: { state: ViewState } }) => Address} */
export function addresses({ part, words, names, cookbook, editor, shown }) {
  /** @type {string[]} */
  let missing = [];

  const answered = () => !part("results").hidden;
  const graph = () => (part("graph").value ? `&graph=${encodeURIComponent(part("graph").value)}` : "");
  const here = () => [...part("own-list").querySelectorAll("[data-name]")].map((item) => item.getAttribute("data-name") ?? "");
  const files = () => (here().length ? `&files=${here().map(encodeURIComponent).join("/")}` : "");
  /** @type {(runs: boolean) => string} */
  const ofQuery = (runs) => `#query=${encodeURIComponent(editor.text)}${graph()}${files()}${runs ? "&run=1" : ""}${inAddress(shown.state)}${embedded()}`;

  const tell = () => {
    part("missing").textContent = missing.length ? fill(words.missingFiles, { names: missing.join(", ") }) : "";
  };

  return {
    keep(runs = answered()) {
      history.replaceState(null, "", ofQuery(runs));
    },

    other() {
      const chosen = part("cookbook").querySelector("[aria-current]")?.getAttribute("data-query");
      const question = cookbook.find(({ name }) => name === chosen);
      if (!question) return ofQuery(answered());
      const values = parameters(editor.text);
      let plain = question.text;
      for (const { name, term } of values) plain = withParameter(plain, name, term);
      if (withPrefixes(plain, names.prefixes) !== withPrefixes(editor.text, names.prefixes)) return ofQuery(answered());
      const given = values.map(({ name, term }) => `&${name}=${encodeURIComponent(termText(term))}`);
      return `#question=${chosen}${given.join("")}${graph()}${answered() ? "&run=1" : ""}`;
    },

    wait(wanted) {
      missing = wanted.filter((name) => name && !here().includes(name));
      tell();
    },

    complete(name) {
      if (!missing.includes(name)) return false;
      missing = missing.filter((other) => other !== name);
      tell();
      return !missing.length;
    },
  };
}
