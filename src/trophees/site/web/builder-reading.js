// What is built, read back from a query: each triple, filter and group has to be part of it.
import { Offer } from "./builder-offer.js";
import { Unshown, compared, parsed } from "./builder-parsing.js";
/** @import { BuilderLine, BuilderRelation, BuilderState, BuiltGroup, BuiltItem, BuiltQuery, BuiltTriple, BuiltValues } from "./builder-types.js" */

/** @typedef {BuilderLine & { at: number, keys: Map<string, string> }} Found a line, and the variables of what it shows */

class Reading {
  /** @type {Set<BuiltItem>} */
  used = new Set();
  /** @type {Set<string>} */
  languages = new Set();

  /** @param {BuiltQuery} query @param {Offer} offer */
  constructor(query, offer) {
    this.query = query;
    this.offer = offer;
    this.shown = new Set(query.shown.map(({ variable }) => variable));
  }

  // The items of a kind that are not part of anything yet.
  /** @template {BuiltItem["kind"]} K @param {BuiltItem[]} items @param {K} kind @returns {Extract<BuiltItem, { kind: K }>[]} */
  rest(items, kind) {
    return /** @type {any} */ (items.filter((item) => item.kind === kind && !this.used.has(item)));
  }

  /** @param {BuiltItem[]} items @param {string} variable @param {string} lang the language of a text that has one only */
  spoken(items, variable, lang = "") {
    const found = this.rest(items, "filter").find((one) => one.test === "lang" && one.variable === variable);
    if (!found) return false;
    if (lang && found.value !== lang) throw new Unshown(found.at);
    if (!lang) this.languages.add(found.value);
    this.used.add(found);
    return true;
  }

  // What is asked of `subject`, of a kind, in `items`, in the order in which it is written.
  /** @param {BuiltItem[]} items @param {string} subject @param {string} kind @returns {Found[]} */
  lines(items, subject, kind) {
    /** @type {Found[]} */
    const found = [];
    for (const triple of this.rest(items, "triple")) {
      if (this.used.has(triple)) continue;
      const line = this.line(items, triple, subject, kind);
      if (line) found.push(line);
    }
    for (const group of this.rest(items, "minus")) {
      if (!mentions(group, subject)) continue;
      const inner = this.lines(group.items, subject, kind);
      if (inner.length !== 1 || !["is", "any"].includes(inner[0].how) || this.offer.relation(inner[0].relation).sort === "flag" && inner[0].how === "any") throw new Unshown(group.at);
      this.whole(group);
      found.push({ ...inner[0], how: "none", at: group.at });
    }
    for (const group of this.rest(items, "optional")) {
      const triple = this.rest(group.items, "triple").find((one) => [one.subject, one.object].includes(subject));
      if (!triple) continue;
      const line = this.line(group.items, triple, subject, kind);
      if (line?.how !== "any" || line.where.length || !this.offer.hows(line.relation, kind).includes("maybe")) throw new Unshown(group.at);
      this.whole(group);
      found.push({ ...line, how: "maybe", at: group.at });
    }
    return found.sort((one, other) => one.at - other.at);
  }

  // Everything in a group is part of what was read.
  /** @param {BuiltGroup} group */
  whole(group) {
    this.used.add(group);
    for (const item of group.items) if (!this.used.has(item)) throw new Unshown(item.at);
  }

  /** @param {BuiltItem[]} items @param {BuiltTriple} triple @param {string} subject @param {string} kind @returns {Found | null} */
  line(items, triple, subject, kind) {
    const inverse = triple.object === subject && triple.subject !== subject;
    if (triple.subject !== subject && !inverse) return null;
    const known = this.offer.kind(kind)?.relations ?? [];
    const id = inverse ? `^${triple.property}` : triple.property;
    const end = inverse ? triple.subject : triple.object;
    const { at } = triple;
    if (!inverse && end.startsWith("?")) {
      const through = this.through(items, triple, kind);
      if (through) return through;
    }
    if (!known.includes(id) || (inverse && triple.wide)) throw new Unshown(at);
    this.used.add(triple);
    return this.valued(items, { relation: id, how: "any", values: [], wide: triple.wide, show: [], about: [], where: [], at, keys: new Map() }, end);
  }

