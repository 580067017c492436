"""The SPARQL playground: its pages, the data they load, and the page that is one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files as resources

from pyoxigraph import RdfFormat

from trophees.ask import cookbook
from trophees.ask.explain.sentences import SENTENCES
from trophees.ask.words.lexicon import built
from trophees.ask.words.portable import portable
from trophees.base.addresses import Folder
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.gzip_file import gzipped
from trophees.base.language import Language
from trophees.base.namespaces import BASE
from trophees.graph import published
from trophees.publish.turtle import encode
from trophees.site import places_in_page
from trophees.site.answers import as_json, shown
from trophees.site.collation import sort_key
from trophees.site.drawing import france as outline
from trophees.site.handed import compact
from trophees.site.l10n import LANGUAGES, Words, spaced
from trophees.site.model import Site
from trophees.site.pages.playground import one_file
from trophees.site.pages.playground.builder import model
from trophees.site.pages.playground.names import names
from trophees.site.render import Page, place
from trophees.site.scripts import ENGINE, FILES

FOLDER = Folder.PLAYGROUND
ALONE = "playground.html"
GRAPH = "assets/trophees.trig.gz"
FIRST = "tools-most-used"
_ROWS = 200  # of an answer that are shown at once
_MAP = "assets/france.json"
_WORDS = "assets/words.json"
_BUILDER = "assets/builder.json"
_CONTEXT = "assets/context.jsonld"  # for files of the reader's own


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Everything of the playground. UserError if the bundle of its scripts was not made."""
    made: dict[str, bytes] = {GRAPH: gzipped(_graph(site))}
    for lang in LANGUAGES:
        made[f"assets/names-{lang}.json"] = _json(names(site, lang))
        made[f"assets/cookbook-{lang}.json"] = _json(questions(lang, site.context))
        for query in cookbook.queries().values():
            yield _answer(query.name, lang), gzipped(as_json(site, query, lang))
    made[_WORDS] = _json(portable(built(site.graph), site.context, spaced))
    made[_BUILDER] = _json(model(site))
    made[_CONTEXT] = site.inputs.published.get(published.CONTEXT) or published.text(published.CONTEXT).encode()
    if outline.FILE in site.inputs.reference:
        made[_MAP] = outline.data(site.inputs.reference)
    bundle = {name: _packaged("bundle", name) for name in FILES}
    size = len(bundle[ENGINE]) + len(made[GRAPH])
    single = one_file.page(
        site,
        [_page(site, lang, (0, 0), alone=True) for lang in LANGUAGES],
        _inline(made),
        {"graph": made[GRAPH], "words": gzipped(made[_WORDS]), "context": gzipped(made[_CONTEXT])},
        {**bundle, "alone.js": _packaged("web", "alone.js")},
    )
    for lang in LANGUAGES:
        path, html = site.render(_page(site, lang, (len(single), size)))
        made[path] = html
    yield from sorted(made.items())
    yield ALONE, single


def _inline(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """The JSON that the page which is one file holds, by the name that its script gives it."""
    found = {
        f"{name}-{lang}": made[f"assets/{name}-{lang}.json"] for name in ("names", "cookbook") for lang in LANGUAGES
    }
    found["builder"] = made[_BUILDER]
    return found | ({"map": made[_MAP]} if _MAP in made else {})


def questions(lang: Language, context: Context) -> list[dict[str, str]]:
    """The cookbook in `lang`: each query with its name and summary, in alphabetical order of the summaries.

    Its text is plain SPARQL, which the page need not read to ask it.
    """
    found = []
    for query in cookbook.queries().values():
        summary = spaced(query.summary[lang], lang)
        found.append({"name": query.name, "summary": summary, "text": cookbook.standalone(query, lang, context)})
    return sorted(found, key=lambda query: (sort_key(query["summary"]), query["name"]))


def _answer(name: str, lang: Language) -> str:
    """Where the answer to a question is kept that the page shows before its engine is ready."""
    return f"assets/answers/{name}-{lang}.json.gz"


def _first(site: Site, words: Words, path: str) -> dict[str, object]:
    """The question that the page opens with, and its answer, which is there without a script."""
    query = cookbook.get(FIRST)
    given = cookbook.substitutions(query, {}, site.context)
    text = cookbook.standalone(query, words.lang, site.context)
    return {
        "text": text,
        "summary": spaced(query.summary[words.lang], words.lang),
        "answer": shown(site, words, query, given, path, _ROWS).said_once(),  # as `columns.js` shows it
    }


def _page(site: Site, lang: Language, size: tuple[int, int], *, alone: bool = False) -> Page:
    """The page; `size` is that of the page in one file, and that of what its engine needs."""
    words = Words(lang)
    page = Page(
        folder=FOLDER,
        lang=lang,
        template="playground_alone.html" if alone else "playground.html",
        title=words("play.title"),
        description=words("play.description"),
        section="playground",
    )
    found = questions(lang, site.context)
    cookbook_page = BASE + Folder.COOKBOOK if alone else page.root + place(Folder.COOKBOOK, lang)
    values = {
        "config": _config(site, words, page, alone, size[1]),
        "first": None if alone else _first(site, words, page.path),
        "subjects": [
            (key, subject[lang], [entry for entry in found if cookbook.get(entry["name"]).subject == key])
            for key, subject in cookbook.SUBJECTS.items()
        ],
        "cookbook_page": cookbook_page,
        "size": words("play.size", n=words.number(f"{size[0] / 1e6:.1f}")),
    }
    return replace(page, values=values)


def _config(site: Site, words: Words, page: Page, alone: bool, size: int) -> dict[str, object]:
    lang, assets = words.lang, page.root + "assets/"
    urls = {
        "worker": assets + "worker.js",
        "editor": assets + "editor.js",
        "wasm": assets + ENGINE,
        "graph": page.root + GRAPH,
        "names": f"{assets}names-{lang}.json",
        "cookbook": f"{assets}cookbook-{lang}.json",
        "words": page.root + _WORDS,
        "builder": page.root + _BUILDER,
        "files": assets + "files.js",
        "linker": assets + "linker.js",
        "places": page.root + places_in_page.FILE,
        "context": page.root + _CONTEXT,
        "answers": page.root + _answer("*", lang),
        "map": page.root + _MAP if outline.FILE in site.inputs.reference else "",
    }
    return {
        "lang": lang,
        "base": BASE,
        "root": BASE if alone else page.root,
        "alone": alone,
        "first": FIRST,
        "version": site.version,
        "endpoint": site.inputs.sparql,
        "bytes": size,
        "urls": {} if alone else urls,
        "words": words.under("play.script."),
        "editorWords": words.under("play.editor."),
        "builderWords": words.under("build."),
        "sentences": {key: spaced(both.fr) if lang == "fr" else both.en for key, both in SENTENCES.items()},
    }


def _graph(site: Site) -> bytes:
    dump = site.inputs.published.get("dumps/trophees.trig")
    return dump if dump is not None else encode(sorted(site.store, key=str), RdfFormat.TRIG, site.context)


def _json(value: object) -> bytes:
    return compact(value).encode() + b"\n"


def _packaged(folder: str, name: str) -> bytes:
    try:
        return (resources("trophees.site") / folder / name).read_bytes()
    except FileNotFoundError:
        raise UserError(f"{folder}/{name} is not there: run “python -m trophees.site.scripts” first") from None
