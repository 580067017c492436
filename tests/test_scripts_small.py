"""What scripts of the site do with small inputs, without a browser."""

from __future__ import annotations

import json
from typing import Any

from test_web import node
from trophees.site import scripts


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
for (const name of ["first", "second", "third", "fourth"]) said.push(await loaded(name).catch(({ message }) => `no ${message}`));
console.log(JSON.stringify({ said, tries }));
""")
    assert told == {"said": ["no first", "no second", "third", "third"], "tries": 3}


def test_the_search_is_asked_for_again_at_the_next_focus() -> None:
    told = run("""
const listening = [];
const made = [];
const box = { dataset: { root: "" }, addEventListener: (type, act) => listening.push([type, act]), dispatchEvent() {} };
const other = { dataset: {}, addEventListener() {}, contains: () => true };
globalThis.document = {
  documentElement: { dataset: {} }, getElementById: (id) => (id === "site-search" ? box : other), activeElement: null,
  querySelector: (selector) => (selector === ".further" ? other : null), querySelectorAll: () => [], addEventListener() {},
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
