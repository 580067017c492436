"""The site: what it shows of the graph, and that its pages, links and data hold together."""

from __future__ import annotations

import html
import json
import posixpath
import random
import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from operator import length_hint
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import html5rdf
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from fuzz import among
from terms import literal, named, value_of
from trophees.ask import cookbook, engine
from trophees.ask.question import Question
from trophees.base.addresses import Folder
from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.base.namespaces import BASE, SKOS, TP
from trophees.graph.walk import triples
from trophees.hosting.settings import PLACEHOLDER
from trophees.hosting.signposts import Signposts
from trophees.release.checkout import Project
from trophees.site.build import Build, build
from trophees.site.collation import sort_key
from trophees.site.concepts import narrower as narrower_below
from trophees.site.data_files import embedded
from trophees.site.l10n import LANGUAGES, Words, messages, spaced
from trophees.site.model import Inputs, Site, Thing, last
from trophees.site.pages import for_hosts, for_robots
from trophees.site.render import place
from trophees.site.thing import page as things
from trophees.site.thing.cells import things as things_in
from trophees.site.thing.facts import Teller
from trophees.site.thing.schema_org import describe, type_of
from trophees.site.thing.view import view

pytestmark = pytest.mark.xdist_group("site")

ID = re.compile(r'\sid="([^"]*)"')
LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
TAG = re.compile(r"<[^>]*>")
PROPER = {
    "site.name",
    "footer.licence_name",
    "elsewhere.etalab-gouv-fr",
}  # names, quoted as they are in either language
CACHAN = "laureate/2020/cachan/"
BUDGET = 100_000  # bytes of markup


@pytest.fixture(scope="module")
def pages(built: dict[str, bytes]) -> dict[str, str]:
    """Every HTML page of the templates (the single-file playground is another matter)."""
    return {path: data.decode() for path, data in built.items() if path.endswith(".html") and path != "playground.html"}


@pytest.fixture(scope="module")
def ids(pages: dict[str, str]) -> dict[str, list[str]]:
    return {path: [html.unescape(i) for i in ID.findall(text)] for path, text in pages.items()}


@pytest.fixture(scope="module")
def links(pages: dict[str, str]) -> dict[str, set[str]]:
    return {path: {html.unescape(target) for target in LINK.findall(text)} for path, text in pages.items()}


@pytest.fixture(scope="module")
def sample(site: Site, pages: dict[str, str]) -> dict[str, str]:
    """Every page that is not of a thing, and those of the first thing and of the richest of each kind."""
    things = {t.folder for t in site.things()}
    chosen = {path for path in pages if path.removesuffix("index.html").removesuffix("en/") not in things}
    for kind in site.kinds():
        of_kind = site.things(kind)
        for thing in (of_kind[0], max(of_kind, key=lambda t: len(site.triples(t.iri)))):
            chosen |= {thing.folder + "index.html", thing.folder + "en/index.html"}
    return {path: pages[path] for path in sorted(chosen)}


