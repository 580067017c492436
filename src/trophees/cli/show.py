"""`trophees show`: a thing with its evidence."""

from __future__ import annotations

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@click.argument("name", metavar="IRI|SLUG")
@LANGUAGE
def show(name: str, lang: Language) -> None:
    """Show one thing with its evidence: printed in which section, or inferred and why."""
    from trophees.ask.engine import Embedded
    from trophees.ask.show import find
    from trophees.ask.show import show as display
    from trophees.base.context import Context
    from trophees.graph import published

    context = Context(published.path("context.jsonld").read_text("utf-8"))
    graph = Embedded.opened(published.path(published.GRAPH))
    click.echo(display(graph, find(graph, name, context), context, lang), nl=False)
