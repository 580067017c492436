// Text as people search it: case, accents, kinds of apostrophe do not count. The same as base/folding.py, as a test holds.
// what Unicode does not take apart, by what stands for it: letters, and the apostrophes of print, which keyboards lack
/** @type {Record<string, string>} */
const APART = { œ: "oe", æ: "ae", ß: "ss", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ŧ: "t", ŋ: "n", ı: "i", "’": "'", ʼ: "'" };
const LETTERS = new RegExp(`[${Object.keys(APART).join("")}]`, "g");

/** @type {(text: string) => string} */
export const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(LETTERS, (letter) => APART[letter]);
