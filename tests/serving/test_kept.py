"""Answers that are kept for who asks the same: which, for whom, and how many."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest

from serving.conftest import Served, site
from trophees.serve.backend.kept import Kept
from trophees.serve.backend.message import Answer, Head, Job
from trophees.serve.backend.refusals import Refused

SIZE = 10_500


async def there() -> bool:
    return False


class Backend:
    """Answers a query with its own text, in as many bytes as it says; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def answer(self, job: Job, _: Any) -> Answer:
        self.asked.append(job.query)
        await asyncio.sleep(0)
        if job.query == "refused":
            raise Refused(503, "Not now")
        head = Head(400 if job.query == "wrong" else 200, 0, volatile=job.query == "volatile", note=job.query)
        file = io.BytesIO(b"large") if job.query == "large" else None
        return Answer(head, b"x" * (4000 if job.query.startswith("long") else 1), file)

    def state(self) -> dict[str, Any]:
        return {"ready": True}


def job(query: str, **changed: Any) -> Job:
    return Job(query, None, None, "csv", "ttl", "", **changed)


def asked(*queries: str, size: int = SIZE) -> tuple[list[str], dict[str, Any]]:
    """What of `queries`, asked one after the other, came to the backend, and the state after it."""
    backend = Backend()
    kept = Kept(backend, size)

    async def all_() -> None:
        for query in queries:
            try:
                answer = await kept.answer(job(query), there)
            except Refused:
                continue
            assert answer.head.note == query

    asyncio.run(all_())
    return backend.asked, kept.state()


def test_the_same_question_is_answered_once() -> None:
    assert asked("a", "b", "a", "b") == (["a", "b"], {"ready": True, "kept": 2})


@pytest.mark.parametrize("query", ["refused", "wrong", "volatile", "large"])
def test_what_may_be_another_the_next_time_or_is_no_answer_is_not_kept(query: str) -> None:
    assert asked(query, query) == ([query, query], {"ready": True, "kept": 0})


def test_what_was_not_asked_longest_goes_when_there_is_no_room() -> None:
    assert asked("long 1", "a", "long 2", "a", "long 1", "long 2") == (
        ["long 1", "a", "long 2", "long 1", "long 2"],
        {"ready": True, "kept": 2},
    )
    assert asked("long", "long", size=100) == (["long", "long"], {"ready": True, "kept": 0})


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "b"},
        {"base": "urn:b"},
        {"lang": "fr"},
        {"compact": True},
        {"labels": "en"},
        {"small": "page"},
        {"offset": 1},
        {"most": 1},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_another_question_has_another_answer(changed: dict[str, Any]) -> None:
    backend = Backend()
    kept = Kept(backend, SIZE)

    async def both() -> None:
        await kept.answer(job("a", id="a"), there)
        await kept.answer(job("a", **{"id": "a", **changed}), there)

    asyncio.run(both())
    assert backend.asked == ["a", "a"]


def test_what_is_asked_twice_at_once_is_kept_once() -> None:
    backend = Backend()
    kept = Kept(backend, SIZE)

    async def both() -> None:
        await asyncio.gather(*(kept.answer(job("a"), there) for _ in range(3)))
        await kept.answer(job("a"), there)

    asyncio.run(both())
    assert (backend.asked, kept.state()["kept"]) == (["a"] * 3, 1)


QUERY = "SELECT (COUNT(*) AS ?kept) { ?s a tp:Laureate }"


def test_a_server_keeps_answers_and_says_how_many(served: Served) -> None:
    before = served.health()["kept"]
    types = ("text/csv", "application/sparql-results+json") * 2
    answers = [served.query(QUERY, Accept=type_) for type_ in types]
    assert served.health()["kept"] == before + 2
    assert answers[0].body == answers[2].body != answers[1].body == answers[3].body
    assert answers[0].headers["etag"] == answers[2].headers["etag"] != answers[1].headers["etag"]


def test_a_server_may_keep_nothing(tmp_path: Path) -> None:
    server = Served.start(site(tmp_path / "publish"), "--keep", "0")
    assert server.query(QUERY).status == 200
    assert "kept" not in server.health()
    assert server.stop() == 0
