"""What is read at once is what the reader of records reads: the same quads of the same nodes, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pyoxigraph import NamedNode

import generate
from bulk_cases import line
from fuzz import FULL, of_each
from trophees.bulk.direct import Direct
from trophees.bulk.part import Line, judged, quads_of
from trophees.bulk.record import read
from trophees.bulk.shared import MANY, editions
from trophees.graph.provenance import Graphs, sources_of
from trophees.release.checkout import Project

Known = Mapping[NamedNode, Graphs]


@pytest.fixture(scope="module")
def graphs(project: Project) -> Known:
    return sources_of(project.records(sorted((project.root / "data" / "source").glob("*.yaml"))))


@pytest.fixture(scope="module")
def direct(project: Project, graphs: Known) -> Direct:
    return Direct(project.context, graphs)


@pytest.fixture(scope="module")
def curated(project: Project) -> list[str]:
    """Records of the kinds that come by the million, some of each."""
    data = project.root / "data"
    paths = [path for kind in MANY for path in sorted((data / kind).rglob("*.yaml"))]
    chosen = of_each(paths, lambda path: path.relative_to(data).parts[:2], 4)
    return [line(path.read_bytes()) for path in chosen]


def compared(given: str, direct: Direct, project: Project, graphs: Known) -> bool:
    """Whether the line is read at once; then it is read alike."""
    data = given.encode("utf-8", "surrogatepass")
    said = direct.read(data, 7, "x")
    if said is None:
        return False
    whole = read(data, 7, "x", project.context)
    assert whole.problems == [], given
    assert sorted(quads_of([said], graphs).splitlines()) == sorted(quads_of([whole], graphs).splitlines()), given
    assert sorted(map(str, said.statements)) == sorted(map(str, whole.statements))
    assert (said.iri, said.nodes) == (whole.iri, whole.nodes)
    assert said.editions == sorted(set(editions([whole])))
    return True


def test_of_right_lines_most_are_read_at_once(
    curated: list[str], direct: Direct, project: Project, graphs: Known
) -> None:
    made_up = [text for text, _, _ in generate.generate(100)]
    assert all(compared(text, direct, project, graphs) for text in made_up)
    # where a statement stands, what it is inferred from may decide: the others
    simple = [text for text in curated if '"propriété"' not in text]
    found = [compared(text, direct, project, graphs) for text in curated]
    assert sum(found) > 0.9 * len(simple) > 10


def test_of_wrong_lines_none_is(direct: Direct, project: Project, graphs: Known) -> None:
    wrong = {fault.name: text for text, _, fault in generate.generate(300, share=0.9) if fault}
    refused = {name: text for name, text in wrong.items() if read(text.encode(), 1, "x", project.context).problems}
    assert [name for name, text in refused.items() if direct.read(text.encode(), 1, "x")] == []
    assert len(refused) > 40
    for text in wrong.values():
        compared(text, direct, project, graphs)


ODD: list[Any] = [
    *(None, True, False, 0, -1, 1.5, "", [], {}, " x", "x  y", 'a "b" \\ c', "a\tb", "é", "x" * 6000, "\ud800", "‮x"),
    *({"fr": "a"}, {"en": "b"}, {"fr": ["a", "b"], "en": "c"}, {"de": "d"}, [[]], "tp:x", "http://a/ b", "@id"),
    *("src:report-2020", "src:resource-centre", "src:nothing", "2020-02-30", "1e3", "007", "true"),
]
DECIDING = ("id", "type", "selon", "raison", "parmi", "porte_sur", "récits", "identifiants", "anomalies", "relecture")


def moved(sound: Sequence[str], count: int, random: Random) -> Iterator[str]:
    """Records in which values stand under other keys, are there twice, are gone, or are odd."""
    records = [json.loads(text) for text in sound]
    pairs = [pair for record in records for pair in inside(record)]
    for _ in range(count):
        record = json.loads(json.dumps(random.choice(records)))
        for _ in range(random.randrange(1, 4)):
            places = list(places_of(record))
            if not places:
                break
            holder, place = random.choice(places)
            value = deepcopy(random.choice([random.choice(pairs)[1], random.choice(ODD), record.get("id")]))
            match random.randrange(5), holder:
                case 0, _:
                    del holder[place]
                case 1, _:
                    holder[place] = [holder[place], value]
                case 2, dict():
                    holder[random.choice(pairs)[0]] = value
                case 3, dict():
                    holder[random.choice(DECIDING)] = value
                case _:
                    holder[place] = value
        yield json.dumps(record, ensure_ascii=False)


def inside(value: Any) -> Iterator[tuple[str, Any]]:
    """Each key with its value, however deep."""
    for holder, place in places_of(value):
        if isinstance(place, str):
            yield place, holder[place]


def places_of(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place in which a value stands: what holds it, and its key or number there."""
    for place in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, place
        yield from places_of(value[place])


@pytest.mark.sample
def test_records_in_which_anything_is_moved_are_read_alike_or_left(
    curated: list[str], direct: Direct, project: Project, graphs: Known
) -> None:
    made_up = [text for text, _, _ in generate.generate(20)]
    given = moved([*curated, *made_up], 20_000 if FULL else 300, Random(5))
    found = [compared(text, direct, project, graphs) for text in given]
    assert 0.05 * len(found) < sum(found) < 0.95 * len(found)


def test_lines_are_judged_alike_with_and_without(
    tmp_path: Path, direct: Direct, project: Project, graphs: Known
) -> None:
    made_up = [text for text, _, _ in generate.generate(60, share=0.4)]
    path = str(tmp_path / "records.jsonl")
    lines = [Line(path, n, text.encode(), (path, 1) if n % 9 == 0 else None) for n, text in enumerate(made_up, 1)]
    one, other = (judged(lines, project.context, None, how) for how in (direct, None))
    assert one[1:] == other[1:]
    assert sorted(quads_of(one[0], graphs).splitlines()) == sorted(quads_of(other[0], graphs).splitlines())
    assert len(one[0]) > len(one[1]) > 10
