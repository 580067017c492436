"""Writing a folder of files so that, killed at any moment, it leaves the old release whole or the new one."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from trophees.problem import UserError

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def differences(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """What is stale in `folder`: path -> `missing`, `different` or `unexpected`.

    Only the files and folders at the top of `folder` where `files` has something count: what stands beside them is not
    compared.
    """
    tops = {folder / path.split("/")[0] for path in files}
    inside = (p for top in tops for p in ([top] if top.is_file() else top.rglob("*")) if p.is_file())
    found = {p.relative_to(folder).as_posix(): p for p in inside}
    stale = dict.fromkeys(found.keys() - files.keys(), "unexpected")
    stale |= dict.fromkeys(files.keys() - found.keys(), "missing")
    stale |= {path: "different" for path in files.keys() & found.keys() if found[path].read_bytes() != files[path]}
    return dict(sorted(stale.items()))


def replace(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """`folder` holds exactly `files`, taken one at a time; returns how many they are.

    The new release is whole on disk, beside the old one, before they change places in one step; a file whose content
    stays the same is linked, not rewritten.

    UserError if that cannot be: the old release is then as it was.
    """
    try:
        return _replace(folder.resolve(), files)
    except OSError as error:
        place = error.filename or folder
        raise UserError(f"{place}: cannot be written ({error.strerror}); {folder} is as it was") from None


def _replace(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    recover(folder)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-new-", dir=folder.parent))
    try:
        new.chmod(0o755)
        count = 0
        for count, (path, data) in enumerate(files, 1):  # noqa: B007
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if not _link_same(folder / path, target, data):
                with target.open("xb") as file:
                    file.write(data)
        if not folder.exists():
            new.rename(folder)
        elif not _exchange(new, folder):
            _rename_twice(new, folder)
        return count
    finally:
        shutil.rmtree(new, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put back a release that an interrupted `_rename_twice` left aside, and clear what a killed build left."""
    old = folder.with_name(f".{folder.name}-old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    for leftover in folder.parent.glob(f".{folder.name}-new-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _link_same(old: Path, new: Path, data: bytes) -> bool:
    try:
        if old.read_bytes() != data:
            return False
        os.link(old, new)
    except OSError:
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (Linux renameat2); False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    result: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return result == 0


def _rename_twice(new: Path, folder: Path) -> None:
    """The fallback: between its two steps the old release is aside, whence `recover` brings it back."""
    old = folder.with_name(f".{folder.name}-old")
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
