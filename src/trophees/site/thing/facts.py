"""A fact in words: what it is about first, then its tags and details, then its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from trophees.base.language import Language
from trophees.base.namespaces import BASE, DCTERMS, EDTF, FOAF, OA, RDFS, SKOS, TP, XSD
from trophees.graph.standing import standing
from trophees.site.l10n import Words
from trophees.site.model import Site, Thing, last
from trophees.site.statements import TYPE, Name, Value
from trophees.site.thing.ranks import Rank, ranks
from trophees.site.thing.registers import address, bare
from trophees.site.written import where_written

# what a fact may be about, the most telling first
_HEADS = tuple(
    TP + name
    for name in (
        "text", "tool", "theme", "audience", "context", "plan", "organisation", "memberCommune", "function",
        "holder", "within", "territory", "onProperty",
    )
)  # fmt: skip
# what is a word about the whole fact
_TAGS = tuple(TP + name for name in ("role", "status", "planRelation", "periodKind", "anomalyKind", "identifierScheme"))
_FLAGS = {
    TP + "main": ("true", "fact.main"),
    TP + "parallel": ("true", "fact.parallel"),
    TP + "yearStated": ("false", "fact.year"),
}
_SAID = {TP + name for name in ("about", "section", "reason", "printed", "note", "position", "precision")}
_FIGURE = {TP + name for name in ("value", "unit", "qualifier", "inhabitants", "start", "end", "notation", "counted")}
_DATES = {TP + name for name in ("startYear", "endYear", "earliest", "latest")}  # to be asked for: the figure says them
SELECTOR = OA + "hasSelector"  # from a fact to the first words of the passage that it retells
_ELSEWHERE = {TP + "anchor", SELECTOR, *_DATES}
_HIDDEN = {TYPE, SKOS + "prefLabel", TP + "memberOf", *_ELSEWHERE, *_SAID, *_FIGURE, *_TAGS, *_FLAGS}


@dataclass(frozen=True)
class Link:
    """A text, its language, and what it leads to: empty if nothing."""

    text: str
    href: str = ""
    lang: str = ""

    @property
    def external(self) -> bool:
        """Whether it leads out of the site."""
        return self.href.startswith(("http://", "https://"))


Details = tuple[tuple[str, tuple[Link, ...]], ...]  # labelled values


@dataclass(frozen=True)
class Evidence:
    """What a fact rests on: it is `printed` in that form, `told` by the report in other words, `observed` by a curator
    (a flaw of the document), or `inferred`, with the reason.

    `anchor` is the first words of the passage that is retold, `anchor_id` the fragment of the node that says so.
    `source` is who says it, if the fact names one that is not the first of the page; `apart` if the page has a first.
    """

    kind: str
    section: Link | None
    printed: str
    reason: Name | None
    anchor: str = ""
    anchor_id: str = ""
    source: Link | None = None
    apart: bool = False


@dataclass(frozen=True)
class Fact:
    """`id` is its anchor; `figure` a number or a date in words, before the text that says what it is."""

    id: str
    figure: str
    head: tuple[Link, ...]
    tags: tuple[Link, ...]
    details: Details
    evidence: Evidence | None
    note: Name | None


class Teller:
    """Tells the statements of `site` in `lang`, with links from the page `path`."""

    def __init__(self, site: Site, words: Words, path: str, cited: Mapping[str, Link] | None = None) -> None:
        """`cited` is how the page that is told names its sources, if it keeps them apart."""
        self.cited = cited or {}
        self.site = site
        self.words = words
        self.lang: Language = words.lang
        self.path = path

    def link(self, iri: str) -> Link:
        """`iri` by its name, with a link to its page."""
        if iri == BASE:
            return Link(self.words("data.author"), self.site.href(iri, self.lang, self.path))
        name = self.site.name(iri, self.lang)
        return Link(name.text, self.site.href(iri, self.lang, self.path), self._other(name.lang))

    def value(self, value: Value) -> Link:
        """A value for people: a name, or a literal as its datatype is written."""
        if isinstance(value, NamedNode):
            known = value.value.startswith(BASE) or self.site.about(value.value)
            return self.link(value.value) if known else self._elsewhere(value.value)
        if value.language:
            return Link(value.value, lang=self._other(value.language))
        return Link(self._typed(value))

    def _elsewhere(self, iri: str) -> Link:
        """Something that is not ours, by the name of its site and its own end."""
        href = self.site.href(iri, self.lang, self.path)
        parts = urlsplit(iri)
        key = "elsewhere." + parts.netloc.removeprefix("www.").replace(".", "-")
        if self.words.has(key):
            steps = parts.fragment or parts.path.rstrip("/").rpartition("/")[2]
            return Link(self.words(key, name=steps), href)
        return Link(f"{parts.netloc} : {last(iri)}" if href else iri, href)

    def _typed(self, value: Literal) -> str:
        datatype = value.datatype.value
        if datatype in (EDTF, XSD + "date", XSD + "gYear", XSD + "gYearMonth"):
            return self.words.date(value.value)
        if datatype in (XSD + "integer", XSD + "decimal"):
            return self.words.number(value.value)
        if datatype == XSD + "boolean":
            return self.words("yes" if value.value in ("true", "1") else "no")
        return value.value

    def _other(self, lang: str | None) -> str:
        """The language to declare: none where it is the page's."""
        return "" if not lang or lang == self.lang else lang

    def values(self, iri: str, predicate: str) -> tuple[Link, ...]:
        """The values of `predicate`, in the language of the page where there is a choice."""
        found = self.site.values(iri, predicate)
        spoken = {v.language for v in found if isinstance(v, Literal) and v.language}
        if self.lang in spoken:
            found = [v for v in found if not (isinstance(v, Literal) and v.language and v.language != self.lang)]
        return tuple(dict.fromkeys(self.value(v) for v in found))

    def term(self, predicate: str, rank: Rank | None = None) -> str:
        """What a property is called: by the messages, for those of others; by its shape, unless that is a key with `_`;
        by the ontology."""
        key = "term." + self.site.context.compact(predicate).replace(":", "_")
        if self.words.has(key):
            return self.words(key)
        if rank and (name := rank.names.get(self.lang)) and "_" not in rank.names.get("fr", ""):
            return self.words.sentence(name)
        return self.words.sentence(self.site.label(predicate, self.lang).replace("_", " "))

    # facts

    def fact(self, node: str, page: str) -> Fact:
        """What the node says, for the page of the thing `page`, which it does not name again."""
        about = self.site.about(node)
        head, used = self._head(node, page)
        figure, evidence = self._figure(node), self._evidence(node)
        if evidence and evidence.printed and not (head or figure):
            head = (Link(evidence.printed, lang=self._other("fr")),)
        if evidence:
            used.add(TP + "accordingTo")
        tags = [self.link(iri) for predicate in _TAGS for iri in self.site.links(node, predicate)]
        if TP + "territory" in used:
            tags += [Link(self.words(f"kind.{t.kind}.one")) for t in self._territories(node)]
        for predicate, (flag, key) in _FLAGS.items():
            if self.site.text(node, predicate) == flag:
                tags.append(Link(self.words(key)))
        details = []
        for predicate in sorted(about, key=self._place):
            if predicate not in _HIDDEN and predicate not in used:
                shown = tuple(v for v in self.values(node, predicate) if v.text and v != self.link(page))
                if shown:
                    details.append((self.term(predicate, self.ranks.get(predicate)), shown))
        return Fact(
            id=node.partition("#")[2],
            figure=figure,
            head=head,
            tags=tuple(tags),
            details=tuple(details),
            evidence=evidence,
            note=self._text(node, TP + "note"),
        )

    def _territories(self, node: str) -> list[Thing]:
        """The territories that a fact is about; their names alone may not tell a commune from a département."""
        found = [self.site.thing(iri) for iri in self.site.links(node, TP + "territory")]
        return [thing for thing in found if thing and self.words.has(f"kind.{thing.kind}.one")]

    def _head(self, node: str, page: str) -> tuple[tuple[Link, ...], set[str]]:
        if scheme := self.site.links(node, TP + "identifierScheme"):
            code = self.site.text(node, TP + "notation")
            return (Link(code, address(scheme[0], code)),), set()
        if pages := self.site.links(node, FOAF + "page"):
            name = self.site.text(node, TP + "notation")
            links = [Link(name or bare(page), self.site.href(page, self.lang, self.path)) for page in pages]
            return tuple(links), {FOAF + "page"}
        label = self.values(node, SKOS + "prefLabel") + self.values(node, TP + "counted")
        if label:
            return label, set()
        for predicate in _HEADS:
            values = self.site.values(node, predicate)
            if values and NamedNode(page) not in values:
                return self.values(node, predicate), {predicate}
        return (), set()

    def _figure(self, node: str) -> str:
        if number := self.site.text(node, TP + "value"):
            told, unit = self.quantity(node), self.site.text(node, TP + "unit")
            return told if unit in ("1", "") else self.words("fact.measure", quantity=told)
        if number := self.site.text(node, TP + "inhabitants"):
            return self.words.count("fact.inhabitants", number)
        dates = self.words.period(self.site.text(node, TP + "start"), self.site.text(node, TP + "end"))
        return self.words("fact.measure", quantity=dates) if dates else ""

    def quantity(self, node: str) -> str:
        """The number of an indicator with its unit and its qualifier: « près de 7 % »."""
        number = self.site.text(node, TP + "value")
        unit = self.site.text(node, TP + "unit")
        key = "unit." + {"%": "percent"}.get(unit, unit)
        if unit == "1":
            told = self.words.number(number)
        elif self.words.has(key + ".one"):
            told = self.words.count(key, number)
        else:
            told = f"{self.words.number(number)} {unit}".rstrip()
        for qualifier in self.site.links(node, TP + "qualifier"):
            name = qualifier.rsplit("/", 1)[-1]
            if name == "target":
                told = self.words("fact.target", number=told)
            elif name != "exact":
                told = f"{self.site.label(qualifier, self.lang)} {told}"
        return told

    def _evidence(self, node: str) -> Evidence | None:
        sections = self.site.links(node, TP + "section")
        source = self.values(node, TP + "source")
        reason = self._text(node, TP + "reason")
        if not (sections or reason):
            return None
        section = self.link(sections[0]) if sections else (source[0] if source else None)
        if section and (written := where_written(self.site, node, self.lang, self.path)):
            section = replace(section, href=written)
        printed = self.site.text(node, TP + "printed")
        kind = standing(lambda name: bool(self.site.values(node, TP + name)))
        selectors = self.site.links(node, SELECTOR)
        anchor_id = selectors[0].partition("#")[2] if selectors else ""
        anchor = self.site.text(node, TP + "anchor")
        by = self._told_by(node)
        return Evidence(kind, section, printed, reason, anchor, anchor_id, by, bool(by and self.cited))

    def _told_by(self, node: str) -> Link | None:
        """The source that the node names, but for the first of those that the page names."""
        given = self.site.links(node, TP + "accordingTo")[:1]
        if not self.cited or not given:
            return self.link(given[0]) if given else None
        return self.cited[given[0]] if given[0] in list(self.cited)[1:] else None

    def _text(self, node: str, predicate: str) -> Name | None:
        found = self.values(node, predicate)
        return Name(found[0].text, found[0].lang) if found else None

    # the shapes' order

    def _place(self, predicate: str) -> tuple[bool, int, str]:
        rank = self.ranks.get(predicate)
        return (rank is None, rank.order if rank else 0, predicate)

    @cached_property
    def ranks(self) -> dict[str, Rank]:
        """What the shapes say of each property; where several do, the first."""
        return ranks(self.site)


# the text that opens the page, the first that there is
LEDES = (TP + "summary", SKOS + "definition", DCTERMS + "description", RDFS + "comment")
