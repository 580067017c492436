"""The site in the installed package: one compressed file, unpacked once per release into the user's cache.

python -m trophees.serve.archive publish src/trophees/serve/site.tar.xz    # packs it
python -m trophees.serve.archive                                           # unpacks it

A folder of the cache is locked by those who serve it or write it. What nobody has locked is removed: the sites of other
releases, and what was left by an unpacking that was killed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from trophees.base.errors import UserError, brief

_PACKAGED = Path(__file__).parent / "site.tar.xz"


def pack(folder: Path, target: Path) -> None:
    """Write the files of `folder` into `target`; the same files give the same bytes."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = member.mtime = 0
        member.uname = member.gname = ""
        member.mode = 0o755 if member.isdir() else 0o644
        return member

    with tarfile.open(target, "w:xz", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(folder.rglob("*")):
            archive.add(path, path.relative_to(folder).as_posix(), recursive=False, filter=plain)


@contextmanager
def unpacked(archive: Path = _PACKAGED) -> Iterator[Path | None]:
    """The folder where the site of the package is, unpacked now if it was not; None if the package has none.

    It stays until this ends. UserError if it cannot be written.
    """
    if not archive.is_file():
        yield None
        return
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trophees"
    folder = cache / hashlib.sha256(archive.read_bytes()).hexdigest()[:16]
    try:
        while (held := _locked(folder, fcntl.LOCK_SH)) is None:
            _unpack(archive, folder)
    except OSError as error:
        raise UserError(f"{cache}: cannot be written ({error.strerror}): set XDG_CACHE_HOME") from None
    try:
        _tidy(cache)
        yield folder
    finally:
        os.close(held)


def _unpack(archive: Path, folder: Path) -> None:
    """Put the whole site at `folder` at once, unless somebody interferes: then it may be there, or not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as scratch:
        if (held := _locked(Path(scratch), fcntl.LOCK_SH)) is None:  # it was taken for something that was left
            return
        try:
            with tarfile.open(archive) as packed:
                _extract(packed, Path(scratch) / "site")
            (Path(scratch) / "site").rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was faster
                raise
        finally:
            os.close(held)


def _extract(packed: tarfile.TarFile, folder: Path) -> None:
    """Write the files and folders of `packed` below `folder`; UserError if one is anything else, or leads out of it.

    By hand, as `tarfile` has filters from Python 3.11.4 on only. The archive tells no times: a file is as old as its
    unpacking, so that it is newer than a former release's.
    """
    folder.mkdir()
    for member in packed:
        target = folder.joinpath(member.name)
        if ".." in target.parts or not target.is_relative_to(folder) or not (member.isdir() or member.isreg()):
            raise UserError(f"{_PACKAGED.name}: “{brief(member.name)}” is no file of a site: install the package again")
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        content = packed.extractfile(member)
        assert content is not None  # it is a regular file
        with content, target.open("xb") as file:
            shutil.copyfileobj(content, file)


def _tidy(cache: Path) -> None:
    for left in [*cache.glob("tmp*"), *cache.glob("[0-9a-f]" * 16)]:
        with suppress(OSError):
            if (locked := _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB)) is not None:
                try:
                    away = tempfile.mkdtemp(dir=cache)
                    left.rename(away)  # so that nobody finds a part of it
                    shutil.rmtree(away, ignore_errors=True)
                finally:
                    os.close(locked)


def _locked(folder: Path, how: int) -> int | None:
    """`folder`, open and locked; None if it is not there, or if another has locked it and `how` is not to wait."""
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(opened, how)
        if os.path.samestat(os.fstat(opened), os.stat(folder)):
            return opened
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:  # a file system without locks: there nothing is removed
        if how == fcntl.LOCK_SH:
            return opened
    os.close(opened)
    return None


if __name__ == "__main__":
    if sys.argv[1:]:
        pack(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        with unpacked():
            pass
