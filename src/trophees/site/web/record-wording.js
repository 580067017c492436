// The sentence of a finding, as `trophees/check/wording.py` has it.
/** @import { Finding, Known, Rules, Value } from "./record-types.js" */
/** @import { Both } from "./types.js" */
/** @import { Context } from "./record-context.js" */
/** @import { Shapes } from "./record-shapes.js" */
import { compare, nearest } from "./record-nearest.js";
import { brief, didYouMean, filled, joined } from "./record-sentences.js";

export class Wording {
  /**
   * @param {Rules} rules
   * @param {Context} context
   * @param {Known} known
   */
  constructor(rules, context, known) {
    this.rules = rules;
    this.context = context;
    this.known = known;
    this.said = rules.sentences.found;
  }

  // The sentence of `finding`; `values` are those that its path has.
  /** @type {(finding: Finding, values: Value[], shapes: Shapes) => Both} */
  say(finding, values, shapes) {
    if (finding.component === "closed") return this.unknownKey(finding);
    const { message, name } = this.rules.shapes[finding.shape];
    if (!finding.path) return message;
    const key = this.context.termFor(finding.path);
    /** @type {(lang: "fr" | "en") => string} */
    const head = (lang) => (name ? `${key === null || name[lang] === key ? name[lang] : `${key} (${name[lang]})`} — ` : "");
    return joined({ fr: head("fr"), en: head("en") }, message, this.found(finding, values, shapes));
  }

  // What is there instead of what is expected.
  /** @type {(finding: Finding, values: Value[], shapes: Shapes) => Both} */
  found(finding, values, shapes) {
    const { value, component, path } = finding;
    if (component === "uniqueLang") {
      const tags = values.map(({ language }) => language).filter(Boolean);
      const more = [...new Set(tags)].sort(compare).map((language) => ({ language, count: tags.filter((tag) => tag === language).length }));
      const told = more.filter(({ count }) => count > 1).map((one) => filled(this.said["values-in"], one));
      return { fr: ` ; ${told.map(({ fr }) => fr).join(", ")}`, en: `; ${told.map(({ en }) => en).join(", ")}` };
    }
    if (!value) return values.length ? filled(this.said[values.length > 1 ? "many" : "one"], { count: values.length }) : this.said.missing;
    const { base, naming } = this.rules;
    const inside = value.iri.startsWith(base) && !value.iri.startsWith(`${base}ontology`) && value.iri.includes("#");
    if (inside && !naming.includes(path)) return this.said.inside;
    return joined(filled(this.said.value, { value: this.shown(value, path) }), didYouMean(this.right(finding, value, shapes), this.rules));
  }

  /** @type {(finding: Finding) => Both} */
  unknownKey({ path, shape }) {
    const { shapes, vocabulary } = this.rules;
    const prefix = [...this.context.prefixes].findLast(([, namespace]) => namespace === path)?.[0];
    const key = this.context.termFor(path) ?? prefix ?? (path.startsWith(vocabulary) ? path.slice(vocabulary.length) : path);
    const keys = (shapes[shape].property ?? []).flatMap((iri) => {
      const [first] = shapes[iri.slice(iri.indexOf("#") + 1)].path ?? [];
      return this.context.termFor(first) ?? [];
    });
    return joined(filled(this.said["unknown-key"], { key: brief(key) }), didYouMean(nearest(key, keys), this.rules));
  }

  // `value` as a record writes it under the key of `path`.
  /** @type {(value: Value, path: string) => string} */
  shown(value, path) {
    if (!value.iri) return brief(value.value);
    const vocab = this.context.terms.get(this.context.termFor(path) ?? "")?.type === "@vocab";
    const short = this.context.compact(value.iri, vocab).replace(/^tp:/, "");
    return brief(short.startsWith(this.rules.base) ? short.slice(this.rules.base.length) : short);
  }

  // The accepted value that the one found most resembles, unless only digits tell them apart.
  /** @type {(finding: Finding, value: Value, shapes: Shapes) => string | null} */
  right({ shape, path }, value, shapes) {
    if (!value.iri) return null;
    const { class: wanted = [], in: listed = [] } = this.rules.shapes[shape];
    const accepted = wanted.length ? [...this.known.keys()].filter((iri) => wanted.some((name) => shapes.isKnownAs(iri, name))) : [];
    for (const term of listed) if (term.startsWith("<")) accepted.push(term.slice(1, -1));
    const shown = this.shown(value, path);
    const near = nearest(shown, accepted.map((iri) => this.shown({ ...value, iri }, path)), 0.7);
    return near && near.replace(/[0-9]/g, "") !== shown.replace(/[0-9]/g, "") ? near : null;
  }
}
