"""What two datasets do not share: the lines that turn one into the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from trophees.changes.statements import Lines


@dataclass(frozen=True)
class Difference:
    """The lines that only the old dataset has, and those that only the new one has, each in order."""

    removed: tuple[bytes, ...]
    added: tuple[bytes, ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def back(self) -> Difference:
        """What turns the new dataset into the old one."""
        return Difference(self.added, self.removed)


def difference(old: Lines, new: Lines) -> Difference:
    """What turns the `old` lines into the `new` ones, both in order; what is in memory is what they do not share."""
    removed: list[bytes] = []
    added: list[bytes] = []
    olds, news = iter(old), iter(new)
    a, b = next(olds, None), next(news, None)
    while a is not None and b is not None:
        if a == b:
            a, b = next(olds, None), next(news, None)
        elif a < b:
            removed.append(a)
            a = next(olds, None)
        else:
            added.append(b)
            b = next(news, None)
    if a is not None:
        removed += [a, *olds]
    if b is not None:
        added += [b, *news]
    return Difference(tuple(removed), tuple(added))


class Misfit(ValueError):  # noqa: N818 - it tells of the dataset, not of the program
    """A line that is to go is not there, or one that is to come is there already."""


def applied(lines: Iterable[bytes], found: Difference) -> Iterator[bytes]:
    """`lines`, which are in order, as `found` leaves them; Misfit, with the line, if they are not its old dataset."""
    gone = iter(found.removed)
    waiting = next(gone, None)
    last: bytes | None = None
    for line, is_new in merge(((line, False) for line in lines), ((line, True) for line in found.added)):
        if line == last:
            raise Misfit(line.decode())
        last = line
        if not is_new and line == waiting:
            waiting = next(gone, None)
        else:
            yield line
    if waiting is not None:
        raise Misfit(waiting.decode())
