"""The page of a laureate or of a case: nothing is lost, each fact has one mark, what is unsaid is said to be."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.site.drawing.where import where
from trophees.site.l10n import LANGUAGES, Words, messages
from trophees.site.model import Site, Thing
from trophees.site.render import place
from trophees.site.thing import page as things
from trophees.site.thing.facts import Teller
from trophees.site.thing.key_facts import KeyFact, key_facts
from trophees.site.thing.process import sentences

CACHAN = f"{BASE}laureate/2020/cachan"


def processes(site: Site) -> list[Thing]:
    return [*site.laureates, *site.cases]


def page_of(site: Site, iri: str, lang: Language) -> str:
    thing = site.thing(iri)
    assert thing
    return dict(things.of(site, thing))[place(thing.folder, lang)].decode()


@pytest.fixture(scope="module")
def pages(site: Site, built: dict[str, bytes]) -> dict[tuple[str, Language], str]:
    every = ((thing, lang) for thing in processes(site) for lang in LANGUAGES)
    return {(thing.iri, lang): built[place(thing.folder, lang)].decode() for thing, lang in every}


class Marks(HTMLParser):
    """The identifiers of a page, what each mark is named by, and the texts of identified elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.texts: Counter[str] = Counter()
        self.said: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "summary" and "aria-labelledby" in given:
            self.named.append(given["aria-labelledby"])
        if tag not in ("meta", "link", "input", "img", "path", "circle", "rect", "br"):
            self.open.append((tag, given.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, id_ in self.open:
            if id_:
                self.said[id_] = self.said.get(id_, "") + data


def test_every_fact_stands_once_on_the_page(site: Site, pages: dict[tuple[str, Language], str]) -> None:
    for (iri, _), page in pages.items():
        ids = Counter(Marks(page).ids)
        for part in site.parts(iri)[1:]:
            assert ids[part.partition("#")[2]] == 1, part
        assert [id_ for id_, number in ids.items() if number > 1] == []


@pytest.mark.slow
def test_each_fact_with_evidence_has_a_mark_that_bears_its_name(
    site: Site, pages: dict[tuple[str, Language], str]
) -> None:
    for (iri, _), page in pages.items():
        read = Marks(page)
        marked = [ids.split() for ids in read.named]
        assert {ids[0] for ids in marked} == {"mark"}
        facts = [part for part in site.parts(iri)[1:] if site.links(part, TP + "section") and part not in site.ended]
        assert {ids[1] for ids in marked} >= {part.partition("#")[2] for part in facts}
        assert len({ids[1] for ids in marked}) == len(marked)
        assert all(read.said[ids[1]].strip() for ids in marked), iri


def test_a_mark_says_the_words_and_the_section(pages: dict[tuple[str, Language], str]) -> None:
    page = html.unescape(pages[CACHAN, "fr"])
    mark = page.partition('<summary aria-labelledby="mark indicator-5">')[2].partition("</details>")[0]
    assert "imprimé" in mark
    assert "<q>130 000€</q>" in mark
    assert "<cite>LE FOCUS</cite>" in mark


@pytest.mark.slow
def test_who_says_what_stays_apart(pages: dict[tuple[str, Language], str]) -> None:
    """On a page of two sources, the facts of the second bear its name; on a page of one, none does."""
    page = pages[CACHAN, "fr"]
    for fact in ("indicator-8", "indicator-5"):
        line = page.partition(f' id="{fact}"')[2].partition("</li>")[0]
        assert ("<small>fiches</small>" in line) == (fact == "indicator-8")
    box = html.unescape(page.partition('id="source-1"')[2].partition("</ul>")[0])
    assert ", p. 8-9" in box
    assert "50.Fiche_longue-Cachan_2020.pdf" in box
    assert "curateur C" in box
    assert "curateur E" in box
    assert "<small>" not in pages[f"{BASE}laureate/2016/sene", "fr"]


@pytest.mark.slow
def test_the_chapters_come_in_the_order_of_questions(pages: dict[tuple[str, Language], str]) -> None:
    for (iri, lang), page in pages.items():
        ids = [id_ for id_ in Marks(page).ids if id_ in ("why", "how", "results", "missing", "record")]
        assert ids == sorted(ids, key=["why", "how", "results", "missing", "record"].index), iri
        assert ids[-1] == "record"
        assert messages()[lang]["process.why"] in page


def key(site: Site, iri: str, lang: Language = "fr") -> dict[str, KeyFact]:
    thing = site.thing(iri)
    assert thing
    teller = Teller(site, Words(lang), place(thing.folder, lang))
    names = ("cost", "duration", "participants", "inhabitants", "carrier", "status")
    return dict(zip(names, key_facts(site, teller, thing), strict=True))


def said(fact: KeyFact) -> str:
    return ", ".join(link.text for link in fact.said).replace("\u202f", " ").replace("\xa0", " ")


def test_six_facts_stand_at_the_head(site: Site) -> None:
    found = key(site, CACHAN)
    assert {name: said(fact) for name, fact in found.items()} == {
        "cost": "130 000 €",
        "duration": "1,5 an",
        "participants": "Plus de 2 500",
        "inhabitants": "30 440",
        "carrier": "Ville de Cachan",
        "status": "4 étoiles",
    } | {"status": said(found["status"])}
    assert said(found["status"]).startswith("Lauréat")
    assert found["cost"].said[0].href == "#indicator-5"
    assert "2019" in found["inhabitants"].of


def test_what_the_source_does_not_state_is_said_so_and_nothing_is_put_in_its_place(site: Site) -> None:
    words = Words("fr")
    for thing in processes(site):
        silent = {iri.rsplit("/", 1)[-1] for iri in site.links(thing.iri, TP + "notStated")}
        found = key(site, thing.iri)
        for name, aspect in (("cost", "budget"), ("participants", "participants")):
            if found[name].unsaid:
                assert said(found[name]) == words("process.unsaid" if aspect in silent else "process.unknown")
            else:
                fact = thing.iri + found[name].said[0].href
                assert site.text(fact, TP + "value"), fact


def test_the_number_of_participants_is_that_of_the_whole_before_that_of_a_part(site: Site) -> None:
    """The panel of 68, not the 35 women among it."""
    found = key(site, f"{BASE}laureate/2020/val-de-marne")["participants"]
    fact = f"{BASE}laureate/2020/val-de-marne{found.said[0].href}"
    assert not site.links(fact, TP + "among")


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("Un. Deux trois.", "Un.", "Deux trois."),
        ("Avec M. Dupont, un essai. Puis un autre.", "Avec M. Dupont, un essai.", "Puis un autre."),
        ("« Ici. » Là.", "« Ici. » Là.", ""),
        ("En 2020, 3.5 fois.", "En 2020, 3.5 fois.", ""),
        ("Pourquoi ?  Pour voir.", "Pourquoi ?  Pour voir.".replace("  ", " "), ""),
        ("", "", ""),
    ],
)
def test_the_first_sentence(text: str, first: str, rest: str) -> None:
    assert sentences(text) == (first, rest) or (first.startswith("Pourquoi") and sum(map(len, sentences(text))) > 15)


