"""What a release says of what was withdrawn, for hosts: `withdrawn.json` (`hosting.withdrawn` reads it)."""

from __future__ import annotations

import json

from pyoxigraph import Literal, NamedNode, Store

from trophees.base.language import Both
from trophees.base.namespaces import BASE, DCAT, GRAPH, TP
from trophees.hosting.withdrawn import Withdrawal

_GRAPH = NamedNode(GRAPH + "withdrawn")


def withdrawals(store: Store) -> list[Withdrawal]:
    """What is withdrawn, by IRI."""
    found = []
    for quad in store.quads_for_pattern(None, NamedNode(TP + "withdrawal"), None, _GRAPH):
        node = quad.object
        assert isinstance(node, NamedNode)
        reasons = {o.language: o.value for o in _values(store, node, TP + "reason") if isinstance(o, Literal)}
        (thing,) = _values(store, node, TP + "withdrawn")
        (release,) = _values(store, quad.subject, DCAT + "version")
        successor = next((o.value for o in _values(store, node, TP + "successor")), "")
        found.append(Withdrawal(thing.value, release.value, Both(reasons["fr"], reasons["en"]), successor))
    return sorted(found, key=lambda withdrawal: withdrawal.iri)


def document(found: list[Withdrawal]) -> bytes:
    """The file that says so."""
    told: dict[str, dict[str, object]] = {}
    for one in found:
        entry: dict[str, object] = {"release": one.release, "reason": {"fr": one.reason.fr, "en": one.reason.en}}
        if one.successor:
            entry["successor"] = one.successor.removeprefix(BASE)
        told[one.iri.removeprefix(BASE)] = entry
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _values(store: Store, subject: object, name: str) -> list[NamedNode | Literal]:
    assert isinstance(subject, NamedNode)
    quads = store.quads_for_pattern(subject, NamedNode(name), None, _GRAPH)
    return [q.object for q in quads if isinstance(q.object, NamedNode | Literal)]
