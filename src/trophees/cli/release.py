"""`trophees release`: the identifiers of this release are published from now on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@LANGUAGE
def release(lang: Language) -> None:
    """Add the identifiers of this release to the register, data/identifiers.nq: they will keep their meaning.

    What it says of its files goes to data/files.json: the next release dates by it those that change. What it changed
    of the release before goes to data/changes/: later builds tell by it what they change.

    Done once a release, when `trophees check` has nothing to say and every fact bears its id.
    """
    from trophees.check.report import line
    from trophees.release import published_files, register
    from trophees.release.checkout import Project

    try:
        added, version = register.release(Project.containing(Path()))
    except register.Refused as refused:
        for problem in refused.problems:
            click.echo(line(problem, lang))
        sys.exit(1)
    click.echo(f"data/{published_files.FILE}, data/{register.FILE}: +{added} ({version})", err=True)
