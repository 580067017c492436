"""The map, the charts, the graph pictures and the social cards: true to the graph, complete, and the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.resources import files as resources
from io import BytesIO
from itertools import pairwise, product
from pathlib import PurePosixPath
from posixpath import normpath
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image, ImageFont

from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, TP
from trophees.site import geography
from trophees.site.drawing import around as graph_picture
from trophees.site.drawing import france as outline
from trophees.site.drawing import matrix, timeline
from trophees.site.drawing import social_card as cards
from trophees.site.drawing.projection import lambert93
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.pages import explore as charts
from trophees.site.pages import map as atlas

pytestmark = pytest.mark.xdist_group("pictures")

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@pytest.fixture(scope="module")
def drawing(site: Site) -> outline.Outline:
    return outline.read(site.inputs.reference)


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "{}", '{"frames": {}, "departements": {}, "size": [1]}', '{"frames": 1}']
)
@pytest.mark.parametrize("read", [outline.read, outline.data])
def test_a_broken_drawing_is_told(text: str, read: Callable[[dict[str, bytes]], object]) -> None:
    points, rows = b"code,lon,lat\n01004,5.3,45.9\n", b"code,region\n01,84\n"
    files = {outline.FILE: text.encode(), "points.csv": points, "departements.csv": rows}
    with pytest.raises(
        UserError, match=r"departements\.svg\.json: no drawing of France: make it with tools/france_outline\.py"
    ):
        read(files)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    made = [*atlas.files(site), *charts.files(site)]
    return {path: data.decode() for path, data in made if path.endswith(".html")}


class Tags(HTMLParser):
    """Every start tag with its attributes; the tags that are open at the end."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def named(self, tag: str, class_: str = "") -> list[dict[str, str]]:
        return [a for name, a in self.tags if name == tag and (not class_ or class_ in a.get("class", "").split())]


def rows(page: str, table: str) -> Iterator[list[str]]:
    """The text of each cell of the body of the first table of a class."""
    body = (
        page.partition(f'<table class="{table}"')[2].partition(">")[2].partition("</table>")[0].partition("</thead>")[2]
    )
    for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        yield [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]


# projection and outline


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((2.3522, 48.8566), (652_469.02, 6_862_035.26)),  # Paris
        ((3.0, 46.5), (700_000.0, 6_600_000.0)),  # the origin of the projection
        ((-4.5, 48.4), (145_709.79, 6_837_422.08)),  # Brest
        ((9.4, 42.0), (1_230_763.41, 6_121_459.78)),  # Corsica
    ],
)
def test_projection(place: tuple[float, float], expected: tuple[float, float]) -> None:
    assert lambert93(*place) == pytest.approx(expected, abs=0.01)


@pytest.mark.slow
def test_outline_has_the_101_departements_of_the_graph(site: Site, drawing: outline.Outline) -> None:
    codes = {c.code for c in geography.counts(site)}
    assert len(codes) == 101
    assert set(drawing.shapes) == codes
    assert {"2A", "2B", "971", "972", "973", "974", "976"} <= codes
    for code in ("75", "92", "93", "94"):
        assert [shape.frame.name for shape in drawing.shapes[code]] == [outline.MAINLAND, outline.CENTRE]


def test_outline_stays_in_its_frames(drawing: outline.Outline) -> None:
    for shapes in drawing.shapes.values():
        for shape in shapes:
            x, y, width, height = shape.frame.box
            assert re.fullmatch(r"(M\d+ \d+l(-?\d+ ?)+z)+", shape.path)
            for at_x, at_y in [*starts(shape.path), shape.at]:
                assert x <= at_x <= x + width
                assert y <= at_y <= y + height


