"""The matches of our concepts with those of other vocabularies: the table, the graph of it, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

import tools
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, DCAT, GRAPH, RDFS, SKOS
from trophees.check.mappings import problems
from trophees.release.checkout import Project
from trophees.release.review import unmatched
from trophees.source.mapping import FILE, PREDICATES, SCHEMES, quads, read
from trophees.source.record import Record

HEAD = """\
#curie_map:
#  eurovoc: http://eurovoc.europa.eu/
#  participedia: https://participedia.net/method/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#  tool: https://w3id.org/trophees-participation/tool/
#  website: https://
"""
COLUMNS = [
    "subject_id",
    "subject_label",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "object_label",
    "object_source",
    "comment",
    "author_label",
    "reviewer_label",
]
READERS = ("curator", "proofreader")
MATCHED = {f"data/vocabulary/{name}.yaml" for name in ("audiences", "organisation-kinds", "themes", "tools")}
CONCEPTS = {BASE + "tool/vote": "Vote", BASE + "tool/jeu": "Game"}
SOUND = [
    "tool:vote|Vote||skos:closeMatch|eurovoc:4750|vote|eurovoc:100141|",
    "tool:vote|Vote|Not|skos:exactMatch|eurovoc:4750|vote|eurovoc:100141|Theirs is of electors.",
    "tool:vote|Vote||skos:exactMatch|sssom:NoTermFound||website:participedia.net/|No such method.",
    "tool:jeu|Game||skos:exactMatch|sssom:NoTermFound||eurovoc:100141|No such descriptor.",
    "tool:jeu|Game||skos:relatedMatch|participedia:12|play|website:participedia.net/|",
]
LINE = HEAD.count("\n") + 2  # of the first row


def table(*rows: str, readers: tuple[str, str] = READERS) -> str:
    return HEAD + "".join("\t".join(row) + "\n" for row in (COLUMNS, *([*row.split("|"), *readers] for row in rows)))


def found(
    *rows: str, readers: tuple[str, str] = READERS, broader: dict[str, list[str]] | None = None
) -> list[tuple[int, str]]:
    """The lines, from that of the first row, and the rules of what is wrong."""
    told = problems("x.tsv", read(table(*rows, readers=readers)), CONCEPTS, broader or {})
    return sorted((max(problem.line - LINE, -1), problem.rule.partition(":")[2]) for problem in told)


def test_a_sound_table_is_accepted() -> None:
    assert found(*SOUND) == []


@pytest.mark.parametrize(
    ("number", "old", "new", "wrong"),
    [
        (0, "tool:vote", "tool:votes", [(-1, "every-concept"), (0, "known-concept")]),
        (0, "|Vote|", "|Ballot|", [(0, "label")]),
        (0, "|vote|", "||", [(0, "object-label")]),
        (0, "closeMatch", "exactMatch", [(1, "refused")]),
        (1, "Theirs is of electors.", "", [(1, "reason")]),
        (3, "No such descriptor.", "", [(3, "reason")]),
        (3, "tool:jeu|Game|", "tool:vote|Vote|", [(-1, "every-concept"), (3, "none-or-some")]),
        (3, "||skos:exactMatch|sssom:NoTermFound|", "|Not|skos:exactMatch|eurovoc:1|game", [(-1, "every-concept")]),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_line(
    number: int, old: str, new: str, wrong: list[tuple[int, str]]
) -> None:
    rows = list(SOUND)
    assert old in rows[number]
    rows[number] = rows[number].replace(old, new, 1)
    assert found(*rows) == wrong


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        # the same term twice, with another relation
        (["tool:vote|Vote||skos:broadMatch|eurovoc:4750|vote|eurovoc:100141|"], [(5, "once")]),
        # two concepts with one exact match, and one concept with two
        (
            [f"tool:{c}||skos:exactMatch|eurovoc:7|a|eurovoc:100141|" for c in ("vote|Vote", "jeu|Game")],
            [(3, "none-or-some"), (6, "one-exact")],
        ),
        (
            [f"tool:vote|Vote||skos:exactMatch|eurovoc:{n}|a|eurovoc:100141|" for n in (7, 8)],
            [(6, "one-exact")],
        ),
    ],
)
def test_rows_that_contradict_each_other_are_told(more: list[str], wrong: list[tuple[int, str]]) -> None:
    assert found(*SOUND, *more) == wrong


def test_the_exact_match_of_a_broader_concept_is_a_broad_match_of_those_below() -> None:
    vote, game, club = (BASE + f"tool/{name}" for name in ("vote", "jeu", "club"))
    rows = [SOUND[0].replace("close", "exact"), SOUND[2], SOUND[4]]
    below = {game: [club], club: [vote, game]}  # further up, and on a way that comes back
    for relation, wrong in (("broad", []), ("close", [(3, "broader")]), ("related", [(3, "broader")])):
        term = f"tool:jeu|Game||skos:{relation}Match|eurovoc:4750|vote|eurovoc:100141|"
        assert found(*rows, term, broader=below) == wrong
    none = "tool:jeu|Game||skos:exactMatch|sssom:NoTermFound||eurovoc:100141|No such descriptor."
    assert found(*rows, none, broader=below) == [(3, "broader")]
    refused = "tool:jeu|Game|Not|skos:exactMatch|eurovoc:4750|vote|eurovoc:100141|Ours is played."
    assert found(*rows, term.replace("related", "broad"), refused, broader=below) == []
    assert found(SOUND[0], *rows[1:], none, broader=below) == []  # close is not exact


@pytest.mark.parametrize(
    ("readers", "wrong"), [(("curator", ""), []), (("proofreader", ""), []), (("curator", "curator"), ["two-readers"])]
)
def test_who_judged_a_row_is_not_its_second_reader(readers: tuple[str, str], wrong: list[str]) -> None:
    assert sorted({rule for _, rule in found(*SOUND, readers=readers)}) == wrong


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("eurovoc:4750", "eurovoc:0x", f"{LINE}: object_id: “eurovoc:0x” is no address of EuroVoc"),
        ("eurovoc:4750", "participedia:4750", f"{LINE}: object_id: “participedia:4750” is no address of EuroVoc"),
        ("eurovoc:4750", "4750", f"{LINE}: object_id: “4750” is no compact IRI of the curie_map"),
        ("eurovoc:4750", "gemet:4750", f"{LINE}: object_id: “gemet:4750” is no compact IRI of the curie_map"),
        ("eurovoc:100141", "eurovoc:1", f"{LINE}: object_source: “eurovoc:1” is not one of EuroVoc, Participedia"),
        ("skos:closeMatch", "skos:broader", f"{LINE}: predicate_id: “skos:broader” is no mapping property of SKOS"),
        ("Vote\t\t", "Vote\tnot\t", f"{LINE}: predicate_modifier: “not” is neither empty nor Not"),
        ("Vote\t\t", "Vote\t", f"{LINE}: 10 cells are expected, 9 found"),
        ("\tcomment\t", "\tremark\t", f"{LINE - 1}: column comment is missing"),
        ("#curie_map:", "#prefixes:", "1: the metadata on top have no curie_map"),
        ("#curie_map:", "#curie_map: [", "1: the metadata on top are not YAML"),
        (
            "No such method.\tcurator\tproofreader\n",
            "No such method.\tcurator\tproofreader",
            f"{LINE + 2}: the last line has no end",
        ),
    ],
)
def test_what_is_no_such_table_is_refused(old: str, new: str, sentence: str) -> None:
    text = table(*SOUND[:3])
    assert old in text
    with pytest.raises(ValueError, match=r"^\d") as refused:
        list(read(text.replace(old, new, 1)))
    assert str(refused.value) == sentence


def test_the_graph_says_what_matches_and_neither_what_was_refused_nor_what_does_not() -> None:
    said = [(q.subject, q.predicate, q.object) for q in quads(read(table(*SOUND)))]
    vote, play = NamedNode("http://eurovoc.europa.eu/4750"), NamedNode("https://participedia.net/method/12")
    label = NamedNode(RDFS + "label")
    assert said == [
        (NamedNode(BASE + "tool/vote"), NamedNode(SKOS + "closeMatch"), vote),
        (vote, label, Literal("vote (EuroVoc)", language="en")),
        (NamedNode(BASE + "tool/jeu"), NamedNode(SKOS + "relatedMatch"), play),
        (play, label, Literal("play (Participedia)", language="en")),
    ]


def test_the_graph_has_each_match_of_the_table_in_a_graph_of_its_own(project: Project, store: Store) -> None:
    rows = project.mappings()
    graph = NamedNode(GRAPH + "mapping")
    stated = {(row.subject, row.predicate, row.object) for row in rows if row.stated}
    held = store.quads_for_pattern(None, None, None, graph)
    found = {(str(q.subject), q.predicate.value, str(q.object)) for q in held if q.predicate.value in PREDICATES}
    assert found == {(f"<{subject}>", predicate, f"<{term}>") for subject, predicate, term in stated}
    assert len(stated) > 200


def test_every_tool_theme_audience_and_kind_was_looked_for_in_both_vocabularies(project: Project) -> None:
    concepts = {
        str(node.value)
        for record in project.records()
        if record.path
        in {f"data/vocabulary/{name}.yaml" for name in ("audiences", "organisation-kinds", "themes", "tools")}
        for node in record.nodes
        if node != record.iri
    }
    sought = {(row.subject, row.scheme) for row in project.mappings() if row.stated or row.none}
    assert sought == {(iri, scheme) for iri in concepts for scheme in SCHEMES.values()}


def test_a_concept_without_a_row_is_told_where_records_are_checked_and_so_is_a_table_that_is_none(
    checkout: Path, records: list[Record]
) -> None:
    path = checkout / "data" / FILE
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert list(unmatched(Project(checkout), records)) == []
    path.write_text("".join(line for line in lines if not line.startswith("tool:nudge\t")), "utf-8")
    told = [(problem.path, problem.rule) for problem in unmatched(Project(checkout), records)]
    assert told == [(f"data/{FILE}", "mapping:every-concept")] * 2
    path.write_text("no table\n", "utf-8")
    with pytest.raises(UserError, match=r"^data/mapping/vocabularies\.sssom\.tsv:1: the metadata on top"):
        Project(checkout).mappings()


def test_the_table_is_published_as_it_is_and_described_in_the_catalogue(
    project: Project, files: dict[str, bytes]
) -> None:
    path = "csv/vocabularies.sssom.tsv"
    assert files[path] == (project.root / "data" / FILE).read_bytes()
    catalogue = Store()
    catalogue.load(files["catalog.ttl"], RdfFormat.TURTLE)
    [file] = {
        q.subject.value  # type: ignore[union-attr]
        for q in catalogue.quads_for_pattern(None, NamedNode(DCAT + "downloadURL"), None, None)
        if str(q.object).endswith(f"/{path}>")
    }
    [media] = catalogue.quads_for_pattern(NamedNode(file), NamedNode(DCAT + "mediaType"), None, None)
    assert media.object == NamedNode("https://www.iana.org/assignments/media-types/text/tab-separated-values")


@pytest.mark.foreign
def test_the_sssom_package_accepts_the_table_and_reads_every_row(project: Project, tmp_path: Path) -> None:
    path = project.root / "data" / FILE
    rows = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert tools.ask("sssom", path) == [[], len(rows) - 1]
    wrong = tmp_path / "wrong.sssom.tsv"
    wrong.write_text(
        path.read_text("utf-8").replace("skos:broadMatch\teurovoc:", "skos:broadMatch\tunknown:", 1), "utf-8"
    )
    assert tools.ask("sssom", wrong)[0] != []
