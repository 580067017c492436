"""What the instances of each class have, and how often: VoID's partitions inside of one another (section 4.5). Pure.

Class, then property, then the class or the datatype of the value: with the terms that SIB's generator of VoID uses, and
that those who write queries by program look for. The catalogue has the outer partitions alone: it is for portals.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from pyoxigraph import Literal, NamedNode, Store, Triple

from trophees.base.namespaces import RDF_TYPE, VOID, VOID_EXT
from trophees.graph.walk import Described, Subject
from trophees.publish.void import count, part
from trophees.publish.writers.spool import Spools
from trophees.publish.writers.writer import Files

Use = tuple[str, str]  # a class, and a property of its instances
Values = tuple[bool, str]  # of a class, or else of a datatype: its IRI


class Uses:
    """How many triples, and how many subjects, each use of a property has; how many triples with what values: counted
    as the graph in `store` passes (a `Writer` of no file).
    """

    def __init__(self, store: Store) -> None:
        self._classes = _classes(store)
        self.triples: Counter[Use] = Counter()
        self.subjects: Counter[Use] = Counter()
        self.values: Counter[tuple[Use, Values]] = Counter()

    def begin(self, spools: Spools) -> None:
        """As `Writer`."""

    def subject(self, told: Described) -> None:
        """As `Writer`."""
        for cls in self._classes.get(told.subject, ()):
            seen: Counter[Use] = Counter()
            for triple in told.triples:
                if triple.predicate == RDF_TYPE:
                    continue
                use = cls, triple.predicate.value
                seen[use] += 1
                if isinstance(triple.object, Literal):
                    self.values[use, (False, triple.object.datatype.value)] += 1
                else:
                    self.values.update((use, (True, iri)) for iri in self._classes.get(triple.object, ()))
            self.triples.update(seen)
            self.subjects.update(seen.keys())

    def end(self) -> Files:
        """As `Writer`."""
        return iter(())


def describe(dataset: NamedNode, uses: Uses) -> list[Triple]:
    """The partitions of the class partitions of `dataset`, in whose graph there are these `uses`.

    Of each property: the triples, and the instances that have it; of these triples those whose value is of a class or a
    datatype. A value that has several classes counts in each, one without a class in none. The property `rdf:type` is
    left out: the class says it.
    """
    said: list[Triple] = []
    outer = {cls: part([], dataset, "class", cls) for cls in sorted({cls for cls, _ in uses.triples})}
    inner: dict[Use, NamedNode] = {}
    for (cls, name), number in sorted(uses.triples.items()):
        inner[cls, name] = found = part(said, outer[cls], "property", name)
        said += [count(found, "triples", number), count(found, "distinctSubjects", uses.subjects[cls, name])]
    for (use, (of_class, iri)), number in sorted(uses.values.items()):
        kind, namespace = ("class", VOID) if of_class else ("datatype", VOID_EXT)
        said.append(count(part(said, inner[use], kind, iri, namespace), "triples", number))
    return said


def _classes(store: Store) -> dict[Subject, tuple[str, ...]]:
    """The classes of each instance."""
    found: defaultdict[Subject, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, RDF_TYPE, None, None):
        if isinstance(quad.object, NamedNode):
            found[quad.subject].add(quad.object.value)
    return {subject: tuple(sorted(iris)) for subject, iris in found.items()}
