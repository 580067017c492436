"""The site of a large graph: every laureate costs as much, every page stays light, and what goes on elsewhere is there.

The graphs are the real laureates again, under other names, with the territories that they touch.
"""

from __future__ import annotations

import cProfile
import html
import posixpath
import re
from collections.abc import Iterator
from importlib.resources import files as resources
from itertools import chain

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from fuzz import FULL
from terms import value_of
from trophees.base.namespaces import BASE, RDF_TYPE, TP
from trophees.release.checkout import Project
from trophees.site.geography import counts
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Inputs, Site
from trophees.site.pages import about, home, index, search, vocabularies
from trophees.site.pages import laureates as listing
from trophees.site.pages import map as map_page
from trophees.site.paging import sheets, steps
from trophees.site.render import place
from trophees.site.thing import page as things
from trophees.site.thing.facts import Teller
from trophees.site.thing.references import referrers

pytestmark = pytest.mark.xdist_group("scale")

BUDGET = 100_000  # bytes of a page without the playground, with the style sheets and scripts that it loads
ASSETS = {item.name: len(item.read_bytes()) for item in (resources("trophees.site") / "bundle").iterdir()}
SIZE = 240 if FULL else 120
ROOM = 4_000  # bytes of markup: so little that the lists of the real graph take several pages
PARTS = (home, listing, map_page, vocabularies, about, index, search, things)
COMMON = re.compile(BASE + "(edition|graph|dataset|vocabulary|ontology|territory/(departement|region))")
GOING_ON = re.compile(r"/(page|inferred|from-[a-z-]+)-\d+/(?:en/)?index\.html$")
LINK = re.compile(r'<a [^>]*?href="([^"#]*)')


def renamed(term: NamedNode | Literal, copy: int, names: set[str]) -> NamedNode | Literal:
    """A laureate or its fact, as another one; anything else as it is."""
    if isinstance(term, Literal) or not copy:
        return term
    document, hash_, fragment = term.value.partition("#")
    return NamedNode(f"{document}-{copy}{hash_}{fragment}") if document in names else term


