"""A graph of a few statements: who says each, what the rules add, where its places stand, and what is kept of it.

`small/graph.tsv` has what comes of each; after a wanted change, `python tests/test_graph_small.py` writes it anew.
"""

from __future__ import annotations

import fcntl
import io
import itertools
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from small_cases import PARTS, Cases, compare, each, outcome, write
from small_checkout import CONTEXT, RECORDS, A, B, bare, empty
from test_place_small import ALL, EVENTS, MERGER, POINTS
from trophees.base.context import Context
from trophees.base.namespaces import BASE, RDF_TYPE, TP
from trophees.graph import assemble, provenance, published, snapshot, standing, territories, walk
from trophees.places import place as kinds
from trophees.places import reference as places_reference
from trophees.places.place import Event, Place, moment
from trophees.places.reference import Count, Point
from trophees.source.record import Sources
from trophees.source.yaml_ld import read

ROOM = "graph"
TERMS = """"ordre": {"@id": "tp:order", "@type": "xsd:integer"}, "parmi": {"@id": "tp:among", "@type": "@id"},
  "par": {"@id": "tp:per", "@type": "@id"}, "anomalies": {"@id": "tp:anomaly", "@type": "@id"},
  "déductions": {"@id": "tp:inference", "@type": "@id"}, "propriété": {"@id": "tp:onProperty", "@type": "@vocab"},
  "forme": {"@id": "tp:inferredForm", "@language": "fr"}, "résumé": {"@id": "tp:summary", "@language": "fr"},
  "id": "@id\""""
TOLD = Context(CONTEXT.replace('"id": "@id"', TERMS, 1))
HEAD = "id: laureate:2041/a\ntype: Lauréat\n"
SECOND = RECORDS["source/r"].replace("src:r", "src:s").replace("2041", "2042")
CASES = {
    "a laureate": HEAD + "étoiles: 3\nlibellé:\n  fr: Un\n  en: One\nnote: Deux.\nrésumé: Trois.\n",
    "of a source": HEAD + "selon: src:s\nétoiles: 3\n", "of no known source": HEAD + "selon: src:z\nétoiles: 3\n",
    "a fact of another source": HEAD + "outils:\n  - id: laureate:2041/a#toolUse-1\n    selon: src:s\n"
        "    outil: tool:x\n",
    "a fact with a reason": HEAD + "outils:\n  - id: laureate:2041/a#toolUse-1\n    raison: x\n    outil: tool:x\n",
    "a fact in a fact": HEAD + "étapes:\n  - id: laureate:2041/a#stage-1\n    raison: x\n    étapes:\n"
        "      - id: laureate:2041/a#stage-1-stage-1\n        texte: y\n",
    "a fact that names another": HEAD + "étapes:\n  - id: laureate:2041/a#stage-1\n    texte: x\n"
        "    parmi: laureate:2041/a#stage-2\n    par: laureate:2041/a#stage-2\n"
        "  - id: laureate:2041/a#stage-2\n    raison: y\n",
    "a flaw": HEAD + "anomalies:\n  - id: laureate:2041/a#anomaly-1\n    texte: x\n",
    "what is inferred": HEAD + "étoiles: 3\nordre: 1\ndéductions:\n"
        "  - id: laureate:2041/a#inference-1\n    propriété: stars\n    raison: x\n",
    "a form that is inferred": HEAD + "libellé:\n  fr: [Un, Deux]\ndéductions:\n  - id: laureate:2041/a#inference-1\n"
        "    propriété: http://www.w3.org/2004/02/skos/core#prefLabel\n    forme: Deux\n    raison: x\n",
    "an edition": "id: edition:2041\ntype: Édition\nannée: 2041\n",
    "an organisation": "id: organisation:x\ntype: Organisme\n",
    "a vocabulary": RECORDS["vocabulary/tool"], "a dataset": RECORDS["dataset/old"],
    "a withdrawal": RECORDS["withdrawal/2041-9"],
    "a source": RECORDS["source/r"],
}  # fmt: skip
SOURCES = {
    "two": [RECORDS["source/r"], SECOND], "without its curators": [re.sub("graphe_des_curateurs.*\n", "",
    RECORDS["source/r"])],
    "without a graph": ["id: src:r\ntype: Source\n"], "no source": [A],
    "not of itself": [B + "graphe: graph:x\ngraphe_des_curateurs: graph:y\n"],
}  # fmt: skip


