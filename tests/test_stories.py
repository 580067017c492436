"""The stories: every number is asked of the graph, nothing is said without one, and their Markdown stays harmless."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from pyoxigraph import Store

from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.release.checkout import Project
from trophees.site.drawing.chart import Chart
from trophees.site.l10n import LANGUAGES, NARROW, Words
from trophees.site.model import Inputs, Site
from trophees.site.pages import home, search
from trophees.site.pages import stories as pages_of
from trophees.site.render import place
from trophees.site.stories import charts, figures, prose
from trophees.site.stories.asked import Answers, Asked, Condition
from trophees.site.stories.written import Story, read, stories

pytestmark = pytest.mark.xdist_group("stories")
WRITTEN = [story for lang in LANGUAGES for story in stories(lang)]
NAMES = ("cost", "duration", "participants", "tools", "change")
PATH = place("stories/x/", "fr")
EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
COST = 'amounts-in-euros where kind="Budget de la démarche"'
Tell = Callable[[str], list[prose.Piece]]

every_story = pytest.mark.parametrize("story", WRITTEN, ids=lambda story: story.file)


@pytest.fixture(scope="module")
def made_up(editions: Project, editions_store: Store) -> Site:
    return Site(Inputs(editions_store, editions.shapes(), editions.context, "2041.1"))


@pytest.fixture(scope="module")
def answers(site: Site) -> Answers:
    return Answers(site, Words("fr"), PATH)


@pytest.fixture(scope="module")
def tell(answers: Answers) -> Tell:
    return lambda text: prose.pieces(answers, story_of(text))


@pytest.fixture(scope="module")
def drawn(site: Site) -> dict[str, str]:
    return {path: data.decode() for path, data in pages_of.files(site)}


def story_of(text: str, lang: Language = "fr") -> Story:
    return Story("made-up", lang, "T", "D", 1, text)


def shown(pieces: list[prose.Piece]) -> str:
    return "".join(piece.html or "" for piece in pieces)


def value(answers: Answers, text: str) -> str | None:
    found = figures.value(answers, figures.parsed(text))
    return found.text if found else None


def chart(tell: Tell, *lines: str) -> Chart | None:
    pieces = tell("```chart\ntitle: T\ncaption: C\n" + "\n".join(lines) + "\n```\n")
    return pieces[0].chart if pieces else None


def test_five_questions_are_told_in_both_languages_in_one_order() -> None:
    assert [[story.name for story in stories(lang)] for lang in LANGUAGES] == [list(NAMES)] * len(LANGUAGES)


@every_story
def test_no_number_is_written_into_a_story(story: Story, site: Site) -> None:
    years = {site.text(edition, "https://w3id.org/trophees-participation/ontology#year") for edition in site.editions}
    text = re.sub(r"(?m)^(ask|most|absent|columns): .*$", "", story.text)
    text = re.sub(r"`[^`\n]*`", "", EXPRESSION.sub("", text))
    found = set(re.findall(r"\d+", f"{story.title} {story.description} {text}"))
    assert found <= years


@every_story
def test_what_is_asked_for_by_name_occurs_in_the_graph(story: Story, site: Site) -> None:
    answers, asked = Answers(site, Words(story.lang), PATH), []
    for text in EXPRESSION.findall(story.text):
        found = figures.parsed(" ".join(text.split()))
        asked += [found.asked, *([found.among] if found.among else [])]
        assert figures.value(answers, found), text
    for block in re.findall(r"```chart\n(.*?)```", story.text, re.DOTALL):
        asked.append(charts.parsed(block, "c").asked)
        assert charts.drawn(answers, charts.parsed(block, "c")).rows, block
    for question in asked:
        for condition in question.conditions:
            if condition.sign != "=":
                continue  # a comparison may hold of nothing
            only = Asked(question.query, question.given, (condition,))
            assert answers.rows(only), condition


def test_a_story_says_the_same_in_both_languages() -> None:
    for fr, en in zip(*(stories(lang) for lang in LANGUAGES), strict=True):
        said = [
            [re.sub(r'="[^"]*"|completeness=\w+', "", text.partition(" : ")[0]) for text in EXPRESSION.findall(s.text)]
            for s in (fr, en)
        ]
        assert said[0] == said[1]
        blocks = [
            re.findall(r"(?m)^(kind|row|value|note|columns|most|across|by|absent): (.*)$", s.text) for s in (fr, en)
        ]
        assert blocks[0] == blocks[1]


def test_each_page_is_light_and_its_charts_can_be_taken_away(drawn: dict[str, str]) -> None:
    assert {place(f"stories/{name}/", lang) for name in NAMES for lang in LANGUAGES} < drawn.keys()
    for path, page in drawn.items():
        assert len(page.encode()) < 100_000, path
        assert "{{" not in page, path
        assert 'class="note" lang=""' not in page, path
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), path
        figured = page.count('<figure class="chart">')
        assert page.count('<details class="take"') == figured == page.count("<table"), path
        assert figured >= 2 or path in ("stories/index.html", "stories/en/index.html")


def test_what_a_story_says_is_what_the_queries_answer(site: Site, drawn: dict[str, str]) -> None:
    page = re.sub(r"<[^>]+>", "", html.unescape(drawn["stories/cost/index.html"]))
    amounts = site.query(
        "PREFIX tp: <https://w3id.org/trophees-participation/ontology#> "
        'SELECT DISTINCT ?l WHERE { ?l a tp:Laureate ; tp:indicator/tp:unit "EUR" }'
    )
    assert f"{len(amounts)}\u00a0lauréats donnent au moins un montant" in page
    assert f"sur les {len(site.laureates)}\u00a0lauréats décrits" in page
    assert f"130{NARROW}000\u00a0euros" in page


@pytest.mark.slow
def test_stories_are_told_of_made_up_editions_and_of_no_data_at_all(made_up: Site, site: Site) -> None:
    empty = Site(Inputs(Store(), site.inputs.shapes, site.context, "1"))
    for one in (made_up, empty):
        pages = {path: data.decode() for path, data in pages_of.files(one)}
        assert len(pages) == (len(NAMES) + 1) * len(LANGUAGES)
        for path, page in pages.items():
            main = page.partition("<main")[2].partition("</main>")[0]
            assert not re.search(r"<(p|li|h2|ul|tbody|a [^>]*)>\s*</", main), path
    assert "<table" not in "".join(data.decode() for _, data in pages_of.files(empty))


def test_reductions(answers: Answers) -> None:
    assert value(answers, f"count laureate of {COST} : lauréat | lauréats") == "1\u00a0lauréat"
    assert (
        value(answers, "count laureate of amounts-in-euros where value>99999999999 : lauréat | lauréats")
        == "0\u00a0lauréat"
    )
    assert value(answers, f"max value of {COST} : euro | euros") == f"130{NARROW}000\u00a0euros"
    assert value(answers, f"cell printed of {COST}") == "130 000€"
    assert value(answers, "cell edition of completeness-of-editions by laureates") == "2020"
    assert value(answers, "sum laureates of completeness-of-editions where edition=2020") == "40"
    assert (
        value(answers, "share laureate of laureates where edition=2020 among laureates where edition=2020")
        == f"100{NARROW}%"
    )
    assert value(answers, "share laureate of laureates among laureates where edition=1999") is None
    assert value(answers, "max value of amounts-in-euros where kind=nothing") is None
    assert value(answers, "count laureate of participants-and-population ?year=1999") == "0"


def test_a_thing_leads_to_its_page_and_a_number_to_its_query(answers: Answers) -> None:
    thing, number_ = (
        figures.value(answers, figures.parsed(f"cell {name} of {COST}")) for name in ("laureate", "value")
    )
    assert thing
    assert number_
    assert thing.href == "../../laureate/2020/cachan/index.html"
    assert number_.href == "../../cookbook/amounts-in-euros/index.html"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "REDUCTION COLUMN of QUERY"),
        ("mean value of amounts-in-euros", "one of count, sum"),
        ("count laureate of laureats", "no query is called"),
        ("count laureates of laureates", "no column “laureates”, but order, laureate"),
        ("count laureate of laureates where nothing=1", "no column “nothing”"),
        ("count laureate of laureates where edition", "column=value"),
        ("count laureate of laureates where", "a condition is missing"),
        ("count laureate of laureates where stars>3 and", "a condition is missing"),
        ("count laureate of laureates where stars>many", "“many” is no number"),
        ("count laureate of laureates edition=2020", "neither “?parameter=value” nor “where”"),
        ("count laureate of laureates ?year=2020", "no parameter “year”"),
        ("count laureate of laureates : one", "one and for several"),
        ("count laureate of laureates among laureates", "a share, and nothing else"),
        ("share laureate of laureates", "a share, and nothing else"),
        ("cell title of laureates where title=\"x", "No closing quotation"),
        ("sum value of amounts-in-euros", "“value” of amounts-in-euros is not added up"),
        ("sum laureates of tools-most-used", "is not added up"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_with_its_file_and_place(tell: Tell, text: str, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)) as told:
        tell(f"Un nombre : {{{{{text}}}}}.")
    assert str(told.value).startswith("made-up.fr.md: “{{")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "needs “ask: …”"),
        ("ask: laureates\nkind: pie\nrow: laureate", "one of bars, points, lines, table"),
        ("ask: laureates\nkind: bars\nrow: laureate", "needs “value: …”"),
        ("ask: laureates\nkind: lines\nrow: laureate\nvalue: stars", "needs “across: …”"),
        ("ask: laureates\nkind: table\nrow: laureat", "no column “laureat”"),
        ("ask: laureates\nkind: table\nrow: laureate\nmost: 900", "from 1 to 25"),
        ("ask: laureates\nkind: table\nrow: laureate\ncolour: red", "no “colour”"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_told(tell: Tell, line: str, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        chart(tell, *line.split("\n"))


def test_what_has_no_value_is_not_said(tell: Tell) -> None:
    nothing = "{{max value of amounts-in-euros where kind=nothing}}"
    text = f"## Seul\n\nRien : {nothing}.\n\n## Deux\n\n- un\n- {nothing}\n\n1. {nothing}\n\nFin.\n\n## {nothing}\n"
    assert shown(tell(text)) == "<h2>Deux</h2>\n<ul>\n<li>un</li>\n</ul>\n<p>Fin.</p>\n"
    assert chart(tell, "ask: laureates where edition=1999", "kind: table", "row: laureate") is None


HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(1)>

<div onclick="alert(1)">

[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](data:text/html,x) [d](//evil.test/) [e](vbscript:x)
[f](../../etc/) [g](/root/) [h](java&#115;cript:alert(1)) ![i](https://evil.test/x.png) <javascript:alert(1)>
[j](https://a.test/"onmouseover="x) `{{count laureate of laureates}}` {{{{ &lt;b&gt;

[k]: javascript:alert(1)
[k] <https://a.test/?a=1&b=2> [l](map/) [m](cookbook/laureates/#answer)
"""


