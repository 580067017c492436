"""What a name that is wrong may stand for: the names that are most like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trophees.base.folding import fold

OFFERED = 3
_FARTHEST = 4  # letters that two names like each other differ by


def distance(a: str, b: str, most: int) -> int:
    """How many letters are to be put in, left out, changed or swapped with the next to make `b` of `a`.

    More than `most` is told as `most + 1`.
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if earlier and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearest(
    name: str, names: Iterable[str], weight: Callable[[str], int] = lambda _: 0, offered: int = OFFERED
) -> list[str]:
    """The `names` most like `name`, the best first; of those that are equally like it, those of more `weight`.

    Case and accents make a small difference, the beginning a greater one than the end. Empty if none is like it.
    """
    wanted = fold(name)
    most = min(_FARTHEST, max(1, len(wanted) // 3))
    found: dict[int, list[str]] = {}
    for other in names:
        if other != name and abs(len(other) - len(name)) <= most + 2:
            far = distance(wanted, other.lower() if other.isascii() else fold(other), most)
            if far <= most:
                found.setdefault(far, []).append(other)
    ranked: list[str] = []
    for far in sorted(found):
        if len(ranked) >= offered:
            break
        ranked += sorted(found[far], key=lambda other: (-_shared(name, other), -weight(other), other))
    return ranked[:offered]


def words(word: str, known: Iterable[str]) -> list[str]:
    """The keywords most like `word`: those that it begins, or that differ by few letters."""
    known = sorted(set(known) - {word})
    begun = [other for other in known if len(word) >= 3 and other.startswith(word)]
    return [*begun, *(other for other in nearest(word, known) if other not in begun)][:OFFERED]


def _shared(a: str, b: str) -> bool:
    return a[:1] == b[:1]
