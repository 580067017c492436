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
from trophees.base.language import Both, did_you_mean, filled
from trophees.base.namespaces import BASE
from trophees.base.rdflib_terms import Term
from trophees.check.shacl import Finding
from trophees.graph.provenance import NAMING

Types = dict[str, set[str]]
SENTENCES = {  # what follows the sentence of a shape, by what was found
    "value": Both(" ; valeur « {value} »", "; value “{value}”"),
    "values-in": Both("{count} valeurs en {language}", "{count} values in {language}"),
    "missing": Both(" ; clé absente", "; key missing"),
    "one": Both(" ; {count} valeur", "; {count} value"),
    "many": Both(" ; {count} valeurs", "; {count} values"),
    "inside": Both(" ; ici, des clés au lieu d’une valeur", "; here, keys instead of a value"),
    "unknown-key": Both("clé inconnue ici « {key} »", "unknown key here “{key}”"),
}
_NO_DIGIT = dict.fromkeys(map(ord, "0123456789"))


def expected(shapes: rdflib.Graph, finding: Finding) -> Both:
    """What the shape of `finding` says: its sh:message, or that of its sh:sparql, which then speaks for it."""
    return _text(shapes, rdflib.URIRef(finding.constraint or finding.shape), SH.message)


def _text(shapes: rdflib.Graph, node: Node, predicate: Node) -> Both:
    """What is said in one language stands for both; empty if nothing is."""
    found = {o.language: str(o) for o in shapes.objects(node, predicate) if isinstance(o, rdflib.Literal)}
    some = next(iter(found.values()), "")
    return Both(found.get("fr", some), found.get("en", some))


def instead(value: str) -> Both:
    """The value that was found."""
    return filled(SENTENCES["value"], value=value)


class Wording:
    """The sentences about records, whose keys and values are shown as curators write them.

    `classes` says which class is under which, `known` what is of which class.
    """

    def __init__(self, shapes: rdflib.Graph, classes: rdflib.Graph, known: Types, context: Context) -> None:
        self.shapes = shapes
        self.classes = classes
        self.known = known
        self.context = context

    def say(self, finding: Finding, values: Collection[Term]) -> Both:
        """The sentence of `finding`; `values` are those that its path has, told where no single one is to blame."""
        if finding.component == str(SH.ClosedConstraintComponent):
            return self.unknown_key(finding)
        sentence = expected(self.shapes, finding)
        if finding.path is None:
            return sentence
        key = self.context.term_for(finding.path.value)
        name = _text(self.shapes, rdflib.URIRef(finding.shape), SH.name)
        if name.fr:
            sentence = name.each(lambda n: f"{n if key in (n, None) else f'{key} ({n})'} — ") + sentence
        return sentence + self.found(finding, values)

    def found(self, finding: Finding, values: Collection[Term]) -> Both:
        """What is there instead of what is expected."""
        value = finding.value
        if finding.component == str(SH.UniqueLangConstraintComponent):
            tags = Counter(v.language for v in values if isinstance(v, Literal) and v.language)
            more = [filled(SENTENCES["values-in"], count=n, language=tag) for tag, n in sorted(tags.items()) if n > 1]
            return Both(" ; " + ", ".join(m.fr for m in more), "; " + ", ".join(m.en for m in more))
        if value is None:
            if not values:
                return SENTENCES["missing"]
            return filled(SENTENCES["many" if len(values) > 1 else "one"], count=len(values))
        inside = isinstance(value, NamedNode) and re.match(BASE + "(?!ontology).*#", value.value)
        if inside and finding.path not in NAMING:
            return SENTENCES["inside"]
        return instead(self.shown(value, finding)) + did_you_mean(self.right(finding))

    def unknown_key(self, finding: Finding) -> Both:
        path = finding.path.value if finding.path else ""
        prefixes = {namespace: prefix for prefix, namespace in self.context.prefixes.items()}
        key = self.context.term_for(path) or prefixes.get(path) or path.removeprefix(self.context.vocab)
        allowed = [
            name
            for p in self.shapes.objects(rdflib.URIRef(finding.shape), SH.property)
            if (name := self.context.term_for(str(self.shapes.value(p, SH.path))))
        ]
        return filled(SENTENCES["unknown-key"], key=brief(key)) + did_you_mean(nearest(key, allowed))

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
