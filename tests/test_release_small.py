"""A release of a few statements: how it is cited, verified, built and proved, and what is kept of it.

`small/release.tsv` has what comes of each; after a wanted change, `python tests/test_release_small.py` writes it anew.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from small_cases import PARTS, Cases, compare, near, outcome, plain, taken, write
from small_checkout import CONTEXT, A, Change, bare, empty, listing, told
from trophees.ask import fingerprint
from trophees.base import citation
from trophees.base.citation import Citation
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, DCAT, RDF_TYPE, TP
from trophees.changes.difference import difference
from trophees.graph import published
from trophees.graph.walk import walk
from trophees.hosting.settings import PLACEHOLDER, Hosting
from trophees.publish.description import Former
from trophees.publish.feeds.history import Past
from trophees.release import build, folder, past, proof, verify
from trophees.release.checkout import Project
from trophees.release.lock import Busy
from trophees.release.published_files import written

ROOM = "release"
SHA, OTHER = "0123456789abcdef" * 4, "fedcba9876543210" * 4


# how a release, a fact, an answer are cited


WHOLE = Citation(
    iri=f"{BASE}laureate/2041/a#indicator-1", titles=("Le « budget »", "A: b"), dataset="Lauréats",
    publishers=("Graphe ouvert", "Autre"), version="2041.3", day="2041-02-03", sha256=SHA,
    licence="https://licence.example/",
    source="Éditeur, rapport 2041, version 2.", section="LE FOCUS", pages="8-9", printed="130 000€ (version 1)",
    query="", answer=OTHER,
)  # fmt: skip
TEXTS = [
    "", "version 2041.3", "Version : 2041.3", "VERSION = {2041.3}", "versions 2041.3", "version — 2041.3",
    "version      2041.3", "version 204.3",
    "version 20413", "ET  - 2041.3", "version 2041.3.1", "aversion 2041.3", "2041-02-03", "12041-02-03", "2041-02-031",
    "2041-2-3", "le 2041-02-03.",
    f"SHA-256: {SHA}", f"sha256={SHA.upper()}", f"SHA256 {{{SHA}}}", f"SHA-256 of the answer: {SHA}",
    f"SHA-256 de la réponse : {SHA}",
    f"SHA-256 of the release: {SHA} SHA-256 of the answer: {OTHER}", f"SHA-256: {SHA[:30]}\n  {SHA[30:]}",
    f"SHA-256: {SHA[:-1]}", f"SHA-256: {SHA}0",
    f"SHA-256 {'x' * 39}: {SHA}", f"SHA-256 {'x' * 40}: {SHA}", f"SHA-25 {SHA}", f"SHA-256 1: {SHA}",
    f"{BASE}laureate/2041/a#b.", f"<{BASE}a-b/~c%20_->",
    f"{BASE}a, {BASE}b", f"{BASE}x?y", "https://w3id.org/other/a",
    f"{BASE}playground/#query=ASK%20%7B%7D&lang=fr {BASE}a", f"#query=a+b {BASE}c", "#query=",
    "imprimé : « deux\n mots »", "printed: “two  words”", "printed: « two »", "imprimé: “deux”", "unprinted: “no”",
    "printed “no”", "printed: “a” printed: “b”",
    "imprimé : « a » b »", "imprimé : «»", "imprimé:«a»", "printed:“a”",
]  # fmt: skip


def of_citations() -> Cases:
    def stated(text: str) -> dict[str, object]:
        """What is read that is not empty."""
        return {key: value for key, value in vars(citation.read(text)).items() if value}

    def text(**more: Any) -> Callable[[], object]:
        return lambda: [Citation(**more).text(language) for language in LANGUAGES]

    parts: dict[str, Any] = vars(WHOLE)
    return {
        **{f"read {text}": partial(stated, text) for text in TEXTS},
        "all": text(**parts), "nothing": text(),
        **{f"without {name}": text(**{key: value for key, value in parts.items() if key != name}) for name in parts},
        **{f"only {name}": text(**{name: value}) for name, value in parts.items() if value},
        "read again": lambda: [stated(WHOLE.text(language)) for language in LANGUAGES],
        "near a version": lambda: taken(near("version 2041.3", " .:1v\n"), stated),
        "near words": lambda: taken(near("printed: “a”", " :“”«»p"), stated),
        "near an IRI": lambda: taken(near(f"<{BASE}a#b>", " .-#?é"), stated),
    }  # fmt: skip


# what is verified


FACT, GOAL = f"{BASE}laureate/2041/a#indicator-1", f"{BASE}laureate/2041/a#goal-1"


def lines(version: str, *said: str) -> list[bytes]:
    """A release that says what it is, and `said`, whose `/` begins an IRI of ours and `:` a term of the ontology."""
    dataset = [f'/dataset/x> <{DCAT}version> "{one}" </graph/catalog' for one in version.split()]
    typed = f"/dataset/x> {RDF_TYPE} <{DCAT}Dataset> </graph/catalog"
    text = "\n".join(f"<{one}> ." for one in (*dataset, typed, *said))
    text = text.replace("</", f"<{BASE}").replace("<:", f"<{TP}")
    return sorted(f"{quad} .\n".encode() for quad in parse(text, format=RdfFormat.N_QUADS))


PRINTED = '/laureate/2041/a#indicator-1> <:printed> "130 000€" </graph/report/2041'
VALUE = '/laureate/2041/a#indicator-1> <:value> "{}" </graph/report/2041'
TEXT = '/laureate/2041/a#goal-1> <:text> "un but"@fr </graph/report/2041'
REGION = "/laureate/2041/a> <:region> </region/{}> </graph/rules"
WITHDRAWN = (
    "/withdrawal/2041-1> <:withdrawal> </withdrawal/2041-1#withdrawal-1> </graph/withdrawn",
    f'/withdrawal/2041-1> <{DCAT}version> "2041.3" </graph/withdrawn',
    "/withdrawal/2041-1#withdrawal-1> <:withdrawn> </laureate/2041/a#goal-1> </graph/withdrawn",
    '/withdrawal/2041-1#withdrawal-1> <:reason> "Dit deux fois."@fr </graph/withdrawn',
    '/withdrawal/2041-1#withdrawal-1> <:reason> "Said twice."@en </graph/withdrawn',
)
SUCCESSOR = "/withdrawal/2041-1#withdrawal-1> <:successor> </laureate/2041/a#goal-2> </graph/withdrawn"
RELEASES = {
    "2041.1": lines("2041.1", PRINTED, VALUE.format(130000), TEXT, REGION.format(1)),
    # another graph says the same
    "2041.2": lines("2041.2", PRINTED.replace("report", "rules"), VALUE.format(130000), TEXT, REGION.format(1)),
    "2041.10": lines("2041.9 2041.10", PRINTED, VALUE.format(13000), REGION.format(2), *WITHDRAWN, SUCCESSOR),
}
SUMS = {version: fingerprint.of_lines(found) for version, found in RELEASES.items()}
QUERY = f"SELECT ?v {{ <{FACT}> tp:value ?v }}"
ANSWERS = {value: hashlib.sha256(f'?v\n"{value}"\n'.encode()).hexdigest() for value in ("130000", "13000")}


@contextmanager
def kept(changes: Mapping[str, bytes | None] | None = None) -> Iterator[Path]:
    """A checkout that keeps the first two releases, in which the third is published."""
    with empty() as root, pytest.MonkeyPatch.context() as patched:
        known = Past()
        found: dict[str, bytes | None] = {
            "data/context.jsonld": b"{}",
            "publish/dumps/trophees.nq": b"".join(RELEASES["2041.10"]),
        }
        for version in ("2041.1", "2041.2"):
            path, data = past.kept(known, version, RELEASES[version])
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
            known = past.read(root)
        found["publish/SHA256SUMS"] = f"{OTHER}  a.csv\n{SUMS['2041.10']}  dumps/trophees.nq\n".encode()
        found["publish/context.jsonld"] = CONTEXT.encode()
        for path, content in {**found, **(changes or {})}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                (root / path).unlink(missing_ok=True)
            else:
                (root / path).write_bytes(content)
        patched.setattr(published, "_FOLDERS", (str(root / "publish"),))
        patched.chdir(root)
        yield root


def of_verdicts() -> Cases:
    def verdict(
        cited: Citation, name: str = "publish", changes: Mapping[str, bytes | None] | None = None
    ) -> Callable[[], object]:
        def run() -> object:
            with kept(changes) as root:
                found = outcome(lambda: [[one.holds, one.text] for one in verify.verify(cited, name, root)])
                return bare(found, root)

        return run

    new, first, second = SUMS["2041.10"], SUMS["2041.1"], SUMS["2041.2"]
    cites: dict[str, Citation] = {
        "nothing": Citation(), "a version alone": Citation(version="2041.10"), "this release": Citation(sha256=new),
        "this, by its number": Citation(sha256=new, version="2041.10"),
        "this, by another number": Citation(sha256=new, version="2041.1"), "another sum of this": Citation(sha256=SHA,
        version="2041.10"),
        "the first": Citation(sha256=first), "the first, by its number": Citation(sha256=first, version="2041.1"),
        "another sum of the first": Citation(sha256=SHA, version="2041.1"),
        "the sum of the second by the number of the first": Citation(sha256=second, version="2041.1"),
        "no known one": Citation(sha256=SHA), "no known number": Citation(sha256=SHA, version="2040.1"),
        "a fact": Citation(iri=FACT), "a fact of this": Citation(iri=FACT, sha256=new),
        "a fact of a number": Citation(iri=FACT, version="2041.10"),
        "a fact of the first": Citation(iri=FACT, sha256=first),
        "a fact of the second by its number": Citation(iri=FACT, version="2041.2"),
        "a fact of an unknown one": Citation(iri=FACT, version="2040.1"), "a fact of an unknown sum": Citation(iri=FACT,
        sha256=SHA, printed="130 000€"),
        "a fact of no sum known by its number": Citation(iri=FACT, sha256=SHA, version="2041.1"),
        "words": Citation(iri=FACT, sha256=new, printed=" 130  000€\n"), "other words": Citation(iri=FACT, sha256=new,
        printed="131 000€"),
        "words of the first": Citation(iri=FACT, sha256=first, printed="130 000€"),
        "words of nothing": Citation(iri=GOAL, sha256=first, printed="un but"),
        "a thing": Citation(iri=f"{BASE}laureate/2041/a", sha256=new),
        "a thing of which another derives": Citation(iri=f"{BASE}laureate/2041/a", sha256=first),
        "a withdrawn fact": Citation(iri=GOAL, sha256=second), "a withdrawn fact of this": Citation(iri=GOAL,
        sha256=new), "a withdrawn fact of no known": Citation(iri=GOAL, sha256=SHA),
        "no thing": Citation(iri=f"{BASE}no", sha256=new), "no thing of the first": Citation(iri=f"{BASE}no",
        sha256=first), "no thing of no known": Citation(iri=f"{BASE}no", sha256=SHA),
        "a beginning of a name": Citation(iri=FACT[:-1], sha256=new), "the whole": Citation(iri=f"{BASE}dataset/x",
        sha256=new), "the whole of the first": Citation(iri=f"{BASE}dataset/x", sha256=first),
        "an answer": Citation(query=QUERY, sha256=new, answer=ANSWERS["13000"]),
        "an answer of the first": Citation(query=QUERY, sha256=first, answer=ANSWERS["130000"]),
        "another answer": Citation(query=QUERY, sha256=new, answer=ANSWERS["130000"]),
        "no sum of an answer": Citation(query=QUERY, sha256=first),
        "an answer of no known": Citation(query=QUERY, sha256=SHA, answer=ANSWERS["13000"]),
        "no query": Citation(query="SELECT {", sha256=new), "all": Citation(iri=FACT, query=QUERY, version="2041.10"),
    }  # fmt: skip
    bare_list = lines("2041.3", PRINTED, *WITHDRAWN)
    return {
        **{name: verdict(cited) for name, cited in cites.items()},
        "the published one": verdict(cites["a fact of this"], ""), "another file": verdict(cites["a fact of the first"],
        "two.nq", {"two.nq": b"".join(RELEASES["2041.2"])}),
        "no file": verdict(cites["a fact of this"], "three.nq"), "other sums": verdict(cites["this release"],
        changes={"publish/SHA256SUMS": f"{SHA}  dumps/trophees.nq\n".encode()}),
        "sums of a checkout": verdict(cites["this release"], ".",
        {"publish/SHA256SUMS": f"{SHA}  dumps/trophees.nq\n".encode()}),
        "sums of others": verdict(cites["this release"],
        changes={"publish/SHA256SUMS": f"{SHA}  x/dumps/trophees.nq2\n".encode()}),
        "no sums": verdict(cites["this release"], changes={"publish/SHA256SUMS": None}),
        "no checkout": verdict(cites["the first"], changes={"data/context.jsonld": None}),
        "nothing kept": verdict(cites["the first"], changes={"data/changes/2041.1.nq.gz": None,
        "data/changes/2041.2.rdfp.gz": None}),
        "without a successor": verdict(Citation(iri=GOAL, sha256=SHA), "l.nq", {"l.nq": b"".join(bare_list)}),
        "of no version": verdict(Citation(iri=FACT), "l.nq", {"l.nq": b"".join(lines("", PRINTED))}),
        "a release": lambda: [(found := verify.Release.of(RELEASES["2041.10"])).version, found.sha256 == new,
        len(found.lines), found.is_dataset(f"{BASE}dataset/x"),
            found.is_dataset(f"{BASE}dataset/y"), found.about(FACT), found.about(FACT[:-1])],
    }  # fmt: skip


def of_questions() -> Cases:
    def asked(given: str, files_: Mapping[str, bytes] | None = None) -> Callable[[], object]:
        def run() -> object:
            with kept(
                {"publish/context.jsonld": b'{"@context": {"tp": "%b"}}' % TP.encode(), **(files_ or {})}
            ) as root:
                return bare(outcome(lambda: verify.question(given)), root)

        return run

    parameters = """#+ summary: Deux
