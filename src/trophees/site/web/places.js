// The places in France that a result names, by INSEE's codes, by our IRIs or by longitude and latitude, and where they
// fall on the drawing of the site.
import { isNumber } from "./results.js";
/** @import { Drawing, Located, Point } from "./answer-types.js" */
/** @import { Row, Rows, Term } from "./types.js" */

const TERRITORY = /^(?:.*\/)?(region|departement|commune)\/(\w+)$/;
const POINT = /^\s*(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*$/i;
const LATITUDE = /(?:^|_)lat(?:itude)?$/i;
const LONGITUDE = /(?:^|_)(?:lon|long|lng|longitude)$/i;

// `geometry`: départements, regions (code → codes of départements) and points of communes (code → [lon, lat]).
// {column, number, areas: Map(département → figure), dots: [{at: [lon, lat], row}], found, skipped}, or null if there is no
// place. A figure is the sum of the column `number`, or if there is none the number of rows; `found`: which rows have a place,
// and those that are points where; `skipped` rows lack a place or a number. If only some rows are `shown`, no other counts.
/** @type {(result: Rows, geometry: Drawing, shown?: number[]) => Located | null} */
export function places({ head, results }, geometry, shown) {
  const rows = results.bindings;
  const column = head.vars.find((name) => named(rows, name, geometry));
  const found = column === undefined ? coordinates(head.vars, rows) : { of: placed(rows, column, geometry), used: [column] };
  if (!found) return null;
  const number = head.vars.find((name) => !found.used.includes(name) && numbers(rows, name));
  /** @type {Map<string, number>} */
  const areas = new Map();
  /** @type {{ at: Point, row: Row }[]} */
  const dots = [];
  /** @type {Located["found"]} */
  const all = [];
  let skipped = 0;
  for (const index of shown ?? rows.keys()) {
    const place = found.of[index];
    const figure = number ? Number(rows[index][number]?.value ?? NaN) : 1;
    if (!place || (!Array.isArray(place) && !Number.isFinite(figure))) {
      skipped++;
      continue;
    }
    all.push({ index, at: Array.isArray(place) ? place : null });
    if (Array.isArray(place)) dots.push({ at: place, row: rows[index] });
    else for (const code of place.codes) areas.set(code, (areas.get(code) ?? 0) + figure);
  }
  return { column: found.used.join(", "), number, areas, dots, found: all, skipped };
}

/** @type {(rows: Row[], column: string, geometry: Drawing) => (ReturnType<typeof territory>)[]} */
const placed = (rows, column, geometry) =>
  rows.map(({ [column]: term }) => (term ? territory(column, term, geometry) : null));

// Whether the values of the column are numbers, and there is one.
/** @type {(rows: Row[], name: string) => boolean} */
function numbers(rows, name) {
  const terms = rows.flatMap((row) => row[name] ?? []);
  return terms.length > 0 && terms.every(isNumber);
}

// Whether every value of the column is a territory that can be drawn, and there is one.
/** @type {(rows: Row[], name: string, geometry: Drawing) => boolean} */
function named(rows, name, geometry) {
  const terms = rows.flatMap((row) => row[name] ?? []);
  return terms.length > 0 && terms.every((term) => !isNumber(term) && territory(name, term, geometry));
}

// A commune's [lon, lat], or the départements of a territory: {codes}. A bare code of two characters is a
// département's, unless the column is called after regions.
/** @type {(column: string, term: Term, geometry: Drawing) => Point | { codes: string[] } | null} */
function territory(column, term, { departements, regions, points }) {
  if (term.type === "bnode" || term.type === "triple") return null;
  const bare = /r[ée]gion/i.test(column) ? "region" : Object.hasOwn(points, term.value) ? "commune" : "departement";
  const [, kind, code] = TERRITORY.exec(term.value) ?? [null, bare, term.value];
  const among = (/** @type {object} */ known) => Object.hasOwn(known, code);
  if (kind === "commune") return among(points) ? points[code] : null;
  if (kind === "region") return among(regions) ? { codes: regions[code] } : null;
  return among(departements) ? { codes: [code] } : null;
}

/** @type {(term: Term | undefined) => string | undefined} */
const text = (term) => (term && term.type !== "triple" ? term.value : undefined);

// [lon, lat] of each row, from a column of WKT points or a pair of columns; `used` names the columns. Null if there is none.
/** @type {(names: string[], rows: Row[]) => { of: (Point | null)[], used: string[] } | null} */
function coordinates(names, rows) {
  /** @type {(lon: string | undefined, lat: string | undefined) => Point | null} */
  const pair = (lon, lat) => (lon !== undefined && lat !== undefined && Math.abs(+lat) <= 90 && Math.abs(+lon) <= 180 ? [+lon, +lat] : null);
  const wkt = names.find((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || POINT.test(text(row[name]) ?? "")));
  if (wkt) {
    const found = rows.map((row) => POINT.exec(text(row[wkt]) ?? ""));
    return { of: found.map((match) => pair(match?.[1], match?.[2])), used: [wkt] };
  }
  const [lat, lon] = [LATITUDE, LONGITUDE].map((pattern) => names.find((name) => pattern.test(name)));
  if (lat === undefined || lon === undefined) return null;
  const found = rows.map((row) => pair(text(row[lon]), text(row[lat])));
  return found.some(Boolean) ? { of: found, used: [lat, lon] } : null;
}

// Every place of the drawing where a longitude and latitude fall: none outside of it, two around Paris.
/** @type {(at: Point, drawing: Pick<Drawing, "frames">) => Point[]} */
export function onDrawing([lon, lat], { frames }) {
  return Object.values(frames).flatMap(({ projection, scale, x, y, box }) => {
    const [east, north] = projection === "mercator" ? mercator(lon, lat) : lambert93(lon, lat);
    const [across, down] = [x + scale * east, y - scale * north];
    const near = projection === "mercator" || (lon > -6 && lon < 10 && lat > 41 && lat < 52);
    const inside = across >= box[0] && across <= box[0] + box[2] && down >= box[1] && down <= box[1] + box[3];
    return near && inside ? [[Math.round(across), Math.round(down)]] : [];
  });
}

// The projections of site/projection.py, in metres: Lambert-93 (EPSG:2154) on GRS 80, and spherical Mercator.
const AXIS = 6378137, FLATTENING = 1 / 298.257222101, E = Math.sqrt(FLATTENING * (2 - FLATTENING));
/** @type {(degrees: number) => number} */
const radians = (degrees) => (degrees * Math.PI) / 180;
/** @type {(lat: number) => number} */
const isometric = (lat) => Math.atanh(Math.sin(lat)) - E * Math.atanh(E * Math.sin(lat));
/** @type {(lat: number) => number} */
const parallel = (lat) => (AXIS * Math.cos(lat)) / Math.sqrt(1 - (E * Math.sin(lat)) ** 2);
const [SOUTH, NORTH] = [radians(44), radians(49)];
const N = Math.log(parallel(SOUTH) / parallel(NORTH)) / (isometric(NORTH) - isometric(SOUTH));
const C = (parallel(SOUTH) / N) * Math.exp(N * isometric(SOUTH));

/** @type {(lon: number, lat: number) => Point} */
function lambert93(lon, lat) {
  const radius = C * Math.exp(-N * isometric(radians(lat)));
  const angle = N * radians(lon - 3);
  return [700000 + radius * Math.sin(angle), 6600000 + C * Math.exp(-N * isometric(radians(46.5))) - radius * Math.cos(angle)];
}

/** @type {(lon: number, lat: number) => Point} */
const mercator = (lon, lat) => [AXIS * radians(lon), AXIS * Math.asinh(Math.tan(radians(lat)))];
