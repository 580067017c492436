"""The releases that the project knows, one after the other, and what changed from each to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Store

from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.namespaces import DCAT, DCTERMS
from trophees.changes.difference import Difference, Misfit, applied, difference
from trophees.changes.entity import Entity, entities
from trophees.changes.names import Surroundings, surroundings
from trophees.changes.statements import Lines, of_quads, quads
from trophees.changes.wording import Wording

_VERSION, _MODIFIED = DCAT + "version", DCTERMS + "modified"


def order(version: str) -> tuple[int, ...]:
    """How versions follow each other: as the numbers between their dots."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


@dataclass(frozen=True)
class Past:
    """What former releases held: the lines of the `first`, whose version is known, and what each later one changed."""

    version: str = ""
    first: Sequence[bytes] = ()
    later: Mapping[str, Difference] = field(default_factory=dict)

    def before(self, version: str) -> Past:
        """The releases before `version`."""
        if not self.version or order(self.version) >= order(version):
            return Past()
        kept = {name: found for name, found in self.later.items() if order(name) < order(version)}
        return Past(self.version, self.first, dict(sorted(kept.items(), key=lambda item: order(item[0]))))

    def last(self) -> list[bytes]:
        """The lines of the last of them; UserError if one changes what is not there."""
        return [lines for _, lines in self.releases()][-1]

    def releases(self) -> Iterator[tuple[str, list[bytes]]]:
        """Each with its lines, the first that is known first; UserError as `last`."""
        lines = list(self.first)
        if self.version:
            yield self.version, lines
        for version, found in self.later.items():
            lines = _applied(lines, found, version)
            yield version, lines


@dataclass(frozen=True)
class Step:
    """A release: its day, its moment (releases of one day are a second apart), and what it changed of the one `before`.

    The first that is known has changed nothing: `before` is empty, and all its lines are added.
    """

    version: str
    before: str
    day: str
    moment: str
    old: Sequence[bytes]
    new: Sequence[bytes]
    found: Difference
    current: bool

    @cached_property
    def told(self) -> Surroundings:
        """What is known of what it changed."""
        return surroundings(self.old, self.new, self.found)

    @cached_property
    def entities(self) -> list[Entity]:
        """What it changed, by entity and fact."""
        return entities(self.found, self.told)

    def words(self, context: Context) -> Wording:
        """The words for it."""
        return Wording(self.told, context.compact)


def steps(store: Store, past: Past, version: str) -> list[Step]:
    """The releases up to `version`, which `store` holds. UserError if the past is not of one piece."""
    now, known = of_quads(store), past.before(version)
    lines: list[bytes] = []
    made: list[Step] = []
    seen: dict[str, int] = {}
    for name in [*([known.version] if known.version else []), *known.later, version]:
        after = now if name == version else _applied(lines, known.later[name], name) if made else list(known.first)
        day = _day(after, name)
        nth = seen[day] = seen.get(day, -1) + 1
        moment = f"{day}T00:{nth // 60:02}:{nth % 60:02}Z"
        before = made[-1].version if made else ""
        made.append(Step(name, before, day, moment, lines, after, difference(lines, after), name == version))
        lines = after
    return made


def _applied(lines: Sequence[bytes], found: Difference, version: str) -> list[bytes]:
    try:
        return list(applied(lines, found))
    except Misfit as misfit:
        said = str(misfit).strip()
        raise UserError(f"changes/{version}: does not follow the release before: {said}") from None


def _day(lines: Lines, version: str) -> str:
    """The day when the dataset of that version changed, as these lines have it; UserError if they have none."""
    said: dict[str, dict[str, str]] = {}
    wanted = {f"<{term}>".encode() for term in (_VERSION, _MODIFIED)}
    for quad in quads([line for line in lines if line.split(b" ", 2)[1] in wanted]):
        said.setdefault(str(quad.subject), {})[quad.predicate.value] = getattr(quad.object, "value", "")
    for told in said.values():
        if told.get(_VERSION) == version and _MODIFIED in told:
            return told[_MODIFIED]
    raise UserError(f"{version}: no record of a dataset has this version and the day when it changed")
