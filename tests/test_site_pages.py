"""The fixed pages: they count what the graph holds and offer what is there; the sheet keeps its promises."""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files as resources
from itertools import chain, pairwise
from typing import Any

import pytest
from pyoxigraph import Literal, Store

from terms import value_of
from trophees.base.language import Language
from trophees.base.namespaces import TP
from trophees.publish.changelog import Run, releases
from trophees.release.checkout import Project
from trophees.site.citing import latest
from trophees.site.collation import initial, sort_key
from trophees.site.l10n import LANGUAGES, Words, messages, spaced
from trophees.site.laureate_list import NONE, cards
from trophees.site.lists.processes import processes
from trophees.site.model import Site, last
from trophees.site.pages import about, dataset, fixed, home, index
from trophees.site.pages import laureates as listing
from trophees.site.render import place
from trophees.site.scripts import STYLES

pytestmark = pytest.mark.xdist_group("site-pages")

BUDGET = 40_000  # bytes of markup, style and script of a page, compressed
BUNDLE = resources("trophees.site") / "bundle"
DOWNLOAD = r'<a href="([^"]+)" type="[^"]+" download>.+?class="hash">([0-9a-f]{64})<.+?<data value="(\d+)">'
COLOURS = (resources("trophees.site") / "web" / "site-colours.css").read_text("utf-8")


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    parts = (home, listing, dataset, about, index, fixed)
    return {path: data.decode() for path, data in chain(*(part.files(site) for part in parts))}


@pytest.fixture(scope="module")
def roomy(site: Site) -> dict[str, str]:
    """The lists of laureates and the first page where they have room on one page: there they are narrowed down."""
    large = Site(replace(site.inputs, room=10_000_000))
    return {path: data.decode() for path, data in chain(home.files(large), listing.files(large))}


def sheets_of(pages: dict[str, str], folder: str, lang: Language, name: str = "page") -> Iterator[str]:
    """The pages of a list, in its order."""
    number, path = 1, place(folder, lang)
    while path in pages:
        yield pages[path]
        number += 1
        path = place(f"{folder}{name}-{number}/", lang)


def named(site: Site, page: str, path: str) -> list[str]:
    """The laureates to which the items of the lists of `page`, which is at `path`, lead."""
    laureates = {place(thing.folder, lang): thing.iri for thing in site.laureates for lang in LANGUAGES}
    links = re.findall(r'<li><a href="([^"#]+)"', page)
    ways = [posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in links]
    return [laureates[way] for way in ways if way in laureates]


