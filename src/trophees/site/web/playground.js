// The playground: a query, the engine in its worker, and what comes back.
import { answers } from "./answer.js";
import { asking } from "./asking.js";
import { bytes } from "./bytes.js";
import { cells } from "./cells.js";
import { building } from "./builder.js";
import { Engine, LIMIT } from "./engine.js";
import { field } from "./field.js";
import { own } from "./own.js";
import { values } from "./parameters.js";
import { node } from "./elements.js";
import { once } from "./once.js";
import { reader } from "./results.js";
import { missingPrefixes, offset, parameters, placeOf, prefixLine, termText, withParameter, withPrefixes } from "./sparql.js";
import { identify, tabs } from "./tabs.js";
import { inAddress, ofAddress, usualView } from "./view-state.js";
import { fill, wording } from "./words.js";
import { yourTables } from "./your-tables.js";
/** @import { Answer, Checked, Config, Editor, EditorSettings, Failure, Names, Part, Question } from "./playground-types.js" */
/** @import { InWords } from "./question-types.js" */
/** @import { Reader, Rows, Words } from "./types.js" */

/** @type {Part} */
const part = (name) => /** @type {any} */ (document.getElementById(`pg-${name}`));
/** @type {Config} */
const config = JSON.parse(part("config").textContent ?? "");
const { lang } = config;
/** @type {Words} */
const words = wording(config.words, lang);

// What stands in the page itself (the single-file page), else is fetched.
/** @type {(name: string) => Promise<any>} */
const json = async (name) => {
  const inline = document.getElementById(`pg-data-${name}-${lang}`) ?? document.getElementById(`pg-data-${name}`);
  if (inline) return JSON.parse(inline.textContent ?? "");
  if (!config.urls[name]) return null;
  const response = await fetch(config.urls[name]);
  if (!response.ok) throw new Error(`${response.status} ${config.urls[name]}`);
  return response.json();
};

const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done)); // by then the editor's script has run
/** @type {(text: string) => void} */
const told = (text) => {
  part("engine").textContent = text;
};
const engine = new Engine(config, { words, state: told, progress: (share) => {
  part("progress").value = share;
  part("progress").classList.toggle("pg-done", share >= 1);
} });
/** @type {Names} */
let names;
/** @type {Question[]} */
let cookbook;
/** @type {Reader} */
let found;
/** @type {Editor} */
let editor;
/** @type {ReturnType<typeof tabs>} */
let subjects;
/** @type {ReturnType<typeof answers>} */
let shown;
/** @type {ReturnType<typeof values>} */
let chosen;
let answered = ""; // the query whose answer is shown
/** @type {ReturnType<typeof building> | undefined} */
let builder;

/** @type {() => Promise<void>} */
async function start() {
  const asked = Boolean(new URLSearchParams(location.hash.slice(1)).get("query"));
  if (asked || config.alone) engine.open().catch(() => {}); // the engine gets ready while the page does
  [names, cookbook] = await Promise.all([json("names"), json("cookbook"), parsed]);
  const root = config.alone && new URLSearchParams(location.search).has("site") ? "" : config.root;
  found = reader({ base: config.base, root, names, prefixes: names.prefixes, lang });
  shown = answers({ part, words, names, reader: found, cells: cells({ names, reader: found, base: config.base, lang }), lang, endpoint: config.endpoint, drawing: mapOfFrance, changed: keepAddress });
  chosen = values({ part, names, reader: found, lang, ask: (change) => {
    editor.text = change(editor.text);
    understood = part("asked").textContent ?? "";
    answer();
  } });
  editor = makeEditor();
  for (const [iri, label] of names.graphs) part("graph").append(node("option", { value: iri }, label));
  const tables = yourTables({ part, words, reader: found, lang, urls: config.urls, engine, ask: askTable });
  own({ engine, part, words, lang, names, tables, added: nowHere });
  subjects = tabs({ part, words });
  builder = building({ part, messages: config.builderWords, lang, names, model: () => json("builder"), text: () => editor.text, run: answer, write, count: (query) => engine.count(withPrefixes(query, names.prefixes)) });
  asking({ part, words, read, ask: askUnderstood, choose: askNamed, ended });
  listen();
  part("waiting").remove();
  part("app").dataset.ready = "";
  if (location.hash.length > 1) withdraw();
  if (!readAddress()) askNamed(config.first, false);
  whenIdle(() => engine.open().catch(() => {}));
}

