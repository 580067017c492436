"""The expressions of a query (SPARQL 1.1, rules 107 to 128)."""

from __future__ import annotations

from trophees.ask.explain.nearest import words
from trophees.ask.explain.reader import Beyond, Mistake, Reader
from trophees.ask.explain.tree import Expression, Group, Leaf

AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
_NAMED_BY_COUNT = {  # functions by the least and the most number of their values
    (0, 0): "RAND NOW UUID STRUUID",
    (0, 1): "BNODE",
    (
        1,
        1,
    ): """STR LANG DATATYPE BOUND IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY HOURS
    MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC LANGDIR HASLANG
    HASLANGDIR SUBJECT PREDICATE OBJECT ISTRIPLE""",
    (2, 2): "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM ADJUST",
    (2, 3): "REGEX SUBSTR",
    (3, 3): "IF STRLANGDIR TRIPLE",
    (3, 4): "REPLACE",
    (0, 99): "CONCAT COALESCE",
}
_COUNTS = {name: count for count, names in _NAMED_BY_COUNT.items() for name in names.split()}
FUNCTIONS = set(_COUNTS)
_TOLERANT = {"BOUND", "COALESCE", "IF"}
_DEEPEST = 60


class Expressions(Reader):
    """Reads an expression, and what stands in it."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._leaves: list[Leaf] = []
        self._groups: list[Group] = []
        self._tolerant: set[str] = set()
        self._aggregate = False
        self._depth = 0

    def group(self) -> Group:
        """The group that comes next, in braces."""
        raise NotImplementedError

    def deeper(self, by: int) -> None:
        """Do not read what is nested so deeply that it would end this process."""
        self._depth += by
        if self._depth > _DEEPEST:
            raise Beyond

    def constraint(self) -> Expression:
        """What follows FILTER or HAVING: an expression in brackets, or a call."""
        if self.next.kind not in ("word", "name", "iri") or self.next.text in ("true", "false"):
            return self.bracketed()
        if self.is_iri() and self.tokens[self.at + 1].text != "(":
            self.iri()
            self.expect("(")
        return self._whole(self._primary)

    def bracketed(self) -> Expression:
        self.expect("(")
        found = self.expression()
        self.expect(")")
        return found

    def expression(self) -> Expression:
        parts: list[Expression] = []

        def read() -> None:
            self._and(parts)
            while self.sign("||"):
                parts.clear()
                self._and([])
                parts.clear()

        found = self._whole(read)
        return Expression(**{**vars(found), "parts": tuple(parts) if len(parts) > 1 else ()})

    def _whole(self, read: object) -> Expression:
        """What `read` reads, with what stands in it."""
        kept = self._leaves, self._groups, self._tolerant, self._aggregate
        self._leaves, self._groups, self._tolerant, self._aggregate = [], [], set(), False
        self.deeper(1)
        start = self.next.start
        read()  # type: ignore[operator]
        self.deeper(-1)
        found = Expression(
            start,
            self.tokens[self.at - 1].end,
            tuple(self._leaves),
            tuple(self._groups),
            (),
            frozenset(self._tolerant),
            self._aggregate,
        )
        self._leaves, self._groups, self._tolerant, self._aggregate = kept
        self._leaves += found.leaves
        self._groups += found.groups
        self._tolerant |= found.tolerant
        self._aggregate |= found.aggregate
        return found

    def _and(self, parts: list[Expression]) -> None:
        parts.append(self._whole(self._relation))
        while self.sign("&&"):
            parts.append(self._whole(self._relation))

    def _relation(self) -> None:
        self._sum()
        if self.sign("=", "!=", "<", ">", "<=", ">="):
            self._sum()
        elif self.is_word("IN", "NOT"):
            if self.word("NOT") and not self.is_word("IN"):
                self.fail()
            self.advance()
            self._list()

    def _sum(self) -> None:
        self._product()
        while self.sign("+", "-"):
            self._product()

    def _product(self) -> None:
        self._unary()
        while self.sign("*", "/"):
            self._unary()

    def _unary(self) -> None:
        while self.sign("!"):
            pass
        self.sign("+", "-")
        self._primary()

    def _list(self) -> None:
        self.expect("(")
        if not self.sign(")"):
            self.expression()
            while self.sign(","):
                self.expression()
            self.expect(")")

    def _primary(self) -> None:
        if self.sign("("):
            self.expression()
            self.expect(")")
        elif leaf := self.variable() or self.literal():
            self._leaves.append(leaf)
        elif self.is_iri():
            leaf = self.iri()
            call = self.next.text == "("
            self._leaves.append(Leaf(leaf.term, leaf.token, call))
            if call:
                self.calls.append(leaf)
                self._arguments()
        elif self.is_word("EXISTS", "NOT"):
            if self.word("NOT") and not self.is_word("EXISTS"):
                self.fail()
            self.advance()
            kept = self._leaves, self._groups, self._tolerant, self._aggregate
            self._leaves, self._groups, self._tolerant, self._aggregate = [], [], set(), False
            inner = self.group()  # what stands in its own expressions is theirs
            self._leaves, self._groups, self._tolerant, self._aggregate = kept
            self._groups.append(inner)
        elif self.next.kind == "word":
            self._call()
        else:
            self.fail()

    def _call(self) -> None:
        name = self.next.text.upper()
        if name not in FUNCTIONS | AGGREGATES:
            if self.tokens[self.at + 1].text != "(":
                self.tried += ["EXISTS", "NOT"]
                self.fail()
            near = tuple(words(name, FUNCTIONS | AGGREGATES))
            raise Mistake("function", self.next.start, near, word=self.next.text)
        self.advance()
        if name in AGGREGATES:
            self._aggregated(name)
            return
        first, word = len(self._leaves), self.tokens[self.at - 1]
        least, most = _COUNTS[name]
        found = self._bound() if name == "BOUND" else self._arguments()
        if not least <= found <= most:
            wanted = least if least == most else f"{least}–{most}"
            raise Mistake("arguments", word.start, word=name, found=found, wanted=wanted)
        if name in _TOLERANT:
            self._tolerant |= {leaf.name for leaf in self._leaves[first:]} | {""}

    def _aggregated(self, name: str) -> None:
        self.expect("(")
        self.word("DISTINCT")
        if not (name == "COUNT" and self.sign("*")):
            self.expression()
        if name == "GROUP_CONCAT" and self.sign(";"):
            if not self.word("SEPARATOR"):
                self.fail()
            self.expect("=")
            if self.next.kind != "string":
                self.fail()
            self.advance()
        self.expect(")")
        self._aggregate = True

    def _bound(self) -> int:
        self.expect("(")
        self._leaves.append(self.variable() or self.fail())
        self.expect(")")
        return 1

    def _arguments(self) -> int:
        """How many values a call has."""
        self.expect("(")
        self.word("DISTINCT")
        if self.sign(")"):
            return 0
        self.expression()
        count = 1
        while self.sign(","):
            self.expression()
            count += 1
        self.expect(")")
        return count
