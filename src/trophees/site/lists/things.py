"""The lists of organisations, territories and tools, told by the same means as that of laureates."""

from __future__ import annotations

from collections.abc import Iterable

from trophees.base.addresses import Folder
from trophees.base.namespaces import BASE, IGEO, SKOS, TP
from trophees.site.collation import sort_key
from trophees.site.concepts import narrower
from trophees.site.l10n import Words
from trophees.site.laureate_list import STATUSES
from trophees.site.lists.listing import Axis, Item, Listing, Value
from trophees.site.lists.processes import by_name, concepts, editions, population
from trophees.site.model import Site, Thing, last
from trophees.site.statements import Name

_MANY = (1, 2, 5)  # laureates, from which on there are more
_TERRITORIES = ("region", "departement", "arrondissement", "epci", "commune", "place")


def organisations(site: Site, words: Words) -> Listing:
    """All organisations, by name: of what kind, where, in how many laureates and in what role."""
    items = []
    for thing in site.things("organisation"):
        iri = thing.iri
        homes = site.links(iri, TP + "homeTerritory")
        parts = site.subjects(TP + "organisation", iri)
        found = {part.partition("#")[0]: None for part in parts}
        laureates = [document for document in found if document in _laureates(site)]
        roles = {last(role) for part in parts for role in site.links(part, TP + "role")}
        items.append(
            _item(
                site,
                words,
                thing,
                laureates,
                {
                    "kind": [last(kind) for kind in site.links(iri, TP + "organisationKind")],
                    "role": sorted(roles),
                    "region": list(dict.fromkeys(r for home in homes for r in _regions(site, home))),
                },
                {"place": tuple(site.name(home, words.lang) for home in homes)},
                site.text(iri, TP + "siren"),
            )
        )
    axes = (
        _tree(site, words, items, "kind", "organisation-kind/"),
        _named(site, words, items, "role", "role/"),
        _named(site, words, items, "region", "territory/region/"),
        *_of_laureates(site, words, items),
    )
    return Listing("organisations", Folder.ORGANISATIONS, axes, _sorted(items))


def territories(site: Site, words: Words) -> Listing:
    """All territories that the graph describes, by name: of what kind, where, with how many laureates."""
    items = []
    for thing in (thing for kind in _TERRITORIES for thing in site.things(kind)):
        iri = thing.iri
        covering = [laureate for laureate in site.subjects(TP + "covers", iri) if laureate in _laureates(site)]
        tied = {s for p in ("covers", "inDepartement", "inRegion") for s in site.subjects(TP + p, iri)}
        size = population(site, iri) if thing.kind == "commune" else None
        items.append(
            _item(
                site,
                words,
                thing,
                [laureate for laureate in _laureates(site) if laureate in tied],
                {
                    "kind": [thing.kind],
                    "region": list(dict.fromkeys(_regions(site, iri))),
                    "covered": ["yes"] if covering else [],
                },
                {"code": _plain(site.text(iri, IGEO + "codeINSEE"))},
                site.text(iri, IGEO + "codeINSEE"),
                {"population": size},
            )
        )
    kinds = {value for item in items for value, _ in item.members["kind"]}
    axes = (
        Axis(
            "kind",
            words("lists.axis.territory_kind"),
            tuple(Value(kind, words.kind(kind)) for kind in _TERRITORIES if kind in kinds),
        ),
        _named(site, words, items, "region", "territory/region/"),
        Axis(
            "covered",
            words("lists.axis.covered"),
            (Value("yes", words("lists.covered")),),
            none=words("lists.none.covered"),
        ),
        *_of_laureates(site, words, items),
    )
    return Listing("territories", Folder.TERRITORIES, axes, _sorted(items))


