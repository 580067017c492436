"""What the box of search looks into: `assets/search-fr.js` and `assets/search-en.js`, a record per page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from trophees.base.addresses import SECTIONS, Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, IGEO, RDFS, SKOS, TP
from trophees.site.handed import assigned
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site, Thing
from trophees.site.render import place
from trophees.site.statements import Name
from trophees.site.stories.written import Story, stories

_CODES = (IGEO + "codeINSEE", TP + "siren")
_TEXTS = (TP + "summary", TP + "title", SKOS + "definition", RDFS + "comment", TP + "note")
_ELSEWHERE = (Folder.NEAR, Folder.LAUREATES, Folder.VOCABULARIES)  # where those who find nothing may go
_PROCESSES = ("laureate", "case")
_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter ones are mostly articles and the like
_FIRST = {
    "laureate": 3,
    "case": 2,
    "organisation": 2,
    "person": 2,
    "commune": 1,
    "term": 0,
}  # what people look for first


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The two indexes, as scripts: `search.js` runs the one of the page's language."""
    for lang in LANGUAGES:
        yield f"assets/search-{lang}.js", assigned("tropheesIndex", index(site, lang))


def index(site: Site, lang: Language) -> dict[str, object]:
    """`kinds`: what one and several of each kind are called; `words`: what the box says; `folders`: pages to go
    on to, by name; `pages`: [path of the page,
    kind, label, other names, codes, text, weight], of a laureate or a case also what other words its facts have, in the
    order of the IRIs, the fixed pages and the stories first. A name in another language than the page's is
    [text, language].
    """
    words = Words(lang)
    things = [thing for thing in site.things() if thing.iri.startswith(BASE)]
    sections = [(folder, words(f"nav.{key}")) for key, folder in SECTIONS.items() if folder]
    told = [_story(story, lang) for story in stories(lang)]
    fixed = [[place(folder, lang), "", title, [], "", "", 2] for folder, title in sections]
    return {
        "kinds": {name: _called(name, words) for name in sorted({thing.kind for thing in things})},
        "folders": {folder.name.lower(): place(folder, lang) for folder in _ELSEWHERE},
        "words": words.under("find."),
        "pages": fixed + told + [_record(site, thing, lang) for thing in things],
    }


def _story(story: Story, lang: Language) -> list[object]:
    return [place(f"{Folder.STORIES}{story.name}/", lang), "", story.title, [], "", story.description, 2]


def _record(site: Site, thing: Thing, lang: Language) -> list[object]:
    label = site.name(thing.iri, lang)
    found = [
        Name(v.value, v.language or "") for v in site.values(thing.iri, SKOS + "altLabel") if isinstance(v, Literal)
    ]
    found += [Name(text, code) for code, text in sorted(thing.labels.items()) if code != lang]
    found += [Name(text, "") for text in sorted(_values(site, thing.iri, TP + "printedName"))]
    others = {name.text: name for name in reversed(found) if name.text != label.text}
    codes = sorted({value for predicate in _CODES for value in _values(site, thing.iri, predicate)})
    codes += [site.text(edition, TP + "year") for edition in site.links(thing.iri, TP + "edition")]
    text = " ".join(dict.fromkeys(filter(None, (site.text(thing.iri, p, lang) for p in _TEXTS))))
    path = place(thing.folder, lang)
    names = [_written(name, lang) for name in reversed(others.values())]
    weight = _FIRST.get(thing.kind, 1)
    found_by: list[object] = [path, thing.kind, _written(label, lang), names, " ".join(codes), text, weight]
    return [*found_by, _told(site, thing.iri, lang, f"{label.text} {text}")] if thing.kind in _PROCESSES else found_by


def _called(kind: str, words: Words) -> list[str]:
    one = words.kind(kind)
    return [one, words(f"kind.{kind}.many") if words.has(f"kind.{kind}.many") else one]


def _told(site: Site, process: str, lang: Language, known: str) -> str:
    """The words in `lang` that the facts of `process` have beside those `known`, each once, sorted."""
    found = {
        word
        for part in site.parts(process)
        if part != process
        for values in site.about(part).values()
        for value in values
        if isinstance(value, Literal) and value.language == lang
        for word in _WORD.findall(value.value.lower())
    }
    return " ".join(sorted(found - set(_WORD.findall(known.lower()))))


def _written(name: Name, lang: Language) -> str | list[str]:
    return name.text if name.lang in ("", lang) else [name.text, name.lang]


def _values(site: Site, iri: str, predicate: str) -> list[str]:
    return [value.value for value in site.values(iri, predicate)]
