// Where what is chosen of a list stands in the address: in its query, or, where a page of a disk may not change that, in its
// fragment (`#?region=11&q=climat`, which `read` prefers).

let ours = ""; // the fragment that was put here last

// Puts the query of a choice (`?region=11`, or "") into the address, as a step or `instead` of the one before.
/** @type {(query: string, instead: boolean) => void} */
export function put(query, instead) {
  try {
    history[instead ? "replaceState" : "pushState"](null, "", query || location.pathname);
  } catch {
    ours = `#${query || "?"}`;
    if (instead) location.replace(ours);
    else location.hash = ours;
  }
}

// Whether the reader went to another address: a fragment that is put is told as if it had been.
/** @type {() => boolean} */
export function left() {
  if (ours && location.hash === ours) return false;
  ours = "";
  return true;
}
