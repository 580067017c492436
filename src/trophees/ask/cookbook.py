"""The named queries: plain SPARQL files whose head comments document them and their parameters (as in grlc)."""

from __future__ import annotations

import os
from functools import cache

from pyoxigraph import Literal, NamedNode, Variable

from trophees.ask import head
from trophees.ask import text as sparql
from trophees.base.errors import UserError, as_text, brief, harmless
from trophees.base.language import Both
from trophees.base.namespaces import XSD
from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trophees.base.context import Context
    from trophees.base.language import Language

    Meant = Callable[[str, str, str], NamedNode]  # of the name of a parameter, what is given to it, its namespace

_FOLDER = os.path.join(os.path.dirname(__file__), "queries")
_NAME = pattern(r"[a-z0-9-]{1,80}")
_PARAM = pattern(r"(\w+)(?: ([^\s^].*?))?(?: \^\^xsd:(\w+))? — (.+) \| (.+)")
_TITLES = pattern(r"(?m)^(#\+ param: \w+(?: \S.*?)? — )(.+) \| (.+)$")
_LANGUAGE_TEST = pattern(r'(LANG\(\?(?!\w+_fr\))\w+\)\s*=\s*)"fr"')  # what is called ?…_fr stays French
_MARK = pattern(r"(?m)^#\+ question: .*\n")
_INTEGER = pattern(r"-?\d+")
_INSEE = "http://id.insee.fr/"  # whose IRIs ours are known by
_INTEGER_TYPE = NamedNode(XSD + "integer")
_QUESTION = pattern(r".*?\?")


# every subject there is, in the order in which people read them
SUBJECTS = {
    "laureates": Both("Lauréats", "Laureates"),
    "carriers": Both("Porteurs et partenaires", "Carriers and partners"),
    "parties": Both("Organismes et personnes", "Organisations and people"),
    "territories": Both("Territoires", "Territories"),
    "tools": Both("Outils et méthodes", "Tools and methods"),
    "themes": Both("Thèmes, publics et plans", "Themes, audiences and plans"),
    "figures": Both("Chiffres et montants", "Figures and amounts"),
    "dates": Both("Dates et étapes", "Dates and stages"),
    "evidence": Both("Rapport, preuves et graphe", "Report, evidence and graph"),
}


class Param:
    """A variable of a query that the user may give; `default` is written as on the command line, or empty.

    What is given as text is a literal of the XSD `datatype`, where it has one (a local name, such as `gYear`).
    """

    def __init__(self, name: str, default: str, datatype: str, title: Both) -> None:
        self.name = name
        self.default = default
        self.datatype = datatype
        self.title = title


class Query:
    """A named query. `summary` is a question, then what one must know of its answer; `subject` a key of SUBJECTS.

    `question` is the identifier of the analysts' question it answers, or empty.
    """

    def __init__(
        self, name: str, summary: Both, subject: str, question: str, params: tuple[Param, ...], text: str
    ) -> None:
        self.name = name
        self.summary = summary
        self.subject = subject
        self.question = question
        self.params = params
        self.text = text

    @property
    def published(self) -> str:
        """The text as others are given it: without the mark of a question, which means nothing to them."""
        return _MARK.sub("", self.text)

    def asked(self, language: Language) -> str:
        """The question alone, in `language`."""
        told = self.summary[language]
        return match[0] if (match := _QUESTION.match(told)) else told


def load(text: str, name: str, *, filed: bool = True) -> Query:
    """The query in `text`; ValueError if its head lacks a summary or has a malformed parameter.

    What is `filed` in the cookbook must have a subject too; a query of the reader's own need not.
    """
    told = head.read(text)
    params = []
    for line in told.get("param", []):
        if not (match := _PARAM.fullmatch(line)):
            raise ValueError(f"query {name}: malformed “#+ param: {line}”")
        title = Both(match[4], match[5])
        params.append(Param(match[1], (match[2] or "").strip('"'), match[3] or "", title))
    try:
        summary = Both(told["summary"][0], told["summary-en"][0])
    except KeyError as missing:
        raise ValueError(f"query {name}: “#+ {missing.args[0]}:” is missing") from None
    subject = told.get("subject", [""])[0]
    if filed and subject not in SUBJECTS:
        raise ValueError(f"query {name}: “#+ subject:” is not one of {', '.join(SUBJECTS)}")
    return Query(name, summary, subject, told.get("question", [""])[0], tuple(params), text)


@cache
def queries() -> dict[str, Query]:
    """Every query of the cookbook, by name, in alphabetical order."""
    names = sorted(file.removesuffix(".rq") for file in os.listdir(_FOLDER) if file.endswith(".rq"))
    return {name: load(_text(name), name) for name in names}


