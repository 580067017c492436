"""The reader's own files in a store: RDF and tables, each in a graph called after its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from trophees.ask import answer
from trophees.base.errors import UserError, sentence
from trophees.base.language import Both
from trophees.base.namespaces import XSD
from trophees.graph import published
from trophees.reading import document, rows
from trophees.reading.odd import Odd, parsed

_DEFAULT = DefaultGraph()
MY = rows.MY
_SHOWN = 3
_PLAIN = re.compile(r"0|-?[1-9][0-9]*")
_KEPT = re.compile(
    re.escape(XSD) + r"(decimal|double|float|boolean|date|dateTime|time|duration|(yearMonth|dayTime)Duration"
    r"|g(Year|YearMonth|Month|MonthDay|Day)|integer|long|int|short|byte|unsigned(Long|Int|Short|Byte)"
    r"|(positive|negative|nonPositive|nonNegative)Integer)\Z"
)


def add(store: Store, file: Path, number: int, *, strict: bool = False) -> list[Both]:
    """Put what `file` says into `store`: what stands in no graph of its own, into one named by the file's IRI.

    Its blank nodes are called by `number`, that of the file, and by their order: the same in each run. What was odd is
    returned, to be said; if `strict`, it is refused. UserError, with the line where there is one, if `file` cannot be
    read.
    """
    found = document.read(file, lambda: published.text(published.CONTEXT))
    graph = NamedNode(file.resolve().as_uri())
    if found.form is None:
        said_by_rows, notes = rows.quads(found, graph)
        if strict and notes:
            raise UserError(notes[0]["en"])
        store.bulk_extend(said_by_rows)
        return notes
    try:
        if fault := answer.unreadable(found.data, found.form):
            raise UserError(f"{file}: {fault}")
        odd, kept = Odd(), Rewritten()
        try:
            quads = parsed(found.data, found.form, graph.value, odd, strict=strict)
            store.bulk_extend(kept.seen(_named(quads, graph, number)))
        except MemoryError:  # one term is larger than the parser's room; a store that loads has none to keep
            odd, kept = Odd(), Rewritten()
            store.bulk_extend(kept.seen(_named(_loaded(found.data, found.form, graph.value), graph, number)))
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise UserError(f"{file}{line}: {sentence(error)}") from None
    except MemoryError:
        raise UserError(f"{file}: is larger, or has a larger part, than can be read") from None
    except ValueError as error:
        raise UserError(f"{file}: {sentence(error)}") from None
    said = odd.sentence(str(file))
    if strict and said:
        raise UserError(said["en"].replace("mended or kept as text", "refused").replace(" (--strict refuses them)", ""))
    none = None if kept.read else Both(f"{file} : aucun fait n’y est lu", f"{file}: no statement is read in it")
    return [note for note in (said, kept.sentence(str(file)), none) if note]


def _loaded(data: bytes, form: RdfFormat, base: str) -> list[Quad]:
    """The quads of `data`, in the order of their N-Quads lines, so far as its blank nodes allow."""
    whole = Store()
    whole.bulk_load(data, format=form, base_iri=base)
    return sorted(whole, key=str)


def _named(quads: Iterable[Quad], graph: NamedNode, number: int) -> Iterator[Quad]:
    names: dict[BlankNode, BlankNode] = {}

    def term(found: object) -> object:
        if isinstance(found, BlankNode):
            return names.setdefault(found, BlankNode(f"f{number}b{len(names)}"))
        return Triple(*(term(part) for part in found)) if isinstance(found, Triple) else found  # type: ignore[arg-type]

    for quad in quads:
        subject, predicate, object_, name = quad
        place = graph if name == _DEFAULT else term(name)
        yield Quad(term(subject), predicate, term(object_), place)  # type: ignore[arg-type]


class Rewritten:
    """Literals that the engine keeps by their value, and so shows as another text: `01004` as 1004."""

    def __init__(self) -> None:
        self.count = 0
        self.read = 0  # statements
        self.examples: list[str] = []
        self._known: dict[Literal, str | None] = {}
        self._store = Store()

    def seen(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """`quads`, each looked at."""
        for quad in quads:
            self.read += 1
            if isinstance(quad.object, Literal) and not quad.object.language:
                self._look(quad.object)
            yield quad

    def sentence(self, name: str) -> Both | None:
        """What is said of them, of the file `name`; None if there are none."""
        if not self.count:
            return None
        shown = ", ".join(self.examples) + (", …" if self.count > len(self.examples) else "")
        return Both(
            f"{name} : {self.count} valeur(s) gardée(s) pour ce qu’elles valent, non comme elles sont écrites"
            f" ({shown}) : un code s’écrit comme texte, entre guillemets",
            f"{name}: {self.count} value(s) kept as what they are worth, not as they are written ({shown}):"
            " write a code as a text, in quotes",
        )

    def _look(self, literal: Literal) -> None:
        datatype = literal.datatype.value
        if datatype == XSD + "string" or (datatype == XSD + "integer" and _PLAIN.fullmatch(literal.value)):
            return
        if not _KEPT.match(datatype):
            return
        if literal not in self._known:
            self._known[literal] = self._other(literal)
        if other := self._known[literal]:
            self.count += 1
            if len(self.examples) < _SHOWN and other not in self.examples:
                self.examples.append(other)

    def _other(self, literal: Literal) -> str | None:
        self._store.clear()
        self._store.add(Quad(literal.datatype, literal.datatype, literal))
        found = next(iter(self._store)).object
        assert isinstance(found, Literal)
        return None if found.value == literal.value else f"{literal.value} → {found.value}"
