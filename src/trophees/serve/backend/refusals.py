"""Why a request is not answered: what clients are told."""

from __future__ import annotations

from collections.abc import Mapping

from trophees.serve.backend.limits import LARGEST, MEGABYTE, Limits

READ_ONLY = "This endpoint is read-only: updates are refused"


class Refused(Exception):  # noqa: N818 - the mistake is the client's
    """Why a request is not answered: a status, a sentence, and where in the query (`line:column`) if it is there.

    `more`: the sentence in French and the line of the query, where there are.
    """

    def __init__(
        self, status: int, sentence: str, place: str = "", headers: Mapping[str, str] | None = None, more: str = ""
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.place = place
        self.more = more
        self.headers = dict(headers or {})


_LESS = "ask for less (LIMIT, fewer patterns without a common variable), or take the dumps"

_AGAIN = "try again in a moment"

_BUSY, _LOST = {"Retry-After": "5"}, {"Retry-After": "1"}


def cut(reason: str, limits: Limits) -> Refused:
    """What is said of a query that was given up, by the reason."""
    return {
        "time": Refused(503, f"The query was ended at the time limit, {limits.seconds:g} seconds: {_LESS}"),
        "memory": Refused(503, f"The query needs more than the memory limit, {limits.memory // MEGABYTE} MB: {_LESS}"),
        "size": Refused(503, f"The answer is larger than the limit, {LARGEST // MEGABYTE} MB: {_LESS}"),
        "length": Refused(400, "The query is too long for the engine: write less of it, or put lists into VALUES"),
        "depth": Refused(400, "The query is nested too deeply for the engine: write it flatter"),
        "busy": Refused(503, f"Too many long queries are running: {_AGAIN}", headers=_BUSY),
        "lost": Refused(503, "The engine was ended while it answered: try again", headers=_LOST),
        "late": Refused(503, f"No worker was free within {limits.seconds:g} seconds: {_AGAIN}", headers=_BUSY),
        "room": Refused(503, f"There is no room for the answer on the server's disk: {_AGAIN}", headers=_BUSY),
        "gone": Refused(499, "The client is gone"),
    }[reason]