#+ summary-en: Two
#+ subject: territories
#+ param: stars "3" — étoiles | stars
SELECT ?l { ?l tp:stars ?stars }
"""
    return {
        "SPARQL": asked(QUERY), "a file": asked("q.rq", {"q.rq": QUERY.encode()}), "no file": asked("no.rq"),
        "nothing": asked(""),
        "a file with parameters": asked("q.rq", {"q.rq": parameters.encode()}),
        "of the cookbook": asked("laureates-in-region"),
    }  # fmt: skip


# what is kept of former releases


def of_pasts() -> Cases:
    one, two = RELEASES["2041.1"], RELEASES["2041.2"]
    whole, change = past.kept(Past(), "2041.1", one)[1], past.kept(Past("2041.1", one, {}), "2041.2", two)[1]

    def read(files_: Mapping[str, bytes]) -> Callable[[], object]:
        def run() -> object:
            with empty() as root:
                for name, data in files_.items():
                    (root / past.FOLDER).mkdir(parents=True, exist_ok=True)
                    (root / past.FOLDER / name).write_bytes(data)
                found = past.read(root)
                return [found.version, len(found.first), list(found.later)]

        return run

    def folder() -> object:
        with empty(f"{past.FOLDER}/2041.1.nq.gz/x") as root:
            return bare(outcome(lambda: past.read(root)), root)

    def kept_(known: Past, version: str) -> Callable[[], object]:
        def run() -> object:
            path, data = past.kept(known, version, two)
            return [path, gzip.decompress(data).decode(), data == past.kept(known, version, two)[1]]

        return run

    first = Past("2041.1", one, {})
    later = Past("2041.1", one, {"2041.2": difference(one, two)})
    return {
        "none": read({}), "one": read({"2041.1.nq.gz": whole}), "two": read({"2041.1.nq.gz": whole,
        "2041.2.rdfp.gz": change}), "hidden": read({"2041.1.nq.gz": whole, ".2041.2.rdfp.gz.new": b""}),
        "another file": read({"2041.1.nq.gz": whole, "a.txt": b""}), "no version": read({"a.nq.gz": whole}),
        "not packed": read({"2041.1.nq": b""}), "packed badly": read({"2041.1.nq.gz": b"x"}),
        "two wholes": read({"2041.1.nq.gz": whole, "2041.2.nq.gz": whole}),
        "no whole": read({"2041.2.rdfp.gz": change}), "before the whole": read({"2041.3.nq.gz": whole,
        "2041.2.rdfp.gz": change}),
        "at the whole": read({"2041.2.nq.gz": whole, "2041.2.rdfp.gz": change}),
        "after nine": read({"2041.9.nq.gz": whole, "2041.10.rdfp.gz": change}),
        "no patch": read({"2041.1.nq.gz": whole, "2041.2.rdfp.gz": gzip.compress(b"x\n")}),
        "no statements": read({"2041.1.nq.gz": gzip.compress(b"x\n")}), "a folder": folder,
        "names": lambda: taken(near("2041.1.nq.gz", "1.nqd"), lambda name: past._NAME.fullmatch(name) is not None),
        "kept first": kept_(Past(), "2041.1"), "kept later": kept_(first, "2041.2"), "kept again": kept_(later,
        "2041.2"), "kept as the first again": kept_(first, "2041.1"),
        "kept before": kept_(later, "2041.1"), "kept before all": kept_(first, "2040.9"), "kept third": kept_(later,
        "2041.10"),
    }  # fmt: skip


# the build


CATALOG_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix shapes: <https://w3id.org/trophees-participation/shapes#> .
shapes:Catalog a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property shapes:catalog-period, shapes:catalog-title, shapes:catalog-theme .
shapes:catalog-period sh:path dcterms:temporal ; sh:minCount 1 ; sh:message "une période"@fr, "a period"@en .
shapes:catalog-title sh:path dcterms:title ; sh:minCount 1 ; sh:message "un titre"@fr, "a title"@en .
shapes:catalog-theme sh:path dcat:theme ; sh:minCount 1 ;
  sh:severity sh:Warning ; sh:message "un thème"@fr, "a theme"@en .
"""
PERIOD, TITLE, THEME = "dcterms:temporal [] ; ", "dcterms:title 'x' ; ", "dcat:theme [] ; "
CATALOGUE = f"""
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> . @prefix : <{BASE}> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
<{BASE}catalog> <http://xmlns.com/foaf/0.1/homepage> <{PLACEHOLDER}> .
<{BASE}dataset/trophees> ?said a dcat:Dataset ; dcat:distribution :f .
:f dcterms:issued "2041-01-01" ; dcterms:modified "2041-01-02" ;
  dcat:downloadURL <{PLACEHOLDER}a.csv> ; spdx:checksum :s .
:s spdx:checksumValue "ab" .
"""
NO_LIST: Change = {"data/withdrawal/2041-9.yaml": None, "shapes/catalog.ttl": CATALOG_SHAPES}


