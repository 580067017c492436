"""`trophees build --records`: what the command line says of a build from files of records."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from trophees.base.language import locale

if TYPE_CHECKING:
    from trophees.bulk.build import Bulk
    from trophees.bulk.spark.build import OnSpark
    from trophees.check import engines as engines_

_SHOWN = 20  # problems that a refusal tells


def build(bulk: Bulk | OnSpark, as_json: bool) -> None:
    """Build, show how far it is on a terminal, and tell the report; exit code 1 if a line is refused."""
    from trophees.bulk.build import Rejected
    from trophees.bulk.report import PROBLEMS, REJECTS

    language = locale()
    try:
        with _progress() as told:
            report = bulk.write(told)
    except Rejected as rejected:
        for problem in rejected.problems[:_SHOWN]:
            place = f"{problem['file']}:{problem['line']}"
            click.echo(f"{place}: {problem[language]} [{problem['rule']}]", err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(report.document(), ensure_ascii=False))
        return
    click.echo(f"{bulk.out}: {report.line(language)}", err=True)
    if report.rejected:
        click.echo(f"{bulk.out}/{REJECTS}, {bulk.out}/{PROBLEMS}", err=True)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """What is to be told how many lines are done, of how many: a bar with the rate and the time left, on a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _, __: None
        return
    began = time.monotonic()
    before = 0

    def rate(done: int | None) -> str:
        return f"{(done or 0) / max(time.monotonic() - began, 0.001):,.0f}/s"

    with click.progressbar(length=1, label="records", file=sys.stderr, item_show_func=rate, show_pos=True) as bar:

        def told(done: int, count: int) -> None:
            nonlocal before
            bar.length = max(count, 1)
            bar.update(done - before, done)
            before = done

        yield told


def chosen(records: str | None, more: Sequence[str]) -> list[str]:
    """The files that are given; UsageError if there are some without `--records`."""
    if more and not records:
        raise click.UsageError("files of records follow --records")
    return [records, *more] if records else []


def engines(given: Sequence[str], files: Sequence[str], master: str | None) -> tuple[engines_.Name, bool]:
    """What validates, and whether Spark works on the records: `given` names one of either kind at most.

    UsageError if it names two that validate, or if what is for Spark is given without it.
    """
    validating: dict[str, engines_.Name] = {"pyshacl": "pyshacl", "fast": "fast"}
    named = {validating[name] for name in given if name in validating}
    if len(named) > 1:
        raise click.UsageError("--engine: pyshacl or fast, one of them validates")
    on_spark = "spark" in given
    if master and not on_spark:
        raise click.UsageError("--master is for --engine spark")
    if on_spark and not files:
        raise click.UsageError("--engine spark works on records: give --records, too")
    return (named or {"pyshacl"}).pop(), on_spark
