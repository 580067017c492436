"""Conventions of linking, each by the smallest row that shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trophees.places.link import Asked, Linked, link


def day(text: str) -> date:
    return date.fromisoformat(text)


def linked(name: str = "", **said: Any) -> str:
    """Kind and code of the territory, the candidates' if there are several, or the outcome."""
    found = link(Asked(name, **said))
    if found.place:
        return f"{found.place.kind} {found.place.code}"
    return " ".join(sorted(f"{p.kind} {p.code}" for p in found.candidates)) or found.outcome


CACHAN = "commune 94016"
ROCHELLE = "commune 17300 commune 70450"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("La Rochelle", ROCHELLE),
        ("Rochelle (La)", ROCHELLE),
        ("Rochelle, La", ROCHELLE),
        ("Kremlin-Bicêtre", "commune 94043"),
        ("le Mans", "commune 72181"),
        ("au Mans", "commune 72181"),
        ("Ville du Mans", "commune 72181"),
        ("Ville des Abymes", "commune 97101"),
        ("Mairie de L'Haÿ-les-Roses", "commune 94038"),
        ("L HAY LES ROSES", "commune 94038"),
        ("Ville d’Arcueil", "commune 94003"),
        ("Ville-d'Avray", "commune 92077"),
        ("Ville de Ville-d'Avray", "commune 92077"),
        ("Hôtel de ville de Cachan", CACHAN),
        ("Mairie de la commune de Cachan", CACHAN),
        ("Cachan (mairie)", CACHAN),
        ("Town of Cachan", CACHAN),
        ("Cachan (94)", CACHAN),
        ("Cachan 94", CACHAN),
        ("94230 Cachan", CACHAN),
        ("94234 CACHAN CEDEX 3", CACHAN),
        ("Cachan, Val-de-Marne", CACHAN),
        ("Cachan (Île-de-France)", CACHAN),
        ("Cachan, France", CACHAN),
        ("Cachan Cachan", CACHAN),
        ("Ville de Cachan CACHAN", CACHAN),
        ("Mairie de Cachan, 94230 Cachan", CACHAN),
        ("Cachan - Ville de Cachan", CACHAN),
        ("Métropole Européenne de Lille (MEL)", "epci 200093201"),
        ("Communauté Intercommunale du Nord de la Réunion (CINOR)", "epci 249740119"),
        ("Communauté de communes du Vexin Normand (CCVN)", "epci 200071843"),
        ("Communauté de communes du Vexin Normand (Gisors)", "unknown"),
        ("Ville de Bora-Bora", "commune 98714"),
        ("Bora-Bora Bora-Bora", "commune 98714"),
        ("Ca\u00adchan\u00a0", CACHAN),
        ("Châlons en Champagne", "commune 51108"),
        ("Cha\u0302lons-en-Champagne", "commune 51108"),
        ("Lʹ‛Haÿ‐les–Roses", "commune 94038"),
        ("St-Germain-en-Laye", "commune 78551"),
        ("Ivry s/ Seine", "commune 94041"),
        ("Ivry/Seine", "commune 94041"),
        ("Fontenay s/Bois", "commune 94033"),
        ("OEUF EN TERNOIS", "commune 62633"),
        ("Paris 12e", "arrondissement-municipal 75112"),
        ("Paris XIIe", "arrondissement-municipal 75112"),
        ("Lyon 3ème arrondissement", "arrondissement-municipal 69383"),
        ("Mairie du 12e arrondissement de Paris", "arrondissement-municipal 75112"),
        ("75012 Paris", "arrondissement-municipal 75112"),
        ("13008 Marseille", "arrondissement-municipal 13208"),
        ("Marseille (13)", "commune 13055"),
        ("Marseille 13", "arrondissement-municipal 13213 commune 13055"),
        ("Paris 21e", "unknown"),
        ("Val-de-Marne", "departement 94"),
        ("Département du Val-de-Marne", "departement 94"),
        ("Conseil départemental de la Meuse", "departement 55"),
        ("Conseil général de l'Ain", "departement 01"),
        ("CD94", "departement 94"),
        ("Département 94", "departement 94"),
        ("Val-de-Marne (94)", "departement 94"),
        ("Côtes-du-Nord", "departement 22"),
        ("Région PACA", "region 93"),
        ("IDF", "region 11"),
        ("Conseil régional de Bretagne", "region 53"),
        ("Alsace", "region 44"),
        ("Paris", "commune 75056 departement 75"),
        ("Ville de Paris", "commune 75056"),
        ("Département de Paris", "departement 75"),
        ("Guadeloupe", "departement 971 region 01"),
        ("Région Guadeloupe", "region 01"),
        ("La Réunion", "commune 47222 departement 974 region 04"),
        ("Creuse", "commune 80225 departement 23"),
        ("CC Faucigny-Glières", "epci 200000172"),
        ("Communauté de communes de Faucigny Glières", "epci 200000172"),
        ("CA Faucigny-Glières", "unknown"),
        ("C.A. de La Rochelle", "epci 241700434"),
        ("Agglo de La Rochelle", "epci 241700434"),
        ("Bordeaux Métropole", "epci 243300316"),
        ("Métropole du Grand Paris", "epci 200054781"),
        ("Grand Paris Sud", "epci 200059228"),
        ("EPT Plaine Commune", "ept 200057867"),
        ("Plaine Commune (EPT 6)", "ept 200057867"),
        ("Arrondissement de Belley", "arrondissement 011"),
        ("94016", CACHAN),
        ("94230", CACHAN),
        ("200059228", "epci 200059228"),
    ],
)
def test_names_are_read_as_people_write_them(name: str, expected: str) -> None:
    assert linked(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Comidée", "Agence d'urbanisme de Lyon", "Comité des fêtes de Cachan", "Quartier de Cachan", "Musée de Brest",
        "Parc naturel régional du Vercors", "Syndicat de Cachan", "Rue de Paris", "École de Cachan", "Cachan SARL",
        "Cachan et Arcueil", "Paris / Lyon", "Cachan, Arcueil", "91 & 77", "Genève", "Mairie", "Hôtel de ville",
        "Mairie du 12e", "75 %", "France", "CEDEX", "n/a", "-", "?", "x" * 5000, "(", "((((", "12e", "1er", "s s s s s",
    ],
)  # fmt: skip
def test_what_is_no_territory_or_several_is_not_linked(name: str) -> None:
    assert linked(name) == "unknown"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"departement": "94"}, CACHAN),
        ({"departement": "Val de Marne (94)"}, CACHAN),
        ({"departement": "94.0"}, CACHAN),
        ({"departement": "75"}, "unknown"),
        ({"departement": "Foo"}, "unknown"),
        ({"postal": "94230"}, CACHAN),
        ({"postal": "94016"}, CACHAN),
        ({"postal": "94000"}, CACHAN),
        ({"postal": "75012"}, "unknown"),
        ({"region": "IDF"}, CACHAN),
        ({"region": "11"}, CACHAN),
        ({"region": "Bretagne"}, "unknown"),
        ({"kind": "Ville"}, CACHAN),
        ({"kind": "association"}, "unknown"),
        ({"kind": "département"}, "unknown"),
        ({"code": "94016"}, CACHAN),
        ({"code": "94230"}, CACHAN),
        ({"code": "94003"}, "unknown"),
    ],
)
def test_a_row_that_contradicts_itself_is_not_linked(said: dict[str, str], expected: str) -> None:
    assert linked("Cachan", **said) == expected


