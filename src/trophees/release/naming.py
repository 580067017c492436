"""Writing the names of facts that bear none yet into the files of a checkout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trophees.base.language import Both
from trophees.release import files, register
from trophees.release.checkout import Project
from trophees.source.identity import fixed
from trophees.source.record import Record
from trophees.source.yaml_ld import read


def waiting(records: Iterable[Record]) -> Iterator[Both]:
    """How many nodes of `records` bear no `id`, and what writes one; nothing if each does."""
    if count := sum(len(record.unnamed) for record in records):
        many = count > 1
        yield Both(
            f"{count} fait{'s' * many} sans « id » : « trophees check --fix » {'les' if many else 'le'} nomme",
            f"{count} fact{'s' * many} without “id”: “trophees check --fix” names {'them' if many else 'it'}",
        )


def write(project: Project, records: Iterable[Record]) -> Iterator[tuple[str, int]]:
    """Write an `id` for each node of `records` that bears none, file by file; the path of each, and how many.

    No name of the record, nor of the register, is given again. A file that cannot be read as a record stays as it is.
    """
    published = register.read(project.root / "data" / register.FILE)
    for path in [record.path for record in records if record.unnamed]:
        file = project.root / path
        data = file.read_bytes()
        record = read(data, path.removeprefix("data/"), project.context)
        if record.problems or not record.unnamed:
            continue
        files.write({file: fixed(data.decode("utf-8"), record, project.context, published).encode()})
        yield path, len(record.unnamed)
