// The reader's own files: tables, and what is said of them.

// The texts of other files that came with it, by their names: they may be contexts of JSON-LD.
export type Beside = Record<string, string>;

// What is said of a file: the key of a sentence, and what stands in it.
export type Noted = [key: string, values: Record<string, unknown>];

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
