"""What the header of a column says of it: usual words, whole; else the words of which it is made, shortened or not."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from trophees.base.folding import fold

_SENSES = {
    "departement": "departement departements department dep dept dpt depart",
    "postal": "postal postale postcode pos cp zip",
    "commune": "commune communes com ville municipality",
    "region": "region reg",
    "insee": "insee",
    "code": "code codes cod cd num numero number n no nr",
    "name": "nom noms name lib libelle",
    "": "adresse adrs adr address etablissement etab siege officiel officielle official geographique geo de du des d"
    " la le l of the porteur laureat beneficiaire structure organisme collectivite",
}
_SENSE = {word: sense for sense, words in _SENSES.items() for word in words.split()}
_GLUED = re.compile(r"(code|cod|numero|num|libelle|lib|nom)([a-z]+)")
_LETTERS = re.compile(r"\bc p\b")


def plain(header: str) -> str:
    """The words of a header, in lower case and without accents: “codePostal” is `code postal`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header[:200])
    return re.sub(r"[^a-z0-9]+", " ", fold(parted)).strip()


def told(role: str, header: str) -> tuple[int, bool] | None:
    """How far down the usual headers of a role this one is, and whether it is believed whatever the column holds.

    None if it says nothing of the role.
    """
    text = plain(header)
    usual = _usual()[role]
    if text in usual:
        return usual[text]
    return (len(usual), False) if _made_of(text) == role else None


@lru_cache(maxsize=1000)
def _made_of(text: str) -> str:
    """The role that a header has by its words, if it is no usual one as a whole; "" if by none."""
    if any(text in usual for usual in _usual().values()):
        return ""
    said: set[str] = set()
    for word in _LETTERS.sub("cp", text).split():
        glued = _GLUED.fullmatch(word)
        parts = glued.groups() if word not in _SENSE and glued else (word,)
        if any(part not in _SENSE for part in parts):
            return ""
        said |= {_SENSE[part] for part in parts}
    said.discard("")
    if "postal" in said and said <= {"postal", "code", "commune"} and text != "pos":
        return "postal"
    for role in ("departement", "region"):
        if role in said and said <= {role, "code", "name", "insee"}:
            return role
    if said & {"insee", "commune"} and said & {"insee", "code"} and said <= {"insee", "code", "commune"}:
        return "code"
    return "name" if "commune" in said and said <= {"commune", "name"} else ""


@cache
def _usual() -> dict[str, dict[str, tuple[int, bool]]]:
    text = files("trophees.places").joinpath("columns.json").read_text(encoding="utf-8")
    return {
        role: {
            word: (place, place < len(words["trusted"]))
            for place, word in enumerate([*words["trusted"], *words["tried"]])
        }
        for role, words in json.loads(text).items()
    }