def starts(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", path)]


def polygons(path: str) -> Iterator[list[tuple[int, int]]]:
    for start, steps in re.findall(r"M([^l]+)l([^z]+)z", path):
        x, y = (int(n) for n in start.split())
        points = [(x, y)]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        yield points


def inside(point: tuple[int, int], path: str) -> bool:
    """Even-odd rule over all rings."""
    x, y = point
    crossings = 0
    for ring in polygons(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def test_figures_and_communes_lie_in_their_departement(site: Site, drawing: outline.Outline) -> None:
    for shapes in drawing.shapes.values():
        assert all(inside(shape.at, shape.path) for shape in shapes)
    outside = []
    for thing, code, _ in geography.communes(site):
        for frame, x, y in drawing.places(thing.path.rpartition("/")[2], code):
            shape = next(s for s in drawing.shapes[code] if s.frame is frame)
            near = [(x + dx, y + dy) for dx in (-8, 0, 8) for dy in (-8, 0, 8)]  # the coast is simplified
            if not any(inside(point, shape.path) for point in near):
                outside.append(thing.path)
    assert not outside


def test_every_commune_of_a_laureate_has_a_place(site: Site, drawing: outline.Outline) -> None:
    found = geography.communes(site)
    assert len(found) == len(site.query("SELECT DISTINCT ?c { ?l a tp:Laureate ; tp:covers ?c . ?c a igeo:Commune }"))
    assert all(drawing.places(thing.path.rpartition("/")[2], code) for thing, code, _ in found)


# map


def test_map_figures_equal_the_graph(site: Site, pages: dict[str, str]) -> None:
    asked = site.query(
        "SELECT ?code (COUNT(DISTINCT ?l) AS ?n) { ?d a igeo:Departement ; igeo:codeINSEE ?code"
        " OPTIONAL { ?l a tp:Laureate ; tp:inDepartement ?d } } GROUP BY ?code"
    )
    expected = {row["code"].value: row["n"].value for row in asked}
    for page in (pages["map/index.html"], pages["map/en/index.html"]):
        table = [row for row in rows(page, "departements") if len(row) > 1]
        assert {row[0]: row[2] for row in table} == expected
        assert len(table) == 101
        figures = re.findall(r'<text class="figure[^>]*>(\d+)</text>', page)
        assert sorted(figures) == sorted(n for n in expected.values() if n != "0")


def test_map_names_every_departement(site: Site, pages: dict[str, str]) -> None:
    page = pages["map/index.html"]
    titles = re.findall(r"<title>([^<]*)</title>", page)
    for count in geography.counts(site):
        name = site.label(count.thing.iri, "fr")
        assert any(title.startswith(f"{name} ({count.code})") for title in titles)


def test_map_links_each_departement_and_commune_once(site: Site, pages: dict[str, str]) -> None:
    svg = pages["map/index.html"].partition('<figure class="map"')[2].partition("</svg>")[0]
    links = Tags(svg).named("a")
    targets = [a["href"] for a in links]
    assert len(set(targets)) == len(targets)
    assert all(a["aria-label"] for a in links)
    drawn = geography.most_covered(geography.communes(site))
    assert len(links) == sum(1 for c in geography.counts(site) if c.laureates) + len(drawn)
    told = re.search(r'<desc id="map-desc">[^<]*: (\d+) départements[^<]* (\d+) communes', svg.replace("\u202f", ""))
    assert told
    assert int(told[1]) + int(told[2]) == len(links)


def test_every_colour_has_its_legend(pages: dict[str, str]) -> None:
    page = pages["map/index.html"]
    drawn = set(re.findall(r'class="area[^"]*\b(step-\d)', page))
    assert drawn == set(re.findall(r'class="swatch (step-\d)', page)) <= {f"step-{n}" for n in range(4)}
    sheet = (resources("trophees.site") / "web" / "pictures.css").read_text("utf-8")
    assert all(f".{step} {{ fill:" in sheet for step in drawn)


@pytest.mark.parametrize(
    ("figures", "bounds"),
    [
        ([], [(0, 0)]),
        ([0, 0], [(0, 0)]),
        ([0, 1, 1], [(0, 0), (1, 1)]),
        ([0, 1, 2, 3, 4], [(0, 0), (1, 1), (2, 2), (3, 4)]),
        ([5, 900, 20, 20, 7, 61, 300], [(0, 0), (1, 7), (8, 61), (62, 900)]),
    ],
)
def test_steps(figures: list[int], bounds: list[tuple[int, int]]) -> None:
    steps = geography.steps(figures)
    assert [(s.low, s.high) for s in steps] == bounds
    assert sum(s.departements for s in steps) == len(figures)


# pages


def test_pages_are_well_formed_and_their_links_resolve(site: Site, pages: dict[str, str]) -> None:
    known = {normpath(f"{thing.folder}{extra}index.html") for thing in site.things() for extra in ("", "en/")}
    known |= pages.keys()
    fixed = re.compile(
        r"(|laureates/|laureates/by/|map/|explore/|vocabularies/|ontology/|cookbook/|playground/|data/|about/|search/"
        r"|shapes/|shapes/conditions/|accessibility/|organisations/|territories/|tools/"
        r"|near/|stories/|curate/|verify/|offline/|compare/)"
        r"(en/)?index\.html(\?.*)?|feed(-en)?\.atom|opensearch(-en)?\.xml|assets/.*|csv/.*|dumps/.*"
    )
    for path, text in pages.items():
        tags = Tags(text)
        assert not tags.open, path
        ids = {a["id"] for _, a in tags.tags if "id" in a}
        assert len(ids) == sum(1 for _, a in tags.tags if "id" in a)
        for href in (attributes["href"] for _, attributes in tags.tags if "href" in attributes):
            if href.startswith("#"):
                assert href[1:] in ids, (path, href)
            elif not href.startswith("http"):
                target = normpath(str(PurePosixPath(path).parent / href.partition("#")[0]))
                assert target in known or fixed.fullmatch(target), (path, href)


def test_pages_are_light_and_need_no_inline_style(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert len(text.encode()) < 100_000, path
        assert " style=" not in text
        assert "<style" not in text


@pytest.mark.slow
def test_pages_are_the_same_each_time(site: Site, pages: dict[str, str]) -> None:
    again = [*atlas.files(site), *charts.files(site)]
    assert {path: data.decode() for path, data in again if path.endswith(".html")} == pages


# charts


def test_chart_rows_are_those_of_their_query(site: Site, pages: dict[str, str]) -> None:
    """Of the newest edition: editions are never added up."""
    page = pages["explore/index.html"]
    year = site.text(site.editions[-1], TP + "year")
    for name, variable in (
        ("stars-by-carrier-kind", "laureates"),
        ("tools-by-family", "laureates"),
        ("laureates-per-theme", "laureates"),
    ):
        table = page.partition(f"#{name}")[0].rpartition('<table class="drawn">')[2]
        cells = [row[1] for row in rows(f'<table class="drawn">{table}', "drawn")]
        assert cells == [row[variable] for row in charts.rows(site, name, "fr") if row["edition"] == year]


def test_each_chart_names_a_query_and_opens_it(pages: dict[str, str]) -> None:
    page = Tags(pages["explore/index.html"])
    figures = page.named("figure", "chart")
    assert len(figures) == 7
    asked = [a["href"] for a in page.named("a") if "#query=" in a["href"] and a["href"].endswith("&run=1")]
    assert len({*asked}) == len(asked) == len(figures)  # where it is taken away


def test_bars_stay_on_their_axis(pages: dict[str, str]) -> None:
    marks = [mark for mark in Tags(pages["explore/index.html"]).named("rect") if mark["width"].endswith("%")]
    assert marks
    for mark in marks:
        assert float(mark["x"][:-1]) + float(mark["width"][:-1]) <= 101


def test_matrix_is_symmetric_and_true(site: Site) -> None:
    lines = matrix.read(site, "fr", lambda iri: iri).lines
    numbers = [[cell.laureates for cell in line.cells] for line in lines]
    assert numbers == [list(column) for column in zip(*numbers, strict=True)]
    users = [set(site.subjects(TP + "usesTool", line.iri)) for line in lines]
    assert numbers == [[len(a & b) for b in users] for a in users]
    assert [line.cells[n].diagonal for n, line in enumerate(lines)] == [True] * len(lines)
    assert all((cell.step == 0) == (cell.laureates == 0) for line in lines for cell in line.cells)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2019", (2019, 2020)),
        ("2020-06", (2020 + 5 / 12, 2020.5)),
        ("2021-21", (2021 + 2 / 12, 2021 + 5 / 12)),
        ("2019-01-01", (2019, 2019 + 1 / 365)),
        ("2020-12-31", (2020 + 365 / 366, 2021)),
        ("2019-02-30", None),
        ("un jour", None),
    ],
)
def test_dates_on_the_axis(edtf: str, expected: tuple[float, float] | None) -> None:
    found = timeline.covered(edtf)
    assert found is None if expected is None else found == pytest.approx(expected)


def test_open_periods_reach_the_end_of_the_axis() -> None:
    spans = [timeline.span("2016", ""), timeline.span("", "2021-21"), timeline.span("2019-08-26", "2019-10-31")]
    axis = timeline.axis(spans)
    assert (axis.first, axis.end) == (2016, 2022)
    assert axis.place(spans[0].end) == 100
    assert spans[0].closes
    assert spans[1].opens


# pictures of graphs


def test_graph_pictures_hold_what_the_graph_says(site: Site) -> None:
    for thing in site.laureates:
        drawn = str(graph_picture.picture(site, thing, "fr"))
        tags = Tags(drawn)
        assert not tags.open
        assert tags.named("svg")[0]["aria-hidden"] == "true"
        assert all(a["tabindex"] == "-1" for a in tags.named("a"))
        expected = {
            iri for prop in ("usesTool", "addresses", "isFor", "covers") for iri in site.links(thing.iri, TP + prop)
        }
        hrefs = {a["href"] for a in tags.named("a")}
        path = f"{thing.folder}index.html"
        if "dessinés" not in drawn:
            assert {site.href(iri, "fr", path) for iri in expected} <= hrefs


# what a node of the picture leads to, its whole name where it takes several lines, and its line where it takes one
NODE = r'<a href="[./]*([^"]+)" tabindex="-1">\s*(?:<title>([^<]+)</title>)?<circle[^>]*>\s*<text[^>]*>([^<]*)'


def test_graph_pictures_tell_apart_the_territories_of_one_name(site: Site) -> None:
    for lang in LANGUAGES:
        named: dict[str, set[str]] = {}
        for thing in site.laureates:
            drawn = str(graph_picture.picture(site, thing, lang))
            for href, whole, shown in re.findall(NODE, drawn):
                named.setdefault(whole or shown, set()).add(href)
        apart = {name: found for name, found in named.items() if len(found) > 1}
        assert not [name for name, found in apart.items() if any(href.startswith("territory/") for href in found)]
        assert {"Paris (commune)", "Istres (arrondissement)", "Cachan"} <= named.keys()


def test_graph_picture_is_for_laureates_and_cases_only(site: Site) -> None:
    assert graph_picture.picture(site, site.cases[0], "fr") != ""
    assert graph_picture.picture(site, site.things("organisation")[0], "fr") == ""


def test_graph_picture_labels_do_not_overlap(site: Site) -> None:
    for lang in ("fr", "en"):
        for thing in site.laureates:
            words = Words(lang)
            view = graph_picture.view(site.label(thing.iri, lang), graph_picture.branches(site, thing, words))
            for side in (-1, 1):
                column = sorted((n for n in view.nodes if n.side == side), key=lambda n: n.y)
                for above, below in pairwise(column):
                    assert below.y - above.y >= (len(above.leaf.lines) + len(below.leaf.lines)) * 9
                assert all(0 < node.y < view.height for node in column)


FONTS = resources("matplotlib") / "mpl-data" / "fonts" / "ttf"
FIGURE = re.compile(r"<svg.*</svg>", re.DOTALL)
NUMBERS = re.compile(r"-?[\d.]+")


@pytest.fixture(scope="module")
def widths() -> dict[str, Callable[[str], float]]:
    """How wide a text of each class is drawn, in fonts that few are wider than, in the sizes of the sheet."""
    sheet = (resources("trophees.site") / "web" / "thing.css").read_text("utf-8")

    def measured(rule: str, font: str) -> Callable[[str], float]:
        size = re.search(rf"\.graph {rule} {{[^}}]*\b(\d+)px", sheet)
        assert size
        drawn = ImageFont.truetype(BytesIO((FONTS / font).read_bytes()), int(size[1]))
        return lambda text: drawn.getlength(text)

    heading = measured(r"\.heading", "DejaVuSans.ttf")
    assert "letter-spacing: 0.04em" in sheet
    return {
        "": measured("text", "DejaVuSans.ttf"),
        "others": measured(r"\.others", "DejaVuSans.ttf"),
        "name": measured(r"\.name", "DejaVuSerif-Bold.ttf"),
        "heading": lambda text: heading(text) + 0.52 * len(text),
    }


def test_nothing_leaves_a_graph_picture(site: Site, widths: dict[str, Callable[[str], float]]) -> None:
    for thing, lang in product(site.laureates, LANGUAGES):
        svg = fromstring(FIGURE.findall(str(graph_picture.picture(site, thing, lang)))[0])
        width, height = (float(n) for n in svg.attrib["viewBox"].split()[2:])
        box = next(rect for rect in svg.iter("rect"))
        left, wide, high, tall = (float(box.attrib[name]) for name in ("x", "width", "y", "height"))
        ends = {text for group in svg.iter("g") if group.get("text-anchor") == "end" for text in group.iter("text")}
        assert ends
        for text in svg.iter("text"):
            look = text.attrib.get("class", "").partition(" ")[0]
            lines = [widths[look](text.text or "")]
            for span in text.iter("tspan"):
                if span.attrib.get("class") == "others":
                    lines[-1] += float(span.attrib["dx"]) + widths["others"](span.text or "")
                else:
                    lines.append(widths[look](span.text or ""))
            x, y, longest = float(text.attrib["x"]), float(text.attrib["y"]), max(lines)
            anchor = text.get("text-anchor", "end" if text in ends else "start")
            start = {"start": x, "middle": x - longest / 2, "end": x - longest}[anchor]
            bounds = (left, left + wide) if look == "name" else (0, width)
            top, bottom = (high, high + tall) if look == "name" else (0, height)
            assert bounds[0] <= start <= start + longest <= bounds[1], (thing.iri, lang, "".join(text.itertext()))
            # a label is drawn around its place, and the name from its place down, in a box that holds it
            above, below = (16, 20 * (len(lines) - 1)) if look == "name" else (10 * len(lines), 9 * (len(lines) - 1))
            assert top + above <= y <= bottom - below, (thing.iri, lang, "".join(text.itertext()))
        for circle in svg.iter("circle"):
            x, y, radius = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
            assert radius <= x <= width - radius
            assert radius <= y <= height - radius
        for path in svg.iter("path"):
            points = [float(number) for number in NUMBERS.findall(path.attrib["d"])]
            assert all(0 <= x <= width for x in points[::2])
            assert all(0 <= y <= height for y in points[1::2])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("Défi", ["Défi"]),
        ("Département des Hauts-de-Seine", ["Département des", "Hauts-de-Seine"]),
        ("Saint-Quentin-en-Yvelines", ["Saint-Quentin-en-", "Yvelines"]),
        ("x" * 40, ["x" * 15, "x" * 15, "x" * 10]),
        (
            "onze douze treize quatorze quinze seize et vingt mille",
            ["onze douze treize", "quatorze quinze", "seize et vingt …"],
        ),
    ],
)
def test_lines_of_a_label(text: str, lines: list[str]) -> None:
    assert graph_picture.broken(text, 10, 100, 3) == lines
    assert all(graph_picture.wide(line, 10) <= 100 for line in lines)


