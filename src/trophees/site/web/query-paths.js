// The triple patterns of a query, with its property paths (SPARQL 1.1, rules 75 to 106), as
// `trophees/ask/explain/paths.py` reads them.
import { Expressions } from "./query-expressions.js";
import { Mistake } from "./query-tokens.js";
/** @import { Leaf, Path, Pattern } from "./query-types.js" */

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

export class Paths extends Expressions {
  // The patterns that come next, as many as there are.
  triples() {
    /** @type {Pattern[]} */
    const found = [];
    const begins = () => this.beginsTerm() || ["(", "["].includes(this.next.text);
    while (begins()) {
      this.#sameSubject(found);
      if (this.sign(".")) continue;
      if (begins()) throw new Mistake("dot", this.next.start, [], { word: this.shown() });
      break;
    }
    return found;
  }

  beginsTerm() {
    const { kind, text } = this.next;
    return ["var", "iri", "name", "blank", "string", "number"].includes(kind) || (kind === "word" && ["true", "false"].includes(text));
  }

  /** @param {Pattern[]} found */
  #sameSubject(found) {
    const alone = ["(", "["].includes(this.next.text) && ![")", "]"].includes(this.tokens[this.at + 1].text);
    const subject = this.#node(found);
    if (alone && !this.#beginsVerb()) return; // [ … ] may stand alone, [] may not
    this.#properties(subject, found);
  }

  #beginsVerb() {
    return ["var", "iri", "name"].includes(this.next.kind) || ["a", "^", "!", "("].includes(this.next.text);
  }

  /** @param {Leaf} subject @param {Pattern[]} found */
  #properties(subject, found) {
    for (;;) {
      if (!this.#beginsVerb()) this.fail();
      const variable = this.variable();
      const path = variable ? /** @type {Path} */ ({ kind: "step", steps: [], leaf: variable }) : this.#alternatives();
      if (!(this.beginsTerm() || ["(", "[", "-", "+"].includes(this.next.text))) this.fail();
      do this.#joined(subject, path, this.#node(found), found);
      while (this.sign(","));
      if (this.next.text === "/") this.fail();
      if (!this.sign(";")) return;
      while (this.sign(";"));
      if (!this.#beginsVerb()) return;
    }
  }

  /** @returns {Path} */
  #alternatives() {
    this.deeper(1);
    const steps = [];
    do steps.push(this.#sequence());
    while (this.sign("|"));
    this.deeper(-1);
    return steps.length === 1 ? steps[0] : { kind: "other", steps, leaf: null };
  }

  /** @returns {Path} */
  #sequence() {
    const steps = [];
    do steps.push(this.#element());
    while (this.sign("/"));
    return steps.length === 1 ? steps[0] : { kind: "sequence", steps, leaf: null };
  }

  /** @returns {Path} */
  #element() {
    return this.sign("^") ? { kind: "inverse", steps: [this.#repeated()], leaf: null } : this.#repeated();
  }

  /** @returns {Path} */
  #repeated() {
    const found = this.#step();
    return this.sign("*", "+", "?") ? { kind: "other", steps: [found], leaf: null } : found;
  }

  /** @returns {Path} */
  #step() {
    if (this.sign("(")) {
      const found = this.#alternatives();
      this.expect(")");
      return found;
    }
    if (!this.sign("!")) return this.#name();
    const negated = () => {
      this.sign("^");
      return this.#name();
    };
    if (!this.sign("(")) return { kind: "other", steps: [negated()], leaf: null };
    const steps = this.next.text === ")" ? [] : [negated()];
    while (this.sign("|")) steps.push(negated());
    this.expect(")");
    return { kind: "other", steps, leaf: null };
  }

  /** @returns {Path} */
  #name() {
    const isA = this.next.kind === "word" && this.next.text === "a";
    return { kind: "step", steps: [], leaf: isA ? { term: { type: "iri", value: TYPE }, token: this.advance() } : this.iri() };
  }

  // The patterns that `path` between two terms stands for.
  /** @param {Leaf} subject @param {Path} path @param {Leaf} object @param {Pattern[]} found */
  #joined(subject, path, object, found) {
    if (path.leaf) found.push({ kind: "pattern", subject, predicate: path.leaf, object, names: path.leaf.term.type === "var" ? [] : [path.leaf] });
    else if (path.kind === "inverse") this.#joined(object, path.steps[0], subject, found);
    else if (path.kind === "sequence") {
      let from = subject;
      for (const [number, step] of path.steps.entries()) {
        const between = number === path.steps.length - 1 ? object : this.fresh(namesOf(step).at(-1)?.token ?? object.token);
        this.#joined(from, step, between, found);
        from = between;
      }
    } else found.push({ kind: "pattern", subject, predicate: null, object, names: namesOf(path) });
  }

  // A term of a pattern; what a collection or [ … ] says besides is added to `found`.
  /** @param {Pattern[]} found @returns {Leaf} */
  #node(found) {
    const token = this.next;
    const leaf = this.variable() ?? this.literal();
    if (leaf) return leaf;
    if (token.kind === "blank") {
      this.advance();
      return { term: { type: "var", value: `__${token.text.slice(2).replace(/[.·-]/g, "_")}_` }, token };
    }
    if (token.text !== "[" && token.text !== "(") return this.iri();
    this.deeper(1);
    this.advance();
    const made = this.fresh(token);
    if (token.text === "[") {
      if (this.next.text !== "]") this.#properties(made, found);
      this.expect("]");
    } else {
      while (!this.sign(")")) {
        const member = this.#node(found);
        found.push({ kind: "pattern", subject: made, predicate: null, object: member, names: [] });
      }
    }
    this.deeper(-1);
    return made;
  }
}

/** @type {(path: Path) => Leaf[]} */
const namesOf = (path) => (path.leaf ? [path.leaf] : path.steps.flatMap(namesOf));
