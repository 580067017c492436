"""A question to any SPARQL endpoint (SPARQL 1.1 Protocol), and its answer, checked, as the embedded engine gives it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)

from trophees.ask import partial, received
from trophees.ask import text as sparql
from trophees.ask.answer import short
from trophees.ask.compact_names import typed_place, whole
from trophees.ask.credentials import Credentials
from trophees.ask.engine import Result
from trophees.ask.question import Question
from trophees.ask.transport import Request, Response, check, send, shown
from trophees.base.errors import UserError, harmless
from trophees.base.language import Both

SECONDS = 60.0
_LONGEST_WAIT = 86400
_LONGEST_GET = 2000  # characters of an address that every server, proxy and log takes
_POSTED = "application/x-www-form-urlencoded"
_ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_TRIPLES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
    "text/xml": RdfFormat.RDF_XML,
}
_SAID = 20_000  # bytes of a refusal that are read
_VAGUE = ("", "text/plain", "application/octet-stream")  # media types that say nothing
_ACCEPTED = {"rows": list(_ROWS)[:3], "triples": list(_TRIPLES)[:4]}
_HTML = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_PLACE = re.compile(r"(?:error at (\d+):(\d+): )|(?i:\bline[: ]+(\d+)(?:[, ]+(?:at )?col(?:umn)?[.: ]+(\d+))?)")


class Remote:
    """The repository behind the SPARQL endpoint at `url`, each answer within `seconds`.

    Whole answers are read and found well-formed. UserError if `url` is no address, or there is no answer, in one
    sentence that names the place in the question where the endpoint does.
    """

    def __init__(
        self,
        url: str,
        prefixes: Mapping[str, str] | None = None,
        seconds: float = SECONDS,
        *,
        strict: bool = False,
        credentials: Credentials | None = None,
    ) -> None:
        check(url)
        if not 0 < seconds <= _LONGEST_WAIT:
            raise UserError(f"timeout {seconds}: a number of seconds up to {_LONGEST_WAIT} is expected")
        self.url = url
        self.prefixes = dict(prefixes or {})
        self.seconds = seconds
        self.strict = strict
        self.credentials = credentials
        self.said: list[Both] = []
        self.as_text: list[Both] = []

    def ask(self, question: Question) -> Result:
        """The answer; triples come as a list."""
        text = sparql.escaped(question.text, self.prefixes)
        form = sparql.form(text)
        if not form:
            raise UserError(f"{question.name}: a SELECT, ASK, CONSTRUCT or DESCRIBE is expected")
        try:
            text = sparql.bound(text, question.values)
        except ValueError as error:
            raise UserError(f"{question.name}: {error}") from None
        text, lines = sparql.declared(text, self.prefixes)
        kind = "triples" if form in ("CONSTRUCT", "DESCRIBE") else "rows"
        until = time.monotonic() + self.seconds
        response = _negotiated(self.url, text, _ACCEPTED[kind], until, self.credentials)
        if response.status == 400 and (plain := whole(text, self.prefixes)) != text:
            again = _negotiated(self.url, plain, _ACCEPTED[kind], until, self.credentials)
            response = again if again.status == 200 else response
        if response.status not in (200, 206):
            raise self._refused(response, question, lines)
        name = shown(self.url)
        written = _form(response, kind, name)
        try:
            found = received.read(response.body, written, until, strict=self.strict)
        except UserError as error:
            raise UserError(f"{name}: {error}") from None
        if kind == "rows" and isinstance(found.result, QueryBoolean) != (form == "ASK"):
            given, asked = ("rows", "an ASK") if form == "ASK" else ("true or false alone", "a SELECT")
            raise UserError(f"{name}: answers {asked} with {given}")
        part = partial.told(response.status, response.headers, response.body, question.text)
        noted = part.sentence(name, found.size() if part.most is not None else None), found.odd.sentence(name)
        self.said, self.as_text = [note for note in noted if note], found.odd.as_text(name)
        if self.strict and (refused := self.said + self.as_text):
            raise UserError(refused[0]["en"])
        return found.result

    def _refused(self, response: Response, question: Question, lines: int) -> UserError:
        """Why there is no answer; what is a mistake for everyone is told in the words that it has everywhere."""
        if response.status == 400:
            from trophees.ask.explain.mistakes import mistake as of_query
            from trophees.base.language import locale

            told = of_query(question.text, SyntaxError(), self.prefixes)
            if told and told.certain:
                return told.error(question.name, locale())
        return UserError(_refusal(response, self.url, question, lines, self.prefixes))

    def describe(self, thing: NamedNode) -> list[Triple]:
        """What any graph says of `thing`, each triple once, in the order of the N-Triples lines.

        The default graph of an endpoint may be the union of the named ones, or one more.
        """
        said = f"{thing} ?p ?o"
        text = f"CONSTRUCT {{ {said} }} WHERE {{ {{ {said} }} UNION {{ GRAPH ?g {{ {said} }} }} }}"
        found = self.ask(Question("description", text))
        assert isinstance(found, list)  # as triples come
        return sorted(set(found), key=str)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads of named graphs that have these terms, in no order. Blank nodes are those of this answer alone."""
        given = dict(zip("spog", (subject, predicate, object, graph), strict=True))
        s, p, o, g = (str(term) if term else f"?{name}" for name, term in given.items())
        found = self.ask(Question("quads", f"SELECT * {{ GRAPH {g} {{ {s} {p} {o} }} }}"))
        assert isinstance(found, QuerySolutions)
        for row in found:
            terms = (term or row[name] for name, term in given.items())
            yield Quad(*terms)  # type: ignore[arg-type]  # an endpoint has no other terms there