// The answer that came with the page is not the one that its address asks for.
function withdraw() {
  part("results").hidden = true;
  part("asked").textContent = "";
  summarise("");
}

/** @type {(then: () => void) => void} */
const whenIdle = (then) => ("requestIdleCallback" in window ? requestIdleCallback(then, { timeout: 2000 }) : setTimeout(then, 500));

// -- the editor, or the textarea that stands in the page where it cannot be made

/** @type {() => Editor} */
function makeEditor() {
  const area = part("text");
  /** @type {EditorSettings} */
  const settings = {
    host: part("editor"), text: "", names, words: config.editorWords, label: words.query, description: words.keys,
    run, changed: edited,
    prefixFor: (text, name) => (missingPrefixes(`${text} ${name}:`, names.prefixes).includes(name) ? prefixLine(text, name, names.prefixes[name]) : null),
  };
  try {
    const made = window.tropheesEditor.create(settings);
    part("field").remove();
    part("editor").hidden = false;
    return made;
  } catch (error) {
    console.warn("the plain text field is used:", error);
    return field(area, edited, run);
  }
}

// -- the query: cookbook, parameters, address

/** @type {(question: Question) => void} */
function choose({ name, text }) {
  editor.text = text;
  subjects.mark(name);
}

// The answer that was made with the release comes first, if the engine is not ready yet.
/** @type {(wanted: string | null, comes?: boolean) => void} */
function askNamed(wanted, comes = true) {
  const question = cookbook.find(({ name }) => name === wanted);
  if (!question) return;
  choose(question);
  understood = question.summary;
  shown.state = usualView();
  if (engine.ready || part("graph").value || part("labels").checked || !config.urls.answers) answer(comes);
  else early(question, comes);
}

/** @type {(question: Question, comes: boolean) => Promise<void>} */
async function early(question, comes) {
  const mine = ++turn;
  engine.stop("reader");
  await running;
  if (mine !== turn) return; // another one has been asked since
  const { text } = editor;
  busy(true);
  say(words.running);
  /** @type {Rows | null} */
  const result = await bytes(config.urls.answers.replace("*", question.name)).then((data) => JSON.parse(new TextDecoder().decode(data)), () => null);
  if (mine !== turn) return;
  busy(false);
  if (editor.text !== text) return;
  if (!result?.results.bindings.length) return answer(comes);
  part("error").hidden = true;
  part("notes").replaceChildren();
  part("asked").textContent = understood;
  understood = "";
  answered = text;
  await shown.show({ text, graph: "" }, { result, files: { json: JSON.stringify(result) }, ms: 0 }, config.version);
  say("");
  if (!comes) return;
  keepAddress();
  reveal();
}

// What is understood of a question in words, in place of whatever runs.
/** @type {(question: string) => Promise<InWords>} */
function read(question) {
  engine.stop("reader");
  const reading = running.then(() => {
    busy(true);
    return engine.inWords({ question, lang, prefixes: names.prefixes, cookbook });
  }).finally(() => busy(false));
  running = reading.then(() => {}, () => {});
  return reading;
}

/** @type {(text: string, view: string) => void} */
function askTable(text, view) {
  editor.text = text;
  subjects.mark(undefined);
  part("graph").value = "";
  shown.state = { ...usualView(), view };
  answer();
}

let understood = ""; // of the query that is to be run

/** @type {(told: InWords) => void} */
function askUnderstood(told) {
  editor.text = told.sparql ?? "";
  subjects.mark(undefined);
  part("graph").value = ""; // it was read for the whole graph
  understood = told.understood ?? "";
  shown.state = usualView();
  answer();
}

function edited() {
  const text = editor?.text ?? "";
  builder?.changed();
  chosen.show(text);
  shown.stale(text !== answered);
}

// What is built.
/** @type {(text: string) => void} */
function write(text) {
  editor.text = text;
  subjects.mark(undefined);
}

// The address holds a query, or names a question of the cookbook and the values of its parameters.
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
  const text = given.get("query");
  const question = cookbook.find(({ name }) => name === given.get("question"));
  if (!text && !question) return false;
  if (text) {
    const name = identify(text, cookbook);
    const filed = /^#\+ /m.test(text) && cookbook.find((other) => other.name === name); // as its file has it, with a head
    editor.text = filed ? filed.text : text;
    subjects.mark(name);
  } else if (question) {
    choose(question);
    editor.text = chosen.filled(editor.text, given);
  }
  const graph = given.get("graph") ?? "";
  part("graph").value = names.graphs.some(([iri]) => iri === graph) ? graph : "";
  shown.state = ofAddress(given);
  missing = given.get("files")?.split("/").filter((name) => name && !part("own-list").querySelector(`[data-name="${CSS.escape(name)}"]`)) ?? [];
  part("missing").textContent = missing.length ? fill(words.missingFiles, { names: missing.join(", ") }) : "";
  if (given.get("run") === "1" || question) answer();
  return true;
}

