"""Writing the release: whatever happens, the folder holds the old release whole, or the new one."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from conftest import Run
from trophees.base.errors import UserError
from trophees.release import folder as release
from trophees.release import lock
from trophees.release.lock import Busy

OLD = {f"dumps/{n}.nt": b"old %d\n" % n * 20 for n in range(40)} | {"same": b"same\n", "gone/old.csv": b"old\n"}
NEW = {f"dumps/{n}.nt": b"new %d\n" % n * 30 for n in range(40)} | {"same": b"same\n", "csv/new.csv": b"new\n"}

# Writes the two releases in turn, for ever; `{hook}` may change how before it starts.
WRITER = """
import os, signal, sys
from pathlib import Path
from trophees.release import folder as release
OLD, NEW = {releases}
release._flush = release.flush = lambda path: None  # it is for power cuts: a process that is killed takes none
{hook}
while True:
    release.replace(Path(sys.argv[1]), NEW.items())
    release.replace(Path(sys.argv[1]), OLD.items())
    print("twice", flush=True)
"""
WITHOUT_EXCHANGE = "release._exchange = lambda *folders: False"
KILLED_WHEN_ASIDE = (
    WITHOUT_EXCHANGE
    + """
rename = Path.rename
def dying(self, target):
    if "-new-" in self.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = dying
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the old release."""
    folder = tmp_path / "publish"
    release.replace(folder, OLD.items())
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def beside(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.parent.iterdir() if p != folder)


def writer(folder: Path, hook: str = "") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER.format(hook=hook, releases=(OLD, NEW)), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def kill(process: subprocess.Popen[bytes], moment: float) -> None:
    """Kill a writer at `moment`, from 0 to 1, of the two releases that it writes next."""
    assert process.stdout is not None
    process.stdout.readline()
    start = time.perf_counter()
    process.stdout.readline()
    time.sleep(moment * (time.perf_counter() - start))
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_a_release_holds_exactly_its_files(folder: Path) -> None:
    assert content(folder) == OLD
    release.replace(folder, NEW.items())
    assert content(folder) == NEW
    assert beside(folder) == []
    assert not (folder / "gone").exists()


@pytest.mark.parametrize("second", [b"one", b"another"])
def test_two_files_at_one_path_leave_the_old_release(folder: Path, second: bytes) -> None:
    before = content(folder)
    with pytest.raises(UserError):
        release.replace(folder, [("twice", b"one"), ("twice", second)])
    assert content(folder) == before


def test_a_first_release_makes_its_folder_readable_by_all(tmp_path: Path) -> None:
    release.replace(tmp_path / "publish", NEW.items())
    assert (tmp_path / "publish").stat().st_mode & 0o777 == 0o755


def test_a_file_whose_content_stays_keeps_its_inode_and_its_date(folder: Path) -> None:
    before = (folder / "same").stat()
    release.replace(folder, NEW.items())
    after = (folder / "same").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert after.st_nlink == 1


@pytest.mark.slow
def test_a_release_killed_at_any_moment_leaves_the_old_one_or_the_new_one(folder: Path) -> None:
    moments = random.Random(2020)
    for _ in range(30):
        kill(writer(folder), moments.random())
        assert content(folder) in (OLD, NEW)
    release.replace(folder, NEW.items())
    assert content(folder) == NEW
    assert beside(folder) == []


def test_what_a_killed_build_left_is_cleared_by_the_next_one(folder: Path) -> None:
    leftover = folder.parent / ".publish-new-abcdef"
    leftover.mkdir()
    (leftover / "half").write_bytes(b"written")
    release.replace(folder, NEW.items())
    assert beside(folder) == []


def test_where_folders_cannot_be_swapped_the_release_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "_exchange", lambda *_: False)
    release.replace(folder, NEW.items())
    assert content(folder) == NEW
    assert beside(folder) == []


def test_killed_between_the_two_renames_the_old_release_is_aside_and_comes_back(folder: Path) -> None:
    process = writer(folder, KILLED_WHEN_ASIDE)
    assert process.wait() == -signal.SIGKILL
    assert not folder.exists()
    release.recover(folder)
    assert content(folder) == OLD
    assert beside(folder) == []


@pytest.mark.slow
def test_killed_at_any_moment_without_the_swap_recovery_finds_a_whole_release(folder: Path) -> None:
    moments = random.Random(2020)
    for _ in range(15):
        kill(writer(folder, WITHOUT_EXCHANGE), moments.random())
        release.recover(folder)
        assert content(folder) in (OLD, NEW)
        assert beside(folder) == []


def test_a_rename_that_fails_puts_the_old_release_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if "-new-" in self.name:
            raise PermissionError(13, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(release, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(UserError, match=r"Permission denied.*is as it was"):
        release.replace(folder, NEW.items())
    assert content(folder) == OLD


def test_a_full_disk_leaves_the_old_release_and_one_sentence(folder: Path) -> None:
    """A limit on the size of files stands for the disk: writing fails in the middle in the same way."""
    script = WRITER.format(hook="", releases=(OLD, NEW)).replace("while True:", "for _ in [1]:")
    limit = (100, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert f"UserError: {folder}: cannot be written (File too large); {folder} is as it was" in done.stderr
    assert content(folder) == OLD
    assert beside(folder) == []


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "publish").write_bytes(b"mine\n")
    with pytest.raises(UserError, match=r"publish: cannot be written \(Not a directory\)"):
        release.replace(tmp_path / "publish", NEW.items())
    assert (tmp_path / "publish").read_bytes() == b"mine\n"
    assert beside(tmp_path / "publish") == []


def test_a_path_below_a_file_leaves_the_old_release(folder: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        release.replace(folder, {"a": b"", "a/b": b""}.items())
    assert content(folder) == OLD
    assert beside(folder) == []


def test_a_link_to_the_folder_stays_a_link(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    release.replace(link, NEW.items())
    assert link.is_symlink()
    assert content(folder) == NEW


def test_the_build_says_in_one_sentence_that_it_cannot_write(checkout: Path) -> None:
    (checkout / "publish").write_bytes(b"mine\n")
    command = [sys.executable, "-m", "trophees", "build"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 2
    place = checkout / "publish"
    assert done.stderr == f"trophees: {place}: cannot be written (Not a directory); {place} is as it was\n"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({}, {"d/a": "missing"}),
        ({"d/a": b"x"}, {"d/a": "different"}),
        ({"d/a": b"", "d/b": b""}, {"d/b": "unexpected"}),
        ({"d/a": b"", "page.html": b""}, {}),
    ],
)
def test_differences_name_each_stale_file(
    tmp_path: Path, found: Mapping[str, bytes], expected: Mapping[str, str]
) -> None:
    for name, data in found.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert release.differences(tmp_path, [("d/a", b"")]) == expected


@pytest.mark.parametrize(
    ("pieces", "same"),
    [
        ([b"one ", b"two"], True),
        ([b"one two"], True),
        ([b"one ", b"", b"two", b""], True),
        ([b"one ", b"too"], False),
        ([b"one "], False),
        ([b"one two", b"!"], False),
        ([], False),
    ],
)
def test_a_file_in_pieces_is_compared_with_the_old_one_and_kept_if_it_is_the_same(
    tmp_path: Path, pieces: list[bytes], same: bool
) -> None:
    folder = tmp_path / "publish"
    release.replace(folder, [("d/a", b"one two")])
    before = (folder / "d" / "a").stat()
    assert release.differences(folder, [("d/a", iter(pieces))]) == ({} if same else {"d/a": "different"})
    with release.draft(folder) as new:
        new.stream("d/a", iter(pieces))
        new.stream("d/b", iter(pieces))
    after = (folder / "d" / "a").stat()
    assert ((after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)) is same
    assert content(folder) == {"d/a": b"".join(pieces), "d/b": b"".join(pieces)}


def test_what_a_draft_holds_can_be_read_while_it_is_written(folder: Path) -> None:
    with release.draft(folder) as new:
        new.add("same", OLD["same"])
        new.add("csv/new.csv", NEW["csv/new.csv"])
        first = new.written()
        new.add("later", b"")
        known = {path: NEW[path] for path in ("same", "csv/new.csv")}
        assert dict(first) == known
        assert content(folder) == OLD
    assert content(folder) == {**known, "later": b""}


def test_a_draft_that_is_given_up_changes_nothing(folder: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield "same", b"other"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        release.replace(folder, files())
    assert content(folder) == OLD
    assert beside(folder) == []


def test_on_linux_the_folders_change_places_in_one_step_else_by_two_renames(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no folder may be renamed, only the swap is left."""

    def refusing(self: Path, _: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "rename", refusing)
    if sys.platform == "linux":
        release.replace(folder, NEW.items())
        assert content(folder) == NEW
    monkeypatch.setattr(release, "_exchange", lambda *_: False)
    with pytest.raises(UserError, match="Permission denied"):
        release.replace(folder, OLD.items())


