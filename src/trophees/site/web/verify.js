// The page that verifies a citation: is this the release, does the fact say the same, does the query give the same
// answer? What is cited from an earlier release is looked up in what releases changed.
import { read } from "./citation.js";
import { node, run } from "./elements.js";
import { Engine } from "./engine.js";
import { canonical, sum } from "./fingerprint.js";
import { once } from "./once.js";
import { fill, wording } from "./words.js";
/** @import { CitedText, Former } from "./citing-types.js" */
/** @typedef {{ text: string, holds?: boolean, href?: string, label?: string }} Finding */

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const config = JSON.parse(part("verify-config").textContent ?? "");
const words = wording(config.words, config.lang);
const field = /** @type {HTMLTextAreaElement} */ (part("citation"));
const place = part("found");
const fromDisk = location.protocol === "file:";
/** @type {Engine | undefined} */
let engine;

// What releases changed, from a script, which a page of a disk may run, too.
/** @type {() => Promise<Former>} */
const former = once(() => run(config.urls.former).then(
  () => /** @type {any} */ (globalThis).tropheesFormer,
  () => {
    throw new Error(words.unreadable);
  },
));

/** @type {(text: string) => Promise<Finding[]>} */
async function verified(text) {
  const cited = read(text, config.base);
  if (!cited.iri && !cited.sha256 && !cited.query) return [{ text: words.nothing, holds: false }];
  const { releases, facts, added } = await former();
  const [told, then] = release(cited, releases);
  const found = [told];
  const path = cited.iri.slice(config.base.length);
  const ended = changes(facts, path).find(([version, kind]) => kind === "removed" && !(then && after(then, releases).includes(version)));
  if (ended) found.push({ text: became(ended), holds: false });
  else if (path && !/^(?:dataset|playground)\//.test(path)) {
    if (then && then !== config.version) found.push(since(path, then, after(then, releases), { facts, added }));
    if (!then || then === config.version || found.at(-1)?.holds) found.push(...(await now(cited, path)));
    else found.push(page(path));
  }
  if (cited.query) found.push(await answer(cited, then));
  return found;
}

// What releases changed in something, whatever a citation calls it.
/** @type {(facts: Former["facts"], path: string) => Former["facts"][string]} */
const changes = (facts, path) => (Object.hasOwn(facts, path) ? facts[path] : []);

// Which release is cited, and its version, if it is known.
/** @type {(cited: CitedText, releases: Former["releases"]) => [Finding, string?]} */
function release({ sha256, version }, releases) {
  const named = releases.find(([name, , its]) => (sha256 ? its === sha256 : name === (version || config.version)));
  if (!named) return [{ text: fill(words.unknown, { sha256: sha256 || version }), holds: false }];
  const [name, day] = named;
  if (sha256 && version && version !== name) return [{ text: fill(words.otherNumber, { name, version }), holds: false }, name];
  const date = new Intl.DateTimeFormat(config.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
  const key = sha256 ? (name === config.version ? "this" : "earlier") : "noSum";
  return [{ text: fill(words[key], { name, date, here: config.version }), holds: true }, name];
}

// What became of something since the release `then`.
/** @type {(path: string, then: string, later: string[], known: Pick<Former, "facts" | "added">) => Finding} */
function since(path, then, later, { facts, added }) {
  const thing = path.split("#")[0];
  const brought = later.find((version) => added[version]?.some((it) => it === path || it === thing));
  if (brought) return { text: fill(words.notYet, { then, brought }), holds: false };
  const told = changes(facts, path).filter(([version]) => later.includes(version));
  if (!told.length) return { text: fill(words.stands, { then, here: config.version }), holds: true };
  return { text: told.map(became).join(" "), holds: false };
}

// The versions of the releases after `then`.
/** @type {(then: string, releases: Former["releases"]) => string[]} */
const after = (then, releases) => releases.slice(releases.findIndex(([version]) => version === then) + 1).map(([version]) => version);

/** @type {(change: Former["facts"][string][number]) => string} */
function became([version, kind, text, successor]) {
  const end = successor ? fill(words.successor, { successor: config.base + successor }) : "";
  return `${fill(kind === "removed" ? words.removed : words.changed, { version })} ${text} ${end}`.trim();
}

// What this release says of it.
/** @type {(cited: CitedText, path: string) => Promise<Finding[]>} */
async function now({ iri, printed }, path) {
  if (fromDisk) return [{ ...page(path), text: words.disk }];
  const [thing] = path.split("#");
  const response = await fetch(`${config.root}${encodeURI(thing)}.nt`);
  const lines = response.ok ? (await response.text()).split("\n").filter((line) => line.startsWith(`<${iri}> `)) : [];
  if (!lines.length) return [{ text: fill(words.noThing, { iri }), holds: false }];
  const start = `<${iri}> <${config.base}ontology#printed> `;
  const said = lines.filter((line) => line.startsWith(start)).map((line) => unquoted(line.slice(start.length))).join(" ");
  const same = said.replace(/\s+/g, " ").trim() === printed.trim();
  if (printed && !same) return [{ text: fill(words.otherWords, { said, printed }), holds: false }, page(path)];
  return [{ ...page(path), text: said ? fill(words[printed ? "sameWords" : "says"], { said }) : words.there, holds: true }];
}

/** @type {(term: string) => string} */
function unquoted(term) {
  const [literal] = /^"(?:[^"\\]|\\.)*"/.exec(term) ?? ['""'];
  return JSON.parse(literal.replace(/\\U([0-9A-Fa-f]{8})/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16))).replaceAll("\\'", "'"));
}

/** @type {(path: string) => Finding} */
function page(path) {
  const [thing, fragment] = path.split("#");
  const english = config.lang === "en" ? "en/" : "";
  return { text: "", href: `${config.root}${thing}/${english}index.html${fragment ? `#${fragment}` : ""}`, label: words.page };
}

/** @type {(cited: CitedText, then?: string) => Promise<Finding>} */
async function answer({ query, answer: wanted }, then) {
  if (then !== config.version) return { text: words.oldAnswer, holds: false };
  if (fromDisk || !globalThis.crypto?.subtle) return { text: words.noEngine, holds: false };
  engine ??= new Engine(config, { words, state: () => {} });
  const text = canonical(await engine.query({ text: query, graph: "" }));
  if (text === undefined) return { text: words.blank, holds: false };
  const found = await sum(text);
  if (!wanted) return { text: fill(words.answer, { found }), holds: true };
  return { text: fill(found === wanted ? words.sameAnswer : words.otherAnswer, { found, wanted }), holds: found === wanted };
}

/** @type {(found: Finding[]) => void} */
function show(found) {
  place.replaceChildren(node("ol", {}, ...found.map(({ text, holds, href, label = "" }) => {
    const sign = node("strong", { role: "img", "aria-label": holds ? words.holds : words.fails }, holds ? "✓" : "✗");
    const judged = holds === undefined ? [] : [sign, " "];
    const class_ = holds === undefined ? null : holds ? "holds" : "fails";
    return node("li", { class: class_ }, ...judged, text, ...(href ? [text ? " " : "", node("a", { href }, label)] : []));
  })));
}

part("verify").addEventListener("submit", async (event) => {
  event.preventDefault();
  place.textContent = words.working;
  try {
    show(await verified(field.value));
  } catch (error) {
    show([{ text: `${words.broken} ${/** @type {Error} */ (error).message}`, holds: false }]);
  }
});

// A citation may be handed over in the address.
const given = new URLSearchParams(location.hash.slice(1)).get("citation");
if (given) {
  field.value = given;
  /** @type {HTMLFormElement} */ (part("verify")).requestSubmit();
}
