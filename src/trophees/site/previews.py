"""The first rows of each published table, its columns and their types: what there is to see without opening it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from trophees.base.addresses import Folder
from trophees.base.language import Both, Language
from trophees.publish.places import tables as of_places
from trophees.publish.tables import Column
from trophees.site.l10n import LANGUAGES, messages
from trophees.site.model import Site
from trophees.site.paging import Sheet, pages, sheets
from trophees.site.render import place, root_from

MATCHES = "csv/vocabularies.sssom.tsv"
_SHOWN, _LONGEST = 2, 40  # rows, and letters of a cell
_OF_MATCHES = ("data.matches", "data.matches_text")  # how that table is called, and what is said of it
_COLUMN = 260  # bytes of markup of a column, about


@dataclass(frozen=True)
class Preview:
    """A table at its path: how many rows it has, its columns, and the first rows, as many cells each."""

    path: str
    title: Both
    summary: Both
    rows: int
    columns: tuple[Column, ...]
    first: list[list[str]]

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.rpartition("/")[2]

    @property
    def id(self) -> str:
        """What its section is called on the page of the previews."""
        return self.name.partition(".")[0]


def previews(site: Site) -> list[Preview]:
    """Those of all tables that are published, in the order in which the page of the data lists them."""
    if "previews" not in site.cache:
        site.cache["previews"] = [*_read(site)]
    found: list[Preview] = site.cache["previews"]
    return found


def parts(site: Site) -> list[Sheet[Preview]]:
    """The pages that show them."""
    found = previews(site)
    return sheets(found, pages(sum(len(it.columns) for it in found) * _COLUMN, site.inputs.room), Folder.DATA_TABLES)


def addresses(site: Site, lang: Language, path: str) -> list[tuple[Preview, str]]:
    """Each, with the link to it from the page `path`."""
    root = root_from(path)
    return [(it, f"{root}{place(part.folder, lang)}#{it.id}") for part in parts(site) for it in part.items]


def _read(site: Site) -> Iterator[Preview]:
    published = site.inputs.published
    for table in site.inputs.tables:
        if (path := f"csv/{table.name}.csv") in published:
            _, *lines = _lines(published[path], ",")
            yield _preview(path, table.title, table.summary, table.columns, lines)
    if MATCHES in published:
        head, *lines = _lines(published[MATCHES], "\t")
        columns = [Column(name, "string", not all(row[at] for row in lines), "") for at, name in enumerate(head)]
        title, summary = (Both(*(messages()[lang][key] for lang in LANGUAGES)) for key in _OF_MATCHES)
        yield _preview(MATCHES, title, summary, tuple(columns), lines)
    for table in of_places.packaged():
        if (path := of_places.path(table.name)) in published:
            _, *lines = _lines(published[path], ",")
            yield _preview(path, table.title, table.summary, table.columns, lines)


def _lines(data: bytes, delimiter: str) -> list[list[str]]:
    """The rows of a table, its heading first; what SSSOM says before it, in lines that begin with a #, is left out."""
    text = data.decode("utf-8")
    if delimiter == "\t":
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _preview(path: str, title: Both, summary: Both, columns: tuple[Column, ...], lines: list[list[str]]) -> Preview:
    return Preview(path, title, summary, len(lines), columns, [[_cut(cell) for cell in row] for row in lines[:_SHOWN]])


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1].rstrip() + "…"