def record(text: str) -> Any:
    path = TOLD.expand(text.partition("\n")[0].removeprefix("id: "), vocab=False).removeprefix(BASE)
    return read(text.encode(), f"{path}.yaml", TOLD)


def of_provenance() -> Cases:
    def told(name: str) -> object:
        one = record(CASES[name])
        graph = provenance.graphs_of(one, provenance.sources_of([record(RECORDS["source/r"]), record(SECOND)]))
        return [[TOLD.compact(s.subject.value), TOLD.compact(s.predicate.value), str(s.object),
        TOLD.compact(graph(s).value)]
            for s in one.statements]  # fmt: skip

    return {
        **each(CASES, told),
        **{f"sources: {name}": partial(lambda texts: {iri.value: list(map(str, graphs))
            for iri, graphs in provenance.sources_of(map(record, texts)).items()}, texts)
           for name, texts in SOURCES.items()},
        "kinds": lambda: {name: provenance.kind(record(text)) for name, text in CASES.items()},
        "standings": lambda: {" ".join(has): standing.standing(has.__contains__) for size in range(4)
            for has in itertools.combinations(("reason", "anomalyKind", "printed"), size)},
    }  # fmt: skip


RULES = {
    "all": "CONSTRUCT { ?l <urn:of> ?o } WHERE { ?l <{TP}organisation> ?o }",
    "beside": "#+ stands: beside\nCONSTRUCT { ?l a <urn:Starred> } WHERE { ?l <{TP}stars> ?s }",
    "later": "CONSTRUCT { ?l <urn:again> ?o } WHERE { ?l <urn:of> ?o }",
    "what is known": "CONSTRUCT { ?l <{TP}stars> ?s } WHERE { ?l <{TP}stars> ?s }",
    "two graphs": "CONSTRUCT { ?l <urn:joined> ?y } WHERE { ?l <{TP}edition> ?e . ?e <{TP}year> ?y }",
    "two graphs, beside": "#+ stands: x\nCONSTRUCT { ?l <urn:joined> ?y } WHERE { "
        "?l <{TP}edition> ?e . ?e <{TP}year> ?y }",
    "the ontology": "#+ stands: x\nCONSTRUCT { ?l a ?c } WHERE { ?l a ?d . "
        "?d <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?c }",
    "no rule": "SELECT ?s { ?s ?p ?o }", "a mistake": "CONSTRUCT {", "an ASK": "ASK { ?s ?p ?o }",
}  # fmt: skip
ONTOLOGY = f"<{TP}Laureate> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{TP}Process> ."


def shown(work: Callable[[str], object], name: str) -> str:
    return str(work(name))


