"""`trophees check`: every problem of the records, with its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trophees.base.language import Language
from trophees.cli.options import ENGINE, LANGUAGE, PATH
from trophees.cli.progress import progress

if TYPE_CHECKING:
    from trophees.check import engines


@click.command()
@click.argument("files", nargs=-1, type=PATH)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github", "ttl"]), default="text")
@click.option("--fix", is_flag=True, help="Write an id for each fact that has none, then check.")
@ENGINE
@LANGUAGE
def check(files: tuple[Path, ...], form: str, fix: bool, engine: engines.Name, lang: Language) -> None:
    """Check FILES of data/, or all of them, and list every problem with its place."""
    from importlib.metadata import version

    from trophees.check import engines, sources
    from trophees.check.report import render, summary
    from trophees.release import naming
    from trophees.release.checkout import Project
    from trophees.release.review import review

    judge = engines.maker(engine)
    project = Project.containing(files[0].parent if files else Path())
    if fix:
        for path, count in naming.write(project, project.records(files or None)):
            click.echo(f"{path}: +{count} id", err=True)
    found = review(project, progress, files, engine=judge)
    click.echo(render(found.problems, form, lang, version("trophees")), nl=False)
    if form == "text":
        click.echo(summary(found.problems, len(found.chosen), lang), err=True)
        missing = sources.wanted(found.chosen, found.records, project.context)
        for sentence in (*naming.waiting(found.chosen), *missing):
            click.echo(sentence[lang], err=True)
    sys.exit(1 if found.refused else 0)