class Spoken(HTMLParser):
    """The text of a page by language, its elements, and the texts of its links."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.text: dict[str, list[str]] = {}
        self.links: list[tuple[str, str]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag == "a":
            self.links.append((given.get("href", ""), ""))
        if tag not in self.VOID:
            self.stack.append((tag, given.get("lang") or (self.stack[-1][1] if self.stack else "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG without content."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1][0] not in ("script", "style"):
            self.text.setdefault(self.stack[-1][1], []).append(data)
            if any(tag == "a" for tag, _ in self.stack):
                self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)

    def said(self, lang: str) -> str:
        return " ".join(" ".join(self.text.get(lang, [])).split())


class Prose(Spoken):
    """The texts by language that are no code, those of attributes too."""

    CODE = frozenset({"code", "pre", "textarea"})
    SHOWN = ("alt", "aria-label", "content", "placeholder", "title")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        lang = dict(attrs).get("lang") or (self.stack[-1][1] if self.stack else "")
        self.text.setdefault(lang, []).extend(value for name, value in attrs if value and name in self.SHOWN)
        super().handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.CODE.isdisjoint(tag for tag, _ in self.stack):
            super().handle_data(data)


def target(path: str, link: str) -> tuple[str, str]:
    """The file that a relative link of the page `path` leads to, and the anchor in it."""
    address, _, fragment = link.partition("#")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address.partition("?")[0])))
    return (path if not address else file), fragment


# what is shown


def test_every_iri_of_ours_resolves_to_a_page_or_an_anchor(
    store: Store, pages: dict[str, str], ids: dict[str, list[str]], built: dict[str, bytes]
) -> None:
    named = {
        term.value
        for q in store
        for term in (q.subject, q.predicate, q.object, q.graph_name)
        if isinstance(term, NamedNode)
    }
    ours = sorted(iri for iri in named if iri.startswith(BASE))
    assert len(ours) > 2000
    for iri in ours:
        document, _, fragment = iri.removeprefix(BASE).partition("#")
        for lang in ("", "en/"):
            page = f"{document}/{lang}index.html".lstrip("/")
            assert page in pages, iri
            assert not fragment or fragment in ids[page], iri
        assert document == "" or {f"{document}.{ext}" for ext in FORMS} <= built.keys(), iri


def test_every_rule_has_an_anchor(site: Site, ids: dict[str, list[str]]) -> None:
    rules = {q.subject.value.partition("#")[2] for q in site.shapes if isinstance(q.subject, NamedNode)}
    assert {rule for rule in rules if rule and f"{BASE}shapes#{rule}" in site.parts(f"{BASE}shapes")} <= set(
        ids["shapes/index.html"]
    )


def test_no_page_of_a_thing_shows_the_bare_name_of_a_property(site: Site, pages: dict[str, str]) -> None:
    """Each has a name in the language of the page, or its values are shown in some other way."""
    bare = {last(quad.predicate.value) for quad in site.store} | {"deprecated", "exact", "hasSelector"}
    bare = {name[0].upper() + name[1:] for name in bare if not name.islower()} | {"Deprecated", "Exact"}
    found = []
    for thing in site.things():
        for lang in LANGUAGES:
            page = pages[place(thing.folder, lang)]
            labels = re.findall(r'<(?:dt|dt [^>]*|span class="muted")>([^<]+)</', page)
            found += [(thing.path, label) for label in labels if label.rstrip(" \u202f\xa0:") in bare]
    assert not found


def test_a_withdrawn_fact_says_why_on_the_page_where_it_stood(site: Site, pages: dict[str, str]) -> None:
    facts = {iri: gone for iri, gone in site.ended.items() if "#" in iri and site.thing(iri.partition("#")[0])}
    assert facts
    for iri, gone in facts.items():
        document, _, fragment = iri.removeprefix(BASE).partition("#")
        for lang in LANGUAGES:
            page = pages[place(f"{document}/", lang)]
            start = page.index(f' id="{fragment}"')
            told = html.unescape(page[start : page.index("</li>", start)])
            assert spaced(gone.reason[lang], lang) in told, iri


def test_a_fact_says_where_it_is_printed_or_why_it_is_inferred(store: Store, pages: dict[str, str]) -> None:
    for quad in store.quads_for_pattern(None, NamedNode(TP + "section"), None, None):
        document, _, fragment = value_of(quad.subject).removeprefix(BASE).partition("#")
        page = pages[f"{document}/index.html"]
        start = page.index(f' id="{fragment}"')
        fact = html.unescape(TAG.sub("", page[start : page.index("</li>", start)]))
        reasons = [
            literal(q.object).value
            for q in store.quads_for_pattern(quad.subject, NamedNode(TP + "reason"), None, None)
            if literal(q.object).language == "fr"
        ]
        section = next(
            literal(q.object).value
            for q in store.quads_for_pattern(named(quad.object), NamedNode(SKOS + "prefLabel"), None, None)
            if literal(q.object).language == "fr"
        )
        assert section in fact
        printed = list(store.quads_for_pattern(quad.subject, NamedNode(TP + "printed"), None, None))
        observed = list(store.quads_for_pattern(quad.subject, NamedNode(TP + "anomalyKind"), None, None))
        rests = "relevé par un curateur" if observed else "imprimé" if printed else "d’après le texte"
        assert ("déduit" if reasons else rests) in fact
        assert all(spaced(reason) in fact for reason in reasons)


def test_numbers_and_dates_are_written_for_people(pages: dict[str, str]) -> None:
    text = TAG.sub("", html.unescape(pages[CACHAN + "index.html"]))
    assert "plus de 2\u202f500 participants à la démarche" in text
    assert re.search("130\u202f000\\s€\\s: budget consacré à la démarche", text)
    assert re.search(r"1,5\san\s: durée de la démarche", text)
    assert "more than 2,500 participants in the process" in TAG.sub("", html.unescape(pages[CACHAN + "en/index.html"]))
    assert "printemps 2021" in pages["laureate/2020/ponts-de-ce/index.html"]
    assert "26 août 2019 – 31 octobre 2019" in pages["laureate/2020/cinor/index.html"]


@pytest.mark.parametrize(
    ("lang", "edtf", "words"),
    [
        ("fr", "2019-08-26", "26 août 2019"),
        ("fr", "2020-05-01", "1er mai 2020"),
        ("fr", "2021-21", "printemps 2021"),
        ("en", "2021-21", "spring 2021"),
        ("en", "2020-05-01", "1 May 2020"),
        ("fr", "2016", "2016"),
        ("fr", "2020-99", "2020-99"),
        ("fr", "un jour", "un jour"),
    ],
)
def test_dates(lang: str, edtf: str, words: str) -> None:
    assert Words(lang).date(edtf) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2020-06", "2020-06", "juin 2020"),
        ("2020-05-01", "2020-06-01", "1er mai 2020 – 1er juin 2020"),
        ("2016", "", "à partir de 2016"),
        ("2020-08", "", "à partir d’août 2020"),
        ("2019-08-26", "", "à partir du 26 août 2019"),
        ("2020-22", "", "à partir de l’été 2020"),
        ("", "2024", "jusqu’en 2024"),
        ("", "2021-21", "jusqu’au printemps 2021"),
        ("", "", ""),
    ],
)
def test_periods(start: str, end: str, words: str) -> None:
    assert Words("fr").period(start, end) == words


@pytest.mark.parametrize(
    ("lang", "value", "words"),
    [
        ("fr", "1234567", "1\u202f234\u202f567"),
        ("en", "1234.50", "1,234.5"),
        ("fr", "23.7", "23,7"),
        ("fr", "x", "x"),
        ("fr", "-3", "−3"),
    ],
)
def test_numbers(lang: str, value: str, words: str) -> None:
    assert Words(lang).number(value) == words  # type: ignore[arg-type]


def test_what_refers_to_a_thing_is_on_its_page(pages: dict[str, str]) -> None:
    tool = pages["tool/budget-participatif/index.html"]
    assert "Ce qui s’y rattache" in tool
    assert "laureate/2020/grenoble/index.html" in tool
    commune = pages["territory/commune/94016/index.html"]
    assert all(path in commune for path in (CACHAN, "organisation/ville-de-cachan/", "territory/epci/200054781/"))
    assert all(path in commune for path in ("territory/departement/94/", "http://id.insee.fr/geo/commune/94016"))


def referring(pages: dict[str, str], thing: Thing, kind: str, lang: Language) -> Iterator[str]:
    """What of a kind refers to `thing`: on its own page, and on those where the list goes on."""
    number, path = 1, place(thing.folder, lang)
    while path in pages:
        yield pages[path].partition(f'id="from-{kind}"')[2].partition("</section>")[0]
        number += 1
        path = place(f"{thing.folder}from-{kind}-{number}/", lang)


@pytest.mark.parametrize("predicate", ["usesTool", "addresses", "isFor"])
def test_a_concept_leads_to_what_refers_to_a_narrower_one(site: Site, pages: dict[str, str], predicate: str) -> None:
    """On its page stand the laureates and the cases that refer to it, each with the concept by which it comes."""
    rows = site.query(
        f"SELECT ?top ?narrower ?process {{ ?narrower skos:broader+ ?top . ?process tp:{predicate} ?narrower }}"
    )
    assert len(rows) > 20
    for row in rows:
        top, narrower, process = (site.thing(value_of(row[name])) for name in ("top", "narrower", "process"))
        assert top
        assert narrower
        assert process
        for lang in LANGUAGES:
            page = "".join(referring(pages, top, process.kind, lang))
            entry = page.partition(f'{place(process.folder, lang)}"')[2].partition("</li>")[0]
            tags = html.unescape(" ".join(re.findall(r'<span class="tag">([^<]+)</span>', entry)) or page[:1000])
            assert site.label(narrower.iri, lang) in tags, (top.iri, process.iri)
            assert messages()[lang]["thing.indirect"] in html.unescape(page)


def test_narrower_concepts_are_found_once_even_where_they_run_in_a_circle(site_inputs: Inputs) -> None:
    circle = Store()
    names = [NamedNode(f"{BASE}tool/{name}") for name in "abcd"]
    for narrower, broader in ("ba", "ca", "db", "dc", "ad"):
        link = NamedNode(f"{BASE}tool/{narrower}"), NamedNode(SKOS + "broader"), NamedNode(f"{BASE}tool/{broader}")
        circle.add(Quad(*link, NamedNode(f"{BASE}graph/x")))
    found = narrower_below(Site(Inputs(circle, [], site_inputs.context, "1")), names[0].value)
    assert found == [name.value for name in names[1:]]


def test_a_family_of_tools_leads_to_those_that_go_with_its_own(pages: dict[str, str]) -> None:
    for family, apart in (("tool/vote", "tool/vote-en-ligne"), ("tool/numerique", "tool/plateforme-numerique")):
        near = pages[f"{family}/index.html"].partition('id="neighbours"')[2]
        assert "Outils souvent employés ensemble" in near
        assert f"{apart}/index.html" not in near


def test_the_markup_of_every_page_is_light(pages: dict[str, str]) -> None:
    """Not compressed; what a browser loads with it is weighed there."""
    weights = {path: len(page.encode()) for path, page in pages.items()}
    assert {path: weight for path, weight in weights.items() if weight >= BUDGET} == {}


def test_no_two_things_have_pages_of_the_same_title(site: Site, pages: dict[str, str]) -> None:
    for lang in LANGUAGES:
        titles = [pages[place(thing.folder, lang)].partition("<title>")[2] for thing in site.things()]
        assert len({sort_key(title.partition("</title>")[0]) for title in titles}) == len(titles)
    assert "<title>Paris (département) –" in pages["territory/departement/75/index.html"]
    assert "<title>theme (property) –" in pages["ontology/properties/theme/en/index.html"]
    assert "<title>Cachan –" in pages["territory/commune/94016/index.html"]


@pytest.mark.slow
def test_a_name_that_several_territories_bear_tells_which(site: Site, pages: dict[str, str]) -> None:
    for path, name in (
        ("territory/commune/94016/index.html", "L'Haÿ-les-Roses (arrondissement)"),
        ("territory/commune/75056/en/index.html", "Paris (département)"),
        ("territory/commune/75056/en/index.html", "Paris (arrondissement)"),
        ("territory/epci/200093201/index.html", "Métropole Européenne de Lille (intercommunalité 245900410)"),
        ("organisation/metropole-rouen-normandie/index.html", "Métropole Rouen Normandie (intercommunalité)"),
        ("organisation/commune-du-bois-d-arcy/index.html", "Commune"),
    ):
        assert f">{name}</a>" in html.unescape(pages[path].partition('id="group-identity"')[2]), name
    for lang in LANGUAGES:
        named: dict[str, set[str]] = {}
        for thing in site.things():
            told = view(site, Teller(site, Words(lang), place(thing.folder, lang)), thing)
            for shown in (shown for group in told.groups for shown in group.properties):
                for link in shown.links:
                    if "/territory/" in link.href and not link.external:
                        named.setdefault(link.text, set()).add(link.href.rpartition("../")[2])
        assert len(named) > 80
        assert {name: there for name, there in named.items() if len(there) > 1} == {}


def test_a_list_of_one_kind_tells_namesakes_apart_by_their_code(pages: dict[str, str]) -> None:
    page = pages["territory-kind/metropole/index.html"].partition('id="from-epci"')[2]
    assert ">Métropole Européenne de Lille (200093201)<" in page
    assert ">Métropole Européenne de Lille (245900410)<" in page
    assert ">Métropole Rouen Normandie<" in page


def test_a_laureate_leads_to_others_of_its_departement_and_with_its_tools(pages: dict[str, str]) -> None:
    near = pages[CACHAN + "index.html"].partition('id="neighbours"')[2]
    assert "laureate/2020/val-de-marne/" in near


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_else_to_see_names_what_both_have_in_common(site: Site, pages: dict[str, str], lang: Language) -> None:
    cachan = f"{BASE}laureate/2020/cachan"
    words, page = Words(lang), pages[place("laureate/2020/cachan/", lang)]
    for title, predicate in (("near.tools", "usesTool"), ("near.themes", "addresses")):
        group = page.partition(f"<h3>{words(title)}</h3>")[2].partition("</ul>")[0]
        entries = re.findall(
            r'<a href="[./]+(laureate/[^"]+?)(?:en/)?index.html">.*?<span class="by">(.+?)</span>', group
        )
        assert entries
        for folder, reason in entries:
            shared = {*site.links(cachan, TP + predicate)} & {*site.links(BASE + folder.rstrip("/"), TP + predicate)}
            names = {site.label(value, lang) for value in shared}
            told = html.unescape(reason)
            named = [name for name in names if name in told]
            assert len(named) >= min(len(names), 3) > 0, (folder, told)
            assert (words.count("near.more", len(names) - 3) in told) == (len(names) > 3), (folder, told)


def test_a_territory_leads_to_what_is_near_it(pages: dict[str, str]) -> None:
    near = pages["territory/commune/94016/index.html"].partition('id="neighbours"')[2]
    assert "laureate/2020/val-de-marne/" in near
    assert CACHAN not in near  # which is on the page already
    near = pages["territory/departement/94/en/index.html"].partition('id="neighbours"')[2]
    assert re.search(r'territory/departement/91/en/index.html">Essonne</a> <span class="by">3 laureates<', near)
    assert "departement/95/" not in near  # no laureate there


def test_no_line_begins_with_a_french_mark(pages: dict[str, str]) -> None:
    page = html.unescape(TAG.sub("", pages[CACHAN + "index.html"].partition("<main")[2]))
    assert "Parlons ensemble de Cachan\u202f!" in page
    assert not re.search(r"« | [»!?;]", page)


@pytest.mark.slow
def test_links_show_labels_not_iris(store: Store, sample: dict[str, str]) -> None:
    printed = {value_of(q.object) for q in store.quads_for_pattern(None, NamedNode(TP + "notation"), None, None)}
    for path, page in sample.items():
        for href, text in Spoken(page).links:
            permanent = text.strip() in printed or (path.startswith("data/") and text.strip().startswith(BASE))
            assert permanent or not re.match(r"\s*https?://", text), (path, href)


# languages


def test_messages_have_the_same_keys_and_values_in_both_languages() -> None:
    fr, en = (messages()[lang] for lang in LANGUAGES)
    assert fr.keys() == en.keys()
    for key, message in fr.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(m) if name} for m in (message, en[key])]
        assert fields[0] == fields[1] or key.startswith("date."), key


def test_a_thing_has_one_word(store: Store) -> None:
    fr, en = (messages()[lang] for lang in LANGUAGES)
    told = {q.object.value for q in store if isinstance(q.object, Literal) and q.object.language == "en"}
    assert not [text for text in (*en.values(), *told) if re.search(r"\b[Rr]egions?\b", text)]
    assert not [text for text in fr.values() if "Insee" in text]
    for words in (fr, en):
        assert words["data.keywords"] == words["term.dcat_keyword"]


@pytest.mark.slow
def test_pages_do_not_mix_languages(sample: dict[str, str]) -> None:
    fr, en = (
        {k: m for k, m in messages()[lang].items() if k not in PROPER and "Licence Ouverte" not in m}
        for lang in LANGUAGES
    )
    only = {
        "fr": {m for key, m in fr.items() if "{" not in m and len(m) > 14 and m != en[key]} - set(en.values()),
        "en": {m for key, m in en.items() if "{" not in m and len(m) > 14 and m != fr[key]} - set(fr.values()),
    }
    for path, page in sample.items():
        if path in ("404.html", "406.html"):
            continue
        lang = "en" if "/en/" in path or path.startswith("en/") else "fr"
        assert f'<html lang="{lang}">' in page
        said = Spoken(page).said(lang)
        assert [m for m in only["en" if lang == "fr" else "fr"] if m in said] == [], path


@pytest.mark.slow
def test_texts_are_told_in_the_language_of_the_page_and_printed_forms_quoted(site: Site, pages: dict[str, str]) -> None:
    for thing in site.laureates:
        for lang in LANGUAGES:
            page = Spoken(pages[place(thing.folder, lang)])
            for part in site.parts(thing.iri):
                for predicate in ("text", "counted", "note", "reason", "printed"):
                    for said in map(literal, site.values(part, TP + predicate)):
                        if said.language in (None, lang):
                            words = page.said(said.language or "fr")
                            assert " ".join(spaced(said.value).split()) in words, (thing.iri, said)


@pytest.mark.slow
@pytest.mark.sample
def test_english_pages_say_nothing_in_french_but_what_they_quote(
    store: Store, pages: dict[str, str], sample: dict[str, str]
) -> None:
    """Printed forms and titles, other names, INSEE's names with their article; answers in both languages."""
    quoted = {"Français"}
    for name in (
        *(TP + n for n in ("printed", "anchor", "title", "carrierLine", "nameWithArticle")),
        SKOS + "altLabel",
    ):
        quoted |= {spaced(value_of(q.object)) for q in store.quads_for_pattern(None, NamedNode(name), None, None)}
    bilingual = {
        f"cookbook/{name}/en/index.html"
        for name in ("concept-tree", "everything-about-a-laureate", "names-of-organisations", "search")
    }
    bilingual |= {path for path in pages if path.startswith(Folder.DATA_TABLES)}  # columns are described in French
    for path, page in [*sample.items(), *among(pages.items(), 600)]:
        if f"/{path}".endswith("/en/index.html") and path not in bilingual | {"404.html", "406.html"}:
            said = {text.strip() for text in Spoken(page).text.get("fr", [])} - {""}
            assert said <= quoted, (path, said - quoted)


