"""`trophees build`: the published folder, whole or not at all."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from trophees.base.language import locale
from trophees.cli.progress import progress


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; name what is stale in publish/.")
@click.option(
    "--site-url",
    envvar="TROPHEES_SITE_URL",
    metavar="URL",
    help="Where publish/ will be hosted.",
)
@click.option(
    "--contact-email", envvar="TROPHEES_CONTACT_EMAIL", metavar="EMAIL", help="Who answers for the data in portals."
)
@click.option(
    "--sparql-endpoint",
    envvar="TROPHEES_SPARQL_ENDPOINT",
    metavar="URL",
    help="Address of the SPARQL endpoint, if there is one.",
)
@click.option(
    "--source-code",
    envvar="TROPHEES_SOURCE_CODE",
    metavar="URL",
    help="Address of the code, for the foot of pages.",
)
@click.option("--strict", is_flag=True, help="Refuse to build on warnings or on wrong lines.")
@click.option(
    "--engine",
    multiple=True,
    type=click.Choice(["pyshacl", "fast", "spark"]),
    metavar="NAME",
    help="pyshacl or fast validates; spark works on --records.",
)
@click.option("--master", metavar="URL", help="With --engine spark: where it is (docs/spark.md).")
@click.option(
    "--records",
    metavar="FILE…",
    help="Build from JSON Lines (.gz, .zst) or Parquet.",
)
@click.argument("more", nargs=-1, metavar="")
@click.option("--out", default="bulk", show_default=True, metavar="FOLDER", help="Where --records builds.")
@click.option(
    "--mapping",
    metavar="NAME|FILE",
    help="With --records: of rows of CSV, by this mapping.",
)
@click.option("--lines", is_flag=True, help="With --records: N-Quads, and no other form.")
@click.option("--unvalidated", is_flag=True, help="With --records: ask no shapes.")
@click.option("--json", "as_json", is_flag=True, help="With --records: print the report as JSON.")
def build(
    only_check: bool,
    site_url: str | None,
    contact_email: str | None,
    sparql_endpoint: str | None,
    source_code: str | None,
    strict: bool,
    engine: tuple[str, ...],
    master: str | None,
    records: str | None,
    more: tuple[str, ...],
    out: str,
    mapping: str | None,
    lines: bool,
    unvalidated: bool,
    as_json: bool,
) -> None:
    """Build publish/: dumps, tables, catalogue, sums and site, all or nothing. With --records, a folder from files
    of records, of any size (docs/bulk.md).

    Addresses may also be set in pyproject.toml, under [tool.trophees].
    """
    from trophees.check import engines
    from trophees.cli import bulk as of_records
    from trophees.release.build import Building, NotBuilt
    from trophees.release.checkout import Project

    project = Project.containing(Path())
    given = {"site-url": site_url, "contact-email": contact_email, "sparql-endpoint": sparql_endpoint}
    given["source-code"] = source_code
    files = of_records.chosen(records, more)
    validating, on_spark = of_records.engines(engine, files, master)
    if files:
        from trophees.bulk.build import Bulk
        from trophees.bulk.lines import lines as lines_of
        from trophees.bulk.mapping import read as mapping_of
        from trophees.bulk.spark.build import OnSpark

        asked = None if unvalidated else validating
        columns = mapping_of(mapping) if mapping else None
        paths, read = list(map(Path, files)), columns.rows if columns else lines_of
        bulk = (
            OnSpark(project, files, out, master, strict, asked, not lines, columns)
            if on_spark
            else Bulk(project, paths, Path(out), project.hosting(given), strict, asked, every=not lines, read=read)
        )
        with _told_to_end():
            of_records.build(bulk, as_json)
        return
    building = Building(project, project.hosting(given), strict, locale(), progress, engines.maker(validating))
    try:
        if not only_check:
            with _told_to_end():
                written = building.write()
            click.echo(f"publish/: {written} files", err=True)
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


@contextmanager
def _told_to_end() -> Iterator[None]:
    """SIGTERM and SIGHUP end the command in order, as Ctrl-C does, unless it was started to ignore them (nohup).

    What was written is cleared; then the command ends by the signal, as a shell expects.
    """
    ends = [s for name in ("SIGTERM", "SIGHUP") if (s := getattr(signal, name, None)) is not None]
    ends = [s for s in ends if signal.getsignal(s) == signal.SIG_DFL]

    def end(number: int, _: FrameType | None) -> None:
        for other in ends:
            signal.signal(other, signal.SIG_IGN)  # one is enough
        raise _Ended(number)

    for number in ends:
        signal.signal(number, end)
    try:
        yield
    except _Ended as ended:
        signal.signal(ended.number, signal.SIG_DFL)
        signal.raise_signal(ended.number)
    finally:
        for number in ends:
            signal.signal(number, signal.SIG_DFL)


class _Ended(BaseException):
    def __init__(self, number: int) -> None:
        self.number = number
