"""A page in each language, and data files, for every thing that the graph describes but the terms of the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import NamedNode

from trophees.base.addresses import Folder
from trophees.base.namespaces import BASE, IGEO, SKOS, TP
from trophees.site import data_files, written
from trophees.site.collation import sort_key
from trophees.site.covered import smallest
from trophees.site.drawing import social_card as cards
from trophees.site.drawing.around import picture
from trophees.site.drawing.where import where
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.links import playground_link
from trophees.site.lists.counted import completeness, counts
from trophees.site.model import Site, Thing
from trophees.site.render import DEFAULT_CARD, Crumb, Page, place
from trophees.site.thing import beside, citing
from trophees.site.thing.facts import Link, Teller
from trophees.site.thing.key_facts import key_facts
from trophees.site.thing.neighbours import neighbours
from trophees.site.thing.process import told
from trophees.site.thing.references import References, references
from trophees.site.thing.schema_org import describe
from trophees.site.thing.told_by import sources
from trophees.site.thing.tree import tree as tree_of
from trophees.site.thing.view import View, view

_DESCRIPTION = 300  # characters of a page's description
_PLACES = 4  # named under the small map
_SECTIONS = {
    "laureate": "laureates",
    "case": "laureates",
    "edition": "laureates",
    "vocabulary": "vocabularies",
    "graph": "data",
    "dataset": "data",
    **dict.fromkeys(("commune", "arrondissement", "epci", "departement", "region", "place"), "map"),
}
_EVERYTHING = """PREFIX tp: <{tp}>

SELECT ?graph ?node ?property ?value WHERE {{
  VALUES ?thing {{ <{iri}> }}
  {{ GRAPH ?graph {{ ?thing ?property ?value }} BIND(?thing AS ?node) }}
  UNION
  {{ ?node tp:about ?thing . GRAPH ?graph {{ ?node ?property ?value }} }}
}} ORDER BY ?node ?property ?value ?graph"""
_GRAPH = """SELECT ?property (COUNT(*) AS ?statements) WHERE {{
  GRAPH <{iri}> {{ ?thing ?property ?value }}
}} GROUP BY ?property ORDER BY DESC(?statements) ?property"""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The pages and data files of the things, in the order of their IRIs."""
    for thing in (*site.things(), *site.gone):
        if thing.kind not in ("ontology", "term"):
            yield from of(site, thing)


def of(site: Site, thing: Thing) -> Iterator[tuple[str, bytes]]:
    """The pages and data files of `thing`."""
    triples = site.triples(thing.iri)
    yield from data_files.files(thing.path, triples, site.context)
    data = data_files.embedded(triples, site.context, thing.iri)
    for words in map(Words, LANGUAGES):
        teller = Teller(site, words, place(thing.folder, words.lang))
        (_, shown), *others = references(site, teller, thing)
        make = _process if thing.kind in ("laureate", "case") else _page
        yield site.render(make(site, teller, thing, data, shown))
        for further, left in others:
            yield site.render(more(site, words, thing, further, left))


def _page(site: Site, teller: Teller, thing: Thing, data: dict[str, Any], shown: list[References]) -> Page:
    seen = view(site, teller, thing)
    values = {
        "marked": any(fact.evidence for group in seen.groups for p in group.properties for fact in p.facts),
        "size": _size(site, thing),
        "written": written.folder(thing.iri) if thing.iri in written.sources(site) else "",
    }
    return _framed(site, teller, thing, data, shown, seen, "thing.html", values)


def _process(site: Site, teller: Teller, thing: Thing, data: dict[str, Any], shown: list[References]) -> Page:
    """The page of a laureate or of a case, which tells who says what."""
    told_by = sources(site, teller, thing)
    teller = Teller(site, teller.words, teller.path, {iri: source.mark for iri, source in told_by.items()})
    seen = view(site, teller, thing)
    values = {
        "told": told(site, teller, seen),
        "sources": list(told_by.values()),
        "cited_sections": _cited(site, teller, thing),
        "listed": beside.listed(teller, thing),
        "edition": beside.edition(site, teller, thing),
        "turns": beside.turns(site, teller, thing),
        "where": where(site, thing.iri),
        "places": [teller.link(iri) for iri in smallest(site.links(thing.iri, TP + "covers"))[:_PLACES]],
        "key_facts": key_facts(site, teller, thing),
        "graph_picture": picture(site, thing, teller.lang),
        "citation": citing.text(site, teller, thing, [source.cite for source in told_by.values()]),
        "report": citing.report(site, teller, thing),
    }
    return _framed(site, teller, thing, data, shown, seen, "process.html", values)


def _cited(site: Site, teller: Teller, thing: Thing) -> list[Link]:
    """The sections of the sources that the facts of a process name, each with the page that says what it is."""
    named = (section for part in site.parts(thing.iri) for section in site.links(part, TP + "section"))
    return sorted((teller.link(iri) for iri in dict.fromkeys(named)), key=lambda link: sort_key(link.text))