def test_a_summary_loses_no_word(site: Site) -> None:
    for thing in processes(site):
        for lang in LANGUAGES:
            text = site.text(thing.iri, TP + "summary", lang)
            assert " ".join(filter(None, sentences(text))) == " ".join(text.split())


def test_steps_have_the_dates_and_the_tools_that_bear_their_words(pages: dict[tuple[str, Language], str]) -> None:
    lines = pages[f"{BASE}case/2017/lille", "fr"].partition("timeline")[2].partition("</ol>")[0].split("<li ")[1:]
    assert len(lines) == 5
    assert "octobre 2015" in lines[1]
    assert "tool/conseil-de-quartier/" in lines[1]
    assert "tool/" not in lines[2].replace("octobre", "")
    assert 'id="period-2"' in lines[1]


def test_previous_and_next_walk_through_the_edition(site: Site, pages: dict[tuple[str, Language], str]) -> None:
    first = next(thing for thing in site.laureates if site.edition(thing.iri) == f"{BASE}edition/2016")
    walked, here = [first.iri], first.iri
    while after := re.search(r'rel="next" href="[./]*(laureate/[^"]+)/index.html"', pages[here, "fr"]):
        here = BASE + after[1]
        assert f'rel="prev" href="../../../{walked[-1].removeprefix(BASE)}/index.html"' in pages[here, "fr"]
        walked.append(here)
    assert walked == [t.iri for t in site.laureates if site.edition(t.iri) == f"{BASE}edition/2016"]


def test_the_edition_says_how_complete_it_is(pages: dict[tuple[str, Language], str]) -> None:
    assert "aucune source ne dit combien" in pages[f"{BASE}laureate/2016/sene", "fr"]
    assert "no source says how many" in pages[f"{BASE}laureate/2016/sene", "en"]


@pytest.mark.slow
def test_an_error_is_reported_to_whom_the_setting_names(site: Site, pages: dict[tuple[str, Language], str]) -> None:
    assert "mailto:" not in pages[CACHAN, "fr"]
    assert "data-contact" not in pages[CACHAN, "fr"]
    reached = Site(replace(site.inputs, contact="data@example.org"))
    page = html.unescape(page_of(reached, CACHAN, "fr"))
    assert 'data-contact="data@example.org"' in page
    [link] = re.findall(r'href="(mailto:[^"]+\?[^"]+)"', page)
    assert unquote(urlsplit(link).path) == "data@example.org"
    assert CACHAN in parse_qs(urlsplit(link).query)["body"][0]


def test_the_small_map_shows_where(site: Site) -> None:
    commune, region = where(site, CACHAN), where(site, f"{BASE}laureate/2019/region-reunion")
    assert commune
    assert region
    assert len(commune.dots) == 1
    assert commune.areas.count("M") == 1
    assert not region.dots
    assert region.areas.count("M") == 1
    x, y = commune.dots[0]
    assert 0 < x < commune.size[0]
    assert 0 < y < commune.size[1]
    assert commune.outline == region.outline
    assert commune.outline.count("z") == commune.outline.count("M") > 5
    assert len(commune.outline) < 2_000


@pytest.mark.slow
def test_without_geometry_there_is_no_map(site: Site) -> None:
    assert where(Site(replace(site.inputs, reference={})), CACHAN) is None


def test_the_number_of_communes_of_a_departement_says_that_it_is_the_graph_s(site: Site) -> None:
    page = html.unescape(page_of(site, f"{BASE}territory/departement/94", "fr"))
    heading = page.partition('id="from-commune-title"')[2].partition("</h3>")[0]
    assert "dans ce graphe" in heading
    laureates = page.partition('id="from-laureate-title"')[2].partition("</h3>")[0]
    assert "dans ce graphe" not in laureates