@pytest.mark.slow
def test_french_has_its_spaces_wherever_it_is_shown(pages: dict[str, str]) -> None:
    plain = re.compile("«[ \u00a0]|[ \u00a0][?!;:»]")
    wrong = []
    for path, page in pages.items():
        if plain.search(page):
            wrong += [(path, text) for text in Prose(page).text.get("fr", []) if plain.search(text)]
    assert wrong == []


def test_titles_in_english_have_no_space_before_a_sign(pages: dict[str, str]) -> None:
    assert spaced("Why ? « x »", "en") == "Why ? « x »"
    shown = re.compile(r"<(?:title|h1)>(.*?)</|<meta [^>]*content=\"([^\"]*)|<li aria-current=\"page\">(.*?)<")
    titles = [text for page in pages.values() if '<html lang="en">' in page[:60] for text in shown.findall(page)]
    assert len(titles) > 3000
    assert not [text for text in titles if re.search("[ \u202f][?!;:»]|«", "".join(text))]


def test_english_quotes_as_english_does(store: Store) -> None:
    english = {q.object.value for q in store if isinstance(q.object, Literal) and q.object.language == "en"}
    assert any("“" in text for text in english)
    assert not [text for text in english if re.search('["«»]', text)]


def file_of(address: str) -> str:
    """The file behind an absolute address of a page."""
    path = address.removeprefix(BASE)
    return f"{path}index.html" if path.endswith("/") or not path else path


