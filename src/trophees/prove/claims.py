"""What the graph of a source states, as claims that the source can bear out: words, and where they are to stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Either

from pyoxigraph import Literal, NamedNode, Store

from trophees.base.namespaces import BASE, FOAF, RDF_TYPE, SKOS, TP

Kind = Either["words", "name", "number", "date", "rank", "order", "stars", "award", "edition", "address", "nothing"]
PROCESSES = BASE + "laureate/", BASE + "case/"
_SECTION = BASE + "section/"
_KINDS: dict[str, Kind] = {
    TP + "printed": "words",
    TP + "anchor": "words",
    TP + "title": "words",
    TP + "carrierLine": "words",
    TP + "function": "words",
    SKOS + "prefLabel": "name",
    SKOS + "altLabel": "name",
    TP + "givenName": "name",
    TP + "familyName": "name",
    TP + "value": "number",
    TP + "minAge": "number",
    TP + "maxAge": "number",
    TP + "year": "number",
    TP + "ordinal": "rank",
    TP + "start": "date",
    TP + "end": "date",
    TP + "targetDate": "date",
    TP + "order": "order",
    TP + "stars": "stars",
    TP + "notation": "words",
    FOAF + "page": "address",
}
_OF_FACTS = ("words", "number", "date", "stars")
_OF_SHEETS: dict[str, Kind] = {TP + "distinction": "award", TP + "edition": "edition"}
# what says how a fact is to be read, borne out by the words of the fact; or where it is
_BORNE = {RDF_TYPE.value, TP + "edition"}


@dataclass(frozen=True)
class Layout:
    """The sections where a kind of source prints what heads a process: its title, the line of its carrier; of a sheet
    also its status (the award, the stars, the year) and its code."""

    title: str
    carrier: str
    status: str = ""
    code: str = ""

    def section(self, property: str) -> str:
        """Where the source prints a value of `property` of a process; empty if that is not one section."""
        return {
            TP + "title": self.title,
            TP + "carrierLine": self.carrier,
            TP + "stars": self.status,
            TP + "distinction": self.status,
            TP + "notation": self.code,
        }.get(property, "")


REPORT = Layout(_SECTION + "titre", _SECTION + "ligne-porteur")
SHEETS = Layout(
    *(_SECTION + name for name in ("titre-du-projet", "nom-du-porteur", "statut-de-la-fiche", "nom-du-pdf"))
)


@dataclass(frozen=True)
class Claim:
    """That `value` of `property` of `subject` can be read in the source: on `thing` (anywhere if empty), in `section`
    (any if empty). `forms` are the words of the fact, which alone can bear a number or a date; the names of an award.

    A claim of the kind `nothing` gives no words at all: no source bears it out.
    """

    subject: str
    property: str
    value: str
    kind: Kind
    thing: str
    section: str
    forms: tuple[str, ...] = ()


def claims(store: Store, graph: NamedNode, layout: Layout = REPORT) -> Iterator[Claim]:
    """The claims of the named graph `graph` of a source of that layout, subject by subject."""
    subjects = sorted({q.subject.value for q in store.quads_for_pattern(None, None, None, graph)})  # type: ignore[union-attr]
    for subject in subjects:
        said: dict[str, list[NamedNode | Literal]] = {}
        for quad in store.quads_for_pattern(NamedNode(subject), None, None, graph):
            said.setdefault(quad.predicate.value, []).append(quad.object)  # type: ignore[arg-type]
        yield from _of_fact(subject, said, layout) if "#" in subject else _of_thing(subject, said, layout, store)


def _of_fact(subject: str, said: dict[str, list[NamedNode | Literal]], layout: Layout) -> Iterator[Claim]:
    """Its words, in its section; its numbers and dates, in its words. What else it says is how these are read.

    An account gives the title, the line, the stars and the code of a sheet in their own sections.
    """
    thing = process(subject)
    section = next((o.value for o in said.get(TP + "section", [])), "")
    forms = tuple(o.value for name in (TP + "printed", TP + "anchor") for o in said.get(name, []))
    if not forms and not any(layout.section(name) for name in said):
        yield Claim(subject, "", "", "nothing", thing, section)
    for name, values in sorted(said.items()):
        for value in sorted(values, key=str):
            kind = _KINDS.get(name)
            if kind in _OF_FACTS or (kind == "address" and TP + "section" in said and TP + "notation" not in said):
                yield Claim(subject, name, value.value, kind, thing, layout.section(name) or section, forms)


def _of_thing(
    subject: str, said: dict[str, list[NamedNode | Literal]], layout: Layout, store: Store
) -> Iterator[Claim]:
    """Its names, its printed title and line, its place, its award; anything else is said by no words."""
    thing = process(subject)
    sheet = thing and layout.status
    for name, values in sorted(said.items()):
        for value in sorted(values, key=str):
            if (name in _BORNE and not (sheet and name in _OF_SHEETS)) or value.value.startswith(subject + "#"):
                continue
            kind = _KINDS.get(name, "nothing")
            shown, forms = value.value, tuple[str, ...]()
            if sheet and name in _OF_SHEETS:
                kind, shown, forms = _OF_SHEETS[name], shown.rpartition("/")[2], _named(value, store)
            where = "" if kind == "name" and not thing else thing
            yield Claim(subject, name, shown, kind, where, layout.section(name) if thing else "", forms)


def process(subject: str) -> str:
    """The process that the node `subject` is, or is a fact of; empty if it is none's."""
    return subject.partition("#")[0] if subject.startswith(PROCESSES) else ""


def _named(concept: NamedNode | Literal, store: Store) -> tuple[str, ...]:
    """The French names of a concept, before what a comma may add to them."""
    if isinstance(concept, Literal):
        return ()
    said = [q.object for q in store.quads_for_pattern(concept, NamedNode(SKOS + "prefLabel"), None, None)]
    return tuple(sorted(o.value.partition(",")[0] for o in said if isinstance(o, Literal) and o.language == "fr"))
