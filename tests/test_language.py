"""Sentences in both languages, and French as it is printed."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store

from trophees.base.language import Both
from trophees.base.namespaces import GRAPH, SKOS, TP

ROOT = Path(__file__).parents[1]
# a straight apostrophe where a French word has lost its vowel, in a string of Python or not
ELISION = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|(?:qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|aujourd))\\?'(?=[^\W_]|\{)", re.I
)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
WRITTEN = [
    path
    for pattern in ("src/trophees/**/*", "tools/*.py", "ontology/**/*", "shapes/*")
    for path in ROOT.glob(pattern)
    if path.suffix in {".py", ".rq", ".toml", ".html", ".j2", ".js", ".ttl"} and "bundle" not in path.parts
]
DOCUMENTS = ("JOURNAL.md", "LISEZMOI.md", "CONTRIBUER.md", "docs/passage-2026.1.md", "data/reference/README.md")


def test_a_sentence_is_read_in_each_language() -> None:
    said = Both("un lauréat", "a laureate")
    assert (said["fr"], said["en"]) == ("un lauréat", "a laureate")
    assert dict(said.items()) == {"fr": "un lauréat", "en": "a laureate"}
    assert [language for language, _ in said.items()] == ["fr", "en"]


@pytest.mark.parametrize("walk", [list, lambda said: [*said], lambda said: "un" in said], ids=["list", "star", "in"])
def test_a_sentence_in_both_languages_is_no_list(walk: Callable[[Both], object]) -> None:
    with pytest.raises(TypeError, match="Both"):
        walk(Both("un lauréat", "a laureate"))


def test_parts_of_a_sentence_are_joined_in_each_language() -> None:
    assert Both("un", "one") + Both(" lauréat", " laureate") == Both("un lauréat", "one laureate")


def test_no_sentence_is_said_in_another_way() -> None:
    """By a dictionary of languages, by twin fields, or by a text chosen where French is tested for."""
    other = re.compile(
        r"""["']fr["']: f?["'{]"""
        r"""|^    (\w+): str\n    \1_en: str$"""
        r"""|f?"[^"\n]*[^\W\d_]{3}[^"\n]*" if (?:french|\w+ == "fr") else f?"[^"\n]*[^\W\d_]{3}""",
        re.MULTILINE,
    )
    for path in sorted((ROOT / "src" / "trophees").rglob("*.py")):
        assert not (found := other.search(path.read_text("utf-8"))), f"{path}: {found and found[0]}"


def quoted(quad: Quad) -> bool:
    """Whether a text is the words of another, kept as they are written.

    A title is as the source prints it, and a name of the official geographic code is what files are joined on.
    """
    names = (NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel"), NamedNode(TP + "nameWithArticle"))
    return quad.predicate.value == TP + "title" or (
        quad.predicate in names and str(quad.graph_name).startswith(f"<{GRAPH}insee/")
    )


def straight(store: Store) -> list[str]:
    """The texts in French, not the words of another, that hold a straight apostrophe."""
    return [
        f"{quad.subject} {quad.predicate} {quad.object.value}"
        for quad in store
        if isinstance(quad.object, Literal) and quad.object.language == "fr"
        if "'" in quad.object.value and not quoted(quad)
    ]


def test_the_graph_has_apostrophes_of_print_in_french(store: Store) -> None:
    assert straight(store) == []


def test_a_straight_apostrophe_is_found_but_in_the_words_of_another() -> None:
    thing, insee = NamedNode("https://example.org/thing"), NamedNode(GRAPH + "insee/2026-01-01")
    label, note, title = NamedNode(SKOS + "prefLabel"), NamedNode(TP + "note"), NamedNode(TP + "title")
    store = Store()
    store.add(Quad(thing, label, Literal("Val-d'Oise", language="fr"), insee))
    store.add(Quad(thing, title, Literal("L'ARBRE", language="fr")))
    store.add(Quad(thing, note, Literal("the curators' note", language="en")))
    store.add(Quad(thing, note, Literal("l’arbre", language="fr")))
    assert straight(store) == []
    store.add(Quad(thing, note, Literal("l'arbre", language="fr"), insee))
    assert [said.rpartition("> ")[2] for said in straight(store)] == ["l'arbre"]


def test_the_shapes_have_apostrophes_of_print_in_french(shapes: rdflib.Graph) -> None:
    texts = [said for said in shapes.objects() if isinstance(said, rdflib.Literal) and said.language == "fr"]
    assert len(texts) > 100
    assert [str(said) for said in texts if "'" in said] == []


def test_the_site_has_apostrophes_of_print_in_french() -> None:
    def texts(table: dict[str, Any]) -> Iterator[str]:
        for value in table.values():
            yield from texts(value) if isinstance(value, dict) else [str(value)]

    said = list(texts(tomllib.loads((ROOT / "src/trophees/site/messages.toml").read_text("utf-8"))["fr"]))
    assert len(said) > 500
    assert [text for text in said if "'" in text] == []


def test_the_program_has_apostrophes_of_print_in_french() -> None:
    assert len(WRITTEN) > 200
    lines = [(path, line) for path in WRITTEN for line in path.read_text("utf-8").splitlines()]
    assert [f"{path.relative_to(ROOT)}: {line}" for path, line in lines if ELISION.search(line)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_in_french_has_apostrophes_of_print(name: str) -> None:
    told = CODE.sub("", (ROOT / name).read_text("utf-8"))
    assert [line for line in told.splitlines() if ELISION.search(line)] == []


def test_the_notebook_in_french_has_apostrophes_of_print() -> None:
    cells = json.loads((ROOT / "docs" / "carnet.ipynb").read_text("utf-8"))["cells"]
    told = CODE.sub("", "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"))
    assert len(told) > 500
    assert [line for line in told.splitlines() if ELISION.search(line)] == []


@pytest.mark.parametrize(
    ("line", "found"), [("l'eau", 1), ("d'{date}", 1), ("'n\\'est pas'", 1), ("the laureates' own", 0), ("it's", 0)]
)
def test_an_elision_is_told_from_english(line: str, found: int) -> None:
    assert len(ELISION.findall(line)) == found
