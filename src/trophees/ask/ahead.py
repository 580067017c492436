"""A repository far away, asked seldom: with what is said of a thing comes what is said of those named before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from trophees.ask.question import Question
from trophees.base.errors import UserError

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from trophees.ask.engine import Result
    from trophees.ask.repository import Repository
    from trophees.base.language import Both

MOST = 100  # things that are asked for at once


class Ahead:
    """The repository `asked`, of which what was said of a thing is kept: for one answer, not for ever."""

    def __init__(self, asked: Repository) -> None:
        self._asked = asked
        self._known: dict[NamedNode, list[Quad]] = {}
        self._named: dict[NamedNode, None] = {}  # in the order in which they were
        self.prefixes: dict[str, str] = asked.prefixes
        self.said: list[Both] = []
        self.as_text: list[Both] = []

    def ask(self, question: Question) -> Result:
        """The answer of the repository."""
        found = self._asked.ask(question)
        self.said, self.as_text = self._asked.said, self._asked.as_text
        return found

    def describe(self, thing: NamedNode) -> list[Triple]:
        """What any graph says of `thing`, each triple once, in the order of the N-Triples lines."""
        return sorted({quad.triple for quad in self.quads(thing)}, key=str)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads of named graphs that have these terms, in no order."""
        if subject is None:
            found = list(self._asked.quads(None, predicate, object, graph))
            self.note(term for quad in found for term in (quad.subject, _whole(quad.subject)))
            yield from found
            return
        if subject not in self._known:
            self._fetch(subject)
        for quad in self._known[subject]:
            given = ((predicate, quad.predicate), (object, quad.object), (graph, quad.graph_name))
            if all(wanted is None or wanted == term for wanted, term in given):
                yield quad

    def _fetch(self, subject: NamedNode) -> None:
        """Ask for what is said of `subject`, and of others that were named; of it alone if that is too much at once."""
        self._named.pop(subject, None)
        wanted = [subject, *list(self._named)[: MOST - 1]]
        try:
            found = self._said_of(wanted)
        except UserError:
            if len(wanted) == 1:
                raise
            wanted = [subject]
            found = self._said_of(wanted)
        for thing in wanted:
            self._named.pop(thing, None)
            self._known[thing] = []
        for quad in found:
            if isinstance(quad.subject, NamedNode) and quad.subject in self._known:
                self._known[quad.subject].append(quad)
        self.note(term for quad in found for term in (quad.object, quad.predicate))

    def _said_of(self, things: list[NamedNode]) -> list[Quad]:
        values = " ".join(map(str, things))
        found = self.ask(Question("quads", f"SELECT * {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"))
        assert isinstance(found, QuerySolutions)
        return [Quad(row["s"], row["p"], row["o"], row["g"]) for row in found]

    def note(self, terms: Iterable[object]) -> None:
        """That the things among `terms` may be asked for."""
        for term in terms:
            if isinstance(term, NamedNode) and term not in self._known:
                self._named[term] = None


def _whole(term: object) -> object:
    """The thing that `term` is a part of."""
    return NamedNode(term.value.partition("#")[0]) if isinstance(term, NamedNode) else term
