"""What every part of the site reads: the things of the graph, their names, their pages and what is said of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, RdfFormat, Store, parse

from trophees.ask import fingerprint
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.addresses import Folder
from trophees.base.context import Context
from trophees.base.language import Language
from trophees.base.namespaces import BASE, DCTERMS, OWL, RDFS, SHACL, SKOS, TP
from trophees.graph.walk import described
from trophees.publish.description import File
from trophees.publish.feeds.history import Past
from trophees.publish.tables import Table
from trophees.publish.withdrawals import withdrawals
from trophees.site.citing import DUMP, source
from trophees.site.collation import natural, sort_key
from trophees.site.credits import credit
from trophees.site.feeds import feeds
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.render import Frame, Page, place, render, root_from
from trophees.site.statements import TYPE, Name, Statements, Value

ONTOLOGY, SHAPES = BASE + "ontology", BASE + "shapes"
_NAMES = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", SHACL + "name")
_FOLDER = re.compile(r"\w[\w.~-]*(/\w[\w.~-]*)*")  # no way up, no hidden file, nothing that needs escaping
_PROCESS = re.compile(re.escape(BASE) + "(laureate|case)/[^#]+$")
_BORROWED = "arrondissement"  # bears the name of its main commune, which the graph may not describe


@dataclass(frozen=True)
class Inputs:
    """What the site is made of. `published` is every other published file (dumps, tables, checksums) by its path,
    and `files` what is told of each; `tables` are those among them.
    """

    store: Store
    shapes: list[str]
    context: Context
    version: str
    published: Mapping[str, bytes] = field(default_factory=dict)
    changelog: Mapping[Language, str] = field(default_factory=dict)
    reference: Mapping[str, bytes] = field(default_factory=dict)  # files of data/reference, by name
    url: str = ""  # where the site is hosted, ending in `/`; empty if that is not known
    sparql: str = ""  # the address of the SPARQL endpoint; empty if there is none, or none is known
    contact: str = ""  # the e-mail address of who answers for the data; empty if none is known
    source_code: str = ""  # the address of the code; empty if none is known
    files: Mapping[str, File] = field(default_factory=dict)
    tables: Sequence[Table] = ()
    past: Past = field(default_factory=Past)  # what former releases held
    room: int = 40_000  # bytes of markup that lists may take on a page, which with all else stays under 100 kB


@dataclass(frozen=True)
class Thing:
    """Something that has a page. `path` is its folder without the last `/`."""

    iri: str
    kind: str
    path: str
    labels: Mapping[str, str]
    alt_labels: tuple[str, ...]

    @property
    def folder(self) -> str:
        return self.path + "/"


class Site(Statements):
    """The graph, indexed once. Everything it returns is in a fixed order."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.store = inputs.store
        self.context = inputs.context
        self.version = inputs.version
        self.shapes = Store()
        for text in inputs.shapes:
            self.shapes.extend(quad for quad in parse(text, format=RdfFormat.TURTLE))
        rules = {quad.triple for quad in self.shapes if str(quad.subject).startswith(f"<{SHAPES}#")}
        super().__init__(chain(chain.from_iterable(described(self.store)), sorted(rules, key=str)))
        self._things = {t.iri: t for t in self._find()}
        self.withdrawals = withdrawals(self.store)
        self.ended = {withdrawal.iri: withdrawal for withdrawal in self.withdrawals}
        self._listed = [t for t in self._things.values() if t.iri not in self.ended]
        self.gone = sorted((t for t in self._things.values() if t.iri in self.ended), key=lambda t: natural(t.iri))
        self.cache: dict[str, Any] = {}  # what a part of the site computes once for all its pages

    def _find(self) -> Iterator[Thing]:
        for iri, about in self._of.items():
            if iri.startswith(BASE) and (path := self._path(iri, about)):
                names = self._names(about)
                labels = {lang: names[lang] for lang in sorted(names)} or {"": last(iri)}
                yield Thing(iri, self._kind(path), path, labels, tuple(self._alternatives(about)))

    @staticmethod
    def _path(iri: str, about: Mapping[str, list[Value]]) -> str:
        """The folder of the page of `iri`; empty if it is a part of another thing's page."""
        document, _, fragment = iri.removeprefix(BASE).partition("#")
        if not _FOLDER.fullmatch(document):
            return ""
        if not fragment:
            return document
        if document == "ontology" and _FOLDER.fullmatch(fragment):
            # `Goal` and `goal` must not share a folder where the case of letters does not count
            group = "classes" if NamedNode(OWL + "Class") in about.get(TYPE, []) else "properties"
            return f"{Folder.ONTOLOGY}{group}/{fragment}"
        return ""

    @staticmethod
    def _kind(path: str) -> str:
        steps = path.split("/")
        if steps[0] == "territory":
            return "place" if steps[1] == "other" else steps[1]
        return "term" if steps[0] == "ontology" and len(steps) > 1 else steps[0]

    @staticmethod
    def _names(about: Mapping[str, list[Value]]) -> dict[str, str]:
        for predicate in _NAMES:
            if found := {v.language or "": v.value for v in about.get(predicate, ()) if isinstance(v, Literal)}:
                return found
        return {}

    @staticmethod
    def _alternatives(about: Mapping[str, list[Value]]) -> list[str]:
        return sorted({v.value for v in about.get(SKOS + "altLabel", ()) if isinstance(v, Literal)})

    # things and their names

    def things(self, kind: str | None = None) -> list[Thing]:
        """The things of `kind`, or all of them, in the order of their IRIs (numbers in numeric order).

        What is withdrawn is not among them but in `gone`.
        """
        found = [t for t in self._listed if kind is None or t.kind == kind]
        return sorted(found, key=lambda t: natural(t.iri))

    def thing(self, iri: str) -> Thing | None:
        """What has a page of its own at `iri`, if anything has."""
        return self._things.get(iri)

    def kinds(self) -> list[str]:
        """The kinds of the things there are, as `things` lists them."""
        return sorted({t.kind for t in self._listed})

    def name(self, iri: str, lang: Language) -> Name:
        """What `iri` is called in `lang`, else in another language, else the end of the IRI."""
        names = self._names(self._of.get(iri, {}))
        for language in (lang, "", "fr", "en", *sorted(names)):
            if language in names:
                return Name(names[language], language)
        return Name(last(iri), "")

    def label(self, iri: str, lang: Language) -> str:
        """The text of `name`."""
        return self.name(iri, lang).text

    def apart(self, iri: str, lang: Language, kind_told: bool = False) -> str:
        """The label of `iri` and, in parentheses, what tells it from other things that are called so, if there are any:
        its kind, unless the reader has been told; its code or the end of its IRI, if they are of its kind too.
        """
        label, thing = self.label(iri, lang), self._things.get(iri)
        if thing is None:
            return label
        kind = self._sort(thing)
        alike = self._namesakes[lang][sort_key(label)]
        shown = (
            [] if kind_told or (len(alike) == 1 and alike[kind] == 1 and kind != _BORROWED) else [_called(kind, lang)]
        )
        shown += [short(iri)] if alike[kind] > 1 else []
        return f"{label} ({' '.join(shown)})" if shown else label

    @cached_property
    def _namesakes(self) -> dict[Language, dict[str, Counter[str]]]:
        """How many things of each kind bear a name, by language, whatever its accents, signs and capitals."""
        found: dict[Language, dict[str, Counter[str]]] = {lang: {} for lang in LANGUAGES}
        for lang, names in found.items():
            for thing in self._things.values():
                names.setdefault(sort_key(self.label(thing.iri, lang)), Counter())[self._sort(thing)] += 1
        return found

    @staticmethod
    def _sort(thing: Thing) -> str:
        """The kind of a thing; for a term of the ontology, whether it is a class or a property."""
        return ("class" if "/classes/" in thing.path else "property") if thing.kind == "term" else thing.kind

    def href(self, iri: str, lang: Language, from_path: str) -> str:
        """The link to `iri` from the page `from_path`: relative for what is ours, the IRI itself for http(s) elsewhere.

        Empty if there is nothing to link to: nothing of ours is called so, or the IRI is no address of the web.
        """
        if iri == BASE:
            return root_from(from_path) + place("", lang)
        if not iri.startswith(BASE):
            return iri if iri.startswith(("http://", "https://")) else ""
        document, hash_, fragment = iri.partition("#")
        thing = self._things.get(iri)
        if thing is not None:
            folder, hash_, fragment = thing.folder, "", ""
        elif iri not in self._of or not (document == SHAPES or document in self._things):
            return ""
        else:
            folder = Folder.SHAPES if document == SHAPES else self._things[document].folder
        return root_from(from_path) + place(folder, lang) + hash_ + fragment

    @cached_property
    def sha256(self) -> str:
        """The sum of the statements, by which a citation names this release (`base.citation`)."""
        told = self.inputs.files.get(DUMP)
        return told.sha256 if told else fingerprint.of_quads(self.store)

    @cached_property
    def graph(self) -> Embedded:
        """What questions are put to."""
        return Embedded(self.store, self.context.prefixes)

    def query(self, sparql: str) -> list[QuerySolution]:
        """The rows of a SELECT over the union of the graphs; prefixes of the context need no declaration."""
        found = self.graph.ask(Question("query", sparql))
        return list(found) if isinstance(found, QuerySolutions) else []

    def render(self, page: Page) -> tuple[str, bytes]:
        """The path and the HTML of `page`."""
        inputs = self.inputs
        frame = Frame(
            version=self.version,
            released=self.released,
            sha256=self.sha256,
            url=inputs.url,
            credit=credit(self, page.lang),
            source=source(self, page.lang),
            contact=inputs.contact,
            source_code=inputs.source_code,
            feeds=feeds(self, page.lang, page.iri),
        )
        return page.path, render(page, frame)

    @cached_property
    def released(self) -> str:
        """The date of the newest dataset that says one; empty if none does."""
        days = {self.text(thing.iri, DCTERMS + "modified") for thing in self.things("dataset")}
        return max(days, default="")

    @cached_property
    def laureates(self) -> list[Thing]:
        """The laureates by edition, the newest first, in the order of the source."""
        places = {iri: number for number, iri in enumerate(self.editions)}
        return sorted(
            (thing for thing in self.things("laureate") if self.edition(thing.iri)),
            key=lambda t: (-places[self.edition(t.iri)], natural(self.text(t.iri, TP + "order")), natural(t.iri)),
        )

    @cached_property
    def editions(self) -> list[str]:
        """The editions that have laureates, from the first to the newest."""
        found = {edition for thing in self.things("laureate") for edition in self.links(thing.iri, TP + "edition")}
        return sorted(found, key=lambda iri: (self.text(iri, TP + "year"), natural(iri)))

    @cached_property
    def cases(self) -> list[Thing]:
        """The processes that are no laureates: those of editions, the newest first, then the others."""
        years = {thing.iri: self.text(self.edition(thing.iri), TP + "year") for thing in self.things("case")}
        return sorted(self.things("case"), key=lambda t: (-int(years[t.iri] or 0), natural(t.iri)))

    def edition(self, process: str) -> str:
        """The edition of a process; empty if none is known."""
        return next(iter(self.links(process, TP + "edition")), "")

    def laureates_with(self, predicate: str, value: str) -> list[str]:
        """The laureates that have `value` for `predicate`."""
        return [iri for iri in self.subjects(predicate, value) if iri.startswith(f"{BASE}laureate/")]


@cache
def _called(kind: str, lang: Language) -> str:
    """What a kind of thing is called in the middle of a line."""
    words = Words(lang)
    name = next((words(key) for key in (f"apart.{kind}", f"kind.{kind}.one") if words.has(key)), kind)
    return name[:1].lower() + name[1:]


def short(iri: str) -> str:
    """What tells a thing from others of its kind: the last step of its IRI; for a process, its edition, too."""
    return re.split("/(?:laureate|case)/", iri, maxsplit=1)[-1] if _PROCESS.match(iri) else last(iri)


def last(iri: str) -> str:
    """The last step of an IRI."""
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]
