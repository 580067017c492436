"""`trophees cite`: how to cite the dataset, a thing, a fact or an answer, so that it can be verified."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@click.argument("name", default="")
@click.option("--query", metavar="QUERY|FILE|NAME", help="Cite the answer of this query.")
@LANGUAGE
def cite(name: str, query: str | None, lang: Language) -> None:
    """Cite the dataset (no NAME), a thing or a fact, called as in `trophees show`, with all that `verify` needs."""
    from trophees.ask import citing, fingerprint
    from trophees.ask.engine import Published
    from trophees.ask.question import Question
    from trophees.base.namespaces import BASE
    from trophees.release.verify import question

    here = Published()
    sha256 = here.answer(lambda graph: fingerprint.of_quads(graph.quads()))
    found = here.answer(lambda graph: citing.cite(graph, name, here.context, lang, sha256))
    if query is None:
        click.echo(found.text(lang))
        return
    text = question(query)
    answer = here.answer(lambda graph: fingerprint.of_answer(graph.ask(Question("query", text))))
    click.echo(replace(found, answer=answer).text(lang))
    click.echo(f"{BASE}playground/#query={quote(text, safe='')}")
