// Which columns of a table tell of a territory: what their headers and contents say. By the rules of
// `trophees/places/columns.py` and `beside.py`; a test asks both the same.
import { plain, told } from "./place-headers.js";
import { day } from "./place-day.js";
/** @import { Linking } from "./place-link.js" */
/** @import { AskedPlace } from "./place-types.js" */

export const ROLES = /** @type {const} */ (["name", "code", "postal", "departement", "region", "kind", "date"]);
const KEYS = ["name", "code", "postal"]; // a table has one of them
const ENOUGH = 0.5; // of the filled cells of a sample
const NEARLY_ALL = 0.9;
const FEW = 5; // rows that may contradict all they say and still say it
const DEPARTEMENT = /^(?:0?[1-9]|[1-8]\d|9[0-5]|0?2[ab]|0\d\d|97[1-8]|98[678])$/i;

/** @typedef {Record<string, number>} Roles */

// The place of each column that is used, by its role; null if no column tells of territories.
/** @type {(header: string[], sample: string[][], linking: Linking) => Roles | null} */
export function chosen(header, sample, linking) {
  const cells = (/** @type {number} */ place) => sample.map((row) => (row[place] ?? "").trim());
  const filled = (/** @type {number} */ place) => cells(place).filter(Boolean);
  const known = (/** @type {AskedPlace} */ asked) => linking.link(asked).outcome !== "unknown";
  const isCode = (/** @type {string} */ cell) => /\p{Nd}/u.test(cell) && [...cell].length < 30 && linking.records.records(cell).length > 0;
  const read = (/** @type {string} */ role, /** @type {string} */ cell) => {
    const asked = { departement: "", region: "", postal: "", kind: "", [role]: cell };
    return !linking.wants.wanted(asked.departement, asked.region, asked.postal, asked.kind, linking.reference.newest).unread;
  };
  /** @type {Record<string, (cell: string) => boolean>} */
  const tests = {
    name: (cell) => !/^\p{Nd}+$/u.test(cell), code: isCode, postal: (cell) => read("postal", cell), departement: (cell) => read("departement", cell),
    region: (cell) => read("region", cell), kind: (cell) => read("kind", cell), date: (cell) => day(cell) !== null,
  };

  // In how many rows the column fits what is known without it; of how many.
  /** @type {(role: string, place: number, key: string, of: number) => [agreed: number, known: number]} */
  const agreement = (role, place, key, of) => {
    let [agreed, every] = [0, 0];
    const [one, other] = [cells(place), cells(of)];
    for (const [row, cell] of one.entries()) {
      if (!cell || !other[row] || !known({ [key]: other[row] })) continue;
      every += 1;
      if (known({ [key]: other[row], [role]: cell })) agreed += 1;
    }
    return [agreed, every];
  };

  let roles = byWords(header, filled, tests);
  if (roles.code !== undefined && roles.name !== undefined && !told("code", header[roles.code])?.trusted) {
    const numbers = filled(roles.code);
    const short = numbers.length > 0 && numbers.every((cell) => /^[0-9]{1,3}$/.test(cell));
    const [agreed, every] = short ? agreement("code", roles.code, "name", roles.name) : [0, 0];
    if (every && agreed < ENOUGH * every) delete roles.code; // it only counts its rows
  }
  if (!KEYS.some((key) => roles[key] !== undefined)) {
    const found = byContents(header, filled, new Set(Object.values(roles)), known, isCode);
    if (!found) return null;
    roles = { ...found, ...roles };
  }
  return inOrder({ ...beside(header, filled, roles, linking, agreement), ...roles });
}

