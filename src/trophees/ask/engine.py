"""SPARQL over the published graph and the user's own RDF, in the embedded engine."""

from __future__ import annotations

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from trophees.ask.text import bound, calls, declared, escaped, keywords
from trophees.base.context import Context
from trophees.base.errors import UserError, sentence
from trophees.base.patterns import pattern
from trophees.graph import published, snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TypeVar

    from trophees.ask.question import Question
    from trophees.base.language import Both

    Answer = TypeVar("Answer")

_LARGEST = 1 << 20  # characters of a query, as a server takes them
_SMALL = 4096  # characters of a query that the engine plans at once, whatever they are
Result = QuerySolutions | QueryBoolean | QueryTriples | list[Triple]  # triples of an endpoint are a list
_DEFAULT = DefaultGraph()
_UNUSUAL = pattern(  # in a pattern: a flag that is not i (or a short word), quantifiers of nothing, looking ahead
    r",\s*[\"'](?!i[\"'])[A-Za-z]{1,5}[\"']\s*\)|[\"'|(][*+]|,\s*[\"']{1,3}(?:[^\"'\n]*[|(])?[?](?!:)"
    r"|[*+?}][*+{]|[\"'][^\"'\s]*[{}]"
)
_CASTS = "decimal", "integer", "string"
_CAST = pattern(r"(?:decimal|integer|string)>?\s*\(")
_FROM = pattern(r"\bFROM(?:NAMED)?\b")


