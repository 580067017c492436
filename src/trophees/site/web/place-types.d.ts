// The reference of places, and what links rows to it. Days are ISO 8601.
import type { Both } from "./types.js";

export interface SaidOfPlaces {
  spelling: Record<string, string>;
  unclear: Record<string, string[]>;
  articles: string[];
  contractions: Record<string, string>;
  prepositions: string[];
  links: string[];
  joined: string[];
  heads: Record<string, string[]>;
  kinds: Record<string, string[]>;
  sorts: Record<string, { kinds?: string[]; types?: string[] }>;
  usual: Record<string, Record<string, string[]>>;
  since: Record<string, string>;
  numbered: Record<string, string>;
  halls: string[];
  ordinals: string[][];
  districts: string[];
  counties: string[];
  around: string[];
  signs: string[];
  fronts: string[];
  labels: string[];
  ordinary: string[];
  nothing: string[];
}
export interface PlaceGrammar {
  spelling: Map<string, string>;
  unclear: Map<string, string[]>;
  articles: Set<string>;
  contractions: Map<string, string>;
  prepositions: Set<string>;
  links: Set<string>;
  joined: Set<string>;
  heads: Map<string, string>;
  kinds: Map<string, string>;
  sorts: Map<string, { kinds?: string[]; types?: string[] }>;
  usual: Map<string, { kind: string; code: string }[]>;
  since: Map<string, string>;
  numbered: Map<string, string>;
  halls: string[];
  ordinals: Map<string, number>;
  districts: Set<string>;
  counties: Set<string>;
  around: Set<string>;
  signs: Set<string>;
  fronts: Set<string>;
  labels: Set<string>;
  ordinary: Set<string>;
  nothing: Set<string>;
}
export interface SaidOfLinks {
  found: Record<string, Both>;
  several: Record<string, Both>;
  columns: Record<string, Both>;
}

// What Python writes: the columns of each table, as place-tables.js reads them.
export interface PlaceTables {
  newest: string;
  tables: Record<string, string[]>;
  grammar: SaidOfPlaces;
  said: SaidOfLinks;
}

// A day, if both are the same; else an interval, both included, which may have no beginning.
export interface PlaceMoment {
  earliest: string;
  latest: string;
}
export interface Place {
  kind: string;
  code: string;
  name: string;
  begins: PlaceMoment | null;
  ends: PlaceMoment | null;
  of: string;
  form: string;
}
export interface PlaceEvent {
  when: PlaceMoment;
  event: string;
  kind: string;
  code: string;
  toKind: string;
  toCode: string;
}
export interface Become {
  place: Place;
  events: PlaceEvent[];
}

// One way to read a cell.
export interface PlaceReading {
  words: string[];
  sort: string;
  article: string;
  numbers: string[];
  ordinal: number;
  doubtful: boolean;
  around: string[][];
  cut: boolean;
}

// What a territory has to be; null where the row does not say it.
export interface Wanted {
  kinds: Set<string> | null;
  forms: Set<string> | null;
  departements: Set<string> | null;
  around: Set<string> | null;
  postal: string;
  exact: boolean; // that very one
  siren: string;
  unread: string;
  value: string;
}
export interface PlacesFound {
  places: Place[];
  how: string;
  score: number;
  past: Place | null; // what they have become of, if it is no more
}
export interface AskedPlace {
  name?: string;
  code?: string;
  postal?: string;
  departement?: string;
  region?: string;
  kind?: string;
  on?: string;
  to?: string;
}
export interface LinkedPlace {
  outcome: "linked" | "ambiguous" | "unknown";
  place: Place | null;
  candidates: Place[];
  score: number;
  why: Both;
}
