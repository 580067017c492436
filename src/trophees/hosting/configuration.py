"""The configuration of hosts that only serve files: `templates/*.j2`, which look like what they make.

A thing is what has a `.ttl` file beside it, so rules are few however many things there are. `serve` needs none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from trophees.hosting.accept import DATA, MORE, PAGE, RDF, TAGS, TYPES, media, named, spelt
from trophees.hosting.documents import (
    BINARY,
    CATALOGUE,
    CATALOGUE_PAGE,
    DESCRIBED_BY,
    FOREVER,
    HASHED,
    HEADERS,
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
    return made


def _family(type_: str) -> str:
    """`text` of `text/html`."""
    return type_.partition("/")[0]


_VALUES: dict[str, Any] = {
    "own": OWN,
    # types of files, and headers
    "text": TEXT,
    "binary": BINARY,
    "named_files": NAMED,
    "texts": sorted({*TEXT.values(), *NAMED.values()} - {"text/html"}),
    "utf8": UTF8,
    "headers": HEADERS,
    "vary": VARY,
    "methods": METHODS.split(", "),
    "hashed": HASHED,
    "forever": FOREVER,
    "described_by": DESCRIBED_BY,
    # what is withdrawn
    "gone": GONE,
    "data_ends": DATA_ENDS,
    "page_ends": PAGE_ENDS,
    # what stands for what
    "well_known": WELL_KNOWN,
    "catalogue": CATALOGUE,
    "catalogue_page": CATALOGUE_PAGE,
    "shown": SHOWN,
    # formats, and those without the page; expressions of `accept`
    "every": TYPES,
    "data": DATA,
    "family": _family,
    "media": media,
    "spelt": spelt,
    "named": named,
    "more": MORE,
    "names_rdf": RDF,
    "names_page": PAGE,
    "tags_of": [lambda tag, form=form: form.format(tag=tag) for form in TAGS],
    "literal": re.escape,
}
