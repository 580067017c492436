"""What scripts of the site do with small inputs, without a browser."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from test_web import node
from trophees.site import scripts
from trophees.site.pages.curate import asked

# as much of a page as these scripts need: elements with attributes, children and texts, and the scripts that they run
PAGE = """
const parts = {};
class Element {
  constructor(name) {
    Object.assign(this, { name, attributes: {}, children: [], dataset: {}, listeners: {} });
  }
  setAttribute(key, value) {
    this.attributes[key] = value;
    if (key.startsWith("data-")) this.dataset[key.slice(5)] = value;
  }
  append(...children) {
    this.children.push(...children.map((child) => (child instanceof Element ? child : String(child))));
    for (const child of children) if (child?.name === "script") queueMicrotask(() => {
      globalThis.ran?.(child);
      child.onload?.();
    });
  }
  after() {}
  replaceChildren(...children) {
    this.children = children;
  }
  addEventListener(type, act) {
    this.listeners[type] = act;
  }
  requestSubmit() {
    this.done = this.listeners.submit({ preventDefault() {} });
  }
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
  querySelectorAll(selector) {
    const wanted = /^\\[(.*)\\]$/.exec(selector)?.[1];
    const all = (one) => [one, ...(one.children ?? []).flatMap(all)];
    const matches = ({ name, attributes = {} }) => (wanted ? wanted in attributes : name === selector);
    return this.children.flatMap(all).filter(matches);
  }
  get textContent() {
    return this.text ?? this.children.map((child) => child.textContent ?? child).join("");
  }
  set textContent(text) {
    this.text = text;
  }
}
globalThis.document = {
  documentElement: { lang: "en", dataset: {} }, head: new Element("head"), baseURI: "file:///site/",
  createElement: (name) => new Element(name),
  createElementNS: (_, name) => new Element(name),
  getElementById: (id) => (parts[id] ??= new Element(id)), querySelector: () => null,
};
globalThis.window = globalThis;
globalThis.location = { protocol: "file:", href: "file:///site/", search: "", hash: "" };
globalThis.addEventListener = () => {};
"""


def run(script: str, given: object = None) -> Any:
    """What `script` prints of `given`, where `load(name)` imports a script of the site and `given` is parsed."""
    head = f"""
import {{ readFileSync }} from "node:fs";
const load = (name) => import({json.dumps(f"{scripts.WEB.as_uri()}/")} + name);
const given = JSON.parse(readFileSync(0, "utf8"));
"""
    return node(head + script, given)


def test_what_could_not_be_loaded_is_asked_for_again_and_what_could_is_kept() -> None:
    told = run("""
const { once } = await load("once.js");
let tries = 0;
const loaded = once(async (name) => {
  tries += 1;
  if (tries < 3) throw new Error(name);
  return name;
});
const said = [];
for (const name of ["first", "second", "third", "fourth"]) {
  said.push(await loaded(name).catch(({ message }) => `no ${message}`));
}
console.log(JSON.stringify({ said, tries }));
""")
    assert told == {"said": ["no first", "no second", "third", "third"], "tries": 3}


def test_the_search_is_asked_for_again_at_the_next_focus() -> None:
    told = run("""
const listening = [];
const made = [];
const addEventListener = (type, act) => listening.push([type, act]);
const box = { dataset: { root: "" }, addEventListener, dispatchEvent() {} };
const other = { dataset: {}, addEventListener() {}, contains: () => true };
globalThis.document = {
  documentElement: { dataset: {} }, activeElement: null, addEventListener() {},
  getElementById: (id) => (id === "site-search" ? box : other),
  querySelector: (selector) => (selector === ".further" ? other : null), querySelectorAll: () => [],
  createElement: () => ({}), head: { append: (script) => made.push(script) },
};
globalThis.location = { search: "", protocol: "file:" };
globalThis.addEventListener = () => {};
await load("header.js");
const focus = () => listening.splice(0).forEach(([, act]) => act());
focus();
focus();
const before = made.length;
made[0].onerror();
focus();
console.log(JSON.stringify({ before, after: made.map(({ src }) => src) }));
""")
    assert told == {"before": 1, "after": ["assets/search.js"] * 2}


def test_the_ticks_of_an_axis_are_written_as_the_language_writes_numbers_whatever_their_size() -> None:
    told = run("""
