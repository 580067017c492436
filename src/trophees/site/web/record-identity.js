// How the nodes of a record are called, as `trophees/source/identity.py` has it.
/** @import { MapNode, Place, RecordNode, Rules, Term } from "./record-types.js" */
/** @import { Context } from "./record-context.js" */
/** @import { Refusals } from "./record-refusals.js" */

const NUMBER = /^(.*-)([1-9][0-9]{0,99})$/s;
const CONCEPT = /^([a-z]+(?:-[a-z]+)*)\/[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

// What `id` says in a mapping.
/** @type {(mapping: MapNode) => RecordNode | undefined} */
const givenId = (mapping) => mapping.pairs.find(([key]) => key.kind === "scalar" && key.value === "id")?.[1];

// Every text that is an `id` in `node`.
/** @type {(node: RecordNode) => string[]} */
function names(node) {
  if (node.kind === "scalar") return [];
  if (node.kind === "list") return node.items.flatMap(names);
  const given = givenId(node);
  return [...(given?.kind === "scalar" ? [given.value] : []), ...node.pairs.flatMap(([key, value]) => [...names(key), ...names(value)])];
}

// The greatest number that follows each beginning in `iris`.
/** @type {(iris: Iterable<string>) => Map<string, bigint>} */
export function highest(iris) {
  /** @type {Map<string, bigint>} */
  const found = new Map();
  for (const iri of iris) {
    const match = NUMBER.exec(iri);
    if (match && BigInt(match[2]) > (found.get(match[1]) ?? 0n)) found.set(match[1], BigInt(match[2]));
  }
  return found;
}

export class Identities {
  /**
   * @param {string} iri
   * @param {Rules} rules
   * @param {Context} context
   * @param {Refusals} refusals
   */
  constructor(iri, rules, context, refusals) {
    this.iri = iri;
    this.rules = rules;
    this.context = context;
    this.refusals = refusals;
    this.folder = ""; // of the concepts that the record defines
    /** @type {Map<string, bigint>} */
    this.greatest = new Map();
    /** @type {Map<string, MapNode>} */
    this.nodes = new Map(); // each node that the record describes
    /** @type {Map<string, Place>} */
    this.named = new Map();
    /** @type {{ iri: string, node: MapNode }[]} */
    this.unnamed = [];
  }

  // Note the names that the record gives; refuse a record whose `id` is not the IRI of its file.
  /** @type {(root: MapNode) => void} */
  root(root) {
    this.greatest = highest(names(root).map((text) => this.context.expand(text, false)));
    const name = this.context.compact(this.iri);
    const given = givenId(root);
    if (given?.kind !== "scalar") this.refusals.refuse({ line: 1, column: 1, path: ["id"] }, "id", { name });
    else if (this.context.expand(given.value, false) !== this.iri) this.refusals.refuse(given, "id.path", { name, value: given.value });
  }

  // The IRI of each mapping among `items`, the values of a property of `subject`; null where there is none.
  /** @type {(items: RecordNode[], subject: string, term: Term) => (string | null)[]} */
  children(items, subject, term) {
    const prefix = `${subject}${subject.includes("#") ? "-" : "#"}${term.iri.replace(/^.*[#/]/, "")}-`;
    let number = this.greatest.get(prefix) ?? 0n;
    return items.map((item) => {
      if (item.kind !== "map") return null;
      const given = givenId(item);
      if (given) return this.nameOf(given, subject, term);
      number += 1n;
      this.unnamed.push({ iri: `${prefix}${number}`, node: item });
      return `${prefix}${number}`;
    });
  }

  // The IRI that `given` gives to a node under `subject`; null, and a refusal, if that is not its own.
  /** @type {(given: RecordNode, subject: string, term: Term) => string | null} */
  nameOf(given, subject, term) {
    const text = given.kind === "scalar" ? given.value : "…";
    const iri = this.context.expand(text, false);
    if (term.reverse) {
      const right = iri.startsWith(this.rules.base) ? CONCEPT.exec(iri.slice(this.rules.base.length)) : null;
      if (right && !this.rules.kinds.includes(right[1]) && ["", right[1]].includes(this.folder)) {
        this.folder = right[1];
        this.once(given, iri);
        return iri;
      }
      this.refusals.refuse(given, "id.concept", { value: text });
      return null;
    }
    const own = `${this.iri}#`;
    if (iri.startsWith(own) && /^[A-Za-z][A-Za-z0-9-]*$/.test(iri.slice(own.length))) return this.once(given, iri);
    const start = this.context.compact(`${subject}${subject.includes("#") ? "-" : "#"}`);
    this.refusals.refuse(given, "id.inside", { start, value: text });
    return null;
  }

  // The node `iri`; null, and a refusal, if something else in the record is called so.
  /** @type {(given: RecordNode, iri: string) => string | null} */
  once(given, iri) {
    const other = this.named.get(iri) ?? this.nodes.get(iri);
    if (!other) {
      this.named.set(iri, given);
      return iri;
    }
    this.refusals.refuse(given, "id.once", { name: this.context.compact(iri), line: other.line });
    return null;
  }
}
