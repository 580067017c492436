"""How values are written: the lexical forms of XML Schema 1.1, part 2, and the dates of EDTF that are in use here.

Python reads more than the standard (`1e3`, `１２`, `1_000`, a final line end) and less (years of five digits): the
forms decide, Python only counts days.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from trophees.base.namespaces import EDTF, XSD

INTEGER = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
BOOLEAN = re.compile(r"true|false|1|0")
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12][0-9]|3[01])"
GYEAR = re.compile(f"({_YEAR}){_ZONE}")
DATE = re.compile(f"(({_YEAR})-({_MONTH})-({_DAY})){_ZONE}")
_HOURS = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?"
DATE_TIME = re.compile(f"{DATE.pattern.removesuffix(_ZONE)}T(?:{_HOURS}){_ZONE}")
# EDTF (ISO 8601-2:2019), level 0 without times, and of level 1 the seasons of section 4.7: 21 (spring) to 24 (winter)
EDTF_DATE = re.compile(f"([0-9]{{4}})(?:-(?:({_MONTH})(?:-({_DAY}))?|(2[1-4])))?")


def spelling(text: str, datatype: str) -> str | None:
    """The one way to write the value of `text`: its canonical form, without time zone; None if it is none.

    XML Schema 1.1, part 2, section 3.3 and appendix E. For a datatype that has no forms here: `text` itself.
    """
    write = _SPELLINGS.get(datatype)
    return text if write is None else write(text)


def meant(text: str, datatype: str) -> str | None:
    """What somebody who wrote `text` surely meant, in its one spelling: 1000 for `1e3`. None if that is not sure."""
    if datatype not in _SPELLINGS or len(text) > 40:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    for found in (plain, _reread(plain, datatype)):
        if found is not None and (written := spelling(found, datatype)) is not None and len(written) <= 40:
            return written
    return None


def exists(year: str, month: str, day: str) -> bool:
    """Whether the proleptic Gregorian calendar has that day, whose month is from 01 to 12."""
    # it repeats every 400 years, and Python's begins in year 1
    return int(day) <= calendar.monthrange(2000 + int(year) % 400, int(month))[1]


def _integer(text: str) -> str | None:
    if not INTEGER.fullmatch(text):
        return None
    digits = text.lstrip("+-").lstrip("0") or "0"
    return "-" * (text[0] == "-" and digits != "0") + digits


def _decimal(text: str) -> str | None:
    if not DECIMAL.fullmatch(text):
        return None
    whole, _, part = text.lstrip("+-").partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    digits = f"{whole}.{part}" if part else whole
    return "-" * (text[0] == "-" and digits != "0") + digits


def _boolean(text: str) -> str | None:
    return {"1": "true", "0": "false"}.get(text, text) if BOOLEAN.fullmatch(text) else None


def _year(text: str) -> str | None:
    found = GYEAR.fullmatch(text)
    return found[1] if found else None


def _date(text: str) -> str | None:
    found = DATE.fullmatch(text)
    return found[1] if found and exists(*found.group(2, 3, 4)) else None


def _edtf(text: str) -> str | None:
    found = EDTF_DATE.fullmatch(text)
    return text if found and (not found[3] or exists(*found.group(1, 2, 3))) else None


_SPELLINGS: dict[str, Callable[[str], str | None]] = {
    XSD + "integer": _integer,
    XSD + "decimal": _decimal,
    XSD + "boolean": _boolean,
    XSD + "gYear": _year,
    XSD + "date": _date,
    EDTF: _edtf,
}
DATATYPES = tuple(_SPELLINGS)  # those that have forms here
WORDS = {"true": ("vrai", "oui", "yes", "on", "y"), "false": ("faux", "non", "no", "off", "n")}
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]+Z?")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})-?([1-7])")
_FRENCH = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")


def _reread(text: str, datatype: str) -> str | None:
    """`text`, in a form that people or other programs use, in a form of the standard."""
    if datatype in (XSD + "integer", XSD + "decimal"):
        return _number(text)
    if datatype == XSD + "boolean":
        return next((word for word, others in WORDS.items() if text.lower() in (word, *others)), None)
    if found := _TIME.fullmatch(text):
        return found[1]
    if found := _FRENCH.fullmatch(text):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if found := _WEEK.fullmatch(text):
        try:
            return date.fromisocalendar(*(int(part) for part in found.groups())).isoformat()
        except ValueError:
            return None
    return re.sub(r"([0-9]{4})([0-9]{2})([0-9]{2})", r"\1-\2-\3", text) if re.fullmatch("[0-9]{8}", text) else None


def _number(text: str) -> str | None:
    """A number with an exponent, with groups of three digits, or with a decimal comma that cannot part thousands."""
    if re.fullmatch(r"[+-]?[0-9]{1,3}([ _'’][0-9]{3})+([.,][0-9]+)?", text):
        return re.sub("[ _'’]", "", text).replace(",", ".")
    if re.fullmatch(r"[+-]?([0-9]{4,}|[0-9]+(?!,[0-9]{3}$)),[0-9]+", text):
        return text.replace(",", ".")
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]{1,2}", text):
        try:
            return format(Decimal(text), "f")
        except InvalidOperation:
            return None
    return None