  // A relation that leads through a fact: all that is said of the fact tells which, or is shown beside.
  /** @param {BuiltItem[]} items @param {BuiltTriple} triple @param {string} kind @returns {Found | null} */
  through(items, triple, kind) {
    const fact = triple.object;
    const said = this.rest(items, "triple").filter((one) => one !== triple && one.subject === fact);
    const known = this.offer.kind(kind)?.relations ?? [];
    if (triple.wide || this.shown.has(fact) || this.rest(items, "values").some(({ variable }) => variable === fact)) return null;
    if (this.rest(items, "minus").some((group) => mentions(group, fact))) return null;
    for (const id of this.offer.through(triple.property)) {
      const relation = this.offer.relation(id);
      const [, beside, leaf] = /** @type {[string, [string, string][], string]} */ (relation.path);
      const told = beside.map(([property, term]) => said.find((one) => one.property === property && one.object === term && !one.wide));
      const value = said.find((one) => one.property === leaf && !told.includes(one));
      if (!known.includes(id) || !value || told.includes(undefined) || said.length !== beside.length + 1) continue;
      const abouts = this.offer.abouts({ relation: id, how: "any", values: [], wide: false, show: [], about: [], where: [] });
      const columns = this.rest(items, "optional").filter((group) => group.items.some((one) => one.kind === "triple" && one.subject === fact));
      if (!columns.every((group) => abouts.includes(ofColumn(group, fact)))) continue;
      for (const one of [triple, value, ...told]) this.used.add(/** @type {BuiltTriple} */ (one));
      /** @type {Found} */
      const line = { relation: id, how: "any", values: [], wide: value.wide, show: [], about: [], where: [], at: triple.at, keys: new Map() };
      for (const group of columns) line.about.push(this.column(group, fact, abouts, line.keys, "about "));
      return this.valued(items, line, value.object);
    }
    return null;
  }

  // How the value of a line is asked for, and what of it is shown.
  /** @param {BuiltItem[]} items @param {Found} line @param {string} end @returns {Found} */
  valued(items, line, end) {
    const relation = this.offer.relation(line.relation);
    const { sort } = relation;
    const { at } = line;
    if (!end.startsWith("?")) {
      if (!["thing", "flag"].includes(sort)) throw new Unshown(at);
      return { ...line, how: "is", values: [end], wide: line.wide };
    }
    if (sort === "thing") return this.thing(items, line, end, relation);
    if (line.wide || sort === "flag") throw new Unshown(at);
    const tests = this.rest(items, "filter").filter((one) => one.variable === end && one.test !== "lang");
    const { how, values } = compared(tests, sort, at);
    if (!["any", ...this.offer.hows(line.relation, "")].includes(how)) throw new Unshown(at);
    for (const one of tests) this.used.add(one);
    if (sort === "prose" && !this.spoken(items, end, relation.lang) && (values.length || this.shown.has(end))) throw new Unshown(at);
    if (this.shown.has(end)) {
      line.show.push("value");
      line.keys.set("value", end);
    }
    return { ...line, how, values };
  }

  /** @param {BuiltItem[]} items @param {Found} line @param {string} end @param {BuilderRelation} relation @returns {Found} */
  thing(items, line, end, relation) {
    const { show, keys, at } = line;
    const wanted = (/** @type {string} */ variable) => this.rest(items, "values").find((one) => one.variable === variable);
    const star = this.rest(items, "triple").find((one) => one.subject === end && one.property === "skos:broader*");
    let { wide } = line;
    /** @type {string[]} */
    let values = [];
    /** @type {BuiltValues | undefined} */
    let list = wanted(end);
    if (star) {
      if (wide || list || !relation.tree) throw new Unshown(star.at);
      this.used.add(star);
      wide = true;
      list = wanted(star.object);
      if (!list && star.object.startsWith("?")) throw new Unshown(star.at);
      if (!list) values = [star.object];
    }
    if (list) {
      this.used.add(list);
      values = list.terms;
    }
    if (wide && !values.length) throw new Unshown(at);
    if (this.shown.has(end)) {
      if (line.wide) throw new Unshown(at); // it is the broader one, not the value
      show.push("iri");
      keys.set("iri", end);
    }
    const name = this.offer.nameOf(relation);
    const columns = this.offer.kind(relation.to)?.columns ?? [];
    for (const group of this.rest(items, "optional")) {
      const property = ofColumn(group, end);
      if (name && property === name) show.push(this.named(group, end, name, keys));
      else if (columns.includes(property)) show.push(this.column(group, end, columns, keys, ""));
    }
    if (line.wide && show.length) throw new Unshown(at);
    const where = relation.to ? this.lines(items, end, relation.to) : [];
    if (values.length && !this.offer.hows(line.relation, "").includes("is")) throw new Unshown(at);
    return { ...line, how: values.length ? "is" : "any", values, wide, where };
  }

  // The name of `subject`, in a group of its own.
  /** @param {BuiltGroup} group @param {string} subject @param {string} property @param {Map<string, string>} keys */
  named(group, subject, property, keys) {
    const [triple] = this.rest(group.items, "triple");
    if (triple?.subject !== subject || triple.property !== property || !this.shown.has(triple.object)) throw new Unshown(group.at);
    this.used.add(triple);
    if (!this.spoken(group.items, triple.object)) throw new Unshown(group.at);
    this.whole(group);
    keys.set("name", triple.object);
    return "name";
  }

