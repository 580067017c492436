"""A line of JSON as a record, read by the reader of YAML: the same keys, the same refusals, each with its line.

The line is turned into the nodes that a YAML parser gives: a text stands between quotes, a number or a word of JSON is
plain. So what is accepted means the same in both, and nothing is written twice. JSON has no columns here: the key is
told.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import yaml
from pyoxigraph import NamedNode

from trophees.base.context import Context
from trophees.base.errors import brief, nearest
from trophees.base.language import LANGUAGES, Both, did_you_mean, filled
from trophees.base.namespaces import BASE
from trophees.bulk.lines import LONGEST
from trophees.source.plain_yaml import DEPTH
from trophees.source.problem import Problem
from trophees.source.record import KINDS, Record
from trophees.source.sentences import said
from trophees.source.yaml_ld import read_root

JSON, ID = "source:json", "source:id"
_STEP = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PATH = re.compile(f"({_STEP})(?:/{_STEP})+")
_FIRST = re.compile(rb'\{\s*"id"\s*:\s*"([^"\\]*)"')
_NOWHERE = NamedNode(BASE)
_SENTENCES = {
    "json": Both("la ligne n’est pas du JSON : {detail}", "the line is no JSON: {detail}"),
    "object": Both(
        "la ligne n’est pas un objet JSON : une fiche par ligne", "the line is no JSON object: one record a line"
    ),
    "long": Both("la ligne a plus de {most} octets", "the line has more than {most} bytes"),
    "id": Both(
        "id — une fiche s’appelle comme « laureate:2020/cachan » : un type de fiche, puis un chemin de a-z, 0-9 et "
        "tirets ; valeur « {value} »",
        "id — a record is called as in “laureate:2020/cachan”: a kind of record, then a path of a-z, 0-9 and hyphens; "
        "value “{value}”",
    ),
    "id.missing": Both("il manque la clé « id »", "the key “id” is missing"),
}


class _Plain(str):
    """A number or a word as the line has it."""

    __slots__ = ()


def id_of(line: bytes, context: Context) -> str | None:
    """The IRI of the record of `line`, if it names one as it should; None if it does not."""
    if found := _FIRST.match(line):
        text: object = found[1].decode("utf-8", "replace")
    else:
        try:
            root = parsed(line)
        except (ValueError, RecursionError):
            return None
        text = dict(root).get("id") if isinstance(root, tuple) else None
    return iri_of(text, context)


def kind_of(iri: str) -> str:
    """The kind of the record that is called `iri`, such as `laureate`."""
    return iri[len(BASE) :].partition("/")[0]


def read(line: bytes, number: int, path: str, context: Context) -> Record:
    """The record of `line`, which has that `number` in the file at `path`.

    Never raises on bad content: what is wrong is in `problems`.
    """
    record = Record(path, _NOWHERE)

    def refuse(rule: str, sentence: Both) -> Record:
        record.problems.append(Problem(path, number, 1, rule, messages=sentence))
        return record

    if len(line) > LONGEST:
        return refuse(JSON, filled(_SENTENCES["long"], most=LONGEST))
    try:
        root = parsed(line)
    except UnicodeDecodeError:
        return refuse("source:utf-8", said("utf-8"))
    except (ValueError, RecursionError) as error:
        detail = f"{error.msg}, {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        return refuse(JSON, filled(_SENTENCES["json"], detail=detail))
    if not isinstance(root, tuple):
        return refuse(JSON, _SENTENCES["object"])
    text = dict(root).get("id")
    iri = iri_of(text, context)
    if iri is None:
        shown = str(text) if isinstance(text, str) else "…"
        return refuse(ID, _SENTENCES["id.missing"] if text is None else filled(_SENTENCES["id"], value=shown))
    mark = yaml.Mark(path, 0, number - 1, 0, None, 0)
    unknown: dict[str, None] = {}
    known = _known(context)
    try:
        node = _node(root, mark, 0, known, unknown)
    except RecursionError:
        return refuse("source:syntax", said("syntax.levels", most=DEPTH))
    assert isinstance(node, yaml.MappingNode)
    record.iri = NamedNode(iri)
    read_root(node, record, context)
    for key in unknown:
        near = did_you_mean(nearest(key, context.keys))
        refuse("source:key", said("key", key=brief(key), near=near))
    return record


@lru_cache(maxsize=1)
def _known(context: Context) -> frozenset[str]:
    """The keys that objects may have: those of the context, and languages."""
    return frozenset([*context.keys, *LANGUAGES])


def iri_of(text: object, context: Context) -> str | None:
    """The IRI of the record that has this `id`; None if no record may have it."""
    if not isinstance(text, str):
        return None
    iri = context.expand(text, vocab=False)
    found = _PATH.fullmatch(iri.removeprefix(BASE)) if ":" in text else None
    return iri if found and found[1] in KINDS and iri.startswith(BASE) else None


def parsed(line: bytes) -> Any:
    """Objects become tuples of pairs, so that a key that is there twice is seen."""
    return _DECODER.decode(line.decode())


_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_int=_Plain, parse_float=_Plain, parse_constant=_Plain)


def _node(value: Any, mark: yaml.Mark, depth: int, known: frozenset[str], unknown: dict[str, None]) -> yaml.Node:
    """`value` as a parser of YAML gives it; the keys that are not `known`, and no compact IRIs, go to `unknown`."""
    if depth > DEPTH:
        raise RecursionError
    match value:
        case _Plain():
            return yaml.ScalarNode("", str(value), mark, mark)
        case str():
            return yaml.ScalarNode("", value, mark, mark, '"')
        case tuple():
            pairs = []
            for key, item in value:
                if key not in known and ":" not in key:
                    unknown[key] = None
                pairs.append((yaml.ScalarNode("", key, mark, mark, '"'), _node(item, mark, depth + 1, known, unknown)))
            return yaml.MappingNode("", pairs, mark, mark)
        case list():
            return yaml.SequenceNode("", [_node(item, mark, depth + 1, known, unknown) for item in value], mark, mark)
    return yaml.ScalarNode("", plain(value), mark, mark)


def plain(value: str | bool | None) -> str:
    """A number, a boolean or nothing as it stands without quotes."""
    return value if isinstance(value, str) else {True: "true", False: "false", None: ""}[value]
