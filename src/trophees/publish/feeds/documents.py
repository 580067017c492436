"""What the newest release changed, for readers and for programs: `CHANGES.md`, in both languages, and `changes.ttl`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import RdfFormat

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.changes import change_set, report
from trophees.publish.feeds.atom import change_set_name
from trophees.publish.feeds.history import Step
from trophees.publish.turtle import encode

RELEASE = BASE + "release/"
_FILES = Both("CHANGEMENTS.md", "CHANGES.md")
_SINCE = Both("# Ce qui change en {}, depuis {}\n\n", "# What changes in {}, since {}\n\n")
_FIRST = Both(
    "# {}\n\nC’est la première version dont le contenu est gardé : rien n’est comparé.\n",
    "# {}\n\nThis is the first release whose content is kept: nothing is compared.\n",
)


def files(step: Step, context: Context) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The three files of a release."""
    words = step.words(context)
    for language, path in _FILES.items():
        if step.before:
            text = [_SINCE[language].format(step.version, step.before)]
            text += report.markdown(step.found, step.entities, words, language)
        else:
            text = [_FIRST[language].format(step.version)]
        yield path, ["".join(text).encode()]
    things = step.entities if step.before else []
    old = RELEASE + step.before if step.before else ""
    said = change_set.triples(change_set_name(step), things, words, old, RELEASE + step.version, step.day, whole=False)
    yield "changes.ttl", [encode(said, RdfFormat.TURTLE, context)]
