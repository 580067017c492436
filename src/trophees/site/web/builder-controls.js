// The controls of the builder: native fields with their labels, made anew with each change; the one in use keeps the focus.
import { isWhole } from "./builder-writing.js";
import { group, labelled, option, select } from "./builder-fields.js";
import { Offer } from "./builder-offer.js";
import { fold } from "./folding.js";
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { BuilderColumn, BuilderLine, BuilderState, How } from "./builder-types.js" */
/** @import { Names } from "./playground-types.js" */
/** @import { Words } from "./types.js" */

const LISTED = 300; // values that a list to choose from has; more are typed
const INDENT = "\u2003";

/** @import { Option } from "./builder-fields.js" */

export class Controls {
  /** @type {Offer} */
  #offer;
  /** @type {BuilderState} */
  #state;
  #labels;
  #open = new Set();

  /**
   * @param {HTMLElement} host
   * @param {{ words: Words, lang: "fr" | "en", names: Names, change: (state: BuilderState, shown?: boolean) => void }} page
   */
  constructor(host, { words, lang, names, change }) {
    this.host = host;
    this.words = words;
    this.lang = lang;
    this.change = change;
    this.names = names;
    this.#labels = new Map(names.entities.map(([name, label]) => [name, label]));
    this.#offer = /** @type {any} */ (undefined);
    this.#state = /** @type {any} */ (undefined);
  }

  // A query that cannot be shown is left alone; another one can be begun.
  /** @param {Offer} offer @param {() => void} begin */
  begin(offer, begin) {
    this.#offer = offer;
    const button = node("button", { type: "button", class: "quiet", "data-at": "begin" }, this.words.begin);
    button.onclick = begin;
    this.host.replaceChildren(button);
  }

  /** @param {BuilderState} state @param {Offer} offer @param {BuilderColumn[]} columns */
  show(state, offer, columns) {
    const focused = document.activeElement?.getAttribute("data-at");
    this.#offer = offer;
    this.#state = state;
    const { words, lang } = this;
    const kind = /** @type {import("./builder-types.js").BuilderKind} */ (offer.kind(state.kind));
    const kinds = offer.model.groups.map(([fr, en, names]) => group({ fr, en }[lang], names.map((name) => /** @type {Option} */ ([name, offer.kind(name)?.[lang] ?? name])), state.kind));
    this.host.replaceChildren(
      labelled("kind", words.kind, select("kind", kinds, (value) => this.change(offer.begun(value, state.lang)))),
      ...this.#lines(state.where, state.kind, ""),
      this.#answer(kind, columns),
    );
    const again = focused && [...this.host.querySelectorAll("[data-at]")].find((one) => one.getAttribute("data-at") === focused);
    if (again instanceof HTMLElement) again.focus();
    else if (focused) /** @type {HTMLElement | null} */ (this.host.querySelector('[data-at="add "]'))?.focus();
  }

  #again(shown = true) {
    this.change(this.#state, shown);
  }

