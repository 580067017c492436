"""What the graph of a source states, as claims that the source can bear out: words, and where they are to stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Either

from pyoxigraph import Literal, NamedNode, Store

from trophees.base.namespaces import BASE, RDF_TYPE, SKOS, TP

Kind = Either["words", "name", "number", "date", "rank", "order", "stars", "nothing"]
_SECTION = BASE + "section/"
_HEADS = {TP + "title": _SECTION + "titre", TP + "carrierLine": _SECTION + "ligne-porteur"}
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
}
# what says how a fact is to be read, borne out by the words of the fact; or where it is
_BORNE = {RDF_TYPE.value, TP + "edition"}


@dataclass(frozen=True)
class Claim:
    """That `value` of `property` of `subject` can be read in the source: on `thing` (anywhere if empty), in `section`
    (any if empty). `forms` are the words of the fact, which alone can bear a number or a date.

    A claim of the kind `nothing` gives no words at all: no source bears it out.
    """

    subject: str
    property: str
    value: str
    kind: Kind
    thing: str
    section: str
    forms: tuple[str, ...] = ()


def claims(store: Store, graph: NamedNode) -> Iterator[Claim]:
    """The claims of the named graph `graph` of a source, subject by subject."""
    subjects = sorted({q.subject.value for q in store.quads_for_pattern(None, None, None, graph)})  # type: ignore[union-attr]
    for subject in subjects:
        said: dict[str, list[NamedNode | Literal]] = {}
        for quad in store.quads_for_pattern(NamedNode(subject), None, None, graph):
            said.setdefault(quad.predicate.value, []).append(quad.object)  # type: ignore[arg-type]
        yield from _of_fact(subject, said) if "#" in subject else _of_thing(subject, said)


def _of_fact(subject: str, said: dict[str, list[NamedNode | Literal]]) -> Iterator[Claim]:
    """Its words, in its section; its numbers and dates, in its words. What else it says is how these are read."""
    owner = subject.partition("#")[0]
    thing = owner if "/laureate/" in owner else ""
    section = next((o.value for o in said.get(TP + "section", [])), "")
    forms = tuple(o.value for name in (TP + "printed", TP + "anchor") for o in said.get(name, []))
    if not forms:
        yield Claim(subject, "", "", "nothing", thing, section)
    for name, values in sorted(said.items()):
        for value in sorted(values, key=str):
            kind = _KINDS.get(name)
            if kind in ("words", "number", "date"):
                yield Claim(subject, name, value.value, kind, thing, section, forms)


def _of_thing(subject: str, said: dict[str, list[NamedNode | Literal]]) -> Iterator[Claim]:
    """Its names, its printed title and line, its place; anything else is said by no words."""
    thing = subject if "/laureate/" in subject else ""
    for name, values in sorted(said.items()):
        for value in sorted(values, key=str):
            if name in _BORNE or (isinstance(value, NamedNode) and value.value.startswith(subject + "#")):
                continue
            kind = _KINDS.get(name, "nothing")
            where = "" if kind == "name" and not thing else thing
            yield Claim(subject, name, value.value, kind, where, _HEADS.get(name, "") if thing else "")
