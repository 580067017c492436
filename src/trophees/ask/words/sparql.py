"""The SPARQL of a frame. Its first column is what was asked for; labels are in the reader's language."""

from __future__ import annotations

from pyoxigraph import NamedNode

from trophees.ask.words.frames import Condition, Frame
from trophees.base.context import Context
from trophees.base.language import Language

_ORDER = "OPTIONAL { ?l tp:order ?order }"
# how a laureate has what is asked for as ?x
_TOOLS = {"used": "?l tp:usesTool ?x .", "any": "?l tp:toolUse/tp:tool ?x ."}
_PATHS = {
    "theme": "?l tp:addresses ?x .",
    "audience": "?l tp:isFor ?x .",
    "region": "?l tp:inRegion ?x .",
    "departement": "?l tp:inDepartement ?x .",
    "commune": "?l tp:covers ?x . ?x a igeo:Commune .",
    "territory": "?l tp:covers ?x .",
    "carrier": "?l tp:carriedBy ?x .",
    "partner": "?l tp:inPartnershipWith ?x .",
    "outcome": "?l tp:outcome ?x .",
    "goal": "?l tp:goal ?x .",
    "stage": "?l tp:stage ?x .",
    "kind": "?l tp:carriedBy/tp:organisationKind ?x .",
    "edition": "?l tp:edition ?x .",
    "stars": "?l tp:stars ?x .",
    "summary": "?l tp:summary ?x .",
}
_TEXTS = {"outcome", "goal", "stage"}  # whose text is asked for
_OPERATORS = {"average": "AVG", "sum": "SUM", "max": "MAX", "min": "MIN"}


def composed(frame: Frame, context: Context, language: Language) -> str:
    """The query for `frame`, in prefixes that need no declaration."""
    return _Composer(context, language).query(frame)


