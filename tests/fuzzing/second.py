"""What rdflib answers, and when two answers are the same: by the values of their terms, whatever their order."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

import rdflib
from pyoxigraph import QueryBoolean, QuerySolutions
from rdflib.namespace import XSD
from rdflib.plugins.sparql import parser
from rdflib.plugins.sparql.operators import EBV, Builtin_isNUMERIC
from rdflib.plugins.sparql.sparql import SPARQLError

from fuzzing import cut
from trophees.ask.engine import Result
from trophees.ask.text import declared, escaped
from trophees.base import rdflib_terms
from trophees.base.language import Language

Value = tuple[object, ...]
Row = tuple[tuple[str, Value], ...]
UNLIKE = {
    "aggregate": "rdflib leaves out the errors among what it adds or joins, and counts them; MIN of IRIs is a text:"
    " SPARQL 1.1, section 18.5.1, has an error of the whole, but for COUNT, which leaves them out",
    "group": "rdflib has a row of no group where there are none (section 18.5)",
    "subselect": "in rdflib a subselect sees the values of variables that it does not project (section 18.2.4.4)",
    "minus": "in rdflib a MINUS inside of a group that is joined sees the variables outside of it, and takes away what"
    " has no variable in common (sections 18.5 and 18.6)",
    "path": "in rdflib p?, nested, has a pair more than once; here p|q and !p, its ends given, have a pair once"
    " (section 18.4; docs/sparql.md)",
    "graph": "rdflib has a path of no length from a term that is known from elsewhere to itself in graphs that do not"
    " have it (section 18.4)",
    "nowhere": "here a path of no length leads from a term to itself only if the graph has it (section 18.4;"
    " docs/sparql.md); in rdflib an OPTIONAL in which one meets what the graph has not takes its row away",
    "values": "rdflib has a row once that UNDEF and a value both join, when what is beside it was joined before"
    " (section 18.2.4.3)",
    "comparison": "rdflib puts in order, or finds unequal, what nothing compares: true and a text, texts in two"
    " languages, values of datatypes that it does not know (section 17.3); here an IRI is <= itself (docs/sparql.md)",
}


def _all_of(expression: Any, _: object) -> rdflib.Literal:
    """`a && b`: false if one of them is, even beside an error (section 17.2), which rdflib's own does not know."""
    if expression.other is None:  # as the grammar has it of any expression
        return expression.expr  # type: ignore[no-any-return]
    error = None
    for one in (expression.expr, *expression.other):
        try:
            if not EBV(one):
                return rdflib.Literal(False)
        except SPARQLError as raised:
            error = raised
    if error:
        raise error
    return rdflib.Literal(True)


def _is_numeric(expression: Any, context: object) -> rdflib.Literal:
    """`isNumeric(?x)`: an error of what has no value, false of what is ill-formed (section 17.4.2.4)."""
    term = expression.arg  # raises if there is none, which rdflib's own takes for a false
    ill = isinstance(term, rdflib.Literal) and rdflib.Literal(str(term), datatype=term.datatype).ill_typed
    return rdflib.Literal(False) if ill else Builtin_isNUMERIC(expression, context)


parser.ConditionalAndExpression.setEvalFn(_all_of)
_calls: Any = parser.BuiltInCall
while _calls.exprs[-1].name != "Builtin_isNUMERIC":
    _calls = _calls.exprs[0]
_calls.exprs[-1].setEvalFn(_is_numeric)
_DIGITS = 10  # of a number that both have alike, however they divide
_NUMBERS = {XSD[name] for name in ("integer", "int", "nonNegativeInteger", "decimal", "double", "float")}


