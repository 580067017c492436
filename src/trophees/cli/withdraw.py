"""`trophees withdraw`: take back what was published, and leave only the fact that it was."""

from __future__ import annotations

from pathlib import Path

import click

from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@click.argument("thing", metavar="IRI")
@click.option("--successor", metavar="IRI", default="", help="What takes its place.  [default: nothing does]")
@click.option("--reason", nargs=2, required=True, metavar="FRENCH ENGLISH", help="Why, in both languages.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@LANGUAGE
def withdraw(thing: str, successor: str, reason: tuple[str, str], yes: bool, lang: Language) -> None:
    """Withdraw a fact, a thing or a source from the records, with all that is said of it.

    The records are edited, and what was published is noted in data/withdrawal/ with the reason: nothing is committed.
    """
    from trophees.release import withdraw as work
    from trophees.release.checkout import Project

    project = Project.containing(Path())
    texts = dict(zip(("fr", "en"), reason, strict=True))
    done = work.Plan.of(project, thing, successor, texts)
    for line in done.lines(lang):
        click.echo(line, err=True)
    if not yes and not click.confirm({"fr": "Retirer tout cela ?", "en": "Withdraw all of this?"}[lang], err=True):
        raise UserError({"fr": "rien n'est changé", "en": "nothing is changed"}[lang])
    for path in done.write():
        click.echo(path)