@pytest.mark.parametrize("swap", [True, False], ids=["swap", "two renames"])
def test_what_survives_a_killed_build_survives_a_power_cut(
    folder: Path, monkeypatch: pytest.MonkeyPatch, swap: bool
) -> None:
    """The whole release is on the disk before it takes its place, and that it did, before the old one is removed."""
    told: list[tuple[str, object]] = []
    rmtree, exchange, twice = shutil.rmtree, release._exchange, release._rename_twice

    def remove(path: Path, ignore_errors: bool = False) -> None:
        told.append(("removed", content(path)))
        rmtree(path, ignore_errors)

    def swapped(new: Path, old: Path) -> bool:
        if swap:
            told.append(("placed", "swap"))
        return swap and exchange(new, old)

    def renamed(new: Path, old: Path) -> None:
        told.append(("placed", "renames"))
        twice(new, old)

    monkeypatch.setattr(release, "_flush", lambda path: told.append(("flushed", content(path))))
    monkeypatch.setattr(release, "flush", lambda path: told.append(("named", path)))
    monkeypatch.setattr(release, "_exchange", swapped)
    monkeypatch.setattr(release, "_rename_twice", renamed)
    monkeypatch.setattr(shutil, "rmtree", remove)
    release.replace(folder, NEW.items())
    placed = ("placed", "swap" if swap else "renames")
    assert told[:4] == [("flushed", NEW), placed, ("named", folder.parent), ("removed", OLD)]


