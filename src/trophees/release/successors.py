"""What takes the place of what was withdrawn: it exists, and following it never leads back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from trophees.base.language import Both, filled
from trophees.base.namespaces import TP
from trophees.source.problem import Problem
from trophees.source.record import Record

_WITHDRAWN, _SUCCESSOR = NamedNode(TP + "withdrawn"), NamedNode(TP + "successor")
_LOOP = Both(
    "le successeur « {name} » est ce qui est retiré ou y ramène : nommez-en un autre, ou écrivez "
    "« sans_successeur: true »",
    "the successor “{name}” is what is withdrawn, or leads back to it: name another, or write “sans_successeur: true”",
)
_NOTHING = Both(
    "le successeur « {name} » n’existe pas : nommez-en un autre, ou écrivez « sans_successeur: true »",
    "the successor “{name}” does not exist: name another, or write “sans_successeur: true”",
)


@dataclass(frozen=True)
class _Replaced:
    iri: str
    successor: str
    place: tuple[str, int, int]


def problems(
    records: Iterable[Record], exists: Callable[[str], bool], shown: Callable[[str], str]
) -> Iterator[Problem]:
    """The successors that `records` name in vain.

    `exists` tells whether anything is said of an IRI, `shown` gives its compact form. What was withdrawn in its turn
    may be a successor: its own record says what came next.
    """
    found, gone = _read(records)
    following = {replaced.iri: replaced.successor for replaced in found}
    for replaced in found:
        if _leads_back(replaced.iri, following):
            sentence = _LOOP
        elif replaced.successor not in gone and not exists(replaced.successor):
            sentence = _NOTHING
        else:
            continue
        said = filled(sentence, name=shown(replaced.successor))
        yield Problem(*replaced.place, "source:identifier", messages=said)


def _read(records: Iterable[Record]) -> tuple[list[_Replaced], set[str]]:
    """Each successor with what it replaces, and all that is withdrawn."""
    found: list[_Replaced] = []
    gone: set[str] = set()
    for record in records:
        withdrawn = {
            s.subject: s.object.value
            for s in record.statements
            if s.predicate == _WITHDRAWN and isinstance(s.object, NamedNode)
        }
        gone.update(withdrawn.values())
        found += [
            _Replaced(withdrawn.get(s.subject, ""), s.object.value, (record.path, s.line, s.column))
            for s in record.statements
            if s.predicate == _SUCCESSOR and isinstance(s.object, NamedNode)
        ]
    return found, gone


def _leads_back(iri: str, following: dict[str, str]) -> bool:
    seen, step = set(), iri
    while step and step not in seen:
        seen.add(step)
        step = following.get(step, "")
        if step == iri:
            return True
    return False
