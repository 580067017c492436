// The field for a question in words: what is understood is asked; else the page says why not, and what can be asked instead.
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { Failure, Part } from "./playground-types.js" */
/** @import { InWords, Near } from "./question-types.js" */
/** @import { Words } from "./types.js" */

/**
 * @typedef {object} Page
 * @property {Part} part
 * @property {Words} words
 * @property {(question: string) => Promise<InWords>} read
 * @property {(told: InWords) => void} ask what was understood
 * @property {(name: string) => void} choose a question of the cookbook
 * @property {(failure: Failure) => string} ended why nothing came though nothing is wrong, or nothing
 */

/** @type {(page: Page) => void} */
export function asking({ part, words, read, ask, choose, ended }) {
  let busy = false;

  part("asking").onsubmit = (event) => {
    event.preventDefault();
    submit();
  };

  async function submit() {
    if (busy) return;
    busy = true;
    offer([]);
    say(words.wordsReading);
    try {
      const told = await read(part("words").value);
      const understood = told.understood && fill(words.understood, { question: told.understood });
      say((understood ? [understood, told.note] : [told.why, told.nearest.length ? words.nearest : ""]).join(" ").trim());
      offer(told.nearest);
      if (told.understood) ask(told);
    } catch (error) {
      const failure = /** @type {Failure} */ (error);
      say(ended(failure) || `${words.wordsBroken} ${failure.message}`);
    }
    busy = false;
  }

  /** @type {(text: string) => void} */
  const say = (text) => {
    part("words-said").textContent = text;
  };

  /** @type {(near: Near[]) => void} */
  function offer(near) {
    part("nearest").replaceChildren(...near.map(({ text, name }) => {
      const button = node("button", { type: "button", class: "quiet" }, text);
      button.onclick = () => {
        if (name) return choose(name);
        part("words").value = text;
        part("words").focus(); // the button is going to leave
        submit();
      };
      return node("li", {}, button);
    }));
  }
}