class Reader(HTMLParser):
    """The tags of a page, and its text by element identifier."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def having(self, attribute: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.tags if attribute in attributes]


def documents(pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in pages.items() if path.endswith(".html"))


def ask(site: Site, pattern: str) -> int:
    value = site.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0]["n"]
    assert isinstance(value, Literal)
    return int(value.value)


# counts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_laureate_has_one_card(site: Site, pages: dict[str, str], roomy: dict[str, str], lang: Language) -> None:
    path = place("laureates/", lang)
    for listed in ("".join(sheets_of(pages, "laureates/", lang)), roomy[path]):
        assert listed.count("<li data-card>") == ask(site, "?x a tp:Laureate")
        for stars in range(1, 5):
            sections = [part.partition("</section>")[0] for part in listed.split(f'<section id="level-{stars}"')[1:]]
            number = ask(site, f"?x a tp:Laureate ; tp:stars {stars}")
            assert sum(section.count("<li data-card>") for section in sections) == number
    for stars in range(1, 5):
        number = ask(site, f"?x a tp:Laureate ; tp:stars {stars}")
        for page in sheets_of(pages, "laureates/", lang):
            assert re.search(rf'<li><a href="[^"]*#level-{stars}">.*<span class="count">{number}</span></a></li>', page)


def test_facets_list_every_value(site: Site, pages: dict[str, str], roomy: dict[str, str]) -> None:
    """Each value in the graph is a choice, with its laureates, and a section of the index that names them.

    Where the index has no room for them, the choice leads to a list of its own.
    """
    listing = processes(site, Words("fr"), "laureates/index.html")
    sections = roomy["laureates/by/index.html"]
    short = "laureates/by/region-11/index.html" in pages
    assert short
    broader = "skos:broader* ?y . MINUS { ?y skos:broader ?z }"
    carriers = "tp:involvement ?i . ?i tp:role <https://w3id.org/trophees-participation/role/carrier>"
    wanted = {
        "region": "?x tp:inRegion ?y",
        "edition": "?x tp:edition ?y",
        "theme": f"?x tp:addresses ?t . ?t {broader}",
        "tool": f"?x tp:usesTool ?t . ?t {broader}",
        "kind": f"?x {carriers} ; tp:organisation?/tp:organisationKind ?y",
    }
    order = [card.iri for card in cards(site, "fr", "laureates/index.html")]
    for facet, pattern in wanted.items():
        rows = site.query(f"SELECT DISTINCT ?x ?y WHERE {{ ?x a tp:Laureate . {pattern} }}")
        members: dict[str, set[int]] = {}
        for row in rows:
            members.setdefault(last(value_of(row["y"])), set()).add(order.index(value_of(row["x"])))
        without = set(range(len(order))) - set().union(*members.values())
        if without:
            members[NONE] = without
        for value, numbers in members.items():
            chosen = [item.iri for item in listing.chosen({facet: [value]})]
            assert chosen == [order[number] for number in sorted(numbers)], (facet, value)
        for value, numbers in members.items():
            section = sections.partition(f'<section id="{facet}-{value}">')[2].partition("</section>")[0]
            assert section.count("<li>") == len(numbers)
            if short:
                assert f'by/{facet}-{value}/index.html"' in pages["laureates/index.html"]
                folder = f"laureates/by/{facet}-{value}/"
                lists = list(sheets_of(pages, folder, "fr"))
                names = [iri for page in lists[:1] for iri in named(site, page, place(folder, "fr"))]
                for number, page in enumerate(lists[1:], 2):
                    names += named(site, page, place(f"{folder}page-{number}/", "fr"))
                assert names == [order[number] for number in sorted(numbers)], (facet, value)


@pytest.mark.slow
def test_cards_name_the_carriers_in_the_language_of_the_page(site: Site, store: Store) -> None:
    """In French as the report prints them, which English does where no carrier has a name."""
    pages = {path: data.decode() for path, data in listing.files(site)}
    assert '<p class="muted small">Ville de Cachan (94)</p>' in pages["laureates/index.html"]
    english = pages["laureates/en/index.html"]
    assert '<p class="muted small">Town of Cachan</p>' in english
    assert "Ville de" not in english
    anonymous = Store()
    anonymous.extend(quad for quad in store if quad.predicate.value != TP + "carriedBy")
    pages = {path: data.decode() for path, data in listing.files(Site(replace(site.inputs, store=anonymous)))}
    assert '<p class="muted small"><span lang="fr">Ville de Cachan (94)</span></p>' in pages["laureates/en/index.html"]


def test_stars_that_a_laureate_has_not_are_hollow(site: Site, pages: dict[str, str]) -> None:
    """As text too: copied, read without a sheet or printed, a laureate has as many as it has."""
    listed = "".join(sheets_of(pages, "laureates/", "fr"))
    shown = re.findall(r'<span class="stars" role="img"[^>]*>([^<]*)</span>', listed)
    starred = [card.stars for card in cards(site, "fr", "index.html") if card.stars]
    assert [text.count("★") for text in shown] == starred
    assert {len(text) for text in shown} == {4}
    assert set("".join(shown)) == set("★☆")


def test_home_counts(site: Site, pages: dict[str, str]) -> None:
    found = {figure.label: figure.number for figure in home.figures(site, Words("en"))}
    assert found["laureates"] == len(site.laureates)
    assert found["organisations"] == len(site.things("organisation"))
    assert found["facts with their source"] == ask(site, "?x a tp:Fact")
    for lang in LANGUAGES:
        words = Words(lang)
        text = pages["index.html" if lang == "fr" else "en/index.html"]
        for number in found.values():
            assert f"<dd>{words.number(number)}</dd>" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_leads_to_the_list_of_as_many_laureates(site: Site, pages: dict[str, str], lang: Language) -> None:
    links = r'<li><a href="[^"?]*laureates/(?:en/)?index.html\?(theme|tool|region)=([\w-]+)">[^<]+</a>'
    links += r' <span class="count">(\d+)</span>'
    found = re.findall(links, pages[place("", lang)])
    assert len(found) > 20
    listing = processes(site, Words(lang), place("laureates/", lang))
    for axis, value, count in found:
        assert len(listing.chosen({axis: [value]})) == int(count), value


def test_home_amounts_are_those_of_the_graph(site: Site) -> None:
    rows = site.query('SELECT ?v WHERE { ?l a tp:Laureate ; tp:indicator ?i . ?i tp:unit "EUR" ; tp:value ?v }')
    expected = sorted((float(value_of(row["v"])) for row in rows), reverse=True)
    assert [float(a.value) for a in home.amounts(site, "fr", "index.html")] == expected


def test_home_writes_amounts_as_its_language_does(pages: dict[str, str]) -> None:
    assert "<strong>130\u202f000 €</strong>" in pages["index.html"]
    assert "<strong>€130,000</strong>" in pages["en/index.html"]


def test_about_counts(site: Site, pages: dict[str, str]) -> None:
    printed = ask(site, "?x a tp:Fact MINUS { ?x tp:reason ?r } MINUS { ?x a tp:Anomaly }")
    inferred = ask(site, "?x a tp:Fact ; tp:reason ?r")
    text = pages["about/en/index.html"]
    listed = "".join(sheets_of(pages, "about/", "en", "inferred"))
    assert f"{Words('en').number(printed)} facts read in the sources and {inferred} inferred facts" in text
    assert listed.count('<li class="fact inferred">') == inferred + 1  # and the example
    assert f"<dd>{ask(site, '?x a tp:Anomaly')}</dd>" in text


# the dataset


def test_files_are_as_described(files: dict[str, bytes], pages: dict[str, str]) -> None:
    for path in ("data/index.html", "data/en/index.html"):
        root = "../" * path.count("/")
        rows = re.findall(DOWNLOAD, pages[path], re.DOTALL)
        assert {(link.removeprefix(root), digest, int(size)) for link, digest, size in rows} == {
            (name, hashlib.sha256(data).hexdigest(), len(data))
            for name, data in files.items()
            if not name.startswith(("feeds/departement/", "ldes/20"))  # to which the feed and the stream lead
        }


def test_dataset_for_search_engines(files: dict[str, bytes], pages: dict[str, str]) -> None:
    for lang in LANGUAGES:
        path = place("data/", lang)
        block = re.search(r'<script type="application/ld\+json">(.+?)</script>', pages[path])
        assert block
        found = json.loads(block[1])
        assert found["@type"] == "Dataset"
        assert 50 <= len(found["description"]) <= 5000
        wanted = "name url identifier keywords license creator version temporalCoverage spatialCoverage datePublished "
        wanted += "alternateName sameAs variableMeasured includedInDataCatalog isPartOf"
        assert not [key for key in wanted.split() if not found.get(key)]
        assert found["spatialCoverage"]["@type"] == "Place"
        assert found["includedInDataCatalog"]["@type"] == "DataCatalog"
        assert found["isAccessibleForFree"] is True
        assert re.fullmatch(r"\d{4}/\d{4}", found["temporalCoverage"])
        assert found["isBasedOn"]
        assert not [cited for cited in found["isBasedOn"] if not cited]
        assert found["creator"]["name"] == Words(lang)("data.author")
        for download in found["distribution"]:
            name = download["contentUrl"].removeprefix("https://w3id.org/trophees-participation/")
            assert download["sha256"] == hashlib.sha256(files[name]).hexdigest()
            assert re.fullmatch(r"[\w.+-]+/[\w.+-]+", download["encodingFormat"])


def test_every_dataset_that_a_page_tells_search_engines_of_is_complete(built: dict[str, bytes]) -> None:
    def datasets(value: object) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if value.get("@type") == "Dataset":
                yield value
            for part in value.values():
                yield from datasets(part)
        elif isinstance(value, list):
            for part in value:
                yield from datasets(part)

    pages = [path for path in built if re.match(r"(data|dataset|graph)/.*html$", path)]
    seen = 0
    for path in pages:
        for block in re.findall(r'<script type="application/ld\+json">(.+?)</script>', built[path].decode()):
            document = json.loads(block)
            if document.get("@context") != "https://schema.org":
                continue
            for found in datasets(document):
                seen += 1
                assert 50 <= len(found["description"]) <= 5000, (path, found["@id"])
                assert found["name"], path
                assert found["license"].startswith("https://"), path
                assert found["creator"]["@type"] == "Organization", path
                assert found["creator"]["name"], path
    assert seen > len(pages) > 10


def test_the_page_of_the_dataset_leads_to_the_catalogue(files: dict[str, bytes], pages: dict[str, str]) -> None:
    for path in ("data/index.html", "data/en/index.html"):
        links = re.findall(r'<link rel="describedby" type="([^"]+)" href="((?:\.\./)+)([^"]+)">', pages[path])
        assert {name: type_ for type_, _, name in links} == {
            "catalog.ttl": "text/turtle",
            "catalog.jsonld": "application/ld+json",
            "catalog.rdf": "application/rdf+xml",
            "void.ttl": "text/turtle",
        }
        assert {name for _, _, name in links} <= files.keys()
        assert {way for _, way, _ in links} == {"../" * path.count("/")}


def test_named_graphs_are_counted(store: Store, pages: dict[str, str]) -> None:
    sizes: dict[str, int] = {}
    for quad in store:
        sizes[str(quad.graph_name)] = sizes.get(str(quad.graph_name), 0) + 1
    section = pages["data/index.html"].partition('<section id="graphs">')[2].partition("</section>")[0]
    numbers = re.findall(r'<td class="number">([^<]+)</td>', section)
    assert numbers == [Words("fr").number(size) for size in sorted(sizes.values(), reverse=True)]


def test_change_log() -> None:
    text = "# Changelog\n\nIntro.\n\n## 2 — 2026-01-02\n\nFirst.\n\n- **A** — one `x`\n  more\n- two\n\n## 1\n"
    second, first = releases(text)
    assert (second.version, second.date, len(second.items)) == ("2", "2026-01-02", 3)
    assert second.items[1] == (Run("A", "strong"), Run(" — one "), Run("x", "code"), Run(" more"))
    assert (first.version, first.date, first.items) == ("1", "", ())


def test_the_change_log_says_the_same_in_both_languages(project: Project) -> None:
    marks = {"Données": "Data", "Modèle": "Model", "Outil": "Tool"}

    def outline(language: Language) -> list[tuple[str, str, list[str]]]:
        return [
            (r.version, r.date, [marks.get(run.text, run.text) for item in r.items for run in item if run.style])
            for r in releases(project.changelog()[language])
        ]

    assert outline("fr") == outline("en")
    assert {mark for _, _, styled in outline("en") for mark in styled} >= set(marks.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_version_is_told_once_the_newest_on_the_page_of_the_dataset(
    site: Site, pages: dict[str, str], lang: Language
) -> None:
    told = [release.version for release in releases(site.inputs.changelog[lang])]
    listed = [re.findall(r"<h[23]>([\w.-]+) <span", page) for page in sheets_of(pages, "data/", lang, "changes")]
    assert list(chain(*listed)) == told
    assert listed[0] == told[:1]


# the index


def test_index_has_every_name(site: Site, pages: dict[str, str]) -> None:
    for lang in LANGUAGES:
        lists = [page for folder in index.PARTS.values() for page in sheets_of(pages, folder, lang)]
        shown = {html.unescape(text) for page in lists for text in re.findall(r"<li><a href=[^>]+>([^<]+)</a>", page)}
        names = {spaced(site.name(thing.iri, lang).text, lang) for thing in site.things()}
        assert names <= shown
        others = {name for thing in site.things("organisation") for name in thing.alt_labels}
        assert lang == "en" or {sort_key(name) for name in others} <= {sort_key(name) for name in shown}


def test_alphabetical_order() -> None:
    assert sorted(["Zoé", "étape", "Œuvre", "Odeur", "Eau"], key=sort_key) == ["Eau", "étape", "Odeur", "Œuvre", "Zoé"]
    assert [initial(text) for text in ("Évry", "#Dans ma ville", "œuvre", "94", "")] == ["E", "D", "O", "#", "#"]
    assert sort_key("L’Haÿ-les-Roses") == "l hay les roses"


# markup, weight and words


def test_no_inline_style_or_script(pages: dict[str, str]) -> None:
    for path, text in documents(pages):
        for tag, attributes in Reader(text).tags:
            assert tag != "style", path
            assert "style" not in attributes, path
            assert not [name for name in attributes if name.startswith("on")], path
            if tag == "script":
                assert attributes.get("src") or attributes.get("type") == "application/ld+json", path


def packed(data: bytes) -> int:
    """The size of `data` once a server has compressed it."""
    return len(zlib.compress(data, 6))


def test_pages_are_light(pages: dict[str, str]) -> None:
    """Markup, style and script, as a server sends them; a browser weighs the pictures and the data too."""
    for path, text in documents(pages):
        scripts = [a["src"] for a in Reader(text).having("src") if a["src"].endswith(".js")]
        sheets = [a["href"] for a in Reader(text).having("href") if a["href"].endswith(".css")]
        names = [name.rpartition("/")[2] for name in scripts + sheets]
        own = sum(packed((BUNDLE / name).read_bytes()) for name in names if (BUNDLE / name).is_file())
        weight = packed(text.encode()) + own
        assert weight < BUDGET, f"{path}: {weight}"


def test_every_table_can_be_scrolled_by_keyboard(pages: dict[str, str]) -> None:
    for path, text in documents(pages):
        wraps = [a for tag, a in Reader(text).tags if a.get("class", "").startswith("table-wrap")]
        assert len(wraps) == text.count("<table"), path
        assert all(a["tabindex"] == "0" and a["role"] == "region" and a["aria-label"] for a in wraps), path


def test_one_first_heading_and_no_level_skipped(pages: dict[str, str]) -> None:
    for path, text in documents(pages):
        levels = [int(tag[1]) for tag, _ in Reader(text).tags if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


@pytest.mark.slow
def test_the_accessibility_statement_names_the_release_and_a_contact_that_exists(site: Site) -> None:
    modified = site.text(latest(site), "http://purl.org/dc/terms/modified")
    reached = Site(replace(site.inputs, contact="data@example.org"))
    for lang in LANGUAGES:
        path = place("accessibility/", lang)
        words = Words(lang)
        nobody, somebody = (html.unescape(dict(fixed.files(s))[path].decode()) for s in (site, reached))
        for page in (nobody, somebody):
            assert words("a11y.dated", date=words.date(modified)) in page
        assert words("a11y.contact_none") in nobody
        assert "mailto:" not in nobody
        assert f'{words("a11y.contact_at")} <a href="mailto:data@example.org">data@example.org</a>' in somebody


def test_errors_speak_both_languages(pages: dict[str, str]) -> None:
    for status in ("404", "406"):
        shown = html.unescape(pages[f"{status}.html"])
        for lang in LANGUAGES:
            assert messages()[lang][f"error.{status}.title"] in shown


@pytest.mark.slow
def test_links_of_errors_begin_at_the_path_of_the_site(site: Site) -> None:
    below = Site(replace(site.inputs, url="https://data.example.org/trophees/"))
    for path, data in fixed.files(below):
        if path in ("404.html", "406.html"):
            attributes = [a for _, a in Reader(data.decode()).tags]
            found = {a[name] for a in attributes for name in ("href", "src", "action", "data-root") if name in a}
            ours = {link for link in found if not link.startswith(("https://", "#"))}
            assert "/trophees/assets/site.css" in ours
            assert "/trophees/laureates/en/index.html" in ours
            assert {link[:10] for link in ours} == {"/trophees/"}


# colours


def palette(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the light and of the dark scheme."""
    by_system, by_choice = (
        re.findall(rf":root{selector} \{{([^}}]+)\}}", sheet)[0]
        for selector in (r':not\(\[data-theme="light"\]\)', r'\[data-theme="dark"\]')
    )
    assert by_system.split() == by_choice.split()
    blocks = (re.findall(r":root \{([^}]+)\}", sheet)[0], by_system)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return light, {**light, **dark}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, glossary)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = ("ink", "muted", "accent", "accent-strong", "gold")
