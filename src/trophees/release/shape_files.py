"""What keeps shapes that are good Turtle from being obeyed, told where it stands: file, line, shape and a sentence.

The engines of SHACL tell such a mistake in their own ways, without a place, or take the shape for one that nothing
breaks. A shape that an engine refuses for another reason is told by `review.sound_shapes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse

from trophees.ask.explain.mistakes import mistake
from trophees.base.errors import brief, harmless, sentence
from trophees.base.namespaces import RDF, RDF_TYPE, SHACL, XSD

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal | Triple
_SEVERITIES = ("Violation", "Warning", "Info")
_PROPERTY_SHAPE = NamedNode(SHACL + "PropertyShape")
_KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
_STEPS = ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
_RANGE = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_COUNTS = ("minCount", "maxCount", "minLength", "maxLength")
_SWITCHES = ("closed", "uniqueLang", "deactivated")
_LISTS = ("and", "or", "xone", "in", "languageIn", "ignoredProperties")
_ONCE = {*_COUNTS, *_RANGE, *_SWITCHES, *_LISTS[3:], "path", "datatype", "nodeKind", "select"}


def mistakes(text: str) -> Iterator[str]:
    """What is wrong with the shapes in a Turtle `text`: `:line: shape — sentence`."""
    shapes = _Shapes(list(parse(text, format=RdfFormat.TURTLE)))
    for shape, predicate, wrong in shapes.mistakes():
        owner = shapes.owner(shape)
        line = _line(text, owner, predicate)
        shown = re.split("[#/:]", owner.value)[-1] if isinstance(owner, NamedNode) else "a shape without a name"
        yield harmless(f"{f':{line}' if line else ''}: {shown} — {wrong}")


@dataclass(frozen=True)
class _Shapes:
    triples: list[Triple]

    @cached_property
    def about(self) -> dict[Value, list[Triple]]:
        """The triples by their subject."""
        found: dict[Value, list[Triple]] = {}
        for t in self.triples:
            found.setdefault(t.subject, []).append(t)
        return found

    def mistakes(self) -> Iterator[tuple[Node, str, str]]:
        """A node, the name of its property, and what is wrong with the value of it."""
        said: dict[tuple[Node, str], list[Value]] = {}
        for t in self.triples:
            if t.predicate.value.startswith(SHACL) and isinstance(t.subject, Node):
                said.setdefault((t.subject, t.predicate.value.removeprefix(SHACL)), []).append(t.object)
        for (shape, name), values in said.items():
            if name in _ONCE and len(values) > 1:
                yield shape, name, f"sh:{name} has {len(values)} values, where one is expected"
            for value in values:
                if wrong := self.wrong(name, value):
                    yield shape, name, f"sh:{name} {wrong}"
        properties = [t.object for t in self.triples if t.predicate.value == SHACL + "property"]
        properties += [t.subject for t in self.triples if t.predicate == RDF_TYPE and t.object == _PROPERTY_SHAPE]
        for node in properties:
            if isinstance(node, Node) and (node, "path") not in said:
                yield node, "property", "a property shape needs a sh:path"

    def wrong(self, name: str, value: Value) -> str:
        """What is wrong with a `value` of the property `name` of SHACL; empty if nothing is."""
        if name == "select":
            return self.query(value)
        if name == "path":
            return "" if self.path(value, 0) else f"{_shown(value)} is no path: an IRI is expected"
        if name in _LISTS:
            return "" if self.members(value) is not None else f"{_shown(value)} is no list: write ( … )"
        test = _TESTS.get(name)
        return test(value) if test else ""

    def path(self, value: Value, depth: int) -> bool:
        if isinstance(value, NamedNode):
            return value.value != RDF + "nil"
        if not isinstance(value, BlankNode) or depth > 20:
            return False
        if (members := self.members(value)) is not None:
            return len(members) > 1 and all(self.path(member, depth + 1) for member in members)
        steps = self.about.get(value, [])
        if len(steps) != 1 or steps[0].predicate.value.removeprefix(SHACL) not in _STEPS:
            return False
        inside = steps[0].object
        if steps[0].predicate.value == SHACL + "alternativePath":
            members = self.members(inside)
            return bool(members) and all(self.path(member, depth + 1) for member in members or ())
        return self.path(inside, depth + 1)

    def members(self, value: Value) -> list[Value] | None:
        """The members of a list; None if it is none."""
        found: list[Value] = []
        seen = set()
        while value != NamedNode(RDF + "nil"):
            firsts = [t.object for t in self.about.get(value, []) if t.predicate.value == RDF + "first"]
            rests = [t.object for t in self.about.get(value, []) if t.predicate.value == RDF + "rest"]
            if value in seen or len(firsts) != 1 or len(rests) != 1:
                return None
            seen.add(value)
            found.append(firsts[0])
            value = rests[0]
        return found

    def query(self, value: Value) -> str:
        if not isinstance(value, Literal):
            return f"{_shown(value)} is no text of a query"
        prefixes = {}
        for node in (t.object for t in self.triples if t.predicate.value == SHACL + "declare"):
            about = {t.predicate.value.removeprefix(SHACL): t.object for t in self.about.get(node, [])}
            prefix, namespace = about.get("prefix"), about.get("namespace")
            if isinstance(prefix, Literal) and isinstance(namespace, Literal):
                prefixes[prefix.value] = namespace.value
        try:
            if isinstance(result := Store().query(value.value, prefixes=prefixes), QuerySolutions):
                named = {variable.value for variable in result.variables}
                return "" if "this" in named else "is a query that does not select $this"
            return "is no SELECT"
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            told = mistake(value.value, error, prefixes)
            said = f"{told.place}: {told.sentence.en}" if told and told.place else sentence(error)
            return f"is no SPARQL: {' '.join(said.split())}"

    def owner(self, node: Node) -> Node:
        """The named node that `node`, if it has no name, is a part of."""
        seen: set[Node] = set()
        while isinstance(node, BlankNode) and node not in seen:
            seen.add(node)
            node = next((t.subject for t in self.triples if t.object == node and isinstance(t.subject, Node)), node)
        return node


def _integer(value: Value) -> str:
    good = isinstance(value, Literal) and value.datatype.value == XSD + "integer" and value.value.isdecimal()
    return "" if good else f"{_shown(value)} is no whole number"


def _number(value: Value) -> str:
    return "" if isinstance(value, Literal) and not value.language else f"{_shown(value)} is no value to compare with"


def _boolean(value: Value) -> str:
    good = isinstance(value, Literal) and value.datatype.value == XSD + "boolean" and value.value in ("true", "false")
    return "" if good else f"{_shown(value)} is neither true nor false"


def _iri(value: Value) -> str:
    return "" if isinstance(value, NamedNode) else f"{_shown(value)} is no IRI"


def _shape(value: Value) -> str:
    return "" if isinstance(value, Node) else f"{_shown(value)} is no shape"


def _text(value: Value) -> str:
    good = isinstance(value, Literal) and value.language in ("fr", "en")
    return "" if good else f"{_shown(value)} needs a language, @fr or @en"


def _pattern(value: Value) -> str:
    if not isinstance(value, Literal):
        return f"{_shown(value)} is no text"
    try:
        re.compile(value.value)
    except (re.error, RecursionError, OverflowError) as error:
        return f"{_shown(value)} is no regular expression: {error}"
    return ""


def _one_of(names: Iterable[str]) -> Callable[[Value], str]:
    known = {NamedNode(SHACL + name) for name in names}
    listed = ", ".join(f"sh:{name}" for name in names)
    return lambda value: "" if value in known else f"{_shown(value)} is none of {listed}"


_TESTS: dict[str, Callable[[Value], str]] = {
    **dict.fromkeys(_COUNTS, _integer),
    **dict.fromkeys(_RANGE, _number),
    **dict.fromkeys(_SWITCHES, _boolean),
    **dict.fromkeys(("targetClass", "targetObjectsOf", "targetSubjectsOf", "class", "datatype", "group"), _iri),
    **dict.fromkeys(("equals", "disjoint", "lessThan", "lessThanOrEquals"), _iri),
    **dict.fromkeys(("property", "node", "not", "qualifiedValueShape", "sparql"), _shape),
    **dict.fromkeys(("message", "name"), _text),
    "pattern": _pattern,
    "nodeKind": _one_of(_KINDS),
    "severity": _one_of(_SEVERITIES),
}


def _shown(value: Value) -> str:
    return f"“{brief(value.value)}”" if isinstance(value, NamedNode | Literal) else "what stands there"


def _line(text: str, owner: Node, predicate: str) -> int:
    """The line of the property of SHACL in what `text` says of `owner`; 0 if it cannot be found."""
    if not isinstance(owner, NamedNode):
        return 0
    name = re.escape(re.split("[#/]", owner.value)[-1])
    start = re.search(
        rf"^(?:[\w-]*:{name}|<{re.escape(owner.value)}>|<[^>]*[#/]?{name}>)(?=[\s;.])", text, re.MULTILINE
    )
    if not start:
        return 0
    end = re.compile(r"\.\s*$", re.MULTILINE).search(text, start.end())
    found = re.compile(rf"\bsh:{predicate}\b").search(text, start.end(), end.end() if end else len(text))
    return text.count("\n", 0, found.start() if found else start.start()) + 1
