// A query, read by the grammar of SPARQL 1.1 to the first mistake, as `trophees/ask/explain/grammar.py` reads it.
import { CALLED } from "./query-expressions.js";
import { words } from "./query-nearest.js";
import { Paths } from "./query-paths.js";
import { Beyond, Mistake } from "./query-tokens.js";
/** @import { Expression, Group, Item, Leaf, Projected, Query, Reading, Values } from "./query-types.js" */
/** @import { Prefixes } from "./types.js" */

const LONGEST = 20000; // characters of a query that is read
const UPDATES = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"];
const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];

class Grammar extends Paths {
  query() {
    this.#prologue();
    if (this.isWord(...UPDATES)) throw new Mistake("update", this.next.start, [], { word: this.next.text });
    if (!this.isWord(...FORMS)) {
      if (this.next.kind === "word") throw new Mistake("form", this.next.start, words(this.next.text.toUpperCase(), [...FORMS, "PREFIX", "BASE"]), { word: this.next.text });
      this.fail();
    }
    const found = this.#form(false);
    if (this.next.kind !== "end") this.fail();
    return found;
  }

  #prologue() {
    for (;;) {
      if (this.word("BASE")) {
        if (this.next.kind !== "iri") this.fail();
        this.base = this.absolute(this.next);
        this.advance();
      } else if (this.word("PREFIX")) {
        const name = this.next;
        if (name.kind !== "name" || !name.text.endsWith(":")) this.fail();
        this.advance();
        if (this.next.kind !== "iri") this.fail();
        this.prefixes[name.text.slice(0, -1)] = this.absolute(this.next);
        this.advance();
      } else return;
    }
  }

  /** @param {boolean} inner @returns {Query} */
  #form(inner) {
    const form = this.advance().text.toUpperCase();
    /** @type {Query} */
    const found = { kind: "query", form, where: { items: [] }, shown: [], graphs: [], template: [], described: [], grouped: [], others: [], having: [], values: null, prefixes: this.prefixes };
    let star = false;
    if (form === "SELECT") {
      this.word("DISTINCT", "REDUCED");
      if (this.sign("*")) star = true;
      else found.shown = this.#projection();
    } else if (form === "DESCRIBE" && !this.sign("*")) {
      while (["var", "iri", "name"].includes(this.next.kind)) found.described.push(this.variable() ?? this.iri());
      if (!found.described.length) this.fail();
    } else if (form === "CONSTRUCT" && this.sign("{")) {
      found.template = this.triples();
      this.expect("}");
    }
    while (!inner && this.word("FROM")) {
      this.word("NAMED");
      found.graphs.push(this.iri());
    }
    if (form === "CONSTRUCT" && !found.template.length && this.tokens[this.at - 1].text !== "}") {
      if (!this.word("WHERE")) this.fail();
      found.where = this.group();
    } else if (form !== "DESCRIBE" || this.isWord("WHERE") || this.next.text === "{") {
      this.word("WHERE");
      found.where = this.group();
    }
    this.#modifiers(found);
    if (this.word("VALUES")) found.values = this.#values();
    if (star && (found.grouped.length || found.others.some((one) => one.aggregate))) throw new Mistake("star", this.tokens[this.at - 1].start);
    return found;
  }

  #projection() {
    /** @type {Projected[]} */
    const found = [];
    for (;;) {
      const variable = this.variable();
      if (variable) found.push({ variable, value: null });
      else if (this.sign("(")) found.push(this.#as());
      else if (this.next.text === "," && found.length) throw new Mistake("comma", this.next.start);
      else if (found.length) return found;
      else {
        if (CALLED.has(this.next.text.toUpperCase())) throw new Mistake("expected", this.next.start, [], { sign: "(", word: this.next.text });
        this.fail();
      }
    }
  }

  // `… AS ?x)`, after the bracket.
  /** @returns {{ variable: Leaf, value: Expression }} */
  #as() {
    const value = this.expression();
    if (!this.word("AS")) this.fail();
    const variable = this.variable() ?? this.fail();
    this.expect(")");
    return { variable, value };
  }

  /** @param {Query} found */
  #modifiers({ grouped, others, having }) {
    if (this.word("GROUP")) {
      if (!this.word("BY")) this.fail();
      while (this.#beginsCondition()) grouped.push(this.#grouping(others));
      if (!grouped.length) this.fail();
    }
    if (this.word("HAVING")) {
      do having.push(this.constraint());
      while (this.#beginsCondition());
      others.push(...having);
    }
    if (this.word("ORDER")) {
      if (!this.word("BY")) this.fail();
      const count = others.length;
      while (this.#beginsCondition() || this.isWord("ASC", "DESC")) {
        if (this.word("ASC", "DESC")) others.push(this.bracketed());
        else others.push(this.next.kind === "var" ? this.whole(() => this.primary()) : this.constraint());
      }
      if (others.length === count) this.fail();
    }
    const once = new Set(["LIMIT", "OFFSET"]);
    while (this.isWord(...once)) {
      once.delete(this.next.text.toUpperCase());
      this.advance();
      if (this.next.kind !== "number" || !/^\d+$/.test(this.next.text)) this.fail();
      this.advance();
    }
  }

  #beginsCondition() {
    const token = this.next;
    const keyword = this.isWord("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "ASC", "DESC");
    const after = this.tokens[this.at + 1]?.text ?? "";
    const exists = token.kind === "word" && ["EXISTS", "NOT"].includes(token.text.toUpperCase());
    return token.kind === "var" || token.text === "(" || exists || (!keyword && ["word", "name", "iri"].includes(token.kind) && after === "(");
  }

  /** @param {Expression[]} others @returns {Projected} */
  #grouping(others) {
    const plain = this.variable();
    if (plain) return { variable: plain, value: null };
    const start = this.next;
    /** @type {Leaf | null} */
    let name = null;
    /** @type {Expression} */
    let value;
    if (this.sign("(")) {
      value = this.expression();
      if (this.word("AS")) name = this.variable() ?? this.fail();
      this.expect(")");
    } else value = this.constraint();
    others.push(value);
    return { variable: name ?? this.fresh(start), value };
  }

  /** @override @returns {Group} */
  group() {
    this.deeper(1);
    this.expect("{");
    /** @type {Item[]} */
    const items = [];
    if (this.isWord("SELECT")) {
      items.push(this.#form(true));
      this.expect("}");
    } else {
      while (!this.sign("}")) {
        items.push(...this.triples());
        if (this.sign("}")) break;
        items.push(this.#item());
        this.sign(".");
      }
    }
    this.deeper(-1);
    return { items };
  }

  /** @returns {Item} */
  #item() {
    const token = this.next;
    if (this.word("FILTER")) return { kind: "filter", condition: this.constraint() };
    if (this.word("BIND")) {
      this.expect("(");
      return { kind: "bind", ...this.#as() };
    }
    if (this.word("VALUES")) return this.#values();
    if (this.word("OPTIONAL")) return { kind: "optional", groups: [this.group()], name: null };
    if (this.word("MINUS")) return { kind: "minus", groups: [this.group()], name: null };
    if (this.word("GRAPH")) {
      const name = this.variable() ?? this.iri();
      return { kind: "graph", groups: [this.group()], name };
    }
    if (this.word("SERVICE")) {
      this.word("SILENT");
      const name = this.variable() ?? this.iri();
      return { kind: "service", groups: [this.group()], name };
    }
    if (token.text !== "{") return this.fail();
    const groups = [];
    do groups.push(this.group());
    while (this.word("UNION"));
    return { kind: groups.length > 1 ? "union" : "group", groups, name: null };
  }

  /** @returns {Values} */
  #values() {
    const value = () => (this.word("UNDEF") ? null : (this.literal() ?? this.iri()));
    /** @type {(Leaf | null)[][]} */
    const rows = [];
    const variable = this.variable();
    if (variable) {
      this.expect("{");
      while (!this.sign("}")) rows.push([value()]);
      return { kind: "values", variables: [variable], rows };
    }
    this.expect("(");
    /** @type {Leaf[]} */
    const variables = [];
    while (!this.sign(")")) variables.push(this.variable() ?? this.fail());
    this.expect("{");
    while (!this.sign("}")) {
      const { start } = this.expect("(");
      /** @type {(Leaf | null)[]} */
      const row = [];
      while (!this.sign(")")) row.push(value());
      if (row.length !== variables.length) throw new Mistake("rows", start, [], { found: row.length, wanted: variables.length });
      rows.push(row);
    }
    return { kind: "values", variables, rows };
  }
}

// What `text` says. Mistake if it is no query, at its place; Beyond if it is too long, or not of this grammar.
/** @type {(text: string, prefixes: Prefixes) => Reading} */
export function read(text, prefixes) {
  if ([...text].length > LONGEST) throw new Beyond();
  const grammar = new Grammar(text, prefixes);
  const query = grammar.query();
  return { query, datatypes: grammar.datatypes, calls: grammar.calls };
}
