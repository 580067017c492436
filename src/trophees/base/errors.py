"""The one exception for a mistake of the user's, and what its sentence needs."""

from __future__ import annotations

from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = pattern(r" [(]os error [0-9]+[)]")


def harmless(text: str) -> str:
    """`text` on one line, its control characters (line ends, escape sequences, direction marks) made spaces."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else " " for c in text)


def brief(text: str, longest: int = 80) -> str:
    """`text` as a message quotes it: `longest` characters of it at most, the last one “…” if it is cut."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


class UserError(Exception):
    """A mistake of the user's, in one sentence that names its place and, where there is one, the remedy.

    A note of it is the line of a query, with a caret at the place below.
    """


def as_text(text: str) -> str:
    """`text`, which was given to a command; UserError if it is bytes that the system could not read as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UserError(f"“{brief(text)}” is not UTF-8") from None
    return text


def sentence(error: Exception) -> str:
    """What an error of the engine, or of the system, says, on one short line."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read ({error.strerror})"
    if isinstance(error, OSError):
        return f"cannot be read ({_NUMBER.sub('', str(error))})"
    text = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
    return text if len(text) <= 160 else text[:159] + "…"


def nearest(text: str, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The name that a misspelt `text` stands for: of the three closest, the one that begins most like it."""

    def shared(name: str) -> int:
        return next((i for i, (a, b) in enumerate(zip(name, text, strict=False)) if a != b), min(len(name), len(text)))

    from difflib import get_close_matches

    return max(get_close_matches(text, set(names) - {text}, 3, cutoff), key=shared, default=None)
