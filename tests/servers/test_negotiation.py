"""Real servers on the published folder: every IRI of the graph, in every format and language, asked for in any way."""

from __future__ import annotations

import hashlib
import http.client
import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import urljoin

import pytest
import rdflib
from pyoxigraph import NamedNode, Store

from fuzz import FULL, of_each
from servers.client import Answer, Client
from servers.conftest import HASHED, Servers
from test_negotiation import CLIENTS, SHOWN, headers
from trophees.base.namespaces import BASE
from trophees.hosting import documents as hosted
from trophees.hosting import openapi, rules, signposts
from trophees.hosting.accept import DATA, TYPES, choose
from trophees.hosting.moved import names_its_address

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

CACHAN = "/laureate/2020/cachan"
UTF8 = "; charset=utf-8"
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
PAGES = {"fr": "/", "en": "/en/"}


@pytest.fixture(scope="module")
def iris(store: Store) -> list[str]:
    """The path on the host of IRIs of our namespace that the graph mentions, without fragments: some of each kind.

    All of them for `make fuzz`. What hosts are told are patterns, not a list of things, which is shown without hosts.
    """
    found = set()
    for quad in store:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                found.add("/" + term.value.removeprefix(BASE).partition("#")[0])
    assert len(found) > 1000
    return of_each(sorted(found - {"/"}), kind, 3)


def kind(iri: str) -> tuple[object, ...]:
    """What a rule can tell paths apart by: the folder, the depth, how the name is written."""
    _, folder, *_ = iri.split("/")
    return folder, iri.count("/"), bool(re.search("[^a-z0-9/-]", iri)), iri[-1].isdigit(), "-" in iri.rpartition("/")[2]


def page(path: str) -> str:
    return (path + "index.html" if path.endswith("/") else path).lstrip("/")


