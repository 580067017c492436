"""Rows made easier to read: IRIs by their compact names, and their labels beside them."""

from __future__ import annotations

import json

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from trophees.ask.question import Question
from trophees.base.namespaces import DCTERMS, RDFS, SKOS, TP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from trophees.ask.repository import Repository
    from trophees.base.context import Context
    from trophees.base.language import Language

_LABELS = [f"{SKOS}prefLabel", f"{RDFS}label", f"{TP}title", f"{DCTERMS}title"]  # the first that a thing has
_AT_ONCE = 500  # things whose labels are asked for


def shaped(
    rows: QuerySolutions, graph: Repository, context: Context, compact: bool = False, labels: Language | None = None
) -> QuerySolutions:
    """`rows`, with IRIs as plain strings, their compact names, if they are to be `compact` and have one.

    With `labels` in a language, beside each column that has IRIs, one called after it, `…_label`, that has what `graph`
    calls them: in that language, or in the one it has.
    """
    answer = json.loads(rows.serialize(format=QueryResultsFormat.JSON) or b"")
    columns, bindings = answer["head"]["vars"], answer["results"]["bindings"]
    if labels:
        columns = answer["head"]["vars"] = _labelled(columns, bindings, graph, labels)
    if compact:
        for row in bindings:
            for name, term in row.items():
                if term["type"] == "uri" and (short := context.compact(term["value"])) != term["value"]:
                    row[name] = {"type": "literal", "value": short}
    found = parse_query_results(json.dumps(answer).encode(), format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)  # as it came
    return found


def _labelled(columns: list[str], bindings: list[dict[str, Any]], graph: Repository, language: Language) -> list[str]:
    """Put the labels into `bindings`; the columns there are now."""
    iris = {name: {row[name]["value"] for row in bindings if _is_iri(row.get(name))} for name in columns}
    known = labels(graph, sorted(set().union(*iris.values())), language)
    found: list[str] = []
    for name in columns:
        found.append(name)
        if iris[name]:
            beside = f"{name}_label"
            while beside in columns:
                beside += "_"
            found.append(beside)
            for row in bindings:
                if _is_iri(row.get(name)) and (label := known.get(row[name]["value"])):
                    term = {"type": "literal", "value": label.value}
                    row[beside] = term | ({"xml:lang": label.language} if label.language else {})
    return found


def _is_iri(term: dict[str, Any] | None) -> bool:
    return term is not None and term["type"] == "uri"


def labels(graph: Repository, iris: Iterable[str], language: Language) -> dict[str, Literal]:
    """What `graph` calls each of `iris`, as far as it calls it anything: in `language` if it can."""
    wanted, ranked = list(iris), dict[str, dict[tuple[bool, int, str], Literal]]()
    kinds = " ".join(f"<{iri}>" for iri in _LABELS)
    for start in range(0, len(wanted), _AT_ONCE):
        things = " ".join(f"<{iri}>" for iri in wanted[start : start + _AT_ONCE])
        text = f"SELECT ?x ?p ?l {{ VALUES ?x {{ {things} }} VALUES ?p {{ {kinds} }} ?x ?p ?l FILTER(isLiteral(?l)) }}"
        rows = graph.ask(Question("labels", text))
        assert isinstance(rows, QuerySolutions)  # as SELECT has
        for row in rows:
            label, kind = row["l"], row["p"]
            if isinstance(label, Literal) and isinstance(kind, NamedNode):
                rank = (label.language not in (language, None), _LABELS.index(kind.value), str(label))
                ranked.setdefault(row["x"].value, {})[rank] = label
    return {iri: found[min(found)] for iri, found in ranked.items()}
