"""“Et chez vous ?”: any commune, as people type it, has laureates near it or like it, each with its reasons."""

from __future__ import annotations

import json
import random
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pytest

from test_web import node
from trophees.base.namespaces import BASE, TP
from trophees.places import reference
from trophees.places.place import COMMUNE, MUNICIPAL, REGION
from trophees.site import places_in_page, scripts
from trophees.site.concepts import broader
from trophees.site.covered import smallest, smallest_of
from trophees.site.l10n import LANGUAGES
from trophees.site.located import Located, located
from trophees.site.model import Site
from trophees.site.pages import near

pytestmark = pytest.mark.xdist_group("near")

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def where(site: Site) -> list[Located]:
    return located(site)


@pytest.fixture(scope="module")
def known(site: Site, where: list[Located]) -> dict[str, Any]:
    return near.data(site, where, "fr")


TODAY = reference.newest()
COMMUNES = [p for p in reference.places() if p.kind in (COMMUNE, MUNICIPAL) and p.on(TODAY)]
DRAWN = [(place.kind, place.code) for place in random.Random(14).sample(COMMUNES, 200)]
FAR = (COMMUNE, "97502")  # Saint-Pierre, of Saint-Pierre-et-Miquelon
SMALLEST = min(
    (found for found in reference.populations().items() if found[0][0] == COMMUNE and found[1].inhabitants),
    key=lambda found: found[1].inhabitants,
)[0]
CACHAN = (COMMUNE, "94016")
NOWHERE = [(COMMUNE, "99999"), ("planet", "94016")]
OTHERS = [CACHAN, FAR, SMALLEST, (COMMUNE, "13055"), (COMMUNE, "97411"), (REGION, "53"), *NOWHERE]
TYPED = {
    "cachan": {"94016"},
    "94230": {"94016"},
    "94016": {"94016"},
    "L'HAY LES ROSES": {"94038"},
    "St-Denis": {"97411", "93066", "11339", "30247"},
    "Bois-d'Arcy": {"78073", "89049"},
    "La Rochelle": {"17300", "70450"},
    "Châlons-sur-Marne": {"51108"},
    "Paris 11e": {"75111"},
    "lyon": {"69123"},
    "Ville de Cachan (94)": {"94016"},
    "Aÿ": {"51030"},
    "Val-de-Marne": {"94"},
    "Grand Poitiers": {"200069854"},
}
STRANGE = ["zzzxq", "", "📍", "x" * 500]
BEGUN = {
    "cach": "Cachan",
    "9423": "Cachan",
    "94016": "Cachan",
    "st germain en": "Saint-Germain-en-Laye",
    "rochelle": "La Rochelle",
    "chalons sur marne": "Châlons-en-Champagne",
}