def test_homonyms_are_told_apart_by_what_the_row_says() -> None:
    assert linked("La Rochelle", departement="17") == "commune 17300"
    assert linked("La Rochelle", region="Nouvelle-Aquitaine") == "commune 17300"
    assert linked("La Rochelle", region="Franche-Comté") == "commune 70450"
    assert linked("Saint-Denis", postal="97400") == "commune 97411"
    assert linked("Vienne", departement="38") == "commune 38544"
    assert linked("Béon") == "commune 89037 commune-deleguee 01039"
    assert linked("Béon", kind="commune") == "commune 89037"
    assert linked("Commune de Béon") == "commune 89037"
    assert linked("Paris", postal="75012") == "arrondissement-municipal 75112"


def test_one_wrong_letter_is_linked_only_in_a_departement_and_only_to_one_name() -> None:
    for wrong in ("Cachn", "Cachann", "Cacham", "Cahcan"):
        assert linked(wrong, departement="94") == CACHAN
        assert linked(wrong) == "unknown"
    assert linked("Cachan", departement="75") == "unknown"
    assert linked("Cachqq", departement="94") == "unknown"


def test_a_name_that_is_cut_is_linked_only_where_one_name_of_the_departement_begins_so() -> None:
    assert linked("Saint-Germain-en-La", departement="78") == "commune 78551"
    assert linked("Saint-Germain-en-La") == "unknown"
    assert linked("Saint-Rémy-l", departement="78") == "commune 78575 commune 78576"


def test_what_is_in_force_on_the_day_is_meant_and_the_day_of_effect_counts_as_after() -> None:
    assert linked("Cachan", on=day("1967-12-31")) == "commune 75016"
    assert linked("Cachan", on=day("1968-01-01")) == CACHAN
    assert linked("Troarn", on=day("2018-01-01")) == "commune-deleguee 14712"
    assert linked(code="14712", on=day("2018-01-01")) == "commune 14712"
    assert linked("Saline") != "commune 14712"


