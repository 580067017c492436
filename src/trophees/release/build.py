"""`trophees build`: from the records of a checkout to its published folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from trophees.base.language import Language
from trophees.hosting.settings import Hosting
from trophees.publish.contents import publish
from trophees.publish.tables import packaged
from trophees.release import folder as release
from trophees.release.checkout import Project

Files = Iterable[tuple[str, bytes]]


class NotBuilt(Exception):  # noqa: N818 - the mistake is in the records, or in the settings
    """Why nothing is built: `lines` for people."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True)
class Building:
    """A build of `project` for a host. `strict`: warnings about the catalogue refuse it, too.

    `progress` is told what is taken one by one: a label, and the items, which it gives back.
    """

    project: Project
    hosting: Hosting
    strict: bool
    language: Language
    progress: Callable[[str, Iterable[Any]], AbstractContextManager[Iterable[Any]]]

    def stale(self) -> dict[str, str]:
        """What is missing, different or unexpected among the published data, by path. NotBuilt as `write`."""
        with self._data(self._graph()) as files:
            return release.differences(self._folder, files)

    def write(self) -> int:
        """Write the data and the site; how many files that is.

        NotBuilt if a record cannot be read or portals would refuse the catalogue; UserError if the disk refuses.
        """
        from trophees.site import scripts as bundle
        from trophees.site.build import Build
        from trophees.site.model import Inputs

        bundle.present()
        store = self._graph()
        with release.draft(self._folder) as new:
            with self._data(store) as files:
                for path, content in files:
                    new.add(path, content)
            inputs = Inputs(
                store=store,
                shapes=self.project.shapes(),
                context=self.project.context,
                version=self.project.version(store),
                published=new.written(),
                changelog=self.project.changelog(),
                reference=self.project.reference_files(),
                url=self.hosting.url if self.hosting.known else "",
                sparql=self.hosting.sparql if self.hosting.known else "",
                contact=self.hosting.contact if self.hosting.answered else "",
            )
            with self.progress("site", Build(inputs)) as files:
                for path, content in files:
                    new.add(path, content)
        return len(new.paths)

    @property
    def _folder(self) -> Path:
        return self.project.root / "publish"

    def _graph(self) -> Store:
        from trophees.check.report import line
        from trophees.graph.assemble import build

        with self.progress("read", self.project.record_paths()) as paths:
            records = list(self.project.records(paths))
        if unreadable := [problem for record in records for problem in record.problems]:
            raise NotBuilt(line(problem, self.language) for problem in unreadable)
        return build(self.project.sources(records))

    def _data(self, store: Store) -> AbstractContextManager[Files]:
        project = self.project
        made = publish(store, project.context, packaged(), project.copies(), self.hosting, project.changelog())
        return self.progress("data", self._accepted(made))

    def _accepted(self, files: Files) -> Iterator[tuple[str, bytes]]:
        """`files`, until their catalogue comes and portals would refuse it."""
        from trophees.check.catalogue import check

        for path, data in files:
            if path == "catalog.ttl":
                found = check(data, self.project.catalog_shapes())
                if refusals := [r for r in found if self.strict or r.severity == "error"]:
                    raise NotBuilt(refusal.line(self.language) for refusal in refusals)
            yield path, data
