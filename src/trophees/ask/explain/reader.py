"""A reader of the tokens of a query, up to its terms: IRIs, literals, variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn

from pyoxigraph import Literal, NamedNode, RdfFormat, Variable, parse

from trophees.ask.explain.nearest import words
from trophees.ask.explain.tokens import Token, place, tokens
from trophees.ask.explain.tree import Leaf
from trophees.ask.text import unescaped
from trophees.base.errors import brief
from trophees.base.namespaces import RDF, XSD

_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
# up to a backslash that means nothing (SPARQL 1.1, rules 156 to 160)
_WRONG = re.compile(r"""(?s)(?:[^\\]|\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))*+\\.""")
_SPACES = {"\u00a0", "\u202f", "\u2007", "\u2009", "\u3000", "\ufeff", "\u200b"}
_QUOTES = set("“”„«»‘’‚")
_FOREIGN = {"AND": ("&&",), "OR": ("||",)}  # what other languages say
_ENDING = {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"}  # words that stand after the braces
_BRACKETS = {"{": "}", "(": ")", "[": "]"}


class Mistake(Exception):  # noqa: N818 - the reader's
    """Why a query is no SPARQL: the key of a sentence, what stands in it, and where; `near` may be meant."""

    def __init__(self, key: str, at: int, near: tuple[str, ...] = (), **values: object) -> None:
        super().__init__(key)
        self.key, self.at, self.near, self.values = key, at, near, values


class Beyond(Exception):  # noqa: N818
    """The query says what this reader does not read, and an engine may."""


class Reader:
    """The tokens of a query from first to last; `prefixes` are those that need no declaration."""

    def __init__(self, text: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
        self.text = text
        self.tokens = tokens(text, prefixes)
        self.at = 0
        self.prefixes = dict(prefixes)
        self.base = base
        self.tried: list[str] = []  # the keywords that could have stood here
        self.opened: list[Token] = []
        self._fresh = 0
        self.datatypes: list[Leaf] = []  # of the literals, as they come
        self.calls: list[Leaf] = []  # of functions that have an IRI

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def advance(self) -> Token:
        token = self.next
        if token.text in ("{", "(", "["):
            self.opened.append(token)
        elif token.text in ("}", ")", "]"):
            if not self.opened or _BRACKETS[self.opened[-1].text] != token.text:
                self.fail()
            self.opened.pop()
        self.at += 1
        self.tried.clear()
        return token

    def sign(self, *signs: str) -> Token | None:
        """The next token, if it is one of these signs."""
        return self.advance() if self.next.kind == "sign" and self.next.text in signs else None

    def is_word(self, *words: str) -> bool:
        """Whether the next token is one of these keywords."""
        self.tried += words
        return self.next.kind == "word" and self.next.text.upper() in words

    def word(self, *words: str) -> Token | None:
        return self.advance() if self.is_word(*words) else None

    def expect(self, sign: str) -> Token:
        if found := self.sign(sign):
            return found
        token = self.next
        if token.kind in ("var", "string", "number") or token.text.upper() in _FOREIGN:
            near = _FOREIGN.get(token.text.upper(), ())
            raise Mistake("expected", token.start, near, sign=sign, word=token.text)
        return self.fail()

    def fail(self) -> NoReturn:
        """Say what is wrong with the next token, by what it is."""
        token, before = self.next, self.tokens[self.at - 1] if self.at else None
        if token.kind == "end":
            if self.opened:
                open_ = self.opened[-1]
                line, column = place(self.text, open_.start)
                raise Mistake("unclosed", token.start, word=open_.text, line=line, column=column)
            raise Mistake("ended" if self.at else "empty", token.start)
        if token.kind == "open":
            raise Mistake("string", token.start)
        if token.text == "<" and (iri := re.compile(r"<[^<>\r\n]{1,200}>").match(self.text, token.start)):
            raise Mistake("iri", token.start, word=iri[0])
        closing = token.text in _BRACKETS.values() or token.text.upper() in _ENDING
        if closing and self.opened and _BRACKETS[self.opened[-1].text] != token.text:
            open_ = self.opened[-1]
            line, column = place(self.text, open_.start)
            raise Mistake("unclosed", token.start, word=open_.text, line=line, column=column)
        if token.kind == "odd":
            key = "space" if token.text in _SPACES else "quotes" if token.text in _QUOTES else "odd"
            raise Mistake(key, token.start, word=token.text, code=f"{ord(token.text):04X}")
        if token.text in ("<<", "<<(", "{|", "~"):
            raise Beyond
        if before and before.kind == "sign" and before.text == "/" and before.end == token.start:
            self._slash(self.at - 1)
        if token.text == "/" and before and before.end == token.start:
            self._slash(self.at)
        near = words(token.text.upper(), self.tried) if token.kind == "word" else ()
        raise Mistake("unexpected", token.start, tuple(near), word=brief(token.text, 40))

    def _slash(self, at: int) -> None:
        """Say how a slash is written, if the token `at` is one inside of what is meant to be a compact name."""
        name = self.tokens[at - 1]
        rest = re.compile(r"(?![\w/.-]*:)[\w/.-]*\w").match(self.text, self.tokens[at].end)
        if name.kind == "name" and name.end == self.tokens[at].start and rest:
            written = name.text + "\\/" + rest[0].replace("/", "\\/")
            raise Mistake("slash", name.start, word=written)

    # terms

    def fresh(self, token: Token) -> Leaf:
        """A variable that nobody has named, for a blank node."""
        self._fresh += 1
        return Leaf(Variable(f"__{self._fresh}"), token)

    def is_iri(self) -> bool:
        return self.next.kind in ("name", "iri")

    def iri(self) -> Leaf:
        if not self.is_iri():
            self.fail()
        token = self.next
        value = self._absolute(token) if token.kind == "iri" else self._expanded(token)
        try:
            node = NamedNode(value)
        except ValueError:
            raise Mistake("iri", token.start, word=token.text) from None
        self.advance()
        return Leaf(node, token)

    def _absolute(self, token: Token) -> str:
        value = token.text[1:-1]
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value):
            return value
        if self.base is None:
            raise Mistake("relative", token.start, word=token.text)
        try:
            (told,) = parse(f"{token.text} <a:a> <a:a> .", format=RdfFormat.TURTLE, base_iri=self.base)
        except (SyntaxError, ValueError):
            raise Mistake("iri", token.start, word=token.text) from None
        assert isinstance(told.subject, NamedNode)
        return told.subject.value

    def _expanded(self, token: Token) -> str:
        prefix, _, local = token.text.partition(":")
        if prefix not in self.prefixes:
            raise Mistake("prefix", token.start, word=prefix, local=plain_local(local))
        return self.prefixes[prefix] + plain_local(local)

    def literal(self) -> Leaf | None:
        """The literal that comes next, if one does."""
        token = self.next
        if token.kind == "string":
            self.advance()
            if wrong := _WRONG.match(token.text):
                raise Mistake("backslash", token.start + wrong.end() - 2, word=wrong[0][-2:])
            value = _string(token.text)
            if not value.isprintable() and any("\ud800" <= c <= "\udfff" for c in value):  # half a character
                raise Beyond
            if self.next.kind == "language":
                language = self.advance()
                last = Token("literal", self.text[token.start : language.end], token.start, language.end)
                try:
                    return Leaf(Literal(value, language=language.text[1:].partition("--")[0]), last)
                except ValueError:
                    raise Beyond from None
            if self.sign("^^"):
                datatype = self.iri()
                end = datatype.token.end
                whole = Token("literal", self.text[token.start : end], token.start, end)
                assert isinstance(datatype.term, NamedNode)
                if datatype.term.value in (RDF + "langString", RDF + "dirLangString"):
                    raise Beyond
                self.datatypes.append(datatype)
                return Leaf(Literal(value, datatype=datatype.term), whole)
            return Leaf(Literal(value), token)
        minus = token.kind == "sign" and token.text in "+-" and self.tokens[self.at + 1].kind == "number"
        if token.kind == "number" or minus:
            first = self.advance() if minus else token
            number = self.advance()
            text = (first.text if minus else "") + number.text
            kind = "double" if "e" in text.lower() else "decimal" if "." in text else "integer"
            whole = Token("literal", text, first.start, number.end)
            return Leaf(Literal(text, datatype=NamedNode(f"{XSD}{kind}")), whole)
        if token.text in ("true", "false"):
            return Leaf(Literal(token.text, datatype=NamedNode(XSD + "boolean")), self.advance())
        return None

    def variable(self) -> Leaf | None:
        if self.next.kind != "var":
            return None
        token = self.advance()
        return Leaf(Variable(token.text[1:]), token)


def plain_local(local: str) -> str:
    """A local name without its escapes (rule 173)."""
    return re.sub(r"\\(.)", r"\1", local)


def _string(text: str) -> str:
    size = 3 if text[:3] in ('"""', "'''") else 1
    body = unescaped(text[size:-size])
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[0]), body, flags=re.DOTALL)