@pytest.fixture(scope="module")
def answered(known: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[Any, Any]:
    """All that is asked here of the worker: of territories, of what was typed, of what was begun."""
    file = tmp_path_factory.mktemp("near") / "places.json.gz"
    file.write_bytes(dict(places_in_page.files())[places_in_page.FILE])
    asked: dict[Any, dict[str, Any]] = {
        (kind, code): {"type": "near", "kind": kind, "code": code} for kind, code in [*DRAWN, *OTHERS]
    }
    for text in (*TYPED, *STRANGE, "Évry", "Creuse", "Cahcan", "Nante"):
        asked["find", text] = {"type": "find", "text": text}
    (cachan,) = (one for one in known["processes"] if one["path"] == "laureate/2020/cachan/index.html")
    asked["many"] = {"type": "near", "kind": CACHAN[0], "code": CACHAN[1], "processes": [cachan] * 40}
    for text in BEGUN:
        asked["propose", text] = {"type": "propose", "text": text}
    given = {
        "worker": str(scripts.BUNDLE / "linker.js"),
        "data": str(file),
        "asked": list(asked.values()),
        "shared": {"processes": known["processes"]},
    }
    return dict(zip(asked, node(str(Path(__file__).with_name("places.mjs")), given)[1:], strict=True))


def told(answer: Answer) -> list[dict[str, Any]]:
    return [one for group in answer["groups"] for one in group["processes"]]


# what is known of laureates and cases


@pytest.mark.slow
def test_who_is_compared_with_a_commune_and_who_is_not(site: Site, known: dict[str, Any]) -> None:
    covering = [thing for thing in (*site.laureates, *site.cases) if site.links(thing.iri, TP + "covers")]
    paths = {process["path"] for process in known["processes"]}
    assert paths == {f"{thing.path}/index.html" for thing in covering}
    assert known["placeless"] == sum(1 for laureate in site.laureates if laureate not in covering) > 0


def test_a_laureate_is_where_the_smallest_territory_is_that_it_covers(where: list[Located]) -> None:
    spots = {found.thing.path: [(spot.kind, spot.code) for spot in found.spots] for found in where}
    assert spots["laureate/2020/cachan"] == [("commune", "94016")]
    assert spots["laureate/2020/val-de-marne"] == [("departement", "94")]
    assert spots["laureate/2019/region-reunion"] == [("region", "04")]
    # that of a quarter is where its commune is, and that of an EPCI which has another code since is what it became
    assert spots["laureate/2021/archipel-habitat"] == [("commune", "35238")]
    assert spots["laureate/2018/mel"] == [("epci", "200093201")]
    # a commune and its EPCI, both covered, say where each other's département is, not each other
    assert {kind for kind, _ in spots["laureate/2020/saumur"]} == {"commune", "epci"}


def test_what_only_locates_another_territory_is_left_out() -> None:
    small = ["commune/94016", "epci/200054781", "other/pays-basque"]
    for covered, kept in (
        ([*small, "departement/94", "region/11"], small),
        (["region/11", "departement/94", "departement/75"], ["departement/94", "departement/75"]),
        (["collectivite-outremer/975", "region/11"], ["collectivite-outremer/975"]),
        (["region/11", "region/84"], ["region/11", "region/84"]),
        ([], []),
    ):
        iris = [f"{BASE}territory/{end}" for end in covered]
        assert smallest(iris) == [f"{BASE}territory/{end}" for end in kept]
        assert smallest_of(covered, lambda end: end.partition("/")[0]) == kept


def test_the_kinds_of_a_carrier_are_told_with_all_that_are_broader(site: Site) -> None:
    kind = f"{BASE}organisation-kind/"
    assert broader(site, [f"{kind}metropole"]) >= {f"{kind}metropole", f"{kind}epci"}
    assert broader(site, []) == set()


def test_a_laureate_lies_in_what_its_places_lie_in(where: list[Located]) -> None:
    within = {found.thing.path: found.within for found in where}
    assert {"commune 94016", "epci 200054781", "departement 94", "region 11"} < set(within["laureate/2020/cachan"])
    # of an EPCI in two départements, both
    assert {"departement 77", "departement 91", "region 11"} < set(within["laureate/2020/grand-paris-sud"])


def test_the_data_say_of_each_process_what_the_graph_says(site: Site, known: dict[str, Any]) -> None:
    processes = known["processes"]
    standings = {f"{case.path}/index.html": site.text(case.iri, TP + "standing", "fr") for case in site.cases}
    assert [p["standing"] for p in processes] == [standings.get(p["path"], "") for p in processes]
    (lille,) = [process for process in processes if process["path"] == "laureate/2018/mel/index.html"]
    assert {"metropole", "epci"} <= set(lille["kinds"])
    assert lille["edition"] == "2018"
    assert len(json.dumps(processes, ensure_ascii=False).encode()) < 800 * len(processes)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_without_scripts_leads_to_every_departement_and_to_who_has_none(
    site: Site, where: list[Located], lang: Any
) -> None:
    made = dict(near.files(site))
    page = made["near/index.html" if lang == "fr" else "near/en/index.html"].decode()
    known = {found.thing.iri for found in where}
    part = page.partition('id="placeless"')[2].partition("</section>")[0]
    for laureate in site.laureates:
        named = site.href(laureate.iri, lang, "near/index.html" if lang == "fr" else "near/en/index.html")
        assert (f'href="{named}"' in part) == (laureate.iri not in known), laureate.iri
    for departement in site.things("departement"):
        assert site.href(departement.iri, lang, "near/index.html" if lang == "fr" else "near/en/index.html") in page
    assert len(page) < 100_000


# the answer


def test_none_of_200_communes_has_less_than_five_laureates_each_with_a_reason(answered: dict[Any, Answer]) -> None:
    for key in DRAWN:
        answer = answered[key]
        assert (answer["place"]["kind"], answer["place"]["code"]) == key
        laureates = [one for one in told(answer) if not one["process"]["standing"]]
        paths = [one["process"]["path"] for one in told(answer)]
        assert len(laureates) >= 5, key
        assert len(set(paths)) == len(paths), key
        for one in laureates:
            assert one["holds"] or one["distance"] is not None or one["shared"], (key, one["process"]["path"])


def test_laureates_are_told_by_what_they_share_with_the_place_and_then_by_distance(answered: dict[Any, Answer]) -> None:
    cachan = answered[CACHAN]
    groups = {(g["why"], g.get("place", {}).get("kind")): g["processes"] for g in cachan["groups"]}
    (here,) = groups["here", "commune"]
    assert (here["process"]["path"], here["distance"], here["holds"]) == ("laureate/2020/cachan/index.html", 0, True)
    assert {one["name"] for one in groups["within", "ept"]} >= {"Choisy-le-Roi", "Viry-Châtillon"}
    assert [one["holds"] for one in groups["within", "departement"]] == [True, True]
    for found in groups.values():
        for cases in (False, True):
            far = [one["distance"] for one in found if bool(one["process"]["standing"]) == cases]
            assert far == sorted(far)
    low, high = next(group["band"] for group in cachan["groups"] if group["why"] == "size")
    assert low <= cachan["place"]["inhabitants"] <= high
    assert groups["size", None]
    assert all(low <= one["inhabitants"] <= high and one["sameCarrier"] == "commune" for one in groups["size", None])


def test_all_laureates_of_a_group_are_counted_however_few_are_told(answered: dict[Any, Answer]) -> None:
    here = answered["many"]["groups"][0]
    assert (here["why"], here["count"], here["laureates"], len(here["processes"])) == ("here", 40, 40, 30)
    for group in answered[CACHAN]["groups"]:
        told_of = [one for one in group["processes"] if not one["process"]["standing"]]
        assert len(told_of) <= group["laureates"] <= group["count"]


def test_where_no_laureate_is_around_the_answer_widens(answered: dict[Any, Answer]) -> None:
    far = answered[FAR]
    assert [g["count"] for g in far["groups"] if g["why"] in ("here", "within")] == [0] * 2
    # the reference has no point of it: nothing is measured
    assert [g["why"] for g in far["groups"] if g["count"]] == ["size", "any"]
    assert {one["distance"] for one in told(far)} == {None}


def test_a_band_of_sizes_widens_until_it_has_laureates(answered: dict[Any, Answer]) -> None:
    group = next(group for group in answered[SMALLEST]["groups"] if group["why"] == "size")
    assert group["count"] >= 5
    sizes = [one["inhabitants"] for one in group["processes"]]
    assert group["band"] == [min(sizes), max(sizes)]
    assert group["band"][0] > 5 * answered[SMALLEST]["place"]["inhabitants"]


def test_distances_are_those_of_a_great_circle(answered: dict[Any, Answer]) -> None:
    points = reference.points()
    for key in ((COMMUNE, "13055"), (COMMUNE, "97411"), (REGION, "53")):
        for one in told(answered[key]):
            a, b = points[key], points[one["kind"], one["code"]]
            across = sin(radians(b.lat - a.lat) / 2) ** 2
            across += cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
            assert one["distance"] == pytest.approx(2 * 6371 * asin(sqrt(across)), abs=0.01)


def test_what_is_no_territory_has_no_answer(answered: dict[Any, Answer]) -> None:
    assert [answered[key] for key in NOWHERE] == [None, None]


# what people type


@pytest.mark.parametrize("text", TYPED)
def test_a_place_is_understood_as_people_type_it(text: str, answered: dict[Any, Answer]) -> None:
    assert {place["code"] for place in answered["find", text]["places"]} == TYPED[text]


def test_homonyms_are_told_apart_by_their_departements(answered: dict[Any, Answer]) -> None:
    counties = [place["county"] for place in answered["find", "La Rochelle"]["places"]]
    assert sorted(counties) == ["Charente-Maritime", "Haute-Saône"]


def test_what_also_bears_the_name_or_bore_it_is_told(answered: dict[Any, Answer]) -> None:
    creuse = answered["find", "Creuse"]
    assert [place["kind"] for place in creuse["places"]] == [COMMUNE]
    assert [(other["kind"], other["code"]) for other in creuse["others"]] == [("departement", "23")]
    assert [place["code"] for place in answered["find", "Évry"]["places"]] == ["89162"]
    assert "Évry-Courcouronnes" in [other["name"] for other in answered["find", "Évry"]["others"]]


@pytest.mark.parametrize(("typed", "meant"), [("Cahcan", "Cachan"), ("Nante", "Nantes")])
def test_for_what_is_not_understood_near_names_are_offered(typed: str, meant: str, answered: dict[Any, Answer]) -> None:
    found = answered["find", typed]
    assert found["places"] == []
    assert found["near"][0]["name"] == meant
    assert all(near["county"] for near in found["near"] if near["kind"] == COMMUNE)


@pytest.mark.parametrize("text", STRANGE)
def test_what_nobody_understands_is_said_with_a_reason(text: str, answered: dict[Any, Answer]) -> None:
    found = answered["find", text]
    assert (found["places"], found["near"]) == ([], [])
    assert found["why"]["fr"]
    assert found["why"]["en"]


@pytest.mark.parametrize("text", BEGUN)
def test_places_are_proposed_while_a_name_or_a_code_is_typed(text: str, answered: dict[Any, Answer]) -> None:
    proposed: Any = answered["propose", text]
    assert 0 < len(proposed) <= 8
    assert BEGUN[text] in [place["name"] for place in proposed]


def test_a_former_name_is_proposed_with_what_it_has_become(answered: dict[Any, Answer]) -> None:
    proposed: Any = answered["propose", "chalons sur marne"]
    assert [(p["name"], p["former"]) for p in proposed] == [("Châlons-en-Champagne", "Châlons-sur-Marne")]