class _Composer:
    def __init__(self, context: Context, language: Language) -> None:
        self._context = context
        self._language = language

    def query(self, frame: Frame) -> str:
        if frame.act == "without":
            cls = {"region": "igeo:Region", "departement": "igeo:Departement"}[frame.target]
            lines = [f"?x a {cls} .", f"MINUS {{ {self._path(frame.target, '')} ?l a tp:Laureate }}", self._label()]
            return _written("SELECT DISTINCT ?x ?label", lines, "ORDER BY ?label ?x")
        if frame.act == "group":
            return self._grouped(frame)
        if frame.act in ("most", "least"):
            return self._ranking(frame)
        if frame.act in _OPERATORS:
            return self._aggregate(frame)
        if frame.target == "indicator":
            return self._indicators(
                f"VALUES ?l {{ {self._term(frame.subject.value if frame.subject else '')} }}", frame
            )
        if frame.target == "period":
            return self._periods(frame)
        return self._plain(frame)

    def _term(self, iri: str) -> str:
        """An IRI as one writes it: compact, where that needs no escape."""
        compact = self._context.compact(iri)
        local = compact.partition(":")[2]
        plain = compact != iri and local and all(c.isalnum() or c in "-_" for c in local)
        return compact if plain else str(NamedNode(iri))

    def _label(self, of: str = "x", name: str = "label") -> str:
        return f'?{of} skos:prefLabel ?{name} FILTER(LANG(?{name}) = "{self._language}")'

    def _laureates(self, frame: Frame) -> list[str]:
        """The lines that say which laureates are meant."""
        if frame.subject is not None:
            return [f"VALUES ?l {{ {self._term(frame.subject.value)} }}"]
        lines = ["?l a tp:Laureate .", *(self._condition(condition) for condition in frame.conditions)]
        if frame.how == "silent" and frame.thing is not None:
            lines.append(f"?l tp:notStated {self._term(frame.thing.value)} .")
        return lines

    def _condition(self, condition: Condition) -> str:
        term = "" if condition.sign.kind == "stars" else self._term(condition.sign.value)
        match condition.sign.kind, condition.how:
            case "region", _:
                return f"?l tp:inRegion {term} ."
            case "departement", _:
                return f"?l tp:inDepartement {term} ."
            case "commune", _:
                return f"?l tp:covers {term} ."
            case "tool", "used":
                return f"?l tp:usesTool/skos:broader* {term} ."
            case "tool", _:
                return f"?l tp:toolUse/tp:tool/skos:broader* {term} ."
            case "theme", _:
                return f"?l tp:addresses/skos:broader* {term} ."
            case "audience", _:
                return f"?l tp:isFor/skos:broader* {term} ."
            case "kind", _:
                return f"?l tp:carriedBy/tp:organisationKind/skos:broader* {term} ."
            case "plan", _:
                return (
                    f"?l tp:planLink ?link . ?link tp:planRelation plan-relation:feeds ; tp:plan/skos:broader* {term} ."
                )
            case "context", _:
                return f"?l tp:setting/tp:context/skos:broader* {term} ."
            case "organisation", "partner":
                return f"?l tp:inPartnershipWith {term} ."
            case "organisation", _:
                return f"?l tp:carriedBy {term} ."
            case "edition", _:
                return f"?l tp:edition {term} ."
        if condition.how == "=":
            return f"?l tp:stars {condition.sign.value} ."
        return f"?l tp:stars ?given FILTER(?given {condition.how} {condition.sign.value})"

    def _path(self, target: str, how: str) -> str:
        return _TOOLS[how] if target == "tool" else _PATHS[target]

    def _plain(self, frame: Frame) -> str:
        lines = self._laureates(frame)
        if frame.target == "laureate":
            if frame.act == "count":
                return _written("SELECT (COUNT(DISTINCT ?l) AS ?laureates)", lines)
            return _written("SELECT DISTINCT ?l ?label", [*lines, self._label("l"), _ORDER], "ORDER BY ?order ?l")
        if frame.how == "status" and frame.thing is not None:
            lines.append(f"?l tp:toolUse ?use . ?use tp:tool ?x ; tp:status {self._term(frame.thing.value)} .")
        else:
            lines.append(self._path(frame.target, frame.how))
        if frame.act == "count":
            return _written("SELECT (COUNT(DISTINCT ?x) AS ?number)", lines)
        if frame.target == "stars":
            return _written("SELECT DISTINCT ?x", lines)
        if frame.target == "summary":
            return _written("SELECT DISTINCT ?x", [*lines, f'FILTER(LANG(?x) = "{self._language}")'])
        if frame.target in _TEXTS:
            said = f'?x tp:text ?text ; tp:position ?position FILTER(LANG(?text) = "{self._language}")'
            where = f'?x tp:section/skos:prefLabel ?section FILTER(LANG(?section) = "{self._language}")'
            return _written("SELECT ?text ?section ?x", [*lines, said, where], "ORDER BY ?l ?position ?x")
        return _written("SELECT DISTINCT ?x ?label", [*lines, self._label()], "ORDER BY ?label ?x")

    def _periods(self, frame: Frame) -> str:
        lines = [
            *self._laureates(frame),
            "VALUES ?when { period-kind:process period-kind:creation }",
            "?l tp:period ?x . ?x tp:periodKind ?when .",
            f'?when skos:prefLabel ?kind FILTER(LANG(?kind) = "{self._language}")',
            "OPTIONAL { ?x tp:start ?start } OPTIONAL { ?x tp:end ?end } FILTER(BOUND(?start) || BOUND(?end))",
            f'OPTIONAL {{ ?x skos:prefLabel ?label FILTER(LANG(?label) = "{self._language}") }}',
        ]
        return _written("SELECT ?start ?end ?kind ?label ?x", lines, "ORDER BY ?start ?end ?x")

    def _indicators(self, which: str, frame: Frame, more: str = "") -> str:
        assert frame.thing is not None
        lines = [
            which,
            f"?l tp:indicator ?x . ?x tp:indicatorKind {self._term(frame.thing.value)} ; tp:value ?value .",
            "OPTIONAL { ?x tp:unit ?unit }",
            f'?x tp:counted ?counted FILTER(LANG(?counted) = "{self._language}")',
            f'?x tp:qualifier/skos:prefLabel ?qualifier FILTER(LANG(?qualifier) = "{self._language}")',
            *([more] if more else []),
        ]
        return _written("SELECT ?value ?unit ?qualifier ?counted ?x ?l", lines, "ORDER BY DESC(?value) ?x")

    def _ranking(self, frame: Frame) -> str:
        best = "MAX" if frame.act == "most" else "MIN"
        laureates = self._laureates(frame)
        if frame.thing is not None:
            kind = f"tp:indicatorKind {self._term(frame.thing.value)}"
            inner = " ".join(laureates)
            best_of = f"{{ SELECT ({best}(?v) AS ?value) {{ {inner} ?l tp:indicator [ {kind} ; tp:value ?v ] }} }}"
            return self._indicators("\n  ".join(laureates), frame, best_of)
        if frame.by == "stars":
            best_of = f"{{ SELECT ({best}(?s) AS ?stars) {{ {' '.join(laureates)} ?l tp:stars ?s }} }}"
            lines = [*laureates, "?l tp:stars ?stars .", best_of, self._label("l"), _ORDER]
            return _written("SELECT ?l ?label ?stars", lines, "ORDER BY ?order ?l")
        of, counted = ("l", "x") if frame.by else ("x", "l")
        inner = " ".join([*laureates, self._path(frame.by or frame.target, frame.how)])

        def count(name: str) -> str:
            return f"{{ SELECT ?{of} (COUNT(DISTINCT ?{counted}) AS ?{name}) {{ {inner} }} GROUP BY ?{of} }}"

        lines = [count("number"), f"{{ SELECT ({best}(?n) AS ?number) {{ {count('n')} }} }}", self._label(of)]
        return _written(f"SELECT ?{of} ?label ?number", lines, f"ORDER BY ?{of}")

    def _grouped(self, frame: Frame) -> str:
        lines = [*self._laureates(frame), self._path(frame.by, "used")]
        if frame.by == "stars":
            return _written("SELECT ?x (COUNT(DISTINCT ?l) AS ?laureates)", lines, "GROUP BY ?x ORDER BY ?x")
        head = "SELECT ?x (SAMPLE(?name) AS ?label) (COUNT(DISTINCT ?l) AS ?laureates)"
        return _written(head, [*lines, self._label("x", "name")], "GROUP BY ?x ORDER BY DESC(?laureates) ?x")

    def _aggregate(self, frame: Frame) -> str:
        laureates, operator = self._laureates(frame), _OPERATORS[frame.act]
        if frame.thing is None:
            each = f"{{ SELECT DISTINCT ?l ?stars {{ {' '.join(laureates)} ?l tp:stars ?stars }} }}"
            return _written(f"SELECT ({operator}(?stars) AS ?value)", [each])
        kind = self._term(frame.thing.value)
        if frame.act in ("max", "min"):
            inner = " ".join(laureates)
            best_of = (
                f"{{ SELECT ({operator}(?v) AS ?value) "
                f"{{ {inner} ?l tp:indicator [ tp:indicatorKind {kind} ; tp:value ?v ] }} }}"
            )
            return self._indicators("\n  ".join(laureates), frame, best_of)
        patterns = f"{' '.join(laureates)} ?l tp:indicator ?x . ?x tp:indicatorKind {kind} ; tp:value ?v"
        each = f"{{ SELECT DISTINCT ?x ?v {{ {patterns} }} }}"
        return _written(f"SELECT ({operator}(?v) AS ?value)", [each])


def alike(frame: Frame, context: Context) -> str:
    """The query that tells whether the numbers of `frame` measure the same: one row comes, which counts several."""
    assert frame.thing is not None
    composer = _Composer(context, "fr")
    kind = composer._term(frame.thing.value)
    lines = [
        *composer._laureates(frame),
        f"?l tp:indicator ?x . ?x tp:indicatorKind {kind} ; tp:counted ?counted ; tp:qualifier ?qualifier .",
        "OPTIONAL { ?x tp:unit ?unit }",
        'FILTER(LANG(?counted) = "fr")',
    ]
    return _written("SELECT (COUNT(DISTINCT ?x) AS ?numbers)", lines, "GROUP BY ?counted ?unit ?qualifier LIMIT 2")


def _written(head: str, lines: list[str], end: str = "") -> str:
    body = "\n  ".join(lines)
    return f"{head} WHERE {{\n  {body}\n}}{' ' + end if end else ''}"
