"""`trophees load`: the graph, or a dump, into the store behind an endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.cli.options import LANGUAGE, PATH

if TYPE_CHECKING:
    from trophees.fill.files import Loader


@click.command()
@click.argument("dump", metavar="[DUMP]", type=PATH, required=False)
@click.option("--endpoint", default=None, metavar="URL", help="SPARQL endpoint of the store.")
@click.option(
    "--graph-store", metavar="URL", default=None, help="Where its graphs are put.  [default: told by the endpoint]"
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--replace", is_flag=True, help="Replace graphs that are there and that no load put there.")
@click.option("--remove", is_flag=True, help="Remove graphs that were loaded before and are not in DUMP.")
@click.option(
    "--files",
    "loader",
    type=click.Choice(["virtuoso", "qlever"]),
    default=None,
    help="Write files for this bulk loader to the folder -o, and send nothing.",
)
@click.option("-o", "--output", type=PATH, default=None, metavar="FOLDER", help="Folder for --files.")
@click.option(
    "--timeout",
    default=300,
    show_default=True,
    type=click.FloatRange(0.1, 86400),
    metavar="SECONDS",
    help="Time limit of each request, retries included.",
)
@LANGUAGE
@click.pass_context
def load(
    ctx: click.Context,
    dump: Path | None,
    endpoint: str | None,
    graph_store: str | None,
    dry_run: bool,
    replace: bool,
    remove: bool,
    loader: Loader | None,
    output: Path | None,
    timeout: float,
    lang: Language,
) -> None:
    """Put the named graphs of DUMP (N-Quads or TriG), or the published ones, into a store: those that changed, alone.

    Credentials are those of TROPHEES_USER and TROPHEES_PASSWORD, of TROPHEES_TOKEN, or of ~/.netrc. Interrupted, the
    same command goes on. Exit code 1: what the store has afterwards is not what was sent.
    """
    import os

    from trophees.ask.credentials import Credentials
    from trophees.fill.command import Wish
    from trophees.fill.command import load as carried_out
    from trophees.fill.store import Store
    from trophees.graph import published

    if (loader is None) != (output is None):
        raise UserError("--files and -o FOLDER are for each other")
    if endpoint is None and loader is None:
        raise UserError("a store is expected: --endpoint URL, or files for one: --files")

    def opened() -> Store:
        assert endpoint is not None
        return Store(endpoint, graph_store, timeout, Credentials.given(endpoint, os.environ))

    wish = Wish(dry_run, replace, remove, lang, loader, output)
    store = opened if endpoint is not None else None
    if not carried_out(dump or published.path(published.GRAPH), store, wish, click.echo):
        ctx.exit(1)