def _negotiated(url: str, text: str, accepted: list[str], until: float, credentials: Credentials | None) -> Response:
    """The answer in one of the formats, each asked for alone of an endpoint that understands no list of them."""
    weights = ("", ";q=0.9", ";q=0.7", ";q=0.5")
    request = _request(url, text, ", ".join(map("".join, zip(accepted, weights, strict=False))))
    request = replace(request, credentials=credentials)
    response = send(request, until)
    if response.status in (405, 414, 431) and request.body is None:  # it takes no GET, or none so long
        request = replace(_posted(url, text, request.headers), credentials=credentials)
        response = send(request, until)
    for accept in (*accepted, "*/*"):
        if response.status != 406:
            break
        response = send(replace(request, headers={**request.headers, "Accept": accept}), until)
    return response


def agent() -> str:
    """Who we say that we are."""
    from importlib.metadata import version

    return f"trophees/{version('trophees')} (+https://w3id.org/trophees-participation/)"


def _request(url: str, text: str, accept: str) -> Request:
    """GET, or POST what makes an address too long (section 2.1)."""
    headers = {"Accept": accept, "User-Agent": agent()}
    parts = urlsplit(encoded(url))
    query = "&".join(filter(None, (parts.query, urlencode({"query": text}, quote_via=quote))))
    whole = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))
    return Request(whole, headers) if len(whole) <= _LONGEST_GET else _posted(url, text, headers)


def _posted(url: str, text: str, headers: dict[str, str]) -> Request:
    parts = urlsplit(encoded(url))
    whole = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
    body = urlencode({"query": text}, quote_via=quote).encode()
    return Request(whole, {**headers, "Content-Type": _POSTED}, body)


