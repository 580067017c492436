"""What every page has so that it is found, and kept: its own address, the menu, feeds, colours, paper, no network."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files as resources
from itertools import chain

import pytest

from trophees.base.addresses import FURTHER, MENU, SECTIONS
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE
from trophees.site.l10n import Words
from trophees.site.model import Inputs, Site
from trophees.site.pages import fixed, home, offline
from trophees.site.pages import map as map_page
from trophees.site.render import place
from trophees.site.thing.page import of

pytestmark = pytest.mark.xdist_group("site-pages")

URL = "https://data.example.org/open/"
WEB = resources("trophees.site") / "web"
SHEETS = {item.name: item.read_text("utf-8") for item in WEB.iterdir() if item.name.endswith(".css")}
FEEDS = ("feed.atom", "feed-en.atom", "feeds/departement/94.atom", "feeds/departement/94-en.atom")


@pytest.fixture(scope="module")
def inputs(site_inputs: Inputs) -> Inputs:
    others = {path: data for path, data in site_inputs.published.items() if not path.endswith(".atom")}
    return replace(site_inputs, published=others | dict.fromkeys(FEEDS, b"<feed/>"))


def drawn(inputs: Inputs) -> dict[str, str]:
    """Pages of several kinds."""
    site = Site(inputs)
    things = [thing for code in ("94", "38") if (thing := site.thing(f"{BASE}territory/departement/{code}"))]
    parts = chain(home.files(site), map_page.files(site), offline.files(site), fixed.files(site))
    made = chain(parts, chain.from_iterable(of(site, thing) for thing in things))
    return {path: data.decode() for path, data in made if path.endswith(".html")}


@pytest.fixture(scope="module")
def pages(inputs: Inputs) -> dict[str, str]:
    return drawn(inputs)


def links(page: str, rel: str) -> Iterator[tuple[str, str]]:
    """The types (or languages) and addresses of the links with that relation in the head."""
    for tag in re.findall(rf'<link rel="{rel}"[^>]*>', page.partition("<body>")[0]):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        yield said.get("hreflang") or said.get("type", ""), html.unescape(said["href"])


@pytest.mark.slow
def test_where_the_address_of_the_site_is_known_each_page_says_its_own(inputs: Inputs) -> None:
    for path, page in drawn(replace(inputs, url=URL)).items():
        own = URL + path.removesuffix("index.html")
        french = re.sub(r"(^|/)en/$", r"\1", own) if not path.startswith("40") else ""
        canonical = [address for _, address in links(page, "canonical")]
        others = {lang: address for lang, address in links(page, "alternate") if len(lang) == 2 or lang == "x-default"}
        if path in ("404.html", "406.html"):
            assert (canonical, others) == ([], {})
        else:
            assert canonical == [own]
            assert others == {"fr": french, "en": f"{french}en/", "x-default": french}
            assert own in others.values()


@pytest.mark.slow
def test_a_thing_keeps_its_neutral_iri_whatever_the_address(inputs: Inputs) -> None:
    page = drawn(replace(inputs, url=URL))["territory/departement/94/en/index.html"]
    iri = f"{BASE}territory/departement/94"
    assert [address for _, address in links(page, "cite-as")] == [iri]
    assert f'"@id":"{iri}"' in page


@pytest.mark.slow
def test_feeds_are_named_in_the_head_and_the_foot_if_they_are_there(pages: dict[str, str], inputs: Inputs) -> None:
    for path, page in pages.items():
        end = "-en" if '<html lang="en">' in page[:60] else ""
        wanted = [f"feed{end}.atom"]
        if path.startswith("territory/departement/94/"):
            wanted.insert(0, f"feeds/departement/94{end}.atom")
        for text in ([address for kind, address in links(page, "alternate") if kind == "application/atom+xml"],
                     re.findall(r'href="([^"]+)" type="application/atom', page.partition("<footer")[2])):  # fmt: skip
            assert [re.sub(r"^(\.\./)+|^/", "", address) for address in text] == wanted, path
    none = drawn(replace(inputs, published={}))
    assert [
        path for path, page in none.items() if "atom" in page.partition("<body>")[0] + page.partition("<footer")[2]
    ] == []


@pytest.mark.slow
def test_contact_and_code_are_in_the_foot_if_they_are_known(pages: dict[str, str], inputs: Inputs) -> None:
    known = drawn(replace(inputs, contact="data@example.org", source_code="https://code.example.org/project"))
    for path, page in known.items():
        foot = page.partition("<footer")[2]
        assert '<a href="mailto:data@example.org">' in foot, path
        assert '<a href="https://code.example.org/project" rel="external">' in foot, path
        assert "mailto:" not in pages[path].partition("<footer")[2]


@pytest.mark.slow
def test_a_menu_of_five_and_what_is_further(pages: dict[str, str]) -> None:
    assert len(MENU) == 5
    assert {"home", *MENU, *FURTHER} == SECTIONS.keys()
    for path, page in pages.items():
        words = Words("en" if '<html lang="en">' in page[:60] else "fr")
        band = html.unescape(page.partition("<nav")[2].partition("</nav>")[0])
        first, _, rest = band.partition("<details")
        for part, keys in ((first, MENU), (rest, FURTHER)):
            assert re.findall(r"<a [^>]+>([^<]+)</a>", part) == [words(f"nav.{key}") for key in keys], path
        assert words("site.further") in rest


def test_the_page_of_now_is_marked_also_where_the_menu_is_folded(site_inputs: Inputs) -> None:
    from trophees.site.pages import vocabularies

    page = dict(vocabularies.files(Site(site_inputs)))["vocabularies/index.html"].decode()
    assert page.count('aria-current="page">Vocabulaires</a>') == 1
    assert '<summary class="current">' in page


def test_text_has_the_size_that_the_reader_asks_for() -> None:
    """Letters of pictures are of the picture's own size, which is as wide as the page."""
    for name, sheet in SHEETS.items():
        for rule, size in re.findall(r"([^{}]*)\{[^{}]*?font(?:-size)?:[^;}]*?\b(\d+(?:\.\d+)?px)", sheet):
            assert re.search(r"\.(map|graph|pg-plot)\b", rule), (name, rule, size)
        assert not re.search(r"@media[^{]*\d+px", sheet), name


