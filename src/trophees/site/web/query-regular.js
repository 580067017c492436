// Regular expressions and replacements of XPath, as the engine (Rust's `regex`) has them. The rules are those of
// `trophees/ask/standard/regular.py`, the table is its own; a test asks both the same.
import { Mistake } from "./query-tokens.js";
import table from "./regular.json" with { type: "json" };

/** @type {{ classes: Record<string, string>, blocks: Record<string, string> }} */
const { classes, blocks } = table;
const SPACE = " \t\n\r";
const SPECIAL = /[\\.+*?()|[\]{}^$#&\-~]/g;

// Why there is none that can be said so; its place is for the query to tell.
/** @type {(key: string, values?: Record<string, unknown>) => Mistake} */
const refused = (key, values = {}) => new Mistake(key, 0, [], values);

// `pattern` with `flags` as the engine reads it without flags, and how many groups it has. What XPath has not, but the
// engine has, stays.
/** @type {(pattern: string, flags: string) => { said: string, groups: number }} */
export function translated(pattern, flags) {
  const unknown = [...flags].filter((flag) => !"smixq".includes(flag)).sort();
  if (unknown.length) throw refused("flag", { word: unknown[0] });
  const ahead = flags.includes("i") ? "(?i)" : "";
  if (flags.includes("q")) return { said: ahead + pattern.replace(SPECIAL, "\\$&"), groups: 0 };
  const reading = new Reading(pattern, flags);
  const lines = ["m", "s"].map((flag) => (flags.includes(flag) ? `(?${flag})` : "")).join("");
  const said = ahead + lines + reading.all();
  return { said, groups: reading.groups };
}

// The replacement `text` as the engine reads it: `$1` is a group, `\$` and `\\` are signs. With so many `groups`, `$12` may
// be the first and a 2; null if it is not known how many there are.
/** @type {(text: string, groups: number | null, flags: string) => string} */
export function replacement(text, groups, flags) {
  if (flags.includes("q")) return text.replaceAll("$", "$$$$");
  return text.replace(/\\(.?)|\$([0-9]*)/gsu, (_all, sign, number) => {
    if (sign !== undefined) {
      if (sign !== "\\" && sign !== "$") throw refused("escape");
      return sign === "$" ? "$$" : "\\";
    }
    if (!number) throw refused("group");
    let size = number.length;
    while (size > 1 && !(groups && Number(number.slice(0, size)) <= groups)) size -= 1;
    return `\${${number.slice(0, size)}}${number.slice(size)}`;
  });
}

class Reading {
  groups = 0;
  #at = 0;
  /** @type {string[]} */
  #signs;
  #spaced;

  /** @param {string} pattern @param {string} flags */
  constructor(pattern, flags) {
    this.#signs = [...pattern];
    this.#spaced = flags.includes("x");
  }

  all() {
    let found = "";
    while (this.#at < this.#signs.length) {
      const sign = this.#signs[this.#at];
      if (sign === "\\") found += this.#escape();
      else if (sign === "[") found += this.#class();
      else {
        this.#at += 1;
        if (sign === "(" && this.#signs[this.#at] !== "?") this.groups += 1;
        if (!(this.#spaced && SPACE.includes(sign))) found += sign;
      }
    }
    return found;
  }

  #escape() {
    const known = /^\\([pP])\{([^}]*)\}/.exec(this.#signs.slice(this.#at, this.#at + 100).join(""));
    if (known) {
      this.#at += [...known[0]].length;
      return property(known[1], known[2]);
    }
    const sign = this.#signs[this.#at + 1] ?? "";
    this.#at += 2;
    if (/^[\p{Nd}²³¹]$/u.test(sign)) throw refused("back", { word: sign });
    return Object.hasOwn(classes, sign) ? classes[sign] : `\\${sign}`;
  }

  // A class of characters, from its bracket to the one that closes it.
  /** @returns {string} */
  #class() {
    const start = this.#at;
    this.#at += 1;
    const negated = this.#signs[this.#at] === "^" ? "^" : "";
    this.#at += negated.length;
    let items = "";
    for (let first = true; ; first = false) {
      if (this.#at >= this.#signs.length) throw refused("bracket", { n: start + 1 });
      if (this.#signs[this.#at] === "]" && !first) {
        this.#at += 1;
        return `[${negated}${items}]`;
      }
      if (this.#signs[this.#at] === "-" && this.#signs[this.#at + 1] === "[" && !first) {
        this.#at += 1;
        const taken = this.#class();
        if (this.#signs[this.#at] !== "]") throw refused("subtracted");
        this.#at += 1;
        return `[[${negated}${items}]--${taken}]`;
      }
      items += this.#item();
    }
  }

  // A character, a range of them or a class, in a class.
  #item() {
    const low = this.#character();
    if (low.length > 2 && /^(?:\[|\\p|\\P)/.test(low)) return low;
    const next = this.#signs[this.#at + 1];
    if (this.#signs[this.#at] === "-" && next !== undefined && next !== "]" && next !== "[") {
      this.#at += 1;
      return `${low}-${this.#character()}`;
    }
    return low;
  }

  #character() {
    if (this.#signs[this.#at] === "\\") return this.#escape();
    this.#at += 1;
    return this.#signs[this.#at - 1].replace(SPECIAL, "\\$&");
  }
}

/** @type {(kind: string, name: string) => string} */
function property(kind, name) {
  if (!name.startsWith("Is")) return `\\${kind}{${name}}`;
  const key = name.slice(2).replace(/[ _-]/g, "").toLowerCase();
  if (!Object.hasOwn(blocks, key)) throw refused("block", { word: `\\${kind}{${name}}` });
  const [first, last] = blocks[key].split("-");
  return `[${kind === "P" ? "^" : ""}\\x{${first}}-\\x{${last}}]`;
}
