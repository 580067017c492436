"""HTTP for a client that trusts no server: a time limit for everything, a size limit, few redirects, few retries."""

from __future__ import annotations

import re
import socket
import ssl
import time
import urllib.request
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException, HTTPResponse
from threading import Thread
from typing import Literal, TypeVar
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit

from trophees.ask.credentials import Credentials, basic, entry, unseen
from trophees.base.errors import UserError, harmless

LARGEST = 1 << 29  # bytes of an answer
ATTEMPTS = 4
_FIRST_WAIT = 0.5  # seconds, doubled each time
_REDIRECTS = 5
_CHALLENGES = 2  # that are answered before a refusal counts
_BUSY = (429, 502, 503, 504)
_MOVED = (301, 302, 303, 307, 308)
T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """A request that may be sent again. With a body it is a POST, unless it has another `method`.

    Redirects are followed anywhere, or on the same host alone, or nowhere: then they are the answer. `most` is the
    number of bytes that an answer may have. Without `credentials`, those of ~/.netrc are told.
    """

    url: str
    headers: dict[str, str]
    body: bytes | None = None
    follow: Literal["anywhere", "host", "nowhere"] = "anywhere"
    most: int = LARGEST
    method: str | None = None
    credentials: Credentials | None = None


@dataclass(frozen=True)
class Response:
    """An answer, whole and decompressed. `media_type` is in small letters, without parameters."""

    status: int
    media_type: str
    retry_after: str
    location: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # by their names in small letters


def send(request: Request, until: float) -> Response:
    """The answer to `request`, redirects followed, before the moment `until` (of `time.monotonic`).

    A server that is busy (429, 502, 503, 504) or does not answer is asked again, later each time, or when it says
    (Retry-After: RFC 9110, section 10.2.3). UserError if it cannot be reached, is late, or says too much.
    """
    late = f"{shown(request.url)}: no answer in time: it can be given more (timeout)"
    return _within(until - time.monotonic(), lambda: _patient(request, until), late)