def test_a_dark_scheme_is_for_screens_and_gives_way_to_the_readers_choice() -> None:
    for name, sheet in SHEETS.items():
        for medium, selector in re.findall(r"@media ([^{]*prefers-color-scheme: dark[^{]*)\{\s*([^{]+)\{", sheet):
            assert medium.startswith("screen and"), (name, selector)
            assert selector.startswith(':root:not([data-theme="light"])'), name


def test_movement_is_for_clicks_alone() -> None:
    assert re.findall(r"([^{}\n]+)\{ scroll-behavior: smooth", "".join(SHEETS.values())) == ["  html[data-smooth] "]


# -- without a network


def told(worker: bytes, name: str) -> list[str]:
    found: list[str] = json.loads(re.findall(rf"^const {name} = (\[.*\]);$", worker.decode(), re.MULTILINE)[0])
    return found


def test_the_worker_keeps_what_its_pages_name_if_it_is_there() -> None:
    keeper = offline.Keeper()
    keeper.see("assets/own.css", b"")
    keeper.see("index.html", b'<link href="assets/own.css"><script src="assets/late.js"></script> assets/never.js')
    keeper.see("playground/index.html", b'{"worker":"../assets/worker.js"}', playground=True)
    keeper.see("about/index.html", b"assets/other.js")
    for name in ("late.js", "worker.js", "other.js", "header.js", "site.css"):
        keeper.see(f"assets/{name}", name.encode())
    shared = {"assets/header.js", "assets/site.css"}
    assert set(told(keeper.worker(), "CORE")) == {"index.html", "assets/own.css", "assets/late.js", *shared}
    assert set(told(keeper.worker(), "PLAYGROUND")) == {"playground/index.html", "assets/worker.js", *shared}
    assert shared <= set(told(keeper.worker(), "SHARED"))


def test_what_the_pages_of_the_core_load_is_kept_with_them(built: dict[str, bytes]) -> None:
    core = set(told(built["sw.js"], "CORE"))
    own = {path for path in core if path.endswith(".html")}
    assert own == {place(folder, lang) for folder in ("", "laureates/", "offline/") for lang in LANGUAGES}
    assert core | set(told(built["sw.js"], "PLAYGROUND")) <= built.keys()
    for path in own:
        page = built[path].decode()
        sheets = re.findall(r'<link rel="stylesheet" href="(?:\.\./)*([^"]+)"', page)
        assert {*sheets, *re.findall(r'<script[^>]* src="(?:\.\./)*([^"]+)"', page)} <= core, path


def test_the_worker_is_another_if_a_page_of_the_core_is_and_only_then() -> None:
    def of_files(**files: bytes) -> bytes:
        keeper = offline.Keeper()
        for path, data in files.items():
            keeper.see(path.replace("_", "/").replace("/html", ".html"), data)
        return keeper.worker()

    one = of_files(index_html=b"1", about_index_html=b"1")
    assert told(one, "CORE") == ["index.html"]
    assert of_files(index_html=b"1", about_index_html=b"2") == one
    assert of_files(index_html=b"2", about_index_html=b"1") != one


def test_search_engines_are_not_led_to_the_page_that_stands_for_others(built: dict[str, bytes]) -> None:
    assert b"/offline/" not in built["sitemap.xml"]
    for lang in LANGUAGES:
        assert b'<meta name="robots" content="noindex">' in built[place("offline/", lang)]
        assert place("offline/", lang) in told(built["sw.js"], "CORE")
