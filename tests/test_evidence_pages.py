"""What each source says, in the order of the document: each fact once, under its section; the way there and back."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, TP
from trophees.site.model import Site
from trophees.site.pages import evidence
from trophees.site.render import place
from trophees.site.written import facts, folder, where_written

pytestmark = pytest.mark.xdist_group("site-pages")

REPORT, SHEETS = f"{BASE}source/report-2020", f"{BASE}source/resource-centre"
CACHAN = f"{BASE}laureate/2020/cachan"


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    return {path: data.decode() for path, data in evidence.files(site)}


def entry(page: str, fragment: str) -> str:
    return html.unescape(page.partition(f'<li id="{fragment}">')[2].partition("</li>")[0])


def test_every_fact_of_a_section_is_once_where_it_is_said_to_be(site: Site, pages: dict[str, str]) -> None:
    said = dict(facts(site))
    assert len(said) > 5000
    for lang in LANGUAGES:
        seen = [
            f"{path}#{fragment}"
            for path, page in pages.items()
            if f'<html lang="{lang}">' in page[:60]
            for fragment in re.findall(r'<li id="([^"]+)">', page)
        ]
        assert sorted(seen) == sorted(where_written(site, fact, lang, "") for fact in said)


def test_the_way_there_is_relative_and_the_way_back_leads_to_the_fact(site: Site, pages: dict[str, str]) -> None:
    start = place("laureate/2020/cachan/", "en")
    path, _, fragment = where_written(site, f"{CACHAN}#indicator-5", "en", start).partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(start), path))
    shown = entry(pages[path], fragment)
    assert '<q class="words"><span lang="fr">130 000€</span></q>' in shown
    back = re.findall(r'<p><a href="([^"]+)"', shown)[0]
    assert posixpath.normpath(posixpath.join(posixpath.dirname(path), back)) == f"{start}#indicator-5"


def test_what_no_section_says_leads_nowhere(site: Site) -> None:
    without = [part for part in site.parts(CACHAN)[1:] if not site.links(part, TP + "section")]
    assert without
    assert {where_written(site, iri, "fr", "index.html") for iri in (*without, CACHAN, f"{CACHAN}#nothing")} == {""}


def test_the_words_shown_are_those_of_the_source(site: Site, pages: dict[str, str]) -> None:
    for fact, source in facts(site):
        thing, _, fragment = fact.partition("#")
        shown = entry(pages[place(folder(source, thing), "fr")], fragment)
        for predicate, end in (("printed", ""), ("anchor", " …")):
            words = site.text(fact, TP + predicate)
            if words:
                quoted = re.findall(r"<q [^>]*>(.*?)</q>", shown, re.DOTALL)
                assert [re.sub("\\s", " ", text) for text in quoted] == [re.sub("\\s", " ", words) + end], fact
                break
        else:
            assert "<q" not in shown


def position(site: Site, section: str) -> int:
    return int(site.text(section, TP + "position"))


def test_the_sections_of_each_kind_of_source_are_numbered_one_after_the_other(site: Site) -> None:
    kinds: dict[str, list[int]] = {}
    for thing in site.things("section"):
        (kind,) = site.links(thing.iri, TP + "sectionOf")
        kinds.setdefault(kind, []).append(position(site, thing.iri))
    assert len(kinds) == 2
    for places in kinds.values():
        assert sorted(places) == [*range(1, len(places) + 1)]


def test_sections_pages_and_sheets_follow_each_other(site: Site) -> None:
    by_source = evidence.by_source(site)
    assert set(by_source) == {REPORT, SHEETS}
    for parts in by_source.values():
        for part in parts:
            places = [position(site, section) for section, _ in part.sections]
            assert places == sorted(set(places))
    starts = [int(part.pages.split("-")[0]) for part in by_source[REPORT] if re.match(r"\d", part.pages)]
    assert len(starts) > 10
    assert starts == sorted(starts)
    numbers = [int(part.code.split(".")[0]) for part in by_source[SHEETS] if re.match(r"\d+\.", part.code)]
    assert len(numbers) > 90
    assert numbers == sorted(numbers)
    assert {part.thing for part in by_source[REPORT][:3]} & {
        part.thing for part in by_source[REPORT] if part.pages
    } == set()


def test_each_part_leads_to_the_next_and_back(site: Site, pages: dict[str, str]) -> None:
    for parts in evidence.by_source(site).values():
        for before, after in pairwise(parts):
            for one, other, rel in ((before, after, "next"), (after, before, "prev")):
                path = place(folder(one.source, one.thing), "fr")
                link = re.findall(rf'rel="{rel}" href="([^"]+)"', pages[path])[0]
                there = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
                assert there == place(folder(other.source, other.thing), "fr")


@pytest.mark.slow
def test_pages_are_light_and_a_long_list_goes_on(site: Site, pages: dict[str, str]) -> None:
    assert max(len(page.encode()) for page in pages.values()) < 60_000
    short = {path: data.decode() for path, data in evidence.files(Site(replace(site.inputs, room=8_000)))}
    lists = [path for path in short if re.fullmatch(r"source/resource-centre/evidence/(page-\d+/)?index.html", path)]
    assert len(lists) > 2
    rows = [
        row for path in lists for row in re.findall(r'<tr><th scope="row" class="name"><a href="([^"]+)"', short[path])
    ]
    assert len(rows) == len({row.lstrip("./") for row in rows}) == len(evidence.by_source(site)[SHEETS])


def test_the_page_of_a_source_and_the_sections_of_its_facts_lead_there(site: Site) -> None:
    from trophees.site.thing.page import of

    source, laureate = (site.thing(iri) for iri in (REPORT, CACHAN))
    assert source
    assert laureate
    page = dict(of(site, source))["source/report-2020/index.html"].decode()
    assert 'href="../../source/report-2020/evidence/index.html"' in page
    told = dict(of(site, laureate))["laureate/2020/cachan/index.html"].decode()
    # to which the script adds the fact
    assert 'href="../../../source/report-2020/evidence/laureate/2020/cachan/index.html"' in told
