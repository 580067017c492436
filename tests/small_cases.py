"""Small inputs, and all that comes of each: `small/{room}.tsv` has a line for each case, by module.

After a wanted change the module of tests, run as a program, writes its file anew: the difference is to be read.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from trophees.base.language import Both

T = TypeVar("T")
FOLDER = Path(__file__).parent / "small"
PARTS = 4  # of the cases of a module, each a test: a quick one is asked about more mutants
_LONGEST = 3000  # characters of what comes of a case
Cases = Mapping[str, Callable[[], object]]  # by what is given


def expected(room: str) -> dict[str, list[str]]:
    """The lines of the file of `room`, by the module that they begin with."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / f"{room}.tsv").read_text("utf-8").splitlines():
        found.setdefault(line.partition("\t")[0], []).append(line)
    return found


def each(
    given: Iterable[T], work: Callable[[T], object], name: Callable[[T], str] = str
) -> dict[str, Callable[[], object]]:
    """A case for each of what is `given`."""
    return {_called(name(one)): partial(work, one) for one in given}


def _called(text: str) -> str:
    return text if len(text) < 300 else f"{text[:200]}… {len(text)}"


def near(text: str, signs: str) -> Iterator[str]:
    """`text`, and what is one sign away from it: one of `signs` more, another one, or one less."""
    yield text
    for place in range(len(text) + 1):
        for sign in signs:
            yield text[:place] + sign + text[place:]
            yield text[:place] + sign + text[place + 1 :]
        yield text[:place] + text[place + 1 :]


def taken(texts: Iterable[str], work: Callable[[str], object]) -> dict[str, list[str]]:
    """What comes of `texts`, each with those that it comes of; what is refused, or nothing, is left out."""
    found: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        made = outcome(partial(work, text))
        if made not in (None, False, "", []) and not (isinstance(made, str) and made.startswith("! ")):
            found.setdefault(made if isinstance(made, str) else written(made), []).append(text)
    return found


def lines(module: str, cases: Cases) -> Iterator[str]:
    """Each case with what comes of it, on a line of its own."""
    return (f"{module}\t{written(name)[1:-1]}\t{_short(written(outcome(work)))}" for name, work in cases.items())


def compare(room: str, module: str, cases: Cases, part: int) -> None:
    """Each case of a `part` of `module` gives what the file of `room` says; the first one that does not is told."""
    chosen = dict(list(cases.items())[part::PARTS])
    for told, line in zip(lines(module, chosen), expected(room)[module][part::PARTS], strict=True):
        assert told == line


def _short(text: str) -> str:
    """`text`; of a long one the beginning, and what tells it from others."""
    return text if len(text) < _LONGEST else f"{text[:_LONGEST]}… {hashlib.sha256(text.encode()).hexdigest()}"


def outcome(work: Callable[[], object]) -> object:
    """What `work` returns, or the error that it ends in, as JSON has it."""
    try:
        return plain(work())
    except Exception as error:
        return f"! {type(error).__name__}: {error}"


def plain(value: Any) -> object:
    """`value` with all that is in it as JSON has it."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes() | bytearray():
            return bytes(value).decode("utf-8", "backslashreplace")
        case Both():
            return {"fr": value.fr, "en": value.en}
        case set() | frozenset():
            return sorted(map(plain, value), key=written)
        case Mapping():
            return {key if isinstance(key, str) else str(plain(key)): plain(part) for key, part in value.items()}
        case tuple() | list():
            return [plain(part) for part in value]
        case Iterable() if not hasattr(value, "value"):
            return [plain(part) for part in value]
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return str(value)


def written(value: object) -> str:
    """JSON on one line."""
    text = json.dumps(value, ensure_ascii=False).replace("\u2028", r"\u2028").replace("\u0085", r"\u0085")
    return text.encode("utf-8", "backslashreplace").decode()


def write(room: str, modules: Mapping[str, Callable[[], Cases]]) -> None:
    """Put down what comes of the cases of each module."""
    found = [line for module, cases in modules.items() for line in lines(module, cases())]
    (FOLDER / f"{room}.tsv").write_text("".join(f"{line}\n" for line in found), "utf-8")