FORMER = Former("ab", "2041-01-01", "2041-01-02")


class Handed:
    """Stands in the place of what makes files and pages: notes what it is given, and gives little."""

    def __init__(self, catalogue: str) -> None:
        self.given: dict[str, Any] = {}
        self.catalogue = list(parse(CATALOGUE.replace("?said", catalogue), format=RdfFormat.TURTLE))
        self.steps: list[str] = []

    def data(
        self, store: Any, context: Any, tables: Any, copies: Any, hosting: Any, changelog: Any, **more: Any
    ) -> Iterator[tuple[str, Iterable[bytes]]]:
        also, accept, known = more["also"], more["accept"], more["known"]
        self.given["data"] = {
            "statements": len(store), "compact": context.compact(BASE + "laureate/x"), "tables": len(tables) > 10,
            "copies": sorted(copies), "url": hosting.url, "changelog": changelog,
            "former": more["former"], "points": more["points"], "places": more["places"], "past": more["past"].version,
            "folder": more["folder"] and Path(more["folder"]).is_dir(),
            "known": known, "also": [type(one).__name__ for one in also], "names": sorted(more),
        }  # fmt: skip
        for one in also:
            one.begin(None)
            for subject in walk(store):
                one.subject(subject)
            list(one.end())
        yield "a.csv", [b"1", b"2"]
        accept(self.catalogue)
        known["a.csv"] = "told"
        yield "dumps/b.ttl", iter([b"3"])
        if more["places"]:
            yield "places/p.csv", [b"4"]

    def site(self, inputs: Any) -> list[tuple[str, bytes]]:
        self.given["site"] = {
            **{name: plain(getattr(inputs, name)) for name in ("version", "changelog", "reference", "url", "sparql",
            "contact", "source_code", "files")},
            "published": dict(inputs.published), "shapes": len(inputs.shapes), "tables": len(inputs.tables) > 10,
            "past": inputs.past.version, "statements": len(inputs.store),
            "compact": inputs.context.compact(BASE + "laureate/x"),
        }  # fmt: skip
        return [("index.html", b"<p>"), ("en/index.html", b"<p>")]

    @contextmanager
    def progress(self, label: str, items: Iterable[Any]) -> Iterator[Iterable[Any]]:
        self.steps.append(label)
        yield items


