// The builder of queries: what it offers, as `trophees/site/pages/playground/builder.py` makes it, and what is built.

export interface BuilderRelation {
  fr: string;
  en: string;
  path: [property: string] | [via: string, beside: [property: string, term: string][], leaf: string];
  sort: "thing" | "number" | "date" | "year" | "flag" | "prose" | "text" | "address";
  to: string;
  list?: number;
  tree?: boolean;
  typed?: boolean; // there are too many values for a list
  lang?: string; // the only language of its texts
}
export interface BuilderKind {
  fr: string;
  en: string;
  count: number;
  name: string;
  columns: string[];
  relations: string[];
}
export interface BuilderModel {
  groups: [fr: string, en: string, kinds: string[]][];
  kinds: Record<string, BuilderKind>;
  relations: Record<string, BuilderRelation>;
  lists: string[][];
  broader: Record<string, string>;
}
export type How = "is" | "any" | "none" | "maybe" | "=" | "<" | "<=" | ">" | ">=" | "between" | "contains" | "begins";

// What is asked of a thing: `show` names what is shown of the value (iri, name, value, columns), `about` of the fact.
export interface BuilderLine {
  relation: string;
  how: How;
  values: string[];
  wide: boolean;
  show: string[];
  about: string[];
  where: BuilderLine[];
}
export interface BuilderState {
  kind: string;
  mode: "list" | "count";
  lang: string;
  distinct: boolean;
  columns: string[];
  where: BuilderLine[];
  order: { by: string; desc: boolean } | null;
  limit: number | null;
}

// A column of the answer: what it is of, its variable, and what it is called.
export interface BuilderColumn {
  key: string;
  variable: string;
  title: string;
}

// What a query of the kind that the builder writes says; each with its place.
export interface BuiltTriple {
  kind: "triple";
  at: number;
  subject: string;
  property: string;
  wide: boolean; // the concept itself, or any above it
  object: string;
}
export interface BuiltFilter {
  kind: "filter";
  at: number;
  variable: string;
  test: "lang" | "=" | "<" | "<=" | ">" | ">=" | "contains" | "begins";
  value: string;
}
export interface BuiltValues {
  kind: "values";
  at: number;
  variable: string;
  terms: string[];
}
export interface BuiltGroup {
  kind: "optional" | "minus";
  at: number;
  items: BuiltItem[];
}
export type BuiltItem = BuiltTriple | BuiltFilter | BuiltValues | (BuiltGroup & { kind: "optional" }) | (BuiltGroup & { kind: "minus" });
export interface BuiltQuery {
  distinct: boolean;
  shown: { variable: string; at: number }[];
  counted: { variable: string; as: string } | null;
  items: BuiltItem[];
  grouped: string[];
  order: { variable: string; desc: boolean; at: number }[];
  limit: number | null;
}
