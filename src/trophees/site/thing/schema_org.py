"""Things as schema.org describes them, for search engines: only what the graph says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from trophees.base.language import Language
from trophees.base.namespaces import BASE, DCTERMS, IGEO, SKOS, TP
from trophees.site.l10n import Words
from trophees.site.model import Site, Thing
from trophees.site.thing.facts import LEDES

_PLACES = {"commune", "arrondissement", "epci", "departement", "region"}
_GROUPS = {
    "organisation": "Organization",
    "person": "Person",
    "laureate": "Project",
    "case": "Project",
    "place": "Place",
    "edition": "Event",
    "source": "CreativeWork",
    "withdrawal": "ItemList",
}
_ORGANISER = BASE + "role/organiser"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")  # as ISO 8601 has it, too: no season, no doubt


def describe(site: Site, thing: Thing, lang: Language) -> dict[str, Any]:
    """The description of `thing` in `lang`: a JSON-LD object under schema.org's context."""
    iri = thing.iri
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": type_of(site, thing),
        "@id": iri,
        "url": iri,
        "name": site.label(iri, lang),
        "alternateName": list(thing.alt_labels),
        "description": next((text for p in LEDES if (text := site.text(iri, p, lang))), ""),
        "identifier": _identifiers(site, iri),
    }
    if thing.kind in ("laureate", "case"):
        found |= _process(site, iri, lang)
    elif thing.kind == "organisation":
        found["location"] = _named(site, site.links(iri, TP + "homeTerritory"), "AdministrativeArea", lang)
        found["parentOrganization"] = _named(site, site.links(iri, TP + "partOf"), "Organization", lang)
        found["sameAs"] = [link for link in site.links(iri, SKOS + "exactMatch") if "wikidata.org" in link]
    elif thing.kind == "person":
        found |= _person(site, iri, lang)
    elif thing.kind == "edition":
        roles = [fact for fact in site.subjects(TP + "within", iri) if _ORGANISER in site.links(fact, TP + "role")]
        organisers = [holder for fact in roles for holder in site.links(fact, TP + "holder")]
        found["organizer"] = _organisations(site, organisers, lang)
    elif thing.kind == "source":
        found["publisher"] = _organisations(site, site.links(iri, DCTERMS + "publisher"), lang)
        found["license"] = next(iter(site.links(iri, DCTERMS + "license")), "")
        found["about"] = _named(site, site.links(iri, TP + "coversEdition"), "Event", lang)
    elif found["@type"] in ("AdministrativeArea", "Place"):
        within = site.links(iri, TP + "placedIn") + site.links(iri, IGEO + "subdivisionDe")
        found["containedInPlace"] = _named(site, within, "AdministrativeArea", lang)
    elif found["@type"] == "DefinedTerm":
        found["inDefinedTermSet"] = next(iter(site.links(iri, SKOS + "inScheme")), BASE + "ontology")
        found["termCode"] = iri.rsplit("/", 1)[-1].rpartition("#")[2]
    elif found["@type"] == "Dataset":
        found |= _dataset(site, iri, lang)
        found["isPartOf"] = [
            {
                "@type": "Dataset",
                "@id": t.iri,
                "url": t.iri,
                "name": site.label(t.iri, lang),
                **_dataset(site, t.iri, lang),
            }
            for t in site.things("dataset")
            if t.iri != iri and not site.links(t.iri, DCTERMS + "isReplacedBy")
        ]
    return {key: value for key, value in found.items() if value}


def _dataset(site: Site, iri: str, lang: Language) -> dict[str, Any]:
    """What search engines want of a dataset besides its name."""
    return {
        "description": site.text(iri, DCTERMS + "description", lang),
        "license": next(iter(site.links(iri, DCTERMS + "license")), ""),
        "creator": {"@type": "Organization", "name": Words(lang)("data.author"), "url": BASE},
        "isAccessibleForFree": True,
    }


def type_of(site: Site, thing: Thing) -> str:
    """What schema.org calls such things as `thing`."""
    if thing.kind in _PLACES:
        return "AdministrativeArea"
    if thing.kind in ("graph", "dataset"):
        return "Dataset"
    if thing.kind in ("vocabulary", "ontology"):
        return "DefinedTermSet"
    if thing.kind == "term" or site.links(thing.iri, SKOS + "inScheme"):
        return "DefinedTerm"
    return _GROUPS.get(thing.kind, "Thing")


def _process(site: Site, iri: str, lang: Language) -> dict[str, Any]:
    awards = [
        f"{site.label(edition, lang)} ({site.label(level, lang)})"
        for edition in site.links(iri, TP + "edition")
        for level in site.links(iri, TP + "distinction")
    ]
    return {
        "award": awards,
        "areaServed": _named(site, site.links(iri, TP + "covers"), "Place", lang),
        "member": _named(site, site.links(iri, TP + "carriedBy"), "Organization", lang),
        "keywords": [
            _term(site, value, lang)
            for predicate in ("addresses", "usesTool")
            for value in site.links(iri, TP + predicate)
        ],
        "audience": _named(site, site.links(iri, TP + "isFor"), "Audience", lang),
    }


def _person(site: Site, iri: str, lang: Language) -> dict[str, Any]:
    """A name, the functions that a person holds and the organisations where. One that has dates keeps them: it may be
    over.
    """
    titles: list[object] = []
    organisations: list[dict[str, Any]] = []
    for fact in site.subjects(TP + "holder", iri):
        title = site.text(fact, TP + "function", lang)
        named = _organisations(site, site.links(fact, TP + "within") + site.links(fact, TP + "affiliation"), lang)
        dates = {f"{name}Date": date for name in ("start", "end") if (date := site.text(fact, TP + name))}
        role = {name: date for name, date in dates.items() if _DATE.fullmatch(date)}
        if not dates:
            titles += [title] if title else []
            organisations += named
        elif named:
            role |= {"roleName": title} if title else {}
            organisations += [{"@type": "OrganizationRole", **role, "affiliation": place} for place in named]
        elif title:
            titles.append({"@type": "Role", **role, "jobTitle": title})
    return {
        "givenName": site.text(iri, TP + "givenName"),
        "familyName": site.text(iri, TP + "familyName"),
        "jobTitle": _once(titles),
        "affiliation": _once(organisations),
    }


def _organisations(site: Site, iris: list[str], lang: Language) -> list[dict[str, Any]]:
    """Those of `iris` that are organisations."""
    found = [iri for iri in iris if (thing := site.thing(iri)) and thing.kind == "organisation"]
    return _named(site, found, "Organization", lang)


def _once(items: Sequence[object]) -> list[object]:
    return list({str(item): item for item in items}.values())


def _term(site: Site, iri: str, lang: Language) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "@id": iri, "name": site.label(iri, lang)}


def _named(site: Site, iris: list[str], kind: str, lang: Language) -> list[dict[str, Any]]:
    return [{"@type": kind, "@id": iri, "name": site.label(iri, lang)} for iri in iris]


def _identifiers(site: Site, iri: str) -> list[dict[str, Any]]:
    found = []
    if code := site.text(iri, IGEO + "codeINSEE"):
        found.append(("INSEE", code))
    for node in site.links(iri, TP + "identifier"):
        for scheme in site.links(node, TP + "identifierScheme"):
            found.append((site.label(scheme, "fr"), site.text(node, TP + "notation")))
    if not found and (siren := site.text(iri, TP + "siren")):
        found.append(("SIREN", siren))
    return [{"@type": "PropertyValue", "propertyID": scheme, "value": value} for scheme, value in found]
