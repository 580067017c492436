// An answer as it is shown: cells, columns, charts, and the drawing of France.
import type { Row, Term } from "./types.js";

// How the cells of an answer are made, and what their columns are called.
export interface CellRules {
  concepts: string[];
  kinds: Record<string, string>;
  printed: string[];
  said: Record<string, string>;
}

// A value as people read it; `code` is what the answer has where that is not what the text says.
export interface Shown {
  text: string;
  href?: string;
  lang?: string;
  code?: string;
}

// A column of an answer, as it is shown.
export interface ShownColumn {
  name: string;
  heading: string;
  numeric: boolean;
  terms: (Term | undefined)[];
  cells: Shown[];
}

// How an answer is shown; what is empty is as usual.
export interface ViewState {
  view: string;
  sort: string; // a column, after `-` from the greatest
  filter: string;
  hide: string[] | null;
  raw: boolean;
  names: boolean; // on the map
  x: string;
  y: string;
  colour: string;
  form: string;
  top: string;
}
export interface ChartSettings {
  x: string;
  y: string;
  colour: string;
  form: string;
  top: number;
}
export interface ChartPoint {
  label: Shown;
  group: string;
  value: number;
  at: number;
  text: string;
}
export interface Snippet {
  name: string;
  code: string;
}
export interface Cells {
  heading(name: string): string | undefined;
  column(name: string, terms: (Term | undefined)[]): (term: Term | undefined) => Shown;
}

// The drawing of France.
export type Point = [number, number];
export interface Drawing {
  size: Point;
  frames: Record<string, { projection: string; scale: number; x: number; y: number; box: [number, number, number, number] }>;
  departements: Record<string, { path: string; inset?: { path: string } }>;
  regions: Record<string, string[]>;
  points: Record<string, Point>;
}
export interface Located {
  column: string;
  number: string | undefined;
  areas: Map<string, number>;
  dots: { at: Point; row: Row }[];
  found: { index: number; at: Point | null }[];
  skipped: number;
}
