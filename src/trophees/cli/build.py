"""`trophees build`: the published folder, whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trophees.cli.options import locale
from trophees.cli.progress import progress


@click.command()
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
    from trophees.release.checkout import Project

    project = Project.containing(Path())
    given = {"site-url": site_url, "contact-email": contact_email, "sparql-endpoint": sparql_endpoint}
    building = Building(project, project.hosting(given), strict, locale(), progress)
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
