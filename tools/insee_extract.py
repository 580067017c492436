#!/usr/bin/env python3
"""Extract INSEE's geography for the territories that the records cite.

Run by hand: `python tools/insee_extract.py [records] [output]`. It needs npm and nothing but the
standard library. The CSV files in `data/reference/` are then a function of the records and of three
pinned npm packages: same inputs, same bytes. README.md (in French) says what every column means.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = "@etalab/decoupage-administratif"
INTEGRITY = {  # sha512, as `npm view {PACKAGE}@{version} dist.integrity` gives it
    "0.8.0": "BNO0BLfPyUvLpGAStdKpZAX80hUHdkhhD3GMu7HcwERqmshl96uIU0v3/1LlL23DiMs9qRyVIRnfDDIAfHaG/w==",
    "1.1.1": "2yD0tkK+As9OlImYdFXn9O1ABtMpExpCq0A7/d/HpruMgg7NYymUeNnHN0r8ICWgcKE//3uvMXeQ00xdOwUiZg==",
    "6.0.0": "XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ==",
}
VINTAGES = {"2020-01-01": "0.8.0", "2021-01-01": "1.1.1", "2026-01-01": "6.0.0"}
# Reference year of the populations (README.md says how each was verified). The communes of 0.8.0
# are those of 2019, a vintage this extract does not publish: their population is left out.
COMMUNE_YEAR = {"2021-01-01": "2019", "2026-01-01": "2023"}
EPCI_YEAR = {"2020-01-01": "2017", "2021-01-01": "2018", "2026-01-01": "2022"}
MAYOTTE, MAYOTTE_YEAR = "976", "2017"  # counted in full in 2017, and not published since
KINDS = {
    "CC": "communaute-de-communes",
    "CA": "communaute-d-agglomeration",
    "CU": "communaute-urbaine",
    "METRO": "metropole",
    "MET69": "metropole",
}
TOKEN = re.compile(
    r"(?<![\w-])(?:commune:(?P<communes>\d[\dAB]\d{3})|epci:(?P<epci>\d{9})"
    r"|arrondissement:(?P<arrondissements>\d[\dAB]\d{1,2}))(?!\w)"
)
Json = dict[str, Any]
Key = tuple[str, ...]
Snapshots = dict[str, dict[Key, Key]]  # vintage -> key of a row -> its other cells


class Cited(NamedTuple):
    """Codes that the records cite, by level."""

    communes: set[str]
    epci: set[str]
    arrondissements: set[str]


class Release(NamedTuple):
    """What one version of the package states, by code."""

    regions: dict[str, Json]
    departements: dict[str, Json]
    arrondissements: dict[str, Json]
    communes: dict[str, Json]
    epci: dict[str, Json]
    memberships: dict[str, tuple[str, Json]]  # commune -> (EPCI, what the list says of the commune)


def scan(records: Path) -> Cited:
    """The codes written `commune:…`, `epci:…` or `arrondissement:…` in the YAML files."""
    cited = Cited(set(), set(), set())
    for path in sorted(records.rglob("*.yaml")):
        for match in TOKEN.finditer(path.read_text("utf-8")):
            for level, code in match.groupdict().items():
                if code:
                    getattr(cited, level).add(code)
    return cited


def verify(content: bytes, version: str) -> None:
    """The archive is the published one, or the run ends."""
    found = base64.b64encode(hashlib.sha512(content).digest()).decode("ascii")
    if found != INTEGRITY[version]:
        sys.exit(f"{PACKAGE}@{version}: sha512-{found} is not the pinned integrity")


def download(version: str) -> Release:
    """One verified version of the package, overseas collectivities left out."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{PACKAGE}@{version}", "--silent", "--pack-destination", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        verify(archive.read_bytes(), version)
        with tarfile.open(archive) as tar:

            def read(name: str) -> dict[str, Json]:
                member = tar.extractfile(f"package/data/{name}.json")
                assert member is not None
                entries = (e for e in json.load(member) if e.get("zone") != "com")
                return {e["code"]: e for e in entries if kept(e)}

            groups = read("epci")
            return Release(
                regions=read("regions"),
                departements=read("departements"),
                arrondissements=read("arrondissements"),
                communes=read("communes"),
                epci=groups,
                memberships={m["code"]: (s, m) for s, e in groups.items() for m in e["membres"]},
            )


def kept(entry: Json) -> bool:
    """True of all but former communes, municipal arrondissements and overseas collectivities."""
    not_communes = {"commune-deleguee", "commune-associee", "arrondissement-municipal"}
    return entry.get("type") not in not_communes and "collectiviteOutremer" not in entry


