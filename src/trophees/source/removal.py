"""Taking things out of the text of a record: what is left is as it was, line for line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import yaml

from trophees.source.refusal import Place, place

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_Span = tuple[int, int]  # lines, from 0, the end not included


def without(text: str, places: Collection[Place]) -> str:
    """The `text` of a record without the nodes and values that begin at `places`, nor the lists that they leave empty.

    ValueError, with the line, if one of them shares its line with something else.
    """
    root = yaml.compose(text, Loader=_LOADER)
    lines = text.splitlines(keepends=True)
    assert isinstance(root, yaml.MappingNode)
    for start, end in sorted(_mapping(root, places, len(lines))[1], reverse=True):
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1  # what stands before the next thing belongs to it
        del lines[start:end]
    return "".join(lines)


def _parts(node: yaml.Node, places: Collection[Place], end: int) -> tuple[bool, list[_Span]]:
    """Whether all of `node`, which ends before the line `end`, goes; if not, the spans in it that do."""
    if place(node) in places:
        return True, []
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, places, end)
    if isinstance(node, yaml.SequenceNode):
        return _items([(item, item) for item in node.value], places, end, node.flow_style)
    return False, []


def _mapping(node: yaml.MappingNode, places: Collection[Place], end: int) -> tuple[bool, list[_Span]]:
    return _items(node.value, places, end, node.flow_style)


def _items(
    pairs: list[tuple[yaml.Node, yaml.Node]], places: Collection[Place], end: int, flow: bool | None
) -> tuple[bool, list[_Span]]:
    gone, spans = 0, []
    for (first, value), after in zip(pairs, [*_starts(pairs[1:]), end], strict=True):
        whole, inner = _parts(value, places, after)
        if whole:
            start = place(first)[0] - 1
            if flow or after == start:
                raise ValueError(f"{start + 1}: written on one line with something else: take it out by hand")
            gone += 1
            spans.append((start, after))
        else:
            spans += inner
    return bool(pairs) and gone == len(pairs), spans


def _starts(pairs: list[tuple[yaml.Node, yaml.Node]]) -> Iterator[int]:
    return (place(first)[0] - 1 for first, _ in pairs)
