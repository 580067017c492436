// The worker that has the reference of places: what a page asks it about territories is answered here, offline, once the
// tables were fetched. Takes {id, type, …}, answers {id, value} or {id, error}. A page of a disk has no workers: there it is
// a script of the page, which asks `tropheesLinker` itself.
import { bytes } from "./bytes.js";
import { near } from "./near-processes.js";
import { Asking } from "./place-asking.js";
import { chosen, ROLES } from "./place-columns.js";
import { day } from "./place-day.js";
import { Linking } from "./place-link.js";
/** @import { LocatedProcess, NearGroup, PlaceAsked, PlaceProposed, PlaceTold } from "./near-types.js" */
/** @import { AskedPlace, Become, LinkedPlace } from "./place-types.js" */

const SAMPLE = 50; // rows that tell what the columns hold
const FORMS = "2015-03-01, 01/03/2015, 20150301, 1er mars 2015, 2015";

/** @type {Promise<Linking>} */
let opened;
/** @type {Asking | undefined} */
let asking;
/** @type {ReturnType<Linking["reference"]["points"]> | undefined} */
let points;
/** @type {ReturnType<Linking["reference"]["populations"]> | undefined} */
let populations;

/** @type {() => Promise<Asking>} */
const ready = async () => (asking ??= new Asking(await opened));

const requests = {
  // `data`: the tables, gzipped or not, or where they are
  /** @type {(given: { data: string | ArrayBuffer }) => Promise<{ newest: string, places: number }>} */
  async open({ data }) {
    opened = bytes(data).then((tables) => new Linking(JSON.parse(new TextDecoder().decode(tables))));
    const { reference } = await opened;
    return { newest: reference.newest, places: reference.places.length };
  },

  // Which territory each row means.
  /** @type {(given: { asked: AskedPlace[] }) => Promise<LinkedPlace[]>} */
  async link({ asked }) {
    const linking = await opened;
    return asked.map((row) => linking.link(row));
  },

  // Which columns of a table tell of territories, by their role: their places; null if none does.
  /** @type {(given: { columns: string[], rows: string[][] }) => Promise<Record<string, number> | null>} */
  async columns({ columns, rows }) {
    return chosen(columns, rows.filter((row) => row.some((cell) => cell.trim())).slice(0, SAMPLE), await opened);
  },

  // Which territory each row of a table means, by its cells in those columns.
  /** @type {(given: { roles: Record<string, number>, rows: string[][] }) => Promise<LinkedPlace[]>} */
  async table({ roles, rows }) {
    const linking = await opened;
    return rows.map((row) => {
      /** @type {Record<string, string>} */
      const asked = {};
      for (const role of ROLES) if (roles[role] !== undefined) asked[role] = row[roles[role]] ?? "";
      const { date = "", ...rest } = asked;
      const on = date.trim() ? day(date.trim()) : "";
      return on === null ? undated(date.trim()) : linking.link(on ? { ...rest, on } : rest);
    });
  },

  // What has this code, or else this name, on that day, with what it is in, where it is, and how many live there.
  /** @type {(given: { text: string, on?: string }) => Promise<object[]>} */
  async at({ text, on }) {
    const { reference } = await opened;
    points ??= reference.points();
    populations ??= reference.populations();
    return reference.at(text, on).map((place) => {
      const key = `${place.kind} ${place.code}`;
      return { place, parents: reference.parents(place, on), point: points?.get(key) ?? null, population: populations?.get(key) ?? null };
    });
  },

  // What the territory of that kind that had this code on the day `since` is on the later day.
  /** @type {(given: { kind: string, code: string, since: string, on?: string }) => Promise<Become[]>} */
  async became({ kind, code, since, on }) {
    return (await opened).reference.became(kind, code, since, on);
  },

  // What may be meant by what was typed so far.
  /** @type {(given: { text: string }) => Promise<PlaceProposed[]>} */
  async propose({ text }) {
    return (await ready()).propose(text);
  },

  // What is meant by what was typed.
  /** @type {(given: { text: string }) => Promise<PlaceAsked>} */
  async find({ text }) {
    return (await ready()).find(text);
  },

  // What is near the territory of that kind and code, or like it; null if there is none.
  /** @type {(given: { kind: string, code: string, processes: LocatedProcess[] }) => Promise<{ place: PlaceTold, groups: NearGroup[] } | null>} */
  async near({ kind, code, processes }) {
    const place = (await ready()).told(kind, code);
    return place && { place, groups: near(place, processes) };
  },
};

/** @type {(said: string) => LinkedPlace} */
const undated = (said) => ({ outcome: "unknown", place: null, candidates: [], score: 0, why: { fr: `date « ${said} » : pas comprise ; s’écrit ${FORMS}`, en: `date “${said}”: not understood; is written ${FORMS}` } });

if ("document" in self) Object.assign(self, { tropheesLinker: requests });
else self.onmessage = async ({ data: { id, type, ...rest } }) => {
  try {
    self.postMessage({ id, value: await /** @type {Record<string, (given: any) => unknown>} */ (requests)[type](rest) });
  } catch (error) {
    self.postMessage({ id, error: { message: error instanceof Error ? error.message : String(error) } });
  }
};
