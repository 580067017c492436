"""`trophees serve` as a command: how it starts, says what is wrong, logs, and stops."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from conftest import Run
from recorded import LAUREATES
from serving.conftest import TRIG, Served, site, until
from trophees.base.errors import UserError
from trophees.cli.main import main
from trophees.release.checkout import Project
from trophees.serve import archive
from trophees.serve.backend.limits import YOUNG

pytestmark = pytest.mark.xdist_group("serving")

SMALL = "<urn:g> { <urn:s> <urn:p> <urn:o> }"
TWO_SECONDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STR(?c) < STR(?f)) }"


def test_what_keeps_it_from_starting_is_told_in_a_sentence(run: Run, tmp_path: Path, served: Served) -> None:
    for arguments, sentence in (
        ([tmp_path / "none"], "no site here (index.html is missing): run “trophees build” first"),
        (["--endpoint", "ftp://x"], "--endpoint ftp://x: an address that begins with https:// is expected"),
        (["--site-url", "x"], "--site-url x: an address"),
        (["--site-url", "https://["], "--site-url https://[: an address with a host is expected"),
        (
            ["--endpoint", "https://x:port/"],
            "--endpoint https://x:port/: an address that begins with https:// or http:// is expected",
        ),
        (["--timeout", "nan"], "--timeout nan: a number of seconds is expected"),
        (["--allow-service", "http://x/"], "--allow-service http://x/: a host is expected"),
        ([site(tmp_path / "a", SMALL), "--port", str(served.port)], f"127.0.0.1:{served.port}: cannot listen"),
        ([tmp_path / "a", "--access-log", tmp_path], f"{tmp_path}: cannot be written"),
        ([site(tmp_path / "b", "not TriG"), "--port", "0"], "cannot be read as TriG"),
    ):
        done = run("serve", *arguments)
        assert done.exit_code == 2
        assert done.stderr.startswith("trophees: ")
        assert sentence in done.stderr
        assert done.stderr.count("\n") == 1


def test_without_its_packages_it_names_the_extra(tmp_path: Path) -> None:
    folder = site(tmp_path / "publish", SMALL)
    for package in ("brotli", "httptools", "starlette", "uvicorn", "uvloop"):
        code = f"import sys; sys.modules[{package!r}] = None; from trophees.__main__ import main; main()"
        command = [sys.executable, "-c", code, "serve", str(folder), "--port", "0"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.stderr == f"trophees: {package} is needed for this command: pip install 'trophees[serve]'\n"
        assert done.returncode == 2


def test_without_a_folder_for_temporary_files_it_says_so(tmp_path: Path) -> None:
    code = "import tempfile; tempfile._candidate_tempdir_list = lambda: ['/proc'];"
    code += "from trophees.__main__ import main; main()"
    command = [sys.executable, "-c", code, "serve", str(site(tmp_path / "publish", SMALL)), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stderr == "trophees: no folder for temporary files can be written: set TMPDIR\n"
    assert done.returncode == 2


def test_the_other_commands_need_none_of_it() -> None:
    code = "import sys, trophees.cli.main, trophees.ask.command; "
    code += "sys.exit(any(m in sys.modules for m in ('starlette', 'uvicorn')))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_serving_needs_nothing_of_what_builds_the_site() -> None:
    code = (
        "import sys, trophees.serve.front.server, trophees.serve.front.endpoint, trophees.serve.backend.process;"
        "import trophees.serve.backend.pool;"
        "sys.exit(any(m in sys.modules for m in ('jinja2', 'PIL', 'rdflib', 'pyshacl')))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.slow
def test_it_stops_when_what_runs_has_ended(tmp_path: Path) -> None:
    server = Served.start(site(tmp_path / "publish"), "--timeout", "2").ready()
    family = server.family()
    answers = []
    asking = threading.Thread(target=lambda: answers.append(server.query(TWO_SECONDS)))
    asking.start()
    until(lambda: server.health()["slow"] == 1)
    assert server.stop() == 0
    asking.join()
    assert [answer.status for answer in answers] == [503], (
        "it was answered, at its time limit, while the server stopped"
    )
    assert not any(there(process) for process in family)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", server.port))


def test_no_process_is_left_when_it_is_killed(tmp_path: Path) -> None:
    server = Served.start(site(tmp_path / "publish", SMALL))
    until(lambda: len(server.family()) > 1)
    engine, *workers = server.family()
    server.process.kill()
    server.process.wait()
    until(lambda: not runs(engine))
    assert not any(there(process) for process in workers)


def there(process: int) -> bool:
    """Whether the system still knows of `process`, be it only that nobody asked how it ended."""
    return Path(f"/proc/{process}").exists()


def runs(process: int) -> bool:
    """Whether `process` has not ended; nobody may be there to ask how it did, as its parent was killed."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_access_log_is_in_the_common_log_format(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    server = Served.start(site(tmp_path / "publish", SMALL), "--access-log", str(log))
    try:
        server.ask("/map/")
        server.ask("/sparql?query=ASK%7B%7D", "HEAD")
        server.ask('/no"thing\\')
        server.raw(b"nonsense\r\n\r\n")
        for client in (b"192.0.2.7", b"2001:db8::7", b"\xe9", b'x - - [x] "GET /fake HTTP/1.1" 200 1', b"y" * 300):
            head = b"GET /map/ HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %b\r\nConnection: close\r\n\r\n"
            assert server.raw(head % client).endswith(b"\r\n\r\nmap")
    finally:
        server.stop()
    lines = [
        re.fullmatch(r'(\S+) - - \[[^]]+\] "(.*)" (\d+) (\d+|-)', line) for line in log.read_text("ascii").splitlines()
    ]
    assert [line and line.groups() for line in lines] == [
        ("127.0.0.1", "GET /map/ HTTP/1.1", "200", "3"),
        ("127.0.0.1", "HEAD /sparql?query=ASK%7B%7D HTTP/1.1", "200", "-"),
        ("127.0.0.1", r"GET /no\"thing\\ HTTP/1.1", "404", "8"),
        ("127.0.0.1", "-", "400", "24"),
        *(
            (client, "GET /map/ HTTP/1.1", "200", "3")
            for client in (
                "192.0.2.7",
                "2001:db8::7",
                r"\xe9",
                r"x\x20-\x20-\x20\x5bx\x5d\x20\x22GET\x20\x2ffake\x20HTTP\x2f1.1\x22\x20200\x201",
                "y" * 255,
            )
        ),
    ]


