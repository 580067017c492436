"""The SPARQL of a frame, from `sparql.toml`: which query, and what stands in its slots."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Template

from pyoxigraph import NamedNode

from trophees.ask.words.frames import Condition, Frame
from trophees.base.context import Context
from trophees.base.language import Language

TEXTS = {"outcome", "goal", "stage"}  # whose text is asked for
PROCESSES = {"laureate", "case"}


@cache
def templates() -> dict[str, dict[str, str]]:
    """What queries are made of, by the tables of `sparql.toml`, each text with slots such as `$laureates`."""
    told: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "sparql.toml").read_text("utf-8"))
    return told


def composed(frame: Frame, context: Context, language: Language) -> str:
    """The query for `frame`, in prefixes that need no declaration."""
    return _filled(_key(frame), frame, context, language)


def missing(kind: str) -> str:
    """The query that counts the laureates of which the graph has no thing of `kind`; empty if nobody knows."""
    made = templates()
    nothing = made["missing"].get(kind, "")
    return nothing and _put(made["query"]["missing"], laureates=made["laureates"]["all"], path=nothing)


def incomplete(frame: Frame, context: Context, language: Language) -> str:
    """The query for the editions whose list is not known to be complete: of all, or of that which is asked for."""
    made = templates()
    asked = [term(one.sign.value, context) for one in frame.conditions if one.sign.kind == "edition"]
    editions = " ".join(_put(made["laureates"]["edition"], subject=one) for one in asked)
    return _put(made["query"]["incomplete"], editions=editions, lang=language)


def alike(frame: Frame, context: Context) -> str:
    """The query that tells whether the numbers of `frame` measure the same: one row comes, which counts several."""
    return _filled("alike", frame, context, "fr")


def term(iri: str, context: Context) -> str:
    """An IRI as one writes it: compact, where that needs no escape."""
    compact = context.compact(iri)
    local = compact.partition(":")[2]
    plain = compact != iri and local and all(c.isalnum() or c in "-_" for c in local)
    return compact if plain else str(NamedNode(iri))


def _key(frame: Frame) -> str:
    """The name of the query of `frame`."""
    if frame.act in ("without", "group"):
        return "group-stars" if frame.by == "stars" else frame.act
    if frame.act in ("most", "least"):
        if frame.thing is not None:
            return "best-indicator"
        return "best-stars" if frame.by == "stars" else "best-laureate" if frame.by else "best-thing"
    if frame.act in templates()["operator"]:
        if frame.thing is None:
            return "of-stars"
        return "best-indicator" if frame.act in ("max", "min") else "of-indicator"
    if frame.target in ("indicator", "period"):
        return frame.target
    if frame.act == "count":
        return f"count-{frame.target}" if frame.target in PROCESSES else "count"
    if frame.target in TEXTS:
        return "text"
    if frame.target in PROCESSES:
        return "laureate"
    return frame.target if frame.target in ("stars", "summary") else "thing"


def _filled(key: str, frame: Frame, context: Context, language: Language) -> str:
    made = templates()
    thing = term(frame.thing.value, context) if frame.thing is not None else ""
    laureates = _laureates(frame, thing, context)
    return _put(
        made["query"][key],
        laureates="\n  ".join(laureates),
        inner=" ".join(laureates),
        path=_put(_path(frame), thing=thing),
        thing=thing,
        operator=made["operator"].get(frame.act, ""),
        **{"class": made["class"].get(frame.target, "")},
        lang=language,
    )


def _laureates(frame: Frame, thing: str, context: Context) -> list[str]:
    """The lines that say which laureates are meant."""
    lines = templates()["laureates"]
    if frame.subject is not None:
        return [_put(lines["one"], subject=term(frame.subject.value, context))]
    all_of_them = lines["cases" if frame.target == "case" else "all"]
    found = [all_of_them, *(_condition(condition, context) for condition in frame.conditions)]
    return [*found, _put(lines["silent"], thing=thing)] if frame.how == "silent" else found


def _condition(condition: Condition, context: Context) -> str:
    sign, known = condition.sign, templates()["condition"]
    said = sign.value if sign.kind in ("stars", "standing") else term(sign.value, context)
    line = known.get(f"{sign.kind}-{condition.how}") or known[sign.kind]
    return _put(line, term=said, how=condition.how)


def _path(frame: Frame) -> str:
    """How a laureate has what is asked for, or counted by; nothing where it is a laureate or a number."""
    known, target = templates()["path"], frame.by or frame.target
    how = frame.how or "used"
    return known.get(f"{target}-{how}") or known.get(target, "")


def _put(template: str, **values: str) -> str:
    return Template(template).substitute(values)
