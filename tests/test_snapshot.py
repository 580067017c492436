"""The snapshot of the published graph: made once and whole, never trusted when it is not, never in anybody's way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from recorded import LAUREATES
from trophees.ask import cookbook
from trophees.ask.engine import Embedded, Published
from trophees.ask.question import Question, find
from trophees.base.context import Context
from trophees.graph import published, snapshot

SRC = Path(__file__).parents[1] / "src"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a tp:Laureate }"
NAMED = ["laureates-in-region", "-p", "region=region:84"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the snapshots, not there yet."""
    monkeypatch.setenv("TROPHEES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "snapshots"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A small graph and its context."""
    return a_graph(tmp_path / "one", 'tp:a tp:b "one" .')


@pytest.fixture
def asked(files: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The small graph, in place of the published one."""
    monkeypatch.setattr(published, "_FOLDERS", (os.path.dirname(files[1]),))
    monkeypatch.setattr(snapshot, "make_later", snapshot.make)
    monkeypatch.setattr(snapshot, "_TICK", 0)
    return files


def a_graph(folder: Path, triple: str) -> tuple[str, str]:
    graph, context = folder / published.GRAPH, folder / published.CONTEXT
    graph.parent.mkdir(parents=True)
    graph.write_text(f"PREFIX tp: <urn:tp#>\n<urn:graph> {{ {triple} }}\n", "utf-8")
    context.write_text('{"@context": {"@vocab": "urn:tp#", "tp": "urn:tp#"}}', "utf-8")
    time.sleep(0.1)  # so that a change of it has another time
    return str(graph), str(context)


def answer() -> list[str]:
    """What the published graph says in `tp:b`, prefixes included."""

    def values(graph: Embedded) -> list[str]:
        return [str(row["o"]) for row in graph.ask(Question("query", "SELECT ?o { ?s tp:b ?o }"))]  # type: ignore[union-attr]

    return Published().answer(values)


def snapshots(cache: Path) -> list[Path]:
    return sorted(path for path in cache.iterdir() if path.is_dir())


def command(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "trophees", *arguments],
        capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(SRC), "LANG": "en_GB.UTF-8"},
    )  # fmt: skip
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


def until(true: Iterator[bool]) -> None:
    end = time.monotonic() + 60
    while not next(true):
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


def kept(cache: Path) -> Iterator[bool]:
    """Whether there is a pointer, which is written last."""
    while True:
        yield any(cache.glob("of-*"))


# it is made once


@pytest.mark.slow
def test_the_first_question_has_it_made_and_the_next_ones_ask_it(cache: Path) -> None:
    questions = [["query", COUNT], ["query", *NAMED], ["show", "cachan"], ["show", "--lang", "fr", "tool:evaluation"]]
    first = [command(*question) for question in questions]
    until(kept(cache))
    (folder,) = snapshots(cache)
    graph, context = published.file(published.GRAPH), published.file(published.CONTEXT)
    opened = snapshot.opened(graph, context)
    assert opened is not None
    assert set(opened.store) == set(published.store(graph))
    assert opened.prefixes == Context(published.text(published.CONTEXT)).prefixes
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert [command(*question) for question in questions] == first
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before, "it is only read"


@pytest.mark.slow
def test_many_who_ask_at_once_get_one_snapshot(cache: Path) -> None:
    asking = [
        subprocess.Popen(
            [sys.executable, "-m", "trophees", "query", COUNT],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(SRC)},
        ) for _ in range(6)
    ]  # fmt: skip
    assert [process.communicate() for process in asking] == [(b"n\n%d\n" % LAUREATES, b"")] * 6
    until(kept(cache))
    assert len(snapshots(cache)) == 1
    assert command("query", COUNT) == f"n\n{LAUREATES}\n"


@pytest.mark.usefixtures("asked")
def test_while_one_process_makes_it_others_do_not(cache: Path) -> None:
    import fcntl

    cache.mkdir(parents=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert answer() == ['"one"']
        assert [path.name for path in cache.iterdir()] == ["lock"]
    assert answer() == ['"one"']
    assert len(snapshots(cache)) == 1


@pytest.mark.slow
def test_what_a_killed_maker_leaves_is_removed_by_the_next(cache: Path) -> None:
    graph, context = published.file(published.GRAPH), published.file(published.CONTEXT)
    maker = subprocess.Popen(
        [sys.executable, "-m", "trophees.graph.snapshot", graph, context], env={**os.environ, "PYTHONPATH": str(SRC)}
    )

    def drawn() -> Iterator[bool]:
        while True:
            yield (cache / "draft").is_dir() or maker.poll() is not None

    until(drawn())
    maker.send_signal(signal.SIGKILL)
    assert maker.wait() == -signal.SIGKILL
    assert (cache / "draft").is_dir()
    assert snapshot.opened(graph, context) is None
    snapshot.make(graph, context)
    assert not (cache / "draft").exists()
    assert snapshot.opened(graph, context) is not None


# it is that of the graph as it is


def test_two_graphs_have_two_snapshots(asked: tuple[str, str], cache: Path, tmp_path: Path) -> None:
    other = a_graph(tmp_path / "two", 'tp:a tp:b "two" .')
    for files, value in ((asked, '"one"'), (other, '"two"')) * 2:
        published._FOLDERS = (os.path.dirname(files[1]),)
        assert answer() == [value]
    assert len(snapshots(cache)) == 2


@pytest.mark.usefixtures("cache")
def test_a_graph_that_was_changed_is_read_anew(asked: tuple[str, str]) -> None:
    assert answer() == ['"one"']
    graph = Path(asked[0])
    before = graph.stat()
    graph.write_text(graph.read_text("utf-8").replace("one", "two"), "utf-8")
    os.utime(graph, ns=(before.st_atime_ns, before.st_mtime_ns))  # of the same size, and the same age
    assert answer() == ['"two"']
    assert answer() == ['"two"']
    context = Path(asked[1])
    context.write_text(context.read_text("utf-8").replace("urn:tp#", "urn:no#"), "utf-8")
    assert answer() == []


def test_the_same_graph_elsewhere_has_the_same_snapshot(asked: tuple[str, str], cache: Path, tmp_path: Path) -> None:
    answer()
    shutil.copytree(Path(asked[1]).parent, tmp_path / "copy")
    published._FOLDERS = (str(tmp_path / "copy"),)
    assert answer() == ['"one"']
    assert len(snapshots(cache)) == 1
    assert len(list(cache.glob("of-*"))) == 2


def test_a_few_snapshots_are_kept_and_no_pointer_to_what_is_gone(asked: tuple[str, str], cache: Path) -> None:
    for number in range(8):
        Path(asked[0]).write_text(f"<urn:graph> {{ <urn:a> <urn:tp#b> {number} }}", "utf-8")
        answer()
    assert len(snapshots(cache)) == 5
    assert len(list(cache.glob("of-*"))) == 5
    assert snapshot.opened(*asked) is not None


# damage

DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda file: os.truncate(file, file.stat().st_size // 2),
    "empty": lambda file: os.truncate(file, 0),
    "missing": lambda file: file.unlink(),
    "flipped": lambda file: file.write_bytes(bytes(byte ^ 1 for byte in file.read_bytes())),
    "flipped in one place": lambda file: flip(file, file.stat().st_size // 2),
    "another's": lambda file: file.write_bytes(b"nonsense"),
}


def flip(file: Path, place: int) -> None:
    """Change one bit, and let the file seem as old as it was."""
    before = file.stat()
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.slow
@pytest.mark.parametrize("which", ["*.sst", "CURRENT", "MANIFEST-*", "WHOLE", "../of-*"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_snapshot_is_not_asked_but_made_again(
    asked: tuple[str, str], cache: Path, which: str, damage: str
) -> None:
    answer()
    (folder,) = snapshots(cache)
    for file in list(folder.glob(which)):
        DAMAGES[damage](file)
    assert snapshot.opened(*asked) is None
    assert answer() == ['"one"']
    assert snapshot.opened(*asked) is not None
    assert answer() == ['"one"']
    assert len(snapshots(cache)) == 1


@pytest.mark.parametrize("which", ["*.sst", "MANIFEST-*"])
def test_damage_that_only_the_engine_finds_is_no_answer_either(asked: tuple[str, str], cache: Path, which: str) -> None:
    """As if the disk gave back other bytes than were written."""
    answer()
    (folder,) = snapshots(cache)
    for file in folder.glob(which):
        flip(file, 20)
    snapshot._tell(str(folder), {"tp": "urn:tp#"})
    assert answer() == ['"one"']
    assert snapshot.opened(*asked) is not None
    assert answer() == ['"one"']


@pytest.mark.usefixtures("asked")
def test_a_mistake_in_a_question_costs_no_snapshot(cache: Path) -> None:
    answer()
    (folder,) = snapshots(cache)
    for text in ("SELECT nonsense {", "ASK { SERVICE <urn:x> {} }", "ASK { no:prefix a ?x }"):
        with pytest.raises(Exception, match="query"):
            Published().answer(lambda graph, text=text: graph.ask(Question("query", text)))  # type: ignore[misc]
    assert snapshots(cache) == [folder]
    assert answer() == ['"one"']


# where nothing can be kept


@pytest.mark.usefixtures("asked")
def test_an_empty_variable_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROPHEES_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert answer() == ['"one"']
    assert not (tmp_path / "xdg").exists()


@pytest.mark.usefixtures("asked")
def test_without_the_variable_the_users_cache_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TROPHEES_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert answer() == ['"one"']
    assert len(snapshots(tmp_path / "xdg" / "trophees" / "snapshots")) == 1
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert answer() == ['"one"']
    assert len(list((tmp_path / "home").rglob("WHOLE"))) == 1


@pytest.mark.usefixtures("cache")
def test_where_nothing_can_be_written_the_answer_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be", "utf-8")
    assert command("query", COUNT) == f"n\n{LAUREATES}\n"
    assert (tmp_path / "cache").is_file()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_only_read_is_asked_and_left_alone(asked: tuple[str, str], cache: Path) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o500)
    assert answer() == ['"one"']
    assert list(cache.iterdir()) == []
    cache.chmod(0o700)
    answer()
    (folder,) = snapshots(cache)
    folder.chmod(0o500)
    cache.chmod(0o500)
    try:
        assert snapshot.opened(*asked) is not None
        assert answer() == ['"one"']
    finally:
        cache.chmod(0o700)
        folder.chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("whole", [True, False])
def test_what_somebody_else_made_is_not_trusted(asked: tuple[str, str], cache: Path, whole: bool) -> None:
    answer()
    (folder,) = snapshots(cache)
    os.chown(cache if whole else folder, 65534, 65534)
    assert snapshot.opened(*asked) is None
    assert answer() == ['"one"']
    if whole:  # nothing is written there either
        assert snapshots(cache) == [folder]
        assert snapshot.opened(*asked) is None


# and it answers as memory does


@pytest.mark.slow  # that its statements are the same is shown above
@pytest.mark.usefixtures("cache")
def test_it_answers_the_cookbook_as_memory_does() -> None:
    graph, context = published.file(published.GRAPH), published.file(published.CONTEXT)
    snapshot.make(graph, context)
    kept = snapshot.opened(graph, context)
    assert kept is not None
    known = Context(published.text(published.CONTEXT))
    opened, memory = Embedded(kept.store, kept.prefixes), Embedded(published.store(graph), known.prefixes)
    for name in list(cookbook.queries())[::4]:
        question = find(name, {}, known)
        told = [sorted(map(str, graph.ask(question))) for graph in (opened, memory)]  # type: ignore[arg-type]
        assert told[0] == told[1], name
