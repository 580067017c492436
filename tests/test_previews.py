"""What each published table holds can be seen before it is opened."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from pyoxigraph import Store

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.publish.places import tables as of_places
from trophees.publish.tables import packaged
from trophees.release.checkout import Project
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Inputs, Site
from trophees.site.pages import tables
from trophees.site.previews import MATCHES, addresses, previews
from trophees.site.render import place

pytestmark = pytest.mark.xdist_group("previews")

CSV = {"csv/laureates.csv": b'laureate,edition\n"2041/a, b","20\n41"\n2041/c,\n2041/d,2041\n'}


def of(project: Project, store: Store, files: dict[str, bytes]) -> Site:
    return Site(Inputs(store, [], project.context, "2041.1", published=files, tables=packaged()))


@pytest.fixture(scope="module")
def site(project: Project, editions_store: Store) -> Site:
    found = {f"csv/{table.name}.csv": table.csv(editions_store) for table in packaged()}
    return of(project, editions_store, found | dict(of_places.files()) | {MATCHES: project.copies()[MATCHES]})


@pytest.mark.slow
def test_every_table_that_is_published_has_its_rows_and_columns_told(site: Site) -> None:
    found = {it.path: it for it in previews(site)}
    assert found.keys() == site.inputs.published.keys()
    assert MATCHES in found
    assert sum(it.rows > 0 for it in found.values()) > 20
    for path, it in found.items():
        text = site.inputs.published[path].decode()
        if path == MATCHES:
            text = "".join(line for line in text.splitlines(keepends=True) if line[0] != "#")
        head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if path == MATCHES else ",")
        assert [column.name for column in it.columns] == head, path
        assert it.rows == len(rows), path
        for row, shown in zip(rows, it.first, strict=False):
            assert [cell.removesuffix("…") for cell in shown] == [
                cell[: len(said.removesuffix("…"))] for cell, said in zip(row, shown, strict=True)
            ], path


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_show_each_table_once_where_the_links_lead(site: Site, lang: Language) -> None:
    made = {path: data.decode() for path, data in tables.files(site)}
    assert place(Folder.DATA_TABLES, lang) in made
    words = Words(lang)
    for it, href in addresses(site, lang, "index.html"):
        path, _, part = href.partition("#")
        section = made[path].partition(f'<section id="{part}">')[2].partition("</section>")[0]
        assert words.count("data.rows", it.rows) in html.unescape(section)
        shown = re.findall(r'<tr><th scope="row">(\w+)', section)
        assert shown == [column.name for column in it.columns]
    assert sum(page.count("<section id=") for path, page in made.items() if ("/en/" in path) == (lang == "en")) == len(
        previews(site)
    )
    assert max(map(len, made.values())) < 100_000


@pytest.mark.slow
def test_cells_that_hold_lines_and_commas_are_cells(project: Project, editions_store: Store) -> None:
    (only,) = previews(of(project, editions_store, CSV))
    assert (only.rows, only.first) == (3, [["2041/a, b", "20\n41"], ["2041/c", ""]])


@pytest.mark.slow
def test_without_tables_there_is_no_page(project: Project, editions_store: Store) -> None:
    assert list(tables.files(of(project, editions_store, {}))) == []
