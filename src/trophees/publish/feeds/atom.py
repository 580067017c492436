"""Atom feeds (RFC 4287) of what changed: one of all, and one for each département, in each language.

An entry tells what a release changed of a thing: an edition, a laureate, a person, a tool… What only follows from what
else changed makes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from trophees.base.context import Context
from trophees.base.language import LANGUAGES, Both, Language
from trophees.base.namespaces import BASE, TP
from trophees.changes.change_set import part_name
from trophees.changes.entity import Entity
from trophees.changes.statements import Lines, quads
from trophees.changes.wording import Wording
from trophees.publish.feeds.history import Step

FOLDER = "feeds/"
ENTRIES = 200  # of a feed: the newest
DEPARTEMENT = BASE + "territory/departement/"
_LAUREATES = BASE + "laureate/"
_OF = {f"<{TP}{name}>".encode() for name in ("inDepartement", "departement")}
_AUTHOR = Both("Graphe ouvert de la participation", "Open Graph of Participation")
_TITLE = Both(
    "Ce qui change dans le graphe ouvert de la participation", "What changes in the open graph of participation"
)
_OF_ONE = Both(" : ", ": ")


@dataclass(frozen=True)
class Entry:
    """What a release changed of a thing, in each language; `departements` are the codes of those that it is in."""

    id: str
    iri: str
    moment: str
    version: str
    title: Both
    text: tuple[Both, ...]
    departements: frozenset[str]


def entries(step: Step, context: Context) -> Iterator[Entry]:
    """What `step` changed, laureates first; nothing if it is the first that is known."""
    if not step.before:
        return
    words, things = step.words(context), [entity for entity in step.entities if entity.said]
    things.sort(key=lambda entity: not entity.iri.startswith(_LAUREATES))
    where = _where([entity.iri for entity in things], (step.old, step.new))
    for entity in things:
        if text := tuple(said for part in entity.said if (said := words.part(entity, part)).fr):
            yield Entry(
                part_name(change_set_name(step), entity.iri),
                entity.iri,
                step.moment,
                step.version,
                _title(entity, words),
                text,
                frozenset(where.get(entity.iri, ())),
            )


def change_set_name(step: Step) -> str:
    """The IRI of what a release changed."""
    return f"{BASE}changes/{step.version}"


def address(language: Language, departement: str = "") -> str:
    """The file of the feed in `language`: of all, or of the département with that code."""
    end = "" if language == LANGUAGES[0] else f"-{language}"
    return f"{FOLDER}departement/{departement}{end}.atom" if departement else f"feed{end}.atom"


def files(steps: Sequence[Step], context: Context, url: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The feeds of a site that stands at `url`."""
    told = [entry for step in reversed(steps) for entry in entries(step, context)]
    moment, names = steps[-1].moment, _departements(steps[-1].new)
    for language in LANGUAGES:
        path = address(language)
        yield path, [_feed(path, _TITLE[language], told[:ENTRIES], moment, language, url)]
        for code, name in sorted(names.items()):
            path = address(language, code)
            chosen = [entry for entry in told if code in entry.departements][:ENTRIES]
            title = _TITLE[language] + _OF_ONE[language] + name
            yield path, [_feed(path, title, chosen, moment, language, url)]


def _title(entity: Entity, words: Wording) -> Both:
    def said(language: Language) -> str:
        kind, what = words.kind(entity.kind)[language], words.classes(entity.iri)[language]
        return f"{words.name(entity.iri, language)} ({', '.join(filter(None, (what, kind)))})"

    return Both(said("fr"), said("en"))


def _where(things: Iterable[str], both: Iterable[Lines]) -> dict[str, set[str]]:
    """The codes of the départements that each of `things` is, or was, in."""
    wanted = {f"<{iri}>".encode() for iri in things}
    found: dict[str, set[str]] = {}
    for lines in both:
        for line in lines:
            subject, predicate, object_ = line.split(b" ", 3)[:3]
            if subject in wanted and predicate in _OF:
                iri = object_.decode()[1:-1]
                if iri.startswith(DEPARTEMENT):
                    found.setdefault(subject.decode()[1:-1], set()).add(iri.removeprefix(DEPARTEMENT))
    return found


def _departements(lines: Lines) -> dict[str, str]:
    """The names of the départements in which a laureate is, by code."""
    start, verb = f"<{DEPARTEMENT}".encode(), f"<{TP}inDepartement>".encode()
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    for line in lines:
        subject, predicate, object_ = line.split(b" ", 3)[:3]
        if predicate == verb and object_.startswith(start):
            code = object_.decode()[1:-1].removeprefix(DEPARTEMENT)
            found[code] = code
        elif subject.startswith(start) and predicate.endswith(b"#nom>"):
            [quad] = quads([line])
            names[subject.decode()[1:-1].removeprefix(DEPARTEMENT)] = getattr(quad.object, "value", "")
    return {code: names.get(code, code) for code in found}


def _feed(path: str, title: str, told: Iterable[Entry], moment: str, language: Language, url: str) -> bytes:
    return "".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>\n',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n',
            f"<id>{escape(BASE + path)}</id>\n<title>{escape(title)}</title>\n<updated>{moment}</updated>\n",
            f"<author><name>{_AUTHOR[language]}</name></author>\n",
            f'<link rel="self" type="application/atom+xml" href={quoteattr(url + path)}/>\n',
            f'<link rel="alternate" type="text/html" href={quoteattr(url)}/>\n',
            *(_entry(entry, language) for entry in told),
            "</feed>\n",
        )
    ).encode()


def _entry(entry: Entry, language: Language) -> str:
    items = "".join(f"<li>{escape(said[language])}</li>" for said in entry.text)
    marks = "".join(f"<category term={quoteattr(code)}/>" for code in sorted(entry.departements))
    return (
        f"<entry>\n<id>{escape(entry.id)}</id>\n<title>{escape(entry.title[language])}</title>\n"
        f'<updated>{entry.moment}</updated>\n<link rel="alternate" href={quoteattr(entry.iri)}/>\n'
        f"<category term={quoteattr(entry.version)}/>{marks}\n"
        f'<content type="html">{escape(f"<ul>{items}</ul>")}</content>\n</entry>\n'
    )
