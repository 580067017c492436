"""`trophees place`: a territory on a day, what became of it, and the laureates near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE

if TYPE_CHECKING:
    from datetime import datetime


@click.command()
@click.argument("name", metavar="NAME")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day, as 1990-01-01.  [default: that of the newest vintage]",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text", show_default=True)
@LANGUAGE
def place(name: str, on: datetime | None, form: str, lang: Language) -> None:
    """Tell what NAME was on a day, what became of it and why, what it was in, and the laureates there and near.

    NAME is an INSEE code, a SIREN, or the name of a commune, former or not, département, région or EPCI. A name that
    several bear gives them all.
    """
    import json

    from trophees.ask.engine import Published
    from trophees.ask.laureates_near import laureates
    from trophees.ask.place_in_rdf import turtle
    from trophees.ask.place_told import data, text, told
    from trophees.base.errors import UserError, as_text
    from trophees.places import reference
    from trophees.places.place import BEGINNING
    from trophees.places.wording import before, beyond

    day = on.date() if on else None
    if day and day < BEGINNING:
        raise UserError(before(f"--on {day}")[lang])
    if day and day > (newest := reference.newest()):
        click.echo(f"trophees: {beyond('--on', day, newest)[lang]}", err=True)
    found = told(as_text(name), day, Published().answer(lambda graph: laureates(graph, lang)))
    if form == "json":
        click.echo(json.dumps([data(one, lang) for one in found], ensure_ascii=False, indent=1))
    elif form == "ttl":
        click.echo(turtle(found, lang).decode(), nl=False)
    else:
        click.echo("\n".join(text(one, lang) for one in found), nl=False)
