// What the page says of a place: its laureates by group, each with its reasons; which places may be meant.
import { node } from "./elements.js";
import { fill, wording } from "./words.js";
/** @import { Kinded, NearGroup, NearProcess, PlaceAsked, PlaceProposed, PlaceTold } from "./near-types.js" */
/** @import { Messages } from "./types.js" */
/** @import { Table } from "./take-table.js" */

const SHOWN = 6; // of a group, at first

// `address` is that of the answer for a place; `placeless` is how many laureates have no place, `unplaced` where they are named.
/** @type {(messages: Messages, lang: string, root: string, address: (place: Kinded) => string, placeless?: number, unplaced?: string) => Telling} */
export const telling = (messages, lang, root, address, placeless = 0, unplaced = "") => new Telling(messages, lang, root, address, placeless, unplaced);

class Telling {
  /**
   * @param {Messages} messages
   * @param {string} lang
   * @param {string} root
   * @param {(place: Kinded) => string} address
   * @param {number} placeless
   * @param {string} unplaced
   */
  constructor(messages, lang, root, address, placeless, unplaced) {
    this.words = wording(messages, lang);
    this.lang = lang;
    this.root = root;
    this.address = address;
    this.placeless = placeless;
    this.unplaced = unplaced;
  }

  /** @type {(place: Kinded) => string} */
  #kind({ kind }) {
    return this.words[`kind.${kind}`];
  }

  /** @type {(place: Kinded) => string} */
  title({ name }) {
    return fill(this.words.titled, { name });
  }

  // What tells the place from others of its name.
  /** @type {(place: Kinded & { county: string, inhabitants: number }) => string} */
  #about(place) {
    const { words } = this;
    const kind = place.kind === "commune" ? "" : this.#kind(place);
    return [kind, place.county, place.code, place.inhabitants ? words.count("inhabitants", place.inhabitants) : ""].filter(Boolean).join(" · ");
  }

  /** @type {(place: PlaceProposed) => HTMLElement} */
  proposed(place) {
    return node("li", { "data-href": this.address(place) }, node("span", { class: "search-label" }, this.#name(place)), node("span", { class: "search-kind" }, this.#about(place)));
  }

  /** @type {(count: number) => string} */
  counted(count) {
    return count ? this.words.count("proposed", count) : this.words.no_proposal;
  }

  // The name that a proposal is told by.
  /** @type {(place: Kinded & { former?: string }) => string} */
  #name({ name, former }) {
    return former ? fill(this.words.now, { former, name }) : name;
  }

  /** @type {(places: (PlaceTold | PlaceProposed)[]) => HTMLElement} */
  #links(places) {
    return node("ul", { class: "near-choice" }, ...places.map((place) => node("li", {}, node("a", { href: this.address(place) }, this.#name(place)), " ", node("small", {}, this.#about(place)))));
  }

  // Which of several places is meant, or what is like what nobody understands.
  /** @type {(text: string, found: PlaceAsked) => HTMLElement[]} */
  choice(text, { why, places, others, near }) {
    const { words } = this;
    const reason = why[/** @type {"fr" | "en"} */ (this.lang)];
    if (places.length) return [node("h2", {}, fill(words.which, { text })), node("p", {}, words.which_text), this.#links([...places, ...others])];
    const head = [node("h2", {}, fill(words.unknown, { text })), node("p", {}, `${reason[0].toUpperCase()}${reason.slice(1)}.`)];
    return near.length ? [...head, node("p", {}, words.near_names), this.#links(near)] : [...head, node("p", {}, words.no_near_name)];
  }

  // Other territories that bear the name.
  /** @type {(others: PlaceTold[]) => HTMLElement[]} */
  others(others) {
    return [node("nav", { class: "near-others", "aria-label": this.words.others }, node("p", {}, this.words.others), this.#links(others))];
  }

  /** @type {(place: PlaceTold, groups: NearGroup[]) => HTMLElement[]} */
  near(place, groups) {
    const { words } = this;
    const lies = place.within.filter(({ kind }) => kind !== "arrondissement").map(({ name }) => name);
    const head = node("div", { class: "near-head" }, node("h2", {}, place.name), node("p", { class: "muted" }, [place.kind === "commune" ? "" : this.#kind(place), ...lies, place.inhabitants ? words.count("inhabitants", place.inhabitants) : ""].filter(Boolean).join(" · ")));
    const count = groups.filter(({ why }) => why === "here" || why === "within").reduce((sum, { laureates }) => sum + laureates, 0);
    const here = groups[0].laureates;
    const sum = here ? words.count("here", here) : count ? words.count("around", count) : words.none_around;
    const empty = groups.filter((group) => !group.processes.length && group.place).map(({ place: one }) => /** @type {Kinded} */ (one));
    const shown = groups.filter((group) => group.processes.length);
    return [
      head,
      node("p", { class: "lede" }, fill(sum, { name: place.name })),
      ...shown.map((group) => this.#group(place, group)),
      ...(empty.length ? [node("p", { class: "muted" }, fill(words.empty, { places: empty.map((one) => `${one.name} (${this.#kind(one)})`).join(", ") }))] : []),
      node("p", { class: "muted small" }, words.measured),
      ...(this.placeless ? [node("p", { class: "muted small" }, words.count("placeless", this.placeless), " ", node("a", { href: this.unplaced }, words.unplaced))] : []),
    ];
  }

  /** @type {(place: PlaceTold, group: NearGroup) => HTMLElement} */
  #group(place, group) {
    const { words } = this;
    const title = this.#heading(place, group);
    const items = group.processes.map((one) => this.#process(one, group));
    const list = node("ul", { class: "near-list" }, ...items.slice(0, SHOWN));
    const made = node("section", { class: "near-group" }, node("h3", {}, title, " ", node("span", { class: "count" }, words.number(group.count))), list);
    if (items.length > SHOWN) made.append(node("details", {}, node("summary", {}, words.count("more", items.length - SHOWN)), node("ul", { class: "near-list" }, ...items.slice(SHOWN))));
    if (group.count > items.length) made.append(node("p", { class: "muted small" }, words.count("beyond", group.count - items.length)));
    return made;
  }

  /** @type {(place: PlaceTold, group: NearGroup) => string} */
  #heading(place, { why, place: wider, band }) {
    const [low, high] = (band ?? [0, 0]).map((size) => this.words.number(size));
    const key = why === "within" ? `group.${wider?.kind}` : why === "size" ? `group.size.${place.kind}` : `group.${why}`;
    return fill(this.words[key], { name: wider?.name ?? "", low, high });
  }

  // What is told of a place as a table: a row for each process, whatever is folded.
  /** @type {(place: PlaceTold, groups: NearGroup[]) => Table} */
  table(place, groups) {
    const { words } = this;
    const columns = ["group", "process", "stars", "standing", "edition", "carriers", "territory", "inhabitants", "distance", "reasons", "address"];
    const rows = groups.flatMap((group) => group.processes.map((one) => {
      const { process, name, inhabitants, distance, holds } = one;
      const far = holds || distance === null ? "" : Math.round(distance);
      const reasons = this.reasons(one, group).join(" | ");
      const address = new URL(this.root + process.path, location.href).href;
      return [this.#heading(place, group), process.label, process.stars || "", process.standing, process.edition, process.carriers, name, inhabitants || "", far, reasons, address];
    }));
    return { columns: columns.map((key) => ({ name: words[`column.${key}`], number: ["stars", "inhabitants", "distance"].includes(key) })), rows };
  }

  /** @type {(one: NearProcess, group: NearGroup) => HTMLElement} */
  #process(one, group) {
    const { words } = this;
    const { process } = one;
    const link = node("a", { href: this.root + process.path, ...(process.lang ? { lang: process.lang } : {}) }, process.label);
    const made = node("li", {}, node("p", { class: "near-name" }, link));
    const about = [process.carriers, process.edition].filter(Boolean).join(" · ");
    if (process.standing) made.firstElementChild?.append(" ", node("span", { class: "tag" }, process.standing));
    if (process.stars) made.firstElementChild?.append(" ", node("span", { class: "stars", role: "img", "aria-label": words.count("stars", process.stars) }, "★".repeat(process.stars)));
    if (about) made.append(node("p", { class: "small muted" }, about));
    made.append(node("p", { class: "near-reasons" }, this.reasons(one, group).join(" · ")));
    return made;
  }

  // Why a process is told: how far, how many inhabitants, what both have in common.
  /** @type {(one: NearProcess, group: NearGroup) => string[]} */
  reasons({ kind, name, inhabitants, distance, holds, shared, sameCarrier }, group) {
    const { words } = this;
    const wide = !kind.startsWith("commune") && kind !== "arrondissement-municipal";
    const way = holds || distance === null ? "" : distance < 1 ? words.very_near : fill(words[wide ? "far_wide" : "far"], { n: words.number(Math.round(distance)) });
    const called = kind === "arrondissement" ? `${name} (${this.#kind({ kind, code: "", name })})` : name;
    const size = inhabitants ? fill(words.of_inhabitants, { name, size: words.count("inhabitants", inhabitants) }) : called;
    const both = !shared ? "" : holds ? words[`own.${shared.kind}`] : words[`same.${shared.kind}`];
    const carrier = sameCarrier ? words[`carrier.${sameCarrier}`] : "";
    return [way, size, both ?? "", group.why === "size" ? words.same_size : "", carrier].filter(Boolean);
  }
}
