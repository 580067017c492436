"""What several verbs are told in the same way."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import click

from trophees.base.language import Language

PATH = click.Path(path_type=Path)


def locale() -> Language:
    """The language that the environment asks for: French where it says so, else English."""
    names = (os.environ.get(n) for n in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next((n for n in names if n), "").startswith("fr") else "en"


LANGUAGE = click.option(
    "--lang",
    type=click.Choice(get_args(Language)),
    default=locale,
    help="Language of the messages.  [default: the locale's]",
)
