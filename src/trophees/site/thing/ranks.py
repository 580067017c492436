"""The order in which things are told: that of the shapes."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from trophees.base.namespaces import SHACL
from trophees.site.model import Site


@dataclass(frozen=True)
class Rank:
    """Where a shape puts a property: its group, its place, its name in each language."""

    group: str
    order: int
    names: dict[str, str]


def ranks(site: Site) -> dict[str, Rank]:
    """The group, place and names that the shapes give each property: the first shape with a group, or the first."""
    found: dict[str, Rank] = site.cache.get("ranks", {})
    if found:
        return found
    shapes = []
    for path in site.shapes.quads_for_pattern(None, NamedNode(SHACL + "path"), None, None):
        if isinstance(path.subject, NamedNode) and isinstance(path.object, NamedNode):
            iri = path.subject.value
            names = {v.language or "": v.value for v in site.values(iri, SHACL + "name") if isinstance(v, Literal)}
            group = next(iter(site.links(iri, SHACL + "group")), "")
            if names:
                order = site.text(iri, SHACL + "order")
                shapes.append((not group, int(order) if order.isdecimal() else 0, iri, path.object.value, group, names))
    for _, order_, _, predicate, group, names in sorted(shapes, key=lambda s: s[:3]):
        found.setdefault(predicate, Rank(group, order_, names))
    site.cache["ranks"] = found
    return found
