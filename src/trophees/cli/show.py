"""`trophees show`: a thing with its evidence. A plain name does not wait for it: see `__main__`."""

from __future__ import annotations

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@click.argument("name", metavar="NAME")
@LANGUAGE
def show(name: str, lang: Language) -> None:
    """Show one thing with its evidence: printed in which section, or inferred and why.

    NAME is an IRI (INSEE's, too), a compact one, a slug, an INSEE code, a SIREN or a label in either language.
    """
    from trophees.ask.command import show

    show(name, lang)
