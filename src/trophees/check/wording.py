"""The sentence of a finding, in French and in English: what its shape expects, and what was found. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib import RDFS, SH
from rdflib.term import Node

from trophees.base.context import Context
from trophees.base.errors import brief, nearest
from trophees.base.language import Language
from trophees.base.namespaces import BASE
from trophees.base.rdflib_terms import Term
from trophees.check.shacl import Finding

Types = dict[str, set[str]]
_NO_DIGIT = dict.fromkeys(map(ord, "0123456789"))


def expected(shapes: rdflib.Graph, finding: Finding, language: Language) -> str:
    """What the shape of `finding` says: its sh:message, or that of its sh:sparql, which then speaks for it."""
    return _text(shapes, rdflib.URIRef(finding.constraint or finding.shape), SH.message, language)


def _text(shapes: rdflib.Graph, node: Node, predicate: Node, language: Language) -> str:
    found = {o.language: str(o) for o in shapes.objects(node, predicate) if isinstance(o, rdflib.Literal)}
    return found.get(language, next(iter(found.values()), ""))


class Wording:
    """The sentences about records, whose keys and values are shown as curators write them.

    `classes` says which class is under which, `known` what is of which class.
    """

    def __init__(self, shapes: rdflib.Graph, classes: rdflib.Graph, known: Types, context: Context) -> None:
        self.shapes = shapes
        self.classes = classes
        self.known = known
        self.context = context

    def say(self, finding: Finding, values: Collection[Term], language: Language) -> str:
        """The sentence of `finding`; `values` are those that its path has, told where no single one is to blame."""
        if finding.component == str(SH.ClosedConstraintComponent):
            return self.unknown_key(finding, language)
        sentence = expected(self.shapes, finding, language)
        if finding.path is None:
            return sentence
        shape, path = rdflib.URIRef(finding.shape), finding.path.value
        if name := _text(self.shapes, shape, SH.name, language):
            key = self.context.term_for(path) or name
            sentence = f"{name if name == key else f'{key} ({name})'} — {sentence}"
        return sentence + self.found(finding, values, language)

    def found(self, finding: Finding, values: Collection[Term], language: Language) -> str:
        """What is there instead of what is expected."""
        french, value = language == "fr", finding.value
        if finding.component == str(SH.UniqueLangConstraintComponent):
            tags = Counter(v.language for v in values if isinstance(v, Literal) and v.language)
            told = ", ".join(
                f"{n} {_plural('valeur' if french else 'value', n)} en {tag}"
                if french
                else f"{n} {_plural('value', n)} in {tag}"
                for tag, n in sorted(tags.items())
                if n > 1
            )
            return f" ; {told}" if french else f"; {told}"
        if value is None:
            if not values:
                return " ; clé absente" if french else "; key missing"
            count = len(values)
            return f" ; {count} {_plural('valeur', count)}" if french else f"; {count} {_plural('value', count)}"
        if isinstance(value, NamedNode) and re.match(BASE + "(?!ontology).*#", value.value):
            return " ; ici, des clés au lieu d'une valeur" if french else "; here, keys instead of a value"
        shown, near = self.shown(value, finding), self.right(finding)
        if french:
            return f" ; valeur « {shown} »" + (f" (vouliez-vous « {near} » ?)" if near else "")
        return f"; value “{shown}”" + (f" (did you mean “{near}”?)" if near else "")

    def unknown_key(self, finding: Finding, language: Language) -> str:
        path = finding.path.value if finding.path else ""
        prefixes = {namespace: prefix for prefix, namespace in self.context.prefixes.items()}
        key = self.context.term_for(path) or prefixes.get(path) or path.removeprefix(self.context.vocab)
        allowed = [
            name
            for p in self.shapes.objects(rdflib.URIRef(finding.shape), SH.property)
            if (name := self.context.term_for(str(self.shapes.value(p, SH.path))))
        ]
        near = nearest(key, allowed)
        if language == "fr":
            return f"clé inconnue ici « {brief(key)} »" + (f" (vouliez-vous « {near} » ?)" if near else "")
        return f"unknown key here “{brief(key)}”" + (f" (did you mean “{near}”?)" if near else "")

    def shown(self, value: Term, finding: Finding) -> str:
        """`value` as a record writes it under the key of the finding."""
        if not isinstance(value, NamedNode):
            return brief(value.value)
        key = self.context.term_for(finding.path.value if finding.path else "") or ""
        vocab = key in self.context.terms and self.context.terms[key].type == "@vocab"
        return brief(self.context.compact(value.value, vocab=vocab).removeprefix("tp:").removeprefix(BASE))

    def right(self, finding: Finding) -> str | None:
        """The accepted value that the one found most resembles, for a shape that asks for a class or a list.

        Nothing if only digits tell them apart: another code is another thing, not the same one spelt right.
        """
        if not isinstance(finding.value, NamedNode):
            return None
        shape = rdflib.URIRef(finding.shape)
        wanted = self.shapes.objects(shape, SH["class"])
        classes = {str(c) for w in wanted for c in self.classes.transitive_subjects(RDFS.subClassOf, w)}
        accepted = [iri for iri, found in self.known.items() if classes & found]
        if listed := self.shapes.value(shape, SH["in"]):
            accepted += [str(item) for item in self.shapes.items(listed) if isinstance(item, rdflib.URIRef)]
        shown = self.shown(finding.value, finding)
        near = nearest(shown, (self.shown(NamedNode(iri), finding) for iri in accepted), 0.7)
        return near if near and near.translate(_NO_DIGIT) != shown.translate(_NO_DIGIT) else None


def _plural(word: str, count: int) -> str:
    return word + "s" * (count > 1)
