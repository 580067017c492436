"""What words are signs of: those of `closed.toml`, and the names of what the graph holds, from its labels."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions

from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.ask.words.tokens import phrase, stem
from trophees.base.namespaces import BASE, IGEO, RDFS, SKOS, TP

_LONG_WORD = 6  # letters of a word that is known though one of them is wrong
_ASIDE = re.compile(r"\s*\([^)]*\)|\s*#\d+")
# of a public body, what comes before the name of its territory
_BODY = re.compile(
    r"^(Ville|Commune|Mairie|Communauté (de communes|d.agglomération|urbaine)|Métropole|Syndicat mixte|Pays)"
    r" (de la |de l.|du |des |de |d.)"
)
# of a région or a département as a body, what comes before its name
_WIDE_BODY = re.compile(r"^(Région|Conseil régional|Département|Conseil départemental) (de la |de l.|du |des |de |d.)?")
_OF_PROCESS = re.compile(r" de la démarche$|^Process ")
_CONCEPTS = {
    "tool": "tools",
    "theme": "themes",
    "audience": "audiences",
    "kind": "organisation-kinds",
    "indicator": "indicator-kinds",
    "aspect": "aspects",
    "status": "statuses",
    "context": "contexts",
    "plan": "plans",
}
_HELD_ELSEWHERE = "inhabitants"  # an indicator; the graph has the population of communes, too, which may be meant
_PLACES = {"region": "Region", "departement": "Departement", "commune": "Commune"}
_PLACE_NAMES = (IGEO + "nom", IGEO + "nomSansArticle", SKOS + "prefLabel", SKOS + "altLabel")
_NAMES = (SKOS + "prefLabel", SKOS + "altLabel")
# the labels of classes and properties of the ontology name what is asked for
_TERMS = {
    "Laureate": ("noun", "laureate"),
    "Case": ("noun", "case"),
    "Tool": ("noun", "tool"),
    "Theme": ("noun", "theme"),
    "Audience": ("noun", "audience"),
    "Outcome": ("noun", "outcome"),
    "Goal": ("noun", "goal"),
    "Stage": ("noun", "stage"),
    "Territory": ("noun", "territory"),
    "Edition": ("noun", "edition"),
    "stars": ("noun", "stars"),
    "summary": ("noun", "summary"),
    "usesTool": ("verb", "use"),
    "addresses": ("verb", "treat"),
    "isFor": ("verb", "address"),
    "carriedBy": ("verb", "carry"),
    "inPartnershipWith": ("verb", "partner"),
}
_ROLES = {"carrier": ("noun", "carrier"), "partner": ("noun", "partner")}


@dataclass(frozen=True)
class Sign:
    """What words stand for: a `kind`, and a value: of a thing of the graph its IRI; and what it is called."""

    kind: str
    value: str
    fr: str = field(default="", compare=False)
    en: str = field(default="", compare=False)


class Lexicon:
    """Signs by the words that are looked for; the longest of those that begin at a word are meant."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, ...], list[Sign]] = {}
        self.spelt: dict[str, str] = {}  # words of the grammar, by what they are looked for as, with their accents
        self._longest: dict[str, int] = {}

    def add(self, text: str, sign: Sign) -> None:
        """Let `text` be a sign, beside what it is already."""
        words = phrase(text)
        if not words:
            return
        signs = self.entries.setdefault(words, [])
        if sign not in signs:
            signs.append(sign)
        self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def spell(self, text: str) -> None:
        """Let the words of `text` be those that a misspelt one may be."""
        for word in text.split():
            if len(looked := stem(word)) >= _LONG_WORD:
                self.spelt.setdefault(looked, word[: len(looked)])

    def settle(self) -> None:
        """Let what names what is counted, such as “laureates”, be no indicator of how many the source counts."""
        laureate = Sign("noun", "laureate")
        for words, signs in self.entries.items():
            if laureate in signs:
                self.entries[words] = [sign for sign in signs if sign.kind != "indicator"]

    def at(self, words: list[str], place: int) -> Iterator[tuple[int, list[Sign]]]:
        """The signs of the words from `place` on, with how many words they are: the longest first."""
        for length in range(min(self._longest.get(words[place], 0), len(words) - place), 0, -1):
            if signs := self.entries.get(tuple(words[place : place + length])):
                yield length, signs


