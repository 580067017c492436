"""Questions in words to a graph of three made-up laureates: the words that are known, the queries, and the answers.

`questions/small.json` has the lexicon of that graph with all that reads and says questions, `questions/asked.tsv` the
query of each frame, `questions/answered.json` what is answered. After a wanted change, `python
tests/test_answers_small.py` writes them anew: the difference is to be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from test_words_small import SAID, shown
from trophees.ask import cookbook
from trophees.ask.engine import Embedded
from trophees.ask.words.answering import Answering
from trophees.ask.words.portable import portable
from trophees.ask.words.sparql import alike, composed, missing, term
from trophees.base.context import Context
from trophees.base.language import LANGUAGES, Both
from trophees.base.namespaces import BASE, GRAPH, TP

FOLDER = Path(__file__).parent / "questions"
CONTEXT = Context(
    {
        "@context": {
            "@vocab": TP,
            "tp": TP,
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "igeo": "http://rdf.insee.fr/def/geo#",
            **{
                name: f"{BASE}{name}/"
                for name in ("tool", "laureate", "x", "status", "kind", "plan-relation", "completeness")
            },
        }
    }
)
QUESTIONS = [
    "Quels lauréats dans la région Basse-Région ?",
    "lauréats en Basse Région avec 3 étoiles",
    "Combien de lauréats dans le 99 ?",
    "Quels lauréats à Grandville ?",
    "Combien de lauréats à Trouville ?",
    "Which laureates use workshops?",
    "Quels lauréats utilisent une réunion de travail ?",
    "Which laureates mention a workshop?",
    "Quels lauréats ont prévu un atelier ?",
    "Quels lauréats n’ont pas 3 étoiles ?",
    "Quels lauréats ont 1 étoile ?",
    "Quels lauréats ont 2 étoiles ?",
    "Y a-t-il des lauréats avec 3 étoiles ?",
    "Y a-t-il des lauréats avec 2 étoiles ?",
    "Combien de lauréats sur l’eau ?",
    "Combien de lauréats sur l’eau avec 1 étoile ?",
    "Quels lauréats pour les jeunes avec 1 étoile ?",
    "Quels outils utilise le Grand Val ?",
    "Quel outil utilise Petit Val ?",
    "Quel est le thème de Petit Val ?",
    "Où a eu lieu Petit Val ?",
    "Qui porte Le Grand Val ?",
    "Combien d’étoiles a sans rien ?",
    "Moyenne des étoiles des lauréats",
    "Somme des participants",
    "Quelles régions n’ont pas de lauréat ?",
    "Quels lauréats sans budget indiqué ?",
    "Combien de lauréats par département ?",
    "Quels lauréats de l’édition 2041 ?",
    "Quels lauréats de l’édition 2042 ?",
    "Combien de lauréats de l’édition 2043 ?",
    "Combien de cas ?",
    "Quels prix « rare » en 2041 ?",
    "Quels prix « rare » en 2042 ?",
    "études",
    "Y a-t-il des cas sur l’eau ?",
    "Qui a reçu un prix rare ?",
    "Quels lauréats ont un prix rare ?",
    "un titre",
    "Quels lauréats portés par la Ville de Grandville ?",
    "Quels lauréats portés par une collectivité avec 1 étoile ?",
    "Combien de laurats dans le 99 ?",
    "Combien de lauréats dans le Haut-Vals zzz ?",
    "Quels lauréats utilisent des catres ?",
    "Quels lauréats avec atelier carte ?",
    "carte",
    "lauréats 3 étoiles eau",
    "?",
    "mot " * 80,
]


def store() -> Store:
    found = Store()
    for quad in parse((FOLDER / "small.ttl").read_bytes(), format=RdfFormat.TURTLE):
        assert quad.graph_name == DefaultGraph()
        found.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(GRAPH + "report/2041")))
    return found


def small() -> Answering:
    """Made anew each time, as its lexicon is looked at."""
    return Answering(Embedded(store(), CONTEXT.prefixes), CONTEXT)


@pytest.mark.parametrize(
    ("local", "written"), [("a", "x:a"), ("a-2_é", "x:a-2_é"), *((name, "") for name in ("a:b", "a/b", "a.b", ""))]
)
def test_an_iri_is_compact_where_that_needs_no_escape(local: str, written: str) -> None:
    assert term(f"{BASE}x/{local}", CONTEXT) == (written or f"<{BASE}x/{local}>")


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=None) + "\n"


def known() -> str:
    """What reads questions, one entry a line."""
    told = portable(small().lexicon, CONTEXT)
    lines: list[str] = []
    for name, table in told.items():
        rows = (
            table.items() if isinstance(table, dict) else enumerate(table) if isinstance(table, list) else [("", table)]
        )
        lines += [f"{name}\t{key}\t{written(one)}" for key, one in rows]
    return "".join(lines)


def asked() -> Iterator[str]:
    """The query of each frame, and of those that come with some."""
    for frame in SAID:
        if frame.act != "one":
            yield f"{shown(frame)}\t{composed(frame, CONTEXT, 'fr')!r}\n"
        if frame.thing and frame.act in ("sum", "average"):
            yield f"{shown(frame)}\t{alike(frame, CONTEXT)!r}\n"
    yield from (f"{kind}\t{missing(kind)!r}\n" for kind in ("region", "tool", "kind", "commune"))


def answered() -> str:
    words, told = small(), []
    for question in QUESTIONS:
        for language in LANGUAGES:
            found = words.answer(question, language)
            rows = None if found.rows is None else sorted([str(value) for value in row.values()] for row in found.rows)
            told.append({**vars(found), "rows": rows})
    return "".join(map(written, told))


MADE = {"small.json": known, "asked.tsv": lambda: "".join(asked()), "answered.json": answered}


def few_queries(patch: pytest.MonkeyPatch) -> None:
    """Suggestions do not depend on what the cookbook has besides."""
    told = {
        "a": ("Combien de lauréats par région ?", "How many laureates per region?"),
        "b": ("Quels ateliers ont lieu dans la région ?", "Which workshops take place in the region?"),
        "c": ("Quels partenaires ?", "Which partners?"),
    }
    chosen = {name: cookbook.Query(name, Both(*both), "tools", "", (), "") for name, both in told.items()}
    patch.setattr(cookbook, "queries", lambda: chosen)


@pytest.mark.parametrize("name", MADE)
def test_what_a_small_graph_is_asked_and_answers_is_this(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few_queries(monkeypatch)
    assert MADE[name]().splitlines() == (FOLDER / name).read_text("utf-8").splitlines()


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        few_queries(patch)
        for name, make in MADE.items():
            (FOLDER / name).write_text(make(), "utf-8")
