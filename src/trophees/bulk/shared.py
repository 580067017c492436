"""What each part of the records needs of the whole: the checkout's own records, the reference data, the rules.

What comes by the million are processes, organisations and persons. All else (sources, editions, vocabularies, places…)
is known before the first of them is read, as what they mean depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from trophees.base.context import Context
from trophees.base.namespaces import BASE, RDF_TYPE, TP
from trophees.check.engines import Name
from trophees.graph.assemble import applied, beside, stated
from trophees.graph.provenance import Graphs, sources_of
from trophees.source.record import Record, Sources

MANY = {
    "laureate": TP + "Laureate",
    "case": TP + "Case",
    "organisation": TP + "Organisation",
    "person": TP + "Person",
}  # the kinds of records that come by the million, with their class
PROCESSES = frozenset({"laureate", "case"})
_COUNTS = re.compile(r"^#\+ counts: ", re.MULTILINE)
_COUNTED = re.compile(r"\{\s*SELECT (\?\w+) \(COUNT\(.*?\) AS (\?\w+)\).*?GROUP BY \1\s*\}", re.DOTALL)
_LAUREATE, _EDITION = NamedNode(TP + "Laureate"), NamedNode(TP + "edition")


@dataclass
class Shared:
    """What is known before the records come. `sources` has the records that stand beside them; `shapes` and
    `territories` are what validation needs; `index` is the file of all names; `engine` validates, or nothing does.
    """

    context: Context
    sources: Sources
    shapes: list[str]
    territories: list[tuple[str, str]]
    index: Path
    engine: Name | None
    graphs: Mapping[NamedNode, Graphs] = field(init=False)

    def __post_init__(self) -> None:
        self.graphs = sources_of(self.sources.records)

    def quads(self) -> list[Quad]:
        """What stands beside the records, without what rules derive."""
        return [*stated(self.sources.records, self.graphs), *beside(self.sources)]


class Deriving:
    """The rules, applied to parts of the records: what each part adds to what is shared.

    Statements are lines of N-Quads in UTF-8, each with its end: no term is made of them here.
    """

    def __init__(self, shared: Shared) -> None:
        rules = shared.sources.rules
        self._rules = {name: rule for name, rule in rules.items() if not _COUNTS.search(rule)}
        self._counting = {name: rule for name, rule in rules.items() if _COUNTS.search(rule)}
        self._stated = nquads(shared.quads())
        self.shared = set(self._stated.splitlines(keepends=True))
        self._known = set(map(_triple, self.shared))
        first = self._found(self._rules)
        self.shared |= _lines(first)
        self._known |= first.keys()

    def lines(self, quads: bytes) -> list[bytes]:
        """`quads`, and what the rules derive from them beside what is shared, sorted, each once."""
        stated = quads.splitlines(keepends=True)
        found = self._found(self._rules, quads)
        for triple in found.keys() & set(map(_triple, stated)):
            del found[triple]
        return sorted({*stated, *_lines(found)})

    def counted(self, laureates: Mapping[str, int]) -> set[bytes]:
        """What the rules derive that count the `laureates` of each edition, by its IRI."""
        values = " ".join(f"(<{iri}> {number})" for iri, number in sorted(laureates.items()))
        rules = {}
        for name, rule in self._counting.items():
            rules[name], found = _COUNTED.subn(rf"VALUES (\1 \2) {{ {values} }}", rule, count=1)
            if not found:
                raise ValueError(f"rule {name}: says that it counts, and has no SELECT that does")
        return _lines(self._found(rules))

    def _found(self, rules: dict[str, str], quads: bytes = b"") -> dict[bytes, bytes]:
        """What `rules` derive from `quads` and what is shared, and what is shared does not say: each triple with the
        graph in which it is to stand.
        """
        store = Store()
        for some in (self._stated, quads):
            store.load(some, format=RdfFormat.N_QUADS, lenient=True)
        found: dict[bytes, bytes] = {}
        for triples, graph in applied(store, rules):
            # each line is a triple, the sign and the line end
            answer = cast("bytes", triples.serialize(format=RdfFormat.N_TRIPLES)).split(b" .\n")
            where = str(graph).encode()
            for triple in set(answer[:-1]) - self._known:
                found.setdefault(triple, where)
        return found


def nquads(quads: Iterable[Quad]) -> bytes:
    """`quads` as lines."""
    return "".join(f"{quad} .\n" for quad in quads).encode()


def _triple(line: bytes) -> bytes:
    """What a line says, without the graph."""
    return line[: line.rindex(b" <")]


def _lines(found: Mapping[bytes, bytes]) -> set[bytes]:
    return {b"%s %s .\n" % pair for pair in found.items()}


def editions(records: Iterable[Record]) -> list[str]:
    """The IRIs of the editions whose laureates are among `records`, one for each."""
    found = []
    for record in records:
        if record.iri.value.startswith(BASE + "laureate/"):
            said = {(s.predicate, s.object) for s in record.statements if s.subject == record.iri}
            if (RDF_TYPE, _LAUREATE) in said:
                found += sorted({o.value for p, o in said if p == _EDITION})
    return found