def described(entry: Json, *fields: str) -> Key:
    return (entry["nom"], str(entry["typeLiaison"]), *(entry[field] for field in fields))


def in_2020(before: dict[str, Json], after: dict[str, Json], *fields: str) -> dict[Key, Key]:
    """What the lists of 2019 and 2021 both state: it held in between."""

    def facts(entry: Json) -> list[str]:
        return [entry[field] for field in ("nom", *fields)]

    return {
        (code,): described(after[code], *fields)
        for code in before.keys() & after.keys()
        if facts(before[code]) == facts(after[code])
    }


def level(releases: dict[str, Release], name: str, *fields: str) -> Snapshots:
    """Regions, départements or arrondissements at each vintage."""
    lists = [getattr(release, name) for release in releases.values()]
    first, *others = releases
    snapshots = {first: in_2020(lists[0], lists[1], *fields)}
    for date, entries in zip(others, lists[1:], strict=True):
        snapshots[date] = {(code,): described(entry, *fields) for code, entry in entries.items()}
    return snapshots


def communes(releases: dict[str, Release]) -> Snapshots:
    """Communes at each vintage; in 2020, those that the list of EPCI names, and no other."""
    (first, oldest), (_, second), *_ = releases.items()
    snapshots: Snapshots = {}
    for date, release in releases.items():
        snapshots[date] = {}
        for code, entry in release.communes.items():
            if date != first:
                _, member = release.memberships.get(code, ("", entry))
                siren = member.get("siren", "")
                snapshots[date][(code,)] = town(entry, siren, entry["arrondissement"])
    for code, (_, member) in oldest.memberships.items():
        # The communes of that release are those of 2019: see whether 2021 agrees.
        known = [r.communes[code] for r in (oldest, second) if code in r.communes]
        entry = next((e for e in known if e["nom"] == member["nom"].strip()), known[0])
        places = {e["arrondissement"] for e in known}
        place = places.pop() if len(places) == 1 else ""
        snapshots[first][(code,)] = town(entry, member["siren"], place)
    return snapshots


def town(entry: Json, siren: str, arrondissement: str) -> Key:
    name, tncc, *parents = described(entry, "departement", "region")
    return (name, tncc, siren, arrondissement, *parents)


def replaced(releases: dict[str, Release]) -> dict[str, str]:
    """New SIREN -> old SIREN, for an EPCI renumbered under the same name, its communes kept."""
    found: dict[str, str] = {}
    for before, after in pairwise(releases.values()):
        old, new = before.epci, after.epci
        gone = {old[siren]["nom"].casefold(): siren for siren in sorted(old.keys() - new.keys())}
        for siren in sorted(new.keys() - old.keys()):
            former = gone.get(new[siren]["nom"].casefold())
            if former and codes(old[former]) <= codes(new[siren]):
                found[siren] = former
    return found


def codes(entry: Json) -> set[str]:
    """The communes of an EPCI."""
    return {member["code"] for member in entry["membres"]}


def epci(releases: dict[str, Release], complete: set[str]) -> Snapshots:
    former = replaced(releases)
    return {
        date: {
            (siren,): (
                entry["nom"].strip(),
                KINDS[entry["type"]],
                former.get(siren, ""),
                "all" if siren in complete else "cited",
            )
            for siren, entry in release.epci.items()
        }
        for date, release in releases.items()
    }


def memberships(releases: dict[str, Release]) -> Snapshots:
    return {
        date: {(commune, siren): () for commune, (siren, _) in release.memberships.items()}
        for date, release in releases.items()
    }


def populations(releases: dict[str, Release]) -> Snapshots:
    """Inhabitants by territory, reference year and kind."""
    snapshots: Snapshots = {}
    for date, release in releases.items():
        rows: dict[Key, Key] = {}
        for code, entry in release.communes.items():
            if date in COMMUNE_YEAR and entry.get("population"):
                year = MAYOTTE_YEAR if entry["departement"] == MAYOTTE else COMMUNE_YEAR[date]
                rows[f"commune:{code}", year, "municipale"] = (str(entry["population"]),)
        for siren, entry in release.epci.items():
            mahoran = all(code.startswith(MAYOTTE) for code in codes(entry))
            year = MAYOTTE_YEAR if mahoran else EPCI_YEAR[date]
            rows[f"epci:{siren}", year, "municipale"] = (str(entry["populationMunicipale"]),)
            rows[f"epci:{siren}", year, "totale"] = (str(entry["populationTotale"]),)
        snapshots[date] = rows
    return snapshots


