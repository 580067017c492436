"""`trophees link`: the rows of a table, each with the territory that it means."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE, PATH

_DATE = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("file", metavar="FILE|-", type=PATH)
@click.option("-o", "--output", type=PATH, default=None, help="File to write; the extension may give another format.")
@click.option("--name", metavar="COLUMN", help="Column of the names, by its header or number; so for the next ones.")
@click.option("--code", metavar="COLUMN", help="INSEE codes, or SIREN of EPCI.")
@click.option("--postal", metavar="COLUMN", help="Postal codes.")
@click.option("--departement", metavar="COLUMN", help="Départements, by name or code.")
@click.option("--region", metavar="COLUMN", help="Régions, by name or code.")
@click.option("--kind", metavar="COLUMN", help="Kinds of territory: commune, département, EPCI…")
@click.option("--date", metavar="COLUMN", help="The day that a row speaks of, before --on.")
@click.option("--on", type=_DATE, metavar="DATE", help="The day that all rows speak of.  [default: the newest vintage]")
@click.option("--to", type=_DATE, metavar="DATE", help="Give the territories as they are on this day.")
@click.option("--header/--no-header", default=None, help="Whether the first row names the columns.  [default: guessed]")
@click.option("--processes", type=click.IntRange(1, 64), default=None, help="How many at once.  [default: one a core]")
@LANGUAGE
def link(
    file: Path,
    output: Path | None,
    name: str | None,
    code: str | None,
    postal: str | None,
    departement: str | None,
    region: str | None,
    kind: str | None,
    date: str | None,
    on: datetime | None,
    to: datetime | None,
    header: bool | None,
    processes: int | None,
    lang: Language,
) -> None:
    """Write the rows of FILE (CSV, TSV, JSON Lines, XLSX, ODS; - for standard input), each with what it means.

    Added are the code, kind and official name of the territory, what it is in, its IRI, its time, and why: linked,
    ambiguous or unknown. Rows stay as they are, all of them, in their order.
    """
    import os

    from trophees.places.link_file import link_file
    from trophees.places.table_linked import Wish

    given = {
        "name": name, "code": code, "postal": postal, "departement": departement, "region": region, "kind": kind,
        "date": date,
    }  # fmt: skip
    wish = Wish(
        {role: column for role, column in given.items() if column is not None},
        on.date() if on else None,
        to.date() if to else None,
        header,
        lang,
        processes or min(4, os.cpu_count() or 1),
    )
    click.echo(link_file(file, output, wish, lambda said: click.echo(said[lang], err=True)), err=True)
