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

_SUMS, _DUMP = "SHA256SUMS", "dumps/trophees.nq"
_VERSION = re.compile(rb"<%b> \"([0-9]{4}\.[0-9]+)\"" % re.escape((DCAT + "version").encode()))
_DATASET = f"{RDF_TYPE} <{DCAT}Dataset> "
_WITHDRAWALS = NamedNode(f"{GRAPH}withdrawn")
_SPACES = re.compile(r"\s+")

_THIS = Both("La version {0} est celle que la citation nomme : {1}.", "Release {0} is the one that is cited: {1}.")
_OTHER = Both(
    "La version {0} n’est pas celle que la citation nomme : sa somme est {1}, et non {2}.",
    "Release {0} is not the one that is cited: its sum is {1}, not {2}.",
)
_KEPT = Both(
    "La citation nomme la version {0}, gardée dans l’historique ; elle est comparée à la version {1}.",
    "Release {0} is cited, which the history has; it is compared with release {1}.",
)
_UNKNOWN = Both(
    "Aucune version connue ici n’a la somme citée : {0}.",
    "No release that is known here has the sum that is cited: {0}.",
)
_UNKNOWN_NUMBER = Both(
    "Aucune version connue ici n’a le numéro cité : {0}.",
    "No release that is known here has the number that is cited: {0}.",
)
_WRONG_SUM = Both(
    "La version {0} est connue, et sa somme n’est pas celle de la citation : {1}, et non {2}.",
    "Release {0} is known, and its sum is not the one that is cited: {1}, not {2}.",
)
_WRONG_NUMBER = Both(
    "La somme citée est celle de la version {0}, et non de la version {1}.",
    "The sum that is cited is that of release {0}, not of release {1}.",
)
_NO_SUM = Both(
    "La citation ne donne pas la somme de la version : seul son numéro est comparé ({0}).",
    "The citation gives no sum of the release: only its number is compared ({0}).",
)
_NO_RELEASE = Both(
    "La citation ne nomme aucune version : elle est comparée à la version {0}.",
    "The citation names no release: it is compared with release {0}.",
)
_FILE_SUMS = Both("{0} n’est pas du fichier que voici : {1}.", "{0} is not of the file that is here: {1}.")
_NO_THING = Both("Rien ne s’appelle {0} dans cette version.", "Nothing is called {0} in this release.")
_SAYS = Both("Ce qui est cité y est : {0}.", "What is cited is there: {0}.")
_SAME_WORDS = Both("Les mots imprimés sont ceux de la citation : « {0} ».", "The printed words are those cited: “{0}”.")
_OTHER_WORDS = Both(
    "Les mots imprimés ne sont pas ceux de la citation : « {0} », et non « {1} ».",
    "The printed words are not those cited: “{0}”, not “{1}”.",
)
_NO_WORDS = Both(
    "Rien n’y est dit imprimé, et la citation donne « {0} ».",
    "Nothing there is said to be printed, and “{0}” is cited.",
)
_STANDS = Both("Rien n’en a changé de la version {0} à la version {1}.", "None of it changed from release {0} to {1}.")
_CHANGED = Both("De la version {0} à la version {1} : {2}", "From release {0} to {1}: {2}")
_WITHDRAWN = Both("Retiré dans la version {0} : {1}", "Withdrawn in release {0}: {1}")
_SUCCESSOR = Both("À sa place : {0}.", "In its place: {0}.")
_NO_SUCCESSOR = Both("Rien ne le remplace.", "Nothing replaces it.")
_SAME_ANSWER = Both("La requête donne la réponse citée : {0}.", "The query gives the answer that is cited: {0}.")
_OTHER_ANSWER = Both(
    "La requête ne donne pas la réponse citée : {0}, et non {1}.",
    "The query does not give the answer that is cited: {0}, not {1}.",
)
_ANSWER = Both(
    "La somme de la réponse est {0} ; la citation n’en donne pas.", "The sum of the answer is {0}; none is cited."
)
_NO_ANSWER = Both("La requête n’a pas de réponse : {0}", "The query has no answer: {0}")


@dataclass(frozen=True)
class Finding:
    """A sentence of the verdict, and whether what it says bears the citation out."""

    text: Both
    holds: bool


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
        found = [match[1].decode() for line in held if (match := _VERSION.search(line))]
        latest = max(found, key=lambda version: tuple(map(int, version.split("."))), default="")
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
    found = list(_sums(Path(name), here)) if name else []
    told, then = _release(cited, here, folder)
    found += told
    if cited.iri and not here.is_dataset(cited.iri):
        found += _thing(cited, then, here)
    if cited.query:
        found += _answer(cited, then or here)
    return found


def question(given: str) -> str:
    """The text of the query that `given` is, or names: SPARQL, a file, a query of the cookbook. UserError as `find`.

    What has parameters is asked with their defaults.
    """
    context = Context(published.text(published.CONTEXT))
    found = find(given, {}, context)
    if given in cookbook.queries():
        return cookbook.standalone(cookbook.get(given), "en", context)
    if found.values:
        return cookbook.standalone(cookbook.load(found.text, found.name, filed=False), "en", context)
    return found.text


def _sums(folder: Path, here: Release) -> Iterator[Finding]:
    """Whether the sums that lie in a folder are those of what it holds."""
    sums = next((path for path in (folder / _SUMS, folder / "publish" / _SUMS) if path.is_file()), None)
    if sums is not None:
        found = [line.split()[0] for line in sums.read_text("utf-8").splitlines() if line.endswith(f" {_DUMP}")]
        if found and found[0] != here.sha256:
            yield Finding(_both(_FILE_SUMS, str(sums), here.sha256), holds=False)