@pytest.mark.slow
def test_who_does_not_wait_for_the_answer_is_in_the_log_with_what_was_sent(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    folder = site(tmp_path / "publish")
    (folder / "large").write_bytes(b"x" * 50_000_000)
    server = Served.start(folder, "--access-log", str(log))
    try:
        typed = b"Host: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\n"
        query = f"GET /sparql?{urlencode({'query': TWO_SECONDS})} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        for request in (b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /sparql HTTP/1.1\r\n" + typed, query):
            with socket.create_connection(("127.0.0.1", server.port)) as client:
                client.sendall(request)
                if b"large" in request:
                    client.recv(1000)
        until(lambda: log.read_text("ascii").count("\n") == 3)
    finally:
        assert server.stop() == 0
    told = {line.split()[6].partition("?")[2] or line.split()[6]: line.split()[8:] for line in log.open()}
    assert {status for status, _ in told.values()} == {"499"}
    assert 0 < int(told.pop("/large")[1]) < 50_000_000
    assert [size for _, size in told.values()] == ["-", "-"]


@pytest.mark.slow
@pytest.mark.parametrize("where", ["/dev/full", "-"], ids=["a full disk", "a pipe that nobody reads"])
def test_a_log_that_cannot_be_written_costs_nobody_the_answer(tmp_path: Path, where: str) -> None:
    server = Served.start(site(tmp_path / "publish"), "--access-log", where)
    assert server.process.stdout
    assert server.process.stderr
    server.process.stdout.close()
    try:
        for _ in range(3):
            assert server.ask("/map/").body == b"map"
            assert server.query("ASK {}").status == 200
        assert server.ask("/dumps/trophees.trig").body == TRIG.read_bytes()
    finally:
        assert server.stop() == 0
    told = server.process.stderr.read()
    assert told.startswith("trophees: the access log cannot be written (")
    assert told.count("\n") == 1


