"""What a checkout may hold: what is no record is told, what is broken has its place, build refuses as check does."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Run
from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.base.namespaces import SHACL, TP
from trophees.check.report import line
from trophees.release.checkout import Project
from trophees.release.inventory import inventory, misplaced
from trophees.release.reading import regular
from trophees.source.yaml_ld import read


def touch(data: Path, name: str) -> None:
    (data / name).parent.mkdir(parents=True, exist_ok=True)
    (data / name).write_bytes(b"")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one record, and with what may stand beside."""
    for name in (
        "context.jsonld",
        "reference/a.csv",
        "reference/b.yml",
        "person/zoe.yaml",
        "person/README.md",
        "identifiers.nq",
    ):
        touch(tmp_path / "data", name)
    return tmp_path / "data"


def told(data: Path, language: Language = "en") -> list[str]:
    return [line(problem, language) for problem in inventory(data)[1]]


NAME = (
    "the name of a record and of its folders is made of a-z, 0-9 and hyphens, as in “ville-de-cachan.yaml”",
    "un nom de fiche et de dossier est fait de a-z, 0-9 et tirets, comme « ville-de-cachan.yaml »",
)


TOP = ("a record stands in the folder of its type", "une fiche se range dans le dossier de son type")


@pytest.mark.parametrize(
    ("name", "en", "fr"),
    [
        *(
            (
                f"person/{name}",
                f"is no record: call it “{name.lower().partition('.')[0]}.yaml”, or keep it outside of data/",
                f"n’est pas une fiche : appelez le fichier « {name.lower().partition('.')[0]}.yaml », "
                "ou rangez-le hors de data/",
            )
            for name in ("x.yml", "x.YAML", "x.yaml.txt", "x.yaml.bak", "X.Yml", "x")
        ),
        *(
            (f"person/{name}.yaml", *NAME)
            for name in (
                "anaelle-baes (copie)",
                "a^b",
                "Anaelle-Baes",
                "zoe?x",
                "zoé",
                "zoe\u0301",
                "a_b",
                "-a",
                "a--b",
            )
        ),
        ("csv/tools.csv.yaml", *NAME),
        ("Person/x.yaml", *NAME),
        (
            "laureates.yaml",
            "a record stands in the folder of its type",
            "une fiche se range dans le dossier de son type",
        ),
    ],
)
def test_a_file_that_can_be_no_record_is_told(data: Path, name: str, en: str, fr: str) -> None:
    touch(data, name)
    assert told(data) == [f"data/{name}:1:1: error: {en} [source:file]"]
    assert told(data, "fr") == [f"data/{name}:1:1: erreur: {fr} [source:file]"]
    assert inventory(data)[0] == [data / "person/zoe.yaml"]


def test_a_name_that_is_not_utf_8_is_told(data: Path) -> None:
    Path(os.fsdecode(os.fsencode(data) + b"/person/z\xe9.yaml")).write_bytes(b"")
    assert told(data) == [rf"data/person/z\xe9.yaml:1:1: error: {NAME[0]} [source:file]"]


@pytest.mark.parametrize(
    "name", ["person/.#zoe.yaml", "person/zoe.yaml~", "person/#zoe.yaml#", ".git/x.yaml", ".x.yml"]
)
def test_hidden_files_and_what_editors_leave_are_nobodys(data: Path, name: str) -> None:
    touch(data, name)
    assert inventory(data) == ([data / "person/zoe.yaml"], [])


def test_the_lock_of_an_editor_is_nobodys_though_it_leads_nowhere(data: Path) -> None:
    (data / "person/.#zoe.yaml").symlink_to("zoe@host.4711")
    assert inventory(data) == ([data / "person/zoe.yaml"], [])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: os.mkfifo(path), "is not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "is not a regular file"),
        (lambda path: path.symlink_to(path.name), "cannot be read (Too many levels of symbolic links)"),
        (lambda path: path.symlink_to("nowhere"), "cannot be read (No such file or directory)"),
    ],
    ids=["pipe", "device", "loop", "broken link"],
)
def test_only_regular_files_are_opened(data: Path, make: Callable[[Path], None], said: str) -> None:
    make(data / "person/x.yaml")
    assert told(data) == [f"data/person/x.yaml:1:1: error: {said} [source:file]"]
    with pytest.raises(OSError, match=said.removeprefix("is ").partition("(")[2].rstrip(")") or "not a regular file"):
        regular(data / "person/x.yaml")


