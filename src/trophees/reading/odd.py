"""Terms that are none by the letter (an IRI with a space, the language `fr_FR`), and what becomes of them.

Each costs at most itself: it is mended where there is no doubt, kept as a text, or left out; and it is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from trophees.base.errors import brief, harmless
from trophees.base.language import Both
from trophees.base.namespaces import RDF
from trophees.reading import rdf_xml

_NO_IRI = re.compile(r"""[\x00-\x20<>"{}|^`\\\x7f-\x9f\[\]]|%(?![0-9A-Fa-f]{2})""")
_HOST = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_TAG = re.compile(
    r"""(?s)\#[^\r\n]*|"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3}|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3}"""
    r"""|"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\\\r\n]|\\.)*+'|<[^<>\r\n]*>"""
    r"""|(?P<tag>(?<=["'])@[A-Za-z0-9_-]*)|_:nodeID://(?P<node>\w+)"""
)
_SHOWN = 3
_TAGGED = RDF + "langString"
Term = NamedNode | BlankNode | Literal | Triple


class Odd:
    """What was odd in one document: how many terms, and the first of them as they came."""

    def __init__(self) -> None:
        self.count = 0
        self.dropped = 0
        self.examples: list[str] = []
        self.texts: list[str] = []  # what is no IRI, in rows, where it is kept as a text
        self._iris: dict[str, NamedNode | None] = {}

    def note(self, text: str) -> None:
        """Count the odd term that was written `text`."""
        self.count += 1
        shown = brief(harmless(text), 60)
        if len(self.examples) < _SHOWN and shown not in self.examples:
            self.examples.append(shown)

    def sentence(self, name: str) -> Both | None:
        """What is said of it, of the document `name`; None if nothing was odd."""
        if not self.count:
            return None
        shown = ", ".join(self.examples) + (", …" if self.count > len(self.examples) else "")
        s = "s" if self.count > 1 else ""
        lost_fr = f" ; {self.dropped} fait(s) laissé(s) de côté" if self.dropped else ""
        lost_en = f"; {self.dropped} statement(s) left out" if self.dropped else ""
        return Both(
            f"{name} : {self.count} terme{s} mal écrit{s} ({shown}), corrigé{s} ou gardé{s} comme texte{lost_fr}"
            " (--strict les refuse)",
            f"{name}: {self.count} term{s} ill-formed ({shown}), mended or kept as text{lost_en}"
            " (--strict refuses them)",
        )

    def as_text(self, name: str) -> list[Both]:
        """What is said of the IRIs that are none, of the rows of `name`, in formats that tell an IRI from a text."""
        if not self.texts:
            return []
        shown = ", ".join(brief(harmless(text), 60) for text in list(dict.fromkeys(self.texts))[:_SHOWN])
        return [
            Both(
                f"{name} : {len(self.texts)} IRI mal écrite(s), gardée(s) comme texte ({shown}) (--strict les refuse)",
                f"{name}: {len(self.texts)} ill-formed IRI(s), kept as text ({shown}) (--strict refuses them)",
            )
        ]

    def iri(self, text: str) -> NamedNode | None:
        """The IRI that `text` is, its forbidden characters percent-encoded; None if it can be none."""
        if text not in self._iris:
            self._iris[text] = _iri(text)
        return self._iris[text]

    def languages(self, text: str) -> str:
        """The Turtle, or one of its kin, `text` with the language tags and blank nodes that it may have."""

        def mended(match: re.Match[str]) -> str:
            if match["node"]:
                return f"_:nodeID_{match['node']}"
            if not match["tag"]:
                return match[0]
            if match["tag"] == "@":
                self.note("@")
            found = self.tag(match["tag"][1:])
            return f"@{found}" if found else ""

        return _TAG.sub(mended, text)

    def tag(self, said: str) -> str:
        """The language tag that is written `said`, as it is valid; empty if there is none, as in XML."""
        found = language(said)
        if found != said:
            self.note(f"@{said}")
        return found

    def quads(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """`quads` that nobody validated, with terms that all are; those that cannot be mended are left out."""
        for quad in quads:
            parts = [self._term(term) for term in quad.triple]
            if parts[2] is None and isinstance(quad.object, NamedNode):
                parts[2] = Literal(quad.object.value)
            graph = self._term(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else quad.graph_name
            if None in parts or graph is None:
                self.dropped += 1
                continue
            yield Quad(*parts, graph)  # type: ignore[arg-type,call-arg]

    def _term(self, term: object) -> object:
        if isinstance(term, NamedNode):
            found = self.iri(term.value)
            if found is None or found.value != term.value:
                self.note(term.value)
            return found
        if isinstance(term, Literal) and term.language == rdf_xml.NO_LANGUAGE:
            return Literal(term.value)
        if isinstance(term, Literal) and term.language:
            tag = language(term.language)
            if tag.lower() != term.language.lower():
                self.note("@" + term.language)
                return Literal(term.value, language=tag) if tag else Literal(term.value)
        elif isinstance(term, Literal):
            datatype = self._term(term.datatype)
            if datatype != term.datatype:
                return (
                    Literal(term.value, datatype=datatype) if isinstance(datatype, NamedNode) else Literal(term.value)
                )
        elif isinstance(term, Triple):
            parts = [self._term(part) for part in term]
            return None if None in parts else Triple(*parts)  # type: ignore[arg-type]
        return term


def parsed(data: bytes, form: RdfFormat, base: str | None, odd: Odd, *, strict: bool = False) -> Iterator[Quad]:
    """The quads of `data`, all of whose terms are valid. Terms that are not are told to `odd`; SyntaxError if `strict`.

    A parser of JSON-LD leaves out what is odd without a word, so there it is always looked for.
    """
    if form != RdfFormat.JSON_LD:
        try:
            for _ in parse(data, format=form, base_iri=base):
                pass
            return parse(data, format=form, base_iri=base)
        except SyntaxError as error:
            if strict:
                raise
            refused = error
        if form == RdfFormat.RDF_XML:
            data = rdf_xml.languages(data, odd.tag)
        else:
            data = odd.languages(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        try:
            for quad in parse(data, format=form, base_iri=base, lenient=True):
                if _untagged(quad.object):
                    raise refused
        except SyntaxError:
            raise refused from None
    return odd.quads(parse(data, format=form, base_iri=base, lenient=True))


def _untagged(term: Term) -> bool:
    """Whether a literal says that it is in a language, and not in which: nothing tells what it means."""
    return isinstance(term, Literal) and term.datatype.value == _TAGGED and not term.language


def language(tag: str) -> str:
    """The BCP 47 tag that `tag` surely means: `fr-FR` for `fr_FR`; empty if there is none."""
    plain = tag.replace("_", "-").rstrip("-")
    if not _LANGUAGE.fullmatch(plain):
        return ""
    try:
        Literal("", language=plain)
    except ValueError:
        return ""
    return plain


def _iri(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:
        pass
    host = _HOST.match(text.strip())
    start = host.end() if host else 0
    plain = text.strip()
    try:
        return NamedNode(plain[:start] + _NO_IRI.sub(_encoded, plain[start:]))
    except ValueError:
        return None


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
