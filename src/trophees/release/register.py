"""The register of identifiers: every IRI that a release published, with its types, what it is about, and since when.

It is a file of N-Quads, `data/identifiers.nq`, published as `identifiers.nq`: the graph of a line is the release that
first held it. A release extends it, by an explicit step; nothing else does. What it holds never changes meaning: a
build in which one of its IRIs has vanished, or is of another type or about another thing, is refused, unless a record
of `data/withdrawal/` says that it is withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.base.namespaces import BASE, OA, OWL, RDF_TYPE, RDFS, TP
from trophees.changes.statements import of_quads
from trophees.graph.walk import Described
from trophees.publish import portals, void
from trophees.publish.portals import values
from trophees.publish.writers.spool import Spools
from trophees.publish.writers.writer import Files
from trophees.release import files, past, published_files, successors
from trophees.release.checkout import Project
from trophees.source.problem import Problem
from trophees.source.record import Record

FILE = "identifiers.nq"  # under data/, and among what is published
RELEASE = BASE + "release/"
_ABOUT = NamedNode(TP + "about")
_WITHDRAWN = NamedNode(TP + "withdrawn")
_ANYTHING = NamedNode(RDFS + "Resource")
_DEPRECATED = NamedNode(OWL + "deprecated")
_SELECTOR = NamedNode(OA + "TextQuoteSelector")


@dataclass
class Meaning:
    """What an IRI stands for: its types, what it is about (only a fact is), and since which release."""

    types: set[NamedNode] = field(default_factory=set)
    about: set[NamedNode] = field(default_factory=set)
    release: str = ""


Register = Mapping[str, Meaning]


def read(path: Path) -> dict[str, Meaning]:
    """The register in the file at `path`; empty if there is none. UserError, with its line, if one is malformed."""
    found: dict[str, Meaning] = {}
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return found
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        for quad in parse(data, format=RdfFormat.N_QUADS):
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
                raise UserError(f"{path}: {quad}: the register holds IRIs only")
            entry = found.setdefault(quad.subject.value, Meaning())
            (entry.types if quad.predicate == RDF_TYPE else entry.about).add(quad.object)
            entry.release = getattr(quad.graph_name, "value", "").removeprefix(RELEASE)
    except SyntaxError as error:
        raise UserError(f"{path}:{error.lineno or 1}: no N-Quads line: take the file from the last release") from None
    return found


class Present:
    """Every IRI of ours that something is said of, as it passes (a `Writer` of no file)."""

    def __init__(self) -> None:
        self._found: dict[str, Meaning] = {}

    def begin(self, spools: Spools) -> None:
        """As `Writer`."""

    def subject(self, told: Described) -> None:
        """As `Writer`."""
        self.add(quad.triple for quad in told.quads)

    def end(self) -> Files:
        """As `Writer`."""
        return iter(())

    def add(self, said: Iterable[Triple]) -> None:
        """What is `said` beside the graph, too."""
        for triple in said:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, NamedNode) or not subject.value.startswith(BASE):
                continue
            if triple.predicate == _DEPRECATED:
                continue
            entry = self._found.setdefault(subject.value, Meaning())
            if triple.predicate == RDF_TYPE and isinstance(value, NamedNode):
                entry.types.add(value)
            elif triple.predicate == _ABOUT and isinstance(value, NamedNode):
                entry.about.add(value)

    def meanings(self) -> dict[str, Meaning]:
        """What each means. The selector of an anchor is left out: it is a part of its fact, which a rule names after
        it.
        """
        return {iri: entry for iri, entry in self._found.items() if _SELECTOR not in entry.types}


def present(store: Store, *others: Iterable[Triple]) -> dict[str, Meaning]:
    """Every IRI of ours that `store`, and the triples in `others` (shapes, the catalogue), say something of."""
    found = Present()
    for said in ((quad.triple for quad in store), *others):
        found.add(said)
    return found.meanings()


def withdrawals(records: Iterable[Record]) -> dict[str, tuple[str, int, int]]:
    """What `records` say is withdrawn, by IRI, each with the place where they say so."""
    return {
        s.object.value: (record.path, s.line, s.column)
        for record in records
        for s in record.statements
        if s.predicate == _WITHDRAWN and isinstance(s.object, NamedNode)
    }


def problems(
    register: Register, now: Register, records: Iterable[Record], shown: Callable[[str], str]
) -> Iterator[Problem]:
    """Why a build that holds `now` may not follow the releases of `register`: what changed meaning without a word.

    `shown` gives the compact form of an IRI. A fact that no `id` names counts, too, if it took a published name. What
    the catalogue says on some hosts only, such as the endpoint, is not lost where it does not.
    """
    records = list(records)
    gone = withdrawals(records)
    now = present(Store(), portals.constant()) | dict(now)
    places = {node.value: (r.path, line, column) for r in records for node, (line, column) in r.nodes.items()}
    for iri, entry in register.items():
        name = shown(iri)
        here = now.get(iri)
        if iri in gone:
            if here is not None and here.types:
                yield _problem(
                    gone[iri],
                    f"« {name} » est dit retiré, mais une fiche le décrit encore : ôtez l’un ou l’autre",
                    f"“{name}” is said to be withdrawn, but a record still describes it: remove one or the other",
                )
            continue
        since = entry.release
        if here is None and iri.startswith(void.PART):
            continue  # a figure goes with the last thing that it counts
        if here is None:
            yield _problem(
                (f"data/{FILE}", 1, 1),
                f"« {name} », publié depuis {since}, a disparu : remettez-le, ou « trophees withdraw {name} »",
                f"“{name}”, published since {since}, is gone: put it back, or “trophees withdraw {name}”",
            )
        elif not entry.types - {_ANYTHING} <= here.types:
            lost = ", ".join(sorted(t.value.removeprefix(TP) for t in entry.types - {_ANYTHING} - here.types))
            yield _problem(
                places.get(iri, (f"data/{FILE}", 1, 1)),
                f"« {name} », publié depuis {since}, n’est plus « {lost} » : donnez un autre nom au nouveau",
                f"“{name}”, published since {since}, is no “{lost}” any more: give what is new another name",
            )
        elif entry.about and entry.about != here.about:
            yield _problem(
                places.get(iri, (f"data/{FILE}", 1, 1)),
                f"« {name} », publié depuis {since}, parle d’autre chose : donnez un autre nom au nouveau fait",
                f"“{name}”, published since {since}, is about something else now: give the new fact another name",
            )
    for record in records:
        for node, line, column in record.unnamed:
            if node.value in register:
                yield _problem(
                    (record.path, line, column),
                    "ce fait sans « id » prendrait le nom d’un fait publié : lancez « trophees check --fix »",
                    "this fact without “id” would take the name of a published one: run “trophees check --fix”",
                )
    yield from successors.problems(records, lambda iri: bool(now.get(iri, Meaning()).types), shown)
    for iri, place in gone.items():
        if iri not in register:
            yield _problem(
                place,
                "aucune version n’a publié cet identifiant : il n’y a rien à retirer",
                "no release published this identifier: there is nothing to withdraw",
            )


def extended(register: Register, now: Register, release: str) -> bytes:
    """The file of `register` with what `now` holds that it does not, as new in `release`; sorted."""
    everything = {**{iri: Meaning(e.types, e.about, release) for iri, e in now.items()}, **register}
    return written(everything)


def written(register: Register) -> bytes:
    """The file of `register`: N-Quads, sorted."""
    quads = []
    for iri, entry in register.items():
        graph = NamedNode(RELEASE + entry.release)
        quads += [Quad(NamedNode(iri), RDF_TYPE, t, graph) for t in entry.types or {_ANYTHING}]
        quads += [Quad(NamedNode(iri), _ABOUT, thing, graph) for thing in entry.about]
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def _problem(place: tuple[str, int, int], fr: str, en: str) -> Problem:
    return Problem(*place, "source:identifier", messages=Both(fr, en))


class Refused(Exception):  # noqa: N818 - the mistake is in the records
    """Why a release is not registered: its `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__(f"{len(self.problems)} problems")


def release(project: Project) -> tuple[int, str]:
    """Add what `project` holds to its register; how many identifiers that is, and the number of the release.

    What the catalogue in `publish/` says of the files is written down, too, and what the release changed of the one
    before. Refused if a fact bears no `id`, or if
    something that was published has changed meaning; UserError if `publish/` holds another release, or was built
    before something was there.
    """
    from trophees.graph.assemble import build

    records = list(project.records())
    store = build(project.sources(records))
    catalogue = project.published_catalogue()
    listed = published_files.listed(catalogue)
    known, now = read(project.root / "data" / FILE), present(store, project.shape_triples(), catalogue)
    found = [problem for record in records for problem in record.problems]
    found += problems(known, now, records, project.context.compact)
    found += published_files.problems(project.former_files(), listed)
    found += (
        _problem(
            (record.path, line, column),
            "ce fait n’a pas d’« id » : lancez « trophees check --fix »",
            "this fact has no “id”: run “trophees check --fix”",
        )
        for record in records
        for _, line, column in record.unnamed
    )
    if found:
        raise Refused(found)
    version = project.version_of(records)
    if version not in (built := {v.value for v in values(catalogue, "dcat:version")}):
        held = ", ".join(sorted(built)) or "no release"
        raise UserError(f"publish/ holds {held}, not {version}: run “trophees build”")
    published = present(project.published_graph())
    if changed := sorted(iri for iri, entry in present(store).items() if published.get(iri) != entry):
        raise UserError(f"publish/ was built before “{changed[0]}” was so: run “trophees build”")
    data = project.root / "data"
    path, content = past.kept(project.past(), version, of_quads(store))
    files.write(
        {
            project.root / path: content,
            data / FILE: extended(known, now, version),
            data / published_files.FILE: published_files.written(listed),
        }
    )
    return len(now.keys() - known.keys()), version