def test_a_name_that_lives_on_only_in_a_successor_gives_the_successor_and_no_future_name_is_linked() -> None:
    found = link(Asked("Châlons-sur-Marne"))
    assert found.place
    assert (found.place.name, found.place.code) == ("Châlons-en-Champagne", "51108")
    assert "1998-01-04" in found.why.fr
    assert linked("Châlons-en-Champagne", on=day("1990-01-01")) == "unknown"
    assert linked("Seine-et-Oise").count("departement") == 6


def test_a_delegated_commune_gives_its_own_code() -> None:
    assert linked("Arbignieu") == "commune-deleguee 01015"
    assert linked(code="01015") == "commune 01015"
    assert linked("Arbignieu", code="01015") == "commune-deleguee 01015"
    assert linked("Commune de Saint-Bois") == linked(code="01340") == "commune-deleguee 01340"


def test_where_the_kind_says_commune_a_part_gives_the_commune_that_it_went_into() -> None:
    assert linked("Saint-Bois", kind="commune") == linked(code="01340", kind="commune") == "commune 01015"
    assert linked("Saint-Bois", kind="commune déléguée") == "commune-deleguee 01340"


def test_codes_are_read_as_spreadsheets_leave_them() -> None:
    assert linked(code="1004") == "commune 01004"
    assert linked(code="94016.0") == CACHAN
    assert linked(code="3", kind="département") == "departement 03"
    assert linked(code="3") == "departement 03 region 03"
    assert linked(code="20004") == "commune 2A004"
    assert linked(code="200 059 228") == "epci 200059228"
    assert linked(code="219400165") == CACHAN
    assert linked(code="21940016500018") == CACHAN
    assert linked(code="http://id.insee.fr/geo/commune/94016") == CACHAN
    assert linked(code="99999") == "unknown"
    assert linked(code="-5") == "unknown"


def test_a_code_that_is_no_more_gives_what_it_became() -> None:
    assert linked(code="75016") == CACHAN
    assert linked(code="94016", on=day("1960-01-01")) == "unknown"


def test_a_code_is_translated_forward_and_back() -> None:
    assert linked(code="75016", on=day("1960-01-01"), to=day("2026-01-01")) == CACHAN
    assert linked(code="75016", to=day("2026-01-01")) == CACHAN
    assert linked(code="94016", to=day("1960-01-01")) == "commune 75016"
    found = link(Asked(code="91", to=day("1960-01-01"), kind="département"))
    assert found.place
    assert found.place.name == "Seine-et-Oise"


def test_corsica_has_been_20_and_is_2a_and_2b() -> None:
    for departement in ("20", "2A", "2a", "Corse-du-Sud"):
        assert linked("Ajaccio", departement=departement) == "commune 2A004"
    assert linked("Ajaccio", departement="2B") == "unknown"
    assert linked("Ajaccio", departement="2A", on=day("1970-01-01")) == "commune 20004"


def test_the_reason_tells_a_contradiction_from_another_time() -> None:
    assert "se contredit" in link(Asked("Cachan", departement="75")).why.fr
    assert "se contredit" in link(Asked("Arcueil", departement="75", on=day("1981-01-04"))).why.fr
    assert "seulement depuis le 1998-01-04" in link(Asked("Châlons-en-Champagne", on=day("1990-01-01"))).why.fr


def test_the_reason_tells_of_an_interval_only_where_the_day_of_the_end_is_not_known() -> None:
    assert link(Asked(code="245900410", on=day("2018-01-01"))).why.en.endswith("; attested only since 2019-01-01")
    assert link(Asked(code="200041150", on=day("2021-06-01"))).why.en.endswith("between 2021-01-02 and 2022-01-01")


def test_a_cell_without_end_is_not_read() -> None:
    for column in ("name", "code", "postal", "departement", "region", "kind"):
        row = {"name": "Cachan", column: "Cachan " * 100_000}
        assert linked(**row) == "unknown"


def test_an_empty_row_says_so() -> None:
    assert link(Asked()) == Linked("unknown", None, (), 0.0, link(Asked(departement="94")).why)
    assert linked(postal="94230") == CACHAN
    assert linked(departement="94", kind="département") == "departement 94"


def test_the_reason_is_one_sentence_in_each_language() -> None:
    for name in ("Cachan", "Paris", "Foo", "Châlons-sur-Marne"):
        why = link(Asked(name)).why
        assert why.fr
        assert why.en
        assert "\n" not in why.fr + why.en
    assert "Bretagne\u202e" not in link(Asked("Cachan", region="Bretagne\u202e\nFoo")).why.fr