const { tickText } = await load("axes.js");
console.log(JSON.stringify(["fr", "en"].map((lang) => [1500, 0.25, 0.0002, -2000000].map(tickText(lang)))));
""")
    spaced = [[text.replace("\u202f", " ") for text in texts] for texts in told]
    assert spaced == [["1 500", "0,25", "0,0002", "-2 000 000"], ["1,500", "0.25", "0.0002", "-2,000,000"]]


def test_a_number_along_a_chart_is_written_in_the_language_and_a_year_as_it_is() -> None:
    told = run(
        PAGE
        + """
const words = new Proxy({ number: String }, { get: (known, key) => known[key] ?? key });
const { chart } = await load("charts.js");
const XSD = "http://www.w3.org/2001/XMLSchema#";
const column = (name, values, datatype, numeric) => ({
  name, heading: name, numeric, cells: values.map((text) => ({ text })),
  terms: values.map((value) => ({ type: "literal", value, datatype: XSD + datatype })),
});
const drawn = (x) => {
  const state = { x: x.name, y: "n", colour: "", form: "points", top: "0", filter: "", sort: "" };
  const columns = [x, column("n", ["1", "2"], "integer", true)];
  const made = chart(columns, { state, words, lang: "en", changed() {} });
  const texts = made.flatMap((one) => [...one.querySelectorAll("text")]);
  return texts.filter(({ attributes }) => attributes["text-anchor"] === "middle").map(({ textContent }) => textContent);
};
const along = [column("size", ["1000", "3000"], "integer", true), column("year", ["2016", "2018"], "gYear", false)];
console.log(JSON.stringify(along.map(drawn)));
"""
    )
    assert told == [["1,000", "1,500", "2,000", "2,500", "3,000"], ["2016", "2017", "2018"]]


RUN = ["=1+1", "+33 1 23", "-cmd|x", "@home", "\t=1", "\r=1", "-1-1"]
KEPT = ["-5", "+1,5", "-1.25", "2020-01-01", "a=b", "", "−3", "'=1"]


def test_no_text_of_a_table_for_people_is_a_formula_and_an_answer_has_its_values() -> None:
    table, joined, answer, told = run(
        """
const { csv, formula, tableCsv } = await load("written.js");
const { asCsv, guarded } = await load("joined.js");
const one = (text) => ({ columns: ["x"], rows: [{ line: 2, cells: [text] }] });
const bindings = given.map((value) => ({ x: { type: "literal", value } }));
const answer = { head: { vars: ["x"] }, results: { bindings } };
console.log(JSON.stringify([
  tableCsv(given.map((text) => [text])),
  given.map((text) => asCsv({ table: one(text), links: [null], base: "", lang: "en" }).split("\\r\\n")[1]),
  csv(answer),
  given.map((text) => [formula(text), guarded(one(text))]),
]));
""",
        RUN + KEPT,
    )

    def cells(text: str) -> list[str]:
        return [row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""))]

    wanted = [f"'{text}" for text in RUN] + KEPT
    assert cells(table) == wanted
    assert [cells(line)[0] for line in joined if line] == wanted
    assert cells(answer) == ["x", *RUN, *KEPT]
    assert told == [[True, True]] * len(RUN) + [[False, False]] * len(KEPT)


def test_a_page_that_was_not_kept_is_led_back_to_if_its_address_is_one_of_the_site() -> None:
    for page, href in {
        "en/index.html?x=1": "https://example.org/site/en/index.html?x=1",
        "http://[": "",
        "https://example.com/": "",
        "../elsewhere/": "",
    }.items():
        told = run(
            PAGE
            + """
location.href = "https://example.org/site/offline/index.html";
location.search = `?page=${encodeURIComponent(given)}`;
const asked = document.getElementById("asked");
asked.hidden = true;
asked.dataset.root = "../";
asked.append(document.createElement("a"));
await load("offline.js");
console.log(JSON.stringify([asked.hidden, asked.querySelector("a").href ?? ""]));
""",
            page,
        )
        assert told == [not href, href], page


def test_a_citation_of_what_no_release_changed_is_looked_up_by_its_own_name_alone() -> None:
    told = run(
        PAGE
        + """
