"""A query, read by the grammar of SPARQL 1.1, to the first mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trophees.ask.explain.expressions import AGGREGATES, FUNCTIONS
from trophees.ask.explain.nearest import words
from trophees.ask.explain.paths import Paths
from trophees.ask.explain.reader import Beyond, Mistake
from trophees.ask.explain.tree import Bind, Expression, Filter, Group, Inner, Leaf, Projected, Query, Values

LONGEST = 20_000  # characters of a query that is read
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


class Grammar(Paths):
    """Reads a query."""

    def query(self) -> Query:
        """The whole query; Mistake at the first token that cannot stand where it stands."""
        self._prologue()
        if self.is_word(*_UPDATES):
            raise Mistake("update", self.next.start, word=self.next.text)
        if not self.is_word(*_FORMS):
            if self.next.kind == "word":
                near = tuple(words(self.next.text.upper(), [*_FORMS, "PREFIX", "BASE"]))
                raise Mistake("form", self.next.start, near, word=self.next.text)
            self.fail()
        found = self._form(inner=False)
        if self.next.kind != "end":
            self.fail()
        return found

    def _prologue(self) -> None:
        while True:
            if self.word("BASE"):
                if self.next.kind != "iri":
                    self.fail()
                self.base = self._absolute(self.next)
                self.advance()
            elif self.word("PREFIX"):
                name = self.next
                if name.kind != "name" or not name.text.endswith(":"):
                    self.fail()
                self.advance()
                if self.next.kind != "iri":
                    self.fail()
                self.prefixes[name.text[:-1]] = self._absolute(self.next)
                self.advance()
            else:
                return

    def _form(self, inner: bool) -> Query:
        form = self.advance().text.upper()
        shown: tuple[Projected, ...] = ()
        described: list[Leaf] = []
        template: tuple[object, ...] = ()
        star = False
        where = None
        if form == "SELECT":
            self.word("DISTINCT", "REDUCED")
            star, shown = self._projection()
        elif form == "DESCRIBE" and not self.sign("*"):
            while self.next.kind in ("var", "iri", "name"):
                described.append(self.variable() or self.iri())
            if not described:
                self.fail()
        elif form == "CONSTRUCT" and self.sign("{"):
            template = tuple(self.triples())
            self.expect("}")
        graphs = [] if inner else self._datasets()
        if form == "CONSTRUCT" and not template and self.tokens[self.at - 1].text != "}":
            if not self.word("WHERE"):
                self.fail()
            where = self.group()
        elif form == "DESCRIBE" and not self.is_word("WHERE") and self.next.text != "{":
            where = Group()
        else:
            self.word("WHERE")
            where = self.group()
        grouped, others, having = self._modifiers()
        values = self._values() if self.word("VALUES") else None
        if star and (grouped or any(one.aggregate for one in others)):
            raise Mistake("star", self.tokens[self.at - 1].start)
        return Query(
            form,
            where,
            shown,
            tuple(graphs),
            template,  # type: ignore[arg-type]
            tuple(described),
            grouped,
            others,
            having,
            values,
            dict(self.prefixes),
        )

    def _projection(self) -> tuple[bool, tuple[Projected, ...]]:
        if self.sign("*"):
            return True, ()
        found: list[Projected] = []
        while True:
            if variable := self.variable():
                found.append(Projected(variable))
            elif self.sign("("):
                found.append(self._as())
            elif self.next.text == "," and found:
                raise Mistake("comma", self.next.start)
            elif found:
                return False, tuple(found)
            else:
                if self.next.text.upper() in FUNCTIONS | AGGREGATES:
                    raise Mistake("expected", self.next.start, sign="(", word=self.next.text)
                self.fail()

    def _as(self) -> Projected:
        """`… AS ?x)`, after the bracket."""
        value = self.expression()
        if not self.word("AS"):
            self.fail()
        variable = self.variable()
        if variable is None:
            self.fail()
        self.expect(")")
        return Projected(variable, value)

    def _datasets(self) -> list[Leaf]:
        found = []
        while self.word("FROM"):
            self.word("NAMED")
            found.append(self.iri())
        return found

    def _modifiers(self) -> tuple[tuple[Projected, ...], tuple[Expression, ...], tuple[Expression, ...]]:
        grouped: list[Projected] = []
        others: list[Expression] = []
        if self.word("GROUP"):
            if not self.word("BY"):
                self.fail()
            while self._begins_condition():
                grouped.append(self._grouping(others))
            if not grouped:
                self.fail()
        having: list[Expression] = []
        if self.word("HAVING"):
            having.append(self.constraint())
            while self._begins_condition():
                having.append(self.constraint())
        others += having
        if self.word("ORDER"):
            if not self.word("BY"):
                self.fail()
            count = len(others)
            while self._begins_condition() or self.is_word("ASC", "DESC"):
                others.append(self.bracketed() if self.word("ASC", "DESC") else self._condition())
            if len(others) == count:
                self.fail()
        once = ["LIMIT", "OFFSET"]
        while once and self.is_word(*once):
            once.remove(self.next.text.upper())
            self.advance()
            if self.next.kind != "number" or not self.next.text.isdigit():
                self.fail()
            self.advance()
        return tuple(grouped), tuple(others), tuple(having)

    def _begins_condition(self) -> bool:
        token = self.next
        keyword = self.is_word("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "ASC", "DESC")
        after = self.tokens[self.at + 1].text if token.kind != "end" else ""
        return (
            token.kind == "var"
            or token.text == "("
            or (token.kind == "word" and token.text.upper() in ("EXISTS", "NOT"))
            or (not keyword and token.kind in ("word", "name", "iri") and after == "(")
        )

    def _condition(self) -> Expression:
        return self._whole(self._primary) if self.next.kind == "var" else self.constraint()

    def _grouping(self, others: list[Expression]) -> Projected:
        if variable := self.variable():
            return Projected(variable)
        start = self.next
        if self.sign("("):
            value = self.expression()
            name = None
            if self.word("AS"):
                name = self.variable() or self.fail()
            self.expect(")")
        else:
            value, name = self.constraint(), None
        others.append(value)
        return Projected(name or self.fresh(start), value)

    # patterns

    def group(self) -> Group:
        self.deeper(1)
        self.expect("{")
        if self.is_word("SELECT"):
            found = Group((self._form(inner=True),))
            self.expect("}")
            self.deeper(-1)
            return found
        items: list[object] = []
        while not self.sign("}"):
            items += self.triples()
            if self.sign("}"):
                break
            items.append(self._item())
            self.sign(".")
        self.deeper(-1)
        return Group(tuple(items))  # type: ignore[arg-type]

    def _item(self) -> object:
        token = self.next
        if self.word("FILTER"):
            return Filter(self.constraint())
        if self.word("BIND"):
            self.expect("(")
            bound = self._as()
            assert bound.value is not None
            return Bind(bound.value, bound.variable)
        if self.word("VALUES"):
            return self._values()
        if self.word("OPTIONAL"):
            return Inner("optional", (self.group(),), token)
        if self.word("MINUS"):
            return Inner("minus", (self.group(),), token)
        if self.word("GRAPH"):
            name = self.variable() or self.iri()
            return Inner("graph", (self.group(),), token, name)
        if self.word("SERVICE"):
            self.word("SILENT")
            name = self.variable() or self.iri()
            return Inner("service", (self.group(),), token, name)
        if token.text == "{":
            groups = [self.group()]
            while self.word("UNION"):
                groups.append(self.group())
            return Inner("union" if len(groups) > 1 else "group", tuple(groups), token)
        return self.fail()

    def _values(self) -> Values:
        if variable := self.variable():
            self.expect("{")
            rows: list[tuple[Leaf | None, ...]] = []
            while not self.sign("}"):
                rows.append((self._value(),))
            return Values((variable,), tuple(rows))
        self.expect("(")
        variables: list[Leaf] = []
        while not self.sign(")"):
            variables.append(self.variable() or self.fail())
        self.expect("{")
        rows = []
        while not self.sign("}"):
            start = self.expect("(")
            row: list[Leaf | None] = []
            while not self.sign(")"):
                row.append(self._value())
            if len(row) != len(variables):
                raise Mistake("rows", start.start, found=len(row), wanted=len(variables))
            rows.append(tuple(row))
        return Values(tuple(variables), tuple(rows))

    def _value(self) -> Leaf | None:
        return None if self.word("UNDEF") else self.literal() or self.iri()


@dataclass(frozen=True)
class Reading:
    """A query, the datatypes of its literals, and the functions that it calls by an IRI."""

    query: Query
    datatypes: tuple[Leaf, ...]
    calls: tuple[Leaf, ...]


def read(text: str, prefixes: Mapping[str, str], base: str | None = None) -> Reading:
    """What `text` says. Mistake if it is no query, at its place; Beyond if it is too long, or not of this grammar."""
    if len(text) > LONGEST:
        raise Beyond
    grammar = Grammar(text, prefixes, base)
    query = grammar.query()
    return Reading(query, tuple(grammar.datatypes), tuple(grammar.calls))