def test_pages_in_two_languages_name_each_other(pages: dict[str, str]) -> None:
    alternate = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
    for path, page in pages.items():
        if path in ("404.html", "406.html"):
            continue
        found = {lang: file_of(html.unescape(link)) for lang, link in alternate.findall(page)}
        assert found.keys() == {"fr", "en", "x-default"}, path
        assert path == found["en" if 'lang="en"' in page[:60] else "fr"]
        assert found["x-default"] == found["fr"]
        for other in (found["fr"], found["en"]):
            back = {lang: file_of(html.unescape(link)) for lang, link in alternate.findall(pages[other])}
            assert back == found


def test_the_canonical_address_is_the_page_s_own_as_the_other_language_names_it(pages: dict[str, str]) -> None:
    """Search engines drop hints that contradict each other."""
    for path, page in pages.items():
        found = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
        if path in ("404.html", "406.html"):
            assert found == [], "it stands for whatever was asked for"
        elif path != "playground.html":
            assert [file_of(html.unescape(link)) for link in found] == [path]
            assert re.findall(r'<meta property="og:url" content="([^"]+)">', page) == found


@pytest.mark.slow
def test_robots_find_every_page(site_inputs: Inputs, pages: dict[str, str]) -> None:
    url = "https://data.example.org/open/"
    there = sorted(path for path in pages if path.endswith("index.html"))
    for data in dict(for_robots.files(Site(site_inputs), there)).values():
        assert PLACEHOLDER.encode() in data, "a sitemap names whole addresses: a reserved one while none is known"
    made = dict(for_robots.files(Site(replace(site_inputs, url=url)), there))
    assert made["robots.txt"].decode().splitlines() == [
        "User-agent: *", "Disallow: /open/sparql", "Disallow: /open/graph-store", "", f"Sitemap: {url}sitemap.xml",
    ]  # fmt: skip
    root = ElementTree.fromstring(made["sitemap.xml"])
    names = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{names}urlset"
    found = [entry.findtext(f"{names}loc") or "" for entry in root]
    assert [f"{address.removeprefix(url)}index.html" for address in found] == there
    assert {re.fullmatch(r"\d{4}-\d\d-\d\d", entry.findtext(f"{names}lastmod") or "") is None for entry in root} == {
        False
    }