def encoded(url: str) -> str:
    """`url`, which `transport.check` lets pass, as it is sent: the host's name in IDNA, the rest percent-encoded."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return urlunsplit(
        parts._replace(
            netloc=host, path=quote(parts.path, "%/:@!$&'()*+,;=~"), query=quote(parts.query, "%/:?@!$&'()*+,;=~[]")
        )
    )


def _form(response: Response, kind: str, name: str) -> QueryResultsFormat | RdfFormat:
    """The format of the answer; UserError if it is a web page, or in another format than one that was asked for."""
    if page := _page(response):
        raise UserError(f"{name}: answers with a web page{page}, not with results: is it the endpoint's own address?")
    known: Mapping[str, QueryResultsFormat | RdfFormat] = _ROWS if kind == "rows" else _TRIPLES
    form = known.get(response.media_type)
    if response.media_type in _VAGUE:
        form = _looks_like(response.body, kind)
    if form is None:
        given = harmless(response.media_type[:80]) or "no media type"
        raise UserError(f"{name}: answers with {given}, not with {kind} in one of: {', '.join(_ACCEPTED[kind])}")
    return form


def _looks_like(body: bytes, kind: str) -> QueryResultsFormat | RdfFormat | None:
    start = body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return QueryResultsFormat.JSON if kind == "rows" else RdfFormat.JSON_LD
    if start.startswith((b"<?xml", b"<sparql", b"<rdf:RDF")):
        return QueryResultsFormat.XML if kind == "rows" else RdfFormat.RDF_XML
    return RdfFormat.TURTLE if kind == "triples" else None  # N-Triples are Turtle


def _page(response: Response) -> str:
    """The title of a web page, in quotes, or that it has none; empty if the answer is something else."""
    if response.media_type not in ("text/html", "application/xhtml+xml") and not _HTML.match(response.body[:2000]):
        return ""
    title = _TITLE.search(response.body[:20000].decode("utf-8", "replace"))
    return f" (“{short(unescape(title[1]), 80)}”)" if title else " (without a title)"


def _refusal(response: Response, url: str, question: Question, lines: int, prefixes: Mapping[str, str]) -> str:
    """What the endpoint says against the question, or what its status means."""
    status, place, name = response.status, shown(url), question.name
    if status == 400:
        at, said = mistake(response, lines)
        at = typed_place(at, question.text, prefixes)
        if not said:
            return f"{place}: finds the question at fault (400), and does not say why"
        return f"{name}:{at}: {said}" if at else f"{name}: {said}"
    said = message(response)
    colon = f": {said}" if said else ""
    if status in (401, 403, 407):
        return f"{place}: asks for credentials, or does not take them ({status}): write them in ~/.netrc"
    if status in (404, 410):
        return f"{place}: there is no endpoint ({status})"
    if status == 406:
        return f"{place}: has none of the formats (406): {', '.join(_ACCEPTED['rows'])}, or those of RDF"
    if status in (429, 502, 503, 504):
        return f"{place}: busy, or out of order ({status}){colon}"
    return f"{place}: failed ({status}){colon}"


def mistake(response: Response, lines: int) -> tuple[str, str]:
    """Where an endpoint finds a question at fault (`line:column`, `line` or nothing), and what it says of it.

    It is counted in the question without the `lines` put before it.
    """
    said = message(response)
    found = _PLACE.search(said)
    line = int(found[1] or found[3]) - lines if found else 0
    if not found or line < 1:
        return "", said
    column = found[2] or found[4]
    if found[1]:
        said = said[: found.start()] + said[found.end() :]
    else:
        said = said[: found.start(3)] + str(line) + said[found.end(3) :]
    return f"{line}:{column}" if column else str(line), said


def message(response: Response) -> str:
    """The message in the body of an error, on one short line: plain, the text of a page, or a member of JSON."""
    text = response.body[:_SAID].decode("utf-8", "replace")
    if response.media_type.endswith("json"):
        try:
            told = json.loads(response.body) if len(response.body) <= _SAID else None
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, dict):  # as RFC 9457, or as servers have it
            members = (told.get(key) for key in ("detail", "message", "error", "title"))
            text = next((member for member in members if isinstance(member, str)), "")
            place = told.get("line"), told.get("column")
            if all(isinstance(number, int) for number in place):  # as trophees serve has it
                text = "error at {}:{}: {}".format(*place, text)
    elif _page(response) or response.media_type.endswith("xml"):
        text = unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?is)<(script|style|head)\b.*?</\1>", " ", text)))
    return short(text)
