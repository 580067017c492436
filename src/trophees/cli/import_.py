"""`trophees import`: the rows of an organiser's table as proposed records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trophees.base.errors import UserError
from trophees.base.language import Both, Language
from trophees.cli.options import LANGUAGE, PATH

if TYPE_CHECKING:
    from trophees.intake.columns import Columns
    from trophees.intake.faults import Fault
    from trophees.intake.take import Intake
    from trophees.reading.table import Table
    from trophees.release.checkout import Project


@click.command("import")
@click.argument("file", type=PATH)
@click.option("--of", "source", metavar="SOURCE", help="The record of its source, such as src:palmares-2030.")
@click.option(
    "--mapping", type=PATH, help="What the columns hold.  [default: FILE.colonnes.yaml, made if it is not there]"
)
@click.option("--dry-run", is_flag=True, help="Write nothing: show the mapping, and what would become of each row.")
@LANGUAGE
def import_(file: Path, source: str | None, mapping: Path | None, dry_run: bool, lang: Language) -> None:
    """Propose a record for each row of FILE (CSV, TSV, JSON Lines, XLSX, ODS), or recognise what has one.

    What the columns hold is guessed, kept in a small file beside the table, and read from there the next time. Nothing
    is overwritten: a record that exists gets what the row adds, under its own source, and a second run only what is
    new. Rows in = records written + records recognised + rows refused, each with its reason.
    """
    from trophees.intake import columns
    from trophees.intake.known import known
    from trophees.intake.take import take
    from trophees.reading import table as reading
    from trophees.release.checkout import Project

    project = Project.containing(Path())
    extension = file.name.lower().rpartition(".")[2]
    table = reading.read(file.read_bytes(), file.name, extension)
    kept = mapping or file.with_name(file.name + ".colonnes.yaml")
    of = _columns(table, kept, source)
    if not dry_run and not kept.exists():
        kept.write_text(columns.written(of, file.name), encoding="utf-8")
    if dry_run:
        click.echo(columns.written(of, file.name))
    records = list(project.records())
    if not any(project.context.compact(record.iri.value) == of.source for record in records):
        raise UserError(
            f"no record of the source {of.source}: write data/source/{of.source.partition(':')[2]}.yaml first"
        )
    territories = {iri for iri, _ in project.territories()}
    told = known(records, territories)
    found = take(table, of, told, project.editions(), lambda path: _text(project, path), project.context, lang)
    if not dry_run:
        _write(project, found)
    for sentence in (*(note[lang] for note in table.notes), *_told(found, table, lang)):
        click.echo(sentence)
    click.echo(_counted(found, dry_run)[lang], err=True)
    sys.exit(1 if any(row.outcome == "refused" for row in found.rows) else 0)


def _columns(table: Table, kept: Path, source: str | None) -> Columns:
    from trophees.base.errors import as_text
    from trophees.intake import columns

    if kept.exists():
        of = columns.read(kept.read_text(encoding="utf-8"), str(kept), table.columns)
        if source and as_text(source) != of.source:
            raise UserError(f"{kept} says that the source is {of.source}, --of that it is {source}")
        return of
    if not source:
        raise UserError("whose table is it? --of src:NAME, the record of its source in data/source/")
    return columns.Columns(as_text(source), columns.proposed(table.columns, [row.cells for row in table.rows]))


def _text(project: Project, path: str) -> str:
    return (project.root / path).read_bytes().decode("utf-8")


def _write(project: Project, found: Intake) -> None:
    """Write the new records where nothing stands, and what is added to others; all, or none that is half."""
    from trophees.release.files import write

    write({project.root / row.path: row.text.encode() for row in found.rows if row.text})


def _told(found: Intake, table: Table, lang: Language) -> list[str]:
    said = [_fault(fault, table, lang) for fault in found.faults]
    words = {
        "written": Both("fiche écrite", "record written"),
        "recognised": Both("reconnue", "recognised"),
        "refused": Both("refusée", "refused"),
    }
    for row in found.rows:
        where = f" {row.path}" if row.path else ""
        said.append(f"{table.name}:{row.line}: {words[row.outcome][lang]}{where} ({row.why[lang]})")
        said += [_fault(fault, table, lang) for fault in row.faults]
    return said


def _fault(fault: Fault, table: Table, lang: Language) -> str:
    line = f":{fault.line}" if fault.line else ""
    column = f"{fault.column} — " if fault.column else ""
    return f"{table.name}{line}: {column}{fault.said[lang]}"


def _counted(found: Intake, dry_run: bool) -> Both:
    count = {
        outcome: sum(row.outcome == outcome for row in found.rows) for outcome in ("written", "recognised", "refused")
    }
    added = sum(row.outcome == "recognised" and bool(row.text) for row in found.rows)
    would = Both(" (rien n’est écrit)", " (nothing is written)") if dry_run else Both("", "")
    rows = len(found.rows)
    return (
        Both(
            f"{rows} ligne(s) = {count['written']} fiche(s) écrite(s) + {count['recognised']} reconnue(s), dont {added}"
            f" complétée(s) + {count['refused']} refusée(s)",
            f"{rows} row(s) = {count['written']} record(s) written + {count['recognised']} recognised, {added} of them"
            f" added to + {count['refused']} refused",
        )
        + would
    )
