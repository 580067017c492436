// Which frames a reading may be of, by the rules of `trophees/ask/words/grammar.py`: each says which words it takes, and
// takes nothing else.
/** @import { Frame, Grammar, QuestionReading, Sign } from "./question-types.js" */

/** @type {(words: Set<string>, ...allowed: string[]) => boolean} */
const within = (words, ...allowed) => [...words].every((word) => allowed.includes(word));
/** @type {(words: Set<string>, ...wanted: string[]) => boolean} */
const are = (words, ...wanted) => words.size === wanted.length && within(words, ...wanted);
/** @type {(sign: Sign | undefined, kind: string, value: string) => boolean} */
const is = (sign, kind, value) => sign?.kind === kind && sign.value === value;
/** @type {(list: string[], ...wanted: string[]) => boolean} */
const list = (list, ...wanted) => list.length === wanted.length && list.every((one, number) => one === wanted[number]);

/** @type {(act: string, target: string, rest?: Partial<Frame>) => Frame} */
export const frame = (act, target, rest = {}) => ({ act, target, conditions: [], subject: null, by: "", how: "", thing: null, ...rest });

// The frames of which `reading` has all the words.
/** @type {(reading: QuestionReading, grammar: Grammar) => Frame[]} */
export function frames(reading, grammar) {
  const words = new Words(reading, grammar);
  if (words.impossible) return [];
  if (words.has("neg", "not")) return [...silence(words, reading), ...notStars(words, reading), ...without(words, reading)];
  if (reading.subject) return ofOne(words, reading);
  if (["most", "least", "commonest"].some((head) => words.heads.has(head))) return ranking(words, reading);
  if (["average", "sum", "max", "min"].some((head) => words.heads.has(head))) return aggregate(words, reading);
  if (words.has("prep", "per")) return grouped(words, reading);
  return words.standings.length || words.nouns.includes("case") ? cases(words, reading) : ofAll(words, reading);
}

// The words of a reading that are no condition, by what they are.
class Words {
  /** @param {QuestionReading} reading @param {Grammar} grammar */
  constructor({ rest }, grammar) {
    const kept = rest.filter(({ sign }) => !is(sign, "prep", "of"));
    const signs = unembedded(kept.map(({ sign }) => sign));
    this.grammar = grammar;
    this.signs = signs.filter((_, number) => !leads(signs, number, grammar));
    this.led = this.signs.length < signs.length; // by a preposition, such as in “in which regions”
    const heads = this.values("head");
    const asking = heads.filter((head) => head !== "whether"); // “in which regions are there” asks which
    this.heads = new Set(asking.length ? asking : heads);
    this.verbs = new Set(this.values("verb"));
    // what carries is a carrier, whatever it is called
    this.nouns = this.values("noun").map((noun) => (noun === "organisation" && this.verbs.has("carry") ? "carrier" : noun));
    this.plural = new Map(kept.filter(({ sign }) => sign.kind === "noun").map(({ sign, token }) => [sign.value, token.plural]));
    this.indicators = this.signs.filter(({ kind }) => kind === "indicator");
    this.statuses = this.signs.filter(({ kind }) => kind === "status");
    this.standings = this.signs.filter(({ kind }) => kind === "standing");
    this.negatedOnce = this.values("neg").filter((word) => word === "not").length === 1; // « ne » belongs to the word that denies
    this.impossible = new Set(heads).size !== heads.length || this.signs.some(({ kind }) => kind === "compare");
  }

  /** @type {(kind: string) => string[]} */
  values(kind) {
    return this.signs.filter((sign) => sign.kind === kind).map(({ value }) => value);
  }

  /** @type {(kind: string, value: string) => boolean} */
  has(kind, value) {
    return this.signs.some((sign) => is(sign, kind, value));
  }

  // Whether there is nothing but heads, nouns, verbs, and what is of these `kinds`.
  /** @type {(...kinds: string[]) => boolean} */
  only(...kinds) {
    return this.signs.every(({ kind }) => ["head", "noun", "verb", ...kinds].includes(kind));
  }

