"""The rules that records must respect: one anchor for each shape, so that a report of `trophees check` can name it.

What a rule is about and its message stand beside the records; its conditions are on a page of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, Triple, serialize

from trophees.base.addresses import Folder
from trophees.base.namespaces import RDF, SHACL
from trophees.publish.turtle import encode, in_order
from trophees.site import data_files
from trophees.site.collation import natural
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import SHAPES, Site
from trophees.site.render import Crumb, Page, place
from trophees.site.thing.facts import Link, Teller

FOLDER = Folder.SHAPES
_TARGETS = ("targetClass", "targetObjectsOf")
_LINKED = ("class", "datatype", "nodeKind", "lessThanOrEquals", "hasValue", "in", "languageIn")
_PLAIN = ("minLength", "maxLength", "minInclusive", "maxInclusive", "pattern")


@dataclass(frozen=True)
class Rule:
    """A property shape: what it is about, its message, and its conditions in words with their values."""

    id: str
    title: str
    path: Link
    message: str
    conditions: list[tuple[str, tuple[Link, ...]]]


@dataclass(frozen=True)
class Record:
    """A node shape: what it holds for, and links to the rules of its keys."""

    id: str
    title: str
    targets: tuple[Link, ...]
    message: str
    rules: list[Link]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language, and the shapes as data."""
    yield from _data(site)
    for lang in LANGUAGES:
        for page in (_rules, _conditions):
            yield site.render(page(site, Words(lang)))


def _rules(site: Site, words: Words) -> Page:
    lang = words.lang
    teller = Teller(site, words, place(FOLDER, lang))
    return Page(
        folder=FOLDER,
        lang=lang,
        template="shapes.html",
        title=words("rules.title"),
        description=words("rules.description"),
        values={
            "records": [_record(site, teller, s) for s in site.parts(SHAPES) if _is(site, s, "NodeShape")],
            "rules": [_rule(site, teller, s) for s in _of_keys(site)],
        },
        iri=SHAPES,
        alternates=data_files.alternates("shapes"),
    )


def _conditions(site: Site, words: Words) -> Page:
    lang = words.lang
    path = place(Folder.SHAPES_CONDITIONS, lang)
    teller = Teller(site, words, path)
    above = Crumb(words("rules.title"), place(FOLDER, lang))
    return Page(
        folder=Folder.SHAPES_CONDITIONS,
        lang=lang,
        template="conditions.html",
        title=words("rules.conditions"),
        description=words("rules.conditions_description"),
        values={"rules": [rule for s in _of_keys(site) if (rule := _rule(site, teller, s)).conditions]},
        breadcrumb=(above,),
    )


def _data(site: Site) -> Iterator[tuple[str, bytes]]:
    dataset = Dataset(site.shapes)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    triples: list[Triple] = sorted((quad.triple for quad in dataset), key=str)
    yield "shapes.ttl", encode(triples, RdfFormat.TURTLE, site.context)
    yield "shapes.jsonld", serialize(triples, format=RdfFormat.JSON_LD) or b""
    yield "shapes.nt", in_order(encode(triples, RdfFormat.N_TRIPLES, site.context))
    yield "shapes.rdf", encode(triples, RdfFormat.RDF_XML, site.context)


def _is(site: Site, shape: str, kind: str) -> bool:
    return SHACL + kind in site.types(shape)


def _of_keys(site: Site) -> list[str]:
    """The shapes of keys, and the groups of keys, in their order."""
    return _by_order(site, [shape for shape in site.parts(SHAPES) if not _is(site, shape, "NodeShape")])


def _by_order(site: Site, shapes: list[str]) -> list[str]:
    return sorted(shapes, key=lambda s: (natural(site.text(s, SHACL + "order") or "9999"), natural(s)))


def _message(teller: Teller, shape: str) -> str:
    found = teller.values(shape, SHACL + "message")
    return teller.words.sentence(found[0].text) if found else ""


def _record(site: Site, teller: Teller, shape: str) -> Record:
    return Record(
        id=shape.partition("#")[2],
        title=_title(site, teller, shape),
        targets=tuple(_named(teller, t) for name in _TARGETS for t in site.links(shape, SHACL + name)),
        message=_message(teller, shape),
        rules=[
            Link(_title(site, teller, rule), "#" + rule.partition("#")[2])
            for rule in _by_order(site, site.links(shape, SHACL + "property"))
        ],
    )


def _title(site: Site, teller: Teller, shape: str) -> str:
    """The name of a shape; the end of its IRI if it has none, as an unnamed condition."""
    return teller.words.sentence(site.label(shape, teller.lang).replace("_", " "))


def _rule(site: Site, teller: Teller, shape: str) -> Rule:
    paths = site.links(shape, SHACL + "path")
    return Rule(
        id=shape.partition("#")[2],
        title=_title(site, teller, shape),
        path=teller.link(paths[0]) if paths else Link(""),
        message=_message(teller, shape),
        conditions=list(_told(site, teller, shape)),
    )


def _told(site: Site, teller: Teller, shape: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
    words = teller.words
    least, most = (site.text(shape, SHACL + name) for name in ("minCount", "maxCount"))
    if least or most:
        yield words("rules.count"), (Link(words("rules.between", least=least or "0", most=most or words("rules.any"))),)
    for name in _LINKED:
        if values := _values(site, teller, shape, name):
            yield words(f"rules.{name}"), values
    for name in _PLAIN:
        if value := site.text(shape, SHACL + name):
            yield words(f"rules.{name}"), (Link(value if name == "pattern" else words.number(value)),)


def _values(site: Site, teller: Teller, shape: str, name: str) -> tuple[Link, ...]:
    found = []
    for quad in site.shapes.quads_for_pattern(NamedNode(shape), NamedNode(SHACL + name), None, None):
        for value in _items(site, quad.object) if isinstance(quad.object, BlankNode) else [quad.object]:
            if isinstance(value, NamedNode):
                found.append(_named(teller, value.value))
            elif isinstance(value, Literal):
                found.append(Link(value.value))
    return tuple(found)


def _named(teller: Teller, iri: str) -> Link:
    """A class or a concept by its name; a datatype by a word, where there is one."""
    key = "rules.type." + iri.rpartition("#")[2].rpartition("/")[2]
    if teller.words.has(key):
        return Link(teller.words(key), teller.site.href(iri, teller.lang, teller.path))
    return teller.value(NamedNode(iri))


def _items(site: Site, head: BlankNode) -> Iterator[NamedNode | Literal]:
    """The members of an RDF list."""
    step: object = head
    while isinstance(step, BlankNode):
        following: object = None
        for quad in site.shapes.quads_for_pattern(step, None, None, None):
            if quad.predicate.value == RDF + "first" and isinstance(quad.object, NamedNode | Literal):
                yield quad.object
            elif quad.predicate.value == RDF + "rest":
                following = quad.object
        step = following
