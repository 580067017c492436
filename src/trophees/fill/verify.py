"""Whether a store has what was sent: the number of statements of each graph, and some subjects of it, whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import IO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.base.namespaces import XSD
from trophees.fill.graphs import Graph
from trophees.fill.store import Store
from trophees.fill.told import unanswered

SUBJECTS = 8  # of each graph that are compared
_LARGEST = 500  # statements of a subject that is compared
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")}
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}


@dataclass
class Verdict:
    """Of all graphs: statements compared; those that came back in another form; what is wrong."""

    graphs: int = 0
    compared: int = 0
    forms: list[tuple[Triple, Triple]] = field(default_factory=list)
    wrong: list[Both] = field(default_factory=list)


def verify(store: Store, graph: Graph, verdict: Verdict) -> None:
    """Add to `verdict` what is found of `graph`. StoppedError if the store does not answer."""
    verdict.graphs += 1
    name, there = graph.name.value, store.count(graph.name)
    if there != graph.statements:
        french = f"{name} : {there} énoncés, {graph.statements} attendus"
        verdict.wrong.append(Both(french, f"{name}: {there} statements, {graph.statements} expected"))
        return
    for subject, expected in samples(graph):
        try:
            found = {quad.triple for quad in store.asked.quads(subject, graph=graph.name)}
        except UserError as error:
            raise unanswered(store.name, error) from None
        verdict.compared += len(expected)
        missing, others = expected - found, found - expected
        forms = {_value(triple): triple for triple in others}
        again = [(triple, forms.pop(_value(triple))) for triple in sorted(missing, key=str) if _value(triple) in forms]
        verdict.forms += again
        if len(again) < len(missing) or forms:
            lost = next((triple for triple in sorted(missing, key=str) if triple not in dict(again)), None)
            more = f"{lost or next(iter(forms.values()))}"
            french, english = ("manque", "missing") if lost else ("en trop", "too much")
            verdict.wrong.append(Both(
                f"{name} : {subject} n’y est pas comme envoyé ({french} : {more})",
                f"{name}: {subject} is not there as it was sent ({english}: {more})",
            ))  # fmt: skip


def samples(graph: Graph, most: int = SUBJECTS) -> Iterator[tuple[NamedNode, set[Triple]]]:
    """Subjects of `graph`, from all over it, the same each time, with all its statements of them."""
    size, seen = graph.file.stat().st_size, set[bytes]()
    with graph.file.open("rb") as file:
        for number in range(most):
            subject, lines = _whole(file, size * number // most)
            if subject and subject not in seen and len(lines) <= _LARGEST:
                seen.add(subject)
                triples = {quad.triple for quad in parse(b"".join(lines), format=RdfFormat.N_TRIPLES)}
                yield NamedNode(subject[1:-1].decode()), triples


def _whole(file: IO[bytes], at: int) -> tuple[bytes, list[bytes]]:
    """The first subject that begins after the place `at`, or there if that is 0, and its lines."""
    file.seek(at)
    before = b""
    if at:
        file.readline()  # a part of one
        before = _subject(file.readline())
    subject, lines = b"", list[bytes]()
    for line in islice(file, 10 * _LARGEST):
        found = _subject(line)
        if found == before:
            continue
        if subject and found != subject:
            break
        subject, before = found, b""
        lines.append(line)
    return subject, lines


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]


def _value(triple: Triple) -> Triple:
    """`triple`, whose object is written in one form of those that mean the same."""
    return Triple(triple.subject, triple.predicate, _plain(triple.object))  # type: ignore[arg-type]


def _plain(term: object) -> object:
    if not isinstance(term, Literal):
        return term
    kind, text = term.datatype.value, term.value
    if kind == XSD + "boolean" and text in _BOOLEANS:
        return Literal(_BOOLEANS[text], datatype=term.datatype)
    if kind in _NUMBERS:
        try:
            return Literal(f"{Decimal(text).normalize():f}", datatype=NamedNode(XSD + "decimal"))
        except InvalidOperation:
            return term
    if kind == XSD + "dateTime":
        try:
            return Literal(datetime.fromisoformat(text).isoformat(), datatype=term.datatype)
        except ValueError:
            return term
    return Literal(text.lower(), datatype=term.datatype) if kind == XSD + "hexBinary" else term
