"""What a graph has: asked of the graph itself, as far as a query makes it worth knowing, and never twice.

So it knows the reader's own data and the ontology alike, which are in the graph, and no list of names has to be kept.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from trophees.ask.compact_names import escaped
from trophees.ask.explain.nearest import OFFERED, distance, nearest
from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.namespaces import OWL, RDF, RDFS, TP, XSD

_MOST = 50_000  # names among which the nearest are looked for
_PROPERTIES = " ".join(
    f"<{iri}>"
    for iri in (f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty", f"{OWL}AnnotationProperty", f"{RDF}Property")
)
_CLASSES = f"<{OWL}Class> <{RDFS}Class>"
_DATATYPES = """string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay
gYearMonth gMonthDay duration yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort
unsignedInt unsignedLong positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger hexBinary base64Binary
anyURI language normalizedString token NMTOKEN Name NCName""".split()  # noqa: SIM905
_LOCAL = re.compile(r".*[/#]")
_NEEDS_ESCAPE = re.compile(r"[~!$&'()*+,;=/?#@%]|\.(?=\Z)")
CASTS = ("string", "boolean", "integer", "decimal", "float", "double", "date", "dateTime", "time")  # of XML Schema
Row = tuple[NamedNode | Literal | None, ...]


class TooLong(Exception):  # noqa: N818 - that it takes
    """There is no more time to ask, or nobody who answers."""


class Profile:
    """What the graph of `repository` has, asked until `seconds` have gone; `prefixes` are those of the reader.

    The seconds are those of the processor, so that what else runs takes none of them; of a repository elsewhere, those
    that pass.

    `names`: the repository in which the nearest names are looked for, if `repository` is one elsewhere, which may have
    a default graph that is not the union of all.
    """

    def __init__(
        self,
        repository: Repository,
        prefixes: Mapping[str, str],
        seconds: float,
        names: Repository | None = None,
    ) -> None:
        self._repository, self._names = repository, names or repository
        self._context = Context({"@context": {"@vocab": "", **prefixes}})
        self._elsewhere = names is not None
        self._clock = time.monotonic if self._elsewhere else time.thread_time
        self._until = self._clock() + seconds
        self._known: dict[str, list[Row] | bool] = {}

    # questions to the graph

    def any(self, patterns: str, head: str = "") -> bool:
        """Whether `patterns`, which stand in no GRAPH, match anywhere."""
        found = self._asked(f"{head}ASK {{ {self._anywhere(patterns)} }}", self._repository)
        return found is True

    def rows(self, what: str, patterns: str, rest: str = "", head: str = "") -> list[Row]:
        """What SELECT finds of `what` where `patterns` match anywhere."""
        found = self._asked(f"{head}SELECT {what} {{ {self._anywhere(patterns)} }} {rest}", self._repository)
        return found if isinstance(found, list) else []

    def _anywhere(self, patterns: str) -> str:
        if not self._elsewhere or "GRAPH" in patterns:
            return patterns
        return f"{{ {patterns} }} UNION {{ GRAPH ?__g {{ {patterns} }} }}"

    def _asked(self, text: str, repository: Repository) -> list[Row] | bool:
        if text not in self._known:
            if self._clock() >= self._until:
                raise TooLong
            try:
                result = repository.ask(Question("check", text))
            except UserError as error:
                raise TooLong from error
            if isinstance(result, QuerySolutions):
                columns = [variable.value for variable in result.variables]
                self._known[text] = [tuple(row[name] for name in columns) for row in result]
            else:
                self._known[text] = isinstance(result, QueryBoolean) and bool(result)
        return self._known[text]

    def _listed(self, text: str) -> list[str]:
        found = self._asked(f"{text} LIMIT {_MOST}", self._names)
        return [row[0].value for row in found if isinstance(row[0], NamedNode)] if isinstance(found, list) else []

    def head(self, declared: Mapping[str, str]) -> str:
        """The declarations of the prefixes of a query, those `declared` in it before ours."""
        return "".join(f"PREFIX {name}: <{iri}> " for name, iri in {**self.prefixes, **declared}.items())

    # names

    @cached_property
    def properties(self) -> list[str]:
        """What is used as a property, or declared as one."""
        declared = f"VALUES ?t {{ {_PROPERTIES} }} ?p a ?t"
        return self._listed(f"SELECT DISTINCT ?p {{ {{ ?s ?p ?o }} UNION {{ {declared} }} }}")

    @cached_property
    def classes(self) -> list[str]:
        """What is used as a class, or declared as one."""
        declared = f"VALUES ?t {{ {_CLASSES} }} ?c a ?t"
        return self._listed(f"SELECT DISTINCT ?c {{ {{ ?s a ?c }} UNION {{ {declared} }} }}")

    @cached_property
    def graphs(self) -> list[str]:
        return self._listed("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")

    @cached_property
    def things(self) -> list[str]:
        """Every IRI of which something is said, or to which something leads."""
        return self._listed("SELECT DISTINCT ?x { { ?x ?p ?o } UNION { ?s ?p ?x } FILTER(isIRI(?x)) }")

    @cached_property
    def datatypes(self) -> list[str]:
        found = self.rows("DISTINCT ?d", "?s ?p ?o BIND(DATATYPE(?o) AS ?d)")
        used = [row[0].value for row in found if isinstance(row[0], NamedNode)]
        return [*used, *(XSD + name for name in _DATATYPES)]

    @property
    def prefixes(self) -> Mapping[str, str]:
        return self._context.prefixes

    @cached_property
    def is_ours(self) -> bool:
        """Whether the graph is this one, or has it, so that each question has a small answer."""
        return not self._elsewhere or self.any(f"<{TP}Laureate> a ?c")

    def is_property(self, iri: NamedNode) -> bool:
        return self.any(f"?s {iri} ?o")

    def is_declared_property(self, iri: NamedNode) -> bool:
        return self.any(f"VALUES ?t {{ {_PROPERTIES} }} {iri} a ?t")

    def is_class(self, iri: NamedNode) -> bool:
        return self.any(f"?s a {iri}")

    def is_declared_class(self, iri: NamedNode) -> bool:
        return self.any(f"VALUES ?t {{ {_CLASSES} }} {iri} a ?t")

    def is_graph(self, iri: NamedNode) -> bool:
        return self.any(f"GRAPH {iri} {{ ?s ?p ?o }}")

    def has(self, iri: str) -> bool:
        """Whether `iri`, which need not be valid, is anywhere in the graph."""
        try:
            return self.is_anything(NamedNode(iri))
        except ValueError:
            return False

    def is_anything(self, iri: NamedNode) -> bool:
        places = (f"{iri} ?p ?o", f"?s ?p {iri}", f"?s {iri} ?o")
        return any(self.any(place) for place in places) or self.is_graph(iri)

    def near(self, iri: NamedNode, names: list[str]) -> list[str]:
        """The `names` most like `iri`, as they are written; of those equally like it, those that the graph uses most.

        What has the same name in another namespace comes after what differs by a letter or two.
        """
        said = {self._context.compact(name): name for name in names}
        wanted = self._context.compact(iri.value)
        found = nearest(wanted, said, lambda name: self._said(said[name]))
        local = _LOCAL.sub("", iri.value)
        same = [name for name in said if local and name != wanted and _LOCAL.sub("", said[name]) == local]
        close = [name for name in found if distance(wanted, name, 2) <= 2]
        ranked = list(dict.fromkeys([*close, *sorted(same, key=lambda name: (-self._said(said[name]), name)), *found]))
        return [self.written(NamedNode(said[name])) for name in ranked[:OFFERED]]

    def _said(self, iri: str) -> int:
        """How often the graph uses a name."""
        node = NamedNode(iri)
        found = self._asked(f"SELECT (COUNT(*) AS ?n) {{ {{ ?s ?p {node} }} UNION {{ ?s {node} ?o }} }}", self._names)
        return int(found[0][0].value) if isinstance(found, list) and isinstance(found[0][0], Literal) else 0

    # how terms are written

    def written(self, term: NamedNode | Literal) -> str:
        """`term` as one writes it in a query that declares our prefixes: as tables print it, wherever that is taken."""
        if isinstance(term, NamedNode):
            compact = self._context.compact(term.value)
            if compact == term.value:
                return str(term)
            prefix, _, local = compact.partition(":")
            exact = f"{prefix}:{_NEEDS_ESCAPE.sub(lambda match: chr(92) + match[0], local)}"
            return compact if escaped(compact, self.prefixes) == exact else exact
        if plain := _plain(term):
            return plain
        bare = str(Literal(term.value))
        text = bare if len(bare) <= 60 else f'{bare[:58]}…"'
        if term.language:
            return f"{text}@{term.language}"
        return text if term.datatype.value == f"{XSD}string" else f"{text}^^{self.written(term.datatype)}"


def _plain(literal: Literal) -> str:
    """A number or a truth value as SPARQL takes it without quotes; empty if it is none."""
    text, kind = literal.value, literal.datatype.value.removeprefix(XSD)
    if kind == "boolean":
        return text if text in ("true", "false") else ""
    if kind == "integer":
        return text if re.fullmatch(r"[+-]?[0-9]+", text) else ""
    if kind == "decimal" and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        return text if "." in text else f"{text}.0"
    return text if kind == "double" and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+", text) else ""
