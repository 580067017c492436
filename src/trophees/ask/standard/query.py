"""A query as the engine reads it right: names with dots, regular expressions, replacements, counts, orders.

The page does it by the same rules: `site/web/query-standard.js`. Casts, see `casts`, are functions of the engine here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pyoxigraph import Literal, QuerySolutions, Store

from trophees.ask.explain.tokens import Token, tokens
from trophees.ask.standard.order import keys
from trophees.ask.standard.regular import refused, replacement, translated
from trophees.ask.text import unescaped
from trophees.base.errors import brief
from trophees.base.patterns import pattern

_NUMBERED = '"[$]([0-9])", "$${${1}}"'  # what makes ${1} of $1
_NONE = "urn:none"  # what an error counts as, and is taken away again
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_WRITTEN = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def mended(text: str) -> str:
    """`text` in the words in which the engine does what the specifications say.

    ValueError, in a sentence, for what has no such words, and is written out in the query: a regular expression that is
    none, a replacement with a `$` that means nothing, the count of a sum. What is only known when the query runs is
    left as it is.
    """
    if "\\u" in text.lower():
        text = unescaped(text)
    found = tokens(text)
    text = _edited(text, [*_names(found), *(edit for call in _calls(found) for edit in _call(*call))])
    text = _edited(text, _counts(text, tokens(text)))
    return _edited(text, _orders(text, tokens(text)))


def _edited(text: str, edits: Iterable[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


Edit = tuple[int, int, str]


def _names(found: Sequence[Token]) -> Iterator[Edit]:
    """Names with two dots or more, which the engine does not read: each dot escaped (SPARQL 1.1, rule 173)."""
    for token in found:
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if local.replace("\\.", "").count(".") > 1:
                dotted = local.replace("\\.", ".").replace(".", "\\.")
                yield token.start, token.end, f"{prefix}:{dotted}"


def _counts(text: str, found: Sequence[Token]) -> Iterator[Edit]:
    """Counts of an expression: of its values, but for errors, which the engine takes for one of the whole.

    SPARQL 1.1, section 18.5.1.2. Each value is a one in a sum; of different values, one more is taken away that stands
    for the errors.
    """
    end = 0
    for place, token in enumerate(found[:-1]):
        if token.start < end or token.kind != "word" or (token.text + found[place + 1].text).upper() != "COUNT(":
            continue
        last = _closing(found, place + 1)
        distinct = found[place + 2].text.upper() == "DISTINCT"
        counted = found[place + 2 + distinct : last]
        if not counted or (len(counted) == 1 and (counted[0].kind == "var" or counted[0].text == "*")):
            continue
        from trophees.ask.explain.expressions import AGGREGATES  # few queries count an expression

        names = (one.text.upper() for one, after in pairwise(counted) if after.text == "(")
        if inner := next((name for name in names if name in AGGREGATES), ""):
            raise refused("nested", name=inner)
        end = found[last].end
        said = text[counted[0].start : counted[-1].end]
        ones = f"COALESCE(IF(isIRI({said}), 1, 1), 0)"
        if distinct:
            some = f"COALESCE(IF(isIRI({said}), 0, 0), 1)"
            yield token.start, end, f"(COUNT(DISTINCT COALESCE({said}, <{_NONE}>)) - SUM(DISTINCT {some}))"
        else:
            yield token.start, end, f"SUM({ones})"


def _orders(text: str, found: Sequence[Token]) -> Iterator[Edit]:
    """What each ORDER BY puts rows in order by: see `order`."""
    for place, token in enumerate(found[:-1]):
        if token.kind != "word" or (token.text + found[place + 1].text).upper() != "ORDERBY":
            continue
        here = place + 2
        while here < len(found) - 1:
            one, following = found[here], found[here + 1]
            if one.text.upper() in ("NOT", "EXISTS"):  # true or false
                here = here + 1 if following.text != "{" else _closing(found, here + 1) + 1
                continue
            if one.kind != "var" and one.text != "(" and following.text != "(":
                break
            directed = one.text.upper() in ("ASC", "DESC")
            first = here + directed
            last = first if one.kind == "var" else _closing(found, first if found[first].text == "(" else first + 1)
            if last >= len(found) - 1:
                break
            said = text[found[first].start : found[last].end]
            if not any(part.kind == "blank" or part.text in ("[", "{") for part in found[first:last]):
                yield one.start, found[last].end, keys(said, one.text.upper() if directed else "ASC")
            here = last + 1


def _closing(found: Sequence[Token], place: int) -> int:
    """The place of the bracket that closes the one at `place`; that of the end if none does."""
    depth = 0
    for here in range(place, len(found)):
        if found[here].kind == "sign":
            depth += (found[here].text in "([{") - (found[here].text in ")]}")
        if depth == 0:
            return here
    return len(found) - 1


def _calls(found: Sequence[Token]) -> Iterator[tuple[str, list[list[Token]]]]:
    """The calls of REGEX and REPLACE, with the tokens of each argument."""
    for place, token in enumerate(found[:-1]):
        name = token.text.upper()
        if token.kind != "word" or name not in ("REGEX", "REPLACE") or found[place + 1].text != "(":
            continue
        arguments: list[list[Token]] = [[]]
        depth = 0
        for one in found[place + 2 :]:
            if one.kind == "sign" and one.text in "([{":
                depth += 1
            elif one.kind == "sign" and one.text in ")]}":
                if depth == 0:
                    break
                depth -= 1
            elif one.kind == "sign" and one.text == "," and depth == 0:
                arguments.append([])
                continue
            arguments[-1].append(one)
        yield name, arguments


def _call(name: str, arguments: list[list[Token]]) -> Iterator[Edit]:
    texts = [_literal(argument) for argument in arguments]
    last = 3 if name == "REPLACE" else 2  # where the flags stand
    if not last <= len(arguments) <= last + 1:
        return
    flags = texts[last] if len(arguments) > last else ""
    groups: int | None = None
    if texts[1] is not None and flags is not None:
        said, groups = translated(texts[1], flags)
        _sound(said, texts[1])
        ahead = "".join(f"(?{flag})" for flag in "ims" if flag in flags)
        if said != ahead + texts[1] or set(flags) & {"x", "q"}:
            yield arguments[1][0].start, arguments[1][0].end, _quoted(said)
            if len(arguments) > last:
                yield arguments[last][0].start, arguments[last][0].end, '""'
    if name == "REPLACE" and flags is not None and arguments[2]:
        if texts[2] is not None:
            new = replacement(texts[2], groups, flags)
            if new != texts[2]:
                yield arguments[2][0].start, arguments[2][0].end, _quoted(new)
        else:
            yield arguments[2][0].start, arguments[2][0].start, "REPLACE("
            yield arguments[2][-1].end, arguments[2][-1].end, f", {_NUMBERED})"


def _sound(said: str, written: str) -> None:
    result = Store().query(f"SELECT (REGEX('', {_quoted(said)}) AS ?x) {{}}")
    assert isinstance(result, QuerySolutions)
    if next(result)[0] is None:
        raise refused("regular", word=brief(written, 60))


def _literal(argument: Sequence[Token]) -> str | None:
    """The text that an argument is; None if it is anything else, or nothing."""
    if len(argument) != 1 or argument[0].kind != "string":
        return None
    said = argument[0].text
    size = 3 if said[:3] in ('"""', "'''") and len(said) >= 6 else 1
    if any(one[1] not in _ESCAPES and one[1] not in "\"'\\" for one in _ESCAPE.finditer(said[size:-size])):
        return None  # for the engine to refuse
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), said[size:-size])


_ESCAPE = pattern(r"(?s)\\(.)")


def _quoted(text: str) -> str:
    written = "".join(_WRITTEN.get(c, c) for c in text)
    return str(Literal(text)) if "\0" in text else f'"{written}"'
