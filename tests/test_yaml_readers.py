"""Three YAML readers, libyaml's, its pure stand-in and ruamel's, read a record alike, or it is refused.

The records of the project are damaged in a thousand small ways, the same ones in every run.
"""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml import nodes as ruamel
from ruamel.yaml.resolver import VersionedResolver

from fuzz import FULL
from trophees.release.checkout import Project
from trophees.source import plain_yaml
from trophees.source.record import Record
from trophees.source.yaml_ld import read

PROJECT = Project.containing(Path(__file__).parent)
TEXTS = {
    path.relative_to(PROJECT.root / "data").as_posix(): path.read_text("utf-8")
    for path in PROJECT.inventory()[0]
    if path.stat().st_size < 1500
}
STRING = "tag:yaml.org,2002:str"
COUNT = 5100 if FULL else 300
FRAGMENTS = [
    *(
        "\t",
        " \t",
        ": ",
        ":",
        ":\t",
        "\n",
        "\n  ",
        "\n- ",
        "\n\t",
        "\n\n",
        "\n#\n",
        "  ",
        "- ",
        "-\t",
        "? ",
        "?",
        "\r\n",
        "\r",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        " #",
        "#",
        "\t#",
        "&a ",
        "*a",
        "!t ",
        "!!int ",
        "'",
        '"',
        '"\\t"',
        '"\\u00ad"',
        "\\",
    ),
    *("|\n", ">-\n", ">-", "|2\n", ">-\t# c\n", "---\n", "--- ", "...\n", "...\t\n", "... ", "...\n...\n", "-", "--"),
    *(
        "%YAML 1.1\n",
        "%TAG ! x:\n",
        "%",
        "<<: ",
        "<<",
        "=",
        "~",
        "`",
        "@",
        "é",
        "e\u0301",
        "\u00a0",
        "\u3000",
        "\u00ad",
    ),
    *("no", "y", "n", "01", "1.5", "0x1F", "1234567890123456", "1_0", "12:30", "1e3", ".inf", "1" * 20),
]


def mutant(number: int) -> tuple[str, str]:
    """The path of a record, and its text with one or two things left out, doubled, moved or put in."""
    chance = random.Random(f"record-{number}")
    path = chance.choice(sorted(TEXTS))
    lines = TEXTS[path].splitlines(keepends=True)
    for _ in range(chance.randint(1, 2)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        line = lines[at]
        ends = [i for i, c in enumerate(line) if c in ': -\n"'] or [0]
        column = chance.choice([chance.randrange(len(line) + 1), chance.choice(ends) + chance.randint(0, 1)])
        match chance.choice(["delete", "double", "swap", "cut", *["insert"] * 6]):
            case "delete":
                lines[at] = ""
            case "double":
                lines[at] = line * 2
            case "swap":
                lines[at], lines[other] = lines[other], line
            case "cut":
                lines[at] = line[:column] + line[column + chance.randint(1, 3) :]
            case _:
                lines[at] = line[:column] + chance.choice(FRAGMENTS) + line[column:]
    return path, "".join(lines)


def tree(node: Any) -> object:
    """What a reader made of a text: keys and values in their order, each with whether it was quoted."""
    if isinstance(node, yaml.MappingNode | ruamel.MappingNode):
        return [(tree(key), tree(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode | ruamel.SequenceNode):
        return [tree(item) for item in node.value]
    return node.value, bool(node.style)


@pytest.fixture(params=[pytest.param(part, id=f"part {part}") for part in range(10)])
def mutants(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    return [mutant(number) for number in range(COUNT) if number % 10 == request.param]


def said(text: str, path: str) -> Record:
    return read(text.encode(), path, PROJECT.context)


def test_three_readers_read_a_damaged_record_alike_or_it_is_refused(
    mutants: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by_all = 0
    for path, text in mutants:
        monkeypatch.setattr(plain_yaml, "_LOADER", yaml.CBaseLoader)
        ours = said(text, path)
        monkeypatch.setattr(plain_yaml, "_LOADER", yaml.BaseLoader)
        pure = said(text, path)
        assert {p.rule for p in ours.problems} == {p.rule for p in pure.problems}, text
        last = max(len(text.splitlines()), 1)
        assert all(p.line <= last for p in ours.problems + pure.problems), text
        if not ours.problems:
            read_by_all += 1
            assert ours.statements == pure.statements, text
            theirs = YAML(typ="safe", pure=True).compose(io.StringIO(text))
            assert tree(yaml.compose(text, Loader=yaml.CBaseLoader)) == tree(theirs), text
    assert read_by_all
    assert read_by_all < len(mutants)


OTHERWISE = (
    "2020-01-01",
    "-_",
    "+__",
    "-0o7",
    "0o_",
    "2020-1-1",
    "2001-12-14t21:59:43.10-05:00",
    "2001-12-14 21:59:43.10 -5",
    "190:20:30",
    "190:20:30.15",
    "12:30",
    "1_000.5",
    "685_230.15e+03",
    "0b101",
    "0B101",
    "0x4_0",
    "0o17",
    "04",
    "1.2.3",
    ".5",
    "5.",
    "1e3",
    "-.inf",
    ".NaN",
    "~",
    "Null",
    "yes",
    "Off",
    "y",
    "=",
    "<<",
)


@pytest.mark.parametrize("text", OTHERWISE)
def test_a_text_that_some_reader_takes_for_something_else_is_refused(text: str) -> None:
    record = said(f"id: person:essai\ntype: Personne\nnom: {text}\n", "person/essai.yaml")
    assert "source:ambiguous" in {p.rule for p in record.problems if p.line == 3}
    quoted = said(f'id: person:essai\ntype: Personne\nnom: "{text}"\n', "person/essai.yaml")
    assert [p for p in quoted.problems if p.line == 3] == []


@pytest.mark.parametrize("text", ["2020-01-01 à midi", "v1.2", "1er", "19 h 30", "a=b", "94016 Cachan", "0b", "no 5"])
def test_a_text_that_every_reader_takes_for_one_needs_no_quotes(text: str) -> None:
    record = said(f"id: person:essai\ntype: Personne\nnom: {text}\n", "person/essai.yaml")
    assert [p for p in record.problems if p.line == 3] == []


@given(st.text("0123456789_-+:.eExXobTtZ ~=<ynf", min_size=1, max_size=12) | st.from_regex(r"[-+]?[0-9_:.e-]{1,9}\Z"))
def test_whatever_two_readers_type_is_no_text(text: str) -> None:
    old = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    new = VersionedResolver((1, 2)).resolve(ruamel.ScalarNode, text, (True, False))
    if text == text.strip() and (str(old), str(new)) != (STRING, STRING):
        assert plain_yaml.not_text(text), (old, new)


@pytest.mark.parametrize("key", ["publié_le", "paru_le"])
def test_a_date_stays_plain_where_one_is_expected(key: str) -> None:
    record = said(f"id: src:essai\ntype: Source\n{key}: 2020-01-01\n", "source/essai.yaml")
    assert [p for p in record.problems if p.line == 3] == []
