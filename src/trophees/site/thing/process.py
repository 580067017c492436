"""The page of a laureate or of a case, told in the order of a reader's questions: why, how, with what result, what is
missing. What is left, the record's own, comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from trophees.base.namespaces import SKOS, TP
from trophees.site.collation import natural
from trophees.site.model import Site, Thing
from trophees.site.statements import Name
from trophees.site.thing.facts import Fact, Link, Teller
from trophees.site.thing.view import Group, Property, View

_CHAPTERS = {
    "why": ("setting", "goal", "target", "topic", "planLink"),
    "how": ("stage", "period", "toolUse", "involvement", "coverage"),
    "results": ("outcome", "indicator"),
    "missing": ("notStated", "note", "anomaly"),
}
_SORTED = ("toolUse", "involvement", "topic", "period", "anomaly", "planLink", "coverage")  # by their first tag
_BRIEF = ("setting", "target", "topic", "toolUse", "involvement", "planLink", "coverage")  # a name says it all
_BESIDE = ("target", "topic", "planLink", "toolUse", "involvement", "coverage", "indicator")
_FOLDED = {"period": 2, "anomaly": 2, "note": 2}  # secondary: so many facts stand open, more are folded as a whole
# facts of a list that stand open, where there are two more at least
_FEW, _FEW_STEPS, _FEW_NAMES, _FEW_NUMBERS = 2, 4, 5, 5
# what the head of the page tells of each chapter, if there is any
_FIRST = {"why": "goal", "how": "stage", "results": "outcome", "missing": "notStated"}
_SENTENCE = re.compile(r"(?<=[\w»”)][.!?…])\s+(?=[A-ZÀ-ÖØ-Þ«“\d])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\bM|\bMme|\bSt|\bSte|\bart|\bno|\bMr|\bMrs|\bDr)\.$")


@dataclass(frozen=True)
class Kin:
    """Facts that bear the same tag, under its name; without a name if they bear none."""

    name: Link | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Step:
    """A step of the time line: its dates, if a period bears its words, and the tools that its words name."""

    fact: Fact
    dates: tuple[Fact, ...]
    tools: tuple[Link, ...]


@dataclass(frozen=True)
class Block:
    """A heading with what stands under it: plain `links`, `steps`, or facts; `brief` where a name says it all, `beside`
    where it stands beside what is told in sentences. Of each list so `few` stand open; nothing of the `further` kin,
    nor of what is `folded`.
    """

    id: str
    label: str
    kin: tuple[Kin, ...] = ()
    further: tuple[Kin, ...] = ()
    links: tuple[Link, ...] = ()
    steps: tuple[Step, ...] = ()
    brief: bool = False
    beside: bool = False
    few: int = _FEW
    folded: bool = False

    @property
    def size(self) -> int:
        """How many facts it has."""
        return sum(len(kin.facts) for kin in (*self.kin, *self.further))

    @property
    def folded_size(self) -> int:
        """How many facts the further kin have."""
        return sum(len(kin.facts) for kin in self.further)


@dataclass(frozen=True)
class Chapter:
    """An answer to one question; `id` is its anchor."""

    id: str
    label: str
    blocks: tuple[Block, ...]

    @property
    def sides(self) -> list[tuple[Block, ...]]:
        """What is told in sentences, and what stands beside it; one of them may be all."""
        told = tuple(block for block in self.blocks if not block.beside)
        return [side for side in (told, tuple(block for block in self.blocks if block.beside)) if side]


@dataclass(frozen=True)
class Glance:
    """A chapter in short: the first that it tells, which leads there, and how many more facts it has."""

    id: str
    label: str
    said: tuple[Link, ...]
    others: int


@dataclass(frozen=True)
class Told:
    """What the page of a process tells: its first sentence, the others, all in short, the chapters, what is left."""

    sentence: Name | None
    rest: Name | None
    glance: tuple[Glance, ...]
    chapters: tuple[Chapter, ...]
    left: tuple[Group, ...]


def told(site: Site, teller: Teller, seen: View) -> Told:
    """The chapters of a process as `seen`."""
    by_predicate = {p.predicate: p for group in seen.groups for p in group.properties if p.predicate}
    chosen = {TP + name for names in _CHAPTERS.values() for name in names}
    left = []
    for group in seen.groups:
        if properties := [p for p in group.properties if p.predicate not in chosen]:
            left.append(replace(group, properties=properties))
    chapters, glance = [], []
    for key, names in _CHAPTERS.items():
        found = [(name, by_predicate[TP + name]) for name in names if TP + name in by_predicate]
        blocks = tuple(_blocks(site, teller, seen.thing, found))
        if blocks:
            chapters.append(Chapter(key, teller.words(f"process.{key}"), blocks))
            glance.append(_glance(key, chapters[-1].label, dict(found)))
    first, rest = sentences(seen.lede.text) if seen.lede else ("", "")
    lang = seen.lede.lang if seen.lede else ""
    named = (Name(first, lang) if first else None, Name(rest, lang) if rest else None)
    return Told(*named, tuple(glance), tuple(chapters), tuple(left))


def _glance(key: str, label: str, found: dict[str, Property]) -> Glance:
    size = sum(len(shown.facts) + len(shown.links) for shown in found.values())
    first = found.get(_FIRST[key]) or next(iter(found.values()))
    if first.links:
        return Glance(key, label, first.links, size - len(first.links))
    fact = first.facts[0]
    text = " ".join(filter(None, (fact.figure, ", ".join(link.text for link in fact.head))))
    lang = fact.head[0].lang if fact.head else ""
    return Glance(key, label, (Link(text, f"#{fact.id}", lang),), size - 1)


def sentences(text: str) -> tuple[str, str]:
    """The first sentence of `text`, and the rest."""
    text = " ".join(text.split())
    for end in _SENTENCE.finditer(text):
        if not _ABBREVIATION.search(text[: end.start()]):
            return text[: end.start()], text[end.end() :]
    return text, ""


def _blocks(site: Site, teller: Teller, thing: Thing, found: list[tuple[str, Property]]) -> Iterator[Block]:
    steps: tuple[Step, ...] = ()
    for name, shown in found:
        facts = shown.facts
        if name == "stage":
            dates = dict(found).get("period")
            steps = tuple(_steps(site, teller, thing, facts, dates.facts if dates else ()))
            yield Block("steps", shown.label, steps=steps, few=_FEW_STEPS)
            continue
        if name == "period":
            placed = {date.id for step in steps for date in step.dates}
            facts = tuple(sorted((f for f in facts if f.id not in placed), key=lambda f: _start(site, thing, f)))
            if not facts:
                continue
        kin = tuple(_kin(facts)) if name in _SORTED else (Kin(None, facts),) if facts else ()
        open_ = _open(kin)
        yield Block(
            "parties" if name == "involvement" else "",
            shown.label,
            kin[:open_],
            kin[open_:],
            shown.links,
            brief=name in _BRIEF,
            beside=name in _BESIDE,
            few=_few(name),
            folded=len(facts) > _FOLDED.get(name, len(facts)),
        )


def _kin(facts: Iterable[Fact]) -> Iterator[Kin]:
    """The facts by their first tag that leads somewhere or is said of several, without that tag."""
    groups: dict[Link | None, list[Fact]] = {}
    for fact in facts:
        name = fact.tags[0] if fact.tags else None
        groups.setdefault(name, []).append(replace(fact, tags=fact.tags[1:]) if name else fact)
    for name, members in groups.items():
        yield Kin(name, tuple(members))


def _few(name: str) -> int:
    """How many facts of a property stand open: of numbers those of the head, too, with what they rest on."""
    if name == "indicator":
        return _FEW_NUMBERS
    return _FEW_NAMES if name in _BRIEF and name != "involvement" else _FEW


def _open(kin: tuple[Kin, ...]) -> int:
    """How many kin stand open: those whose facts have room, one at least; all where a single fact would be folded."""
    room, number = _FEW_NAMES, 0
    for number, one in enumerate(kin):
        room -= min(len(one.facts), _FEW + 1)
        if number and room < 0:
            return number if sum(len(rest.facts) for rest in kin[number:]) > 1 else len(kin)
    return len(kin)


def _start(site: Site, thing: Thing, fact: Fact) -> tuple[str, tuple[object, ...]]:
    node = f"{thing.iri}#{fact.id}"
    return site.text(node, TP + "earliest") or site.text(node, TP + "start") or "9999", natural(fact.id)


def _steps(
    site: Site, teller: Teller, thing: Thing, stages: tuple[Fact, ...], periods: tuple[Fact, ...]
) -> Iterator[Step]:
    """The stages, with each period that bears the words of one, and the tools that their words or passages name."""
    words = [(fact, _said(site, f"{thing.iri}#{fact.id}", SKOS + "prefLabel")) for fact in periods]
    uses = site.links(thing.iri, TP + "toolUse")
    for stage in stages:
        node = f"{thing.iri}#{stage.id}"
        said = _said(site, node, TP + "text")
        dates = tuple(_dated(teller, date) for date, label in words if said & label)
        passages = said | _said(site, node, TP + "anchor")
        tools = {
            tool: None
            for use in uses
            for tool in site.links(use, TP + "tool")
            if _names(passages, _said(site, use, TP + "printed") | _said(site, tool, SKOS + "prefLabel"))
        }
        yield Step(stage, dates, tuple(teller.link(tool) for tool in tools))


def _dated(teller: Teller, period: Fact) -> Fact:
    """A period beside the step whose words it bears: its dates, the rest folded."""
    kinds = ((teller.term(TP + "periodKind", teller.ranks.get(TP + "periodKind")), period.tags),) if period.tags else ()
    return replace(
        period, head=(), tags=(), details=(*kinds, *period.details), figure=period.figure.rstrip(" :\u202f\xa0")
    )


def _said(site: Site, node: str, predicate: str) -> set[str]:
    """The texts of a node, as they are compared."""
    return {" ".join(value.value.casefold().replace("’", "'").split()) for value in site.values(node, predicate)}


def _names(passages: set[str], names: set[str]) -> bool:
    """Whether one of `passages` has one of `names` in it, as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) for name in names if name for text in passages)
