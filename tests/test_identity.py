"""The names of facts: whatever happens to a record, none changes its meaning; those that lack one get one for good."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Triple

from fuzz import examples
from trophees.base.namespaces import BASE
from trophees.release.checkout import Project
from trophees.source.identity import fixed
from trophees.source.record import Record
from trophees.source.yaml_ld import read

PROJECT = Project.containing(Path(__file__).parent)
DATA = PROJECT.root / "data"
_ID = re.compile(r"^ *(?:- )?id: \S+#\S+\n", re.MULTILINE)
_START = re.compile(r"^(?:[^\s#-]\S*:|  - )", re.MULTILINE)


def said(text: str, path: str) -> Record:
    return read(text.encode(), path, PROJECT.context)


TEXTS = {
    path.relative_to(DATA).as_posix(): path.read_text("utf-8")
    for path in PROJECT.inventory()[0]
    if len(_ID.findall(path.read_text("utf-8"))) > 1
}


@dataclass(frozen=True)
class Item:
    """A fact as it is written, from its dash to the next. One that is `new` has no name yet."""

    text: str
    new: bool = False
    changed: bool = False

    @property
    def name(self) -> str | None:
        found = re.match(r"  - id: (\S+)\n", self.text)
        return None if self.new or not found else found[1]


def cut(text: str) -> list[str | list[Item]]:
    """A record as it is written: texts, and between them the lists of its facts."""
    starts = [0, *(m.start() for m in _START.finditer(text) if m.start()), len(text)]
    parts: list[str | list[Item]] = []
    for start, end in pairwise(starts):
        piece = text[start:end]
        if not piece.startswith("  - id: "):
            parts.append(piece)
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(Item(piece))
        else:
            parts.append([Item(piece)])
    return parts


def put(parts: list[str | list[Item]]) -> str:
    return "".join(part if isinstance(part, str) else "".join(item.text for item in part) for part in parts)


def unnamed(item: Item) -> Item:
    """The same fact once more, as a curator copies it and takes the name away."""
    text = re.sub(r"\A  - id: \S+\n    ", "  - ", item.text)
    return Item(_ID.sub("", text), new=True)


def retold(item: Item) -> Item:
    """The same fact, told otherwise."""
    text, changes = re.subn(
        r"^(    note: |    imprimé: |      fr: )(\S.*)$", r"\1de nouveau", item.text, count=1, flags=re.M
    )
    return replace(item, text=text, changed=bool(changes)) if "|" not in item.text and ">" not in item.text else item


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, list[Item]]:
    """The path of a real record, its text after some edits of its lists, and the facts that are left."""
    path = draw(st.sampled_from(sorted(TEXTS)))
    parts = cut(TEXTS[path])
    lists = [part for part in parts if isinstance(part, list)]
    for _ in range(draw(st.integers(1, 6))):
        items = draw(st.sampled_from(lists))
        match draw(st.sampled_from(["reorder", "copy", "remove", "retell"])):
            case "reorder":
                items[:] = draw(st.permutations(items))
            case "copy":
                items.insert(draw(st.integers(0, len(items))), unnamed(draw(st.sampled_from(items))))
            case "remove" if len(items) > 1:  # a list without facts is no list
                del items[draw(st.integers(0, len(items) - 1))]
            case "retell":
                place = draw(st.integers(0, len(items) - 1))
                items[place] = retold(items[place])
    return path, put(parts), [item for items in lists for item in items]


def facts(record: Record) -> dict[str, set[Triple]]:
    """What the record says of each node and of what it contains, and what leads there from the thing itself, by the
    name of the node: another fact that leads there may go, or come twice.
    """
    triples = [Triple(s.subject, s.predicate, s.object) for s in record.statements]
    own = [node.value for node in record.nodes if node != record.iri]
    return {
        name: {
            t
            for t in triples
            for end in (t.subject, t.object if t.subject == record.iri else None)
            if isinstance(end, NamedNode) and (end.value == name or end.value.startswith(name + "-"))
        }
        for name in own
    }


def published(path: str) -> set[str]:
    return {node.value for node in said(TEXTS[path], path).nodes}


def test_the_real_records_come_back_whole_from_their_parts() -> None:
    assert len(TEXTS) > 50
    for path, text in TEXTS.items():
        parts = cut(text)
        assert put(parts) == text
        items = [item for part in parts if isinstance(part, list) for item in part]
        assert all(item.name for item in items)
        assert len(items) <= len(_ID.findall(text)), path


@given(edits())
@examples(60)
def test_no_edit_of_a_record_changes_what_a_name_means(edit: tuple[str, str, list[Item]]) -> None:
    path, text, left = edit
    before, record = facts(said(TEXTS[path], path)), said(text, path)
    assert record.problems == []
    after = facts(record)
    named = {item.name: item for item in left if item.name}
    assert {node.value for node in record.named} & before.keys() == {
        name
        for name in before
        if any(name == full(item) or name.startswith(full(item) + "-") for item in named.values())
    }
    for item in named.values():
        if not item.changed:
            assert after[full(item)] == before[full(item)]


def full(item: Item) -> str:
    return PROJECT.context.expand(str(item.name), vocab=False)


@pytest.mark.slow
@given(edits())
@examples(60)
def test_names_are_written_for_what_has_none_and_nothing_else_changes(edit: tuple[str, str, list[Item]]) -> None:
    path, text, _ = edit
    record = said(text, path)
    known = published(path)
    mended = fixed(text, record, PROJECT.context, known)
    after = said(mended, path)
    assert after.problems == []
    assert after.unnamed == []
    new = {node.value for node in after.named} - {node.value for node in record.named}
    assert len(new) == len(record.unnamed)
    assert not new & known, "a name that something else had"
    assert without(mended, new) == text
    assert fixed(mended, after, PROJECT.context, known) == mended
    renamed = dict(zip(in_order(record), in_order(after), strict=True))
    assert {named_again(t, renamed) for t in triples(record)} == set(triples(after))


def without(text: str, names: Collection[str]) -> str:
    """`text` without the `id` lines of `names`."""
    for name in names:
        line = re.escape(f"id: {PROJECT.context.compact(name)}")
        text, times = re.subn(rf"{line}\r?\n *|{line}, |{line}(?=\}})", "", text)
        assert times == 1, name
    return text


def in_order(record: Record) -> list[str]:
    return [node.value for node in record.nodes]


def triples(record: Record) -> list[Triple]:
    return [Triple(s.subject, s.predicate, s.object) for s in record.statements]


def named_again(triple: Triple, names: dict[str, str]) -> Triple:
    subject, value = triple.subject, triple.object
    assert isinstance(subject, NamedNode)
    if isinstance(value, NamedNode):
        value = NamedNode(names.get(value.value, value.value))
    return Triple(NamedNode(names.get(subject.value, subject.value)), triple.predicate, value)


ESSAI = f"{BASE}laureate/2041/essai"
HEAD = "id: laureate:2041/essai\ntype: Lauréat\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "outils:\n  # ce que dit la page 3\n  - outil: tool:charte\n    # deux fois\n    statut: utilisé\n",
            "outils:\n  # ce que dit la page 3\n  - id: laureate:2041/essai#toolUse-1\n"
            "    outil: tool:charte\n    # deux fois\n    statut: utilisé\n",
            id="comments",
        ),
        pytest.param(
            "outils:\r\n  - outil: tool:charte\r\n    statut: utilisé\r\n",
            "outils:\r\n  - id: laureate:2041/essai#toolUse-1\r\n    outil: tool:charte\r\n    statut: utilisé\r\n",
            id="carriage returns",
        ),
        pytest.param(
            "outils:\r  - outil: tool:charte\r    statut: utilisé\r",
            "outils:\r  - id: laureate:2041/essai#toolUse-1\r    outil: tool:charte\r    statut: utilisé\r",
            id="carriage returns alone",
        ),
        pytest.param(
            "outils:\n  - ? outil\n    : tool:charte\n",
            "outils:\n  - id: laureate:2041/essai#toolUse-1\n    ? outil\n    : tool:charte\n",
            id="a key with its mark",
        ),
        pytest.param(
            "outils:\n  - id: laureate:2041/essai#toolUse-999999999\n    outil: tool:charte\n"
            "  - outil: tool:charte\n  - outil: tool:charte\n",
            "outils:\n  - id: laureate:2041/essai#toolUse-999999999\n    outil: tool:charte\n"
            "  - id: laureate:2041/essai#toolUse-1000000000\n    outil: tool:charte\n"
            "  - id: laureate:2041/essai#toolUse-1000000001\n    outil: tool:charte\n",
            id="after a great number",
        ),
        pytest.param(
            "outils: [{outil: tool:charte}, { statut: utilisé }]\n",
            "outils: [{id: laureate:2041/essai#toolUse-1, outil: tool:charte}, "
            "{id: laureate:2041/essai#toolUse-2, statut: utilisé }]\n",
            id="flow mappings",
        ),
        pytest.param(
            "outils: {outil: tool:charte}\n",
            "outils: {id: laureate:2041/essai#toolUse-1, outil: tool:charte}\n",
            id="one flow mapping",
        ),
        pytest.param(
            "outils:\n  outil: tool:charte\n  statut: utilisé\n",
            "outils:\n  id: laureate:2041/essai#toolUse-1\n  outil: tool:charte\n  statut: utilisé\n",
            id="no dash",
        ),
        pytest.param(
            "outils:\n-   statut: utilisé\n    outil: tool:charte\n",
            "outils:\n-   id: laureate:2041/essai#toolUse-1\n    statut: utilisé\n    outil: tool:charte\n",
            id="wide dash",
        ),
        pytest.param(
            "outils:\n  -\n    outil: tool:charte\n",
            "outils:\n  -\n    id: laureate:2041/essai#toolUse-1\n    outil: tool:charte\n",
            id="dash alone",
        ),
        pytest.param(
            "outils:\n  - id: laureate:2041/essai#toolUse-7\n    outil: tool:charte\n  - outil: tool:concertation\n",
            "outils:\n  - id: laureate:2041/essai#toolUse-7\n    outil: tool:charte\n"
            "  - id: laureate:2041/essai#toolUse-8\n    outil: tool:concertation\n",
            id="beside a name",
        ),
        pytest.param(
            'indicateurs:\n  - périodes:\n      - début: "2041"\n',
            "indicateurs:\n  - id: laureate:2041/essai#indicator-1\n"
            '    périodes:\n      - id: laureate:2041/essai#indicator-1-period-1\n        début: "2041"\n',
            id="inside each other",
        ),
        pytest.param(
            'indicateurs: [{périodes: [{début: "2041"}]}]\n',
            "indicateurs: [{id: laureate:2041/essai#indicator-1, "
            'périodes: [{id: laureate:2041/essai#indicator-1-period-1, début: "2041"}]}]\n',
            id="inside each other on one line",
        ),
        pytest.param(
            "outils:\n  - outil: tool:charte",
            "outils:\n  - id: laureate:2041/essai#toolUse-1\n    outil: tool:charte",
            id="no last line end",
        ),
        pytest.param(
            'outils:\n  - "outil": tool:charte\n',
            'outils:\n  - id: laureate:2041/essai#toolUse-1\n    "outil": tool:charte\n',
            id="a key in quotes",
        ),
    ],
)
def test_a_name_is_written_in_the_style_of_its_file(text: str, expected: str) -> None:
    end = "\r\n" if "\r\n" in text else "\r" if "\r" in text else "\n"
    head = HEAD.replace("\n", end)
    record = said(head + text, "laureate/2041/essai.yaml")
    assert fixed(head + text, record, PROJECT.context, ()) == head + expected
    again = said(head + expected, "laureate/2041/essai.yaml")
    assert (again.problems, again.unnamed) == ([], [])


def test_a_name_that_was_published_is_never_given_again() -> None:
    text = HEAD + "outils:\n  - outil: tool:charte\n"
    record = said(text, "laureate/2041/essai.yaml")
    once = [
        f"{ESSAI}#toolUse-3",
        f"{ESSAI}#toolUse-12",
        f"{ESSAI}#indicator-40",
        f"{BASE}laureate/2041/essai-2#toolUse-50",
    ]
    assert "#toolUse-13\n" in fixed(text, record, PROJECT.context, once)


def test_a_name_that_stands_elsewhere_in_the_record_is_not_given_again() -> None:
    text = (
        HEAD + "outils:\n  - outil: tool:charte\nthèmes:\n  - id: laureate:2041/essai#toolUse-4\n    thème: theme:eau\n"
    )
    record = said(text, "laureate/2041/essai.yaml")
    mended = fixed(text, record, PROJECT.context, ())
    assert "#toolUse-5\n" in mended
    assert said(mended, "laureate/2041/essai.yaml").problems == []


@pytest.mark.slow
def test_a_record_that_lacks_nothing_stays_as_it_is() -> None:
    for path, text in TEXTS.items():
        assert fixed(text, said(text, path), PROJECT.context, ()) == text


def test_a_place_gives_no_name_that_the_record_gives_elsewhere() -> None:
    publics = "publics:\n  - id: laureate:2041/essai#planLink-1\n    imprimé: les habitants\n"
    record = said(HEAD + publics + "plans:\n  - imprimé: une charte\n", "laureate/2041/essai.yaml")
    assert record.problems == []
    assert [node.value.rpartition("#")[2] for node, *_ in record.unnamed] == ["planLink-2"]
