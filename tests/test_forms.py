"""One description in many forms, and for each form the program of others that reads it (`tests/tools/`)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

import tools
from trophees.base.errors import UserError
from trophees.hosting.settings import Hosting
from trophees.publish import croissant, csvw, datapackage, ro_crate
from trophees.publish.description import Description, File, Release, describe
from trophees.publish.geojson import document, points
from trophees.publish.tables import Table, packaged
from trophees.release.checkout import Project

TABLES = [table.name for table in packaged()]
NULL = (None, "nan", "NaT")
JSON = {
    "datapackage": "csv/datapackage.json",
    "csvw": "csv/csv-metadata.json",
    "croissant": croissant.FILE,
    "crate": ro_crate.FILE,
}
# what the validator recommends beyond: to ask w3id.org for the crate, and an identifier of ROR for the publisher
BEYOND = {"ro-crate-1.2_51.1", "ro-crate-1.2_89.0"}


@pytest.fixture(scope="session")
def told(project: Project, store: Store, files: dict[str, bytes]) -> Description:
    known = {path: File.of(data) for path, data in files.items()}
    return describe(Release(store, known, packaged(), project.hosting(), {}, project.former_files()))


@pytest.fixture(scope="session")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release as a folder."""
    return laid(files, tmp_path_factory.mktemp("publish"))


def laid(files: Mapping[str, bytes], folder: Path) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def said(files: Mapping[str, bytes], name: str) -> Any:
    return json.loads(files[JSON[name]])


# What the forms say is the same


def test_each_form_names_the_same_dataset(files: dict[str, bytes], told: Description) -> None:
    crate = {node["@id"]: node for node in said(files, "crate")["@graph"]}
    root = crate["./"]
    package, group, learnt = (said(files, name) for name in ("datapackage", "csvw", "croissant"))
    assert {package["title"], group["dc:title"][0]["@value"], learnt["name"], root["name"]} == {told.title.fr}
    assert {package["description"], learnt["description"], root["description"]} == {told.text.fr}
    assert {package["id"], learnt["@id"], crate[root["identifier"]["@id"]]["value"]} == {told.iri}
    assert {package["version"], root["version"], learnt["version"].removesuffix(".0")} == {told.version}
    licences = (package["licenses"][0]["path"], group["dc:license"]["@id"], learnt["license"], root["license"]["@id"])
    assert set(licences) == {told.licence}
    assert {learnt["dateModified"], root["dateModified"]} == {told.modified}
    assert package["keywords"] == learnt["keywords"] == [w for w in root["keywords"] if w in told.keywords["fr"]]
    assert len(told.keywords["fr"]) > 3


def test_each_form_names_every_table_in_the_same_order_with_its_columns(files: dict[str, bytes]) -> None:
    package, group, learnt = (said(files, name) for name in ("datapackage", "csvw", "croissant"))
    columns = {name: csv_head(files, name) for name in TABLES}
    assert {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]} == columns
    tables = {t["url"].removesuffix(".csv"): t["tableSchema"]["columns"] for t in group["tables"]}
    assert {name: [c["name"] for c in found] for name, found in tables.items()} == columns
    assert {r["name"]: [f["name"] for f in r["field"]] for r in learnt["recordSet"]} == columns
    assert [r["name"] for r in package["resources"]] == list(tables) == TABLES
    assert [r["name"] for r in learnt["recordSet"]] == TABLES


def csv_head(files: Mapping[str, bytes], name: str) -> list[str]:
    return files[f"csv/{name}.csv"].decode().splitlines()[0].split(",")


