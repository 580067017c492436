"""What former releases held: `data/changes/`, which only `trophees release` writes.

The first release that is kept is there whole (`2026.1.nq.gz`), each later one as the RDF Patch that turns the release
before into it (`2026.2.rdfp.gz`). What is written once stays: from it the builds of later releases know what they
change, and what to tell those who follow them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat

from trophees.base.errors import UserError
from trophees.base.gzip_file import gzipped
from trophees.changes import patch
from trophees.changes.difference import Difference, difference
from trophees.changes.statements import lines
from trophees.publish.feeds.history import Past, order
from trophees.reading.packed import unpacked

FOLDER = "data/changes"
_NAME = re.compile(r"([0-9]{4}\.[0-9]+)\.(nq|rdfp)\.gz")


def read(root: Path) -> Past:
    """What the checkout at `root` keeps; nothing if it keeps none. UserError if a file is none of these."""
    folder = root / FOLDER
    first: dict[str, list[bytes]] = {}
    later: dict[str, Difference] = {}
    for path in sorted(folder.glob("[!.]*")):  # what a release that was killed left is hidden
        shown = f"{FOLDER}/{path.name}"
        found = _NAME.fullmatch(path.name)
        if not found:
            raise UserError(f"{shown}: a release as .nq.gz, or a change of one as .rdfp.gz, is expected here")
        try:
            data = unpacked(path.read_bytes(), shown)
        except OSError as error:
            raise UserError(f"{shown}: cannot be read ({error.strerror})") from None
        if found[2] == "nq":
            first[found[1]] = lines(data, RdfFormat.N_QUADS, shown)
        else:
            later[found[1]] = patch.read(data, shown)
    if not first and not later:
        return Past()
    if len(first) != 1 or any(order(version) <= order(min(first, key=order)) for version in later):
        raise UserError(f"{FOLDER}: one whole release (.nq.gz) is expected, before all changes: take it from git")
    ((version, whole),) = first.items()
    return Past(version, whole, {name: later[name] for name in sorted(later, key=order)})


def held(root: Path, version: str) -> list[bytes] | None:
    """The lines of the release `version`, in order; None if the checkout at `root` keeps no such release."""
    past = read(root)
    return next((lines for name, lines in past.releases() if name == version), None)


def kept(past: Past, version: str, now: Iterable[bytes]) -> tuple[str, bytes]:
    """What is to be kept of the release `version`, which holds the lines `now`: the path, and the content of the file.

    UserError if a later release is kept: it would no longer follow.
    """
    if past.version and order(version) < max(map(order, (past.version, *past.later))):
        raise UserError(f"{FOLDER}: keeps a release after {version}: what was released stays")
    before = past.before(version)
    if not before.version:
        return f"{FOLDER}/{version}.nq.gz", gzipped(b"".join(now))
    return f"{FOLDER}/{version}.rdfp.gz", gzipped(b"".join(patch.rdf_patch(difference(before.last(), now))))
