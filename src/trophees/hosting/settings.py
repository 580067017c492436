"""Where a release will be hosted and who answers for it: what a build is told, and no IRI of a thing depends on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from trophees.base.errors import UserError

PLACEHOLDER = "https://trophees.example.org/"  # reserved (RFC 2606), yet of a form that portals accept
_URL = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w.~%/-]*)?", re.ASCII)  # it goes into the rules of servers, too
_SETTINGS = {"site-url", "contact-email", "sparql-endpoint", "source-code"}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True)
class Hosting:
    """`url` ends in `/`. `sparql` is the address of an endpoint, `source_code` that of the code; or empty."""

    url: str = PLACEHOLDER
    contact: str = "contact@trophees.example.org"
    sparql: str = PLACEHOLDER + "sparql"
    source_code: str = ""

    @property
    def known(self) -> bool:
        """Whether the address is a real one."""
        return self.url != PLACEHOLDER

    @property
    def answered(self) -> bool:
        """Whether the contact is a real one."""
        return self.contact != Hosting.contact


def settings(pyproject: str, given: Mapping[str, str | None]) -> Hosting:
    """What `given` says under the names of `_SETTINGS`, else `[tool.trophees]` of `pyproject`.

    No endpoint is said to be there unless one is named; while no address is known, a placeholder stands for both.
    UserError names what is malformed.
    """
    said = _written(pyproject) | {key: value for key, value in given.items() if value}
    url = _checked("site-url", said.get("site-url", PLACEHOLDER), _URL, "an address such as https://data.example.org/")
    url = url.rstrip("/") + "/"
    contact = said.get("contact-email", Hosting.contact)
    code = said.get("source-code", "")
    sparql = said.get("sparql-endpoint", Hosting.sparql if url == PLACEHOLDER else "none")
    return Hosting(
        url=url,
        contact=_checked("contact-email", contact, _EMAIL, "an address such as data@example.org"),
        sparql=""
        if sparql == "none"
        else _checked("sparql-endpoint", sparql, _URL, "an address such as https://data.example.org/sparql, or none,"),
        source_code=code and _checked("source-code", code, _URL, "an address such as https://code.example.org/project"),
    )


def _written(pyproject: str) -> dict[str, str]:
    try:
        match tomllib.loads(pyproject):
            case {"tool": {"trophees": dict(table)}}:
                said = {key: str(value) for key, value in table.items()}
            case _:
                said = {}
    except tomllib.TOMLDecodeError as error:
        place = re.fullmatch(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
        assert place
        line, column = place[2] or len(pyproject.splitlines()), place[3] or 1
        raise UserError(f"pyproject.toml:{line}:{column}: {place[1]}") from None
    if unknown := said.keys() - _SETTINGS:
        raise UserError(f"pyproject.toml: [tool.trophees] has no setting “{min(unknown)}”")
    return said


def _checked(key: str, value: str, form: re.Pattern[str], expected: str) -> str:
    if not form.fullmatch(value):
        raise UserError(f"{key} “{value}”: {expected} is expected")
    return value
