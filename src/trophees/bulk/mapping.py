"""Rows of a table in CSV as records, by a mapping file in YAML that shows the record of a row.

In the texts of `fiche`, `{column}` stands for what the column holds, `{column|word}` for what a word makes of it:
`nom` a part of an id, `texte` without markup, `jour` the day of a moment, or a name under `mots`, whose table gives the
value of a cell; what that table has not stays as it is, and is told where it is no value. A text of which a column is
empty is left out, with the object that has nothing else from a column.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from trophees.base.errors import UserError, brief, nearest
from trophees.base.folding import fold
from trophees.bulk.lines import LONGEST, lines

_PLACE = re.compile(r"\{([^{}|]+)(?:\|([^{}|]+))?\}")
_TAG = re.compile(r"<[^>]*>")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEYS = ("séparateur", "fiche", "mots")


@dataclass(frozen=True)
class Columns:
    """The file `name`: the record of a row, what parts the cells of one, and the tables of words."""

    name: str
    record: dict[str, Any]
    separator: str
    words: Mapping[str, Mapping[str, str]]

    def rows(self, path: Path) -> Iterator[tuple[int, bytes]]:
        """The records of the table at `path`, in JSON, each with the line where its row begins.

        UserError if the table has no column that the mapping names, or cannot be read.
        """
        return self.made_of(lines(path), str(path))

    def made_of(self, given: Iterable[tuple[int, bytes]], path: str) -> Iterator[tuple[int, bytes]]:
        """The same of the lines of the table, as `bulk.lines` gives them."""
        before = 0

        def text() -> Iterator[str]:
            nonlocal before
            for number, line in given:
                for before in range(before + 1, number):  # noqa: B007, B020 - an empty line may stand inside of a cell
                    yield "\n"
                before = number
                yield line.decode("utf-8", "replace") + "\n"

        csv.field_size_limit(LONGEST)
        reader = csv.reader(text(), delimiter=self.separator, strict=True)
        try:
            header = next(reader, [])
            if missing := sorted(self._columns() - set(header)):
                near = nearest(missing[0], header)
                hint = f" (did you mean “{near}”?)" if near else ""
                raise UserError(f"{path}:1: the table has no column “{missing[0]}”, which {self.name} names{hint}")
            begins = before + 1
            for row in reader:
                cells = dict(zip(header, row, strict=False))
                if any(cells.values()):
                    yield begins, json.dumps(self._made(self.record, cells)[0], ensure_ascii=False).encode()
                begins = before + 1
        except csv.Error as error:
            raise UserError(f"{path}:{before}: is no CSV ({error})") from None

    def _columns(self) -> set[str]:
        return {column for text in _texts(self.record) for column, _ in _PLACE.findall(text)}

    def _made(self, shown: Any, cells: Mapping[str, str]) -> tuple[Any, bool]:
        """What `shown` is for a row, None if that is nothing; and whether a column is in it."""
        if isinstance(shown, dict):
            made = {key: self._made(value, cells) for key, value in shown.items()}
            kept = {key: value for key, (value, _) in made.items() if value is not None}
            asked = any(_PLACE.search(text) for text in _texts(shown))
            found = any(of for value, of in made.values() if value is not None)
            return (kept if found or not asked else None), found
        if isinstance(shown, list):
            items = [self._made(value, cells) for value in shown]
            kept_ = [value for value, _ in items if value is not None]
            return (kept_ or None), any(of for value, of in items if value is not None)
        if not isinstance(shown, str) or not _PLACE.search(shown):
            return shown, False
        values = [self._word(word)(cells.get(column, "").strip()) for column, word in _PLACE.findall(shown)]
        if not all(values):
            return None, False
        left = iter(values)
        return _PLACE.sub(lambda _: next(left), shown), True

    def _word(self, word: str) -> Callable[[str], str]:
        if word in self.words:
            return lambda text: self.words[word].get(text, text)
        return _WORDS[word]


def _texts(shown: Any) -> Iterator[str]:
    if isinstance(shown, dict):
        shown = list(shown.values())
    if isinstance(shown, list):
        for item in shown:
            yield from _texts(item)
    elif isinstance(shown, str):
        yield shown


def _name(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")


def _text(text: str) -> str:
    """`text` without markup, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _day(text: str) -> str:
    found = _DAY.match(text)
    return found[0] if found else text


_WORDS: dict[str, Callable[[str], str]] = {"": _text, "nom": _name, "texte": _text, "jour": _day}


def read(given: str) -> Columns:
    """The mapping in the file `given`, or that of the package which is called so. UserError, with the line, if it is
    none.
    """
    path = Path(given)
    try:
        own = resources.files(__package__).joinpath("mappings", f"{given}.yaml")
        text = own.read_text("utf-8") if not path.exists() and own.is_file() else path.read_text("utf-8")
        said = yaml.safe_load(io.StringIO(text))
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{given}: cannot be read, and is no mapping of the package: {', '.join(names())}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise UserError(f"{given}:{mark.line + 1 if mark else 1}: is no YAML") from None
    if not isinstance(said, dict) or not isinstance(said.get("fiche"), dict):
        raise UserError(f"{given}:1: is no mapping: it has the key “fiche”, the record of a row")
    if unknown := [key for key in said if key not in _KEYS]:
        raise UserError(f"{given}: unknown key “{brief(str(unknown[0]))}”: {', '.join(_KEYS)}")
    separator = said.get("séparateur", ";")
    if not isinstance(separator, str) or len(separator) != 1:
        raise UserError(f"{given}: séparateur — one character is expected")
    words = {str(k): {str(a): str(b) for a, b in v.items()} for k, v in (said.get("mots") or {}).items()}
    mapping = Columns(given, said["fiche"], separator, words)
    for word in {word for text in _texts(said["fiche"]) for _, word in _PLACE.findall(text)}:
        if word not in words and word not in _WORDS:
            raise UserError(f"{given}: “{brief(word)}” is no word: {', '.join([*filter(None, _WORDS), *words])}")
    return mapping


def names() -> list[str]:
    """The mappings of the package."""
    folder = resources.files(__package__).joinpath("mappings")
    return sorted(path.name.removesuffix(".yaml") for path in folder.iterdir() if path.name.endswith(".yaml"))