def test_a_folder_with_the_name_of_a_record_is_told(data: Path) -> None:
    touch(data, "person/x.yaml/y.yaml")
    assert told(data) == [f"data/person/x.yaml/y.yaml:1:1: error: {NAME[0]} [source:file]"]


def test_a_link_to_a_folder_is_told_and_not_followed(data: Path) -> None:
    (data / "organisation").symlink_to("person")
    [said] = told(data)
    assert said.startswith("data/organisation:1:1: error: is a link to a folder, which is not followed")


def test_a_folder_that_cannot_be_listed_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To root, every folder can be: the system's answer is made up."""
    scandir = os.scandir

    def denied(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == data / "person":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert told(data) == ["data/person:1:1: error: cannot be read (Permission denied) [source:file]"]


def test_a_record_stands_in_the_folder_of_its_type(project: Project, tmp_path: Path) -> None:
    assert list(misplaced(project.records(), project.context)) == []
    for name in ("data/context.jsonld", "data/organisation"):
        source, target = project.root / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    shutil.copy(project.root / "data/person/anaelle-baes.yaml", tmp_path / "data/organisation")
    copy = Project(tmp_path)
    assert [line(p, "fr") for p in misplaced(copy.records(), copy.context)] == [
        "data/organisation/anaelle-baes.yaml:2:7: erreur: une fiche de type Personne se range dans data/person/ "
        "[source:file]"
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (
            "laureate/2020/cachan.yaml",
            "laureate/2020/",
            "laureate/1999/",
            "3:10: error: édition (edition) — the rec",
        ),
        ("laureate/2020/cachan.yaml", "laureate/2020/", "laureate/", "3:10: error: édition (edition) — the rec"),
        ("laureate/2020/cachan.yaml", "2020/cachan", "2020/a/cachan", "3:10: error: édition (edition) — the rec"),
        ("edition/2020.yaml", "2020.yaml", "2019.yaml", "5:8: error: année (year) — the rec"),
    ],
)
def test_the_path_of_a_record_tells_its_edition(project: Project, path: str, old: str, new: str, said: str) -> None:
    content, moved = (project.root / "data" / path).read_bytes(), path.replace(old, new)
    [problem] = misplaced([read(content, moved, project.context)], project.context)
    assert line(problem, "en").startswith(f"data/{moved}:{said}")
    assert problem.message("en").endswith(f" is data/{path}")
    assert list(misplaced([read(content, path, project.context)], project.context)) == []


# --- files that are no records


@pytest.fixture
def frame(project: Project, tmp_path: Path) -> Path:
    """All that a build reads but the records, in a folder of its own."""
    for name in ("ontology", "shapes", "data/reference"):
        shutil.copytree(project.root / name, tmp_path / name)
    for name in ("data/context.jsonld", "CHANGELOG.md", "JOURNAL.md", "pyproject.toml"):
        shutil.copy(project.root / name, tmp_path / name)
    return tmp_path


def read_all(root: Path) -> None:
    project = Project.containing(root)
    project.hosting()
    project.shapes()
    project.catalog_shapes()
    project.sources([])
    project.territories()
    project.copies()
    project.changelog()
    project.reference_files()


