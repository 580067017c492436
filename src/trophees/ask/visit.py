"""Whether what a catalogue names is there: every address on its host is asked, as a portal would, and compared."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from trophees.ask.transport import LARGEST, Request, Response, check, origin, send, shown
from trophees.base.errors import UserError, harmless
from trophees.base.language import Both, filled
from trophees.base.namespaces import DCAT, FOAF, VOID

SECONDS = 60.0  # for an answer
_CATALOGUE = 1 << 26  # bytes
_ADDRESSES = 10_000
_SPDX = "http://spdx.org/rdf/terms#"
_VCARD = "http://www.w3.org/2006/vcard/ns#"
_EXTENSIONS = {"ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
_FILES = (DCAT + "downloadURL", DCAT + "accessURL", VOID + "dataDump")
_ENDPOINTS = (DCAT + "endpointURL", VOID + "sparqlEndpoint")
_PAGES = (DCAT + "landingPage", DCAT + "endpointDescription", FOAF + "page", FOAF + "homepage", _VCARD + "hasURL")
_ASK = "?query=" + quote("ASK {}", safe="")

# what an address is, and what may be wrong with it
FILE = Both("fichier", "file")
ENDPOINT = Both("point d’accès", "endpoint")
PAGE = Both("page", "page")
_OTHER_HOST = Both(
    "un autre hôte que celui du catalogue : construisez le site pour son adresse (--site-url)",
    "another host than the catalogue's: build the site for its address (--site-url)",
)
_STATUS = Both("200 est attendu", "200 is expected")
_SIZE = Both("{size} octets, le catalogue en annonce {told}", "{size} bytes, the catalogue says {told}")
_SUM = Both("l’empreinte {name} n’est pas celle du catalogue", "the checksum {name} is not the catalogue's")
_ANSWER = Both("ce n’est pas la réponse d’un point d’accès SPARQL", "this is no answer of a SPARQL endpoint")
_NOT_ASKED = Both("sur un autre hôte : pas interrogé", "on another host: not asked")


@dataclass(frozen=True)
class Visit:
    """What came of asking `url`: the status (0 if there was no answer), and what is wrong, else nothing.

    An endpoint that somebody said to be elsewhere is not asked, as `note` says.
    """

    url: str
    what: Both
    status: int = 0
    fault: Both | None = None
    note: Both | None = None


@dataclass(frozen=True)
class _Promised:
    """What the catalogue says of a file: sizes in bytes, and checksums in hexadecimal with their algorithms."""

    sizes: frozenset[int] = frozenset()
    sums: frozenset[tuple[str, str]] = frozenset()


def visits(url: str, seconds: float = SECONDS) -> Iterator[Visit]:
    """Ask every address that the catalogue of the site at `url` names, pages of licences left out, in their order.

    `url` is that of the site or of its catalogue. Nothing but its host is asked. UserError if there is no catalogue.
    """
    check(url)
    if urlsplit(url).path.rpartition(".")[2] not in _EXTENSIONS:
        url = url.partition("#")[0].partition("?")[0].rstrip("/") + "/catalog.ttl"
    values = _catalogue(url, seconds)
    files = _files(values)
    addresses = [(FILE, address) for address in files]
    for what, names in ((ENDPOINT, _ENDPOINTS), (PAGE, _PAGES)):
        addresses += [(what, address) for address in sorted({v for name in names for _, v in values[name]} - {""})]
    asked: set[str] = set()
    if len(addresses) > _ADDRESSES:
        raise UserError(f"{shown(url)}: the catalogue names more than {_ADDRESSES} addresses")
    for what, address in addresses:
        if address not in asked:
            asked.add(address)
            yield _visit(what, address, files.get(address, _Promised()), origin(url), seconds)


def _catalogue(url: str, seconds: float) -> Mapping[str, list[tuple[str, str]]]:
    """What the catalogue says: the subjects and the values of each property."""
    wanted = {"Accept": "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8"}
    answer = send(Request(url, wanted, follow="host", most=_CATALOGUE), time.monotonic() + seconds)
    if answer.status != 200:
        raise UserError(f"{shown(url)}: no catalogue is here ({answer.status})")
    form = RdfFormat.from_media_type(answer.media_type) or _EXTENSIONS.get(urlsplit(url).path.rpartition(".")[2])
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    try:
        for quad in parse(answer.body, format=form, base_iri=url):
            value = quad.object.value if isinstance(quad.object, NamedNode | Literal) else str(quad.object)
            found[quad.predicate.value].append((str(quad.subject).strip("<>"), value))
    except (SyntaxError, ValueError, OSError) as error:
        raise UserError(f"{shown(url)}: no catalogue in RDF ({harmless(str(error))[:200]})") from None
    if not any(found[name] for name in (*_FILES, *_ENDPOINTS)):
        raise UserError(f"{shown(url)}: the catalogue names neither files nor an endpoint")
    return found


def _files(values: Mapping[str, list[tuple[str, str]]]) -> dict[str, _Promised]:
    """The addresses of files, in their order, with what is told of each."""

    def of(name: str) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for subject, value in values.get(name, ()):
            found[subject].add(value)
        return found

    sizes, sums = of(DCAT + "byteSize"), of(_SPDX + "checksum")
    algorithms, texts = of(_SPDX + "algorithm"), of(_SPDX + "checksumValue")
    found: dict[str, _Promised] = {}
    for address, file in sorted({(value, subject) for name in _FILES for subject, value in values.get(name, ())}):
        said = found.get(address, _Promised())
        known = {
            (algorithm.rpartition("_")[2].lower(), text.lower())
            for checksum in sums.get(file, ())
            for algorithm in algorithms.get(checksum, ())
            for text in texts.get(checksum, ())
        }
        numbers = {int(size) for size in sizes.get(file, ()) if size.isdecimal() and len(size) < 15}
        found[address] = _Promised(said.sizes | numbers, said.sums | known)
    return found


def _visit(what: Both, address: str, told: _Promised, host: tuple[str, str, int | None], seconds: float) -> Visit:
    try:
        if origin(address) != host:
            note, fault = (_NOT_ASKED, None) if what is ENDPOINT else (None, _OTHER_HOST)
            return Visit(address, what, fault=fault, note=note)
        check(address)
        most = min(max(told.sizes, default=LARGEST), LARGEST)
        asked = address + _ASK * (what is ENDPOINT)
        request = Request(asked, {}, follow="host" if what is PAGE else "nowhere", most=most)
        answer = send(request, time.monotonic() + seconds)
    except UserError as error:
        text = str(error).removeprefix(f"{shown(address)}: ")
        return Visit(address, what, fault=Both(text, text))
    except ValueError:
        return Visit(address, what, fault=Both("ce n’est pas une adresse", "this is no address"))
    return Visit(address, what, answer.status, _fault(what, answer, told))


def _fault(what: Both, answer: Response, told: _Promised) -> Both | None:
    if answer.status != 200:
        return _STATUS
    if what is ENDPOINT and b"true" not in answer.body[:10_000]:
        return _ANSWER
    if any(size != len(answer.body) for size in told.sizes):
        return filled(_SIZE, size=len(answer.body), told=min(told.sizes))
    known = hashlib.algorithms_guaranteed - {"shake_128", "shake_256"}
    wrong = (n for n, text in sorted(told.sums) if n in known and hashlib.new(n, answer.body).hexdigest() != text)
    return next((filled(_SUM, name=name) for name in wrong), None)
