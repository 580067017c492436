"""Shapes of a few lines, with a record for each fault: what is found, and in which words.

`small/check.tsv` has what comes of each; after a wanted change, `python tests/test_check_small.py` writes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from small_cases import FOLDER, PARTS, Cases, compare, each, outcome, write
from small_checkout import CONTEXT, READ, RECORDS, A, B, record, records, said
from trophees.base.context import Context
from trophees.base.language import LANGUAGES, Both
from trophees.base.namespaces import BASE, TP, XSD
from trophees.check import (
    carrier,
    catalogue,
    engines,
    fast,
    mappings,
    native,
    portable,
    report,
    shacl,
    sources,
    template,
    territories,
    trust,
    whole,
    wording,
)
from trophees.check import records as of_records_
from trophees.check.shacl import Finding, PyShacl, classes_graph, shapes_graph
from trophees.places import why
from trophees.places.link import Linked
from trophees.places.place import COMMUNE, DEPARTEMENT, EPCI, MUNICIPAL, REGION, Place
from trophees.source import mapping
from trophees.source.problem import Problem
from trophees.source.yaml_ld import read

ROOM = "check"
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix tp: <https://w3id.org/trophees-participation/ontology#> .
@prefix shapes: <https://w3id.org/trophees-participation/shapes#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <urn:> .
@prefix tool: <https://w3id.org/trophees-participation/tool/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SHAPES, MORE = ((FOLDER / f"{name}.ttl").read_text("utf-8") for name in ("shapes", "shapes-more"))
ONTOLOGY = (
    PREFIXES + "tp:Workshop rdfs:subClassOf tp:Tool . tp:Tool rdfs:subClassOf tp:Thing . tp:a rdfs:subClassOf [] ."
)
# what is seen from afar; a number that no engine but Python's reads
FAR = """:a a tp:Laureate ; tp:stars 3 ; tp:toolUse :u . :u tp:tool :t . :t a tp:Workshop .
tp:Workshop rdfs:subClassOf tp:Tool . :b a tp:Laureate ; tp:stars '٣'^^xsd:integer ; tp:toolUse :u ."""
ASK, TYPED = "[ sh:select 'SELECT $this ?value { $this ?p ?value }' ]", "[ a sh:SPARQLConstraint ; sh:message 'm' ;"
CHAIN = """@prefix : <urn:> . :a :p :b . :b :p :c . :c :p :d . :d a :t . :t :p :e .
:x <http://www.w3.org/2000/01/rdf-schema#subClassOf> :y . :y :p 1 ."""
TARGETS = """:a sh:targetNode :n ; sh:property :b . :b sh:path :p . :c sh:targetObjectsOf :p .
:d sh:targetSubjectsOf :q . :e sh:path :r ; sh:minExclusive 3 ."""
DEEP = """:Kind sh:targetClass :T ; sh:or ( :a ) . :a sh:property :b . :b sh:path :p ; sh:minExclusive 3 .
:other sh:targetClass :U ; sh:property :b ."""
OWNED = "id: o:organisation/{}\nhomeTerritory: o:{}\norganisationKind: o:organisation-kind/{}\n"
HEAD = "id: laureate:2041/q\ntype: Lauréat\nédition: edition:2041\n"
FAULTS = [
    "étoiles: 3\n", "", "étoiles: 9\n", "étoiles: x\n", "étoiles: [1, 2]\n",
    "étoiles: 3\nlibellé:\n  fr: Un\n  en: One\n",
    "étoiles: 3\nlibellé:\n  fr: [Un, Deux]\n  en: [One, Two, Three]\n", "étoiles: 3\nlibellé:\n  de: Eins\n",
    "étoiles: 3\nnote: deux mots\n",
    "étoiles: 3\nnote: a\n", "étoiles: 3\nnote: [un, deux]\n", "étoiles: 2\nnote: deux\n",
    "étoiles: 3\noutils:\n  - id: laureate:2041/q#toolUse-1\n    outil: tool:atelie\n",
    "étoiles: 3\noutils:\n  - id: laureate:2041/q#toolUse-1\n    outil: tool:atelier\n",
    "étoiles: 3\noutils:\n  - id: laureate:2041/q#toolUse-1\n",
    "étoiles: 3\noutils:\n  - id: laureate:2041/q#toolUse-1\n    outil: organisation:x\n",
    "étoiles: 3\noutils:\n  - id: laureate:2041/q#toolUse-1\n    outil: tool:carte2\n",
    "étoiles: 3\nacteurs: []\nacteurs_: 1\n",
    "étoiles: 3\nacteurs:\n  - id: laureate:2041/q#involvement-1\n    organisme: organisation:x\n",
    "étoiles: 3\nétapes:\n  - id: laureate:2041/q#stage-1\n    texte:\n      fr: Un.\n", "étoiles: 3\nversion: a\n",
    "étoiles: 9\nétoile: 3\nnote: deux mots\n",
]  # fmt: skip
OTHERS = [
    one for one in records() if one.path.startswith("data/vocabulary") or one.path.startswith("data/organisation")
]


