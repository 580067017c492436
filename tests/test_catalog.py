"""The catalogue: one graph in three formats, true to the dumps, and stable from one release to the next."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse
from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from conftest import Run, curated
from terms import value_of
from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.base.namespaces import BASE, GRAPH
from trophees.graph.assemble import build
from trophees.hosting.documents import TEXT
from trophees.hosting.settings import PLACEHOLDER, Hosting, settings
from trophees.publish import contents
from trophees.publish.contents import publish
from trophees.publish.description import File, Release
from trophees.publish.tables import packaged
from trophees.release import published_files
from trophees.release.checkout import Project

ADMS, SPDX = Namespace("http://www.w3.org/ns/adms#"), Namespace("http://spdx.org/rdf/terms#")
pytestmark = pytest.mark.xdist_group("catalog")

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
IANA = "https://www.iana.org/assignments/media-types/"
DATASET, CATALOG = URIRef(BASE + "dataset/trophees"), URIRef(BASE + "catalog")
HOSTED = Hosting("https://data.test/folder/", "data@data.test", "https://sparql.test/query")


@pytest.fixture(scope="session")
def said(files: dict[str, bytes]) -> Graph:
    return Graph().parse(data=files["catalog.ttl"], format="turtle")


Hosted = Callable[[Hosting], Graph]


@pytest.fixture(scope="session")
def dump(files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """The IRIs or texts of each statement."""
    return told(files["dumps/trophees.nt"], RdfFormat.N_TRIPLES)


@pytest.fixture(scope="session")
def hosted_at(project: Project, store: Store, files: dict[str, bytes]) -> Hosted:
    """The catalogue of the same release elsewhere."""
    known, counted = {path: File.of(data) for path, data in files.items()}, contents._counted(store)

    def elsewhere(where: Hosting) -> Graph:
        return read(contents.catalogue(Release(store, known, packaged(), where, project.changelog()), counted=counted))

    return elsewhere


@pytest.fixture(scope="session")
def hosted(hosted_at: Hosted) -> Graph:
    return hosted_at(HOSTED)


@pytest.fixture(scope="session")
def later(project: Project, files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The catalogue of a later release, in which a laureate's summary was mended."""
    project_copy = curated(project, tmp_path_factory.mktemp("later") / "project")
    record = project_copy / "data" / "dataset" / "trophees.yaml"
    text = re.sub(r'(?m)^version: ".+"$', 'version: "2097.9"', record.read_text("utf-8"))
    record.write_text(re.sub(r"(?m)^modifié_le: .+$", "modifié_le: 2098-01-01", text), "utf-8")
    cachan = project_copy / "data" / "laureate" / "2020" / "cachan.yaml"
    cachan.write_text(cachan.read_text("utf-8").replace("Cachan a réfléchi", "Cachan a bien réfléchi"), "utf-8")
    found = Project(project_copy)
    log: dict[Language, str] = {
        "fr": "# Journal\n\n## 2097.9 — 2098-01-01\n\n- **Données** — un mot.\n",
        "en": "# Changelog\n\n## 2097.9 — 2098-01-01\n\n- **Data** — a word.\n",
    }
    former = published_files.listed(quad.triple for quad in parse(files["catalog.ttl"], format=RdfFormat.TURTLE))
    store, copies = build(found.sources()), found.copies()
    made = publish(store, found.context, packaged(), copies, Hosting(), log, former=former, past=found.past())
    return read(made)


def read(files: Iterable[tuple[str, bytes]]) -> Graph:
    return Graph().parse(data=dict(files)["catalog.ttl"], format="turtle")


def told(data: bytes, form: RdfFormat) -> list[tuple[str, str, str]]:
    """The IRIs or texts of each statement of a file."""
    return [(value_of(q.subject), q.predicate.value, value_of(q.object)) for q in parse(data, format=form)]


def one(graph: Graph, subject: Node | None, predicate: URIRef) -> Node:
    [value] = graph.objects(subject, predicate)
    return value


def distributions(graph: Graph) -> Iterator[tuple[URIRef, str]]:
    """Each file, with its path in the published folder."""
    site = str(one(graph, CATALOG, FOAF.homepage))
    for file in graph.objects(DATASET, DCAT.distribution):
        assert isinstance(file, URIRef)
        yield file, str(one(graph, file, DCAT.downloadURL)).removeprefix(site)