def of_graphs() -> Cases:
    def built(*names: str) -> Callable[[], object]:
        def run() -> object:
            rules = {name: RULES[name].replace("{TP}", TP) for name in names}
            given = Quad(NamedNode("urn:i"), NamedNode("urn:p"), Literal("x"), NamedNode("urn:insee"))
            every = [record(text) for text in (A, B, RECORDS["edition/2041"], RECORDS["source/r"])]
            store = assemble.build(Sources(records=every, ontology=[ONTOLOGY], rules=rules, reference=[given]))
            return sorted(str(quad) for quad in store) if not names else sorted(
                str(quad) for quad in store if "urn:" in str(quad.triple) or "Process" in str(quad.triple))  # fmt: skip

        return run

    def walked() -> object:
        store = Store()
        store.extend(
            parse(
                b"@prefix : <urn:> . :b :p 2 . :b :p 1 . :g { :a :q 1 ; a :T . :b :p 1 } "
                b":h { :a :q 1 ; :o 3 . _:x :p 1 }",
                format=RdfFormat.TRIG,
            )
        )
        found = list(walk.walk(store))
        shown = [
            [str(one.subject)[:4], list(map(str, one.quads)), list(map(str, one.triples)), list(map(str, one.readable))]
            for one in found
            if not isinstance(one.subject, BlankNode)
        ]
        return [len(found), shown, len(list(walk.described(store))), len(walk.triples(store))]

    def paths(there: Mapping[str, str], *names: str) -> Callable[[], object]:
        def run() -> object:
            with empty() as root, pytest.MonkeyPatch.context() as patched:
                for path, text in there.items():
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (root / path).write_text(text, "utf-8")
                patched.setattr(published, "_FOLDERS", tuple(str(root / name) for name in ("one", "two")))
                return bare(
                    [
                        [
                            outcome(partial(shown, work, name))
                            for work in (published.path, published.file, published.text)
                        ]
                        for name in names
                    ],
                    root,
                )

        return run

    def stored(data: bytes | None) -> Callable[[], object]:
        def run() -> object:
            with empty() as root:
                if data is not None:
                    (root / "g.trig").write_bytes(data)
                return bare(outcome(lambda: sorted(str(quad) for quad in published.store(root / "g.trig"))), root)

        return run

    return {
        "no rule at all": built(), **{f"rule: {name}": built(name) for name in RULES}, "two rules": built("all",
        "later"), "two rules of one triple": built("two graphs", "two graphs, beside"),
        "walked": walked, "published": paths({"one/a": "é", "two/a": "2", "two/b/c": "3"}, "a", "b/c", "b", "d"),
        "stored": stored(b"<urn:g> { <urn:a> <urn:b> 'c' }"), "stored badly": stored(b"<urn:g> {"),
        "not stored": stored(None), "lenient": stored(b"<urn:g> { <urn:a b> <urn:b> 'c' }"),
    }  # fmt: skip


TABLES: dict[str, list[list[str]]] = {
    "counts": [["2015-01-01", "x"], ["2025-01-01", "y"], ["2020-03-01", "z"], ["2020-01-01", "z"], ["2015-01-01", "z"]],
    "events": [["2015-01-01", kinds.MERGER, kinds.COMMUNE, "98001", kinds.COMMUNE, "98002"], ["../2020-06-01",
    kinds.CREATION, "", "", kinds.DELEGATED, "98004"],
        ["2030-01-01", kinds.RENAME, kinds.COMMUNE, "98002", "", ""]],
    "members": [["98001", "200000001", "2015-01-01", "2016-01-01"], ["98002", "200000001", "", "2018-01-01"], ["98002",
    "200000001", "2020-01-01", ""], ["98002", "T9", "", ""]],
    "arrondissements": [["98002", "981", "", ""], ["98003", "", "", ""]], "regions": [["98", "97", "", "2016-01-01"],
    ["98", "99", "2016-01-01", ""]],
    "postal_codes": [["commune", "98002", "98000 98100", "2025-01-01"], ["commune", "98003", "", "2020-01-01"]],
}  # fmt: skip
LIVES = [
    *ALL, Place(kinds.COMMUNE, "98006", "Avant", None, moment("2012-01-01")), Place(kinds.COMMUNE, "98006",
    'Ap"rès\\\n', moment("2012-01-01"), moment("2020-02-01")),
    Place(kinds.COMMUNE, "98006", "Avant", moment("2020-02-01")), Place(kinds.MUNICIPAL, "98301", "1er", of="98002"),
    Place(kinds.ARRONDISSEMENT, "981", "Sous", of="98"),
    Place(kinds.COMMUNE, "97501", "Île"), Place(kinds.ASSOCIATED, "98007", "Associée"),
]  # fmt: skip


