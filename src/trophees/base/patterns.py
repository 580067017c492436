"""Regular expressions that are compiled when they are first used: whoever asks one question waits for no other."""

from __future__ import annotations

TYPE_CHECKING = False  # as in `typing`, which takes longer to import than all that a plain question needs of ours
if TYPE_CHECKING:
    import re
    from typing import AnyStr


def pattern(text: AnyStr) -> re.Pattern[AnyStr]:
    """What `re.compile` makes of `text`, which has its flags in it, such as `(?i)`."""
    return _Pattern(text)  # type: ignore[return-value]


class _Pattern:
    def __init__(self, text: str | bytes) -> None:
        self._text = text

    def __getattr__(self, name: str) -> object:
        import re

        found: object = getattr(re.compile(self._text), name)
        setattr(self, name, found)  # not looked for again
        return found
