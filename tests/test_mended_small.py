"""What each query becomes before the engine is asked: `standard/mended.tsv`, by line what is written and what is asked.

A refusal begins with “!”. A new line may be added with what is written alone; `python tests/test_mended_small.py`
completes the file, and writes it anew after a wanted change: the difference is to be read.
"""

from __future__ import annotations

import json
from pathlib import Path

from trophees.ask.standard.query import mended
from trophees.ask.standard.regular import translated

FILE = Path(__file__).parent / "standard" / "mended.tsv"
# patterns, each with its flags: what the engine is given in their place, and how many groups there are
REGULAR = [
    (r"a.c", ""), (r"a.c", "s"), (r"^a$", ""), (r"^a$", "m"), ("a b#c", "x"), ("[a b]", "x"),
    ("a.b", "q"), ("a.b", "qi"),
    (r"\d+\D\s\S\w\W", ""), (r"\i\c*", ""), (r"\I\C", ""), (r"[\i-[:]]", ""), ("[a-z-[aeiou]]+", ""),
    ("[^a-c]", ""),
    (r"[\d.]", ""), (r"[^\s]", ""), ("[a-]", ""), ("[-a]", ""), (r"[\]]", ""), (r"[a&&b]", ""),
    (r"[a~~b]", ""),
    (r"\p{L}\P{Lu}", ""), (r"\p{IsBasicLatin}", ""), (r"\P{IsGreek}", ""), (r"[\p{Nd}_]", ""),
    (r"\p{Xx}", ""),
    (r"\p{IsNothing}", ""), ("(a)(b(c))", ""), ("(?:a)(b)", ""), ("(a)|(b)", ""), ("a{2}b{2,}c{2,3}", ""),
    ("a{3,2}", ""),
    ("a*?b+?c??", ""), ("a**", ""), ("*a", ""), ("(", ""), (")", ""), ("[", ""), ("[z-a]", ""),
    ("[]", ""), ("[^]", ""),
    (r"\n\r\t\\\|\.\?\*\+\(\)\{\}\-\[\]\^\$", ""), (r"\z", ""), (r"\1", ""), (r"(a)\1", ""),
    ("(?i)a", ""), ("(?=a)", ""),
    ("a", "z"), ("é", "i"), ("", ""), ("|", ""), ("{", ""), ("a{", ""), ("}", ""),
    ("]", ""), ("\\", ""),
]  # fmt: skip


def asked(text: str) -> str:
    try:
        return mended(text)
    except ValueError as refusal:
        return f"! {refusal}"


def read(text: str, flags: str) -> str:
    try:
        return json.dumps(translated(text, flags), ensure_ascii=False)
    except ValueError as refusal:
        return f"! {refusal}"


def lines() -> list[list[str]]:
    return [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if line]


def written(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def expected() -> list[list[str]]:
    queries = [[said, written(asked(json.loads(said)))] for said, *_ in lines() if not said.startswith("REGULAR ")]
    return queries + [[f"REGULAR {written(said)} {flags}", read(said, flags)] for said, flags in REGULAR]


def test_each_query_and_each_pattern_is_asked_like_this() -> None:
    for told, line in zip(expected(), lines(), strict=True):
        assert told == line


if __name__ == "__main__":
    FILE.write_text("".join("\t".join(line) + "\n" for line in expected()), "utf-8")
