"""A table as a source: each row tells one thing, each column is a section."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

from trophees.base.errors import UserError
from trophees.prove.passages import Document, Passage
from trophees.prove.report import heading
from trophees.reading.delimited import lines


def read(text: str, things: Mapping[str, str], sections: Mapping[tuple[str, ...], str], name: str) -> Document:
    """The passages of the CSV `text` of the file `name`.

    `things` gives the IRI of each row by a code in any of its cells (that of the sheet, in the account of a thing);
    `sections` the IRI of a section by the `heading` of its column.

    The line of a passage is the first of its row in the file. UserError if no column is a section.
    """
    rows = [(line, [normalize("NFC", cell).strip() for cell in cells]) for line, cells in lines(text, name, ",")]
    columns = [sections.get(heading(column), "") for column in (rows[0][1] if rows else ())]
    if not any(columns):
        raise UserError(f"{name}:1: no column is a section of the source: {', '.join(' '.join(s) for s in sections)}")
    passages, order = [], []
    for line, cells in rows[1:]:
        thing = next((things[cell] for cell in cells if cell in things), "")
        if not thing:
            continue
        order.append(thing)
        passages += [
            Passage(thing, section, ((line, cell),))
            for section, cell in zip(columns, cells, strict=False)
            if section and cell
        ]
    return Document(tuple(passages), tuple(text.splitlines()), tuple(order))
