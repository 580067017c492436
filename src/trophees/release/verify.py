"""`trophees verify`: does a citation hold? The release, the words of a fact, the answer of a query are computed anew.

What is cited from an earlier release is told from `data/changes/`, where a checkout has it: whether the fact stands,
has changed, and how, or was withdrawn, and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from trophees.ask import cookbook, fingerprint
from trophees.ask.engine import Embedded
from trophees.ask.question import Question, find
from trophees.base import checkout
from trophees.base.citation import Citation
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES, Both
from trophees.base.namespaces import DCAT, GRAPH, RDF_TYPE, TP
from trophees.changes import sources
from trophees.changes.difference import Difference
from trophees.changes.entity import entities
from trophees.changes.names import surroundings
from trophees.changes.statements import Lines
from trophees.changes.wording import Wording
from trophees.graph import published
from trophees.publish.feeds.history import Past
from trophees.publish.withdrawals import withdrawals
from trophees.release import past
from trophees.release.verdict import Finding, found

_SUMS, _DUMP = "SHA256SUMS", "dumps/trophees.nq"
_VERSION = re.compile(rb"<%b> \"([0-9]{4}\.[0-9]+)\"" % re.escape((DCAT + "version").encode()))
_DATASET = f"{RDF_TYPE} <{DCAT}Dataset> "
_WITHDRAWALS = NamedNode(f"{GRAPH}withdrawn")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Release:
    """A release: its version, empty if it has none; its lines, in order; and their sum."""

    version: str
    lines: Sequence[bytes]
    sha256: str

    @classmethod
    def of(cls, lines: Lines) -> Release:
        """The release that `lines` hold."""
        held = list(lines)
        versions = [match[1].decode() for line in held if (match := _VERSION.search(line))]
        latest = max(versions, key=lambda version: tuple(map(int, version.split("."))), default="")
        return cls(latest, held, fingerprint.of_lines(held))

    def is_dataset(self, iri: str) -> bool:
        """Whether that is the name of the whole, which every release changes."""
        return any(line.startswith(f"<{iri}> {_DATASET}".encode()) for line in self.lines)

    def about(self, iri: str) -> tuple[bytes, ...]:
        """What it says of `iri` itself."""
        beginning = f"<{iri}> ".encode()
        return tuple(line for line in self.lines if line.startswith(beginning))


def verify(cited: Citation, name: str, folder: Path) -> list[Finding]:
    """What is found of what is `cited`, in the release called `name` (as in `trophees diff`; empty for the published
    one), with what the checkout that holds `folder` keeps of others. UserError if nothing is cited, or it is not there.
    """
    if not (cited.iri or cited.query or cited.sha256):
        raise UserError(
            "nothing to verify is cited: a release by its SHA-256, a fact by its IRI, or a query is expected"
        )
    here = Release.of(sources.read(name or str(published.path(published.GRAPH)), folder))
    findings = list(_sums(Path(name), here)) if name else []
    told, then = _release(cited, here, folder)
    findings.append(told)
    if cited.iri and not here.is_dataset(cited.iri):
        findings += _thing(cited, then, here)
    if cited.query:
        findings.append(_answer(cited, then or here))
    return findings


def question(given: str) -> str:
    """The text of the query that `given` is, or names: SPARQL, a file, a query of the cookbook. UserError as `find`.

    What has parameters is asked with their defaults.
    """
    context = Context(published.text(published.CONTEXT))
    if given in cookbook.queries():
        return cookbook.standalone(cookbook.get(given), "en", context)
    asked = find(given, {}, context)
    if asked.values:
        return cookbook.standalone(cookbook.load(asked.text, asked.name, filed=False), "en", context)
    return asked.text


def _sums(folder: Path, here: Release) -> Iterator[Finding]:
    """Whether the sums that lie in a folder are those of what it holds."""
    sums = next((path for path in (folder / _SUMS, folder / "publish" / _SUMS) if path.is_file()), None)
    if sums is not None:
        lines = sums.read_text("utf-8", "replace").splitlines()
        told = [line.split()[0].lower() for line in lines if line.endswith((f" {_DUMP}", f" *{_DUMP}"))]
        if told and told[0] != here.sha256:
            yield found("file-sums", file=str(sums), sum=here.sha256)


def _release(cited: Citation, here: Release, folder: Path) -> tuple[Finding, Release | None]:
    """What is found of the release that is cited, and that release, unless it is not known."""
    version, same_number = here.version or "?", cited.version in ("", here.version)
    if not cited.sha256 and same_number:
        return found("no-sum" if cited.version else "no-release", version=version), here
    if cited.sha256 == here.sha256 and same_number:
        return found("this", version=here.version, sum=here.sha256), here
    if cited.sha256 == here.sha256:
        return found("wrong-number", version=version, cited=cited.version), here
    for version, lines in _past(folder).releases():
        then = Release(version, lines, fingerprint.of_lines(lines))
        if then.sha256 == cited.sha256 and cited.version not in ("", version):
            return found("wrong-number", version=version, cited=cited.version), then
        if then.sha256 == cited.sha256 or (version == cited.version and not cited.sha256):
            return found("kept", version=version, here=here.version), then
        if version == cited.version:
            return found("wrong-sum", version=version, sum=then.sha256, cited=cited.sha256), then
    if cited.version == here.version:
        return found("other", version=here.version, sum=here.sha256, cited=cited.sha256), here
    if cited.sha256:
        return found("unknown", cited=cited.sha256), None
    return found("unknown-number", cited=cited.version), None


def _past(folder: Path) -> Past:
    """What the checkout that holds `folder` keeps of former releases: nothing, where there is none."""
    try:
        root = checkout.root(folder)
    except UserError:
        return Past()
    return past.read(root)


def _thing(cited: Citation, then: Release | None, here: Release) -> Iterator[Finding]:
    """What is found of the thing or the fact that is cited: in the release that is cited, or in this one, and since."""
    said = (then or here).about(cited.iri)
    if not said:
        yield _gone(cited.iri, here) or found("no-thing", iri=cited.iri)
        return
    yield _words(cited, said)
    if then is not None and then.sha256 != here.sha256:
        yield _since(cited.iri, then, here)


def _words(cited: Citation, said: Iterable[bytes]) -> Finding:
    """Whether a fact prints what is cited."""
    printed = [text for predicate, text in _literals(said) if predicate == f"{TP}printed"]
    words = " ".join(printed)
    if cited.printed and not words:
        return found("no-words", cited=cited.printed)
    if cited.printed and _plain(words) != _plain(cited.printed):
        return found("other-words", words=words, cited=cited.printed)
    return found("same-words", words=words) if cited.printed else found("says", words=words or cited.iri)


def _since(iri: str, then: Release, here: Release) -> Finding:
    """What became of `iri` from one release to another."""
    old, new = (_said(release.about(iri)) for release in (then, here))
    if old.keys() == new.keys():
        return found("stands", version=then.version, here=here.version)
    if ended := _gone(iri, here):
        return ended
    gone, come = (tuple(one[said] for said in sorted(one.keys() - other)) for one, other in ((old, new), (new, old)))
    changes = Difference(gone, come)
    known = surroundings(then.lines, here.lines, changes)
    words = Wording(known, Context(published.text(published.CONTEXT)).compact)
    parts = [words.part(entity, part) for entity in entities(changes, known) for part in entity.said]
    if not any(part.fr for part in parts):  # only what follows from others
        return found("stands", version=then.version, here=here.version)
    fr, en = (" ".join(filter(None, (part[language] for part in parts))) for language in LANGUAGES)
    return found("changed", version=then.version, here=here.version, changes=Both(fr, en))


def _gone(iri: str, here: Release) -> Finding | None:
    """That `iri` was withdrawn, as `here` tells it; None if it was not."""
    store = Store()
    store.bulk_extend(quad for quad in _quads(here.lines) if quad.graph_name == _WITHDRAWALS)
    ended = next((one for one in withdrawals(store) if one.iri == iri), None)
    if ended is None:
        return None
    rule = "replaced" if ended.successor else "withdrawn"
    return found(rule, version=ended.release, reason=ended.reason, successor=ended.successor)


def _said(lines: Iterable[bytes]) -> dict[bytes, bytes]:
    """The lines of a subject by their triples: which graph says one of them is no part of what is said."""
    return {str(quad.triple).encode(): f"{quad} .\n".encode() for quad in _quads(lines)}


def _answer(cited: Citation, release: Release) -> Finding:
    """Whether a query answers what is cited, asked of `release`."""
    store = Store()
    store.bulk_extend(_quads(release.lines))
    try:
        prefixes = Context(published.text(published.CONTEXT)).prefixes
        answer = fingerprint.of_answer(Embedded(store, prefixes).ask(Question("query", cited.query)))
    except UserError as error:
        return found("no-answer", error=str(error))
    if not cited.answer:
        return found("answer", sum=answer)
    return found("same-answer" if answer == cited.answer else "other-answer", sum=answer, cited=cited.answer)


def _quads(lines: Iterable[bytes]) -> Iterator[Quad]:
    return parse(b"".join(lines), format=RdfFormat.N_QUADS)


def _literals(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    for quad in _quads(lines):
        if isinstance(quad.object, Literal) and isinstance(quad.predicate, NamedNode):
            yield quad.predicate.value, quad.object.value


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
