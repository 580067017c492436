"""A graph that can be asked, wherever it is: the one way to put a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Quad, Triple

    from trophees.ask.engine import Result
    from trophees.ask.question import Question
    from trophees.base.language import Both


class Repository(Protocol):
    """What can be asked of a graph.

    `engine.Embedded` holds one, in memory (`opened`) or on disk (`on_disk`, to be read only); `endpoint.Remote` asks
    another. Each says why there is no answer in one sentence (UserError).
    """

    prefixes: dict[str, str]  # what needs no declaration in a question
    said: list[Both]  # what was odd in the graph, or in the last answer
    as_text: list[Both]  # the same of what is written as it came in a format without types

    def ask(self, question: Question) -> Result:
        """The answer; the prefixes of the repository need no declaration in the question."""
        ...

    def describe(self, thing: NamedNode) -> list[Triple]:
        """What any graph says of `thing`, each triple once, in the order of the N-Triples lines."""
        ...

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterable[Quad]:
        """The quads of named graphs that have these terms, in no order."""
        ...
