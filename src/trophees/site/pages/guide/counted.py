"""How many values of a property a thing has, and which editions have any: what a query must not take for granted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, Triple

from trophees.base.namespaces import TP
from trophees.site.collation import natural
from trophees.site.model import Site
from trophees.site.statements import TYPE

_EDITIONS = """SELECT DISTINCT ?s (STR(?y) AS ?year) {
  { ?s tp:edition/tp:year ?y } UNION { ?s tp:about/tp:edition/tp:year ?y }
}"""


class Counted:
    """What the triples of the data tell of each property."""

    def __init__(self, site: Site, triples: Iterable[Triple]) -> None:
        self.members: dict[str, set[str]] = defaultdict(set)
        self.values: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for triple in triples:
            subject, predicate, value = str(triple.subject), triple.predicate.value, triple.object
            if predicate == TYPE:
                self.members[value.value].add(subject)  # type: ignore[union-attr]
            else:
                language = (value.language or "") if isinstance(value, Literal) else ""
                self.values[predicate][subject, language] += 1
        self.years: dict[str, set[str]] = defaultdict(set)
        for row in site.query(_EDITIONS):
            self.years[str(row["s"])].add(row["year"].value)

    def each(self, iri: str, classes: Iterable[str]) -> str:
        """The least and the most values, in one language, of the things of these classes: `1`, `0–1`, `2–7`."""
        most: Counter[str] = Counter()
        for (subject, _), number in self.values[iri].items():
            most[subject] = max(most[subject], number)
        things = set().union(*(self.members[c] for c in classes))
        numbers = [most[subject] for subject in things] or list(most.values())
        least, greatest = min(numbers), max(numbers)
        return str(greatest) if least == greatest else f"{least}–{greatest}"

    def editions(self, iri: str) -> list[str]:
        """The editions that have it, if it is one of ours that some editions have, and others not; else none."""
        every = set().union(*self.years.values()) if self.years else set()
        subjects = {subject for subject, _ in self.values[iri]}
        if not iri.startswith(TP) or not subjects <= self.years.keys():
            return []
        having = set().union(*(self.years[subject] for subject in subjects))
        return sorted(having, key=natural) if having < every else []
