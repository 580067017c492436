"""A question as the user gives it (text, file, name in the cookbook), to the SPARQL that asks it."""

from __future__ import annotations

import os

from pyoxigraph import Literal, NamedNode, Variable

from trophees.base.errors import UserError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from trophees.ask.cookbook import Meant
    from trophees.base.context import Context
    from trophees.base.language import Language

_FILES = (".rq", ".sparql")


class Question:
    """A query: where it comes from, for messages; its text; the values of its variables."""

    def __init__(self, name: str, text: str, values: Mapping[Variable, NamedNode | Literal] | None = None) -> None:
        self.name = name
        self.text = text
        self.values = values or {}


def find(
    question: str,
    given: Mapping[str, str | NamedNode | Literal],
    context: Context,
    meant: Meant | None = None,
    language: Language | None = None,
) -> Question:
    """The question that `question` is, or names: SPARQL has a brace, a file a path or an extension.

    `meant` tells which thing a name means that is given to a parameter. A query of the cookbook asks for what is said
    in `language`, or in French. UserError if there is no such question, or if it has no such parameter as those
    `given`.
    """
    if "{" in question or (any(c in question for c in " \n") and not question.endswith(_FILES)):
        return fill(Question("query", _text_given(question)), given, context, meant)
    if question.endswith(_FILES) or "/" in question or os.sep in question:
        return fill(Question(brief(question), _text_in(question)), given, context, meant)
    from trophees.ask import cookbook

    entry = cookbook.get(question)
    text = cookbook.in_language(entry.text, language) if language else entry.text
    return Question(question, text, cookbook.substitutions(entry, given, context, meant))


def fill(
    question: Question,
    given: Mapping[str, str | NamedNode | Literal],
    context: Context,
    meant: Meant | None = None,
) -> Question:
    """`question` with the values `given`, and the defaults that its head comments name; UserError as `find`."""
    if not given and "#+ param" not in question.text:
        return question
    from trophees.ask import cookbook

    try:
        entry = cookbook.load(question.text, question.name, filed=False)
    except ValueError:  # a query without our head comments: any of its variables may be given
        values = {Variable(name): cookbook.term(value, context) for name, value in given.items()}
    else:
        values = cookbook.substitutions(entry, given, context, meant)
    return Question(question.name, question.text, values)


def decode(data: bytes, name: str) -> str:
    """The text of `data`; UserError, with the line in `name`, if it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1  # without a byte order mark
        raise UserError(f"{name}:{line}: not UTF-8") from None


def _text_given(text: str) -> str:
    """`text`, whose bytes the system may not have read as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise UserError(f"query:{line}: not UTF-8") from None
    return text


def _text_in(file: str) -> str:
    try:
        with open(file, "rb") as opened:
            return decode(opened.read(), brief(file))
    except (OSError, ValueError) as error:  # such as a null character in the name
        raise UserError(f"{brief(file)}: cannot be read ({getattr(error, 'strerror', None) or error})") from None
