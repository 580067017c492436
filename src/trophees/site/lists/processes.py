"""The list of laureates and cases: who, where, how large, on what, with what, at what price, how long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, IGEO, SKOS, TP
from trophees.site.collation import natural, sort_key
from trophees.site.concepts import broader
from trophees.site.drawing import france
from trophees.site.l10n import Words
from trophees.site.laureate_list import STATUSES, Card, by_year, cards
from trophees.site.lists.listing import ALL, Axis, Item, Listing, Value
from trophees.site.model import Site, last
from trophees.site.statements import Name

SIZES = (2_000, 10_000, 50_000, 100_000)  # inhabitants of a commune, from which on it is of the next size
LENGTHS = (6, 12, 24, 60)  # months of a process, likewise
# what an amount in euros measures, the closest first, if it is the process's own; and if it is what a project may cost
MONEY, CAP = ("process-budget", "tool-cost", "envelope"), "project-cap"
_OPEN = "open"  # a duration without a known end
_PART = "part"  # a duration of something else than the whole process
_OR_MORE = {BASE + "qualifier/more-than", BASE + "qualifier/at-least"}
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")


def processes(site: Site, words: Words, path: str) -> Listing:
    """All laureates and cases, told for the page `path` in the order of its cards."""
    key = f"list-processes-{words.lang}"
    if key not in site.cache:
        site.cache[key] = _read(site, words, path)
    found: Listing = site.cache[key]
    return found


def _read(site: Site, words: Words, path: str) -> Listing:
    shown = [*cards(site, words.lang, path), *cards(site, words.lang, path, site.cases)]
    drawing = france.read(site.inputs.reference) if france.FILE in site.inputs.reference else None
    items = tuple(_item(site, words, card, drawing) for card in shown)
    return Listing("laureates", Folder.LAUREATES, tuple(_axes(site, words, items)), items)


# items


def _item(site: Site, words: Words, card: Card, drawing: france.Outline | None) -> Item:
    iri = card.iri
    thing = site.thing(iri)
    assert thing is not None
    sizes = [size for commune in communes(site, iri) if (size := population(site, commune)) is not None]
    amounts = tuple(_amounts(site, iri, words.lang))
    months = [length for length in _lengths(site, iri) if length]
    departements = [site.text(d, IGEO + "codeINSEE") for d in site.links(iri, TP + "inDepartement")]
    year = site.text(site.edition(iri), TP + "year")
    members = {
        "among": (thing.kind,),
        "edition": [last(edition) for edition in site.links(iri, TP + "edition")],
        "stars": _distinctions(site, card),
        "region": [last(region) for region in site.links(iri, TP + "inRegion")],
        "departement": [last(departement) for departement in site.links(iri, TP + "inDepartement")],
        "size": sorted({_band(size, SIZES) for size in sizes}, key=natural),
        "kind": list(card.keys["kind"]) if card.kinds else [],
        "audience": [last(audience) for audience in site.links(iri, TP + "isFor")],
        "budget": list(dict.fromkeys(kind for kind, *_ in amounts)),
        "duration": _durations(site, iri),
        "results": ["yes"] if site.links(iri, TP + "outcome") else [],
        "source": [last(source) for source in _sources(site, iri)],
    }
    qualified = {
        "tool": _told(site, iri, "toolUse", "tool", lambda use: _code(site, use, "status")),
        "theme": _told(site, iri, "topic", "theme", lambda topic: _main(site, topic)),
    }
    standing = site.text(iri, TP + "standing", words.lang)
    return Item(
        key=f"{'case/' if thing.kind == 'case' else ''}{thing.path.partition('/')[2]}",
        iri=iri,
        folder=thing.folder,
        name=card.name,
        members={name: tuple((value, "") for value in values) for name, values in members.items()} | qualified,
        numbers={
            "edition": float(year) if year.isdecimal() else None,
            "population": max(sizes, default=None),
            "budget": max((number for _, number, *_ in amounts), default=None),
            "duration": max(months, default=None),
        },
        lines={
            "carriers": card.carriers,
            "places": card.places,
            "awards": card.awards or (() if thing.kind == "laureate" else _names(standing, words)),
        },
        amounts=amounts,
        areas=tuple(sorted(departements)),
        points=tuple(_points(site, iri, drawing)) if drawing else (),
        text=" ".join(filter(None, (site.text(iri, TP + "title"), site.text(iri, TP + "summary", words.lang)))),
    )


def _distinctions(site: Site, card: Card) -> list[str]:
    """The number of stars, if there are any, and what else it was given; 0 stars alone where that is nothing."""
    stars = [str(card.stars)] if card.stars else []
    others = [last(d) for d in site.links(card.iri, TP + "distinction") if not d.endswith("-star")]
    return [*stars, *others] or ["0"]


def _names(standing: str, words: Words) -> tuple[Name, ...]:
    return (Name(words.sentence(standing), words.lang),) if standing else ()


def _told(site: Site, iri: str, by: str, what: str, how: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """The values that facts of `iri` give, each with how: once for each way."""
    found = {
        (last(value), how(fact)): None for fact in site.links(iri, TP + by) for value in site.links(fact, TP + what)
    }
    return tuple(found)


def _code(site: Site, fact: str, name: str) -> str:
    return next((last(code) for code in site.links(fact, TP + name)), "")


def _main(site: Site, topic: str) -> str:
    return "main" if site.text(topic, TP + "main") in ("true", "1") else "other"


def _sources(site: Site, iri: str) -> list[str]:
    """The sources that tell of a process: the one that its record follows, then those of further accounts."""
    accounts = [
        source for account in site.links(iri, TP + "account") for source in site.links(account, TP + "accordingTo")
    ]
    return list(dict.fromkeys([*site.links(iri, TP + "accordingTo"), *accounts]))


def communes(site: Site, iri: str) -> list[str]:
    """The communes that a process is of: those that carry it, else those that it covers."""
    homes = [
        home
        for carrier in site.links(iri, TP + "carriedBy")
        if BASE + "organisation-kind/commune" in site.links(carrier, TP + "organisationKind")
        for home in site.links(carrier, TP + "homeTerritory")
    ]
    found = homes or site.links(iri, TP + "covers")
    return [place for place in dict.fromkeys(found) if IGEO + "Commune" in site.types(place)]


def population(site: Site, commune: str) -> int | None:
    """The newest municipal population of a commune, None if none is known."""
    counts = [
        (site.text(count, TP + "populationYear"), int(site.text(count, TP + "inhabitants")))
        for count in site.links(commune, TP + "population")
        if BASE + "population-kind/municipale" in site.links(count, TP + "populationKind")
    ]
    return max(counts)[1] if counts else None


def _band(number: float, bounds: Iterable[int]) -> str:
    """The key of the interval of `bounds` in which `number` lies: its lower bound."""
    return str(max((bound for bound in bounds if number >= bound), default=0))


def _amounts(site: Site, iri: str, lang: Language) -> Iterator[tuple[str, float, bool, str]]:
    for fact in site.links(iri, TP + "indicator"):
        kind = _code(site, fact, "indicatorKind")
        if site.text(fact, TP + "unit") == "EUR" and kind in MONEY:
            more = not _OR_MORE.isdisjoint(site.links(fact, TP + "qualifier"))
            yield kind, float(site.text(fact, TP + "value")), more, site.text(fact, TP + "counted", lang)


def _lengths(site: Site, iri: str) -> list[int]:
    """The months of each dated period of the whole process, a year or a month counted whole; 0 without an end."""
    found = []
    for period in site.links(iri, TP + "period"):
        start, end = (_MONTH.match(site.text(period, TP + name)) for name in ("start", "end"))
        if _code(site, period, "periodKind") == "process" and start:
            first = int(start[1]) * 12 + _month(start[2], 1)
            found.append(int(end[1]) * 12 + _month(end[2], 12) - first + 1 if end else 0)
    return found


def _month(text: str | None, missing: int) -> int:
    """A month of EDTF; a season (21 to 24) begins and ends where a year does."""
    return int(text) if text and int(text) <= 12 else missing


def _durations(site: Site, iri: str) -> list[str]:
    found = {_band(length, LENGTHS) if length else _OPEN for length in _lengths(site, iri)}
    measured = any(_code(site, fact, "indicatorKind") == "duration" for fact in site.links(iri, TP + "indicator"))
    return [*sorted(found, key=natural)] or ([_PART] if measured else [])


def _points(site: Site, iri: str, drawing: france.Outline) -> Iterator[tuple[int, int]]:
    for commune in communes(site, iri):
        for above in site.links(commune, TP + "departement"):
            code, departement = site.text(commune, IGEO + "codeINSEE"), site.text(above, IGEO + "codeINSEE")
            yield from ((x, y) for _, x, y in drawing.places(code, departement))


# axes


def _axes(site: Site, words: Words, items: tuple[Item, ...]) -> Iterator[Axis]:
    def axis(name: str, values: Iterable[Value], **more: Any) -> Axis:
        facet = name != "tool" and words.has(f"list.facet.{name}")  # of tools, not of their families alone
        title = words(f"list.facet.{name}" if facet else f"lists.axis.{name}")
        return Axis(name, title, tuple(values), none=words(f"lists.none.{name}"), **more)

    def named(name: str, prefix: str) -> list[Value]:
        keys = {value for item in items for value, _ in item.members[name]}
        return by_name(Value(key, words.sentence(site.apart(BASE + prefix + key, words.lang, True))) for key in keys)

    def tree(name: str, prefix: str) -> list[Value]:
        return concepts(site, words, prefix, {value for item in items for value, _ in item.members[name]})

    def bands(name: str, bounds: tuple[int, ...]) -> list[Value]:
        made = [Value("0", words(f"lists.{name}.first", n=words.number(bounds[0])))]
        for low, high in pairwise(bounds):
            made.append(Value(str(low), words(f"lists.{name}.from", n=words.number(low), m=words.number(high))))
        return [*made, Value(str(bounds[-1]), words(f"lists.{name}.last", n=words.number(bounds[-1])))]

    counted = {name: {value for item in items for value, _ in item.members[name]} for name in ("stars", "duration")}
    yield axis(
        "among", [Value(k, words(f"lists.among.{k}")) for k in ("laureate", "case")], given="laureate", switch=True
    )
    yield axis("edition", editions(site, words, items))
    stars = [Value(str(n), words.count("list.stars", n)) for n in (4, 3, 2, 1) if str(n) in counted["stars"]]
    awards = by_name(
        Value(key, words.sentence(site.label(f"{BASE}distinction/{key}", words.lang)))
        for key in counted["stars"]
        if not key.isdecimal()
    )
    none = [Value("0", words("lists.no_distinction"))] if "0" in counted["stars"] else []
    yield axis("stars", [*stars, *awards, *none])
    yield axis("region", named("region", "territory/region/"))
    yield axis(
        "departement",
        by_name(
            Value(v.key, f"{site.label(f'{BASE}territory/departement/{v.key}', words.lang)} ({v.key})")
            for v in named("departement", "territory/departement/")
        ),
    )
    yield axis("size", bands("size", SIZES))
    yield axis("kind", tree("kind", "organisation-kind/"))
    yield axis(
        "theme",
        tree("theme", "theme/"),
        qualifier="main",
        qualified=words("lists.main"),
        qualifiers=tuple(Value(key, words(f"lists.main_{key}")) for key in ("main", "other")),
        given=ALL,
    )
    statuses = [key for key in STATUSES if site.about(f"{BASE}status/{key}")]
    yield axis(
        "tool",
        tree("tool", "tool/"),
        qualifier="status",
        qualified=words("lists.status"),
        qualifiers=tuple(Value(key, site.label(f"{BASE}status/{key}", words.lang)) for key in statuses),
        given="used",
    )
    yield axis("audience", tree("audience", "audience/"))
    yield axis(
        "budget", [Value(key, words.sentence(site.label(f"{BASE}indicator-kind/{key}", words.lang))) for key in MONEY]
    )
    lengths = [*bands("duration", LENGTHS), *(Value(key, words(f"lists.duration.{key}")) for key in (_OPEN, _PART))]
    yield axis("duration", lengths)
    yield axis("results", [Value("yes", words("lists.results"))])
    yield axis("source", named("source", "source/"))


def concepts(site: Site, words: Words, prefix: str, keys: Iterable[str]) -> list[Value]:
    """The concepts of `keys` and all that is broader, by name."""
    found = broader(site, (f"{BASE}{prefix}{key}" for key in keys))
    return by_name(
        Value(
            last(iri), words.sentence(site.label(iri, words.lang)), tuple(map(last, site.links(iri, SKOS + "broader")))
        )
        for iri in found
    )


def editions(site: Site, words: Words, items: Iterable[Item]) -> list[Value]:
    """The editions of `items` by their years, the newest first."""
    keys = {value for item in items for value, _ in item.members["edition"]}
    made = [Value(key, by_year(site, f"{BASE}edition/{key}", words.lang)) for key in keys]
    return sorted(made, key=lambda value: value.key, reverse=True)


def by_name(values: Iterable[Value]) -> list[Value]:
    """`values` in alphabetical order."""
    return sorted(values, key=lambda value: (sort_key(value.label), value.key))
