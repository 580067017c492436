"""`trophees verify`: a citation of a release, a fact or an answer, computed anew."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from trophees.base.language import Language
from trophees.cli.options import LANGUAGE


@click.command()
@click.argument("citation", required=False, metavar="[CITATION|FILE|-]")
@click.option("--fact", metavar="IRI", help="The fact, or the thing, that is cited.")
@click.option("--release-sha", metavar="SHA256", help="The sum of the release that is cited.")
@click.option("--release-version", metavar="VERSION", help="The version of the release that is cited (2026.3).")
@click.option("--query", metavar="QUERY|FILE|NAME", help="The query whose answer is cited.")
@click.option("--answer-sha", metavar="SHA256", help="The sum of the answer that is cited.")
@click.option("--printed", metavar="WORDS", help="The printed words that are cited.")
@click.option(
    "--release",
    "name",
    default="",
    metavar="FOLDER|FILE|VERSION",
    help="Where to look: publish/ or a checkout, an RDF file, a release or a revision.  [default: the published graph]",
)
@LANGUAGE
def verify(
    citation: str | None,
    fact: str | None,
    release_sha: str | None,
    release_version: str | None,
    query: str | None,
    answer_sha: str | None,
    printed: str | None,
    name: str,
    lang: Language,
) -> None:
    """Tell whether a citation holds, as `trophees cite` and the site write it.

    Is this the release that is cited, does the fact say the same, does the query give the same answer? Of a fact cited
    from an earlier release, a checkout tells whether it still stands, has changed, or was withdrawn, and why. Ends with
    1 if the citation does not hold.
    """
    from trophees.ask.question import decode
    from trophees.base.citation import Citation, read
    from trophees.base.errors import UserError, harmless
    from trophees.reading.document import contents
    from trophees.release.verify import question
    from trophees.release.verify import verify as verified

    text = citation or ""
    if text == "-":
        text = decode(sys.stdin.buffer.read(), "<stdin>")
    elif text and os.path.isfile(text):
        text = decode(contents(Path(text)), text)
    given: dict[str, Any] = {
        "iri": fact,
        "sha256": release_sha and release_sha.lower(),
        "version": release_version,
        "query": query and question(query),
        "answer": answer_sha and answer_sha.lower(),
        "printed": printed,
    }
    cited: Citation = replace(read(text), **{key: value for key, value in given.items() if value})
    if text and cited == Citation():
        raise UserError("the citation names no release, no IRI and no query of this graph")
    found = verified(cited, name, Path())
    for finding in found:
        click.echo(f"{'✓' if finding.holds else '✗'} {harmless(finding.text[lang])}")
    if not all(finding.holds for finding in found):
        sys.exit(1)
