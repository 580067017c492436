// Which shapes the nodes of one record break (SHACL, section 4): what needs more than that record is not asked.
/** @import { Finding, Known, Rules, Shape, Statement, Value } from "./record-types.js" */
import { named, TYPE } from "./record-reading.js";

const LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
const STRING = "http://www.w3.org/2001/XMLSchema#string";

/** @type {(value: Value) => string} */
const datatypeOf = ({ language, datatype }) => (language ? LANG_STRING : datatype || STRING);
/** @type {(term: string) => string} */
const bare = (term) => term.replace(/^<(.*)>$/s, "$1").replace(/^"(.*)"$/s, "$1");

export class Shapes {
  /**
   * @param {Statement[]} statements
   * @param {Iterable<string>} nodes
   * @param {Rules} rules
   * @param {Known} known
   */
  constructor(statements, nodes, rules, known) {
    this.rules = rules;
    this.known = known;
    this.described = new Set(nodes);
    /** @type {Map<string, Map<string, Map<string, Value>>>} */
    this.said = new Map();
    /** @type {Map<string, Set<string>>} */
    this.led = new Map(); // the objects of each property
    for (const { subject, predicate, object } of statements) {
      let about = this.said.get(subject);
      if (!about) this.said.set(subject, (about = new Map()));
      let values = about.get(predicate);
      if (!values) about.set(predicate, (values = new Map()));
      if (!values.has(object.term)) values.set(object.term, object);
      let objects = this.led.get(predicate);
      if (!objects) this.led.set(predicate, (objects = new Set()));
      if (object.iri) objects.add(object.iri);
    }
    /** @type {Map<string, Set<string>>} */
    this.types = new Map();
  }

  // Each shape that a node of the record breaks.
  /** @type {() => Finding[]} */
  findings() {
    return Object.entries(this.rules.shapes).flatMap(([name, shape]) => this.targets(shape).flatMap((focus) => this.broken(name, focus)));
  }

  /** @type {(shape: Shape) => string[]} */
  targets({ targets }) {
    const found = new Set((targets.targetObjectsOf ?? []).flatMap((predicate) => [...(this.led.get(predicate) ?? [])]));
    const classes = targets.targetClass ?? [];
    if (classes.length) for (const node of this.described) if (classes.some((name) => this.classes(node).has(name))) found.add(node);
    return [...found].filter((node) => this.described.has(node));
  }

  // The classes of a thing, those above them included.
  /** @type {(iri: string) => Set<string>} */
  classes(iri) {
    const made = this.types.get(iri);
    if (made) return made;
    const own = [...this.values(iri, [TYPE]).map((value) => value.iri), ...(this.known.get(iri)?.classes ?? [])];
    const found = new Set(own.flatMap((name) => [name, ...(this.rules.above[name] ?? [])]));
    this.types.set(iri, found);
    return found;
  }

  // Whether a thing that has its record, or is of the reference, is of a class.
  /** @type {(iri: string, name: string) => boolean} */
  isKnownAs(iri, name) {
    return (this.known.get(iri)?.classes ?? []).some((own) => own === name || this.rules.above[own]?.includes(name));
  }

  // The values that a path leads to, each once.
  /** @type {(focus: string, path: string[]) => Value[]} */
  values(focus, [first, ...others]) {
    const found = [...(this.said.get(focus)?.get(first)?.values() ?? [])];
    if (!others.length) return found;
    const further = found.flatMap(({ iri }) => (iri ? this.values(iri, others) : []));
    return [...new Map(further.map((value) => [value.term, value])).values()];
  }

  /** @type {(name: string, focus: string) => Finding[]} */
  broken(name, focus) {
    const shape = this.rules.shapes[name];
    return shape.path ? this.ofKey(name, shape, focus, shape.path) : this.ofNode(name, shape, focus);
  }

  /** @type {(shape: string, focus: string) => boolean} */
  conforms(shape, focus) {
    return !this.broken(shape.slice(shape.indexOf("#") + 1).replace(/>$/, ""), focus).length;
  }

