"""`trophees show`: a thing with its evidence. A plain name does not wait for it: see `__main__`."""

from __future__ import annotations

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--endpoint", metavar="URL", default=None, help="Look it up at the SPARQL endpoint at URL instead.")
@click.option(
    "--timeout",
    type=float,
    default=None,
    metavar="SECONDS",
    help="Time limit of each answer for --endpoint.  [default: 60]",
)
@LANGUAGE
def show(name: str, endpoint: str | None, timeout: float | None, lang: Language) -> None:
    """Show one thing with its evidence: printed in which section, or inferred and why.

    NAME is an IRI (INSEE's, too), a compact one, a slug, an INSEE code, a SIREN or a label in either language.
    """
    from trophees.ask.command import show

    show(name, lang, endpoint, timeout)
