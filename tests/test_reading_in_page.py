"""The reader's own files in the page: read by the rules of the command line, asked of both."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from test_web import node
from trophees.ask import engine
from trophees.base.errors import UserError
from trophees.base.namespaces import RDF
from trophees.graph import published
from trophees.reading import document
from trophees.site.scripts import BUNDLE, ENGINE, WEB

HEAD = f'<r:RDF xmlns:r="{RDF}" xmlns:u="urn:">'
XML = f'{HEAD}<r:Description r:about="urn:s"><u:name>Écully</u:name></r:Description></r:RDF>'
TYPED = XML.replace("<u:name>", f'<u:name r:datatype="{RDF}langString" xml:lang="fr">')
LATIN = f"<?xml version='1.0' encoding='iso-8859-1'?>\n{XML}"
RDF_JSON = json.dumps({"urn:s": {"urn:p": [{"type": "literal", "value": "x"}]}})
JSON_LD = json.dumps({"@id": "urn:s", "urn:p": {"@value": "x", "@type": "urn:t"}})
FILES: dict[str, tuple[bytes, str]] = {
    "marked Turtle": ("<urn:s> <urn:name> 'Écully' .".encode("utf-8-sig"), "ttl"),
    "Turtle in UTF-16": ("<urn:s> <urn:name> 'Écully' .".encode("utf-16"), "ttl"),
    "Turtle in Latin-1": ("<urn:s> <urn:name> 'Écully' .".encode("latin-1"), "ttl"),
    "RDF/XML": (XML.encode(), "rdf"),
    "RDF/XML in Latin-1": (LATIN.encode("latin-1"), "rdf"),
    "RDF/XML in UTF-16": (LATIN.replace("iso-8859-1", "utf-16").encode("utf-16"), "rdf"),
    "RDF/XML in no encoding": (LATIN.replace("iso-8859-1", "klingon").encode(), "rdf"),
    "RDF/XML with a comment after it": (f"<!-- <a> -->{XML}\n<!-- </b> -->\n".encode(), "rdf"),
    "RDF/XML that is one element": (f'<r:RDF xmlns:r="{RDF}"/>'.encode(), "rdf"),
    "RDF/XML cut between statements": (XML.removesuffix("</r:RDF>").encode(), "rdf"),
    "RDF/XML cut in a tag": (XML[:-3].encode(), "rdf"),
    "no RDF/XML": (b"", "rdf"),
    "a language and its datatype": (TYPED.encode(), "rdf"),
    "TriX": (b'<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph/></TriX>', "rdf"),
    "RDF/JSON": (RDF_JSON.encode(), "jsonld"),
    "JSON-LD": (JSON_LD.encode(), "jsonld"),
    "marked JSON-LD": (JSON_LD.encode("utf-8-sig"), "jsonld"),
}
SCRIPT = f"""
import {{ text }} from "node:stream/consumers";
import {{ ready }} from "{(WEB / "reading.js").as_uri()}";
const told = JSON.parse(await text(process.stdin)).map(([data, format]) => {{
  try {{ return {{ text: ready(new Uint8Array(Buffer.from(data, "base64")), format) }}; }}
  catch (error) {{ return {{ error: error.message }}; }}
}});
process.stdout.write(JSON.stringify(told));
"""


@pytest.fixture(scope="module")
def in_page() -> dict[str, dict[str, str]]:
    """What the page makes of each file: its text, or why there is none."""
    given = [[base64.b64encode(data).decode(), form] for data, form in FILES.values()]
    return dict(zip(FILES, node(SCRIPT, given), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_page_and_command_line_read_the_same(name: str, in_page: dict[str, dict[str, str]]) -> None:
    data, extension = FILES[name]
    form = RdfFormat.from_extension(extension)
    assert form is not None
    try:
        ready = document.ready(data, form, "a", None, str)
    except UserError:
        assert "error" in in_page[name]
        return
    found = [str(quad) for quad in parse(in_page[name]["text"].encode(), format=form)]
    assert found == [str(quad) for quad in parse(ready, format=form)]


def test_the_page_knows_every_extension_of_the_command_line() -> None:
    listed = (WEB / "own.js").read_text("utf-8")
    for extension, form in document.FORMATS.items():
        known = f'"{extension}"' if "-" in extension else extension
        assert f'{known}: "{form.file_extension}"' in listed


def test_a_prefix_called_from_names_no_graph_in_the_page() -> None:
    texts = ["PREFIX from: <urn:x> ASK { from:s ?p ?o }", "SELECT * FROM <urn:g> {}", "SELECT * FROM :g {}", "ASK {}"]
    script = f"""
import {{ text }} from "node:stream/consumers";
import {{ namesItsGraphs }} from "{(WEB / "sparql.js").as_uri()}";
process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(namesItsGraphs)));
"""
    assert node(script, texts) == [engine.names_graphs(text) for text in texts] == [False, True, True, False]


SAID = {
    "empty.ttl": (b"# nothing", "ttl"),
    "text.json": (b'"abc"', "jsonld"),
    "empty.json": (b"{}", "jsonld"),
    "a.rdf": (
        f'{HEAD}<r:Description r:about="urn:s" xml:lang="fr"><u:name xml:lang="">a</u:name><u:name>b</u:name>'
        "</r:Description></r:RDF>".encode(),
        "rdf",
    ),
}


def test_the_page_tells_of_a_file_that_says_nothing_and_of_no_language_what_xml_says() -> None:
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ opened }} from {json.dumps(Path(__file__).with_name("worker.mjs").as_uri())};
        const {{ paths, files }} = JSON.parse(await text(process.stdin));
        const ask = await opened(paths);
        const told = [];
        for (const [name, [data, format]] of Object.entries(files)) {{
          const file = {{ data: Buffer.from(data, "base64"), format, extension: format, name: `file:///${{name}}` }};
          const {{ value }} = await ask(name, "add", file);
          told.push([value.added, value.notes.map(([key]) => key)]);
        }}
        const asked = "SELECT ?o (LANG(?o) AS ?l) {{ GRAPH <file:///a.rdf> {{ ?s ?p ?o }} }} ORDER BY ?o";
        const {{ value }} = await ask("q", "query", {{ text: asked }});
        told.push(value.result.results.bindings.map(({{ o, l }}) => [o.value, l.value]));
        process.stdout.write(JSON.stringify(told));
    """
    paths = {"worker": BUNDLE / "worker.js", "wasm": BUNDLE / ENGINE, "graph": published.path(published.GRAPH)}
    files = {name: (base64.b64encode(data).decode(), form) for name, (data, form) in SAID.items()}
    told = node(script, {"paths": {name: str(path) for name, path in paths.items()}, "files": files})
    nothing = [0, ["nothing"]]
    assert told == [nothing, nothing, nothing, [2, []], [["a", ""], ["b", "fr"]]]
