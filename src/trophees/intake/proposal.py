"""A record that a row proposes: what it states for certain, with its column; the rest in comments, to be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from trophees.base.context import Context
from trophees.base.errors import brief
from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.check.territories import KINDS
from trophees.intake import columns, status
from trophees.intake.columns import quoted, section
from trophees.intake.faults import Fault
from trophees.intake.known import CASE, LAUREATE, Known, plain
from trophees.intake.recognise import Carrier
from trophees.intake.sheet import Sheet, addresses, items, parts, words
from trophees.places.place import Place

_FEW = 7  # words of a source that an anchor may repeat
_MOST = 40  # figures and candidates that comments list
_FIGURE = re.compile(r"(?<![\w.])[0-9]+(?:[ .,][0-9]+)*(?:\s?[%€])?(?:\s+[^\W\d_]\S*){0,3}")
_COMMON = frozenset(
    {
        "a",
        "agglomeration",
        "association",
        "centre",
        "commune",
        "communes",
        "communaute",
        "communal",
        "conseil",
        "d",
        "de",
        "departement",
        "departemental",
        "des",
        "du",
        "en",
        "et",
        "hotel",
        "l",
        "la",
        "le",
        "les",
        "maire",
        "mairie",
        "metropole",
        "pays",
        "region",
        "regional",
        "societe",
        "un",
        "une",
        "urbaine",
        "ville",
    }
)


def slug(sheet: Sheet, who: Carrier, taken: Iterable[str]) -> str:
    """A name for the record: the words that tell its carrier, then, if that is `taken`, those of its title."""
    name = who.linked.place.name if who.linked.place else sheet.get(columns.CARRIER)
    told = _telling(name)[:4] or _telling(sheet.get(columns.TITLE))[:4] or ["ligne", str(sheet.line)]
    known = set(taken)
    for word in ("", *_telling(sheet.get(columns.TITLE))):
        told = [*told, word] if word else told
        if (found := "-".join(told)) not in known:
            return found
    return f"{'-'.join(told)}-{sheet.line}"


def _telling(name: str) -> list[str]:
    return [word for word in plain(name).split() if word not in _COMMON]


def folder(sheet: Sheet, cases: str) -> str:
    """The folder of the record, below `data/`: of its edition, or of the cases that none rewards."""
    found = sheet.status
    assert found is not None
    if found.kind == status.CASE:
        return f"{CASE}/{cases}"
    return f"{LAUREATE if found.kind == status.LAUREATE else CASE}/{sheet.years[0]}"


def record(
    sheet: Sheet, iri: str, who: Carrier, of: columns.Columns, known: Known, faults: Sequence[Fault], context: Context,
    language: Language,
) -> str:  # fmt: skip
    """The text of the record called `iri` that the row proposes, every fact with its column.

    What is not certain stands in comments that begin with « à vérifier »; no sentence of the row is copied.
    """
    return "\n".join(_lines(sheet, iri, who, of, known, faults, context, language)) + "\n"


def _lines(
    sheet: Sheet, iri: str, who: Carrier, of: columns.Columns, known: Known, faults: Sequence[Fault], context: Context,
    language: Language,
) -> Iterator[str]:  # fmt: skip
    found = sheet.status
    assert found is not None
    yield f"# Proposé par « trophees import » d’après la ligne {sheet.line} ; relisez tout, et ôtez les commentaires."
    yield f"id: {context.compact(iri)}"
    yield f"type: {context.term_for(TP + ('Laureate' if found.kind == status.LAUREATE else 'Case'))}"
    if found.kind != status.CASE:
        year = sheet.years[0]
        yield f"édition: edition:{year}" + (
            "" if len(sheet.years) == 1 else f"  # à vérifier : {' | '.join(sheet.years)}"
        )
        if found.stars:
            yield f"étoiles: {found.stars}"
        else:
            yield f"distinction: distinction:{found.kind}"
    title = sheet.get(columns.TITLE)
    yield f"titre: {quoted(title)}" if title else "# titre: à vérifier, la ligne n’en a pas"
    yield from ("# libellé:  # à écrire, dans les deux langues", "#   fr:", "#   en:")
    if line := sheet.get(columns.CARRIER):
        yield f"ligne_porteur: {quoted(line)}"
    yield from ("# résumé:  # à écrire, avec vos mots", "#   fr:", "#   en:", f"selon: {of.source}", "", "récits:")
    yield from account(sheet, of.source)
    yield from sites(sheet)
    yield from _parties(sheet, who, known, context)
    yield from _territories(sheet, who, known, context)
    yield from _concepts(sheet, known, context, "outils", "outil", "tool", columns.TOOL)
    yield from _concepts(sheet, known, context, "thèmes", "thème", "theme", columns.THEME)
    yield from _stages(sheet)
    yield from _figures(sheet)
    if faults:
        yield from ("", "# Ce qui ne va pas dans la ligne : une anomalie pour ce qui reste vrai après relecture.")
        yield from (f"#   {fault.column} : {fault.said[language]}" for fault in faults)


def account(sheet: Sheet, source: str, **more: str) -> Iterator[str]:
    """The account that the source gives of the process, as an item of the list of a record."""
    yield f"  - selon: {source}"
    for key, value in more.items():
        yield f"    {key}: {value}"
    if code := sheet.get(columns.CODE):
        yield f"    code: {quoted(code)}"
    if found := addresses(sheet.get(columns.DOCUMENT).replace(" ", "%20")):
        yield f"    adresse: {quoted(found[0][1])}"
    if cell := sheet.get(columns.STATUS):
        yield f"    imprimé: {quoted(cell)}"
        yield f"    rubrique: {section(sheet.header(columns.STATUS))}"


def sites(sheet: Sheet, indent: str = "") -> Iterator[str]:
    """The websites of the row, as facts."""
    found = addresses(sheet.get(columns.SITE))
    if found:
        yield from ("", f"{indent}sites:")
    for text, full in found:
        yield f"{indent}  - adresse: {quoted(full)}"
        yield f"{indent}    imprimé: {quoted(text)}"
        yield f"{indent}    rubrique: {section(sheet.header(columns.SITE))}"


def _parties(sheet: Sheet, who: Carrier, known: Known, context: Context) -> Iterator[str]:
    name, header = sheet.get(columns.CARRIER), sheet.header(columns.CARRIER)
    if not name:
        return
    yield from ("", "acteurs:")
    several = who.organisations if len(who.organisations) != 1 else ()
    if several:
        yield f"  # à vérifier : {' | '.join(map(context.compact, several[:_MOST]))}"
    elif not who.organisations:
        yield "  # à vérifier : aucun organisme de ce nom (« trophees new organisation ») ; d’ici là, un libellé"
    yield "  - rôle: porteur"
    if len(who.organisations) == 1:
        yield f"    organisme: {context.compact(who.organisations[0])}"
    else:
        yield from ("    libellé:", f"      fr: {quoted(name)}")
    yield from ("    position: 1", f"    imprimé: {quoted(name)}", f"    rubrique: {section(header)}")
    seen = {iri for header, cell in sheet.all(columns.TEXT) for iri in _bodies(cell, known)} - set(who.organisations)
    for iri in sorted(seen)[:_MOST]:
        yield f"  # à vérifier : {context.compact(iri)} est nommé dans la ligne ; à quel titre ?"


def _bodies(cell: str, known: Known) -> Iterator[str]:
    padded = f" {plain(cell)} "
    for name, iris in known.by_name.items():
        if len(name) > 3 and f" {name} " in padded:
            yield from iris


def _territories(sheet: Sheet, who: Carrier, known: Known, context: Context) -> Iterator[str]:
    found, name = who.linked, sheet.get(columns.CARRIER)
    if found.place and found.place.kind in KINDS:
        yield from ("", "territoires:", f"  - territoire: {_token(found.place, context)}")
        if _iri(found.place) not in known.territories:
            yield "    # à vérifier : absent de data/reference/, où « python tools/insee_extract.py » le met"
        yield from (f"    imprimé: {quoted(name)}", f"    rubrique: {section(sheet.header(columns.CARRIER))}")
    elif found.candidates:
        shown = " | ".join(f"{_token(place, context)} {place.name}" for place in found.candidates[:_MOST])
        yield from ("", f"# territoires:  # à vérifier, {found.why.fr} : {shown}")
    else:
        yield from ("", f"# territoires:  # à vérifier : {found.why.fr}")


def _iri(place: Place) -> str:
    return f"{BASE}territory/{place.kind}/{place.code}"


def _token(place: Place, context: Context) -> str:
    return context.compact(_iri(place)) if place.kind in KINDS else f"{place.kind} {place.code}"


def _concepts(sheet: Sheet, known: Known, context: Context, key: str, of: str, kind: str, role: str) -> Iterator[str]:
    """The concepts that the columns of the role name, and, in comments, what else the row may mean."""
    facts: list[tuple[str, str, str]] = []
    near: list[tuple[str, str, str]] = []
    for header, cell in sheet.all(role):
        for value in words(cell):
            named = list(known.named(kind, value))
            whole = [iri for iri, printed in named if plain(printed) == plain(value)]
            facts.append((whole[0] if whole else "", value, header))
            near += [(iri, printed, header) for iri, printed in named if iri not in whole]
    sure = [(iri, printed, header) for iri, printed, header in facts if iri]
    if not facts and kind != "tool":
        return
    yield from ("", f"{key}:" if sure else f"# {key}:")
    for number, (iri, printed, header) in enumerate(sure):
        yield f"  - {of}: {context.compact(iri)}"
        yield "    statut: utilisé" if kind == "tool" else f"    principal: {'true' if number == 0 else 'false'}"
        yield from (f"    imprimé: {quoted(printed)}", f"    rubrique: {section(header)}")
    for iri, printed, header in facts:
        if not iri:
            yield f"  # à vérifier : « {brief(printed)} » ({header}) n’est le nom d’aucun concept"
    if kind == "tool":
        near += [(*found, header) for header, cell in sheet.all(columns.TEXT) for found in known.named(kind, cell)]
    taken = {iri for iri, _, _ in sure}
    for iri, printed, header in near:
        if iri not in taken:
            taken.add(iri)
            yield f"  # à vérifier : {context.compact(iri)} « {printed} » ({header})"


def _stages(sheet: Sheet) -> Iterator[str]:
    found = items(sheet.get(columns.STAGES))
    if not found:
        return
    yield from ("", "# étapes:  # à écrire, avec vos mots")
    for number, item in enumerate(found, 1):
        *lead, text = parts(item) or [""]
        when = f" ({brief(' :: '.join(lead), 60)})" if lead else ""
        yield f"#   - position: {number}{when}"
        yield f"#     ancre: {quoted(' '.join(text.split()[:_FEW]))}"
        yield f"#     rubrique: {section(sheet.header(columns.STAGES))}"


def _figures(sheet: Sheet) -> Iterator[str]:
    found = [
        (" ".join(match.group().split()[:_FEW]), header)
        for header, cell in sheet.all(columns.TEXT)
        for match in _FIGURE.finditer(cell)
    ]
    if found:
        yield from ("", "# indicateurs et périodes, parmi ces nombres :")
        yield from (f"#   « {text} » ({header})" for text, header in found[:_MOST])