def test_hostile_markdown_becomes_text(tell: Tell) -> None:
    page = shown(tell(HOSTILE))
    assert set(re.findall(r"<([a-z0-9]+)", page)) == {"p", "a", "code"}
    assert set(re.findall(r" ([a-z]+)=\"", re.sub(r">[^<]*<", "><", page))) == {"href", "rel"}
    links = re.findall(r'<a href="([^"]*)"', page)
    assert links == [
        "https://evil.test/x.png",
        "https://a.test/%22onmouseover=%22x",
        "https://a.test/?a=1&amp;b=2",
        "../../map/index.html",
        "../../cookbook/laureates/index.html#answer",
    ]
    assert "<code>{{count laureate of laureates}}</code>" in page


def test_a_block_that_is_no_chart_is_refused(tell: Tell) -> None:
    with pytest.raises(UserError, match="has to be a “chart”"):
        tell("```sparql\nSELECT *\n```\n")


@pytest.mark.parametrize(
    "text", ["", "# T\n", "---\ntitle: T\n---\n", "---\ntitle: T\ndescription: D\norder: one\n---\n"]
)
def test_a_story_without_its_head_is_refused_by_name(text: str) -> None:
    with pytest.raises(UserError, match=r"new\.fr\.md: begin with"):
        read("new", "fr", text)