BROKEN: dict[str, tuple[str, bytes | None, str]] = {
    "shapes that are no Turtle": ("shapes/records.ttl", b"<urn:a> <urn:b> .\n", r"shapes/records\.ttl:1:17: .+"),
    "shapes that end early": ("shapes/records.ttl", b"<urn:a> <urn:b>\n", r"shapes/records\.ttl:1:\d+: .*[Ee]nd.*"),
    "shapes in Latin-1": ("shapes/records.ttl", b"\n# \xe9\n", r"shapes/records\.ttl:2:3: not UTF-8: .*"),
    "empty shapes": ("shapes/records.ttl", b"", r"shapes/records\.ttl:1:1: says nothing"),
    "no shapes": ("shapes/records.ttl", None, r"shapes: has no shapes of records"),
    "no shapes of the catalogue": ("shapes/catalog.ttl", None, r"shapes/catalog\.ttl: cannot be read \(No such file.*"),
    "a context that is no JSON": ("data/context.jsonld", b'{"@context":\n 1,}', r"data/context\.jsonld:2:\d+: .*"),
    "a context without @vocab": ("data/context.jsonld", b'{"@context": {}}', r"data/context\.jsonld:1:1: an object .*"),
    "a list for a context": ("data/context.jsonld", b"[]", r"data/context\.jsonld:1:1: an object with “@context” .*"),
    "a term without IRI": (
        "data/context.jsonld",
        b'{"@context": {"@vocab": "urn:x#",\n  "nom": {"@type": "@id"}}}',
        r"data/context\.jsonld:2:3: the term “nom” needs an IRI .*",
    ),
    "a term that is a number": (
        "data/context.jsonld",
        b'{"@context": {"@vocab": "urn:x#", "nom": 1}}',
        r"data/context\.jsonld:1:\d+: the term “nom” needs an IRI .*",
    ),
    "a term with a space": (
        "data/context.jsonld",
        b'{"@context": {"@vocab": "urn:x#", "nom": {"@id": "urn:a b"}}}',
        r"data/context\.jsonld:1:\d+: the term “nom” needs an IRI .*",
    ),
    "a prefix of itself": (
        "data/context.jsonld",
        b'{"@context": {"@vocab": "urn:x#", "a": "a:x/"}}',
        r"data/context\.jsonld:1:\d+: the term “a” needs an IRI .*",
    ),
    "an ontology that is no Turtle": ("ontology/ontology.ttl", b"x", r"ontology/ontology\.ttl:1:1: .+"),
    "a rule that is no SPARQL": (
        "ontology/rules/x.rq",
        b"CONSTRUCT {\n",
        r"ontology/rules/x\.rq:1:12: “{”, opened at line 1, column 11, is not closed",
    ),
    "a rule that selects": (
        "ontology/rules/x.rq",
        b"SELECT * {}",
        r"ontology/rules/x\.rq:1:1: a CONSTRUCT is expected",
    ),
    "no rules": ("ontology/rules", None, r"ontology/rules: cannot be listed \(No such file or directory\)"),
    "no ontology": ("ontology", None, r"ontology: cannot be listed \(No such file.*|ontology/rules: .*"),
    "settings that are no TOML": ("pyproject.toml", b"\na=\n", r"pyproject\.toml:2:3: Invalid value"),
    "settings in Latin-1": ("pyproject.toml", b"# \xe9", r"pyproject\.toml:1:3: not UTF-8: .*"),
    "a change log in Latin-1": ("CHANGELOG.md", b"\xe9", r"CHANGELOG\.md:1:1: not UTF-8: .*"),
    "no change log": ("JOURNAL.md", None, r"JOURNAL\.md: cannot be read \(No such file or directory\)"),
    "a table in Latin-1": ("data/reference/epci.csv", b"\n\xe9", r"data/reference/epci\.csv:2:1: not UTF-8: .*"),
    "a table that is none": ("data/reference/epci.csv", b"x\n", r"data/reference/epci\.csv:1: the columns must be .*"),
    "no table": ("data/reference/epci.csv", None, r"data/reference/epci\.csv: cannot be read \(No such file.*"),
    "no tables": ("data/reference", None, r"data/reference: cannot be listed \(No such file or directory\)"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_broken_is_told_with_its_place(frame: Path, kind: str) -> None:
    name, content, said = BROKEN[kind]
    read_all(frame)
    if content is None and (frame / name).is_dir():
        shutil.rmtree(frame / name)
    elif content is None:
        (frame / name).unlink()
    else:
        (frame / name).write_bytes(content)
    with pytest.raises(UserError, match=rf"\A({said})\Z"):
        read_all(frame)


def test_a_byte_order_mark_is_no_content(frame: Path) -> None:
    for name in ("shapes/records.ttl", "data/context.jsonld", "pyproject.toml"):
        (frame / name).write_bytes(b"\xef\xbb\xbf" + (frame / name).read_bytes())
    read_all(frame)


SHAPES = f"@prefix sh: <{SHACL}> .\n@prefix tp: <{TP}> .\n"
NODE = "tp:n a sh:NodeShape ; sh:targetClass tp:Laureate ; sh:property tp:p .\n"


@pytest.mark.parametrize(
    ("shape", "line", "said"),
    [
        ("sh:minCount 1", 4, "a property shape needs a sh:path"),
        ('sh:path "x"', 4, "sh:path “x” is no path: an IRI is expected"),
        ("sh:path [ sh:inverse tp:title ]", 4, "sh:path what stands there is no path: an IRI is expected"),
        ("sh:path tp:title, tp:order", 4, "sh:path has 2 values, where one is expected"),
        ('sh:path tp:title ;\n sh:pattern "(["', 5, "sh:pattern “([” is no regular expression: unterminated"),
        ('sh:path tp:title ;\n\n sh:minCount "a"', 6, "sh:minCount “a” is no whole number"),
        ("sh:path tp:title ; sh:maxCount -1", 4, "sh:maxCount “-1” is no whole number"),
        ('sh:path tp:title ; sh:uniqueLang "x"', 4, "sh:uniqueLang “x” is neither true nor false"),
        (
            'sh:path tp:title ; sh:sparql [\n sh:select "SELEC" ]',
            5,
            "sh:select is no SPARQL: 1:1: SELECT, ASK, CONSTRUCT or DESCRIBE is expected",
        ),
        ('sh:path tp:title ; sh:sparql [ sh:select "ASK {}" ]', 4, "sh:select is no SELECT"),
        ('sh:path tp:title ; sh:sparql [ sh:select "SELECT ?x {}" ]', 4, "a query that does not select $this"),
        ('sh:path tp:title ; sh:message "x"', 4, "sh:message “x” needs a language, @fr or @en"),
        ('sh:path tp:title ; sh:message "x"@de', 4, "sh:message “x” needs a language, @fr or @en"),
        ('sh:path tp:title ; sh:in "x"', 4, "sh:in “x” is no list: write ( … )"),
        ('sh:path tp:title ; sh:class "x"', 4, "sh:class “x” is no IRI"),
        ("sh:path tp:title ; sh:minInclusive tp:x", 4, "is no value to compare with"),
        ("sh:path tp:title ; sh:nodeKind sh:Uri", 4, "is none of sh:IRI, sh:BlankNode"),
        ('sh:path tp:title ; sh:not "x"', 4, "sh:not “x” is no shape"),
    ],
)
def test_a_shape_that_cannot_be_obeyed_is_told_with_its_file_and_line(
    frame: Path, shape: str, line: int, said: str
) -> None:
    (frame / "shapes/own.ttl").write_text(f"{SHAPES}{NODE}tp:p {shape} .\n", "utf-8")
    with pytest.raises(UserError, match=rf"\Ashapes/own\.ttl:{line}: p — .*{re.escape(said)}.*\Z"):
        Project(frame).shapes()


def test_what_only_the_engine_refuses_in_a_shape_is_one_sentence(
    project: Project, frame: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in project.inventory()[0]:
        if path.name in ("cachan.yaml", "2020.yaml"):
            target = frame / path.relative_to(project.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    text = f"{SHAPES}{NODE}tp:p sh:path tp:title ; sh:qualifiedValueShape tp:q .\ntp:q sh:minLength 1 .\n"
    (frame / "shapes/own.ttl").write_text(text, "utf-8")
    monkeypatch.chdir(frame)
    refused = run("check")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert refused.stderr.startswith("trophees: shapes: ")
    assert "qualifiedM" in refused.stderr


# --- build and check


@pytest.mark.slow
def test_what_check_refuses_build_refuses_in_the_same_words(
    checkout: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    cachan = checkout / "data/laureate/2020/cachan.yaml"
    text = cachan.read_text("utf-8").replace("étoiles: 4", "étoiles: [1, 2]").replace("commune:94016", "commune:00000")
    cachan.write_text("".join(t for t in text.splitlines(keepends=True) if not t.startswith("édition:")), "utf-8")
    edition = checkout / "data/edition/2020.yaml"
    edition.write_text(edition.read_text("utf-8").replace("année: 2020", "année: abc"), "utf-8")
    (checkout / "data/organisation/comidee.yaml").rename(checkout / "data/organisation/comidee.yml")
    shutil.rmtree(checkout / "data/dataset")
    for path in cachan.parent.iterdir():
        if path.stem not in ("cachan", "construisons"):  # a few records are checked sooner than all
            path.unlink()
    monkeypatch.chdir(checkout)
    checked, built, compared = (run(*verb, "--engine", "fast") for verb in (["check"], ["build"], ["build", "--check"]))
    assert checked.exit_code == built.exit_code == compared.exit_code == 1
    assert checked.stdout == built.stderr == compared.stderr
    assert {text.split(":")[0] for text in checked.stdout.splitlines()} >= {
        "data/dataset",
        "data/edition/2020.yaml",
        "data/laureate/2020/cachan.yaml",
        "data/organisation/comidee.yml",
    }
    for key in ("étoiles", "édition", "commune:00000", "organisation:comidee", "“abc”", "no record of a dataset"):
        assert key in checked.stdout
    assert not any(checkout.glob(".publish*"))
    assert not (checkout / "publish").exists()
