"""Writing files so that each, killed at any moment or in a power cut, holds what it held before or all that is new."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from trophees.base.errors import UserError


def write(files: Mapping[Path, bytes], gone: Iterable[Path] = ()) -> None:
    """Give `files` their content, in their order, then remove those that are `gone`.

    All of it is on the disk, in hidden files beside them, before the first changes. UserError if the disk refuses.
    """
    targets = {Path(os.path.realpath(path)): data for path, data in files.items()}
    drafts = {path: path.with_name(f".{path.name}.new") for path in targets}
    removed = list(gone)
    path = Path()
    try:
        for path, data in targets.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _draft(drafts[path], data, path)
        for path, draft in drafts.items():
            draft.replace(path)
            flush(path.parent)
        for path in removed:
            path.unlink()
            flush(path.parent)
    except OSError as error:
        for draft in drafts.values():
            with suppress(OSError):  # such as a file in the place of its folder
                draft.unlink(missing_ok=True)
        raise UserError(f"{path}: cannot be written ({error.strerror})") from None


def _draft(draft: Path, data: bytes, model: Path) -> None:
    draft.unlink(missing_ok=True)  # of a run that was killed
    with draft.open("xb") as new:
        new.write(data)
        new.flush()
        os.fsync(new.fileno())
    if model.exists():
        shutil.copymode(model, draft)


def flush(path: Path) -> None:
    """What the file `path` holds, or which names the folder `path` has, is on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
