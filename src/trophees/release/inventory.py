"""Which files of `data/` are records, and what stands there that none can be: nothing is left out in silence.

A record is a regular file `data/…/name.yaml`, its folders and its name made of a-z, 0-9 and hyphens, hence no two
collide where the case of letters does not count, and no page or file of a release is called as another one. Hidden
files and what editors leave beside a file are nobody's; what is no record, such as the tables of `data/places/`, is
read elsewhere.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, DCAT, RDF_TYPE, SKOS, TP, file_name
from trophees.source.problem import Problem
from trophees.source.record import REFUSED, Record

RULE = "source:file"
_EDITION, _YEAR = NamedNode(TP + "edition"), NamedNode(TP + "year")
_OF_EDITIONS = {"laureate": Both("lauréat", "laureate"), "case": Both("cas", "case")}  # processes
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LEFT = re.compile(r"\..*|.*~|#.*#")  # hidden, backups and locks
_BESIDE = re.compile(r".*\.md")  # in any folder
_TOP = (
    "attestation", "changes", "context.jsonld", "files.json", "identifiers.nq", "mapping", "places", "reference",
)  # fmt: skip
_FOLDERS = {  # of records whose class is called otherwise
    DCAT + "Dataset": "dataset",
    "http://www.w3.org/ns/sparql-service-description#NamedGraph": "graph",
    SKOS + "ConceptScheme": "vocabulary",
    TP + "Place": "territory/other",
    TP + "WithdrawalList": "withdrawal",
}


def inventory(data: Path) -> tuple[list[Path], list[Problem]]:
    """The records below the folder `data`, in path order, and what is wrong with the files and folders around them."""
    records: list[Path] = []
    problems: list[Problem] = []

    def unlisted(error: OSError) -> None:
        problems.append(_unread(_shown(Path(error.filename), data), error))

    for parent, folders, files in os.walk(data, onerror=unlisted):
        top = Path(parent) == data
        folders[:] = sorted(name for name in folders if not (_LEFT.fullmatch(name) or (top and name in _TOP)))
        for name in list(folders):
            path = Path(parent, name)
            if path.is_symlink():
                problems.append(_said(_shown(path, data), *_LINK))
        for name in files:
            if not (_LEFT.fullmatch(name) or _BESIDE.fullmatch(name) or (top and name in _TOP)):
                path = Path(parent, name)
                found = list(of_file(path, data))
                problems += found
                records += [] if found else [path]
    return sorted(records), sorted(problems)


def of_file(path: Path, data: Path) -> Iterator[Problem]:
    """What keeps the file `path`, below the folder `data`, from being a record, if anything does."""
    relative, shown = path.relative_to(data), _shown(path, data)
    if path.suffix != ".yaml":
        near = path.name.lower().partition(".")[0]
        yield _said(
            shown,
            f"n’est pas une fiche : appelez le fichier « {near}.yaml », ou rangez-le hors de data/",
            f"is no record: call it “{near}.yaml”, or keep it outside of data/",
        )
    elif not all(_NAME.fullmatch(step) for step in relative.with_suffix("").parts):
        yield _said(
            shown,
            "un nom de fiche et de dossier est fait de a-z, 0-9 et tirets, comme « ville-de-cachan.yaml »",
            "the name of a record and of its folders is made of a-z, 0-9 and hyphens, as in “ville-de-cachan.yaml”",
        )
    elif len(relative.parts) == 1:
        yield _said(
            shown, "une fiche se range dans le dossier de son type", "a record stands in the folder of its type"
        )
    else:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                yield _said(shown, "n’est pas un fichier ordinaire", "is not a regular file")
        except OSError as error:
            yield _unread(shown, error)


def misplaced(records: Iterable[Record], context: Context) -> Iterator[Problem]:
    """The records that do not stand in the folder of their type, or under the year of their edition."""
    for record in records:
        yield from _undated(record, context)
        for s in record.statements:
            if s.subject != record.iri or s.predicate != RDF_TYPE or not isinstance(s.object, NamedNode):
                continue
            folder = _FOLDERS.get(s.object.value) or (
                file_name(s.object.value) if s.object.value.startswith(TP) else None
            )
            if folder and not record.iri.value.startswith(f"{BASE}{folder}/"):
                kind = context.compact(s.object.value, vocab=True)
                yield Problem(
                    record.path,
                    s.line,
                    s.column,
                    RULE,
                    messages=Both(
                        f"une fiche de type {kind} se range dans data/{folder}/",
                        f"a record of the type {kind} stands in data/{folder}/",
                    ),
                )


def _undated(record: Record, context: Context) -> Iterator[Problem]:
    """What is wrong with the path of an edition, whose name is its year, or of a process, which begins with its own."""
    first, *steps = record.iri.value.removeprefix(BASE).split("/")
    for s in record.statements:
        if s.subject != record.iri or s.object == REFUSED:
            continue
        if first == "edition" and s.predicate == _YEAR and steps != [s.object.value]:
            wanted = f"data/edition/{s.object.value}.yaml"
            fr = f"année — la fiche de cette édition est {wanted}"
            en = f"année (year) — the record of this edition is {wanted}"
        elif first in _OF_EDITIONS and s.predicate == _EDITION and s.object.value.startswith(BASE + "edition/"):
            edition, name = s.object.value.removeprefix(BASE + "edition/"), steps[-1]
            if steps == [edition, name]:
                continue
            shown, wanted = context.compact(s.object.value), f"data/{first}/{edition}/{name}.yaml"
            fr = f"édition — la fiche d’un {_OF_EDITIONS[first].fr} de « {shown} » est {wanted}"
            en = f"édition (edition) — the record of a {_OF_EDITIONS[first].en} of “{shown}” is {wanted}"
        else:
            continue
        yield Problem(record.path, s.line, s.column, RULE, messages=Both(fr, en))


_LINK = (
    "est un lien vers un dossier, qui n’est pas suivi : mettez-y le dossier lui-même",
    "is a link to a folder, which is not followed: put the folder itself there",
)


def _shown(path: Path, data: Path) -> str:
    """`path` as problems call it; what is not UTF-8 in it is escaped."""
    return "data/" + os.fsencode(path.relative_to(data).as_posix()).decode("utf-8", "backslashreplace")


def _unread(shown: str, error: OSError) -> Problem:
    return _said(shown, f"ne peut être lu ({error.strerror})", f"cannot be read ({error.strerror})")


def _said(shown: str, fr: str, en: str) -> Problem:
    return Problem(shown, 1, 1, RULE, messages=Both(fr, en))