def tools(site: Site, words: Words) -> Listing:
    """All tools, by name: of what family, and with what status laureates have them or a more precise one."""
    items, known = [], _laureates(site)
    for thing in site.things("tool"):
        uses = [
            (document, last(status), concept)
            for concept in (thing.iri, *narrower(site, thing.iri))
            for use in site.subjects(TP + "tool", concept)
            if TP + "ToolUse" in site.types(use) and (document := use.partition("#")[0]) in known
            for status in site.links(use, TP + "status")
        ]
        having = {status: {document for document, s, _ in uses if s == status} for status in STATUSES}
        direct = {status for _, status, concept in uses if concept == thing.iri}
        items.append(
            _item(
                site,
                words,
                thing,
                [laureate for laureate in known if laureate in having["used"]],
                {
                    "family": [last(thing.iri)],
                    "status": [status for status in STATUSES if status in direct],
                },
                {"family": tuple(site.name(above, words.lang) for above in site.links(thing.iri, SKOS + "broader"))},
                site.text(thing.iri, SKOS + "definition", words.lang),
                {status: float(len(found)) for status, found in having.items() if status != "used"},
            )
        )
    statuses = {value for item in items for value, _ in item.members["status"]}
    axes = (
        Axis("family", words("list.facet.tool"), tuple(concepts(site, words, "tool/", [i.key for i in items]))),
        Axis(
            "status",
            words("lists.axis.status"),
            tuple(
                Value(key, words.sentence(site.label(f"{BASE}status/{key}", words.lang)))
                for key in STATUSES
                if key in statuses
            ),
            none=words("lists.none.status"),
        ),
        *_of_laureates(site, words, items),
    )
    return Listing("tools", Folder.TOOLS, axes, _sorted(items))


def _item(
    site: Site,
    words: Words,
    thing: Thing,
    laureates: list[str],
    members: dict[str, list[str]],
    lines: dict[str, tuple[Name, ...]],
    text: str,
    numbers: dict[str, float | None] | None = None,
) -> Item:
    editions = {last(site.edition(laureate)) for laureate in laureates}
    count = len(laureates)
    members |= {"laureates": [str(max((low for low in _MANY if count >= low), default=0))], "edition": sorted(editions)}
    name = site.name(thing.iri, words.lang)
    alternatives = " ".join(thing.alt_labels)
    return Item(
        key=last(thing.iri) if thing.kind in ("tool", "organisation") else thing.path.removeprefix("territory/"),
        iri=thing.iri,
        folder=thing.folder,
        name=name,
        members={axis: tuple((value, "") for value in values) for axis, values in members.items()},
        numbers={"laureates": float(count), **(numbers or {})},
        lines={line: found for line, found in lines.items() if found},
        text=f"{alternatives} {text}".strip(),
    )


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (sort_key(item.name.text), item.key)))


def _laureates(site: Site) -> dict[str, None]:
    """The laureates, in their order."""
    if "laureates" not in site.cache:
        site.cache["laureates"] = {thing.iri: None for thing in site.laureates}
    found: dict[str, None] = site.cache["laureates"]
    return found


def _regions(site: Site, territory: str) -> list[str]:
    """The régions that a territory is or lies in."""
    if territory.startswith(f"{BASE}territory/region/"):
        return [last(territory)]
    above = [*site.links(territory, TP + "region"), *site.links(territory, IGEO + "subdivisionDe")]
    above += [up for within in site.links(territory, TP + "placedIn") for up in site.links(within, TP + "region")]
    return [last(iri) for iri in above if iri.startswith(f"{BASE}territory/region/")]


def _plain(text: str) -> tuple[Name, ...]:
    return (Name(text, ""),) if text else ()


def _named(site: Site, words: Words, items: Iterable[Item], name: str, prefix: str) -> Axis:
    keys = {value for item in items for value, _ in item.members[name]}
    values = by_name(Value(key, words.sentence(site.label(BASE + prefix + key, words.lang))) for key in keys)
    return Axis(name, _title(words, name), tuple(values), none=words(f"lists.none.{name}"))


def _tree(site: Site, words: Words, items: Iterable[Item], name: str, prefix: str) -> Axis:
    keys = {value for item in items for value, _ in item.members[name]}
    return Axis(
        name, words("lists.axis.kind"), tuple(concepts(site, words, prefix, keys)), none=words(f"lists.none.{name}")
    )


def _title(words: Words, name: str) -> str:
    return words(f"list.facet.{name}") if words.has(f"list.facet.{name}") else words(f"lists.axis.{name}")


def _of_laureates(site: Site, words: Words, items: Iterable[Item]) -> tuple[Axis, Axis]:
    """In how many laureates, and of which editions."""
    bands = [Value("0", words("lists.laureates.none")), Value("1", words("lists.laureates.one"))]
    bands += [
        Value("2", words("lists.laureates.from", n=_MANY[1], m=_MANY[2] - 1)),
        Value("5", words("lists.laureates.last", n=_MANY[2])),
    ]
    newest = tuple(editions(site, words, items))
    return (
        Axis("laureates", words("lists.axis.laureates"), tuple(bands)),
        Axis("edition", _title(words, "edition"), newest, none=words("lists.none.of_edition")),
    )
