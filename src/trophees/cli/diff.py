"""`trophees diff`: what changed from one dataset to another, by thing and fact."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE, PATH

_FORMATS = {"txt": "text", "md": "md", "json": "json", "ttl": "ttl", "ru": "update", "rdfp": "patch"}


def _held(root: Path, version: str) -> list[bytes] | None:
    """What the checkout at `root` keeps of the release."""
    from trophees.release import past

    return past.held(root, version)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "form", type=click.Choice(list(_FORMATS.values())), help="[default: text, or by the extension of -o]"
)
@click.option("-o", "--output", type=PATH, default=None, help="File to write: .txt, .md, .json, .ttl, .ru or .rdfp.")
@click.option("--exit-code", is_flag=True, help="End with 1 if anything changed.")
@LANGUAGE
def diff(old: str, new: str, form: str | None, output: Path | None, exit_code: bool, lang: Language) -> None:
    """Tell what changed from OLD to NEW, thing by thing and fact by fact, with the old and the new value.

    Each is a folder (publish/, or a checkout), an RDF file, a release (2026.2) or a git revision (HEAD~1). ttl is a
    change set in PROV; update (SPARQL 1.1 Update) and patch (RDF Patch) turn OLD into NEW exactly.
    """
    from trophees.base.errors import UserError
    from trophees.changes.command import compare, write

    if form is None:
        extension = output.suffix.lower().lstrip(".") if output else "txt"
        if extension not in _FORMATS:
            raise UserError(f"{output}: unknown format “{extension}” ({', '.join(_FORMATS)}): give --format")
        form = _FORMATS[extension]
    differs, pieces = compare(old, new, form, lang, Path(), _held)
    if output is None:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
    else:
        write(output, pieces)
    if differs and exit_code:
        sys.exit(1)