@pytest.mark.slow
def test_a_sitemap_that_is_too_long_is_several(site_inputs: Inputs) -> None:
    many = [f"{number}/index.html" for number in range(50_001)]
    made = dict(for_robots.files(Site(replace(site_inputs, url="https://data.example.org/")), many))
    assert list(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml", "robots.txt"]
    assert [data.count(b"<loc>") for data in made.values()] == [50_000, 1, 2, 0]
    assert b"<loc>https://data.example.org/sitemap-2.xml</loc>" in made["sitemap.xml"]


def test_a_page_is_cited_by_the_permanent_iri_and_names_its_data(
    site: Site, pages: dict[str, str], files: dict[str, bytes]
) -> None:
    """FAIR Signposting, level 1, by elements, which every host serves."""

    def links(page: str, rel: str) -> list[str]:
        found = re.findall(rf'<link rel="(?:\w+ )?{rel}"[^>]* href="([^"]+)"', page)
        return [html.unescape(link) for link in found]

    kinds = for_hosts.rules(site).signposts.types
    for thing in site.things():
        for lang in ("", "en/"):
            path = f"{thing.folder}{lang}index.html"
            assert thing.kind == "term" or links(pages[path], "cite-as") == [thing.iri], path
            types = [f"https://schema.org/{type_of(site, thing)}", "https://schema.org/AboutPage"]
            assert thing.kind == "term" or links(pages[path], "type") == types
            assert thing.kind == "term" or Signposts(types=kinds).type_of(thing.path) == type_of(site, thing)
            data = {target(path, link)[0] for link in links(pages[path], "describedby")}
            assert thing.kind == "term" or data == {f"{thing.path}.{form}" for form in FORMS}
    for path in ("data/index.html", "data/en/index.html"):
        assert links(pages[path], "cite-as") == [f"{BASE}dataset/trophees"]
        assert links(pages[path], "license") == ["https://www.etalab.gouv.fr/licence-ouverte-open-licence"]
        told = {target(path, link)[0] for link in links(pages[path], "describedby")}
        assert told == {"catalog.ttl", "catalog.rdf", "catalog.jsonld", "void.ttl"}
        items = {target(path, link)[0] for link in links(pages[path], "item")}
        assert items == {f for f in files if re.fullmatch(r"(dumps|csv|geojson)/[^/]+", f)}


def test_every_page_has_a_social_card_in_its_language_with_its_words(
    site: Site, pages: dict[str, str], built: dict[str, bytes]
) -> None:
    own = {place(t.folder, lang): (t, lang) for t in site.laureates for lang in LANGUAGES}
    for path, page in pages.items():
        cards = re.findall(r'<meta property="og:image" content="([^"]+)">', page)
        alts = re.findall(r'<meta property="og:image:alt" content="([^"]+)">', page)
        assert len(cards) == len(alts) == 1, path
        lang: Language = "en" if '<html lang="en"' in page[:60] else "fr"
        end = "-en.png" if lang == "en" else ".png"
        name = f"cards/{own[path][0].path.replace('/', '-') if path in own else 'default'}{end}"
        assert html.unescape(cards[0]) == BASE + name, path
        assert name in built, path
        title = spaced(site.label(own[path][0].iri, lang), lang) if path in own else Words(lang)("site.name")
        assert html.unescape(alts[0]).startswith(f"{title} – "), path
    assert len(own) == 2 * len(site.laureates)


# the cookbook


def test_the_cookbook_lists_every_query_under_its_subject(pages: dict[str, str]) -> None:
    for lang in LANGUAGES:
        page = pages[place("cookbook/", lang)]
        contents = re.findall(r'<li><a href="#(subject-\w+)">([^<]*)</a> <span class="muted">\((\d+)\)', page)
        sections = re.findall(r'<section id="([\w-]+)".*?<h2[^>]*>([^<]*)</h2>(.*?)</section>', page, re.DOTALL)
        assert [(anchor, title) for anchor, title, _ in sections] == [(anchor, title) for anchor, title, _ in contents]
        for (subject, queries), (_, _, count), (anchor, title, inside) in zip(
            cookbook.by_subject().items(), contents, sections, strict=True
        ):
            assert (anchor, title) == (f"subject-{subject}", cookbook.SUBJECTS[subject][lang])
            assert sorted(re.findall(r'<li id="([\w-]+)">', inside)) == [query.name for query in queries]
            assert int(count) == len(queries)
            text = html.unescape(TAG.sub("", inside))
            for query in queries:
                assert spaced(query.summary[lang]) + "\n" + query.name in text


def test_the_page_of_a_query_is_called_by_its_question_and_begins_with_its_summary(pages: dict[str, str]) -> None:
    for query in cookbook.queries().values():
        for lang in LANGUAGES:
            page = html.unescape(pages[place(f"cookbook/{query.name}/", lang)])
            asked, told = spaced(query.asked(lang)), spaced(query.summary[lang])
            assert f"<h1>{asked}</h1>" in page
            assert f"<title>{asked} – " in page
            assert f'<li aria-current="page">{asked}</li>' in page
            assert (f'<p class="lede">{told}</p>' in page) == (told != asked)
            subject = f'<a href="[./]*cookbook/[a-z/]*index.html#subject-{query.subject}">'
            assert re.search(subject + cookbook.SUBJECTS[query.subject][lang], page)


def answers(store: Store, project: Project, lang: Language) -> Iterator[tuple[str, list[str], list[list[object]]]]:
    """Each query with its columns, and the rows that its page has."""
    for query in cookbook.queries().values():
        values = cookbook.substitutions(query, {}, project.context)
        text = cookbook.in_language(query.text, lang)
        found = engine.Embedded(store, project.context.prefixes).ask(Question("query", text, values))
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        yield query.name, names, [[row[name] for name in names] for row in found][:50]


def cells(page: str) -> list[list[str]]:
    """The cells of the answer on the page of a query."""
    body = re.search(r'<table class="answers">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body[1] if body else "", re.DOTALL)
    return [[html.unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)] for row in rows]


@pytest.mark.slow
def test_an_answer_names_things_quotes_the_report_and_links_addresses(
    site: Site, store: Store, project: Project, pages: dict[str, str]
) -> None:
    ends: dict[str, dict[str, list[str]]] = {}
    for thing in site.things():
        end = thing.iri.partition("/laureate/")[2] or thing.iri.rsplit("/", 1)[-1]
        ends.setdefault(thing.kind, {}).setdefault(end, []).append(thing.iri)
    met: Counter[str] = Counter()
    for lang in LANGUAGES:
        for name, columns, rows in answers(store, project, lang):
            path = place(f"cookbook/{name}/", lang)
            shown = cells(pages[path])
            assert len(shown) == len(rows)
            for row, texts in zip(rows, shown, strict=True):
                for column, value, text in zip(columns, row, texts, strict=True):
                    if not isinstance(value, Literal) or value.language or not value.datatype.value.endswith("#string"):
                        continue
                    if len(iris := ends.get(column, {}).get(value.value, [])) == 1:
                        href, label = site.href(iris[0], lang, path), spaced(site.label(iris[0], lang))
                        assert text.startswith(f'<a href="{href}"'), (path, text)
                        assert text.endswith(f">{label}</a> <code>{value.value}</code>"), (path, text)
                        met[column] += 1
                    elif value.value.startswith("http"):
                        assert text.startswith(f'<a href="{value.value}" rel="external">'), (path, text)
                        met["address"] += 1
                    elif column in ("printed", "carrier_line") and lang == "en":
                        assert text == f'<span lang="fr">{spaced(value.value)}</span>', (path, text)
                        met["printed"] += 1
    named = {"laureate", "organisation", "person", "tool", "audience", "theme", "departement", "region", "commune"}
    assert {name for name, count in met.items() if count > 10} >= named | {"role", "section", "printed", "address"}


def test_an_end_of_several_iris_names_the_thing_that_goes_with_the_others(site: Site) -> None:
    assert cells_of(site, "kind", "commune", "collectif") == {
        "commune": "organisation-kind/commune",
        "collectif": "organisation-kind/collectif",
    }
    assert cells_of(site, "kind", "commune", "arrondissement")["commune"] == "territory-kind/commune"
    assert cells_of(site, "kind", "commune", "departement") == {}
    assert cells_of(site, "subject", "laureate/2020/cachan", "cachan") == {
        "laureate/2020/cachan": "laureate/2020/cachan",
        "cachan": "laureate/2020/cachan",
    }
    assert cells_of(site, "territory", "departement/94") == {"departement/94": "territory/departement/94"}
    assert cells_of(site, "class", "Laureate") == {"Laureate": "ontology#Laureate"}
    assert cells_of(site, "label", "cachan") == {}
    assert cells_of(site, "laureate", "nobody") == {}


def cells_of(site: Site, column: str, *values: str) -> dict[str, str]:
    return {value: iri.removeprefix(BASE) for value, iri in things_in(site, column, set(values)).items()}


@pytest.mark.slow
def test_every_column_of_the_cookbook_has_a_heading_and_no_other(store: Store, project: Project) -> None:
    columns = {column for _, names, _ in answers(store, project, "fr") for column in names}
    for lang in LANGUAGES:
        assert {key.removeprefix("column.") for key in messages()[lang] if key.startswith("column.")} == columns


# pages hold together


def test_no_link_is_broken(
    site_inputs: Inputs, built: dict[str, bytes], links: dict[str, set[str]], ids: dict[str, list[str]]
) -> None:
    there = built.keys() | site_inputs.published.keys()
    for path, found in links.items():
        for link in found:
            if link.startswith(("http://", "https://", "data:", "mailto:")):
                continue
            # only the pages that answer at any depth start from the root
            anywhere = path in ("404.html", "406.html") and not link.startswith("#")
            assert link.startswith("/") == anywhere, (path, link)
            file, fragment = target(path, link.removeprefix("/"))
            assert file in there, (path, link)
            if fragment and file in ids and "playground" not in file:
                assert fragment in ids[file], (path, link)


def test_every_page_can_be_reached_from_the_home_page(pages: dict[str, str], links: dict[str, set[str]]) -> None:
    reached, ahead = set(), ["index.html"]
    while ahead:
        path = ahead.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        ahead += [target(path, link)[0] for link in links[path] if "://" not in link]
    assert pages.keys() - reached - {"404.html", "406.html"} == set()


@pytest.mark.slow
def test_a_build_tells_about_how_many_files_there_will_be(site_inputs: Inputs, built: dict[str, bytes]) -> None:
    """For the bar that shows how far it is."""
    assert length_hint(Build(site_inputs)) == pytest.approx(len(built), rel=0.02)


def test_an_anchor_stands_once_on_a_page(ids: dict[str, list[str]]) -> None:
    for path, found in ids.items():
        assert len(found) == len(set(found)), path


def test_paths_differ_by_more_than_the_case_of_letters(built: dict[str, bytes]) -> None:
    assert len({path.casefold() for path in built}) == len(built)


@pytest.mark.sample
def test_html_is_well_formed(sample: dict[str, str]) -> None:
    """What a second reader of HTML says of all pages is asked by make test-all."""
    for path, page in among(sample.items(), 40):
        parser = html5rdf.HTMLParser()
        parser.parse(page)
        assert parser.errors == [], path
        Spoken(page)


def test_nothing_is_asked_of_another_host_and_nothing_is_inline(sample: dict[str, str]) -> None:
    for path, page in sample.items():
        assert 'http-equiv="Content-Security-Policy"' in page
        loaded = re.findall(
            r'<(?:script|img|source|iframe)\b[^>]*\ssrc="([^"]*)"|<link rel="(?:stylesheet|icon)[^>]*href="([^"]*)"',
            page,
        )
        assert not [link for pair in loaded for link in pair if "://" in link], path
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page), path
        assert all(
            re.search(r'\stype="application/(ld\+)?json"|\ssrc="', tag) for tag in re.findall(r"<script\b[^>]*>", page)
        ), path


