// What the scripts of the site pass to each other; read by the type checker only. The other parts have files of their own.
import type { NearData } from "./near-types.js";
import type { Editor, EditorSettings } from "./playground-types.js";
import type { Index } from "./search-types.js";

// SPARQL's JSON of a result (SPARQL 1.1 Query Results JSON Format, and SPARQL 1.2 for triples).
export interface Triple {
  subject: Term;
  predicate: Term;
  object: Term;
}
export interface Simple {
  type: "uri" | "bnode" | "literal";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}
export type Term = Simple | { type: "triple"; value: Triple; datatype?: undefined; "xml:lang"?: undefined };
export type Row = Record<string, Term | undefined>;
export interface Rows {
  head: { vars: string[] };
  results: { bindings: Row[] };
}
export interface Triples {
  head: { vars: string[] };
  results: { bindings: (Row & Triple)[] };
}
export type Prefixes = Record<string, string>;
export type Messages = Record<string, string>;

// A sentence in both languages.
export interface Both {
  fr: string;
  en: string;
}

// The messages of the page, and numbers as its language writes them.
export interface Counting {
  number(n: number): string;
  count(key: string, n: number, values?: Record<string, unknown>): string;
}
export type Words = Counting & { [key: string]: any };

// What a page of ours, or an address, is called.
export interface Found {
  href: string;
  label: string;
  ours: boolean;
}
export interface Reader {
  base: string;
  expand(name: string): string;
  label(iri: string): string | undefined;
  page(iri: string): Found | null;
  find(column: string, term: Term): Found | null;
  compact(iri: string): string;
}

// A name, which in another language than the page's is [text, language].
export type Written = string | [text: string, lang: string];

declare global {
  interface Window {
    tropheesEditor: { create(settings: EditorSettings): Editor };
    tropheesIndex: Index;
    tropheesLinker: Record<string, (given: any) => Promise<any>>;
    tropheesNear: NearData;
    tropheesPlaces: string;
  }
}
