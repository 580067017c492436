"""A record whose territory is not the one that its own printed text names is told of; those that are right are not."""

from __future__ import annotations

import pytest

from trophees.check import territories
from trophees.release.checkout import Project
from trophees.release.review import told
from trophees.source.yaml_ld import read

CACHAN = "laureate/2020/cachan.yaml"


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
            [(67, "“94” means Val-de-Marne (departement:94), which is not the territory of the record")],
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
