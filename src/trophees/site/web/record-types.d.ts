// The types of what reads, checks and writes records in the page.
import type { Both } from "./types.js";

export type Told = Record<string, Both | string | number>;
export type Pattern = [source: string, flags: string];
export type Path = (string | number)[]; // the keys and numbers that lead to a node
export interface Place {
  line: number;
  column: number;
}
export interface ScalarNode extends Place {
  kind: "scalar";
  path: Path;
  value: string;
  plain: boolean;
  rest: string; // what follows on its line
}
export interface ListNode extends Place {
  kind: "list";
  path: Path;
  items: RecordNode[];
}
export interface MapNode extends Place {
  kind: "map";
  path: Path;
  pairs: [key: RecordNode, value: RecordNode][];
}
export type RecordNode = ScalarNode | ListNode | MapNode;
export interface Problem extends Place {
  rule: string;
  severity: "error" | "warning";
  message: Both;
  path: Path; // of the node to mend
  key: string; // what is missing in it, if anything is
}
// An IRI in <>, or a literal as in N-Triples, without escapes.
export interface Value {
  iri: string; // empty for a literal
  value: string;
  language: string;
  datatype: string;
  term: string;
}
export interface Statement {
  subject: string;
  predicate: string;
  object: Value;
  node: RecordNode;
}
export interface Flaw {
  position: number;
  rule: string;
  message: Both;
}
export interface Term {
  iri: string;
  type: string | null;
  language: string | null;
  byLanguage: boolean;
  reverse: boolean;
}
export interface Shape {
  targets: { targetClass?: string[]; targetObjectsOf?: string[] };
  message: Both;
  severity: "error" | "warning";
  name?: Both;
  order?: number;
  path?: string[];
  property?: string[];
  closed?: boolean;
  ignoredProperties?: string[];
  or?: string[];
  xone?: string[];
  not?: string[];
  minCount?: number;
  maxCount?: number;
  minLength?: number;
  maxLength?: number;
  minInclusive?: number;
  maxInclusive?: number;
  class?: string[];
  datatype?: string[];
  nodeKind?: string[];
  in?: string[];
  languageIn?: string[];
  uniqueLang?: boolean;
  pattern?: string;
  hasValue?: string[];
  disjoint?: string[];
  lessThanOrEquals?: string[];
}
export interface Finding {
  focus: string;
  path: string; // empty for the node itself
  value: Value | null;
  shape: string;
  component: string;
}
export interface Rules {
  base: string;
  vocabulary: string;
  context: Record<string, any>;
  kinds: string[];
  shapes: Record<string, Shape>;
  above: Record<string, string[]>;
  naming: string[];
  sentences: { reader: Record<string, Both>; found: Record<string, Both>; meant: Both; either: Both };
  text: { longest: number; marks: number; forbidden: Pattern; lookalike: Pattern; loose: Pattern };
  yaml: { depth: number; exact: Pattern; numeric: string[]; dates: string[]; notText: Pattern[] };
  lexical: {
    integer: Pattern;
    decimal: Pattern;
    boolean: Pattern;
    year: Pattern;
    date: Pattern;
    edtf: Pattern;
    words: Record<string, string[]>;
    types: Record<string, string>;
  };
}
// What is to be written.
export type Draft = string | Draft[] | { [key: string]: Draft };
// The things that records refer to: by IRI, the classes and the label.
export type Known = Map<string, { classes: string[]; fr: string; en: string }>;