def of_findings() -> Cases:
    shapes, classes = shapes_graph([SHAPES]), classes_graph([ONTOLOGY])

    def checked(text: str) -> object:
        one = record(HEAD + text)
        every = whole.Whole.of([one, *OTHERS], [(f"{BASE}tool/carte1", f"{TP}Workshop")])
        return said(of_records_.check([one], every, shapes, classes, READ))

    def by(engine: Callable[[rdflib.Graph], Any], text: str, focus: Iterable[str] | None = None) -> list[str]:
        data = list(parse((PREFIXES + text).encode(), format=RdfFormat.TURTLE))
        nodes = None if focus is None else [NamedNode(f"urn:{one}") for one in focus]
        return sorted(
            f"{f.focus} {f.path} {f.value} {f.rule} {f.component.rpartition('#')[2]} {f.severity} {bool(f.constraint)}"
            for f in engine(shapes).validate(data, nodes)
        )

    data = {
        "right": ":a a tp:Laureate ; tp:stars 3 .",
        "wrong": ":a a tp:Laureate ; tp:stars 9, 3 ; tp:note 'a', 'b c' . :b a tp:Laureate .",
        "a literal": ":a tp:toolUse 'x', :b, _:n .",
        "asked": ":a a tp:Laureate ; tp:stars 2 ; tp:note 'abc', 'abd' ; tp:of 3 .",
        "strange numbers": ":a a tp:Laureate ; tp:stars 09, 3.0, 1e3 .",
        "far": FAR,
    }  # fmt: skip
    return {
        **each(FAULTS, checked),
        **{f"{name}, by {engine.__name__}": partial(by, engine, text) for name,
        text in data.items() for engine in (PyShacl, fast.Fast)},
        **{f"wrong, of {focus}, by {engine.__name__}": partial(by, engine, data["wrong"], focus) for focus in ((), ("b",
        ), ("c",)) for engine in (PyShacl, fast.Fast)},
        "patterns": lambda: {text: shacl._python(text) for text in ("^a$", r"a\$", "[$]$", r"[\]$]$", "$\n$", r"\\$")},
        "engines": lambda: [engines.maker("pyshacl").__name__, engines.maker("fast").__name__],
        "rules": lambda: [Finding(NamedNode("urn:a"), None, None, name, "c",
        "error").rule for name in (shacl.SHAPES + "a", "urn:b")],
        "a catalogue": lambda: [[[one.line(language) for language in LANGUAGES] for one in catalogue.check(
            list(parse((PREFIXES + data["wrong"] + " [] a tp:Laureate . :a <http://rdfs.org/ns/void#x> 3 .").encode(),
            format=RdfFormat.TURTLE)), SHAPES, engine)]
            for engine in (PyShacl, fast.Fast)],
    }  # fmt: skip


