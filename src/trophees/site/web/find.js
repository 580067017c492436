// The search itself: MiniSearch over the records that Python wrote; accents, case, beginnings of words and typos are forgiven.
import MiniSearch from "minisearch";

const FIELDS = ["label", "others", "codes", "text"];

export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae");

// `index`: {kinds, pages: [[path, kind, label, others, codes, text, weight]]}. The function finds at most `limit` pages.
export function finder(index) {
  const search = new MiniSearch({
    fields: FIELDS,
    storeFields: ["path", "kind", "label", "others", "codes", "weight"],
    processTerm: (term) => fold(term) || null,
    searchOptions: {
      boost: { label: 6, others: 4, codes: 8, text: 1 },
      prefix: (term) => term.length > 1,
      // a code is right or wrong; a short word has too many neighbours
      fuzzy: (term) => (/\d/.test(term) || term.length < 4 ? false : 0.2),
      combineWith: "AND",
      boostDocument: (_id, _term, stored) => 1 + stored.weight / 4,
    },
  });
  search.addAll(index.pages.map(([path, kind, label, others, codes, text, weight], id) => ({ id, path, kind, label, others, codes, text, weight })));
  return (typed, limit = 8) => {
    const strict = search.search(typed);
    const found = strict.length ? strict : search.search(typed, { combineWith: "OR" });
    return { count: found.length, pages: found.slice(0, limit).map((page) => ({ ...page, kindLabel: index.kinds[page.kind] ?? "", through: through(page) })) };
  };
}

// The other name or the code that a page was found by, if its label does not show it.
function through({ label, others, codes, match }) {
  const shown = fold(label);
  const terms = Object.keys(match).filter((term) => !shown.includes(term));
  const name = others.split(" · ").find((other) => terms.some((term) => match[term].includes("others") && fold(other).includes(term)));
  return name ?? codes.split(" ").find((code) => terms.some((term) => code.startsWith(term))) ?? "";
}