@contextmanager
def reference() -> Iterator[None]:
    """The reference is a few made-up territories."""
    with pytest.MonkeyPatch.context() as patched:
        places = sorted(LIVES, key=lambda p: (p.kind, p.code))
        known = {
            "places": lambda: tuple(places), "every": lambda code: tuple(p for p in places if code in (p.code, p.name)),
            "departement": lambda code: code[:2] if code[:2] != "97" else code[:3], "history": lambda kind,
            code: tuple(p for p in places if (p.kind, p.code) == (kind, code)),
            "populations": lambda: {("commune", "98001"): Count(1200, 2020, "x"), ("region", "99"): Count(7, 0,
            "x")}, "points": lambda: {key: Point(p.lon, p.lat, what) for (key, p), what in zip(POINTS.items(),
            ("centre", "hall", "seat", "x"), strict=True)},
        }  # fmt: skip
        for name, work in known.items():
            patched.setattr(places_reference, name, work)
        patched.setattr(territories, "rows", lambda name: iter(TABLES[name]))
        patched.setattr(
            territories,
            "eu_codes",
            lambda: iter(
                [
                    ["region", "99", "FR9", "FRA_REG_9"],
                    ["departement", "69", "", "FRA_DPT_069D"],
                    ["departement", "98", "FR98", ""],
                ]
            ),
        )
        yield


def of_territories() -> Cases:
    def told(part: str) -> Callable[[], object]:
        def run() -> object:
            with reference():
                return [" ".join(one) for one in territories.statements() if part in one[1]]

        return run

    def lists() -> object:
        with reference():
            known = territories._Lists(territories.vintages())
        days = [
            None,
            *(
                date.fromisoformat(day)
                for day in (
                    "2014-01-01",
                    "2015-01-01",
                    "2015-01-02",
                    "2020-01-01",
                    "2020-03-01",
                    "2020-03-02",
                    "2026-01-01",
                )
            ),
        ]
        return [
            list(map(str, known.days)),
            [known.last(day) for day in days],
            [known.first(day) for day in days if day],
            [
                [str(start), str(end), [str(one) for one in known.during(start, end)]]
                for start in days[::2]
                for end in days[::3]
            ],
        ]

    def written(at_once: int, known: frozenset[str] = frozenset()) -> list[bytes]:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(territories, "AT_ONCE", at_once)
            said = [
                ("2015-01-01", "<urn:a>", "tp:x", '"1"'),
                ("2015-01-01", "<urn:a>", "rdf:type", "<urn:T>"),
                ("2020-01-01", "<urn:b>", "tp:x", '"2"'),
            ]
            return list(territories.lines(said, known))

    def added() -> object:
        store = Store()
        with reference():
            store.add(
                Quad(NamedNode(f"{BASE}territory/region/99"), RDF_TYPE, NamedNode(f"{TP}Territory"), NamedNode("urn:g"))
            )
            territories.add(store)
            every = sum(1 for _ in territories.statements())
        return [
            len(store),
            every,
            len(list(store.quads_for_pattern(NamedNode(f"{BASE}territory/region/99"), RDF_TYPE, None, None))),
            sorted({str(quad.graph_name) for quad in store}),
        ]

    def streamed(size: int) -> list[bytes]:
        stream = io.BufferedReader(territories._Stream(iter([b"abcde", b"f", b"", b"gh"])), 2)
        return [stream.read(size), stream.read(size), stream.read()]

    subjects = [
        "region/99",
        "region/97",
        "departement/98",
        "commune/98001",
        "commune/98002",
        "commune/98003",
        "commune/98005",
        "commune/98006",
        "commune/97501",
        "commune-deleguee",
        "98004",
        "98007",
        "arrondissement",
        "epci",
        "200000001#",
        "ept",
        "T9#",
        "places#",
    ]
    return {
        **{f"of {part}": told(part) for part in subjects}, "lists": lists, "all": told("#event"),
        "how many": lambda: counted(told("")()),
        "lines": lambda: [written(size) for size in (1, 2, 3, 100)],
        "lines, without what is known": lambda: written(100, frozenset([f"<urn:a> <{TP}x> \"1\""])),
        "texts": lambda: [territories.text('a"b\\c\nd\re'), territories.text("1", "urn:t")],
        "names": lambda: [territories.expanded(name) for name in ("tp:x", "rdf:type", "schema:a:b")],
        "added": added, "streamed": lambda: [streamed(size) for size in (1, 3, 4, 20)],
        "named": lambda: [territories.record(ALL[2]), territories.record(ALL[3]), territories.event(MERGER),
        *map(territories.event, EVENTS), territories.event(Event(MERGER.when, "x", "commune", "1", "", ""))],
        "codes of the EU": lambda: [row for row in territories.eu_codes() if row[1] in ("69", "11", "2A")],
    }  # fmt: skip