def widen(cited: Cited, releases: dict[str, Release], towns: Snapshots) -> Cited:
    """The cited codes, all the members of the cited EPCI, the EPCI of the cited communes, arrondissements."""
    groups = set(cited.epci)
    for release in releases.values():
        groups |= {release.memberships[c][0] for c in cited.communes if c in release.memberships}
    groups |= whole(cited, releases)
    members = {c for r in releases.values() for s in whole(cited, releases) & r.epci.keys() for c in codes(r.epci[s])}
    wanted = cited.communes | members
    rows = (row for snapshot in towns.values() for (c,), row in snapshot.items() if c in wanted)
    places = {arrondissement for _, _, _, arrondissement, *_ in rows}
    return Cited(wanted, groups, cited.arrondissements | places - {""})


def whole(cited: Cited, releases: dict[str, Release]) -> set[str]:
    """The EPCI of which every member is described: those cited, and the ones they replace."""
    former = replaced(releases)
    return cited.epci | {old for new, old in former.items() if new in cited.epci}


def only(snapshots: Snapshots, wanted: set[str], place: int = 0) -> Snapshots:
    """The rows with one of these codes at that place of their key."""
    return {
        date: {key: cells for key, cells in rows.items() if key[place] in wanted} for date, rows in snapshots.items()
    }


def named(snapshots: Snapshots) -> Snapshots:
    """The same, each name with its newest TNCC.

    A TNCC describes a name: INSEE corrects it now and then, and nothing has begun or ended.
    """
    newest: dict[Key, str] = {}
    for date in sorted(snapshots):
        newest |= {(*key, name): tncc for key, (name, tncc, *_) in snapshots[date].items()}
    return {
        date: {k: (name, newest[*k, name], *cells) for k, (name, _, *cells) in rows.items()}
        for date, rows in snapshots.items()
    }


def merge(snapshots: Snapshots) -> Iterator[Key]:
    """One row per key and distinct cells, with every vintage in which they hold, sorted."""
    dates: dict[Key, list[str]] = {}
    for date in sorted(snapshots):
        for key, cells in snapshots[date].items():
            dates.setdefault((*key, *cells), []).append(date)
    for row in sorted(dates, key=lambda row: (row[0], dates[row], row)):
        yield (*row, ";".join(dates[row]))


def write(path: Path, header: str, rows: Iterable[Key]) -> None:
    """UTF-8, LF, comma: the same bytes on every machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def extract(cited: Cited, releases: dict[str, Release], output: Path) -> None:
    """The seven CSV files stand in `output`; a cited code that no list knows ends the run."""
    regions = level(releases, "regions", "chefLieu")
    departements = level(releases, "departements", "chefLieu", "region")
    arrondissements = level(releases, "arrondissements", "chefLieu", "departement", "region")
    towns = communes(releases)
    complete = whole(cited, releases)
    groups, members = epci(releases, complete), memberships(releases)
    known = zip(Cited._fields, cited, (towns, groups, arrondissements), strict=True)
    for name, cited_codes, snapshots in known:
        unknown = cited_codes - {code for snapshot in snapshots.values() for (code, *_) in snapshot}
        if unknown:
            sys.exit(f"{name} cited by a record and known to no list: {', '.join(sorted(unknown))}")
    scope = widen(cited, releases, towns)
    counted = {f"commune:{c}" for c in cited.communes} | {f"epci:{s}" for s in scope.epci}
    members = {
        date: {key: () for key in rows if key[1] in complete or key[0] in cited.communes}
        for date, rows in members.items()
    }
    for name, columns, rows in (
        ("regions", "code,name,tncc,seat", named(regions)),
        ("departements", "code,name,tncc,seat,region", named(departements)),
        (
            "arrondissements",
            "code,name,tncc,seat,departement,region",
            named(only(arrondissements, scope.arrondissements)),
        ),
        (
            "communes",
            "code,name,tncc,siren,arrondissement,departement,region",
            named(only(towns, scope.communes)),
        ),
        ("epci", "code,name,kind,replaces,members", only(groups, scope.epci)),
        ("memberships", "commune,epci", only(members, scope.epci, 1)),
        ("populations", "territory,year,kind,inhabitants", only(populations(releases), counted)),
    ):
        write(output / f"{name}.csv", f"{columns},valid_on", merge(rows))


def main() -> None:
    here = Path(__file__).resolve().parents[1] / "data" / "reference"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path, nargs="?", default=here.parent)
    parser.add_argument("output", type=Path, nargs="?", default=here)
    given = parser.parse_args()
    releases = {date: download(version) for date, version in VINTAGES.items()}
    extract(scan(given.records), releases, given.output)


if __name__ == "__main__":
    main()