def built(graph: Repository) -> Lexicon:
    """The lexicon of the published graph."""
    found = Lexicon()
    closed = tomllib.loads((Path(__file__).parent / "closed.toml").read_text("utf-8"))
    for number, texts in closed.pop("number").items():
        for text in (number, *texts):
            for noun in ("étoile", "star"):
                found.add(f"{text} {noun}", Sign("stars", number, number, number))
    same = closed.pop("same")
    for kind, values in closed.items():
        for value, texts in values.items():
            for text in texts:
                found.add(text, Sign(kind, "" if kind == "filler" else value))
                found.spell(text)
    for iri, text, _ in _rows(graph, f"VALUES ?p {{ <{RDFS}label> }} ?x ?p ?text FILTER(STRSTARTS(STR(?x), '{TP}'))"):
        if term := _TERMS.get(iri.removeprefix(TP)):
            found.add(text, Sign(*term))
    for iri, text, _ in _rows(graph, f"?x <{SKOS}inScheme> <{BASE}vocabulary/roles> ; <{SKOS}prefLabel> ?text"):
        if term := _ROLES.get(iri.rsplit("/", 1)[-1]):
            found.add(text, Sign(*term))
    for kind, scheme in _CONCEPTS.items():
        _things(found, graph, kind, f"?x <{SKOS}inScheme> <{BASE}vocabulary/{scheme}>", _NAMES)
    for kind, cls in _PLACES.items():
        _things(found, graph, kind, f"?x a <{IGEO}{cls}>", _PLACE_NAMES)
    for iri, code, _ in _rows(graph, f"?x a <{IGEO}Departement> ; <{IGEO}codeINSEE> ?text"):
        found.add(code, Sign("departement-code", iri, code, code))
    _things(found, graph, "organisation", f"?x a <{TP}Organisation>", _NAMES)
    _things(found, graph, "laureate", f"?x a <{TP}Laureate>", (*_NAMES, TP + "title"))
    _laureates(found, graph)
    _standings(found, graph)
    for iri, year, _ in _rows(graph, f"?x a <{TP}Edition> ; <{TP}year> ?text"):
        for text in (year, f"{year} edition", f"édition {year}", f"{year} awards", f"trophées {year}"):
            found.add(text, Sign("edition", iri, year, year))
    for name, texts in same.items():
        for sign in found.entries.get(phrase(name), []):
            for text in texts:
                found.add(text, sign)
    found.settle()
    return found


def _things(found: Lexicon, graph: Repository, kind: str, pattern: str, names: tuple[str, ...]) -> None:
    properties = " ".join(f"<{name}>" for name in names)
    rows = list(_rows(graph, f"{pattern} . VALUES ?p {{ {properties} }} ?x ?p ?text"))
    rows = [row for row in rows if kind != "indicator" or not row[0].endswith(f"/{_HELD_ELSEWHERE}")]
    preferred: dict[str, dict[str, str]] = {}
    for iri, text, language in rows:
        preferred.setdefault(iri, {}).setdefault(language or "fr", text)
    for iri, text, _ in rows:
        said = preferred[iri]
        french = said.get("fr") or next(iter(said.values()))
        sign = Sign(kind, iri, _ASIDE.sub("", french), _ASIDE.sub("", said.get("en", french)))
        found.add(text, sign)
        found.add(_ASIDE.sub("", text), sign)
        if kind == "indicator":  # what is asked of a process needs not say so
            found.add(_OF_PROCESS.sub("", text), sign)
        if kind in ("indicator", "aspect"):
            for form in ("nombre de {}", "nombre d {}", "number of {}"):
                found.add(form.format(text), sign)


def _standings(found: Lexicon, graph: Repository) -> None:
    """What a case is told as, such as a jury prize; its name in French tells it, as queries write it."""
    said: dict[str, dict[str, set[str]]] = {}
    for case, text, language in _rows(graph, f"?x a <{TP}Case> ; <{TP}standing> ?text"):
        said.setdefault(case, {}).setdefault(language, set()).add(text)
    for names in said.values():
        if {language: len(texts) for language, texts in names.items()} == {"fr": 1, "en": 1}:
            (french,), (english,) = names["fr"], names["en"]
            for text in (french, english):
                found.add(text, Sign("standing", str(Literal(french, language="fr")), french, english))


def _laureates(found: Lexicon, graph: Repository) -> None:
    """A laureate is also called by the end of its IRI, and by the commune or the carrier that it alone has.

    But not as a région or a département is, where there may be others.
    """
    labels: dict[str, dict[str, str]] = {}
    for iri, text, language in _rows(graph, f"?x a <{TP}Laureate> ; <{SKOS}prefLabel> ?text"):
        labels.setdefault(iri, {})[language] = text
    named: dict[str, set[str]] = {}
    covered = f"?x <{TP}covers> ?y . ?y a ?kind VALUES ?kind {{ <{IGEO}Commune> <{TP}Place> }}"
    around = f"?x a <{TP}Laureate> {{ ?x <{TP}carriedBy> ?y }} UNION {{ {covered} }}"
    for iri, text, _ in _rows(graph, f"{around} . VALUES ?p {{ <{SKOS}prefLabel> <{SKOS}altLabel> }} ?y ?p ?text"):
        for name in {text, _BODY.sub("", text)}:
            named.setdefault(name, set()).add(iri)
    for iri in labels:
        named.setdefault(iri.rsplit("/", 1)[-1].replace("-", " "), set()).add(iri)
    signs = {iri: Sign("laureate", iri, said.get("fr", iri), said.get("en", iri)) for iri, said in labels.items()}
    for text, laureates in named.items():
        place = found.entries.get(phrase(_WIDE_BODY.sub("", text)), ())
        wide = any(sign.kind in ("region", "departement") for sign in place)
        if len(laureates) == 1 and not wide:
            found.add(text, signs[laureates.copy().pop()])


def _rows(graph: Repository, pattern: str) -> Iterator[tuple[str, str, str]]:
    """IRIs and texts with their languages, the preferred first."""
    result = graph.ask(
        Question("lexicon", f"SELECT DISTINCT ?x ?text ?p {{ {pattern} }} ORDER BY DESC(STR(?p)) ?x ?text")
    )
    assert isinstance(result, QuerySolutions)
    for row in result:
        thing, text = row["x"], row["text"]
        if isinstance(thing, NamedNode) and isinstance(text, Literal):
            yield thing.value, text.value, text.language or ""
