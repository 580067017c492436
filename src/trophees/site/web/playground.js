// The playground: a query, the engine in its worker, and what comes back.
import { asking } from "./asking.js";
import { Engine, LIMIT } from "./engine.js";
import { field } from "./field.js";
import { meant } from "./meaning.js";
import { own } from "./own.js";
import { bars, barColumns, map } from "./pictures.js";
import { places } from "./places.js";
import { node, reader, table } from "./results.js";
import { compacted } from "./shape.js";
import { missingPrefixes, namesItsGraphs, offset, parameters, placeOf, prefixLine, termLike, termText, withParameter, withPrefixes } from "./sparql.js";
import { identify, tabs } from "./tabs.js";
import { fill, wording } from "./words.js";
import { csv, tsv, turtle } from "./written.js";
/** @import { Answer, Asked, Checked, Config, Content, Drawing, Editor, EditorSettings, Failure, InWords, Names, Part, Question, Reader, Words } from "./types.js" */

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
const engine = new Engine(config, { words, state: told });
/** @type {Names} */
let names;
/** @type {Question[]} */
let cookbook;
/** @type {Reader} */
let found;
/** @type {Editor} */
let editor;
/** @type {Promise<Drawing | null> | undefined} */
let drawing;
/** @type {ReturnType<typeof tabs>} */
let subjects;

/** @type {() => Promise<void>} */
async function start() {
  engine.open().catch(() => {}); // the engine gets ready while the page does
  [names, cookbook] = await Promise.all([json("names"), json("cookbook"), parsed]);
  const root = config.alone && new URLSearchParams(location.search).has("site") ? "" : config.root;
  found = reader({ base: config.base, root, names, prefixes: names.prefixes, lang });
  editor = makeEditor();
  part("app").hidden = false;
  part("waiting").remove();
  for (const [iri, label] of names.graphs) part("graph").append(node("option", { value: iri }, label));
  own({ engine, part, words, lang, names });
  subjects = tabs({ part, words });
  asking({ part, words, read, ask: askUnderstood, choose: askNamed, ended });
  listen();
  if (!readAddress()) choose(cookbook.find(({ name }) => name === config.first) ?? cookbook[0]);
}

// -- the editor, or the textarea that stands in the page where it cannot be made

/** @type {() => Editor} */
function makeEditor() {
  const area = part("text");
  /** @type {EditorSettings} */
  const settings = {
    host: part("editor"), text: "", names, words: config.editorWords, label: words.query, description: words.keys,
    run, changed: showParameters,
    prefixFor: (text, name) => (missingPrefixes(`${text} ${name}:`, names.prefixes).includes(name) ? prefixLine(text, name, names.prefixes[name]) : null),
  };
  try {
    const made = window.tropheesEditor.create(settings);
    part("field").remove();
    part("editor").hidden = false;
    return made;
  } catch (error) {
    console.warn("the plain text field is used:", error);
    return field(area, showParameters, run);
  }
}

// -- the query: cookbook, parameters, address

/** @type {(question: Question) => void} */
function choose({ name, text }) {
  editor.text = text;
  subjects.mark(name);
}

/** @type {(wanted: string | null) => void} */
function askNamed(wanted) {
  const question = cookbook.find(({ name }) => name === wanted);
  if (!question) return;
  choose(question);
  answer();
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

let understood = ""; // of the query that is to be run

/** @type {(told: InWords) => void} */
function askUnderstood(told) {
  editor.text = told.sparql ?? "";
  subjects.mark(undefined);
  part("graph").value = ""; // it was read for the whole graph
  understood = told.understood ?? "";
  answer();
}

let shownParameters = "";

function showParameters() {
  const params = parameters(editor?.text ?? "");
  const signature = params.map(({ name, title }) => `${name} ${title}`).join("\n");
  if (signature === shownParameters) return;
  shownParameters = signature;
  part("parameters").hidden = !params.length;
  part("parameter-list").replaceChildren(...params.map(({ name, term, title }) => {
    const input = control(term);
    input.id = `pg-parameter-${name}`;
    input.onchange = () => {
      const value = valueLike(term, input.value);
      input.toggleAttribute("aria-invalid", !value);
      if (value) editor.text = withParameter(editor.text, name, value);
    };
    return node("div", { class: "pg-parameter" }, node("label", { for: input.id }, title), input);
  }));
}

/** @type {(iri: string, label: string, space: string) => [iri: string, label: string][]} */
const peer = (iri, label, space) => (iri.startsWith(space) ? [[iri, label]] : []);

// What a reader typed, as the kind of term that `like` is; a thing may be typed by its compact name, its code, its slug or
// its label, if no other of its kind has the same.
/** @type {(like: string, typed: string) => string | null} */
function valueLike(like, typed) {
  const [prefix] = typed.split(":");
  if (!like.startsWith("<") || /^(?:https?|urn):/.test(typed)) return termLike(like, typed);
  if (typed.includes(":") && Object.hasOwn(names.prefixes, prefix)) return termLike(like, found.expand(typed));
  const kind = names.entities.flatMap(([short, label]) => peer(found.expand(short), label, folderOf(termText(like))));
  const things = meant(typed, folderOf(termText(like)), kind);
  return things.length === 1 ? termLike(like, things[0]) : null;
}

// The folder of this graph, for which there is a prefix, in which a thing is.
/** @type {(iri: string) => string} */
const folderOf = (iri) => Object.values(names.prefixes).filter((space) => iri.startsWith(space)).reduce((one, other) => (other.length > one.length ? other : one), "");

// A list of what may be chosen, where the value is something of a kind that has not too many members.
/** @type {(term: string) => HTMLInputElement | HTMLSelectElement} */
function control(term) {
  const iri = term.startsWith("<") ? termText(term) : "";
  const space = iri.slice(0, iri.lastIndexOf("/") + 1);
  /** @type {[iri: string, label: string][]} */
  const peers = iri ? names.entities.flatMap(([short, label]) => peer(found.expand(short), label, space)) : [];
  if (!peers.some(([other]) => other === iri) || peers.length > 600) return node("input", { type: "text", value: termText(term), spellcheck: "false" });
  const options = peers.sort((one, other) => one[1].localeCompare(other[1], lang)).map(([other, label]) => node("option", { value: other, selected: other === iri }, label));
  return node("select", {}, ...options);
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
    for (const { name, term } of parameters(editor.text)) {
      const wanted = given.get(name);
      const value = wanted !== null && valueLike(term, wanted);
      if (value) editor.text = withParameter(editor.text, name, value);
    }
  }
  const graph = given.get("graph") ?? "";
  if (names.graphs.some(([iri]) => iri === graph)) part("graph").value = graph;
  if (given.get("run") === "1") answer();
  return true;
}

