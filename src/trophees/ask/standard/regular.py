"""Regular expressions and replacements of XPath, as the engine (Rust's `regex`) has them.

XPath and XQuery Functions and Operators 3.1, section 5.6, and XML Schema 1.1, part 2, appendix G. The classes and the
blocks of Unicode are in `regular.json`, which the page reads, too: `site/web/query-regular.js` has the same rules.
"""

from __future__ import annotations

import re

from trophees.ask.explain.sentences import SENTENCES

_SPACE = " \t\n\r"
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&\-~]")
_PROPERTY = re.compile(r"\\([pP])\{([^}]*)\}")
_IN_REPLACEMENT = re.compile(r"\\(.?)|\$([0-9]*)", re.DOTALL)


def translated(pattern: str, flags: str) -> tuple[str, int]:
    """`pattern` with `flags` as the engine reads it without flags, and how many groups it has.

    ValueError, in a sentence, if it is none that can be said so. What XPath has not, but the engine has, stays.
    """
    if unknown := set(flags) - set("smixq"):
        raise refused("flag", word=min(unknown))
    ahead = "(?i)" if "i" in flags else ""
    if "q" in flags:
        return ahead + _SPECIAL.sub(r"\\\g<0>", pattern), 0
    reading = _Reading(pattern, flags)
    return ahead + "".join(f"(?{flag})" for flag in "ms" if flag in flags) + reading.all(), reading.groups


def replacement(text: str, groups: int | None, flags: str = "") -> str:
    r"""The replacement `text` as the engine reads it: `$1` is a group, `\$` and `\\` are signs.

    With so many `groups`, `$12` may be the first and a 2; None if it is not known how many there are. ValueError, in a
    sentence, if there is a sign that means nothing.
    """
    if "q" in flags:
        return text.replace("$", "$$")

    def sign(match: re.Match[str]) -> str:
        if match[1] is not None:
            if match[1] not in ("\\", "$"):
                raise refused("escape")
            return "$$" if match[1] == "$" else "\\"
        if not match[2]:
            raise refused("group")
        size = next((n for n in range(len(match[2]), 1, -1) if groups and int(match[2][:n]) <= groups), 1)
        return f"${{{match[2][:size]}}}{match[2][size:]}"

    return _IN_REPLACEMENT.sub(sign, text)


def refused(key: str, **values: object) -> ValueError:
    """What a call is refused with: the sentence `key`."""
    return ValueError(SENTENCES[key].en.format(**values))


class _Reading:
    def __init__(self, pattern: str, flags: str) -> None:
        self._text = pattern
        self._at = 0
        self._spaced = "x" in flags
        self.groups = 0

    def all(self) -> str:
        found = []
        while self._at < len(self._text):
            sign = self._text[self._at]
            if sign == "\\":
                found.append(self._escape())
            elif sign == "[":
                found.append(self._class())
            else:
                self._at += 1
                if sign == "(" and self._text[self._at : self._at + 1] != "?":
                    self.groups += 1
                if not (self._spaced and sign in _SPACE):
                    found.append(sign)
        return "".join(found)

    def _escape(self) -> str:
        if known := _PROPERTY.match(self._text, self._at):
            self._at = known.end()
            return _property(known[1], known[2])
        sign = self._text[self._at + 1 : self._at + 2]
        self._at += 2
        if sign.isdigit():
            raise refused("back", word=sign)
        from trophees.ask.standard.blocks import CLASSES  # few patterns name one

        return CLASSES.get(sign, "\\" + sign)

    def _class(self) -> str:
        """A class of characters, from its bracket to the one that closes it."""
        start = self._at
        self._at += 1
        negated = self._text.startswith("^", self._at)
        self._at += negated
        items: list[str] = []
        first = True
        while True:
            if self._at >= len(self._text):
                raise refused("bracket", n=start + 1)
            if self._text[self._at] == "]" and not first:
                self._at += 1
                return f"[{'^' * negated}{''.join(items)}]"
            if self._text.startswith("-[", self._at) and not first:
                self._at += 1
                taken = self._class()
                if not self._text.startswith("]", self._at):
                    raise refused("subtracted")
                self._at += 1
                return f"[[{'^' * negated}{''.join(items)}]--{taken}]"
            items.append(self._item())
            first = False

    def _item(self) -> str:
        """A character, a range of them or a class, in a class."""
        low = self._character()
        if len(low) > 2 and low.startswith(("[", "\\p", "\\P")):
            return low
        dash = self._text.startswith("-", self._at)
        if dash and self._text[self._at + 1 : self._at + 2] not in ("", "]", "["):
            self._at += 1
            return f"{low}-{self._character()}"
        return low

    def _character(self) -> str:
        if self._text[self._at] == "\\":
            return self._escape()
        self._at += 1
        return _SPECIAL.sub(r"\\\g<0>", self._text[self._at - 1])


def _property(kind: str, name: str) -> str:
    if not name.startswith("Is"):
        return f"\\{kind}{{{name}}}"
    from trophees.ask.standard.blocks import BLOCKS  # few patterns name one

    block = BLOCKS.get(re.sub(r"[ _-]", "", name[2:]).lower())
    if block is None:
        raise refused("block", word=f"\\{kind}{{{name}}}")
    first, last = block.split("-")
    return f"[{'^' * (kind == 'P')}\\x{{{first}}}-\\x{{{last}}}]"
