"""The wheel, installed with the system's own Python by the commands that the documents give, on a bare machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.request import urlopen

import pytest

from serving.conftest import site
from test_readme import sessions
from trophees.release.checkout import Project
from trophees.serve import archive

DEBIAN = Path("/usr/bin/python3")
ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "LISEZMOI.md", "CONTRIBUER.md", "deploy/Containerfile", "deploy/trophees.service"]
NOT_KEPT = ("places/", "feeds/departement/", "ldes/")
BUILT_OF = ("LICENSE", "LICENSE-DATA", "README.md", "pyproject.toml", "data", "publish", "src")


@pytest.mark.parametrize(
    "document", [*DOCUMENTS, *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
)
def test_no_document_installs_from_an_index_what_is_on_none(document: str) -> None:
    """Whoever registered the name there would be installed instead."""
    text = (ROOT / document).read_text("utf-8")
    commands = re.findall(r"pip install ([^#`\n]*)", text)
    for command in commands:
        arguments = [a for a in command.replace('"', "").replace("'", "").split() if "trophees" in a]
        assert all("/" in a or a.startswith("$") for a in arguments), command
    if "pip install" in text and document.startswith(("docs/serving", "docs/python", "deploy")):
        assert commands


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="is no checkout of git")
def test_a_checkout_holds_what_the_package_and_the_checksums_name() -> None:
    """A file that git ignores is there only where it was built; so it is with places and feeds, which is said."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = [*settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]]
    sums = (ROOT / "publish" / "SHA256SUMS").read_text("utf-8")
    kept = [name for line in sums.splitlines() if not (name := line.split()[1]).startswith(NOT_KEPT)]
    named += [f"publish/{name}" for name in kept]
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input="\n".join(named),
        capture_output=True,
        text=True,
    )
    assert len(named) > 50
    assert asked.stdout == ""


@pytest.fixture(scope="module")
def wheel(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make wheel` does, with a small site."""
    made = tmp_path_factory.mktemp("wheel")
    (made / "from").mkdir()
    for name in BUILT_OF:
        source = project.root / name
        if source.is_dir():
            shutil.copytree(source, made / "from" / name, ignore=shutil.ignore_patterns("__pycache__", "site.tar.xz"))
        else:
            shutil.copy(source, made / "from" / name)
    packed = made / "from" / "src" / "trophees" / "serve" / "site.tar.xz"
    archive.pack(site(made / "site"), packed)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*command, str(made / "dist"), str(made / "from")], check=True, timeout=300)
    (found,) = (made / "dist").glob("*.whl")
    return found


@pytest.mark.foreign
@pytest.mark.skipif(not DEBIAN.exists(), reason="there is no /usr/bin/python3")
def test_the_commands_of_the_guide_serve_the_site_on_a_bare_machine(wheel: Path, tmp_path: Path) -> None:
    """With the programs of the system alone, in a folder that holds the wheel alone, as docs/serving.md says."""
    room = tmp_path / "room"
    room.mkdir()
    shutil.copy(wheel, room)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "XDG"))}
    environment |= {"PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    *installing, (serving, _) = [s for s in sessions("docs/serving.md") if not s[0].startswith("#")][:3]
    assert serving == "trophees/bin/trophees serve"
    for command, _ in installing:
        subprocess.run(command, shell=True, check=True, cwd=room, env=environment, timeout=600)
    process = subprocess.Popen(
        [*serving.split(), "--port", "0"], cwd=room, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr
        address = process.stderr.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address + process.stderr.read()
        with urlopen(f"{address}map/", timeout=60) as page:
            assert page.read() == b"map"
        with urlopen(
            f"{address}sparql?query=SELECT(COUNT(*)AS%20%3Fn)%7B%3Fl%20a%20tp:Laureate%7D", timeout=60
        ) as rows:
            described = len([*(ROOT / "data" / "laureate").rglob("*.yaml")])
            assert f'"{described}"'.encode() in rows.read()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
