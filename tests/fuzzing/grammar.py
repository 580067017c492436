"""Queries that nobody would write, composed by the grammar of SPARQL 1.1 out of terms that the graph has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from fuzzing import cut
from trophees.base.language import Language

Thing = TypeVar("Thing")
Node = NamedNode | BlankNode | Literal
VARIABLES = ("a", "b", "c", "d", "e", "f")
_ODD = (
    "''", '"l\'été"', r'"a\"b"', '"""deux\nlignes"""', "'''it's'''", r'"\u00e9t\u00E9"', '"🗳️"', '"ա"', r'"\t"', r"'\\'",
    "'x'@fr", '"Questionnaire"@FR', '"réunion"@fr-FR', '"75"^^xsd:string', '"01"^^xsd:integer', '"abc"^^xsd:integer',
    "1e6", "-0", "+7", ".5", "1.50", "-2.5", "1e-3", "true", "false", '"2020"^^xsd:gYear', '"NaN"^^xsd:double',
    '"2020-02-30"^^xsd:date', '"2018-03-01"^^xsd:date', '"2018-03-01T10:00:00Z"^^xsd:dateTime', "130000", "7", "94016",
    '"94016"', "<urn:nobody>", "tp:nobody", "laureate:2020/nobody", '"# no comment"', '"SERVICE <urn:x> {"', "'}'",
)  # fmt: skip
_STRINGS = ("'a'", "'e'", '"é"', "''", '"Questionnaire"', '"réunion"', '"2020"', '"Cachan"@fr', "' '", r'"\\."', "'🗳️x'")
_PATTERNS = ("'^[A-Z]'", "'a.e'", "'é|e'", r"'\\d+'", "'[aeiou]{2}'", "'(a)(.)'", "'^$'", "'e$'", "'.'")
_REPLACEMENTS = ("''", "'_'", "'$1'", "'[$2]'", "'$0$0'")
_NUMBERS = ("0", "1", "2", "7", "-3", "1.5", "0.25", "2e0", "1e2", "130000")
_RANGES, _FLAGS = ("'fr'", "'*'", "'FR'"), ("", ", 'i'")
_TYPES = ("integer", "decimal", "double", "string", "boolean")


class Composer:
    """One query: what `random` decides, decides it. Patterns are drawn around a solution, so that many are answered."""

    def __init__(self, random: Random, language: Language | None = None) -> None:
        self.random = random
        self.language = language  # of the view that is asked
        self.quads = cut.quads()
        self.planted: dict[Node, str] = {}
        self.made = 0
        self.loops = 0  # paths that may have no length
        self.odd = False  # whether VALUES give a variable what the graph does not have
        self.unlike: set[str] = set()  # what in it rdflib is known to read otherwise: see `second.UNLIKE`

    def query(self) -> str:
        """A query of any form."""
        form = self.pick("SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "ASK", "CONSTRUCT")
        body = self.group(2)
        if form == "ASK":
            return f"ASK {body}"
        if form == "CONSTRUCT":
            return f"CONSTRUCT {{ {self.template()} }} WHERE {body}{self.pick('', '', '', ' LIMIT 3')}"
        return self.select(body)

    def select(self, body: str, inner: bool = False) -> str:
        """A SELECT over the group `body`."""
        head, tail = "*", ""
        if self.odds(4):
            head, tail = self.grouped()
            self.unlike |= {"subselect", "group"} if inner else set()
        elif not self.odds(2 if inner else 4):
            self.unlike |= {"subselect"} if inner else set()
            names = self.some(1, 3)
            head = " ".join(f"?{name}" for name in names)
            if self.odds(4):
                head += f" ({self.expression(2)} AS {self.fresh()})"
        distinct = self.pick("", "", "", "DISTINCT ", "REDUCED ")
        if self.odds(3 if not inner else 6):
            order = " ".join(self.pick("{}", "ASC({})", "DESC({})").format(f"?{name}") for name in self.some(1, 2))
            tail += f" ORDER BY {order}" if "GROUP" not in tail else ""
        if self.odds(6):
            tail += self.pick(" LIMIT 3", " LIMIT 2 OFFSET 1", " OFFSET 2", " LIMIT 0")
        return f"SELECT {distinct}{head} {self.pick('', 'WHERE ')}{body}{tail}"

    def grouped(self) -> tuple[str, str]:
        """What a SELECT that counts shows, and how its rows are grouped."""
        keys = self.some(0, 2)
        shown = [f"?{name}" for name in keys]
        by = [*shown]
        if self.odds(5):
            by.append(f"({self.expression(1)} AS {(key := self.fresh())})")
            shown.append(key)
        shown += [f"({self.aggregate()} AS {self.fresh()})" for _ in range(self.random.randint(1, 2))]
        tail = f" GROUP BY {' '.join(by)}" if by else ""
        if self.odds(4):
            tail += f" HAVING ({self.aggregate()} {self.pick('>', '<', '>=', '=', '!=')} {self.pick(*_NUMBERS)})"
        return " ".join(shown), tail

    def aggregate(self) -> str:
        """A number, or a text, of a group of rows."""
        distinct, name = self.pick("", "DISTINCT "), self.variable()
        said = self.pick(
            "COUNT(*)",
            f"COUNT({distinct}{name})",
            f"SUM({distinct}{name})",
            f"AVG({distinct}{name})",
            f"MIN({self.pick(name, f'STR({name})')})",
            f"MAX({self.pick(name, f'STR({name})')})",
            f'GROUP_CONCAT({distinct}STR({name}); SEPARATOR="|")',
            f"SUM(STRLEN(STR({name})))",
            f"COUNT({distinct}{self.expression(1)})",
        )  # fmt: skip
        if "(*)" not in said:
            self.unlike.add("aggregate")
        return said

    def group(self, depth: int) -> str:
        """A group: patterns, and what else may stand beside them."""
        parts = [self.patterns(self.random.randint(1, 3))]
        if depth:
            parts += [self.part(depth - 1) for _ in range(self.pick(0, 1, 1, 2, 3))]
        if self.odds(8):
            self.random.shuffle(parts)
        return f"{{ {' '.join(parts)} }}"

    def part(self, depth: int) -> str:
        """What stands in a group beside its patterns."""
        kinds: Sequence[Callable[[], str]] = (
            lambda: f"OPTIONAL {self.group(depth)}",
            lambda: f"OPTIONAL {{ {self.patterns(1)} }}",
            lambda: f"{self.group(depth)} UNION {self.group(depth)}",
            lambda: self.minus(depth),
            lambda: f"FILTER({self.condition(2)})",
            lambda: f"FILTER({self.condition(1)})",
            lambda: f"FILTER {self.pick('', 'NOT ')}EXISTS {self.group(depth)}",
            lambda: f"BIND({self.expression(2)} AS {self.fresh()})",
            self.values,
            lambda: f"{{ {self.select(self.group(depth), inner=True)} }}",
            self.in_graph,
            lambda: self.patterns(1),
        )
        return self.pick(*kinds)()

    def in_graph(self) -> str:
        """What stands in one graph."""
        graph, before = self.graph(), self.loops
        said = self.patterns(self.random.randint(1, 2))
        if self.loops > before:
            self.unlike.add("graph")
        return f"GRAPH {graph} {{ {said} }}"

    def minus(self, depth: int) -> str:
        """What is taken away."""
        if not depth:  # the group that it is in is inside of another one
            self.unlike.add("minus")
        return f"MINUS {self.group(depth)}"

    def patterns(self, number: int) -> str:
        """As many triple patterns, most of which hold of the planted solution."""
        return " ".join(self.pattern() for _ in range(number))

    def pattern(self) -> str:
        """A triple pattern, or a path."""
        near = [quad for quad in self.quads if quad.subject in self.planted or quad.object in self.planted]
        quad = self.pick(*near) if near and not self.odds(6) else self.pick(*self.quads)
        subject, object_ = self.term(quad.subject, 6), self.term(quad.object, 3)
        if self.odds(12):
            object_ = self.pick(*_ODD)
        if self.odds(10):
            return f"{subject} ?{self.pick(*VARIABLES)} {object_} ."
        if self.odds(5):
            path = self.path(quad, 2)
            hidden = isinstance(quad.object, Literal) and quad.object.language not in (None, self.language)
            if (object_ in _ODD or (self.language and hidden)) and set(path) & set("*?"):
                self.unlike.add("nowhere")
            return f"{subject} {path} {object_} ."
        if self.odds(6):
            also = self.pick(*(q for q in self.quads if q.subject == quad.subject))
            return f"{subject} {self.verb(quad)} {object_} ; {self.verb(also)} {self.term(also.object, 2)} ."
        return f"{subject} {self.verb(quad)} {object_} ."

    def path(self, quad: Quad, depth: int) -> str:
        """A property path that begins with the property of `quad`, or holds it."""
        step, other = self.verb(quad), self.verb(self.pick(*self.quads))
        if depth and self.odds(2):
            step = f"({self.path(quad, depth - 1)})"
        follow = [q for q in self.quads if q.subject == quad.object]
        further = self.verb(self.pick(*follow)) if follow else other
        said = self.pick(
            f"{step}/{further}", f"{step}|{other}", f"^{step}", f"{step}*", f"{step}+", f"{step}?",
            f"!{self.verb(quad)}", f"!({self.verb(quad)}|{other})", f"^{step}/{other}", f"skos:broader*|{step}",
        )  # fmt: skip
        self.loops += bool(set(said) & set("*?"))
        self.nowhere()
        if sum(map(said.count, "*+?|!")) > 1 or "^(" in said or "|" in said or "!" in said:
            self.unlike.add("path")
        return said

    def nowhere(self) -> None:
        """Note where a path of no length may begin or end at a value that the graph does not have."""
        if self.odd and self.loops:
            self.unlike.add("nowhere")

    def verb(self, quad: Quad) -> str:
        """The property of `quad`, as it is written in a query."""
        name = self.name(quad.predicate)
        return "a" if name == "rdf:type" and self.odds(2) else name

    def term(self, node: object, least: int) -> str:
        """`node`, or the variable that stands for it: the more often, the higher `least`."""
        assert isinstance(node, NamedNode | BlankNode | Literal)
        if node in self.planted and not self.odds(6):
            return f"?{self.planted[node]}"
        free = [name for name in VARIABLES if name not in self.planted.values()]
        if self.random.randint(0, 9) < 2 + least and free:
            self.planted[node] = free[0]
            return f"?{free[0]}"
        return self.written(node)

    def written(self, node: Node) -> str:
        """`node` in one of the ways in which SPARQL has it."""
        if isinstance(node, NamedNode):
            return self.name(node)
        if isinstance(node, Literal) and node.datatype.value.endswith(("#integer", "#boolean")) and self.odds(2):
            return node.value
        return str(node)

    def name(self, node: NamedNode) -> str:
        """The compact name of `node`, or the whole IRI."""
        short = cut.context().compact(node.value)
        return f"<{node.value}>" if short == node.value or self.odds(8) else short

    def graph(self) -> str:
        """A graph, or a variable for one."""
        return self.pick("?g", "?g", "?g", "graph:report/2020", "graph:rules", "graph:curation/2020", "graph:nowhere")

    def values(self) -> str:
        """Values of one variable, or of two."""
        held = list(self.planted) or [quad.predicate for quad in self.quads[:3]]
        one = {
            self.pick(self.written(self.pick(*held)), self.pick(*_ODD), "UNDEF"): None
            for _ in range(self.pick(1, 2, 3))
        }
        name = self.variable()
        self.odd |= bool(one.keys() & set(_ODD))
        self.nowhere()
        if "UNDEF" in one and len(one) > 1:
            self.unlike.add("values")
        if self.odds(3) and "UNDEF" not in one:
            rows = " ".join(f"({value} {self.pick(self.written(self.pick(*held)), 'UNDEF')})" for value in one)
            return f"VALUES ({name} ?v) {{ {rows} }}"
        return f"VALUES {name} {{ {' '.join(one)} }}"

    def template(self) -> str:
        """What a CONSTRUCT makes of a row."""
        return " ".join(
            f"{self.variable()} {self.verb(self.pick(*self.quads))} {self.pick(self.variable(), self.pick(*_ODD))} ."
            for _ in range(self.random.randint(1, 2))
        )

    # expressions

    def expression(self, depth: int) -> str:
        """An expression of any kind."""
        return self.pick(self.number, self.string, self.condition)(depth)

    def number(self, depth: int) -> str:
        """An expression that is a number of something that is one."""
        if not depth:
            return self.pick(self.variable(), self.pick(*_NUMBERS))
        one, other = self.number(depth - 1), self.number(depth - 1)
        return self.pick(
            f"({one} + {other})", f"({one} - {other})", f"({one} * {other})", f"({one} / {other})",
            f"-{self.variable()}",
            f"ABS({one})", f"CEIL({one})", f"FLOOR({one})", f"ROUND({one})", f"STRLEN({self.string(depth - 1)})",
            f"xsd:{self.pick(*_TYPES[:3])}({self.pick(one, self.string(depth - 1))})",
            f"IF({self.condition(depth - 1)}, {one}, {other})", f"COALESCE({self.variable()}, {one})",
            f"YEAR({self.variable()})",
        )  # fmt: skip

    def string(self, depth: int) -> str:
        """An expression that is a text, if what it is about is one. (rdflib has nothing of SUBSTR from 0 on.)"""
        if not depth:
            return self.pick(self.variable(), f"STR({self.variable()})", self.pick(*_STRINGS))
        one, other = self.string(depth - 1), self.string(depth - 1)
        return self.pick(
            f"STR({self.variable()})", f"LANG({self.variable()})", f"STR(DATATYPE({self.variable()}))",
            f"CONCAT({one}, {other})", f"UCASE({one})", f"LCASE({one})",
            f"SUBSTR({one}, {self.pick('1', '2', '3')})",
            f"SUBSTR({one}, {self.pick('1', '2')}, {self.pick('0', '1', '4')})",
            f"STRBEFORE({one}, {self.pick(*_STRINGS)})",
            f"STRAFTER({one}, {self.pick(*_STRINGS)})", f"ENCODE_FOR_URI({one})",
            f"REPLACE({one}, {self.pick(*_PATTERNS)}, {self.pick(*_REPLACEMENTS)})",
            f"IF({self.condition(depth - 1)}, {one}, {other})", f"COALESCE({self.variable()}, {one})", f"MD5({one})",
            f"SHA256({one})", f"xsd:string({self.variable()})", f"STRLANG({one}, 'fr')", f"STRDT({one}, xsd:token)",
        )  # fmt: skip

    def condition(self, depth: int) -> str:
        """An expression that is true or false."""
        name, compare = self.variable(), self.pick("=", "!=", "<", ">", "<=", ">=")
        if depth and self.odds(3):
            one, other = self.condition(depth - 1), self.condition(depth - 1)
            return self.pick(f"({one} && {other})", f"({one} || {other})", f"!({one})")
        number, text = self.number(max(depth - 1, 0)), self.string(max(depth - 1, 0))
        held = self.written(self.pick(*self.planted)) if self.planted else self.pick(*_ODD)
        said = self.pick(
            f"{number} {compare} {self.number(0)}", f"{text} {compare} {self.string(0)}", f"{name} = {held}",
            f"{name} != {held}",
            f"{name} {compare} {self.variable()}", f"CONTAINS({text}, {self.pick(*_STRINGS)})",
            f"STRSTARTS({text}, {self.pick(*_STRINGS)})", f"STRENDS({text}, {self.pick(*_STRINGS)})",
            f"REGEX({text}, {self.pick(*_PATTERNS)}{self.pick(*_FLAGS)})", f"BOUND({name})", f"!BOUND({name})",
            f"isIRI({name})", f"isLiteral({name})", f"isBlank({name})", f"isNumeric({name})",
            f"sameTerm({name}, {self.pick(held, self.variable())})",
            f"LANGMATCHES(LANG({name}), {self.pick(*_RANGES)})",
            f"{name} {self.pick('', 'NOT ')}IN ({held}, {self.pick(*_ODD)}, {self.number(0)})",
            f"{name} {compare} {self.pick(*_ODD)}", f'LANG({name}) = "fr"',
            f"{self.pick('', 'NOT ')}EXISTS {{ {self.patterns(1)} }}",
        )  # fmt: skip
        if any(sign in said for sign in (" < ", " > ", "<=", ">=", "!=", " = ", " IN ")):
            self.unlike.add("comparison")
        return said

    # decisions

    def variable(self) -> str:
        """A variable, most often one that is bound."""
        return f"?{self.pick(*(list(self.planted.values()) or VARIABLES), self.pick(*VARIABLES))}"

    def fresh(self) -> str:
        """A variable that most often nothing binds yet."""
        self.made += 1
        return self.variable() if self.odds(12) else f"?x{self.made}"

    def some(self, least: int, most: int) -> list[str]:
        """Some names of variables, each once."""
        names = sorted(set(self.planted.values())) or list(VARIABLES)
        return self.random.sample(names, min(self.random.randint(least, most), len(names)))

    def odds(self, of: int) -> bool:
        """True once in `of` times."""
        return self.random.randrange(of) == 0

    def pick(self, *things: Thing) -> Thing:
        """One of `things`."""
        return self.random.choice(things)
