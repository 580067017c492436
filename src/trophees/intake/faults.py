"""What is wrong with the words of a row, where, and what to do: told, never mended in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trophees.base.errors import brief
from trophees.base.folding import fold
from trophees.base.language import Both
from trophees.intake import columns, status
from trophees.intake.sheet import LONGEST, Sheet, addresses, items, parts

_DECIMAL = re.compile(
    r"(?<![0-9])(?<![0-9] )\b([0-9]{1,3}) ([0-9]{1,2}) ?"
    r"(milliards?\b|millions?\b|ETP\b|M€|k€|€|%|km\b|ha\b|ans?\b|mois\b|fois\b|points?\b)",
    re.IGNORECASE,
)
_BUILDING = re.compile(
    r"^(h[oô]tel (de ville|du d[eé]partement|de r[eé]gion)|mairie|maire\b.*|pr[eé]sidente?\b.*)$", re.IGNORECASE
)
_TEAMS = re.compile(r"\bequipes?\b|\bmoyens\b|\bservices?\b")
_LEFT = re.compile(r"\b(?!et\b|ou\b|and\b|or\b)\w", re.IGNORECASE)  # of a cell of addresses, but for what joins them
_COUNTED = re.compile(r"(?<![0-9])(?<![0-9] )([0-9]{1,3}(?: [0-9]{3})+|[0-9]{2,9}) ([^\W\d_]{4,})")
_HOUSE = re.compile(r"([0-9]{1,4})\s+(\D.*)")


@dataclass(frozen=True)
class Fault:
    """What is wrong on a `line` of the file, in the `column`; `kind` is that of the anomaly, empty if it is none.

    `rows`, if it is told once for many, is how many have it.
    """

    line: int
    column: str
    kind: str
    said: Both
    rows: int = 1


def of_words(sheet: Sheet) -> Iterator[Fault]:
    """What is wrong with the words of the row itself."""
    for header, cell in sheet.raw.items():
        if len(cell) > LONGEST:
            yield Fault(sheet.line, header, "", _long(cell))
    if decomposed := [header for header, cell in sheet.raw.items() if len(cell) <= LONGEST and _decomposed(cell)]:
        yield Fault(sheet.line, ", ".join(decomposed), "decomposed-letters", _DECOMPOSED)
    if hidden := [header for header, cell in sheet.raw.items() if len(cell) <= LONGEST and _hidden(cell)]:
        yield Fault(sheet.line, ", ".join(hidden), "", _HIDDEN)
    for header, cell in sheet.all(*(role for role in columns.ROLES if role not in (columns.LEFT, columns.STREET))):
        for match in _DECIMAL.finditer(cell):
            yield Fault(sheet.line, header, "lost-comma", _comma(match))
    yield from _of_status(sheet)
    yield from _of_carrier(sheet)
    yield from _of_lists(sheet)
    yield from _of_site(sheet)
    yield from _of_figures(sheet)


_DECOMPOSED = Both(
    "des lettres accentuées sont en deux caractères : lues comme si elles l’étaient en un",
    "accented letters are in two characters: read as if they were in one",
)


_HIDDEN = Both("des caractères invisibles, ôtés", "invisible characters, which are taken out")


def _hidden(cell: str) -> bool:
    return any(c not in "\n\t\r" and unicodedata.category(c).startswith("C") for c in cell)


def _decomposed(cell: str) -> bool:
    return (
        not cell.isascii()
        and any(unicodedata.combining(c) for c in cell)
        and unicodedata.normalize("NFC", cell) != cell
    )


def _long(cell: str) -> Both:
    return Both(
        f"cellule de {len(cell)} caractères, non lue : {LONGEST} au plus",
        f"cell of {len(cell)} characters, not read: {LONGEST} at most",
    )


def _comma(match: re.Match[str]) -> Both:
    text, value = match.group().strip(), f"{match[1]},{match[2]} {match[3]}"
    return Both(
        f"« {text} » : une virgule a disparu ; {value} se déduit, à dire avec sa raison",
        f"“{text}”: a comma has vanished; {value} is inferred, to be said with the reason",
    )


def _of_status(sheet: Sheet) -> Iterator[Fault]:
    header, cell = sheet.header(columns.STATUS), sheet.get(columns.STATUS)
    for wrong, right in status.misspelt(cell):
        yield Fault(sheet.line, header, "typo", Both(f"« {wrong} » pour « {right} »", f"“{wrong}” for “{right}”"))
    found = sheet.status
    if found is None or found.kind == status.CASE:
        return
    stated = [*found.years, *status.years(sheet.get(columns.EDITION))]
    coded = status.years(sheet.get(columns.CODE))
    if not stated:
        said = (
            Both(f" ; le code de la fiche dit {coded[0]}", f"; the code of the sheet says {coded[0]}")
            if coded
            else Both("", "")
        )
        yield Fault(sheet.line, header, "missing-year", Both("l’année manque", "the year is missing") + said)
    elif len(sheet.years) > 1:
        years = Both(" ou ".join(sheet.years), " or ".join(sheet.years))
        yield Fault(
            sheet.line,
            header,
            "contradictory-year",
            Both("l’année est ", "the year is ")
            + years
            + Both(" : tranchez d’après une autre source", ": decide by another source"),
        )


def _of_carrier(sheet: Sheet) -> Iterator[Fault]:
    name = sheet.get(columns.CARRIER)
    header = sheet.header(columns.CARRIER)
    if not name:
        yield Fault(sheet.line, header, "", Both("le porteur manque", "the carrier is missing"))
    elif _BUILDING.match(name):
        yield Fault(
            sheet.line,
            header,
            "misnamed-carrier",
            Both(
                f"« {brief(name)} » nomme un lieu ou une fonction : dites quelle collectivité, avec la raison",
                f"“{brief(name)}” names a building or an office: say which body, with the reason",
            ),
        )


def _of_lists(sheet: Sheet) -> Iterator[Fault]:
    title, header = fold(sheet.get(columns.STAGES_TITLE)), sheet.header(columns.STAGES)
    cell = sheet.get(columns.STAGES)
    if title and _TEAMS.search(title):
        yield Fault(
            sheet.line,
            header,
            "misplaced-content",
            Both("des équipes, là où des étapes sont attendues", "teams, where stages are expected"),
        )
    for item in items(cell):
        if len(parts(item)) > 2:
            yield Fault(
                sheet.line,
                header,
                "broken-separator",
                Both(
                    f"« {brief(item, 40)} » : il manque « // » entre deux étapes",
                    f"“{brief(item, 40)}”: “//” is missing between two stages",
                ),
            )


def _of_site(sheet: Sheet) -> Iterator[Fault]:
    cell, header = sheet.get(columns.SITE), sheet.header(columns.SITE)
    found = addresses(cell)
    left = cell
    for text, _ in found:
        left = left.replace(text, " ", 1)
    if cell and (not found or (len(found) == 1 and found[0][0] != cell.strip()) or _LEFT.search(left)):
        yield Fault(
            sheet.line,
            header,
            "broken-address",
            Both(f"« {brief(cell)} » n’est pas une adresse entière", f"“{brief(cell)}” is no whole address"),
        )


def _of_figures(sheet: Sheet) -> Iterator[Fault]:
    """Two columns that count the same with numbers that are near, but not equal."""
    seen: dict[str, tuple[str, int]] = {}
    for header, cell in sheet.all(columns.TEXT, columns.STAGES):
        for match in _COUNTED.finditer(cell):
            number, thing = int(match[1].replace(" ", "")), fold(match[2])
            before = seen.setdefault(thing, (header, number))
            if before[0] != header and number != before[1] and 0.5 < number / max(before[1], 1) < 2:
                yield Fault(
                    sheet.line,
                    header,
                    "contradictory-figures",
                    Both(
                        f"{number} {match[2]} ici, {before[1]} dans « {before[0]} » : est-ce le même compte ?",
                        f"{number} {match[2]} here, {before[1]} in “{before[0]}”: is it the same count?",
                    ),
                )


def of_table(sheets: Sequence[Sheet]) -> Iterator[Fault]:
    """What is wrong with the table as a whole: commas that are nowhere, house numbers that a spreadsheet counted on."""
    text = sum(len(cell) for sheet in sheets for cell in sheet.cells.values())
    if text > 2000 and not any("," in cell for sheet in sheets for cell in sheet.cells.values()):
        yield Fault(
            0,
            "",
            "",
            Both(
                "aucune cellule ne contient de virgule : elles ont été ôtées du fichier, même dans les nombres",
                "no cell has a comma: they were taken out of the file, in numbers, too",
            ),
            len(sheets),
        )
    streets: dict[str, tuple[int, int]] = {}
    for sheet in sheets:
        match = _HOUSE.fullmatch(sheet.get(columns.STREET))
        if not match:
            continue
        street, number = fold(f"{match[2]}, {sheet.get(columns.TOWN)}"), int(match[1])
        before = streets.get(street)
        streets[street] = (number, sheet.line)
        if before and before[0] != number:
            yield Fault(
                sheet.line,
                sheet.header(columns.STREET),
                "",
                Both(
                    f"{number} {match[2]}, mais {before[0]} ligne {before[1]} : un tableur a-t-il compté ?",
                    f"{number} {match[2]}, but {before[0]} on line {before[1]}: did a spreadsheet count on?",
                ),
            )
