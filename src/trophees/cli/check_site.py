"""`trophees check-site`: whether what the catalogue of a site names is there."""

from __future__ import annotations

import sys

import click

from trophees.base.language import Both, Language
from trophees.cli.options import LANGUAGE

_SUMMARY = Both(
    "{0} adresses : {1} en défaut, {2} sur un autre hôte", "{0} addresses: {1} at fault, {2} on another host"
)


@click.command("check-site")
@click.argument("url")
@click.option(
    "--timeout", default=60.0, show_default=True, type=click.FloatRange(0.1, 3600), metavar="SECONDS",
    help="Time limit of an answer.",
)  # fmt: skip
@LANGUAGE
def check_site(url: str, timeout: float, lang: Language) -> None:
    """Ask every address that the catalogue of the site at URL names: files, with size and checksum, endpoint, pages.

    One line an address: its status, what it is, and what is wrong. Nothing but the host of URL is asked.
    """
    from trophees.ask.visit import visits
    from trophees.base.errors import harmless

    number = faults = elsewhere = 0
    for visit in visits(url, timeout):
        said = visit.fault or visit.note
        end = f": {said[lang]}" if said else ""
        click.echo(f"{visit.status or '-'}\t{visit.what[lang]}\t{harmless(visit.url)}{harmless(end)}")
        number, faults, elsewhere = number + 1, faults + bool(visit.fault), elsewhere + bool(visit.note)
    click.echo(_SUMMARY[lang].format(number, faults, elsewhere), err=True)
    sys.exit(1 if faults else 0)
