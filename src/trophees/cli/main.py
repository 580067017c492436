"""The command line: arguments in, text and exit code out. Heavy imports stay inside the command that needs them.

Exit codes: 0 all is well, 1 problems were found (or files are stale), 2 the command could not be carried out.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from trophees.base.errors import UserError, harmless
from trophees.base.language import Language

if TYPE_CHECKING:
    from trophees.release.checkout import Project

_LANGUAGE = click.option(
    "--lang",
    type=click.Choice(get_args(Language)),
    default=None,
    help="Language of the messages.  [default: the locale's]",
)
_PATH = click.Path(path_type=Path)
T = TypeVar("T")


class _Command(click.Group):
    """A group that turns the user's mistakes into one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except UserError as error:
            sentence = str(error)
        except ModuleNotFoundError as error:  # a package of an extra that is not installed
            extra = "serve" if ctx.invoked_subcommand == "serve" else "site"
            sentence = f"{error.name} is needed for this command: pip install 'trophees[{extra}]'"
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever reads us has read enough: click ends quietly
                raise
            sentence = f"{error.filename or 'standard output'}: {error.strerror or error}"
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what is left in the buffer cannot be written at exit
        click.echo(f"trophees: {harmless(sentence)}", err=True)
        return ctx.exit(2)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="trophees")
def main() -> None:
    """The open knowledge graph of French public participation."""


@main.command()
@click.argument("files", nargs=-1, type=_PATH)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github", "ttl"]), default="text")
@_LANGUAGE
def check(files: tuple[Path, ...], form: str, lang: Language | None) -> None:
    """Check FILES of data/, or all of them, and list every problem with its place."""
    from trophees.check.records import check as find
    from trophees.check.records import types_of
    from trophees.check.report import render, summary
    from trophees.check.shacl import classes_graph, shapes_graph

    language = lang or _locale()
    project = _project(files[0].parent if files else Path())
    everything = list(project.records())
    records = project.chosen(everything, files) if files else everything
    known = types_of(everything, project.territories())
    shapes, ontology = shapes_graph(project.shapes()), classes_graph(project.ontology())
    batches = [records[i : i + 16] for i in range(0, len(records), 16)]
    problems = []
    with _progress("check", batches) as bar:
        for batch in bar:
            problems += find(batch, known, shapes, ontology, project.context)
    click.echo(render(sorted(problems), form, language, _version()), nl=False)
    if form == "text":
        click.echo(summary(problems, len(records), language), err=True)
    sys.exit(1 if any(p.severity == "error" for p in problems) else 0)


@main.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Compare the data in publish/ and name what is stale; write nothing."
)
@click.option(
    "--site-url",
    envvar="TROPHEES_SITE_URL",
    metavar="URL",
    help="Where publish/ will be hosted; only what must be absolute uses it.",
)
@click.option(
    "--contact-email", envvar="TROPHEES_CONTACT_EMAIL", metavar="EMAIL", help="Who answers for the data in portals."
)
@click.option(
    "--sparql-endpoint",
    envvar="TROPHEES_SPARQL_ENDPOINT",
    metavar="URL",
    help="Address of the SPARQL endpoint, or none.  [default: sparql below the site]",
)
@click.option("--strict", is_flag=True, help="Build for portals: warnings about the catalogue refuse the build, too.")
def build(
    only_check: bool, site_url: str | None, contact_email: str | None, sparql_endpoint: str | None, strict: bool
) -> None:
    """Build publish/: dumps, tables, catalogue, checksums and the site, all or nothing.

    The addresses can also be set in pyproject.toml, under [tool.trophees]: site-url, contact-email, sparql-endpoint.
    """
    from trophees.release.build import Building, NotBuilt

    project = _project(Path())
    given = {"site-url": site_url, "contact-email": contact_email, "sparql-endpoint": sparql_endpoint}
    building = Building(project, project.hosting(given), strict, _locale(), _progress)
    try:
        if not only_check:
            click.echo(f"publish/: {building.write()} files", err=True)
            return
        stale = building.stale()
    except NotBuilt as reasons:
        for line in reasons.lines:
            click.echo(line, err=True)
        sys.exit(1)
    for path, state in stale.items():
        click.echo(f"publish/{path}: {state}")
    if stale:
        click.echo("publish/ is stale: run “trophees build”", err=True)
        sys.exit(1)