def test_the_three_formats_are_one_graph_for_two_readers(files: dict[str, bytes], said: Graph) -> None:
    formats = {"jsonld": ("json-ld", RdfFormat.JSON_LD), "rdf": ("xml", RdfFormat.RDF_XML)}
    for extension, (name, form) in formats.items():
        data = files[f"catalog.{extension}"]
        assert isomorphic(said, Graph().parse(data=data, format=name))
        assert set(parse(data, format=form)) == set(parse(files["catalog.ttl"], format=RdfFormat.TURTLE))


def test_only_the_period_is_a_blank_node(said: Graph) -> None:
    blank = {node for triple in said for node in triple if isinstance(node, rdflib.BNode)}
    assert blank == set(said.subjects(RDF.type, DCTERMS.PeriodOfTime))
    assert len(blank) == 1


def test_it_says_of_the_dataset_what_the_graph_says_and_nothing_else_by_the_same_properties(
    said: Graph, store: Store
) -> None:
    stated: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(NamedNode(str(DATASET)), None, None, NamedNode(GRAPH + "catalog")):
        stated.setdefault(quad.predicate.value, set()).add(str(quad.object))
    for predicate, values in stated.items():
        found = {value.n3() for value in said.objects(DATASET, URIRef(predicate))}
        if predicate == str(DCAT.keyword):
            values = {value for value in values if value.endswith("@fr")}
        assert found == values | ({VOID.Dataset.n3()} if predicate == str(RDF.type) else set())
    assert len(stated) > 8


