"""A record whose territory is not the one that its own printed text names, or in which nothing else of it lies, is told
of; those that are right are not."""

from __future__ import annotations

import pytest

from trophees.check import territories
from trophees.release.checkout import Project
from trophees.release.review import told
from trophees.source.yaml_ld import read

CACHAN = "laureate/2020/cachan.yaml"
NOTHING_IN = (
    "territoire (territory) — no other territory of the record lies in “{}”: "
    "remove it if it is a neighbour only or named in passing, else give the reason"
)


def warnings(project: Project, *changes: tuple[str, str]) -> list[tuple[int, str]]:
    text = (project.root / "data" / CACHAN).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    found = territories.problems([read(text.encode(), CACHAN, project.context)], project.context)
    return [(problem.line, problem.message("en")) for problem in found]


def test_no_record_of_the_project_has_another_territory_than_is_printed(project: Project) -> None:
    assert list(territories.problems(project.records(), project.context)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ("territoire: commune:94016", "territoire: commune:94003"),
            [
                (43, "“Ville de Cachan” means Cachan (commune:94016), which is not the territory of the record"),
                (63, "“Cachan” means Cachan (commune:94016), which is not the territory of the record"),
            ],
        ),
        (
            ("territoire: departement:94", "territoire: departement:93"),
            [
                (67, "“94” means Val-de-Marne (departement:94), which is not the territory of the record"),
                (67, NOTHING_IN.format("departement:93")),
            ],
        ),
        (
            ("imprimé: Ville de Cachan", "imprimé: Ville d'Arcueil"),
            [(43, "“Ville d'Arcueil” means Arcueil (commune:94003), which is not the territory of the record")],
        ),
        (("imprimé: Ville de Cachan", "imprimé: Association de Cachan"), []),
    ],
)
def test_another_territory_than_is_printed_is_told_at_its_place(
    project: Project, change: tuple[str, str], expected: list[tuple[int, str]]
) -> None:
    assert warnings(project, change) == expected


def test_checking_a_record_tells_of_it_as_a_warning(project: Project) -> None:
    text = (project.root / "data" / CACHAN).read_text("utf-8").replace("departement:94", "departement:93")
    record = read(text.encode(), CACHAN, project.context)
    others = [r for r in project.records() if not r.path.endswith(CACHAN)]
    found = [p for p in told(project, [record], [*others, record]) if p.rule == territories.RULE]
    assert [(p.line, p.severity) for p in found] == [(67, "warning")]


@pytest.mark.parametrize(
    ("year", "territories_of_it", "wrong"),
    [
        ("2021", "commune:92002 departement:92 departement:94", "departement:94"),  # a neighbour
        ("2021", "commune:92002 region:11 region:24", "region:24"),
        ("2021", "departement:32 region:76 region:75", "region:75"),
        ("2020", "epci:200059228 departement:91 departement:77 departement:94", "departement:94"),
        (
            "2017",
            "epci:200059228 departement:91 departement:92",
            "departement:92",
        ),  # before what is known of its members
        ("2021", "arrondissement:134 departement:13 departement:30 region:93", "departement:30"),
        ("2020", "commune:97411 epci:249740119 departement:974 region:04", ""),
        ("2019", "commune:97305 region:03", ""),
        ("2021", "region:52 region:53", ""),  # nothing that would lie in them
        ("2021", "place:x commune:92002 departement:94", ""),  # it may lie there
        ("2021", "departement:93", ""),
        ("2021", "commune:92002 commune:94016 departement:94 departement:92", ""),
    ],
)
def test_a_departement_or_region_in_which_nothing_else_of_the_record_lies_is_told(
    year: str, territories_of_it: str, wrong: str, project: Project
) -> None:
    def told(reason: str) -> list[tuple[str, str]]:
        facts = "".join(f"  - territoire: {name}\n{reason}" for name in territories_of_it.split())
        path = f"laureate/{year}/essai.yaml"
        text = f"id: laureate:{year}/essai\ntype: Lauréat\nterritoires:\n{facts}"
        found = territories.problems([read(text.encode(), path, project.context)], project.context)
        return [(problem.rule, problem.message("en")) for problem in found]

    assert told("") == ([("territory:around", NOTHING_IN.format(wrong))] if wrong else [])
    assert told("    raison: La démarche y a eu lieu aussi.\n") == []
