// What is asked in the playground is run, one after the other, and what comes of it is shown, or why nothing does.
import { bytes } from "./bytes.js";
import { missingPrefixes, prefixLine } from "./sparql.js";
/** @import { Config, Editor, Failure, Names, Part, Question } from "./playground-types.js" */
/** @import { InWords } from "./question-types.js" */
/** @import { Rows, Words } from "./types.js" */

/**
 * @typedef {object} Page
 * @property {Part} part
 * @property {Config} config
 * @property {Words} words
 * @property {Names} names
 * @property {Question[]} cookbook
 * @property {import("./engine.js").Engine} engine
 * @property {Editor} editor
 * @property {ReturnType<typeof import("./answer.js").answers>} shown
 * @property {import("./playground-address.js").Address} address
 * @property {import("./explaining.js").Explaining} why
 */

/** @type {(page: Page) => Running} */
export function running({ part, config, words, names, cookbook, engine, editor, shown, address, why }) {
  const { lang } = config;
  let answered = ""; // the query whose answer is shown
  /** @type {Promise<void>} */
  let last = Promise.resolve();
  let turn = 0;

  // Whether it is still this one's turn, once what runs has been stopped: another one may have been asked since.
  async function turned() {
    const mine = ++turn;
    engine.stop("reader");
    await last;
    return () => mine === turn;
  }

  /** @type {(understood?: string, comes?: boolean) => Promise<void>} */
  async function answer(understood = "", comes = true) {
    busy(true);
    const still = await turned();
    if (!still()) return;
    last = once(understood, comes);
    await last;
  }

  /** @type {(understood: string, comes: boolean) => Promise<void>} */
  async function once(understood, comes) {
    for (const name of missingPrefixes(editor.text, names.prefixes)) {
      const { from, insert } = prefixLine(editor.text, name, names.prefixes[name]);
      editor.insert(from, insert);
    }
    const { text } = editor;
    part("asked").textContent = "";
    editor.clear();
    busy(true);
    part("error").hidden = true;
    part("notes").replaceChildren();
    say(words.running);
    part("status").textContent = "";
    if (comes) address.keep(true);
    try {
      const asked = { text, graph: part("graph").value, labels: part("labels").checked ? lang : "" };
      const found = await engine.query(asked);
      answered = text;
      await shown.show(asked, found);
      shown.stale(editor.text !== answered);
      part("asked").textContent = understood;
      await why.silence(text, found);
      say("");
      if (comes) reveal();
    } catch (error) {
      await fail(/** @type {Failure} */ (error));
    }
    busy(false);
  }

  /** @type {(failure: Failure) => Promise<void>} */
  async function fail(failure) {
    part("results").hidden = true;
    say("");
    if (why.ended(failure)) return say(why.ended(failure));
    const { at, message, said } = await why.mistake(editor.text, failure);
    part("error").textContent = said;
    part("error").hidden = false;
    if (at !== null) {
      editor.mark(at, message);
      editor.focus();
    }
    requestAnimationFrame(() => part("error").scrollIntoView({ block: "nearest" })); // once the editor has scrolled
  }

  /** @type {(is: boolean) => void} */
  function busy(is) {
    part("stop").disabled = !is;
    part("run").setAttribute("aria-disabled", String(is));
    part("output").setAttribute("aria-busy", String(is));
  }

  /** @type {(text: string) => void} */
  const say = (text) => {
    part("said").textContent = text;
  };

  // Bring the beginning of the results into view, if there is too little of them.
  function reveal() {
    const { top } = part("results-title").getBoundingClientRect();
    if (top < 0 || top > innerHeight * 0.7) part("results-title").scrollIntoView();
  }

  return {
    answer,
    say,
    isAnswered: (text) => text === answered,

    run() {
      if (!engine.busy) {
        turn += 1; // an answer on its way is no longer wanted
        last = once("", true);
      }
      return last;
    },

    async early({ name, summary }, comes) {
      busy(true);
      const still = await turned();
      if (!still()) return;
      const { text } = editor;
      say(words.running);
      /** @type {Rows | null} */
      const result = await bytes(config.urls.answers.replace("*", name)).then((data) => JSON.parse(new TextDecoder().decode(data)), () => null);
      if (!still()) return;
      if (editor.text !== text) return busy(false);
      if (!result?.results.bindings.length) return answer(summary, comes);
      part("error").hidden = true;
      part("notes").replaceChildren();
      part("asked").textContent = summary;
      answered = text;
      await shown.show({ text, graph: "" }, { result, files: { json: JSON.stringify(result) }, ms: 0 }, config.version);
      if (!still()) return;
      busy(false);
      say("");
      if (!comes) return;
      address.keep();
      reveal();
    },

    read(question) {
      engine.stop("reader");
      const reading = last.then(() => {
        busy(true);
        return engine.inWords({ question, lang, prefixes: names.prefixes, cookbook });
      }).finally(() => busy(false));
      last = reading.then(() => {}, () => {});
      return reading;
    },
  };
}

/**
 * @typedef {object} Running
 * @property {(understood?: string, comes?: boolean) => Promise<void>} answer run the query in place of whatever runs, say what
 * is `understood` of a question, and, if it `comes` from the reader, bring the answer into view and the query into the address
 * @property {() => Promise<void>} run run the query, unless one runs
 * @property {(question: Question, comes: boolean) => Promise<void>} early show the answer that was made with the release, which
 * is there before the engine is
 * @property {(question: string) => Promise<InWords>} read what is understood of a question in words, in place of whatever runs
 * @property {(text: string) => boolean} isAnswered whether that is the query whose answer is shown
 * @property {(text: string) => void} say what happens, under the buttons
 */
