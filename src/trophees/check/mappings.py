"""Whether each concept that is to be matched with other vocabularies is, once, and without contradiction. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.source.mapping import BROAD, EXACT, SCHEMES
from trophees.source.mapping import Mapping as Row
from trophees.source.problem import Problem

KINDS = ("audience/", "organisation-kind/", "theme/", "tool/")  # of the concepts that are to be matched
RULE = "mapping:"


def problems(
    path: str, rows: Iterable[Row], concepts: Mapping[str, str], broader: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """What is wrong with the `rows` of the table at `path`, for the `concepts`: their English labels, by IRI.

    `broader` gives the broader concepts of each, the nearest alone.
    """
    rows = list(rows)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.subject, row.scheme].append(row)
        yield from _alone(path, row, concepts)
    for (subject, scheme), same in found.items():
        yield from _together(path, scheme, same)
        above = [row for iri in _above(subject, broader) for row in found.get((iri, scheme), ())]
        yield from _below(path, same, [row for row in above if row.stated and row.predicate == EXACT])
    exact: dict[str, Row] = {}
    for row in rows:
        if row.stated and row.predicate == EXACT and (first := exact.setdefault(row.object, row)) is not row:
            yield _said(
                path,
                row.line,
                "one-exact",
                f"« {row.object} » est déjà l’équivalent exact de « {_short(first.subject)} », ligne {first.line}",
                f"“{row.object}” is already the exact match of “{_short(first.subject)}”, line {first.line}",
            )
    for iri, scheme in ((iri, scheme) for iri in sorted(concepts) for scheme in SCHEMES.values()):
        if not any(row.stated or row.none for row in found.get((iri, scheme), ())):
            yield _said(
                path,
                1,
                "every-concept",
                f"« {_short(iri)} » n’a pas de ligne pour {scheme} : un terme, ou sssom:NoTermFound avec la raison",
                f"“{_short(iri)}” has no row for {scheme}: a term, or sssom:NoTermFound with the reason",
            )


def _alone(path: str, row: Row, concepts: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with one row, whatever the others say."""
    label = concepts.get(row.subject)
    if label is None:
        fr, en = f"« {_short(row.subject)} » n’est pas un concept à relier", "is no concept to match"
        yield _said(path, row.line, "known-concept", fr, f"“{_short(row.subject)}” {en}")
    elif label != row.subject_label:
        yield _said(
            path,
            row.line,
            "label",
            f"subject_label — le concept s’appelle « {label} », non « {row.subject_label} »",
            f"subject_label — the concept is called “{label}”, not “{row.subject_label}”",
        )
    if (row.none or row.refused) and not row.comment:
        fr, en = "comment — la raison est attendue", "comment — the reason is expected"
        yield _said(path, row.line, "reason", fr, en)
    if row.reviewer and row.reviewer == row.author:
        fr, en = "reviewer_label — c’est l’auteur de la ligne", "reviewer_label — this is the author of the row"
        yield _said(path, row.line, "two-readers", fr, en)
    if not row.none and not row.object_label:
        fr, en = "object_label — le nom attesté du terme est attendu", "object_label — the attested name is expected"
        yield _said(path, row.line, "object-label", fr, en)


def _together(path: str, scheme: str, rows: list[Row]) -> Iterator[Problem]:
    """What is wrong with the rows of one concept for one of the other vocabularies."""
    stated = [row for row in rows if row.stated]
    terms: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row.object, row.predicate if row.refused else "")
        first = terms.setdefault(key, row)
        if first is not row:
            fr, en = f"dit la même chose que la ligne {first.line}", f"says the same as line {first.line}"
            yield _said(path, row.line, "once", fr, en)
        if row.none and stated:
            yield _said(
                path,
                row.line,
                "none-or-some",
                f"dit que rien ne convient dans {scheme}, mais la ligne {stated[0].line} donne un terme",
                f"says that nothing matches in {scheme}, and line {stated[0].line} gives a term",
            )
        if row.refused and any(s.object == row.object and s.predicate == row.predicate for s in stated):
            fr, en = "refuse ce qu’une autre ligne affirme", "refuses what another line states"
            yield _said(path, row.line, "refused", fr, en)
    exact = [row for row in stated if row.predicate == EXACT]
    for row in exact[1:]:
        fr, en = "le concept a déjà un équivalent exact dans", "the concept has an exact match already in"
        line = exact[0].line
        yield _said(path, row.line, "one-exact", f"{fr} {scheme}, ligne {line}", f"{en} {scheme}, line {line}")


def _below(path: str, rows: list[Row], above: list[Row]) -> Iterator[Problem]:
    """Where the rows of a concept do not follow from the exact matches of those that are broader than it."""
    for row, exact in ((row, exact) for row in rows for exact in above):
        if row.none or (row.stated and row.object == exact.object and row.predicate != BROAD):
            term, concept = exact.object_label, _short(exact.subject)
            fr = f"« {term} », équivalent exact de « {concept} » (ligne {exact.line}), est plus large : skos:broadMatch"
            en = f"“{term}”, the exact match of “{concept}” (line {exact.line}), is broader: skos:broadMatch"
            yield _said(path, row.line, "broader", fr, en)


def _above(concept: str, broader: Mapping[str, Collection[str]]) -> set[str]:
    """All that is broader than the concept, however far."""
    found: set[str] = set()
    left = [*broader.get(concept, ())]
    while left:
        if (iri := left.pop()) not in found:
            found.add(iri)
            left += broader.get(iri, ())
    return found


def _said(path: str, line: int, rule: str, fr: str, en: str) -> Problem:
    return Problem(path, line, 1, RULE + rule, messages=Both(fr, en))


def _short(iri: str) -> str:
    return iri.removeprefix(BASE)
