"""ORDER BY as the engine can do it of any values: it compares numbers, and dates, by value, other pairs by their text.

Of 9, 10 and "2020" no order comes of that, and the engine ends the process that asks. So values are put in order by
their kind first, and then among those of a kind, all of which compare in one way. SPARQL 1.1, section 15.1, leaves the
order between kinds of literals open; what it says stays: nothing, blank nodes, IRIs, literals; numbers by value,
whatever their types; texts by their characters. A date without a time zone is one in UTC (XPath Functions and
Operators 3.1, section 10.4: an implicit time zone). The page does it by the same rules: `site/web/query-order.js`.
"""

from __future__ import annotations

from trophees.base.namespaces import XSD

_KIND = (
    f"IF(isNumeric({{0}}),0,IF(DATATYPE({{0}})=<{XSD}duration>,STR({{0}}),COALESCE("
    'IF(TZ({0})="",DATATYPE({0}),DATATYPE({0})),'
    f'IF({{0}}<"PT0S"^^<{XSD}dayTimeDuration>,DATATYPE({{0}}),DATATYPE({{0}})),1)))'
)
_VALUE = 'COALESCE(IF(TZ({0})="",STRDT(CONCAT(STR({0}),"Z"),DATATYPE({0})),{0}),{0})'


def keys(operand: str, direction: str) -> str:
    """What rows are ordered by instead of `operand`, a variable or an expression; `direction` is ASC or DESC."""
    return f"{direction}({_KIND.format(operand)}) {direction}({_VALUE.format(operand)})"


def plain(text: str, capitals: str) -> str | None:
    """The query `text` as the engine can do it; None if it has more than one ORDER BY, or one that is not plain.

    A plain one is by variables, and near the end. `capitals` is `text` in capitals. No pattern is needed, as most
    questions are so.
    """
    at, *more = _places(text, capitals) or [-1]
    if at < 0:
        return text
    if more or not (text[at - 1 : at].isspace() or text[at - 1 : at] == "}"):
        return None
    rest = text[at:].replace("(", " ( ").replace(")", " ) ").split()[2:]
    found = []
    while rest and rest[0].upper() not in ("LIMIT", "OFFSET"):
        direction = "ASC"
        if rest[0].upper() in ("ASC", "DESC") and rest[1:2] == ["("] and rest[3:4] == [")"]:
            direction, rest = rest[0].upper(), [rest[2], *rest[4:]]
        if rest[0][0] not in "?$" or not rest[0][1:].replace("_", "a").isalnum():
            return None
        found.append(keys(rest.pop(0), direction))
    if not found or not all(word.isdecimal() or word.upper() in ("LIMIT", "OFFSET") for word in rest):
        return None
    return " ".join([text[:at] + "ORDER BY", *found, *rest])


def _places(text: str, capitals: str) -> list[int]:
    """Where ORDER stands, and then BY, or perhaps a comment first."""
    found, at = [], capitals.find("ORDER")
    while at >= 0:
        after = text[at + len("ORDER") :].lstrip()
        if after[:2].upper() == "BY" or after.startswith("#"):
            found.append(at)
        at = capitals.find("ORDER", at + 1)
    return found
