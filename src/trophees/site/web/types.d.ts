// What the scripts of the site pass to each other; read by the type checker only.
import type { EditorView } from "@codemirror/view";

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

// What Python writes for the playground.
export type Messages = Record<string, string>;
export interface Names {
  prefixes: Prefixes;
  graphs: [iri: string, label: string][];
  terms: [name: string, label: string, comment: string, kind: string, path: string][];
  entities: [name: string, label: string, kind: string, path: string][];
  cells: CellRules;
}
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

// A citation as it is read, and what releases changed, for the page that verifies.
export interface CitedText {
  iri: string;
  version: string;
  day: string;
  sha256: string;
  printed: string;
  query: string;
  answer: string;
}
export interface Former {
  releases: [version: string, day: string, sha256: string][];
  facts: Record<string, [version: string, kind: string, text: string, successor: string][]>;
  added: Record<string, string[]>;
}

// The messages of the page, and numbers as its language writes them.
export interface Counting {
  number(n: number): string;
  count(key: string, n: number, values?: Record<string, unknown>): string;
}
export type Words = Counting & { [key: string]: any };

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
  blank?: string[];
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
// The texts of other files that came with it, by their names: they may be contexts of JSON-LD.
export type Beside = Record<string, string>;
// What is said of a file: the key of a sentence, and what stands in it.
export type Noted = [key: string, values: Record<string, unknown>];
export interface Added {
  added: number;
  graphs: string[];
  notes: Noted[];
  table?: Table;
}
// A table: the texts of its header, and its rows, each with the line, or the number, on which it begins.
export interface TableRow {
  line: number;
  cells: string[];
}
export interface Table {
  columns: string[];
  properties?: string[]; // of the columns, under `my:`
  rows: TableRow[];
  notes: Noted[];
}
export type Statement = [subject: string, predicate: string, object: { iri: string } | { value: string; datatype?: string }];
export interface FileReading {
  unpacked(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  statements(data: Uint8Array<ArrayBuffer>, extension: string, file: string): { said: Statement[]; notes: Noted[]; table: Table };
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

// Questions in words: what Python writes for them, what is read in them, and what comes of them.
export interface Spoken {
  fr: string;
  en: string;
}
export interface Grammar {
  targets: Record<string, string[]>;
  ofAll: string[];
  ofOne: string[];
  places: string[];
  single: string[];
  doneBy: string[];
  ranked: string[];
  ranking: string[];
  groups: string[];
  before: Record<string, string[]>;
  opposite: Record<string, string>;
}
export type Saying = Record<"conditions" | "nouns" | "one" | "acts" | "much" | "verbs" | "heads" | "forms", Record<string, Spoken>>;
export interface WordsData {
  signs: [kind: string, value: string, fr?: string, en?: string][];
  entries: Record<string, number[]>;
  marks: string;
  limits: { question: number; frames: number; ways: number; parts: number; offered: number };
  links: Record<string, [allowed: string[], needed: string[]]>;
  following: Record<string, string>;
  grammar: Grammar;
  sparql: Record<string, Record<string, string>>;
  texts: string[];
  processes: string[];
  said: Saying;
  feminine: string[];
  vowels: string[];
  sentences: Record<string, Spoken>;
  missing: Record<string, Spoken>;
  incomplete: Record<string, Spoken>;
  casesOf: string;
  spelt: Record<string, string>;
  askedOf: string[];
  common: string[];
}
export interface Token {
  text: string;
  stem: string;
  plural: boolean;
}
export interface Sign extends Spoken {
  kind: string;
  value: string;
}
export interface Said {
  sign: Sign;
  token: Token;
}
export interface Condition {
  sign: Sign;
  how: string;
}
export interface QuestionReading {
  rest: Said[];
  conditions: Condition[];
  subject: Sign | null;
}
export interface Frame {
  act: string;
  target: string;
  conditions: Condition[];
  subject: Sign | null;
  by: string;
  how: string;
  thing: Sign | null;
}
export interface Near {
  text: string;
  name?: string; // of a question of the cookbook
}
export interface AskedInWords {
  question: string;
  lang: "fr" | "en";
  prefixes: Prefixes;
  cookbook: Question[];
}
export interface InWords {
  understood?: string;
  sparql?: string;
  note?: string;
  why?: string;
  nearest: Near[];
}

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

// What stands in a text from one place to another, and what is to stand there.
export type Edit = [start: number, end: number, text: string];

// What a query says, as the checker reads it.
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
  skipped: number;
}

// The index of the search; a name in another language than the page's is [text, language].
export type Written = string | [text: string, lang: string];
export interface Name {
  text: string;
  lang: string;
}
export interface Index {
  kinds: Record<string, [one: string, many: string]>;
  folders: Record<string, string>;
  words: Messages;
  pages: [path: string, kind: string, label: Written, others: Written[], codes: string, text: string, weight: number, told?: string][];
}
export interface Page {
  path: string;
  kind: string;
  label: Name;
  kindLabel: string;
  through: Name;
  text: string;
}
export type Finder = (typed: string, limit?: number) => { count: number; near: string[]; pages: Page[] };

declare global {
  interface Window {
    tropheesEditor: { create(settings: EditorSettings): Editor };
    tropheesIndex: Index;
    tropheesLinker: Record<string, (given: any) => Promise<any>>;
    tropheesNear: NearData;
    tropheesPlaces: string;
  }
}

export type Apply = (view: EditorView, completion: { label: string }, from: number, to: number) => void;

// The reference of places, and what links rows to it. Days are ISO 8601.
export interface Both {
  fr: string;
  en: string;
}
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

// “Et chez vous ?”: a territory of today with what it is in, and what is said of those that are near or like it.
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

// What a fact is cited by: `words` are messages in which {0} stands for a value.
export interface CitedWords {
  quoted: string;
  version: string;
  source: string;
  section: string;
  pages: string;
  licence: string;
  sum: string;
  copied: string;
  shown: string;
  subject: string;
  body: string;
}
export interface Cited {
  words: CitedWords;
  iri: string;
  key: string;
  said: string;
  name: string;
  publisher: string;
  work: string;
  version: string;
  date: string;
  licence: string;
  sum?: string;
  section: string;
  source: string;
  pages: string;
}
