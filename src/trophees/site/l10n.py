"""The words of the site in French and English, and numbers and dates written as people write them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from trophees.base.language import LANGUAGES as LANGUAGES
from trophees.base.language import Language

NARROW = "\u202f"  # the space between thousands, and before ; : ! ? in French
_BREAK = re.compile(r"(?<=«)[ \u00a0]|[ \u00a0](?=[?!;:»])")
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@cache
def messages() -> dict[Language, dict[str, str]]:
    """The messages of each language, by dotted key (`map.title`)."""
    tables = tomllib.loads((files("trophees") / "site" / "messages.toml").read_text("utf-8"))
    return {
        language: {key: spaced(text, language) for key, text in _flat(tables[language], "")} for language in LANGUAGES
    }


def spaced(text: str, lang: str = "fr") -> str:
    """`text`, in which, if it is French, no line begins with « ! », « ? », « ; », « : » or a closing quotation mark."""
    return _BREAK.sub(NARROW, text) if lang == "fr" else text


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return found


class Words:
    """The messages of one language: `words("map.title")`; `{name}` in a message stands for a given value."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang
        self._messages = messages()[lang]

    def __call__(self, key: str, **values: object) -> str:
        """The message `key`; KeyError if there is none."""
        message = self._messages[key]
        return message.format(**values) if values else message

    def has(self, key: str) -> bool:
        """Whether there is a message `key`."""
        return key in self._messages

    def among(self, *beginnings: str) -> dict[str, str]:
        """The messages whose keys begin so, by their keys."""
        return {key: text for key, text in sorted(self._messages.items()) if key.startswith(beginnings)}

    def under(self, prefix: str) -> dict[str, str]:
        """The messages whose keys begin so, by the rest of their keys: what a script says."""
        return {key.removeprefix(prefix): text for key, text in self._messages.items() if key.startswith(prefix)}

    def kind(self, name: str) -> str:
        """What a kind of thing is called."""
        return next((self(key) for key in (f"kind.{name}.one", f"search.kind.{name}") if self.has(key)), name)

    def count(self, key: str, number: int | str, **values: object) -> str:
        """The message `key.one` or `key.many`, where `{n}` stands for `number`; French is singular below 2."""
        one = abs(Decimal(number)) < 2 if self.lang == "fr" else Decimal(number) == 1
        return self(f"{key}.{'one' if one else 'many'}", n=self.number(number), **values)

    def number(self, value: int | str) -> str:
        """1234.5 as « 1 234,5 » or “1,234.5”; what is not a decimal number is left as it is."""
        match = re.fullmatch(r"([+-]?)(\d+)(?:\.(\d+))?", str(value))
        if not match:
            return str(value)
        sign, whole, rest = match.groups()
        separator, point = (NARROW, ",") if self.lang == "fr" else (",", ".")
        grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", separator, whole)
        rest = (rest or "").rstrip("0")
        return f"{sign.replace('-', '−')}{grouped}{point + rest if rest else ''}"

    def date(self, edtf: str) -> str:
        """An EDTF date (level 1 seasons) in words: « 26 août 2019 », « printemps 2021 »; else as it is."""
        match = _EDTF.fullmatch(edtf)
        if not match:
            return edtf
        year, month, day = match.groups()
        if month is None:
            return year
        if f"date.{month}" not in self._messages:
            return edtf
        name = self(f"date.{month}")
        if day is None:
            return f"{name} {year}"
        number = str(int(day))
        return f"{'1er' if (number, self.lang) == ('1', 'fr') else number} {name} {year}"

    def period(self, start: str, end: str) -> str:
        """An interval in words: « juin 2020 – 2021 », « à partir d’avril 2020 », « jusqu’en 2024 »."""
        if start and end and start != end:
            return f"{self.date(start)} – {self.date(end)}"
        if start and end:
            return self.date(start)
        return self._limit("from", start) if start else self._limit("until", end) if end else ""

    def _limit(self, key: str, edtf: str) -> str:
        """A date after a preposition, which in French depends on what follows it."""
        date = self.date(edtf)
        _, month, day = match.groups() if (match := _EDTF.fullmatch(edtf)) else ("", None, None)
        form = "day" if day else month if month and month > "12" else "vowel" if date[0] in "ao" else ""
        special = f"date.{key}_{form}"
        return self(special if special in self._messages else f"date.{key}", date=date)

    def sentence(self, text: str) -> str:
        """`text` with a capital."""
        return text[:1].upper() + text[1:]

    def listed(self, items: list[str]) -> str:
        """« a, b et c »."""
        return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {self('and')} {items[-1]}" if items else ""
