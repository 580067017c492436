// The playground: a query, the engine in its worker, and what comes back.
import { answers } from "./answer.js";
import { asking } from "./asking.js";
import { cells } from "./cells.js";
import { building } from "./builder.js";
import { Engine } from "./engine.js";
import { explaining } from "./explaining.js";
import { editing } from "./field.js";
import { own } from "./own.js";
import { values } from "./parameters.js";
import { node, run } from "./elements.js";
import { once } from "./once.js";
import { addresses, embedded } from "./playground-address.js";
import { reader } from "./results.js";
import { running } from "./running.js";
import { missingPrefixes, prefixLine, withPrefixes } from "./sparql.js";
import { identify, tabs } from "./tabs.js";
import { ofAddress, usualView } from "./view-state.js";
import { wording } from "./words.js";
import { yourTables } from "./your-tables.js";
/** @import { Config, Editor, Names, Part, Question } from "./playground-types.js" */
/** @import { InWords } from "./question-types.js" */
/** @import { Words } from "./types.js" */

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

const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done)); // by then all scripts of the page have run
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
/** @type {Editor} */
let editor;
/** @type {ReturnType<typeof tabs>} */
let subjects;
/** @type {ReturnType<typeof answers>} */
let shown;
/** @type {ReturnType<typeof values>} */
let chosen;
/** @type {ReturnType<typeof addresses>} */
let address;
/** @type {ReturnType<typeof running>} */
let runs;
/** @type {ReturnType<typeof building> | undefined} */
let builder;

/** @type {() => Promise<void>} */
async function start() {
  if (config.alone) engine.open().catch(() => {}); // it is in the page, and gets ready while that does
  [names, cookbook] = await Promise.all([json("names"), json("cookbook"), parsed]);
  const root = config.alone && new URLSearchParams(location.search).has("site") ? "" : config.root;
  const found = reader({ base: config.base, root, names, prefixes: names.prefixes, lang });
  shown = answers({ part, words, names, reader: found, cells: cells({ names, reader: found, base: config.base, lang }), lang, endpoint: config.endpoint, drawing: mapOfFrance, changed: () => address.keep() });
  chosen = values({ part, names, reader: found, lang, ask: (change) => {
    editor.text = change(editor.text);
    runs.answer(part("asked").textContent ?? "");
  } });
  editor = editing(part, {
    names, words: config.editorWords, label: words.query, description: words.keys, run: () => runs.run(), changed: edited,
    prefixFor: (text, name) => (missingPrefixes(`${text} ${name}:`, names.prefixes).includes(name) ? prefixLine(text, name, names.prefixes[name]) : null),
  }, () => (config.alone ? parsed : run(config.urls.editor)));
  address = addresses({ part, words, names, cookbook, editor, shown });
  const why = explaining({ part, words, sentences: config.sentences, prefixes: names.prefixes, engine });
  runs = running({ part, config, words, names, cookbook, engine, editor, shown, address, why });
  for (const [iri, label] of names.graphs) part("graph").append(node("option", { value: iri }, label));
  const tables = yourTables({ part, words, reader: found, lang, urls: config.urls, engine, ask: askTable });
  own({ engine, part, words, lang, names, tables, added: (name) => {
    if (address.complete(name)) runs.answer(); // the query of a link is asked again once all of its files are there
  } });
  subjects = tabs({ part, words });
  builder = building({ part, messages: config.builderWords, lang, names, model: () => json("builder"), text: () => editor.text, run: runs.answer, write, count: (query) => engine.count(withPrefixes(query, names.prefixes)) });
  asking({ part, words, read: runs.read, ask: askUnderstood, choose: askNamed, ended: why.ended });
  listen();
  part("waiting").remove();
  part("app").dataset.ready = "";
  if (location.hash.length > 1) withdraw();
  if (!readAddress()) askNamed(config.first, false);
  if (!embedded()) whenIdle(() => engine.open().catch(() => {})); // another site loads it where its answer needs it
}

// The answer that came with the page is not the one that its address asks for.
function withdraw() {
  if (embedded()) part("output").replaceChildren(node("p", { class: "pg-note", role: "status" }, words.running)); // nothing else is seen
  else part("results").hidden = true;
  part("asked").textContent = "";
  part("status").textContent = "";
}

/** @type {(then: () => void) => void} */
const whenIdle = (then) => ("requestIdleCallback" in window ? requestIdleCallback(then, { timeout: 2000 }) : setTimeout(then, 500));

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
  shown.state = usualView();
  if (part("graph").value || !released()) runs.answer(question.summary, comes);
  else runs.early(question, comes);
}

/** @type {(text: string, view: string) => void} */
function askTable(text, view) {
  editor.text = text;
  subjects.mark(undefined);
  part("graph").value = "";
  shown.state = { ...usualView(), view };
  runs.answer();
}

/** @type {(told: InWords) => void} */
function askUnderstood(told) {
  editor.text = told.sparql ?? "";
  subjects.mark(undefined);
  part("graph").value = ""; // it was read for the whole graph
  shown.state = usualView();
  runs.answer(told.understood);
}

function edited() {
  const text = editor?.text ?? "";
  builder?.changed();
  chosen.show(text);
  if (runs) shown.stale(!runs.isAnswered(text));
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
  address.wait(given.get("files")?.split("/") ?? []);
  if (given.get("run") !== "1" && !question) return true;
  const early = !graph && !given.get("files") && released();
  if (early) runs.early(early, true);
  else runs.answer();
  return true;
}

// The question of the cookbook that is written, if it is asked as it is and the engine is not ready: its answer was made with
// the release.
/** @type {() => Question | undefined} */
function released() {
  if (engine.ready || part("labels").checked || !config.urls.answers) return undefined;
  const asked = withPrefixes(editor.text, names.prefixes);
  return cookbook.find(({ text }) => withPrefixes(text, names.prefixes) === asked);
}

const mapOfFrance = once(() => json("map"));

// -- what the reader does

function listen() {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (part("app").querySelectorAll("button[data-waits]"))) button.disabled = false;
  part("run").onclick = runs.run;
  part("again").onclick = runs.run;
  part("stop").onclick = () => {
    engine.stop("reader");
    part("run").focus(); // the button that had the focus is going to be disabled
  };
  part("labels").onchange = () => {
    if (!part("results").hidden) runs.answer();
  };
  part("share").onclick = async () => {
    address.keep(true);
    try {
      await navigator.clipboard.writeText(location.href);
      runs.say(words.copied);
    } catch {
      runs.say(words.inAddress);
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
        link.hash = address.other();
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
