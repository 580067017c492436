"""Ten things that readers come for, in three engines: two clicks at most, and no dead end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Open, Server
from .engines import FIREFOX, SCREEN, WEBKIT, Engine, Selenium, firefox, perform, webkit
from .quality import StrictHandler
from .tasks import BUDGET, TASKS, Task

ENGINES = {"chromium": (), "firefox": (FIREFOX,), "webkit": (WEBKIT, SCREEN)}


def needs(name: str) -> list[pytest.MarkDecorator]:
    missing = [str(path) for path in ENGINES[name] if not path.exists()]
    why = f"left out: {name}, for want of {' and '.join(missing)}"
    marks = [pytest.mark.xdist_group("quality"), pytest.mark.skipif(bool(missing), reason=why)]
    return [*marks, pytest.mark.foreign] if ENGINES[name] else marks


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[Server]:
    found = Server(folder, StrictHandler)
    yield found
    found.close()


@pytest.fixture(scope="module", params=[pytest.param(name, marks=needs(name)) for name in ENGINES])
def engine(
    request: pytest.FixtureRequest, chromium: Open, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("given")
    if request.param == "chromium":
        browser = chromium()
        browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
        yield Selenium(browser, folder)
        return
    with (firefox if request.param == "firefox" else webkit)(folder) as found:
        yield found


QUICK = {"near-my-town", "see-the-passage", "share-a-filtered-list-in-english"}  # the others with the slow tests
EACH = [pytest.param(task, id=task.name, marks=[] if task.name in QUICK else pytest.mark.slow) for task in TASKS]


@pytest.mark.parametrize("task", EACH)
def test_a_reader_gets_there_in_two_clicks(engine: Engine, host: Server, task: Task) -> None:
    assert task.clicks <= BUDGET
    perform(engine, host.url, task)