  // Whether the verbs may lead to `target`.
  /** @type {(target: string, ...more: string[]) => boolean} */
  leadTo(target, ...more) {
    return within(this.verbs, ...(this.grammar.targets[target] ?? []), ...more);
  }

  // Whether `head` is of the only indicator: “most participants”, “budget moyen”, not “la commune a le plus”.
  /** @type {(head: string) => boolean} */
  ofIndicator(head) {
    const place = this.signs.findIndex((sign) => is(sign, "head", head));
    const first = head === "most" || head === "least" ? place + 1 : Math.max(place - 1, 0);
    return this.indicators.length === 1 && this.signs.slice(first, place + 2).some(({ kind, value }) => is(this.indicators[0], kind, value));
  }

  // How the answer is given, by the words that ask for it; empty if these do not go together.
  get act() {
    if (are(this.heads, "whether")) return "whether";
    if (are(this.heads, "count", "which") || are(this.heads, "count", "list")) {
      const place = this.signs.findIndex((sign) => is(sign, "head", "count"));
      return this.signs[place - 1]?.kind === "head" ? "count" : "";
    }
    return are(this.heads, "count") ? "count" : within(this.heads, "list", "which") ? "list" : "";
  }
}

// `signs` without a “how many” of which something says nothing: what does not say how many does not ask it.
/** @type {(signs: Sign[]) => Sign[]} */
function unembedded(signs) {
  const place = Math.max(signs.findIndex((sign) => is(sign, "head", "count")), 0);
  const before = signs.slice(0, place).filter(({ kind }) => kind !== "neg");
  const told = is(before.at(-1), "verb", "say") && before.length < place;
  return told ? signs.filter((_, number) => number !== place) : signs;
}

// Whether the sign is a preposition that fits what follows: “which”, “how many”, or “by the laureates”.
/** @type {(signs: Sign[], number: number, grammar: Grammar) => boolean} */
function leads(signs, number, { before }) {
  const [sign, following, noun] = signs.slice(number);
  const previous = signs[number - 1]?.kind ?? "";
  if (is(sign, "prep", "by") && is(following, "noun", "laureate")) return ["verb", "status"].includes(previous);
  if (is(sign, "prep", "for") && is(following, "noun", "laureate")) return ["noun", "head"].includes(previous);
  if (is(sign, "prep", "by") && is(following, "head", "most")) return previous === "verb";
  if (is(following, "head", "who")) return is(sign, "prep", "at") || is(sign, "prep", "for");
  if (sign.kind !== "prep" || !noun) return false;
  return (is(following, "head", "which") || is(following, "head", "count")) && noun.kind === "noun" && (before[sign.value] ?? []).includes(noun.value);
}

// The laureates of which the source does not say something: its outcome, its budget…
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function silence(words, { subject, conditions }) {
  const aspects = words.signs.filter(({ kind }) => kind === "aspect");
  const nouns = words.nouns.filter((noun) => noun !== "laureate" && noun !== "report");
  const fitting = within(words.verbs, "have", "say") && words.values("prep").every((word) => word === "for");
  if (subject || !fitting || !words.only("aspect", "neg", "prep") || !words.act) return [];
  if (aspects.length !== 1 || nouns.length || !words.nouns.includes("laureate")) return [];
  return [frame(words.act, "laureate", { conditions, how: "silent", thing: aspects[0] })];
}

// The laureates that have not so many stars: other numbers of them, as all have some.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function notStars(words, { subject, conditions }) {
  const fitting = within(words.verbs, "have", "award") && list(words.nouns, "laureate") && words.only("neg");
  const [given] = conditions;
  if (!fitting || !words.negatedOnce || !words.act || subject || conditions.length !== 1 || given.sign.kind !== "stars") return [];
  return [frame(words.act, "laureate", { conditions: [{ sign: given.sign, how: words.grammar.opposite[given.how] }] })];
}

