"""An empty record to fill in, made from the shapes: each key with what is expected of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import rdflib
from rdflib import SH
from rdflib.term import Node as Term

from trophees.base.context import Context
from trophees.base.language import Both, Language
from trophees.base.namespaces import TP

Node = Mapping[str, "Given"]  # by the IRIs of the properties
_NOTHING: Node = {}

_HEAD = Both(
    "Ôtez le « # » des lignes que vous remplissez, et supprimez les autres. * = obligatoire.",
    "Remove the “#” from the lines that you fill in, and delete the others. * = required.",
)


@dataclass(frozen=True)
class Given:
    """What a key has already: a value as YAML writes it, or nodes, none if "" or empty; and what a note says of it."""

    value: str | Sequence[Node] = ""
    note: Both | None = None


def template(
    name: str, iri: str, shapes: rdflib.Graph, context: Context, language: Language, given: Node | None = None
) -> str:
    """A commented YAML record of the class `name` (such as `Laureate`), called `iri`, as the shapes want it.

    Every line to fill in is a comment, so that the file says nothing until it is written, but for what is `given`.
    """
    writer = _Writer(shapes, context, language)
    lines = [f"# {_HEAD[language]}", f"id: {context.compact(iri)}", f"type: {context.term_for(TP + name)}"]
    return "\n".join([*lines, *writer.node(TP + name, "", given or _NOTHING)]) + "\n"


class _Writer:
    def __init__(self, shapes: rdflib.Graph, context: Context, language: Language) -> None:
        self.shapes = shapes
        self.context = context
        self.language = language

    def node(self, target: str, indent: str, given: Node = _NOTHING) -> Iterator[str]:
        """The keys of the node shapes that target the class or the objects of the property `target`."""
        iri = rdflib.URIRef(target)
        for predicate in (SH.targetClass, SH.targetObjectsOf):
            for shape in sorted(self.shapes.subjects(predicate, iri), key=str):
                properties = self.shapes.objects(shape, SH.property)
                for prop in sorted(properties, key=lambda p: int(str(self.shapes.value(p, SH.order) or 0))):
                    yield from self.key(prop, indent, given)

    def key(self, prop: Term, indent: str, given: Node) -> Iterator[str]:
        path = str(self.shapes.value(prop, SH.path))
        key = self.context.term_for(path)
        if not key:
            return
        required = "* " if int(str(self.shapes.value(prop, SH.minCount) or 0)) else ""
        message = next(
            (str(o) for o in self.shapes.objects(prop, SH.message) if getattr(o, "language", "") == self.language), ""
        )
        yield f"{indent}# {required}{message}"
        found = given.get(path, Given())
        if found.note:
            yield f"{indent}# → {found.note[self.language]}"
        nested = (None, SH.targetObjectsOf, rdflib.URIRef(path)) in self.shapes
        if found.value:
            yield f"{indent}{key}:" + (f" {found.value}" if isinstance(found.value, str) else "")
            for number, node in enumerate(() if isinstance(found.value, str) else found.value):
                yield f"{indent}  -"  # the first with all that may be written, the others with what they have
                lines = self.node(path, f"{indent}    ", node)
                yield from (line for line in lines if number == 0 or not line.lstrip().startswith("#"))
        elif nested:
            yield f"{indent}# {key}:"
            yield f"{indent}#   -"
            yield from (line.replace("# ", "#     ", 1) for line in self.node(path, indent))
        elif self.context.property(key).by_language:
            yield from (f"{indent}# {key}:", f"{indent}#   fr:", f"{indent}#   en:")
        else:
            yield f"{indent}# {key}:{self.values(prop)}"

    def values(self, prop: Term) -> str:
        """The accepted values of a closed list, as the context writes them."""
        listed = self.shapes.value(prop, SH["in"])
        if listed is None:
            return ""
        return " " + " | ".join(self.context.compact(str(v), vocab=True) for v in self.shapes.items(listed))
