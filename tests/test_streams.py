"""The standard streams as a shell may give them: whatever they take, and closed, nothing fails and nothing is lost."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys

import pytest

from trophees.base.gzip_file import gzipped
from trophees.cli import streams
from trophees.release.checkout import Project

RECORD = "data/person/anaelle-baes.yaml"


def trophees(project: Project, *args: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    variables = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "trophees", *args]
    return subprocess.run(command, cwd=project.root, env=variables, capture_output=True, check=False)


@pytest.mark.parametrize("encoding", ["latin-1", pytest.param("cp850", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "args",
    [("queries", "--lang", "fr"), ("show", "cachan", "--lang", "en"), ("new", "laureate", "--lang", "fr")],
    ids=str,
)
def test_what_goes_to_a_file_is_utf_8(project: Project, args: tuple[str, ...], encoding: str) -> None:
    narrow, wide = (trophees(project, *args, encoding=name) for name in (encoding, "utf-8"))
    assert (narrow.returncode, narrow.stderr) == (0, b"")
    assert narrow.stdout == wide.stdout
    assert any(ord(c) > 255 for c in wide.stdout.decode())


def test_a_terminal_is_shown_what_it_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(shown, "latin-1"))
    streams.prepare()
    sys.stdout.write("« L’été », “à Œuilly” — 2\u202f000 m² 漢")
    sys.stdout.flush()
    assert shown.getvalue().decode("latin-1") == '« L\'été », "à OEuilly" - 2 000 m² \\u6f22'


@pytest.mark.slow
@pytest.mark.parametrize(
    "closed", ["<&- >/dev/null 2>&-", *(pytest.param(some, marks=pytest.mark.slow) for some in ("2>&-", "<&- 2>&-"))]
)
def test_a_closed_standard_error_changes_no_result(project: Project, closed: str) -> None:
    command = f"exec '{sys.executable}' -m trophees check {RECORD} {closed}"
    assert subprocess.run(["sh", "-c", command], cwd=project.root, check=False).returncode == 0


def test_no_file_takes_the_place_of_a_closed_stream() -> None:
    code = "import os; from trophees.cli.streams import prepare; prepare(); print(os.open(os.devnull, os.O_RDONLY) > 2)"
    done = subprocess.run(["sh", "-c", f"'{sys.executable}' -c '{code}' <&- 2>&-"], capture_output=True, check=True)
    assert done.stdout == b"True\n"


def test_want_of_memory_is_told_in_one_sentence(project: Project) -> None:
    code = "import trophees.cli.show as s; from trophees.cli.main import main\n"
    code += "def full(*_, **__): raise MemoryError\ns.show.callback = full\nmain(['show', 'x'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "trophees: there is not enough memory for this\n")


@pytest.mark.parametrize("data", [b"", b"abc" * 100_000])
def test_a_gzip_file_tells_nothing_of_the_machine(data: bytes) -> None:
    assert gzipped(data)[:10] == b"\x1f\x8b\x08\0" + bytes(4) + b"\x02\xff"
    assert gzip.decompress(gzipped(data)) == data