  // A property of `subject` that is shown, in a group of its own; by the name of its value, if that has one.
  /** @param {BuiltGroup} group @param {string} subject @param {string[]} columns @param {Map<string, string>} keys @param {string} prefix */
  column(group, subject, columns, keys, prefix) {
    const [first, second] = this.rest(group.items, "triple");
    const id = first?.property ?? "";
    if (first?.subject !== subject || !columns.includes(id) || first.wide) throw new Unshown(group.at);
    const relation = this.offer.relation(id);
    const name = this.offer.nameOf(relation);
    this.used.add(first);
    let variable = first.object;
    if (name) {
      if (second?.subject !== variable || second.property !== name) throw new Unshown(group.at);
      this.used.add(second);
      variable = second.object;
    }
    if ((name || relation.sort === "prose") && !this.spoken(group.items, variable, name ? "" : relation.lang)) throw new Unshown(group.at);
    if (!this.shown.has(variable) && !this.query.order.some((one) => one.variable === variable)) throw new Unshown(group.at);
    this.whole(group);
    keys.set(prefix + id, variable);
    return id;
  }
}

/** @type {(group: BuiltGroup, variable: string) => boolean} */
const mentions = (group, variable) => group.items.some((item) => item.kind === "triple" && [item.subject, item.object].includes(variable));

// The property of a group that says one thing of `subject`.
/** @type {(group: BuiltGroup, subject: string) => string} */
function ofColumn({ items }, subject) {
  const [first] = items;
  return first?.kind === "triple" && first.subject === subject ? first.property : "";
}

// The keys of all that lines show, by variable.
/** @type {(lines: BuilderLine[], at: string, keys: Map<string, string>) => BuilderLine[]} */
function keyed(lines, at, keys) {
  return lines.map((line, number) => {
    const { keys: own = new Map(), at: _, ...plain } = /** @type {Found} */ (line);
    for (const [what, variable] of own) keys.set(variable, `${at}${number} ${what}`);
    return { ...plain, where: keyed(line.where, `${at}${number}.`, keys) };
  });
}

// What `text` builds. Unshown, with the place, if the builder cannot show it.
/** @type {(text: string, offer: Offer, pageLang: string) => BuilderState} */
export function built(text, offer, pageLang) {
  const query = parsed(text, offer.prefixes, (iri) => offer.written(iri));
  const reading = new Reading(query, offer);
  const { items, counted } = query;
  const typed = reading.rest(items, "triple").find(({ property, object }) => property === "a" && offer.kind(object));
  if (!typed?.subject.startsWith("?")) throw new Unshown(typed?.at ?? query.shown[0]?.at ?? 0);
  reading.used.add(typed);
  const [root, kindName] = [typed.subject, typed.object];
  const kind = /** @type {import("./builder-types.js").BuilderKind} */ (offer.kind(kindName));
  if (counted ? counted.variable !== root : !reading.shown.has(root)) throw new Unshown(typed.at);
  /** @type {Map<string, string>} */
  const keys = new Map();
  /** @type {Map<string, string>} */
  const own = new Map();
  const columns = [];
  for (const group of reading.rest(items, "optional")) {
    const property = ofColumn(group, root);
    if (property === kind.name && kind.name && !counted) reading.named(group, root, kind.name, own);
    else if (kind.columns.includes(property)) columns.push(reading.column(group, root, kind.columns, own, "column "));
  }
  const required = reading.rest(items, "triple").find((one) => one.subject === root && one.property === kind.name && reading.shown.has(one.object) && own.get("name") === undefined);
  if (required && !counted && reading.spoken(items, required.object)) {
    reading.used.add(required);
    own.set("name", required.object);
  }
  const found = reading.lines(items, root, kindName);
  for (const item of items) if (!reading.used.has(item)) throw new Unshown(item.at);
  if (!counted && kind.name && !own.has("name")) throw new Unshown(typed.at);
  const where = keyed(found, "", keys);
  for (const [key, variable] of own) keys.set(variable, key);
  keys.set(root, "iri");
  if (counted) keys.set(counted.as, "number");
  for (const { variable, at } of query.shown) if (!keys.has(variable)) throw new Unshown(at);
  if (counted && query.grouped.join(" ") !== query.shown.map(({ variable }) => variable).join(" ")) throw new Unshown(0);
  if (!counted && query.grouped.length) throw new Unshown(0);
  if (reading.languages.size > 1) throw new Unshown(0);
  return {
    kind: kindName,
    mode: counted ? "count" : "list",
    lang: [...reading.languages][0] ?? pageLang,
    distinct: counted ? true : query.distinct,
    columns: columns.filter((id) => reading.shown.has(own.get(`column ${id}`) ?? "")),
    where,
    order: ordered(query, keys, Boolean(kind.name)),
    limit: query.limit,
  };
}

// What the rows are ordered by, if not by name.
/** @type {(query: BuiltQuery, keys: Map<string, string>, isNamed: boolean) => { by: string, desc: boolean } | null} */
function ordered({ order, counted }, keys, isNamed) {
  const [first, ...rest] = order.map(({ variable, desc, at }) => ({ by: keys.get(variable), desc, at }));
  const odd = [first, ...rest].find((one) => one && !one.by) ?? rest.find(({ desc, by }) => desc || (!counted && !["iri", "name"].includes(by ?? "")));
  if (odd) throw new Unshown(odd.at);
  if (!first?.by) return null;
  const usual = counted ? { by: "number", desc: true } : { by: isNamed ? "name" : "iri", desc: false };
  return first.by === usual.by && first.desc === usual.desc ? null : { by: first.by, desc: first.desc };
}
