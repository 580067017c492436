"""`trophees serve`: the site and its SPARQL endpoint over HTTP."""

from __future__ import annotations

import os
from pathlib import Path

import click

from trophees.base.errors import UserError
from trophees.cli.options import MEMORY_LIMIT, PATH, TIME_LIMIT


@click.command()
@click.argument("folder", type=PATH, required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@TIME_LIMIT
@MEMORY_LIMIT
@click.option(
    "--keep",
    "kept",
    default=64,
    show_default=True,
    type=click.IntRange(0, 65536),
    metavar="MB",
    help="Answers that are kept for who asks the same; 0 for none.",
)
@click.option(
    "--allow-service", "services", multiple=True, metavar="HOST", help="Host that SERVICE may call; may be repeated."
)
@click.option("--endpoint", default="", metavar="URL", help="Pass queries on to this SPARQL endpoint.")
@click.option(
    "--site-url",
    default="",
    envvar="TROPHEES_SITE_URL",
    metavar="URL",
    help="Where readers find the site, behind a proxy.",
)
@click.option("--access-log", default="", metavar="FILE|-", help="Write an access log (Common Log Format).")
def serve(
    folder: Path | None,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    kept: int,
    services: tuple[str, ...],
    endpoint: str,
    site_url: str,
    access_log: str,
) -> None:
    """Serve the site in FOLDER, or the published one, and a SPARQL endpoint over its graph, until Ctrl-C or SIGTERM."""
    if os.name == "nt":
        raise UserError("serve needs processes that fork: use Linux or macOS")
    from trophees.serve import command

    options = command.Options(host, port, timeout, memory, services, endpoint, site_url, access_log, kept)
    command.serve(folder, options, lambda text: click.echo(text, err=True))