def test_every_dump_and_every_table_is_a_file_of_the_dataset_and_its_figures_are_true(
    said: Graph, files: dict[str, bytes]
) -> None:
    listed = {path: file for file, path in distributions(said)}
    pattern = r"dumps/[^/]+|geojson/[^/]+|csv/[\w-]+\.(csv|sssom\.tsv)|changes\.ttl|feed\.atom|ldes/stream\.trig"
    assert set(listed) == {path for path in files if re.fullmatch(pattern, path)}
    for path, file in listed.items():
        data = files[path]
        assert one(said, file, DCAT.byteSize) == Literal(str(len(data)), datatype=XSD.nonNegativeInteger)
        checksum = one(said, file, SPDX.checksum)
        assert one(said, checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha512
        digest = one(said, checksum, SPDX.checksumValue)
        assert isinstance(digest, Literal)
        assert digest.datatype == XSD.hexBinary
        assert str(digest) == hashlib.sha512(data).hexdigest()


def test_a_file_is_in_the_languages_that_it_has(said: Graph) -> None:
    for file, path in distributions(said):
        told = {str(language).rpartition("/")[2] for language in said.objects(file, DCTERMS.language)}
        assert told == {"-fr.": {"FRA"}, "-en.": {"ENG"}, "ed.a": {"FRA"}}.get(path[-7:-3], {"FRA", "ENG"}), path


def test_the_media_type_of_a_file_is_that_with_which_servers_answer(said: Graph) -> None:
    for file, path in distributions(said):
        media = one(said, file, DCAT.mediaType)
        assert str(media) == IANA + TEXT[path.rpartition(".")[2]]
        assert str(one(said, media, RDFS.label)) == str(media).removeprefix(IANA)


def test_every_keyword_is_in_french_as_portals_show_all_of_them(said: Graph) -> None:
    for subject in (DATASET, URIRef(CATALOG + "#sparql")):
        words = list(said.objects(subject, DCAT.keyword))
        assert len(words) > 3
        assert {word.language for word in words if isinstance(word, Literal)} == {"fr"}


def test_the_other_identifier_of_the_dataset_is_its_name_at_w3id(said: Graph) -> None:
    other = one(said, DATASET, ADMS.identifier)
    assert one(said, other, RDF.type) == ADMS.Identifier
    assert f"https://{one(said, other, ADMS.schemaAgency)}/{one(said, other, SKOS.notation)}" == str(DATASET)


@pytest.mark.parametrize(("extension", "form"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_portals_list_the_file_that_most_people_want_first_and_the_flaws_last(
    extension: str, form: str, files: dict[str, bytes]
) -> None:
    """rdflib, with which data.gouv.fr and CKAN read, gives values in the order of the document."""
    read = Graph().parse(data=files[f"catalog.{extension}"], format=form)
    paths = [path for _, path in distributions(read)]
    tables = [f"csv/{table.name}.csv" for table in packaged()]
    assert paths[: len(tables) - 1] == tables[:-1]
    assert paths[-1] == tables[-1] == "csv/anomalies.csv"
    assert {path.partition("/")[0] for path in paths[len(tables) - 1 : -1]} == {
        "geojson",
        "dumps",
        "csv",  # the matches with other vocabularies, which are no table of the package
        *("changes.ttl", "feed.atom", "ldes"),
    }


def test_ckan_finds_first_that_a_format_is_one_and_shows_its_name(files: dict[str, bytes]) -> None:
    for extension, form in (("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")):
        read = Graph().parse(data=files[f"catalog.{extension}"], format=form)
        for file, _ in distributions(read):
            told = one(read, file, DCTERMS.format)
            assert read.value(told, RDF.type) == DCTERMS.IMT
            assert re.fullmatch(r"[A-Z][\w-]+", str(one(read, told, RDFS.label)))


def test_a_table_has_a_name_in_french_and_its_file_one_in_english(said: Graph) -> None:
    for file, path in distributions(said):
        if path.endswith(".csv"):
            table = next(t for t in packaged() if path == f"csv/{t.name}.csv")
            titles = {title.language: str(title) for title in said.objects(file, DCTERMS.title)}  # type: ignore[attr-defined]
            assert titles == {language: f"{title} (CSV)" for language, title in table.title.items()}
    assert len({table.title for table in packaged()}) == len(packaged())


def test_nothing_is_described_that_is_not_in_the_catalogue(said: Graph) -> None:
    """The fragments of the catalogue that something names are described, and none is without being named."""
    own = {node for triple in said for node in triple if isinstance(node, URIRef) and node.startswith(CATALOG + "#")}
    assert own == {node for node in said.subjects() if isinstance(node, URIRef) and node.startswith(CATALOG + "#")}
    assert {node for node in own if (None, None, node) not in said} == set()


def test_the_names_of_things_do_not_depend_on_the_host(said: Graph, hosted: Graph) -> None:
    def named(graph: Graph, site: str) -> set[Node]:
        return {s for s in graph.subjects() if isinstance(s, URIRef) and not s.startswith(site)}

    assert named(said, PLACEHOLDER) == named(hosted, HOSTED.url)
    assert not [t for t in hosted for node in t if "trophees.example.org" in str(node)]
    service = URIRef(CATALOG + "#sparql")
    assert one(hosted, service, DCAT.endpointURL) == URIRef(HOSTED.sparql)
    assert one(hosted, URIRef(CATALOG + "#contact"), VCARD.hasEmail) == URIRef("mailto:" + HOSTED.contact)
    assert {path for _, path in distributions(said)} == {path for _, path in distributions(hosted)}


@pytest.mark.slow  # a second release is built for it
def test_a_later_release_is_the_same_things_at_the_same_addresses(said: Graph, later: Graph) -> None:
    """A harvester that knows datasets by their identifier and files by their address updates them where they are."""
    for graph in (said, later):
        assert list(graph.objects(DATASET, DCTERMS.identifier)) == [Literal(str(DATASET))]
    for kind in (DCAT.Dataset, DCAT.Distribution, DCAT.DataService, DCAT.Catalog, DCAT.DatasetSeries):
        assert set(said.subjects(RDF.type, kind)) == set(later.subjects(RDF.type, kind))
    assert dict(distributions(said)) == dict(distributions(later))
    differ = {t for t in set(said) ^ set(later) if not [node for node in t if isinstance(node, rdflib.BNode)]}
    changed = {(s, p) for s, p, _ in differ if not str(p).startswith(str(VOID))}
    assert {p for s, p in changed if s == DATASET} == {DCAT.version, DCTERMS.modified, ADMS.versionNotes}
    assert {p for s, p in changed if s != DATASET} == {DCTERMS.modified, DCAT.byteSize, SPDX.checksumValue}
    notes = {Literal("Données — un mot.", lang="fr"), Literal("Data — a word.", lang="en")}
    assert set(later.objects(DATASET, ADMS.versionNotes)) == notes


@pytest.mark.slow  # a second release is built for it
def test_files_that_did_not_change_keep_their_checksums_and_dates(said: Graph, later: Graph) -> None:
    digest = URIRef(CATALOG + "#stages.csv-sha512")
    assert one(said, digest, SPDX.checksumValue) == one(later, digest, SPDX.checksumValue)
    digest = URIRef(CATALOG + "#laureates.csv-sha512")
    assert one(said, digest, SPDX.checksumValue) != one(later, digest, SPDX.checksumValue)
    stages, laureates = (URIRef(f"{CATALOG}#{name}.csv") for name in ("stages", "laureates"))
    assert one(said, stages, DCTERMS.modified) == one(later, stages, DCTERMS.modified)
    assert one(later, laureates, DCTERMS.modified) == Literal("2098-01-01", datatype=XSD.date)


def test_without_an_endpoint_none_is_announced(hosted_at: Hosted) -> None:
    found = hosted_at(Hosting("https://data.test/", "data@data.test", ""))
    assert not list(found.subjects(RDF.type, DCAT.DataService))
    assert not list(found.objects(None, VOID.sparqlEndpoint))
    assert not [node for triple in found for node in triple if str(node).endswith("#sparql")]


def count(store: Store, pattern: str, what: str = "*") -> int:
    found = store.query(f"SELECT (COUNT({what}) AS ?n) {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    return int(value_of(next(found)["n"]))


def test_void_counts_what_is_in_the_dump(said: Graph, files: dict[str, bytes]) -> None:
    dump = Store()
    dump.load(files["dumps/trophees.nt"], format=RdfFormat.N_TRIPLES)
    expected = {
        VOID.triples: count(dump, "?s ?p ?o"),
        VOID.entities: count(dump, f'?s ?p ?o FILTER(STRSTARTS(STR(?s), "{BASE}"))', "DISTINCT ?s"),
        VOID.distinctSubjects: count(dump, "?s ?p ?o", "DISTINCT ?s"),
        VOID.distinctObjects: count(dump, "?s ?p ?o", "DISTINCT ?o"),
        VOID.properties: count(dump, "?s ?p ?o", "DISTINCT ?p"),
        VOID.classes: count(dump, "?s a ?c", "DISTINCT ?c"),
    }
    assert {p: int(str(one(said, DATASET, p))) for p in expected} == expected


def test_void_has_a_partition_for_each_class_and_each_property(
    said: Graph, dump: list[tuple[str, str, str]], files: dict[str, bytes]
) -> None:
    def members(statements: list[tuple[str, str, str]]) -> dict[str, set[str]]:
        """The instances of each class."""
        found: dict[str, set[str]] = {}
        for subject, predicate, value in statements:
            if predicate == str(RDF.type):
                found.setdefault(value, set()).add(subject)
        return found

    classes = {str(one(said, part, VOID["class"])): part for part in said.objects(DATASET, VOID.classPartition)}
    instances = members(dump)
    assert set(classes) == set(instances)
    for cls, part in classes.items():
        assert int(str(one(said, part, VOID.entities))) == len(instances[cls])
        for address in said.objects(part, VOID.dataDump):
            file = told(files[str(address).removeprefix(PLACEHOLDER)], RdfFormat.TURTLE)
            assert members(file)[cls] == instances[cls]
    assert len([part for part in classes.values() if (part, VOID.dataDump, None) in said]) > 30
    properties = {str(one(said, part, VOID.property)): part for part in said.objects(DATASET, VOID.propertyPartition)}
    assert {name: int(str(one(said, part, VOID.triples))) for name, part in properties.items()} == Counter(
        predicate for _, predicate, _ in dump
    )


def test_void_names_vocabularies_dumps_and_examples_that_are_there(
    said: Graph, dump: list[tuple[str, str, str]], files: dict[str, bytes]
) -> None:
    used = {p for _, p, _ in dump} | {value for _, p, value in dump if p == str(RDF.type)}
    for vocabulary in said.objects(DATASET, VOID.vocabulary):
        assert [term for term in used if term.startswith(str(vocabulary))]
    assert all(any(t.startswith(str(v)) for v in said.objects(DATASET, VOID.vocabulary)) for t in used)
    dumps = {str(address).removeprefix(PLACEHOLDER) for address in said.objects(DATASET, VOID.dataDump)}
    assert dumps == {
        path for path in files if re.fullmatch(r"dumps/[^/-]+", path)
    }  # but for those in one language, or in RDF 1.2
    examples = {str(example) for example in said.objects(DATASET, VOID.exampleResource)}
    assert len(examples) == 3
    assert examples <= {subject for subject, _, _ in dump}


def test_void_is_published_alone_too(said: Graph, files: dict[str, bytes]) -> None:
    """With what portals do not want: what the instances of each class have."""
    alone = Graph().parse(data=files["void.ttl"], format="turtle")
    assert {t for t in said if str(t[1]).startswith(str(VOID))} <= set(alone)
    assert {DCTERMS.title, DCTERMS.license} <= set(alone.predicates(DATASET))
    beyond = set(alone) - set(said)
    assert {str(s).partition(";")[0] for s, _, _ in beyond} <= {str(s) for s in said.objects(None, VOID.classPartition)}
    assert not [s for s, _, _ in said if ";" in str(s)]


# Settings


def test_settings_come_from_what_is_given_then_from_the_project_then_from_examples() -> None:
    written = '[tool.trophees]\nsite-url = "https://a.test/x"\ncontact-email = "a@a.test"\n'
    assert settings("", {}) == Hosting()
    assert settings(written, {"site-url": None}) == Hosting("https://a.test/x/", "a@a.test", "")
    assert settings(written, {"site-url": "http://b.test"}).sparql == "", "nobody said that there is an endpoint"
    assert settings("", {"contact-email": "a@a.test"}).sparql == Hosting.sparql, "as long as no address is known"
    assert settings(written, {"sparql-endpoint": "none"}).sparql == ""
    assert settings(written, {"sparql-endpoint": "https://c.test/q"}).sparql == "https://c.test/q"


@pytest.mark.parametrize(
    ("written", "given", "sentence"),
    [
        (
            "",
            {"site-url": "data.test"},
            "site-url “data.test”: an address such as https://data.example.org/ is expected",
        ),
        ("", {"site-url": "https://a.test/ b"}, "site-url “https://a.test/ b”: an address"),
        ("", {"site-url": 'https://a.test/"'}, "an address such as"),
        ("", {"contact-email": "nobody"}, "contact-email “nobody”: an address such as data@example.org is expected"),
        ("", {"sparql-endpoint": "no"}, "sparql-endpoint “no”: an address such as"),
        ("[tool.trophees]\nurl = 1", {}, "pyproject.toml: [tool.trophees] has no setting “url”"),
        ("[tool", {}, "pyproject.toml:1:1: "),
    ],
)
def test_a_malformed_setting_is_told_in_one_sentence(written: str, given: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError) as error:
        settings(written, given)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


# The command line


@pytest.mark.slow
def test_a_build_for_portals_names_the_examples_that_nobody_can_open(
    project: Project, checkout: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(project.root / "data" / "places", checkout / "data" / "places")
    monkeypatch.chdir(checkout)
    done = run("build", "--strict")
    assert done.exit_code == 1
    assert [line.rpartition(" ")[2] for line in done.stderr.splitlines()] == [
        "[shapes:catalog-address]",
        "[shapes:catalog-email-example]",
    ]
    assert "--site-url" in done.stderr
    assert not (checkout / "publish").exists()


@pytest.mark.slow
def test_a_build_that_portals_would_refuse_writes_nothing(
    project: Project, checkout: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(project.root / "data" / "places", checkout / "data" / "places")
    (checkout / "publish").mkdir()
    (checkout / "publish" / "old").write_bytes(b"old")
    monkeypatch.chdir(checkout)
    done = run("build", "--strict", env={"LANG": "fr_FR.UTF-8"})
    assert done.exit_code == 1
    assert "l’adresse du site est un exemple que personne ne peut ouvrir" in done.stderr
    assert [path.name for path in (checkout / "publish").iterdir()] == ["old"]


def test_the_environment_goes_before_the_project_and_an_option_before_both(
    checkout: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen by which one is refused, as all are malformed."""
    monkeypatch.chdir(checkout)
    (checkout / "pyproject.toml").write_text('[tool.trophees]\nsite-url = "project"\n', "utf-8")
    environment = {"TROPHEES_SITE_URL": "environment"}
    assert "site-url “project”:" in run("build").stderr
    assert "site-url “environment”:" in run("build", env=environment).stderr
    assert "site-url “option”:" in run("build", "--site-url", "option", env=environment).stderr
    for option, variable in (
        ("contact-email", "TROPHEES_CONTACT_EMAIL"),
        ("sparql-endpoint", "TROPHEES_SPARQL_ENDPOINT"),
    ):
        (checkout / "pyproject.toml").write_text(f'[tool.trophees]\n{option} = "project"\n', "utf-8")
        assert f"{option} “project”:" in run("build").stderr
        assert f"{option} “environment”:" in run("build", env={variable: "environment"}).stderr
        assert f"{option} “option”:" in run("build", f"--{option}", "option", env={variable: "environment"}).stderr
