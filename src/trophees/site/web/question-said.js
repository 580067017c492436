// A frame as a question in plain words, which is read as the same frame, as `trophees/ask/words/said.py` says it.
import { fill } from "./words.js";
/** @import { Condition, Frame, Saying, Sign, WordsData } from "./question-types.js" */

const PLACES = ["region", "departement", "commune"];

// `frame` as a question in `lang`.
/** @type {(frame: Frame, data: WordsData, lang: "fr" | "en") => string} */
export function said(frame, { said: forms, processes, feminine, vowels }, lang) {
  const { act, target, by, subject, thing, how } = frame;
  const whole = processes.includes(target);
  const laureates = [forms.nouns[target === "case" ? target : "laureate"][lang], ...frame.conditions.map((one) => condition(one, forms, lang))].join(" ");
  const asked = forms.nouns[target]?.[lang] ?? "";
  if (Object.hasOwn(forms.acts, act)) return fill(forms.acts[act][lang], { 0: thing ? thing[lang] : asked, 1: laureates });
  const [much, counted] = elided(forms.much[act]?.[lang] ?? "", thing ? thing[lang] : by ? forms.nouns[by][lang] : "", vowels);
  const gender = feminine.includes(target) ? "feminine" : "masculine";
  const form = forms.forms[formOf(frame, processes)][lang];
  const plain = forms.heads[act === "count" || act === "group" ? "count" : act === "whether" && whole ? act : gender][lang];
  const [head, noun] = form.includes("{head} {target}") ? elided(plain, asked, vowels) : [plain, asked];
  return fill(form, {
    head,
    which: forms.heads[`one-${gender}`][lang],
    laureates,
    target: noun,
    one: forms.one[target]?.[lang] ?? "",
    by: forms.one[by]?.[lang] ?? "",
    counted,
    much,
    verb: (forms.verbs[how] ?? forms.verbs[""])[lang],
    name: name(subject, lang),
    thing: name(thing, lang),
  });
}

// « le plus de » and « outils », as « le plus » and « d’outils ».
/** @type {(before: string, noun: string, vowels: string[]) => [string, string]} */
const elided = (before, noun, vowels) => (before.endsWith(" de") && vowels.includes(noun[0]) ? [before.slice(0, -3), `d’${noun}`] : [before, noun]);

// The key of the form in which a frame is said.
/** @type {(frame: Frame, processes: string[]) => string} */
function formOf({ act, target, how, by, thing, subject }, processes) {
  if (act === "group" || act === "without") return act;
  if (how === "silent") return how;
  if (act === "most" || act === "least") return thing ? "rank-indicator" : by ? "rank-laureates" : "rank";
  if (["period", "indicator", "stars"].includes(target)) return target;
  if (processes.includes(target)) return "laureates";
  if (!subject) return how || (PLACES.includes(target) ? "where" : "of");
  return how ? `${how}-of-one` : "of-one";
}

/** @type {(sign: Sign | null, lang: "fr" | "en") => string} */
const name = (sign, lang) => sign?.[lang] ?? "";

/** @type {(condition: Condition, forms: Saying, lang: "fr" | "en") => string} */
function condition({ sign, how }, { conditions }, lang) {
  const told = fill((conditions[sign.kind] ?? conditions[`${sign.kind}-${how}`])[lang], { 0: sign[lang] });
  return sign.kind === "stars" && sign.value === "1" ? told.slice(0, -1) : told;
}
