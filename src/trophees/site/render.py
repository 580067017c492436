"""Pages to HTML: Jinja2 with everything escaped and nothing undefined, and links relative to the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from trophees.base.addresses import FURTHER, MENU, SECTIONS, Folder
from trophees.base.citation import WORDING
from trophees.base.language import Language
from trophees.base.namespaces import BASE
from trophees.site.handed import compact
from trophees.site.l10n import LANGUAGES, Words, spaced
from trophees.site.links import searches

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
DEFAULT_CARD = "default"  # the social card of a page that has none of its own

# right-to-left letters and direction controls, which could reorder the text around them
_BIDI = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")  # characters that HTML forbids
_APOSTROPHE = re.compile("(<script.*?</script>)|&#39;", re.DOTALL)


@dataclass(frozen=True)
class Alternate:
    """A data file that says the same as a page. `path` is relative to the site's root."""

    path: str
    media_type: str
    title: str


@dataclass(frozen=True)
class Crumb:
    """A step above the page: `path` is a file relative to the site's root, or empty for a step without a page."""

    label: str
    path: str


@dataclass(frozen=True)
class Page:
    """What a template needs. `folder` is where the French page stands (`map/`); English is in `en/` below it."""

    folder: str
    lang: Language
    template: str
    title: str
    description: str
    values: Mapping[str, Any] = field(default_factory=dict)
    iri: str = ""  # the permanent IRI, if it is not the folder's address
    section: str = ""  # which of SECTIONS is current
    alternates: tuple[Alternate, ...] = ()
    breadcrumb: tuple[Crumb, ...] = ()
    items: tuple[Alternate, ...] = ()  # the files that what the page shows is made of
    descriptions: tuple[Alternate, ...] = ()  # files that describe them; without items, the alternates do
    jsonld: tuple[object, ...] = ()
    card: str = DEFAULT_CARD  # the name of its social card
    card_alt: str = ""  # what that card shows, if it is the page's own
    kind: str = "website"  # og:type
    file: str = ""  # the name of a page that is no index.html in a folder, such as 404.html
    alone: bool = False  # the page has no other language
    withdrawn: bool = False  # what it shows is: it is not for search engines
    unlisted: bool = False  # it shows nothing of its own: it is not for search engines either

    @cached_property
    def path(self) -> str:
        """The file, relative to the site's root."""
        return self.file or place(self.folder, self.lang)

    @cached_property
    def root(self) -> str:
        """The relative way from the page to the site's root: empty or `../` some times."""
        return root_from(self.path)

    @cached_property
    def image(self) -> str:
        """The file of the social card."""
        return card_file(self.card, self.lang)

    @cached_property
    def type(self) -> str:
        """What schema.org calls what the page shows; empty if it does not say."""
        of = (block["@type"] for block in self.jsonld if isinstance(block, dict) and "@type" in block)
        return next((str(type_) for type_ in of), "")

    @cached_property
    def permanent(self) -> str:
        """The permanent address of what the page shows, in whichever language."""
        return self.iri or BASE + self.folder


@dataclass(frozen=True)
class Frame:
    """What every page says of the site; what is not known is empty. `url` ends in `/`; `released` is an ISO 8601 date;
    `sha256` the sum of the statements, by which a citation names the release (`base.citation`).

    `url` is where the site is hosted: a few links must be absolute, without it permanent addresses.
    """

    version: str = ""
    released: str = ""
    sha256: str = ""
    url: str = ""
    credit: str = ""
    source: str = ""  # how what is taken away of the page names its sources
    contact: str = ""
    source_code: str = ""
    feeds: tuple[Alternate, ...] = ()


def place(folder: str, lang: Language) -> str:
    """The file of the page of `folder` in `lang`."""
    return f"{folder}{'' if lang == 'fr' else 'en/'}index.html"


def root_from(path: str) -> str:
    """The way from the page `path` to the root of the site."""
    return "../" * path.count("/")


def card_file(name: str, lang: Language) -> str:
    """The file of the social card `name` in `lang`."""
    return f"cards/{name}{'' if lang == 'fr' else '-en'}.png"


def script_json(value: object) -> Markup:
    """`value` as JSON that may stand inside a script element: no `<`, `>` or `&` in it."""
    text = compact(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # nothing left in it can end or open markup


@cache
def environment() -> Environment:
    """The templates of the package, escaped; an undefined name is an error."""
    made = Environment(
        loader=PackageLoader("trophees.site"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["Folder"] = Folder
    made.globals["wording"] = WORDING
    made.filters["script_json"] = script_json
    made.filters["spaced"] = spaced
    made.tests["bidi"] = lambda text: _BIDI.search(text) is not None
    return made


@cache
def _words(lang: Language) -> Words:
    return Words(lang)


def _typeset(page: Page) -> Page:
    """`page`, whose title, description and breadcrumb have the spaces of its language."""
    title, description = (spaced(text, page.lang) for text in (page.title, page.description))
    crumbs = tuple(replace(crumb, label=spaced(crumb.label, page.lang)) for crumb in page.breadcrumb)
    return replace(page, title=title, description=description, breadcrumb=crumbs)


def render(page: Page, frame: Frame) -> bytes:
    """The HTML of `page`, within `frame`."""
    page, words = _typeset(page), _words(page.lang)
    others = {lang: place(page.folder, lang) for lang in LANGUAGES}
    values = {
        "page": page,
        "lang": page.lang,
        "t": words,
        "root": page.root,
        "csp": CSP,
        "sections": SECTIONS,
        "menu": MENU,
        "further": FURTHER,
        "here": lambda folder: page.root + place(folder, page.lang),
        "languages": {} if page.alone else others,
        # the permanent addresses lead to the same paths
        "absolute": lambda path: (frame.url or BASE) + path.removesuffix("index.html"),
        "licence": LICENCE,
        "searches": searches(page.lang),
        "source": frame.source,
        "frame": frame,
        "version": frame.version,
        **page.values,
    }
    html = environment().get_template(page.template).render(values)
    return _CONTROL.sub("�", _plain(html)).encode()


def _plain(html: str) -> str:
    """`html` with apostrophes as they are, for its attributes stand in the other quotes; scripts are left alone."""
    return _APOSTROPHE.sub(lambda found: found[1] or "'", html)