def negotiable(iris: list[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """For every IRI, all that may be asked for: Accept, Accept-Language, what is added to the path and the type."""
    for iri in iris:
        for name in DATA:
            yield iri, TYPES[name], "", f".{name}", TYPES[name] + UTF8
        for lang, end in PAGES.items():
            yield iri, TYPES["html"], lang, end, TYPES["html"] + UTF8


@pytest.mark.sample
def test_every_iri_in_every_format_and_language(client: Client, servers: Servers, iris: list[str]) -> None:
    for iri, accept, lang, end, type_ in negotiable(iris):
        answer = client.ask(iri, accept, lang)
        assert (answer.status, answer.path) == (303, iri + end), (iri, accept, answer)
        assert {part.strip() for part in answer.vary.split(",")} == set(hosted.VARY.split(", "))
        assert answer.access_control_allow_origin == "*"
        document = client.ask(answer.path, accept, lang)
        assert (document.status, document.content_type) == (200, type_), answer.path
        assert document.body == servers.files[page(answer.path)], answer.path


@pytest.mark.sample
def test_every_iri_by_its_weights(client: Client, iris: list[str]) -> None:
    asked = list(headers(max(1000, 4 * len(iris))))
    for number, (accept, languages) in enumerate(asked):
        iri, end = iris[number % len(iris)], choose(accept, languages)
        answer = client.ask(iri, accept, languages)
        expected = (406, "") if end is None else (303, iri + end)
        assert (answer.status, answer.path) == expected, (iri, accept, languages)


@pytest.mark.sample
def test_every_document_by_its_extension_whatever_is_accepted(
    client: Client, servers: Servers, iris: list[str]
) -> None:
    for iri in iris:
        for name in DATA:
            for accept in ("text/html", "image/png;q=0.5"):
                answer = client.ask(f"{iri}.{name}", accept, method="HEAD")
                assert (answer.status, answer.content_type) == (200, TYPES[name] + UTF8)
                assert int(answer.content_length) == len(servers.files[f"{iri[1:]}.{name}"])


def test_head_answers_like_get(client: Client, iris: list[str]) -> None:
    def comparable(answer: Answer) -> dict[str, str]:
        return {name: value for name, value in answer.headers.items() if name not in ("date", "content-length")}

    for path in (
        *iris[:: len(iris) // 48],
        CACHAN + "/",
        CACHAN + ".ttl",
        "/nothing",
        "/laureate/2020/nobody",
        "/laureate",
    ):
        for accept in ("text/html", "text/turtle", "image/png"):
            got, head = client.ask(path, accept), client.ask(path, accept, method="HEAD")
            assert (head.status, comparable(head), head.body) == (got.status, comparable(got), b"")


@pytest.mark.parametrize(("accept", "languages", "end"), CLIENTS)
def test_clients(client: Client, accept: str, languages: str, end: str | None) -> None:
    answer = client.ask(CACHAN, accept, languages)
    assert (answer.status, answer.path) == ((406, "") if end is None else (303, CACHAN + end))


def test_no_accept_at_all(client: Client) -> None:
    assert client.ask(CACHAN).path == CACHAN + "/"
    assert client.ask(CACHAN, languages="en").path == CACHAN + "/en/"


def test_the_ontology_and_the_shapes(client: Client, servers: Servers) -> None:
    for path in ("/ontology", "/shapes"):
        for accept, end in (("text/html", "/"), ("text/turtle", ".ttl"), ("application/ld+json", ".jsonld")):
            answer = client.ask(path, accept)
            assert (answer.status, answer.path) == (303, path + end)
            assert client.ask(answer.path).body == servers.files[page(answer.path)]


def test_what_cannot_be_met_is_a_page_that_helps(client: Client, servers: Servers) -> None:
    for method in ("GET", "HEAD"):
        answer = client.ask(CACHAN, "application/pdf", method=method)
        assert (answer.status, answer.content_type) == (406, "text/html" + UTF8)
        assert "Accept" in answer.vary
        assert answer.body == (servers.files["406.html"] if method == "GET" else b"")


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/nothing/", "/laureate/2020/nobody", "/laureate/2020/nobody.ttl", CACHAN + "/fr", CACHAN + ".n3",
     CACHAN + ".ttl/more", CACHAN + "/more/still", CACHAN + "%20", "/LAUREATE/2020/cachan", "/assets/", "/deploy/"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_helps(client: Client, servers: Servers, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        answer = client.ask(path, accept)
        assert (answer.status, answer.content_type) == (404, "text/html" + UTF8)
        assert answer.body == servers.files["404.html"]


def test_a_page_that_helps_leads_to_pages_from_any_depth(client: Client) -> None:
    for path, accept in (("/nope/zz", "text/html"), (CACHAN, "application/pdf")):
        text = client.ask(path, accept).body.decode()
        links = set(re.findall(r' (?:href|src|action)="(?!https:|#)([^"]+)"', text))
        assert len(links) > 15
        for link in links:
            assert client.ask(urljoin(path, link), method="HEAD").status == 200, link


@pytest.mark.parametrize(
    "accept", ["text/turtle," * 600, "," * 7000, ";q=0.1" * 1100, '"' * 7000, "text/turtle" + ";a=b" * 1700]
)
def test_long_accept(client: Client, accept: str) -> None:
    answer = client.ask(CACHAN, accept)
    end = choose(accept, "")
    assert (answer.status, answer.path) == ((406, "") if end is None else (303, CACHAN + end))


def test_an_accept_longer_than_servers_read_is_refused(client: Client) -> None:
    assert client.ask(CACHAN, "text/turtle, " * 800).status in (400, 431)
    assert client.ask(CACHAN, "text/turtle").status == 303


@pytest.mark.parametrize(
    "accept", ["text/turtle\t", "\xe9\xe8\xff", "text/turtle;q=\xe9", "%0d%0aX: y", "$1 %{ENV:SITE} ${x}", "'\"\\"]
)
def test_odd_accept(client: Client, accept: str) -> None:
    answer = client.ask(CACHAN, accept)
    end = choose(accept, "")
    assert (answer.status, answer.path) == ((406, "") if end is None else (303, CACHAN + end))
    assert "x" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/../../../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
     "/laureate/..%2f..%2f..%2f..%2fetc/passwd", "//etc/passwd", "/laureate/2020/%00", CACHAN + "%00.ttl",
     "/..%5c..%5cetc/passwd", "/%252e%252e/etc/passwd",
     CACHAN + "%0d%0aX-Made-Up:%20yes", "/laureate%0d%0aX-Made-Up:%20yes", "//evil.example/laureate/..", "/.htpasswd"],
)  # fmt: skip
def test_nothing_leads_out_of_the_folder(client: Client, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        answer = client.ask(path, accept)
        assert answer.status in (301, 400, 403, 404), answer
        assert b"root:" not in answer.body
        assert "x-made-up" not in answer.headers
        assert answer.location == "" or answer.location.startswith(("/laureate", f"http://{client.host}/"))


def test_a_doubled_slash_never_names_a_host(client: Client) -> None:
    answer = client.ask("/" + CACHAN, "text/turtle")
    assert answer.status == 303
    assert answer.location in (f"{CACHAN}.ttl", f"http://{client.host}{CACHAN}.ttl")


def test_the_query_of_an_address_is_no_part_of_a_thing(client: Client) -> None:
    assert client.ask(CACHAN + "?utm_source=mail", "text/turtle").path == CACHAN + ".ttl"


def test_every_file_has_its_type(client: Client, servers: Servers) -> None:
    seen = set()
    for path, data in servers.files.items():
        name = path.rpartition("/")[2]
        extension = name.rpartition(".")[2] if "." in name[1:] else ""
        if name.startswith((".", "_")) or (extension in ("html", *DATA) and extension in seen) or ".gone" in name:
            continue
        seen.add(extension)
        answer = client.ask(f"/{path}")
        known = hosted.NAMED.get(name) or hosted.TEXT.get(extension, "text/plain")
        expected = hosted.BINARY.get(extension) or known + UTF8
        assert (answer.status, answer.content_type) == (200, expected), path
        computed = names_its_address(path) or path == openapi.FILE  # by `serve`, for where it stands
        moved = client.port == servers.ports.trophees and computed
        assert answer.body == data or moved
        assert answer.access_control_allow_origin == "*"
        assert answer.x_content_type_options == "nosniff"
        assert ("immutable" in answer.cache_control) == (path == HASHED)
        assert "content-encoding" not in answer.headers
    assert {"html", "css", "js", "svg", "csv", "ttl", "jsonld", "nt", "trig", "gz", ""} <= seen


def test_folders_without_a_page(client: Client, servers: Servers) -> None:
    for folder, shown in (
        ("/laureate", "/laureates/"),
        ("/laureate/2020/", "/laureates/"),
        ("/territory/commune", "/search/territories/"),
        ("/tool/", "/vocabularies/"),
        ("/organisation", "/search/"),
        ("/dumps/", "/data/"),
        ("/ontology/classes/", "/ontology/"),
    ):
        answer = client.ask(folder)
        assert (answer.status, answer.path) == (302, shown)
        assert client.ask(shown).body == servers.files[page(shown)]
    for folder in ("/map", "/about", CACHAN + "/en", "/ontology/classes/Laureate"):  # a page, not a thing
        answer = client.ask(folder, "text/turtle")
        assert (answer.status, answer.path) == (301, folder + "/")


def test_a_site_in_a_folder_of_the_host(servers: Servers) -> None:
    for name, folder in (("apache", "/folder"), ("below", "/site")):
        client = servers.client(name)
        for accept, end in (("text/html", "/"), ("text/turtle", ".ttl")):
            answer = client.ask(folder + CACHAN, accept)
            assert (answer.status, answer.path) == (303, folder + CACHAN + end)
            assert client.ask(answer.path).status == 200
        missing, unmet = client.ask(f"{folder}/nothing/at/all"), client.ask(folder + CACHAN, "image/png")
        assert (missing.status, missing.body) == (404, servers.files["404.html"])
        assert (unmet.status, unmet.body) == (406, servers.files["406.html"])
        assert client.ask(f"{folder}/laureate/2020").path == f"{folder}/laureates/"
        client.close()


def test_behind_a_proxy_redirects_keep_to_https(servers: Servers) -> None:
    client = servers.client("nginx")
    assert client.ask(CACHAN).location.startswith("/")  # whatever the scheme
    client.close()
    connection = http.client.HTTPConnection("127.0.0.1", servers.ports.apache)
    connection.request("GET", CACHAN, headers={"X-Forwarded-Proto": "https"})
    assert connection.getresponse().getheader("Location") == f"https://127.0.0.1:{servers.ports.apache}{CACHAN}/"
    connection.close()


# the permanent addresses


def follow(
    servers: Servers, w3id: Client, host: Client, iri: str, accept: str, lang: str = ""
) -> tuple[list[int], Answer]:
    """From the permanent address to the end: the statuses, and the last answer."""
    answer = w3id.ask(f"/{rules.OWN}{iri}", accept, lang)
    statuses = [answer.status]
    while answer.status in (301, 302, 303):
        assert answer.access_control_allow_origin == "*"
        assert answer.location.startswith(("/", f"http://127.0.0.1:{servers.ports.nginx}/"))
        answer = host.ask(answer.path, accept, lang)
        statuses.append(answer.status)
    return statuses, answer


@pytest.mark.sample
def test_every_permanent_iri_leads_to_its_documents(servers: Servers, w3id: Client, iris: list[str]) -> None:
    host = servers.client("nginx")
    for iri, accept, lang, end, type_ in negotiable(iris):
        statuses, answer = follow(servers, w3id, host, iri, accept, lang)
        assert (statuses, answer.content_type) == ([303, 200], type_), (iri, accept)
        assert answer.body == servers.files[page(iri + end)]
    host.close()


def test_permanent_iris_weigh_too(w3id: Client, servers: Servers) -> None:
    for accept, languages in [*headers(1000), *((accept, languages) for accept, languages, _ in CLIENTS)]:
        end = choose(accept, languages)
        answer = w3id.ask(f"/{rules.OWN}{CACHAN}", accept, languages)
        expected = (406, "") if end is None else (303, f"http://127.0.0.1:{servers.ports.nginx}{CACHAN}{end}")
        assert (answer.status, answer.location) == expected, (accept, languages)


@pytest.mark.parametrize(
    ("path", "statuses"),
    [("/", [303, 200]), ("/context.jsonld", [303, 200]), ("/map/", [303, 200]), ("/en/", [303, 200]),
     ("/map", [303, 301, 200]), ("/laureate", [303, 302, 200]), (CACHAN + "/en/", [303, 200]),
     (CACHAN + ".ttl", [303, 200]), ("/ontology", [303, 200]), ("/shapes", [303, 200]),
     ("/laureate/2020/nobody", [303, 404]), ("/nothing", [303, 404])],
)  # fmt: skip
def test_permanent_addresses(servers: Servers, w3id: Client, path: str, statuses: list[int]) -> None:
    host = servers.client("nginx")
    assert follow(servers, w3id, host, path, "*/*")[0] == statuses
    host.close()


def test_w3id_says_what_there_is(w3id: Client) -> None:
    answer = w3id.ask(f"/{rules.OWN}{CACHAN}", "image/png")
    assert answer.status == 406
    for type_ in TYPES.values():
        assert type_.encode() in answer.body
    assert (answer.content_type, answer.body.isascii()) == ("text/html", True)
    assert w3id.ask(f"/{rules.OWN}{CACHAN}", "text/turtle").content_type == "text/html"  # whatever its text is in
    assert w3id.ask(f"/{rules.OWN}/README.md").status == 200


# a real client


@pytest.mark.parametrize("format", [None, "turtle", "xml", "json-ld", "n3"])
def test_rdflib_reads_the_address_of_a_thing(servers: Servers, format: str | None) -> None:
    for port in (servers.ports.apache, servers.ports.nginx):
        read = rdflib.Graph().parse(f"http://127.0.0.1:{port}{CACHAN}", format=format)
        assert rdflib.URIRef(BASE + CACHAN[1:]) in set(read.subjects())


@pytest.mark.parametrize(("thing", "accept", "languages", "document"), SHOWN)
def test_the_catalogue_leads_to_rdf_but_for_a_browser(
    client: Client, w3id: Client, servers: Servers, thing: str, accept: str, languages: str, document: str | None
) -> None:
    status = 406 if document is None else 303
    for method in ("GET", "HEAD"):
        answer = client.ask(f"/{thing}", accept or None, languages, method)
        assert (answer.status, answer.path) == (status, "" if document is None else f"/{document}")
        assert {part.strip() for part in answer.vary.split(",")} == set(hosted.VARY.split(", "))
    if document:
        assert client.ask(answer.path).body == servers.files[page(answer.path)]
    permanent = w3id.ask(f"/{rules.OWN}/{thing}", accept or None, languages)
    location = "" if document is None else f"http://127.0.0.1:{servers.ports.nginx}/{document}"
    assert (permanent.status, permanent.location) == (status, location)


@pytest.mark.sample
def test_the_catalogue_and_void_by_their_weights(servers: Servers) -> None:
    for name in ("apache", "nginx", "trophees", "w3id"):
        client, root = servers.client(name), f"/{rules.OWN}/" if name == "w3id" else "/"
        for thing in hosted.ADDRESSES:
            for accept, languages in headers(500 if FULL else 150):
                answer, document = (
                    client.ask(root + thing, accept, languages),
                    hosted.document(thing, accept, languages),
                )
                expected = (406, "") if document is None else (303, f"/{document}")
                assert (answer.status, answer.path) == expected, (name, thing, accept, languages)
        client.close()


def test_what_is_beside_the_catalogue_is_not_there(client: Client, servers: Servers) -> None:
    for path in ("/catalog/", "/void/", "/catalog/en/", "/void.html"):
        answer = client.ask(path, "text/html")
        assert (answer.status, answer.body) == (404, servers.files["404.html"])


READ = {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("name", ["apache", "nginx", "trophees", "w3id"])
def test_everything_is_only_read(servers: Servers, name: str) -> None:
    client, root = servers.client(name), f"/{rules.OWN}" if name == "w3id" else ""
    for path in (CACHAN, "/ontology", "/catalog", "/void", CACHAN + ".ttl", CACHAN + "/", "/map/", "/nothing"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = client.send(method, root + path, {"Accept": "text/turtle"}, b"x")
            assert (answer.status, answer.location) == (405, ""), (path, method)
            assert set(answer.allow.split(", ")) - {"TRACE"} == READ  # Apache adds what it answers by itself
            assert "iso-8859-1" not in answer.content_type.lower()
        answer = client.send("OPTIONS", root + path, {})
        assert (answer.status, answer.body, set(answer.allow.split(", "))) == (204, b"", READ), path
        assert answer.access_control_allow_origin == "*"
    client.close()


def test_the_description_of_the_graph_is_at_its_well_known_address(client: Client, servers: Servers) -> None:
    for method, name in product(("GET", "HEAD"), ("void", "sparql-examples")):
        answer = client.ask(f"/.well-known/{name}", method=method)
        assert (answer.status, answer.content_type) == (200, "text/turtle" + UTF8)
        assert answer.access_control_allow_origin == "*"
        assert answer.body == (servers.files[f"{name}.ttl"] if method == "GET" else b"")
    for name in ("void", "sparql-examples"):
        answer = client.ask(f"/{name}")
        assert (answer.status, answer.path) == (303, f"/{name}.ttl")


def test_the_catalogue_and_every_file_in_it_are_as_it_says(client: Client, servers: Servers) -> None:
    """Portals ask with HEAD, follow no redirect, and compare."""
    for extension in ("ttl", "jsonld", "rdf"):
        answer = client.ask(f"/catalog.{extension}", "*/*", method="HEAD")
        assert (answer.status, answer.content_type) == (200, hosted.TEXT[extension] + UTF8)
    graph = rdflib.Graph().parse(data=servers.files["catalog.ttl"], format="turtle")
    files = list(graph.subjects(rdflib.RDF.type, rdflib.DCAT.Distribution))
    assert len(files) > 20
    for file in files:
        path = str(graph.value(file, rdflib.DCAT.accessURL)).removeprefix(hosted.HOST)
        media = str(graph.value(file, rdflib.DCAT.mediaType)).partition("media-types/")[2]
        size = int(str(graph.value(file, rdflib.DCAT.byteSize)))
        checksum = graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue)
        for method in ("HEAD", "GET"):
            answer = client.ask(f"/{path}", "*/*", method=method)
            assert (answer.status, answer.content_type, int(answer.content_length)) == (200, media + UTF8, size)
        assert hashlib.sha512(answer.body).hexdigest() == str(checksum)


def test_a_table_leads_to_what_describes_it(client: Client, servers: Servers) -> None:
    assert client.ask("/csv/tools.csv", method="HEAD").link.endswith(signposts.DESCRIBED_BY)
    assert "describedby" not in client.ask("/dumps/trophees.ttl", method="HEAD").link
    metadata = client.ask("/csv/csv-metadata.json")
    assert metadata.body == servers.files["csv/csv-metadata.json"]
    assert metadata.content_type == "application/csvm+json; charset=utf-8"
    assert metadata.access_control_allow_origin == "*"


@pytest.mark.parametrize(("name", "folder"), [("apache", "/folder"), ("below", "/site")])
def test_the_catalogue_and_void_of_a_site_in_a_folder(servers: Servers, name: str, folder: str) -> None:
    client = servers.client(name)
    answer = client.ask(f"{folder}/catalog", "application/ld+json")
    assert (answer.status, answer.path) == (303, f"{folder}/catalog.jsonld")
    assert client.ask(f"{folder}/catalog").path == f"{folder}/catalog.ttl"
    assert client.ask(f"{folder}/catalog", "text/html", "en").path == f"{folder}/data/en/"
    assert client.ask(f"{folder}/catalog", "image/png").body == servers.files["406.html"]
    assert client.ask(f"{folder}/void").path == f"{folder}/void.ttl"
    assert client.ask(f"{folder}/.well-known/void").body == servers.files["void.ttl"]
    client.close()
