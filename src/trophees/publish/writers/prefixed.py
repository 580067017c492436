"""Turtle and RDF/XML: what is said of each subject, after the prefixes that the whole file uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import attrgetter

from pyoxigraph import RdfFormat, Triple

from trophees.base.context import Context
from trophees.graph.walk import Described
from trophees.publish.turtle import apart, bare, foot, head, names
from trophees.publish.writers.spool import Spool, Spools
from trophees.publish.writers.writer import Files

BATCH = 2_000  # statements, about, that go to the serializer at once: it declares every prefix each time


class Prefixed:
    """The file at `path`, in the format `form`, and some others with the same text of those subjects that go there.

    `said` are the triples that are written of a subject, `also` the paths of the other files where it goes, too;
    `finish` is given the text of a subject and these triples, and gives the text that is written.
    """

    def __init__(
        self,
        path: str,
        form: RdfFormat,
        context: Context,
        *,
        said: Callable[[Described], Iterable[Triple]] = attrgetter("readable"),
        also: Callable[[Described], Iterable[str]] = lambda _: (),
        finish: Callable[[bytes, list[Triple]], bytes] = lambda text, _: text,
    ) -> None:
        self._path, self._form, self._context = path, form, context
        self._said, self._also, self._finish = said, also, finish

    def begin(self, spools: Spools) -> None:
        """As `Writer`."""
        self._spools = spools
        self._texts = {self._path: Text(self._form, self._context, spools.new())}
        self._late: list[tuple[list[Triple], list[str]]] = []
        self._size = 0

    def subject(self, told: Described) -> None:
        """As `Writer`."""
        if said := list(self._said(told)):
            self._late.append((said, [self._path, *self._also(told)]))
            self._size += len(said)
            if self._size > BATCH:
                self._write()

    def end(self) -> Files:
        """As `Writer`: the file first, then the others by path."""
        self._write()
        return iter([(self._path, self._texts.pop(self._path)), *sorted(self._texts.items())])

    def _write(self) -> None:
        text = bare(chain.from_iterable(said for said, _ in self._late), self._form, self._context)
        for bare_part, (said, paths) in zip(apart(text, self._form, len(self._late)), self._late, strict=True):
            part = self._finish(bare_part, said)
            used = names(part, self._form)
            for path in paths:
                if path not in self._texts:
                    self._texts[path] = Text(self._form, self._context, self._spools.new())
                self._texts[path].append(part, used)
        self._late, self._size = [], 0


class Text:
    """A text that grows, and the prefixes that it uses."""

    def __init__(self, form: RdfFormat, context: Context, spool: Spool) -> None:
        self._form, self._context, self._spool = form, context, spool
        self._used: set[bytes] = set()

    def append(self, text: bytes, used: set[bytes]) -> None:
        """`text`, which uses the prefixes `used`, comes next."""
        self._spool.append(text)
        self._used |= used

    def __iter__(self) -> Iterator[bytes]:
        yield head(self._used, self._form, self._context)
        yield from self._spool
        yield foot(self._form, self._context)
