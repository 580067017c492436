"""The ontology's documentation: all terms on one page, each on its own too, and one set of data files for them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trophees.base.addresses import Folder
from trophees.base.namespaces import BASE, OWL, RDFS, SHACL, TP
from trophees.site import data_files
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.links import playground_link
from trophees.site.model import ONTOLOGY, SHAPES, Site, Thing
from trophees.site.render import Crumb, Page, place
from trophees.site.statements import TYPE, Name
from trophees.site.thing.facts import Link, Teller
from trophees.site.thing.page import more
from trophees.site.thing.references import Reference, References, references
from trophees.site.thing.schema_org import describe
from trophees.site.thing.view import view

FOLDER = Folder.ONTOLOGY
_EXAMPLES = 5
_SHOWN = (RDFS + "subClassOf", RDFS + "subPropertyOf", RDFS + "domain", RDFS + "range")
_PROPERTY = """SELECT ?thing ?value WHERE {{ ?thing <{iri}> ?value }} ORDER BY ?thing ?value LIMIT 100"""
_CLASS = """SELECT ?thing WHERE {{ ?thing a <{iri}> }} ORDER BY ?thing LIMIT 100"""


@dataclass(frozen=True)
class DescribedTerm:
    """A term on the page of the ontology."""

    id: str
    link: Link
    comment: Name
    rows: list[tuple[str, tuple[Link, ...]]]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page of the ontology, those of its terms, and the data files."""
    thing = site.thing(ONTOLOGY)
    if thing is None:
        return
    triples = site.triples(ONTOLOGY)
    yield from data_files.files(thing.path, triples, site.context)
    for lang in LANGUAGES:
        words = Words(lang)
        yield site.render(_overview(site, words, thing))
    uses = _uses(site)
    for term in site.things("term"):
        for lang in LANGUAGES:
            teller = Teller(site, Words(lang), place(term.folder, lang))
            (_, shown), *others = references(site, teller, term)
            yield site.render(_term(site, teller, term, uses.get(term.iri, []), shown))
            for folder, left in others:
                yield site.render(more(site, teller.words, term, folder, left))


def _overview(site: Site, words: Words, thing: Thing) -> Page:
    teller = Teller(site, words, place(FOLDER, words.lang))
    comment = teller.values(ONTOLOGY, RDFS + "comment")
    lede = Name(comment[0].text, comment[0].lang) if comment else Name("", "")
    terms = site.things("term")
    name = site.name(ONTOLOGY, words.lang)
    classes = [t for t in terms if "/classes/" in t.path]
    return Page(
        folder=FOLDER,
        lang=words.lang,
        template="ontology.html",
        title=name.text,
        description=lede.text or words("nav.ontology"),
        values={
            "name": name,
            "lede": lede,
            "classes": [_entry(teller, t) for t in classes],
            "properties": [_entry(teller, t) for t in terms if t not in classes],
        },
        iri=ONTOLOGY,
        section="ontology",
        alternates=data_files.alternates(thing.path),
        jsonld=(describe(site, thing, words.lang),),
    )


def _entry(teller: Teller, term: Thing) -> DescribedTerm:
    own = {p: tuple(v for v in teller.values(term.iri, p) if not v.external) for p in _SHOWN}
    rows = [(teller.term(p), values) for p, values in own.items() if values]  # the page of a term has the others
    comment = teller.values(term.iri, RDFS + "comment")
    text = Name(comment[0].text, comment[0].lang) if comment else Name("", "")
    return DescribedTerm(term.iri.partition("#")[2], teller.link(term.iri), text, rows)


def _uses(site: Site) -> dict[str, list[str]]:
    """What each term is used in: the instances of a class, the subjects of a property."""
    found: dict[str, list[str]] = {}
    for thing in site.things():
        if thing.kind in ("term", "ontology"):
            continue
        for node in site.parts(thing.iri):
            for predicate, values in site.about(node).items():
                if predicate.startswith(TP):
                    found.setdefault(predicate, []).extend([node] * len(values))
            for cls in site.links(node, TYPE):
                if cls.startswith(TP):
                    found.setdefault(cls, []).append(node)
    return found


def _term(site: Site, teller: Teller, term: Thing, uses: list[str], groups: list[References]) -> Page:
    words = teller.words
    seen = view(site, teller, term)
    is_class = OWL + "Class" in site.types(term.iri)
    examples = [_example(site, teller, node) for node in dict.fromkeys(uses[:: max(1, len(uses) // _EXAMPLES)])]
    if rules := [_rule(teller, shape) for shape in _shapes(site, term.iri)]:
        groups.append(References("rules", words("ontology.rules"), rules, len(rules)))
    return Page(
        folder=term.folder,
        lang=words.lang,
        template="thing.html",
        title=site.apart(term.iri, words.lang),
        description=seen.lede.text if seen.lede else seen.title.text,
        values={
            "view": seen,
            "code": site.context.compact(term.iri),
            "cited": {},
            "marked": False,
            "references": groups,
            "neighbours": [],
            "size": 0,
            "uses": len(uses),
            "examples": examples[:_EXAMPLES],
            "query": playground_link((_CLASS if is_class else _PROPERTY).format(iri=term.iri)),
        },
        iri=term.iri,
        section="ontology",
        alternates=data_files.alternates(ONTOLOGY.rsplit("/", 1)[-1]),
        breadcrumb=(Crumb(words("nav.ontology"), place(FOLDER, words.lang)),),
        jsonld=(describe(site, term, words.lang), data_files.embedded(site.node(term.iri), site.context, BASE)),
    )


def _example(site: Site, teller: Teller, node: str) -> Link:
    """A link to what uses a term: the thing, or the fact on its page."""
    owner = teller.link(node.partition("#")[0])
    return Link(owner.text, site.href(node, teller.lang, teller.path), owner.lang)


def _shapes(site: Site, iri: str) -> list[str]:
    """The rules about a term: on the values of a property, on the instances of a class."""
    rules = [*site.subjects(SHACL + "path", iri), *site.subjects(SHACL + "targetClass", iri)]
    return [shape for shape in dict.fromkeys(rules) if shape.startswith(SHAPES)]


def _rule(teller: Teller, shape: str) -> Reference:
    message = teller.values(shape, SHACL + "message")
    link = teller.link(shape)
    return Reference(link, (message[0].text,) if message else (), 0)
