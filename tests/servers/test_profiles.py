"""Real servers on profiles (W3C, Content Negotiation by Profile) and on the links of answers (FAIR Signposting)."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import pytest
from pyoxigraph import RdfFormat, parse

import tools
from servers.client import Answer, Client
from servers.conftest import GONE, Servers
from test_negotiation import headers
from trophees.base.namespaces import BASE
from trophees.hosting import documents as hosted
from trophees.hosting import rules
from trophees.hosting.accept import DATA, TYPES
from trophees.hosting.profiles import DATASET, OFFERED, PROFILES
from trophees.hosting.signposts import ABOUT_PAGE, METADATA, content_profile
from trophees.site.render import LICENCE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

CACHAN = "laureate/2020/cachan"
SCHEMA, DCAT_AP, CROISSANT = (f"<{PROFILES[token]}>" for token in ("schema", "dcat-ap", "croissant"))
UNKNOWN = "<https://example.org/profile>"
ASKED = [  # a thing, Accept, Accept-Profile, the query of the address, and its document
    (CACHAN, "*/*", SCHEMA, "", f"{CACHAN}/"),
    (CACHAN, "text/turtle, */*;q=0.1", SCHEMA, "", f"{CACHAN}/"),
    (CACHAN, "text/turtle", SCHEMA, "", None),
    (CACHAN, "text/turtle", f"{SCHEMA};q=0.5, <{PROFILES['trophees']}>;q=0.6", "", f"{CACHAN}.ttl"),
    (CACHAN, "*/*", f"<{PROFILES['trophees']}>;q=0.5, {SCHEMA};q=0.50", "", f"{CACHAN}/"),
    (CACHAN, "text/turtle", f"{SCHEMA};q=0", "", f"{CACHAN}.ttl"),
    (CACHAN, "text/turtle", UNKNOWN, "", f"{CACHAN}.ttl"),
    (CACHAN, "text/turtle", DCAT_AP, "", f"{CACHAN}.ttl"),  # no thing but the dataset has it
    (CACHAN, "text/html", f"{UNKNOWN}, {SCHEMA};q=0.1", "", f"{CACHAN}/"),
    (CACHAN, "text/html", "", "_mediatype=text/turtle", f"{CACHAN}.ttl"),
    (CACHAN, "text/html", "", "_mediatype=text%2Fn3", f"{CACHAN}.ttl"),
    (CACHAN, "", "", "_mediatype=application/rdf+xml", f"{CACHAN}.rdf"),
    (CACHAN, "", "", "_mediatype=application%2frdf%2bxml", f"{CACHAN}.rdf"),
    (CACHAN, "", "", "a=b&_mediatype=application/json&_mediatype=text/html", f"{CACHAN}.jsonld"),
    (CACHAN, "text/turtle", "", "_mediatype=image/png", None),
    (CACHAN, "text/turtle", "", "_mediatype=&x_mediatype=text/html", f"{CACHAN}.ttl"),
    (CACHAN, "*/*", "", "_profile=schema", f"{CACHAN}/"),
    (CACHAN, "text/turtle", SCHEMA, "_profile=trophees", f"{CACHAN}.ttl"),
    (CACHAN, "text/html", "", f"_profile=schema&_mediatype={quote('text/turtle', safe='')}", None),
    (CACHAN, "text/turtle", "", f"_profile={quote(PROFILES['schema'], safe='')}", None),
    (CACHAN, "text/turtle", "", f"_profile={PROFILES['schema']}", None),
    (CACHAN, "text/turtle", SCHEMA, "_profile=nothing", f"{CACHAN}.ttl"),
    (DATASET, "*/*", "", "", f"{DATASET}/"),
    (DATASET, "text/turtle", "", "", f"{DATASET}.ttl"),
    (DATASET, "*/*", DCAT_AP, "", "catalog.ttl"),
    (DATASET, "application/rdf+xml", "", "_profile=dcat-ap", "catalog.rdf"),
    (DATASET, "text/html", DCAT_AP, "", None),
    (DATASET, "*/*", "", f"_profile={quote(PROFILES['void'], safe='')}", "void.ttl"),
    (DATASET, "*/*", CROISSANT, "", "croissant.json"),
    (DATASET, "application/json", CROISSANT, "", "croissant.json"),
    (DATASET, "text/turtle", CROISSANT, "", None),
    (DATASET, "application/ld+json", "", "_profile=ro-crate", "ro-crate-metadata.json"),
    (DATASET, "*/*", f"{CROISSANT};q=0.7, {DCAT_AP};q=0.8", "", "catalog.ttl"),
    ("catalog", "text/html, text/turtle;q=0.5", DCAT_AP, "", "catalog.ttl"),
    ("catalog", "*/*", SCHEMA, "", "data/"),
    ("catalog", "*/*", CROISSANT, "", "catalog.ttl"),
    ("catalog", "", "", "_mediatype=text/html", "data/"),
    ("void", "*/*", SCHEMA, "", "void.ttl"),
    ("ontology", "text/turtle", SCHEMA, "_profile=schema", "ontology.ttl"),
]  # fmt: skip


@dataclass(frozen=True)
class Link:
    target: str
    rel: tuple[str, ...]
    attributes: dict[str, str]


def ask(client: Client, thing: str, accept: str, profile: str, query: str, root: str = "/") -> Answer:
    said = {"Accept": accept, "Accept-Profile": profile}
    path = f"{root}{thing}{'?' if query else ''}{query}"
    return client.send("GET", path, {name: value for name, value in said.items() if value})


def links(answer: Answer) -> list[Link]:
    """The links of `answer`, which no other part of it may look like."""
    found = []
    for target, rest in re.findall(r'<([^>]*)>((?:; [a-z]+="[^"]*")*)(?:, |$)', answer.link):
        attributes = dict(re.findall(r'; ([a-z]+)="([^"]*)"', rest))
        found.append(Link(target, tuple(attributes.pop("rel").split()), attributes))
    assert len(found) == answer.link.count("; rel=")
    return found


def targets(answer: Answer, rel: str) -> list[str]:
    return [link.target for link in links(answer) if rel in link.rel and "anchor" not in link.attributes]


@pytest.mark.parametrize(("thing", "accept", "profile", "query", "document"), ASKED)
def test_a_profile_leads_to_the_documents_that_have_it(
    client: Client,
    w3id: Client,
    servers: Servers,
    thing: str,
    accept: str,
    profile: str,
    query: str,
    document: str | None,
) -> None:
    assert hosted.document(thing, accept, "", profile, query) == document
    answer = ask(client, thing, accept, profile, query)
    assert (answer.status, answer.path) == ((406, "") if document is None else (303, f"/{document}"))
    assert "Accept-Profile" in answer.vary
    permanent = ask(w3id, thing, accept, profile, query, f"/{rules.OWN}/")
    assert permanent.path == ("" if document is None else f"/{document}")
    if document:
        found = client.ask(answer.path)
        assert (found.status, found.content_profile) == (200, answer.content_profile)
        assert servers.files[document + "index.html" if document.endswith("/") else document]


def test_profiles_by_their_weights(servers: Servers) -> None:
    chance = random.Random(10)
    names = [*(f"<{iri}>" for iri in PROFILES.values()), UNKNOWN, "nonsense"]
    weights = ("", "", ";q=0", ";q=0.3", "; q=0.35", ";q=1.0", ";q=.9")
    asked = []
    for accept, languages in headers(300):
        profiles = ", ".join(chance.choice(names) + chance.choice(weights) for _ in range(chance.randint(0, 4)))
        asked.append((chance.choice((CACHAN, *OFFERED)), accept, languages, profiles))
    for name in ("apache", "nginx", "trophees"):
        client = servers.client(name)
        for thing, accept, languages, profiles in asked:
            said = {"Accept": accept, "Accept-Language": languages, "Accept-Profile": profiles}
            answer = client.send("GET", f"/{thing}", said)
            document = hosted.document(thing, accept, languages, profiles)
            assert (answer.status, answer.path) == ((406, "") if document is None else (303, f"/{document}")), (
                name, thing, said,
            )  # fmt: skip
        client.close()


@pytest.mark.parametrize("thing", [CACHAN, *OFFERED])
def test_the_address_of_a_thing_lists_its_documents_with_their_profiles(client: Client, thing: str) -> None:
    answer = client.ask(f"/{thing}", "*/*", method="HEAD")
    listed = [link for link in links(answer) if "alternate" in link.rel]
    assert listed
    for link in listed:
        found = client.ask(link.target, method="HEAD")
        assert (found.status, found.content_type) == (200, f"{link.attributes['type']}; charset=utf-8")
        if profile := link.attributes.get("profile"):
            assert f"<{profile}>" in found.content_profile.split(", "), link
            reached = ask(client, thing, link.attributes["type"], f"<{profile}>", "")
            assert reached.path == link.target or link.attributes.get("hreflang") == "en"
        else:
            assert found.content_profile == ""
    tokens = {link.attributes["token"]: link.attributes["anchor"] for link in links(answer) if link.rel == ("type",)}
    assert tokens == {token: PROFILES[token] for token in OFFERED.get(thing, ("trophees", "schema"))}
    assert answer.access_control_expose_headers.count("Link") == 1


def test_what_no_profile_is_asked_of_says_which_it_has(client: Client) -> None:
    own = content_profile(["trophees"])
    for accept, expected in (("text/turtle", own), ("text/html", content_profile(["trophees", "schema"]))):
        answer = client.ask(f"/{CACHAN}", accept)
        assert answer.content_profile == expected == client.ask(answer.path, method="HEAD").content_profile
    for path in ("/map/", "/nothing", "/guide.json", "/ontology.ttl", "/dumps/trophees.ttl", f"/{GONE}.ttl"):
        assert client.ask(path).content_profile == "", path


def test_the_server_lists_the_profiles_of_a_thing_in_the_format_that_is_wanted(servers: Servers) -> None:
    client = servers.client("trophees")
    for thing in (CACHAN, DATASET, "void"):
        expected = [link for link in links(client.ask(f"/{thing}", "text/turtle")) if "alternate" in link.rel]
        told = ask(client, thing, "application/json", "", "_profile=all")
        assert (told.status, told.content_type) == (200, "application/json; charset=utf-8")
        said = json.loads(told.body)
        assert said["resource"] == BASE + thing
        assert {(p["uri"], path.partition(client.host)[2]) for p in said["profiles"] for path in p["documents"]} == {
            (link.attributes["profile"], link.target) for link in expected
        }
        assert {p["token"]: p["uri"] for p in said["profiles"]}.items() <= PROFILES.items()
        for form in DATA:
            data = ask(client, thing, "text/html", "", f"_profile=all&_mediatype={TYPES[form]}")
            assert data.content_type == f"{TYPES[form]}; charset=utf-8"
            quads = list(parse(data.body, format=RdfFormat.from_media_type(TYPES[form])))
            shown = {q.object.value for q in quads if q.predicate.value.endswith("altr#hasRepresentation")}
            assert shown == {f"http://{client.host}{link.target}" for link in expected}
        page = client.ask(f"/{thing}?_profile=all", "text/html", "en")
        assert (page.status, page.content_type, page.location) == (200, "text/html; charset=utf-8", "")
        assert all(f">http://{client.host}{link.target}<" in page.body.decode() for link in expected)
        assert links(page) == links(client.ask(f"/{thing}", "text/turtle"))
        assert ask(client, thing, "image/png", "", "_profile=all").status == 406
    client.close()


@pytest.mark.parametrize("name", ["apache", "nginx"])
def test_a_host_of_files_lists_them_in_its_header(servers: Servers, name: str) -> None:
    client = servers.client(name)
    answer = ask(client, CACHAN, "text/turtle", "", "_profile=all")
    assert (answer.status, answer.path) == (303, f"/{CACHAN}.ttl")
    assert len(targets(answer, "alternate")) == len(DATA) + 2
    client.close()


# FAIR Signposting, level 1 (signposting.org/FAIR, 2.1)


@pytest.mark.parametrize(
    ("thing", "type_"),
    [
        (CACHAN, "Project"),
        ("organisation/ville-de-cachan", "Organization"),
        ("territory/commune/94016", "AdministrativeArea"),
        ("tool/budget-participatif", "DefinedTerm"),
        ("ontology", "DefinedTermSet"),
        ("edition/2020", "Event"),
    ],
)
def test_the_page_of_a_thing_leads_a_robot(client: Client, servers: Servers, thing: str, type_: str) -> None:
    for lang in ("", "en/"):
        page = client.ask(f"/{thing}/{lang}", method="HEAD")
        assert page.status == 200, thing
        assert targets(page, "cite-as") == [BASE + thing]
        assert targets(page, "type") == [f"https://schema.org/{type_}", ABOUT_PAGE]
        assert targets(page, "license") == [LICENCE]
        assert targets(page, "describedby") == [f"/{thing}.{form}" for form in DATA]
        text = servers.files[f"{thing}/{lang}index.html"].decode()
        for rel in ("cite-as", "type", "license"):
            assert re.findall(rf'<link rel="{rel}" href="([^"]+)"', text) == targets(page, rel)
        for target in targets(page, "describedby"):
            data = client.ask(target, method="HEAD")
            assert (data.status, targets(data, "describes")) == (200, [f"/{thing}/"])


def test_the_pages_of_the_dataset_lead_to_its_files_and_these_back(client: Client) -> None:
    for path in ("/data/", "/data/en/", f"/{DATASET}/", f"/{DATASET}/en/"):
        page = client.ask(path, method="HEAD")
        assert targets(page, "cite-as") == [BASE + DATASET]
        assert targets(page, "type") == ["https://schema.org/Dataset", ABOUT_PAGE]
        assert targets(page, "author") == [BASE]
        assert targets(page, "describedby") == [f"/{path}" for path, _, _ in METADATA]
        dumps = (".ttl", "-en.ttl", "-fr.ttl", "-annotated.ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld")
        assert {f"/dumps/trophees{end}" for end in dumps} == set(targets(page, "item"))
        assert sum(len(name) + len(value) + 4 for name, value in page.headers.items()) < 4000  # what proxies take
        for link in links(page):
            if link.target.startswith("/"):
                found = client.ask(link.target, method="HEAD")
                assert (found.status, found.content_type) == (200, f"{link.attributes['type']}; charset=utf-8")
                assert targets(found, "collection" if "item" in link.rel else "describes") == ["/data/"]
                if profile := link.attributes.get("profile"):
                    assert (targets(found, "profile"), found.content_profile) == ([profile], f"<{profile}>")
    table = client.ask("/csv/laureates.csv", method="HEAD")
    assert (targets(table, "collection"), targets(table, "describedby")) == (["/data/"], ["csv-metadata.json"])


@pytest.mark.parametrize("path", ["/", "/map/", "/assets/site.css", "/nothing", "/dumps/classes/tool.ttl", f"/{GONE}"])
def test_nothing_is_said_of_what_leads_nowhere(client: Client, path: str) -> None:
    assert [link for link in links(client.ask(path)) if "successor-version" not in link.rel] == []


@pytest.mark.parametrize(("name", "folder"), [("apache", "/folder"), ("below", "/site")])
def test_the_links_of_a_site_in_a_folder(servers: Servers, name: str, folder: str) -> None:
    client = servers.client(name)
    answer = ask(client, DATASET, "*/*", CROISSANT, "", f"{folder}/")
    assert (answer.path, answer.content_profile) == (f"{folder}/croissant.json", CROISSANT)
    for path, rel in (
        (CACHAN, "alternate"),
        (f"{CACHAN}/", "describedby"),
        (f"{CACHAN}.ttl", "describes"),
        ("data/", "item"),
    ):
        found = targets(client.ask(f"{folder}/{path}"), rel)
        assert found
        for target in found:
            assert client.ask(urljoin(f"{folder}/{path}", target), method="HEAD").status == 200
    client.close()


def test_every_type_of_a_link_is_one_of_ours() -> None:
    assert {type_ for _, type_, _ in METADATA} <= set(TYPES.values())


@pytest.mark.parametrize("name", ["apache", "nginx", "trophees"])
def test_a_robot_of_fair_signposting_finds_its_way(servers: Servers, name: str) -> None:
    host = f"http://127.0.0.1:{getattr(servers.ports, name)}"
    paths = [f"/{CACHAN}/", f"/{CACHAN}.rdf", "/data/", "/dumps/trophees.nq", f"/{CACHAN}"]
    page, data, dataset, dump, thing = tools.ask("signposting", *(host + path for path in paths))
    own, licence = PROFILES["trophees"], ["license", LICENCE, "", ""]
    described = [["describedby", f"{host}/{CACHAN}.{form}", TYPES[form], own] for form in DATA]
    about = ["type", ABOUT_PAGE, "", ""]
    assert page == sorted(
        [["cite-as", BASE + CACHAN, "", ""], licence, about, ["type", "https://schema.org/Project", "", ""], *described]
    )
    assert data == [["describes", f"{host}/{CACHAN}/", "text/html", ""]]
    assert dump == [["collection", f"{host}/data/", "text/html", ""]]
    assert {rel for rel, *_ in dataset} == {"author", "cite-as", "describedby", "item", "license", "type"}
    assert thing == page  # it is led there
