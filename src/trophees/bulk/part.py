"""A part of the records: lines in, sorted N-Quads and rejects out. Each part is worked on alone, in its own process."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from trophees.base.context import Context
from trophees.base.language import Both, filled
from trophees.bulk.direct import Direct, Said
from trophees.bulk.record import read
from trophees.bulk.shared import Deriving, Shared, editions, nquads
from trophees.graph.assemble import stated
from trophees.graph.provenance import Graphs
from trophees.source.problem import Problem
from trophees.source.record import Record

if TYPE_CHECKING:
    from trophees.bulk.validation import Validation

_ONCE = Both(
    "id — « {name} » est déjà la fiche de {file}, ligne {line}",
    "id — “{name}” is already the record of {file}, line {line}",
)


class Line(NamedTuple):
    """A line of the file `path`. `first` is the place, file and line, of an earlier one that names the same record."""

    path: str
    number: int
    data: bytes
    first: tuple[str, int] | None


def judged(
    lines: Iterable[Line], context: Context, validation: Validation | None, direct: Direct | None = None
) -> tuple[list[Record], list[Line], list[Problem]]:
    """The records that are published, the lines that are not, and the problems of all.

    `direct` reads what it can; the records are the same without it.
    """
    every, problems = list(lines), []
    records: dict[tuple[str, int], Record] = {}
    for line in every:
        said = direct.read(line.data, line.number, line.path) if direct and not line.first else None
        if said:
            records[line.path, line.number] = said
            continue
        record = read(line.data, line.number, line.path, context)
        if line.first and record.nodes:
            name = context.compact(record.iri.value)
            sentence = filled(_ONCE, name=name, file=line.first[0], line=line.first[1])
            record.problems.append(Problem(line.path, line.number, 1, "bulk:id-once", messages=sentence))
        problems += record.problems
        if record.nodes and not line.first:
            records[line.path, line.number] = record
    if validation:
        problems += validation.problems(records.values())
    wrong = {(p.path, p.line) for p in problems if p.severity == "error"}
    good = {place: record for place, record in records.items() if place not in wrong}
    refused = [line for line in every if (line.path, line.number) not in good]
    return list(good.values()), refused, sorted(problems)


def validation_of(shared: Shared) -> Validation | None:
    """What asks the shapes, if they are to be asked: only then are the engines read."""
    if not shared.engine:
        return None
    from trophees.bulk.validation import Validation

    return Validation(shared)


class Worker:
    """What works on parts, one after the other, in the folder `work`; `deriving` applies the rules."""

    def __init__(self, shared: Shared, work: Path) -> None:
        self.shared, self.work = shared, work
        self.deriving = Deriving(shared)
        self._direct = Direct(shared.context, shared.graphs)
        self._validation = validation_of(shared)

    def part(self, number: int, lines: list[Line]) -> dict[str, Any]:
        """What comes of `lines`: the tally, once the files of the part are whole in `work`."""
        good, refused, problems = judged(lines, self.shared.context, self._validation, self._direct)
        statements = self.deriving.lines(quads_of(good, self.shared.graphs))
        written(self.work / f"{number:07}.nq", b"".join(statements))
        return kept(self.work, number, lines, good, refused, problems)


def quads_of(records: Iterable[Record], graphs: Mapping[NamedNode, Graphs]) -> bytes:
    """N-Quads of what `records` state; `graphs` are those of the sources."""
    return b"".join(r.quads.encode() if isinstance(r, Said) else nquads(stated([r], graphs)) for r in records)


def kept(
    work: Path, number: int, lines: list[Line], good: list[Record], refused: list[Line], problems: list[Problem]
) -> dict[str, Any]:
    """Keep in `work` what is told of a part; its tally, the last that is written: with it, the part is done."""
    tally = {
        "read": len(lines),
        "published": len(good),
        "rejected": len(refused),
        "files": _by_file(lines, refused),
        "rules": Counter(p.rule for p in problems if p.severity == "error"),
        "warnings": sum(p.severity == "warning" for p in problems),
        "editions": Counter(chain.from_iterable(r.editions if isinstance(r, Said) else editions([r]) for r in good)),
    }
    name = work / f"{number:07}"
    written(name.with_suffix(".rejects"), b"".join(line.data + b"\n" for line in refused))
    written(name.with_suffix(".problems"), b"".join(map(_told, problems)))
    written(name.with_suffix(".json"), json.dumps(tally).encode())
    return tally


def _by_file(lines: Iterable[Line], refused: Iterable[Line]) -> dict[str, list[int]]:
    """Of each file, how many lines were read, and how many are rejected."""
    read_, rejected = Counter(line.path for line in lines), Counter(line.path for line in refused)
    return {path: [number, rejected[path]] for path, number in read_.items()}


def _told(problem: Problem) -> bytes:
    said = {"file": problem.path, "line": problem.line, "rule": problem.rule, "severity": problem.severity}
    return json.dumps(said | dict(problem.messages.items())).encode() + b"\n"


def written(path: Path, data: bytes) -> None:
    """The file is there whole, or not at all."""
    new = path.with_name(path.name + ".part")
    new.write_bytes(data)
    new.rename(path)


def parts(lines: Iterable[Line], most: int) -> Iterator[list[Line]]:
    """`lines` in parts of about so many bytes: the same lines give the same parts."""
    part: list[Line] = []
    size = 0
    for line in lines:
        part.append(line)
        size += len(line.data)
        if size >= most:
            yield part
            part, size = [], 0
    if part:
        yield part
