"""What the instances of each class have, and how often: VoID's partitions inside of one another (section 4.5). Pure.

Class, then property, then the class or the datatype of the value: with the terms that SIB's generator of VoID uses, and
that those who write queries by program look for. The catalogue has the outer partitions alone: it is for portals.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from pyoxigraph import Literal, NamedNode, Store, Triple

from trophees.base.namespaces import RDF_TYPE, VOID, VOID_EXT
from trophees.graph.walk import Subject, described
from trophees.publish.void import count, part

Use = tuple[str, str]  # a class, and a property of its instances
Values = tuple[bool, str]  # of a class, or else of a datatype: its IRI


def describe(dataset: NamedNode, store: Store) -> list[Triple]:
    """The partitions of the class partitions of `dataset`, whose graph is `store`.

    Of each property: the triples, and the instances that have it; of these triples those whose value is of a class or a
    datatype. A value that has several classes counts in each, one without a class in none. The property `rdf:type` is
    left out: the class says it.
    """
    triples, subjects, values = _counted(store)
    said: list[Triple] = []
    outer = {cls: part([], dataset, "class", cls) for cls in sorted({cls for cls, _ in triples})}
    inner: dict[Use, NamedNode] = {}
    for (cls, name), number in sorted(triples.items()):
        inner[cls, name] = found = part(said, outer[cls], "property", name)
        said += [count(found, "triples", number), count(found, "distinctSubjects", subjects[cls, name])]
    for (use, (of_class, iri)), number in sorted(values.items()):
        kind, namespace = ("class", VOID) if of_class else ("datatype", VOID_EXT)
        said.append(count(part(said, inner[use], kind, iri, namespace), "triples", number))
    return said


def _counted(store: Store) -> tuple[Counter[Use], Counter[Use], Counter[tuple[Use, Values]]]:
    """How many triples, and how many subjects, each use of a property has; how many triples with what values."""
    classes = _classes(store)
    triples: Counter[Use] = Counter()
    subjects: Counter[Use] = Counter()
    values: Counter[tuple[Use, Values]] = Counter()
    for told in described(store):
        own = classes.get(told[0].subject, ())
        for cls in own:
            seen: Counter[Use] = Counter()
            for triple in told:
                if triple.predicate == RDF_TYPE:
                    continue
                use = cls, triple.predicate.value
                seen[use] += 1
                if isinstance(triple.object, Literal):
                    values[use, (False, triple.object.datatype.value)] += 1
                else:
                    values.update((use, (True, iri)) for iri in classes.get(triple.object, ()))
            triples += seen
            subjects.update(seen.keys())
    return triples, subjects, values


def _classes(store: Store) -> dict[Subject, tuple[str, ...]]:
    """The classes of each instance."""
    found: defaultdict[Subject, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, RDF_TYPE, None, None):
        if isinstance(quad.object, NamedNode):
            found[quad.subject].add(quad.object.value)
    return {subject: tuple(sorted(iris)) for subject, iris in found.items()}
