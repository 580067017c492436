"""One pass over what is said, which feeds every writer: whatever the source of the subjects, and however many.

A file is made of what was written of each subject, kept aside until its head, such as the prefixes that it uses, is
known. What is in memory is the largest subject, and the room of the `Spools`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from trophees.graph.walk import Described
from trophees.publish.writers.spool import Spools

Pieces = Iterable[bytes]
Files = Iterator[tuple[str, Pieces]]


class Writer(Protocol):
    """What a pass feeds. It may write files, or count, or check: then it has none."""

    def begin(self, spools: Spools) -> None:
        """Before the first subject; texts are kept in `spools`."""

    def subject(self, told: Described) -> None:
        """The next subject, in the order of the N-Triples lines; each comes once."""

    def end(self) -> Files:
        """After the last subject: the files, each with its path and its pieces."""


def write(subjects: Iterable[Described], writers: Sequence[Writer], folder: Path | None = None) -> Files:
    """The files that `writers` make of `subjects`; the pieces of each are to be taken before the next one comes.

    What has no room in memory is kept in `folder`, or where the system keeps temporary files; nothing of it is left.
    """
    with Spools(folder) as spools:
        for writer in writers:
            writer.begin(spools)
        for told in subjects:
            for writer in writers:
                writer.subject(told)
        for writer in writers:
            yield from writer.end()
