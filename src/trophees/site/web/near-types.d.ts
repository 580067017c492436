// “Et chez vous ?”: a territory of today with what it is in, and what is said of those that are near or like it.
import type { Place } from "./place-types.js";
import type { Both, Messages } from "./types.js";

export type Kinded = Pick<Place, "kind" | "code" | "name">;
export interface PlaceTold extends Kinded {
  county: string; // the name of its département or collectivity
  inhabitants: number; // 0 if not known
  point: [lon: number, lat: number] | null;
  within: Kinded[];
}
export type PlaceProposed = Kinded & Pick<PlaceTold, "county" | "inhabitants"> & { former: string };
export interface PlaceAsked {
  why: Both;
  places: PlaceTold[];
  others: PlaceTold[];
  near: PlaceProposed[];
}

// A laureate, or, if it has a standing, a case.
export interface LocatedProcess {
  path: string;
  label: string;
  lang: string;
  stars: number;
  edition: string;
  standing: string;
  carriers: string;
  kinds: string[];
  spots: [kind: string, code: string, name: string, lon: number, lat: number, inhabitants: number][];
  within: string[];
}
export interface NearProcess extends Kinded {
  process: LocatedProcess;
  inhabitants: number;
  distance: number | null;
  holds: boolean;
  shared: Kinded | null;
  sameCarrier: string;
}
export interface NearGroup {
  why: "here" | "within" | "size" | "nearest" | "any";
  place?: Kinded;
  band?: [number, number];
  count: number;
  laureates: number; // of those that are counted
  processes: NearProcess[]; // the first of them
}
export interface NearData {
  words: Messages;
  processes: LocatedProcess[];
  placeless: number; // laureates without a place, and
  unplaced: string; // the part of the page that names them
}
