"""The site in the installed package: one compressed file, unpacked once per release into the user's cache.

python -m trophees.serve.archive publish src/trophees/serve/site.tar.xz
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from trophees.problem import UserError

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


def unpacked(archive: Path = _PACKAGED) -> Path | None:
    """The folder where the site of the package is, unpacked now if it was not; None if the package has none.

    UserError if it cannot be written.
    """
    if not archive.is_file():
        return None
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trophees"
    name = hashlib.sha256(archive.read_bytes()).hexdigest()[:16]
    if (cache / name).is_dir():
        return cache / name
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as scratch:
            whole = Path(scratch) / "site"
            with tarfile.open(archive) as packed:
                packed.extractall(whole, filter="data")
            for former in cache.glob("[0-9a-f]" * 16):
                shutil.rmtree(former, ignore_errors=True)
            whole.rename(cache / name)
    except OSError as error:
        if not (cache / name).is_dir():  # another process was faster
            raise UserError(f"{cache}: cannot be written ({error.strerror}): set XDG_CACHE_HOME") from None
    return cache / name


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