/** @type {string[]} */
let missing = []; // files of another reader's, which the link asks

// The query of a link is asked again once all of its files are there.
/** @type {(label: string) => void} */
function nowHere(label) {
  if (!missing.includes(label)) return;
  missing = missing.filter((name) => name !== label);
  part("missing").textContent = missing.length ? fill(words.missingFiles, { names: missing.join(", ") }) : "";
  if (!missing.length) answer();
}

const graphChosen = () => (part("graph").value ? `&graph=${encodeURIComponent(part("graph").value)}` : "");

// The names of the reader's files, which are not in the address: who opens it is told.
const filesAsked = () => {
  const files = [...part("own-list").querySelectorAll("[data-name]")].map((item) => item.getAttribute("data-name") ?? "");
  return files.length ? `&files=${files.map(encodeURIComponent).join("/")}` : "";
};

const address = (rest = "&run=1") => `#query=${encodeURIComponent(editor.text)}${graphChosen()}${filesAsked()}${rest}${inAddress(shown.state)}`;

function keepAddress() {
  history.replaceState(null, "", address(part("results").hidden ? "" : "&run=1"));
}

// The same in the other language: a question of the cookbook is asked in that language there.
function otherAddress() {
  const rest = part("results").hidden ? "" : "&run=1";
  const chosen = part("cookbook").querySelector("[aria-current]")?.getAttribute("data-query");
  const question = cookbook.find(({ name }) => name === chosen);
  if (!question) return address(rest);
  const values = parameters(editor.text);
  let plain = question.text;
  for (const { name, term } of values) plain = withParameter(plain, name, term);
  if (withPrefixes(plain, names.prefixes) !== withPrefixes(editor.text, names.prefixes)) return address(rest);
  return `#question=${chosen}${values.map(({ name, term }) => `&${name}=${encodeURIComponent(termText(term))}`).join("")}${graphChosen()}${rest}`;
}

// -- running

/** @type {Promise<void>} */
let running = Promise.resolve();

const run = () => {
  if (!engine.busy) running = answerOnce();
  return running;
};

let turn = 0;

// Run in place of whatever runs.
async function answer(comes = true) {
  const mine = ++turn;
  engine.stop("reader");
  await running;
  if (mine !== turn) return; // another one has been asked since
  running = answerOnce(comes);
  await running;
}

async function answerOnce(comes = true) {
  for (const name of missingPrefixes(editor.text, names.prefixes)) {
    const { from, insert } = prefixLine(editor.text, name, names.prefixes[name]);
    editor.insert(from, insert);
  }
  const text = editor.text;
  const about = understood;
  understood = "";
  part("asked").textContent = "";
  editor.clear();
  busy(true);
  part("error").hidden = true;
  part("notes").replaceChildren();
  say(words.running);
  summarise("");
  if (comes) history.replaceState(null, "", address());
  try {
    const asked = { text, graph: part("graph").value, labels: part("labels").checked ? lang : "" };
    const answer = await engine.query(asked);
    answered = text;
    await shown.show(asked, answer);
    shown.stale(editor.text !== answered);
    part("asked").textContent = about;
    await explain(text, answer);
    say("");
    if (comes) reveal();
  } catch (error) {
    await fail(error);
  }
  busy(false);
}

/** @type {(is: boolean) => void} */
function busy(is) {
  part("stop").disabled = !is;
  part("run").setAttribute("aria-disabled", String(is));
  part("output").setAttribute("aria-busy", String(is));
}

// What happens is said under the buttons, what a result holds above it.
/** @type {(text: string) => void} */
const say = (text) => {
  part("said").textContent = text;
};
/** @type {(text: string) => void} */
const summarise = (text) => {
  part("status").textContent = text;
};

// Bring the beginning of the results into view, if there is too little of them.
function reveal() {
  const { top } = part("results-title").getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.7) part("results-title").scrollIntoView();
}

