"""What the page of a thing shows: groups in the order of the shapes, then the rest by the ontology's labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode

from trophees.base.namespaces import BASE, DCTERMS, IGEO, RDFS, SHACL, SKOS, TP
from trophees.site.collation import natural, sort_key
from trophees.site.model import Site, Thing
from trophees.site.statements import TYPE, Name
from trophees.site.thing.facts import LEDES, SELECTOR, Details, Fact, Link, Teller
from trophees.site.thing.ranks import Rank

# what the page says elsewhere, or what its data files are enough for
_HIDDEN = {
    TYPE, SKOS + "prefLabel", RDFS + "label", RDFS + "isDefinedBy", DCTERMS + "title", TP + "stars", TP + "about",
    SKOS + "topConceptOf", SKOS + "hasTopConcept", IGEO + "nom", IGEO + "nomSansArticle", IGEO + "codeArticle",
    TP + "distinction", TP + "departement", TP + "region", TP + "holds", TP + "printedDepartementCode", *LEDES,
}  # fmt: skip
_RULES = BASE + "graph/rules"


@dataclass
class Property:
    """One property: plain `links`, or `facts` with their evidence; `ordered` if they stand in a printed order.

    `common` is what is true of every fact, where they say nothing else than what they are about. `predicate` is empty
    for facts that no property leads to.
    """

    label: str
    links: tuple[Link, ...] = ()
    facts: tuple[Fact, ...] = ()
    ordered: bool = False
    source: Link | None = None
    common: Details = ()
    predicate: str = ""


@dataclass
class Group:
    """A section of the page; `id` is its anchor."""

    id: str
    label: str
    properties: list[Property] = field(default_factory=list)


@dataclass(frozen=True)
class View:
    """A thing, told in one language for the page at `path`."""

    thing: Thing
    path: str
    title: Name
    lede: Name | None
    kind: Link
    stars: int
    groups: list[Group]


def view(site: Site, teller: Teller, thing: Thing) -> View:
    """What the page of `thing` says of it, in the language of `teller`."""
    lede = next((found for p in LEDES if (found := _spoken(teller, thing.iri, p))), None)
    stars = site.text(thing.iri, TP + "stars")
    return View(
        thing=thing,
        path=teller.path,
        title=site.name(thing.iri, teller.lang),
        lede=lede,
        kind=kind(teller, thing),
        stars=int(stars) if stars.isdecimal() else 0,
        groups=list(_groups(site, teller, thing)),
    )


def _spoken(teller: Teller, iri: str, predicate: str) -> Name | None:
    found = [v for v in teller.values(iri, predicate) if v.text]
    return Name(found[0].text, found[0].lang) if found else None


def kind(teller: Teller, thing: Thing) -> Link:
    """What sort of thing it is, in a word, leading to the class or the vocabulary that says so."""
    site = teller.site
    schemes = site.links(thing.iri, SKOS + "inScheme")
    own = [t for t in site.types(thing.iri) if t.startswith(TP)]
    target = teller.link(schemes[0]) if schemes else teller.link(own[0]) if own else Link("")
    key = f"kind.{thing.kind}.one"
    return Link(teller.words(key) if teller.words.has(key) else target.text, target.href)


def _groups(site: Site, teller: Teller, thing: Thing) -> Iterator[Group]:
    groups: dict[str, Group] = {}
    linked: set[str] = set()
    told = {v for part in site.parts(thing.iri)[1:] for vs in site.about(part).values() for v in vs}
    sources = _sources(site, thing.iri)
    for predicate in sorted(site.about(thing.iri), key=lambda p: _place(site, teller, p)):
        nodes = [n for n in site.links(thing.iri, predicate) if n.startswith(thing.iri + "#")]
        linked.update(nodes)
        if predicate in _HIDDEN:
            continue
        rank = teller.ranks.get(predicate)
        facts = tuple(teller.fact(node, thing.iri) for node in _ordered(site, nodes))
        shown = Property(teller.term(predicate, rank), facts=facts, predicate=predicate)
        if nodes:
            shown.ordered = _numbered(site, nodes)
        else:
            derived = sources.get(predicate) == {_RULES}
            values = site.links(thing.iri, predicate)
            if derived and values and told.issuperset(NamedNode(v) for v in values):
                continue  # a shortcut to what the facts already say
            shown.links = tuple(v for v in _plain(teller, thing.iri, predicate) if v.text)
            shown.source = _source(teller, thing, sources.get(predicate, set()))
            if not shown.links:
                continue
        _group(groups, teller, rank, "more" if nodes else "identity").properties.append(shown)
    linked.update(selector for node in list(linked) for selector in site.links(node, SELECTOR))
    apart = [n for n in site.parts(thing.iri)[1:] if n not in linked and n not in site.ended]
    if gone := tuple(_gone(teller, node) for node in site.parts(thing.iri)[1:] if node in site.ended):
        _group(groups, teller, None, "more").properties.append(Property(teller.words("thing.withdrawn"), facts=gone))
    for label, nodes in _by_class(teller, apart).items():
        told_apart = [teller.fact(n, thing.iri) for n in nodes]
        _group(groups, teller, None, "more").properties.extend(_by_details(label, told_apart))
    yield from groups.values()


def _gone(teller: Teller, node: str) -> Fact:
    """A fact that is withdrawn: its name, what stands in its place, and the reason."""
    withdrawal, name = teller.site.ended[node], node.partition("#")[2]
    details: Details = ()
    if withdrawal.successor:
        details = ((teller.words("withdrawn.successor"), (teller.link(withdrawal.successor),)),)
    return Fact(name, "", (Link(name),), (), details, None, Name(withdrawal.reason[teller.lang], teller.lang))


def _plain(teller: Teller, iri: str, predicate: str) -> tuple[Link, ...]:
    """The values of a plain property, things by a name of their own: a property tells what its values are, but that a
    territory may be of several kinds.
    """
    site, apart = teller.site, {}
    for value in site.links(iri, predicate):
        link = teller.link(value)
        apart[link] = replace(link, text=site.apart(value, teller.lang, TP + "Territory" not in site.types(value)))
    return tuple(apart.get(link, link) for link in teller.values(iri, predicate))


def _by_details(label: str, facts: list[Fact]) -> Iterator[Property]:
    """Facts that share all their details, together: the communes of an EPCI at the same dates."""
    found: dict[Details, list[Fact]] = {}
    for fact in sorted(facts, key=lambda f: sort_key(" ".join(link.text for link in f.head))):
        found.setdefault(fact.details, []).append(fact)
    for details, alike in sorted(found.items(), key=lambda item: (-len(item[1]), str(item[0]))):
        yield Property(label, facts=tuple(replace(fact, details=()) for fact in alike), common=details)


def _place(site: Site, teller: Teller, predicate: str) -> tuple[bool, int, int, str, str]:
    rank = teller.ranks.get(predicate)
    if rank and rank.group:
        order = site.text(rank.group, SHACL + "order")
        return False, int(order) if order.isdecimal() else 0, rank.order, "", predicate
    return True, 0, 0, teller.term(predicate, rank).casefold(), predicate


def _group(groups: dict[str, Group], teller: Teller, rank: Rank | None, default: str) -> Group:
    """The group that the shapes name, else the `default` one."""
    iri = rank.group if rank else ""
    name = iri.rpartition("#")[2].removeprefix("group-") or default
    if name not in groups:
        label = teller.site.label(iri, teller.lang) if iri else teller.words(f"thing.{name}")
        groups[name] = Group(f"group-{name}", label)
    return groups[name]


def _ordered(site: Site, nodes: list[str]) -> list[str]:
    """By printed position where every node has its own, else in the order of the record."""
    positions = [site.text(n, TP + "position") for n in nodes]
    if all(positions) and len(set(positions)) == len(nodes):
        return sorted(nodes, key=lambda n: natural(site.text(n, TP + "position")))
    return nodes


def _numbered(site: Site, nodes: list[str]) -> bool:
    positions = sorted(natural(site.text(n, TP + "position")) for n in nodes)
    return positions == sorted(natural(str(i)) for i in range(1, len(nodes) + 1)) and len(nodes) > 1


def _by_class(teller: Teller, nodes: list[str]) -> dict[str, list[str]]:
    """Parts that no property of the thing leads to, by what they are."""
    found: dict[str, list[str]] = {}
    for node in nodes:
        classes = [t for t in teller.site.types(node) if t.startswith(TP) and t != TP + "Fact"]
        key = "parts." + (classes[0].removeprefix(TP) if classes else "")
        name = teller.words(key) if teller.words.has(key) else teller.link(classes[0]).text if classes else ""
        found.setdefault(teller.words.sentence(name or teller.words("thing.more")), []).append(node)
    return found


def _sources(site: Site, iri: str) -> dict[str, set[str]]:
    """The named graphs that hold each property of `iri`."""
    found: dict[str, set[str]] = {}
    for quad in site.store.quads_for_pattern(NamedNode(iri), None, None, None):
        if isinstance(quad.graph_name, NamedNode) and not (isinstance(quad.object, Literal) and not quad.object.value):
            found.setdefault(quad.predicate.value, set()).add(quad.graph_name.value)
    return found


def _source(teller: Teller, thing: Thing, graphs: set[str]) -> Link | None:
    """Whose word a plain property is, where a page mixes several."""
    if thing.kind not in ("laureate", "case", "organisation", "person", "edition") or len(graphs) != 1:
        return None
    graph = next(iter(graphs))
    key = "source." + graph.removeprefix(BASE + "graph/").partition("/")[0]
    if not teller.words.has(key):
        return None
    return Link(teller.words(key), teller.site.href(graph, teller.lang, teller.path))
