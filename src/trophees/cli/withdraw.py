"""`trophees withdraw`: take back what was published, and leave only the fact that it was."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trophees.base.errors import UserError
from trophees.base.language import Both, Language
from trophees.cli.options import LANGUAGE

_ALL = Both("Retirer tout cela ?", "Withdraw all of this?")
_NOTHING = Both("rien n’est changé", "nothing is changed")


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
    from trophees.check.report import line
    from trophees.release import withdraw as work
    from trophees.release.checkout import Project
    from trophees.release.register import Refused

    project = Project.containing(Path())
    try:
        done = work.Plan.of(project, thing, successor, Both(*reason))
    except Refused as refused:
        for problem in refused.problems:
            click.echo(line(problem, lang))
        sys.exit(1)
    for sentence in done.lines(lang):
        click.echo(sentence, err=True)
    if not yes and not click.confirm(_ALL[lang], err=True):
        raise UserError(_NOTHING[lang])
    for path in done.write():
        click.echo(path)
