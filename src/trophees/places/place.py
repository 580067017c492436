"""One territory as it was for a time, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

COMMUNE = "commune"
DELEGATED = "commune-deleguee"
ASSOCIATED = "commune-associee"
MUNICIPAL = "arrondissement-municipal"
ARRONDISSEMENT = "arrondissement"
DEPARTEMENT = "departement"
REGION = "region"
EPCI = "epci"
EPT = "ept"
COLLECTIVITY = "collectivite-outremer"
KINDS = (
    COMMUNE, DELEGATED, ASSOCIATED, MUNICIPAL, ARRONDISSEMENT, DEPARTEMENT, REGION, EPCI, EPT, COLLECTIVITY,
)  # fmt: skip

# what may happen to a territory
MERGER = "merger"  # it goes into another, which may have its code
SPLIT = "split"  # it is divided: it goes on, in part, and others are taken out of it
RENAME = "rename"
RECODE = "recode"  # another code, for the seat has changed
CHANGE_OF_DEPARTEMENT = "departement"  # another code, for the département has changed
RECREATION = "recreation"  # a part is a commune again
STATUTE = "statute"  # it goes on as a territory of another kind
CREATION = "creation"  # of what was in no commune
ABOLITION = "abolition"  # it is divided among others
BECOMES_DELEGATED = "delegated"
BECOMES_ASSOCIATED = "associated"
PART_ENDS = "part-ends"  # no delegated or associated commune any more: the commune it was in goes on

BEGINNING = date(1943, 1, 1)  # the first day that the reference knows


class Moment(NamedTuple):
    """When something happened: on the day `latest`, or, if `earliest` is another, between the two, both included.

    `earliest` is None if it happened at any time before `latest`, the first day that a source attests.
    """

    earliest: date | None
    latest: date

    @property
    def known(self) -> bool:
        """True if the day is known."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        """EDTF: a day, an interval, or an interval without a beginning."""
        if self.known:
            return self.latest.isoformat()
        return f"{self.earliest or '..'}/{self.latest}"


def moment(cell: str) -> Moment | None:
    """What a cell of a table says: a day, an interval of days, or nothing."""
    if not cell:
        return None
    earliest, slash, latest = cell.partition("/")
    if not slash:
        day = date.fromisoformat(cell)
        return Moment(day, day)
    return Moment(None if earliest == ".." else date.fromisoformat(earliest), date.fromisoformat(latest))


@dataclass(frozen=True, slots=True)
class Place:
    """A territory of one kind under one code and one name, for the time that it was so.

    `begins` is None if it was so on 1 January 1943, `ends` is None if it is so in the newest vintage. `of` is the
    commune of a part or of a municipal arrondissement, the département of an arrondissement. `form` is that of an
    EPCI: CC, CA, CU, METRO, MET69.
    """

    kind: str
    code: str
    name: str
    begins: Moment | None = None
    ends: Moment | None = None
    of: str = ""
    form: str = ""

    def __hash__(self) -> int:
        """That of its code, which few records share."""
        return hash(self.code)

    @property
    def start(self) -> date | None:
        """The first day on which it is known to be so; None: since before the reference begins."""
        return self.begins.latest if self.begins else None

    @property
    def end(self) -> date | None:
        """The first day on which it is known to be so no more; None: it is so in the newest vintage."""
        return self.ends.latest if self.ends else None

    def on(self, day: date) -> bool:
        """True if it is in force on that day; the day of an event counts as after it.

        Of an event of which only an interval is known, the last day of the interval is taken: see `sure`.
        """
        return (self.begins is None or self.begins.latest <= day) and (self.ends is None or day < self.ends.latest)

    def sure(self, day: date) -> bool:
        """False if an event of it may have been before that day or after, as far as the reference knows."""
        return not any(
            m and not m.known and (m.earliest is None or m.earliest <= day) and day < m.latest
            for m in (self.begins, self.ends)
        )

    def ending(self, day: date) -> Moment | None:
        """The interval of days in which it ends, if the day is one of them and the last is not over yet."""
        ends = self.ends
        if ends is None or ends.known or (ends.earliest and day < ends.earliest) or day >= ends.latest:
            return None
        return ends


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a territory; a creation comes from none, and has no `code`."""

    when: Moment
    event: str
    kind: str
    code: str
    to_kind: str
    to_code: str