@pytest.mark.parametrize("whole", [True, False], ids=["syncfs", "fsync"])
def test_every_file_and_folder_is_flushed(folder: Path, monkeypatch: pytest.MonkeyPatch, whole: bool) -> None:
    flushed: set[int] = set()
    monkeypatch.setattr(os, "fsync", lambda file: flushed.add(os.fstat(file).st_ino))

    class System:
        def __init__(self, *_: object, **__: object) -> None:
            if not whole:
                raise OSError

        def syncfs(self, file: int) -> int:
            assert os.fstat(file).st_ino == folder.stat().st_ino
            flushed.update(path.stat().st_ino for path in [folder, *folder.rglob("*")])
            return 0

    monkeypatch.setattr(ctypes, "CDLL", System)
    release._flush(folder)
    assert flushed == {path.stat().st_ino for path in [folder, *folder.rglob("*")]}


@pytest.mark.skipif(sys.platform != "linux", reason="syncfs is Linux's")
def test_a_disk_that_refuses_to_flush_leaves_the_old_release(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def syncfs(self, _: int) -> int:
            ctypes.set_errno(errno.ENOSPC)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", Full)
    with pytest.raises(UserError, match=r"cannot be written \(No space left on device\)"):
        release.replace(folder, NEW.items())
    assert content(folder) == OLD
    assert beside(folder) == []


def test_a_second_build_is_refused_while_the_first_goes_on(folder: Path) -> None:
    with release.draft(folder) as first:
        with pytest.raises(Busy, match=f"process {os.getpid()} writes"):
            release.replace(folder, {"other": b""}.items())
        with pytest.raises(Busy):
            release.recover(folder)
        for path, data in NEW.items():
            first.add(path, data)
    assert content(folder) == NEW
    assert beside(folder) == []


def test_nothing_that_a_live_process_owns_is_cleared(folder: Path) -> None:
    """Even if somebody removed the file of the lock."""
    drafts = [folder.parent / f".publish-new-{name}" for name in ("live", "left")]
    for path in drafts:
        path.mkdir()
    with lock.owned(drafts[0]):
        release.replace(folder, NEW.items())
        assert beside(folder) == [".publish-new-live"]
    release.replace(folder, NEW.items())
    assert beside(folder) == []


def test_without_locks_nothing_is_cleared_and_the_release_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    (folder.parent / ".publish-new-somebodys").mkdir()
    monkeypatch.setattr(fcntl, "flock", without)
    release.replace(folder, NEW.items())
    assert content(folder) == NEW
    assert beside(folder) == [".publish-new-somebodys"]


CROWD = """
import random, sys
from pathlib import Path
from trophees.release import folder as release
from trophees.release.lock import Busy
OLD, NEW = {releases}
release._flush = release.flush = lambda path: None
{hook}
turn = random.Random(int(sys.argv[2]))
while True:
    try:
        release.replace(Path(sys.argv[1]), turn.choice([OLD, NEW]).items())
        print("wrote", flush=True)
    except Busy:
        print("refused", flush=True)
"""


@pytest.mark.parametrize("hook", ["", WITHOUT_EXCHANGE], ids=["swap", "two renames"])
def test_builds_that_meet_never_leave_a_part_of_a_release(folder: Path, hook: str) -> None:
    """Three writers at once, one of which is killed now and then."""
    moments = random.Random(2020)
    code = CROWD.format(releases=(OLD, NEW), hook=hook)

    def start(seed: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code, str(folder), str(seed)], stdout=subprocess.PIPE)

    crowd = [start(seed) for seed in range(3)]
    wholes = 0
    try:
        for process in crowd:
            assert process.stdout is not None
            process.stdout.readline()
        for _ in range(12):
            for _ in range(moments.randrange(4)):
                crowd[1].stdout.readline()  # type: ignore[union-attr]
                if (found := look(folder)) is not None:
                    assert found in (OLD, NEW)
                    wholes += 1
            assert [process.poll() for process in crowd] == [None] * 3, "one died of what another did"
            crowd[0].kill()
            crowd[0].communicate()
            crowd[0] = start(moments.randrange(100))
    finally:
        for process in crowd:
            process.kill()
            process.communicate()
    release.recover(folder)
    assert content(folder) in (OLD, NEW)
    assert beside(folder) == []
    assert wholes


