"""Files of the project as text: what is wrong with one is told in a sentence with its place, `file:line:column: …`."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store, parse

from trophees.ask.explain.mistakes import mistake
from trophees.base.context import Context
from trophees.base.errors import UserError, sentence

_OF_ENGINE = re.compile(r"Parser error(?: at line \d+ (?:between )?columns? \d+(?: and(?: line \d+ column)? \d+)?)?: ")
_CUT = 160  # characters of what a parser says


@dataclass(frozen=True)
class Reader:
    """Reads files below `root`, after which messages call them. Each method raises UserError."""

    root: Path

    def shown(self, path: Path) -> str:
        """`path` as messages call it: from the root, where it is below."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def refusal(self, path: Path, sentence: str, line: int = 0, column: int = 0) -> UserError:
        """What is wrong with `path`, there."""
        place = "".join(f":{number}" for number in (line, column) if number)
        said = " ".join(sentence.split())
        return UserError(f"{self.shown(path)}{place}: {said if len(said) <= _CUT else said[: _CUT - 1] + '…'}")

    def data(self, path: Path) -> bytes:
        """The content of a regular file."""
        try:
            return regular(path)
        except OSError as error:
            raise self.refusal(path, f"cannot be read ({error.strerror})") from None

    def text(self, path: Path) -> str:
        """The text of a file, UTF-8, without a byte order mark."""
        data = self.data(path)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            read = error.object  # without a byte order mark
            line = read.count(b"\n", 0, error.start) + 1
            column = error.start - read.rfind(b"\n", 0, error.start)
            raise self.refusal(path, "not UTF-8: save it again in this encoding", line, column) from None

    def turtle(self, path: Path) -> str:
        """The text of a Turtle file that says something."""
        text = self.text(path)
        try:
            if not any(True for _ in parse(text, format=RdfFormat.TURTLE)):
                raise self.refusal(path, "says nothing", 1, 1)
        except SyntaxError as error:
            last = len(text.splitlines()) or 1
            line = min(error.lineno or 1, last)
            said = _OF_ENGINE.sub("", error.msg)
            raise self.refusal(path, said, line, (error.offset or 1) if line == error.lineno else 1) from None
        return text

    def rule(self, path: Path) -> str:
        """The text of a SPARQL CONSTRUCT."""
        text = self.text(path)
        try:
            if isinstance(Store().query(text), QueryTriples):
                return text
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            told = mistake(text, error, {})
            line, _, column = told.place.partition(":") if told else ("", "", "")
            said = told.sentence.en if told else sentence(error)
            raise self.refusal(path, said, int(line or 1), int(column or 1)) from None
        raise self.refusal(path, "a CONSTRUCT is expected", 1, 1)

    def context(self, path: Path) -> Context:
        """The JSON-LD context in a file: terms with an IRI each, under `@vocab`."""
        text = self.text(path)
        try:
            return _checked(Context(text))
        except json.JSONDecodeError as error:
            raise self.refusal(path, error.msg, error.lineno, error.colno) from None
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
            pass
        try:
            term = _faulty(json.loads(text))
        except RecursionError:
            raise self.refusal(path, "is nested too deeply", 1, 1) from None
        if term is None:
            raise self.refusal(path, "an object with “@context” is expected, and in it “@vocab” and terms", 1, 1)
        found = re.search(rf"{re.escape(json.dumps(term, ensure_ascii=False))}\s*:", text)
        before = text[: found.start()] if found else ""
        raise self.refusal(
            path,
            f"the term “{term}” needs an IRI that is one: as its value, or under “@id” or “@reverse”",
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
        )

    def matching(self, folder: Path, extension: str) -> list[Path]:
        """The files of `folder` with `extension`, by name; hidden ones do not count, and there must be one."""
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            raise self.refusal(folder, f"cannot be listed ({error.strerror})") from None
        shown = (folder / name for name in names if name.endswith(extension) and not name.startswith("."))
        if found := [path for path in shown if not path.is_dir()]:
            return found
        raise self.refusal(folder, f"has no {extension} file")


def regular(path: Path) -> bytes:
    """The content of a regular file; OSError if it is anything else, such as a pipe, which could hold us up."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return path.read_bytes()


def _checked(context: Context, names: Iterable[str] | None = None) -> Context:
    """`context`, if each of its terms, or of `names`, has an IRI; ValueError or another error if not."""
    terms = context.read().terms
    for name in terms if names is None else names:
        term = terms[name]
        NamedNode(term.iri)
        if term.type and not term.type.startswith("@"):
            NamedNode(term.type)
    return context


def _faulty(document: Any) -> str | None:
    """The first term of a context that cannot be understood; None if what is around them cannot."""
    entries = document.get("@context") if isinstance(document, dict) else None
    if not isinstance(entries, dict) or not isinstance(entries.get("@vocab"), str):
        return None
    terms: dict[str, Any] = {name: value for name, value in entries.items() if not name.startswith("@")}
    prefixes = {name: value for name, value in terms.items() if isinstance(value, str)}
    for name, value in terms.items():
        try:
            alone = Context({"@context": {**prefixes, "@vocab": "urn:x#", name: value}})
            _checked(alone, [] if value in ("@id", "@type") else [name])
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
            return name
    return None
