"""The template of a laureate has what its carrier line tells for certain, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml

from conftest import Run, curated
from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.check.carrier import given, organisations
from trophees.check.template import template
from trophees.release.checkout import Project
from trophees.source.record import Record
from trophees.source.yaml_ld import read

DAY = date(2020, 12, 31)
PATH = "laureate/2020/essai.yaml"
SECTION = "ligne du porteur"

Written = Callable[..., str]


@pytest.fixture(scope="module")
def written(project: Project, shapes: rdflib.Graph, records: list[Record]) -> Written:
    """The template for a carrier line."""
    territories, known = {iri for iri, _ in project.territories()}, organisations(records, project.replaced())

    def text(line: str, language: Language = "fr", *, of_nobody: bool = False, on: date = DAY) -> str:
        told = given(line, on, territories, {} if of_nobody else known, project.context)
        return template("Laureate", f"{BASE}laureate/2020/essai", shapes, project.context, language, told)

    return text


def filled(text: str) -> dict[str, Any]:
    """What the template says, without its own name and type."""
    found: dict[str, Any] = yaml.safe_load(text)
    return {key: value for key, value in found.items() if key not in ("id", "type")}


def notes(text: str) -> list[str]:
    return [line.partition("→ ")[2] for line in text.splitlines() if "# → " in line]


def test_a_town_with_its_departement_gives_the_party_and_both_territories(written: Written) -> None:
    assert filled(written("Ville de Cachan (94)")) == {
        "ligne_porteur": "Ville de Cachan (94)",
        "acteurs": [
            {
                "rôle": "porteur",
                "organisme": "organisation:ville-de-cachan",
                "position": 1,
                "imprimé": "Ville de Cachan",
                "rubrique": SECTION,
            }
        ],
        "territoires": [
            {"territoire": "commune:94016", "imprimé": "Cachan", "rubrique": SECTION},
            {"territoire": "departement:94", "imprimé": "94", "rubrique": SECTION},
        ],
    }
    assert notes(written("Ville de Cachan (94)")) == []


def test_what_is_filled_in_for_each_laureate_is_what_its_record_has(
    project: Project, written: Written, records: list[Record]
) -> None:
    territories = parties = 0
    for record in records:
        values = {(s.predicate.value.removeprefix(TP), s.object.value) for s in record.statements}
        if not (edition := re.search("/laureate/([0-9]{4})/", record.iri.value)):
            continue
        own = [s for s in record.statements if s.subject == record.iri]
        for line in [s.object.value for s in own if s.predicate.value == TP + "carrierLine"]:
            found = filled(written(line, on=date(int(edition[1]), 12, 31)))
            assert found["ligne_porteur"] == line
            for node in found.get("territoires", []):
                assert ("territory", project.context.expand(node["territoire"])) in values, record.path
                assert node["imprimé"] in line
                territories += 1
            for node in found.get("acteurs", []):
                assert ("organisation", project.context.expand(node["organisme"])) in values, record.path
                name = node["imprimé"].partition(" - ")[0]  # what may follow is where the party sits
                assert ("printed", name) in values, record.path
                parties += 1
    assert territories > 40
    assert parties > 20


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "line",
    [
        "Ville de Cachan (94)",
        "Communauté d'agglomération Grand Paris Sud (91) & (77)",
        'Association "Rue n° 3": l\'eau #1 \\ et [suite]',
        "- Comité",
        "true",
        "2020",
        "94",
    ],
)
def test_a_template_that_has_a_carrier_is_read_as_it_is(
    project: Project, written: Written, line: str, language: Language
) -> None:
    text = written(line, language)
    assert read(text.encode(), PATH, project.context).problems == []
    assert filled(text)["ligne_porteur"] == line


@pytest.mark.parametrize(
    ("line", "french", "english"),
    [
        (
            "Ville de Bois-d'Arcy",
            "2 territoires possibles : ce nom, à cette date : commune:78073 Bois-d'Arcy | commune:89049 Bois-d'Arcy",
            "2 territories are possible: this name, on that day: commune:78073 Bois-d'Arcy | commune:89049 Bois-d'Arcy",
        ),
        (
            "Ville de Cachan (75)",
            "la ligne se contredit : Cachan (94016) n’est pas ce qu’elle dit par ailleurs",
            "the row contradicts itself: Cachan (94016) is not what it says besides",
        ),
        ("Comidée", "aucun territoire de ce nom", "no territory has this name"),
        ("les communes de Channay et Nicey", "aucun territoire de ce nom", "no territory has this name"),
    ],
)
def test_what_is_not_certain_is_left_to_fill_in_and_said(
    written: Written, line: str, french: str, english: str
) -> None:
    text = written(line)
    assert filled(text) == {"ligne_porteur": line}
    assert [note.replace("\u00a0", " ") for note in notes(text)] == [french]
    assert notes(written(line, "en")) == [english]
    assert [said for said in text.splitlines() if said.startswith("# territoires:")]


def test_the_departement_of_a_carrier_that_is_no_territory_is_certain(written: Written) -> None:
    found = filled(written("WPD Onshore France (89)"))
    assert found.keys() == {"ligne_porteur", "territoires"}
    assert found["territoires"] == [{"territoire": "departement:89", "imprimé": "89", "rubrique": SECTION}]


def test_a_number_that_is_no_departement_gives_none(written: Written) -> None:
    assert filled(written("Comidée (99)")).keys() == {"ligne_porteur"}
    assert filled(written("Comidée (loi 1901)")).keys() == {"ligne_porteur"}


def test_the_name_is_given_as_the_line_prints_it(written: Written) -> None:
    [town] = filled(written("MAIRIE DE BOIS-D’ARCY (78)"))["territoires"][:1]
    assert town["imprimé"] == "BOIS-D’ARCY"
    [other] = filled(written("Commune des Ponts-de-Cé (49)"))["territoires"][:1]
    assert other == {"territoire": "commune:49246", "imprimé": "Commune des Ponts-de-Cé", "rubrique": SECTION}


def test_a_name_that_is_only_near_is_said_to_be(written: Written) -> None:
    text = written("Ville de Cachant (94)")
    [town, _] = filled(text)["territoires"]
    assert (town["territoire"], town["imprimé"]) == ("commune:94016", "Ville de Cachant")
    assert notes(text) == ["à une lettre près, seul nom du département"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ville de Cachan (94)", "kind:commune"),
        ("Conseil départemental de la Meuse", "kind:departement"),
        ("Région Bretagne", "kind:region"),
        ("Collectivité de Corse", "kind:collectivite"),
        ("CC de la Plaine de l'Ain", "kind:communaute-de-communes"),
        ("Grand Paris Sud", "kind:communaute-d-agglomeration"),
        ("CU de Dunkerque", "kind:communaute-urbaine"),
        ("Métropole Européenne de Lille", "kind:metropole"),
        ("Métropole de Lyon", None),
        ("Mairie de Lyon 3e", None),
    ],
)
def test_the_kind_of_a_party_without_a_record_is_that_of_its_territory(
    written: Written, line: str, kind: str | None
) -> None:
    text = written(line, of_nobody=True)
    [party] = filled(text)["acteurs"]
    assert "organisme" not in party
    assert party.get("nature") == kind
    assert any("trophees new organisation" in note for note in notes(text)) == bool(kind)


def test_several_organisations_of_one_territory_and_kind_are_named_not_chosen(
    project: Project, shapes: rdflib.Graph
) -> None:
    kind, town = BASE + "organisation-kind/commune", BASE + "territory/commune/94016"
    told = given(
        "Ville de Cachan", DAY, {town}, {(town, kind): [f"{BASE}organisation/{n}" for n in "ba"]}, project.context
    )
    text = template("Laureate", f"{BASE}laureate/2020/essai", shapes, project.context, "fr", told)
    [party] = filled(text)["acteurs"]
    assert party.keys() == {"rôle", "position", "imprimé", "rubrique"}
    assert notes(text) == ["organisation:a | organisation:b"]


@pytest.mark.parametrize(("year", "code"), [(2018, "245900410"), (2020, "200093201")])
def test_the_organisation_is_the_same_before_its_epci_changed_code(written: Written, year: int, code: str) -> None:
    found = filled(written("Métropole Européenne de Lille", on=date(year, 12, 31)))
    assert [party["organisme"] for party in found["acteurs"]] == ["organisation:metropole-europeenne-de-lille"]
    assert [node["territoire"] for node in found["territoires"]] == [f"epci:{code}"]


def test_a_territory_that_the_project_does_not_know_is_told(written: Written) -> None:
    text = written("Commune de Troarn (14)")
    assert [node["territoire"] for node in filled(text)["territoires"]] == ["commune:14712", "departement:14"]
    assert "commune:14712 : absent de data/reference/" in notes(text)[-1]


@pytest.mark.parametrize(("year", "region"), [("2015", "region:42"), ("2020", "region:44")])
def test_the_territories_are_those_of_the_end_of_the_year_of_the_edition(
    run: Run, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: str, region: str
) -> None:
    monkeypatch.chdir(curated(project, tmp_path))
    shutil.copy("data/edition/2020.yaml", "data/edition/2015.yaml")
    done = run("new", "laureate", "essai", "--edition", year, "--carrier", "Région Alsace", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    assert [node["territoire"] for node in filled(done.stdout)["territoires"]] == [region]
    assert any("is no more since 2016-01-01" in note for note in notes(done.stdout)) == (year == "2020")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "--carrier: the line is empty"),
        ("Ville\nde Cachan", "--carrier: a value stands on one line: remove the line ends"),
        ("Ville\x1b[2J", "--carrier: forbidden character U+001B"),
        ("Ville  de Cachan", "--carrier: a space too many"),
        ("x" * 5001, "--carrier: 5001 characters: a value has at most 5000"),
        ("Ville\udce9", "is not UTF-8"),
    ],
)
def test_a_line_that_no_record_may_have_is_refused_in_one_sentence(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    monkeypatch.chdir(project.root)
    done = run("new", "laureate", "essai", "--carrier", line, "--lang", "en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("trophees: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
