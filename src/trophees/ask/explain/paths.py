"""The triple patterns of a query, with its property paths (SPARQL 1.1, rules 75 to 106)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Either

from pyoxigraph import NamedNode, Variable

from trophees.ask.explain.expressions import Expressions
from trophees.ask.explain.reader import Mistake
from trophees.ask.explain.tree import Leaf, Pattern
from trophees.base.errors import brief
from trophees.base.namespaces import RDF

_TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True)
class Path:
    """A path: a step, a sequence of paths, a path turned round, or any other, of which only the names are known."""

    kind: Either["step", "sequence", "inverse", "other"]
    steps: tuple[Path, ...] = ()
    leaf: Leaf | None = None

    def names(self) -> tuple[Leaf, ...]:
        return (self.leaf,) if self.leaf else tuple(name for step in self.steps for name in step.names())


class Paths(Expressions):
    """Reads triple patterns."""

    def triples(self) -> list[Pattern]:
        """The patterns that come next, as many as there are."""
        found: list[Pattern] = []
        while self.begins_term() or self.next.text in ("(", "["):
            self._same_subject(found)
            if self.sign("."):
                continue
            if self.begins_term() or self.next.text in ("(", "["):
                raise Mistake("dot", self.next.start, word=brief(self.next.text, 40))
            break
        return found

    def begins_term(self) -> bool:
        token = self.next
        return token.kind in ("var", "iri", "name", "blank", "string", "number") or token.text in ("true", "false")

    def _same_subject(self, found: list[Pattern]) -> None:
        alone = self.next.text in ("(", "[") and self.tokens[self.at + 1].text not in (")", "]")
        subject = self.node(found)
        if alone and not self._begins_verb():
            return  # [ … ] may stand alone, [] may not
        self._properties(subject, found)

    def _begins_verb(self) -> bool:
        return self.next.kind in ("var", "iri", "name") or self.next.text in ("a", "^", "!", "(")

    def _properties(self, subject: Leaf, found: list[Pattern]) -> None:
        while True:
            if not self._begins_verb():
                self.fail()
            path = self._verb()
            if not (self.begins_term() or self.next.text in ("(", "[", "-", "+")):
                self.fail()
            self._joined(subject, path, self.node(found), found)
            while self.sign(","):
                self._joined(subject, path, self.node(found), found)
            if self.next.text == "/":
                self.fail()
            if not self.sign(";"):
                return
            while self.sign(";"):
                pass
            if not self._begins_verb():
                return

    def _verb(self) -> Path:
        if leaf := self.variable():
            return Path("step", leaf=leaf)
        return self._alternatives()

    def _alternatives(self) -> Path:
        self.deeper(1)
        found = [self._sequence()]
        while self.sign("|"):
            found.append(self._sequence())
        self.deeper(-1)
        return found[0] if len(found) == 1 else Path("other", tuple(found))

    def _sequence(self) -> Path:
        found = [self._element()]
        while self.sign("/"):
            found.append(self._element())
        return found[0] if len(found) == 1 else Path("sequence", tuple(found))

    def _element(self) -> Path:
        if self.sign("^"):
            return Path("inverse", (self._repeated(),))
        return self._repeated()

    def _repeated(self) -> Path:
        found = self._step()
        if self.sign("*", "+", "?"):
            return Path("other", (found,))
        return found

    def _step(self) -> Path:
        if self.sign("("):
            found = self._alternatives()
            self.expect(")")
            return found
        if self.sign("!"):
            if not self.sign("("):
                return Path("other", (self._negated(),))
            steps = [] if self.next.text == ")" else [self._negated()]
            while self.sign("|"):
                steps.append(self._negated())
            self.expect(")")
            return Path("other", tuple(steps))
        return self._name()

    def _negated(self) -> Path:
        self.sign("^")
        return self._name()

    def _name(self) -> Path:
        if self.next.kind == "word" and self.next.text == "a":
            return Path("step", leaf=Leaf(_TYPE, self.advance()))
        return Path("step", leaf=self.iri())

    def _joined(self, subject: Leaf, path: Path, object: Leaf, found: list[Pattern]) -> None:
        """The patterns that `path` between two terms stands for."""
        if path.kind == "step" and path.leaf:
            named = () if isinstance(path.leaf.term, Variable) else (path.leaf,)
            found.append(Pattern(subject, path.leaf, object, named))
        elif path.kind == "inverse":
            self._joined(object, path.steps[0], subject, found)
        elif path.kind == "sequence":
            for number, step in enumerate(path.steps):
                last = number == len(path.steps) - 1
                names = step.names()
                between = object if last else self.fresh(names[-1].token if names else object.token)
                self._joined(subject, step, between, found)
                subject = between
        else:
            found.append(Pattern(subject, None, object, path.names()))

    def node(self, found: list[Pattern]) -> Leaf:
        """A term of a pattern; what a collection or [ … ] says besides is added to `found`."""
        token = self.next
        if leaf := self.variable() or self.literal():
            return leaf
        if token.kind == "blank":
            self.advance()
            return Leaf(Variable(f"__{token.text[2:].replace('.', '_').replace('-', '_').replace('·', '_')}_"), token)
        if token.text == "[":
            self.deeper(1)
            self.advance()
            leaf = self.fresh(token)
            if self.next.text != "]":
                self._properties(leaf, found)
            self.expect("]")
            self.deeper(-1)
            return leaf
        if token.text == "(":
            return self._collection(found)
        return self.iri()

    def _collection(self, found: list[Pattern]) -> Leaf:
        self.deeper(1)
        leaf = self.fresh(self.advance())
        while not self.sign(")"):
            member = self.node(found)
            found.append(Pattern(leaf, None, member))
        self.deeper(-1)
        return leaf
