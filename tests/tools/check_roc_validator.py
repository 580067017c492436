"""What is wrong with the RO-Crate in a folder: `[[severity, check, message], …]`, and the addresses that were asked.

The one that the metadata name as their context is answered with the context that `rocrate` carries, any other by 404:
no test goes to the web.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import requests
import rocrate

CONTEXT = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()
asked: list[str | None] = []


def answer(_: object, request: requests.PreparedRequest, **__: object) -> requests.Response:
    """The context, or nothing."""
    asked.append(request.url)
    found = requests.Response()
    found.request, found.url, found.encoding = request, str(request.url), "utf-8"
    known = str(request.url).startswith("https://w3id.org/ro/crate/")
    found.status_code, found._content = (200, CONTEXT) if known else (404, b"")
    found.headers["Content-Type"] = "application/ld+json"
    return found


requests.adapters.HTTPAdapter.send = answer

from rocrate_validator import services  # noqa: E402 - it takes what asks the web as it finds it
from rocrate_validator.models import Severity, ValidationSettings  # noqa: E402

settings = ValidationSettings(
    rocrate_uri=sys.argv[1],
    profile_identifier=sys.argv[2],
    requirement_severity=Severity.RECOMMENDED,
    no_cache=True,
)
issues = services.validate(settings).get_issues()
print(json.dumps([[[i.severity.name, i.check.identifier, i.message] for i in issues], sorted(map(str, set(asked)))]))
