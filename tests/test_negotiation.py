"""Content negotiation: what is answered to whom, and that the files for hosts say the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase

import pytest

from fuzz import among
from trophees.base.namespaces import BASE
from trophees.hosting import documents as hosted
from trophees.hosting import manifest, profiles, rules
from trophees.hosting.accept import MORE, PAGE, RDF, TAGS, TYPES, choose, media, named, spelt
from trophees.hosting.signposts import CONTENT, METADATA
from trophees.site.model import Inputs, Site
from trophees.site.pages import for_hosts as negotiation

pytestmark = pytest.mark.xdist_group("site")

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
CLIENTS = [  # Accept, Accept-Language, what is added to the address
    (CHROME, "fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7", "/"),
    (CHROME, "en-US,en;q=0.9", "/en/"),
    (CHROME, "en-GB,en;q=0.9,fr;q=0.8", "/en/"),
    (CHROME, "de-DE,de;q=0.9,en;q=0.5", "/en/"),
    (CHROME, "de", "/"),
    (CHROME, "fr-CA;q=0.3,fr;q=0.9,en;q=0.5", "/"),  # the most exact range of a language counts
    (CHROME, "en-US;q=0.9,en;q=0.2,fr;q=0.5", "/"),
    (CHROME, "fr;q=0,fr-BE,en;q=0.1", "/en/"),
    (CHROME, "fr-BE;q=0.2,en-GB;q=0.3,*;q=0.9", "/en/"),
    (CHROME, "fr;q=0.2,*;q=0.9", "/en/"),
    (CHROME, "", "/"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3", "/"),
    ("*/*", "", "/"),  # curl, wget
    ("", "", "/"),
    ("text/turtle, application/x-turtle, */*;q=0.1", "", ".ttl"),  # rdflib, format="turtle"
    ("application/ld+json, application/json;q=0.9, */*;q=0.1", "", ".jsonld"),  # rdflib, format="json-ld"
    ("application/rdf+xml, */*;q=0.1", "", ".rdf"),  # rdflib, format="xml"
    (
        "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads,"
        " application/trix, application/trig",
        "",
        ".ttl",
    ),  # rdflib, no format
    (
        "text/turtle,application/n-triples,application/ld+json;q=0.9,application/rdf+xml;q=0.8,"
        "application/x-turtle,application/rdf+json;q=0.5,*/*;q=0.1",
        "",
        ".ttl",
    ),
    ("application/n-triples, application/n-quads;q=0.5", "", ".nt"),
    ("text/turtle;q=0.9,application/ld+json;q=1", "", ".jsonld"),
    ("text/turtle;q=0.9,application/ld+json;q=0.901", "", ".jsonld"),
    ("text/turtle;q=0.9,text/html;q=0.8", "", ".ttl"),
    ("text/turtle;q=0.8,text/html;q=0.9", "", "/"),
    ("text/turtle, text/html", "", ".ttl"),
    ("text/html;q=0,*/*", "", ".ttl"),
    ("text/*", "", "/"),
    ("application/*", "", ".jsonld"),
    ("text/*;q=0.5,application/n-triples;q=0.6", "", ".nt"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted";q=0.7, text/turtle;q=0.6', "", ".jsonld"),
    ("TEXT/TURTLE ; Q=0.5", "", ".ttl"),
    ("image/png", "", None),
    ("application/xml", "", None),
    ("application/json", "", ".jsonld"),
    ("application/json, text/plain, */*", "", "/"),  # axios: all the same to it
    ("application/json;q=0.2, text/html;q=0.3", "", "/"),
    ("text/n3", "", ".ttl"),
    ("text/n3;q=0.4, application/n-triples;q=0.5", "", ".nt"),
    ("text/n3;q=0, text/*", "", "/"),
    ("text/json", "", None),
    ("text/html;q=0", "", None),
    ("*/*;q=0", "", None),
    ("garbage", "", None),
    ("text/turtles", "", None),
    (";;;,,,q=1,/", "", None),
]
_PARTS = (
    *TYPES.values(),
    "*/*",
    "text/*",
    "application/*",
    "image/webp",
    "application/rdf+xml",
    "application/json",
    "text/n3",
    "application/xml",
    "TEXT/Turtle",
    "text/turtlex",
    "text/html;level=1",
    'application/ld+json;profile="http://a.example/b http://c.example/d"',
    "nonsense",
    "",
)
_TAGS = ("fr", "en", "fr-FR", "en-GB", "en-US-x-twain", "de", "*", "fro")
_WEIGHTS = (
    *("", "", "", ";q=1", ";q=1.000", ";q=0", ";q=0.000", ";q=0.9", ";q=0.90", ";q=0.5", ";q=0.05", ";q=0.001"),
    *("; q=0.85", " ;q=0.8", ";Q=0.3", ";q=.2", ";q=abc", ";q=0.5;ext=1"),
)


def headers(number: int) -> Iterator[tuple[str, str]]:
    """As many pairs of headers, the same ones each time."""
    chance = random.Random(2020)

    def some(parts: tuple[str, ...], most: int) -> str:
        comma = chance.choice((",", ", ", " , "))
        return comma.join(chance.choice(parts) + chance.choice(_WEIGHTS) for _ in range(chance.randint(0, most)))

    for _ in range(number):
        yield some(_PARTS, 5).strip(), some(_TAGS, 4).strip()


@pytest.mark.parametrize(("accept", "languages", "expected"), CLIENTS)
def test_clients(accept: str, languages: str, expected: str | None) -> None:
    assert choose(accept, languages) == expected


@pytest.mark.slow
def test_the_expressions_of_servers_choose_the_same() -> None:
    def weight(header: str, *ranges: str) -> str:
        return next((m[1] or "" for r in ranges if (m := re.search(named(r), header, re.IGNORECASE))), "0")

    def more(a: str, b: str) -> bool:
        return re.search(f"^{MORE}", f"{a}/{b}") is not None

    def expressed(thing: str, accept: str, languages: str) -> str | None:
        weights = {
            name: weight(accept, spelt(name), media(f"{type_.partition('/')[0]}/*"), media("*/*")) if accept else ""
            for name, type_ in TYPES.items()
        }
        weights |= dict.fromkeys(TYPES.keys() - hosted.SHOWN.get(thing, TYPES), "0")
        data, *others = (name for name in TYPES if name != "html")
        for name in others:
            data = name if more(weights[name], weights[data]) else data
        if weights[data] == weights["html"] == "0":
            return None
        reads_data = re.search(RDF, accept, re.IGNORECASE) is not None
        if thing == profiles.CATALOGUE and not re.search(PAGE, accept, re.IGNORECASE):
            reads_data = True
        if more(weights[data], weights["html"]) or (reads_data and weights[data] == weights["html"]):
            return f"{thing}.{data}"
        french, english = (
            weight(languages, *(range_.format(tag=tag) for range_ in reversed(TAGS)), media("*"))
            for tag in ("fr", "en")
        )
        page = hosted.CATALOGUE_PAGE if thing == profiles.CATALOGUE else thing
        return page + ("/en/" if more(english, french) else "/")

    for thing in ("thing", *hosted.ADDRESSES):
        for accept, languages in headers(5000):
            assert expressed(thing, accept, languages) == hosted.document(thing, accept, languages), (accept, languages)


def test_weights_are_compared_as_numbers() -> None:
    numbers = {
        "": 1.0,
        "0": 0.0,
        **{f".{digits}": float(f".{digits}") for digits in ("9", "85", "8", "05", "001", "1", "999", "12")},
    }
    for a in numbers:
        for b in numbers:
            assert (re.search(f"^{MORE}", f"{a}/{b}") is not None) == (numbers[a] > numbers[b]), (a, b)


# the files

HOST = "https://data.example.org/"


@pytest.fixture(scope="module")
def made(site_inputs: Inputs) -> dict[str, str]:
    site = Site(replace(site_inputs, url=HOST))
    return {path: data.decode() for path, data in negotiation.files(site)}


def test_the_files(made: dict[str, str]) -> None:
    assert list(made) == [
        ".htaccess", "_headers", "_redirects", "deploy/nginx.conf", "deploy/w3id/.htaccess", "deploy/w3id/README.md",
        ".nojekyll", "catalog/.folder", "void/.folder", "sparql-examples/.folder",
        "site.json",
    ]  # fmt: skip
    assert made[".nojekyll"] == ""
    assert f"{HOST}%{{ENV:DOCUMENT}} [R=303" in made["deploy/w3id/.htaccess"]
    assert "server_name data.example.org;" in made["deploy/nginx.conf"]
    assert HOST in made["deploy/w3id/README.md"]


def test_rules_are_patterns_not_a_list_of_things(made: dict[str, str]) -> None:
    for path, text in made.items():
        assert len(text.encode()) < 40_000, path
        assert not re.search(r"cachan|94016|jury-citoyen", text), path


@pytest.mark.slow
def test_without_an_address_a_reserved_one_stands_for_the_host(site_inputs: Inputs) -> None:
    said = dict(negotiation.files(Site(replace(site_inputs, url=""))))
    assert hosted.HOST.encode() in said["deploy/w3id/.htaccess"]
    assert hosted.HOST.endswith(".example.org/")


def redirected(text: str, path: str, *, slash_matters: bool) -> tuple[str, int] | None:
    """What the first rule of a `_redirects` file for `path` says. Hosts differ on whether the last `/` matters."""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        source, target, status = line.split()
        pattern = "".join(
            "(?P<splat>.*)" if token == "*" else f"(?P<{token[1:]}>[^/]+)" if token[0] == ":" else re.escape(token)
            for token in re.findall(r"\*|:[A-Za-z]\w*|[^*:]+|:", source)
        )
        if found := re.fullmatch(pattern, path) or (
            re.fullmatch(pattern.rstrip("/"), path.rstrip("/")) if not slash_matters else None
        ):
            for name, value in found.groupdict().items():
                target = target.replace(f":{name}", value)
            return target, int(status)
    return None


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("slash_matters", [True, False])
def test_redirects_lead_to_pages_or_files_and_hide_no_file(
    made: dict[str, str], built: dict[str, bytes], site_inputs: Inputs, slash_matters: bool
) -> None:
    text = made["_redirects"]
    for line in text.splitlines()[1:]:
        source, target, status = line.split()
        assert target.strip("/") + "/index.html" in built or target.strip("/") in site_inputs.published
        assert status == "302"  # the one status that all these hosts know
        assert redirected(text, source, slash_matters=slash_matters) == (target, 302)
        assert redirected(text, target, slash_matters=slash_matters) is None
    for path in among(built, 2_000):
        address = "/" + path.removesuffix("index.html")
        assert redirected(text, address, slash_matters=slash_matters) is None, path


@pytest.mark.slow
def test_the_manifest_says_where_the_site_was_to_stand(made: dict[str, str], site_inputs: Inputs) -> None:
    said = manifest.read(made["site.json"].encode())
    assert (said.url, said.root, said.version) == (HOST, "/", site_inputs.version)
    below = dict(negotiation.files(Site(replace(site_inputs, url=f"{HOST}site/", sparql=f"{HOST}sparql"))))
    other = manifest.read(below["site.json"])
    assert (other.root, other.sparql, other.folders) == ("/site/", f"{HOST}sparql", said.folders)
    shown = {f"/{folder}": f"/{page}" for folder, page in said.folders.items()}
    others = {f"/{path}" for path in (*hosted.ADDRESSES, *hosted.WELL_KNOWN)}
    lines = [line.split() for line in made["_redirects"].splitlines()[1:]]
    assert shown == {source: page for source, page, _ in lines if source not in others and not source.endswith("/")}


@pytest.mark.slow
def test_every_thing_has_a_page_where_hosts_add_the_last_slash(
    made: dict[str, str], built: dict[str, bytes], site_inputs: Inputs
) -> None:
    for thing in Site(site_inputs).things():
        assert redirected(made["_redirects"], f"/{thing.path}", slash_matters=True) is None
        assert f"{thing.path}/index.html" in built
        assert f"{thing.path}/en/index.html" in built
        assert (f"{thing.path}.ttl" in built) == (thing.kind != "term"), thing.iri


@pytest.mark.slow
def test_every_folder_has_a_page_or_leads_to_one(made: dict[str, str], built: dict[str, bytes]) -> None:
    folders = {path.rpartition("/")[0] for path in built if path.endswith((".ttl", "index.html"))}
    folders |= {folder.rpartition("/")[0] for folder in folders} - {""}
    for folder in folders - {""}:
        shown = redirected(made["_redirects"], f"/{folder}/", slash_matters=True)
        assert shown is not None or f"{folder}/index.html" in built, folder


def test_headers_give_each_data_file_its_type(
    made: dict[str, str], built: dict[str, bytes], site_inputs: Inputs
) -> None:
    rules: dict[str, dict[str, str]] = {}
    for line in made["_headers"].splitlines()[1:]:
        if line.startswith("/"):
            assert line not in rules
            rules[line] = {}
        else:
            name, _, value = line.strip().partition(": ")
            rules[list(rules)[-1]][name] = value
    for path in (*built, *site_inputs.published):
        said = [
            (name, value)
            for rule, about in rules.items()
            if fnmatchcase(f"/{path}", rule)
            for name, value in about.items()
        ]
        assert len(dict(said)) == len(said), "a host joins what two rules say"
        assert dict(said)["Access-Control-Allow-Origin"] == "*"
        extension, name = path.rpartition(".")[2], path.rpartition("/")[2]
        if extension != "html" and (type_ := hosted.NAMED.get(name) or hosted.TEXT.get(extension)):
            assert dict(said).get("Content-Type") == f"{type_}; charset=utf-8", path
        if path in [known for known, _, _ in METADATA]:
            assert 'rel="describes"' in dict(said)["Link"]
        if re.fullmatch(CONTENT, path):
            assert 'rel="collection"' in dict(said)["Link"]
    assert 'rel="item"' in rules["/data/"]["Link"]


SHOWN = [  # a thing without a page of its own, Accept, Accept-Language, and its document
    ("catalog", "*/*", "", "catalog.ttl"),  # portals
    ("catalog", "", "", "catalog.ttl"),
    ("catalog", CHROME, "", "data/"),
    ("catalog", CHROME, "en-GB,en;q=0.9", "data/en/"),
    ("catalog", "text/html", "", "data/"),
    ("catalog", "text/html, application/xhtml+xml, */*", "", "data/"),  # a browser without weights
    ("catalog", "text/html, text/turtle", "", "catalog.ttl"),
    ("catalog", "text/turtle, text/html;q=0.1", "", "catalog.ttl"),
    ("catalog", "text/turtle;q=0.1, text/html", "", "data/"),
    ("catalog", "application/ld+json", "", "catalog.jsonld"),
    ("catalog", "application/ld+json;q=0", "", None),
    ("catalog", "application/ld+json;q=0, */*;q=0.1", "", "catalog.ttl"),
    ("catalog", "application/rdf+xml, */*;q=0.1", "", "catalog.rdf"),
    ("catalog", "application/rdf+xml;q=0.5, application/ld+json;q=0.6", "", "catalog.jsonld"),
    ("catalog", "application/*", "", "catalog.jsonld"),
    ("catalog", "text/turtle", "", "catalog.ttl"),
    ("catalog", "Application/LD+JSON;q=0.5", "", "catalog.jsonld"),
    ("catalog", "application/n-triples", "", None),
    ("catalog", "application/xml", "", None),
    ("catalog", "image/png", "", None),
    ("void", "*/*", "", "void.ttl"),
    ("void", "", "", "void.ttl"),
    ("void", CHROME, "", "void.ttl"),
    ("void", "text/*;q=0.1", "", "void.ttl"),
    ("void", "text/html", "", None),
    ("void", "text/turtle;q=0, */*", "", None),
    ("void", "application/ld+json", "", None),
    ("sparql-examples", "*/*", "", "sparql-examples.ttl"),
    ("sparql-examples", "text/html", "", None),
]


@pytest.mark.parametrize(("thing", "accept", "languages", "document"), SHOWN)
def test_the_catalogue_is_rdf_but_for_a_browser(thing: str, accept: str, languages: str, document: str | None) -> None:
    assert hosted.document(thing, accept, languages) == document


def test_w3id_knows_every_thing_from_a_document(
    made: dict[str, str], built: dict[str, bytes], site_inputs: Inputs
) -> None:
    found = re.search(r"RewriteCond \$1 '!(.*)'", made["deploy/w3id/.htaccess"])
    assert found is not None
    for thing in Site(site_inputs).things():
        assert bool(re.search(found[1], thing.path)) == (thing.kind != "term"), thing.iri
    for path in hosted.ADDRESSES:
        assert re.search(found[1], path)
    for path in built:
        assert not re.search(found[1], path.removesuffix("index.html")), path
    assert BASE.endswith(f"/{rules.OWN}/")
