"""What is asked in the playground last is what is shown in the end, in whatever order answers come."""

from __future__ import annotations

import json
from typing import Any

import pytest

from test_web import node
from trophees.site.scripts import WEB

# The page without a browser: an editor, an engine and a host that answer when a step says so.
PAGE = f"""
import {{ text }} from "node:stream/consumers";
import {{ setImmediate as settled }} from "node:timers/promises";
import {{ running }} from {json.dumps((WEB / "running.js").as_uri())};
const steps = JSON.parse(await text(process.stdin));
const parts = {{}}, files = {{}}, shown = [], kept = [];
let asked = null;
globalThis.innerHeight = 800;
globalThis.requestAnimationFrame = (then) => then();
globalThis.fetch = (address) => new Promise((resolve) => {{ files[address] = resolve; }});
const part = (name) => parts[name] ??= {{
  textContent: "", value: "", told: {{}}, setAttribute(key, value) {{ this.told[key] = value; }},
  replaceChildren() {{}}, scrollIntoView() {{}}, getBoundingClientRect: () => ({{ top: 0 }}),
}};
const editor = {{ text: "", clear() {{}}, mark() {{}}, focus() {{}}, insert() {{}} }};
const engine = {{
  get busy() {{ return asked !== null; }},
  stop(reason) {{ asked?.reject({{ stopped: reason }}); asked = null; }},
  query: ({{ text }}) => new Promise((resolve, reject) => {{
    if (asked) throw new Error("two queries at once");
    asked = {{ text, resolve, reject }};
  }}),
}};
const runs = running({{
  part, editor, engine, cookbook: [], names: {{ prefixes: {{}} }}, words: {{ running: "…" }},
  config: {{ lang: "fr", version: "1", urls: {{ answers: "*" }} }},
  shown: {{ show: async (what) => {{ shown.push(what.text); await settled(); await settled(); }}, stale() {{}} }},
  address: {{ keep() {{ kept.push(editor.text); }} }},
  why: {{ silence: async () => {{}}, ended: ({{ stopped }}) => stopped }},
}});
const turns = [];
for (const [what, name, ticks = 9] of steps) {{
  if (["choose", "run", "press", "type"].includes(what)) editor.text = name;
  if (what === "choose") turns.push(runs.early({{ name, summary: name }}, true));
  if (what === "run") turns.push(runs.answer(name));
  if (what === "press") turns.push(runs.run());
  const sent = (bindings) => new TextEncoder().encode(JSON.stringify({{ results: {{ bindings }} }})).buffer;
  if (what === "file") files[name]({{ ok: true, arrayBuffer: async () => sent([{{}}]) }});
  if (what === "empty file") files[name]({{ ok: true, arrayBuffer: async () => sent([]) }});
  if (what === "no file") files[name]({{ ok: false, status: 404 }});
  if (what === "engine") {{
    if (asked?.text !== name) throw new Error(`${{asked?.text}} is asked, not ${{name}}`);
    const {{ resolve }} = asked;
    asked = null;
    resolve({{ result: null }});
  }}
  for (let n = 0; n < ticks; n++) await settled();
}}
const busy = part("output").told["aria-busy"] === "true";
process.stdout.write(JSON.stringify({{ shown, kept, busy, said: part("asked").textContent }}));
"""
CASES: dict[str, tuple[list[list[Any]], list[str], bool]] = {
    # what happens, and how soon the next; the queries whose answers are shown, in order; whether something still runs
    "a file is shown": ([["choose", "a"], ["file", "a"]], ["a"], False),
    "until it comes the page is busy": ([["choose", "a"]], [], True),
    "files in order": ([["choose", "a"], ["choose", "b"], ["file", "a"], ["file", "b"]], ["b"], False),
    "the last one comes first": ([["choose", "a"], ["choose", "b"], ["file", "b"], ["file", "a"]], ["b"], False),
    "the first one comes, the last does not": ([["choose", "a"], ["choose", "b"], ["file", "a"]], [], True),
    "a query overtakes a file": ([["choose", "a"], ["run", "b"], ["engine", "b"], ["file", "a"]], ["b"], False),
    "a file that comes during a query": ([["choose", "a"], ["run", "b"], ["file", "a"], ["engine", "b"]], ["b"], False),
    "a file ends a query": ([["run", "a"], ["choose", "b"], ["file", "b"]], ["b"], False),
    "a query ends a query": ([["run", "a"], ["run", "b"], ["engine", "b"]], ["b"], False),
    "a reader who types keeps the text": ([["choose", "a"], ["type", "b"], ["file", "a"]], [], False),
    "a host without the file": ([["choose", "a"], ["no file", "a"], ["engine", "a"]], ["a"], False),
    "a file without rows": ([["choose", "a"], ["empty file", "a"], ["engine", "a"]], ["a"], False),
    "a host without the first file": (
        [["choose", "a"], ["choose", "b"], ["no file", "a"], ["file", "b"]],
        ["b"],
        False,
    ),
    "two questions while a query is being stopped": (
        [["run", "a"], ["run", "b", 0], ["run", "c"], ["engine", "c"]],
        ["c"],
        False,
    ),
    "a question while a file is being shown": ([["choose", "a"], ["file", "a", 1], ["run", "b"]], ["a"], True),
    "one after the other": ([["choose", "a"], ["file", "a"], ["choose", "b"], ["file", "b"]], ["a", "b"], False),
}


@pytest.mark.parametrize(("steps", "shown", "busy"), CASES.values(), ids=CASES)
def test_what_was_asked_last_is_shown(steps: list[list[Any]], shown: list[str], busy: bool) -> None:
    found: dict[str, Any] = node(PAGE, steps)
    assert (found["shown"], found["busy"]) == (shown, busy)
    if not busy:
        assert [found["said"]][: len(shown)] == found["kept"][-1:] == shown[-1:]


PRESSED: dict[str, tuple[list[list[Any]], list[str], bool]] = {
    "a file that comes then": ([["choose", "a"], ["press", "b"], ["file", "a"]], [], True),
    "a file, then the engine": ([["choose", "a"], ["press", "b"], ["file", "a"], ["engine", "b"]], ["b"], False),
    "the engine, then a file": ([["choose", "a"], ["press", "b"], ["engine", "b"], ["file", "a"]], ["b"], False),
    "before another query is there": ([["run", "a", 0], ["press", "b"], ["engine", "b"]], ["b"], False),
}


@pytest.mark.parametrize(("steps", "shown", "busy"), PRESSED.values(), ids=PRESSED)
def test_the_button_takes_the_place_of_an_answer_on_its_way(
    steps: list[list[Any]], shown: list[str], busy: bool
) -> None:
    found: dict[str, Any] = node(PAGE, steps)
    assert (found["shown"], found["busy"], found["said"]) == (shown, busy, "")
