// What the builder offers, by its names: kinds of things, their relations, and how a value may be asked for.
/** @import { BuilderKind, BuilderLine, BuilderModel, BuilderRelation, BuilderState, How } from "./builder-types.js" */
/** @import { Prefixes } from "./types.js" */

const LABEL = "skos:prefLabel";
/** @type {Record<string, How[]>} */
const HOWS = {
  thing: ["is", "any", "none", "maybe"],
  number: ["=", "<=", ">=", "<", ">", "between", "any", "none", "maybe"],
  date: ["<=", ">=", "between", "any", "none", "maybe"],
  year: ["=", "<=", ">=", "between", "any", "none", "maybe"],
  flag: ["is", "none"],
  prose: ["contains", "begins", "any", "none", "maybe"],
  text: ["contains", "begins", "=", "any", "none", "maybe"],
  address: ["any", "none", "maybe"],
};
/** @type {Record<How, number>} */
const VALUES = { is: 1, any: 0, none: 0, maybe: 0, "=": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, between: 2, contains: 1, begins: 1 };

export class Offer {
  /** @type {Map<string, string>} */
  #written = new Map();
  /** @type {Map<string, string[]>} */
  #through = new Map();

  /** @param {BuilderModel} model @param {Prefixes} prefixes */
  constructor(model, prefixes) {
    this.model = model;
    this.prefixes = prefixes;
    const terms = Object.values(model.relations).flatMap(({ path }) => [path[0].replace("^", ""), path[2] ?? path[0].replace("^", ""), ...(path[1] ?? []).flat()]);
    for (const name of [...model.lists.flat(), ...Object.keys(model.kinds), ...terms]) {
      if (/^[a-z-]*:/.test(name)) this.#written.set(this.expanded(name), name);
    }
    for (const [id, { path }] of Object.entries(model.relations)) {
      if (path.length === 3) this.#through.set(path[0], [...(this.#through.get(path[0]) ?? []), id]);
    }
  }

  /** @type {(id: string) => BuilderRelation} */
  relation(id) {
    return this.model.relations[id];
  }

  /** @type {(name: string) => BuilderKind | undefined} */
  kind(name) {
    return Object.hasOwn(this.model.kinds, name) ? this.model.kinds[name] : undefined;
  }

  // The relations that lead through the fact of a property, those that say most of it first.
  /** @type {(via: string) => string[]} */
  through(via) {
    const beside = (/** @type {string} */ id) => this.relation(id).path[1]?.length ?? 0;
    return [...(this.#through.get(via) ?? [])].sort((one, other) => beside(other) - beside(one));
  }

  /** @type {(name: string) => string} */
  expanded(name) {
    if (name.startsWith("<")) return name.slice(1, -1);
    const colon = name.indexOf(":");
    return this.prefixes[name.slice(0, colon)] + name.slice(colon + 1).replace(/\\(.)/g, "$1");
  }

  // An IRI as the model writes it.
  /** @type {(iri: string) => string} */
  written(iri) {
    return this.#written.get(iri) ?? `<${iri}>`;
  }

  // The property that names what a relation leads to; empty if nothing does.
  /** @type {(relation: BuilderRelation) => string} */
  nameOf({ sort, to, list }) {
    if (sort !== "thing") return "";
    return to ? (this.kind(to)?.name ?? "") : list === undefined ? "" : LABEL;
  }

  // The kind of the facts that a relation leads through.
  /** @type {(relation: BuilderRelation) => string} */
  factOf({ path }) {
    return path.length === 3 ? this.relation(path[0]).to : "";
  }

  // How the values of a relation may be asked for by what has it.
  /** @type {(id: string, kind: string) => How[]} */
  hows(id, kind) {
    const { sort, list, typed, path } = this.relation(id);
    const isColumn = this.kind(kind)?.columns.includes(id) || this.kind(kind)?.name === id;
    const listed = list !== undefined || typed;
    return HOWS[sort].filter((how) => !(how === "is" && sort === "thing" && !listed) && !(how === "maybe" && (isColumn || path.length === 3)));
  }

  // How many values such a condition takes; of things there may be more.
  /** @type {(how: How) => number} */
  static size(how) {
    return VALUES[how];
  }

  // What may be shown of the value of a line.
  /** @type {(line: BuilderLine) => string[]} */
  shows({ relation: id, how }) {
    const relation = this.relation(id);
    if (how === "none") return [];
    if (relation.sort === "flag") return [];
    if (relation.sort !== "thing") return ["value"];
    return ["iri", ...(this.nameOf(relation) ? ["name"] : []), ...(this.kind(relation.to)?.columns ?? [])];
  }

  // What may be shown of the fact that a line leads through.
  /** @type {(line: BuilderLine) => string[]} */
  abouts({ relation: id, how }) {
    const relation = this.relation(id);
    if (how === "none" || relation.path.length < 3) return [];
    const told = new Set([...(relation.path[1] ?? []).map(([property]) => property), relation.path[2]]);
    return (this.kind(this.factOf(relation))?.columns ?? []).filter((name) => !told.has(name));
  }

  // A new line of a relation, asked for in the first way.
  /** @type {(id: string, kind: string) => BuilderLine} */
  line(id, kind) {
    const { sort, tree, list } = this.relation(id);
    const [how] = this.hows(id, kind);
    const first = sort === "flag" ? "true" : how === "is" && list !== undefined ? this.model.lists[list][0] : "";
    const values = Array.from({ length: Offer.size(how) }, () => first);
    return { relation: id, how, values, wide: Boolean(tree) && how === "is", show: [], about: [], where: [] };
  }

  /** @type {(kind: string, lang: string) => BuilderState} */
  begun(kind, lang) {
    return { kind, mode: "list", lang, distinct: true, columns: [], where: [], order: null, limit: null };
  }
}
