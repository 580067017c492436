// What a query says, as the checker reads it.
import type { Prefixes } from "./types.js";

// What stands in a text from one place to another, and what is to stand there.
export type Edit = [start: number, end: number, text: string];
export interface QueryToken {
  kind: string;
  text: string;
  start: number;
  end: number;
}
export interface QueryLiteral {
  type: "literal";
  value: string;
  datatype: string;
  language: string;
}
export type Known = { type: "iri"; value: string } | QueryLiteral;
export type QueryTerm = Known | { type: "var"; value: string };
export interface Leaf {
  term: QueryTerm;
  token: QueryToken;
  call?: boolean;
}
export interface Path {
  kind: "step" | "sequence" | "inverse" | "other";
  steps: Path[];
  leaf: Leaf | null;
}
export interface Pattern {
  kind: "pattern";
  subject: Leaf;
  predicate: Leaf | null;
  object: Leaf;
  names: Leaf[];
}
export interface Expression {
  start: number;
  end: number;
  leaves: Leaf[];
  groups: Group[];
  parts: Expression[];
  tolerant: Set<string>;
  aggregate: boolean;
}
export interface Values {
  kind: "values";
  variables: Leaf[];
  rows: (Leaf | null)[][];
}
export interface Inner {
  kind: "group" | "optional" | "minus" | "union" | "graph" | "service";
  groups: Group[];
  name: Leaf | null;
}
export type Item = Pattern | Values | Inner | Query | { kind: "filter"; condition: Expression } | { kind: "bind"; value: Expression; variable: Leaf };
export interface Group {
  items: Item[];
}
export interface Projected {
  variable: Leaf;
  value: Expression | null;
}
export interface Query {
  kind: "query";
  form: string;
  where: Group;
  shown: Projected[];
  graphs: Leaf[];
  template: Pattern[];
  described: Leaf[];
  grouped: Projected[];
  others: Expression[];
  having: Expression[];
  values: Values | null;
  prefixes: Prefixes;
}
export interface Reading {
  query: Query;
  datatypes: Leaf[];
  calls: Leaf[];
}
export interface Kind {
  datatype: string;
  language: string;
  example: Known;
}
export interface Remark {
  at: number;
  message: string;
  legitimate?: boolean;
}
export interface Say {
  fill(key: string, values: Record<string, unknown>): string;
  and(names: string[]): string;
  meant(names: string[]): string;
  remark(at: number, key: string, near: string[], values: Record<string, unknown>): Remark;
}
