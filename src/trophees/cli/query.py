"""`trophees query`: the answer to a SPARQL query. A plain question does not wait for it: see `__main__`."""

from __future__ import annotations

from pathlib import Path

import click

from trophees.base.language import LANGUAGES, Language
from trophees.cli.options import PATH


@click.command()
@click.argument("query", metavar="QUERY|FILE|NAME|-")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter of a named query; a thing by its IRI, compact name, code, slug or label.",
)
@click.option(
    "--data",
    "data",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="RDF file or table to query too; may be repeated.",
)
@click.option("--places", is_flag=True, help="Query the French places since 1943, too.")
@click.option("--only-data", is_flag=True, help="Query the --data files alone.")
@click.option(
    "--format",
    "form",
    default=None,
    help="table, md, csv, tsv, json, xml, or ttl, nt, nq, trig, jsonld, rdf for CONSTRUCT.",
)
@click.option("-o", "--output", type=PATH, default=None, help="File to write; its extension gives the format.")
@click.option("--endpoint", metavar="URL", default=None, help="Ask the SPARQL endpoint at URL instead.")
@click.option(
    "--timeout",
    type=float,
    default=None,
    metavar="SECONDS",
    help="Time limit for --endpoint, retries included.  [default: 60]",
)
@click.option("--strict", is_flag=True, help="Refuse ill-formed terms and partial answers.")
@click.option("--compact", is_flag=True, help="Write IRIs by their compact names (region:84).")
@click.option("--labels", is_flag=True, help="Add a column of labels beside each column of IRIs.")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Show the graph in one language: without the texts that are in the other, which would count twice.",
)
@click.option("--explain", is_flag=True, help="Say what in the query never matches.")
def query(
    query: str,
    params: tuple[str, ...],
    data: tuple[Path, ...],
    places: bool,
    only_data: bool,
    form: str | None,
    output: Path | None,
    endpoint: str | None,
    timeout: float | None,
    explain: bool,
    strict: bool,
    compact: bool,
    labels: bool,
    lang: Language | None,
) -> None:
    """Ask a SPARQL query: its text, a file, - for standard input, or the name of one of the cookbook."""
    from trophees.ask.command import ask

    ask(query, params, data, only_data, form, output, endpoint, timeout, explain, strict, compact, labels, lang, places)
