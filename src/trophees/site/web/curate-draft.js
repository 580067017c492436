// The draft of a record, which the browser keeps if the reader wants it: until the box is no longer ticked, and not until
// another record is opened.
const KEPT = "trophees-record";

/** @type {(draft: { path: string, text: string }) => void} */
export function keep({ path, text }) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ path, text }));
  } catch {
    // there is no place to keep it
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEPT);
  } catch {
    // there is none
  }
}

/** @type {() => { path: unknown, text: unknown } | null} */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}
