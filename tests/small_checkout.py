"""The checkout of a few lines in `small/checkout/`, with changes, and what comes of it without its folder."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from small_cases import FOLDER, outcome
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE
from trophees.release.checkout import Project
from trophees.source.problem import Problem
from trophees.source.record import Record
from trophees.source.yaml_ld import read

CHECKOUT = FOLDER / "checkout"
FILES = {path.relative_to(CHECKOUT).as_posix(): path.read_text("utf-8") for path in CHECKOUT.rglob("*.*")}
RECORDS = {path[5:-5]: text for path, text in sorted(FILES.items()) if path.endswith(".yaml")}
A, B = RECORDS["laureate/2041/a"], RECORDS["laureate/2041/b"]
CONTEXT, SHAPES, ONTOLOGY = (FILES[path] for path in ("data/context.jsonld", "shapes/records.ttl", "ontology/o.ttl"))
READ = Context(CONTEXT)
Change = Mapping[str, str | bytes | None]


@contextlib.contextmanager
def made(changes: Change | None = None) -> Iterator[Project]:
    """The checkout, with `changes`: None takes a file away."""
    with tempfile.TemporaryDirectory() as given:
        root = Path(os.path.realpath(given), "checkout")
        for path, content in {**FILES, **(changes or {})}.items():
            if content is not None:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
        yield Project(root)


def told(
    work: Callable[[Project], object], changes: Change | None = None, *others: Callable[[Project], object]
) -> Callable[[], object]:
    """What `work` returns of the checkout with `changes`, or how it is refused, without the folder."""

    def run() -> object:
        with contextlib.ExitStack() as stack:
            try:
                project = stack.enter_context(made(changes))
            except UserError as error:
                return bare(f"! {error}")
            found = [bare(outcome(partial(one, project)), project.root) for one in (work, *others)]
            return found[0] if len(found) == 1 else found

    return run


def bare(found: object, root: Path | None = None) -> object:
    """`found` without the folder that it was made in."""
    if isinstance(found, str):
        found = re.sub("-new-[0-9a-f]{12}", "-new-N", found)
        for folder_ in (root, root and root.parent, tempfile.gettempdir()):
            found = found.replace(f"{folder_}/", "…/").replace(str(folder_), "…") if folder_ else found
        return found
    if isinstance(found, list):
        return [bare(one, root) for one in found]
    if isinstance(found, dict):
        return {bare(key, root): bare(value, root) for key, value in found.items()}
    return found


def record(text: str, path: str = "") -> Record:
    """The record of `text`, at the path that its id tells."""
    name = path or READ.expand(text.partition("\n")[0].removeprefix("id: "), vocab=False).removeprefix(BASE) + ".yaml"
    return read(text.encode(), name, READ)


def records(changes: Mapping[str, str | None] | None = None) -> list[Record]:
    return [record(text, f"{name}.yaml") for name, text in {**RECORDS, **(changes or {})}.items() if text is not None]


def problem(found: Problem) -> str:
    place = f"{found.path}:{found.line}:{found.column}"
    return f"{place}: {found.severity} {found.rule}: {found.message('fr')} | {found.message('en')}"


def said(found: Iterable[Problem]) -> list[str]:
    return [problem(one) for one in found]


def listing(root: Path) -> dict[str, str]:
    """Every file below `root`."""
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8", "backslashreplace")
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def changed(project: Project, before: dict[str, str]) -> dict[str, str | None]:
    """The files that are not as `before`."""
    now = listing(project.root)
    return {path: now.get(path) for path in sorted(now.keys() | before.keys()) if now.get(path) != before.get(path)}


@contextlib.contextmanager
def empty(*names: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as given:
        root = Path(os.path.realpath(given))
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(name, "utf-8")
        yield root
