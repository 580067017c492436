// How an answer is shown, as the reader chose, and as the address holds it.
/** @import { ViewState } from "./answer-types.js" */

/** @type {() => ViewState} */
export const usualView = () => ({ view: "table", sort: "", filter: "", hide: null, raw: false, names: false, x: "", y: "", colour: "", form: "", top: "" });

const TEXTS = /** @type {const} */ (["sort", "filter", "x", "y", "colour", "form", "top"]);

// What of it is not usual, as the end of the fragment of an address: `&view=chart&x=label`.
/** @type {(state: ViewState) => string} */
export function inAddress(state) {
  const parts = new URLSearchParams();
  if (state.view !== "table") parts.set("view", state.view);
  for (const key of TEXTS) if (state[key]) parts.set(key, state[key]);
  if (state.hide) parts.set("hide", state.hide.join(","));
  if (state.raw) parts.set("raw", "1");
  if (state.names) parts.set("names", "1");
  const text = parts.toString().replaceAll("+", "%20");
  return text && `&${text}`;
}

/** @type {(given: URLSearchParams) => ViewState} */
export function ofAddress(given) {
  const state = usualView();
  state.view = given.get("view") ?? "table";
  for (const key of TEXTS) state[key] = given.get(key) ?? "";
  const hidden = given.get("hide");
  state.hide = hidden === null ? null : hidden.split(",").filter(Boolean);
  state.raw = given.get("raw") === "1";
  state.names = given.get("names") === "1";
  return state;
}
