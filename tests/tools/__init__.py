"""The programs of others that judge what is published, each in an environment of its own: they exclude each other.

`NAME.in` says what is wanted, `NAME.txt` pins it with the hashes of its files (`make lock`), and `check_NAME.py` runs
in the environment and answers in JSON. Environments are made at the first test that asks, in that of the project; the
name of one changes with its lock.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def installed(name: str) -> Path:
    """The Python of the environment of `name`, made if it is not there yet; processes that ask at once wait."""
    lock = HERE / f"{name}.txt"
    folder = Path(sys.prefix) / f"{name}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    python, ready = folder / "bin" / "python", folder / "ready"
    with folder.with_suffix(".lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not ready.exists():
            _done([sys.executable, "-m", "venv", "--clear", str(folder)])
            install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
            _done([str(python), *install, "-r", str(lock)])
            ready.touch()
    return python


def ask(name: str, *arguments: Path | str) -> Any:
    """What `check_NAME.py` answers about `arguments`."""
    script = HERE / f"check_{name.replace('-', '_')}.py"
    return json.loads(_done([str(installed(name)), "-P", str(script), *map(str, arguments)]))


def _done(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}{done.stderr}"
    return done.stdout.strip().rpartition("\n")[2]