// The régions, or départements, in which there is no laureate.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function without(words, { subject, conditions }) {
  const plain = are(words.verbs, "have") && words.only("neg") && words.act === "list" && words.negatedOnce;
  const two = list(words.nouns, "region", "laureate") || list(words.nouns, "departement", "laureate");
  return plain && two && !conditions.length && !subject ? [frame("without", words.nouns[0])] : [];
}

// What is asked of one laureate.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function ofOne(words, { subject, conditions }) {
  const { heads, verbs, statuses, indicators, grammar } = words;
  if (conditions.some(({ sign }) => sign.kind !== "edition")) return [];
  const nouns = words.nouns.filter((noun) => noun !== "laureate" && noun !== "process");
  if (indicators.length) {
    const fits = words.act && within(verbs, "have", "say") && words.only("indicator");
    return indicators.length === 1 && !nouns.length && fits ? [frame(words.act === "whether" ? "whether" : "list", "indicator", { subject, thing: indicators[0] })] : [];
  }
  if (!words.only("status")) return [];
  if (nouns.length === 1 && grammar.ofOne.includes(nouns[0]) && words.act) {
    const [target] = nouns;
    if (!words.leadTo(target, "say") || (statuses.length && (target !== "tool" || statuses.length !== 1))) return [];
    const act = ["stars", "summary"].includes(target) && words.act === "count" ? "list" : words.act;
    const one = act === "list" && grammar.single.includes(target) && !words.plural.get(target);
    return hows(target, verbs, statuses).map((how) => frame(one ? "one" : act, target, { subject, how, thing: statuses[0] ?? null }));
  }
  if (nouns.length || statuses.length) return [];
  if (are(heads, "which") && are(verbs, "treat")) return [frame("list", "theme", { subject })];
  if (are(heads, "which") && are(verbs, "use")) return [frame("list", "tool", { subject, how: "used" })];
  if (within(heads, "who") && are(verbs, "address")) return [frame("list", "audience", { subject })];
  if (are(heads, "who") && are(verbs, "carry")) return [frame("list", "carrier", { subject })];
  if (are(heads, "who") && are(verbs, "partner")) return [frame("list", "partner", { subject })];
  if (are(heads, "where") && within(verbs, "locate", "happen")) return [frame("list", "territory", { subject })];
  return are(heads, "when") && within(verbs, "happen") ? [frame("list", "period", { subject })] : [];
}

// The ways in which a tool may be meant: used, mentioned at all, or of a status.
/** @type {(target: string, verbs: Set<string>, statuses: Sign[]) => string[]} */
function hows(target, verbs, statuses) {
  if (target !== "tool") return [""];
  if (statuses.length) return ["status"];
  return verbs.has("use") ? ["used"] : verbs.has("cite") ? ["any"] : ["used", "any"];
}

// Which has the most of what. Where many are asked for, nobody knows how many.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function ranking(words, { conditions }) {
  const { heads, verbs, nouns, plural, indicators, grammar } = words;
  const [first, second] = nouns;
  const ranked = grammar.ranked.includes(first);
  /** @type {(act: string, target: string, of: string, rest?: Partial<Frame>) => Frame[]} */
  const each = (act, target, of, rest) => hows(of, verbs, []).map((how) => frame(act, target, { conditions, how, ...rest }));
  if (are(heads, "which", "commonest") && nouns.length === 1 && ranked) {
    return !plural.get(first) && words.only() && !verbs.size ? each("most", first, first) : [];
  }
  const act = heads.has("most") ? "most" : "least";
  if (!words.only("indicator") || !within(heads, "which", "list", act) || !heads.has("which")) return [];
  const most = act === "most" && !plural.get(first) && !indicators.length;
  if (nouns.length === 2 && second === "laureate" && ranked && words.leadTo(first)) return most ? each(act, first, first) : [];
  if (nouns.length === 1 && ranked && verbs.size && !verbs.has("have") && words.leadTo(first)) return most ? each(act, first, first) : [];
  if (nouns.length === 2 && first === "laureate" && grammar.ranking.includes(second) && words.leadTo(second, "have")) {
    return !indicators.length && (act === "most" || second === "stars") ? each(act, "laureate", second, { by: second }) : [];
  }
  const counted = list(nouns, "laureate") && words.ofIndicator(act) && within(verbs, "have", "say");
  return counted ? [frame(act, "indicator", { conditions, thing: indicators[0] })] : [];
}