const graphChosen = () => (part("graph").value ? `&graph=${encodeURIComponent(part("graph").value)}` : "");

const address = (rest = "&run=1") => `#query=${encodeURIComponent(editor.text)}${graphChosen()}${rest}`;

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
  if (!engine.busy) running = once();
  return running;
};

// Run in place of whatever runs.
async function answer() {
  engine.stop("reader");
  await running;
  await run();
}

async function once() {
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
  history.replaceState(null, "", address());
  try {
    const asked = { text, graph: part("graph").value, labels: part("labels").checked ? lang : "" };
    const answer = await engine.query(asked);
    await show(asked, answer);
    part("asked").textContent = about;
    await explain(text, answer);
    say("");
    reveal();
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

// Say below the result what in the query never matches, each with its place, if there is none, or an empty column.
/** @type {(text: string, answer: Answer) => Promise<void>} */
async function explain(text, answer) {
  const [empty, blank] = [saysNothing(answer), blankColumns(answer)];
  if (!empty && !blank.length) return;
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

// -- results

/** @type {(asked: Asked, answer: Answer) => Promise<void>} */
async function show({ text, graph }, { result, shaped, triples, files: made, ms }) {
  /** @type {[name: string, label: string, make: () => (Node | string)[]][]} */
  const views = [];
  /** @type {Record<string, Content>} */
  let files = made;
  let summary = "";
  if (triples) {
    const rows = triples.results.bindings;
    summary = words.count("triples", rows.length);
    const ttl = () => turtle(rows, names.prefixes);
    files = { ttl, ...files };
    if (rows.length) {
      views.push(["table", words.viewTable, () => table(triples, found, words, { subject: words.subject, predicate: words.predicate, object: words.object })]);
      views.push(["text", words.viewText, () => [node("pre", { tabindex: "0" }, ttl())]]);
    }
  } else if (result?.boolean !== undefined) {
    summary = result.boolean ? words.yes : words.no;
  } else if (result) {
    const count = result.results.bindings.length;
    summary = count ? words.count("rows", count) : words.none;
    const shown = shaped ?? result;
    const rows = () => (part("compact").checked ? compacted(shown, found.compact) : shown);
    const json = files.json;
    files = { json: () => (rows() === result ? String(json) : JSON.stringify(rows())), csv: () => csv(rows()), tsv: () => tsv(rows()) };
    if (count) views.push(["table", words.viewTable, () => table(shown, found, words)]);
    const columns = barColumns(result);
    if (columns) views.push(["chart", words.viewChart, () => [bars(result, columns, found, words)]]);
    /** @type {Drawing | null} */
    const geometry = count ? await mapOfFrance() : null;
    const located = geometry && places(result, geometry);
    if (located) views.push(["map", words.viewMap, () => [map(located, geometry, found, words)]]);
  }
  part("results").hidden = false;
  const time = fill(words.time, { ms: words.number(Math.max(1, Math.round(ms))) });
  summarise([summary, time, ...(graph && namesItsGraphs(text) ? [words.from] : [])].join(" "));
  part("views").replaceChildren(...(views.length > 1 ? views.map(([name, label, make]) => {
    const button = node("button", { type: "button", class: "quiet", "aria-pressed": String(name === "table"), "data-view": name }, label);
    button.onclick = () => {
      for (const other of part("views").children) other.setAttribute("aria-pressed", String(other === button));
      part("output").replaceChildren(...make());
    };
    return button;
  }) : []));
  part("output").replaceChildren(...(views.length ? views[0][2]() : []));
  part("downloads").replaceChildren(...Object.entries(files).map(([extension, content]) => {
    const button = node("button", { type: "button", class: "quiet" }, words[`as_${extension}`]);
    button.onclick = () => save(`${words.file}.${extension}`, typeof content === "function" ? content() : content);
    return node("li", {}, button);
  }));
}

const mapOfFrance = () => (drawing ??= json("map").catch(() => null));

/** @type {(name: string, text: string) => void} */
function save(name, text) {
  const link = node("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "application/octet-stream" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// -- what the reader does

function listen() {
  part("run").onclick = run;
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
else start().catch((error) => part("waiting").replaceChildren(`${words.broken} ${error.message}`));
