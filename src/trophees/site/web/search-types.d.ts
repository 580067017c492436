// The index of the search, and what is found in it.
import type { Messages, Written } from "./types.js";

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
