"""The published folder: things negotiated; documents compressed, by ranges, if they changed (`docs/hosting.md`).

What is answered to whom is what the rules for Apache and nginx say, and the same tests ask it of all three.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from email.utils import formatdate, parsedate_to_datetime
from html import escape
from pathlib import Path
from stat import S_ISREG
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from trophees.base.errors import UserError
from trophees.hosting import documents as hosted
from trophees.hosting import manifest, withdrawn
from trophees.hosting.formats import coding
from trophees.serve.backend.refusals import Refused
from trophees.serve.compression import compress
from trophees.serve.front.gone import answer

TYPES = {k: v + hosted.UTF8 for k, v in hosted.TEXT.items()} | dict(hosted.BINARY)
_SMALLER = {type_ + hosted.UTF8 for type_ in hosted.TEXT.values()} | {hosted.BINARY["wasm"]}  # if compressed
_RANGES = re.compile(r"bytes\s*=(.*)", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]{1,4000})\s*-\s*([0-9]{0,4000})|-\s*([0-9]{1,4000})")
_LINK = rb'( (?:href|src|action|data-root)=")'


class Documents:
    """The files under `folder`, which are addressed from `root` (it begins and ends with `/`) on."""

    def __init__(self, folder: Path, root: str) -> None:
        self.folder = folder
        self.root = root
        self._compressed = tempfile.TemporaryDirectory(prefix="trophees-", ignore_cleanup_errors=True)
        self._tags: dict[str, tuple[tuple[int, ...], str]] = {}  # by file, with its state then
        self._said = manifest.read(found) if (found := _read(folder / manifest.FILE)) else manifest.Manifest()
        self._withdrawn = withdrawn.read(found) if (found := _read(folder / withdrawn.FILE)) else {}

    def has(self, path: str) -> bool:
        """Whether there is a file `path`."""
        return (self.folder / path).is_file()

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
        document = hosted.document(thing, asked.get("accept", ""), asked.get("accept-language", ""))
        answer = self._page(406) if document is None else _redirect(303, self.root + document)
        answer.headers["Vary"] = hosted.VARY
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
        type_ = TYPES.get(name.rpartition(".")[2] if "." in name[1:] else "", TYPES["txt"])
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
        if type_ == TYPES["csv"]:
            headers["Link"] = hosted.DESCRIBED_BY
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
