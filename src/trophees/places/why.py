"""Why a row is linked, ambiguous or unknown, in one sentence in French and in English."""

from __future__ import annotations

from datetime import date

from trophees.base.errors import brief, harmless
from trophees.base.language import Both
from trophees.places.in_force import Found
from trophees.places.place import Place

FOUND = {
    "name": Both("ce nom, à cette date", "this name, on that day"),
    "article": Both("ce nom, à l’article près", "this name, but for the article"),
    "spaces": Both("ce nom, aux espaces près", "this name, but for spaces"),
    "usual": Both("nom d’usage", "a name in use"),
    "words": Both("ce nom, aux mots de nature et de liaison près", "this name, but for words of kind and small words"),
    "letter": Both("à une lettre près, seul nom du département", "the one name in the département, but for a letter"),
    "cut": Both("seul nom du département à commencer ainsi", "the only name in the département that begins so"),
    "arrondissement": Both("arrondissement municipal", "municipal arrondissement"),
    "code": Both("ce code, à cette date", "this code, on that day"),
    "postal": Both("ce code postal", "this postal code"),
    "number": Both("ce nombre, code Insee ou code postal", "this number, as INSEE’s code or as a postal code"),
    "both": Both("ce code et ce nom", "this code and this name"),
}  # fmt: skip
SEVERAL = {
    "letter": Both("noms du département à une lettre près", "names in the département, but for a letter"),
    "cut": Both("noms du département qui commencent ainsi", "names in the département that begin so"),
}
COLUMNS = {
    "kind": Both("nature", "kind"),
    "departement": Both("département", "département"),
    "region": Both("région", "région"),
    "postal": Both("code postal", "postal code"),
}


def _quoted(text: str) -> Both:
    shown = brief(harmless(text))
    return Both(f"« {shown} »", f"“{shown}”")


def linked(found: Found, day: date) -> Both:
    """Why the one territory is meant."""
    if found.past is not None:
        past, (place,) = found.past, found.places
        end = past.ends.latest.isoformat() if past.ends else ""
        return Both(
            f"{past.name} ({past.code}) n’est plus depuis le {end} : {place.name} ({place.code}) lui succède",
            f"{past.name} ({past.code}) is no more since {end}: {place.name} ({place.code}) succeeds it",
        )
    said = FOUND[found.how]
    place = found.places[0]
    if ending := place.ending(day):
        return said + Both(
            f" ; a changé entre le {ending.earliest} et le {ending.latest}",
            f"; changed between {ending.earliest} and {ending.latest}",
        )
    if place.on(day) or place.begins is None:
        return said
    first = place.begins.latest.isoformat()
    return said + Both(f" ; attesté seulement depuis le {first}", f"; attested only since {first}")


def ambiguous(found: Found, day: date) -> Both:
    """Why several may be meant."""
    count = len(found.places)
    if found.past is not None:
        past = found.past
        return Both(
            f"{past.name} ({past.code}) n’est plus : {count} territoires lui succèdent",
            f"{past.name} ({past.code}) is no more: {count} territories succeed it",
        )
    unsure = next(filter(None, (place.ending(day) for place in found.places)), None)
    if unsure:
        return Both(
            f"{count} territoires possibles : le changement est entre le {unsure.earliest} et le {unsure.latest}",
            f"{count} territories are possible: the change was between {unsure.earliest} and {unsure.latest}",
        )
    said = SEVERAL.get(found.how) or FOUND.get(found.how, FOUND["name"])
    return Both(f"{count} territoires possibles : ", f"{count} territories are possible: ") + said


def unread(column: str, value: str) -> Both:
    """Why nothing is linked: a cell beside the name says what is not understood."""
    what = COLUMNS[column]
    quoted = _quoted(value)
    return Both(f"{what.fr} {quoted.fr} : pas compris", f"{what.en} {quoted.en}: not understood")


def contradicted(place: Place) -> Both:
    """Why nothing is linked: the name or code is that of a territory that the rest of the row excludes."""
    return Both(
        f"la ligne se contredit : {place.name} ({place.code}) n’est pas ce qu’elle dit par ailleurs",
        f"the row contradicts itself: {place.name} ({place.code}) is not what it says besides",
    )


def other_time(place: Place, day: date) -> Both:
    """Why nothing is linked: the only territory of that name or code begins later, or has no known successor."""
    if place.begins and place.begins.latest > day:
        first = place.begins.latest.isoformat()
        attested = Both("attesté ", "attested ") if place.begins.earliest is None else Both("", "")
        return Both(
            f"{place.name} ({place.code}) {attested.fr}seulement depuis le {first}",
            f"{place.name} ({place.code}) {attested.en}only since {first}",
        )
    return Both(
        f"{place.name} ({place.code}) n’est plus ; aucun successeur connu",
        f"{place.name} ({place.code}) is no more; no successor is known",
    )


EMPTY = Both("ni nom ni code", "neither a name nor a code")
NOT_A_CODE = Both("ce code n’est celui d’aucun territoire", "no territory has this code")
NOT_A_NAME = Both("aucun territoire de ce nom", "no territory has this name")


def translated(place: Place, said: Both, to: date) -> Both:
    """Why the territory at another date is meant."""
    return said + Both(
        f" ; au {to.isoformat()}, {place.name} ({place.code})", f"; on {to.isoformat()}, {place.name} ({place.code})"
    )


def untranslated(count: int, said: Both, to: date) -> Both:
    """Why nothing is linked at another date."""
    if count:
        return said + Both(
            f" ; au {to.isoformat()}, {count} territoires", f"; on {to.isoformat()}, {count} territories"
        )
    return said + Both(f" ; rien de connu au {to.isoformat()}", f"; nothing is known on {to.isoformat()}")
