"""`trophees query` and `show`, and `trophees.query`, on the graph of three made-up laureates: what is written where.

`small/command.tsv` has what comes of each; after a wanted change, `python tests/test_command_small.py` writes it anew.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat

from small_cases import PARTS, Cases, compare, each, outcome, write
from test_answers_small import store as three_laureates
from test_queries_small import CONTEXT, alone
from trophees.ask import command, endpoint, python
from trophees.ask.engine import Embedded
from trophees.graph import published

ROOM = "command"
STARS = "SELECT ?l ?n { ?l tp:stars ?n } ORDER BY ?l"
NONE = "SELECT ?l { ?l tp:start 1 }"
WITH_A_TOOL = """#+ summary: a ?
#+ summary-en: b?
#+ param: t tool:carte — l’outil | the tool
SELECT ?l { ?l tp:usesTool ?t }"""
FILES = {"my.ttl": b"<urn:mine> <urn:p> 1 .", "odd.ttl": b"<urn:mine> <urn:p> <a b> .", "q.rq": STARS.encode(),
"n.csv": b"code,n\n7,8\n"}  # fmt: skip


@contextlib.contextmanager
def small() -> Iterator[Path]:
    """The published graph is that of three laureates; a folder with some files is the current one."""
    with tempfile.TemporaryDirectory() as given, pytest.MonkeyPatch.context() as patch:
        folder = Path(given).resolve()
        (folder / "published" / "dumps").mkdir(parents=True)
        (folder / "published" / published.GRAPH).write_bytes(three_laureates().dump(format=RdfFormat.TRIG) or b"")
        (folder / "published" / published.CONTEXT).write_text(json.dumps(CONTEXT._said), "utf-8")
        for name, content in FILES.items():
            (folder / name).write_bytes(content)
        alone(patch)
        patch.setenv("TROPHEES_CACHE", "")
        patch.setattr(published, "_FOLDERS", (str(folder / "published"),))
        patch.chdir(folder)
        python._context.cache_clear()
        python._published.cache_clear()
        try:
            yield folder
        finally:
            python._context.cache_clear()
            python._published.cache_clear()


class Terminal(io.TextIOWrapper):
    """What is written to, which may be a terminal."""

    terminal = False

    def isatty(self) -> bool:
        return self.terminal


def written(work: Callable[[], object], *, terminal: bool = False, given: bytes = b"", closed: bool = False) -> object:
    """What `work` returns, and writes to standard output and to standard error."""
    data, errors = io.BytesIO(), io.StringIO()
    out = Terminal(data, encoding="utf-8")
    out.terminal = terminal
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", None if closed else out)
        patch.setattr(sys, "stderr", errors)
        patch.setattr(sys, "stdin", None if closed else io.TextIOWrapper(io.BytesIO(given)))
        found = outcome(work)
    out.flush()
    return [found, data.getvalue(), errors.getvalue()]


def of_commands() -> Cases:
    def asked(one: tuple[str, dict[str, Any], dict[str, Any]]) -> object:
        query, options, streams = one
        with small() as folder:
            said = written(lambda: command.ask(query, **options), **streams)
            files = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("out*"))}
            return json.loads(json.dumps([said_plain(said), files]).replace(f"{folder}/", ""))

    def said_plain(said: Any) -> list[object]:
        return [part.decode() if isinstance(part, bytes) else part for part in said]

    mine, odd, table = [Path("my.ttl")], [Path("odd.ttl")], [Path("n.csv")]
    cases: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        (STARS, {}, {}), (STARS, {}, {"terminal": True}), (STARS, {"form": "tsv"}, {}),
        (STARS, {"form": "md"}, {"terminal": True}), (STARS, {"form": "xyz"}, {}), (STARS, {"form": "ttl"}, {}),
        (STARS, {"output": Path("out.json")}, {}), (STARS, {"output": Path("out")}, {}),
        (STARS, {"output": Path("out.xyz")}, {}), (STARS, {"output": Path("out.md"), "form": "csv"}, {}),
        (STARS, {"output": Path("no/out.csv")}, {}), (STARS, {"output": Path("out.csv")}, {"closed": True}),
        (STARS, {}, {"closed": True}),
        (NONE, {}, {}), (NONE, {"lang": "fr"}, {}), (NONE, {"output": Path("out.csv")}, {"closed": True}),
        (STARS, {"explain": True}, {}), (STARS + " # tp:start", {"explain": True}, {}),
        ("ASK { ?l tp:stars 9 }", {}, {}), ("ASK { ?l tp:stars 3 }", {"form": "json"}, {}),
        ("SELECT ?l ?x { ?l tp:stars 3 OPTIONAL { ?l tp:nothing ?x } }", {}, {}),
        ("CONSTRUCT WHERE { ?l tp:stars 1 }", {}, {}), ("CONSTRUCT WHERE { ?l tp:stars 1 }", {"compact": True}, {}),
        ("CONSTRUCT WHERE { ?l tp:stars 9 }", {"form": "nt"}, {}),
        (STARS, {"compact": True}, {}), (STARS, {"labels": True}, {}), (STARS, {"labels": True, "lang": "fr"}, {}),
        (STARS, {"labels": True, "compact": True, "form": "json"}, {}), ("ASK {}", {"labels": True}, {}),
        ("SELECT ?t { tool:carte skos:prefLabel ?t } ORDER BY ?t", {"lang": "en"}, {}),
        ("SELECT ?t { tool:carte skos:prefLabel ?t } ORDER BY ?t", {}, {}),
        ("SELECT ?x { VALUES ?x { 'a\\u0007b' } }", {"form": "csv"}, {"terminal": True}),
        ("SELECT ?x { VALUES ?x { 'a\\u0007b' } }", {}, {}),
        ("SELECT ?s { ?s <urn:p> ?o }", {"data": mine}, {}), ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"data": mine,
        "only_data": True}, {}), ("SELECT ?o { ?s <urn:p> ?o }", {"data": odd}, {}),
        ("SELECT ?o { ?s <urn:p> ?o }", {"data": odd, "lang": "fr"}, {}),
        ("SELECT ?o { ?s <urn:p> ?o }", {"data": odd, "strict": True}, {}),
        ("SELECT ?n { ?r my:n ?n }", {"data": table, "only_data": True, "output": Path("out.csv")}, {"closed": True}),
        (STARS, {"only_data": True}, {}), (STARS, {"timeout": 3.0}, {}),
        (STARS, {"endpoint": "https://x.example", "data": mine}, {}),
        (STARS, {"endpoint": "https://x.example", "only_data": True}, {}),
        (STARS, {"endpoint": "https://x.example", "places": True}, {}),
        (STARS, {"endpoint": "https://x.example", "lang": "fr"}, {}), (STARS, {"endpoint": "x"}, {}),
        ("q.rq", {}, {}), ("-", {}, {"given": STARS.encode()}), ("-", {}, {"given": b"\xff"}),
        ("-", {"output": Path("out.csv")}, {"closed": True}),
        ("SELECT ?l { ?l tp:stars ?n }", {"params": ["n=3"]}, {}),
        ("SELECT ?l { ?l tp:stars ?n }", {"params": ["n"]}, {}),
        ("SELECT ?l { ?l tp:stars ?n }", {"params": ["1n=3"]}, {}),
        ("SELECT ?l { ?l tp:stars ?n }", {"params": ["x=3"]}, {}), ("SELECT ?l { ?l tp:stars }", {}, {}),
        ("SELECT ?l { ?l tp:usesTool ?t }", {"params": ["t=tool:carte"]}, {}),
        (WITH_A_TOOL, {"params": ["t=Workshop"]}, {}), (WITH_A_TOOL, {"params": ["t=Nothing"], "data": mine}, {}),
        (WITH_A_TOOL, {}, {}),
    ]  # fmt: skip

    def remote(options: dict[str, Any]) -> object:
        with small(), pytest.MonkeyPatch.context() as patch:
            made: list[object] = []

            def remote_of(url: str, prefixes: Any, seconds: float, *, strict: bool) -> Embedded:
                made.append([url, len(prefixes), seconds, strict])
                return Embedded(three_laureates(), prefixes)

            patch.setattr(endpoint, "Remote", remote_of)
            return [written(lambda: command.ask(**options)), made]

    remotes: list[dict[str, Any]] = [
        {"query": STARS, "endpoint": "https://x"},
        {"query": STARS, "endpoint": "https://x", "timeout": 3.0, "strict": True},
        {"query": NONE, "endpoint": "https://x", "timeout": 0.0},
    ]

    def shown(name: str, streams: dict[str, Any], tag: Any = None) -> object:
        with small():
            return written(lambda: command.show(name, tag), **streams)

    shows: list[tuple[Any, ...]] = [
        ("carte", {}),
        ("carte", {}, "fr"),
        ("carte", {"terminal": True}),
        ("nothing", {}),
        ("carte", {"closed": True}),
        ("eau", {}, "fr"),
        ("petit-val", {}),
    ]

    def asking(one: tuple[str, dict[str, Any]]) -> object:
        with small() as folder, warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            question, options = one
            found = outcome(lambda: told(python.query(question, **options)))
            return json.loads(json.dumps([found, [str(w.message) for w in warned]]).replace(f"{folder}/", ""))

    def told(found: Any) -> object:
        if isinstance(found, bool):
            return found
        if hasattr(found, "notes"):
            return [found.columns, list(found), found.notes]
        return sorted(" ".join(map(str, triple)) for triple in found)

    queries: list[tuple[str, dict[str, Any]]] = [
        (STARS, {}), (STARS, {"compact": True}), (STARS, {"labels": True, "lang": "fr"}), (STARS, {"labels": True}),
        (NONE, {}), (NONE, {"lang": "fr"}), (STARS, {"explain": True}), ("ASK {}", {}), ("ASK { ?l tp:stars 9 }", {}),
        ("CONSTRUCT WHERE { ?l tp:stars 1 }", {}), ("SELECT ?l { ?l tp:stars ?n }", {"n": 3}),
        ("SELECT ?l { ?l tp:usesTool ?t }", {"t": "tool:carte"}), ("SELECT ?o { ?s <urn:p> ?o }", {"data": "odd.ttl"}),
        ("ASK { ?s <urn:p> ?o }", {"data": ["odd.ttl", Path("my.ttl")]}),
        ("ASK { ?s <urn:p> ?o }", {"data": "odd.ttl", "strict": True}),
        ("SELECT ?t { tool:carte skos:prefLabel ?t }", {"lang": "en"}),
        ("SELECT ?s { ?s ?p ?o }", {"store": three_laureates(), "data": "my.ttl"}),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"store": three_laureates()}),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"store": three_laureates(), "lang": "fr"}),
        (STARS, {"store": Path("no")}), ("q.rq", {}), ("SELECT ?l ?x { ?l tp:stars 3 OPTIONAL { ?l tp:nothing ?x } }",
        {}), (STARS, {"endpoint": "x"}), (STARS, {"endpoint": "https://x", "data": "my.ttl"}), (STARS, {"x": "1"}),
    ]  # fmt: skip

    def called(one: tuple[str, dict[str, Any]]) -> str:
        plainly = [value for value in one[1].values() if isinstance(value, str | int | bool)]
        return f"from Python {one[0]} {sorted(one[1])} {plainly}"

    def loaded(kind: Any) -> object:
        with small():
            found: Any = python.load(kind)
            return [type(found).__name__, len(found)]

    return {
        **each(cases, asked), **each(remotes, remote), **each(shows, lambda one: shown(*one)),
        **each(queries, asking, called),
        **each(["pyoxigraph", "rdflib", "other"], loaded),
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {"command": of_commands}


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_a_small_command_writes_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
