"""The form for curators: a page that works offline, and what it loads: the rules, what records refer to, and the names
of facts that were given before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pyoxigraph import NamedNode

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, DCAT, RDFS, SKOS, TP
from trophees.check.portable import portable
from trophees.site.handed import assigned
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import Page
from trophees.site.statements import TYPE

FOLDER = Folder.CURATE
DATA = "assets/records.js"
_NUMBERED = re.compile(r"([^#]+)#(.*)-([1-9][0-9]*)")
_SERVICE = "http://www.w3.org/ns/sparql-service-description#"
_KINDS = (  # the classes of records, and the folders of their files; those of editions have one for each
    (TP + "Laureate", "laureate/{edition}"),
    (TP + "Case", "case/{edition}"),
    (TP + "Organisation", "organisation"),
    (TP + "Person", "person"),
    (TP + "Place", "territory/other"),
    (TP + "Edition", "edition"),
    (TP + "Source", "source"),
    (SKOS + "ConceptScheme", "vocabulary"),
    (_SERVICE + "NamedGraph", "graph"),
    (DCAT + "Dataset", "dataset"),
    (TP + "WithdrawalList", "withdrawal"),
)
# what no shape asks, as it needs every record
_OF_THE_WHOLE = ("described-once", "key-once", "order-once", "section-of-source")


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language, and the one file that it loads when it is used."""
    rules = _rules(site)
    for lang in LANGUAGES:
        yield site.render(_page(site, lang, rules))
    known, classes = things(site, rules)
    data = {"rules": asked(rules), "known": known, "classes": classes, "names": names(site)}
    yield DATA, assigned("tropheesRecords", data)


def asked(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules that the page asks: what they leave to the command is told by its text alone."""
    shapes = {
        name: {key: said for key, said in shape.items() if key != "left"} for name, shape in rules["shapes"].items()
    }
    return {key: said for key, said in rules.items() if key != "left"} | {"shapes": shapes}


def _rules(site: Site) -> dict[str, Any]:
    shapes = [quad.triple for quad in site.shapes]
    above = [quad.triple for quad in site.store.quads_for_pattern(None, NamedNode(RDFS + "subClassOf"), None)]
    return portable(sorted(shapes, key=str), sorted(above, key=str), site.context)


def things(site: Site, rules: Mapping[str, Any]) -> tuple[list[list[object]], list[str]]:
    """What records may refer to, and its classes: [name, their numbers, French label, English label unless the same].

    A class is left out where another one tells that it holds.
    """
    shapes, above = rules["shapes"].values(), rules["above"]
    wanted = {name for shape in shapes for name in shape.get("class", ())}
    telling = sorted(wanted | {name for name, over in above.items() if wanted & {*over}})
    found: dict[str, set[str]] = {}
    for name in telling:
        for quad in site.store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(name)):
            if (
                isinstance(quad.subject, NamedNode)
                and "#" not in quad.subject.value
                and quad.subject.value not in site.ended
            ):
                found.setdefault(quad.subject.value, set()).add(name)
    numbers = {name: number for number, name in enumerate(telling)}
    listed: list[list[object]] = []
    for iri, classes in sorted(found.items()):
        told = classes - {over for name in classes for over in above.get(name, ()) if over != name}
        labels = [site.label(iri, lang) for lang in LANGUAGES]
        listed.append([site.context.compact(iri), sorted(numbers[c] for c in told), *dict.fromkeys(labels)])
    return listed, telling


def names(site: Site) -> dict[str, dict[str, int]]:
    """The greatest number that follows each beginning in the names of facts, withdrawn or not, by their record."""
    found: dict[str, dict[str, int]] = {}
    for iri in _subjects(site):
        if match := _NUMBERED.fullmatch(iri.removeprefix(BASE)):
            record, start, number = match[1], match[2], int(match[3])
            of = found.setdefault(record, {})
            of[start] = max(number, of.get(start, 0))
    return {record: dict(sorted(of.items())) for record, of in sorted(found.items())}


def _subjects(site: Site) -> Iterable[str]:
    subjects = {quad.subject for quad in site.store}
    return (subject.value for subject in subjects if isinstance(subject, NamedNode) and subject.value.startswith(BASE))


def _page(site: Site, lang: Language, rules: Mapping[str, Any]) -> Page:
    words = Words(lang)
    kinds = list(_kinds(site, words, rules))
    left = [{"rule": f"shapes:{name}", "message": rules["shapes"][name]["message"][lang]} for name in rules["left"]]
    left += [{"rule": f"graph:{rule}", "message": words(f"curate.whole.{rule}")} for rule in _OF_THE_WHOLE]
    page = Page(
        folder=FOLDER,
        lang=lang,
        template="curate.html",
        title=words("curate.title"),
        description=words("curate.description"),
        section="curate",
    )
    config = {
        "lang": lang,
        "data": page.root + DATA,
        "kinds": [{"type": kind["type"], "folder": kind["folder"]} for kind in kinds],
        "words": words.under("curate.said."),
    }
    return replace(page, values={"kinds": kinds, "left": left, "config": config})


def _kinds(site: Site, words: Words, rules: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Each kind of records: its name, its type as records write it, and its folder; the newest edition first."""
    named = {
        c: s["name"][words.lang]
        for s in rules["shapes"].values()
        for c in s["targets"].get("targetClass", ())
        if s.get("closed")
    }
    editions = sorted((thing.iri.rpartition("/")[2] for thing in site.things("edition")), reverse=True)
    for cls, folder in _KINDS:
        for edition in editions if "{edition}" in folder else ("",):
            name = f"{named[cls]} {edition}".rstrip()
            yield {"name": name, "type": site.context.term_for(cls) or "", "folder": folder.format(edition=edition)}