# data

FORMS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}


@pytest.mark.slow
def test_data_files_say_what_the_graph_says(site: Site, store: Store, built: dict[str, bytes]) -> None:
    told: set[Triple] = set()
    said: dict[str, set[Triple]] = {}
    for t in triples(store):
        said.setdefault(value_of(t.subject).partition("#")[0], set()).add(t)
    for thing in site.things():
        if thing.kind == "term":
            continue
        files = [{t.triple for t in parse(built[f"{thing.path}.{ext}"], format=form)} for ext, form in FORMS.items()]
        assert files[0] == files[1] == files[2] == files[3]
        assert thing.kind != "laureate" or said[thing.iri] == files[0]
        assert all(t.subject.value.partition("#")[0] == thing.iri for t in files[0])
        told |= files[0]
    assert told == {t for document, found in said.items() if document.startswith(BASE) for t in found}


def test_the_shapes_are_data_too(site: Site, built: dict[str, bytes]) -> None:
    sizes = {ext: len({str(q) for q in parse(built[f"shapes.{ext}"], format=form)}) for ext, form in FORMS.items()}
    assert set(sizes.values()) == {len(site.shapes)}


@pytest.mark.sample
def test_each_page_embeds_its_data_and_a_schema_org_description(site: Site, pages: dict[str, str]) -> None:
    block = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')
    types = set()
    shown = [thing for thing in site.things() if thing.kind not in ("ontology", "term")]
    read = {thing.iri for thing in among(shown, 300)}
    for thing in shown:
        described, data = (json.loads(text) for text in block.findall(pages[thing.folder + "index.html"]))
        assert (described["@context"], described["@id"]) == ("https://schema.org", thing.iri)
        types.add(described["@type"])
        if thing.iri not in read:
            continue
        assert data == embedded(site.triples(thing.iri), site.context, thing.iri), "which leaves what repeats a fact"
    assert {
        "Project",
        "Organization",
        "Person",
        "AdministrativeArea",
        "DefinedTerm",
        "DefinedTermSet",
        "Dataset",
        "Event",
    } <= types
    assert "Thing" not in types