class Embedded:
    """The repository of a store of the embedded engine. Nothing outside of the store is ever read.

    A query is asked over the union of the graphs; one that names its graphs (FROM), of these only.
    """

    def __init__(self, store: Store, prefixes: Mapping[str, str] | None = None) -> None:
        self.store = store
        self.prefixes = dict(prefixes or {})
        self.said: list[Both] = []
        self.as_text: list[Both] = []

    @classmethod
    def opened(
        cls,
        graph: str | Path | None,
        data: Iterable[Path] = (),
        prefixes: Mapping[str, str] | None = None,
        *,
        strict: bool = False,
        places: bool = False,
    ) -> Embedded:
        """In memory: the published `graph` (TriG), unless None, the files `data`, RDF or tables, and the reference of
        `places`, which takes some seconds.

        What stands in none of the graphs that a file names goes into one named by the file's own IRI. What was odd in
        them is in `said`, or if `strict` refused. UserError, with the line where there is one, if one cannot be read.
        """
        found = cls(Store() if graph is None else published.store(graph), prefixes)
        if places:
            from trophees.graph import territories

            found.prefixes = territories.PREFIXES | found.prefixes
            territories.add(found.store)
        for number, file in enumerate(data, 1):
            from importlib import import_module

            # by its name: a server, which has no such files, does not import it ahead
            own_data = import_module("trophees.ask.own_data")
            found.prefixes.setdefault("my", own_data.MY)
            found.said += own_data.add(found.store, file, number, strict=strict)
        return found

    @classmethod
    def on_disk(cls, folder: Path, prefixes: Mapping[str, str] | None = None) -> Embedded:
        """The store that Oxigraph keeps in `folder`, to be read only; UserError if there is none."""
        try:
            return cls(Store.read_only(str(folder)), prefixes)
        except (*snapshot.DAMAGE, ValueError):
            raise UserError(f"{folder}: no store of Oxigraph here") from None

    def ask(self, question: Question) -> Result:
        """The answer, whose values are written into the query, as for an endpoint.

        UserError, with the line and column in the question's name, if it is not SPARQL, or calls another endpoint.
        """
        if len(question.text) > _LARGEST:
            raise UserError(f"{question.name}: is larger than {_LARGEST >> 20} MiB, as no query is")
        try:
            text = bound(escaped(question.text, self.prefixes), question.values)
            if calls(text):
                what = "SERVICE is not available: a query reads this graph and the --data files only"
                raise UserError(f"{question.name}: {what}")
            if len(text) > _SMALL and (fault := _unaskable(declared(_mended(text), self.prefixes)[0])):
                raise UserError(f"{question.name}: {fault}")
            return self.evaluate(text)
        except (SyntaxError, ValueError, OSError, RuntimeError, MemoryError) as error:
            raise self._refusal(question, error) from None

    def _refusal(self, question: Question, error: Exception) -> UserError:
        """Why there is no answer; a mistake in the question has the place that it has without the values."""
        from trophees.ask.explain.mistakes import mistake
        from trophees.ask.explain.notes import SECONDS
        from trophees.ask.explain.profile import Profile
        from trophees.base.language import locale

        if told := mistake(question.text, error, self.prefixes, Profile(self, self.prefixes, SECONDS)):
            return told.error(question.name, locale())
        return UserError(f"{question.name}: {sentence(error)}")

    def evaluate(
        self,
        text: str,
        base: str | None = None,
        default: Iterable[str] | None = None,
        named: Iterable[str] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The result of the query `text`, or the error of the engine; `sentence` tells what it says.

        Relative IRIs are resolved by `base`. The graphs that the protocol names (SPARQL 1.1 Protocol, section 2.1.4),
        `default` and `named`, go before those of the query.
        """
        chosen = default is not None or named is not None
        text = _mended(escaped(text, self.prefixes))
        union = not chosen and not names_graphs(text)

        def result(text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
            return self.store.query(
                text,
                base_iri=base,
                prefixes=self.prefixes,
                use_default_graph_as_union=union,
                default_graph=[NamedNode(iri) for iri in default or ()] if chosen else None,
                named_graphs=[NamedNode(iri) for iri in named or ()] if chosen else None,
                custom_functions=_casts() if any(name in text for name in _CASTS) and _CAST.search(text) else None,
            )

        found = result(text)
        names = [variable.value for variable in found.variables] if isinstance(found, QuerySolutions) else []
        asks = "SERVICE" in text.upper()  # another endpoint, at once and once
        if "*" in text and not asks and len(names) > 1 and names == sorted(names):  # as the engine has those of *
            from trophees.ask.star import explicit

            ordered = explicit(text, names)
            found = result(ordered) if ordered else found  # nothing is computed before it is read
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
        found = self.store.quads_for_pattern(subject, predicate, object, graph)
        return (quad for quad in found if quad.graph_name != _DEFAULT)


def _mended(text: str) -> str:
    """`text` as the engine reads it right."""
    capitals = text.upper()
    calls = "REGEX" in capitals or "REPLACE" in capitals
    if calls and not any(sign in text for sign in "\\$["):  # most patterns mean the same to everybody
        balanced = text.count("(") == text.count(")") and text.count("{") == text.count("}")
        calls = not balanced or _UNUSUAL.search(text) is not None
    calls = calls or ("COUNT" in capitals and _counts(text, capitals)) or any(map(_dotted, text.split()))
    if not calls and "ORDER" not in capitals:
        return text
    if not calls:
        from trophees.ask.standard import order

        if ordered := order.plain(text, capitals):
            return ordered
    from trophees.ask.standard import query

    return query.mended(text)


def _dotted(word: str) -> bool:
    """Whether a `word` may have a name with two dots, or more: no pattern is asked, as most questions need none."""
    return word.count(".") > 1 and word[0] != "<" and word.partition(":")[2].count(".") > 1


def _counts(text: str, capitals: str) -> bool:
    """Whether `text` may count an expression: anything but rows and variables."""
    end = 0
    while (end := capitals.find("COUNT", end) + len("COUNT")) >= len("COUNT"):
        counted = text[end:].lstrip()
        if counted.startswith("("):
            said = counted[1:].partition(")")[0].strip()
            said = said[8:].lstrip() if said[:8].upper() == "DISTINCT" else said
            if said != "*" and not (said[:1] in ("?", "$") and said[1:].replace("_", "a").isalnum()):
                return True
    return False


def _casts() -> dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]]:
    from trophees.ask.standard.casts import CASTS

    return CASTS


def _unaskable(text: str) -> str:
    from trophees.ask import answer

    return answer.unaskable(text)


class Published:
    """The published graph, to be asked: its snapshot, or the graph itself if there is no whole one. And its context."""

    def __init__(self) -> None:
        self._files = published.file(published.GRAPH), published.file(published.CONTEXT)
        self._kept = snapshot.opened(*self._files)
        self.context = Context(published.text(published.CONTEXT), self._kept.prefixes if self._kept else None)
        self._memory: Embedded | None = None

    def answer(self, asked: Callable[[Embedded], Answer]) -> Answer:
        """What `asked` says of the graph; it may be called twice, if the snapshot is damaged."""
        if self._memory:
            return asked(self._memory)
        if self._kept:
            try:
                return asked(Embedded(self._kept.store, self._kept.prefixes))
            except (*snapshot.DAMAGE, UserError) as error:
                if not isinstance(error.__context__ or error, snapshot.DAMAGE):
                    raise
        memory = Embedded(published.store(self._files[0]), self.context.prefixes)
        said = asked(memory)
        if self._kept:  # it did not say so: it has a damage that the times of its files do not show
            self._kept.discard()
        self._memory = memory
        snapshot.make_later(*self._files)
        return said


def names_graphs(text: str) -> bool:
    """Whether the query `text` says which graphs it asks; `from:` is a prefix."""
    if "FROM" not in text.upper():
        return False
    return any(text[word.end() : word.end() + 1] != ":" for word in _FROM.finditer(keywords(text)))
