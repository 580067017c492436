"""Installs a wheel as its users do, in an environment and a folder of its own, and asks what the documentation says.

    python try_wheel.py WHEEL

With the dependencies of the core only, `trophees query`, `show` and `check` answer; with those of the server,
`trophees serve` does. Of the checkout it sees what `check` reads, and nothing else. Ends with 1 and a sentence if not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from urllib.request import urlopen

CHECKOUT = Path(__file__).parents[1]
RECORD = "data/laureate/2020/cachan.yaml"


class Installed:
    """An environment with the wheel, and a folder to stand in."""

    def __init__(self, folder: Path) -> None:
        self.room = folder / "room"
        self.room.mkdir()
        venv.create(folder / "env", with_pip=True)
        self.bin = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        # neither the variables nor the folder of whoever runs this lead to another copy of the project
        self.environ = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"LANG": "en_GB.UTF-8"}

    def install(self, wheel: Path, extra: str = "") -> None:
        command = [str(self.bin / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, f"{wheel.resolve()}{extra}"], check=True, cwd=self.room, env=self.environ)

    def run(self, *arguments: str) -> str:
        """What the command prints. SystemExit, with what it says, if it fails."""
        command = [str(self.bin / arguments[0]), *arguments[1:]]
        done = subprocess.run(
            command, cwd=self.room, env=self.environ, capture_output=True, text=True, encoding="utf-8"
        )
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} failed ({done.returncode}):\n{done.stdout}{done.stderr}")
        return done.stdout


def core(installed: Installed) -> None:
    """What the core answers, and what it does without."""
    where = installed.run("python", "-c", "import trophees; print(trophees.__file__)")
    expect("site-packages" in where, f"the package is that of the checkout: {where}")
    expect(installed.run("trophees", "query", "ASK { ?x a tp:Laureate }").strip() == "true", "query finds no laureate")
    expect("tool" in installed.run("trophees", "query", "tools-most-used"), "query knows no name of the cookbook")
    expect("Cachan" in installed.run("trophees", "show", "cachan"), "show does not know Cachan")
    count = "import trophees; print(len(trophees.query('SELECT ?l { ?l a tp:Laureate }')))"
    expect(int(installed.run("python", "-c", count)) > 0, "trophees.query finds no laureate")
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(CHECKOUT / name, installed.room / name)
    installed.run("trophees", "check", RECORD)
    record = installed.room / RECORD
    record.write_text(record.read_text("utf-8").replace("étoiles: 4", "étoiles: 9"), "utf-8")
    refused = subprocess.run(
        [installed.bin / "trophees", "check", RECORD], cwd=installed.room, env=installed.environ, capture_output=True
    )
    expect(refused.returncode == 1, f"check accepts nine stars ({refused.returncode})")
    others = set(installed.run("python", "-m", "pip", "list", "--format=freeze").split()) - {""}
    print("\n".join(sorted(others)))


def server(installed: Installed) -> None:
    """Whether the server answers."""
    process = subprocess.Popen(
        [installed.bin / "trophees", "serve", "--port", "0"],
        cwd=installed.bin.parent, env=installed.environ, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr
        address = process.stderr.readline().strip()
        expect(address.startswith("http://"), f"serve says {address!r}")
        with urlopen(f"{address}sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D", timeout=60) as answer:
            expect(b"true" in answer.read(), "the endpoint does not answer")
        with urlopen(address, timeout=60) as page:
            expect(b"<html" in page.read(), "the site is not in the wheel")
    finally:
        process.terminate()
        process.wait(30)


def expect(right: bool, otherwise: str) -> None:
    if not right:
        sys.exit(otherwise)


def main() -> None:
    [wheel] = map(Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        installed = Installed(Path(folder))
        installed.install(wheel)
        core(installed)
        installed.install(wheel, "[serve]")
        server(installed)
    print(f"{wheel.name}: query, show, check and serve answer on Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
