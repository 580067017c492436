"""The values in the sentences of a story: `{{ REDUCTION COLUMN of QUESTION : one | several }}`.

`count`: how many different values. `sum`: of laureates alone, where no edition occurs twice, as what measures other
things is never added up. `min`, `max`: the cell with the smallest or largest number. `cell`: that of the first row, or
with `by COLUMN`, of the row where that has the largest number. `share … among QUERY`: of those that the column has in
QUERY, the per cent. What has no value is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from trophees.site.l10n import NARROW
from trophees.site.stories.asked import Answers, Asked, Row, cell_text, number, read, split
from trophees.site.thing.facts import Link

REDUCTIONS = ("count", "sum", "min", "max", "cell", "share")
_ADDED = ("laureates", "described")  # what is one number per edition and counts laureates, each of one edition


@dataclass(frozen=True)
class Expression:
    """What is written between the braces; `nouns` are the words after the number, for one and for several."""

    reduction: str
    column: str
    asked: Asked
    among: Asked | None = None
    by: str = ""
    nouns: tuple[str, str] | None = None


def parsed(text: str) -> Expression:
    """The expression in `text`; ValueError, with what is expected, if there is none."""
    question, colon, said = text.partition(" : ")
    nouns = tuple(noun.strip() for noun in said.split("|"))
    words = split(question)
    if len(words) < 4 or words[0] not in REDUCTIONS or words[2] != "of":
        raise ValueError(f"write “REDUCTION COLUMN of QUERY”, where the reduction is one of {', '.join(REDUCTIONS)}")
    if colon and not (len(nouns) == 2 and all(nouns)):
        raise ValueError("after “ : ”, give the words for one and for several: “laureate | laureates”")
    reduction, column, _, *rest = words
    at = rest.index("among") if "among" in rest else len(rest)
    if (reduction == "share") != (at < len(rest)):
        raise ValueError("a share, and nothing else, is “among” those of a query")
    among = read(rest[at + 1 :]) if at < len(rest) else None
    by = rest[-1] if reduction == "cell" and rest[-2:-1] == ["by"] else ""
    asked = read(rest[:-2] if by else rest[:at])
    return Expression(reduction, column, asked, among, by, (nouns[0], nouns[1]) if colon else None)


def value(answers: Answers, expression: Expression) -> Link | None:
    """What `expression` stands for, and where it leads: a thing to its page, a number to its query."""
    asked, column = expression.asked, expression.column
    answers.known(asked, column)
    rows = [row for row in answers.rows(asked) if row[column] is not None]
    href = answers.link(asked.query)
    if expression.reduction == "count":
        return _counted(answers, expression, len(_different(rows, column)), href)
    if expression.reduction == "sum":
        return _counted(answers, expression, _sum(answers, asked, column, rows), href)
    if expression.reduction == "share":
        assert expression.among
        answers.known(expression.among, column)
        all_ = _different([row for row in answers.rows(expression.among) if row[column] is not None], column)
        return Link(_percent(answers, len(_different(rows, column) & all_), len(all_)), href) if all_ else None
    if expression.by or expression.reduction in ("min", "max"):
        by = expression.by or column
        answers.known(asked, by)
        numbered = [(found, row) for row in rows if (found := number(cell_text(row, by))) is not None]
        best = (min if expression.reduction == "min" else max)(numbered, key=lambda pair: pair[0], default=None)
        rows = [best[1]] if best else []
    if not rows:
        return None
    (cell,) = answers.shown(asked, column, rows[:1])
    if expression.nouns and number(cell_text(rows[0], column)) is not None:
        return Link(_with_noun(answers, expression, cell_text(rows[0], column), cell.link.text), cell.link.href or href)
    return Link(cell.link.text, cell.link.href or href, cell.link.lang)


def _counted(answers: Answers, expression: Expression, found: int, href: str) -> Link:
    shown = answers.words.number(found)
    return Link(_with_noun(answers, expression, str(found), shown), href)


def _with_noun(answers: Answers, expression: Expression, found: str, shown: str) -> str:
    """The number with its noun; French is singular below 2."""
    if not expression.nouns:
        return shown
    one = abs(Decimal(found)) < 2 if answers.words.lang == "fr" else Decimal(found) == 1
    return f"{shown}\u00a0{expression.nouns[0 if one else 1]}"


def _different(rows: list[Row], column: str) -> set[str]:
    return {cell_text(row, column) for row in rows}


def _sum(answers: Answers, asked: Asked, column: str, rows: list[Row]) -> int:
    editions = [cell_text(row, "edition") for row in rows] if "edition" in answers.columns(asked) else []
    if column not in _ADDED or len(set(editions)) < len(rows):
        raise ValueError(f"“{column}” of {asked.query} is not added up: only laureates, of editions that occur once")
    return sum(int(cell_text(row, column)) for row in rows)


def _percent(answers: Answers, part: int, whole: int) -> str:
    rounded = (Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)
    space = NARROW if answers.words.lang == "fr" else ""
    return f"{answers.words.number(str(rounded))}{space}%"