@main.command()
@click.argument("query", metavar="QUERY|FILE|NAME|-")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Value of a parameter of a named query."
)
@click.option(
    "--data", "data", multiple=True, type=_PATH, metavar="FILE", help="RDF file to query too; may be repeated."
)
@click.option("--only-data", is_flag=True, help="Query the --data files instead of the published graph.")
@click.option(
    "--format", "form", default=None, help="table, md, csv, tsv, json, xml, or ttl, nt, jsonld, rdf for CONSTRUCT."
)
@click.option("-o", "--output", type=_PATH, default=None, help="File to write; its extension gives the format.")
@click.option("--endpoint", metavar="URL", default=None, help="Ask the SPARQL endpoint at URL instead.")
@click.option(
    "--timeout",
    type=float,
    default=None,
    metavar="SECONDS",
    help="Time limit for --endpoint, retries included.  [default: 60]",
)
def query(
    query: str,
    params: tuple[str, ...],
    data: tuple[Path, ...],
    only_data: bool,
    form: str | None,
    output: Path | None,
    endpoint: str | None,
    timeout: float | None,
) -> None:
    """Ask a SPARQL query: its text, a file, - for standard input, or the name of one of the cookbook."""
    from trophees.ask.command import ask

    ask(query, params, data, only_data, form, output, endpoint, timeout)


@main.command()
@_LANGUAGE
def queries(lang: Language | None) -> None:
    """List the named queries of the cookbook by subject, with their parameters."""
    from trophees.ask import cookbook

    language = lang or _locale()
    for subject, entries in cookbook.by_subject().items():
        click.echo(f"# {cookbook.SUBJECTS[subject].named(language)}\n")
        for entry in entries:
            click.echo(f"{entry.name}\n    {entry.told(language)}")
            for param in entry.params:
                default = f" [{param.default}]" if param.default else ""
                title = param.title if language == "fr" else param.title_en
                click.echo(f"    -p {param.name}=…{default} {title}")
        click.echo()


@main.command()
@click.argument("name", metavar="IRI|SLUG")
@_LANGUAGE
def show(name: str, lang: Language | None) -> None:
    """Show one thing with its evidence: printed in which section, or inferred and why."""
    from trophees.ask.engine import load
    from trophees.ask.show import find
    from trophees.ask.show import show as display
    from trophees.base.context import Context
    from trophees.graph import published

    context = Context(published.path("context.jsonld").read_text("utf-8"))
    store = load(published.path(published.GRAPH))
    click.echo(display(store, find(store, name, context), context, lang or _locale()), nl=False)


@main.command()
@click.argument("folder", type=_PATH, required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
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
    services: tuple[str, ...],
    endpoint: str,
    site_url: str,
    access_log: str,
) -> None:
    """Serve the site in FOLDER, or the published one, and a SPARQL endpoint over its graph, until Ctrl-C or SIGTERM."""
    if os.name == "nt":
        raise UserError("serve needs processes that fork: use Linux or macOS")
    from trophees.serve import command

    options = command.Options(host, port, timeout, memory, services, endpoint, site_url, access_log)
    command.serve(folder, options, lambda text: click.echo(text, err=True))


@main.group()
def new() -> None:
    """Print a commented template for a new record, made from the shapes."""


def _new(command: str, cls: str, folder: str) -> None:
    @new.command(command, help=f"Template of a record for data/{folder}/.")
    @click.argument("slug", default="…")
    @_LANGUAGE
    def print_template(slug: str, lang: Language | None) -> None:
        from trophees.base.namespaces import BASE
        from trophees.check.shacl import shapes_graph
        from trophees.check.template import template

        if slug != "…" and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            raise UserError(f"“{slug}” is no name for a record: use a-z, 0-9 and hyphens, as in “ville-de-cachan”")
        project = _project(Path())
        iri = f"{BASE}{folder}/{slug}"
        click.echo(template(cls, iri, shapes_graph(project.shapes()), project.context, lang or _locale()), nl=False)


for _arguments in (
    ("laureate", "Laureate", "laureate/2020"),
    ("organisation", "Organisation", "organisation"),
    ("person", "Person", "person"),
    ("place", "Place", "territory/other"),
):
    _new(*_arguments)


def _project(folder: Path) -> Project:
    from trophees.release.checkout import Project

    return Project.containing(folder)


def _locale() -> Language:
    """The language that the environment asks for: French where it says so, else English."""
    names = (os.environ.get(n) for n in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next((n for n in names if n), "").startswith("fr") else "en"


def _version() -> str:
    from importlib.metadata import version

    return version("trophees")


def _progress(label: str, items: Iterable[T]) -> AbstractContextManager[Iterable[T]]:
    """`items`, with a bar on standard error that moves as they are taken; on a terminal only."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())