/** @type {(header: string[], filled: (place: number) => string[], tests: Record<string, (cell: string) => boolean>) => Roles} */
function byWords(header, filled, tests) {
  /** @type {Roles} */
  const found = {};
  /** @type {Roles} */
  const refused = {};
  for (const role of ROLES) {
    const candidates = header.flatMap((text, at) => {
      const said = told(role, text);
      return said ? [{ at, ...said }] : [];
    }).sort((one, other) => one.place - other.place || one.at - other.at);
    for (const { at, trusted } of candidates) {
      if (Object.values(found).includes(at)) continue;
      const cells = filled(at);
      if (trusted || !cells.length || share(tests[role], cells) >= ENOUGH) {
        found[role] = at;
        break;
      }
      refused[role] ??= at;
    }
  }
  if (found.name !== undefined && found.code === undefined) {
    const cells = filled(found.name);
    if (cells.length && share(tests.code, cells) >= NEARLY_ALL) {
      found.code = found.name;
      delete found.name;
    }
  }
  if (!KEYS.some((key) => found[key] !== undefined)) for (const key of KEYS) if (refused[key] !== undefined) found[key] = refused[key];
  return found;
}

/** @type {(header: string[], filled: (place: number) => string[], used: Set<number>, known: (asked: AskedPlace) => boolean, isCode: (cell: string) => boolean) => Roles | null} */
function byContents(header, filled, used, known, isCode) {
  let best = { share: -1, role: "", place: 0 };
  for (const place of header.keys()) {
    const cells = filled(place);
    if (used.has(place) || !cells.length) continue;
    const names = share((cell) => !/^\p{Nd}+$/u.test(cell) && known({ name: cell }), cells);
    const numbers = share((cell) => [...cell].length >= 4 && isCode(cell), cells);
    for (const [found, least, role] of /** @type {const} */ ([[numbers, NEARLY_ALL, "code"], [names, ENOUGH, "name"]])) {
      if (found >= least && found > best.share) best = { share: found, role, place };
    }
  }
  return best.role ? { [best.role]: best.place } : null;
}

// The columns that tell more of the territories, by their contents alone: half of the rows have to agree.
/** @type {(header: string[], filled: (place: number) => string[], roles: Roles, linking: Linking, agreement: (role: string, place: number, key: string, of: number) => [number, number]) => Roles} */
function beside(header, filled, roles, linking, agreement) {
  /** @type {Roles} */
  const found = {};
  const key = ["name", "code"].find((role) => roles[role] !== undefined);
  if (!key) return found;
  /** @type {Record<string, (cell: string) => boolean>} */
  const looks = {
    code: (cell) => /^\d[\dab]\d{3}$/i.test(cell) && linking.records.records(cell).length > 0,
    postal: (cell) => /^\d{2} ?\d{3}$/.test(cell) && linking.records.isPostal(cell.replaceAll(" ", "")),
    departement: (cell) => DEPARTEMENT.test(cell),
    name: (cell) => !/\p{Nd}/u.test(cell),
  };
  for (const role of key === "code" ? ["name"] : ["code", "postal", "departement"]) {
    if (roles[role] !== undefined || (role === "departement" && found.code !== undefined)) continue;
    for (const place of header.keys()) {
      if (Object.values(roles).includes(place) || Object.values(found).includes(place)) continue;
      const some = filled(place);
      if (!some.length || share(looks[role], some) < NEARLY_ALL || (role === "departement" && numbersRows(some))) continue;
      const [agreed, every] = agreement(role, place, key, roles[key]);
      const silent = plain(header[place]).length < 2 && plain(header[place]) !== "n";
      const tells = agreed && agreed >= ENOUGH * every ? role !== "departement" || every > 1 || silent : ["postal", "departement"].includes(role) && every < FEW && silent;
      if (!tells) continue;
      found[role] = place;
      break;
    }
  }
  return found;
}

// True of 1, 2, 3… from wherever they begin.
/** @type {(cells: string[]) => boolean} */
function numbersRows(cells) {
  if (cells.length < 2 || cells.some((cell) => !/^[0-9]+$/.test(cell) || /^0./.test(cell))) return cells[0] === "1";
  return cells.slice(1).every((cell, at) => Number(cell) === Number(cells[at]) + 1);
}

/** @type {(test: (cell: string) => boolean, cells: string[]) => number} */
const share = (test, cells) => cells.filter(test).length / cells.length;

/** @type {(roles: Roles) => Roles} */
const inOrder = (roles) => Object.fromEntries(ROLES.flatMap((role) => (roles[role] === undefined ? [] : [[role, roles[role]]])));
