"""`trophees mcp`: the graph for programs that ask on somebody's behalf."""

from __future__ import annotations

import os

import click

from trophees.base.errors import UserError


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
@click.option(
    "--timeout",
    default=30,
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    metavar="SECONDS",
    help="Time limit of a query.",
)
@click.option(
    "--memory",
    default=256,
    show_default=True,
    type=click.IntRange(16, 65536),
    metavar="MB",
    help="Memory limit of a query, beyond the graph.",
)
def mcp(http: bool, host: str, port: int, hosts: tuple[str, ...], timeout: float, memory: int) -> None:
    """Serve the graph to an assistant that speaks the Model Context Protocol, until it leaves."""
    if os.name == "nt":
        raise UserError("mcp needs processes that fork: use Linux or macOS")
    from trophees.agents import command

    command.serve(command.Options(http, host, port, hosts, timeout, memory), lambda text: click.echo(text, err=True))