  /** @param {BuilderLine[]} lines @param {string} kind @param {string} at @param {string} title @returns {HTMLElement[]} */
  #lines(lines, kind, at, title = "") {
    const { words, lang } = this;
    const add = node("button", { type: "button", class: "quiet", "data-at": `add ${at}` }, title ? fill(words.add_of, { name: title }) : words.add);
    add.onclick = () => {
      const { relations } = this.#offer.model.kinds[kind];
      const first = ["tp:usesTool", "tp:organisationKind"].find((id) => relations.includes(id)) ?? relations[0];
      lines.push(this.#offer.line(first, kind));
      this.#again();
      /** @type {HTMLElement | null} */ (this.host.querySelector(`[data-at="relation ${at}${lines.length - 1}"]`))?.focus();
    };
    const items = lines.map((line, number) => this.#line(line, lines, kind, `${at}${number}`));
    return [...(items.length ? [node("ol", { class: "builder-lines", "aria-label": title ? fill(words.conditions_of, { name: title }) : words.conditions, lang }, ...items)] : []), add];
  }

  /** @param {BuilderLine} line @param {BuilderLine[]} lines @param {string} kind @param {string} at @returns {HTMLElement} */
  #line(line, lines, kind, at) {
    const { words, lang } = this;
    const offer = this.#offer;
    const relation = offer.relation(line.relation);
    const number = at.split(".").map((part) => Number(part) + 1).join(".");
    const named = (/** @type {string} */ label) => fill(words.of_condition, { label, n: number });
    const hows = offer.hows(line.relation, kind);
    const remove = node("button", { type: "button", class: "quiet", "data-at": `remove ${at}` }, fill(words.remove, { n: number }));
    remove.onclick = () => {
      lines.splice(lines.indexOf(line), 1);
      this.#again();
    };
    const fields = [
      labelled(`relation ${at}`, named(words.relation), select(`relation ${at}`, this.#relations(kind, line.relation), (value) => {
        Object.assign(line, offer.line(value, kind));
        this.#again();
      })),
      labelled(`how ${at}`, named(words.how), select(`how ${at}`, hows.map((how) => option([how, words[`how_${how}`]], line.how)), (value) => {
        line.how = /** @type {How} */ (value);
        if (relation.sort === "thing") line.values = value === "is" ? offer.line(line.relation, kind).values : [];
        else line.values = Array.from({ length: relation.sort === "flag" ? 1 : Offer.size(line.how) }, (_, place) => line.values[place] ?? "");
        line.wide = Boolean(relation.tree) && line.values.length > 0;
        if (value === "none" || value === "maybe") Object.assign(line, { show: value === "maybe" ? offer.shows(line).slice(0, 1) : [], about: [], where: value === "maybe" ? [] : line.where });
        this.#again();
      })),
      ...this.#values(line, at, named),
      remove,
    ];
    const nests = relation.sort === "thing" && relation.to && ["any", "none"].includes(line.how) && !line.values.length && offer.kind(relation.to);
    return node("li", {}, node("div", { class: "builder-line" }, ...fields), ...this.#shows(line, at, number), ...(nests ? this.#lines(line.where, relation.to, `${at}.`, relation[lang]) : []));
  }