const words = { noSum: "{name}", disk: "from a disk", broken: "broken", page: "page", stands: "stands" };
const urls = { former: "former.js" };
const config = { base: "https://example.org/id/", root: "../", version: "2041.1", lang: "en", urls, words };
document.getElementById("verify-config").textContent = JSON.stringify(config);
globalThis.tropheesFormer = { releases: [["2041.1", "2041-01-01", "0"]], facts: {}, added: {} };
location.hash = `#citation=${encodeURIComponent(`${config.base}constructor, version 2041.1`)}`;
await load("verify.js");
await document.getElementById("verify").done;
console.log(JSON.stringify(document.getElementById("found").textContent));
"""
    )
    assert "from a disk" in told
    assert "broken" not in told


def test_a_comparison_says_the_language_of_names_that_are_in_another() -> None:
    told = run(
        PAGE
        + """
const item = (key, carrier) => [key, `laureate/${key}/`, ["Fête", "fr"], [], [null], { carriers: [carrier] }];
const items = [item("2020/a", ["Mairie", "fr"]), item("2020/b", "Town hall")];
window.tropheesList = { axes: [], numbers: ["population"], words: { remove_of: "" }, items };
const names = ["summary", "steps", "budget", "duration", "participants", "results", "silent"];
const row = () => Object.fromEntries(names.map((name) => [name, []]));
location.search = "?laureates=2020/a,2020/b";
globalThis.ran = () => window.tropheesTold({ "2020/a": row(), "2020/b": row() });
await load("compare.js");
await new Promise((done) => setTimeout(done));
const spans = document.getElementById("compared").querySelectorAll("[lang]");
console.log(JSON.stringify(spans.map((one) => [one.attributes.lang, one.textContent])));
"""
    )
    assert told == [["fr", "Fête"], ["fr", "Fête"], ["fr", "Mairie"]]


def test_what_is_ticked_is_ticked_in_the_list_that_stands_and_old_lists_are_forgotten() -> None:
    told = run(
        PAGE
        + """
globalThis.sessionStorage = { getItem: () => null, setItem() {} };
const { compared } = await load("list-compared.js");
const items = [["2020/a", "", "A"], ["2020/b", "", "B"]];
const picks = compared({ data: { items }, words: { count: () => "", compare_more: "" } }, "");
const found = document.getElementById("list-found");
const boxes = () => found.querySelectorAll("input");
const draw = () => {
  const gone = boxes();
  found.replaceChildren(...items.map((item) => picks.box(item)));
  picks.bar();
  return gone;
};
draw();
Object.assign(boxes()[0], { checked: true }).onchange();
const gone = draw();
Object.assign(boxes()[1], { checked: true }).onchange();
console.log(JSON.stringify([boxes().map(({ checked }) => checked), gone.map(({ checked }) => checked)]));
"""
    )
    assert told == [[True, True], [True, False]]


def test_the_form_is_sent_no_shape_with_what_it_leaves_to_the_command() -> None:
    rules = {"left": ["a"], "base": "b", "shapes": {"a": {"left": ["sparql"], "targets": {}}}}
    assert asked(rules) == {"base": "b", "shapes": {"a": {"targets": {}}}}


def test_what_is_understood_of_a_question_that_was_given_up_is_not_said_of_the_next_answer() -> None:
    told = run(
        PAGE
        + """
globalThis.innerHeight = 800;
const part = (name) => document.getElementById(name);
part("results-title").getBoundingClientRect = () => ({ top: 0 });
const editor = { text: "ASK {}", insert() {}, clear() {} };
const { running } = await load("running.js");
const runs = running({
  part, editor, words: {}, names: { prefixes: {} }, cookbook: [],
  config: { lang: "en", version: "1", urls: { answers: "*.json" } },
  engine: { busy: false, stop() {}, query: async () => ({}) },
  shown: { show: async () => {}, stale() {} },
  address: { keep() {} },
  why: { silence: async () => {} },
});
const wanted = { name: "a", summary: "What is there?" };
const rows = '{"head":{"vars":["a"]},"results":{"bindings":[{}]}}';
const asked = [];
globalThis.fetch = async () => new Response(rows);
await runs.early(wanted, true);
asked.push(part("asked").textContent, runs.isAnswered("ASK {}"));
part("asked").textContent = "";
globalThis.fetch = async () => {
  editor.text = "ASK { ?s ?p ?o }"; // while it comes
  return new Response(rows);
};
await runs.early(wanted, true);
await runs.run();
asked.push(part("asked").textContent, runs.isAnswered("ASK {}"), runs.isAnswered(editor.text));
await runs.answer("Is there anything?");
asked.push(part("asked").textContent);
console.log(JSON.stringify(asked));
"""
    )
    assert told == ["What is there?", True, "", False, True, "Is there anything?"]