def grown(store: Store, size: int, base: int) -> Store:
    """So many laureates: the first `base` real ones, again and again, and only the things that these lead to."""
    laureates = store.quads_for_pattern(None, RDF_TYPE, NamedNode(TP + "Laureate"))
    real = sorted(value_of(quad.subject) for quad in laureates)
    kept, known = set(real[:base]), set(real)
    quads = [(quad.subject.value.partition("#")[0], quad) for quad in store]
    near = set(kept)
    for _ in range(2):  # what they lead to, and what that leads to
        near |= {q.object.value.partition("#")[0] for s, q in quads if s in near and isinstance(q.object, NamedNode)}

    def wanted(term: object) -> bool:
        if not isinstance(term, NamedNode) or not term.value.startswith(BASE):
            return True
        document = term.value.partition("#")[0]
        return document in kept or (document not in known and (document in near or bool(COMMON.match(document))))

    found = Store()
    for document, quad in quads:
        if wanted(quad.subject) and wanted(quad.object):
            for copy in range(size // base if document in kept else 1):
                value = renamed(quad.object, copy, kept)
                if copy and quad.predicate.value == TP + "order":
                    value = Literal(str(int(value.value) + 40 * copy), datatype=quad.object.datatype)
                found.add(Quad(renamed(quad.subject, copy, kept), quad.predicate, value, quad.graph_name))  # type: ignore[arg-type]
    return found


def site_of(project: Project, store: Store, room: int | None = None) -> Site:
    inputs = Inputs(store, project.shapes(), project.context, "2020.1", reference=project.reference_files())
    return Site(inputs if room is None else Inputs(**{**vars(inputs), "room": room}))


def pages(site: Site) -> Iterator[tuple[str, str]]:
    for path, data in chain.from_iterable(part.files(site) for part in PARTS):
        if path.endswith(".html"):
            yield path, data.decode()


def calls(project: Project, store: Store) -> int:
    """How many functions of Python are called to index the graph and to make its pages: the same number each time."""
    profile = cProfile.Profile(subcalls=False, builtins=False)
    profile.enable()
    for _ in pages(site_of(project, store)):
        pass
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.slow
@pytest.mark.sample
def test_each_laureate_costs_as_much_in_a_graph_twice_as_large(project: Project, store: Store) -> None:
    dict(pages(site_of(project, grown(store, 10, base=10))))  # templates and messages are read once
    few, twice, more = (
        calls(project, grown(store, size, base=10)) for size in ((20, 40, 80) if FULL else (10, 20, 40))
    )
    print("RATIO", (more - twice) / 2 / (twice - few))
    assert (more - twice) / 2 < (1.08 if FULL else 1.04) * (twice - few)


@pytest.fixture(scope="module")
def large(project: Project, store: Store) -> dict[str, str]:
    return dict(pages(site_of(project, grown(store, SIZE, base=20))))


@pytest.mark.slow
@pytest.mark.sample
def test_pages_of_a_large_graph_are_light(large: dict[str, str]) -> None:
    weights = {}
    for path, page in large.items():
        loaded = set(re.findall(r'(?:src|<link rel="stylesheet" href)="[./]*assets/([\w.]+)"', page))
        assert "site.css" in loaded
        process = path.startswith(
            ("laureate/", "case/")
        )  # on one screen, with its evidence: the markup alone is held to it
        weights[path] = len(page.encode()) + (0 if process else sum(ASSETS.get(name, 0) for name in loaded))
    assert {path: weight for path, weight in weights.items() if weight > BUDGET} == {}


@pytest.mark.slow
@pytest.mark.sample
def test_the_list_of_a_large_graph_has_every_laureate_once(large: dict[str, str]) -> None:
    for lang in LANGUAGES:
        end = place("", lang)
        listed = [p for path, p in large.items() if re.fullmatch(rf"laureates/(page-\d+/)?{end}", path)]
        cards = [link for page in listed for link in re.findall(r'<h3><a href="([^"]+)"', page)]
        assert len(listed) > 1
        assert len({link.rpartition("laureate/")[2] for link in cards}) == len(cards) == SIZE
        by_stars = [p for path, p in large.items() if re.fullmatch(rf"laureates/by/region-11/(page-\d+/)?{end}", path)]
        assert by_stars, "a value of a facet has a list of its own"


# the real graph, with little room


@pytest.fixture(scope="module")
def narrow(project: Project, store: Store) -> Site:
    return site_of(project, grown(store, 40, base=40), ROOM)


@pytest.fixture(scope="module")
def turned(narrow: Site) -> dict[str, str]:
    return dict(pages(narrow))


@pytest.fixture(scope="module")
def links(turned: dict[str, str]) -> dict[str, set[str]]:
    """The pages that each page leads to."""
    return {
        path: {
            posixpath.normpath(posixpath.join(posixpath.dirname(path), html.unescape(link)))
            for link in LINK.findall(page)
            if link and "://" not in link
        }
        for path, page in turned.items()
    }


@pytest.mark.slow
def test_no_page_that_goes_on_is_an_orphan_and_none_is_missing(
    turned: dict[str, str], links: dict[str, set[str]]
) -> None:
    kinds = {match[1] for path in turned if (match := GOING_ON.search(path))}
    assert kinds >= {"page", "inferred", "from-laureate"}
    reached, ahead = set(), ["index.html"]
    while ahead:
        path = ahead.pop()
        if path in turned and path not in reached:
            reached.add(path)
            ahead += links[path]
    assert {path for path in turned if path not in reached and not path.startswith(("40", "accessibility"))} == set()
    assert {path for found in links.values() for path in found if GOING_ON.search(path)} <= turned.keys()


@pytest.mark.slow
def test_each_page_that_goes_on_is_there_in_both_languages(turned: dict[str, str]) -> None:
    french = {path for path in turned if not re.search(r"(^|/)en/index\.html$", path)}
    assert {path.removesuffix("index.html") + "en/index.html" for path in french} == turned.keys() - french


@pytest.mark.slow
def test_everything_that_refers_to_a_thing_is_on_its_pages(
    narrow: Site, turned: dict[str, str], links: dict[str, set[str]]
) -> None:
    several = 0
    for thing in narrow.things():
        if thing.kind in ("term", "ontology"):
            continue
        for lang in LANGUAGES:
            end = re.escape(place("", lang))
            own = re.compile(rf"{re.escape(thing.folder)}(from-[\w-]+-\d+/)?{end}")
            found = [path for path in turned if path.startswith(thing.folder) and own.fullmatch(path)]
            several += len(found) > 1
            shown = set().union(*(links[path] for path in found))
            groups = referrers(narrow, Teller(narrow, Words(lang), place(thing.folder, lang)), thing)
            referring = {referrer.iri for group in groups for referrer in group.members}
            folders = {other.folder for iri in referring if (other := narrow.thing(iri))}
            assert {place(folder, lang) for folder in folders} <= shown, thing.iri
    assert several > 20


@pytest.mark.slow
def test_the_index_and_the_inferred_facts_are_whole(narrow: Site, turned: dict[str, str]) -> None:
    for lang in LANGUAGES:
        end = place("", lang)
        entries = [
            len(re.findall(r"<li><a href=[^>]+>[^<]+</a> ", page))
            for path, page in turned.items()
            if re.fullmatch(rf"search/(page-\d+/)?{end}", path)
        ]
        listed = [thing for thing in narrow.things() if index._part(narrow, thing) == "all"]
        assert len(entries) > 1
        assert sum(entries) == len(index.entries(narrow, listed, lang))
        guesses = [page for path, page in turned.items() if re.fullmatch(rf"about/(inferred-\d+/)?{end}", path)]
        shown = sum(page.count('<li class="fact inferred"><p><a ') for page in guesses)
        assert len(guesses) > 1
        assert shown == len(about.inferred(narrow))


@pytest.mark.slow
def test_the_map_names_fewer_laureates_where_there_is_no_room_and_leads_to_all(
    narrow: Site, links: dict[str, set[str]], turned: dict[str, str]
) -> None:
    assert not [path for path in links["map/index.html"] if path.startswith("laureate/")]
    for count in counts(narrow):
        if count.laureates:
            assert place(count.thing.folder, "fr") in links["map/index.html"]
            assert 'id="from-laureate"' in turned[place(count.thing.folder, "fr")]


def test_sheets_hold_everything_in_order_and_evenly() -> None:
    found = sheets(range(10), 3, "tool/x/", "from-laureate")
    assert [sheet.folder for sheet in found] == ["tool/x/", "tool/x/from-laureate-2/", "tool/x/from-laureate-3/"]
    assert [list(sheet.items) for sheet in found] == [[0, 1, 2], [3, 4, 5], [6, 7, 8, 9]]
    assert [sheet.start for sheet in found] == [0, 3, 6]
    empty: list[int] = []
    assert [list(sheet.items) for sheet in sheets(empty, 1, "x/")] == [[]]


def test_any_page_of_a_long_list_is_a_few_steps_away() -> None:
    found = sheets(range(1234), 1234, "x/")
    path = place(found[500].folder, "en")
    near = steps(found, 500, "en", path, "#list")
    assert [step.number for step in near] == [1, 401, 491, 499, 500, 501, 502, 503, 511, 601, 1234]
    assert [step.number for step in near if step.gap] == [401, 491, 499, 511, 601, 1234]
    assert [step.number for step in near if not step.href] == [501]
    assert near[0].href == "../../../x/en/index.html#list"
    assert near[-1].href == "../../../x/page-1234/en/index.html"
    assert steps(found[:1], 0, "fr", "x/index.html") == []
