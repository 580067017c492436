"""Addresses: where a register shows a code, and how an address is written for people."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"]*)?)")
_REGISTERS = {
    "siren": (re.compile(r"\d{9}"), "https://annuaire-entreprises.data.gouv.fr/entreprise/{}"),
    "wikidata": (re.compile(r"Q\d+"), "https://www.wikidata.org/wiki/{}"),
    "inpn": (re.compile(r"FR\d{7}"), "https://inpn.mnhn.fr/espace/protege/{}"),
}


def address(scheme: str, code: str) -> str:
    """Where a register shows `code`; empty if it is not one of its codes."""
    name = scheme.rsplit("/", 1)[-1]
    if name == "website":
        match = _ADDRESS.fullmatch(code)
        return (code if "://" in code else f"https://{match[1]}") if match else ""
    form, address = _REGISTERS.get(name, (None, ""))
    return address.format(code) if form and form.fullmatch(code) else ""


def bare(page: str) -> str:
    """An address without what every address has."""
    return re.sub(r"^https?://(?:www\.)?|[/?]$", "", page)
