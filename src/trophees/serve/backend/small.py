"""What a worker answers to a program that reads little: a page of the rows, or what is said of its query."""

from __future__ import annotations

import json

from trophees.ask.columns import of_rows
from trophees.ask.engine import Result
from trophees.ask.explain.notes import notes
from trophees.ask.explain.tokens import place
from trophees.ask.page import page
from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.serve.backend.message import Job

PAGE, CHECK = "page", "check"  # what `Job.small` may be
_SECONDS = 1.0  # in which a query is checked


def answer(asked: Repository, job: Job, result: Result) -> bytes:
    """The `result` of the query of `job` as JSON, as far as it is wanted; with notes if it, or a column, says nothing.

    Of a query that is to be checked no row is asked for.
    """
    told: dict[str, object] = {} if job.small == CHECK else page(result, job.offset, job.most)
    hollow = _hollow(told)
    empty = told.get("total") == 0 or told.get("boolean") is False
    if job.small == CHECK or hollow or empty:
        told["notes"] = _notes(asked, job, empty, hollow)
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def _hollow(told: dict[str, object]) -> dict[str, str]:
    """The columns of a page that has all rows which say nothing in any of them."""
    columns, rows = told.get("columns"), told.get("rows")
    whole = isinstance(columns, list) and isinstance(rows, list) and told.get("total") == len(rows) and told["exact"]
    return of_rows(columns, rows) if whole else {}  # type: ignore[arg-type]


def _notes(asked: Repository, job: Job, empty: bool, hollow: dict[str, str]) -> list[dict[str, object]]:
    question = Question("query", job.query)
    found = []
    for note in notes(question, asked, asked.prefixes, None, _SECONDS, job.base, empty, hollow):
        line, column = place(job.query, note.remark.at)
        said = {"fr": note.remark.sentence.fr, "en": note.remark.sentence.en}
        found.append({"line": line, "column": column, **said, "names": list(note.remark.names)})
    return found
