"""Which tools go together: the most used ones against each other, as a table of heat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from trophees.base.language import Language
from trophees.site.links import playground_link
from trophees.site.model import Site
from trophees.site.statements import Name

_MOST = 14
QUERY = """PREFIX tp: <https://w3id.org/trophees-participation/ontology#>

SELECT ?tool ?other (COUNT(DISTINCT ?laureate) AS ?laureates)
WHERE { ?laureate tp:usesTool ?tool , ?other }
GROUP BY ?tool ?other
ORDER BY DESC(?laureates) ?tool ?other
"""


@dataclass(frozen=True)
class Cell:
    """How many laureates use both tools, and the colour of it, from 0 to 4; on the diagonal, how many use the tool."""

    laureates: int
    step: int
    diagonal: bool


@dataclass(frozen=True)
class Line:
    """A tool, and its cells in the order of the lines."""

    iri: str
    name: Name
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The lines, from the most used tool; `tools` is how many tools there are in all."""

    lines: tuple[Line, ...]
    tools: int
    playground: str = playground_link(QUERY, runs=True)


def read(site: Site, lang: Language, href: Callable[[str], str]) -> Matrix:
    """The matrix of the most used tools. It is symmetric: the query counts pairs both ways."""
    pairs: dict[tuple[str, str], int] = {}
    for row in site.query(QUERY):
        tool, other, number = row["tool"], row["other"], row["laureates"]
        if isinstance(tool, NamedNode) and isinstance(other, NamedNode) and isinstance(number, Literal):
            pairs[tool.value, other.value] = int(number.value)
    used = sorted((tool for tool, other in pairs if tool == other), key=lambda tool: (-pairs[tool, tool], tool))
    shown = used[:_MOST]
    most = max((pairs.get((a, b), 0) for a in shown for b in shown if a != b), default=0)
    lines = []
    for a in shown:
        numbers = [pairs.get((a, b), 0) for b in shown]
        cells = tuple(Cell(n, _step(n, most), a == b) for n, b in zip(numbers, shown, strict=True))
        lines.append(Line(a, site.name(a, lang), href(a), cells))
    return Matrix(tuple(lines), len(used))


def _step(number: int, most: int) -> int:
    return min(4, -(-4 * number // most)) if most else 0
