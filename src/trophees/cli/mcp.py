"""`trophees mcp`: the graph for programs that ask on somebody's behalf."""

from __future__ import annotations

import os

import click

from trophees.base.errors import UserError
from trophees.cli.options import MEMORY_LIMIT, TIME_LIMIT


@click.command()
@click.option("--http", is_flag=True, help="Serve over streamable HTTP instead of standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, with --http.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Name (with its port) under which it may be asked, beside those of this machine; may be repeated.",
)
@click.option("--endpoint", default="", metavar="URL", help="Ask the graph of this SPARQL endpoint instead.")
@TIME_LIMIT
@MEMORY_LIMIT
def mcp(http: bool, host: str, port: int, hosts: tuple[str, ...], endpoint: str, timeout: float, memory: int) -> None:
    """Serve the graph to an assistant that speaks the Model Context Protocol, until it leaves."""
    if os.name == "nt":
        raise UserError("mcp needs processes that fork: use Linux or macOS")
    from trophees.agents import command

    command.serve(
        command.Options(http, host, port, hosts, timeout, memory, endpoint), lambda text: click.echo(text, err=True)
    )