# social cards


@pytest.mark.slow
def test_cards(site: Site) -> None:
    made = dict(cards.files(site))
    assert len(made) == 2 * (len(site.laureates) + 1)
    names = ("laureate-2020-cachan", "laureate-2020-cachan-en", "default", "default-en")
    assert {f"cards/{name}.png" for name in names} <= set(made)
    for path, data in made.items():
        with Image.open(BytesIO(data)) as picture:
            assert (picture.format, picture.size, picture.mode) == ("PNG", (1200, 630), "P"), path
            assert not picture.info.keys() - {"transparency"}, path
        assert len(data) < 40_000, path
    assert len(set(made.values())) == len(made)


def test_cards_are_the_same_each_time(site: Site) -> None:
    card = cards.of_laureate(site, site.laureates[0], Words("fr"))
    assert cards.draw(card) == cards.draw(card)


def test_a_card_speaks_the_language_of_its_page(site: Site) -> None:
    cachan = site.thing(f"{BASE}laureate/2020/cachan")
    assert cachan
    assert cards.of_laureate(site, cachan, Words("fr")).alt(Words("fr")) == (
        "Parlons ensemble de Cachan ! – Ville de Cachan (94) – 4 étoiles – "
        "Trophées de la participation et de la concertation 2020"
    )
    assert cards.of_laureate(site, cachan, Words("en")).alt(Words("en")) == (
        "Let's talk about Cachan together! – Town of Cachan – 4 stars – Participation and Consultation Awards 2020"
    )


