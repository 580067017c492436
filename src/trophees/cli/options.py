"""What several verbs are told in the same way."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from trophees.base.language import Language, locale

PATH = click.Path(path_type=Path)


LANGUAGE = click.option(
    "--lang",
    type=click.Choice(get_args(Language)),
    default=locale,
    help="Language of the messages.  [default: the locale's]",
)
