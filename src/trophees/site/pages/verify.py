"""The page that verifies a citation in the browser, and what became of facts since former releases, which it looks up.

What is cited from this release is computed anew: a fact from its data file, an answer by the engine of the playground.
What is cited from an earlier one is found in `assets/former-….js`, made here of what each release changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trophees.ask import fingerprint
from trophees.base.addresses import Folder
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE
from trophees.changes.entity import Kind, Part
from trophees.publish.feeds.history import Step, steps
from trophees.site.handed import assigned
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import Page
from trophees.site.scripts import ENGINE

_GRAPH = "assets/trophees.trig.gz"  # of the playground


@dataclass(frozen=True)
class Change:
    """What the release `version` did to a thing or a fact, in words. `successor` is the short IRI of its own."""

    version: str
    kind: Kind
    text: Both
    successor: str = ""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page, and what it looks up, in each language."""
    known = history(site)
    told, came, became = releases(known), added(known), facts(site, known)
    for lang in LANGUAGES:
        said = {
            iri: [[change.version, change.kind, change.text[lang], change.successor] for change in changes]
            for iri, changes in became.items()
        }
        yield _former(lang), assigned("tropheesFormer", {"releases": told, "facts": said, "added": came})
        yield site.render(_page(lang, told))


def history(site: Site) -> list[Step]:
    """The releases that are known, the one of this site last; none if it says no version."""
    return steps(site.store, site.inputs.past, site.version) if site.released else []


def releases(known: list[Step]) -> list[list[str]]:
    """The version, the day and the sum of each."""
    return [[step.version, step.day, fingerprint.of_lines(step.new)] for step in known]


def added(known: list[Step]) -> dict[str, list[str]]:
    """What each release but the first brought that was not there: a fact alone, or a thing with all its facts."""
    found: dict[str, list[str]] = {}
    for step in known[1:]:
        things = {_short(entity.iri) for entity in step.entities if entity.kind == "added"}
        parts = {_short(part.iri) for entity in step.entities for part in entity.parts if part.kind == "added"}
        found[step.version] = sorted(things | {part for part in parts if part.partition("#")[0] not in things})
    return found


def facts(site: Site, known: list[Step]) -> dict[str, list[Change]]:
    """What releases did to each thing and fact that they changed or took out, by its short IRI."""
    found: dict[str, list[Change]] = {}
    for step in known[1:]:
        words = step.words(site.context)
        for entity in step.entities:
            for part in entity.parts:
                if ended := site.ended.get(part.iri) if part.kind == "removed" else None:
                    change = Change(step.version, part.kind, ended.reason, _short(ended.successor))
                elif part.kind == "removed" or _says_else(part):
                    change = Change(step.version, part.kind, words.part(entity, part))
                else:
                    continue
                if change.text.fr:
                    found.setdefault(_short(part.iri), []).append(change)
    for one in site.withdrawals:  # some are older than what is kept
        if not any(change.kind == "removed" for change in found.get(_short(one.iri), [])):
            older = Change(one.release, "removed", one.reason, _short(one.successor))
            found.setdefault(_short(one.iri), []).append(older)
    return dict(sorted(found.items()))


def _says_else(part: Part) -> bool:
    """Whether a part that changed says something else: not only by another graph, nor only what follows from others."""
    own = [value for value in part.values if not value.derived]
    moved = [value for value in own if value.old and value.new and value.old.object == value.new.object]
    return part.kind == "changed" and len(own) > len(moved)


def _short(iri: str) -> str:
    return iri.removeprefix(BASE)


def _former(lang: Language) -> str:
    return f"assets/former-{lang}.js"


def _page(lang: Language, known: list[list[str]]) -> Page:
    words = Words(lang)
    page = Page(
        folder=Folder.VERIFY,
        lang=lang,
        template="verify.html",
        title=words("verify.title"),
        description=words("verify.lede"),
        section="data",
    )
    version, day, sha256 = known[-1] if known else ("", "", "")
    urls = {"worker": "assets/worker.js", "wasm": f"assets/{ENGINE}", "graph": _GRAPH, "former": _former(lang)}
    config = {
        "base": BASE,
        "root": page.root,
        "lang": lang,
        "version": version,
        "sha256": sha256,
        "urls": {name: page.root + path for name, path in urls.items()},
        "words": words.under("verify.script."),
    }
    return replace(page, values={"config": config, "day": day, "sha256": sha256})
