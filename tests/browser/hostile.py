"""A small graph whose every text is an attack: a laureate and all that its record leads to, poisoned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from trophees.base.namespaces import BASE, TP

# each sets `window.pwned` if it runs; between them they leave an element, an attribute, a comment, a script, a CDATA
# section, JSON, a template and a style, and turn the direction of writing
ATTACKS = (
    "<script>window.pwned = 1</script>",
    '"\'><img src=x onerror="window.pwned = 2">',
    "</script><!-- --!>]]><svg onload=window.pwned=3>",
    "javascript:window.pwned = 4//",
    "</title></textarea></style></noscript><iframe srcdoc='<script>parent.pwned = 5</script>'></iframe>",
    "\u202e\u2066{{ 7*7 }} {% raw %} ${window.pwned = 6} יְרוּשָׁלַיִם",
    '\\u003cscript\\u003ewindow.pwned = 7\\u003c/script\\u003e \\"};window.pwned = 7;//',
    "x' autofocus onfocus='window.pwned = 8' style='position:fixed' x='",
)
RUN = NamedNode("javascript:window.pwned=9")
LAUREATE = BASE + "laureate/2020/cachan"
_KEPT = {TP + "stars", TP + "order"}
_TEXTS = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
_SAME_AS = ("http://www.w3.org/2002/07/owl#sameAs", "http://www.w3.org/2004/02/skos/core#exactMatch")


def graph(store: Store, root: str = LAUREATE, hops: int = 3) -> Store:
    """The poisoned part of `store`: what is said of `root`, of what that names, and so on, with the catalogue."""
    wanted, new = {root}, {root}
    about: dict[str, list[Quad]] = {}
    for quad in store:
        about.setdefault(_document(quad.subject), []).append(quad)
    for _ in range(hops):
        new = {_document(quad.object) for iri in new for quad in about.get(iri, ())} - wanted
        wanted |= new
    wanted |= {iri for iri in about if iri.startswith((BASE + "dataset/", BASE + "edition/"))}
    found = Store()
    found.extend(_poisoned(quad for iri in sorted(wanted & about.keys()) for quad in sorted(about[iri], key=str)))
    return found


def _document(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return term.value.partition("#")[0] if isinstance(term, NamedNode) else ""


def _poisoned(quads: Iterable[Quad]) -> Iterator[Quad]:
    attacks = cycle(ATTACKS)
    linked = set()
    for quad in quads:
        term = quad.object
        if isinstance(term, Literal) and term.datatype.value in _TEXTS and quad.predicate.value not in _KEPT:
            text = f"{term.value[:12]} {next(attacks)}"
            poison = Literal(text, language=term.language) if term.language else Literal(text)
            yield Quad(quad.subject, quad.predicate, poison, quad.graph_name)
        else:
            yield quad
        if quad.subject not in linked:
            linked.add(quad.subject)
            for same in _SAME_AS:
                yield Quad(quad.subject, NamedNode(same), RUN, quad.graph_name)
