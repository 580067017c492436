"""The links of answers (RFC 8288), for FAIR Signposting and for Content Negotiation by Profile, the same on all hosts.

`root` is the path of the site, which ends in `/`, and `thing` a path below it; servers put their variables there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trophees.base.addresses import Folder
from trophees.base.namespaces import BASE
from trophees.hosting.accept import DATA, TYPES
from trophees.hosting.documents import ELSEWHERE, SHOWN, at
from trophees.hosting.profiles import (
    CATALOGUE,
    DATASET,
    INSTEAD,
    OFFERED,
    OWN,
    PROFILES,
    SCHEMA,
    forms,
    offered,
)

_TOKENS = {iri: token for token, iri in PROFILES.items()}
ABOUT_PAGE = PROFILES[SCHEMA] + "AboutPage"
_PROFILE = "http://www.w3.org/ns/dx/prof/Profile"
# files that describe the dataset, with their types and profiles
METADATA = (
    *((f"{CATALOGUE}.{form}", TYPES[form], PROFILES["dcat-ap"]) for form in SHOWN[CATALOGUE] if form != "html"),
    ("void.ttl", TYPES["ttl"], PROFILES["void"]),
    *((ELSEWHERE[f"{name}.jsonld"], TYPES["jsonld"], PROFILES[name]) for name in ("croissant", "ro-crate")),
)
# folders and files of one kind, as `_headers` names them, with what stands for each kind
GLOBS = {"csv/*.csv": "csv/x.csv", "dumps/trophees*": "dumps/trophees.ttl", "geojson/*": "geojson/x.geojson"}
PAGE = r"/(?:en/)?(?:index\.html)?"  # what follows the path of what a page is of
DATA_END = rf"\.(?:{'|'.join(DATA)})"
# files that the dataset is made of
TABLE, CONTENT = r"csv/[^/]+\.csv", r"(?:dumps|geojson)/[^/]+\.(?:geojson|jsonld|nq|nt|rdf|trig|ttl)"
DESCRIBED_BY = '<csv-metadata.json>; rel="describedby"; type="application/csvm+json"'  # of a table (CSVW, section 5.2)


OF_PAGES, OF_DATA = (OWN, SCHEMA), (OWN,)  # the profiles of the documents of things


Document = tuple[str, str, str, str]  # the token of a profile, a format, the language of a page, the path of the file


@dataclass(frozen=True)
class Signs:
    """What is said of the addresses that `pattern` matches, below the root: `Link`, and the profiles of the document,
    None if they are none of a thing.
    """

    pattern: str
    link: str
    profiles: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Signposts:
    """What the links of a site lead to besides: a licence; schema.org's `types` of things, by the beginning of their
    paths, which ends at a step; and the `items` of the dataset, the media type of each file by its path.
    """

    licence: str = ""
    types: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    def type_of(self, thing: str) -> str:
        """The type of `thing`."""
        steps = thing.split("/")
        beginnings = ("/".join(steps[:end]) for end in range(len(steps), 0, -1))
        return next((self.types[beginning] for beginning in beginnings if beginning in self.types), "Thing")

    def of_page(self, root: str, thing: str, type_: str) -> str:
        """The links of the page of `thing`, whose type is `type_` (FAIR Signposting, level 1, landing page)."""
        data = (
            _link(f"{root}{thing}.{form}", "describedby alternate", type=TYPES[form], profile=_own(thing))
            for form in DATA
        )
        return ", ".join((*self._landing(BASE + thing, type_), *data))

    def of_dataset(self, root: str) -> str:
        """The links of the page of the files of the dataset, which is its landing page on portals."""
        described = (_link(root + path, "describedby", type=type_, profile=iri) for path, type_, iri in METADATA)
        items = (_link(root + path, "item", type=type_) for path, type_ in self.items.items())
        author = _link(BASE, "author")
        return ", ".join((*self._landing(BASE + DATASET, "Dataset"), author, *described, *items))

    def fixed(self, root: str) -> tuple[Signs, ...]:
        """What is said of addresses that are not like those of all things, by whole patterns; the first counts."""
        dataset = self.of_dataset(root)
        bare = [Signs(thing, of_thing(root, thing)) for thing in OFFERED]
        model = [thing for thing, tokens in OFFERED.items() if not tokens and thing not in SHOWN]
        return (
            Signs(Folder.DATA.rstrip("/") + PAGE, dataset, (SCHEMA,)),
            Signs(DATASET + PAGE, dataset, OF_PAGES),
            *(Signs(re.escape(path), of_metadata(root, iri), (_TOKENS[iri],)) for path, _, iri in METADATA),
            Signs(TABLE, f"{of_content(root)}, {DESCRIBED_BY}"),
            Signs(CONTENT, of_content(root)),
            *(Signs(thing + PAGE, self.of_page(root, thing, self.type_of(thing)), ()) for thing in model),
            *(Signs(thing + DATA_END, of_data(root, thing), ()) for thing in model),
            *bare,
        )

    def _landing(self, iri: str, type_: str) -> Iterable[str]:
        yield _link(iri, "cite-as")
        yield _link(PROFILES[SCHEMA] + type_, "type")
        yield _link(ABOUT_PAGE, "type")
        if self.licence:
            yield _link(self.licence, "license")


def of_data(root: str, thing: str) -> str:
    """The links of the data of `thing` (FAIR Signposting, level 1, metadata resource; RFC 6906)."""
    profile = (_link(iri, "profile") for iri in filter(None, [_own(thing)]))
    return ", ".join((_link(f"{root}{thing}/", "describes", type=TYPES["html"]), *profile))


def of_metadata(root: str, profile: str) -> str:
    """The links of a file that describes the dataset in `profile`."""
    return ", ".join((_link(root + Folder.DATA, "describes", type=TYPES["html"]), _link(profile, "profile")))


def of_content(root: str) -> str:
    """The link of a file that the dataset is made of."""
    return _link(root + Folder.DATA, "collection", type=TYPES["html"])


def content_profile(tokens: Iterable[str]) -> str:
    """The header `Content-Profile` of what has the profiles `tokens`."""
    return ", ".join(f"<{PROFILES[token]}>" for token in tokens)


def of_thing(root: str, thing: str) -> str:
    """The documents to which the address of `thing` may lead, each with its profile, and the tokens of profiles."""
    links = [
        _link(root + address, "alternate", type=TYPES[form], hreflang=language, profile=PROFILES.get(token, ""))
        for token, form, language, address in alternates(thing)
    ]
    tokens = [_link(_PROFILE, "type", token=token, anchor=PROFILES[token]) for token in offered(thing)]
    return ", ".join(links + tokens)


def alternates(thing: str) -> list[Document]:
    """What there is of `thing`: the token of the profile, the format, the language of a page, and the path of the file.

    The own profile of a thing goes with its data alone, though its pages carry them.
    """
    found = []
    for token in offered(thing) or ("",):
        subject = INSTEAD.get((thing, token), thing)
        there = [form for form in SHOWN.get(subject, tuple(TYPES)) if not token or form in forms(token)]
        for form in there:
            if form != "html":
                found.append((token, form, "", at(f"{subject}.{form}")))
            elif token in ("", SCHEMA):
                ends = (("fr", f"{subject}/"), ("en", f"{subject}/en/"))
                found += [(token, form, language, at(path)) for language, path in ends]
    return found


def _own(thing: str) -> str:
    """The profile of the data of `thing`: its first."""
    return next((PROFILES[token] for token in offered(thing)), "")


def _link(target: str, rel: str, **attributes: str) -> str:
    said = "".join(f'; {name}="{value}"' for name, value in attributes.items() if value)
    return f'<{target}>; rel="{rel}"{said}'