def test_sizes_and_sums_are_those_of_the_files(files: dict[str, bytes]) -> None:
    for resource in said(files, "datapackage")["resources"]:
        data = files[f"csv/{resource['path']}"]
        assert (resource["bytes"], resource["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())
    for file in said(files, "croissant")["distribution"]:
        data = files[file["contentUrl"]]
        assert (file["contentSize"], file["sha256"]) == (f"{len(data)} B", hashlib.sha256(data).hexdigest())
    parts = [node for node in said(files, "crate")["@graph"] if node["@type"] == "File"]
    for file in parts:
        data = files[file["@id"]]
        assert (file["contentSize"], file["sha256"]) == (str(len(data)), hashlib.sha256(data).hexdigest())
    assert {file["@id"] for file in parts} == files.keys() - {ro_crate.FILE, "SHA256SUMS"}


def test_no_form_depends_on_the_host_but_for_who_answers(
    project: Project, store: Store, files: dict[str, bytes]
) -> None:
    known = {path: File.of(data) for path, data in files.items() if path not in (ro_crate.FILE, "SHA256SUMS")}
    elsewhere = Hosting("https://data.test/folder/", "data@data.test", "")
    there = describe(Release(store, known, packaged(), elsewhere, {}, project.former_files()))
    assert croissant.document(there) == files[croissant.FILE]
    assert csvw.document(there) == files[JSON["csvw"]]
    assert datapackage.document(there) == files[JSON["datapackage"]]
    moved = ro_crate.document(there, known).replace(b"data@data.test", project.hosting().contact.encode())
    assert moved == files[ro_crate.FILE]


# GeoJSON


def features(files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    found = json.loads(files["geojson/laureates-territories.geojson"])
    assert found["type"] == "FeatureCollection"
    yield from found["features"]


def test_a_feature_is_a_row_and_a_commune_its_point(project: Project, files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["csv/laureates-territories.csv"].decode(), newline="")))
    where = project.points()
    for row, feature in zip(rows, features(files), strict=True):
        assert {k: v or "" for k, v in feature["properties"].items()} == row | {"stated": row["stated"] == "true" or ""}
        point = where.get(row["code_commune"])
        assert (feature["geometry"] or {}).get("coordinates") == (list(point) if point else None)
    assert len({feature["id"] for feature in features(files)}) == len(rows)
    assert sum(feature["geometry"] is not None for feature in features(files)) > 20


def test_the_box_holds_the_points_and_nothing_more(files: dict[str, bytes]) -> None:
    """RFC 7946, section 5: west, south, east, north."""
    lon, lat = zip(*(f["geometry"]["coordinates"] for f in features(files) if f["geometry"]), strict=True)
    box = json.loads(files["geojson/laureates-territories.geojson"])["bbox"]
    assert box == [min(lon), min(lat), max(lon), max(lat)]


def test_a_graph_without_places_is_a_collection_of_nothing(table: Table, store: Store) -> None:
    assert json.loads(document(table, [], {})) == {"type": "FeatureCollection", "features": []}
    nowhere = json.loads(document(table, table.rows(store), {}))
    assert {feature["geometry"] for feature in nowhere["features"]} == {None}
    assert "bbox" not in nowhere


@pytest.fixture
def table() -> Table:
    return next(table for table in packaged() if table.name == "laureates-territories")


@pytest.mark.parametrize("line", ["01001,5", "01001,x,46", "01001,181,46", "01001,5,-91", "01001,nan,46", "01001,,"])
def test_a_malformed_point_is_named(line: str) -> None:
    with pytest.raises(UserError, match=r"points\.csv:3: code, lon and lat, in degrees, are expected"):
        points(f"code,lon,lat\n01002,5.4,46.0\n{line}\n", "points.csv")


@pytest.mark.parametrize("head", ["", "{}\n", "code,lon\n", "code;lon;lat\n", "lon,lat,code\n"])
def test_a_file_without_points_is_told(head: str) -> None:
    with pytest.raises(UserError, match=r"points\.csv:1: the columns must be code,lon,lat"):
        points(head, "points.csv")


# The programs of others


@pytest.mark.parametrize("name", sorted(path.stem for path in tools.HERE.glob("*.in")))
def test_each_tool_is_pinned_with_the_hashes_of_its_files(name: str) -> None:
    wanted = (tools.HERE / f"{name}.in").read_text("utf-8").split()
    pinned = (tools.HERE / f"{name}.txt").read_text("utf-8")
    assert [re.search(rf"(?m)^{package}==", pinned) is not None for package in wanted] == [True] * len(wanted)
    assert pinned.count("--hash=sha256:") >= pinned.count("==") > 0
    assert "://" not in pinned
    # of a server, the program is asked, not the package
    assert name == "oxigraph" or (tools.HERE / f"check_{name.replace('-', '_')}.py").is_file()


@pytest.mark.foreign
def test_csvw_accepts_every_table(folder: Path) -> None:
    assert tools.ask("csvw", folder / "csv" / "csv-metadata.json") == [True, len(TABLES)]


@pytest.mark.foreign
def test_frictionless_accepts_every_table(folder: Path) -> None:
    assert tools.ask("frictionless", folder / "csv" / "datapackage.json") == {name: [] for name in TABLES}


@pytest.mark.foreign
@pytest.mark.parametrize(
    ("table", "right", "wrong"),
    [
        ("stages", "cachan,2020,laureate,1,", "cachan,2020,laureate,un,"),
        ("concepts", "anomaly-kind/contradictory-figures", "anomaly-kind/empty-list"),
        ("themes", "cachan,2020,laureate,projet-urbain", "cachan,2020,laureate,"),
    ],
)
def test_validators_refuse_what_is_no_number_twice_there_or_missing(
    table: str, right: str, wrong: str, folder: Path, tmp_path: Path
) -> None:
    copy = mistaken(folder, tmp_path / table, table, right, wrong)
    assert tools.ask("csvw", copy / "csv-metadata.json")[0] is False
    assert tools.ask("frictionless", copy / "datapackage.json")[table] != []


@pytest.mark.foreign
def test_a_validator_refuses_an_organisation_of_no_row(folder: Path, tmp_path: Path) -> None:
    """Data packages alone say of a cell that may be empty what else it is."""
    copy = mistaken(folder, tmp_path / "copy", "carriers", ",ville-de-cachan,", ",ville-de-nulle-part,")
    assert tools.ask("frictionless", copy / "datapackage.json")["carriers"] != []


def mistaken(folder: Path, copy: Path, table: str, right: str, wrong: str) -> Path:
    """`copy`, with the tables of `folder` and a mistake in one of them."""
    shutil.copytree(folder / "csv", copy)
    text = (copy / f"{table}.csv").read_text("utf-8")
    assert right in text
    (copy / f"{table}.csv").write_text(text.replace(right, wrong, 1), "utf-8")
    package = json.loads((copy / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:  # else the sums alone would tell
        del resource["hash"], resource["bytes"]
    (copy / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return copy


@pytest.mark.foreign
def test_mlcroissant_finds_nothing_wrong_and_reads_every_cell_of_every_table(
    folder: Path, files: dict[str, bytes]
) -> None:
    report, records = tools.ask("mlcroissant", folder / croissant.FILE)
    assert report == ""
    assert list(records) == TABLES
    for name, found in records.items():
        rows = list(csv.DictReader(io.StringIO(files[f"csv/{name}.csv"].decode(), newline="")))
        assert len(found) == len(rows)
        for row, record in zip(rows, found, strict=True):
            for column, cell in row.items():
                value = "" if record[column] in NULL else record[column]
                assert value == cell or as_guessed(value, cell), (name, column, value, cell)


def as_guessed(value: str, cell: str) -> bool:
    """Whether `value` is `cell` as mlcroissant takes it: it lets pandas guess, for which the code 01 is a number."""
    if re.fullmatch(r"[\d.]+", cell):
        return float(value) == float(cell)
    return value.lower() == cell if cell in ("true", "false") else value[:10] == cell


@pytest.mark.foreign
def test_mlcroissant_finds_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "csv" / "tools.csv").write_text("changed\n", "utf-8")
    with pytest.raises(AssertionError, match=r"sha256|hash"):
        tools.ask("mlcroissant", copy / croissant.FILE)


@pytest.mark.foreign
def test_roc_validator_asks_for_nothing_more_than_the_web_and_a_registry_could_give(folder: Path) -> None:
    issues, asked = tools.ask("roc-validator", folder, "ro-crate-1.2")
    assert [issue for issue in issues if issue[1] not in BEYOND] == []
    assert "https://w3id.org/ro/crate/1.2/context" in asked


@pytest.mark.foreign
def test_roc_validator_finds_what_is_wrong(files: dict[str, bytes], tmp_path: Path) -> None:
    crate = said(files, "crate")
    root = next(node for node in crate["@graph"] if node["@id"] == "./")
    del root["license"]
    crate["@graph"].append({"@id": "csv/none.csv", "@type": "File", "name": "none"})
    root["hasPart"].append({"@id": "csv/none.csv"})
    broken = laid({**files, ro_crate.FILE: json.dumps(crate).encode()}, tmp_path / "crate")
    issues, _ = tools.ask("roc-validator", broken, "ro-crate-1.2")
    assert {"REQUIRED"} <= {severity for severity, _, _ in issues}


@pytest.mark.foreign
def test_a_reader_of_geojson_accepts_the_features(folder: Path, files: dict[str, bytes]) -> None:
    path = folder / "geojson" / "laureates-territories.geojson"
    assert tools.ask("geojson-pydantic", path) == len(list(features(files)))


@pytest.mark.foreign
def test_data_gouv_fr_knows_the_codes_for_what_they_are(folder: Path) -> None:
    """By csv-detective, which it runs on every CSV file."""
    found = tools.ask("csv-detective", folder / "csv" / "laureates-territories.csv")
    codes = {column: form for column, form in found.items() if column.startswith("code_")}
    assert codes == {f"code_{kind}": f"code_{kind}" for kind in ("commune", "departement", "region", "epci")}


@pytest.mark.foreign
def test_the_citation_is_one(project: Project, tmp_path: Path) -> None:
    assert tools.ask("cffconvert", project.root / "CITATION.cff") == []
    wrong = tmp_path / "CITATION.cff"
    wrong.write_text(project.text("CITATION.cff").replace("- type: data\n", "- type: dataset\n"), "utf-8")
    assert "'dataset' is not one of" in tools.ask("cffconvert", wrong)[0]


def test_the_citation_says_of_the_dataset_what_its_record_says(project: Project, told: Description) -> None:
    """Lines such as `key: "value"` are TOML but for the colon."""
    lines = re.findall(r'(?m)^([a-z-]+): (".+")$', project.text("CITATION.cff"))
    cited = tomllib.loads("".join(f"{key} = {value}\n" for key, value in lines))
    assert cited == {
        "title": told.title.fr,
        "version": told.version,
        "date-released": told.modified,
        "url": told.iri,
        "license-url": told.licence,
    }
