"""The configuration of hosts that only serve files: `templates/*.j2`, which look like what they make.

A thing is what has a `.ttl` file beside it, so rules are few however many things there are. `serve` needs none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from trophees.hosting import profiles, signposts
from trophees.hosting.accept import DATA, MORE, NAMES, PAGE, RDF, TAGS, TYPES, media, named, spelt
from trophees.hosting.documents import (
    ADDRESSES,
    BINARY,
    ELSEWHERE,
    FOREVER,
    HASHED,
    HEADERS,
    JSON,
    METHODS,
    NAMED,
    SHOWN,
    TEXT,
    UTF8,
    VARY,
    WELL_KNOWN,
)
from trophees.hosting.rules import OWN, Rules
from trophees.hosting.withdrawn import DATA_ENDS, GONE, PAGE_ENDS

_TEMPLATES = {  # by the file that each makes
    ".htaccess": "htaccess",
    "_headers": "headers",
    "_redirects": "redirects",
    "deploy/nginx.conf": "nginx.conf",
    "deploy/w3id/.htaccess": "w3id.htaccess",
    "deploy/w3id/README.md": "w3id.README.md",
}


def files(said: Rules) -> Iterator[tuple[str, str]]:
    """The files that hosts read, and in `deploy/` those to be put elsewhere: path and text."""
    for path, template in _TEMPLATES.items():
        yield path, _environment().get_template(f"{template}.j2").render(said=said, root=said.root)


@cache
def _environment() -> Environment:
    """What the templates know of documents and of negotiation; an undefined name is an error."""
    made = Environment(
        loader=PackageLoader("trophees.hosting"),
        autoescape=False,  # no markup; what settings say is checked to be plain
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= _VALUES
    made.filters |= {"having": _having, "without": _without}
    return made


def _family(type_: str) -> str:
    """`text` of `text/html`."""
    return type_.partition("/")[0]


def _having(offered: Mapping[str, tuple[str, ...]], token: str) -> list[str]:
    return [thing for thing, tokens in offered.items() if token in tokens]


def _without(offered: Mapping[str, tuple[str, ...]], token: str) -> list[str]:
    return [thing for thing, tokens in offered.items() if token not in tokens]


# the profiles that not all formats have, by the formats that they have
_WITH_FORMS = {
    forms: [token for token in profiles.PROFILES if profiles.forms(token) == forms] for forms in (("html",), DATA)
}

_VALUES: dict[str, Any] = {
    "own": OWN,
    # types of files, and headers
    "text": TEXT,
    "binary": BINARY,
    "named_files": NAMED,
    "texts": sorted({*TEXT.values(), *NAMED.values()} - {"text/html"}),
    "utf8": UTF8,
    "json_files": {path: NAMED.get(path.rpartition("/")[2], TEXT["json"]) for path in JSON},
    "headers": HEADERS,
    "vary": VARY,
    "methods": METHODS.split(", "),
    "hashed": HASHED,
    "forever": FOREVER,
    # what is withdrawn
    "gone": GONE,
    "data_ends": DATA_ENDS,
    "page_ends": PAGE_ENDS,
    "page_end": signposts.PAGE,
    # what stands for what
    "well_known": WELL_KNOWN,
    "catalogue": profiles.CATALOGUE,
    "elsewhere": ELSEWHERE,
    "shown": SHOWN,
    "addresses": ADDRESSES,
    # profiles
    "profiles": profiles.PROFILES,
    "of_things": profiles.OF_THINGS,
    "offered": profiles.OFFERED,
    "instead": profiles.INSTEAD,
    "with_forms": _WITH_FORMS,
    "encoded": profiles.encoded,
    "content_profile": signposts.content_profile,
    "of_pages": signposts.OF_PAGES,
    "of_data": signposts.OF_DATA,
    "links": signposts,
    # formats, and those without the page; expressions of `accept`
    "every": TYPES,
    "data": DATA,
    "family": _family,
    "media": media,
    "spelt": spelt,
    "spellings": lambda name: [profiles.encoded(type_) for type_ in NAMES[name]],
    "named": named,
    "more": MORE,
    "names_rdf": RDF,
    "names_page": PAGE,
    "tags_of": [lambda tag, form=form: form.format(tag=tag) for form in TAGS],
    "literal": re.escape,
}