def test_the_site_of_the_package_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path / "publish", SMALL)
    packed = [tmp_path / "one.tar.xz", tmp_path / "two.tar.xz"]
    for target in packed:
        archive.pack(folder, target)
    assert packed[0].read_bytes() == packed[1].read_bytes()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cache" / "trophees" / "tmp0left").mkdir(parents=True)  # by one that was killed
    begun = time.time()
    with archive.unpacked(packed[0]) as whole:
        assert whole is not None
    assert [p.name for p in whole.parent.iterdir()] == [whole.name]
    assert all(begun - 1 <= p.stat().st_mtime <= time.time() for p in whole.rglob("*")), "not of 1970"
    assert {p.relative_to(whole): p.read_bytes() for p in whole.rglob("*") if p.is_file()} == {
        p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    (whole / "index.html").write_text("kept", "utf-8")
    with archive.unpacked(packed[1]) as again:
        assert again == whole
        assert (whole / "index.html").read_text("utf-8") == "kept"
    (folder / "index.html").write_text("another release", "utf-8")
    archive.pack(folder, packed[1])
    with archive.unpacked(packed[0]), archive.unpacked(packed[1]) as newer:
        assert newer is not None
        assert (newer / "index.html").read_text("utf-8") == "another release"
        assert (whole / "index.html").read_text("utf-8") == "kept", "somebody serves it"
    with archive.unpacked(packed[1]) as again:
        assert again == newer
        assert not whole.exists(), "the site of the former release is not kept"
    with archive.unpacked(tmp_path / "none") as none:
        assert none is None


def test_the_site_of_the_package_is_unpacked_on_a_python_that_has_no_filters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Python 3.11.2 of Debian 12: filters came with 3.11.4."""

    def refuse(*_: object, **__: object) -> None:
        raise TypeError("an unexpected keyword argument 'filter'")

    for name in ("extractall", "extract"):
        monkeypatch.setattr(tarfile.TarFile, name, refuse)
    for name in ("data_filter", "tar_filter", "fully_trusted_filter"):
        monkeypatch.delattr(tarfile, name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = site(tmp_path / "publish", SMALL)
    archive.pack(folder, tmp_path / "site.tar.xz")
    with archive.unpacked(tmp_path / "site.tar.xz") as whole:
        assert whole is not None
        for file in (path for path in folder.rglob("*") if path.is_file()):
            assert (whole / file.relative_to(folder)).read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("name", "type_"),
    [("../out", tarfile.REGTYPE), ("/tmp/out", tarfile.REGTYPE), ("a/../../out", tarfile.REGTYPE),
     ("link", tarfile.SYMTYPE), ("link", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE), ("disk", tarfile.BLKTYPE)],
)  # fmt: skip
def test_an_archive_that_leads_out_of_its_folder_is_refused(
    name: str, type_: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    packed, member = tmp_path / "site.tar.xz", tarfile.TarInfo(name)
    member.type, member.linkname = type_, "/etc/passwd"
    with tarfile.open(packed, "w:xz") as written:
        written.addfile(member)
    with (
        pytest.raises(UserError, match=rf"“{re.escape(name)}” is no file of a site: install the package again"),
        archive.unpacked(packed),
    ):
        pytest.fail("it was unpacked")
    assert list((tmp_path / "cache" / "trophees").iterdir()) == []


@pytest.mark.slow
def test_the_site_of_the_package_is_unpacked_by_several_at_once(tmp_path: Path) -> None:
    """Of two releases; some are killed while they do. What anybody has is whole, and stays while it is had."""
    folder = site(tmp_path / "publish", SMALL)
    for release in ("one", "two"):
        (folder / "index.html").write_text(release, "utf-8")
        for n in range(300):
            (folder / f"{n}.html").write_text(release * n, "utf-8")
        archive.pack(folder, tmp_path / release)
    code = (
        "import sys, time; from pathlib import Path; from trophees.serve import archive\n"
        "with archive.unpacked(Path(sys.argv[1])) as folder:\n"
        "    time.sleep(1)\n"
        "    print((folder / 'index.html').read_text(), len(list(folder.glob('*.html'))), flush=True)"
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}

    def start(release: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, str(tmp_path / release)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    killed = [start("one"), start("two")]
    until(lambda: len(list((tmp_path / "cache").glob("trophees/*"))) == 2)
    for process in killed:
        process.kill()
        process.communicate()
    releases = ["one", "two"] * 3
    for release, process in [(release, start(release)) for release in releases]:
        assert process.communicate()[0] == f"{release} 303\n"
    last = start("one")
    assert last.communicate()[0] == "one 303\n"
    assert len(list((tmp_path / "cache" / "trophees").iterdir())) == 1, "nothing is left of the others"


@pytest.mark.slow
def test_a_package_without_a_site_has_the_endpoint(tmp_path: Path) -> None:
    """As if it was installed: away from a checkout, with nothing but its graph."""
    code = "from contextlib import nullcontext; from pathlib import Path;"
    code += "from trophees.graph import published; from trophees.serve import archive;"
    code += f"published._FOLDERS = (Path({str(tmp_path / 'package')!r}),);"
    code += "archive.unpacked = nullcontext; from trophees.__main__ import main; main()"
    (tmp_path / "package" / "dumps").mkdir(parents=True)
    shutil.copyfile(TRIG, tmp_path / "package" / "dumps" / "trophees.trig")
    shutil.copyfile(TRIG.parents[1] / "context.jsonld", tmp_path / "package" / "context.jsonld")
    server = Served.start(None, code=code, cwd=tmp_path)
    try:
        assert server.rows("SELECT (COUNT(*) AS ?n) { ?s a tp:Laureate }") == [{"n": str(LAUREATES)}]
        assert server.ask("/dumps/trophees.trig", "HEAD").status == 200
        assert server.ask("/.well-known/void").status == 200
        home = server.ask("/")
        assert (home.status, home.body) == (404, b"Nothing is here; the endpoint is /sparql\n")
        assert server.ask("/sparql", Accept="text/html").content_type.startswith("text/turtle")
    finally:
        server.stop()


def test_the_unit_and_the_image_start_it_with_options_that_it_has(project: Project) -> None:
    deploy = project.root / "deploy"
    unit = re.search(r"^ExecStart=\S+/trophees serve (.*)$", (deploy / "trophees.service").read_text("utf-8"), re.M)
    image = re.search(r"^ENTRYPOINT (.*)$", (deploy / "Containerfile").read_text("utf-8"), re.M)
    assert unit
    assert image
    for arguments in (unit[1].split(), json.loads(image[1])[2:]):
        context = main.commands["serve"].make_context("serve", arguments)
        assert context.params["access_log"] == "-"
        assert context.params["port"] == 8000


def test_the_unit_allows_the_processes_that_there_may_be(project: Project) -> None:
    tasks = re.search(r"^TasksMax=(\d+)$", (project.root / "deploy" / "trophees.service").read_text("utf-8"), re.M)
    assert tasks
    processors, threads = 64, 40 + 32  # of anyio, and of asyncio
    assert int(tasks[1]) >= 2 + 4 * processors + YOUNG * 10 + threads


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="there is no IPv6")
def test_it_listens_to_every_address(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "trophees", "serve", str(site(tmp_path / "publish", SMALL)), "--port", "0"]
    command += ["--host", "::", "--access-log", str(tmp_path / "log")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        port = int(process.stderr.readline().removeprefix("http://[::]:").rstrip("/\n"))
        process.stderr.readline()
        for host in ("127.0.0.1", "::1"):
            with socket.create_connection((host, port)) as client:
                client.sendall(b"GET /map/ HTTP/1.0\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n")
                assert client.makefile("rb").read().endswith(b"\r\n\r\nmap")
        process.terminate()
    clients = [line.split()[0] for line in (tmp_path / "log").read_text("ascii").splitlines()]
    assert clients == ["192.0.2.7"] * 2, "X-Forwarded-For is believed from this machine"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_unit(project: Project, tmp_path: Path) -> None:
    text = (project.root / "deploy" / "trophees.service").read_text("utf-8")
    unit = tmp_path / "trophees.service"
    unit.write_text(text.replace("/opt/trophees/bin/trophees", sys.executable), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
