"""Regular expressions a little weaker or stronger than a given one: one part dropped, loosened or tightened."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|\{\d+(?:,\d*)?\}|\(\?[:=!]|.", re.DOTALL)
_RANGE = re.compile(r"(\w)-(\w)")
_WHOLE = ("0-9", "a-z", "A-Z")  # no bounds, but alphabets

Change = tuple[str, str]  # what was done, and the new pattern


def variants(pattern: str) -> Iterator[Change]:
    """Every pattern that compiles and that one small change makes of `pattern`, none twice."""
    seen = {pattern}
    for done, new in _all(_TOKEN.findall(pattern)):
        if new not in seen and _compiles(new):
            seen.add(new)
            yield done, new


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _all(tokens: list[str]) -> Iterator[Change]:
    for i, token in enumerate(tokens):
        for done, new in _changed(token):
            yield f"{token} {done} at {i}", "".join([*tokens[:i], new, *tokens[i + 1 :]])
    for start, end in _groups(tokens):
        whole = "".join(tokens[start:end])
        if end < len(tokens) and tokens[end] in "?*":
            yield f"{whole} never at {start}", "".join(tokens[:start] + tokens[end + 1 :])
    for start, end in _alternatives(tokens):
        first, last = (start - 1, end) if tokens[start - 1 : start] == ["|"] else (start, end + 1)
        rest = tokens[:first] + tokens[last:]
        yield f"{''.join(tokens[start:end])} no alternative at {start}", "".join(rest)


def _changed(token: str) -> Iterator[Change]:
    """What one token may become."""
    match token:
        case "^" | "$" | "?":
            yield "dropped", ""
        case "*":
            yield "→ +", "+"
        case "+":
            yield "→ *", "*"
        case "(?!":
            yield "→ (?=", "(?="
        case _ if token.startswith("{"):
            yield from _counts(token)
        case _ if token.startswith("["):
            yield from _classes(token)
        case _ if re.fullmatch(r"\\[.SwdWDs]", token):
            yield "→ .", "."


def _counts(token: str) -> Iterator[Change]:
    low, comma, high = token[1:-1].partition(",")
    if not comma:
        yield "fewer", f"{{{max(int(low) - 1, 0)},{low}}}"
        yield "more", f"{{{low},{int(low) + 1}}}"
        return
    for step in (-1, 1):
        yield f"least {step:+}", f"{{{max(int(low or 0) + step, 0)},{high}}}"
        if high:
            yield f"most {step:+}", f"{{{low},{int(high) + step}}}"


def _classes(token: str) -> Iterator[Change]:
    yield "→ .", "."
    matches = re.compile(token).fullmatch
    for found in _RANGE.finditer(token):
        first, last = found[1], found[2]
        if found[0] in _WHOLE:
            continue
        for one, other in ((-1, 0), (0, 1), (1, 0), (0, -1)):
            low, high = chr(ord(first) + one), chr(ord(last) + other)
            wider = (one, other) in ((-1, 0), (0, 1))
            fresh = low if one == -1 else high
            if low <= high and low.isalnum() and high.isalnum() and not (wider and matches(fresh)):
                yield f"{found[0]} → {low}-{high}", token[: found.start()] + f"{low}-{high}" + token[found.end() :]


def _groups(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Where each group, or single token, begins and ends."""
    opened: list[int] = []
    for i, token in enumerate(tokens):
        if token.startswith("("):
            opened.append(i)
        elif token == ")":
            yield opened.pop(), i + 1
        elif token not in "|?*+^$" and not token.startswith("{"):
            yield i, i + 1


def _alternatives(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Where each of several alternatives begins and ends."""
    levels = [[0]]
    for i, token in enumerate([*tokens, ")"]):
        if token.startswith("("):
            levels.append([i + 1])
        elif token == "|":
            levels[-1].append(i + 1)
        elif token == ")":
            starts = levels.pop()
            if len(starts) > 1:
                yield from zip(starts, [s - 1 for s in starts[1:]] + [i], strict=True)
