"""The cookbook: the list of the named queries, and a page for each with its text and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, QuerySolutions, Variable

from trophees import cookbook
from trophees.cookbook import Query
from trophees.engine import run
from trophees.site.collation import fold
from trophees.site.facts import Link, Teller
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import Crumb, Page, place
from trophees.site.things import playground_link
from trophees.sparql import bound

FOLDER = "cookbook/"
_ROWS = 50  # of an answer, on its page
_HEAD = re.compile(r"^#\+.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A query: `id` is its anchor on the list."""

    id: str
    summary: str
    link: Link
    params: list[str]


@dataclass(frozen=True)
class Answer:
    """The columns and first rows of an answer; `count` is how many rows there are."""

    columns: list[str]
    rows: list[list[Link]]
    count: int


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list and the queries, in each language."""
    queries = cookbook.queries()
    for lang in LANGUAGES:
        words = Words(lang)
        yield site.render(_overview(site, words, queries))
    for query in queries.values():
        given = cookbook.substitutions(query, {}, site.context)
        for lang in LANGUAGES:
            text = cookbook.in_language(query.text, lang)
            result = run(site.store, text, site.context.prefixes, given, query.name)
            solutions = list(result) if isinstance(result, QuerySolutions) else []
            columns = [v.value for v in result.variables] if isinstance(result, QuerySolutions) else []
            page = f"{FOLDER}{query.name}/"
            teller = Teller(site, Words(lang), place(page, lang))
            rows = [[_cell(teller, row[c]) for c in columns] for row in solutions[:_ROWS]]
            answer = Answer(columns, rows, len(solutions))
            yield site.render(_page(Words(lang), page, replace(query, text=text), answer, given))


def _summary(query: Query, words: Words) -> str:
    return query.summary if words.lang == "fr" else query.summary_en


def _overview(site: Site, words: Words, queries: dict[str, Query]) -> Page:
    path = place(FOLDER, words.lang)
    entries = [
        Entry(
            name,
            _summary(query, words),
            Link(_summary(query, words), "../" * path.count("/") + place(f"{FOLDER}{name}/", words.lang)),
            [param.name for param in query.params],
        )
        for name, query in queries.items()
    ]
    entries.sort(key=lambda entry: (fold(entry.summary), entry.id))
    return Page(
        folder=FOLDER,
        lang=words.lang,
        template="cookbook.html",
        title=words("cookbook.title"),
        description=words("cookbook.description"),
        values={"entries": entries, "version_of_graph": site.version},
        section="cookbook",
    )


def _page(words: Words, folder: str, query: Query, answer: Answer, given: dict[Variable, NamedNode | Literal]) -> Page:
    text = _HEAD.sub("", query.text).strip() + "\n"
    return Page(
        folder=folder,
        lang=words.lang,
        template="query.html",
        title=_summary(query, words),
        description=f"{words('cookbook.query')}{words('colon')}{_summary(query, words)}",
        values={
            "query": query,
            "text": text,
            "answer": answer,
            "link": playground_link(bound(text, given)) + "&run=1",
        },
        section="cookbook",
        breadcrumb=(Crumb(words("nav.cookbook"), place(FOLDER, words.lang)),),
    )


def _cell(teller: Teller, value: object) -> Link:
    return teller.value(value) if isinstance(value, NamedNode | Literal) else Link("")