def test_search_engines_are_told_who_does_what_where_and_when(site: Site) -> None:
    def described(path: str, lang: Language) -> dict[str, Any]:
        thing = site.thing(BASE + path)
        assert thing
        return describe(site, thing, lang)

    def organisation(path: str, name: str) -> dict[str, str]:
        return {"@type": "Organization", "@id": f"{BASE}organisation/{path}", "name": name}

    juror = described("person/brigitte-menguy", "en")
    assert juror["jobTitle"] == ["Deputy Editor-in-Chief at La Gazette des communes"]
    assert juror["affiliation"] == [organisation("la-gazette-des-communes", "La Gazette des communes")]
    twice = described("person/patrice-carre", "fr")
    assert twice["jobTitle"] == ["Président du Conseil Scientifique de Décider ensemble"]
    assert len(twice["affiliation"]) == 2
    career = described("person/chantal-jouanno", "fr")
    assert career["jobTitle"] == [
        "LA PRÉSIDENTE",
        {"@type": "Role", "startDate": "2009-05", "jobTitle": "secrétaire d’État à l’Écologie"},
        {"@type": "Role", "startDate": "2010", "jobTitle": "ministre des Sports"},
    ]
    assert {
        "@type": "OrganizationRole",
        "startDate": "2007-05",
        "endDate": "2008-02",
        "roleName": "conseillère pour le développement durable, "
        "chargée notamment de suivre le Grenelle de l’environnement",
        "affiliation": organisation("presidence-de-la-republique", "Présidence de la République"),
    } in career["affiliation"]
    assert not described("person/nicolas-hulot", "fr").keys() & {"jobTitle", "affiliation"}
    assert described("edition/2020", "fr")["organizer"] == [
        organisation("decider-ensemble", "Décider ensemble"),
        organisation("la-gazette-des-communes", "La Gazette des communes"),
    ]


