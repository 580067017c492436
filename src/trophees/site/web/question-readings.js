// The ways to read a question: its things as conditions of laureates, or one as the laureate that is asked of, as
// `trophees/ask/words/frames.py` has them. No word is left over.
/** @import { Condition, QuestionReading, Said, Sign, Token, WordsData } from "./question-types.js" */
/** @import { Lexicon } from "./question-lexicon.js" */

/** @typedef {{ token: Token, signs: Sign[] }[]} Parts */

// The words that are no sign of anything.
/** @type {(lexicon: Lexicon, words: Token[]) => Token[]} */
export function unknown(lexicon, words) {
  const stems = words.map(({ stem }) => stem);
  let known = 0; // up to where the words before are
  return words.filter((_, place) => {
    known = Math.max(known, place + (lexicon.at(stems, place)[0]?.length ?? 0));
    return known <= place;
  });
}

// The ways to take `words` in which each thing is led to by words that fit it: first where the names are longest. Where
// they are shorter in one place, the readings are others, which are meant only if those before are none.
/** @type {(lexicon: Lexicon, words: Token[], data: WordsData) => Generator<QuestionReading[]>} */
export function* readings(lexicon, words, { limits, links, following }) {
  let left = limits.ways;
  let tried = 0;
  for (const parts of divided(lexicon, words)) {
    tried += 1;
    if (tried > limits.parts) return;
    /** @type {Said[][]} */
    let ways = [[]];
    for (const { token, signs } of parts) {
      ways = ways.flatMap((way) => signs.map((sign) => [...way, { sign, token }]));
      if (ways.length > left) return;
    }
    left -= ways.length;
    yield ways.flatMap((way) => {
      const joined = withoutAnd(led(way, following).filter(({ sign }) => sign.kind !== "filler"));
      return joined ? bound(joined, links) : [];
    });
  }
}

// The words as names and expressions, each with what it is a sign of; the longest first.
/** @type {(lexicon: Lexicon, words: Token[]) => Generator<Parts>} */
function divided(lexicon, words) {
  const stems = words.map(({ stem }) => stem);
  /** @type {{ length: number, signs: Sign[] }[][]} */
  const ends = words.map(() => []); // of each place, what leads to the end
  for (let place = words.length - 1; place >= 0; place -= 1) {
    ends[place] = lexicon.at(stems, place).filter(({ length }) => place + length === words.length || ends[place + length].length);
  }
  /** @type {(place: number) => Generator<Parts>} */
  function* after(place) {
    if (place === words.length) {
      yield [];
      return;
    }
    for (const { length, signs } of ends[place]) {
      for (const rest of after(place + length)) yield [{ token: words[place], signs }, ...rest];
    }
  }
  return after(0);
}

// `way` with what follows a thing before it, as what leads to it is: “3 stars or more”, “online tools”.
/** @type {(way: Said[], following: WordsData["following"]) => Said[]} */
function led(way, following) {
  /** @type {Said[]} */
  const found = [];
  for (const one of way) {
    const { sign, token } = one;
    const last = found.at(-1)?.sign.kind ?? "";
    if (sign.kind === "after" && last === "stars") found.splice(-1, 0, { sign: { ...sign, kind: "compare" }, token });
    else if (sign.kind === "noun" && sign.value === following[last] && (last === "tool" || !token.plural)) found.splice(-1, 0, one);
    else found.push(one);
  }
  return found;
}

// `way` without “and” between two conditions; null if it joins anything else, as nobody knows what that means.
/** @type {(way: Said[]) => Said[] | null} */
function withoutAnd(way) {
  const stray = way.some(({ sign }, number) => sign.kind === "and" && !["prep", "verb"].includes(way[number + 1]?.sign.kind));
  return stray ? null : way.filter(({ sign }) => sign.kind !== "and");
}

// `way` with its things taken as conditions, or one of them as the laureate that is asked of.
/** @type {(way: Said[], links: WordsData["links"]) => QuestionReading[]} */
function bound(way, links) {
  /** @type {Said[]} */
  const rest = [];
  /** @type {Condition[][]} */
  const conditions = [];
  /** @type {Sign | null} */
  let subject = null;
  for (const [number, one] of way.entries()) {
    const { sign } = one;
    if (!Object.hasOwn(links, sign.kind)) {
      rest.push(one);
      continue;
    }
    const [allowed, needed] = links[sign.kind];
    /** @type {string[]} */
    const link = [];
    let compare = "";
    for (let last = rest.at(-1)?.sign; last && (allowed.includes(last.value) || (sign.kind === "stars" && last.kind === "compare")); last = rest.at(-1)?.sign) {
      rest.pop();
      if (last.kind === "compare") {
        if (compare) return []; // at least so many, and at most?
        compare = last.value;
      }
      link.push(last.value);
    }
    if (needed.length && !needed.some((word) => link.includes(word))) {
      const following = way[number + 1];
      const fits = following && needed.includes(following.sign.value) && ["carry", "use", "plan", "treat", "address", "have"].includes(following.sign.value);
      if (!fits || !rest.some(({ sign: { value } }) => value === "laureate")) return [];
      return bound([...way.slice(0, number), following, one, ...way.slice(number + 2)], links);
    }
    const before = number > link.length ? way[number - link.length - 1].sign.kind : "";
    const only = link.length > 0 && link.every((word) => word === "of");
    if (only && Object.hasOwn(links, before) && before !== "edition" && before !== "stars") return []; // of that thing, or in that place?
    if (sign.kind !== "laureate") {
      const ways = meanings(sign, link, compare);
      if (!ways.length) return [];
      conditions.push(ways);
    } else if (subject) return [];
    else subject = sign;
  }
  const kinds = conditions.map(([{ sign }]) => sign.kind);
  if (new Set(kinds).size !== kinds.length) return []; // both, or one of them? nobody knows
  return product(conditions).map((chosen) => ({ rest, conditions: chosen, subject }));
}

/** @type {(sign: Sign, link: string[], compare: string) => Condition[]} */
function meanings(sign, link, compare) {
  if (sign.kind === "stars") return [{ sign, how: compare || "=" }];
  if (sign.kind === "departement-code") return [{ sign: { ...sign, kind: "departement" }, how: "" }];
  if (sign.kind === "tool") {
    if (link.includes("plan")) return ["use", "turn", "cite"].some((verb) => link.includes(verb)) ? [] : [{ sign, how: "planned" }];
    if (link.includes("use")) return [{ sign, how: "used" }];
    return link.includes("cite") ? [{ sign, how: "any" }] : [{ sign, how: "used" }, { sign, how: "any" }];
  }
  if (sign.kind === "organisation") return [{ sign, how: link.includes("partner") ? "partner" : "carrier" }];
  return [{ sign, how: "" }];
}

/** @type {(conditions: Condition[][]) => Condition[][]} */
const product = (conditions) => conditions.reduce((found, ways) => found.flatMap((one) => ways.map((way) => [...one, way])), /** @type {Condition[][]} */ ([[]]));
