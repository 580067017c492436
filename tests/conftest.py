"""What the tests share: the project as it is, read once."""

from __future__ import annotations

import fcntl
import functools
import gc
import hashlib
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click.testing
import hypothesis
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, Store, Triple

import fuzz  # noqa: F401 (it registers the profile)
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.check.shacl import Finding, PyShacl, shapes_graph
from trophees.check.whole import Whole
from trophees.check.wording import Types
from trophees.cli.main import main
from trophees.graph import assemble as graph
from trophees.graph import published, snapshot
from trophees.publish.contents import publish
from trophees.publish.description import File
from trophees.publish.tables import packaged
from trophees.release import checkout as project_files
from trophees.release.checkout import Project
from trophees.site import places_in_page
from trophees.site.build import build
from trophees.site.model import Inputs, Site
from trophees.source import insee, yaml_ld
from trophees.source.record import Record

hypothesis.settings.load_profile("trophees")
MUTATION = "mutation" in sys.modules  # the code changes, and each test is to meet the change
gc.set_threshold(
    200_000, 20, 20
)  # what fixtures keep is large, and looking through it often took an eighth of the time

# no test, and no process that one starts, writes into the cache of whoever runs it: all share one of their own
if MUTATION:
    os.environ["TROPHEES_CACHE"] = ""
elif "PYTEST_XDIST_WORKER" not in os.environ:
    _CACHE = tempfile.TemporaryDirectory(prefix="trophees-", ignore_cleanup_errors=True)
    os.environ["TROPHEES_CACHE"] = _CACHE.name
    with suppress(UserError):  # nothing was built yet
        snapshot.make_later(published.file(published.GRAPH), published.file(published.CONTEXT))

_found = dict[tuple[bytes, str, str], Record]()


def _read_once(data: bytes, path: str, context: Context) -> Record:
    """A record that many tests read is read once in each process: whoever has read it changes nothing in it."""
    key = (data, path, str(context._said))
    if key not in _found:
        _found[key] = yaml_ld.read(data, path, context)
    return _found[key]


project_files.read = _read_once  # type: ignore[attr-defined]

_MANY = 100
_validated = dict[tuple[frozenset[Any], ...], list[Finding]]()
_validate = PyShacl.validate


def _validate_once(
    engine: PyShacl, data: Iterable[Triple], focus: Collection[NamedNode] | None = None
) -> Iterator[Finding]:
    """What many nodes break: all records are validated with the same shapes again and again."""
    if focus is None or len(focus) < _MANY:
        return _validate(engine, data, focus)
    key = frozenset(data), frozenset(engine.shapes), frozenset(focus)
    if key not in _validated:
        _validated[key] = list(_validate(engine, key[0], focus))
    return iter(_validated[key])


_extracted = dict[tuple[bytes, ...], list[Quad]]()
_extract = insee.read


def _extract_once(folder: Path) -> Iterator[Quad]:
    """The quads of INSEE's extracts, which most tests leave as they are."""
    key = tuple(path.read_bytes() for path in sorted(folder.glob("*.csv")))
    if key not in _extracted:
        _extracted[key] = list(_extract(folder))
    return iter(_extracted[key])


if not MUTATION:
    PyShacl.validate = _validate_once  # type: ignore[assignment, method-assign]
    insee.read = _extract_once
    places_in_page.compact = functools.cache(places_in_page.compact)  # type: ignore[attr-defined]

Run = Callable[..., click.testing.Result]
Files = dict[str, bytes]
Once = Callable[[str, Callable[[], Files]], Files]

