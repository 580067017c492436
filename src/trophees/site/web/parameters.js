// The values that a question leaves to the reader: fields beside its answer, which are lines of its text.
import { meant } from "./meaning.js";
import { node } from "./elements.js";
import { parameters, termLike, termText, withParameter } from "./sparql.js";
/** @import { Names, Part } from "./playground-types.js" */
/** @import { Reader } from "./types.js" */

const MOST = 600; // things to choose among

/**
 * @typedef {object} Page
 * @property {Part} part
 * @property {Names} names
 * @property {Reader} reader
 * @property {string} lang
 * @property {(change: (text: string) => string) => void} ask the query, changed so
 */

/** @type {(page: Page) => { show: (text: string) => void, filled: (text: string, given: URLSearchParams) => string }} */
export function values({ part, names, reader, lang, ask }) {
  let shown = "";

  /** @type {(iri: string, label: string, space: string) => [iri: string, label: string][]} */
  const peer = (iri, label, space) => (iri.startsWith(space) ? [[iri, label]] : []);

  // The folder of this graph, for which there is a prefix, in which a thing is.
  /** @type {(iri: string) => string} */
  const folderOf = (iri) => Object.values(names.prefixes).filter((space) => iri.startsWith(space)).reduce((one, other) => (other.length > one.length ? other : one), "");

  // What a reader typed, as the kind of term that `like` is; a thing may be typed by its compact name, its code, its slug or
  // its label, if no other of its kind has the same.
  /** @type {(like: string, typed: string) => string | null} */
  function valueLike(like, typed) {
    const [prefix] = typed.split(":");
    if (!like.startsWith("<") || /^(?:https?|urn):/.test(typed)) return termLike(like, typed);
    if (typed.includes(":") && Object.hasOwn(names.prefixes, prefix)) return termLike(like, reader.expand(typed));
    const kind = names.entities.flatMap(([short, label]) => peer(reader.expand(short), label, folderOf(termText(like))));
    const things = meant(typed, folderOf(termText(like)), kind);
    return things.length === 1 ? termLike(like, things[0]) : null;
  }

  // A list of what may be chosen, where the value is something of a kind that has not too many members.
  /** @type {(term: string) => HTMLInputElement | HTMLSelectElement} */
  function control(term) {
    const iri = term.startsWith("<") ? termText(term) : "";
    const space = iri.slice(0, iri.lastIndexOf("/") + 1);
    /** @type {[iri: string, label: string][]} */
    const peers = iri ? names.entities.flatMap(([short, label]) => peer(reader.expand(short), label, space)) : [];
    if (!peers.some(([other]) => other === iri) || peers.length > MOST) return node("input", { type: "text", value: termText(term), spellcheck: "false" });
    const options = peers.sort((one, other) => one[1].localeCompare(other[1], lang)).map(([other, label]) => node("option", { value: other, selected: other === iri }, label));
    return node("select", {}, ...options);
  }

  return {
    // The fields of the query `text`.
    show(text) {
      const found = parameters(text);
      const signature = found.map(({ name, title }) => `${name} ${title}`).join("\n");
      if (signature === shown) return tell(found);
      shown = signature;
      part("parameters").hidden = !found.length;
      part("parameter-list").replaceChildren(...found.map(({ name, term, title }) => {
        const input = control(term);
        input.id = `pg-parameter-${name}`;
        input.onchange = () => {
          const value = valueLike(term, input.value);
          input.setAttribute("aria-invalid", String(!value));
          if (value) ask((changed) => withParameter(changed, name, value));
        };
        return node("div", { class: "pg-parameter" }, node("label", { for: input.id }, title), input);
      }));
    },
    // `text` with the values that an address gives to its parameters.
    filled(text, given) {
      for (const { name, term } of parameters(text)) {
        const wanted = given.get(name);
        const value = wanted !== null && valueLike(term, wanted);
        if (value) text = withParameter(text, name, value);
      }
      return text;
    },
  };

  // A value that was changed in the text shows in its field.
  /** @type {(found: ReturnType<typeof parameters>) => void} */
  function tell(found) {
    for (const { name, term } of found) {
      const input = /** @type {HTMLInputElement | HTMLSelectElement | null} */ (document.getElementById(`pg-parameter-${name}`));
      if (input && input !== document.activeElement) input.value = termText(term);
    }
  }
}
