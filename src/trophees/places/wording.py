"""What the reference says of a place, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trophees.base.language import Both
from trophees.places import place as kinds
from trophees.places import reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from trophees.places.place import Event, Moment, Place

KIND = {
    kinds.COMMUNE: Both("commune", "commune"),
    kinds.DELEGATED: Both("commune déléguée", "delegated commune"),
    kinds.ASSOCIATED: Both("commune associée", "associated commune"),
    kinds.MUNICIPAL: Both("arrondissement municipal", "municipal arrondissement"),
    kinds.ARRONDISSEMENT: Both("arrondissement", "arrondissement"),
    kinds.DEPARTEMENT: Both("département", "département"),
    kinds.REGION: Both("région", "région"),
    kinds.EPCI: Both("EPCI", "EPCI"),
    kinds.EPT: Both("établissement public territorial", "EPT of Grand Paris"),
    kinds.COLLECTIVITY: Both("collectivité d’outre-mer", "overseas collectivity"),
}
EVENT = {
    kinds.MERGER: Both("entre dans", "goes into"),
    kinds.SPLIT: Both("se sépare, et donne", "is divided, and gives"),
    kinds.RENAME: Both("prend le nom de", "takes the name of"),
    kinds.RECODE: Both("change de code, et devient", "changes code, and becomes"),
    kinds.CHANGE_OF_DEPARTEMENT: Both("change de département, et devient", "changes département, and becomes"),
    kinds.RECREATION: Both("redevient", "is again"),
    kinds.STATUTE: Both("change de statut, et devient", "changes its statute, and becomes"),
    kinds.CREATION: Both("création de", "creation of"),
    kinds.ABOLITION: Both("est supprimée ; de son territoire va à", "is abolished; some of its land goes to"),
    kinds.BECOMES_DELEGATED: Both("a désormais la", "has from now on the"),
    kinds.BECOMES_ASSOCIATED: Both("a désormais la", "has from now on the"),
    kinds.PART_ENDS: Both("n’est plus distinguée de", "is no longer told from"),
}
KIND_OF_EVENT = {
    kinds.MERGER: Both("fusion", "merger"),
    kinds.SPLIT: Both("séparation", "split"),
    kinds.RENAME: Both("changement de nom", "change of name"),
    kinds.RECODE: Both("changement de code", "change of code"),
    kinds.CHANGE_OF_DEPARTEMENT: Both("changement de département", "change of département"),
    kinds.RECREATION: Both("rétablissement", "re-creation"),
    kinds.STATUTE: Both("changement de statut", "change of statute"),
    kinds.CREATION: Both("création", "creation"),
    kinds.ABOLITION: Both("suppression", "abolition"),
    kinds.BECOMES_DELEGATED: Both("création d’une commune déléguée", "creation of a delegated commune"),
    kinds.BECOMES_ASSOCIATED: Both("création d’une commune associée", "creation of an associated commune"),
    kinds.PART_ENDS: Both("fin d’une commune déléguée ou associée", "end of a delegated or associated commune"),
}
OPEN = Both("attesté depuis le {}", "attested since {}")
BETWEEN = Both("entre le {} et le {}", "between {} and {}")


def before(what: str = "") -> Both:
    """What is said of a day, given as `what`, that is earlier than all that the reference knows."""
    told = Both(f"{what} : ", f"{what}: ") if what else Both("", "")
    return told + Both(f"la référence commence le {kinds.BEGINNING}", f"the reference begins on {kinds.BEGINNING}")


def beyond(option: str, day: date, newest: date) -> Both:
    """What is said of a day that is later than all that the reference knows."""
    return Both(
        f"{option} {day} : la référence s’arrête au {newest}, dont c’est l’état",
        f"{option} {day}: the reference ends on {newest}, whose state this is",
    )


def titled(place: Place) -> Both:
    """Its name, kind and code: « Troarn (commune 14712) »."""
    return Both(f"{place.name} (", f"{place.name} (") + KIND[place.kind] + Both(f" {place.code})", f" {place.code})")


def when(moment: Moment) -> Both:
    """A day, or between which days."""
    if moment.known:
        return Both(str(moment.latest), str(moment.latest))
    if moment.earliest is None:
        return OPEN.each(lambda text: text.format(moment.latest))
    return BETWEEN.each(lambda text: text.format(moment.earliest, moment.latest))


def lived(place: Place) -> Both:
    """Since when, and until when, it was so; an end is the first day on which it is so no more."""
    if place.begins is None:
        text = Both("depuis avant 1943", "since before 1943")
    elif place.begins.earliest is None:
        text = when(place.begins)
    else:
        text = Both("depuis ", "since ") + when(place.begins)
    if place.ends:
        return text + Both(" ; finit : ", "; ends: ") + when(place.ends)
    return text


def happened(event: Event) -> Both:
    """An event in one line, each territory by the name that it had then."""
    day = event.when.latest
    after = _named(event.to_kind, event.to_code, lambda p: p.on(day))
    before = _named(event.kind, event.code, lambda p: p.end == day or (p.on(day) and p.start != day))
    parts = (before, EVENT[event.event], after)
    text = Both(" ".join(p.fr for p in parts if p), " ".join(p.en for p in parts if p))
    return when(event.when) + Both(" : ", ": ") + text


def _named(kind: str, code: str, held: Callable[[Place], bool]) -> Both | None:
    found = [p for p in reference.history(kind, code) if code and held(p)]
    return titled(found[0]) if found else Both(code, code) if code else None