Drawn = list[tuple[str, ImageFont.FreeTypeFont, tuple[int, int]]]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The lines of text that cards draw, with their font and their place."""
    found: Drawn = []
    write = cards._write

    def kept(picture: Image.Image, text: str, font: ImageFont.FreeTypeFont, ink: str, at: tuple[int, int]) -> None:
        found.append((text, font, at))
        write(picture, text, font, ink, at)

    monkeypatch.setattr(cards, "_write", kept)
    return found


def clear(drawn: Drawn) -> bool:
    """Whether no text is where the drawing is, or out of the picture."""
    boxes = [(font.getbbox(text), at) for text, font, at in drawn]
    places = [(box[0] + x, box[1] + y, box[2] + x, box[3] + y) for box, (x, y) in boxes]
    inside = all(left >= 0 and right <= cards.WIDTH and bottom <= cards.HEIGHT for left, _, right, bottom in places)
    return inside and all(
        cards._ground().crop((int(a), int(b), int(c), int(d))).getextrema() == (0, 0) for a, b, c, d in places
    )


@pytest.mark.slow
def test_cards_draw_only_what_their_font_has_and_not_over_the_drawing(site: Site, drawn: Drawn) -> None:
    for _ in cards.files(site):
        assert clear(drawn), drawn
        for text, font, _ in drawn:
            missing = bytes(font.getmask("\ufffe"))
            assert not [letter for letter in set(text) if bytes(font.getmask(letter)) == missing], text
        assert len(drawn) > 2
        drawn.clear()


def test_card_font_has_french_letters() -> None:
    font = cards._font("Semibold", 48)
    missing = bytes(font.getmask("\ufffe"))
    assert not [
        letter for letter in "ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸàâæçèéêëîïôœùûüÿ«»’–—€…" if bytes(font.getmask(letter)) == missing
    ]


@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
def test_quotation_marks_of_the_card_font_leave_room_for_what_follows(weight: str) -> None:
    font = cards._font(weight, 100)
    assert not [mark for mark in "«»“”‘’" if font.getlength(mark) < font.getbbox(mark)[2]]


@pytest.mark.parametrize(
    "text",
    ["", "x" * 400, "mot " * 200, "<script>alert(1)</script>", "ملف\nתווית", "a\tb\r\nc", "10\u202f000 « voix\u202f»"],
)
def test_card_takes_any_text(text: str, drawn: Drawn) -> None:
    with Image.open(BytesIO(cards.draw(cards.Card(text, text, text, 4)))) as picture:
        assert picture.size == (1200, 630)
    assert clear(drawn)
    assert not [line for line, _, _ in drawn if "\u202f" in line]
