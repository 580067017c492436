// The playground: what Python writes for it, the parts of its page, its editor, and its engine in a worker.
import type { EditorView } from "@codemirror/view";
import type { CellRules } from "./answer-types.js";
import type { Beside, Noted, Statement, Table } from "./file-types.js";
import type { Messages, Prefixes, Rows, Triples } from "./types.js";

// What Python writes for the page.
export interface Names {
  prefixes: Prefixes;
  graphs: [iri: string, label: string][];
  terms: [name: string, label: string, comment: string, kind: string, path: string][];
  entities: [name: string, label: string, kind: string, path: string][];
  cells: CellRules;
}
export interface Question {
  name: string;
  summary: string;
  text: string;
}
export interface Urls extends Record<string, string> {
  worker: string;
  wasm: string;
  graph: string;
}
export interface Config {
  lang: "fr" | "en";
  base: string;
  root: string;
  alone: boolean;
  first: string;
  version: string;
  endpoint: string;
  bytes: number; // of the engine and the graph
  urls: Urls;
  words: Messages;
  editorWords: Messages;
  builderWords: Messages;
  sentences: Messages;
}

// The engine in its worker.
export interface Asked {
  text: string;
  graph: string;
  labels?: string; // the language in which they are wanted beside IRIs
}
export interface Checked {
  text: string;
  prefixes: Prefixes;
  sentences: Messages;
  empty: boolean;
  hollow?: Record<string, string>;
  message?: string;
  near: number | null;
  ms?: number;
}
export interface Own {
  data: ArrayBuffer;
  format: string; // that of RDF, or "table"
  extension: string;
  name: string;
  beside: Beside;
  more?: Statement[]; // what the page says beside
}
export interface Added {
  added: number;
  graphs: string[];
  notes: Noted[];
  table?: Table;
}
export type Content = string | (() => string);
export interface Answer {
  result?: Rows & { boolean?: boolean };
  shaped?: Rows; // with labels
  triples?: Triples;
  files: Record<string, Content>;
  ms: number;
}
export interface Failure {
  message: string;
  line: number;
  column: number;
  fatal?: boolean;
  stopped?: string;
  key?: string; // of the sentence with which a file was refused
  values?: Record<string, unknown>;
}

// The parts of the playground's page, by the end of their ids.
export interface Parts {
  builder: HTMLDetailsElement;
  "builder-count": HTMLElement;
  "builder-form": HTMLElement;
  "builder-run": HTMLButtonElement;
  "builder-unshown": HTMLElement;
  "filter-count": HTMLElement;
  "own-list": HTMLElement;
  "own-said": HTMLElement;
  "parameter-list": HTMLElement;
  "results-title": HTMLElement;
  "words-said": HTMLElement;
  "raw-switch": HTMLElement;
  again: HTMLButtonElement;
  formulas: HTMLElement;
  app: HTMLElement;
  asked: HTMLElement;
  asking: HTMLFormElement;
  compact: HTMLInputElement;
  config: HTMLElement;
  cookbook: HTMLElement;
  downloads: HTMLElement;
  drop: HTMLElement;
  editor: HTMLElement;
  engine: HTMLElement;
  error: HTMLElement;
  field: HTMLElement;
  filter: HTMLInputElement;
  graph: HTMLSelectElement;
  labels: HTMLInputElement;
  missing: HTMLElement;
  nearest: HTMLElement;
  notes: HTMLElement;
  output: HTMLElement;
  own: HTMLInputElement;
  parameters: HTMLElement;
  progress: HTMLProgressElement;
  raw: HTMLInputElement;
  results: HTMLElement;
  run: HTMLButtonElement;
  said: HTMLElement;
  share: HTMLButtonElement;
  snippets: HTMLElement;
  stale: HTMLElement;
  status: HTMLElement;
  stop: HTMLButtonElement;
  tables: HTMLElement;
  tabs: HTMLElement;
  text: HTMLTextAreaElement;
  views: HTMLElement;
  waiting: HTMLElement;
  words: HTMLInputElement;
}
export type Part = <K extends keyof Parts>(name: K) => Parts[K];

// The editor, or the plain text field in its place.
export interface Insertion {
  from: number;
  insert: string;
}
export type PrefixFor = (text: string, name: string) => Insertion | null;
export interface EditorSettings {
  host: HTMLElement;
  label: string;
  description: string;
  text: string;
  at: number; // where the cursor stands
  words: Messages;
  names: Names;
  run(): unknown;
  changed(): void;
  prefixFor: PrefixFor;
}
export interface Editor {
  text: string;
  insert(from: number, text: string): void;
  focus(): void;
  clear(): void;
  mark(from: number, message: string): void;
}
export type Apply = (view: EditorView, completion: { label: string }, from: number, to: number) => void;
