"""The Reconciliation Service API over HTTP: routes, methods and parameters of versions 0.2 and 1.0-draft.

Both answer below one address; only their manifests differ, hence that of 1.0-draft has an address of its own, too. A
batch tells by its form which version it is of.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from trophees.base.language import LANGUAGES, Language
from trophees.hosting.accept import choose
from trophees.serve.backend.refusals import Refused
from trophees.serve.front.body import received
from trophees.serve.front.documents import Documents
from trophees.serve.front.protocol import FORM, parameters
from trophees.serve.reconcile.answers import FURTHEST, Asking, What
from trophees.serve.reconcile.desk import Desk
from trophees.serve.reconcile.manifest import manifest
from trophees.serve.reconcile.requests import CANDIDATES, LONGEST

NAME = "reconcile"
_OLD, _NEW = "0.2", "1.0-draft"
_JSON = "application/json"
_READ, _SENT = "GET, HEAD, OPTIONS", "POST, OPTIONS"
Answer = Callable[[Request], Awaitable[Response]]
_GETS: dict[str, What] = {
    "suggest/entity": "entity",
    "suggest/type": "type",
    "suggest/property": "property",
    "extend/propose": "propose",
    "preview": "preview",
    "view": "view",
}


@dataclass(frozen=True)
class Called:
    """The address that was called: the version and the language that it names, "" where it names none."""

    path: str
    version: str = ""
    lang: Language | None = None


class Reconciliation:
    """Answers what `desk` finds, at addresses beside the site of `documents`."""

    def __init__(self, desk: Desk, documents: Documents) -> None:
        self._desk = desk
        self._documents = documents

    def routes(self) -> Iterator[tuple[str, Answer, str]]:
        """Each path below the root, what answers there, and its methods."""
        languages: tuple[Language | None, ...] = (None, *LANGUAGES)
        for version in ("", _NEW):
            for lang in languages:
                called = Called("/".join(part for part in (NAME, version, lang) if part), version, lang)
                root = called.path
                yield root, partial(self._root, called), "GET, HEAD, POST, OPTIONS"
                yield f"{root}/", partial(self._root, called), "GET, HEAD, POST, OPTIONS"
                yield f"{root}/match", partial(self._sent, called, "match"), _SENT
                yield f"{root}/extend", partial(self._sent, called, "extend"), _SENT
                for path, what in _GETS.items():
                    yield f"{root}/{path}", partial(self._shown, called, what), _READ

    async def _root(self, called: Called, request: Request) -> Response:
        """The manifest; of a batch or an extension, in the form of either version, the answer."""
        given = dict(parameters(request.scope["query_string"], "the address"))
        if request.method == "POST":
            type_ = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if type_ == _JSON:
                return await self._sent(called, "match", request)
            if type_ != FORM:
                raise Refused(415, f"The type of a POST is {FORM} or {_JSON}, not {type_ or 'missing'}")
            given |= dict(parameters(await received(request), "the form"))
        lang = self._language(called, given, request)
        asked: list[What] = [what for name, what in _FIELDS.items() if name in given]
        if len(asked) > 1:
            raise Refused(400, "Ask for queries or to extend, not both at once")
        if asked:
            text = given["queries" if asked == ["match"] else "extend"]
            told = await self._desk.ask(Asking(asked[0], _OLD, lang), text.encode("utf-8", "surrogatepass"))
            return _json(told, lang)
        if request.method == "POST":
            raise Refused(400, "A form has the field queries, or extend")
        version = called.version or given.get("version", _OLD)
        if version not in (_OLD, _NEW):
            raise Refused(400, f"version is {_OLD} or {_NEW}")
        root = f"{self._documents.address(request)}{called.path}"
        described = manifest(root, version, lang, self._documents.version)
        return _json(json.dumps(described, ensure_ascii=False).encode() + b"\n", lang)

    async def _sent(self, called: Called, what: What, request: Request) -> Response:
        """A batch, or an extension, of version 1.0-draft."""
        given = dict(parameters(request.scope["query_string"], "the address"))
        type_ = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if type_ != _JSON:
            raise Refused(415, f"The type of a POST is {_JSON}, not {type_ or 'missing'}")
        lang = self._language(called, given, request)
        return _json(await self._desk.ask(Asking(what, _NEW, lang), await received(request)), lang)

    async def _shown(self, called: Called, what: What, request: Request) -> Response:
        """Suggestions, proposed properties, a preview, or the page of an entity."""
        given = dict(parameters(request.scope["query_string"], "the address"))
        name = {"preview": "id", "view": "id", "propose": "type"}.get(what, "prefix")
        text = given.get(name, "")
        if name == "id" and not text:
            raise Refused(400, "Name an entity: ?id=…")
        if len(text) > LONGEST:
            raise Refused(413, f"{name} has at most {LONGEST} characters")
        limit = _number(given, "limit", 1, CANDIDATES, CANDIDATES if what == "propose" else 10)
        offset = _number(given, "offset", 0, FURTHEST, _number(given, "cursor", 0, FURTHEST, 0))
        lang = self._language(called, given, request)
        told = await self._desk.ask(Asking(what, called.version or _OLD, lang, text, limit, offset))
        if what == "view":
            page = json.loads(told)["page"]
            root = self._documents.root
            there = root + quote(page) if page else f"{root}{called.path}/preview?id={quote(text, safe='')}"
            return Response(status_code=303, headers={"Location": there, "Cache-Control": "no-cache"})
        if what == "preview":
            return Response(told, headers=_of(lang) | _PAGE, media_type="text/html; charset=utf-8")
        return _json(told, lang)

    @staticmethod
    def _language(called: Called, given: dict[str, str], request: Request) -> Language:
        """That of the address, of `lang`, or of the client; French unless English is wanted more."""
        asked = given.get("lang") or called.lang
        for language in LANGUAGES:
            if asked == language:
                return language
        if asked:
            raise Refused(400, f"lang is one of {', '.join(LANGUAGES)}")
        page = choose("text/html", request.headers.get("accept-language", "")) or ""
        return "en" if page.endswith("en/") else "fr"


_FIELDS: dict[str, What] = {"queries": "match", "extend": "extend"}
_PAGE = {"Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; sandbox"}


def _number(given: dict[str, str], name: str, least: int, most: int, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < least:
        raise Refused(400, f"{name} is a number from {least} on")
    return min(int(text), most)


def _of(lang: Language) -> dict[str, str]:
    return {"Content-Language": lang, "Cache-Control": "no-cache", "Vary": "Accept-Language, Host"}


def _json(told: bytes, lang: Language) -> Response:
    return Response(told, headers=_of(lang), media_type=_JSON)
