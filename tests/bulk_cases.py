"""Records as lines of JSON, and builds from them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from trophees.bulk.build import Bulk
from trophees.bulk.report import PROBLEMS, REJECTS, Report
from trophees.check.engines import Name
from trophees.hosting.settings import Hosting
from trophees.release.checkout import Project

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def line(text: str | bytes) -> str:
    """The record of a YAML file as a line; what is a number or a boolean there without quotes is one here."""
    return json.dumps(plain(yaml.compose(text, Loader=_LOADER)), ensure_ascii=False)


def plain(node: yaml.Node | None) -> Any:
    """`node` as what JSON has for it."""
    if isinstance(node, yaml.MappingNode):
        return {plain(key): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if not node.style and (node.value.isdecimal() or node.value in ("true", "false")):
        return json.loads(node.value)
    return node.value


def lines_of(project: Project) -> list[str]:
    """All records of `project`, each as a line."""
    return [line(path.read_bytes()) for path in project.inventory()[0]]


def built(
    project: Project,
    given: Iterable[str | bytes] | Path,
    out: Path | None = None,
    *,
    strict: bool = False,
    engine: Name | None = None,
    every: bool = False,
    part: int = 1 << 22,
) -> tuple[Report, Path]:
    """What a build from the lines `given`, or from such a file, tells, and its folder."""
    out = out or project.root.parent / "out"
    path = given if isinstance(given, Path) else written(out.parent / "records.jsonl", given)
    return Bulk(project, [path], out, Hosting(), strict, engine, every, part).write(), out


def written(path: Path, lines: Iterable[str | bytes]) -> Path:
    """The file at `path`, with these lines."""
    path.write_bytes(b"".join((text.encode() if isinstance(text, str) else text) + b"\n" for text in lines))
    return path


def problems(out: Path) -> list[dict[str, Any]]:
    """What is wrong with the lines, as the release in `out` tells it."""
    return [json.loads(text) for text in (out / PROBLEMS).read_bytes().splitlines()]


def rejects(out: Path) -> list[bytes]:
    """The lines that the release in `out` has set aside."""
    return (out / REJECTS).read_bytes().split(b"\n")[:-1]