def _within(seconds: float, action: Callable[[], T], late: str) -> T:
    """The result of `action`. It runs apart: neither a name server nor a slow line of a header knows of time limits."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(action())
        except BaseException as error:
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if errors:
        raise errors[0]
    if not results:
        raise UserError(late)
    return results[0]


def _patient(request: Request, until: float) -> Response:
    for attempt in range(1, ATTEMPTS + 1):
        wait = _FIRST_WAIT * 2 ** (attempt - 1)
        try:
            response = _follow(request, until)
        except (OSError, HTTPException, zlib.error) as error:
            reason = _reason(error)
            if attempt == ATTEMPTS or not _passing(error):
                raise UserError(f"{shown(request.url)}: {reason}") from None
        else:
            if response.status not in _BUSY or attempt == ATTEMPTS:
                return response
            wait, reason = max(wait, moment(response.retry_after) or 0), f"busy ({response.status})"
        if time.monotonic() + wait >= until:
            raise UserError(
                f"{shown(request.url)}: {reason}: to be asked again in {wait:.0f} s, which is too late (timeout)"
            )
        time.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


def _follow(request: Request, until: float) -> Response:
    """The answer at the end of the redirects; a question that was posted is posted again, unless the answer is there.

    A question changes nothing, so 301 and 302 mean what 308 and 307 do (RFC 9110, section 15.4).
    """
    for _ in range(_REDIRECTS + 1):
        response = _once(request, until)
        if response.status not in _MOVED or not response.location or request.follow == "nowhere":
            return response
        target = urljoin(request.url, quote(response.location.encode("latin-1"), safe="%/:?#[]@!$&'()*+,;=~"))
        address, from_ = urlsplit(target), urlsplit(request.url)
        if address.scheme not in ("http", "https") or (from_.scheme == "https" and address.scheme == "http"):
            raise UserError(f"{shown(request.url)}: leads to {shown(target)}, which is not followed")
        if request.follow == "host" and origin(target) != origin(request.url):
            raise UserError(f"{shown(request.url)}: leads to {shown(target)}, which is another host")
        check(target)
        body = None if response.status == 303 else request.body
        headers = {k: v for k, v in request.headers.items() if body is not None or k != "Content-Type"}
        method = None if response.status == 303 else request.method
        request = replace(request, url=target, headers=headers, body=body, method=method)
    raise UserError(f"{shown(request.url)}: more than {_REDIRECTS} redirects")


def _once(request: Request, until: float) -> Response:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    answer = _opened(request, left)
    for _ in range(_CHALLENGES if request.credentials else 0):
        stated = answer.headers.get_all("WWW-Authenticate") or []
        if answer.status != 401 or not request.credentials or not request.credentials.challenged(stated):
            break
        answer.close()
        answer = _opened(request, left)
    with answer:
        return Response(
            status=answer.status,
            media_type=answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            retry_after=answer.headers.get("Retry-After", ""),
            location=answer.headers.get("Location", ""),
            body=_body(answer, shown(request.url), until, request.most),
            headers={name.lower(): value for name, value in answer.headers.items()},
        )


def _opened(request: Request, seconds: float) -> HTTPResponse:
    headers = {"Accept-Encoding": "gzip", **request.headers}
    asked = urllib.request.Request(request.url, request.body, headers, method=request.method)
    known = request.credentials
    for name, value in (known.headers(asked) if known else _credentials(request.url)).items():
        asked.add_header(name, value)
    answer: HTTPResponse | None = _opener().open(asked, timeout=seconds)
    if answer is None:
        raise UserError(f"{shown(request.url)}: neither http nor https")
    return answer


@cache
def _opener() -> urllib.request.OpenerDirector:
    """What knows http and https, and the proxies of the environment: no other scheme."""
    opener = urllib.request.OpenerDirector()
    secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    for handler in (urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), secure):
        opener.add_handler(handler)
    return opener


def _body(answer: HTTPResponse, name: str, until: float, most: int) -> bytes:
    coding = answer.headers.get("Content-Encoding", "")
    if not readable(coding):
        raise UserError(f"{name}: answers in the coding “{harmless(coding.strip()[:20])}”, which was not asked for")
    decoder = Decoder(coding)
    found = bytearray()
    while chunk := answer.read(1 << 16):
        found += decoder.decode(chunk, most + 1 - len(found))
        if len(found) > most and most < LARGEST:
            raise UserError(f"{name}: the answer is larger than {most} bytes")
        if len(found) > LARGEST:
            raise UserError(f"{name}: the answer is larger than {LARGEST >> 20} MiB: ask for less, with LIMIT")
        if time.monotonic() > until:
            raise TimeoutError
    if answer.length or not decoder.whole:
        raise ConnectionError("the answer is cut off")
    return bytes(found)


def readable(coding: str) -> bool:
    """Whether a Content-Encoding is one that `Decoder` knows."""
    return coding.strip().lower() in ("", "identity", "gzip", "x-gzip")


class Decoder:
    """What was sent in the content coding `coding`, as it was before: plain or gzip, which may have members."""

    def __init__(self, coding: str) -> None:
        self._member = zlib.decompressobj(wbits=31) if coding.strip().lower().endswith("gzip") else None
        self.whole = True

    def decode(self, data: bytes, most: int) -> bytes:
        """What `data` goes on with, of which nobody needs more than `most` bytes. zlib.error if it is no gzip."""
        if self._member is None:
            return data
        found = bytearray()
        while data and len(found) < most:
            if self._member.eof:  # another one, or rubbish
                self._member = zlib.decompressobj(wbits=31)
            found += self._member.decompress(data, most - len(found))
            data = self._member.unused_data
        self.whole = self._member.eof
        return bytes(found)


def _credentials(url: str) -> dict[str, str]:
    """The header with what ~/.netrc has for the host, never sent where others could read it."""
    found = entry(url) if unseen(url) else None
    return basic(*found) if found else {}


def origin(url: str) -> tuple[str, str, int | None]:
    """The scheme, the host and the port of an address (RFC 6454, section 4). ValueError if it is none."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def check(url: str) -> None:
    """UserError unless `url` is an address of the web without credentials in it."""
    try:
        address = urlsplit(url)
        good = address.scheme in ("http", "https") and address.hostname and address.port != 0
        (address.hostname or "").encode("idna")
    except ValueError:
        good = False
    if not good or not url.isprintable() or " " in url:
        name = "the endpoint" if "@" in url else shown(url)  # what is before that may be a password
        raise UserError(f"{name}: an address that begins with https:// or http:// is expected")
    if address.username is not None:
        raise UserError(f"{shown(url)}: credentials do not belong in an address: write them in ~/.netrc")


def shown(url: str) -> str:
    """A `url` that `check` lets pass, for a message: without credentials, query and fragment, which may be secret."""
    head, mark, rest = url.partition("//")
    host, slash, path = rest.partition("/")
    kept = head + mark + host.rpartition("@")[2] + slash + path
    return harmless(kept.partition("?")[0].partition("#")[0][:200]) or "no address"


def _passing(error: Exception) -> bool:
    """Whether the same request may fare better later."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, socket.gaierror):
        return cause.errno == socket.EAI_AGAIN
    return not isinstance(cause, ssl.SSLError | TimeoutError)


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({cause.verify_message})"
    if isinstance(cause, ssl.SSLError):
        return f"no secure connection ({(getattr(cause, 'reason', None) or 'TLS').replace('_', ' ').lower()})"
    if isinstance(cause, TimeoutError):
        return "no answer in time: it can be given more (timeout)"
    if isinstance(cause, socket.gaierror):
        return "no host has this name"
    if isinstance(cause, HTTPException):
        return f"no answer that is HTTP, or one that is cut off ({type(cause).__name__})"
    return harmless(getattr(cause, "strerror", None) or str(cause) or "no answer").lower()


def moment(retry_after: str) -> float | None:
    """What a Retry-After says, in seconds from now; None if it is neither a number of seconds nor a date."""
    text = retry_after.strip()
    if re.fullmatch("[0-9]{1,20}", text):
        return float(text)
    if not re.fullmatch(r"[A-Za-z0-9,: -]{1,40}", text):
        return None
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0)
    except (TypeError, ValueError, OverflowError):
        return None
