"""A client that says exactly what it is told to, and an answer that is easy to ask about."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def __getattr__(self, name: str) -> str:
        """A header by its name with `_` for `-`; empty if it is not there."""
        return self.headers.get(name.replace("_", "-"), "")

    @property
    def path(self) -> str:
        """The path of Location."""
        return re.sub(r"^https?://[^/]*", "", self.location)


class Client:
    """Asks one server over one connection."""

    def __init__(self, port: int, host: str = "") -> None:
        self.port = port
        self.host = host or f"127.0.0.1:{port}"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, path: str, accept: str | None = None, languages: str = "", method: str = "GET") -> Answer:
        headers = {} if accept is None else {"Accept": accept}
        return self.send(method, path, headers | ({"Accept-Language": languages} if languages else {}))

    def send(self, method: str, path: str, headers: Mapping[str, str], content: bytes | None = None) -> Answer:
        for attempt in (1, 2):
            self._connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            self._connection.putheader("Host", self.host)
            for name, value in headers.items():
                self._connection.putheader(name, value)
            if content is not None and "Content-Length" not in headers:
                self._connection.putheader("Content-Length", str(len(content)))
            try:
                self._connection.endheaders(content)
                answer = self._connection.getresponse()
                body = answer.read()
                break
            except (ConnectionError, http.client.RemoteDisconnected):  # the server closed the connection
                self._connection.close()
                if attempt == 2:
                    raise
        if answer.will_close:
            self._connection.close()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():  # what is said twice adds up (RFC 9110, section 5.2)
            found[name.lower()] = ", ".join(filter(None, (found.get(name.lower()), value)))
        return Answer(answer.status, found, body)

    def close(self) -> None:
        self._connection.close()