# the folders of tests that need programs which pip does not install; Debian has them all
NEEDS = {
    "browser": ("/usr/bin/chromium", "/usr/bin/chromedriver"),
    "servers": ("/usr/sbin/apache2", "/usr/sbin/nginx"),
}
MISSING = {folder: [p for p in programs if not Path(p).exists()] for folder, programs in NEEDS.items()}
collect_ignore = [folder for folder, programs in MISSING.items() if programs]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out."""
    for folder in collect_ignore:
        terminalreporter.write_line(f"left out: tests/{folder}, for want of {' and '.join(MISSING[folder])}")


@pytest.fixture(scope="session")
def project() -> Project:
    return Project.containing(Path(__file__).parent)


@pytest.fixture(scope="session")
def records(project: Project) -> list[Record]:
    return list(project.records())


@pytest.fixture(scope="session")
def store(project: Project, records: list[Record]) -> Store:
    return graph.build(project.sources(records))


@pytest.fixture(scope="session")
def shapes(project: Project) -> rdflib.Graph:
    return shapes_graph(project.shapes())


@pytest.fixture(scope="session")
def ontology(project: Project) -> rdflib.Graph:
    return shapes_graph(project.ontology())


@pytest.fixture(scope="session")
def whole(project: Project, records: list[Record]) -> Whole:
    return Whole.of(records, project.territories())


@pytest.fixture(scope="session")
def known(whole: Whole) -> Types:
    return whole.types


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--share", type=int, default=1, metavar="N", help="Ask one in N of the modules of tests.")
    parser.addoption("--seed", default="", metavar="TEXT", help="Which ones.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One group makes what is published, and the site; then come groups without them, with them, and single tests."""
    share, seed = config.getoption("--share"), config.getoption("--seed")
    if share > 1:
        left_out = [item for item in items if not chosen(Path(item.path).name, share, seed)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]

    def group(item: pytest.Item) -> str:
        mark = item.get_closest_marker("xdist_group")
        return str(mark.args[0]) if mark else ""

    waits = {group(item) for item in items if {"built", "files"} & set(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: (group(item) != "site", not group(item), group(item) in waits))


def chosen(module: str, share: int, seed: str) -> bool:
    """Whether a module of tests is of the one in `share` that `seed` chooses."""
    return int(hashlib.sha256(f"{seed} {module}".encode()).hexdigest(), 16) % share == 0


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """`once(name, make)`: what `make` gives, made by whichever process needs it first, and read by the others.

    Where $TEST_BUILDS names a folder, also by those of the next call of pytest, which is to be of the same sources.
    """

    def get(name: str, make: Callable[[], Files]) -> Files:
        if "PYTEST_XDIST_WORKER" not in os.environ:
            return make()
        kept = os.environ.get("TEST_BUILDS")
        shared = (Path(kept) if kept else tmp_path_factory.getbasetemp().parent) / name
        with shared.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not shared.exists():
                shared.write_bytes(pickle.dumps(make()))
        found: Files = pickle.loads(shared.read_bytes())
        return found

    return get


@pytest.fixture(scope="session")
def files(project: Project, once: Once, request: pytest.FixtureRequest) -> Files:
    """What is published, but for the places."""

    def make() -> Files:
        made = publish(
            request.getfixturevalue("store"),
            project.context,
            packaged(),
            project.copies(),
            project.hosting(),
            project.changelog(),
            former=project.former_files(),
            points=project.points(),
            past=project.past(),
        )
        return dict(made)

    return once("published", make)


@pytest.fixture(scope="session")
def site_inputs(project: Project, store: Store, files: dict[str, bytes]) -> Inputs:
    """What the site is made of. Tests that need the site share its build: mark them `xdist_group("site")`."""
    return Inputs(
        store=store,
        shapes=project.shapes(),
        context=project.context,
        version=project.version(store),
        published=files,
        files={path: File.of(data) for path, data in files.items()},
        tables=packaged(),
        changelog=project.changelog(),
        reference=project.reference_files(),
    )


@pytest.fixture(scope="session")
def built(request: pytest.FixtureRequest, once: Once) -> Files:
    """Every file of the site, in the order in which it is built."""
    return once("built", lambda: dict(build(request.getfixturevalue("site_inputs"))))


@pytest.fixture(scope="session")
def site(site_inputs: Inputs) -> Site:
    """What the site knows of the graph, from which its parts are made; whoever has it changes nothing in it."""
    return Site(site_inputs)


@pytest.fixture
def checkout(project: Project, tmp_path: Path) -> Path:
    """What a build reads, but for the places, in a folder of its own."""
    return copied(project, tmp_path / "checkout")


def copied(project: Project, folder: Path) -> Path:
    """`folder`, with what a build of `project` reads, but for the places."""
    curated(project, folder)
    for name in ("CHANGELOG.md", "JOURNAL.md", "pyproject.toml"):
        shutil.copy(project.root / name, folder)
    return folder


def curated(project: Project, folder: Path) -> Path:
    """`folder`, with the records of `project`, its ontology and its shapes; not the tables of places.

    Where there are none, a build does not spend its time on the files of places.
    """
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(project.root / name, folder / name, ignore=shutil.ignore_patterns("places"))
    return folder


@pytest.fixture(scope="session")
def editions(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project, and beside its own edition the three made-up ones of `tests/editions/`, in a folder of its own.

    Records are added as they are, the rows of reference/*.csv below those of the project.
    """
    folder = copied(project, tmp_path_factory.mktemp("editions") / "checkout")
    for path in sorted((Path(__file__).parent / "editions").rglob("*.*")):
        target = folder / "data" / path.relative_to(Path(__file__).parent / "editions")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab" if path.suffix == ".csv" else "xb") as file:
            file.write(path.read_bytes())
    return Project(folder)


@pytest.fixture(scope="session")
def editions_store(editions: Project) -> Store:
    return graph.build(editions.sources())


@pytest.fixture
def run() -> Run:
    """The command line in this process: `run("query", "ASK {}", input="…", env={…})`, stdout and stderr apart.

    The locale is English unless `env` says otherwise.
    """

    def invoke(
        *args: str | os.PathLike[str], input: str | bytes | None = None, env: dict[str, str] | None = None
    ) -> click.testing.Result:
        locale = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_GB.UTF-8", **(env or {})}
        return click.testing.CliRunner().invoke(main, [os.fspath(a) for a in args], input=input, env=locale)

    return invoke
