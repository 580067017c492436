"""What stands beside a process among the others of its edition: that edition, the one before and the one after."""

from __future__ import annotations

from dataclasses import dataclass

from trophees.base.addresses import Folder
from trophees.base.namespaces import TP
from trophees.site.model import Site, Thing
from trophees.site.render import place, root_from
from trophees.site.statements import Name
from trophees.site.thing.facts import Link, Teller


@dataclass(frozen=True)
class Edition:
    """An edition, and whether all its laureates are told of: in a word, and why that is said."""

    link: Link
    complete: Link | None
    reason: Name | None


def edition(site: Site, teller: Teller, thing: Thing) -> Edition | None:
    """The edition of a process; None if it has none."""
    iri = site.edition(thing.iri)
    if not iri:
        return None
    complete = site.links(iri, TP + "completeness")
    reason = site.said(iri, TP + "completenessReason", teller.lang)
    return Edition(teller.link(iri), teller.link(complete[0]) if complete else None, reason if reason.text else None)


def listed(teller: Teller, thing: Thing) -> Link:
    """What sort of process it is, leading to the list of all such."""
    folder = Folder.LAUREATES if thing.kind == "laureate" else Folder.CASES
    root = root_from(teller.path)
    return Link(teller.words(f"kind.{thing.kind}.one"), root + place(folder, teller.lang))


def turns(site: Site, teller: Teller, thing: Thing) -> dict[str, Link]:
    """The process before and the one after, by `previous` and `next`: of the same edition, in the order of lists."""
    among = site.laureates if thing.kind == "laureate" else site.cases
    own = site.edition(thing.iri)
    order = [one.iri for one in among if site.edition(one.iri) == own]
    if thing.iri not in order:
        return {}
    here = order.index(thing.iri)
    around = {"previous": order[here - 1 : here] if here else [], "next": order[here + 1 : here + 2]}
    return {way: teller.link(iris[0]) for way, iris in around.items() if iris}
