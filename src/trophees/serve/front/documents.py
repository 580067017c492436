"""The published folder: things negotiated; documents compressed, by ranges, if they changed (`docs/hosting.md`).

What is answered to whom is what the rules for Apache and nginx say, and the same tests ask it of all three.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import os
import re
import tempfile
from email.utils import formatdate, parsedate_to_datetime
from html import escape
from pathlib import Path
from stat import S_ISREG
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from trophees.base.errors import UserError
from trophees.hosting import documents as hosted
from trophees.hosting import manifest, withdrawn
from trophees.hosting.formats import coding
from trophees.hosting.moved import Move, names_its_address
from trophees.hosting.profiles import ALL, argument, wished
from trophees.serve.backend.refusals import Refused
from trophees.serve.compression import compress
from trophees.serve.front import alternates
from trophees.serve.front.gone import answer
from trophees.serve.front.signs import Headers

TYPES = {k: v + hosted.UTF8 for k, v in hosted.TEXT.items()} | dict(hosted.BINARY)
_NAMED = {name: type_ + hosted.UTF8 for name, type_ in hosted.NAMED.items()}
_SMALLER = {type_ for type_ in (*TYPES.values(), *_NAMED.values()) if type_.endswith(hosted.UTF8)} | {
    hosted.BINARY["wasm"]
}  # if compressed
_RANGES = re.compile(r"bytes\s*=(.*)", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]{1,4000})\s*-\s*([0-9]{0,4000})|-\s*([0-9]{1,4000})")
_LINK = rb'( (?:href|src|action|data-root)=")'


class Documents:
    """The files under `folder`, which are addressed from `root` (it begins and ends with `/`) on.

    `site` is the address of the site, which ends in `/`; empty if each request says it.
    """

    def __init__(self, folder: Path, site: str = "") -> None:
        self.folder = folder
        self.root = urlsplit(site).path or "/"
        self._site = site
        self._compressed = tempfile.TemporaryDirectory(prefix="trophees-", ignore_cleanup_errors=True)
        self._tags: dict[str, tuple[tuple[int, ...], str]] = {}  # by file, with its state then
        self._said = manifest.read(found) if (found := _read(folder / manifest.FILE)) else manifest.Manifest()
        self._headers = Headers(self._said.signposts, self.root, self._is_thing)
        self._withdrawn = withdrawn.read(found) if (found := _read(folder / withdrawn.FILE)) else {}

    def address(self, request: Request) -> str:
        """The address of the site, ending in `/`, as who asks has found it."""
        return self._site or f"{request.url.scheme}://{request.url.netloc}{self.root}"

    @property
    def version(self) -> str:
        """The release that the site is of; empty if it does not say."""
        return self._said.version

    @property
    def mismatch(self) -> str:
        """What is wrong in the pages of a site that was built for another address than the one that is known here."""
        if not (self._site and self._said.url and self._said.url != self._site):
            return ""
        built = f"the site was built for {self._said.url}, which its pages tell search engines"
        return f"{built}: build it with --site-url {self._site}"

    def has(self, path: str) -> bool:
        """Whether there is a file `path`."""
        return (self.folder / path).is_file()

    def _is_thing(self, path: str) -> bool:
        """Whether `path` is that of a thing, which has a page and data."""
        return self.has(f"{path}.ttl") and self.has(f"{path}/index.html")

    def close(self) -> None:
        self._compressed.cleanup()

    async def document(self, request: Request, path: str) -> Response:
        """The file `path`, whatever address it is asked for at."""
        return await self._file(request, os.path.join(self.folder, path))

    async def answer(self, request: Request) -> Response:
        """What a GET or HEAD of the path is answered."""
        path = re.sub("/{2,}", "/", request.scope["path"])
        if f"{path}/" == self.root:
            return _redirect(301, self.root)
        if not path.startswith(self.root):
            return self._page(404)
        steps = path.removeprefix(self.root).split("/")
        if any(s.startswith(".") or "\0" in s or "\\" in s for s in steps) or any(len(s) > 200 for s in steps):
            return self._page(404)
        if gone := withdrawn.of("/".join(steps), self._withdrawn):
            return answer(request, "/".join(steps), self.root, gone)
        if shown := self._said.folders.get("/".join(steps).rstrip("/")):
            return _redirect(302, self.root + shown)
        place = os.path.join(self.folder, *steps)
        if path.endswith("/"):
            return await self._file(request, os.path.join(place, "index.html"))
        if os.path.isfile(place + ".ttl"):
            return self._thing(request, "/".join(steps))
        if os.path.isfile(os.path.join(place, "index.html")):
            return _redirect(301, path + "/")
        return await self._file(request, place)

    def _thing(self, request: Request, thing: str) -> Response:
        asked = request.headers
        query = request.scope["query_string"].decode("latin-1")
        accept, languages = asked.get("accept", ""), asked.get("accept-language", "")
        if argument(query, "_profile") == ALL:
            return self._list(request, thing, wished(query, accept, "")[0], languages)
        document = hosted.document(thing, accept, languages, asked.get("accept-profile", ""), query, self.has)
        answer = self._page(406) if document is None else _redirect(303, self.root + document)
        if document is not None:
            answer.headers.update(self._headers.of_redirect(thing, document))
        answer.headers["Vary"] = hosted.VARY
        return answer

    def _list(self, request: Request, thing: str, accept: str, languages: str) -> Response:
        """The documents of `thing`, with their profiles."""
        found = alternates.answer(thing, self.address(request), accept, languages, self.has)
        answer = self._page(406) if found is None else Response(found[1], media_type=found[0] + hosted.UTF8)
        answer.headers["Vary"] = hosted.VARY
        if found:
            answer.headers["Cache-Control"] = "no-cache"
            answer.headers.update({k: v for k, v in self._headers.of_redirect(thing, "").items() if k == "Link"})
        return answer

    async def _file(self, request: Request, place: str) -> Response:
        try:
            found = os.stat(place)
        except (OSError, ValueError):
            return self._page(404)
        inside = os.path.realpath(place).startswith(os.path.realpath(self.folder) + os.sep)
        if not S_ISREG(found.st_mode) or not inside:
            return self._page(404)
        name = os.path.basename(place)
        type_ = _NAMED.get(name) or TYPES.get(name.rpartition(".")[2] if "." in name[1:] else "", TYPES["txt"])
        path = os.path.relpath(place, self.folder)
        if names_its_address(path) and (move := Move(self._said, self.address(request))).needed:
            return await self._moved(request, path, type_, found.st_mtime, move)
        try:
            tag = await self._tag(place, found)
        except OSError:
            return self._page(404)
        headers = {
            "ETag": f'"{tag}"',
            "Last-Modified": formatdate(found.st_mtime, usegmt=True),
            "Cache-Control": hosted.FOREVER if re.search(hosted.HASHED, name) else "no-cache",
        }
        ranges = satisfiable(request.headers.get("range", ""), found.st_size)
        headers |= self._headers.of_document(path)
        if type_ in _SMALLER and found.st_size > 1000:
            headers["Vary"] = "Accept-Encoding"
            how = "" if ranges else coding(request.headers.get("accept-encoding", ""))
            if how and (smaller := await self._smaller(place, tag, how)):
                place = smaller
                headers |= {"ETag": f'"{tag}-{how}"', "Content-Encoding": how}
        answer = FileResponse(place, headers=headers, media_type=type_, stat_result=os.stat(place))
        if unchanged(request, answer.headers["ETag"], found.st_mtime):
            kept = {k: v for k, v in answer.headers.items() if k not in ("content-length", "content-type")}
            return Response(status_code=304, headers=kept)
        request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != b"range"]
        if ranges:
            request.scope["headers"].append((b"range", ranges.encode()))
        return answer

    async def _moved(self, request: Request, path: str, type_: str, modified: float, move: Move) -> Response:
        """The file `path`, which names the address of the site, with the one that it has here."""
        try:
            data = move.applied(path, await asyncio.to_thread((self.folder / path).read_bytes))
        except OSError:
            return self._page(404)
        except (ValueError, AttributeError):  # it is none of ours
            raise Refused(500, f"{path}: is not what a build writes: run “trophees build” again") from None
        how = coding(request.headers.get("accept-encoding", "")) if len(data) > 1000 else ""
        tag = hashlib.sha256(data).hexdigest()[:24] + (how and f"-{how}")
        headers = {"ETag": f'"{tag}"', "Last-Modified": formatdate(modified, usegmt=True), "Cache-Control": "no-cache"}
        headers |= self._headers.of_document(path)
        headers["Vary"] = "Accept-Encoding" if self._site else "Accept-Encoding, Host"
        if unchanged(request, headers["ETag"], modified if self._site else math.inf):
            return Response(status_code=304, headers=headers)
        if how:
            headers["Content-Encoding"] = how
            data = await asyncio.to_thread(compress, data, how)
        return Response(data, headers=headers, media_type=type_)

    async def _tag(self, place: str, found: os.stat_result) -> str:
        """What names the content of the file `place`, which is read again if it was `found` to be another."""
        state = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        known, tag = self._tags.get(place, ((), ""))
        if known != state:
            tag = await asyncio.to_thread(_digest, place)
            self._tags[place] = state, tag
        return tag

    async def _smaller(self, place: str, tag: str, how: str) -> str:
        """The file where the content of `place` is, compressed once; empty if there is no room for it."""
        target = os.path.join(self._compressed.name, f"{tag}.{how}")
        if not os.path.exists(target):
            try:
                await asyncio.to_thread(_write, place, target, how)
            except OSError:
                return ""
        return target

    def _page(self, status: int) -> Response:
        page = self.folder / f"{status}.html"
        if page.is_file():
            return Response(self._linked(page.read_bytes()), status, media_type=TYPES["html"])
        said = f"Nothing is here; the endpoint is {self.root}sparql" if status == 404 else "There is no such format"
        raise Refused(status, said)

    def _linked(self, page: bytes) -> bytes:
        """`page`, whose links begin where the site was to be hosted, with links that begin where it is served."""
        if self._said.root == self.root:
            return page
        built, root = (escape(path).encode() for path in (self._said.root, self.root))
        return re.sub(_LINK + re.escape(built), lambda found: found[1] + root, page)


def _read(file: Path) -> bytes:
    """What the site says of itself in `file`; releases up to 2020.3 say nothing. UserError if it cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror})") from None