def test_bars_points_and_lines_are_as_long_as_high_and_as_far_as_the_numbers(tell: Tell) -> None:
    bars = chart(
        tell, "ask: tools-most-used where edition=2020", "kind: bars", "row: tool", "value: laureates", "most: 3"
    )
    assert bars
    longest, *_ = widths = [row.marks[0].width for row in bars.rows]
    assert longest == 100
    counts = [int(row.cells[0].text) for row in bars.rows]
    assert widths == [round(100 * n / counts[0], 2) for n in counts]
    points = chart(tell, "ask: amounts-in-euros where value=130000", "kind: points", "row: laureate", "value: value")
    assert points
    assert [row.marks[0].start for row in points.rows] == [85.23]  # log10(130,000) = 5.114, of 6 powers
    lines = chart(
        tell, "ask: carrier-kinds-across-editions where kind=ccas", "kind: lines", "row: kind", "value: percent",
        "across: edition",
    )  # fmt: skip
    assert lines
    assert [(mark.look, mark.heights) for mark in lines.rows[0].marks] == [("dot", (57.56, 57.56))]  # 11.8 of 20
    assert Condition("percent", "=", "11.8").holds({"percent": None}) is False


def test_a_line_breaks_where_nothing_is_known_and_is_what_the_story_says_where_it_says_so(tell: Tell) -> None:
    asked = (
        "ask: carrier-kinds-across-editions",
        "kind: lines",
        "row: kind",
        "value: percent",
        "across: edition",
        "by: laureates",
    )
    broken, whole = (chart(tell, *asked, *more) for more in ((), ("absent: 0",)))
    assert broken
    assert whole
    for with_gaps, without in zip(broken.rows, whole.rows, strict=True):
        assert len(with_gaps.cells) == len(without.cells) == len(broken.heads)
        known = [cell.text != "–" for cell in with_gaps.cells]
        curves = sum(mark.look == "curve" for mark in with_gaps.marks)
        assert curves == sum(a and b for a, b in pairwise(known))
        assert sum(mark.look == "curve" for mark in without.marks) == len(broken.heads) - 1


def test_stories_are_found_by_the_menu_the_first_page_and_the_search(site: Site) -> None:
    for lang in LANGUAGES:
        first = dict(home.files(site))[place("", lang)].decode()
        assert Words(lang)("home.door.stories") in html.unescape(first)
        pages = search.index(site, lang)["pages"]
        assert isinstance(pages, list)
        found = {page[0]: page[2] for page in pages}
        for story in stories(lang):
            assert found[place(f"stories/{story.name}/", lang)] == story.title
