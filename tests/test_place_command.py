"""`trophees place`, in text, JSON and RDF, in both languages."""

from __future__ import annotations

import json

import rdflib

from conftest import Run
from trophees.base.namespaces import TP as TERMS
from trophees.places import reference

IGEO = rdflib.Namespace("http://rdf.insee.fr/def/geo#")
TP = rdflib.Namespace(TERMS)


def test_a_place_that_merged_is_told_with_the_reason_and_the_nearest_laureates(run: Run) -> None:
    done = run("place", "14712", "--on", "1990-01-01", "--lang", "fr")
    assert done.exit_code == 0, done.output
    assert "Troarn (commune 14712), le 1990-01-01\n" in done.stdout
    assert "Basse-Normandie (région 25)" in done.stdout
    assert "EPCI : non couverts avant 2019" in done.stdout
    assert "2017-01-01 : Troarn (commune 14712) entre dans Saline (commune 14712)" in done.stdout
    assert "2019-12-31 : Saline (commune 14712) se sépare" in done.stdout
    assert " km · " in done.stdout


def test_homonyms_are_told_one_after_the_other(run: Run) -> None:
    done = run("place", "Bois-d'Arcy", "--lang", "en")
    assert "Bois-d'Arcy (commune 78073), on 2026-01-01" in done.stdout
    assert "Bois-d'Arcy (commune 89049), on 2026-01-01" in done.stdout
    first, second = done.stdout.split("\n\n")
    assert "laureate/2020/bois-darcy" in first.split("Nearest")[0]
    assert "none" in second.split("Nearest")[0]


def test_an_event_whose_day_is_not_known_is_told_with_the_days_between_which_it_was(run: Run) -> None:
    done = run("place", "15141", "--on", "2024-07-01", "--lang", "fr")
    assert "peut-être : le jour exact n’est pas connu" in done.stdout
    assert "entre le 2024-01-02 et le 2025-01-01" in done.stdout


def test_what_is_above_communes_has_inhabitants_and_distances(run: Run) -> None:
    for name in ("Calvados", "Bretagne", "200093201", "Plaine Commune"):
        done = run("place", name, "--lang", "en")
        assert "inhabitants: " in done.stdout, name
        assert " km · " in done.stdout, name
    assert "(2023, sum of its communes)" in run("place", "Calvados", "--lang", "en").stdout
    told = json.loads(run("place", "Bretagne", "--format", "json").stdout)
    assert {one["kind"]: one["population"]["what"] for one in told}["region"] == "sum"


def test_json_says_what_text_says(run: Run) -> None:
    done = run("place", "Saline", "--format", "json", "--lang", "en")
    (one,) = json.loads(done.stdout)
    assert (one["code"], one["in_force"], one["start"], one["end"]) == (
        "14712", False, "2017-01-01", "2019-12-31",
    )  # fmt: skip
    assert [heir["code"] for heir in one["became"]] == ["14666", "14712"]
    assert one["nearest"][0]["km"] <= one["nearest"][1]["km"]


def test_rdf_is_read_by_another_library(run: Run) -> None:
    done = run("place", "22", "--on", "2015-01-01", "--format", "ttl")
    graph = rdflib.Graph().parse(data=done.stdout, format="turtle")
    names = set(graph.objects(None, IGEO.nom))  # as in the graph of laureates: without a language
    assert {rdflib.Literal(name) for name in ("Picardie", "Hauts-de-France", "Côtes-d'Armor")} <= names
    spans = {str(span) for span in graph.objects(None, rdflib.DCTERMS.temporal)}
    assert spans == {"1990-03-08/..", "/2015-12-31"}  # the day on which the région began is not known


def test_rdf_says_what_happened_and_which_laureates_are_there_and_near(run: Run) -> None:
    graph = rdflib.Graph().parse(data=run("place", "75016", "--on", "1960-01-01", "--format", "ttl").stdout)
    (event,) = graph.subjects(rdflib.RDF.type, IGEO.EvenementGeographique)
    assert graph.value(event, IGEO.date) == rdflib.Literal("1968-01-01", datatype=rdflib.XSD.date)
    assert {getattr(text, "language", "") for text in graph.objects(event, rdflib.DCTERMS.description)} == {"fr", "en"}
    said = {str(laureate) for laureate in graph.subjects(rdflib.RDF.type, TP.Laureate)}
    there = json.loads(run("place", "75016", "--on", "1960-01-01", "--format", "json").stdout)[0]
    assert said == {one["iri"] for one in there["laureates"] + there["nearest"]}
    assert len(set(graph.subjects(rdflib.DCAT["centroid"]))) > 3


def test_a_day_after_the_newest_list_is_answered_as_of_that_list_which_is_said(run: Run) -> None:
    done = run("place", "94016", "--on", "2099-01-01")
    assert done.exit_code == 0
    assert (
        done.stderr == f"trophees: --on 2099-01-01: the reference ends on {reference.newest()}, whose state this is\n"
    )


def test_an_old_region_has_the_laureates_of_its_departements_alone(run: Run) -> None:
    done = run("place", "Picardie", "--lang", "en")
    assert "none" in done.stdout.split("Laureates there:")[1].splitlines()[1]
    assert "laureate/" in run("place", "Hauts-de-France", "--lang", "en").stdout


def test_what_is_no_place_is_refused_in_a_sentence(run: Run) -> None:
    done = run("place", "Nulle-Part")
    assert done.exit_code == 2
    assert done.stderr.startswith("trophees: “Nulle-Part” is the name or code of no territory")
    assert "begins on 1943-01-01" in run("place", "14712", "--on", "1900-01-01").stderr


def test_a_name_is_read_as_a_cell_of_a_table_is(run: Run) -> None:
    meant = {
        "Marseille 13°": "13213",
        "Lyon 3ème": "69383",
        "St Denis (93)": "93066",
        "Savoie (Haute-)": "74",
    }
    for name, code in meant.items():
        (one,) = json.loads(run("place", name, "--format", "json").stdout)
        assert one["code"] == code, name
    assert "is the name or code of no territory" in run("place", "Zzyzx").stderr
