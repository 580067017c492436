"""The forms of a release other than N-Quads: the same files as of curated records, made of a store on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store, Triple

from trophees.base.errors import UserError
from trophees.check.catalogue import check
from trophees.hosting.settings import Hosting
from trophees.publish.contents import in_pieces
from trophees.publish.tables import packaged
from trophees.publish.writers.writer import Pieces
from trophees.release.checkout import Project

_LOADED = 1 << 25  # bytes of N-Quads
_REGISTER = "identifiers.nq"  # of what the checkout published


def forms(project: Project, quads: Path, hosting: Hosting, work: Path) -> Iterator[tuple[str, Pieces]]:
    """Every file that `publish.contents` makes of the N-Quads in the file `quads`, N-Quads again among them.

    Without what only a register or a former release can tell: its identifiers, feeds, and changes. UserError if
    portals would refuse the catalogue.
    """
    store = Store(str(work / "store"))
    with quads.open("rb") as file:
        while lines := file.readlines(_LOADED):  # at once, the engine would take a gigabyte for each million
            store.bulk_load(b"".join(lines), format=RdfFormat.N_QUADS, lenient=True)
    copies = {name: data for name, data in project.copies().items() if name != _REGISTER}

    def accept(catalogue: list[Triple]) -> None:
        for refusal in check(catalogue, project.catalog_shapes()):
            if refusal.severity == "error":
                raise UserError(refusal.line("en"))

    yield from in_pieces(
        store,
        project.context,
        packaged(),
        copies,
        hosting,
        project.changelog(),
        points=project.points(),
        accept=accept,
        folder=work,
    )
