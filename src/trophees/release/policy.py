"""What `docs/versions.md` promises of a release, held against the records of datasets and the change logs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from trophees.base.language import Both, Language
from trophees.base.namespaces import DCAT, DCTERMS, RDF_TYPE
from trophees.publish.changelog import releases
from trophees.source.problem import Problem
from trophees.source.record import Record, Statement

_DATASET = NamedNode(DCAT + "Dataset")
_LOGS = Both("JOURNAL.md", "CHANGELOG.md")


@dataclass(frozen=True)
class _Dataset:
    """The record of a dataset, and its statements by property."""

    record: Record
    said: dict[str, Statement]

    def text(self, name: str) -> str:
        """The value of the property `name`; empty if there is none."""
        return self.said[name].object.value if name in self.said else ""

    @property
    def order(self) -> tuple[int, ...]:
        """The place of its version among others, as a sort key; empty if it is none."""
        parts = self.text("version").split(".")
        return tuple(map(int, parts)) if all(part.isdecimal() and part.isascii() for part in parts) else ()

    def problem(self, name: str, fr: str, en: str) -> Problem:
        """A problem where `name` is said, or else at the head of the record."""
        place = (self.said[name].line, self.said[name].column) if name in self.said else (1, 1)
        return Problem(self.record.path, *place, "source:release", messages=Both(fr, en))


def problems(records: Iterable[Record], changelog: Mapping[Language, str], today: date) -> Iterator[Problem]:
    """What is wrong with the release that `records` announce: its dataset is the one that no other replaces.

    The change logs have a section for it; it follows the last of the datasets that were replaced, in number and in
    date; no date is later than `today`.
    """
    found = [dataset for record in records if (dataset := _read(record))]
    current = [dataset for dataset in found if "isReplacedBy" not in dataset.said]
    former = sorted((d for d in found if "isReplacedBy" in d.said), key=lambda dataset: dataset.order)
    for other in current[1:]:
        yield other.problem(
            "version",
            "version — un seul jeu de données n’est remplacé par aucun autre : écrivez « remplacé_par_version »",
            "version — one dataset only is replaced by no other: write “remplacé_par_version” (replaced by)",
        )
    for dataset in current[:1]:
        yield from _told(dataset, changelog)
        yield from _dated(dataset, today)
        for last in former[-1:]:
            yield from _follows(dataset, last)


def _read(record: Record) -> _Dataset | None:
    about = [s for s in record.statements if s.subject == record.iri]
    if not any(s.predicate == RDF_TYPE and s.object == _DATASET for s in about):
        return None
    ours = (s for s in about if s.predicate.value.startswith((DCAT, DCTERMS)))
    return _Dataset(record, {s.predicate.value.removeprefix(DCAT).removeprefix(DCTERMS): s for s in ours})


def _told(dataset: _Dataset, changelog: Mapping[Language, str]) -> Iterator[Problem]:
    version = dataset.text("version")
    for language, log in changelog.items():
        if version and version not in {release.version for release in releases(log)}:
            name = _LOGS[language]
            yield dataset.problem(
                "version",
                f"version — {name} n’a pas de section « ## {version} » : écrivez-y ce qui change",
                f"version — {name} has no section “## {version}”: write there what changes",
            )


def _dated(dataset: _Dataset, today: date) -> Iterator[Problem]:
    for name, key in (("issued", "publié_le"), ("modified", "modifié_le")):
        if dataset.text(name) > today.isoformat():
            yield dataset.problem(
                name,
                f"{key} — une date qui n’est pas à venir est attendue ; valeur « {dataset.text(name)} »",
                f"{key} ({name}) — a date that is not to come is expected; value “{dataset.text(name)}”",
            )


def _follows(dataset: _Dataset, former: _Dataset) -> Iterator[Problem]:
    if dataset.text("previousVersion") != former.record.iri.value:
        yield dataset.problem(
            "previousVersion",
            f"version_précédente — la version remplacée en dernier, {former.text('version')}, est attendue",
            f"version_précédente (previous version) — the one replaced last, {former.text('version')}, is expected",
        )
    if dataset.order <= former.order:
        yield dataset.problem(
            "version",
            f"version — un numéro qui suit {former.text('version')} est attendu ; valeur « {dataset.text('version')} »",
            f"version — a number after {former.text('version')} is expected; value “{dataset.text('version')}”",
        )
    if dataset.text("issued") < former.text("issued"):
        yield dataset.problem(
            "issued",
            f"publié_le — pas avant {former.text('issued')}, la date de la version précédente",
            f"publié_le (issued) — not before {former.text('issued')}, the date of the previous version",
        )
