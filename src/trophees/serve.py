"""The published folder on this machine: every address answers as the rules for hosts say (`site/hosts.py`).

A thing (`/laureate/2020/cachan`) answers 303 to the document that suits the client, a document 200, the rest 404 or 406
as pages that help.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, unquote, urlsplit

from trophees.problem import UserError
from trophees.site import hosts
from trophees.site.accept import choose

TYPES = {f".{k}": v + hosts.UTF8 for k, v in hosts.TEXT.items()} | {f".{k}": v for k, v in hosts.BINARY.items()}


def server(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server of `folder`, not started; port 0 takes a free one. UserError if there is no site or no such port."""
    if not (folder / "index.html").is_file():
        raise UserError(f"{folder}: no site here (index.html is missing): run “trophees build” first")
    try:
        return ThreadingHTTPServer((host, port), partial(_Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise UserError(f"{host}:{port}: cannot listen ({getattr(error, 'strerror', None) or error})") from None


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "trophees"
    extensions_map = {"": "application/octet-stream", **TYPES}  # noqa: RUF012 - as the class above declares it

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = unquote(urlsplit(self.path).path)
        found = Path(self.translate_path(self.path))
        if path.endswith("/") or not (found / "index.html").is_file():
            if found.is_dir() and not (found / "index.html").is_file():
                self.send_error(HTTPStatus.NOT_FOUND)
                return None
            return super().send_head()
        suffix = choose(self.headers.get("Accept", ""), self.headers.get("Accept-Language", ""))
        if suffix is None:
            self.send_error(HTTPStatus.NOT_ACCEPTABLE)
            return None
        if suffix.startswith(".") and not found.with_name(found.name + suffix).is_file():
            suffix = "/"  # a page that is about no thing, such as the map, has no data
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", quote(found.name) + suffix)
        self.send_header("Vary", hosts.VARY)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / f"{int(code)}.html"
        if not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        for name, value in hosts.HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the site is for one reader."""