def satisfiable(header: str, size: int) -> str:
    """The Range `header` without the ranges that a file of `size` bytes does not have, if it has others.

    Empty if it is to be ignored: its unit is not known here, or it has a range that is none (RFC 9110, section 14.1.1).
    """
    if not (listed := _RANGES.fullmatch(header)):
        return ""
    parts = [part.strip() for part in listed[1].split(",") if part.strip()]
    ranges = [found for part in parts if (found := _RANGE.fullmatch(part))]
    if not parts or len(ranges) < len(parts) or any(r[2] and int(r[2]) < int(r[1]) for r in ranges):
        return ""
    there = [r[0] for r in ranges if (int(r[1]) < size if r[1] else size and int(r[3]) > 0)]
    return f"bytes={','.join(there)}" if there else f"bytes={size}-"


def unchanged(request: Request, tag: str, modified: float) -> bool:
    """Whether the client has what `tag` names, or what was last `modified` then (RFC 9110, section 13.2.2)."""
    if request.method not in ("GET", "HEAD"):
        return False
    if (known := request.headers.get("if-none-match")) is not None:
        return known.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in known.split(",")}
    try:
        return int(modified) <= parsedate_to_datetime(request.headers.get("if-modified-since", "")).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


def _redirect(status: int, path: str, **headers: str) -> Response:
    return Response(status_code=status, headers={"Location": quote(path, safe="/"), **headers})


def _digest(place: str) -> str:
    with open(place, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]


def _write(source: str, target: str, how: str) -> None:
    data = compress(Path(source).read_bytes(), how, best=True)
    file, name = tempfile.mkstemp(dir=os.path.dirname(target))
    try:
        with open(file, "wb") as written:
            written.write(data)
        os.replace(name, target)
    except OSError:
        os.unlink(name)
        raise
