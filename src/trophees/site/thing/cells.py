"""The cells of an answer, for people: a thing by its name and with its page, an address as a link, what is printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from trophees.base.namespaces import BASE, SKOS, XSD
from trophees.site.l10n import Words
from trophees.site.model import Site
from trophees.site.thing.facts import Link, Teller
from trophees.site.thing.registers import address

_WEBSITE = BASE + "identifier-scheme/website"
_ADDRESS = re.compile(r"https?://[\w.-]+(?:/[\w./~-]*)?(?:#[\w-]*)?", re.ASCII)
_PRINTED = {"carrier_line", "found", "printed", "title"}  # columns of the report's own words, which are French
_KINDS = {  # what a column names, where that is not a kind called like it
    "class": "term",
    "epci_laureate": "laureate",
    "family": "tool",
    "other": "tool",
    "property": "term",
    "relation": "plan-relation",
    "scheme": "vocabulary",
}


@dataclass(frozen=True)
class Cell:
    """A value as people read it; `code` is what the answer has where that is not what the link says, or empty."""

    link: Link
    code: str = ""


def column(teller: Teller, name: str, values: Sequence[object], most: int) -> list[Cell]:
    """The first cells, `most` at most, of the column called `name`, whose values are `values`."""
    named = things(teller.site, name, {text for value in values if (text := _plain(value))})
    return [_cell(teller, name, value, named) for value in values[:most]]


def rules(site: Site, words: Words) -> dict[str, object]:
    """What a page that makes such cells itself has to know of them, beside the things and their kinds.

    The kinds that the columns of concepts hold, those that a column names otherwise, the columns in the words of the
    report, what columns are called, and how addresses, dates, yes and no are said.
    """
    return {
        "concepts": [kind for kind in site.kinds() if site.links(site.things(kind)[0].iri, SKOS + "inScheme")],
        "kinds": _KINDS,
        "printed": sorted(_PRINTED),
        "said": {"yes": words("yes"), "no": words("no"), **words.among("column.", "elsewhere.", "date.")},
    }


def things(site: Site, name: str, values: Collection[str]) -> dict[str, str]:
    """The IRIs of the things that `values` are the ends of, in the column called `name`.

    A value that ends several is left out, unless one kind of thing alone has all of the values.
    """
    ends = [_ends(site, kind) for kind in _kinds(site, name)]
    whole = [found for found in ends if all(len(found.get(value, ())) == 1 for value in values)]
    if len(whole) == 1:
        ends = whole
    known = {value: [iri for found in ends for iri in found.get(value, ())] for value in values}
    return {value: iris[0] for value, iris in known.items() if len(iris) == 1}


def _kinds(site: Site, name: str) -> list[str]:
    """The kinds of things that a column called `name` may hold."""
    every = site.kinds()
    if name == "subject":
        return every
    if name == "kind":
        return [kind for kind in every if kind.endswith("-kind")]
    if name in ("concept", "broader"):
        return [kind for kind in every if site.links(site.things(kind)[0].iri, SKOS + "inScheme")]
    if name == "territory":
        return [kind for kind in every if site.things(kind)[0].path.startswith("territory/")]
    return [kind for kind in every if kind == _KINDS.get(name, name)]


def _ends(site: Site, kind: str) -> dict[str, list[str]]:
    """The things of `kind`, by each end of their IRIs: `cachan`, `2020/cachan`, `laureate/2020/cachan`."""
    key = f"ends of {kind}"
    if key not in site.cache:
        found: dict[str, list[str]] = {}
        for thing in site.things(kind):
            steps = re.split("[/#]", thing.iri.removeprefix(BASE))
            for start in range(len(steps)):
                found.setdefault("/".join(steps[start:]), []).append(thing.iri)
        site.cache[key] = found
    ends: dict[str, list[str]] = site.cache[key]
    return ends


def _plain(value: object) -> str:
    """The text of a literal without a language or another datatype; else empty."""
    if isinstance(value, Literal) and not value.language and value.datatype.value == XSD + "string":
        return value.value
    return ""


def _cell(teller: Teller, name: str, value: object, named: dict[str, str]) -> Cell:
    if not isinstance(value, NamedNode | Literal):
        return Cell(Link(""))
    text = _plain(value)
    if not text:
        return Cell(teller.value(value))
    if text in named:
        return Cell(teller.link(named[text]), text)
    if name == "website":
        return Cell(Link(text, address(_WEBSITE, text)))
    if name == "fact":
        return Cell(Link(text, teller.site.href(BASE + text, teller.lang, teller.path)))
    if _ADDRESS.fullmatch(text):
        return Cell(teller.value(NamedNode(text)), text)
    return Cell(Link(text, lang="fr" if name in _PRINTED and teller.lang != "fr" else ""))
