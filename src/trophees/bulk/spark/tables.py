"""Tables of a part of the records: those whose rows look at one record, its facts and what stands beside all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from pyoxigraph import RdfFormat, Store

from trophees.bulk.shared import Deriving, Shared
from trophees.publish.tables import Table, packaged

# their rows name organisations, which may be lines of another part, or count processes of all parts
OF_ALL = frozenset({"carriers", "laureates-flat", "laureates-territories", "places", "sheets"})
_SPARK = {"boolean": "boolean", "date": "date", "decimal": "double", "gYear": "bigint", "integer": "bigint"}

Row = tuple[str, ...]


def by_part() -> list[Table]:
    """The tables that can be made part by part."""
    return [table for table in packaged() if table.name not in OF_ALL]


def types(table: Table) -> dict[str, str]:
    """The columns of a table, each with the type that Spark has for it."""
    return {column.name: _SPARK.get(column.datatype, "string") for column in table.columns}


class Tables:
    """What each part adds to the rows that what is shared gives alone."""

    def __init__(self, shared: bytes) -> None:
        self._shared, self._tables = shared, by_part()
        store = self._store(b"")
        self._known = {table.name: Counter(map(tuple, table.rows(store))) for table in self._tables}

    @classmethod
    def beside(cls, shared: Shared) -> Tables:
        """Of the parts that stand beside `shared`."""
        return cls(b"".join(Deriving(shared).shared))

    def _store(self, quads: bytes) -> Store:
        store = Store()
        for data in (self._shared, quads):
            store.load(data, format=RdfFormat.N_QUADS, lenient=True)
        return store

    def shared(self) -> Iterator[tuple[str, bytearray]]:
        """The rows of what is shared, as `rows` gives those of a part."""
        for table in self._tables:
            if self._known[table.name]:
                yield table.name, _lines(table, self._known[table.name])

    def rows(self, quads: bytes) -> Iterator[tuple[str, bytearray]]:
        """The rows that a part adds, whose statements are `quads`: the name of each table that has some, and the rows
        as lines of JSON, without the end of the last one.
        """
        store = self._store(quads)
        for table in self._tables:
            added = Counter(map(tuple, table.rows(store)))
            added.subtract(self._known[table.name])
            if rows := +added:
                yield table.name, _lines(table, rows)


def _lines(table: Table, rows: Counter[Row]) -> bytearray:
    names = [column.name for column in table.columns]
    told = (
        json.dumps({name: cell for name, cell in zip(names, row, strict=True) if cell}, ensure_ascii=False)
        for row in rows.elements()
    )
    return bytearray("\n".join(told).encode())
