// Which laureates and cases are near a territory, or like it: in what it lies in, from the smallest; then of its size; then
// the nearest of all. Each is told once, at the first of these, with its reasons.
import { compared } from "./place-reference.js";
/** @import { LocatedProcess, NearGroup, NearProcess, PlaceTold } from "./near-types.js" */

const FEWEST = 6; // that are told however far they are
const MOST = 30; // of a group
const RADIUS = 6371; // kilometres
const BANDS = [2, 5]; // times more, or fewer, inhabitants
// what a territory is in, by kind, from the smallest
const WIDER = ["commune", "ept", "epci", "departement", "collectivite-outremer", "region"];
// what sort of carrier a territory of that kind has
/** @type {Record<string, string>} */
const CARRIER = { commune: "commune", "arrondissement-municipal": "commune", epci: "epci", ept: "epci", departement: "departement", region: "region" };
/** @type {Record<string, string>} */
const SORT = { ...CARRIER, "commune-deleguee": "commune", "commune-associee": "commune", "collectivite-outremer": "departement" };

/** @type {(found: NearProcess[]) => NearProcess[]} */
const laureatesOf = (found) => found.filter(({ process }) => !process.standing);

/** @type {(degrees: number) => number} */
const radians = (degrees) => (degrees * Math.PI) / 180;

// Along a great circle, in kilometres.
/** @type {(from: [lon: number, lat: number], to: [lon: number, lat: number]) => number} */
function distance([lon, lat], [otherLon, otherLat]) {
  const across = Math.sin(radians(otherLon - lon) / 2) ** 2 * Math.cos(radians(lat)) * Math.cos(radians(otherLat));
  return 2 * RADIUS * Math.asin(Math.sqrt(Math.sin(radians(otherLat - lat) / 2) ** 2 + across));
}

// Groups in their order, laureates before cases, the nearest first; of each the first only, and how many there are, and
// laureates among them. A group may be empty.
/** @type {(place: PlaceTold, processes: LocatedProcess[]) => NearGroup[]} */
export function near(place, processes) {
  const own = `${place.kind} ${place.code}`;
  const measured = processes.map((process) => measure(place, process));
  measured.sort((a, b) => Number(Boolean(a.process.standing)) - Number(Boolean(b.process.standing)) || (a.distance ?? Infinity) - (b.distance ?? Infinity) || compared(a.process.path, b.process.path));
  /** @type {Set<NearProcess>} */
  const told = new Set();
  /** @type {(found: NearProcess[]) => NearProcess[]} */
  const take = (found) => {
    const fresh = found.filter((one) => !told.has(one));
    for (const one of fresh) told.add(one);
    return fresh;
  };
  /** @type {NearGroup[]} */
  const groups = [];
  /** @type {(group: Omit<NearGroup, "processes" | "count" | "laureates">, found: NearProcess[]) => void} */
  const add = (group, found) => {
    const processes = take(found);
    groups.push({ ...group, count: processes.length, laureates: laureatesOf(processes).length, processes: processes.slice(0, MOST) });
  };
  add({ why: "here", place }, measured.filter(({ process }) => process.within.includes(own)));
  for (const kind of WIDER)
    for (const wider of place.within.filter((one) => one.kind === kind)) {
      const key = `${wider.kind} ${wider.code}`;
      add({ why: "within", place: wider }, measured.filter(({ process }) => process.within.includes(key)));
    }
  const alike = ofSize(place, measured);
  if (alike) add({ why: "size", band: alike.band }, alike.processes);
  add({ why: place.point ? "nearest" : "any" }, laureatesOf(measured.filter((one) => !told.has(one))).slice(0, FEWEST));
  return groups;
}

// How far the process is from the place, by the nearest of its territories, and what both have in common.
/** @type {(place: PlaceTold, process: LocatedProcess) => NearProcess} */
function measure(place, process) {
  const spots = process.spots.map(([kind, code, name, lon, lat, inhabitants]) => ({
    kind, code, name, inhabitants, distance: place.point ? distance(place.point, [lon, lat]) : null,
  }));
  spots.sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
  const [spot] = spots;
  const own = `${place.kind} ${place.code}`;
  const around = [{ kind: place.kind, code: place.code, name: place.name }, ...place.within].filter(({ kind }) => kind === place.kind || WIDER.includes(kind));
  const shared = around
    .sort((a, b) => Number(`${b.kind} ${b.code}` === own) - Number(`${a.kind} ${a.code}` === own) || WIDER.indexOf(a.kind) - WIDER.indexOf(b.kind))
    .find(({ kind, code }) => process.within.includes(`${kind} ${code}`));
  return {
    process,
    ...spot,
    // its territory is the place itself or holds it, so that there is no way to go
    holds: around.some(({ kind, code }) => kind === spot.kind && code === spot.code),
    shared: shared ?? null,
    sameCarrier: process.kinds.includes(CARRIER[place.kind]) ? CARRIER[place.kind] : "",
  };
}

// Those of the same sort of territory and of carrier whose inhabitants are about as many: half to twice as many; if these
// are too few, a fifth to five times; else the nearest to it in size. The band is what was asked, or what was found.
/** @type {(place: PlaceTold, measured: NearProcess[]) => { band: [number, number], processes: NearProcess[] } | null} */
function ofSize(place, measured) {
  const { inhabitants } = place;
  const comparable = measured.filter((one) => one.inhabitants && SORT[one.kind] === SORT[place.kind] && one.sameCarrier && !(one.kind === place.kind && one.code === place.code));
  if (!inhabitants || !comparable.length) return null;
  for (const times of BANDS) {
    const processes = comparable.filter((one) => one.inhabitants * times >= inhabitants && one.inhabitants <= inhabitants * times);
    if (laureatesOf(processes).length >= FEWEST / 2) return { band: [Math.ceil(inhabitants / times), inhabitants * times], processes };
  }
  const far = (/** @type {NearProcess} */ one) => Math.abs(Math.log(one.inhabitants / inhabitants));
  const closest = [...comparable].sort((a, b) => far(a) - far(b)).slice(0, FEWEST);
  const sizes = closest.map((one) => one.inhabitants);
  return { band: [Math.min(...sizes), Math.max(...sizes)], processes: closest };
}
