// The builder of queries in the page: what is asked, line by line; the query is written as it is built, and read back.
import { isWhole, composed } from "./builder-writing.js";
import { Controls } from "./builder-controls.js";
import { Offer } from "./builder-offer.js";
import { Unshown } from "./builder-parsing.js";
import { built } from "./builder-reading.js";
import { placeOf } from "./sparql.js";
import { fill, wording } from "./words.js";
/** @import { BuilderLine, BuilderModel, BuilderState } from "./builder-types.js" */
/** @import { Names, Part } from "./playground-types.js" */
/** @import { Messages } from "./types.js" */

const PATIENCE = 300; // milliseconds without a change, after which the answers are counted, or a query is read

/**
 * @typedef {object} Page
 * @property {Part} part
 * @property {Messages} messages
 * @property {"fr" | "en"} lang
 * @property {Names} names
 * @property {() => Promise<BuilderModel>} model
 * @property {() => string} text the query in the editor
 * @property {(text: string) => void} write put a query into the editor
 * @property {() => unknown} run
 * @property {(query: string) => Promise<{ things: number, rows: number } | null>} count nothing if a newer one is counted
 */

// `changed` is to be called whenever the text in the editor has changed.
/** @type {(page: Page) => { changed: () => void }} */
export function building({ part, messages, lang, names, model, text, write, run, count }) {
  const words = wording(messages, lang);
  const titles = { count: words.number_of, iri: words.identifier };
  /** @type {Offer | undefined} */
  let offer;
  /** @type {BuilderState | undefined} */
  let state;
  let writing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let counting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reading;
  const controls = new Controls(part("builder-form"), { words, lang, names, change });

  /** @type {(text: string) => void} */
  const say = (text) => {
    part("builder-count").textContent = text;
  };

  /** @type {(lines: BuilderLine[]) => boolean} */
  const whole = (lines) => lines.every((line) => isWhole(line, /** @type {Offer} */ (offer)) && whole(line.where));

  // The state has changed by hand: it is written, and shown as it is read back once it is whole.
  /** @type {(next: BuilderState, shown?: boolean) => void} */
  function change(next, shown = true) {
    if (!offer) return;
    state = next;
    const made = composed(state, offer, lang, titles);
    writing = true;
    write(made.text);
    writing = false;
    part("builder-unshown").textContent = "";
    if (shown) {
      if (whole(state.where)) state = built(made.text, offer, lang);
      controls.show(state, offer, composed(state, offer, lang, titles).columns);
    }
    later(made.counting);
  }

  /** @type {(query: string) => void} */
  function later(query) {
    clearTimeout(counting);
    counting = setTimeout(async () => {
      say(words.counting);
      try {
        const found = await count(query);
        if (found) say(`${words.count("things", found.things)} ${words.count("rows", found.rows)}`);
      } catch {
        say("");
      }
    }, PATIENCE);
  }

  // What the editor holds, if the builder can show it; else why not.
  function read() {
    if (!offer || !part("builder").hasAttribute("open")) return;
    const query = text();
    try {
      state = built(query, offer, lang);
      const made = composed(state, offer, lang, titles);
      controls.show(state, offer, made.columns);
      part("builder-unshown").textContent = "";
      later(made.counting);
    } catch (error) {
      if (!(error instanceof Unshown)) throw error;
      clearTimeout(counting);
      say("");
      const word = /^\S{0,30}/.exec(query.slice(error.at).trimStart())?.[0] ?? "";
      part("builder-unshown").textContent = fill(words.unshown, { ...placeOf(query, error.at), word });
      controls.begin(offer, () => offer && change(offer.begun("tp:Laureate", lang)));
    }
  }

  part("builder").addEventListener("toggle", async () => {
    if (!part("builder").hasAttribute("open")) return;
    try {
      offer ??= new Offer(await model(), names.prefixes);
    } catch {
      part("builder-unshown").textContent = words.failed;
      return;
    }
    read();
  });
  part("builder-run").onclick = () => run();
  return {
    changed() {
      if (writing || !offer) return;
      clearTimeout(reading);
      reading = setTimeout(read, PATIENCE);
    },
  };
}