def test_search_engines_are_told_of_audiences_apart_from_keywords(site: Site) -> None:
    for thing in site.laureates:
        found = describe(site, thing, "en")
        keywords = {word["@id"] for word in found.get("keywords", [])}
        assert keywords == {*site.links(thing.iri, TP + "addresses"), *site.links(thing.iri, TP + "usesTool")}
        audiences = found.get("audience", [])
        assert [it["@id"] for it in audiences] == site.links(thing.iri, TP + "isFor")
        assert {(it["@type"], it["name"]) for it in audiences} == {
            ("Audience", site.label(iri, "en")) for iri in site.links(thing.iri, TP + "isFor")
        }


# whatever the graph holds


HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "]]></script><!-- --!><svg onload=alert(1)>",
    "{{ 7*7 }} {% raw %} \u2028 \u202eיְרוּשָׁלַיִם",
    "</title></textarea></style><a href='javascript:alert(1)'>",
)


def hostile() -> Iterator[Quad]:
    """A laureate, an organisation, a concept and a fact whose every text is an attack, and IRIs that run."""
    where = NamedNode(BASE + "graph/report/2020")
    run = NamedNode("javascript:alert(document.domain)")
    laureate, organisation, tool = (NamedNode(BASE + name) for name in ("laureate/2020/x", "organisation/x", "tool/x"))
    kinds = {laureate: TP + "Laureate", organisation: TP + "Organisation", tool: TP + "Tool"}
    for node, cls in kinds.items():
        yield Quad(node, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(cls), where)
        for text in HOSTILE:
            for predicate in (SKOS + "altLabel", SKOS + "definition", TP + "summary", TP + "note", TP + "title"):
                yield Quad(node, NamedNode(predicate), Literal(text, language="fr"), where)
        yield Quad(node, NamedNode(SKOS + "prefLabel"), Literal(" ".join(HOSTILE), language="fr"), where)
        yield Quad(node, NamedNode(SKOS + "exactMatch"), run, where)
    fact = NamedNode(laureate.value + "#tool-use-1")
    yield Quad(laureate, NamedNode(TP + "toolUse"), fact, where)
    yield Quad(laureate, NamedNode(TP + "order"), Literal("pas un nombre"), where)
    yield Quad(laureate, NamedNode(TP + "stars"), Literal("<b>"), where)
    yield Quad(fact, NamedNode(TP + "tool"), tool, where)
    for predicate in ("printed", "reason", "value", "unit", "start", "counted", "section", "notation"):
        yield Quad(fact, NamedNode(TP + predicate), Literal(HOSTILE[1]), where)
    link = NamedNode(organisation.value + "#identifier-1")
    yield Quad(organisation, NamedNode(TP + "identifier"), link, where)
    yield Quad(link, NamedNode(TP + "identifierScheme"), NamedNode(BASE + "identifier-scheme/website"), where)
    yield Quad(link, NamedNode(TP + "notation"), Literal("javascript:alert(1)"), where)
    for escape in ("../../etc/passwd", "a/../../b", ".hidden", "tool//x", "tool/%2e%2e/x"):
        yield Quad(NamedNode(BASE + escape), NamedNode(SKOS + "prefLabel"), Literal("dehors"), where)


@pytest.mark.slow
def test_a_character_that_xml_cannot_hold_is_told_before_anything_is_written(project: Project, store: Store) -> None:
    """No record can have it; a graph from elsewhere may."""
    attacked = Store()
    attacked.extend(store)
    tool = NamedNode(BASE + "tool/x")
    attacked.add(
        Quad(tool, NamedNode(SKOS + "prefLabel"), Literal("\x1b", language="fr"), NamedNode(BASE + "graph/vocabulary"))
    )
    site = Site(Inputs(attacked, project.shapes(), project.context, "1"))
    [thing] = [thing for thing in site.things() if thing.iri == tool.value]
    with pytest.raises(UserError, match="a control character, which XML cannot hold"):
        dict(things.of(site, thing))


def test_no_text_or_iri_of_the_graph_can_run(project: Project, store: Store) -> None:
    attacked = Store()
    attacked.extend(store)
    attacked.extend(hostile())
    site = Site(Inputs(attacked, project.shapes(), project.context, "<b>"))
    there = {str(quad.subject) for quad in store}
    new = [thing for thing in site.things() if f"<{thing.iri}>" not in there]
    files = {path: data for thing in new for path, data in things.of(site, thing)}
    wanted = {
        f"{folder}{lang}index.html"
        for folder in ("laureate/2020/x/", "organisation/x/", "tool/x/")
        for lang in ("", "en/")
    }
    assert wanted <= files.keys()
    for path in wanted:
        page = files[path].decode()
        for tag, attributes in Spoken(page).elements:
            assert tag not in ("iframe", "textarea", "b"), path
            assert not [name for name in attributes if name.startswith("on")], path
            assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get("href", "")), path
            assert tag != "script" or attributes.get("src") or attributes["type"] == "application/ld+json"
            assert tag != "img" or "assets/" in attributes["src"]
        assert "{{ 7*7 }}" in html.unescape(page)
        assert all(
            json.loads(text) for text in re.findall(r'<script type="application/ld\+json">([^<]*)</script>', page)
        )
        parser = html5rdf.HTMLParser()
        parser.parse(page)
        assert parser.errors == []
    paths = [*files, *(path for thing in site.things() for path in (thing.path, thing.folder))]
    assert not [path for path in paths if ".." in path.split("/") or path.startswith(("/", ".")) or "//" in path]


@pytest.mark.slow
def test_the_same_graph_in_another_order_gives_the_same_site(built: dict[str, bytes], site_inputs: Inputs) -> None:
    quads = list(site_inputs.store)
    random.Random(5).shuffle(quads)
    shuffled = Store()
    shuffled.extend(quads)
    inputs = replace(site_inputs, store=shuffled)
    paths = []
    for path, data in build(inputs):
        assert data == built[path], path
        paths.append(path)
    assert paths == list(built)


def test_no_page_names_a_place_of_this_machine(project: Project, built: dict[str, bytes]) -> None:
    places = [str(project.root).encode(), str(Path.home()).encode() + b"/"]
    assert not [path for path, data in built.items() if path.endswith(".html") and any(p in data for p in places)]