GROUNDS = ("paper", "surface", "gold-soft", "accent-soft")


@pytest.mark.parametrize("scheme", [0, 1])
def test_contrast(scheme: int) -> None:
    colours = palette(COLOURS)[scheme]
    pairs = [(text, ground, 4.5) for text in TEXT for ground in GROUNDS]
    pairs += [("on-accent", "accent", 4.5), ("on-accent", "accent-strong", 4.5)]
    pairs += [(sign, ground, 3) for sign in ("edge", "star", "focus", "accent") for ground in ("paper", "surface")]
    ratios = [(a, b, contrast(colours[a], colours[b]), least) for a, b, least in pairs]
    assert not [ratio for ratio in ratios if ratio[2] < ratio[3]]
    assert len(colours) >= 18


def test_contrast_is_measured_as_in_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_pictures_have_the_colours_of_the_sheet(pages: dict[str, str]) -> None:
    for path, colours in zip(("assets/france.svg", "assets/france-dark.svg"), palette(COLOURS), strict=True):
        used = set(re.findall(r"#[0-9a-f]{6}", pages[path]))
        assert used <= set(colours.values())


def test_no_sheet_asks_for_anything_else() -> None:
    for name in STYLES:
        assert not re.search(r"url\(|@import|https?:", (BUNDLE / name).read_text("utf-8")), name
