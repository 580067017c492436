"""One number has one meaning: what a page counts is how long the list is that the number leads to."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import chain

import pytest
from pyoxigraph import Store

from terms import value_of
from test_lists import SCRIPT, asked, laureates_of, site_of
from test_web import node
from trophees.release.checkout import Project
from trophees.site.l10n import Words
from trophees.site.lists import written
from trophees.site.lists.things import organisations, territories, tools
from trophees.site.model import Site, last
from trophees.site.pages import explore, home, laureates, lists, vocabularies
from trophees.site.thing import page as things

pytestmark = pytest.mark.xdist_group("lists")


@pytest.fixture(scope="module")
def made_up(editions: Project, editions_store: Store) -> Site:
    return site_of(editions, editions_store)


def pages_that_count(site: Site) -> Iterator[tuple[str, str]]:
    """The pages that print how many laureates something has."""
    parts = [home.files(site), explore.files(site), vocabularies.files(site), lists.files(site), laureates.files(site)]
    kinds = ("tool", "theme", "audience", "organisation-kind", "edition", "region", "departement", "vocabulary")
    parts += [things.of(site, thing) for kind in kinds for thing in site.things(kind)]
    for path, data in chain.from_iterable(parts):
        if path.endswith(".html"):
            yield path, data.decode()


def check_counts(site: Site) -> None:
    """Every number that leads to the list is as long as what it leads to, and every concept that counts is there."""
    link = r'<a [^>]*?href="([^"]*/)?laureates/(?:en/)?index\.html(\?[^"#]+)"[^>]*>([^<]+)</a>'
    link += r'(?: <span class="count">([^<]+)</span>)?'
    printed = {
        (html.unescape(query), int(re.sub(r"[\s,]", "", number[0])), path)
        for path, page in pages_that_count(site)
        for _, query, text, count in re.findall(link, page)
        if (number := re.findall(r"\d+(?:[\s,]\d{3})*", count or text))
    }
    queries = sorted({query for query, *_ in printed})
    lengths = {q: len(a["keys"]) for q, a in zip(queries, asked(laureates_of(site), queries), strict=True)}
    assert [(q, n, lengths[q], path) for q, n, path in sorted(printed) if lengths[q] != n] == []
    wanted = {
        f"?{axis}={last(iri)}"
        for axis, pattern in (("tool", "tp:usesTool"), ("theme", "tp:addresses"), ("audience", "tp:isFor"))
        for row in site.query(f"SELECT DISTINCT ?c {{ ?l a tp:Laureate ; {pattern}/skos:broader* ?c }}")
        for iri in [value_of(row["c"])]
    }
    assert wanted
    assert wanted <= set(queries)


@pytest.mark.slow
def test_each_count_is_the_length_of_the_list_that_it_leads_to(made_up: Site) -> None:
    check_counts(made_up)


@pytest.mark.slow
@pytest.mark.again  # the real records are among those of the made-up editions
def test_each_count_is_the_length_of_its_list_in_the_real_graph(project: Project, store: Store) -> None:
    check_counts(site_of(project, store))


@pytest.mark.slow
def test_the_figures_of_the_first_page_are_those_of_their_lists(made_up: Site) -> None:
    words = Words("fr")
    read = {"organisations": organisations, "territories": territories, "tools": tools}
    found = {figure.href: figure.number for figure in home.figures(made_up, words)}
    for name, make in read.items():
        listing = make(made_up, words)
        href = next(href for href in found if href.startswith(f"{name}/"))
        told = written.data(listing, words, lists.presented(words, ()))
        (answer,) = node(SCRIPT, {"data": told, "addresses": [href.partition("index.html")[2]]})
        assert len(answer["keys"]) == found[href] > 0, name