  /** @param {string} kind @param {string} chosen */
  #relations(kind, chosen) {
    const { words, lang } = this;
    const offer = this.#offer;
    const { relations } = offer.model.kinds[kind];
    /** @type {Map<string, Option[]>} */
    const groups = new Map(["things", "facts", "figures", "dates", "texts", "turned"].map((name) => [name, []]));
    for (const id of relations) {
      const { sort, path, to } = offer.relation(id);
      const isFact = sort === "thing" && to && !offer.nameOf(offer.relation(id));
      const dated = sort === "date" || sort === "year" || path[0] === "tp:period";
      const name = id.startsWith("^") ? "turned" : isFact ? "facts" : sort === "thing" ? "things" : dated ? "dates" : sort === "number" ? "figures" : "texts";
      groups.get(name)?.push([id, offer.relation(id)[lang]]);
    }
    return [...groups].filter(([, options]) => options.length).map(([name, options]) => group(words[`group_${name}`], options.sort((one, other) => one[1].localeCompare(other[1], lang)), chosen));
  }

  /** @param {BuilderLine} line @param {string} at @param {(label: string) => string} named */
  #values(line, at, named) {
    const { words } = this;
    const { sort, list, typed, tree } = this.#offer.relation(line.relation);
    const value = (/** @type {number} */ place) => `value ${at} ${place}`;
    if (sort === "flag") {
      const options = ["true", "false"].map((one) => option([one, words[one === "true" ? "yes" : "no"]], line.values[0]));
      return [labelled(value(0), named(words.value), select(value(0), options, (one) => {
        line.values = [one];
        this.#again();
      }))];
    }
    if (sort !== "thing") {
      return line.values.map((one, place) => {
        const type = sort === "date" ? "date" : "text";
        const input = node("input", { type, value: one, "data-at": value(place), inputmode: sort === "number" ? "decimal" : sort === "year" ? "numeric" : null, autocomplete: "off" });
        input.oninput = () => {
          line.values[place] = sort === "number" ? input.value.replace(/\s/g, "").replace(",", ".") : input.value;
          input.setAttribute("aria-invalid", String(!isWhole(line, this.#offer)));
          this.#again(false);
        };
        return labelled(value(place), named(place ? words.second : words.value), input);
      });
    }
    const things = list === undefined ? (typed ? this.#typed(line) : []) : this.#things(this.#offer.model.lists[list], Boolean(tree));
    if (!things.length || !["is", "none"].includes(line.how)) return [];
    const fields = line.values.map((one, place) => labelled(value(place), named(place ? words.or : words.value), this.#thing(value(place), things, one, (chosen) => {
      if (chosen) line.values[place] = chosen;
      else line.values.splice(place, 1);
      this.#again();
    }, line.how === "none" || line.values.length > 1)));
    const add = node("button", { type: "button", class: "quiet", "data-at": `or ${at}` }, named(line.values.length ? words.or_more : words.add_value));
    add.onclick = () => {
      const next = things.find(([name]) => !line.values.includes(name));
      if (next) line.values.push(next[0]);
      line.where = [];
      this.#again();
      /** @type {HTMLElement | null} */ (this.host.querySelector(`[data-at="${value(line.values.length - 1)}"]`))?.focus();
    };
    const wide = tree && line.values.length ? [this.#check(`wide ${at}`, words.wide, line.wide, (is) => {
      line.wide = is;
    })] : [];
    return [...fields, add, ...wide];
  }

  // What has more values than a list may have: all that the page knows of that kind.
  /** @param {BuilderLine} line @returns {Option[]} */
  #typed({ relation }) {
    const kind = this.#offer.relation(relation).to.replace(/^.*:/, "").toLowerCase();
    return this.names.entities.flatMap(([name, label, of]) => (of === kind ? [/** @type {Option} */ ([name, label])] : []));
  }

  // Things by their names; those of a tree each under what it is a part of.
  /** @param {string[]} names @param {boolean} isTree @returns {Option[]} */
  #things(names, isTree) {
    const label = (/** @type {string} */ name) => this.#labels.get(name) ?? name;
    const compare = (/** @type {string} */ one, /** @type {string} */ other) => label(one).localeCompare(label(other), this.lang);
    const twice = new Set(names.map(label).filter((one, at, all) => all.indexOf(one) !== at));
    const shown = (/** @type {string} */ name) => (twice.has(label(name)) ? `${label(name)} (${name.replace(/^.*:/, "").replaceAll("\\", "")})` : label(name));
    if (!isTree) return names.toSorted(compare).map((name) => [name, shown(name)]);
    const { broader } = this.#offer.model;
    const among = new Set(names);
    /** @type {(above: string, depth: number) => Option[]} */
    const under = (above, depth) => names.filter((name) => (among.has(broader[name]) ? broader[name] : "") === above).toSorted(compare)
      .flatMap((name) => [/** @type {Option} */ ([name, INDENT.repeat(depth) + shown(name)]), ...under(name, depth + 1)]);
    return under("", 0);
  }

  // A list to choose from; of many things, a field with what it may hold.
  /** @param {string} at @param {Option[]} things @param {string} chosen @param {(value: string) => void} change @param {boolean} canGo */
  #thing(at, things, chosen, change, canGo) {
    const none = canGo ? [option(["", this.words.no_value], chosen)] : [];
    if (things.length <= LISTED) return select(at, [...none, ...things.map((one) => option(one, chosen))], change);
    const list = node("datalist", { id: `pg-builder-list-${at.replaceAll(/[ .]/g, "-")}` }, ...things.map(([, label]) => node("option", { value: label.trim() })));
    const input = node("input", { type: "text", "data-at": at, list: list.id, value: things.find(([name]) => name === chosen)?.[1].trim() ?? "", autocomplete: "off" });
    input.onchange = () => {
      const found = things.find(([, label]) => fold(label.trim()) === fold(input.value.trim()));
      input.setAttribute("aria-invalid", String(!found && input.value !== ""));
      if (found || !input.value) change(found?.[0] ?? "");
    };
    input.append(list);
    return input;
  }

  // What of a value, and of the fact that leads to it, is shown.
  /** @param {BuilderLine} line @param {string} at @param {string} number */
  #shows(line, at, number) {
    const { words } = this;
    const offer = this.#offer;
    const [shows, abouts] = [offer.shows(line), offer.abouts(line)];
    if (!shows.length && !abouts.length) return [];
    const label = (/** @type {string} */ what) => (["iri", "name", "value"].includes(what) ? words[`show_${what}`] : offer.relation(what)[this.lang]);
    const ticks = (/** @type {"show" | "about"} */ which, /** @type {string[]} */ all) => all.map((what) => this.#check(`${which} ${at} ${what}`, label(what), line[which].includes(what), (is) => {
      line[which] = all.filter((one) => (one === what ? is : line[which].includes(one)));
    }));
    const chosen = line.show.length + line.about.length;
    return [this.#folded(`shown ${at}`, fill(words.show, { n: number }) + (chosen ? ` (${chosen})` : ""), ...ticks("show", shows), ...(abouts.length ? [node("p", { class: "pg-note" }, words.about), ...ticks("about", abouts)] : []))];
  }

  // What of the things is shown, and how the answer is laid out.
  /** @param {import("./builder-types.js").BuilderKind} kind @param {BuilderColumn[]} columns */
  #answer(kind, columns) {
    const { words, lang } = this;
    const offer = this.#offer;
    const state = this.#state;
    const label = (/** @type {string} */ id) => offer.relation(id)[lang];
    const ticks = kind.columns.map((id) => this.#check(`column ${id}`, label(id), state.columns.includes(id), (is) => {
      state.columns = kind.columns.filter((one) => (one === id ? is : state.columns.includes(one)));
    }));
    const modes = ["list", "count"].map((mode) => option([mode, words[`mode_${mode}`]], state.mode));
    const titled = columns.map(({ key, title }) => /** @type {Option} */ ([key, title]));
    const others = state.mode === "list" ? kind.columns.filter((id) => !state.columns.includes(id)).map((id) => /** @type {Option} */ ([`column ${id}`, label(id)])) : [];
    const order = [["", words.order_usual], ...titled, ...others].map((one) => option(/** @type {Option} */ (one), state.order?.by ?? ""));
    const limit = node("input", { type: "number", min: "1", step: "1", value: state.limit === null ? "" : String(state.limit), "data-at": "limit" });
    limit.oninput = () => {
      state.limit = /^[1-9]\d{0,8}$/.test(limit.value) ? Number(limit.value) : null;
      this.#again(false);
    };
    return node("div", { class: "builder-answer" },
      this.#folded("columns", fill(words.columns, { name: kind[lang] }) + (state.columns.length ? ` (${state.columns.length})` : ""), ...ticks),
      node("div", { class: "builder-line" },
        labelled("mode", words.mode, select("mode", modes, (value) => this.change({ ...state, mode: value === "count" ? "count" : "list", distinct: true, order: null }))),
        labelled("order", words.order, select("order", order, (by) => this.change({ ...state, order: by ? { by, desc: state.order?.desc ?? false } : null }))),
        ...(state.order ? [this.#check("desc", words.desc, state.order.desc, (is) => {
          if (state.order) state.order.desc = is;
        })] : []),
        labelled("limit", words.limit, limit),
        ...(state.mode === "list" ? [this.#check("distinct", words.distinct, state.distinct, (is) => {
          state.distinct = is;
        })] : [])));
  }

  // fields

  /** @param {string} at @param {string} title @param {HTMLElement[]} inside */
  #folded(at, title, ...inside) {
    const made = node("details", { open: this.#open.has(at) }, node("summary", { "data-at": at }, title), node("div", { class: "builder-ticks" }, ...inside));
    made.ontoggle = () => (made.open ? this.#open.add(at) : this.#open.delete(at));
    return made;
  }

  /** @param {string} at @param {string} label @param {boolean} is @param {(is: boolean) => void} change */
  #check(at, label, is, change) {
    const input = node("input", { type: "checkbox", "data-at": at, checked: is });
    input.onchange = () => {
      change(input.checked);
      this.#again();
    };
    return node("label", { class: "builder-check" }, input, ` ${label}`);
  }
}