def look(folder: Path) -> dict[str, bytes] | None:
    """What the folder holds; None if another one took its place in the meantime."""
    try:
        held = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    found: dict[str, bytes] = {}
    try:
        for parent, _, names, place in os.fwalk(".", dir_fd=held):
            for name in names:
                with open(os.open(name, os.O_RDONLY, dir_fd=place), "rb") as file:
                    found[(Path(parent) / name).as_posix()] = file.read()
        return found if os.path.samestat(os.fstat(held), folder.stat()) else None
    except FileNotFoundError:
        return None
    finally:
        os.close(held)


def test_whoever_reads_the_folder_can_whatever_the_umask(folder: Path) -> None:
    (folder / "same").chmod(0o600)
    umask = os.umask(0o077)
    try:
        release.replace(folder, NEW.items())
    finally:
        assert os.umask(umask) == 0o077
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in [folder, *folder.rglob("*")]}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_what_is_no_regular_file_is_never_opened_nor_linked(folder: Path) -> None:
    (folder / "same").unlink()
    os.mkfifo(folder / "same")
    (folder / "csv").mkdir()
    (folder / "csv" / "new.csv").symlink_to("/dev/zero")
    release.replace(folder, NEW.items())
    assert content(folder) == NEW
    assert all(path.is_dir() or path.lstat().st_nlink == 1 for path in folder.rglob("*"))


def test_a_link_that_leads_to_itself_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "publish").symlink_to("publish")
    with pytest.raises(UserError, match=r"publish: cannot be written \(Too many levels of symbolic links\)"):
        release.replace(tmp_path / "publish", NEW.items())
    assert beside(tmp_path / "publish") == []


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("fr_FR.UTF-8", "publish/ : une autre construction est en cours (processus {}) : attendez qu’elle finisse"),
        ("en_GB.UTF-8", "publish/: another build is under way (process {}): wait until it ends"),
    ],
)
def test_the_second_build_of_a_checkout_is_refused_in_one_sentence(
    checkout: Path, run: Run, monkeypatch: pytest.MonkeyPatch, locale: str, sentence: str
) -> None:
    monkeypatch.chdir(checkout)
    with lock.alone(checkout / "publish"):
        done = run("build", env={"LANG": locale})
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"trophees: {sentence.format(os.getpid())}\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_build_that_is_told_to_end_leaves_nothing_behind(checkout: Path, number: signal.Signals) -> None:
    def started() -> bool:
        return any(checkout.glob(".publish-new-*"))

    command = [sys.executable, "-m", "trophees", "build"]
    with subprocess.Popen(command, cwd=checkout, stderr=subprocess.PIPE) as build:
        while build.poll() is None and not started():
            time.sleep(0.01)
        build.send_signal(number)
        build.communicate()
    assert build.returncode == (1 if number == signal.SIGINT else -number)
    assert not any(checkout.glob(".publish*"))
    assert not (checkout / "publish").exists()


def test_a_swap_that_is_refused_changes_nothing(folder: Path) -> None:
    assert not release._exchange(folder.parent / "nowhere", folder)
    assert content(folder) == OLD