// The average, the sum, the largest or the smallest of numbers that measure the same.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function aggregate(words, { conditions }) {
  const { heads, indicators } = words;
  const [act, ...more] = ["average", "sum", "max", "min"].filter((head) => heads.has(head));
  if (more.length || !within(heads, act, "which", "count", "list") || !words.only("indicator")) return [];
  const nouns = words.nouns.filter((noun) => noun !== "laureate");
  if (!within(words.verbs, "have", "say")) return [];
  if (list(nouns, "stars") && !indicators.length) return [frame(act, "stars", { conditions })];
  if (!nouns.length && words.ofIndicator(act)) return [frame(act, "indicator", { conditions, thing: indicators[0] })];
  const every = !nouns.length && act === "sum" && heads.has("count") && list(words.nouns, "laureate");
  return every ? [frame("count", "laureate", { conditions })] : [];
}

// How many laureates there are of each.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function grouped(words, { conditions }) {
  const after = words.signs[words.signs.findIndex((sign) => is(sign, "prep", "per")) + 1];
  if (after?.kind !== "noun" || !words.grammar.groups.includes(after.value) || words.values("prep").length !== 1) return [];
  const nouns = words.nouns.filter((noun) => noun !== after.value);
  const fits = words.act === "count" && list(nouns, "laureate") && within(words.verbs, "have", "locate") && words.only("prep");
  return fits ? [frame("group", "laureate", { conditions, by: after.value })] : [];
}

// How many, or which, laureates there are; or what these have.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function ofAll(words, { conditions }) {
  const { act, verbs, nouns, statuses, grammar } = words;
  const stars = conditions.some(({ sign }) => sign.kind === "stars");
  if (are(words.heads, "who") && stars && !nouns.length && words.only() && within(verbs, "have", "award")) return [frame("list", "laureate", { conditions })];
  if (!act || !words.only("status")) return [];
  if (list(nouns, "laureate") && words.leadTo("laureate") && !statuses.length) return [frame(act, "laureate", { conditions })];
  const [target] = nouns;
  if (!list(nouns, target, "laureate") && !list(nouns, target)) return [];
  const alone = nouns.length === 1;
  const led = !alone || !within(verbs, "have") || conditions.length || statuses.length;
  if (grammar.places.includes(target) && (alone || !(words.led || verbs.size))) return []; // all that there are, or those with laureates, or that are laureates?
  if (target === "laureate" || !grammar.ofAll.includes(target) || !led || !words.leadTo(target)) return [];
  const kinds = conditions.map(({ sign }) => sign.kind);
  // who uses it, or treats of it: the laureates, or what is asked for?
  if (kinds.includes(target) || (alone && target !== "carrier" && kinds.some((kind) => grammar.doneBy.includes(kind)))) return [];
  if (statuses.length && (target !== "tool" || statuses.length !== 1)) return [];
  return hows(target, verbs, statuses).map((how) => frame(act, target, { conditions, how, thing: statuses[0] ?? null }));
}

// How many, or which, cases there are: those that a source tells of beside the laureates, or who has their prize.
/** @type {(words: Words, reading: QuestionReading) => Frame[]} */
function cases(words, reading) {
  const { act, heads, verbs, nouns, standings } = words;
  if (standings.length > 1 || !words.only("standing") || !words.leadTo("case")) return [];
  const conditions = [...standings.map((sign) => ({ sign, how: "" })), ...reading.conditions];
  if (act && (!nouns.length || list(nouns, "case"))) return [frame(act, "case", { conditions })];
  const who = are(heads, "who") && standings.length && !nouns.length && verbs.size && within(verbs, "have", "award");
  return who ? [frame("list", "case", { conditions })] : [];
}
