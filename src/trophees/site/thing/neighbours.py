"""Which things are worth a visit from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from heapq import nsmallest

from trophees.base.namespaces import IGEO, TP
from trophees.site.collation import sort_key
from trophees.site.concepts import narrower
from trophees.site.model import Site, Thing
from trophees.site.thing.facts import Link, Teller
from trophees.site.thing.references import ranking

_OF_LAUREATES = {TP + name for name in ("inDepartement", "usesTool", "addresses")}  # no case is a neighbour
_BUDGET = 400  # candidates looked at for the neighbours of one thing, those of the rarest links first
_MOST, _BESIDE = 6, 4  # of a group; beside a process, which has several groups
_NAMED = 3  # of what two have in common
Remark = Callable[[str, int], str]  # what is said of a neighbour that counts so much


@dataclass(frozen=True)
class Neighbours:
    """Things worth a visit, with what they share."""

    label: str
    items: list[tuple[Link, str]]


def neighbours(site: Site, teller: Teller, thing: Thing) -> Iterator[Neighbours]:
    """Laureates of the same département and with the most tools or themes in common; tools and themes that often go
    together, but for the narrower ones; départements of the same region.
    """

    def counted(key: str) -> Remark:
        return lambda _, number: teller.words.count(key, number)

    if thing.kind in ("laureate", "case"):
        near = _sharing(site, thing.iri, TP + "inDepartement")
        yield from _shown(teller, "near.place", near, most=_BESIDE)
        for title, predicate in (("near.tools", TP + "usesTool"), ("near.themes", TP + "addresses")):
            named = partial(_in_common, teller, thing.iri, predicate)
            yield from _shown(teller, title, _sharing(site, thing.iri, predicate), named, _BESIDE)
    elif thing.kind == "commune":
        here = set(site.laureates_with(TP + "covers", thing.iri))
        near = _sharing(site, thing.iri, IGEO + "subdivisionDe", TP + "inDepartement")
        yield from _shown(teller, "near.laureates_here", Counter({s: n for s, n in near.items() if s not in here}))
    elif thing.kind == "departement":
        others = _sharing(site, thing.iri, IGEO + "subdivisionDe")
        with_laureates = {s: len(site.laureates_with(TP + "inDepartement", s)) for s in others}
        yield from _shown(teller, "near.region", +Counter(with_laureates), counted("near.counted"))
    elif thing.kind == "tool":
        together = _together(site, thing.iri, TP + "usesTool")
        yield from _shown(teller, "near.together", together, counted("near.laureates"))
    elif thing.kind == "theme":
        together = _together(site, thing.iri, TP + "addresses")
        yield from _shown(teller, "near.themes_together", together, counted("near.laureates"))


def _sharing(site: Site, iri: str, predicate: str, theirs: str = "") -> Counter[str]:
    """How many values of `predicate` other things have in common with `iri`, as values of `theirs` or of the same; of
    very many others, the first.
    """
    found: Counter[str] = Counter()
    left = _BUDGET
    seek = site.laureates_with if (theirs or predicate) in _OF_LAUREATES else site.subjects
    alike = (seek(theirs or predicate, value) for value in site.links(iri, predicate))
    for subjects in sorted(alike, key=len):
        found.update(subjects[:left])
        left -= len(subjects[:left])
    del found[iri]
    return found


def _together(site: Site, iri: str, predicate: str) -> Counter[str]:
    """How many laureates have both `iri`, or a narrower concept, and another value of `predicate`."""
    family = [iri, *narrower(site, iri)]
    found: Counter[str] = Counter()
    for subject in dict.fromkeys(subject for concept in family for subject in site.laureates_with(predicate, concept)):
        found.update(site.links(subject, predicate))
    for concept in family:
        del found[concept]
    return found


def _in_common(teller: Teller, iri: str, predicate: str, other: str, _: int) -> str:
    """The values of `predicate` that two things share, those that the fewest laureates have first; of many, so many."""
    site, words = teller.site, teller.words
    shared = set(site.links(iri, predicate)).intersection(site.links(other, predicate))
    names = {value: site.label(value, teller.lang) for value in shared}
    rarest = sorted(shared, key=lambda value: (len(site.laureates_with(predicate, value)), sort_key(names[value])))
    told = [names[value] for value in rarest[:_NAMED]]
    more = len(shared) - len(told)
    return f"{', '.join(told)} {words.count('near.more', more)}" if more else words.listed(told)


def _shown(
    teller: Teller, title: str, counts: Counter[str], remark: Remark = lambda _, __: "", most: int = _MOST
) -> Iterator[Neighbours]:
    rank = ranking(teller.site, teller.lang)
    best = nsmallest(most, counts.items(), key=lambda item: (-item[1], rank.get(item[0], len(rank))))
    items = [
        (
            replace(teller.link(iri), text=teller.site.apart(iri, teller.lang, kind_told=True)),
            remark(iri, number),
        )
        for iri, number in best
    ]
    if items:
        yield Neighbours(teller.words(title), items)
