"""Writing a folder of files so that, killed at any moment, it leaves the old release whole or the new one.

So does a power cut: what the new release holds is on the disk before the folders change places, and that they did,
before the old one is removed. One process writes a folder at a time; another one is refused at once, as it would
publish what the first has not read, or wait for something that hangs.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from trophees.base.errors import UserError
from trophees.release import lock
from trophees.release.files import flush

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_FILE, _UMASK = 0o644, 0o022  # a server of another user reads the release, whatever the umask of who builds it


def differences(folder: Path, files: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> dict[str, str]:
    """What is stale in `folder`, compared with `files`, whole or in pieces: path -> `missing`, `different` or
    `unexpected`.

    Only the files and folders at the top of `folder` where `files` has something count: what stands beside them is not
    compared.
    """
    stale, same = {}, set()
    for path, data in files:
        file = folder / path
        if not file.is_file():
            stale[path] = "missing"
        elif not _holds(file, [data] if isinstance(data, bytes) else data):
            stale[path] = "different"
        else:
            same.add(path)
    tops = {folder / path.split("/")[0] for path in (*stale, *same)}
    inside = (p for top in tops for p in ([top] if top.is_file() else top.rglob("*")) if p.is_file())
    found = {p.relative_to(folder).as_posix() for p in inside}
    stale |= dict.fromkeys(found - same - stale.keys(), "unexpected")
    return dict(sorted(stale.items()))


def _holds(path: Path, pieces: Iterable[bytes]) -> bool:
    """Whether the file is made of `pieces`."""
    with path.open("rb") as file:
        return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)


class Draft:
    """A release that is being written, in `folder`; `paths` are those of its files so far."""

    def __init__(self, old: Path, new: Path) -> None:
        self._old, self.folder = old, new
        self.paths: list[str] = []

    def add(self, path: str, data: bytes) -> None:
        """Write a file; if its content is that of the old release, it is linked, not rewritten."""
        target = self._place(path)
        old = self._old / path
        if not _link_same(old, target, len(data), lambda: old.read_bytes() == data):
            with target.open("xb") as file:
                file.write(data)
        self.paths.append(path)

    def stream(self, path: str, pieces: Iterable[bytes]) -> None:
        """The same for a file that comes in pieces."""
        target, old = self._place(path), self._old / path
        with target.open("xb") as file:
            file.writelines(pieces)
        link = target.with_name(f".{target.name}")
        if _link_same(old, link, target.stat().st_size, lambda: filecmp.cmp(old, target, shallow=False)):
            link.replace(target)
        self.paths.append(path)

    def _place(self, path: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def written(self) -> Mapping[str, bytes]:
        """The files so far, by path; their content is on the disk until it is asked for."""
        return _Written(self.folder, self.paths)


class _Written(Mapping[str, bytes]):
    def __init__(self, folder: Path, paths: Iterable[str]) -> None:
        self._files = {path: folder / path for path in paths}

    def __getitem__(self, path: str) -> bytes:
        return self._files[path].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@contextmanager
def draft(folder: Path) -> Iterator[Draft]:
    """A new release of `folder`, to be filled: it is whole on disk, beside the old one, before they change places in
    one step, at the end.

    Busy if another process writes it. UserError if it cannot be written; then, as after any other error, the old
    release is as it was.
    """
    try:
        with _draft(Path(os.path.realpath(folder))) as new:
            yield new
    except OSError as error:
        place = error.filename or folder
        raise UserError(f"{place}: cannot be written ({error.strerror}); {folder} is as it was") from None


@contextmanager
def _draft(folder: Path) -> Iterator[Draft]:
    if folder.is_symlink():  # a link that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    with lock.alone(folder):
        _recover(folder)
        umask = os.umask(_UMASK)
        new = (
            folder.parent / f".{folder.name}-new-{secrets.token_hex(6)}"
        )  # known before it is there: a signal may come
        try:
            new.mkdir(0o700)
            with lock.owned(new):
                new.chmod(0o755)
                yield Draft(folder, new)
                _flush(new)
                if not folder.exists():
                    new.rename(folder)
                elif not _exchange(new, folder):
                    _rename_twice(new, folder)
                flush(folder.parent)
        finally:
            shutil.rmtree(new, ignore_errors=True)
            os.umask(umask)


def replace(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """`folder` holds exactly `files`, taken one at a time; returns how many they are. Errors as `draft`."""
    with draft(folder) as new:
        for path, data in files:
            new.add(path, data)
    return len(new.paths)


def recover(folder: Path) -> None:
    """Put back a release that an interrupted `_rename_twice` left aside, and clear what killed builds left: nothing
    that a live process owns. Busy if another process writes `folder`.
    """
    with lock.alone(folder):
        _recover(folder)


def _recover(folder: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    if old.exists() and not folder.exists():
        old.rename(folder)
    for leftover in [old, *folder.parent.glob(f".{folder.name}-new-*")]:
        if lock.left(leftover):
            shutil.rmtree(leftover, ignore_errors=True)


def _link_same(old: Path, new: Path, size: int, same: Callable[[], bool]) -> bool:
    """Whether `new` is now a link to `old`, a file of so many bytes, as `same` finds that it holds what it should."""
    try:
        found = old.lstat()
        if (found.st_mode, found.st_size) != (stat.S_IFREG | _FILE, size) or not same():
            return False
        os.link(old, new)
    except OSError:
        return False
    return True


def _flush(folder: Path) -> None:
    """All that `folder` holds is on the disk."""
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError):  # not Linux
        for parent, _, names in os.walk(folder):
            for name in [*names, "."]:
                flush(Path(parent, name))
        return
    # as much as fsync of each file (syncfs(2)), in a tenth of a second instead of five
    file = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(file):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(file)


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
    flush(folder.parent)
    shutil.rmtree(old, ignore_errors=True)
