"""What is wrong with the address of a row, by the reference of places: postal codes, coordinates, towns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from trophees.base.folding import fold
from trophees.base.language import Both
from trophees.intake import columns
from trophees.intake.faults import Fault
from trophees.intake.sheet import Sheet
from trophees.places import reference
from trophees.places.link import Asked, link
from trophees.places.place import COMMUNE, MUNICIPAL, Place

_FAR = 12.0  # kilometres from the middle of a commune, more than which none of it lies, but for the largest
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,15})?")


def of_places(sheet: Sheet) -> Iterator[Fault]:
    """What is wrong with the postal code, the town and the coordinates of the row."""
    town = _town(sheet)
    postal = list(_of_postal(sheet, town))
    yield from postal
    yield from _of_point(sheet, town, doubtful=bool(postal))


def _town(sheet: Sheet) -> Place | None:
    name, postal = sheet.get(columns.TOWN), sheet.get(columns.POSTAL).strip()
    if not name:
        return None
    for asked in (Asked(name=name, postal=postal), Asked(name=name, departement=postal[:2]), Asked(name=name)):
        found = link(asked)
        if found.place and found.place.kind in (COMMUNE, MUNICIPAL):
            return found.place
    return None


def _of_postal(sheet: Sheet, town: Place | None) -> Iterator[Fault]:
    header, cell = sheet.header(columns.POSTAL), sheet.get(columns.POSTAL)
    if not header or not (cell or sheet.get(columns.TOWN)):
        return
    codes = reference.postal_codes().get((town.kind, town.code), ()) if town else ()
    shown = Both(_listed(codes, "ou"), _listed(codes, "or"))

    def fault(fr: str, en: str) -> Fault:
        return Fault(sheet.line, header, "doubtful-postal-code", Both(fr, en))

    if not cell:
        yield fault(f"le code postal manque : {shown.fr}", f"the postal code is missing: {shown.en}")
    elif re.fullmatch("[0-9]{4}", cell):
        yield fault(f"{cell} : le zéro de tête est perdu, 0{cell}", f"{cell}: the first zero is lost, 0{cell}")
    elif not re.fullmatch("[0-9]{5}", cell):
        yield fault(f"« {cell[:20]} » n’est pas un code postal", f"“{cell[:20]}” is no postal code")
    elif town is None and _known_elsewhere(sheet.get(columns.TOWN), cell):
        name = sheet.get(columns.TOWN)
        yield fault(f"{cell} n’est le code d’aucun « {name} »", f"{cell} is the code of no “{name}”")
    elif town and cell not in codes:
        name = town.name
        if cell == town.code:
            yield fault(
                f"{cell} est le code Insee {_of(name)}, dont le code postal est {shown.fr}",
                f"{cell} is the INSEE code of {name}, whose postal code is {shown.en}",
            )
        elif cell[:2] == town.code[:2] or cell[:3] == town.code[:3]:
            if other := _whose(cell):
                yield fault(
                    f"{cell} n’est pas un code postal {_of(name)} ({shown.fr}) : c’est celui {_of(other)}",
                    f"{cell} is no postal code of {name} ({shown.en}): it is that of {other}",
                )
                return
            yield fault(
                f"{cell} n’est pas un code postal {_of(name)} ({shown.fr}) : boîte postale ou Cedex ?",
                f"{cell} is no postal code of {name} ({shown.en}): a P.O. box or Cedex?",
            )
        else:
            yield fault(
                f"{cell} n’est pas du département {_of(name)}, dont le code postal est {shown.fr}",
                f"{cell} is not of the département of {name}, whose postal code is {shown.en}",
            )


def _of(name: str) -> str:
    """The French name behind « de », elided."""
    return f"d’{name}" if fold(name)[0] in "aeiou" else f"de {name}"


def _listed(codes: Sequence[str], last: str) -> str:
    """All the codes, with that word before the last one: a list that is cut would deny a town its other codes."""
    return f" {last} ".join(filter(None, (", ".join(codes[:-1]), *codes[-1:]))) or "?"


def _whose(postal: str) -> str:
    """The name of the first commune of that postal code; empty if it is none's."""
    codes = (code for (kind, code), found in reference.postal_codes().items() if kind == COMMUNE and postal in found)
    return next((place.name for code in codes for place in reference.at(code, kind=COMMUNE)), "")


def _known_elsewhere(name: str, postal: str) -> bool:
    """True if there are communes of that name, and the postal code is that of none."""
    there = [place for place in reference.at(name) if place.kind == COMMUNE]
    codes = {code for place in there for code in reference.postal_codes().get((COMMUNE, place.code), ())}
    return bool(there) and postal not in codes and postal[:2] not in {place.code[:2] for place in there}


def _of_point(sheet: Sheet, town: Place | None, doubtful: bool) -> Iterator[Fault]:
    header = sheet.header(columns.LATITUDE)
    cells = [sheet.get(role).replace(",", ".") for role in (columns.LATITUDE, columns.LONGITUDE)]
    if not any(cells):
        return

    def fault(fr: str, en: str) -> Fault:
        return Fault(sheet.line, header, "wrong-coordinates", Both(fr, en))

    if not all(_NUMBER.fullmatch(cell) for cell in cells):
        yield fault("ce ne sont pas des degrés", "these are no degrees")
        return
    point = reference.points().get((town.kind, town.code)) if town else None
    lat, lon = (float(cell) for cell in cells)
    if town and point:
        away = _kilometres(lat, lon, point.lat, point.lon)
        if away > _FAR:
            yield fault(
                f"à {away:.0f} km du centre {_of(town.name)} : ôtez-les, ou prenez le point de la commune",
                f"{away:.0f} km from the middle of {town.name}: remove them, or take the point of the commune",
            )
        return
    postal, near = sheet.get(columns.POSTAL), _nearest(lat, lon)
    if postal and not doubtful and _beginning(near) != postal[:2]:
        yield fault(
            f"dans le département {near[:2]}, alors que le code postal est {postal}",
            f"in the département {near[:2]}, while the postal code is {postal}",
        )


def _beginning(code: str) -> str:
    """How the postal codes of the commune of that INSEE code begin."""
    return "20" if code.startswith("2") and not code[1].isdigit() else code[:2]


def _nearest(lat: float, lon: float) -> str:
    """The code of the commune whose point is the nearest."""
    points = reference.points()
    flat = math.cos(math.radians(lat))
    communes = ((point, code) for (kind, code), point in points.items() if kind in (COMMUNE, MUNICIPAL))
    return min(((point.lat - lat) ** 2 + ((point.lon - lon) * flat) ** 2, code) for point, code in communes)[1]


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance on a sphere of 6,371 km."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, half)))
