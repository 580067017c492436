// The words and signs of a SPARQL query, each with its place, and the terms among them. The rules are those of
// `trophees/ask/explain/tokens.py` and `reader.py`; a test asks both readers the same.
import { escaped, escapes, typed } from "./query-names.js";
import { words } from "./query-nearest.js";
/** @import { Leaf, QueryToken } from "./query-types.js" */
/** @import { Prefixes } from "./types.js" */

const ESCAPED = String.raw`%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]`;
const W = String.raw`\p{L}\p{N}_`;
const BEGIN = String.raw`[\p{L}\p{Nl}\p{No}]`;
const TOKEN = new RegExp(
  [
    String.raw`(?<space>(?:[ \t\r\n]+|#[^\r\n]*)+)`,
    String.raw`(?<iri><[^<>"{}|^\x60\\\x00-\x20]*>)`,
    `(?<blank>_:[${W}](?:[${W}.·-]*[${W}·-])?)`,
    `(?<name>(?:${BEGIN}(?:[${W}.·-]{0,99}[${W}·-])?)?:(?:(?:[${W}:]|${ESCAPED})(?:(?:[${W}:.·-]|${ESCAPED})*(?:[${W}:·-]|${ESCAPED}))?)?)`,
    `(?<var>[?$][${W}]+)`,
    String.raw`(?<string>"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3}|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}|"(?!"")(?:[^"\\\r\n]|\\.)*"|'(?!'')(?:[^'\\\r\n]|\\.)*')`,
    `(?<open>["'])`,
    `(?<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)`,
    String.raw`(?<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)`,
    `(?<word>${BEGIN}[${W}-]*)`,
    String.raw`(?<sign>\^\^|\|\||&&|!=|<=|>=|<<\(|\)>>|<<|>>|\{\||\|\}|[\]\[(){}.,;=<>!+*/|^?~-])`,
    "(?<odd>.)",
  ].join("|"),
  "gsu",
);
const SPACES = new Set("\u00a0\u202f\u2007\u2009\u3000\ufeff\u200b");
const QUOTES = new Set("“”„«»‘’‚");
/** @type {Record<string, string>} */
const BRACKETS = { "{": "}", "(": ")", "[": "]" };
/** @type {Record<string, string[]>} */
const FOREIGN = { AND: ["&&"], OR: ["||"] };
const ENDING = new Set(["GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"]);
/** @type {Record<string, string>} */
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" };
const WRONG = /^(?:[^\\]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*(\\(?![tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}).)/su; // up to a backslash that means nothing
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/(?:[^\s<>"{}|^`\\[\]/?#]*@)?\[[0-9A-Fa-fv:.]+\])?[^\s<>"{}|^`\\[\]]*$/;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

// Why a query is no SPARQL: the key of a sentence, what stands in it, and where; `near` may be meant.
export class Mistake extends Error {
  /** @param {string} key @param {number} at @param {string[]} near @param {Record<string, unknown>} values */
  constructor(key, at, near = [], values = {}) {
    super(key);
    this.key = key;
    this.at = at;
    this.near = near;
    this.values = values;
  }
}

// The query says what this reader does not read, and an engine may.
export class Beyond extends Error {}

// A compact name with a slash is one token; `prefixes` need no declaration.
/** @type {(text: string, prefixes: Prefixes) => QueryToken[]} */
export function tokens(text, prefixes) {
  /** @type {QueryToken[]} */
  const found = [];
  const long = escapes(text, prefixes);
  for (const { 0: part, index, groups = {} } of escaped(text, prefixes).matchAll(TOKEN)) {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? "";
    const [start, end] = [typed(index, long), typed(index + part.length, long)];
    if (kind !== "space") found.push({ kind, text: text.slice(start, end), start, end });
  }
  const end = text.trimEnd().length;
  return [...found, { kind: "end", text: "", start: end, end }];
}

// The line and the column of a place, both from 1, in characters.
/** @type {(text: string, at: number) => { line: number, column: number }} */
function lineOf(text, at) {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: before.length, column: [...(before.at(-1) ?? "")].length + 1 };
}

const short = (/** @type {string} */ text) => ([...text].length <= 40 ? text : `${[...text].slice(0, 39).join("")}…`);

/** @type {(text: string) => string} */
const unescaped = (text) =>
  text.replace(/\\u([0-9A-Fa-f]{4})|\\U(0010[0-9A-Fa-f]{4}|000[0-9A-Fa-f]{5})/g, (_all, four, eight) => String.fromCodePoint(parseInt(four ?? eight, 16)));

// The tokens of a query from first to last; `prefixes` need no declaration.
export class Reader {
  /** @param {string} text @param {Prefixes} prefixes */
  constructor(text, prefixes) {
    this.text = text;
    this.tokens = tokens(text, prefixes);
    this.at = 0;
    /** @type {Prefixes} */
    this.prefixes = { ...prefixes };
    /** @type {string | null} */
    this.base = null;
    /** @type {string[]} */
    this.tried = [];
    /** @type {QueryToken[]} */
    this.opened = [];
    /** @type {Leaf[]} */
    this.datatypes = [];
    /** @type {Leaf[]} */
    this.calls = [];
    this.made = 0;
  }

  get next() {
    return this.tokens[this.at];
  }

  advance() {
    const token = this.next;
    if (Object.hasOwn(BRACKETS, token.text)) this.opened.push(token);
    else if (Object.values(BRACKETS).includes(token.text)) {
      const last = this.opened.at(-1);
      if (!last || BRACKETS[last.text] !== token.text) this.fail();
      this.opened.pop();
    }
    this.at += 1;
    this.tried = [];
    return token;
  }

  /** @param {string[]} signs */
  sign(...signs) {
    return this.next.kind === "sign" && signs.includes(this.next.text) ? this.advance() : null;
  }

  /** @param {string[]} words */
  isWord(...words) {
    this.tried.push(...words);
    return this.next.kind === "word" && words.includes(this.next.text.toUpperCase());
  }

  /** @param {string[]} words */
  word(...words) {
    return this.isWord(...words) ? this.advance() : null;
  }

  /** @param {string} sign */
  expect(sign) {
    const found = this.sign(sign);
    if (found) return found;
    const token = this.next;
    const foreign = FOREIGN[token.text.toUpperCase()];
    if (["var", "string", "number"].includes(token.kind) || foreign) throw new Mistake("expected", token.start, foreign, { sign, word: token.text });
    return this.fail();
  }

  /** @param {QueryToken} token @returns {never} */
  #unclosed(token) {
    const open = this.opened[this.opened.length - 1];
    throw new Mistake("unclosed", token.start, [], { word: open.text, ...lineOf(this.text, open.start) });
  }

  // Say what is wrong with the next token, by what it is.
  /** @returns {never} */
  fail() {
    const token = this.next;
    const before = this.at ? this.tokens[this.at - 1] : null;
    if (token.kind === "end") {
      if (this.opened.length) this.#unclosed(token);
      throw new Mistake(this.at ? "ended" : "empty", token.start);
    }
    if (token.kind === "open") throw new Mistake("string", token.start);
    const iri = token.text === "<" ? /^<[^<>\r\n]{1,200}>/.exec(this.text.slice(token.start)) : null;
    if (iri) throw new Mistake("iri", token.start, [], { word: iri[0] });
    const closing = Object.values(BRACKETS).includes(token.text) || ENDING.has(token.text.toUpperCase());
    const last = this.opened.at(-1);
    if (closing && last && BRACKETS[last.text] !== token.text) this.#unclosed(token);
    if (token.kind === "odd") {
      const key = SPACES.has(token.text) ? "space" : QUOTES.has(token.text) ? "quotes" : "odd";
      const code = (token.text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      throw new Mistake(key, token.start, [], { word: token.text, code });
    }
    if (["<<", "<<(", "{|", "~"].includes(token.text)) throw new Beyond();
    if (before?.kind === "sign" && before.text === "/" && before.end === token.start) this.#slash(this.at - 1);
    if (token.text === "/" && before?.end === token.start) this.#slash(this.at);
    const near = token.kind === "word" ? words(token.text.toUpperCase(), this.tried) : [];
    throw new Mistake("unexpected", token.start, near, { word: short(token.text) });
  }

  // Say how a slash is written, if the token `at` is one inside of what is meant to be a compact name.
  /** @param {number} at */
  #slash(at) {
    const name = this.tokens[at - 1];
    const rest = /^(?![\p{L}\p{N}_/.-]*:)[\p{L}\p{N}_/.-]*[\p{L}\p{N}_]/u.exec(this.text.slice(this.tokens[at].end));
    if (name?.kind === "name" && name.end === this.tokens[at].start && rest) {
      throw new Mistake("slash", name.start, [], { word: `${name.text}\\/${rest[0].replaceAll("/", "\\/")}` });
    }
  }

  shown() {
    return short(this.next.text);
  }

  // A variable that nobody has named, for a blank node.
  /** @param {QueryToken} token @returns {Leaf} */
  fresh(token) {
    this.made += 1;
    return { term: { type: "var", value: `__${this.made}` }, token };
  }

  isIri() {
    return ["name", "iri"].includes(this.next.kind);
  }

  /** @returns {Leaf} */
  iri() {
    if (!this.isIri()) this.fail();
    const token = this.next;
    const value = token.kind === "iri" ? this.absolute(token) : this.#expanded(token);
    if (!IRI.test(value)) throw new Mistake("iri", token.start, [], { word: token.text });
    this.advance();
    return { term: { type: "iri", value }, token };
  }

  /** @param {QueryToken} token */
  absolute(token) {
    const value = token.text.slice(1, -1);
    if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value)) return value;
    if (this.base === null) throw new Mistake("relative", token.start, [], { word: token.text });
    if (!URL.canParse(value, this.base)) throw new Beyond();
    return new URL(value, this.base).href;
  }

  /** @param {QueryToken} token */
  #expanded(token) {
    const colon = token.text.indexOf(":");
    const prefix = token.text.slice(0, colon);
    const local = token.text.slice(colon + 1).replace(/\\(.)/g, "$1");
    if (!Object.hasOwn(this.prefixes, prefix)) throw new Mistake("prefix", token.start, [], { word: prefix, local });
    return this.prefixes[prefix] + local;
  }

  // The literal that comes next, if one does.
  /** @returns {Leaf | null} */
  literal() {
    const token = this.next;
    if (token.kind === "string") {
      this.advance();
      const [before, word] = WRONG.exec(token.text) ?? [];
      if (before && word) throw new Mistake("backslash", token.start + before.length - word.length, [], { word });
      const size = /^("""|''')/.test(token.text) ? 3 : 1;
      const value = unescaped(token.text.slice(size, -size)).replace(/\\(.)/gs, (all, letter) => ESCAPES[letter] ?? all);
      if (/\p{Surrogate}/u.test(value)) throw new Beyond();
      if (this.next.kind === "language") {
        const { text, end } = this.advance();
        return { term: { type: "literal", value, datatype: `${RDF}langString`, language: text.slice(1).split("--")[0].toLowerCase() }, token: this.#whole(token.start, end) };
      }
      if (this.sign("^^")) {
        const datatype = this.iri();
        if ([`${RDF}langString`, `${RDF}dirLangString`].includes(datatype.term.value)) throw new Beyond();
        this.datatypes.push(datatype);
        return { term: { type: "literal", value, datatype: datatype.term.value, language: "" }, token: this.#whole(token.start, datatype.token.end) };
      }
      return { term: { type: "literal", value, datatype: `${XSD}string`, language: "" }, token };
    }
    const signed = token.kind === "sign" && "+-".includes(token.text) && this.tokens[this.at + 1].kind === "number";
    if (token.kind === "number" || signed) {
      const first = signed ? this.advance() : token;
      const number = this.advance();
      const value = (signed ? first.text : "") + number.text;
      const kind = /e/i.test(value) ? "double" : value.includes(".") ? "decimal" : "integer";
      return { term: { type: "literal", value, datatype: XSD + kind, language: "" }, token: { kind: "literal", text: value, start: first.start, end: number.end } };
    }
    if (token.kind === "word" && ["true", "false"].includes(token.text)) {
      return { term: { type: "literal", value: token.text, datatype: `${XSD}boolean`, language: "" }, token: this.advance() };
    }
    return null;
  }

  /** @param {number} start @param {number} end @returns {QueryToken} */
  #whole(start, end) {
    return { kind: "literal", text: this.text.slice(start, end), start, end };
  }

  /** @returns {Leaf | null} */
  variable() {
    if (this.next.kind !== "var") return null;
    const token = this.advance();
    return { term: { type: "var", value: token.text.slice(1) }, token };
  }
}
