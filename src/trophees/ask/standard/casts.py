"""Casts of numbers (SPARQL 1.1, section 17.5; XPath Functions and Operators 3.1, section 19), exact to the digit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from trophees.base.lexical import DECIMAL, INTEGER
from trophees.base.namespaces import XSD

_INTEGER, _DECIMAL, _STRING = (NamedNode(XSD + name) for name in ("integer", "decimal", "string"))
_FLOATS = (XSD + "double", XSD + "float")
_SPACE = " \t\n\r"
_DIGITS = 18  # after the point, as the engine has them
_LARGEST = 400  # digits of a number


def decimal(term: object) -> Literal | None:
    """`term` as xsd:decimal: of a double, the number that its shortest digits say; None if there is none."""
    value = _number(term, DECIMAL.fullmatch)
    if value is None:
        return None
    with localcontext(prec=_LARGEST):
        if -value.as_tuple().exponent > _DIGITS:  # type: ignore[operator]  # it is finite
            value = round(value, _DIGITS)
        text = format(value, "f")
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=_DECIMAL)


def integer(term: object) -> Literal | None:
    """`term` as xsd:integer, what is after the point cut off; None if there is none."""
    value = _number(term, INTEGER.fullmatch)
    return None if value is None else Literal(format(int(value), "d"), datatype=_INTEGER)


def string(term: object) -> Literal | None:
    """`term` as xsd:string: a double from a million on, or under a millionth, with an exponent (`1.0E6`)."""
    if isinstance(term, NamedNode):
        return Literal(term.value)
    if not isinstance(term, Literal):
        return None
    if term.datatype.value in _FLOATS and term.value not in ("INF", "-INF", "NaN"):
        return Literal(_exponent(term.value))
    return Literal(term.value)


CASTS: dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]] = {
    _DECIMAL: decimal,
    _INTEGER: integer,
    _STRING: string,
}


def _number(term: object, written: Callable[[str], object]) -> Decimal | None:
    """The number that `term` is, or is `written` as; None if it is none."""
    if not isinstance(term, Literal) or term.language:
        return None
    datatype, text = term.datatype.value, term.value
    if datatype == XSD + "boolean":
        return Decimal(text in ("true", "1"))
    if datatype == XSD + "string":
        text = text.strip(_SPACE)
        return Decimal(text) if written(text) and len(text) < _LARGEST else None
    if datatype in _FLOATS:
        return Decimal(text) if text not in ("INF", "-INF", "NaN") else None
    if datatype.startswith(XSD) and DECIMAL.fullmatch(text) and len(text) < _LARGEST:
        return Decimal(text)
    return None


def _exponent(text: str) -> str:
    """A double as XPath casts it to a string (section 19.1.2.2)."""
    value = Decimal(text)
    if not value:
        return "-0" if text.startswith("-") else "0"
    if Decimal("0.000001") <= abs(value) < 1_000_000:
        plain = format(value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    sign, digits, _ = value.normalize().as_tuple()
    mantissa = "".join(map(str, digits))
    return f"{'-' * sign}{mantissa[0]}.{mantissa[1:] or '0'}E{value.adjusted()}"
