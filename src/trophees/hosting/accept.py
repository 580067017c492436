"""Which document answers a request for a thing, by its Accept and Accept-Language headers (RFC 9110, section 12).

`choose` says what servers must answer. `named` and `MORE` are the same for the regular expressions of servers, which
neither split a header nor compare numbers: a weight is the text that they can compare, empty for 1, `0`, else its
decimals from the point on (`.85`), without zeros at the end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

TYPES = {  # the most welcome first
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
DATA = tuple(name for name in TYPES if name != "html")
# a format's names in Accept: the type of its documents, and what they are as well (Turtle is N3, JSON-LD is JSON)
_ALSO = {"ttl": ("text/n3",), "jsonld": ("application/json",)}
NAMES = {name: (type_, *_ALSO.get(name, ())) for name, type_ in TYPES.items()}

# a client that names one of these reads data: it gets data rather than a page that it wants as much
RDF = r"turtle|n-triples|n-quads|trig|ld\+json|rdf|text/n3"
# of the catalogue, whoever does not name this wants data rather than a page that is wanted as much: portals say `*/*`
PAGE = r"text/html"

# the tags of a language, the most exact last
TAGS = ("{tag}-[a-z0-9-]+", "{tag}")

_PARAMETERS = r"(?:;(?!\s*q=)(?:[^,;\x22]|\x22[^\x22]*\x22)*)*"  # \x22 is a quotation mark
_Q = r"(?:;\s*q=(?:0(?=\.))?({group}\.\d*[1-9]|0))?"
_LESS = "|".join(rf"{digit}\d*/\1[0-{digit - 1}]" for digit in range(1, 10))
# `A/B` where the weight A is more than B; it must be the first of the expression to have a group
MORE = rf"(?:/.|\.\d*/0$|(\.\d*)(?:\d+/\1$|{_LESS}))"

_PART = re.compile(r"\s*([^;\s]+)\s*((?:;.*)?)", re.DOTALL)
_LIST = re.compile(r"(?:[^,\"]|\"[^\"]*\"?)+")
_WEIGHT = re.compile(r";\s*q=(?:0?\.(\d+)|(0))", re.IGNORECASE)


def media(name: str) -> str:
    """The expression of a media type or range such as `text/*`."""
    return re.sub(r"([*+.])", r"\\\1", name)


def spelt(name: str) -> str:
    """The expression of the names of the format `name`; of two that a header has, the first counts."""
    return f"(?:{'|'.join(map(media, NAMES[name]))})"


def named(range_: str, group: str = "") -> str:
    """An expression for a header, case ignored, that names what `range_` matches. Its group, `group`, is the weight.

    A comma in a quoted string may mislead it.
    """
    return rf"(?:^|,)\s*{range_}\s*(?=[;,]|$){_PARAMETERS}" + _Q.replace("{group}", f"?<{group}>" if group else "")


def choose(accept: str, languages: str, offered: Collection[str] = TYPES, *, to_portals: bool = False) -> str | None:
    """What to add to a thing's address to get a document: `/`, `/en/`, `.ttl`… or None if nothing suits (406).

    A header that is absent or empty accepts everything. No language is refused: whoever reads neither gets French.
    """
    found = {name: _wanted(accept, NAMES[name]) if accept.strip() else 1.0 for name in offered}
    page, data = found.pop("html", 0.0), max(found.values(), default=0.0)
    if page == data == 0:
        return None
    if data > page or (data == page and _reads_data(accept, to_portals)):
        return "." + next(name for name, weight in found.items() if weight == data)
    return "/en/" if _spoken(languages, "en") > _spoken(languages, "fr") else "/"


def _reads_data(accept: str, to_portals: bool) -> bool:
    """Whether to give data to who wants a page as much."""
    names_page = re.search(PAGE, accept, re.IGNORECASE) is not None
    return re.search(RDF, accept, re.IGNORECASE) is not None or (to_portals and not names_page)


def _spoken(languages: str, tag: str) -> float:
    """How much the language `tag` is wanted: by its own name, else by that of a region's, else as any."""
    said = weights(languages)
    regions = (name for name in said if re.fullmatch(TAGS[0].format(tag=tag), name))
    return _weight(said, tag, next(regions, "*"))


def wanted(accept: str, type_: str) -> float:
    """How much `type_` is wanted, from 0 to 1: the most exact range of `accept` that names it says so."""
    return _weight(weights(accept), type_, f"{type_.partition('/')[0]}/*", "*/*")


def _wanted(accept: str, names: tuple[str, ...]) -> float:
    """How much the format is wanted that has these `names`, all of one family."""
    found = weights(accept)
    exact = next((range_ for range_ in found if range_ in names), names[0])
    return _weight(found, exact, f"{exact.partition('/')[0]}/*", "*/*")


@lru_cache(256)
def weights(accept: str) -> Mapping[str, float]:
    """The weight of each range that `accept` names, in its order; of two that say the same, the first counts."""
    found: dict[str, float] = {}
    for range_, weight in _ranges(accept):
        found.setdefault(range_, weight)
    return found


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for item in _LIST.findall(header):
        if part := _PART.fullmatch(item):
            weight = _WEIGHT.search(part[2])
            yield part[1].lower(), 1.0 if weight is None else float(f"0.{weight[1] or 0}")


def _weight(ranges: Mapping[str, float], *names: str) -> float:
    """The weight of the first of `names` that is there, the most exact one first; 0 if none is."""
    return next((ranges[name] for name in names if name in ranges), 0.0)
