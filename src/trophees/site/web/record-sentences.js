// The sentences of Python, with what is told put in.
/** @import { Rules, Told } from "./record-types.js" */
/** @import { Both } from "./types.js" */
import { fill } from "./words.js";

/** @type {(value: Both | string | number, lang: "fr" | "en") => string | number} */
const inLanguage = (value, lang) => (typeof value === "object" ? value[lang] : value);

/** @type {(told: Told, lang: "fr" | "en") => Record<string, string | number>} */
const each = (told, lang) => Object.fromEntries(Object.entries(told).map(([key, value]) => [key, inLanguage(value, lang)]));

/** @type {(sentence: Both, told: Told) => Both} */
export const filled = (sentence, told) => ({ fr: fill(sentence.fr, each(told, "fr")), en: fill(sentence.en, each(told, "en")) });

/** @type {(...parts: Both[]) => Both} */
export const joined = (...parts) => ({ fr: parts.map(({ fr }) => fr).join(""), en: parts.map(({ en }) => en).join("") });

const NOTHING = { fr: "", en: "" };

// « (vouliez-vous … ?) », or nothing.
/** @type {(name: string | null, rules: Rules) => Both} */
export const didYouMean = (name, { sentences }) => (name ? filled(sentences.meant, { name }) : NOTHING);

// `text` as a message quotes it.
/** @type {(text: string, longest?: number) => string} */
export function brief(text, longest = 80) {
  const signs = [...text];
  return signs.length <= longest ? text : signs.slice(0, longest - 1).join("") + "…";
}
