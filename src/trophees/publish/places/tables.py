"""The tables of the reference as they are published: the ones that it is made of, and what their columns hold."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.base.language import Both
from trophees.places import tables
from trophees.publish.tables import Column, Table

_KIND = "string — Sorte de territoire : commune, commune-deleguee, commune-associee, arrondissement-municipal, …"
_CODE = "string — Code de l’Insee, ou SIREN d’un EPCI"
_START = "string? — Premier jour, ou intervalle qui le contient (EDTF) ; vide : depuis avant 1943"
_END = "string? — Premier jour où ce n’est plus ainsi, ou intervalle (EDTF) ; vide : en vigueur"
_TABLES = {
    "places": (
        Both("Territoires français depuis 1943, datés", "French territories since 1943, with dates"),
        Both(
            "Une ligne par territoire et par nom : sa sorte, son code, et pour combien de temps il en fut ainsi.",
            "A row for each territory and name: its kind, its code, and the time for which it was so.",
        ),
        {
            "kind": _KIND, "code": _CODE, "name": "string — Nom", "start": _START, "end": _END,
            "of": "string? — Code de la commune d’une partie, du département d’un arrondissement",
            "form": "string? — Forme d’un EPCI : CC, CA, CU, METRO, MET69",
        },
        "",
    ),
    "events": (
        Both("Événements des territoires français", "Events of French territories"),
        Both(
            "Ce qui est arrivé à un territoire, et où cela mène : fusion, séparation, changement de nom ou de code…",
            "What happened to a territory, and where it leads: merger, split, change of name or code…",
        ),
        {
            "date": "string — Jour, ou intervalle qui le contient (EDTF)", "event": "string — Sorte d’événement",
            "kind": "string? — Sorte du territoire d’avant", "code": "string? — Son code",
            "to_kind": "string? — Sorte du territoire d’après", "to_code": "string? — Son code",
        },
        "",
    ),
    "members": (
        Both("Communes des EPCI depuis 2019", "Communes of inter-municipal bodies since 2019"),
        Both(
            "La commune, son EPCI ou son établissement public territorial, la première liste annuelle où c’est ainsi "
            "et la première où ce ne l’est plus.",
            "The commune, its inter-municipal body, the first yearly list that has it so and the first that does not.",
        ),
        {
            "commune": "string — Code de la commune", "epci": "string — SIREN de l’EPCI",
            "start": "date — Première liste",
            "end": "date? — Première liste où ce n’est plus ainsi",
        },
        "commune epci start",
    ),
    "arrondissements": (
        Both("Communes des arrondissements depuis 2019", "Communes of arrondissements since 2019"),
        Both("La commune, son arrondissement, et de même.", "The commune, its arrondissement, and the same."),
        {
            "commune": "string — Code de la commune",
            "arrondissement": "string? — Code de l’arrondissement ; vide : aucun",
            "start": "date — Première liste", "end": "date? — Première liste où ce n’est plus ainsi",
        },
        "commune arrondissement start",
    ),
    "regions": (
        Both("Départements des régions depuis 1982", "Départements of régions since 1982"),
        Both(
            "Le département, sa région, et pour combien de temps.", "The département, its région, and for how long."
        ),
        {
            "departement": "string — Code du département", "region": "string — Code de la région",
            "start": _START, "end": _END,
        },
        "",
    ),
    "points": (
        Both("Points des territoires français", "Points of French territories"),
        Both(
            "Longitude et latitude (WGS 84), et ce que c’est : un centre, celui du siège, une mairie, une moyenne.",
            "Longitude and latitude (WGS 84), and what it is: a centre, that of the seat, a town hall, a mean.",
        ),
        {
            "kind": _KIND, "code": _CODE, "lon": "decimal — Longitude, en degrés",
            "lat": "decimal — Latitude, en degrés",
            "what": "string — centre, seat (centre de la commune déléguée de même code), town-hall (mairie) ou "
            "inhabitants (moyenne des communes, pondérée par leurs habitants)",
        },
        "kind code",
    ),
    "populations": (
        Both("Populations municipales des territoires français", "Municipal populations of French territories"),
        Both(
            "La population municipale et l’année du recensement, si la source la dit.",
            "The municipal population and the year of the census, where the source says it.",
        ),
        {
            "kind": _KIND, "code": _CODE, "inhabitants": "integer — Habitants",
            "year": "gYear? — Année de référence",
            "what": "string — published (publiée) ou sum (somme des communes)",
        },
        "kind code",
    ),
    "postal_codes": (
        Both("Codes postaux des communes françaises", "Postal codes of French communes"),
        Both(
            "Les codes postaux, séparés par une espace, et la dernière liste qui les donne.",
            "The postal codes, with a space between them, and the last list that gives them.",
        ),
        {
            "kind": _KIND, "code": _CODE, "postal_codes": "string — Codes postaux, séparés par une espace",
            "vintage": "date — Dernière liste qui les donne",
        },
        "kind code",
    ),
    "sirens": (
        Both("SIREN des communes françaises", "SIREN of French communes"),
        Both(
            "Le SIREN de la commune comme personne morale, et son code de l’Insee, depuis 2019.",
            "The SIREN of the commune as a legal person, and its code at INSEE, since 2019.",
        ),
        {"siren": "string — SIREN de la commune", "commune": "string — Code de la commune"},
        "siren",
    ),
}  # fmt: skip


def packaged() -> list[Table]:
    """The tables, in the order in which they are listed."""
    return [
        Table(_name(own), title, summary, tuple(key.split()), {}, tuple(_columns(columns)), "")
        for own, (title, summary, columns, key) in _TABLES.items()
    ]


def files() -> Iterator[tuple[str, bytes]]:
    """Each at its path, byte for byte as the reference has it."""
    for own in _TABLES:
        yield path(_name(own)), (tables.folder() / f"{own}.csv").read_bytes()


def path(name: str) -> str:
    """Where the table called `name` is published."""
    return f"places/{name}.csv"


def _name(own: str) -> str:
    """No name is that of a table of the graph: each file has a node of the catalogue, called after it."""
    return "place-" + {"places": "records"}.get(own, own.replace("_", "-"))


def _columns(told: dict[str, str]) -> Iterator[Column]:
    for name, said in told.items():
        datatype, _, title = said.partition(" — ")
        yield Column(name, datatype.removesuffix("?"), datatype.endswith("?"), title)
