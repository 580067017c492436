"""`trophees prove`: that the graph of a source says what the source says, line by line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trophees.base.language import Both, Language
from trophees.cli.options import LANGUAGE, PATH


@click.command()
@click.argument("records", nargs=-1, type=PATH)
@click.option("--source", "file", type=PATH, required=True, help="The source: its text, its PDF, or a table (CSV).")
@click.option("--of", "iri", default="", metavar="IRI", help="Which source it is.  [default: the only one]")
@click.option("--format", "form", type=click.Choice(["text", "html", "json", "sarif"]), default="text")
@click.option("-o", "--output", type=PATH, default=None, help="File to write.  [default: standard output]")
@click.option("--attest", is_flag=True, help="Keep the result in data/attestation/, for those without the source.")
@LANGUAGE
def prove(
    records: tuple[Path, ...], file: Path, iri: str, form: str, output: Path | None, attest: bool, lang: Language
) -> None:
    """Show each fact of a source beside the passage where it stands; of RECORDS only, if any are named.

    Exit code 1 if one of them does not stand there, or a text has more than seven words in a row from the source.
    """
    from importlib.metadata import version

    from trophees.prove.show import render, summary
    from trophees.release.checkout import Project
    from trophees.release.proof import proved

    project = Project.containing(Path())
    proof = proved(project, file, iri, records)
    text = render(proof.evidence, form, lang, project.context.compact, file.name, version("trophees"))
    if output:
        output.write_text(text, "utf-8")
    else:
        click.echo(text, nl=False)
    click.echo(summary(proof.evidence, lang), err=True)
    compact = project.context.compact
    for one in proof.copied:
        said = Both("recopié de la source", "copied from the source")[lang]
        click.echo(f"{compact(one.subject)} {compact(one.property)}: {said}: “{one.run}”", err=True)
    if attest:
        click.echo(proof.attest(), err=True)
    sys.exit(0 if not proof.copied and all(one.found for one in proof.evidence) else 1)
