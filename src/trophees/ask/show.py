"""One thing of the graph, readable: what is said of it, where the report says it, or why it is inferred."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from trophees.ask.question import Question
from trophees.base.errors import UserError, as_text, brief
from trophees.base.language import Both
from trophees.base.namespaces import BASE, RDF_TYPE, RDFS, SKOS, TP
from trophees.graph.standing import standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from trophees.ask.repository import Repository
    from trophees.base.context import Context
    from trophees.base.language import Language

_LABEL = NamedNode(SKOS + "prefLabel")
_SECTION, _REASON = NamedNode(TP + "section"), NamedNode(TP + "reason")
_HIDDEN = {TP + "about", SKOS + "inScheme", SKOS + "prefLabel", RDF_TYPE.value}
STANDING = {
    "printed": Both("imprimé", "printed"),
    "told": Both("d’après le texte", "from the text"),
    "observed": Both("relevé par un curateur", "noted by a curator"),
    "inferred": Both("déduit", "inferred"),
}
_UNDER = Both("sous", "under")
_CITED_BY = Both("Cité par", "Cited by")


def find(graph: Repository, name: str, context: Context) -> NamedNode:
    """The thing called `name`: an IRI, a compact one, a path under the base; the slug of a laureate (`cachan`); else
    what `meaning.meant` finds: a slug, INSEE's IRI, a code, a SIREN, a label.

    UserError, with the candidates or the nearest names, if none or several are so called.
    """
    if node := _there(graph, context.expand(as_text(name), vocab=False)):
        return node
    laureates = _processes(graph, "/" + name)
    if len(laureates) == 1:
        return NamedNode(laureates[0])
    from trophees.ask.meaning import listed, meant, nearest, tidied

    if node := _there(graph, context.expand(tidied(name), vocab=False)):
        return node
    found = meant(graph, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"“{brief(name)}” may be {listed(graph, found, context)}")
    near = nearest(graph, name)
    hint = f" (did you mean {listed(graph, near, context)}?)" if near else ""
    raise UserError(f"nothing is called “{brief(name)}”{hint}")


def also(graph: Repository, name: str, node: NamedNode, context: Context) -> list[str]:
    """The compact names of what else has `name` as its slug, though `find` takes it for `node`."""
    if node.value == context.expand(name, vocab=False) or "/" in name:
        return []
    others = (_there(graph, found.value) for found in namesakes(name, context))
    return [context.compact(other.value) for other in others if other and other != node]


def namesakes(name: str, context: Context) -> list[NamedNode]:
    """What would have `name` as its slug, in each of our namespaces; nothing if it cannot be one."""
    spaces = dict.fromkeys(space for space in context.prefixes.values() if space.startswith(BASE))
    try:
        return [NamedNode(space + name) for space in spaces]
    except ValueError:
        return []


def _there(graph: Repository, iri: str) -> NamedNode | None:
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    return node if next(iter(graph.quads(node)), None) else None


def _processes(graph: Repository, end: str) -> list[str]:
    """The IRIs, in their order, of the laureates and cases whose IRI ends so."""
    ends = f'STRENDS(STR(?thing), {Literal(end)}) && !CONTAINS(STR(?thing), "#")'
    text = f"SELECT DISTINCT ?thing {{ ?thing a <{TP}Process> FILTER(isIRI(?thing) && {ends}) }}"
    return sorted(str(row["thing"].value) for row in graph.ask(Question("show", text)))  # type: ignore[union-attr]


def show(graph: Repository, node: NamedNode, context: Context, language: Language) -> str:
    """The record of `node` as indented text, its own facts first, then what refers to it."""
    view = View(graph, context, language)
    lines = [f"{view.label(node)}", f"<{node.value}>", ""]
    for predicate, values in view.outgoing(node):
        facts = [v for v in values if isinstance(v, NamedNode) and view.is_part(v, node)]
        if facts:
            lines.append(f"{view.name(predicate)}")
            lines += [line for fact in sorted(facts, key=natural) for line in view.fact(fact)]
        else:
            lines += [f"{view.name(predicate)}: {', '.join(view.text(v) for v in values)}"]
    if cited := view.incoming(node):
        lines += ["", f"{_CITED_BY[language]}:", *(f"  {c}" for c in cited)]
    return "\n".join(lines) + "\n"


class View:
    """What `graph` says of each thing, which is asked for once."""

    def __init__(self, graph: Repository, context: Context, language: Language) -> None:
        self.graph = graph
        self.context = context
        self.language = language
        self.order = {key: number for number, key in enumerate(context.terms)}
        self.values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        self.labels: dict[NamedNode, str] = {}

    def said(self, node: NamedNode) -> dict[NamedNode, list[NamedNode | Literal]]:
        """The predicates of `node`, each with its values in their order."""
        if node not in self.values:
            found: dict[NamedNode, set[NamedNode | Literal]] = {}
            for quad in self.graph.quads(node):
                if isinstance(quad.object, NamedNode | Literal):
                    found.setdefault(quad.predicate, set()).add(quad.object)
            self.values[node] = {predicate: sorted(objects, key=str) for predicate, objects in found.items()}
        return self.values[node]

    def objects(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        if node in self.values:
            return self.values[node].get(predicate, [])
        found = {q.object for q in self.graph.quads(node, predicate)}
        return sorted((o for o in found if isinstance(o, NamedNode | Literal)), key=str)

    def label(self, node: NamedNode) -> str:
        if node not in self.labels:
            self.labels[node] = self._label(node)
        return self.labels[node]

    def _label(self, node: NamedNode) -> str:
        for predicate in (_LABEL, NamedNode(RDFS + "label")):
            labels = {o.language: o.value for o in self.objects(node, predicate) if isinstance(o, Literal)}
            if labels:
                return labels.get(self.language) or next(iter(labels.values()))
        return self.context.compact(node.value)

    def name(self, predicate: NamedNode) -> str:
        if predicate.value.startswith(TP):
            return self.label(predicate)
        return self.context.term_for(predicate.value) or self.context.compact(predicate.value)

    def text(self, value: NamedNode | Literal) -> str:
        return self.label(value) if isinstance(value, NamedNode) else value.value

    def is_part(self, value: NamedNode, node: NamedNode) -> bool:
        return value.value.startswith(node.value + "#")

    def outgoing(self, node: NamedNode) -> list[tuple[NamedNode, list[NamedNode | Literal]]]:
        """Predicates in the order of the context, with their values."""
        predicates = [p for p in sorted(self.said(node), key=self.rank) if p.value not in _HIDDEN]
        return [(predicate, self.chosen(node, predicate)) for predicate in predicates]

    def chosen(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        """The objects; of texts those in the reader's language, where there is a choice."""
        found = self.objects(node, predicate)
        if not self.spoken(node, predicate):
            return found
        return [v for v in found if not isinstance(v, Literal) or v.language in (None, self.language)]

    def rank(self, predicate: NamedNode) -> tuple[int, str]:
        """The place of the predicate in the context, which lists keys as a record does; the others come last."""
        term = self.context.term_for(predicate.value)
        return (self.order.get(term, len(self.order)) if term else len(self.order), predicate.value)

    def spoken(self, node: NamedNode, predicate: NamedNode) -> bool:
        return any(isinstance(o, Literal) and o.language == self.language for o in self.objects(node, predicate))

    def fact(self, fact: NamedNode) -> list[str]:
        """A fact in one line, with its section and, below, the reason if it is inferred."""
        parts = [
            f"{self.name(p)} {', '.join(self.text(v) for v in values)}"
            for p, values in self.outgoing(fact)
            if p not in (_SECTION, _REASON)
        ]
        labels = [o.value for o in self.objects(fact, _LABEL) if isinstance(o, Literal) and o.language == self.language]
        reasons = self.chosen(fact, _REASON)
        rests = standing(lambda name: bool(self.objects(fact, NamedNode(TP + name))))
        where = ", ".join(self.text(s) for s in self.objects(fact, _SECTION))
        status = STANDING[rests][self.language]
        evidence = f"[{status} {_UNDER[self.language]} {where}]" if where else ""
        told = " ".join(filter(None, (" · ".join([*labels, *parts]), evidence)))
        return [f"  - {told}", *(f"      {self.text(r)}" for r in reasons)]

    def incoming(self, node: NamedNode) -> list[str]:
        """What refers to `node`, but its own parts: the things whose facts name it, with labels."""
        things = set()
        for quad in self.graph.quads(object=node):
            if isinstance(quad.subject, NamedNode) and not self.is_part(quad.subject, node):
                thing = NamedNode(quad.subject.value.partition("#")[0])
                if thing.value.startswith(BASE) and thing != node:
                    things.add(thing)
        return [f"{self.label(t)} <{t.value}>" for t in sorted(things, key=lambda t: t.value)]


def natural(node: NamedNode | Literal) -> tuple[str, int]:
    stem, _, number = node.value.rpartition("-")
    return (stem, int(number)) if number.isdigit() else (node.value, 0)
