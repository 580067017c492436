"""The query operation of the SPARQL 1.1 Protocol (section 2.1): from a request to what it asks, or why it is not."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trophees.base.language import LANGUAGES
from trophees.hosting.formats import PARAMETERS
from trophees.serve.backend.refusals import READ_ONLY, Refused

METHODS = "GET, HEAD, POST, OPTIONS"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_PARAMETERS = 200
_SWITCH = ("1", "0", "true", "false")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Question:
    """A query, the graphs that the request names (None if it names none at all), the formats that it wishes, and the
    language in which it wishes the graph, if it is to be in one; whether IRIs are to be `compact`, and the language of
    the `labels` that are to stand beside them, if any.
    """

    query: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    formats: tuple[str, ...] = field(default=())
    lang: str = ""
    compact: bool = False
    labels: str = ""

    @property
    def shaped(self) -> bool:
        """Whether it wishes what the playground, which has switches of its own, would not show."""
        return bool(self.lang or self.compact or self.labels)


def read(method: str, address: bytes, content_type: str = "", body: bytes = b"") -> Question | None:
    """What a request asks; None if a GET or HEAD has no query, which asks for the description of the service.

    `address` is what follows `?` in the address. Refused if it is no query, or more than one.
    """
    given = parameters(address, "the address")
    if method == "POST":
        type_, _, rest = content_type.partition(";")
        type_ = type_.strip().lower()
        if type_ == "application/sparql-update":
            raise Refused(403, READ_ONLY)
        if type_ not in (FORM, DIRECT):
            raise Refused(415, f"The type of a POST is {FORM} or {DIRECT}, not {type_ or 'missing'}")
        charset = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", rest, re.IGNORECASE)
        if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
            raise Refused(415, f"A query is in UTF-8, not in {charset[1][:40]}")
        if type_ == FORM:
            given += parameters(body, "the form")
        else:
            try:
                given.append(("query", body.decode("utf-8")))
            except UnicodeDecodeError as error:
                raise Refused(400, "The query is not in UTF-8", f"{body.count(10, 0, error.start) + 1}:1") from None
    if any(name == "update" for name, _ in given):
        raise Refused(403, READ_ONLY)
    queries = _values(given, "query")
    if not queries and method != "POST":
        return None
    if len(queries) != 1:
        raise Refused(400, f"Exactly one query is expected, not {len(queries)}")
    if "\0" in queries[0]:
        raise Refused(400, "The query has a null character")
    given = [(name, value) for name, value in given if value or not name.endswith("-graph-uri")]  # empty names none
    default, named = _graphs(given, "default-graph-uri"), _graphs(given, "named-graph-uri")
    chosen = bool(default or named)
    return Question(
        query=queries[0],
        default=default if chosen else None,
        named=named if chosen else None,
        formats=_wished(given),
        lang=_one(given, "lang", LANGUAGES, "the language in which the graph is shown"),
        compact=_one(given, "compact", _SWITCH, "whether rows have compact names") in ("1", "true"),
        labels=_one(given, "labels", LANGUAGES, "the language of the labels beside IRIs"),
    )


def _one(given: list[tuple[str, str]], name: str, allowed: Sequence[str], what: str) -> str:
    """The value of the parameter `name`, one of those `allowed`; empty if there is none."""
    found = {value for value in _values(given, name) if value}
    if len(found) > 1 or not found <= {*allowed}:
        raise Refused(400, f"{name} is one of {', '.join(allowed)}: {what}")
    return next(iter(found), "")


def wished(address: bytes) -> tuple[str, ...]:
    """The format that the parameters of an address wish for: one, or none."""
    return _wished(parameters(address, "the address"))


def graph(address: bytes) -> str | None:
    """The graph that a request for a graph names, empty for the default one; None if it names none at all.

    SPARQL 1.1 Graph Store HTTP Protocol, section 4.2. Refused if it names two.
    """
    given = address.split(b"&") if address else []
    default = sum(part.partition(b"=")[0] == b"default" for part in given)
    graphs = _graphs(parameters(address, "the address"), "graph")
    if default + len(graphs) > 1:
        raise Refused(400, "Name one graph: ?default or ?graph=IRI")
    return graphs[0] if graphs else "" if default else None


def parameters(text: bytes, where: str) -> list[tuple[str, str]]:
    """The names and values of a form, or of what follows `?` in an address. Refused if they cannot be read."""
    if broken := _BROKEN.search(text):
        raise Refused(400, f"A % of {where} is not followed by two hexadecimal digits, at byte {broken.start() + 1}")
    if text.count(b"&") >= _PARAMETERS:
        raise Refused(400, f"There are more than {_PARAMETERS} parameters in {where}")
    try:
        pairs = (part.partition(b"=") for part in text.split(b"&") if part)
        return [(_decoded(name), _decoded(value)) for name, _, value in pairs]
    except UnicodeDecodeError:
        raise Refused(400, f"The parameters of {where} are not in UTF-8") from None


def _decoded(text: bytes) -> str:
    """`text` of a form, of which each % is before two digits: as quoted-printable, which is read ten times as fast."""
    return binascii.a2b_qp(text.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")).decode("utf-8")


def _values(given: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in given if key == name)


def _wished(given: list[tuple[str, str]]) -> tuple[str, ...]:
    return next((found for name in PARAMETERS if (found := _values(given, name)[:1])), ())


def _graphs(given: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    found = _values(given, name)
    for iri in found:
        if not _IRI.fullmatch(iri):
            raise Refused(400, f"{name} is an absolute IRI, not “{iri[:80]}”")
    return found