def of_words() -> Cases:
    shapes, classes = shapes_graph([SHAPES]), classes_graph([ONTOLOGY])
    known = {
        f"{BASE}tool/atelier": {f"{TP}Workshop"},
        f"{BASE}tool/atelier-2": {f"{TP}Tool"},
        f"{BASE}tool/x": {f"{TP}Goal"},
        f"{TP}Laureate": {f"{TP}Tool"},
    }
    words = wording.Wording(shapes, classes, known, READ)
    node, sh = NamedNode(f"{BASE}laureate/2041/q"), "http://www.w3.org/ns/shacl#"

    def finding(path: str | None, value: Any, shape: str, component: str = "Class", **more: Any) -> Finding:
        return Finding(
            node,
            NamedNode(path) if path else None,
            value,
            f"{shacl.SHAPES}{shape}",
            f"{sh}{component}ConstraintComponent",
            "error",
            **more,
        )

    def iri(name: str) -> NamedNode:
        return NamedNode(BASE + name)

    tool, texts = (
        f"{TP}tool",
        [
            Literal("a", language="fr"),
            Literal("b", language="fr"),
            Literal("c", language="en"),
            Literal("d"),
            Literal("e", language="de"),
            Literal("f", language="de"),
        ],
    )
    findings: dict[str, tuple[Finding, list[Any]]] = {
        "near": (finding(tool, iri("tool/ateliers"), "tool"), []), "digits": (finding(tool, iri("tool/atelier-3"),
        "tool"), []), "far": (finding(tool, iri("tool/zzz"), "tool"), []),
        "listed": (finding(f"{TP}kind", iri("tool/baladee"), "kind"), []), "a text": (finding(tool, Literal("ateliers"),
        "tool"), []), "a long text": (finding(tool, Literal("x" * 200), "tool"), []),
        "a node inside": (finding(tool, iri("laureate/2041/q#toolUse-1"), "tool"), []), "a term": (finding(tool,
        NamedNode(f"{TP}Laureat"), "tool"), []), "inside, but named": (finding(f"{TP}account", iri("a#b"), "tool"), []),
        "none": (finding(tool, None, "tool"), []), "one": (finding(tool, None, "tool"), [iri("a")]),
        "two": (finding(tool, None, "tool"), [iri("a"), iri("b")]),
        "twice in a language": (finding(f"{BASE}x", None, "label", "UniqueLang"), texts),
        "named otherwise": (finding(f"{TP}stars", Literal("5"), "stars"), []),
        "named as the key": (finding("http://www.w3.org/2004/02/skos/core#prefLabel", None, "label"), []),
        "no key": (finding(f"{TP}nokey", Literal("5"), "stars"), []),
        "no path": (finding(None, iri("a"), "Laureate"), []), "by a query": (finding(tool, None, "Asked", "SPARQL",
        constraint="urn:none"), []), "no words": (finding(tool, iri("a"), "told"), []),
        "in one language": (finding(None, None, "Use"), []), "an unknown key": (finding(f"{TP}étoile", None, "Laureate",
        "Closed"), []), "an unknown key of elsewhere": (finding("urn:x", None, "Laureate", "Closed"), []),
        "a prefix as a key": (finding(f"{BASE}laureate/", None, "Laureate", "Closed"), []),
        "a key of others": (finding(f"{TP}organisation", None, "Laureate", "Closed"), []),
        "no key at all": (finding(None, None, "Laureate", "Closed"), []),
        "a long key": (finding(f"{TP}{'k' * 100}", None, "Laureate", "Closed"), []),
        "a value of a vocabulary": (finding("http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        NamedNode(f"{TP}Laureat"), "kind"), []),
    }  # fmt: skip
    plain = Context('{"@context": {"@vocab": "urn:v#", "stars": "%sstars"}}' % TP)  # noqa: UP031 - braces
    templates = {
        "Laureate": None, "Tool": None,
        "Laureate given": {f"{TP}stars": template.Given("3"),
        f"{TP}toolUse": template.Given([{f"{TP}tool": template.Given("tool:a", Both("n", "m"))},
        {f"{TP}tool": template.Given("tool:b")}]),
            f"{TP}stage": template.Given("", Both("dites", "say")), f"{TP}note": template.Given("x")},
    }  # fmt: skip
    return {
        **{name: partial(words.say, one, values) for name, (one, values) in findings.items()},
        **{f"template {name} {language}": partial(template.template, name.split()[0], f"{BASE}laureate/2041/q", shapes,
        READ, language, given)
           for name, given in templates.items() for language in LANGUAGES},
        "template in another context": lambda: template.template("Laureate", "urn:a", shapes, plain, "en"),
        "instead": lambda: wording.instead("a"), "sentences": lambda: wording.SENTENCES,
    }  # fmt: skip


def of_reports() -> Cases:
    one = Problem("data/a, b:c%.yaml", 3, 4, "shapes:a", "warning", messages=Both("« un »\r\n50 %", "“one”"))
    two = Problem("data/d.yaml", 1, 1, "graph:x", messages=Both("deux", "two"))
    return {
        **{f"{form} {language} {len(found)}": partial(report.render, found, form, language,
        "1.2") for form in ("text", "json", "sarif", "github", "ttl") for language in LANGUAGES
        for found in ([], [one], [two, one])},
        **{f"{count} of {number} {language}": partial(report.summary, [one] * count, number, language) for count in (0,
        1, 2) for number in (0, 1, 2) for language in LANGUAGES},
    }  # fmt: skip


def of_wholes() -> Cases:
    def judged(changes: Mapping[str, str | None]) -> Callable[[], object]:
        def run() -> object:
            texts = {**RECORDS, **graph, **changes}
            every = [read(text.encode(), f"{name}.yaml", PLACED) for name, text in texts.items() if text is not None]
            known = whole.Whole.of(
                every, [(f"{BASE}territory/commune/1", f"{TP}Place"), (f"{BASE}tool/atelier", f"{TP}Other")]
            )
            shared = [*sources.problems(every, every, PLACED), *sources.shared(every, every, PLACED)]
            found = [*(p for one in every for p in known.problems(one, PLACED)), *shared]
            return [said(found), sources.wanted(every, every, PLACED)]

        return run

    order = A.replace("étoiles: 3", "étoiles: 3\nordre: 1")
    both = {"laureate/2041/a": order, "laureate/2041/b": B.replace("étoiles: 1", "étoiles: 1\nordre: 1\nselon: src:r")}
    names = (
        "report/2041",
        "curation/2041",
        "catalog",
        "vocabulary",
        "withdrawn",
        "report/2042",
        "curation/2042",
        "rules",
    )
    graph = {
        f"graph/{name}": f"id: graph:{name}\ntype: http://www.w3.org/ns/sparql-service-description#NamedGraph\n"
        for name in names
    }
    source = RECORDS["source/r"]
    return {
        "as it is": judged(dict.fromkeys(graph)), "described": judged({}),
        "twice": judged({"vocabulary/other": RECORDS["vocabulary/tool"].replace("vocabulary:tool",
        "vocabulary:other")}),
        "a case of the same key": judged({"case/2041/a": "id: " + BASE + "case/2041/a\ntype: Lauréat\n"}),
        "one place": judged(both), "one place of two editions": judged({**both,
        "laureate/2041/b": both["laureate/2041/b"].replace("edition:2041", "edition:2042")}),
        "one place of two sources": judged({**both, "laureate/2041/b": both["laureate/2041/b"].replace("src:r",
        "src:s"), "source/s": source.replace("src:r", "src:s").replace("2041", "2042")}),
        "two sources of a graph": judged({"source/s": source.replace("src:r", "src:s")}),
        "a graph of ours": judged({"source/r": source.replace("report/2041", "rules")}),
        "a graph of INSEE's": judged({"source/r": source.replace("curation/2041", "insee/2024")}),
        "a graph like ours": judged({"source/r": source.replace("report/2041", "rulesx")}),
        "no source": judged({"source/r": None}), "covered": judged({"source/r": source + "couvre: edition:2041\n",
        "laureate/2042/z": "id: laureate:2042/z\ntype: Lauréat\nédition: edition:2042\n"}),
        "what is known": lambda: {key: sorted(value) for key, value in whole.Whole.of(records(), [("urn:a", "urn:b"),
        ("urn:a", "urn:c")]).types.items()},
    }  # fmt: skip


TABLE = """#curie_map:
#  skos: http://www.w3.org/2004/02/skos/core#
#  ours: https://w3id.org/trophees-participation/
#  ev: http://eurovoc.europa.eu/
#  pp: https://participedia.net/
#  web: https://
#  sssom: https://w3id.org/sssom/
subject_id\tsubject_label\tpredicate_modifier\tpredicate_id\tobject_id\tobject_label\tobject_source\tauthor_label\treviewer_label\tcomment
"""
EUROVOC = "ours:tool/a\tWorkshop\t\tskos:exactMatch\tev:12\tworkshop\tev:100141\tan author\t\t"
PARTICIPEDIA = (
    "ours:tool/a\tWorkshop\t\tskos:closeMatch\tpp:method/3\tworkshop\tweb:participedia.net/\tan author\ta reader\t"
)
NOTHING = "ours:tool/a\tWorkshop\t\tskos:exactMatch\tsssom:NoTermFound\t\tev:100141\tan author\t\tnothing fits"


CONCEPTS = {f"{BASE}tool/a": "Workshop", f"{BASE}tool/b": "Walk"}


def of_mappings() -> Cases:
    def judged(*rows: str, broader: Mapping[str, Collection[str]] | None = None) -> Callable[[], object]:
        def run() -> object:
            found = list(mapping.read(TABLE + "".join(f"{row}\n" for row in rows)))
            return said(mappings.problems("t", found, CONCEPTS, broader or {}))

        return run

    second = [
        row.replace("tool/a\tWorkshop", "tool/b\tWalk").replace("12", "13").replace("/3", "/4")
        for row in (EUROVOC, PARTICIPEDIA)
    ]
    right = [EUROVOC, PARTICIPEDIA, *second]
    changes = {
        "right": right, "none": [], "one": right[:1], "nothing fits": [NOTHING, *right[1:]],
        "nothing, without why": [NOTHING.replace("nothing fits", ""), *right[1:]],
        "nothing and something": [*right, NOTHING], "refused": [*right, EUROVOC.replace("\t\tskos",
        "\tNot\tskos").replace("12", "99") + "because"],
        "refused and stated": [*right, EUROVOC.replace("\t\tskos", "\tNot\tskos") + "because"],
        "refused without why": [*right, EUROVOC.replace("\t\tskos", "\tNot\tskos").replace("12", "99")],
        "twice": [*right, EUROVOC], "twice otherwise": [*right, EUROVOC.replace("exact", "close")],
        "refused twice": [*right, *[EUROVOC.replace("\t\tskos", "\tNot\tskos").replace("12", "99") + "because"] * 2],
        "two exact": [*right, EUROVOC.replace("12", "14")], "two exact of one": [right[0], right[1],
        right[2].replace("13", "12"), right[3]], "another label": [EUROVOC.replace("Workshop", "Work"), *right[1:]],
        "no label": [EUROVOC.replace("\tworkshop", "\t"), *right[1:]], "another concept": [*right,
        EUROVOC.replace("tool/a", "tool/z")],
        "only refused": [EUROVOC.replace("\t\tskos", "\tNot\tskos") + "because", *right[1:]], "two close": [*right,
        PARTICIPEDIA.replace("/3", "/5")],
    }  # fmt: skip
    below = second[0].replace("13", "12").replace("exact", "close")
    fits = second[0].replace("ev:13\tworkshop", "sssom:NoTermFound\t") + "nothing fits"
    rows = {
        "a term of what is broader": below, "a broader term": below.replace("close", "broad"),
        "another term": second[0],
        "no term, and one of what is broader": fits, "refused of what is broader": below.replace("\t\tskos",
        "\tNot\tskos") + "because",
    }  # fmt: skip
    a, b, c = (f"{BASE}tool/{name}" for name in "abc")
    above = {"": {b: [a]}, "far ": {b: [c], c: [a, b]}, "not ": {a: [b]}}
    return {
        **{name: judged(*rows) for name, rows in changes.items()},
        **{f"{far}{name}": judged(right[0], right[1], row, second[1], broader=broader) for name, row in rows.items()
           for far, broader in above.items()},
        "close to what is broader": judged(right[0].replace("exact", "close"), right[1], below, second[1],
        broader={b: [a]}),
        "kinds": lambda: mappings.KINDS, "read by its author": judged(right[0].replace("an author\t",
        "an author\tan author"), *right[1:]),
    }  # fmt: skip


def place(kind: str, code: str, name: str, **more: Any) -> Place:
    return Place(kind, code, name, **more)


TOWN = place(COMMUNE, "99001", "Grand'Ville")
COUNTY, LAND = place(DEPARTEMENT, "99", "Val"), place(REGION, "94", "Corse")
LEAGUE = place(EPCI, "200000001", "CC du Val", form="CC")
OTHER = place(COMMUNE, "99002", "Petiteville")


def of_places() -> Cases:
    def linked(
        outcome_: Any,
        place_: Place | None = None,
        candidates: tuple[Place, ...] = (),
        score: float = 1.0,
        reason: Both = why.FOUND["name"],
    ) -> Linked:
        return Linked(outcome_, place_, candidates, score, reason)

    answers = {
        "Grand’Ville": linked("linked", TOWN), "Val": linked("linked", COUNTY), "CC du Val": linked("linked", LEAGUE),
        "Corse": linked("linked", LAND), "Grandvile": linked("linked", TOWN, score=0.9, reason=why.FOUND["letter"]),
        "Ville": linked("ambiguous", None, (TOWN, OTHER), 0.5, why.SEVERAL["letter"]), "Personne": linked("unknown",
        None, (), 0, why.NOT_A_NAME), "Rien": linked("unknown", None, (), 0, Both("inconnu", "unknown")),
        "Part": linked("linked", place(MUNICIPAL, "1", "Part")), "Bourg": linked("ambiguous", None, (place(MUNICIPAL,
        "1", "Bourg"), TOWN), 0.5, why.SEVERAL["cut"]),
        "CA": linked("linked", place(EPCI, "2", "CA", form="CA")), "CU": linked("linked", place(EPCI, "3", "CU",
        form="CU")), "METRO": linked("linked", place(EPCI, "4", "METRO", form="METRO")), "MET69": linked("linked",
        place(EPCI, "5", "MET69", form="MET69")),
        "Bretagne": linked("linked", place(REGION, "53", "Bretagne")), "Petiteville": linked("linked", OTHER),
    }  # fmt: skip
    asked: list[Any] = []

    def link(one: Any) -> Linked:
        asked.append(one)
        if one.departement and not one.name:
            return linked("linked", COUNTY) if one.departement in ("99", "2A") else linked("unknown", None, (), 0)
        name = re.sub(r"\s*\(.*", "", one.name)
        if name == "Ville" and one.departement == "99":
            return linked("linked", OTHER)
        return answers.get(name, linked("unknown", None, (), 0, Both("inconnu", "unknown")))

    def given(
        line: str,
        *,
        known: Iterable[str] = (f"{BASE}territory/commune/99001",),
        has: Mapping[tuple[str, str], list[str]] | None = None,
    ) -> Callable[[], object]:
        def run() -> object:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(carrier, "link", link)
                asked.clear()
                found = carrier.given(line, date(2041, 12, 31), list(known), has or {}, READ)
                return [
                    {key.removeprefix(TP): value for key, value in plain_(found).items()},
                    [(one.name, one.departement, one.kind, str(one.on)) for one in asked],
                ]

        return run

    def plain_(node: Any) -> Any:
        return {
            key: [one.value if isinstance(one.value, str) else [plain_(part) for part in one.value], one.note]
            for key, one in node.items()
        }

    kind = f"{BASE}organisation-kind/commune"
    own = (f"{BASE}territory/commune/99001", kind)
    lines = [
        "Grand’Ville", "GRAND'VILLE", "Grand’Ville (99)", "Grand’Ville (99, 2A et 98)", "Grand’Ville (99) et plus",
        "Grand’Ville (x)", "(99)", "Val", "CC du Val", "Corse", "Grandvile", "Ville", "Ville (99)",
        "Personne (99)", "Rien (99)", "Part", "Bourg", "Petiteville (2A)", "CA", "CU", "METRO", "MET69", "Bretagne",
        "Grand’Ville: a", "Grand’Ville ", "12 rue", "oui", '"Grand"\\', "Grand’Ville # b", "Grand’Ville (2C)",
        "Grand’Ville (975)", "Grand’Ville (1)",
    ]  # fmt: skip
    organisations = [
        record(f"id: organisation:{name}\ntype: Organisme\n", f"organisation/{name}.yaml") for name in "xyz"
    ]

    def owned() -> object:
        texts = {
            "x": ("territory/commune/1", "commune"),
            "y": ("territory/commune/1", "commune"),
            "z": ("territory/epci/2", "epci"),
        }
        context = Context(
            {
                "@context": {
                    "@vocab": TP,
                    "id": "@id",
                    "homeTerritory": {"@id": "tp:homeTerritory", "@type": "@id"},
                    "tp": TP,
                    "o": BASE,
                    "organisationKind": {"@id": "tp:organisationKind", "@type": "@id"},
                }
            }
        )
        every = [
            read(
                OWNED.format(name, where, kind_).encode(),
                f"organisation/{name}.yaml",
                context,
            )
            for name, (where, kind_) in texts.items()
        ]
        return {
            " ".join(key): value
            for key, value in carrier.organisations(
                [*every, *organisations],
                [
                    (f"{BASE}territory/epci/2", f"{BASE}territory/epci/1"),
                    (f"{BASE}territory/epci/1", f"{BASE}territory/epci/0"),
                ],
            ).items()
        }

    def as_printed(text: str, ever: Iterable[Place] = (), path: str = "laureate/2041/a.yaml") -> Callable[[], object]:
        def run() -> object:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(territories, "link", link)
                patched.setattr(territories, "every", lambda _: list(ever))
                patched.setattr(territories, "departement", lambda code: code[:2])
                patched.setattr(territories, "departements", lambda code, _: ("99", "98") if code == "94" else ())
                patched.setattr(territories, "members", members)
                asked.clear()
                found = said(territories.problems([read(text.encode(), path, PLACED)], PLACED))
                return [found, [(one.name, one.departement, str(one.on)) for one in asked]]

        return run

    def members(code: str, on: date | None = None) -> tuple[str, ...]:
        return {"1": ("99001", "97001"), "2": () if on else ("96001",)}.get(code, ())

    def around(*covered: str) -> Callable[[], object]:
        text = "".join(f"  - territoire: {one}\n" for one in covered)
        return as_printed(f"id: laureate:2041/a\ncouvertures:\n{text}")

    region, county, league = f"{BASE}territory/region/", "departement:", f"{BASE}territory/epci/"
    others = {
        "alone": (), "with its commune": ("commune:99001",), "with another commune": ("commune:97001",),
        "with two": ("commune:97001", "commune:99002"), "with an EPCI": (f"{league}1",),
        "with another EPCI": (f"{league}2",),
        "with an EPCI of no members": (f"{league}3",), "with a place of our own": ("organisation:x",),
        "with another département": ("departement:97",), "with the other": ("departement:98",),
        "with a région": (f"{region}93",),
    }  # fmt: skip
    covers = "couvertures:\n  - territoire: commune:99001\n    imprimé: {}\n"
    process = "id: laureate:2041/a\n" + covers
    case = "id: " + BASE + "case/a\n" + covers
    two = "  - territoire: departement:99\n    imprimé: Val\n"
    party = "acteurs:\n  - rôle: role:carrier\n    imprimé: {}\n  - rôle: role:other\n    imprimé: Petiteville\n"
    return {
        **{f"carrier {line}": given(line) for line in lines},
        "known by name": given("Grand’Ville", has={own: [f"{BASE}organisation/x"]}), "two known": given("Grand’Ville",
        has={own: [f"{BASE}organisation/y", f"{BASE}organisation/x"]}),
        "not known": given("Grand’Ville (99)", known=()), "organisations": owned,
        **{f"printed {name}": as_printed(process.format(name)) for name in ("Grand’Ville", "Petiteville", "Ville",
        "Rien", "Part", "Bourg")},
        **{f"{what} {name}": around(iri, *other) for what, iri in (("a département", f"{county}99"), ("a région",
        f"{region}94"))
           for name, other in others.items()},
        "a département with a reason": around(f"{county}99\n    raison:\n      fr: x", "commune:97001"),
        "within a département": as_printed((process + two).format("Ville")),
        "two départements": as_printed((process + two + two.replace("99", "98")).format("Ville")),
        "a département itself": as_printed("id: laureate:2041/a\ncouvertures:\n" + two.replace("Val", "Ville")),
        "a place of our own": as_printed(process.replace("commune:99001", "organisation:x").format("Petiteville")),
        "a carrier": as_printed("id: laureate:2041/a\n" + party.format("Petiteville")),
        "a carrier of the territory": as_printed(process.format("Grand’Ville") + party.format("Grand’Ville")),
        "a carrier of another": as_printed(process.format("Grand’Ville") + party.format("Petiteville")),
        "a case": as_printed(case.format("Petiteville"), path="case/a.yaml"),
        "a case of a name that was": as_printed(case.format("Petiteville"), [TOWN], "case/a.yaml"),
        "a laureate of a name that was": as_printed(process.format("Petiteville"), [TOWN]),
        "a case of a name of another": as_printed(case.format("Petiteville"), [OTHER], "case/a.yaml"),
        "no process": as_printed(("id: organisation:x\n" + covers).format("Petiteville"), path="organisation/x.yaml"),
    }  # fmt: skip


TERMS = """"couvertures": {"@id": "tp:coverage", "@type": "@id"}, "ordre": {"@id": "tp:order", "@type": "xsd:integer"},
  "couvre": {"@id": "tp:coversEdition", "@type": "@id"}, "territoire": {"@id": "tp:territory", "@type": "@id"},
  "rôle": {"@id": "tp:role", "@type": "@id"}, "imprimé": {"@id": "tp:printed", "@language": "fr"},
  "departement": "https://w3id.org/trophees-participation/territory/departement/",
  "role": "https://w3id.org/trophees-participation/role/", "id": "@id\""""
PLACED = Context(CONTEXT.replace('"id": "@id"', TERMS, 1))


def of_trust() -> Cases:
    kinds = {
        "plain": "sh:minCount 1 ; sh:datatype xsd:string", "a flag": "sh:pattern '^x$' ; sh:flags 'i'",
        "a look ahead": "sh:pattern '^(?!y)'", "two signs": "sh:pattern '^[x&&z]$'",
        "two dashes": "sh:pattern '^[x--z]$'", "two tildes": "sh:pattern '^[x~~z]$'",
        "a class in a class": "sh:pattern '[a[b]]'",
        "a class": "sh:pattern '^\\\\s\\\\S\\\\w\\\\W\\\\d$'", "no pattern": "sh:pattern '('",
        "a pattern of Python's alone": "sh:pattern '(a)\\\\1'",
        "a node": "sh:node [ sh:minLength 2 ]", "less": "sh:minExclusive 3", "not": "sh:not [ sh:pattern '^(?!y)' ]",
        "not plain": "sh:not [ sh:minLength 2 ]",
        "or": "sh:or ( [ sh:minLength 2 ] [ sh:pattern '(?:a)' ] )", "xone": "sh:xone ( [ sh:minLength 2 ] )",
        "and": "sh:and ( [ sh:minLength 2 ] )",
        "qualified": "sh:qualifiedValueShape [ sh:minLength 2 ] ; sh:qualifiedMinCount 1",
        "told": "sh:name 'a' ; sh:description 'b' ; sh:order 1 ; sh:group :g ; sh:message 'm'",
        "a query": "sh:sparql [ sh:select 'SELECT $this ?value { $this ?p ?value }' ]",
        "a query of no value": "sh:sparql [ sh:select 'SELECT $this { $this ?p ?o }' ]",
        "a broken query": "sh:sparql [ sh:select 'SELECT' ]", "an ASK": "sh:sparql [ sh:select 'ASK { }' ]",
        "prefixes": "sh:sparql [ sh:prefixes :p ; sh:select 'SELECT $this ?value { $this ?p ?value }' ]",
        "two queries": f"sh:sparql {ASK}, {ASK.replace('?p', '?q')}", "typed": f"sh:sparql {ASK.replace('[', TYPED)}",
    }  # fmt: skip
    paths = {
        "two steps": "( :p :q )",
        "three steps": "( :p :q :r )",
        "an inverse": "[ sh:inversePath :p ]",
        "a step back": "( [ sh:inversePath :p ] :q )",
        "none": "()",
    }

    def judged(text: str) -> object:
        shapes = shapes_graph([PREFIXES + text])
        apart = trust.apart(shapes)
        return [{str(shape): reason for shape, reason in sorted(apart.items()) if isinstance(shape, rdflib.URIRef)},
            sorted(str(one) for one in trust.reported(shapes)), sorted(str(one) for one in trust.below(shapes,
            rdflib.URIRef("urn:Kind")) if isinstance(one, rdflib.URIRef)),
            len(trust.without(shapes, apart.keys())), len(trust.without(shapes, set(shapes.subjects())))]  # fmt: skip

    def shape(said_: str, path: str = ":code") -> str:
        return f":Kind a sh:NodeShape ; sh:targetClass :Thing ; sh:property :code . :code sh:path {path} ; {said_} ."

    def readable(pattern: str) -> list[str]:
        shapes = rdflib.Graph()
        shapes.add((rdflib.URIRef("urn:a"), rdflib.SH.pattern, rdflib.Literal(pattern)))
        shapes.add((rdflib.URIRef("urn:a"), rdflib.SH.message, rdflib.Literal("m")))
        return trust.readable(shapes).decode().splitlines()

    values = ["9", "-9", "+9", "09", "123456789012345", "1234567890123456", "0", "-0", "x", ""]
    dated = [
        "2041-01-31",
        "2041-02-28",
        "2041-02-29",
        "2041-04-30",
        "2041-04-31",
        "2041-02-30",
        "2041-13-01",
        "3041-01-01",
        "2041-00-01",
        "2041-1-1",
        "2041-01-01Z",
    ]
    forms = {XSD + "integer": values, XSD + "nonNegativeInteger": values, XSD + "decimal": [*values, "1.5", "1.1234567",
    "1.", ".5", "123456789012.5", "1234567890123"], XSD + "boolean": ["true", "false", "1", "True"],
        XSD + "gYear": ["2041", "0999", "3000", "-2041", "2041Z"], XSD + "hexBinary": ["ab", "AB", "abc", ""],
        XSD + "date": dated, XSD + "string": ["x"], XSD + "time": ["10:00:00"], "urn:t": ["x"]}  # fmt: skip

    def strange() -> object:
        engine = fast.Fast(shapes_graph([PREFIXES + shape("sh:maxInclusive 3 ; sh:datatype xsd:integer")]))
        node = NamedNode("urn:a")
        found = {
            kind: [
                value
                for value in some
                if engine._strange(Triple(node, NamedNode("urn:p"), Literal(value, datatype=NamedNode(kind))))
            ]
            for kind, some in forms.items()
        }
        compared = {
            str(value): engine._strange(Triple(node, NamedNode("urn:code"), value))
            for value in (
                Literal("3"),
                Literal(3),
                Literal(3.5),
                node,
                Literal("3", datatype=NamedNode(XSD + "decimal")),
            )
        }
        return [
            found,
            compared,
            engine._strange(Triple(node, NamedNode("urn:p"), node)),
            engine._strange(Triple(node, NamedNode("urn:p"), Literal("a", language="fr"))),
        ]

    def around(*nodes: str) -> object:
        data = list(
            parse(
                CHAIN.encode(),
                format=RdfFormat.TURTLE,
            )
        )
        some = {NamedNode(f"urn:{one}") for one in nodes}
        steps = fast._Steps(data)
        return [sorted(map(str, steps.near(some))), sorted(map(str, steps.around(some, None)))]

    class PanicException(BaseException):
        pass

    def run(fault: BaseException) -> object:
        def engine(*_: object, **__: object) -> None:
            raise fault

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(native, "engine", lambda: engine)
            try:
                return native.results([], b"")
            except BaseException as error:
                return type(error).__name__

    return {
        **{name: partial(judged, shape(text)) for name, text in kinds.items()},
        **{f"path of {name}": partial(judged, shape("sh:minCount 1", path)) for name, path in paths.items()},
        "targets": lambda: judged(TARGETS),
        "deep": lambda: judged(DEEP),
        **{f"readable {pattern}": partial(readable, pattern) for pattern in (r"^\s\S\w\W\d\\s$", r"[\w-]", "a", r"\n")},
        "strange values": strange, **{f"around {' '.join(nodes)}": partial(around, *nodes) for nodes in (("a",), ("d",),
        ("c", "x"), ("t",), ())},
        "faults": lambda: [run(PanicException()), run(ValueError()), run(KeyboardInterrupt())],
        "terms": lambda: [native.term(text) for text in ("<urn:a>", '"a"', '"a"@fr', '"1"^^<urn:t>', "_:b")],
        "not installed": not_installed,
    }  # fmt: skip


def not_installed() -> object:
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(__import__("sys").modules, "shacl_rust", None)
        return [outcome(native.engine), outcome(lambda: engines.maker("fast")), engines.maker("pyshacl").__name__]


def of_portables() -> Cases:
    def told() -> Any:
        shapes, ontology = (
            [quad.triple for text in texts for quad in parse(text.encode(), format=RdfFormat.TURTLE)]
            for texts in ((SHAPES, MORE), (ONTOLOGY,))
        )
        return portable.portable(shapes, ontology, READ)

    def part(key: str) -> Callable[[], object]:
        return lambda: told()[key]

    def shape(name: str) -> Callable[[], object]:
        return lambda: told()["shapes"][name]

    patterns = [
        re.compile("a"),
        re.compile("A", re.IGNORECASE),
        re.compile("[\\U0001f600-\\U0001f64f]"),
        re.compile("\u00a0\u200b\ufeffé"),
        re.compile("\\n\n"),
    ]
    terms: list[NamedNode | Literal] = [
        NamedNode("urn:a"),
        Literal("a"),
        Literal('a"\n'),
        Literal("a", language="fr"),
        Literal(3),
        Literal("x", datatype=NamedNode("urn:t")),
    ]
    names = (
        "Laureate",
        "stars",
        "label",
        "note",
        "uses",
        "stages",
        "kind",
        "told",
        "Use",
        "tool",
        "Asked",
        "Nested",
        "text",
        "More",
        "odd",
        "deep",
        "had",
    )
    return {
        **{f"shape {name}": shape(name) for name in names}, **{key: part(key) for key in ("base", "vocabulary", "kinds",
        "left", "above", "naming", "text", "yaml", "lexical")},
        "sentences": lambda: {name: list(sentences) for name, sentences in told()["sentences"].items()},
        "found": lambda: told()["sentences"]["found"], "keys": lambda: list(told()),
        "its shapes": lambda: list(told()["shapes"]), "its context": lambda: told()["context"] == READ.whole,
        "is JSON": lambda: len(json.dumps(told())) > 1000,
        "patterns": lambda: [portable.ecmascript(pattern) for pattern in patterns],
        "written": lambda: [portable.written(term) for term in terms],
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "findings": of_findings, "words": of_words, "report": of_reports, "whole": of_wholes, "mappings": of_mappings,
    "places": of_places, "trust": of_trust, "portable": of_portables,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_is_found_in_a_small_record_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
