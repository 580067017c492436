"""Who asks, where a server wants to know: a name and its password, or a token; never from the command line."""

from __future__ import annotations

import os
import urllib.request
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from trophees.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

USER, PASSWORD, TOKEN = "TROPHEES_USER", "TROPHEES_PASSWORD", "TROPHEES_TOKEN"
_HERE = ("localhost", "127.0.0.1", "::1")


class Credentials:
    """What is told to one host alone: by HTTP Basic or Bearer where nobody else can read it, by Digest anywhere.

    A challenge that the host gave (RFC 7616) is kept for the next requests.
    """

    def __init__(self, url: str, user: str = "", password: str = "", token: str = "") -> None:
        self._origin = urlsplit(url)[:2]
        self._user, self._password, self._token = user, password, token
        self._challenge = ""
        self._bare = False
        self._digest: urllib.request.HTTPDigestAuthHandler | None = None

    @classmethod
    def given(cls, url: str, environment: Mapping[str, str]) -> Credentials | None:
        """Those for the host of `url`: of the `environment`, or of ~/.netrc ($NETRC); None if there are none.

        UserError if there is a half of them, or the file cannot be read.
        """
        user, password, token = (environment.get(name, "") for name in (USER, PASSWORD, TOKEN))
        if token:
            return cls(url, token=token)
        if bool(user) != bool(password):
            raise UserError(f"{PASSWORD if user else USER} is not set: both are needed, or neither")
        if user:
            return cls(url, user, password)
        found = entry(url)
        return cls(url, *found) if found else None

    def headers(self, request: urllib.request.Request) -> dict[str, str]:
        """The header that tells them in `request`; none if it goes elsewhere, or others could read them."""
        if urlsplit(request.full_url)[:2] != self._origin:
            return {}
        if self._challenge and self._digest:
            stated = urllib.request.parse_http_list(self._challenge)
            said = self._digest.get_authorization(request, urllib.request.parse_keqv_list(stated))
            return {"Authorization": f"Digest {said}"} if said else {}
        if self._bare or not unseen(request.full_url):
            return {}
        if self._token:
            return {"Authorization": f"Bearer {self._token}"}
        return basic(self._user, self._password)

    def challenged(self, challenges: list[str]) -> bool:
        """Whether a server that refused, with these `WWW-Authenticate`, is to be asked once more: by Digest.

        Or without a word, by which Virtuoso tells the challenge that it does not tell who comes with Basic.
        """
        if not challenges and self._user and not self._bare:
            self._bare = True
            return True
        for challenge in challenges:
            scheme, _, said = challenge.partition(" ")
            if scheme.lower() == "digest" and self._user:
                if self._digest is None:
                    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
                    known.add_password(None, "://".join(self._origin), self._user, self._password)
                    self._digest = urllib.request.HTTPDigestAuthHandler(known)
                self._challenge = said
                return True
        return False


def unseen(url: str) -> bool:
    """Whether nobody else can read what is sent to `url`."""
    address = urlsplit(url)
    return address.scheme == "https" or address.hostname in _HERE


def basic(user: str, password: str) -> dict[str, str]:
    """The header of HTTP Basic (RFC 7617), in UTF-8."""
    return {"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}


def entry(url: str) -> tuple[str, str] | None:
    """The name and the password that ~/.netrc, or $NETRC, has for the host of `url`; UserError if it is unreadable."""
    import netrc

    file = os.environ.get("NETRC")
    try:
        found = netrc.netrc(file).hosts.get(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError):
        raise UserError(f"{file or '~/.netrc'}: cannot be read, or is readable by others") from None
    return (found[0], found[2] or "") if found else None
