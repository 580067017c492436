"""A table of processes against the records: each row written, recognised or refused, and no row without an outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from trophees.base.context import Context
from trophees.base.folding import fold
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE
from trophees.intake import amend, columns, faults_of_places, proposal, status
from trophees.intake.faults import Fault, of_table, of_words
from trophees.intake.known import Known, Process
from trophees.intake.recognise import Carrier, Recognised, carrier, recognised
from trophees.intake.sheet import Sheet, sheets
from trophees.reading.table import Table

WRITTEN, RECOGNISED, REFUSED = "written", "recognised", "refused"


@dataclass(frozen=True)
class Taken:
    """What became of the row on `line`: the record at `path` has the new `text`, if any; `why` says on what ground."""

    line: int
    outcome: str
    path: str
    text: str
    why: Both
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Intake:
    """What became of every row, in their order, and what is wrong with the table as a whole."""

    rows: tuple[Taken, ...]
    faults: tuple[Fault, ...] = field(default=())


def take(
    table: Table, of: columns.Columns, known: Known, editions: Sequence[str], text: Callable[[str], str],
    context: Context, language: Language,
) -> Intake:  # fmt: skip
    """What becomes of the rows of `table`. `text` gives that of the record at a path; `editions` those with a record.

    Nothing is written. A row is refused if it says of no process what it is, or may tell of several that have records.
    """
    source = context.expand(of.source, vocab=False)
    taken: list[Taken] = []
    names = {process.path.removeprefix("data/").removesuffix(".yaml") for process in known.processes}
    told: set[str] = set()
    found = list(sheets(table, of.roles))
    for sheet in found:
        wrong = (*of_words(sheet), *faults_of_places.of_places(sheet))
        if reason := _unfit(sheet, editions):
            taken.append(Taken(sheet.line, REFUSED, "", "", reason, wrong))
            continue
        who = carrier(sheet, known)
        same = recognised(sheet, who, source, known)
        if isinstance(same, Recognised):
            taken.append(_same(sheet, same, source, of, wrong, text, context, told))
        elif same:
            taken.append(Taken(sheet.line, REFUSED, "", "", _several(same, context), wrong))
        else:
            taken.append(_new(sheet, who, of, known, wrong, context, language, names))
    return Intake(tuple(taken), (*of_table(found), *_no_sections(found, of, known)))


def _no_sections(found: Sequence[Sheet], of: columns.Columns, known: Known) -> Iterator[Fault]:
    """The columns that facts would name, and that no record may name yet."""
    used = {header for sheet in found for header in sheet.cells}
    for header, role in of.roles.items():
        if role != columns.LEFT and header in used and " ".join(fold(header).split()) not in known.sections:
            said = Both(
                "pas encore une rubrique : ajoutez-la à data/vocabulary/sections.yaml et à data/context.jsonld",
                "no section yet: add it to data/vocabulary/sections.yaml and to data/context.jsonld",
            )
            yield Fault(0, header, "", said)


def _unfit(sheet: Sheet, editions: Sequence[str]) -> Both | None:
    """Why no record can be made of the row; None if one can."""
    if not sheet.get(columns.TITLE) and not sheet.get(columns.CARRIER):
        return Both("ni titre ni porteur", "neither title nor carrier")
    if sheet.status is None:
        return Both("à quel titre la démarche est là n’est pas dit", "on what ground the process is there is not said")
    if sheet.status.kind == status.CASE:
        return None
    if not sheet.years:
        return Both("l’année n’est dite nulle part", "the year is said nowhere")
    if sheet.years[0] not in editions:
        return Both(
            f"l’édition {sheet.years[0]} n’a pas de fiche : « trophees new edition {sheet.years[0]} »",
            f"the edition {sheet.years[0]} has no record: “trophees new edition {sheet.years[0]}”",
        )
    return None


def _several(processes: Sequence[Process], context: Context) -> Both:
    shown = ", ".join(context.compact(process.iri) for process in processes)
    return Both(f"peut être plusieurs démarches : {shown}", f"may be several processes: {shown}")


def _same(
    sheet: Sheet, same: Recognised, source: str, of: columns.Columns, wrong: tuple[Fault, ...],
    text: Callable[[str], str], context: Context, told: set[str],
) -> Taken:  # fmt: skip
    path = same.process.path
    if same.process.iri in told:
        reason = Both("une autre ligne a déjà raconté cette démarche : ", "another row has told of this process: ")
        return Taken(sheet.line, REFUSED, path, "", reason + same.because, wrong)
    told.add(same.process.iri)
    new = (
        ""
        if source in same.process.accounts
        else amend.added(text(path), sheet, same.process, of.source, wrong, context)
    )
    return Taken(sheet.line, RECOGNISED, path, new, same.because, wrong)


def _new(
    sheet: Sheet, who: Carrier, of: columns.Columns, known: Known, wrong: tuple[Fault, ...], context: Context,
    language: Language, names: set[str],
) -> Taken:  # fmt: skip
    folder = proposal.folder(sheet, of.cases)
    there = {name.removeprefix(folder + "/") for name in names if name.startswith(folder + "/")}
    name = f"{folder}/{proposal.slug(sheet, who, there)}"
    names.add(name)
    new = proposal.record(sheet, BASE + name, who, of, known, wrong, context, language)
    return Taken(sheet.line, WRITTEN, f"data/{name}.yaml", new, Both("nouvelle", "new"), wrong)
