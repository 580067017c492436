"""What follows from release to release, and what is published of a few places: every file, whole.

`small/publish.tsv` has what comes of each; after a wanted change, `python tests/test_publish_small.py` writes it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from small_cases import PARTS, Cases, compare, write
from small_checkout import CONTEXT
from test_graph_small import LIVES, TABLES
from test_graph_small import reference as few_places
from test_small_release import CONTEXT as RELEASE_CONTEXT
from test_small_release import COPIES, HOSTING, loaded, queries, tables
from trophees.ask import cookbook
from trophees.base.context import Context
from trophees.base.namespaces import BASE, DCAT, DCTERMS, GRAPH, RDF_TYPE, TP
from trophees.changes.difference import difference
from trophees.places import reference
from trophees.places import tables as tables_as_read
from trophees.publish import portals, withdrawals
from trophees.publish.contents import publish
from trophees.publish.feeds import atom, documents, event_stream, files
from trophees.publish.feeds.history import Past, order, steps
from trophees.publish.places import dataset, dumps, geojson
from trophees.publish.places import tables as tables_of_places
from trophees.publish.writers.spool import Spools

ROOM = "publish"
READ = Context(CONTEXT)
LICENCE = "https://licence.example/"


# from release to release


def said(versions: Iterable[tuple[str, str]], *statements: str) -> str:
    """TriG: a catalogue of `versions` with their days, the last one the newest, and `statements` of the report."""
    known = list(versions)
    catalogue = " ".join(
        f'd:{number} a dcat:Dataset ; dcat:version "{version}" ; dcterms:modified "{day}" ; '
        f"dcterms:license <{LICENCE}> ."
        for number, (version, day) in enumerate(known)
    )
    return f"""@prefix d: <{BASE}dataset/> . @prefix dcat: <{DCAT}> . @prefix dcterms: <{DCTERMS}> .