def _framed(
    site: Site,
    teller: Teller,
    thing: Thing,
    data: dict[str, Any],
    shown: list[References],
    seen: View,
    template: str,
    values: dict[str, Any],
) -> Page:
    words = teller.words
    tree = tree_of(site, teller, thing) if thing.kind == "vocabulary" else None
    members = {f"from-{of.kind}" for iri in site.subjects(SKOS + "inScheme", thing.iri) if (of := site.thing(iri))}
    card = cards.of_laureate(site, thing, words) if thing.kind == "laureate" else None
    return Page(
        folder=thing.folder,
        lang=words.lang,
        template=template,
        title=site.apart(thing.iri, words.lang),
        description=_description(words, seen),
        values={
            "view": seen,
            "references": [group for group in shown if tree is None or group.steps or group.id not in members],
            "counts": counts(site, words, thing.iri),
            "tree": tree,
            "complete": completeness(site, thing.iri, words.lang) if thing.kind == "edition" else None,
            "neighbours": list(neighbours(site, teller, thing)),
            "cited": citing.parts(site, teller, thing),
            "query": playground_link(_GRAPH.format(iri=thing.iri) if thing.kind == "graph" else everything(thing.iri)),
            **values,
        },
        iri=thing.iri,
        section=_section(site, thing),
        alternates=data_files.alternates(thing.path),
        breadcrumb=breadcrumb(site, words, thing),
        withdrawn=thing in site.gone,
        # what is withdrawn is of no type any more
        jsonld=(describe(site, thing, words.lang), data) if site.types(thing.iri) else (data,),
        kind="article",
        card=cards.name(thing) if card else DEFAULT_CARD,
        card_alt=card.alt(words) if card else "",
    )


def more(site: Site, words: Words, thing: Thing, folder: str, shown: list[References]) -> Page:
    """A page for what refers to `thing` and has no room on its own page, to which it leads back."""
    lang = words.lang
    name = site.name(thing.iri, lang)
    number = next(step.number for step in shown[0].steps if not step.href)
    title = words("pager.title", name=site.apart(thing.iri, lang), things=shown[0].label, n=words.number(number))
    return Page(
        folder=folder,
        lang=lang,
        template="more.html",
        title=title,
        description=title,
        values={"name": name, "references": shown},
        section=_section(site, thing),
        breadcrumb=(*breadcrumb(site, words, thing), Crumb(site.apart(thing.iri, lang), place(thing.folder, lang))),
    )


def _section(site: Site, thing: Thing) -> str:
    return _SECTIONS.get(thing.kind, "vocabularies" if site.links(thing.iri, SKOS + "inScheme") else "")


def everything(iri: str) -> str:
    """The query for all that is said of `iri` and in its facts, with the graph that says it."""
    return _EVERYTHING.format(tp=TP, iri=iri)


def _description(words: Words, seen: View) -> str:
    kind = words.sentence(seen.kind.text)
    text = f"{kind}{words('colon')}{seen.title.text}" if seen.lede is None or seen.lede.lang else seen.lede.text
    text = " ".join(text.split())
    return text if len(text) <= _DESCRIPTION else text[:_DESCRIPTION].rsplit(" ", 1)[0] + " …"


def _size(site: Site, thing: Thing) -> int:
    """How many statements a named graph has."""
    if thing.kind != "graph":
        return 0
    return sum(1 for _ in site.store.quads_for_pattern(None, None, None, NamedNode(thing.iri)))


def breadcrumb(site: Site, words: Words, thing: Thing) -> tuple[Crumb, ...]:
    """The steps above the page of `thing`, the highest first."""
    lang = words.lang
    if thing.kind in ("laureate", "edition"):
        return (Crumb(words("nav.laureates"), place(Folder.LAUREATES, lang)),)
    if thing.kind == "case":
        laureates = Crumb(words("nav.laureates"), place(Folder.LAUREATES, lang))
        return (laureates, Crumb(words("cases.title"), place(Folder.CASES, lang)))
    if thing.kind in ("graph", "dataset"):
        return (Crumb(words("nav.data"), place(Folder.DATA, lang)),)
    if thing.kind == "vocabulary":
        return (Crumb(words("nav.vocabularies"), place(Folder.VOCABULARIES, lang)),)
    if schemes := site.links(thing.iri, SKOS + "inScheme"):
        above = [*schemes[:1], *reversed(_chain(site, thing.iri, SKOS + "broader"))]
        return (Crumb(words("nav.vocabularies"), place(Folder.VOCABULARIES, lang)), *_crumbs(site, words, above))
    within = site.links(thing.iri, TP + "placedIn")[:1]
    if within or site.links(thing.iri, TP + "territoryKind"):
        above = [*_above(site, within[0] if within else thing.iri), *within]
        return (Crumb(words("nav.map"), place(Folder.MAP, lang)), *_crumbs(site, words, above))
    return (Crumb(words("footer.index"), place(Folder.SEARCH, lang)),)


def _crumbs(site: Site, words: Words, iris: list[str]) -> Iterator[Crumb]:
    for iri in iris:
        if above := site.thing(iri):
            # a vocabulary tells what the concepts below it are
            label = site.apart(iri, words.lang, kind_told=bool(site.links(iri, SKOS + "inScheme")))
            yield Crumb(label, place(above.folder, words.lang))


def _chain(site: Site, iri: str, predicate: str) -> list[str]:
    """What stands above `iri`, the nearest first; each once."""
    found: list[str] = []
    step = site.links(iri, predicate)
    while step and step[0] not in found and step[0] != iri:
        found.append(step[0])
        step = site.links(step[0], predicate)
    return found


def _above(site: Site, iri: str) -> list[str]:
    """The région and the département of a territory."""
    above = site.links(iri, IGEO + "subdivisionDe")
    kinds = ("region", "departement")
    return [a for kind in kinds for a in above if a.startswith(f"{BASE}territory/{kind}/")]
