"""A real browser, without a window, on a real copy of the site; `tests/conftest.py` leaves it out if there is none."""

from __future__ import annotations

import http.server
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import Store
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from trophees.ask import cookbook, engine
from trophees.ask.question import Question
from trophees.release.checkout import Project

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
_TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".gz": "application/gzip"}
Open = Callable[..., Chrome]
Counted = Callable[..., int]


class Handler(http.server.SimpleHTTPRequestHandler):
    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return _TYPES.get(Path(path).suffix) or super().guess_type(path)

    def log_message(self, *_args: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder, which stands in the host's root or is it, until it is closed; `url` ends in `/`."""

    daemon_threads = True

    def __init__(self, folder: Path, handler: type[Handler] = Handler, is_root: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), partial(handler, directory=str(folder if is_root else folder.parent)))
        self.url = f"http://127.0.0.1:{self.server_port}/{'' if is_root else folder.name + '/'}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


@pytest.fixture(scope="session")
def counted(project: Project, store: Store) -> Counted:
    """How many rows the command line gives for a question of the cookbook, and for values of its parameters."""

    def rows(name: str, **given: str) -> int:
        found = cookbook.get(name)
        values = cookbook.substitutions(found, given, project.context)
        answer = engine.Embedded(store, project.context.prefixes).ask(Question(name, found.text, values))
        return len(list(answer))  # type: ignore[arg-type]

    return rows


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture(scope="session")
def folder(built: dict[str, bytes], files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole published folder, on disk."""
    folder = tmp_path_factory.mktemp("host") / "site"
    for path, data in {**files, **built}.items():
        write(folder / path, data)
    return folder


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """The site on one host: what a browser has kept of it for one test, it need not compile for the next."""
    found = Server(folder)
    yield found
    found.close()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """A new browser with an empty profile: `chromium(narrow=True, dark=True)`, where narrow is 320 pixels.

    If it is `watched`, its log `performance` tells of the network.
    """
    opened: list[Chrome] = []

    def start(*arguments: str, narrow: bool = False, dark: bool = False, watched: bool = False) -> Chrome:
        options = ChromeOptions()
        options.binary_location = str(CHROMIUM)
        profile = tmp_path_factory.mktemp("profile")
        for argument in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=fr",
            "--window-size=1280,1000",
            f"--user-data-dir={profile}",
            *arguments,
        ):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", **({"performance": "ALL"} if watched else {})})
        browser = Chrome(options=options, service=Service(str(DRIVER)))
        opened.append(browser)
        if narrow:  # narrower than a window can be
            metrics = {"width": 320, "height": 800, "deviceScaleFactor": 1, "mobile": False}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = {"prefers-color-scheme": "dark" if dark else "light", "prefers-reduced-motion": "reduce"}
        media = {"features": [{"name": name, "value": value} for name, value in features.items()]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        return browser

    yield start
    for browser in opened:
        browser.quit()
