"""Withdrawing what was published: a fact, a thing with all that is said of it, or a whole source.

What is left of it is the fact of the withdrawal, a record of `data/withdrawal/`: the release, the reason, and the
successor or the word that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.language import Both, Language
from trophees.base.namespaces import TP
from trophees.graph.provenance import ACCORDING_TO, NAMING, kind, sources_of
from trophees.release import files, register
from trophees.release.checkout import Project
from trophees.release.review import told
from trophees.source.problem import Problem
from trophees.source.record import Record, Statement
from trophees.source.refusal import Place
from trophees.source.removal import without
from trophees.source.yaml_ld import read

FOLDER = "data/withdrawal"
_TOLD = ("laureate", "case", "edition")  # what nobody else tells: it goes with its source
_SUCCESSOR = NamedNode(TP + "successor")
_NODE = NamedNode | Literal


@dataclass
class Withdrawal:
    """What goes: the IRIs, the files, and the places of nodes and values in the files that stay, by path."""

    gone: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    places: dict[str, set[Place]] = field(default_factory=dict)


def follow(iri: str, records: Collection[Record], published: Container[str] = ()) -> Withdrawal:
    """All that goes with `iri`: what is inside of it, what is said of it elsewhere, what only it tells.

    What no record holds, such as a part of the catalogue, goes alone. UserError if it was not `published` either.
    """
    if iri not in published and not any(node.value == iri for record in records for node in record.nodes):
        raise UserError(f"{iri}: no record holds it: name what is to be withdrawn by its IRI")
    found = Withdrawal({iri})
    records = [record for record in records if kind(record) != "withdrawal"]  # what went before stays noted
    size = 0
    while size != len(found.gone):  # what goes may take others with it
        size = len(found.gone)
        for record in records:
            _follow(record, records, found)
    for record in records:
        if record.path not in found.files:
            _cut(record, found)
    return found


def _follow(record: Record, records: Collection[Record], found: Withdrawal) -> None:
    if record.iri.value in found.gone:
        found.files.add(record.path)
        if kind(record) == "source":
            found.gone |= _graphs(record) - {
                graph for other in records if other is not record for graph in _graphs(other)
            }
        found.gone |= {node.value for node in record.nodes}
        return
    for s in record.statements:
        if s.object in record.nodes and s.object != record.iri:
            if s.subject.value in found.gone and s.predicate not in NAMING:
                found.gone.add(s.object.value)  # it is inside of what goes
            continue
        if not _in(s.object, found.gone):
            continue
        if s.subject != record.iri:
            found.gone |= {node.value for node in record.nodes if _inside(node.value, s.subject.value)}
        elif s.predicate == ACCORDING_TO and (kind(record) in _TOLD or not _mentioned(record, records, found)):
            found.gone.add(record.iri.value)


def _mentioned(record: Record, records: Iterable[Record], found: Withdrawal) -> bool:
    """Whether something that stays refers to what `record` is about."""
    return any(
        s.object == record.iri and s.subject.value not in found.gone
        for other in records
        if other is not record and other.iri.value not in found.gone
        for s in other.statements
    )


def _graphs(record: Record) -> set[str]:
    """The named graphs of a source."""
    return {graph.value for graphs in sources_of([record]).values() for graph in graphs}


def _inside(node: str, other: str) -> bool:
    return node == other or ("#" in other and node.startswith(other + "-"))


def _in(value: _NODE, gone: Collection[str]) -> bool:
    return isinstance(value, NamedNode) and value.value in gone


def _cut(record: Record, found: Withdrawal) -> None:
    places = {place for node, place in record.nodes.items() if node.value in found.gone}
    places |= {(s.line, s.column) for s in record.statements if _goes(s, found.gone)}
    if places:
        found.places[record.path] = places


def _goes(statement: Statement, gone: Collection[str]) -> bool:
    return _in(statement.object, gone) and statement.subject.value not in gone


def named(found: Withdrawal, records: Iterable[Record]) -> list[tuple[str, int, str]]:
    """Where the texts that stay still name what goes: path, line, name. They are to be reworded by hand."""
    records = list(records)
    labels = {
        s.object.value
        for record in records
        for s in record.statements
        if s.subject.value in found.gone and "#" not in s.subject.value and s.predicate.value.endswith("Label")
    }
    return sorted(
        (record.path, s.line, label)
        for record in records
        if record.path not in found.files
        for s in record.statements
        if isinstance(s.object, Literal) and s.subject.value not in found.gone
        for label in labels
        if label in s.object.value
    )


def edited(found: Withdrawal, texts: Mapping[str, str]) -> dict[str, str]:
    """The new text of each file that stays and changes. UserError, with its place, if one is to be edited by hand."""
    new = {}
    for path, places in found.places.items():
        try:
            new[path] = without(texts[path], places)
        except ValueError as error:
            raise UserError(f"{path}:{error}") from None
    return new


def alone(gone: Collection[str], records: Iterable[Record], text: Callable[[str], str]) -> dict[str, str]:
    """The new text of each record of withdrawals that names one of `gone`, never published, as a successor."""
    new = {}
    for record in (record for record in records if kind(record) == "withdrawal"):
        if lines := [s.line for s in record.statements if s.predicate == _SUCCESSOR and _in(s.object, gone)]:
            written = text(record.path).splitlines(keepends=True)
            for line in lines:
                written[line - 1] = written[line - 1].partition("remplacé_par")[0] + "sans_successeur: true\n"
            new[record.path] = "".join(written)
    return new


def noted(
    text: str,
    version: str,
    gone: Iterable[str],
    reason: Both,
    successor: str,
    context: Context,
) -> str:
    """The `text` of the record of the withdrawals of `version` (empty if it is new) with those of `gone`.

    `successor` is that of the first of them; empty if there is none.
    """
    name = slug(version)
    if not text:
        text = f'id: withdrawal:{name}\ntype: Retraits\nversion: "{version}"\nretraits:\n'
    number = text.count("\n  - id: ")
    for iri in gone:
        number += 1
        text += f"  - id: withdrawal:{name}#withdrawal-{number}\n    retiré: {context.compact(iri)}\n"
        text += f"    remplacé_par: {context.compact(successor)}\n" if successor else "    sans_successeur: true\n"
        text += "    raison:\n" + "".join(f"      {lang}: {_quoted(said)}\n" for lang, said in reason.items())
        successor = ""
    return text


def slug(version: str) -> str:
    """The name of the record of the withdrawals of `version`."""
    return version.replace(".", "-")


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True)
class Plan:
    """A withdrawal from the records of `project`, before it is carried out."""

    project: Project
    version: str
    found: Withdrawal
    texts: dict[str, str]  # the new text of each file that changes, by path
    published: list[str]
    mentions: list[tuple[str, int, str]]

    @classmethod
    def of(cls, project: Project, thing: str, successor: str, reason: Both) -> Plan:
        """What withdrawing `thing` would change.

        UserError if it is not there, or is to be edited by hand; register.Refused if `trophees check` would refuse its
        record: the reason is no reason, the successor does not exist, or goes with it.
        """
        records = list(project.records())
        iri, after = (project.context.expand(text, vocab=False) if text else "" for text in (thing, successor))
        known = register.read(project.root / "data" / register.FILE)
        found = follow(iri, records, known)
        if after in found.gone:
            raise UserError(f"the successor “{successor}” is what is withdrawn, or goes with it: name another, or none")
        texts = edited(found, {path: project.text(path) for path in found.places})
        texts |= alone(found.gone - known.keys(), records, project.text)
        version = project.version_of(records)
        published = sorted(found.gone & known.keys() - register.withdrawals(records).keys())
        published.sort(key=lambda gone: gone != iri)
        path = f"{FOLDER}/{slug(version)}.yaml"
        if published:
            before = texts.get(path) or (project.text(path) if (project.root / path).exists() else "")
            texts[path] = noted(before, version, published, reason, after, project.context)
        plan = cls(project, version, found, texts, published, named(found, records))
        if path in texts and (refused := list(plan._refused(path, records))):
            raise register.Refused(refused)
        return plan

    def _refused(self, path: str, records: Iterable[Record]) -> Iterator[Problem]:
        """What is wrong with the record of withdrawals at `path`, as it would be beside the records that stay."""
        new = {
            other: read(text.encode(), other.removeprefix("data/"), self.project.context)
            for other, text in self.texts.items()
        }
        stay = [r for r in records if r.path not in new and r.path not in self.found.files] + list(new.values())
        yield from (p for p in told(self.project, [new[path]], stay) if p.severity == "error")

    def lines(self, language: Language) -> Iterator[str]:
        """What it would change, for people."""
        yield _COUNT[language].format(len(self.found.gone), len(self.published))
        yield from (f"- {path}" for path in sorted(self.found.files))
        yield from (f"~ {path}" for path in sorted(self.texts))
        yield from (_MENTION[language].format(path, line, name) for path, line, name in self.mentions)

    def write(self) -> Iterator[str]:
        """Change the files; the path of each. The withdrawal is noted first: a run that is killed can be repeated."""
        root = self.project.root
        paths = sorted(self.texts, key=lambda path: (not path.startswith(FOLDER), path))
        gone = sorted(self.found.files)
        files.write({root / path: self.texts[path].encode() for path in paths}, [root / path for path in gone])
        yield from (*paths, *gone)


_COUNT = Both("{} identifiants s’en vont, dont {} publiés :", "{} identifiers go, {} of them published:")
_MENTION = Both("{}:{}: nomme encore « {} » : à récrire à la main", "{}:{}: still names “{}”: to be reworded by hand")