def of_builds() -> Cases:
    def built(
        changes: Change | None = None, catalogue: str = PERIOD + TITLE + THEME, *, verb: str = "write",
        strict: bool = False, hosting: Hosting | None = None, before: Callable[[Project], None] | None = None,
    ) -> Callable[[], object]:  # fmt: skip
        def run(project: Project) -> object:
            from trophees.site import build as pages
            from trophees.site import scripts

            handed = Handed(catalogue)
            start = listing(project.root)
            if before:
                before(project)
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(build, "in_pieces", handed.data)
                patched.setattr(pages, "Build", handed.site)
                patched.setattr(scripts, "present", lambda: handed.steps.append("bundle"))
                found = []
                for language in LANGUAGES:
                    one = build.Building(project, hosting or Hosting(), strict, language, handed.progress)
                    found.append(outcome(getattr(one, verb)))
            now = listing(project.root)
            return [found, handed.steps[: len(handed.steps) // 2],
            handed.given if verb == "write" and not changes else None,
                {path: now[path] for path in sorted(now) if path not in start or now[path] != start[path]}]  # fmt: skip

        return told(run, {**NO_LIST, **(changes or {})})

    right = {"a.csv": "12", "dumps/b.ttl": "3", "places/p.csv": "4"}

    def put(there: Mapping[str, str]) -> Callable[[Project], None]:
        def work(project: Project) -> None:
            for name, text in there.items():
                (project.root / "publish" / name).parent.mkdir(parents=True, exist_ok=True)
                (project.root / "publish" / name).write_text(text, "utf-8")

        return work

    def compared(there: Mapping[str, str]) -> Callable[[], object]:
        return built({"x": ""}, verb="stale", before=put(there))

    def busy(number: str) -> Callable[[], object]:
        def run(project: Project) -> object:
            def draft(_: Path) -> None:
                raise Busy(number)

            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(folder, "draft", draft)
                return [
                    outcome(build.Building(project, Hosting(), False, language, Handed("").progress).write)
                    for language in LANGUAGES
                ]

        return told(run, NO_LIST)

    real = Hosting("https://d.example/", "a@b.example", "https://d.example/sparql", "https://c.example/")
    registered = f"<{BASE}laureate/2041/gone> <{RDF_TYPE.value}> <{TP}Laureate> <{BASE}release/1> .\n"
    defined = "".join(f"<{iri}> <{RDF_TYPE.value}> <{type_}> <{BASE}release/1> .\n" for iri, type_ in (
        (f"{TP}Laureate", "http://www.w3.org/2002/07/owl#Class"), (f"{BASE}dataset/trophees",
        f"{DCAT}Dataset")))  # fmt: skip
    parts = f"<{BASE}f> <{RDF_TYPE.value}> <urn:x> <{BASE}release/1> .\n"
    shapes = f"<{BASE}shapes#Laureate> <{RDF_TYPE.value}> <http://www.w3.org/ns/shacl#NodeShape> <{BASE}release/1> .\n"
    wrong: Change = {"data/laureate/2041/b.yaml": A.replace("2041/a", "2041/b").replace("étoiles: 3", "étoiles: 9")}
    return {
        "written": built(), "for a host": built({}, hosting=real), "no title": built({"x": ""}, PERIOD + THEME),
        "no theme": built({"x": ""}, PERIOD + TITLE), "no theme, strictly": built({"x": ""}, PERIOD + TITLE,
        strict=True),
        "no period": built({"x": ""}, TITLE + THEME), "nothing": built({"x": ""}, ""), "a wrong record": built(wrong),
        "nothing, strictly": built({"x": ""}, "", strict=True),
        "lost": built({"data/identifiers.nq": registered}),
        "not lost": built({"data/identifiers.nq": defined + shapes}),
        "a part of the catalogue": built({"data/identifiers.nq": parts}),
        "a lost file": built({"data/files.json": written({"gone.csv": FORMER, "a.csv": FORMER}).decode()}),
        "built without places": built({"data/places/x.csv": None}),
        "as published": compared(right), "nothing there": compared({}),
        "other bytes, and others": compared({**right, "a.csv": "13", "dumps/c": "", "csv/x": "", "index.html": ""}),
        "no places": compared({"a.csv": "12", "dumps/b.ttl": "3"}), "without one of the places": compared({**right,
        "places/p.csv": "5"}),
        "names alike": compared({"a.csv": "12", "dumps/b.ttl": "3", "feeds": "", "placesx/p.csv": ""}),
        "a wrong record, to compare": built(wrong, verb="stale"), "busy": busy("12"), "busy with nobody": busy(""),
        "in place": built({"x": ""}, before=put({"old.txt": "", "a.csv": "1"})),
    }  # fmt: skip


# the proof


TERMS = """
  "section": {"@id": "tp:section", "@type": "@id"}, "order": {"@id": "tp:order", "@type": "xsd:integer"},
  "title": {"@id": "tp:title", "@language": "fr"}, "carrierLine": {"@id": "tp:carrierLine", "@language": "fr"},
  "printed": {"@id": "tp:printed", "@language": "fr"}, "s": "https://w3id.org/trophees-participation/section/",
  "Section": "tp:Section", "id": "@id\""""
SECTIONS = """id: vocabulary:section
type: Vocabulaire
concepts:
  - id: s:focus
    type: Section
    libellé:
      fr: Le focus
      en: Focus
"""
PROVED: Change = {
    "data/context.jsonld": CONTEXT.replace('"id": "@id"', TERMS, 1),
    "data/laureate/2041/a.yaml": A.replace(
        "étoiles: 3\n", "étoiles: 3\norder: 1\ntitle: Le beau Val\ncarrierLine: Ville de Val\n"
    ).replace("      - id: laureate:2041/a#stage-1-stage-1\n", "      - id: laureate:2041/a#stage-1-stage-1\n"
        "        printed: Un autre temps\n        section: s:focus\n"),
    "data/vocabulary/section.yaml": SECTIONS,
    "data/withdrawal/2041-9.yaml": None,
}  # fmt: skip
REPORT = "Le beau Val\nVille de Val\nLE FOCUS\nOn a pris un autre temps. Un autre temps\n*** 2041\n"


def of_proofs() -> Cases:
    def proved(
        text: str | bytes | None, *records: str, iri: str = "", name: str = "r.txt", changes: Change | None = None
    ) -> Callable[[], object]:
        def run(project: Project) -> object:
            file = project.root / name
            if text is not None:
                file.write_bytes(text.encode() if isinstance(text, str) else text)
            start = listing(project.root)
            one = proof.proved(project, file, iri, [project.root / path for path in records])
            found = [
                one.name,
                len(one.lines),
                one.whole,
                [[e.claim.kind, e.claim.value, e.found] for e in one.evidence],
                one.copied,
            ]
            now_ = [
                outcome(one.attest),
                {path: text for path, text in listing(project.root).items() if path not in start},
            ]
            return [*found, *now_]

        return told(run, {**PROVED, **(changes or {})})

    little = "".join(PROVED["data/laureate/2041/a.yaml"].partition("libellé:")[0])  # type: ignore[union-attr,arg-type]
    provable: Change = {
        "data/laureate/2041/a.yaml": little.replace("étoiles: 3\n", "") + "selon: src:r\n",
        "data/laureate/2041/b.yaml": None, "data/organisation/x.yaml": None,
    }  # fmt: skip
    copied = A.replace("fr: Un temps.", "fr: tout cela est dit mot pour mot dans la source même")
    return {
        "whole": proved(REPORT), "a record": proved(REPORT, "data/laureate/2041/a.yaml"),
        "another record": proved(REPORT, "data/laureate/2041/b.yaml"), "not all of it": proved("Le beau Val\n"),
        "by its name": proved(REPORT, iri="src:r"), "by another name": proved(REPORT, iri="src:s"),
        "no file": proved(None), "not in UTF-8": proved(b"\xff\xfe"), "with a mark": proved("\ufeff" + REPORT),
        "a table": proved("a,b\n1,2\n", name="r.CSV"), "in capitals": proved(REPORT, name="R.TXT"),
        "a PDF that is none": proved("x", name="r.PDF"),
        "attested": proved(REPORT, changes=provable),
        "attested in part": proved(REPORT, "data/laureate/2041/a.yaml", changes=provable),
        "copied": proved(REPORT + "\nTout cela est dit mot pour mot dans la source même.\n",
        changes={"data/laureate/2041/a.yaml": copied}),
        "copied elsewhere": proved(REPORT + "\nTout cela est dit mot pour mot dans la source même.\n",
        "data/laureate/2041/b.yaml", changes={"data/laureate/2041/a.yaml": copied}),
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "citation": of_citations, "verify": of_verdicts, "question": of_questions, "past": of_pasts, "build": of_builds,
    "proof": of_proofs,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_release_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