def _release(cited: Citation, here: Release, folder: Path) -> tuple[list[Finding], Release | None]:
    """What is found of the release that is cited, and that release, unless it is not known."""
    if not cited.sha256 and cited.version in ("", here.version):
        return [Finding(_both(_NO_SUM if cited.version else _NO_RELEASE, here.version or "?"), holds=True)], here
    if cited.sha256 == here.sha256:
        if cited.version in ("", here.version):
            return [Finding(_both(_THIS, here.version, here.sha256), holds=True)], here
        return [Finding(_both(_WRONG_NUMBER, here.version or "?", cited.version), holds=False)], here
    for version, lines in _past(folder).releases():
        named = version == cited.version
        sha256 = fingerprint.of_lines(lines)
        if sha256 == cited.sha256 and cited.version and not named:
            return [Finding(_both(_WRONG_NUMBER, version, cited.version), holds=False)], Release(version, lines, sha256)
        if sha256 == cited.sha256 or (named and not cited.sha256):
            return [Finding(_both(_KEPT, version, here.version), holds=True)], Release(version, lines, sha256)
        if named:
            found = Finding(_both(_WRONG_SUM, version, sha256, cited.sha256), holds=False)
            return [found], Release(version, lines, sha256)
    if cited.version == here.version:
        return [Finding(_both(_OTHER, here.version, here.sha256, cited.sha256), holds=False)], here
    unknown = _both(_UNKNOWN, cited.sha256) if cited.sha256 else _both(_UNKNOWN_NUMBER, cited.version)
    return [Finding(unknown, holds=False)], None


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
        yield _gone(cited.iri, here) or Finding(_both(_NO_THING, cited.iri), holds=False)
        return
    yield from _words(cited, said)
    if then is not None and then.sha256 != here.sha256:
        yield _since(cited.iri, then, here)


def _words(cited: Citation, said: Iterable[bytes]) -> Iterator[Finding]:
    """Whether a fact prints what is cited."""
    printed = [text for predicate, text in _literals(said) if predicate == f"{TP}printed"]
    words = " ".join(printed)
    if cited.printed and not words:
        yield Finding(_both(_NO_WORDS, cited.printed), holds=False)
    elif cited.printed and _plain(words) != _plain(cited.printed):
        yield Finding(_both(_OTHER_WORDS, words, cited.printed), holds=False)
    elif words:
        yield Finding(_both(_SAME_WORDS if cited.printed else _SAYS, words), holds=True)
    else:
        yield Finding(_both(_SAYS, cited.iri), holds=True)


def _since(iri: str, then: Release, here: Release) -> Finding:
    """What became of `iri` from one release to another."""
    old, new = (_said(release.about(iri)) for release in (then, here))
    if old.keys() == new.keys():
        return Finding(_both(_STANDS, then.version, here.version), holds=True)
    if ended := _gone(iri, here):
        return ended
    gone, come = (tuple(one[said] for said in sorted(one.keys() - other)) for one, other in ((old, new), (new, old)))
    changes = Difference(gone, come)
    known = surroundings(then.lines, here.lines, changes)
    words = Wording(known, Context(published.text(published.CONTEXT)).compact)
    parts = [words.part(entity, part) for entity in entities(changes, known) for part in entity.said]
    if not any(part.fr for part in parts):  # only what follows from others
        return Finding(_both(_STANDS, then.version, here.version), holds=True)
    fr, en = (" ".join(filter(None, (part[language] for part in parts))) for language in LANGUAGES)
    return Finding(
        Both(_CHANGED.fr.format(then.version, here.version, fr), _CHANGED.en.format(then.version, here.version, en)),
        holds=False,
    )


def _gone(iri: str, here: Release) -> Finding | None:
    """That `iri` was withdrawn, as `here` tells it; None if it was not."""
    store = Store()
    store.bulk_extend(quad for quad in _quads(here.lines) if quad.graph_name == _WITHDRAWALS)
    ended = next((one for one in withdrawals(store) if one.iri == iri), None)
    if ended is None:
        return None
    end = _both(_SUCCESSOR, ended.successor) if ended.successor else _NO_SUCCESSOR
    told = Both(
        _WITHDRAWN.fr.format(ended.release, ended.reason.fr), _WITHDRAWN.en.format(ended.release, ended.reason.en)
    )
    return Finding(Both(f"{told.fr} {end.fr}", f"{told.en} {end.en}"), holds=False)


def _said(lines: Iterable[bytes]) -> dict[bytes, bytes]:
    """The lines of a subject by their triples: which graph says one of them is no part of what is said."""
    return {str(quad.triple).encode(): f"{quad} .\n".encode() for quad in _quads(lines)}


def _answer(cited: Citation, release: Release) -> list[Finding]:
    """Whether a query answers what is cited, asked of `release`."""
    store = Store()
    store.bulk_extend(_quads(release.lines))
    try:
        prefixes = Context(published.text(published.CONTEXT)).prefixes
        found = fingerprint.of_answer(Embedded(store, prefixes).ask(Question("query", cited.query)))
    except UserError as error:
        return [Finding(_both(_NO_ANSWER, str(error)), holds=False)]
    if not cited.answer:
        return [Finding(_both(_ANSWER, found), holds=True)]
    same = found == cited.answer
    return [Finding(_both(_SAME_ANSWER, found) if same else _both(_OTHER_ANSWER, found, cited.answer), same)]


def _quads(lines: Iterable[bytes]) -> Iterator[Quad]:
    return parse(b"".join(lines), format=RdfFormat.N_QUADS)


def _literals(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    for quad in _quads(lines):
        if isinstance(quad.object, Literal) and isinstance(quad.predicate, NamedNode):
            yield quad.predicate.value, quad.object.value


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _both(sentence: Both, *values: str) -> Both:
    return Both(sentence.fr.format(*values), sentence.en.format(*values))
