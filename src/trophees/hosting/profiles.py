"""Which of the profiles of a thing a request wants (W3C, Content Negotiation by Profile, sections 7.1 and 7.2).

A profile says what a document is made of, whatever its format. `_profile` and `_mediatype` in the address count before
the headers `Accept-Profile` and `Accept`. Profiles that a thing does not have are passed over; where none is left, the
answer is what it would be without any.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from trophees.base.namespaces import BASE, VOID
from trophees.hosting.accept import DATA, NAMES, TYPES, weights

OWN, SCHEMA, DCAT_AP = "trophees", "schema", "dcat-ap"
PROFILES = {  # by token; of two that are wanted as much, the first
    OWN: BASE + "ontology",  # as the catalogue says what the data conform to
    DCAT_AP: "http://data.europa.eu/r5r/",
    "void": VOID,
    "croissant": "http://mlcommons.org/croissant/1.0",
    "ro-crate": "https://w3id.org/ro/crate/1.2",
    SCHEMA: "https://schema.org/",
}
ALL = "all"  # the token that asks for the list of profiles

CATALOGUE, DATASET = "catalog", "dataset/trophees"
OF_THINGS = (OWN, SCHEMA)
OFFERED = {  # of things that have other ones
    CATALOGUE: (DCAT_AP, SCHEMA),
    "void": ("void",),
    "sparql-examples": (),
    "ontology": (),
    "shapes": (),
    DATASET: tuple(PROFILES),
}
# what is negotiated in place of a thing, by its profile
INSTEAD = {
    (DATASET, DCAT_AP): CATALOGUE,
    (DATASET, "void"): "void",
    (DATASET, "croissant"): "croissant",
    (DATASET, "ro-crate"): "ro-crate",
}


def forms(profile: str) -> tuple[str, ...]:
    """The formats of the documents that have `profile`. Pages carry our own data, and alone schema.org's."""
    return ("html",) if profile == SCHEMA else tuple(TYPES) if profile == OWN else DATA


def offered(thing: str) -> tuple[str, ...]:
    """The tokens of the profiles of `thing`, its own first."""
    return OFFERED.get(thing, OF_THINGS)


def of(thing: str, form: str) -> tuple[str, ...]:
    """The profiles of the document of `thing` in the format `form` where none is asked for."""
    here = [token for token in offered(thing) if (thing, token) not in INSTEAD]
    return tuple(PROFILES[token] for token in here if form in forms(token))


def argument(query: str, name: str) -> str:
    """The value of the first argument `name` of `query`, decoded; empty if there is none."""
    given = next((part.partition("=")[2] for part in query.split("&") if part.startswith(f"{name}=")), "")
    return unquote(given)


def wished(query: str, accept: str, accept_profile: str) -> tuple[str, str]:
    """What to read in place of `accept` and `accept_profile`, as `query` counts before both.

    A type that is not one of ours is an `Accept` that nothing suits.
    """
    if type_ := argument(query, "_mediatype").replace(" ", "+").lower():
        accept = next((names[0] for names in NAMES.values() if type_ in names), "-")
    if profile := argument(query, "_profile"):
        accept_profile = next((f"<{iri}>" for token, iri in PROFILES.items() if profile in (token, iri)), "")
    return accept, accept_profile


def choose(thing: str, accept_profile: str) -> str:
    """The token of the profile of `thing` that is wanted most; empty if none is."""
    found: Mapping[str, float] = weights(accept_profile)
    here = {token: found.get(f"<{iri}>", 0.0) for token, iri in PROFILES.items() if token in offered(thing)}
    best = max(here, key=lambda token: here[token], default="")
    return best if best and here[best] else ""


def encoded(text: str) -> str:
    """An expression for `text` in an address, where any sign of it may be percent-encoded."""
    return "".join(sign if sign.isalnum() else f"(?:{_plain(sign)}%{_hex(f'{ord(sign):02x}')})" for sign in text)


def _plain(sign: str) -> str:
    return "" if sign == "#" else r"\+|%20|" if sign == "+" else re.escape(sign) + "|"


def _hex(code: str) -> str:
    return "".join(digit if digit.isdigit() else f"[{digit}{digit.upper()}]" for digit in code)
