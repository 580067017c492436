"""What is offered to be matched, its types, and the properties by which it is told from others, or extended."""

from __future__ import annotations

from dataclasses import dataclass

from trophees.base.language import Both
from trophees.places.place import KINDS
from trophees.places.wording import KIND

TERRITORY = "territory"
# types, each after the one that it is a kind of
TYPES: dict[str, Both] = {
    TERRITORY: Both("territoire", "territory"),
    **{kind: KIND[kind] for kind in KINDS},
    "organisation": Both("organisme", "organisation"),
    "tool": Both("outil de participation", "participation tool"),
    "theme": Both("thème", "theme"),
    "audience": Both("public", "audience"),
    "laureate": Both("lauréat", "laureate"),
    "case": Both("cas qui n’est pas lauréat", "case that is no laureate"),
}
_OF_PLACES = (TERRITORY, *KINDS)
_PROCESSES = ("laureate", "case")
# properties, with the types that have them; those of places are asked of the matcher, or told by the reference
PROPERTIES: dict[str, tuple[Both, tuple[str, ...]]] = {
    "code": (Both("code INSEE ou SIREN", "INSEE code or SIREN"), _OF_PLACES),
    "postal": (Both("code postal", "postal code"), _OF_PLACES),
    "departement": (Both("département", "département"), (*_OF_PLACES, "organisation", *_PROCESSES)),
    "region": (Both("région", "région"), (*_OF_PLACES, "organisation", *_PROCESSES)),
    "epci": (Both("EPCI", "EPCI"), _OF_PLACES),
    "kind": (Both("nature", "kind"), (*_OF_PLACES, "organisation")),
    "population": (Both("population", "population"), _OF_PLACES),
    "laureates": (
        Both("lauréats", "laureates"), (*_OF_PLACES, "organisation", "tool", "theme", "audience"),
    ),
    "insee": (Both("IRI de l’INSEE", "IRI of INSEE"), _OF_PLACES),
    "date": (Both("date à laquelle le nom ou le code vaut", "day for which the name or code holds"), _OF_PLACES),
    "siren": (Both("SIREN", "SIREN"), ("organisation",)),
    "territory": (Both("territoire", "territory"), ("organisation", *_PROCESSES)),
    "broader": (Both("terme plus large", "broader term"), ("tool", "theme", "audience")),
    "carrier": (Both("porteur", "carrier"), _PROCESSES),
    "stars": (Both("étoiles", "stars"), ("laureate",)),
}  # fmt: skip
ASKED_ONLY = ("date",)  # what a row can say, and no entity tells


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing: `id` is its IRI below the base, `types` begin with the most particular."""

    id: str
    types: tuple[str, ...]
    name: Both
    description: Both


Value = str | int | Both | Entity


def broader(type_: str) -> str:
    """The type of which `type_` is a kind; "" if there is none."""
    return TERRITORY if type_ in KINDS else ""


def properties_of(type_: str) -> list[str]:
    """The properties that entities of a type tell; of every type, if there is none of that name."""
    return [p for p, (_, types) in PROPERTIES.items() if p not in ASKED_ONLY and (type_ not in TYPES or type_ in types)]