@prefix tp: <{TP}> . @prefix l: <{BASE}laureate/2041/> . @prefix g: <{GRAPH}> . @prefix x: <{BASE}> .
@prefix o: <http://rdf.insee.fr/def/geo#> .
@prefix dep: <{BASE}territory/departement/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
g:catalog {{ {catalogue} }} g:r {{ {" ".join(statements)} }}"""


DAYS = [("2041.1", "2041-01-01"), ("2041.2", "2041-01-01"), ("2041.10", "2041-03-01")]
NORD = "dep:59 o:nom 'Nord & <mer>' ."
FIRST = [
    "l:a a tp:Laureate ; tp:title 'UN'@fr ; tp:inDepartement dep:59 .",
    "l:b a tp:Laureate ; tp:title 'B'@fr ; tp:inDepartement dep:02 .",
    NORD,
]
SECOND = [
    "l:a a tp:Laureate ; tp:title 'DEUX'@fr ; tp:inDepartement dep:59 .",
    "x:tool\\/t tp:title 'T'@fr, 'T!'@en .",
    NORD,
]
THIRD = [
    "l:a a tp:Laureate ; tp:title 'UN'@fr ; tp:inDepartement dep:02 .",
    "x:tool\\/t tp:title 'T'@fr .",
    "l:c\\%20é a tp:Laureate ; tp:title 'C & <D>'@fr .",
    NORD,
]
CONTENTS = [said(DAYS[: place + 1], *one) for place, one in enumerate((FIRST, SECOND, THIRD))]


def store(text: str) -> Store:
    found = Store()
    found.load(text.encode(), format=RdfFormat.TRIG)
    return found


def lines(text: str) -> list[bytes]:
    return sorted(f"{quad} .\n".encode() for quad in parse(text.encode(), format=RdfFormat.TRIG))


def past(known: int = 2) -> Past:
    """The first releases."""
    found = [lines(text) for text in CONTENTS]
    later = {DAYS[place][0]: difference(found[place - 1], found[place]) for place in range(1, known)}
    return Past(DAYS[0][0], found[0], later) if known else Past()


def of_feeds() -> Cases:
    def made(known: int, place: int = 2) -> dict[str, str]:
        found = files.files(store(CONTENTS[place]), past(known), DAYS[place][0], LICENCE, READ, HOSTING)
        return {path: b"".join(pieces).decode() for path, pieces in found}

    def each_file(name: str, known: int, place: int) -> Cases:
        return {
            f"{name}: {path}": partial(lambda path: made(known, place).get(path), path)
            for path in sorted(made(known, place))
        }

    def stepped(known: int, place: int = 2) -> object:
        return [[one.version, one.before, one.day, one.moment, len(one.old), len(one.new), len(one.found.removed),
        len(one.found.added), one.current]
            for one in steps(store(CONTENTS[place]), past(known), DAYS[place][0])]  # fmt: skip

    def of_one(version: str, *days: tuple[str, str]) -> Callable[[], object]:
        return lambda: [[one.version, one.moment] for one in steps(store(said(days)), Past(), version)]

    def limited() -> object:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(atom, "ENTRIES", 1)
            patched.setattr(event_stream, "MEMBERS", 2)
            found = made(2)
            return [
                {path: text.count("<entry>") for path, text in found.items() if path.endswith(".atom")},
                [path for path in found if path.startswith("ldes/")],
                found["ldes/stream.trig"],
            ]

    known = past(2)
    return {
        **each_file("three", 2, 2), **each_file("the first", 0, 0), "steps": lambda: [stepped(2), stepped(1),
        stepped(0), stepped(1, 1), stepped(2, 1)],
        "limited": limited, "addresses": lambda: [atom.address("fr"), atom.address("en"), atom.address("fr", "59"),
        atom.address("en", "2A")],
        "orders": lambda: {version: order(version) for version in ("2041.1", "2041.10", "2041.x", "2041", "")},
        "before": lambda: {version: [one.version, list(one.later)] for version in ("2041.1", "2041.2", "2041.10",
        "2040.9") for one in [known.before(version)]},
        "releases": lambda: [[version, len(found)] for version, found in known.releases()],
        "last": lambda: known.last() == lines(CONTENTS[1]), "none": lambda: list(Past().releases()),
        "not of one piece": lambda: Past(known.version, lines(CONTENTS[2]), known.later).last(),
        "twice": lambda: Past(known.version, known.first, {**known.later, "2041.3": known.later["2041.2"]}).last(),
        "no such version": of_one("2041.5", *DAYS),
        "a version without a day": lambda: [one.day for one in steps(store(said([]).replace("g:catalog {",
        "g:catalog { d:1 dcat:version '2041.5' .")), Past(), "2041.5")],
        "of the day": of_one("2041.2", *DAYS),
        "many of one day": lambda: [one.moment for one in steps(store(said([(f"2041.{number}",
        "2041-01-01") for number in range(63)])), many(), "2041.62")][57:],
        "called": lambda: [documents.RELEASE, atom.change_set_name(steps(store(CONTENTS[2]), known, "2041.10")[-1]),
        event_stream.STREAM],
    }  # fmt: skip


def many() -> Past:
    """Sixty releases of one day, which change nothing."""
    first = lines(said([(f"2041.{number}", "2041-01-01") for number in range(63)]))
    return Past("2041.0", first, {f"2041.{number}": difference(first, first) for number in range(1, 62)})


# places


@contextmanager
def places(tmp: Path) -> Iterator[None]:
    for name, rows in {**TABLES, **{name: [] for name in tables_of_places._TABLES}}.items():
        tmp.joinpath(f"{name}.csv").write_text(f"# {name}\n" + "".join(",".join(row) + "\n" for row in rows), "utf-8")
    with few_places(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(reference, "newest", lambda: date(2025, 1, 1))
        patched.setattr(tables_as_read, "folder", lambda: tmp)
        # as it comes: what is compressed depends on the version of zlib
        patched.setattr(dumps, "in_pieces", lambda data: data)
        yield


def of_places() -> Cases:
    import tempfile

    def within(work: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            with tempfile.TemporaryDirectory() as folder, places(Path(folder)):
                return work()

        return run

    def dumped() -> object:
        tally = dumps.Tally()
        found = {path: b"".join(pieces).decode() for path, pieces in dumps.files(tally)}
        counts = [dict(tally.properties), dict(tally.classes), len(tally.subjects)]
        return [{path: [len(text), text.count("\n")] for path, text in found.items()}, counts]

    def trig(part: int) -> Callable[[], object]:
        def work() -> object:
            found = dict(dumps.files(dumps.Tally()))
            text = b"".join(found[dumps.TRIG]).decode()
            return [block for block in text.split(" .\n") if block][part::4][:24]

        return work

    def short(*terms: str) -> object:
        with Spools(None) as spools:
            made = dumps.TriG(spools)
            return [made._short(term) for term in terms]

    def grown() -> object:
        with Spools(None) as spools:
            made = dumps.TriG(spools)
            made.add(
                [
                    ("2015-01-01", "<urn:a>", "rdf:type", "<urn:T>"),
                    ("2015-01-01", "<urn:a>", "tp:x", '"1"'),
                    ("2020-01-01", "<urn:a>", "tp:x", '"2"'),
                ]
            )
            made.add(
                [
                    ("2015-01-01", "<urn:a>", "tp:y", '"3"'),
                    ("2015-01-01", "<urn:b>", "tp:y", '"4"'),
                    ("2025-01-01", "<urn:c>", "tp:y", '"5"'),
                ]
            )
            return b"".join(made).decode()

    def released() -> Mapping[str, bytes]:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(cookbook, "queries", queries)
            return dict(publish(loaded(), RELEASE_CONTEXT, tables(), COPIES, HOSTING, places=True, past=Past()))

    def file(path: str) -> Callable[[], object]:
        return within(lambda: released()[path].decode())

    def catalogue(part: int) -> Callable[[], object]:
        """What the catalogue says of the places, in two parts."""

        def work() -> object:
            found = [str(quad.triple) for quad in parse(released()["catalog.ttl"], format=RdfFormat.TURTLE)]
            return sorted(one for one in found if "place" in one and "_:" not in one)[part::2]

        return within(work)

    terms = [
        f"<{BASE}territory/commune/1>", f"<{TP}Territory>", '"1"^^<http://www.w3.org/2001/XMLSchema#date>', '"a<b"',
        '"a"@fr', "<http://www.w3.org/ns/prov#a-b>", f"<{GRAPH}places/2015-01-01>", "<urn:x>", '"x"^^<urn:t>',
        '"<http://www.w3.org/ns/prov#Entity>"', f"<{BASE}territory/>",
    ]  # fmt: skip
    return {
        "dumps": within(dumped), **{f"TriG {part}": within(trig(part)) for part in range(4)},
        "terms": lambda: short(*terms), "grown": grown,
        "features": within(lambda: b"".join(geojson.pieces()).decode()), "tables": lambda: [[one.name, one.title,
        one.summary, one.key, one.columns] for one in tables_of_places.packaged()[:3]],
        "more tables": lambda: [[one.name, one.title, one.summary, one.key,
        one.columns] for one in tables_of_places.packaged()[3:6]], "the last tables": lambda: [[one.name, one.title,
        one.summary, one.key, one.columns] for one in tables_of_places.packaged()[6:]],
        "their files": within(lambda: dict(tables_of_places.files())), "all files": within(lambda: list(released())),
        **{path: file(path) for path in ("places/csv-metadata.json", "places/datapackage.json",
        "places/croissant.json")},
        **{f"catalogue {part}": catalogue(part) for part in range(2)},
        "counts": within(lambda: sorted(str(quad.triple) for quad in parse(released()["void.ttl"],
        format=RdfFormat.TURTLE) if "#places>" in str(quad.subject))),
        "called": lambda: [dataset.DATASET.value, len(LIVES)],
    }  # fmt: skip


# what hosts, portals and readers of facts are told


WITHDRAWN = f"""@prefix tp: <{TP}> . @prefix g: <{GRAPH}> . @prefix l: <{BASE}laureate/2041/> .
@prefix w: <{BASE}withdrawal/> .
g:withdrawn {{ w:1 tp:withdrawal w:b, w:a ; <{DCAT}version> "2041.1" .
  w:a tp:withdrawn l:z ; tp:reason "Un."@fr, "One."@en .
  w:b tp:withdrawn <urn:y> ; tp:reason "Deux."@fr, "Two."@en ; tp:successor l:a . }}
g:other {{ w:2 tp:withdrawal w:c . }}"""


def of_the_rest() -> Cases:
    return {
        "withdrawn": lambda: [(found := withdrawals.withdrawals(store(WITHDRAWN))), withdrawals.document(found),
        withdrawals.document([])],
        "names": lambda: [portals.node("dcat:Dataset").value, portals.fragment("x").value,
        portals.node("foaf:page").value],
        "of the catalogue": lambda: [portals.both(portals.fragment("places"), "dcterms:title"),
        [str(one) for one in portals.of(portals.fragment("places"), "dcat:keyword")],
        portals.of(portals.fragment("none"), "dcat:keyword")],
        "types": lambda: sorted({str(triple.object) for triple in portals.constant() if triple.predicate == RDF_TYPE}),
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {"feeds": of_feeds, "places": of_places, "rest": of_the_rest}


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_is_published_of_a_few_statements_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