def value(term: object) -> Value:
    """What `term` of rdflib says, in a form that is the same whoever says it."""
    if isinstance(term, rdflib.URIRef):
        return "iri", str(term)
    if isinstance(term, rdflib.BNode):
        return ("blank",)
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return "text", str(term), term.language.lower()
    if term.datatype in _NUMBERS:
        try:
            number = Decimal(str(term).replace("INF", "Infinity"))
            return "number", str(
                number if not number.is_finite() else Decimal(f"%.{_DIGITS}g" % number).normalize() + 0
            )
        except InvalidOperation:
            pass
    if term.datatype == XSD.boolean and str(term) in ("true", "false", "1", "0"):
        return "boolean", str(term) in ("true", "1")
    return "literal", str(term), str(term.datatype or XSD.string)


Answer = bool | list[Row] | Counter[Value]


def same(ours: Answer, theirs: Answer, text: str) -> bool:
    """Whether two answers to the query `text` say the same, as far as SPARQL leaves it open.

    A value that is an error here, and something there, is none: rdflib has texts of its errors.
    """
    some = "LIMIT" in text or "OFFSET" in text
    if not isinstance(ours, list) or not isinstance(theirs, list):
        return ours == theirs or (some and not isinstance(ours, bool))
    if "GROUP BY" in text and not ours and theirs == [()]:
        return True
    if some:
        return len(ours) == len(theirs) or "REDUCED" in text
    made = {name for row in theirs for name, _ in row if name.startswith("x")}
    failed = {name for name in made if any(name not in dict(row) for row in ours)}
    one, other = ([tuple(item for item in row if item[0] not in failed) for row in rows] for rows in (ours, theirs))
    if "DISTINCT" in text or "REDUCED" in text:
        return set(one) == set(other)
    return Counter(one) == Counter(other)


_FEATURES = {
    "aggregate": r"(?i)\b(SUM|AVG|MIN|MAX|GROUP_CONCAT|SAMPLE)\b|\bCOUNT\s*\((?!\s*\*)",
    "group": r"(?is)SELECT.*SELECT.*GROUP",
    "subselect": r"(?is)SELECT.*SELECT",
    "values": r"UNDEF",
    "minus": r"(?is)\{.*\{.*\bMINUS\b",
    "path": r"[|!^]|[*+?][\s)]",
    "comparison": r"[<>]|!=|=|(?i:\bIN\b)",
}


def unlike(text: str) -> set[str]:
    """What in a query that somebody wrote rdflib may read otherwise."""
    return {kind for kind, pattern in _FEATURES.items() if re.search(pattern, text)}


def ours(found: Result) -> Answer:
    """The answer of the engine."""
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QuerySolutions):
        names = [variable.value for variable in found.variables]
        return [
            tuple(
                sorted(
                    (name, value(rdflib_terms.term(term)))
                    for name, term in zip(names, row, strict=True)
                    if term is not None
                )
            )
            for row in found
        ]
    return Counter({tuple(value(rdflib_terms.term(part)) for part in triple) for triple in found})


_ESCAPED = re.compile(r"\b(\w+):((?:[\w%-]|\\[/#])*\\[/#](?:[\w%-]|\\[/#])*)")


def written(text: str) -> str:
    """The query `text` as rdflib has it: with its prefixes, and names with a slash, which it does not read, whole."""
    prefixes = cut.context().prefixes

    def whole(name: re.Match[str]) -> str:
        return f"<{prefixes[name[1]]}{name[2].replace(chr(92), '')}>" if name[1] in prefixes else name[0]

    return declared(_ESCAPED.sub(whole, escaped(text, prefixes)), prefixes)[0]


def theirs(text: str, language: Language | None = None) -> Answer:
    """The answer of rdflib to the query `text`; any error of its own if it has none."""
    found = cut.second(language).query(written(text))
    if found.type == "ASK":
        return bool(found.askAnswer)
    if found.type == "SELECT":
        return [
            tuple(sorted((str(name), value(term)) for name, term in row.items() if term is not None))
            for row in found.bindings
        ]
    assert found.graph is not None
    return Counter({tuple(map(value, triple)) for triple in found.graph if not isinstance(triple[0], rdflib.Literal)})
