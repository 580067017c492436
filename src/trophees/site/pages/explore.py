"""“Explore”: each chart is a table whose rows carry a drawing, made from one query that the reader can run.

The numbers are the rows of the query: nothing is added up, and different kinds of numbers never share an axis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from pyoxigraph import QuerySolutions

from trophees.ask import cookbook
from trophees.ask.question import Question
from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.site.drawing import matrix, timeline
from trophees.site.drawing.chart import Chart, Mark, Row, Tick, logarithmic
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.laureate_list import by_year
from trophees.site.links import cookbook_link
from trophees.site.lists.counted import proof
from trophees.site.model import Site
from trophees.site.render import Crumb, Page, place
from trophees.site.statements import Name

FOLDER = Folder.EXPLORE
_NUMBER = re.compile(r"\d{1,18}(\.\d+)?")
_MOST = 25  # rows of a chart whose length depends on the number of laureates
_LOOKS = (("level-3", "both"), ("open", "open"), ("inferred", "year_inferred"))
Link = Callable[[str], str]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in both languages, and one for each edition before the newest."""
    for lang in LANGUAGES:
        newest, *others = list(reversed(site.editions)) or [""]
        yield site.render(_page(site, lang, newest))
        yield from (site.render(_page(site, lang, edition, former=True)) for edition in others)


def _folder(site: Site, edition: str) -> str:
    """Where the charts of `edition` stand: the newest with those of all."""
    return FOLDER if edition in site.editions[-1:] else f"{FOLDER}{site.text(edition, TP + 'year')}/"


def _page(site: Site, lang: Language, edition: str, *, former: bool = False) -> Page:
    words, folder = Words(lang), _folder(site, edition) if former else FOLDER
    path = place(folder, lang)

    def href(iri: str) -> str:
        return site.href(iri, lang, path)

    title, name = words("explore.title"), site.label(edition, lang)
    return Page(
        folder=folder,
        lang=lang,
        template="explore.html",
        title=f"{title}{words('colon')}{name}" if former else title,
        description=words("explore.description"),
        values={
            "charts": [chart for chart in _counted(site, words, href, edition) if chart.rows] if edition else [],
            "matrix": None if former else matrix.read(site, lang, href),
            "others": [] if former else [participants(site, words, href), _timeline(site, words, href)],
            "editions": _editions(site, lang, folder),
            "laureates": len(site.laureates),
            "opened": lambda query: cookbook_link(query, lang),
        },
        section="explore",
        breadcrumb=(Crumb(title, place(FOLDER, lang)),) if former else (),
    )


def _editions(site: Site, lang: Language, folder: str) -> list[tuple[Name, str]]:
    """Each edition, where there are several, with the folder of its charts: empty for that which is shown."""
    found = [(Name(by_year(site, iri, lang), lang), _folder(site, iri)) for iri in reversed(site.editions)]
    return [(name, "" if there == folder else there) for name, there in found] if len(found) > 1 else []


def _counted(site: Site, words: Words, href: Link, edition: str) -> Iterator[Chart]:
    """What is counted of `edition`: editions are never added up."""
    year = site.text(edition, TP + "year")
    charts = [
        stars(site, words, href, year),
        bars(site, words, href, year, "families", "tools-by-family", "family", "tool/", ("laureates", "tools")),
        bars(
            site,
            words,
            href,
            year,
            "themes",
            "laureates-per-theme",
            "theme",
            "theme/",
            ("laureates", "as_main"),
            part="as_main",
        ),
        bars(
            site,
            words,
            href,
            year,
            "audiences",
            "audiences-most-targeted",
            "audience",
            "audience/",
            ("laureates",),
            least=2,
        ),
    ]
    if len(site.editions) == 1:
        yield from charts
    else:
        name = Name(by_year(site, edition, words.lang), words.lang)
        yield from (replace(chart, edition=name, id=f"{chart.key}-{year}") for chart in charts)


def rows(site: Site, query: str, lang: Language) -> list[dict[str, str]]:
    """The rows of a query of the cookbook, in `lang`, by variable; what is not bound is empty."""
    found = site.graph.ask(Question(query, cookbook.in_language(cookbook.get(query).text, lang)))
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{n: getattr(value, "value", "") for n, value in zip(names, row, strict=True)} for row in found]


