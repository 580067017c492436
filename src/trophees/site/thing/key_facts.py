"""At most six facts at the head of a process: what it cost, how long, who took part, where how many live, who, as what.

Each is a fact of the page, or says that there is none: nothing is added up or estimated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trophees.base.namespaces import BASE, TP
from trophees.site.covered import smallest
from trophees.site.lists.processes import CAP, MONEY
from trophees.site.model import Site, Thing
from trophees.site.thing.facts import Link, Teller

# kinds of indicators, the closest first; of those that follow the first, the kind is told
_COST = (*MONEY, CAP)
_PARTICIPANTS = ("participants", "members")
_NAMED = 2  # carriers named; of more, their number


@dataclass(frozen=True)
class KeyFact:
    """A fact in short: `said` and what it is of. `unsaid` if there is none, `more` if there are others."""

    label: str
    said: tuple[Link, ...]
    of: str = ""
    unsaid: bool = False
    more: Link | None = None


def key_facts(site: Site, teller: Teller, thing: Thing) -> list[KeyFact]:
    """Cost, duration, participants, inhabitants, carrier and status of `thing`, in this order."""
    facts = _Facts(site, teller, thing)
    return [
        facts.number("cost", _COST, "budget"),
        facts.duration(),
        facts.number("participants", _PARTICIPANTS, "participants"),
        facts.inhabitants(),
        facts.carriers(),
        facts.status(),
    ]


class _Facts:
    def __init__(self, site: Site, teller: Teller, thing: Thing) -> None:
        self.site, self.teller, self.words, self.iri = site, teller, teller.words, thing.iri
        self.silent = {iri.rsplit("/", 1)[-1] for iri in site.links(thing.iri, TP + "notStated")}

    def number(self, key: str, kinds: tuple[str, ...], aspect: str) -> KeyFact:
        """An indicator of the first of `kinds` that there is: of the whole process rather than of a tool or of a part,
        and the largest.
        """
        near = kinds[:1] if aspect in self.silent else kinds
        every = [(kind, found) for kind in near if (found := self._indicators(kind))]
        for kind, found in sorted(every, key=lambda item: self._partial(item[1][0])):
            of = self.site.text(found[0], TP + "counted", self.teller.lang)
            if kind != kinds[0]:
                name = self.site.label(f"{BASE}indicator-kind/{kind}", self.teller.lang)
                of = f"{name}{self.words('colon')}{of}" if of else name
            return self._told(key, found, of)
        return self._unsaid(key, aspect)

    def _indicators(self, kind: str) -> list[str]:
        iri = f"{BASE}indicator-kind/{kind}"
        nodes = [
            n for n in self.site.links(self.iri, TP + "indicator") if iri in self.site.links(n, TP + "indicatorKind")
        ]
        return sorted(nodes, key=lambda node: (self._partial(node), -float(self.site.text(node, TP + "value") or 0)))

    def _partial(self, node: str) -> bool:
        """Whether an indicator counts for a tool, or among those that another counts."""
        return bool(self.site.links(node, TP + "tool") or self.site.links(node, TP + "among"))

    def _told(self, key: str, nodes: list[str], of: str) -> KeyFact:
        quantity = self.teller.quantity(nodes[0])
        others = len(nodes) - 1
        return KeyFact(
            self.words(f"process.key.{key}"),
            (Link(self.words.sentence(quantity), "#" + nodes[0].partition("#")[2]),),
            of,
            more=Link(self.words.count("process.others", others), "#results") if others else None,
        )

    def _unsaid(self, key: str, aspect: str) -> KeyFact:
        """The source is known not to say it, or the record merely has no number of it."""
        said = self.words("process.unsaid" if aspect in self.silent else "process.unknown")
        return KeyFact(self.words(f"process.key.{key}"), (Link(said),), unsaid=True)

    def duration(self) -> KeyFact:
        """A printed duration, else the period of the process, else the first and the last date of its steps."""
        lasting = [n for n in self._indicators("duration") if not self.site.links(n, TP + "tool")]
        if lasting:
            return self._told("duration", lasting, self.site.text(lasting[0], TP + "counted", self.teller.lang))
        label = self.words("process.key.duration")
        periods = self.site.links(self.iri, TP + "period")
        for node in periods:
            if f"{BASE}period-kind/process" in self.site.links(node, TP + "periodKind"):
                dates = self.words.period(self.site.text(node, TP + "start"), self.site.text(node, TP + "end"))
                if dates:
                    told = Link(self.words.sentence(dates), "#" + node.partition("#")[2])
                    return KeyFact(label, (told,), self.site.label(node, self.teller.lang))
        kinds = {f"{BASE}period-kind/{kind}" for kind in ("stage", "event")}
        steps = [node for node in periods if kinds.intersection(self.site.links(node, TP + "periodKind"))]
        starts = sorted((earliest, node) for node in steps if (earliest := self.site.text(node, TP + "earliest")))
        ends = sorted((latest, node) for node in steps if (latest := self.site.text(node, TP + "latest")))
        if starts and ends and len(steps) > 1:
            first, last = self.site.text(starts[0][1], TP + "start"), self.site.text(ends[-1][1], TP + "end")
            if first and last and first != last:
                told = Link(self.words.sentence(self.words.period(first, last)), "#how")
                return KeyFact(label, (told,), self.words("process.from_steps"))
        return self._unsaid("duration", "date")

    def inhabitants(self) -> KeyFact:
        """How many live in the one commune or EPCI where it takes place, as INSEE counts; else as a source says."""
        label = self.words("process.key.inhabitants")
        covered = smallest(self.site.links(self.iri, TP + "covers"))
        if len(covered) == 1 and (count := self._counted(covered[0])):
            year, number = count
            name = self.site.label(covered[0], self.teller.lang)
            told = Link(self.words.number(number), self.site.href(covered[0], self.teller.lang, self.teller.path))
            return KeyFact(label, (told,), self.words("process.insee", name=name, year=year))
        if found := self._indicators("inhabitants"):
            return self._told("inhabitants", found, self.site.text(found[0], TP + "counted", self.teller.lang))
        return self._unsaid("inhabitants", "territory")

    def _counted(self, territory: str) -> tuple[str, str] | None:
        """The year and the number of the legal population nearest to the year of the edition, else of the latest."""
        year = int(self.site.text(self.site.edition(self.iri), TP + "year") or 9999)
        found = [
            (abs(int(then) - year), then, self.site.text(node, TP + "inhabitants"))
            for node in self.site.links(territory, TP + "population")
            if f"{BASE}population-kind/municipale" in self.site.links(node, TP + "populationKind")
            and (then := self.site.text(node, TP + "populationYear")).isdecimal()
        ]
        return min(found)[1:] if found else None

    def carriers(self) -> KeyFact:
        """Who carries it, by name; else the printed line of the carrier."""
        label = self.words("process.key.carrier")
        iris = self.site.links(self.iri, TP + "carriedBy")
        if not iris:
            line = self.site.text(self.iri, TP + "carrierLine")
            return KeyFact(label, (Link(line, lang="fr"),)) if line else self._unsaid("carrier", "carrier")
        named = tuple(self.teller.link(iri) for iri in iris[:_NAMED])
        kinds = dict.fromkeys(k.text for iri in iris[:1] for k in self.teller.values(iri, TP + "organisationKind"))
        others = len(iris) - len(named)
        more = Link(self.words.count("process.others", others), "#parties") if others else None
        return KeyFact(label, named, ", ".join(kinds) if len(iris) == 1 else "", more=more)

    def status(self) -> KeyFact:
        """As what it is told of: a laureate with its stars or award, or a case."""
        return KeyFact(self.words("process.key.status"), tuple(self._status()))

    def _status(self) -> Iterator[Link]:
        lang = self.teller.lang
        standing = self.site.text(self.iri, TP + "standing", lang)
        awards = [(self.site.label(award, lang), award) for award in self.site.links(self.iri, TP + "distinction")]
        if not any(name.startswith(standing) for name, _ in awards):
            awards.insert(0, (standing, ""))
        for number, (name, award) in enumerate(awards):
            yield Link(
                name if number else self.words.sentence(name),
                self.site.href(award, lang, self.teller.path) if award else "",
            )
