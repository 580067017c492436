"""Query results as text: a table for people, and the formats that tools read."""

from __future__ import annotations

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from trophees.ask import columns
from trophees.base.errors import UserError, harmless
from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trophees.ask.engine import Result
    from trophees.base.context import Context

TABULAR = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
RDF = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
# what would begin markup; a star or an underscore in a word does not
_SIGN = pattern(r"[\\|`\[\]<]|&(?=[A-Za-z#])|(?<!\w)[*_~]|[*_~](?!\w)")
_CONTROL = pattern(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
_NO_TRIPLE = pattern(rb"\s*(?:\[\s*\]\s*|<\?xml[^>]*>\s*<rdf:RDF[^>]*(?:/>|>\s*</rdf:RDF>)\s*)?")
_NO_ROW = (b'"bindings":[]}}', b"<results></results></sparql>", b"<results/></sparql>", b"\n(no row)\n")
_QUOTED = pattern(rb'"[^"]*+"|\r\n')
_NARROW = 12  # cells of a column that is not made narrower
FORMATS = ("table", "md", *TABULAR, *RDF)


def default(result: Result, *, terminal: bool) -> str:
    """The format for whoever names none: people get a table, tools CSV; RDF is Turtle for both."""
    if isinstance(result, QueryTriples | list):
        return "ttl"
    return "table" if terminal else "csv"


def for_terminal(data: bytes) -> bytes:
    """`data` without the control characters that a terminal would obey; line ends and tabs stay."""
    return _CONTROL.sub(b" ", data)


def render(result: Result, form: str, context: Context, width: int = 0, hollow: dict[str, str] | None = None) -> bytes:
    """`result` in the format `form`, one of FORMATS. A table is cut to `width` columns, unless 0.

    The columns that say nothing in any row are added to `hollow`, if there is one.
    UserError if the format does not fit: tables are for SELECT, RDF for CONSTRUCT and DESCRIBE.
    """
    if isinstance(result, QueryTriples | list):
        if form not in ("table", *RDF):
            raise UserError(f"CONSTRUCT and DESCRIBE give RDF: choose {', '.join(RDF)}, not {form}")
        return _rdf(result, "ttl" if form == "table" else form, context)
    if form in RDF:
        raise UserError(f"SELECT and ASK give rows: choose table, md, {', '.join(TABULAR)}, not {form}")
    if isinstance(result, QueryBoolean):
        if form in ("json", "xml"):
            return result.serialize(format=TABULAR[form]) or b""
        return b"true\n" if result else b"false\n"
    header = [variable.value for variable in result.variables]
    if form in TABULAR:
        data = result.serialize(format=TABULAR[form]) or b""
        if form == "xml":
            from trophees.base.rdf_xml import readable

            data = readable(data)
        elif form == "csv":
            data = _lined(data)
        if hollow is not None:
            hollow |= columns.hollow(header, form, data)
        return data
    rows = [[_shown(solution[name], context) for name in header] for solution in result]
    if hollow is not None:
        hollow |= columns.of_rows(header, rows)
    return (_markdown(header, rows) if form == "md" else _table(header, rows, width)).encode()


def _lined(data: bytes) -> bytes:
    """The CSV `data`, whose lines end in CRLF, with lines that end in LF; what is in quotes stays as it is."""
    if b'"' not in data:
        return data.replace(b"\r\n", b"\n")
    return _QUOTED.sub(lambda found: b"\n" if found[0] == b"\r\n" else found[0], data)


def is_empty(result: Result, form: str, data: bytes) -> bool:
    """Whether `data`, which `render` made of `result`, says nothing: no row, no triple, or false."""
    if isinstance(result, QueryTriples | list):
        return _NO_TRIPLE.fullmatch(data) is not None
    if isinstance(result, QueryBoolean):
        return not result
    if form in ("json", "xml", "table"):
        return data.endswith(_NO_ROW)
    return data.count(b"\n") == (2 if form == "md" else 1)


def _rdf(triples: Iterable[Triple], form: str, context: Context) -> bytes:
    found: list[Triple] = sorted(set(triples), key=str)
    if any(isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode | Triple) for t in found):
        from trophees.ask.blank import labelled

        found = sorted(labelled(found), key=str)
    prefixes = {k: v for k, v in context.prefixes.items() if any(v in str(t) for t in found)}
    if form == "rdf":
        from trophees.base.rdf_xml import written  # a plain question does without

        return written(found, prefixes)
    return serialize(found, format=RDF[form], prefixes=prefixes if form in ("ttl", "trig") else None) or b""


def _shown(term: object, context: Context) -> str:
    """A term as people read it: compact IRIs, literals without quotes; control characters made harmless."""
    if term is None:
        return ""
    text = term.value if isinstance(term, Literal) else str(term)
    if isinstance(term, NamedNode):
        text = context.compact(term.value)
    return harmless(text)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    if not rows:
        return "  ".join(header) + "\n(no row)\n"
    columns = list(zip(header, *rows, strict=True))
    widths = [max(map(_width, column)) for column in columns]
    if width:
        widths = _narrowed(widths, width - 2 * len(widths))
    numeric = [all(c.replace(".", "", 1).lstrip("-").isdigit() or not c for c in column[1:]) for column in columns]
    lines = [list(header), ["─" * w for w in widths], *map(list, rows)]
    return "".join(
        "  ".join(_fit(cell, w, right) for cell, w, right in zip(line, widths, numeric, strict=True)).rstrip() + "\n"
        for line in lines
    )


def _narrowed(widths: Sequence[int], room: int) -> list[int]:
    """`widths` with the widest cut, to a width that they share, until the sum is `room` or that width is _NARROW.

    What is left over because it cannot be shared goes to the last of them, a cell each.
    """
    from bisect import bisect_right  # only a terminal needs it

    def taken(most: int) -> int:
        return sum(min(width, most) for width in widths)

    most = _NARROW + max(bisect_right(range(_NARROW, max(widths, default=0) + 1), room, key=taken) - 1, 0)
    found, left = [min(width, most) for width in widths], room - taken(most)
    for place in reversed(range(len(widths))):
        if left > 0 and widths[place] > most:
            found[place] += 1
            left -= 1
    return found


def _markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [list(header), ["---"] * len(header), *([_escaped(c) for c in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escaped(text: str) -> str:
    """`text` as a cell of Markdown (GFM, section 4.10) that shows just that: no sign in it means anything."""
    return _SIGN.sub(lambda sign: "&lt;" if sign[0] == "<" else "&amp;" if sign[0] == "&" else "\\" + sign[0], text)


def _fit(text: str, width: int, right: bool) -> str:
    if _width(text) > width:
        taken = 0
        for end, character in enumerate(text):
            taken += _width(character)
            if taken > width - 1:
                text = text[:end] + "…"
                break
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    """The number of terminal cells that `text` takes (Unicode annex 11, without context)."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
