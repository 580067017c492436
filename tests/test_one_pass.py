"""One pass over the subjects feeds every writer: each file is the one that its format gives when written at once."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE, TP, file_name
from trophees.graph import walk as walking
from trophees.graph.walk import Described, walk
from trophees.publish import contents, evidence, jsonld, void
from trophees.publish.contents import in_pieces, publish, writers
from trophees.publish.description import File
from trophees.publish.feeds.history import Past
from trophees.publish.tables import packaged
from trophees.publish.turtle import encode, in_order
from trophees.publish.writers import spool
from trophees.publish.writers.prefixed import Prefixed
from trophees.publish.writers.spool import Spools
from trophees.publish.writers.writer import Writer, write
from trophees.release import folder as release
from trophees.release.checkout import Project

CONTEXT = Project.containing(Path(__file__).parent).context
NAMES = [
    *(NamedNode(BASE + name) for name in ("laureate/2020/a", "laureate/2020/a#x", "laureate/2020/ab", "tool/y", "été")),
    NamedNode("https://example.org/"),
]
LITERALS = some.builds(Literal, some.text(max_size=8)) | some.sampled_from(
    [
        Literal("a"),
        Literal("a", language="fr"),
        Literal("a", language="fr-be"),
        Literal("a", datatype=NamedNode(TP + "odd")),
        Literal(" tp:x {\n}\n@prefix xsd: <urn:x> .\n"),
    ]
)
PREDICATES = [RDF_TYPE, *(NamedNode(TP + name) for name in ("title", "tool", "summary")), NamedNode("urn:p#q")]
TYPES = [NamedNode(TP + name) for name in ("Laureate", "ToolUse")]
GRAPHS = [NamedNode(GRAPH + name) for name in ("report/2020", "report", "curation/2020")]
STATEMENTS = some.builds(
    Quad,
    some.sampled_from(NAMES),
    some.sampled_from(PREDICATES),
    some.sampled_from([*NAMES, *TYPES]) | LITERALS,
    some.sampled_from([*GRAPHS, DefaultGraph()]),
)


def fed(subjects: Iterable[Described], found: list[Writer] | None = None) -> dict[str, bytes]:
    return {path: b"".join(pieces) for path, pieces in write(subjects, found or writers(CONTEXT))}


def at_once(store: Store) -> dict[str, bytes]:
    """The same files, each written from the whole graph, in one call where the format allows it."""

    def read_first(triple: Triple) -> tuple[str, bool, str, str]:
        return str(triple.subject), triple.predicate != RDF_TYPE, str(triple.predicate), str(triple.object)

    named = [quad for quad in store if quad.graph_name != DefaultGraph()]
    union = sorted({quad.triple for quad in named}, key=read_first)
    quads = sorted(named, key=lambda quad: (str(quad.graph_name), *read_first(quad.triple)))

    def lines(said: Iterable[Triple] | Iterable[Quad], form: RdfFormat) -> bytes:
        subjects: dict[str, list[bytes]] = {}
        for line in encode(said, form, CONTEXT).splitlines(keepends=True):
            subjects.setdefault(line.split()[0].decode(), []).append(line)
        return b"".join(in_order(b"".join(found)) for _, found in sorted(subjects.items()))

    found = {
        "dumps/trophees.ttl": encode(union, RdfFormat.TURTLE, CONTEXT),
        "dumps/trophees.rdf": encode(union, RdfFormat.RDF_XML, CONTEXT),
        "dumps/trophees.trig": encode(quads, RdfFormat.TRIG, CONTEXT),
        "dumps/trophees.nt": lines(union, RdfFormat.N_TRIPLES),
        "dumps/trophees.nq": lines(store, RdfFormat.N_QUADS),
        "dumps/trophees.jsonld": jsonld.document(union, CONTEXT),
    }
    found[evidence.FILE] = found["dumps/trophees.ttl"]  # of which nothing rests on a fact that is told
    for tag in LANGUAGES:
        spoken = [t for t in union if not isinstance(t.object, Literal) or (t.object.language or tag)[:2] == tag]
        found[f"dumps/trophees-{tag}.ttl"] = encode(spoken, RdfFormat.TURTLE, CONTEXT)
    types = {(t.subject, t.object.value) for t in union if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode)}
    for name in {iri for _, iri in types if iri.startswith(TP)}:
        said = [triple for triple in union if (triple.subject, name) in types]
        found[f"dumps/classes/{file_name(name)}.ttl"] = encode(said, RdfFormat.TURTLE, CONTEXT)
    return found


def made_up(number: int) -> Iterator[Described]:
    """So many laureates, one at a time, each with a hundred texts."""
    for place in range(number):
        subject = NamedNode(f"{BASE}laureate/2020/x{place:09}")
        texts = (Literal(f"{place} {n} " * 9, language="fr") for n in range(100))
        said = [Quad(subject, PREDICATES[1], text, GRAPHS[0]) for text in texts]
        yield Described(subject, [Quad(subject, RDF_TYPE, TYPES[0], GRAPHS[0]), *said])


@pytest.mark.slow  # made-up graphs show it of each format, above
def test_every_file_of_the_real_graph_is_what_its_format_gives_at_once(store: Store) -> None:
    assert fed(walk(store)) == at_once(store)


@given(some.lists(STATEMENTS, max_size=12), some.sampled_from([0, 100, spool.ROOM]))
def test_every_file_of_any_graph_is_what_its_format_gives_at_once(said: list[Quad], room: int) -> None:
    store = Store()
    store.extend(said)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Spools.__init__, "__defaults__", (None, room))
        try:
            expected = at_once(store)
        except UserError:  # a character that XML cannot hold
            with pytest.raises(UserError):
                fed(walk(store))
            return
        assert fed(walk(store)) == expected


def test_a_graph_that_says_nothing_gives_files_that_say_so() -> None:
    assert fed(walk(Store())) == at_once(Store())


@pytest.fixture
def garbage_collected() -> Iterator[None]:
    """Garbage is looked for as often as in any program: the tests look for it so seldom that it would count as kept."""
    usual = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*usual)


@pytest.mark.slow  # it measures
@pytest.mark.usefixtures("garbage_collected")
def test_what_is_in_memory_does_not_grow_with_the_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    room = 100_000
    monkeypatch.setattr(Spools.__init__, "__defaults__", (None, room))
    peaks, sizes = [], []
    for number in (10, 40, 160):  # the first fills what is kept, whatever comes
        found: list[Writer] = [*writers(CONTEXT), void.Figures()]
        tracemalloc.start()
        sizes.append(sum(len(piece) for _, pieces in write(made_up(number), found) for piece in pieces))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sizes[2] > 3.9 * sizes[1] > 10 * room
    assert peaks[2] - peaks[1] < (sizes[2] - sizes[1]) / 20


def test_the_graph_is_walked_once_for_all_that_is_published(
    project: Project, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is said of the dataset and of one laureate, as the first release."""
    some, walks = Store(), list[Store]()
    some.extend(store.quads_for_pattern(None, None, None, NamedNode(GRAPH + "catalog")))
    some.extend(quad for quad in store if "laureate/2020/cachan" in str(quad.subject))
    said = (some, project.context, packaged(), project.copies(), project.hosting(), project.changelog())
    former, points = project.former_files(), project.points()
    files = dict(publish(*said, former=former, points=points, past=Past()))

    def once(graph: Store) -> Iterator[Described]:
        walks.append(graph)
        return walk(graph)

    for module in (contents, walking):
        monkeypatch.setattr(module, "walk", once)
    known: dict[str, File] = {}
    for _ in in_pieces(*said, former=former, points=points, past=Past(), known=known):
        pass  # no piece is taken
    assert walks == [some]
    assert known == {path: File.of(data) for path, data in files.items()}


