"""What several verbs are told in the same way."""

from __future__ import annotations

from pathlib import Path

import click

from trophees.base.language import LANGUAGES, locale

PATH = click.Path(path_type=Path)

LANGUAGE = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=locale,
    help="Language of the messages.  [default: the locale's]",
)

ENGINE = click.option(
    "--engine",
    type=click.Choice(["pyshacl", "fast"]),
    default="pyshacl",
    show_default=True,
    help="What validates: the reference, or an engine that finds the same sooner (trophees[fast]).",
)

TIME_LIMIT = click.option(
    "--timeout",
    default=30,
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    metavar="SECONDS",
    help="Time limit of a query.",
)

MEMORY_LIMIT = click.option(
    "--memory",
    default=256,
    show_default=True,
    type=click.IntRange(16, 65536),
    metavar="MB",
    help="Memory limit of a query, beyond the graph.",
)
