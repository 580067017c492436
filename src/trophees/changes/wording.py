"""What changed, in sentences of each language, with the names that the graph gives to things."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import DefaultGraph, Literal, Quad

from trophees.base.errors import brief, harmless
from trophees.base.language import LANGUAGES, Both, Language
from trophees.base.namespaces import BASE, RDF_TYPE, SKOS, TP
from trophees.changes.entity import Entity, Kind, Part, Value
from trophees.changes.names import Surroundings, plain
from trophees.changes.standard_names import NAMES

_LONGEST = 300  # characters of a text that is quoted
_KINDS = {
    "added": Both("ajout", "added"),
    "removed": Both("retrait", "removed"),
    "changed": Both("changement", "changed"),
}
_UNSAID = {RDF_TYPE.value, TP + "about"}
_BROAD = {TP + "Fact", SKOS + "Concept"}  # said only of what has no class of its own


class Wording:
    """The words of a difference. `compact` gives the short form of an IRI, for what has no name."""

    def __init__(self, told: Surroundings, compact: Callable[[str], str]) -> None:
        self._told, self._compact = told, compact

    def name(self, iri: str, language: Language) -> str:
        """How the thing is called; its short IRI if it has no name."""
        if named := harmless(self._told.label(iri, language)):
            return named
        if iri in NAMES:
            return NAMES[iri][language]
        fact = iri.startswith(BASE) and "#" in iri and not iri.startswith(TP)
        return self._fact(iri, language) if fact else self._compact(iri)

    def short(self, iri: str) -> str:
        """The short form of its IRI."""
        return self._compact(iri)

    def kind(self, kind: Kind) -> Both:
        """`added`, in each language."""
        return _KINDS[kind]

    def classes(self, iri: str) -> Both:
        """What it is: the names of its own classes, without that of all facts; empty if none is known."""
        types = self._told.types.get(iri, set())
        found = sorted(types - _BROAD) or sorted(types)
        return Both(*(", ".join(self.name(c, lang) for c in found) for lang in LANGUAGES))

    def part(self, entity: Entity, part: Part) -> Both:
        """One sentence: what changed of a fact, or of what an entity says of itself.

        Empty if all that changed of it is told elsewhere: that it has its facts.
        """
        said = [self.value(value, part.kind) for value in self._shown(entity, part)]
        if part.kind == "changed" and not said:
            return Both("", "")

        def sentence(language: Language) -> str:
            apart, colon = (" ; ", " : ") if language == "fr" else ("; ", ": ")
            what = "" if part.iri == entity.iri else self._fact(part.iri, language)
            values = apart.join(value[language] for value in said if value[language])
            told = " — ".join(filter(None, (what, values)))
            return self.kind(part.kind)[language].capitalize() + (colon + told if told else "") + "."

        return Both(sentence("fr"), sentence("en"))

    def value(self, value: Value, of: Kind) -> Both:
        """What changed of a property, where a fact came, went, or changed; empty where it is of the other language."""
        name = Both(self.name(value.predicate, "fr"), self.name(value.predicate, "en"))
        old, new = self._term(value.old, of), self._term(value.new, of)
        if of != "changed":
            shown = old + new  # one of them is empty
            return Both(*(f"{name[lang]} {shown[lang]}" if shown[lang] else "" for lang in LANGUAGES))
        if value.old is None:
            return Both(f"{name.fr} {new.fr} en plus", f"{name.en} {new.en} is new")
        if value.new is None:
            return Both(f"{name.fr} {old.fr} en moins", f"{name.en} {old.en} is gone")
        if value.old.object == value.new.object:
            was, now = (self._graph(quad) for quad in (value.old, value.new))
            return Both(
                f"{name.fr} {new.fr} : dit par {now.fr}, non plus par {was.fr}",
                f"{name.en} {new.en}: said by {now.en}, no longer by {was.en}",
            )
        if old == new:  # two things of one name
            old, new = (
                Both(term, term) for term in map(self._compact, map(plain, (value.old.object, value.new.object)))
            )
        return Both(f"{name.fr} : {old.fr} devient {new.fr}", f"{name.en}: {old.en} becomes {new.en}")

    def derived(self, entity: Entity) -> Both:
        """How many values follow from the rest; empty if none do."""
        if not (count := entity.derived):
            return Both("", "")
        many = count > 1
        return Both(
            f"{count} énoncé{'s' * many} qui {'découlent' if many else 'découle'} d’autres",
            f"{count} statement{'s' * many} that follow{'' if many else 's'} from others",
        )

    def _graph(self, quad: Quad) -> Both:
        if quad.graph_name == DefaultGraph():
            return Both("aucun graphe nommé", "no named graph")
        iri = plain(quad.graph_name)
        return Both(self.name(iri, "fr"), self.name(iri, "en"))

    def _fact(self, iri: str, language: Language) -> str:
        """A fact: what it is, how it is called, and its own part of its IRI."""
        own = iri.rpartition("#")[2] if "#" in iri else self._compact(iri)
        label = harmless(self._told.label(iri, language))
        return " ".join(filter(None, (self.classes(iri)[language], label and _quoted(label, language), f"({own})")))

    def _shown(self, entity: Entity, part: Part) -> Iterator[Value]:
        """What is told of a part: neither what follows from the rest, nor that an entity has its own facts."""
        facts = {other.iri for other in entity.parts if other.kind != "changed"}
        for value in part.values:
            quads = [quad for quad in (value.old, value.new) if quad]
            if value.derived or (part.kind != "changed" and value.predicate in _UNSAID):
                continue
            if not all(plain(quad.object) in facts for quad in quads):
                yield value

    def _term(self, quad: Quad | None, of: Kind) -> Both:
        if quad is None:
            return Both("", "")
        term = quad.object
        if not isinstance(term, Literal):
            return Both(*(_quoted(self.name(plain(term), lang), lang) for lang in LANGUAGES))

        def said(language: Language) -> str:
            other = term.language is not None and term.language.partition("-")[0] != language
            if other and of != "changed":
                return ""
            mark = f" [{term.language}]" if other else ""
            return _quoted(brief(harmless(term.value), _LONGEST), language) + mark

        return Both(said("fr"), said("en"))


def _quoted(text: str, language: Language) -> str:
    return Both(f"« {text} »", f"“{text}”")[language]