def test_figures_count_each_term_once() -> None:
    a, b = NAMES[:2]
    store = Store()
    values: list[Literal | NamedNode] = [
        Literal("v"),
        Literal("v", language="fr"),
        Literal("v", datatype=NamedNode(TP + "odd")),
        NamedNode("urn:v"),
    ]
    for subject in (a, b, BlankNode("z"), NamedNode("urn:elsewhere")):
        store.extend([Quad(subject, PREDICATES[1], value, graph) for value in values for graph in GRAPHS])
    store.extend([Quad(subject, RDF_TYPE, TYPES[0], GRAPHS[0]) for subject in (b, a, BlankNode("z"))])
    store.add(Quad(NAMES[3], PREDICATES[1], Literal("of no graph"), DefaultGraph()))
    found = void.Figures()
    fed(walk(store), [found])
    assert (found.subjects, found.entities, found.objects) == (4, 2, 5)
    assert found.properties == {PREDICATES[1].value: 16, RDF_TYPE.value: 3}
    assert (found.classes, found.first) == ({TYPES[0].value: 3}, {TYPES[0].value: a.value})


@pytest.mark.slow
def test_a_dump_of_what_is_said_in_one_language_is_one_more_writer(store: Store) -> None:
    def french(told: Described) -> list[Triple]:
        return [t for t in told.readable if not isinstance(t.object, Literal) or t.object.language in (None, "fr")]

    made = fed(walk(store), [Prefixed("dumps/trophees-fr.ttl", RdfFormat.TURTLE, CONTEXT, said=french)])
    expected = [triple for told in walk(store) for triple in french(told)]
    assert made == {"dumps/trophees-fr.ttl": encode(expected, RdfFormat.TURTLE, CONTEXT)}


@given(some.lists(some.tuples(some.integers(0, 3), some.binary(max_size=30))), some.integers(0, 100))
def test_texts_that_grow_side_by_side_are_read_as_they_came(said: list[tuple[int, bytes]], room: int) -> None:
    with Spools(room=room) as spools:
        texts = [spools.new() for _ in range(4)]
        for number, data in said:
            texts[number].append(data)
            assert sum(len(text.late) for text in texts) <= room
        for number, text in enumerate(texts):
            assert b"".join(text) == b"".join(text) == b"".join(data for other, data in said if other == number)


def test_a_long_text_is_read_in_pieces_of_a_megabyte(tmp_path: Path) -> None:
    with Spools(tmp_path, room=10) as spools:
        text = spools.new()
        text.append(b"0123456789" * 250_000)
        assert [len(piece) for piece in text] == [1 << 20, 1 << 20, 2_500_000 - (2 << 20)]
        assert list(tmp_path.iterdir()) == [], "what is kept aside has no name that a killed process would leave"


def test_a_draft_without_room_for_what_is_kept_aside_says_where(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(UserError, match=f"{missing}: cannot be written"), release.draft(tmp_path / "publish"):
        list(write(made_up(1), writers(CONTEXT), missing))
    assert not (tmp_path / "publish").exists()
