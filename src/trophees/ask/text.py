"""The text of a SPARQL query: what it asks for, and what is written into it for an engine that lacks our settings."""

from __future__ import annotations

from trophees.base.namespaces import BASE
from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Literal, NamedNode, Variable

# what holds no keyword: comments, strings, IRIs, variables, language tags, local names; what is not closed ends the
# text, so that no text, however long, is read twice
_OPAQUE = pattern(
    r"""(?s)#[^\r\n]*|\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:\"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?"""
    r"""|"(?:[^"\\\r\n]|\\.)*+"?|'(?:[^'\\\r\n]|\\.)*+'?|<[^<>"{}|^`\\\s]*+>|[?$]\w++|@[\w-]++|:(?:[\w.:%-]|\\.)*+"""
)
_PREFIX = pattern(r"\bPREFIX\s+[\w.-]+")
_FORM = pattern(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b")
_BRACKET = pattern(r"[](){}[]")
_TEMPLATE = pattern(r"[\0\s]*\{")
_BEFORE_COLON = pattern(r"(?i)([\w.-]*[^\W\d_])(\s+XIFERP\b)?")  # read backwards
_LONGEST = 64  # characters of `PREFIX` and a name


def keywords(text: str) -> str:
    """`text` in capitals, as long as it is, with NUL in place of whatever holds no keyword."""
    return _OPAQUE.sub(lambda match: "\0" * len(match[0]), text).translate(_UPPER)


_UPPER = {ord(c): c.upper() for c in "abcdefghijklmnopqrstuvwxyz"}  # str.upper would make some letters two


def form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; empty if `text` is no query (SPARQL 1.1, section 19.8, rule 2)."""
    found = form_in(keywords(text))
    return found[1] if found else ""


def form_in(words: str) -> re.Match[str] | None:
    """The keyword that is the form of a query whose `keywords` are `words`."""
    return _FORM.search(_PREFIX.sub(lambda match: "\0" * len(match[0]), words))


def depth(text: str) -> int:
    """How many brackets, of whatever kind, stand open in one another at the deepest place of `text`."""
    deepest = open_ = 0
    for bracket in _BRACKET.findall(keywords(text)):
        open_ += 1 if bracket in "([{" else -1
        deepest = max(deepest, open_)
    return deepest


def escaped(text: str, prefixes: Mapping[str, str]) -> str:
    """`text` with names such as `laureate:2020/cachan` as SPARQL has them: see `compact_names`, where there is one."""
    if not _has_long_name(text, prefixes):
        return text
    from trophees.ask import compact_names

    return compact_names.escaped(text, prefixes)


def _has_long_name(text: str, prefixes: Mapping[str, str]) -> bool:
    """Whether `text` may have such a name; no pattern is needed to see that most queries have none."""
    if "/" not in text and "#" not in text:
        return False
    names = [prefix for prefix, namespace in prefixes.items() if _is_folder(namespace)]
    parts = text.split("<" + BASE)
    if len(parts) > _LONGEST:
        return True
    for before, after in zip(parts, parts[1:], strict=False):  # noqa: RUF007 - itertools are not imported for it
        if after.partition(">")[0].endswith("/") or after.startswith(">"):
            said = before.rstrip()
            names.append(said.rsplit(None, 1)[-1].removesuffix(":") if said.endswith(":") else "")
    return any(_goes_on(text, f"{name}:") for name in names)


def _is_folder(namespace: str) -> bool:
    return namespace.startswith(BASE) and namespace.endswith("/")


def _goes_on(text: str, start: str) -> bool:
    """Whether a name that begins with `start` may go on where SPARQL ends it."""
    end = text.find(start)
    while end >= 0:
        end += len(start)
        while text[end : end + 1].isalnum() or text[end : end + 1] in _OF_NAMES:
            end += 1
        if text[end : end + 1] in _GOING_ON:
            return True
        end = text.find(start, end)
    return False


_OF_NAMES, _GOING_ON = tuple("_-.:%"), ("/", "#", "\\")


def declared(text: str, prefixes: Mapping[str, str]) -> tuple[str, int]:
    """`text` with those of `prefixes` that it uses without declaring them, and how many lines that puts before it."""
    missing = sorted(name for name, _ in undeclared(text) if name in prefixes)
    head = " ".join(f"PREFIX {name}: <{prefixes[name]}>" for name in missing)
    return (f"{head}\n{text}", 1) if head else (text, 0)


def undeclared(text: str) -> list[tuple[str, int]]:
    """The prefixes that `text` uses without declaring them, each with the place where it is first used.

    The page reads a query by the same rules: `site/web/sparql.js`.
    """
    used: dict[str, int] = {}
    own: set[str] = set()
    for match in _OPAQUE.finditer(text):
        end = match.start()
        if match[0][0] == ":" and (found := _BEFORE_COLON.match(text[max(0, end - _LONGEST) : end][::-1])):
            name = found[1][::-1]
            if found[2]:
                own.add(name)
            else:
                used.setdefault(name, end - len(name))
    return [(name, place) for name, place in used.items() if name not in own]


def bound(text: str, values: Mapping[Variable, NamedNode | Literal], before: str = " ") -> str:
    """`text` with the values of its variables written in it, so that it can be asked of any engine, or edited.

    `before` comes before each; a line break makes it easy to read, a space keeps the lines of a mistake where they are.
    ValueError if it has no such variable, or no place for a value.
    """
    if not values:
        return text
    for variable in values:
        if not pattern(rf"[?$]{variable.value}\b").search(text):
            raise ValueError(f"the query has no variable ?{variable.value}")
    return inserted(text, "".join(f"{before}VALUES {name} {{ {term} }}" for name, term in values.items()), before)


def inserted(text: str, data: str, before: str = " ") -> str:
    """`text` with `data` at the beginning of its outermost group; ValueError if there is no place for it.

    `before` comes before the rest of the group, if that has to be a group, or on a line, of its own.
    """
    words = keywords(text)
    start = _pattern(words)
    if words[start:].lstrip("\0 \t\r\n").startswith("SELECT"):  # nothing but a subquery may stand beside a subquery
        end = _closing(words, start)
        return f"{text[:start]}{data}{before}{{{text[start:end]}}}{text[end:]}"
    if before.startswith("\n") and text[start:].partition("\n")[0].strip():  # data may end in a comment
        data += before
    return text[:start] + data + text[start:]


def _pattern(words: str) -> int:
    """Where the inside of the outermost group begins."""
    found = form_in(words)
    start = found.end() if found else 0
    if found and found[1] == "CONSTRUCT":
        template = _TEMPLATE.match(words, start)
        if template is None:
            raise ValueError("a value needs the long form CONSTRUCT { … } WHERE { … }")
        start = _closing(words, template.end()) + 1
    depth = 0
    for place in range(start, len(words)):
        depth += {"(": 1, ")": -1}.get(words[place], 0)
        if words[place] == "{" and depth <= 0:
            return place + 1
    raise ValueError("the query has no graph pattern for a value")


def _closing(words: str, start: int) -> int:
    """Where the group ends whose inside begins at `start`."""
    depth = 1
    for place in range(start, len(words)):
        depth += {"{": 1, "}": -1}.get(words[place], 0)
        if depth == 0:
            return place
    raise ValueError("a brace is not closed")


# what a text says, however an engine reads it

_SERVICE = pattern("(?i)service")
_DECLARATION = pattern("(?i)prefix")
_NAME_END = pattern(r"[\w.-]\Z")
_CODEPOINT = pattern(r"\\u([0-9A-Fa-f]{4})|\\U(0010[0-9A-Fa-f]{4}|000[0-9A-Fa-f]{5})")
_SIGN = pattern(r"(?is)(service)|[#<'\"]|\\.")
_COMMENT = pattern(r"#[^\r\n]*+")
_IRI = pattern(r"<[^<>\s]*+>")
_ABSOLUTE = pattern(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_STRINGS = {  # by their quotation mark: long ones that no engine refuses, long ones, short ones
    mark: [
        pattern("(?s)" + text.replace("'", mark))
        for text in (
            r"'{3}(?:[^'\\]|\\[tbnrf\x22\x27\\]|'{1,2}(?!'))*+'{3}",
            r"'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3}",
            r"'(?:[^'\\\r\n]|\\.)*+'",
        )
    ]
    for mark in ("'", '"')
}
_VARIABLE = pattern(r"(?a)(?:[?$]\w*|@[A-Za-z0-9-]*)\Z")  # or a language
_LOCAL = pattern(r"(?a):(?:[\w-]|\\[/#])*\Z")
_LOCAL_END = pattern(r"(?a)(?:[\w-]|\\[/#])*\.?(?![\w%:\\.-]|[^\x00-\x7f])")
_DECLARED = pattern(r"(?i)\bPREFIX\s+([\w.-]*):\s*<[^<>\"{}|^`\\\s]*[/#]>")


def unescaped(text: str) -> str:
    r"""`text` as engines read it that replace \uXXXX before anything else (SPARQL 1.1, section 19.2)."""
    return _CODEPOINT.sub(_character, text)


def _character(codepoint: re.Match[str]) -> str:
    return chr(int(codepoint[1] or codepoint[2], 16))


def calls(text: str) -> bool:
    """Whether an engine may find in `text` a call of another endpoint (SERVICE), however it reads it.

    Strings, comments, variables and names may have the word, if no engine can take it for something else there.
    """
    if "\\" not in text and "erv" not in text.lower():  # letters that are alike to no other: no pattern is needed
        return False
    if not _SERVICE.search(unescaped(text)):
        return False
    if any(_character(found).isascii() for found in _CODEPOINT.finditer(text)):
        return True  # nobody needs to write ASCII so
    known = _DECLARED.findall(text)
    plain = len(known) == len(_DECLARATION.findall(text))
    return not all(_in_name(text, word, plain, "" in known) for word in _services(text))


def _in_name(text: str, word: re.Match[str], plain: bool, default: bool) -> bool:
    """Whether `word` is part of a variable, a language or a local name, or is a prefix.

    If all declarations of prefixes are `plain`, a prefix with a local name is an IRI; else an engine may take the
    prefix alone for one, and read on after the colon. With a `default` prefix, `SERVICE:x` may be a call of `:x`.
    """
    before = text[max(0, word.start() - _LONGEST) : word.start()]
    if _VARIABLE.search(before):
        return True
    if _LOCAL.search(before):
        return plain and _LOCAL_END.match(text, word.end()) is not None
    return plain and not default and text.startswith(":", word.end()) and not _NAME_END.search(before)


def _services(text: str) -> Iterator[re.Match[str]]:
    """Where the word stands in `text` outside of strings, comments and IRIs, for some engine or other.

    What is before it tells whether `<` begins an IRI, and engines differ on where a comment ends and what a string is.
    All that they may take for the end of one is followed, in one pass.
    """
    from heapq import heappop, heappush

    ends = [0]
    reading, line = False, 0
    for sign in _SIGN.finditer(text):
        here = sign.start()
        while ends and ends[0] <= here:
            heappop(ends)
            reading = True
        if not reading or sign[0][0] == "\\":  # an escape in a local name
            continue
        found: list[re.Match[str] | None] = []
        if sign[1]:
            yield sign
        elif sign[0] == "#":
            reading = False
            found = [_COMMENT.match(text, here)]
            if line <= here:
                line = text.find("\n", here) % (len(text) + 1)  # its length if there is none
            heappush(ends, line)
        elif sign[0] == "<":
            reading = not _ABSOLUTE.match(text, here)
            found = [_IRI.match(text, here)]
        else:
            reading = False
            certain, *others = (string.match(text, here) for string in _STRINGS[sign[0]])
            found = [certain] if certain else others
        for match in filter(None, found):
            heappush(ends, match.end())
