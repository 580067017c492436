"""The tables of places are described as those of the graph are, and read by the same programs of others."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

import tools
from trophees.base.namespaces import BASE, DCTERMS, GRAPH
from trophees.graph import territories
from trophees.publish.contents import in_pieces, whole
from trophees.publish.places import dataset, dumps, tables
from trophees.publish.portals import both, fragment
from trophees.release.checkout import Project

TABLES = {table.name: table for table in tables.packaged()}
pytestmark = pytest.mark.xdist_group("places_forms")


@pytest.fixture(scope="module")
def files(project: Project, store: Store) -> dict[str, bytes]:
    """The folder of the reference in a release, with few statements."""
    some = [said for said, _ in zip(territories.statements(), range(100), strict=False)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dumps, "statements", lambda: iter(some))
        alone = Store()  # beside the reference, but for what is said of the dataset
        alone.extend(store.quads_for_pattern(None, None, None, NamedNode(GRAPH + "catalog")))
        made = dict(whole(in_pieces)(alone, project.context, [], {}, places=True))
    found = {path.removeprefix("places/"): data for path, data in made.items() if path.startswith("places/")}
    return found | {"catalog.ttl": made["catalog.ttl"]}


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, as files."""
    made = tmp_path_factory.mktemp("places")
    for path, data in files.items():
        (made / path).write_bytes(data)
    return made


@pytest.fixture(scope="module")
def forms(files: dict[str, bytes]) -> tuple[Any, Any, Any]:
    """The data package, the group of tables of CSVW, and Croissant."""
    names = ("datapackage", "csv-metadata", "croissant")
    package, group, learnt = (json.loads(files[f"{name}.json"]) for name in names)
    return package, group, learnt


def test_each_form_names_the_dataset_of_the_catalogue(forms: tuple[Any, Any, Any]) -> None:
    package, group, learnt = forms
    title = both(fragment("places"), "dcterms:title")
    assert {package["title"], group["dc:title"][0]["@value"], learnt["name"]} == {title.fr}
    assert group["dc:title"][1] == {"@value": title.en, "@language": "en"}
    assert {package["id"], learnt["@id"]} == {dataset.DATASET.value}
    assert (package["name"], group["@id"]) == ("trophees-participation-places", BASE + "places/")
    assert learnt["version"] == f"{package['version']}.0.0"
    assert {package["licenses"][0]["path"], group["dc:license"]["@id"]} == {learnt["license"]}
    assert "fusions de communes" in package["keywords"]
    assert package["keywords"] == learnt["keywords"]


def test_each_form_names_every_table_with_the_columns_and_the_key_that_it_has(
    forms: tuple[Any, Any, Any], files: dict[str, bytes]
) -> None:
    package, group, learnt = forms
    columns = {name: files[f"{name}.csv"].decode().splitlines()[0].split(",") for name in TABLES}
    assert {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]} == columns
    described = {t["url"].removesuffix(".csv"): t["tableSchema"] for t in group["tables"]}
    assert {name: [c["name"] for c in found["columns"]] for name, found in described.items()} == columns
    assert {r["name"]: [f["name"] for f in r["field"]] for r in learnt["recordSet"]} == columns
    keys = {name: list(table.key) for name, table in TABLES.items()}
    assert {r["name"]: r["schema"].get("primaryKey", []) for r in package["resources"]} == keys
    assert {name: found.get("primaryKey", []) for name, found in described.items()} == keys


def test_sizes_sums_and_addresses_are_those_of_the_files_beside(
    forms: tuple[Any, Any, Any], files: dict[str, bytes]
) -> None:
    package, _, learnt = forms
    for resource in package["resources"]:
        data = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())
    for file in learnt["distribution"]:
        data = files[file["contentUrl"]]
        assert (file["contentSize"], file["sha256"]) == (f"{len(data)} B", hashlib.sha256(data).hexdigest())
    assert len(learnt["distribution"]) == len(TABLES) + 3


def test_the_catalogue_says_which_metadata_each_table_conforms_to(files: dict[str, bytes]) -> None:
    said = [
        quad.subject.value.rpartition("#")[2]
        for quad in parse(files["catalog.ttl"], format=RdfFormat.TURTLE)
        if (quad.predicate.value, quad.object.value) == (DCTERMS + "conformsTo", BASE + "places/csv-metadata.json")
    ]
    assert sorted(said) == sorted(f"{name}.csv" for name in TABLES)


@pytest.mark.foreign
def test_csvw_accepts_every_table(folder: Path) -> None:
    assert tools.ask("csvw", folder / "csv-metadata.json") == [True, len(TABLES)]


@pytest.mark.foreign
def test_frictionless_accepts_every_table(folder: Path) -> None:
    assert tools.ask("frictionless", folder / "datapackage.json") == {name: [] for name in TABLES}


@pytest.mark.foreign
def test_mlcroissant_finds_nothing_wrong_and_reads_every_row(folder: Path, files: dict[str, bytes]) -> None:
    report, records = tools.ask("mlcroissant", folder / "croissant.json")
    assert report == ""
    rows = {name: list(csv.reader(io.StringIO(files[f"{name}.csv"].decode()))) for name in TABLES}
    assert {name: len(found) for name, found in records.items()} == {name: len(r) - 1 for name, r in rows.items()}


@pytest.mark.foreign
@pytest.mark.parametrize(
    ("table", "right", "wrong"),
    [
        ("place-populations", "13201,37599,", "13201,beaucoup,"),
        ("place-populations", "\narrondissement-municipal,13202,", "\narrondissement-municipal,13201,"),
        ("place-regions", "01,84,", ",84,"),
    ],
)
def test_validators_refuse_what_is_no_number_twice_there_or_missing(
    table: str, right: str, wrong: str, folder: Path, tmp_path: Path
) -> None:
    """In that table alone, without the sums that would tell by themselves."""
    text = (folder / f"{table}.csv").read_text("utf-8")
    assert right in text
    (tmp_path / f"{table}.csv").write_text(text.replace(right, wrong, 1), "utf-8")
    names = ("datapackage.json", "csv-metadata.json")
    package, group = (json.loads((folder / name).read_text("utf-8")) for name in names)
    package["resources"] = [r for r in package["resources"] if r["name"] == table]
    del package["resources"][0]["hash"], package["resources"][0]["bytes"]
    group["tables"] = [t for t in group["tables"] if t["url"] == f"{table}.csv"]
    for name, said in zip(names, (package, group), strict=True):
        (tmp_path / name).write_text(json.dumps(said), "utf-8")
    assert tools.ask("csvw", tmp_path / "csv-metadata.json")[0] is False
    assert tools.ask("frictionless", tmp_path / "datapackage.json")[table] != []
