// Walks through the builder of queries as a reader may, by a seed, and reads each query back. Reads {web, model, prefixes,
// titles, walks, seed, states, texts} from its input; writes what was built, what is read of `texts`, and what `states` write.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { web, model, prefixes, titles, walks, seed, states, texts } = JSON.parse(await text(process.stdin));
const load = (/** @type {string} */ name) => import(pathToFileURL(`${web}/${name}`).href);
const { Offer } = await load("builder-offer.js");
const { composed } = await load("builder-writing.js");
const { built } = await load("builder-reading.js");
const offer = new Offer(model, prefixes);
const [hows, size] = [(/** @type {string} */ id, /** @type {string} */ kind) => offer.hows(id, kind), Offer.size];

let state = seed;
// A number from 0 to below 1 (mulberry32).
function chance() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}
/** @template T @param {T[]} from */
const one = (from) => from[Math.floor(chance() * from.length)];
/** @template T @param {T[]} from */
const some = (from, part = 0.2) => from.filter(() => chance() < part);

/** @type {Record<string, () => string>} */
const typed = {
  number: () => one(["1", "10", "2000", "10000", "0.5", "-3"]),
  date: () => one(["2019-01-01", "2020-06-30"]),
  year: () => one(["2016", "2019", "2021"]),
  prose: () => one(["jeu", "l’", 'a "b" \\ c', "é", "budget"]),
  text: () => one(["1", "mairie", "20", "#x"]),
};

// As a query has them: what is asked, what there must not be, what there may be.
/** @param {any[]} lines */
const inOrder = (lines) => [...lines.filter(({ how }) => !["none", "maybe"].includes(how)), ...lines.filter(({ how }) => how === "none"), ...lines.filter(({ how }) => how === "maybe")];

/** @param {string} kind @param {number} depth @returns {any} */
function line(kind, depth) {
  const { relations } = model.kinds[kind];
  const id = one(relations);
  const { sort, list, tree, to } = offer.relation(id);
  const listed = list === undefined ? [] : model.lists[list];
  const how = one(hows(id, kind).filter((/** @type {string} */ how) => how !== "is" || sort !== "thing" || listed.length));
  /** @type {string[]} */
  const values = [];
  if (sort === "flag") values.push(one(["true", "false"]));
  else if (sort === "thing") {
    if (how === "is" || (how === "none" && listed.length && chance() < 0.5)) values.push(...new Set([one(listed), ...(chance() < 0.3 ? [one(listed)] : [])]));
  } else for (let number = size(how); number; number -= 1) values.push(typed[sort]());
  const found = { relation: id, how, values: values.filter(Boolean), wide: Boolean(tree) && values.length > 0 && chance() < 0.6, show: /** @type {string[]} */ ([]), about: /** @type {string[]} */ ([]), where: /** @type {any[]} */ ([]) };
  found.show = some(offer.shows(found), how === "maybe" ? 1 : 0.25).slice(0, 3);
  found.about = some(offer.abouts(found));
  const nests = to && model.kinds[to] && ["any", "none"].includes(how) && !values.length && depth < 2;
  if (nests) found.where = inOrder(some([0, 1], 0.5).map(() => line(to, depth + 1)));
  return found;
}

function walk() {
  const kind = one([...Object.keys(model.kinds), "tp:Laureate", "tp:Process", "tp:Laureate", "tp:Organisation"]);
  const found = offer.begun(kind, one(["fr", "en"]));
  found.where = inOrder(some([0, 1, 2, 3], 0.5).map(() => line(kind, 0)));
  found.columns = some(model.kinds[kind].columns);
  if (chance() < 0.25) found.mode = "count";
  else found.distinct = chance() < 0.9;
  if (chance() < 0.3) found.limit = 1 + Math.floor(chance() * 50);
  const { columns } = composed(found, offer, "fr", titles);
  const by = [...columns.map((/** @type {any} */ { key }) => key), ...(found.mode === "list" ? model.kinds[kind].columns.map((/** @type {string} */ id) => `column ${id}`) : [])];
  const usual = found.mode === "count" ? ["number"] : ["iri", "name"];
  if (by.length && chance() < 0.4) found.order = { by: one(by), desc: chance() < 0.5 };
  if (usual.includes(found.order?.by ?? "")) found.order = null;
  return found;
}

/** @param {string} query */
function reread(query, lang = "fr") {
  try {
    return built(query, offer, lang);
  } catch (error) {
    if (/** @type {any} */ (error).message !== "unshown") throw error;
    return { unshown: /** @type {any} */ (error).at };
  }
}

const found = [];
for (let number = 0; number < walks; number += 1) {
  const first = walk();
  const { text: query } = composed(first, offer, "fr", titles);
  const read = reread(query, first.lang);
  const again = "unshown" in read ? null : composed(read, offer, "fr", titles);
  found.push({ first, query, counting: again?.counting, read, again: again?.text, twice: again && reread(again.text, first.lang) });
}
const written = states.map((/** @type {any} */ one) => composed({ ...offer.begun(one.kind, "fr"), ...one }, offer, "fr", titles));
process.stdout.write(JSON.stringify({ walks: found, texts: texts.map(reread), written }));