def by_subject() -> dict[str, list[Query]]:
    """Every query, under its subject: those in the order of SUBJECTS, the queries of each in alphabetical order."""
    return {subject: [q for q in queries().values() if q.subject == subject] for subject in SUBJECTS}


def get(name: str) -> Query:
    """The query called `name`; UserError, with the nearest name, if there is none."""
    if _NAME.fullmatch(name) and os.path.isfile(os.path.join(_FOLDER, f"{name}.rq")):
        return load(_text(name), name)
    from difflib import get_close_matches

    near = get_close_matches(brief(name), queries(), 1, 0.4)
    hint = f": did you mean “{near[0]}”?" if near else ""
    raise UserError(f"no query is called “{harmless(brief(name))}”{hint} (“trophees queries” lists them)")


def _text(name: str) -> str:
    with open(os.path.join(_FOLDER, f"{name}.rq"), encoding="utf-8") as file:
        return file.read()


def in_language(text: str, language: Language) -> str:
    """The text of a query that asks for what is said in `language`, and calls its parameters so."""
    if language == "fr":
        return _TITLES.sub(r"\1\2", text)
    return _TITLES.sub(r"\1\3", _LANGUAGE_TEST.sub(r'\1"en"', text))


def standalone(query: Query, language: Language, context: Context) -> str:
    """`query` in `language` as plain SPARQL that any tool asks: without its head, the defaults of its parameters in it.

    Each default stands on a line of its own, `VALUES ?name { value }  # title`, at the beginning of the pattern.
    """
    text = head.without(in_language(query.text, language))
    values = substitutions(query, {}, context)
    lines = [
        f"\n  VALUES ?{param.name} {{ {_plain(values[Variable(param.name)])} }}  # {param.title[language]}"
        for param in query.params
        if param.default
    ]
    return sparql.inserted(text, "".join(lines), "\n  ") if lines else text


def _plain(term: NamedNode | Literal) -> str:
    """`term` as people write it in SPARQL: an integer is a number."""
    integer = isinstance(term, Literal) and term.datatype == _INTEGER_TYPE
    return term.value if integer else str(term)


def substitutions(
    query: Query,
    given: Mapping[str, str | NamedNode | Literal],
    context: Context,
    meant: Meant | None = None,
) -> dict[Variable, NamedNode | Literal]:
    """The terms to put in place of the parameters: those `given`, else the defaults.

    A parameter whose default is a thing takes one of its kind, which `meant` knows by what people call it. UserError if
    `given` names something that is not a parameter of `query`.
    """
    known = {p.name: p.default for p in query.params}
    typed = {p.name: NamedNode(XSD + p.datatype) for p in query.params if p.datatype}
    for name in given:
        if name not in known:
            has = ", ".join(known) or "none"
            raise UserError(f"-p {brief(name)}: “{query.name}” has no such parameter (it has: {has})")
    values = {**known, **(_things(known, given, context, meant) if meant else given)}
    return {
        Variable(n): _literal(v, typed[n]) if n in typed and isinstance(v, str) else term(v, context)
        for n, v in values.items()
        if v
    }


def _things(
    defaults: Mapping[str, str], given: Mapping[str, str | NamedNode | Literal], context: Context, meant: Meant
) -> dict[str, str | NamedNode | Literal]:
    """What is `given`, with things in place of their names where the default is a thing."""
    found = dict(given)
    for name, value in given.items():
        text = value if isinstance(value, str) else value.value
        prefix, colon, _ = defaults[name].partition(":")
        if colon and prefix in context.prefixes and not isinstance(value, NamedNode) and text:
            space = context.prefixes[prefix]
            if not _is_iri(text, context) or text.startswith(_INSEE):
                found[name] = meant(name, text, space)
    return found


def _is_iri(text: str, context: Context) -> bool:
    prefix, colon, _ = text.partition(":")
    return bool(colon) and (prefix in context.prefixes or prefix in ("http", "https", "urn"))


def term(text: str | NamedNode | Literal, context: Context) -> NamedNode | Literal:
    """`text`, unless it is one, as a term: a compact IRI (`departement:94`) or an IRI, an integer, a plain string."""
    if not isinstance(text, str):
        return text
    if _is_iri(text, context):
        try:
            return NamedNode(context.expand(text, vocab=False))
        except ValueError:
            raise UserError(f"“{brief(text)}” is not a valid IRI") from None
    return _literal(text, _INTEGER_TYPE if _INTEGER.fullmatch(text) else None)


def _literal(text: str, datatype: NamedNode | None) -> Literal:
    return Literal(as_text(text), datatype=datatype)
