"""`trophees new`: templates for records."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trophees.base.errors import UserError
from trophees.base.language import Both, Language
from trophees.cli.options import LANGUAGE

if TYPE_CHECKING:
    from trophees.check.template import Node


@click.group()
def new() -> None:
    """Print a commented template for a new record, made from the shapes."""


def _new(command: str, cls: str, folder: str) -> None:
    @new.command(command, help=f"Template of a record for data/{folder}/.")
    @click.argument("slug", default="…")
    @LANGUAGE
    def print_template(slug: str, lang: Language) -> None:
        _print(cls, folder, slug, lang)


@new.command(help="Template of a record for data/laureate/EDITION/.")
@click.argument("slug", default="…")
@click.option("--edition", metavar="YEAR", help="Its edition; by default the newest that has a record.")
@click.option("--carrier", metavar="LINE", help="The carrier line as printed: what it tells for certain is filled in.")
@LANGUAGE
def laureate(slug: str, edition: str | None, carrier: str | None, lang: Language) -> None:
    """Print the template of a laureate of `edition`, with what its `carrier` line tells for certain."""
    from trophees.release.checkout import Project

    editions = Project.containing(Path()).editions()
    year = edition or max(editions, default="")
    if year not in editions:
        known = ", ".join(editions) or "none"
        raise UserError(f"no record of the edition “{year}” (there is: {known}): write data/edition/YEAR.yaml first")
    _print("Laureate", f"laureate/{year}", slug, lang, None if carrier is None else _of(carrier, year, lang))


def _of(carrier: str, year: str, lang: Language) -> Node:
    """What the `carrier` line tells of a laureate of that `year`; UserError if no record may have such a line."""
    from datetime import date

    from trophees.base.errors import as_text
    from trophees.check.carrier import given, organisations
    from trophees.release.checkout import Project
    from trophees.source.text import flaw_of_value, loose

    line = as_text(carrier)
    flaw = flaw_of_value(line) or loose(line)
    if flaw or not line:
        said = flaw.message if flaw else Both("la ligne est vide", "the line is empty")
        raise UserError(f"--carrier: {said[lang]}")
    project = Project.containing(Path())
    records = project.records(sorted((project.root / "data" / "organisation").glob("*.yaml")))
    known = {iri for iri, _ in project.territories()}
    return given(line, date(int(year), 12, 31), known, organisations(records, project.replaced()), project.context)


def _print(cls: str, folder: str, slug: str, lang: Language, given: Node | None = None) -> None:
    from trophees.base.namespaces import BASE
    from trophees.check.shacl import shapes_graph
    from trophees.check.template import template
    from trophees.release.checkout import Project

    if slug != "…" and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UserError(f"“{slug}” is no name for a record: use a-z, 0-9 and hyphens, as in “ville-de-cachan”")
    project = Project.containing(Path())
    iri = f"{BASE}{folder}/{slug}"
    click.echo(template(cls, iri, shapes_graph(project.shapes()), project.context, lang, given), nl=False)


for _arguments in (
    ("organisation", "Organisation", "organisation"),
    ("person", "Person", "person"),
    ("edition", "Edition", "edition"),
    ("source", "Source", "source"),
    ("place", "Place", "territory/other"),
):
    _new(*_arguments)
