// What is cited: the words of a citation, one as it is read, and what releases changed.

// A citation as it is read.
export interface CitedText {
  iri: string;
  version: string;
  day: string;
  sha256: string;
  printed: string;
  query: string;
  answer: string;
}

// What releases changed, for the page that verifies.
export interface Former {
  releases: [version: string, day: string, sha256: string][];
  facts: Record<string, [version: string, kind: string, text: string, successor: string][]>;
  added: Record<string, string[]>;
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
