"""How the nodes of a record are called, and writing the names of those that lack one into the file.

A record is called after its path. A node inside it carries its `id`, which its record's IRI begins:
`laureate:2020/cachan#indicator-5`. It is written once and stays, wherever the node moves in its list. A node that has
none yet is called after its place, `…#indicator-2`, until `trophees check --fix` writes a name that nothing ever had.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

import yaml
from pyoxigraph import NamedNode

from trophees.base.context import Context, Term
from trophees.base.namespaces import BASE
from trophees.source.record import KINDS, Record
from trophees.source.refusal import Refusals, place

_CONCEPT = re.compile(re.escape(BASE) + r"([a-z]+(?:-[a-z]+)*)/[a-z0-9]+(?:[-.][a-z0-9]+)*")
_NUMBER = re.compile(r"(.*-)([1-9][0-9]{0,99})")


class Identities:
    """The names of the nodes of one record; what is wrong with them goes to `refusals`."""

    def __init__(self, record: Record, context: Context, refusals: Refusals) -> None:
        self.record = record
        self.context = context
        self.refuse = refusals.refuse
        self.folder = ""  # of the concepts that the record defines
        self.greatest: dict[str, int] = {}  # the greatest number that follows a beginning in the names of the record

    def root(self, root: yaml.MappingNode) -> None:
        """Note the names that the record gives; refuse a record whose `id` is not the IRI of its file."""
        for text in _names(root):
            if match := _NUMBER.fullmatch(self.context.expand(text, vocab=False)):
                self.greatest[match[1]] = max(int(match[2]), self.greatest.get(match[1], 0))
        expected = self.context.compact(self.record.iri.value)
        given = _written(root)
        if not isinstance(given, yaml.ScalarNode):
            self.refuse((1, 1), "id", name=expected)
        elif self.context.expand(given.value, vocab=False) != self.record.iri.value:
            self.refuse(place(given), "id.path", name=expected, value=given.value)

    def children(self, items: Sequence[yaml.Node], subject: NamedNode, term: Term) -> list[NamedNode | None]:
        """The IRI of each mapping among `items`, the values of the property `term` of `subject`.

        None where an item is no mapping, or bears a name that is not its own to bear.
        """
        name = term.iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        prefix = f"{subject.value}{'-' if '#' in subject.value else '#'}{name}-"
        given = [_written(item) if isinstance(item, yaml.MappingNode) else None for item in items]
        number = self.greatest.get(prefix, 0)
        found: list[NamedNode | None] = []
        for item, written in zip(items, given, strict=True):
            if not isinstance(item, yaml.MappingNode):
                found.append(None)
            elif written is not None:
                found.append(self.named(written, subject, term))
            else:
                number += 1
                node = NamedNode(f"{prefix}{number}")
                self.record.unnamed.append((node, *place(item)))
                found.append(node)
        return found

    def named(self, written: yaml.Node, subject: NamedNode, term: Term) -> NamedNode | None:
        """The IRI that `written` gives to a node under `subject`; None, and a refusal, if that is not its own."""
        text = written.value if isinstance(written, yaml.ScalarNode) else "…"
        iri = self.context.expand(text, vocab=False)
        if term.reverse:
            right = _CONCEPT.fullmatch(iri)
            if right and right[1] not in KINDS and self.folder in ("", right[1]):
                self.folder = right[1]
                self.once(written, iri)
                return NamedNode(iri)
            self.refuse(place(written), "id.concept", value=text)
        else:
            start = f"{subject.value}{'-' if '#' in subject.value else '#'}"
            own = f"{self.record.iri.value}#"
            if iri.startswith(own) and re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", iri.removeprefix(own)):
                return self.once(written, iri)
            self.refuse(place(written), "id.inside", start=self.context.compact(start), value=text)
        return None

    def once(self, written: yaml.Node, iri: str) -> NamedNode | None:
        """The node `iri`; None, and a refusal, if something else in the record is called so."""
        node = NamedNode(iri)
        if node not in self.record.nodes and node not in self.record.named:
            self.record.named[node] = place(written)
            return node
        line = (self.record.named.get(node) or self.record.nodes[node])[0]
        self.refuse(place(written), "id.once", name=self.context.compact(iri), line=line)
        return None


def highest(prefix: str, iris: Iterable[str]) -> int:
    """The greatest number that follows `prefix` in `iris`; 0 if there is none."""
    found = (_NUMBER.fullmatch(iri) for iri in iris if iri.startswith(prefix))
    return max((int(match[2]) for match in found if match and match[1] == prefix), default=0)


def fixed(text: str, record: Record, context: Context, published: Collection[str]) -> str:
    """The `text` of the file of `record`, with an `id` for each node that lacked one.

    No name that the record or `published` has is given: what was published keeps it, withdrawn or not. Nothing else
    in the text changes.
    """
    lines = text.splitlines(keepends=True)
    taken = {node.value for node in record.named} | {iri for iri in published if iri.startswith(record.iri.value + "#")}
    unnamed = {node.value: (line, column) for node, line, column in record.unnamed}
    renamed: dict[str, str] = {}
    for iri in unnamed:  # a node before what it contains
        parent = next((renamed[p] + iri.removeprefix(p) for p in reversed(renamed) if iri.startswith(p + "-")), iri)
        match = _NUMBER.fullmatch(parent)
        assert match is not None
        name = f"{match[1]}{highest(match[1], taken) + 1}"
        taken.add(name)
        renamed[iri] = name
    for iri, (line, column) in sorted(unnamed.items(), key=lambda item: item[1], reverse=True):
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        line_of_id = f"id: {context.compact(renamed[iri])}"
        if after.startswith("{"):
            rest = after[1:].lstrip(" ")
            lines[line - 1] = f"{before}{{{line_of_id}{'' if rest.startswith('}') else ', '}{rest}"
        else:
            end = "\r\n" if after.endswith("\r\n") else "\r" if after.endswith("\r") else "\n"
            lines[line - 1] = f"{before}{line_of_id}{end}{' ' * (column - 1)}{after}"
    return "".join(lines)


def _names(node: yaml.Node) -> Iterator[str]:
    """Every text that is an `id` in `node`, which has no aliases."""
    if isinstance(node, yaml.MappingNode):
        written = _written(node)
        if isinstance(written, yaml.ScalarNode):
            yield written.value
    for child in chain.from_iterable(node.value) if isinstance(node, yaml.MappingNode) else node.value:
        if isinstance(child, yaml.CollectionNode):
            yield from _names(child)


def _written(mapping: yaml.MappingNode) -> yaml.Node | None:
    return next((value for key, value in mapping.value if key.value == "id"), None)
