"""Made-up laureates by the million: real communes, tools, themes and editions, in JSON Lines with the keys of records.

    python benchmarks/generate.py LAUREATES [--seed N] [--errors SHARE] [--list FILE] > records.jsonl

The same arguments give the same bytes, one line at a time: memory does not grow with LAUREATES. Of about fifty-five
statements each, half are in the line and half derived. SHARE of the lines (none, unless it is given) are wrong: each
faulty record of `tests/errors/` that JSON can say, in turn, and what only lines can have. FILE lists them in TSV: line,
id, what was planted, the rules that it breaks.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
ROOT = Path(__file__).parent.parent
EDITIONS = (2016, 2017, 2018, 2019, 2020, 2021)
KINDS = ("laureate", "case", "organisation", "person")  # of faulty records: those that come by the million
_RULE = re.compile(r"^#! data/([a-z]+)/\S+: .* \[([^][]+)\]$", re.MULTILINE)
# of these, JSON has none, or the fault is in another record
_NOT_HERE = re.compile(
    r"source:(alias|ambiguous|cut|duplicate-key|file|one-record|syntax|tab|tag|utf-8)|graph:(described-once|key-once|order-once)"
)
_PLAIN = re.compile(r"-?(0|[1-9][0-9]{0,14})")


class Fault(NamedTuple):
    """A wrong line: how it is called, the rules that it breaks, and the line for a key that nothing else has."""

    name: str
    rules: tuple[str, ...]
    record: dict[str, Any] | str

    def line(self, key: str) -> str:
        """The line, whose record is called after `key`."""
        if isinstance(self.record, str):
            return self.record.format(key=key)
        text = json.dumps(self.record, ensure_ascii=False)
        return re.sub(r"(laureate|case):([a-z0-9-]+/)?essai", rf"\1:\g<2>{key}", text).replace(":essai", f":{key}")


# the last one bears the id of the line before it
OF_LINES = (
    Fault("no JSON", ("source:json",), '{{"id": "laureate:2020/{key}", "type": "Lauréat", '),
    Fault("no object", ("source:json",), '["laureate:2020/{key}"]'),
    Fault("no id", ("source:id",), '{{"type": "Lauréat"}}'),
    Fault("id of nothing", ("source:id",), '{{"id": "laureat:2020/{key}", "type": "Lauréat"}}'),
    Fault("key twice", ("source:duplicate-key",), '{{"id": "laureate:2020/{key}", "type": "Lauréat", "type": "Cas"}}'),
)


def faults(folder: Path = ROOT / "tests" / "errors") -> list[Fault]:
    """What can be planted, in the order of names."""
    found = list(OF_LINES)
    for path in sorted(folder.glob("*.yaml")):
        data = path.read_bytes()
        said = _RULE.findall(data.decode("utf-8", "replace"))
        if said and all(kind in KINDS and not _NOT_HERE.fullmatch(rule) for kind, rule in said):
            try:
                record = _json(yaml.compose(data, Loader=_LOADER))
            except (yaml.YAMLError, TypeError):  # a key that is a list
                continue
            if "essai" in record.get("id", "") and all(unicodedata.is_normalized("NFC", key) for key in record):
                found.append(Fault(path.stem, tuple(sorted({rule for _, rule in said})), record))
    return found


def _json(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {_json(key): _json(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_json(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if not node.style and _PLAIN.fullmatch(node.value):
        return int(node.value)
    return node.value == "true" if not node.style and node.value in ("true", "false") else node.value


class Things:
    """What laureates are made of: the vocabularies, the organisations and the communes of the project."""

    def __init__(self, root: Path = ROOT) -> None:
        data = root / "data"
        with (data / "reference" / "communes.csv").open(encoding="utf-8") as file:
            self.communes = [(row["code"], row["name"]) for row in csv.DictReader(file)]
        self.tools, self.themes = (self._concepts(data / "vocabulary" / f"{n}.yaml") for n in ("tools", "themes"))
        self.organisations = sorted(f"organisation:{path.stem}" for path in (data / "organisation").glob("*.yaml"))

    @staticmethod
    def _concepts(path: Path) -> list[tuple[str, str, str]]:
        """Each concept: its id, its French and its English label."""
        root = yaml.load(path.read_bytes(), Loader=_LOADER)
        lists = [value for value in root.values() if isinstance(value, list)]
        concepts = max(lists, key=len)
        return [(c["id"], c["libellé"]["fr"], c["libellé"]["en"]) for c in concepts]


def laureate(number: int, random: Random, things: Things) -> dict[str, Any]:
    """A laureate that no rule refuses; `number` is its own."""
    year = random.choice(EDITIONS)
    code, town = random.choice(things.communes)
    theme, theme_fr, theme_en = random.choice(things.themes)
    tool, tool_fr, tool_en = random.choice(things.tools)
    people = random.randrange(20, 9000)
    record: dict[str, Any] = {
        "id": f"laureate:{year}/essai-{number}",
        "type": "Lauréat",
        "édition": f"edition:{year}",
        "étoiles": random.randrange(1, 5),
        "titre": f"{theme_fr} : {town}, projet {number}",
        "libellé": {"fr": f"{theme_fr} : {town}, projet {number}", "en": f"{theme_en}: {town}, project {number}"},
        "ligne_porteur": f"Ville de {town}",
        "résumé": {
            "fr": f"À {town}, {people} personnes ont pris part au projet {number} : « {tool_fr} », puis à un bilan.",
            "en": f"In {town}, {people} people took part in project {number}: “{tool_en}”, then a public review.",
        },
        "selon": "src:resource-centre",
        "acteurs": [
            {
                "rôle": "porteur",
                "organisme": random.choice(things.organisations),
                "position": 1,
                "imprimé": f"Ville de {town}",
                "rubrique": "NOM_PORTEUR_PROJET",
            }
        ],
        "territoires": [{"territoire": f"commune:{code}", "imprimé": town, "rubrique": "NOM_PORTEUR_PROJET"}],
        "outils": [{"outil": tool, "statut": "utilisé", "imprimé": tool_fr, "rubrique": "PRÉSENTATION DU PROJET"}],
        "thèmes": [
            {"thème": theme, "principal": True, "imprimé": theme_fr, "rubrique": "FILTRE 3 - THÉMATIQUE PRINCIPALE"}
        ],
    }
    if number % 4 == 0:
        record["indicateurs"] = [
            {
                "valeur": people,
                "unité": "1",
                "mesure": "measure:participants",
                "compté": {"fr": "participants à la démarche", "en": "participants in the process"},
                "qualificatif": "exact",
                "imprimé": str(people),
                "rubrique": "PRÉSENTATION DU PROJET",
            }
        ]
    return record


def generate(count: int, seed: int = 1, share: float = 0.0) -> Iterator[tuple[str, str, Fault | None]]:
    """Each line without its end, its id, and what is wrong with it, if anything is."""
    random, things, planted = Random(seed), Things(), faults() if share else []
    turn, before = 0, ""
    for number in range(1, count + 1):
        record = laureate(number, random, things)
        if random.random() >= share:
            before = record["id"]
            yield json.dumps(record, ensure_ascii=False), record["id"], None
            continue
        turn += 1
        if turn % (len(planted) + 1) == 0 and before:
            yield (
                json.dumps(record | {"id": before}, ensure_ascii=False),
                before,
                Fault("id twice", ("bulk:id-once",), ""),
            )
            continue
        fault = planted[turn % (len(planted) + 1) - 1]
        yield fault.line(f"essai-{number}"), f"essai-{number}", fault


def main() -> None:
    parser = argparse.ArgumentParser(description="Made-up laureates in JSON Lines.")
    parser.add_argument("laureates", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=float, default=0.0, metavar="SHARE")
    parser.add_argument("--list", type=Path, metavar="FILE")
    given = parser.parse_args()
    listed = ["line\tid\tplanted\trules\n"]
    out = sys.stdout.buffer
    for number, (line, name, fault) in enumerate(generate(given.laureates, given.seed, given.errors), 1):
        out.write(line.encode() + b"\n")
        if fault:
            listed.append(f"{number}\t{name}\t{fault.name}\t{' '.join(fault.rules)}\n")
    if given.list:
        given.list.write_text("".join(listed), "utf-8")


if __name__ == "__main__":
    main()
