"""A table as RDF: each row a node, each column a property under `my:`, what is a code a text.

The row on line 2 of `projets.csv` is `<file:///…/projets.csv#row-2>`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad

from trophees.base.errors import UserError
from trophees.base.folding import fold
from trophees.base.language import Both
from trophees.base.lexical import exists
from trophees.base.namespaces import RDF_TYPE, RDFS, XSD
from trophees.reading import table
from trophees.reading.document import Document

MY = "my:"  # a scheme that nobody has: these properties mean something in the reader's files only
ROW = NamedNode(MY + "Row")
_MOST = 1000  # columns
_LABEL = NamedNode(RDFS + "label")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){1,5}(?:[.,][0-9]{1,9})?")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})[.,][0-9]{1,9}")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FRENCH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
# words of a header whose column holds codes, which are no numbers
_CODE = re.compile(
    r"(?:^|[^a-z])(?:insee|cog|code|codes|siren|siret|cp|postal|zip|iris|epci|uai|rna|ean|id|ref|tel|telephone|fax|phone)(?![a-z])"
)
_COMMUNE = re.compile(r"insee|cog|(?:^|[^a-z])com(?:mune)?s?(?![a-z])")
_DEPARTEMENT = re.compile(r"(?:^|[^a-z])dep(?:artement)?s?(?![a-z])")


def quads(document: Document, graph: NamedNode) -> tuple[list[Quad], list[Both]]:
    """What the table in `document` says, in `graph`, whose IRI is that of the file; and what was odd in it."""
    found = table.read(document.data, document.name, document.extension)
    if len(found.columns) > _MOST:
        raise UserError(f"{document.name}: has {len(found.columns)} columns: {_MOST} at most")
    names = properties(found.columns)
    notes = list(found.notes)
    said = [
        quad
        for name, label in zip(names, found.columns, strict=True)
        for quad in [Quad(name, _LABEL, Literal(label), graph)]
        if label
    ]
    nodes = [NamedNode(f"{graph.value}#row-{row.line}") for row in found.rows]
    said += [Quad(node, RDF_TYPE, ROW, graph) for node in nodes]
    for place, (name, header) in enumerate(zip(names, found.columns, strict=True)):
        cells = [row.cells[place].strip() if place < len(row.cells) else "" for row in found.rows]
        values, restored = column(header, cells)
        said += [Quad(node, name, value, graph) for node, value in zip(nodes, values, strict=True) if value]
        if restored:
            notes.append(
                Both(
                    f"{document.name} : {restored} code(s) de « {header} » sans leur premier zéro, qui est rendu",
                    f"{document.name}: {restored} code(s) of “{header}” without their first zero, which is given back",
                )
            )
    return said, notes


def properties(columns: Sequence[str]) -> list[NamedNode]:
    """The property of each column: its header in small letters, without accents, words joined by `_`."""
    found: list[str] = []
    for place, header in enumerate(columns, 1):
        plain = re.sub(r"[^a-z0-9]+", "_", fold(header)).strip("_")[:80] or f"column_{place}"
        name, number = plain, 2
        while name in found:
            name, number = f"{plain}_{number}", number + 1
        found.append(name)
    return [NamedNode(MY + name) for name in found]


def column(header: str, cells: Sequence[str]) -> tuple[list[Literal | None], int]:
    """The values of a column, all of one type, and how many codes got a zero back. An empty cell has none.

    They are numbers or days if all of them are, and no code: a code has a first zero somewhere, or a header that says
    so. INSEE's codes have the width that they have in print, as `igeo:codeINSEE` has.
    """
    filled = [cell for cell in cells if cell]
    name = fold(header)
    width = 5 if _COMMUNE.search(name) else 2 if _DEPARTEMENT.search(name) else 0
    if width and filled and all(_is_code(cell, width) for cell in filled):
        restored = sum(len(cell) == width - 1 for cell in filled)
        return [Literal(cell.zfill(width)) if cell else None for cell in cells], restored
    datatype, write = _type(filled) if not _CODE.search(name) else (None, {})
    if datatype is None:
        return [Literal(cell) if cell else None for cell in cells], 0
    return [Literal(write[cell], datatype=NamedNode(XSD + datatype)) if cell else None for cell in cells], 0


def _is_code(cell: str, width: int) -> bool:
    if width == 2:
        return re.fullmatch(r"[1-9]|[0-9]{2}|2[AB]|97[1-68]", cell) is not None
    return re.fullmatch(r"[1-9][0-9]{3}|[0-9]{5}|2[AB][0-9]{3}", cell) is not None


def _type(filled: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """The type that all of the cells are of, with how each is written in it; None if there is none but text."""
    for datatype, write in (("integer", _integer), ("decimal", _decimal), ("date", _day)):
        written = {cell: write(cell) for cell in set(filled)}
        if filled and all(written.values()):
            return datatype, {cell: text for cell, text in written.items() if text}
    return None, {}


def _integer(cell: str) -> str | None:
    if _GROUPED.fullmatch(cell) and not re.search("[.,]", cell):
        return re.sub(r"[ \u00a0\u202f]", "", cell)
    return cell if _INTEGER.fullmatch(cell) and cell != "-0" else None


def _decimal(cell: str) -> str | None:
    if _THOUSANDS.fullmatch(cell):  # 12,500 is one number in France and another elsewhere
        return None
    if _GROUPED.fullmatch(cell) or _DECIMAL.fullmatch(cell):
        return re.sub(r"[ \u00a0\u202f]", "", cell).replace(",", ".")
    return _integer(cell)


def _day(cell: str) -> str | None:
    if found := _DAY.fullmatch(cell):
        parts = found.group(1, 2, 3)
    elif found := _FRENCH_DAY.fullmatch(cell):
        parts = found[3], found[2].zfill(2), found[1].zfill(2)
    else:
        return None
    year, month, day = parts
    return f"{year}-{month}-{day}" if 1 <= int(month) <= 12 and int(day) and exists(year, month, day) else None
