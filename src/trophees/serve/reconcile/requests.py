"""What a client asks, in the JSON of either version, or why that is refused; sizes first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from trophees.base.errors import harmless
from trophees.serve.backend.refusals import Refused

BATCH = 50  # queries of a batch
ROWS = 200  # entities of which values are asked at once
CONDITIONS = 20  # properties of a query, values of one
CANDIDATES = 100
LONGEST = 400  # characters of a name, an identifier or a value
_DEFAULT = 10

Quantifier = Literal["any", "all", "none"]


@dataclass(frozen=True)
class Condition:
    """Values that a property of an entity is to have: `any` of them, `all`, or `none`."""

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Quantifier = "any"


@dataclass(frozen=True)
class Query:
    """A name, or an identifier, or neither; the types of which one is wanted, any if there is none."""

    name: str = ""
    id: str = ""
    types: tuple[str, ...] = ()
    limit: int = _DEFAULT
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Extension:
    """The entities and properties of which the values are asked."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def _wrong(sentence: str, status: int = 400) -> NoReturn:
    raise Refused(status, harmless(sentence))  # it may quote what a client wrote


def parsed(text: bytes, what: str) -> Any:
    """The JSON of a request."""
    try:
        return json.loads(text.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        _wrong(f"{what}: it is not in UTF-8")
    except RecursionError:
        _wrong(f"{what}: the JSON is nested too deeply")
    except json.JSONDecodeError as error:
        raise Refused(400, f"{what}: it is no JSON ({error.msg})", f"{error.lineno}:{error.colno}") from None
    except ValueError:  # a number of thousands of digits
        _wrong(f"{what}: a number is too long")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        _wrong("A key is twice in one object of the JSON")
    return found


def _no_number(name: str) -> NoReturn:
    _wrong(f"{name} is no number of JSON")


def batch_02(given: Any) -> dict[str, Query]:
    """The queries of a batch of version 0.2, by key."""
    if not isinstance(given, dict):
        _wrong("queries: an object is expected, with a query under each key")
    _few(given, BATCH, "queries")
    return {key: _query_02(key, one) for key, one in given.items()}


def _query_02(key: str, one: Any) -> Query:
    where = f"queries: {key[:40]}"
    _object(one, where, {"query", "type", "limit", "properties", "type_strict"})
    if one.get("type_strict", "any") not in ("any", "should", "all"):
        _wrong(f"{where}: type_strict is any, should or all")
    mapped = _list(one.get("properties", []), f"{where}: properties", CONDITIONS)
    conditions = []
    for entry in mapped:
        _object(entry, f"{where}: properties", {"pid", "v"})
        if not {"pid", "v"} <= entry.keys():
            _wrong(f"{where}: a property has pid and v")
        conditions.append(Condition(_text(entry["pid"], f"{where}: pid"), _values(entry["v"], f"{where}: v")))
    name = _text(one.get("query", ""), f"{where}: query")
    if "query" not in one and not conditions:
        _wrong(f"{where}: query is missing, or properties")
    types, limit = _types(one.get("type", []), where), _limit(one.get("limit", _DEFAULT), where)
    return Query(name, "", types, limit, tuple(conditions))


def batch_10(given: Any) -> list[Query]:
    """The queries of a batch of version 1.0-draft, in their order."""
    _object(given, "the body")
    queries = _list(given.get("queries"), "queries", BATCH)
    return [_query_10(number, one) for number, one in enumerate(queries)]


def _query_10(number: int, one: Any) -> Query:
    where = f"queries: {number}"
    _object(one, where, {"type", "limit", "lang", "dir", "conditions"})
    given = _list(one.get("conditions"), f"{where}: conditions", CONDITIONS)
    if not given:
        _wrong(f"{where}: there is no condition")
    name = known = ""
    conditions = []
    for entry in given:
        _object(entry, f"{where}: conditions")
        kind = entry.get("matchType")
        if kind not in ("name", "id", "property") or "propertyValue" not in entry:
            _wrong(f"{where}: a condition has a matchType (name, id or property) and a propertyValue")
        values = _values(entry["propertyValue"], f"{where}: propertyValue")
        if kind == "name":
            name = name or next(iter(values), "")
        elif kind == "id":
            known = known or next(iter(values), "")
        else:
            conditions.append(_condition(entry, values, where))
    type_ = one.get("type", [])
    if not isinstance(type_, (str, list)) or (isinstance(type_, list) and type_):
        _wrong(f"{where}: type is one identifier")
    return Query(name, known, _types(type_, where), _limit(one.get("limit", _DEFAULT), where), tuple(conditions))


def _condition(entry: dict[str, Any], values: tuple[str, ...], where: str) -> Condition:
    quantifier, required = entry.get("matchQuantifier", "any"), entry.get("required", False)
    if quantifier not in ("any", "all", "none") or not isinstance(required, bool):
        _wrong(f"{where}: matchQuantifier is any, all or none, and required true or false")
    return Condition(_text(entry.get("propertyId"), f"{where}: propertyId"), values, required, quantifier)


def extension(given: Any) -> Extension:
    """A data extension query, the same in both versions."""
    _object(given, "extend")
    ids = _list(given.get("ids"), "extend: ids", ROWS)
    properties = _list(given.get("properties"), "extend: properties", CONDITIONS)
    for one in properties:
        _object(one, "extend: properties")
    return Extension(
        tuple(_text(one, "extend: ids") for one in ids),
        tuple(_text(one.get("id"), "extend: properties: id") for one in properties),
    )


# parts


def _object(given: Any, where: str, keys: set[str] | None = None) -> None:
    if not isinstance(given, dict):
        _wrong(f"{where}: an object is expected")
    if keys is not None and (unknown := sorted(given.keys() - keys)):
        _wrong(f"{where}: there is no {unknown[0][:40]}, only {', '.join(sorted(keys))}")


def _list(given: Any, where: str, most: int) -> list[Any]:
    if not isinstance(given, list):
        _wrong(f"{where}: a list is expected")
    _few(given, most, where)
    return given


def _few(given: Any, most: int, where: str) -> None:
    if len(given) > most:
        _wrong(f"{where}: {len(given)} are too many, at most {most} go at once", 413)


def _text(given: Any, where: str) -> str:
    if not isinstance(given, str):
        _wrong(f"{where}: a text is expected")
    if len(given) > LONGEST:
        _wrong(f"{where}: it is longer than {LONGEST} characters", 413)
    return given


def _values(given: Any, where: str) -> tuple[str, ...]:
    """Values as texts: of an entity, its identifier."""
    many = given if isinstance(given, list) else [given]
    return tuple(_value(one, where) for one in _list(many, where, CONDITIONS))


def _value(one: Any, where: str) -> str:
    if isinstance(one, bool):
        return "true" if one else "false"
    if isinstance(one, (int, float)):
        return f"{one:.15g}" if isinstance(one, float) else str(one)[:LONGEST]
    if isinstance(one, dict):
        return _text(one.get("id"), where)
    return _text(one, where)


def _types(given: Any, where: str) -> tuple[str, ...]:
    many = given if isinstance(given, list) else [given]
    return tuple(_text(one, f"{where}: type") for one in _list(many, f"{where}: type", CONDITIONS) if one)


def _limit(given: Any, where: str) -> int:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or given != given or given < 1:
        _wrong(f"{where}: limit is a number from 1 on")
    return int(min(given, CANDIDATES))
