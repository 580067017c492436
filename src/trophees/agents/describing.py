"""A thing with its evidence: each fact with its IRI, its section of the source, and what it rests on."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from trophees.agents.answers import Description, Fact, Named, Property
from trophees.agents.paging import brief, paged
from trophees.ask.repository import Repository
from trophees.ask.show import View, find, natural
from trophees.base.context import Context
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, RDF_TYPE, TP
from trophees.graph.standing import standing

_CITED = 25  # things at most that are named of those that cite another
_VALUES = 40  # of a property that are given; the note says that there are more
_TEXTS = 400  # characters of a value, or of a fact
_PLUMBING = "http://www.w3.org/ns/oa#hasSelector"
_APART = {TP + name for name in ("section", "reason", "printed", "anchor")} | {_PLUMBING}
_SILENT = NamedNode(TP + "notStated")
_SECTION, _REASON, _PRINTED = (NamedNode(TP + name) for name in ("section", "reason", "printed"))
_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
_MORE = Both(
    "Certaines valeurs sont omises : interrogez le graphe pour les avoir toutes.",
    "Some values are left out: ask the graph for all of them.",
)
_NO_FACT = Both(
    "Le graphe n’a pas de faits sourcés propres à cette chose.", "The graph has no sourced facts of this thing's own."
)


def describe(
    graph: Repository, name: str, context: Context, language: Language, offset: int, limit: int
) -> Description:
    """The thing called `name`, with its facts from number `offset` on. UserError if there is none."""
    node = find(graph, name.strip().removeprefix("<").removesuffix(">"), context)
    view = View(graph, context, language)
    properties, facts, cut = [], [], False
    for predicate, values in view.outgoing(node):
        parts = [v for v in values if isinstance(v, NamedNode) and view.is_part(v, node)]
        facts += [_fact(view, context, predicate, part) for part in sorted(parts, key=natural)]
        if parts or predicate == _SILENT or predicate.value == _PLUMBING:
            continue
        cut = cut or len(values) > _VALUES
        said = [_value(view, value) for value in values[:_VALUES]]
        properties.append(Property(context.compact(predicate.value), view.name(predicate), said))
    kept, following = paged(facts, offset, limit)
    citing = citers(view, graph, node)
    notes = [_MORE[language]] * cut + [_NO_FACT[language]] * (not facts and section(view, node) is None)
    return Description(
        node.value,
        view.label(node),
        [context.compact(o.value) for o in view.objects(node, RDF_TYPE) if isinstance(o, NamedNode)],
        properties,
        kept,
        len(facts),
        following,
        [Named(o.value, view.label(o)) for o in view.objects(node, _SILENT) if isinstance(o, NamedNode)],
        citing[:_CITED],
        len(citing),
        " ".join(notes),
    )


def _value(view: View, value: NamedNode | Literal) -> str | Named:
    if isinstance(value, NamedNode):
        return Named(value.value, brief(view.label(value), _TEXTS))
    return brief(value.value, _TEXTS)


def _fact(view: View, context: Context, predicate: NamedNode, fact: NamedNode) -> Fact:
    def text(property: NamedNode) -> str | None:
        found = [o for o in view.objects(fact, property) if isinstance(o, Literal)]
        spoken = [o.value for o in found if o.language == view.language]
        return brief((spoken or [o.value for o in found] or [""])[0], _TEXTS) or None

    said = [
        f"{view.name(p)}: {', '.join(view.text(v) for v in values)}"
        for p, values in view.outgoing(fact)
        if p.value not in _APART
    ]
    rests = standing(lambda name: bool(view.objects(fact, NamedNode(TP + name))))
    label = text(_LABEL)
    return Fact(
        fact.value,
        context.compact(predicate.value),
        brief("; ".join([*([label] if label else []), *said]), _TEXTS),
        rests,
        section(view, fact),
        text(_PRINTED),
        text(_REASON),
    )


def section(view: View, fact: NamedNode) -> Named | None:
    """The section of the source where `fact` can be read."""
    found = (o for o in view.objects(fact, _SECTION) if isinstance(o, NamedNode))
    return next((Named(one.value, view.label(one)) for one in found), None)


def citers(view: View, graph: Repository, node: NamedNode) -> list[Named]:
    """The things whose facts name `node`, in the order of their IRIs."""
    things = set()
    for quad in graph.quads(object=node):
        if isinstance(quad.subject, NamedNode) and not view.is_part(quad.subject, node):
            thing = quad.subject.value.partition("#")[0]
            if thing.startswith(BASE) and thing != node.value and not thing.startswith(BASE + "graph/"):
                things.add(thing)
    return [Named(thing, view.label(NamedNode(thing))) for thing in sorted(things)]
