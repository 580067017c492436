// What a citation says that can be verified, read as `base/citation.py` does.
import { decoded } from "./words.js";
/** @import { CitedText } from "./citing-types.js" */

const RELEASE = /(?<![\p{L}\p{N}_])(?:version[^\p{L}\p{N}_]{0,4}|ET {2}- )([0-9]{4}\.[0-9]+)(?![\p{L}\p{N}_])/iu;
const DAY = /(?<![\p{L}\p{N}_])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![\p{L}\p{N}_])/u;
const SUM = /SHA-?256([^0-9:=]{0,40}?)[\s:={(]*((?:[0-9a-f]\s*){64})(?![0-9a-f])/gi;
const OF_ANSWER = /réponse|answer/i;
const WORDS = /(?<![\p{L}\p{N}_])(?:imprimé|printed)\s*:\s*(?:«\s*(.*?)\s*»|“(.*?)”)/su;
const QUERY = /#query=([^&\s]+)/;

/** @type {(text: string, base: string) => CitedText} */
export function read(text, base) {
  const sums = { release: "", answer: "" };
  for (const [, of, sum] of text.matchAll(SUM)) sums[OF_ANSWER.test(of) ? "answer" : "release"] = sum.replace(/\s/g, "").toLowerCase();
  const words = WORDS.exec(text);
  const iri = new RegExp(`${base.replace(/[.]/g, "\\.")}[\\p{L}\\p{N}_./#%~-]*`, "u").exec(text.replace(QUERY, ""))?.[0] ?? "";
  const query = QUERY.exec(text)?.[1];
  return {
    iri: iri.replace(/[.-]+$/, ""),
    version: RELEASE.exec(text)?.[1] ?? "",
    day: DAY.exec(text)?.[1] ?? "",
    sha256: sums.release,
    printed: (words?.[1] ?? words?.[2] ?? "").replace(/\s+/g, " "),
    query: query ? decoded(query) : "",
    answer: sums.answer,
  };
}
