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
