"""What the line that names the carrier of a laureate tells for certain of its parties and territories.

Pure, but for the reference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, TP
from trophees.check.template import Given, Node
from trophees.check.territories import KINDS
from trophees.places import why
from trophees.places.link import Asked, Linked, link
from trophees.places.place import COMMUNE, DEPARTEMENT, EPCI, REGION, Place
from trophees.places.wording import titled
from trophees.source.plain_yaml import not_text
from trophees.source.record import Record

_ROLE, _SECTION, _KIND = BASE + "role/carrier", BASE + "section/ligne-porteur", BASE + "organisation-kind/"
_KIND_OF = {COMMUNE: "commune", DEPARTEMENT: "departement", REGION: "region"}
_KIND_OF_FORM = {
    "CC": "communaute-de-communes",
    "CA": "communaute-d-agglomeration",
    "CU": "communaute-urbaine",
    "METRO": "metropole",
}
_SINGLE = {"02", "03", "94"}  # Martinique, Guyane and Corse: one collectivity instead of a région and départements
_NUMBER = re.compile(r"\b(?:[0-9]{2,3}|2[AB])\b")
_NUMBERS = re.compile(rf"(?:[\s()&,/-]|\bet\b|{_NUMBER.pattern})+")
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")
_MOST = 50  # candidates that a note names


def given(
    line: str,
    day: date,
    territories: Collection[str],
    organisations: Mapping[tuple[str, str], list[str]],
    context: Context,
) -> Node:
    """What a template of a laureate has in it, of the carrier `line` as it is printed in a source of that `day`.

    Only what is certain: the line itself; if it means one territory, the party and what it covers; the départements
    whose numbers end the line. What is not certain is told in a note. `territories` are those that the project knows,
    `organisations` its organisations by their own territory and kind, all by their IRIs.
    """
    found = link(Asked(name=line, on=day))
    name, numbers = _ended(line)
    covered = {}
    if found.place and found.place.kind in KINDS:
        covered[_iri(found.place)] = _printed(found.place, name)
    if found.outcome != "unknown" or found.why == why.NOT_A_NAME:
        for number in numbers:
            if county := link(Asked(departement=number, kind="département", on=day)).place:
                covered.setdefault(_iri(county), number)
    section = Given(context.compact(_SECTION, vocab=True))
    nodes: list[Node] = [
        {
            TP + "territory": Given(context.compact(iri)),
            TP + "printed": Given(_yaml(printed)),
            TP + "section": section,
        }
        for iri, printed in covered.items()
    ]
    party: Node = {
        TP + "role": Given(context.compact(_ROLE, vocab=True)),
        TP + "position": Given("1"),
        TP + "printed": Given(_yaml(name)),
        TP + "section": section,
    }
    return {
        TP + "carrierLine": Given(_yaml(line)),
        TP + "involvement": Given([{**party, **_who(found.place, organisations, context)}] if found.place else []),
        TP + "coverage": Given(nodes, _note(found, [iri for iri in covered if iri not in territories], context)),
    }


def organisations(records: Iterable[Record], replaced: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """The organisations in `records` that have a territory of their own, by it and by their kind.

    By what that territory has `replaced`, too: a source older than that means the same organisation.
    """
    found: dict[tuple[str, str], list[str]] = {}
    before = dict(replaced)
    for record in records:
        own = {s.predicate.value: s.object.value for s in record.statements if s.subject == record.iri}
        territory, kind = own.get(TP + "homeTerritory"), own.get(TP + "organisationKind")
        while territory and kind and record.iri.value not in (those := found.setdefault((territory, kind), [])):
            those.append(record.iri.value)
            territory = before.get(territory)
    return found


def _who(place: Place, organisations: Mapping[tuple[str, str], list[str]], context: Context) -> Node:
    """The organisation that the territory has; else its kind, where that of the territory says it."""
    if place.kind == EPCI:
        word = _KIND_OF_FORM.get(place.form)
    elif place.kind == REGION and place.code in _SINGLE:
        word = "collectivite"
    else:
        word = _KIND_OF.get(place.kind)
    if not word:
        return {}
    known = organisations.get((_iri(place), _KIND + word), [])
    tokens = [context.compact(iri) for iri in sorted(known)]
    if len(tokens) == 1:
        return {TP + "organisation": Given(tokens[0])}
    kind = context.compact(_KIND + word)
    if tokens:
        return {TP + "organisation": Given("", Both(" | ".join(tokens), " | ".join(tokens)))}
    own = context.compact(_iri(place))
    note = Both(
        f"aucune fiche d’organisme n’a {own} pour territoire propre : « trophees new organisation »",
        f"no record of an organisation has {own} as its own territory: “trophees new organisation”",
    )
    return {TP + "organisation": Given("", note), TP + "organisationKind": Given(kind)}


def _note(found: Linked, missing: list[str], context: Context) -> Both | None:
    """Why no territory is given, and which may be meant; why one is of which the line has not the name; what lacks."""
    if found.place and found.place.kind not in KINDS:
        called = titled(found.place)
        return called + Both(" : une fiche ne peut pas le nommer", ": a record cannot name it")
    if found.place is None:
        shown = [_named(place, context) for place in found.candidates[:_MOST]]
        several = ": " + " | ".join(shown) if shown else ""
        return found.why + Both(f"\u00a0{several}" if several else "", several)
    said = [] if found.score == 1 and found.why in why.FOUND.values() else [found.why]
    if missing:
        tokens = ", ".join(map(context.compact, missing))
        said += [
            Both(
                f"{tokens} : absent de data/reference/, où « python tools/insee_extract.py » le met",
                f"{tokens}: not in data/reference/, where “python tools/insee_extract.py” puts it",
            )
        ]
    return Both(" ; ".join(one.fr for one in said), "; ".join(one.en for one in said)) if said else None


def _named(place: Place, context: Context) -> str:
    code = context.compact(_iri(place)) if place.kind in KINDS else f"{place.kind} {place.code}"
    return f"{code} {place.name}"


def _ended(line: str) -> tuple[str, list[str]]:
    """The line without the numbers of départements in brackets at its end, and these."""
    start = line.find("(")
    if start < 1 or not _NUMBERS.fullmatch(line, start):
        return line, []
    return line[:start].rstrip(), _NUMBER.findall(line[start:])


def _printed(place: Place, name: str) -> str:
    """The name of the place as the line has it; all of the line if it has another."""
    plain, sought = (text.translate(_APOSTROPHES).lower() for text in (name, place.name))
    found = re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", plain)
    return name[slice(*found.span())] if found and len(plain) == len(name) else name


def _iri(place: Place) -> str:
    return f"{BASE}territory/{place.kind}/{place.code}"


def _yaml(text: str) -> str:
    """`text` as YAML writes it: plain if that cannot be read as anything else."""
    if re.fullmatch(r"[^\W\d_][^:#\n]*", text) and not text.endswith(" ") and not not_text(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