def bars(
    site: Site,
    words: Words,
    href: Link,
    year: str,
    key: str,
    query: str,
    variable: str,
    prefix: str,
    columns: tuple[str, ...],
    part: str = "",
    least: int = 1,
) -> Chart:
    """One bar a row, as long as the first of `columns`, darker as far as `part`. Rows below `least` are left out."""
    found = [row for row in rows(site, query, words.lang) if row["edition"] == year]
    shown = [row for row in found if int(row[columns[0]]) >= least]
    longest = max((int(row[columns[0]]) for row in shown), default=1)
    made = []
    for row in shown[:_MOST]:
        iri = BASE + prefix + row[variable]
        marks = [Mark(0, _share(int(row[columns[0]]), longest), "level-2" if part else "level-3")]
        if part:
            marks.append(Mark(0, _share(int(row[part]), longest), "level-4"))
        cells = tuple(Name(words.number(row[column]), "") for column in columns)
        lead = proof(site, words.lang, {"edition": year, prefix.removesuffix("/"): row[variable]}, int(row[columns[0]]))
        made.append(Row(site.name(iri, words.lang), href(iri), tuple(marks), cells, lead=lead))
    legend = (("level-4", words(f"explore.{key}.part")), ("level-2", words(f"explore.{key}.rest"))) if part else ()
    heads = tuple(words(f"explore.{key}.{column}") for column in columns)
    left_out, beyond = len(found) - len(shown), len(shown[_MOST:])
    return Chart(key, query, heads, tuple(made), legend=legend, left_out=left_out, beyond=beyond)


def stars(site: Site, words: Words, href: Link, year: str) -> Chart:
    """The laureates of each kind of carrier, by number of stars: bars of four pieces, for those that have any."""
    levels = (("four", 4), ("three", 3), ("two", 2), ("one", 1))
    listed = [row for row in rows(site, "stars-by-carrier-kind", words.lang) if row["edition"] == year]
    others = ("without",) if any(int(row["without"]) for row in listed) else ()
    longest = max((int(row["laureates"]) for row in listed), default=1)
    made = []
    for row in listed:
        marks, start = [], 0.0
        for name, level in levels:
            width = _share(int(row[name]), longest)
            if width:
                marks.append(Mark(round(start, 2), width, f"level-{level}"))
            start += width
        iri = BASE + "organisation-kind/" + row["kind"]
        cells = tuple(Name(words.number(row[name]), "") for name in ("laureates", *(n for n, _ in levels), *others))
        lead = proof(site, words.lang, {"edition": year, "kind": row["kind"]}, int(row["laureates"]))
        made.append(Row(site.name(iri, words.lang), href(iri), tuple(marks), cells, lead=lead))
    heads = (words("explore.stars.laureates"), *(f"{level} ★" for _, level in levels))
    heads += tuple(words("list.none.stars") for _ in others)
    legend = tuple((f"level-{level}", words.count("list.stars", level)) for _, level in levels)
    return Chart("stars", "stars-by-carrier-kind", heads, tuple(made), legend=legend)


def participants(site: Site, words: Words, href: Link) -> Chart:
    """The printed numbers of participants, as points on a logarithmic axis: bars would say that they compare."""
    listed = [row for row in rows(site, "participants", words.lang) if _NUMBER.fullmatch(row["value"])]
    places, ticks = logarithmic([float(row["value"]) for row in listed], words)
    made = []
    for row, at in zip(listed[:_MOST], places, strict=False):
        iri = f"{BASE}laureate/{row['laureate']}"
        cells = Name(words.number(row["value"]), ""), Name(row["printed"], "fr")
        counted = Name(row["counted"], words.lang)
        made.append(Row(site.name(iri, words.lang), href(iri), (Mark(at, 0, "dot"),), cells, counted))
    heads = words("explore.participants.value"), words("explore.participants.printed")
    return Chart("participants", "participants", heads, tuple(made), ticks, beyond=len(listed[_MOST:]))


def _timeline(site: Site, words: Words, href: Link) -> Chart:
    """The dated periods of laureates on an axis of years."""
    listed = [row for row in rows(site, "periods", words.lang) if row["subject"].startswith("laureate/")]
    dated = sorted((row for row in listed if row["start"] or row["end"]), key=lambda row: row["start"] or "9")
    spans = [timeline.span(row["start"], row["end"]) for row in dated[:_MOST]]
    axis = timeline.axis(spans)
    made = []
    for row, span in zip(dated, spans, strict=False):
        iri = BASE + row["subject"]
        start, end = axis.place(span.start), axis.place(span.end)
        look = "inferred" if row["year_stated"] == "false" else "open" if span.opens or span.closes else "level-3"
        cell = words.sentence(words.period(row["start"], row["end"]))
        if row["year_stated"] == "false":
            cell = words("explore.timeline.inferred", period=cell)
        mark = Mark(start, round(max(end - start, 1.2), 2), look)
        label = Name(row["label"], words.lang)
        made.append(Row(site.name(iri, words.lang), href(iri), (mark,), (Name(cell, ""),), label))
    ticks = tuple(Tick(axis.place(year), str(year)) for year in axis.years())
    legend = tuple((look, words(f"explore.timeline.{key}")) for look, key in _LOOKS)
    heads, undated = (words("explore.timeline.when"),), len(listed) - len(dated)
    return Chart("timeline", "periods", heads, tuple(made), ticks, legend, undated, len(dated[_MOST:]))


def _share(value: int, longest: int) -> float:
    return round(100 * value / longest, 2)
