"""What OLD and NEW of a comparison are: a folder, a file, a release, or a revision of the project."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import RdfFormat

from trophees.base import checkout
from trophees.base.errors import UserError, as_text, brief
from trophees.changes.statements import File, Lines, lines
from trophees.graph import published
from trophees.reading import document, packed
from trophees.reading.document import TABLES

DUMP = "dumps/trophees.nq"
_IN_FOLDERS = (DUMP, f"publish/{DUMP}", published.GRAPH, f"publish/{published.GRAPH}")
_RELEASE = re.compile(r"[0-9]{4}\.[0-9]+")
_VERSION = re.compile(rb'^version: "([^"]+)"', re.MULTILINE)
_RECORD, _REGISTER = "data/dataset/trophees.yaml", "data/identifiers.nq"
_BEFORE = ("data/dataset/2020.yaml",)  # the record of the dataset, up to 2020.3

Held = Callable[[Path, str], "Lines | None"]  # what a checkout keeps of a release; None if it keeps none of this name


def read(name: str, folder: Path, held: Held | None = None) -> Lines:
    """The statements of `name`, in order: a path, or, for the checkout that holds `folder`, a release or a revision.

    A release is what `held` tells of it, else what the commit that registered it published. UserError, in one
    sentence, if it is none of them, or cannot be read.
    """
    if os.path.lexists(as_text(name)) or ":/" in name:
        return _of_path(Path(name))
    try:
        root = checkout.root(folder)
    except UserError:
        raise UserError(
            f"{brief(name)}: is no file and no folder, and no checkout is here, to look for it in"
        ) from None
    release = _RELEASE.fullmatch(name) is not None
    if release and held and (statements := held(root, name)) is not None:
        return statements
    revision = _revision_of_release(name, root) if release else name
    return _of_revision(revision, name, root)


def _of_path(path: Path) -> Lines:
    if path.is_dir():
        found = next((path / name for name in _IN_FOLDERS if (path / name).is_file()), None)
        if found is None:
            raise UserError(
                f"{path}: has no {DUMP}: give a publish/ folder, or a checkout in which “trophees build” ran"
            )
        path = found
    extension = document.extension_of(path.name)
    if extension in ("nq", "nt") and not path.name.lower().endswith(packed.EXTENSIONS) and _is_sorted(path):
        return File(path)
    if extension in TABLES:
        raise UserError(f"{path}: is a table: RDF is compared")
    found_document = document.read(path, lambda: published.text(published.CONTEXT))
    assert found_document.form is not None
    return lines(found_document.data, found_document.form, str(path))


def _is_sorted(path: Path) -> bool:
    """Whether the regular file at `path` holds its statements as `File` wants them."""
    try:
        return path.is_file() and File(path).in_order()
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None


def _of_revision(revision: str, name: str, root: Path) -> Lines:
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    if not commit:
        raise UserError(f"{brief(name)}: is no file, no folder, no release and no revision of the project")
    data = _git(root, "cat-file", "blob", f"{commit.decode()}:publish/{DUMP}")
    if not data:
        raise UserError(f"{brief(name)}: holds no publish/{DUMP}")
    return lines(data, RdfFormat.N_QUADS, f"{name}:publish/{DUMP}")


def _revision_of_release(version: str, root: Path) -> str:
    """The commit that registered the release; UserError if there is none."""
    for commit in _git(root, "log", "--format=%H", "--", _REGISTER).decode().split():
        for path in (_RECORD, *_BEFORE):
            found = _VERSION.search(_git(root, "cat-file", "blob", f"{commit}:{path}"))
            if found and found[1].decode() == version:
                return commit
            if found:
                break
    raise UserError(f"{version}: no commit of the project registered this release")


def _git(root: Path, *arguments: str) -> bytes:
    """What git answers in `root`; nothing if it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise UserError(f"git: cannot be run ({error.strerror})") from None
    return done.stdout if done.returncode == 0 else b""
