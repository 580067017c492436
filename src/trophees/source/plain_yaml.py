"""YAML as every reader takes it: whatever two readers would read differently is refused, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from trophees.base import lexical
from trophees.base.context import Term
from trophees.base.language import Both
from trophees.base.namespaces import EDTF, XSD
from trophees.source.refusal import Refusals, place
from trophees.source.text import Flaw, flaw, flaw_at

EITHER = Both("true ou false", "true or false")  # what a boolean is written as
NUMERIC = {XSD + "integer", XSD + "decimal", XSD + "gYear", EDTF}
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_CORE_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CORE_WORD = re.compile(r"true|True|TRUE|false|False|FALSE|null|Null|NULL|~|")
# YAML 1.1 types (yaml.org/type): words, integers in bases 2, 8, 10, 16 and 60, floats, a moment, a merge, a default;
# a sign and nothing but low lines is an integer for some reader
_OLD_WORD = re.compile(r"y|n|yes|no|on|off|[-+]?[0-9][0-9_]*|<<|=", re.IGNORECASE)
_OLD_INT = re.compile(r"[-+]_+|[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+)", re.IGNORECASE)
_OLD_FLOAT = re.compile(
    r"[-+]?(([0-9][0-9_]*)?\.[0-9._]*|[0-9][0-9_]*\.?)([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*"
)
_OLD_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(([Tt]| +)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?( *(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?)?"
)
DATES = {XSD + "date", EDTF}
EXACT_INT = re.compile(r"0|-?[1-9][0-9]{0,14}")
_DOCUMENT_END = re.compile(r"^\.\.\.(?=[ \n])", re.MULTILINE)
DEPTH = 20


class PlainYaml:
    """The text of one record. What is refused goes to `refusals`."""

    def __init__(self, refusals: Refusals) -> None:
        self.refusals = refusals
        self.refuse = refusals.refuse
        self.lines: list[str] = []

    def root(self, data: bytes) -> yaml.MappingNode | None:
        """The only mapping at the top of `data`; None if that is not what is there, or if it cannot be read."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.refuse(
                _place(error.object[: error.start].decode(), None),
                "utf-8",
            )
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if found := flaw(text) or _layout(text):
            self.refusals.flaw(_place(text, found.position), found)
            return None
        self.lines = text.splitlines()
        self.refusals.end = (max(len(self.lines), 1), len(self.lines[-1]) + 1 if self.lines else 1)
        try:
            if not self.guard(text):
                return None
            documents = list(yaml.compose_all(text, Loader=_LOADER))
        except yaml.YAMLError as error:
            opened = getattr(error, "context_mark", None) if "quoted" in str(error) else None
            mark = opened or getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            detail = getattr(error, "problem", None) or "unreadable"
            self.refuse(
                (mark.line + 1, mark.column + 1) if mark else (1, 1),
                "syntax",
                detail=detail,
            )
            return None
        if len(documents) != 1 or not isinstance(documents[0], yaml.MappingNode):
            self.refuse((1, 1), "one-record")
            return None
        return documents[0]

    def guard(self, text: str) -> bool:
        """Whether the file is plain enough to be composed: no anchor, alias, tag or directive, and few levels."""
        depth, before = 0, len(self.refusals.problems)
        for event in yaml.parse(text, Loader=_LOADER):
            if getattr(event, "anchor", None):
                self.refuse(place(event), "alias")
            if tag := (getattr(event, "tag", None) or "").replace("tag:yaml.org,2002:", "!!"):
                self.refuse(place(event), "tag", tag=tag)
            if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
                self.refuse(place(event), "tag.directive")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH:
                self.refuse(place(event), "syntax.levels", most=DEPTH)
                return False
        return len(self.refusals.problems) == before

    def pairs(self, mapping: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """The keys of `mapping`, each once, with their values."""
        lines: dict[str, int] = {}
        for key, value in mapping.value:
            if not isinstance(key, yaml.ScalarNode) or not key.value or (not key.style and not_text(key.value)):
                self.refuse(place(key), "key.plain")
            elif key.value.startswith("@"):
                self.refusals.unknown(key)
            elif key.value in lines:
                self.refuse(place(key), "duplicate-key", key=key.value, line=lines[key.value])
            else:
                lines[key.value] = key.start_mark.line + 1
                yield key, value

    def empty(self, item: yaml.Node, key: str) -> None:
        """Refuse a value in which nothing stands, or only space."""
        self.refuse(place(item), "empty", key=key)

    def faithful(self, item: yaml.ScalarNode, term: Term, key: str) -> bool:
        """Whether a plain YAML 1.2 reader, and the JSON-LD made of it, give this plain scalar the same value."""
        text = item.value
        end = item.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if rest.lstrip().startswith("#") and (rest[0] != "#" or not text):
            self.refuse(place(item), "cut", key=key)
            return False
        if not text:
            self.empty(item, key)
            return False
        ambiguous = not _typed(text, term) and not_text(text)
        if ambiguous:
            right: Both | str = EITHER if term.type == XSD + "boolean" else f'"{text}"'
            if term.type and (meant := lexical.meant(text, term.type)):
                right = written(meant, term)
            self.refuse(place(item), "ambiguous", key=key, text=text, right=right)
        return not ambiguous


def _place(text: str, position: int | None) -> tuple[int, int]:
    """The line and the column of a position in `text`, whose line ends are line feeds; those of its end."""
    before = text[:position]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _layout(text: str) -> Flaw | None:
    """What YAML readers take in different ways, however good YAML it may be."""
    if "\t" in text:
        return flaw_at(text.index("\t"), "tab")
    ends = list(_DOCUMENT_END.finditer(text + "\n"))
    if ends and text[ends[0].end() :].strip(" \n"):
        return flaw_at(ends[0].start(), "one-record.end")
    return None


def written(value: str, term: Term) -> str:
    """`value` as a record has to write it under the key of `term`: between quotes unless readers agree without."""
    return value if _typed(value, term) or not not_text(value) else f'"{value}"'


def _typed(text: str, term: Term) -> bool:
    """Whether readers that take this plain scalar for a number, a boolean or a date make the same value of it."""
    if term.type == XSD + "boolean":
        return text in ("true", "false")
    if term.type in DATES and lexical.DATE.fullmatch(text):
        return True
    return term.type in NUMERIC and bool(EXACT_INT.fullmatch(text))


def not_text(text: str) -> bool:
    """Whether some reader, of YAML 1.1 or 1.2, takes this plain scalar for a number, a boolean, a date or null."""
    return any(kind.fullmatch(text) for kind in KINDS)


KINDS = (_CORE_INT, _CORE_FLOAT, _CORE_WORD, _OLD_WORD, _OLD_INT, _OLD_FLOAT, _OLD_MOMENT)
