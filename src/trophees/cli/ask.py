"""`trophees ask`: a question in words, what was understood of it, and the answer."""

from __future__ import annotations

import sys

import click

from trophees.base.language import Both, Language
from trophees.cli.options import LANGUAGE

_INSTEAD = Both("Questions possibles :", "What can be asked:")


@click.command()
@click.argument("question", nargs=-1, required=True)
@LANGUAGE
@click.option("--format", "form", default=None, help="table, md, csv, tsv, json or xml.")
def ask(question: tuple[str, ...], lang: Language, form: str | None) -> None:
    """Answer a QUESTION in French or English, without a model: what was understood and the SPARQL come first.

    Where a word means nothing to the graph, or the question may be read in several ways, it is not answered (exit code
    1), but told what can be asked.
    """
    from trophees.ask import results
    from trophees.ask.question import Question
    from trophees.ask.words.answering import answering
    from trophees.base.errors import UserError, brief, harmless

    if form is not None and form not in ("table", "md", *results.TABULAR):
        raise UserError(f"unknown format “{brief(form)}” (table, md, {', '.join(results.TABULAR)})")
    asked = answering()
    found = asked.answer(" ".join(question), lang)
    if not found.answered:
        nearest = [_INSTEAD[lang], *(f"  {one}" for one in found.nearest)] if found.nearest else []
        click.echo("\n".join([f"trophees: {harmless(found.why)}", *map(harmless, nearest)]), err=True)
        sys.exit(1)
    told = "\n".join(part for part in (found.understood, found.note) if part)
    click.echo(f"{told}\n\n{found.sparql}\n", err=True)
    result = asked.graph.ask(Question("ask", found.sparql))
    chosen = form or results.default(result, terminal=sys.stdout.isatty())
    click.echo(results.render(result, chosen, asked.context).decode(), nl=False)
