// A list of the site as Python writes it, and what is chosen of it; read by the type checker only.
import type { Messages, Words, Written } from "./types.js";

export type Value = [key: string, label: string, broader?: number[]];
export interface Axis {
  name: string;
  title: string;
  none: string; // what those are called that have no value; empty if all have one
  values: Value[];
  given?: string; // the value of a switch, or the qualifier, that holds where the address names none
  switch?: boolean;
  qualifier?: [name: string, title: string, values: [key: string, label: string][]];
}
export type Amount = [kind: string, number: number, more: 0 | 1, what: string];
export type Point = [x: number, y: number];
export type ListItem = [
  key: string,
  folder: string,
  name: Written,
  members: number[][],
  numbers: (number | null)[],
  lines: Record<string, Written[]>,
  text?: string,
  amounts?: Amount[],
  areas?: string[],
  points?: Point[],
];
export interface Column {
  title: string;
  from: "name" | "axis" | "key" | "number" | "line" | "amounts" | "awards";
  of?: string;
  leads?: string; // the address of the laureates that a number counts, from the root of the site; `{key}` is the item's
}
// What a list can be sorted by; `down` if the largest come first where nothing else is asked for.
export type Sort = [key: string, label: string, from: "given" | "name" | "number" | "line", of?: string, down?: boolean];
export interface ListData {
  name: string;
  words: Messages;
  axes: Axis[];
  numbers: string[];
  items: ListItem[];
  sorts: Sort[];
  views: string[];
  columns: Column[];
  compare?: string; // the page of the comparison, from the root of the site
  notes?: Record<string, string>; // how complete the list of an edition is
}

// What is chosen: the keys of values by axis, qualifiers by name; `unknown` is what an address asks for and is not there.
export interface Choice {
  picked: Record<string, string[]>;
  how: Record<string, string>;
  text: string;
  most: number | null;
  sort: string;
  view: string;
  unknown: [title: string, value: string][];
}
// An item with what choosing it takes: on each axis, by qualifier and at the end by any, its values and all that is broader.
export interface Prepared {
  item: ListItem;
  place: number;
  closed: Set<number>[][];
  text: string;
}
export interface ReadyList {
  data: ListData;
  words: Words;
  items: Prepared[];
  places: Map<string, number>[];
}
export interface Selection {
  items: ListItem[];
  counts: number[][]; // by axis: how many there would be with each value alone, and at the end with none
  without: Map<string, number>; // how many there would be without each filter
}

// What a comparison says of an item besides, by row.
export type ToldRow = Record<"summary" | "steps" | "budget" | "duration" | "participants" | "results" | "silent", string[]>;

declare global {
  interface Window {
    tropheesList: ListData;
    tropheesTold: (found: Record<string, ToldRow>) => void;
    tropheesFrance: { size: Point; departements: Record<string, string[]> };
  }
}