  /** @type {(name: string, shape: Shape, focus: string) => Finding[]} */
  ofNode(name, shape, focus) {
    /** @type {Finding[]} */
    const found = [];
    /** @type {(component: string, path?: string, value?: Value) => void} */
    const add = (component, path = "", value = named(focus)) => found.push({ focus, path, value, shape: name, component });
    const properties = (shape.property ?? []).map((iri) => iri.slice(iri.indexOf("#") + 1));
    if (shape.closed) {
      const allowed = new Set(properties.flatMap((property) => this.rules.shapes[property].path ?? []));
      for (const term of shape.ignoredProperties ?? []) allowed.add(bare(term));
      for (const [predicate, values] of this.said.get(focus) ?? []) {
        if (!allowed.has(predicate)) for (const value of values.values()) add("closed", predicate, value);
      }
    }
    if (shape.or && !shape.or.some((one) => this.conforms(one, focus))) add("or");
    if (shape.xone && shape.xone.filter((one) => this.conforms(one, focus)).length !== 1) add("xone");
    for (const one of shape.not ?? []) if (this.conforms(one, focus)) add("not");
    return [...found, ...properties.flatMap((property) => this.broken(property, focus))];
  }

  /** @type {(name: string, shape: Shape, focus: string, path: string[]) => Finding[]} */
  ofKey(name, shape, focus, path) {
    const values = this.values(focus, path);
    /** @type {Finding[]} */
    const found = [];
    /** @type {(component: string, value?: Value | null) => void} */
    const add = (component, value = null) => found.push({ focus, path: path.length === 1 ? path[0] : "", value, shape: name, component });
    if (values.length < (shape.minCount ?? 0)) add("minCount");
    if (values.length > (shape.maxCount ?? Infinity)) add("maxCount");
    if (shape.uniqueLang) {
      const tags = values.map(({ language }) => language).filter(Boolean);
      if (new Set(tags).size < tags.length) add("uniqueLang");
    }
    if ((shape.hasValue ?? []).some((term) => !values.some((value) => value.term === term))) add("hasValue");
    for (const value of values) for (const component of this.faults(value, shape, focus)) add(component, value);
    return found;
  }

  // Which constraints a value breaks, each by itself.
  /** @type {(value: Value, shape: Shape, focus: string) => string[]} */
  faults(value, shape, focus) {
    const { value: text, iri } = value;
    const length = [...text].length;
    const number = iri ? NaN : Number(text);
    /** @type {(path: string[] | undefined) => Value[]} */
    const others = (path) => (path ?? []).flatMap((one) => this.values(focus, [one]));
    const kinds = (shape.nodeKind ?? []).map((kind) => kind.slice(kind.indexOf("#") + 1).includes(iri ? "IRI" : "Literal"));
    const broken = {
      class: (shape.class ?? []).some((name) => !iri || !this.classes(iri).has(name)),
      datatype: (shape.datatype ?? []).some((name) => iri || datatypeOf(value) !== name),
      nodeKind: kinds.includes(false),
      in: shape.in && !shape.in.includes(value.term),
      languageIn: shape.languageIn && !shape.languageIn.some((term) => bare(term) === value.language),
      pattern: shape.pattern !== undefined && !new RegExp(shape.pattern, "u").test(text),
      minLength: length < (shape.minLength ?? 0),
      maxLength: length > (shape.maxLength ?? Infinity),
      minInclusive: shape.minInclusive !== undefined && !(number >= shape.minInclusive),
      maxInclusive: shape.maxInclusive !== undefined && !(number <= shape.maxInclusive),
      disjoint: others(shape.disjoint).some(({ term }) => term === value.term),
      lessThanOrEquals: others(shape.lessThanOrEquals).some((other) => !(number <= Number(other.value))),
    };
    return Object.entries(broken).flatMap(([component, fault]) => (fault ? [component] : []));
  }
}
