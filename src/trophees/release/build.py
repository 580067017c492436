"""`trophees build`: from the records of a checkout to its published folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store, Triple

from trophees.base.errors import UserError
from trophees.base.language import Both, Language
from trophees.hosting.settings import Hosting
from trophees.publish.contents import in_pieces
from trophees.publish.description import File, years
from trophees.publish.tables import packaged
from trophees.publish.writers.writer import Pieces
from trophees.release import folder as release
from trophees.release import published_files, register
from trophees.release.checkout import Project, types
from trophees.release.lock import Busy
from trophees.release.review import Progress, review, sound_shapes
from trophees.source.problem import Problem
from trophees.source.record import Record

if TYPE_CHECKING:
    from trophees.check.engines import Maker

# what is made of tables and of former releases, no version control keeps; its sums stand in SHA256SUMS all the same
_NOT_KEPT = ("places/", "feeds/", "ldes/")
_PERIOD = "shapes:catalog-period"
_BUSY = Both(
    "publish/ : une autre construction est en cours (processus {process}) : attendez qu’elle finisse",
    "publish/: another build is under way (process {process}): wait until it ends",
)


class NotBuilt(Exception):  # noqa: N818 - the mistake is in the records, or in the settings
    """Why nothing is built: `lines` for people."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True)
class Building:
    """A build of `project` for a host. `strict`: warnings about the catalogue refuse it, too.

    `progress` is told what is taken one by one: a label, and the items, which it gives back; `engine`
    validates, else pySHACL.
    """

    project: Project
    hosting: Hosting
    strict: bool
    language: Language
    progress: Progress
    engine: Maker | None = None

    def stale(self) -> dict[str, str]:
        """What is missing, different or unexpected among the published data, by path. NotBuilt as `write`."""
        with self._data(*self._graph(), {}, None) as files:
            found = release.differences(self._folder, files)
        left = tuple(name for name in _NOT_KEPT if not (self._folder / name).is_dir())
        return {path: what for path, what in found.items() if not path.startswith(left)}

    def write(self) -> int:
        """Write the data and the site; how many files that is.

        NotBuilt if a record is wrong or portals would refuse the catalogue; UserError if another file of the project
        cannot be read, another process builds, or the disk refuses.
        """
        try:
            with release.draft(self._folder) as new:
                self._fill(new)
        except Busy as busy:
            raise UserError(_BUSY[self.language].format(process=busy.process or "?")) from None
        return len(new.paths)

    def _fill(self, new: release.Draft) -> None:
        from trophees.site import scripts as bundle
        from trophees.site.build import Build
        from trophees.site.model import Inputs

        bundle.present()
        store, records = self._graph()
        known: dict[str, File] = {}
        with self._data(store, records, known, new.folder) as files:
            for path, pieces in files:
                new.stream(path, pieces)
        inputs = Inputs(
            store=store,
            shapes=self.project.shapes(),
            context=self.project.context,
            version=self.project.version(store),
            published=new.written(),
            files=known,
            tables=packaged(),
            changelog=self.project.changelog(),
            reference=self.project.reference_files(),
            past=self.project.past(),
            url=self.hosting.url if self.hosting.known else "",
            sparql=self.hosting.sparql if self.hosting.known else "",
            contact=self.hosting.contact if self.hosting.answered else "",
            source_code=self.hosting.source_code,
        )
        with self.progress("site", Build(inputs)) as files:
            for path, content in files:
                new.add(path, content)

    @property
    def _folder(self) -> Path:
        return self.project.root / "publish"

    def _graph(self) -> tuple[Store, list[Record]]:
        """The graph of the records, in which `trophees check` finds nothing wrong, and the records."""
        from trophees.graph.assemble import build

        reference = self.project.reference()
        found = review(self.project, self.progress, territories=types(reference), engine=self.engine)
        if found.refused:
            raise self._refusal(found.problems)
        return build(self.project.sources(found.records, reference)), found.records

    def _refusal(self, problems: Iterable[Problem]) -> NotBuilt:
        from trophees.check.report import line

        return NotBuilt(line(problem, self.language) for problem in problems)

    def _data(
        self, store: Store, records: list[Record], known: dict[str, File], folder: Path | None
    ) -> AbstractContextManager[Iterable[tuple[str, Pieces]]]:
        """The data files, which keep in `folder` what has no room in memory."""
        project, present = self.project, register.Present()
        made = in_pieces(
            store,
            project.context,
            packaged(),
            project.copies(),
            self.hosting,
            project.changelog(),
            former=project.former_files(),
            points=project.points(),
            known=known,
            accept=partial(self._accept, store, records, present),
            also=[present],
            folder=folder,
            places=(project.root / "data" / "places").is_dir(),
            past=project.past(),
        )
        return self.progress("data", made)

    def _accept(self, store: Store, records: list[Record], present: register.Present, catalogue: list[Triple]) -> None:
        """NotBuilt if portals would refuse the `catalogue`, or what was published has vanished or changed meaning."""
        from trophees.check.catalogue import check
        from trophees.check.shacl import PyShacl

        published = register.read(self.project.root / "data" / register.FILE)
        for said in (self.project.shape_triples(), catalogue):
            present.add(said)
        lost = list(register.problems(published, present.meanings(), records, self.project.context.compact))
        lost += published_files.problems(self.project.former_files(), published_files.listed(catalogue))
        if lost:
            raise self._refusal(lost)

        with sound_shapes():
            found = check(catalogue, self.project.catalog_shapes(), self.engine or PyShacl)
        if not years(store):  # every edition is withdrawn, which is to be published: there is no period to tell
            found = [refusal for refusal in found if refusal.rule != _PERIOD]
        if refusals := [r for r in found if self.strict or r.severity == "error"]:
            raise NotBuilt(refusal.line(self.language) for refusal in refusals)