def counted(found: Any) -> object:
    return len(found)


class OnDisk:
    """Stands in the place of the engine's store on disk, which takes long to make: a folder with one file."""

    def __init__(self, folder: str) -> None:
        self._file = Path(folder, "CURRENT")
        self._said: list[Quad] = []

    def bulk_extend(self, quads: Iterable[Quad]) -> None:
        self._said = list(quads)

    def optimize(self) -> None:
        self._said.sort(key=str)

    def flush(self) -> None:
        self._file.parent.mkdir(parents=True)
        self._file.write_text("".join(f"{quad} .\n" for quad in self._said), "utf-8")

    @staticmethod
    def read_only(folder: str) -> list[Quad]:
        return list(parse(Path(folder, "CURRENT").read_bytes(), format=RdfFormat.N_QUADS))


def of_snapshots() -> Cases:
    """What is kept in a cache, without a process: the work is done in this one."""

    def kept(work: Callable[[Path, Path, Path], object], **environment: str | None) -> Callable[[], object]:
        def run() -> object:
            with empty() as root, pytest.MonkeyPatch.context() as patched:
                graph, context = root / "g.trig", root / "c.jsonld"
                graph.write_text("<urn:g> { <urn:a> <urn:b> 'c' }", "utf-8")
                context.write_text('{"@context": {"tp": "urn:tp#", "x": "urn:x/"}}', "utf-8")
                patched.setenv("TROPHEES_CACHE", str(root / "cache"))
                for name, value in environment.items():
                    patched.delenv(name, raising=False) if value is None else patched.setenv(
                        name, value.replace("…", str(root))
                    )
                patched.setattr(time, "sleep", slept.append)
                patched.setattr(snapshot, "Store", OnDisk)
                slept.clear()
                return bare(outcome(lambda: work(graph, context, root / "cache" / "snapshots")), root)

        return run

    slept: list[float] = []

    def seen(found: Any) -> object:
        return found and [
            sorted(str(quad) for quad in found.store),
            found.prefixes,
            "-" in os.path.basename(found.folder),
        ]

    def made(graph: Path, context: Path, cache: Path) -> object:
        before = snapshot.opened(str(graph), str(context))
        snapshot.make(str(graph), str(context))
        first = snapshot.opened(str(graph), str(context))
        names = sorted(re.sub("[0-9a-f]{8,}", "N", path.name.partition("-")[0]) for path in cache.iterdir())
        snapshot.make(str(graph), str(context))
        again = snapshot.opened(str(graph), str(context))
        return [
            before,
            seen(first),
            names,
            list(slept),
            seen(again),
            first and again and first.folder == again.folder,
            oct(cache.stat().st_mode & 0o777),
        ]

    def changed(change: Callable[[Path, Path, Path], object]) -> Callable[[Path, Path, Path], object]:
        def work(graph: Path, context: Path, cache: Path) -> object:
            snapshot.make(str(graph), str(context))
            change(graph, context, cache)
            broken = snapshot.opened(str(graph), str(context))
            snapshot.make(str(graph), str(context))
            return [seen(broken), seen(snapshot.opened(str(graph), str(context)))]

        return work

    def the(cache: Path, pattern: str) -> Path:
        return next(iter(sorted(cache.glob(pattern))))

    def whole(cache: Path) -> Path:
        return the(cache, "*/WHOLE")

    def lying(cache: Path) -> None:
        text = whole(cache).read_text().split("\n", 1)[1].replace("urn:tp#", "urn:no#")
        whole(cache).write_text(f"1\n{text}")

    def touched(cache: Path) -> None:
        path = the(cache, "*/CURRENT")
        os.utime(path, (1, 1))

    def more(cache: Path) -> None:
        (whole(cache).parent / "more").write_text("")

    def logged(cache: Path) -> None:
        (whole(cache).parent / "LOG").write_text("other")

    def busy(graph: Path, context: Path, cache: Path) -> object:
        cache.mkdir(parents=True)
        with (cache / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            snapshot.make(str(graph), str(context))
            return sorted(path.name for path in cache.iterdir())

    def tidied(graph: Path, context: Path, cache: Path) -> object:
        cache.mkdir(parents=True)
        for number in range(8):
            (cache / f"old-{number}").mkdir()
            os.utime(cache / f"old-{number}", (number, number))
        (cache / "of-lost").write_text("none")
        (cache / "of-kept").write_text("old-7")
        (cache / "draft" / "x").mkdir(parents=True)
        snapshot.make(str(graph), str(context))
        return sorted(
            path.name
            for path in cache.iterdir()
            if path.name.startswith(("old", "draft")) or path.name in ("of-lost", "of-kept", "new")
        )

    def later(graph: Path, context: Path, cache: Path) -> object:
        started: list[Any] = []
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(
                os,
                "posix_spawn",
                lambda path, command, _, **more: started.append(
                    [
                        path == sys.executable,
                        command[1:],
                        more["setpgroup"],
                        [one[1:4] for one in more["file_actions"]],
                    ]
                ),
            )
            snapshot.make_later(str(graph), str(context))
        return [started, cache.is_dir()]

    def old(graph: Path, context: Path, _: Path) -> object:
        """A file that was not just changed is not waited for."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(time, "time", lambda: os.stat(graph).st_ctime + 10)
            snapshot.make(str(graph), str(context))
        return [list(slept), seen(snapshot.opened(str(graph), str(context)))]

    def discarded(graph: Path, context: Path, _: Path) -> object:
        snapshot.make(str(graph), str(context))
        found = snapshot.opened(str(graph), str(context))
        assert found
        found.discard()
        return [os.path.exists(found.folder), snapshot.opened(str(graph), str(context))]

    def folder(*_: Path) -> object:
        return snapshot._cache()

    def no_owner(graph: Path, context: Path, _: Path) -> object:
        snapshot.make(str(graph), str(context))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, "getuid", lambda: 12345678)
            return [snapshot.opened(str(graph), str(context)), snapshot._writable()]

    return {
        "made": kept(made), "cut": kept(changed(lambda *at: whole(at[2]).write_text(""))),
        "told wrongly": kept(changed(lambda *at: lying(at[2]))), "touched": kept(changed(lambda *at: touched(at[2]))),
        "with one more": kept(changed(lambda *at: more(at[2]))),
        "with another log": kept(changed(lambda *at: logged(at[2]))),
        "another graph": kept(changed(lambda *at: at[0].write_text("<urn:g> { <urn:a> <urn:b> 'd' }"))),
        "another context": kept(changed(lambda *at: at[1].write_text('{"@context": {"tp": "urn:new#"}}'))),
        "no pointer": kept(changed(lambda *at: the(at[2], "of-*").unlink())),
        "a wrong pointer": kept(changed(lambda *at: the(at[2], "of-*").write_text("none"))),
        "busy": kept(busy), "tidied": kept(tidied), "later": kept(later), "later, nowhere": kept(later,
        TROPHEES_CACHE=""), "old files": kept(old), "discarded": kept(discarded), "of another": kept(no_owner),
        "nothing kept": kept(made_nowhere, TROPHEES_CACHE=""),
        "no graph": kept(lambda *at: [snapshot.opened("no", str(at[1])), outcome(partial(snapshot.make, "no",
        str(at[1]))),
        sorted(path.name for path in at[2].iterdir())]),
        "where": kept(folder), "where, by the system": kept(folder, TROPHEES_CACHE=None, XDG_CACHE_HOME="…/x"),
        "where, at home": kept(folder, TROPHEES_CACHE=None, XDG_CACHE_HOME="rel", HOME="…"),
        "nowhere": kept(folder, TROPHEES_CACHE=""), "where, without a home": kept(folder, TROPHEES_CACHE=None,
        XDG_CACHE_HOME=None, HOME="rel"),
    }  # fmt: skip


def made_nowhere(graph: Path, context: Path, _: Path) -> object:
    snapshot.make(str(graph), str(context))
    return snapshot.opened(str(graph), str(context))


MODULES: dict[str, Callable[[], Cases]] = {
    "provenance": of_provenance, "graphs": of_graphs, "territories": of_territories, "snapshot": of_snapshots,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_becomes_of_a_few_statements_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
