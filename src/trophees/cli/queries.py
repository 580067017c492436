"""`trophees queries`: the cookbook, listed."""

from __future__ import annotations

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@LANGUAGE
def queries(lang: Language) -> None:
    """List the named queries of the cookbook by subject, with their parameters."""
    from trophees.ask import cookbook

    for subject, entries in cookbook.by_subject().items():
        click.echo(f"# {cookbook.SUBJECTS[subject][lang]}\n")
        for entry in entries:
            click.echo(f"{entry.name}\n    {entry.summary[lang]}")
            for param in entry.params:
                default = f" [{param.default}]" if param.default else ""
                click.echo(f"    -p {param.name}=…{default} {param.title[lang]}")
        click.echo()
