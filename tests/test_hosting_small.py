"""What hosts answer, by headers and settings of a line each; and all that they are told of a small site.

`small/hosting.tsv` has what comes of each; after a wanted change, `python tests/test_hosting_small.py` writes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any

import pytest

from small_cases import PARTS, Cases, compare, each, near, outcome, taken, write
from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.hosting import (
    accept,
    configuration,
    documents,
    formats,
    manifest,
    moved,
    openapi,
    operations,
    profiles,
    rules,
    settings,
    signposts,
    withdrawn,
)
from trophees.hosting.manifest import Manifest
from trophees.hosting.rules import Rules
from trophees.hosting.settings import Hosting
from trophees.hosting.signposts import Signposts

ROOM = "hosting"
HEADERS = [
    "", " ", "*/*", "text/html", "text/turtle", "TEXT/TURTLE", "text/n3", "application/json", "application/ld+json",
    "application/n-triples", "application/rdf+xml", "text/*", "application/*", "image/*", "text/plain", "text",
    "text/html, text/turtle", "text/turtle, text/html", "text/html;q=0.9, text/turtle;q=0.9", "*/*;q=0",
    "text/html;q=0.8, text/turtle;q=0.9", "text/html;q=0.91, text/turtle;q=0.9", "text/html;q=0, */*",
    "text/*;q=0, */*",
    "text/html;q=1.0, text/turtle;q=1", "text/turtle;q=0, text/turtle", "text/turtle, text/turtle;q=0",
    "text/html;level=1;q=0.3, application/ld+json;q=0.4", 'text/html;a="x,text/turtle;q=1";q=0.2, text/turtle;q=0.1',
    'text/html;a="x', "application/json;q=0.5, application/ld+json;q=0.1", "application/n-triples, text/*;q=0.5",
    "application/xhtml+xml, */*;q=0.1", "application/rdf+xml;q=0.5, */*;q=0.5", "trig, */*", "text/html, */*;q=0.1",
    "text/csv", "text/csv;q=0.2, */*;q=0.1", "application/sparql-results+json", "application/xml",
    "text/xml;q=0.4, */*;q=0.2",
    "application/trig", "application/trig, text/turtle;q=0.9", "application/trig, text/turtle;q=0.8",
    "application/n-quads, text/turtle;q=0.85",
    "text/html, application/xml;q=0.9, */*;q=0.8", "text/tab-separated-values, text/csv", "-",
]  # fmt: skip
TONGUES = [
    "", "fr", "en", "EN", "en-GB", "fr-BE, en", "fr, en", "en, fr;q=0.9", "fr;q=0.9, en", "de", "*", "*;q=0.5, en",
    "fr;q=0, *",
    "fr;q=0.2, en-GB;q=0.3", "en-GB;q=0.2, en-US;q=0.9, fr;q=0.5", "en;q=0.1, en-GB, fr;q=0.5", "eng", "en-", "x-en",
    "fr;q=0.5, *",
]  # fmt: skip
WEIGHTS = ["", "0", ".1", ".12", ".2", ".21", ".85", ".9", ".99"]
THINGS = [
    "laureate/2041/a", "catalog", "void", "sparql-examples", "ontology", "shapes", "dataset/trophees", "croissant",
    "ro-crate"
]  # fmt: skip
SIGNPOSTS = Signposts(
    licence="https://licence.example/",
    types={"laureate": "Project", "laureate/2041": "Event", "organisation": "Organization"},
    items={"csv/a.csv": "text/csv", "dumps/trophees.ttl": "text/turtle"},
)
SITE = Rules(
    host="https://data.example/lists/",
    kinds=("laureate", "tool"),
    single=("ontology", "shapes"),
    folders={"en/tools": ("en/tool",), "tools": ("tool", "tool/x")},
    signposts=SIGNPOSTS,
)
BUILT = Manifest("2041.3", "https://data.example/lists/", "https://data.example/lists/sparql", {"b": "c/", "a": "d/"})


def of_accept() -> Cases:
    def told(header: str) -> object:
        ours = [accept.choose(header, "en"), accept.choose(header, "", ["html", "ttl"], to_portals=True)]
        some = [accept.choose(header, "", ["jsonld", "rdf"]), accept.choose(header, "fr", ["html"])]
        return [ours, some, accept.weights(header), [accept.wanted(header, type_) for type_ in accept.TYPES.values()]]

    def read(name: str) -> Callable[[str], object]:
        expression = re.compile(accept.named(accept.spelt(name)), re.IGNORECASE)

        def weight(header: str) -> object:
            found = expression.search(header)
            return found and [found[0], found[1]]

        return weight

    return {
        **each(HEADERS, told),
        **{f"languages {tongue}": partial(accept.choose, "text/html", tongue) for tongue in TONGUES},
        "near a weight": lambda: taken(near("a/b;q=0.5", ',;=q0.1" x'), accept.weights),
        "near a quotation": lambda: taken(near('a;b="c,d"', ',;"='), accept.weights),
        "more": lambda: [f"{a} > {b}" for a, b in product(WEIGHTS, WEIGHTS) if re.match(accept.MORE, f"{a}/{b}")],
        **{f"named {name}": partial(lambda name: taken(HEADERS, read(name)), name) for name in accept.TYPES},
        "named near": lambda: taken(near("text/n3;q=0.5", ',;=q0.1" x'), read("ttl")),
        "expressions": lambda: [accept.media("a/*+.b"), accept.named("a"), accept.named("a", "b"), accept.NAMES],
        "constants": lambda: [accept.TYPES, accept.DATA, accept.RDF, accept.PAGE, accept.TAGS],
    }  # fmt: skip


def of_formats() -> Cases:
    def told(header: str) -> object:
        chosen = [formats.choose(some, header) for some in (formats.ROWS, formats.RDF, {**formats.ROWS, **formats.RDF})]
        return [*chosen, formats.prefers_page(header)]

    names = [
        "csv", "CSV", " tsv ", "json", "xml", "ttl", "turtle", "n3", "nt", "ntriples", "n-triples", "nquads", "n-quads",
        "json-ld", "rdf",
        "rdf+xml", "rdf-xml", "trig", "x-trig", "ld+json", "text/csv", "text/csv; charset=utf-8", "sparql-results+json",
        "sparql-results+xml", "application/sparql-results+xml", "plain", "html", "",
    ]  # fmt: skip

    def wished(*values: str) -> object:
        return [formats.choose(some, "text/tab-separated-values", values) for some in (formats.ROWS, formats.RDF)]

    codings = [
        "", "gzip", "br", "gzip, br", "br;q=0.5, gzip", "gzip;q=0.5, br;q=0.5", "*", "*;q=0", "identity", "gzip;q=0",
        "gzip;q=0.5, identity", "gzip;q=0.5, identity;q=0.5", "identity;q=0.5, *", "br;q=0, *;q=0.1", "deflate",
    ]  # fmt: skip
    return {
        **each(HEADERS, told),
        **{f"wished {name}": partial(wished, name) for name in names},
        "wished twice": lambda: [wished("html", "csv"), wished("csv", "tsv"), wished("trig", "csv")],
        **{f"coding {coding}": partial(formats.coding, coding) for coding in codings},
        "types": lambda: {form: formats.type_of(form) for form in {**formats.ROWS, **formats.RDF}},
        "offered": lambda: [formats.offered(formats.ROWS), formats.offered(formats.RDF)],
        "parameters": lambda: formats.PARAMETERS,
    }


def of_profiles() -> Cases:
    asked = [
        "", *(f"<{iri}>" for iri in profiles.PROFILES.values()),
        "<https://schema.org/>;q=0.5, <http://data.europa.eu/r5r/>;q=0.6",
        "<https://schema.org/>;q=0", "https://schema.org/", "<urn:x>",
    ]  # fmt: skip
    queries = [
        "", "_profile=schema", "_profile=https%3A%2F%2Fschema.org%2F", "_profile=all", "_profile=",
        "x=1&_profile=void&_profile=schema",
        "_mediatype=text/turtle", "_mediatype=TEXT%2FHTML", "_mediatype=application/ld+json",
        "_mediatype=application/ld%20json",
        "_mediatype=text/x", "a_profile=schema", "_mediatype=text/n3&_profile=trophees",
    ]  # fmt: skip
    return {
        **{f"profiles of {thing}": partial(lambda thing: [
            profiles.offered(thing), {form: profiles.of(thing, form) for form in accept.TYPES},
            {wanted: profiles.choose(thing, wanted) for wanted in asked}], thing) for thing in THINGS},
        **{f"query {query}": partial(profiles.wished, query, "a", "p") for query in queries},
        "forms": lambda: {token: profiles.forms(token) for token in profiles.PROFILES},
        "encoded": lambda: profiles.encoded("a#b+c/é.1"),
        "encoded, matched": lambda: taken(["a+b/", "a%2Bb%2f", "a b/", "a%20b%2F", "a-b/", "a+b"],
            lambda text: bool(re.fullmatch(profiles.encoded("a+b/"), text))),
        "constants": lambda: [profiles.PROFILES, profiles.OFFERED, {"/".join(k): v for k,
        v in profiles.INSTEAD.items()}],
    }  # fmt: skip


def of_documents() -> Cases:
    wishes = [
        ("", "", ""), ("text/turtle", "", ""), ("text/html", "", "_profile=dcat-ap"), ("*/*", "", "_profile=void"), ("",
        "", "_profile=croissant"),
        ("", "", "_profile=ro-crate"), ("text/turtle", "", "_profile=schema"), ("application/rdf+xml", "", ""),
        ("image/png", "", ""),
        ("*/*", "<https://schema.org/>", ""), ("application/rdf+xml, text/html;q=0.1", f"<{BASE}ontology>", ""),
        ("text/turtle", "", "_mediatype=text/html"), ("application/ld+json", "<http://data.europa.eu/r5r/>", ""),
    ]  # fmt: skip

    def told(thing: str) -> object:
        def answer(there: Callable[[str], bool]) -> Iterator[str]:
            for wish in wishes:
                yield " ".join((*wish, "→", str(documents.document(thing, wish[0], "en", *wish[1:], there))))

        before: list[str] = []

        def noted(path: str) -> bool:
            before.append(path)
            return False

        return [list(answer(lambda _: True)), list(answer(lambda path: not path.endswith(".rdf"))),
                list(answer(noted)), sorted(set(before))]  # fmt: skip

    return {
        **each(THINGS, told),
        "types": lambda: [documents.TEXT, documents.NAMED, documents.JSON, documents.BINARY, documents.UTF8],
        "headers": lambda: [documents.HEADERS, documents.VARY, documents.FOREVER, documents.METHODS],
        "elsewhere": lambda: [documents.SHOWN, documents.ADDRESSES, documents.ELSEWHERE, documents.WELL_KNOWN],
        "hashed": lambda: taken(near("a.0123abcd.js", ".0gA"), lambda p: bool(re.search(documents.HASHED, p))),
    }


def of_signposts() -> Cases:
    def fixed(root: str, path: str, signs: Signposts) -> object:
        return next((s for s in signs.fixed(root) if re.fullmatch(s.pattern, path)), None)

    paths = [
        "data/", "data/index.html", "data/en/", "data/en/index.html", "data", "datas/", "dataset/trophees",
        "dataset/trophees/", "catalog",
        "catalog.ttl", "catalogxttl", "catalog.rdf", "catalog.jsonld", "void", "void.ttl", "croissant.json",
        "ro-crate-metadata.json", "csv/a.csv",
        "csv/a/b.csv", "csv/.csv", "dumps/x.ttl", "dumps/x.nq", "dumps/x.csv", "geojson/x.geojson", "ontology",
        "ontology/", "ontology/en/",
        "ontology.ttl", "ontology.nt", "ontology.txt", "shapes.jsonld", "sparql-examples", "sparql-examples.ttl",
        "laureate/2041/a",
    ]  # fmt: skip
    return {
        **{f"fixed {path}": partial(fixed, "/r/", path, SIGNPOSTS) for path in paths},
        "without a licence": partial(fixed, "/", "data/", Signposts()),
        **{f"of {thing}": partial(lambda thing: [
            signposts.of_thing("/r/", thing), signposts.of_data("/r/", thing), SIGNPOSTS.type_of(thing),
            signposts.alternates(thing)], thing)
           for thing in THINGS},
        "types": lambda: {thing: SIGNPOSTS.type_of(thing) for thing in
            ("laureate", "laureate/2041", "laureate/2041/a/b", "laureate/2042/a", "laureates/2041", "organisation/x",
            "tool/x", "")},
        "a page": lambda: SIGNPOSTS.of_page("/r/", "laureate/2041/a", "Event"),
        "profiles": lambda: [signposts.content_profile(["schema", "void"]), signposts.content_profile([])],
        "constants": lambda: [signposts.ABOUT_PAGE, signposts.METADATA, signposts.GLOBS, signposts.OF_PAGES,
        signposts.OF_DATA],
    }  # fmt: skip


def of_settings() -> Cases:
    files = [
        "", "[tool.trophees]\n", "[tool]\ntrophees = 1\n", '[tool.trophees]\nsite-url = "https://a.example"\n',
        '[tool.trophees]\nsite-url = "https://a.example/b//"\nsparql-endpoint = "https://s.example/q"\n',
        '[tool.trophees]\ncontact-email = "a@b.example"\nsource-code = "https://c.example/x"\n',
        '[tool.trophees]\nsparql-endpoint = "none"\n', "[tool.trophees]\nz = 1\nb = 2\n", "[tool.trophees\n",
        "[tool.trophees]\na = \n",
        "a = 1\nb = 'x\n", '[tool.trophees]\nsite-url = 5\n', "a = [1,\n", "a = 1\na = 2\n",
    ]  # fmt: skip

    def told(text: str, given: Mapping[str, str | None] | None = None) -> object:
        found = settings.settings(text, given or {})
        return [found, found.known, found.answered]

    def checked(key: str) -> Callable[[str], object]:
        return lambda value: told("", {key: value})[0] != Hosting()  # type: ignore[index]

    urls = [
        "https://a.example", "http://a.example", "ftp://a.example", "https://", "https://a:80/", "https://a:x/",
        "https://a:/", "https://a/b~%20-.c",
        "https://a/b?c", "https://a/b c", "https://é.example", "https://a/\n", "xhttps://a", "https:/a", "https://a b",
    ]  # fmt: skip
    mails = [
        "a@b.example",
        "a.b+c-d@e-f.g.h",
        "a@b",
        "@b.c",
        "a@",
        "a@b.",
        "a b@c.d",
        "é@b.c",
        "a@b.c\n",
        "a@@b.c",
        "a@.c",
    ]
    return {
        **each(files, told),
        "given": lambda: told(files[3], {"site-url": "https://z.example/", "contact-email": None, "source-code": ""}),
        "no endpoint": lambda: told(files[4], {"sparql-endpoint": "none"}),
        "the placeholder": lambda: told("", {"site-url": settings.PLACEHOLDER}),
        **{f"site-url {url}": partial(lambda url: settings.settings("", {"site-url": url}).url, url) for url in urls},
        **{f"{key} {urls[2]}": partial(told, "", {key: urls[2]}) for key in ("sparql-endpoint", "source-code")},
        **{
            f"contact-email {mail}": partial(lambda mail: settings.settings("", {"contact-email": mail}).contact, mail)
            for mail in mails
        },
    }


def of_manifests() -> Cases:
    texts = [
        b"{}", b"[]", b"1", b"", b"{", b"[" * 100_000, b"\xff", b'{"version": 1}', b'{"version": "a\\u0007"}',
        b'{"version": "a\\u007f"}',
        b'{"url": "https://a.example/b/", "more": 1}', b'{"url": "http://[a"}', b'{"folders": {"a": 1}}',
        b'{"folders": {"a\\n": "b"}}',
        b'{"folders": []}', b'{"signposts": []}',
        b'{"signposts": {"licence": "l", "types": {"a": "B"}, "items": {"c": "d"}}}',
        b'{"signposts": {"licence": 1}}', b'{"signposts": {"types": {"a": "\\u0000"}}}',
        b'{"signposts": {"items": {"a": null}}}',
        b'{"sparql": "\\u00e9"}', b'{"version": null}',
    ]  # fmt: skip

    def told(data: bytes) -> object:
        found = manifest.read(data)
        return [found, found.root]

    whole = Manifest("é", BUILT.url, BUILT.sparql, BUILT.folders, SIGNPOSTS)
    return {
        **each(texts, told, lambda data: data[:80].decode("utf-8", "backslashreplace")),
        "written": lambda: [BUILT.written(), whole.written(), Manifest().written()],
        "and read": lambda: [manifest.read(one.written()) == one for one in (BUILT, whole, Manifest())],
    }


def of_moves() -> Cases:
    paths = [
        "catalog.ttl", "catalog.rdf", "catalog.jsonld", "void.ttl", "sparql-examples.ttl", "guide.json", "guide.md",
        "llms.txt", "robots.txt",
        "opensearch.xml", "opensearch-en.xml", "sitemap.xml", "sitemap-1.xml", "sitemap-12.xml", "sitemap-.xml",
        "sitemaps.xml", "x/sitemap.xml",
        "sitemap-a.xml", "index.html", "sitemapxxml",
    ]  # fmt: skip
    given = {
        "catalog.ttl": f"<{BUILT.url}x> <{settings.PLACEHOLDER}y> é",
        "guide.json": json.dumps({"a": BUILT.url, "é": 1}, ensure_ascii=False),
        "guide.json ": json.dumps({"endpoint": "https://e.example/"}),
        "llms.txt": f"- {moved.SOMEWHERE}: {BUILT.url}",
        "robots.txt": f"Disallow: /lists/x\nDisallow: /\nSitemap: {BUILT.url}sitemap.xml",
    }
    froms = {
        "another host": (BUILT, "https://new.example/"), "a folder": (BUILT, "https://new.example/a/"),
        "the same": (BUILT, BUILT.url),
        "no address": (Manifest("2041.3"), "https://new.example/a/"),
        "an endpoint elsewhere": (Manifest("2041.3", BUILT.url, "https://s.example/q"), "https://new.example/"),
        "no endpoint": (Manifest("2041.3", BUILT.url), "https://new.example/"),
    }  # fmt: skip

    def told(name: str) -> object:
        move = moved.Move(*froms[name])
        return [
            move.needed,
            move.endpoint,
            {path: move.applied(path.strip(), text.encode()) for path, text in given.items()},
        ]

    return {**each(froms, told), "named": lambda: [path for path in paths if moved.names_its_address(path)]}


def of_withdrawals() -> Cases:
    one: dict[str, Any] = {"release": "2041.3", "reason": {"fr": "Dit deux fois.", "en": "Said twice."}}
    tables: list[object] = [
        {}, {"laureate/2041/a": one}, {"laureate/2041/a": {**one, "successor": "laureate/2041/b"}}, {"urn:x": one},
        {"http://x/": {**one, "successor": "https://y/"}},
        {"": one}, [], 1, {"a": 1}, {"a": {}}, {"a": {**one, "release": 1}}, {"a": {**one, "release": ""}},
        {"a": {**one, "reason": "x"}},
        {"a": {**one, "reason": {"fr": "x"}}}, {"a": {**one, "reason": {"fr": "x", "en": ""}}}, {"a": {**one,
        "reason": {"fr": 1, "en": "x"}}},
        {"a": {**one, "successor": 1}}, {"a": {**one, "successor": None}}, {"a" * 300: {}},
    ]  # fmt: skip
    table = {path: withdrawn.Withdrawal(BASE + path, "1", Both("x", "y")) for path in ("a/b", "a/b#c", "a")}
    paths = [
        *(
            "a/b",
            "a/b/",
            "a/b/en",
            "a/b/en/",
            "a/b/en/index.html",
            "a/b/index.html",
            "a/b.ttl",
            "a/b.jsonld",
            "a/b.nt",
            "a/b.rdf",
        ),
        *(
            "a/b.html",
            "a/b.nq",
            "a/b#c",
            "a/bc",
            "a/b/fr/",
            "a/b/en/x",
            "a/c",
            "",
            "a/b//",
            "a.ttl",
            "/a",
            "a/b/enx",
            "a/b.ttl/",
        ),
    ]
    return {
        **each(tables, lambda said: withdrawn.read(json.dumps(said).encode()), lambda said: json.dumps(said)[:120]),
        "no JSON": lambda: [outcome(partial(withdrawn.read, data)) for data in (b"", b"\xff", b"[" * 100_000)],
        "at": lambda: {path: found.iri for path in paths if (found := withdrawn.of(path, table))},
        "a line": lambda: withdrawn.of("a/b\n", table),
    }


def of_descriptions() -> Cases:
    def given(**more: Any) -> Any:
        return json.loads(openapi.document("2041.3", **{"endpoint": "", **more}))

    def parts(name: str, **more: Any) -> Cases:
        told = given(**more)
        paths = told.pop("paths")
        pieces = {**{key: value for key, value in told.items() if key != "components"}, **told["components"]["schemas"]}
        # each by its own call: what is said of one path is a case
        one = {f"{name} {path}": lambda path=path: given(**more)["paths"].get(path) for path in paths}
        return {**one, f"{name}: the rest": lambda: pieces, f"{name}: its paths": lambda: list(paths)}

    def layout() -> object:
        data = openapi.document("", "https://e.example/a/q", site="https://e.example/a/").decode()
        return [data[:300], data[-60:], data.endswith("}\n"), "é" in data]

    served = {"site": "https://data.example/lists/", "endpoint": "https://data.example/lists/sparql", "served": True}
    return {
        **parts("served", **served),
        **{f"files: {path}": partial(dict, entry) for path, entry in given()["paths"].items()},
        "files: the rest": lambda: {**given(), "paths": list(given()["paths"])},
        "an endpoint elsewhere": lambda: {**given(endpoint="https://s.example/a/q",
        site="https://d.example/")["paths"]["/q"], "get": 0, "post": 0},
        "an endpoint here": lambda: "servers" in given(endpoint="https://d.example/q",
        site="https://d.example/")["paths"]["/q"],
        "little is there": lambda: list(given(there=lambda path: path in ("void.ttl", "guide.md",
        "catalog.ttl"))["paths"]),
        "what is looked for": lambda: looked(given),
        "no version": layout,
        "an operation": lambda: [operations.get("s", {"2": operations.said("b"), "1": operations.said("a", "x/y", "x/y",
        schema="S")}),
            operations.in_query("q", "t", {"format": "iri"}, enum=["a"], more=1), operations.in_query("q", "t",
            {"type": "boolean"}), operations.in_query("q", "t")],
    }  # fmt: skip


def looked(given: Callable[..., Any]) -> list[str]:
    found: list[str] = []

    def there(path: str) -> bool:
        found.append(path)
        return False

    given(there=there)
    return found


def of_configurations() -> Cases:
    def pieces(text: str) -> Iterator[str]:
        """`text` in pieces of lines, each as long as one line of the file of cases shows."""
        piece = ""
        for line in text.splitlines(keepends=True):
            if piece and len(piece) + len(line) > 2400:
                yield piece
                piece = ""
            piece += line
        yield piece

    every = {
        f"{path} {number}": piece
        for path, text in configuration.files(SITE)
        for number, piece in enumerate(pieces(text), 1)
    }
    bare = Rules("https://data.example/", (), (), {}, Signposts())
    return {
        **{name: partial(str, piece) for name, piece in every.items()},
        "of a bare site": lambda: [[bare.root, bare.name, bare.types], {path: len(text) > 100 for path,
        text in configuration.files(bare)}],
        "rules": lambda: [SITE.root, SITE.name, SITE.types, SITE.of_files, rules.OWN, Rules("x", (), (), {},
        Signposts()).name],
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "accept": of_accept, "formats": of_formats, "profiles": of_profiles, "documents": of_documents,
    "signposts": of_signposts, "settings": of_settings, "manifest": of_manifests, "moved": of_moves,
    "withdrawn": of_withdrawals, "openapi": of_descriptions, "configuration": of_configurations,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_hosts_are_told_and_answer_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
