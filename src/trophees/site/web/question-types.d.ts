// Questions in words: what Python writes for them, what is read in them, and what comes of them.
import type { Question } from "./playground-types.js";
import type { Both, Prefixes } from "./types.js";

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
export type Saying = Record<"conditions" | "nouns" | "one" | "acts" | "much" | "verbs" | "heads" | "forms", Record<string, Both>>;
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
  sentences: Record<string, Both>;
  missing: Record<string, Both>;
  incomplete: Record<string, Both>;
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
export interface Sign extends Both {
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
