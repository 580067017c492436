"""The reference of places in RDF: N-Quads and TriG, compressed, of one pass over its statements.

They are not made by the writers of the graph: there is no store behind them, every term is text already, and what is
written, a million statements, costs seconds. In memory are some thousands of them, and the room of `Spools`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from trophees.base.gzip_file import in_pieces
from trophees.base.namespaces import GRAPH
from trophees.graph.territories import AT_ONCE, PREFIXES, TERRITORY, Statement, lines, statements
from trophees.publish.writers.spool import Spool, Spools
from trophees.publish.writers.writer import Files

N_QUADS, TRIG = "places/places.nq.gz", "places/places.trig.gz"


class Tally:
    """What has been counted of the statements that passed: all, by property, and the instances of each class."""

    def __init__(self) -> None:
        self.properties: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()
        self.subjects: set[str] = set()

    def seen(self, said: Iterable[Statement]) -> None:
        """`said` are some more."""
        for _, subject, name, value in said:
            self.properties[name] += 1
            self.subjects.add(subject)
            if name == "rdf:type":
                self.classes[value] += 1


def files(tally: Tally, folder: Path | None = None) -> Files:
    """Both files; what of them has no room in memory is kept in `folder`."""
    with Spools(folder) as spools:
        whole, graphs = spools.new(), TriG(spools)

        def passed() -> Iterator[bytes]:
            said = statements()
            while part := list(islice(said, AT_ONCE)):
                tally.seen(part)
                graphs.add(part)
                yield from lines(part)

        for piece in in_pieces(passed()):
            whole.append(piece)
        yield N_QUADS, whole
        yield TRIG, in_pieces(graphs)


class TriG:
    """A document in TriG that grows, graph by graph; its IRIs are relative to that of the territories."""

    def __init__(self, spools: Spools) -> None:
        self._spools = spools
        self._graphs: dict[str, Spool] = {}
        self._subject: dict[str, str] = {}  # of the last statement in each graph
        self._known: dict[str, str] = {}

    def add(self, said: Iterable[Statement]) -> None:
        """`said` come next."""
        texts: dict[str, list[str]] = {}
        for vintage, subject, name, value in said:
            part = texts.setdefault(vintage, [])
            last = self._subject.get(vintage)
            if last == subject:
                part.append(f" ;\n\t{self._name(name)} {self._short(value)}")
            else:
                end = "" if last is None else " .\n"
                part.append(f"{end}{self._short(subject)} {self._name(name)} {self._short(value)}")
                self._subject[vintage] = subject
        for vintage, part in texts.items():
            if vintage not in self._graphs:
                self._graphs[vintage] = self._spools.new()
            self._graphs[vintage].append("".join(part).encode())

    def __iter__(self) -> Iterator[bytes]:
        declared = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items())]
        yield "".join([f"@base <{TERRITORY}> .\n", *declared]).encode()
        for vintage, spool in sorted(self._graphs.items()):
            yield f"<{GRAPH}places/{vintage}> {{\n".encode()
            yield from chain(spool, [b" .\n}\n"])

    @staticmethod
    def _name(name: str) -> str:
        return "a" if name == "rdf:type" else name

    def _short(self, term: str) -> str:
        """A term in fewer characters: relative to the base, or a class or datatype by its prefixed name."""
        if term.startswith("<" + TERRITORY):
            return "<" + term[len(TERRITORY) + 1 :]
        before, mark, iri = term.rpartition("<")
        if not mark or (before and not before.endswith('"^^')):
            return term
        if iri not in self._known:
            self._known[iri] = _prefixed(iri)
        return before + self._known[iri]


def _prefixed(iri: str) -> str:
    """`iri`, without its first bracket, as a prefixed name where it is that of a term."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri[len(namespace) : -1].isalnum() and not iri.startswith(GRAPH):
            return f"{prefix}:{iri[len(namespace) : -1]}"
    return "<" + iri