/** @type {(answer: Answer) => boolean} */
const saysNothing = ({ result, triples }) => (triples ?? result)?.results?.bindings.length === 0 || result?.boolean === false;

// The columns of an answer that are empty in every row.
/** @type {(answer: Answer) => string[]} */
function blankColumns({ result }) {
  const rows = result?.results?.bindings ?? [];
  return rows.length ? (result?.head.vars ?? []).filter((name) => rows.every((row) => !row[name]?.value)) : [];
}

// Whether an answer is one row of zeros: what COUNT and SUM make of nothing.
/** @type {(answer: Answer) => boolean} */
function isZero({ result }) {
  const rows = result?.results?.bindings ?? [];
  const values = Object.values(rows[0] ?? {}).map((term) => term?.value);
  return rows.length === 1 && values.length > 0 && values.every((value) => value === "0");
}

// Say below the result what in the query never matches, each with its place, if there is none, a count of none, or an empty column.
/** @type {(text: string, answer: Answer) => Promise<void>} */
async function explain(text, answer) {
  const [empty, blank] = [saysNothing(answer), blankColumns(answer)];
  if (!empty && !blank.length && !isZero(answer)) return;
  const found = await engine.check({ ...checked(text), empty, blank }).catch(() => []);
  part("notes").replaceChildren(...found.map(({ at, message }) => node("li", {}, `${fill(words.place, placeOf(text, at))}${message}.`)));
}

/** @type {(text: string) => Checked} */
const checked = (text) => ({ text, prefixes: names.prefixes, sentences: config.sentences, empty: false, near: null });

// Why there is no answer, though nothing is wrong with what was asked.
/** @type {(failure: Failure) => string} */
function ended({ fatal, stopped }) {
  if (fatal) return words.memory;
  return stopped === "limit" ? fill(words.limit, { n: LIMIT / 1000 }) : stopped ? words.stopped : "";
}

/** @type {(error: unknown) => Promise<void>} */
async function fail(error) {
  const failure = /** @type {Failure} */ (error);
  part("results").hidden = true;
  say("");
  if (ended(failure)) return say(ended(failure));
  const text = editor.text;
  const near = failure.line ? offset(text, failure.line, failure.column) : null;
  const [told] = await engine.check({ ...checked(text), message: failure.message, near }).catch(() => []);
  const from = told?.at ?? null;
  const message = told ? `${told.message}.` : /^The service .* is not supported/.test(failure.message) ? words.service : failure.message;
  const place = from === null ? "" : fill(words.place, placeOf(text, from));
  const said = place + message;
  part("error").textContent = said[0].toUpperCase() + said.slice(1);
  part("error").hidden = false;
  if (from !== null) {
    editor.mark(from, message);
    editor.focus();
  }
  requestAnimationFrame(() => part("error").scrollIntoView({ block: "nearest" })); // once the editor has scrolled
}

const mapOfFrance = once(() => json("map"));

// -- what the reader does

function listen() {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (part("app").querySelectorAll("button[data-waits]"))) button.disabled = false;
  part("run").onclick = run;
  part("again").onclick = run;
  part("stop").onclick = () => {
    engine.stop("reader");
    part("run").focus(); // the button that had the focus is going to be disabled
  };
  part("labels").onchange = () => {
    if (!part("results").hidden) answer();
  };
  part("share").onclick = async () => {
    history.replaceState(null, "", address());
    try {
      await navigator.clipboard.writeText(location.href);
      say(words.copied);
    } catch {
      say(words.inAddress);
    }
  };
  part("cookbook").onclick = (event) => {
    const link = event.target instanceof Element && event.target.closest("a[data-query]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    askNamed(link.getAttribute("data-query"));
  };
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.language, .pg-language a"))) {
    for (const type of ["pointerdown", "click"]) {
      link.addEventListener(type, () => {
        link.hash = otherAddress();
        if (config.alone && new URLSearchParams(location.search).has("site")) link.search = `?lang=${link.hreflang}&site`;
      });
    }
  }
  addEventListener("hashchange", readAddress);
}

// From a disk a page may not read its neighbours: there the page that is one file takes over, with the same query, and
// knows from its address that the site is beside it.
if (!config.alone && location.protocol === "file:") location.replace(`${config.root}playground.html?lang=${lang}&site${location.hash}`);
else start().catch((error) => {
  part("waiting").classList.remove("visually-hidden");
  part("waiting").textContent = `${words.broken} ${error.message}`;
});
