"""`trophees load`: the graphs of a dump into a store; what changed alone; interrupted, refused, deceived."""

from __future__ import annotations

import configparser
import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click.testing
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from conftest import Run
from endpoints import Asked, endpoint, response
from graph_stores import GraphStore, graph_store
from trophees.ask import transport
from trophees.base.namespaces import GRAPH, XSD
from trophees.fill import graphs, verify
from trophees.fill.graphs import split
from trophees.fill.state import STATE
from trophees.fill.told import StoppedError

LOADED = "loaded"
MOMENT = XSD + "dateTime"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a hundredth of the time between attempts; use no proxy and no credentials of whoever runs the tests."""
    monkeypatch.setattr(transport, "_FIRST_WAIT", 0.005)
    monkeypatch.setenv("NETRC", "/nonexistent")
    monkeypatch.setenv("no_proxy", "*")
    for name in ("TROPHEES_USER", "TROPHEES_PASSWORD", "TROPHEES_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store() -> Iterator[GraphStore]:
    with graph_store() as found:
        yield found


def quads(graph: str, count: int, text: str = "") -> list[Quad]:
    """So many statements of a graph, two of a subject."""
    name = NamedNode(graph if ":" in graph else GRAPH + graph)
    return [
        Quad(NamedNode(f"urn:s{n // 2:06}"), NamedNode(f"urn:p{n % 2}"), Literal(f"{n}{text}", language="fr"), name)
        for n in range(count)
    ]


def dumped(path: Path, *found: list[Quad]) -> Path:
    data = serialize([quad for some in found for quad in some], format=RdfFormat.N_QUADS) or b""
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return dumped(tmp_path / "some.nq", quads("a", 10), quads("b", 6), quads("urn:c", 1))


@pytest.fixture
def load(run: Run, store: GraphStore) -> Callable[..., click.testing.Result]:
    return lambda dump, *words, **given: run("load", dump, "--endpoint", store.query, *words, **given)


Load = Callable[..., click.testing.Result]


def test_each_graph_is_sent_and_seen_to_be_there(load: Load, store: GraphStore, dump: Path) -> None:
    done = load(dump)
    assert done.exit_code == 0, done.output
    assert store.counted() == {"a": 10, "b": 6, "urn:c": 1, LOADED: 9}
    assert done.stdout.splitlines()[0] == f"{GRAPH}a: 10 statements to send (320 bytes, in 1 piece)"
    assert done.stdout.splitlines()[-1] == f"{store.query}: 3 graphs, 17 statements counted, 15 compared, 0 wrong"
    assert store.writes == [f"PUT {LOADED}", "PUT a", f"PUT {LOADED}", f"PUT {LOADED}", "PUT b", f"PUT {LOADED}",
                            f"PUT {LOADED}", "PUT urn:c", f"PUT {LOADED}"]  # fmt: skip


def test_in_french(load: Load, dump: Path) -> None:
    done = load(dump, "--lang", "fr")
    assert "10 énoncés à envoyer (320 octets, en 1 fois)" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("3 graphes, 17 énoncés comptés, 15 comparés, 0 en faute")


def test_what_did_not_change_is_not_sent_again(load: Load, store: GraphStore, dump: Path, tmp_path: Path) -> None:
    load(dump)
    store.writes.clear()
    assert "a: 10 statements, unchanged" in load(dump).stdout
    assert store.writes == []
    changed = dumped(tmp_path / "other.nq.gz", quads("a", 10), quads("b", 7), quads("urn:c", 1))
    assert load(changed).exit_code == 0
    assert [write for write in store.writes if LOADED not in write] == ["PUT b"]
    assert store.counted()["b"] == 7


def test_the_order_of_the_dump_and_its_form_change_nothing(load: Load, store: GraphStore, tmp_path: Path) -> None:
    found = [*quads("a", 10), *quads("b", 6)]
    load(dumped(tmp_path / "some.nq", found))
    store.writes.clear()
    load(dumped(tmp_path / "mixed.nq", found[::-1], found))
    trig = tmp_path / "some.trig"
    trig.write_bytes(serialize(found, format=RdfFormat.TRIG) or b"")
    load(trig)
    assert store.writes == []


def test_a_dry_run_sends_nothing(load: Load, store: GraphStore, dump: Path) -> None:
    done = load(dump, "--dry-run")
    assert (done.exit_code, store.writes) == (0, [])
    assert len(done.stdout.splitlines()) == 3
    load(dump)
    store.writes.clear()
    assert "unchanged" in load(dump, "--dry-run").stdout
    assert store.writes == []


@pytest.mark.parametrize("number", range(1, 10))
def test_interrupted_at_any_write_the_same_command_goes_on(
    load: Load, store: GraphStore, dump: Path, number: int
) -> None:
    store.failing = {number}
    stopped = load(dump)
    assert stopped.exit_code == 2
    assert stopped.stderr.endswith("(507, “out of room”); the same command goes on from there\n")
    store.failing = ()
    assert load(dump).exit_code == 0
    assert store.counted() == {"a": 10, "b": 6, "urn:c": 1, LOADED: 9}


def test_a_large_graph_goes_in_pieces_and_goes_on_in_the_middle(
    load: Load, store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs, "PIECE", 1000)
    dump = dumped(tmp_path / "large.nq", quads("a", 200))
    store.failing = {6}
    assert load(dump).exit_code == 2
    assert [write for write in store.writes if LOADED not in write] == ["PUT a", "POST a", "POST a"]
    there = store.counted()["a"]
    store.failing = ()
    store.writes.clear()
    done = load(dump)
    assert f"a: {200 - there} of 200 statements to send" in done.stdout
    assert all(write != "PUT a" for write in store.writes)
    assert done.exit_code == 0
    assert store.counted()["a"] == 200


def test_a_piece_that_came_and_was_not_noted_is_sent_again(
    load: Load, store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs, "PIECE", 1000)
    dump = dumped(tmp_path / "large.nq", quads("a", 200))
    store.failing = {5}  # the note of the second piece
    assert load(dump).exit_code == 2
    store.failing = ()
    assert load(dump).exit_code == 0
    assert store.counted()["a"] == 200


def test_a_graph_that_no_load_put_there_is_not_touched(load: Load, store: GraphStore, dump: Path) -> None:
    theirs = quads("b", 3, " theirs")
    store.graph.extend([*theirs, *quads("urn:theirs", 4)])
    refused = load(dump)
    assert refused.exit_code == 2
    assert refused.stderr == (
        f"trophees: {store.query}: no load put {GRAPH}b there: --replace replaces what is there\n"
    )
    assert store.writes == []
    assert set(store.graph.quads_for_pattern(None, None, None, theirs[0].graph_name)) == set(theirs)
    assert load(dump, "--replace").exit_code == 0
    assert store.counted() == {"a": 10, "b": 6, "urn:c": 1, "urn:theirs": 4, LOADED: 9}


def test_a_graph_that_others_changed_is_sent_again(load: Load, store: GraphStore, dump: Path) -> None:
    load(dump)
    store.graph.remove(quads("a", 10)[3])
    store.writes.clear()
    assert load(dump).exit_code == 0
    assert "PUT a" in store.writes
    assert store.counted()["a"] == 10


def test_a_store_that_was_emptied_is_filled_again(load: Load, store: GraphStore, dump: Path) -> None:
    load(dump)
    store.graph.clear()
    assert load(dump).exit_code == 0
    assert store.counted() == {"a": 10, "b": 6, "urn:c": 1, LOADED: 9}


def test_a_graph_that_is_gone_is_removed_if_it_is_wished(
    load: Load, store: GraphStore, dump: Path, tmp_path: Path
) -> None:
    load(dump)
    store.graph.extend(quads("urn:theirs", 4))
    fewer = dumped(tmp_path / "fewer.nq", quads("a", 10))
    kept = load(fewer)
    assert f"{GRAPH}b: loaded before, not in this file: --remove takes it away" in kept.stdout
    assert store.counted()["b"] == 6
    assert load(fewer, "--remove").exit_code == 0
    assert store.counted() == {"a": 10, "urn:theirs": 4, LOADED: 3}


def test_statements_that_got_lost_are_found(load: Load, store: GraphStore, dump: Path) -> None:
    """By their number; a store that says that all is well is not believed."""
    store.change = lambda body: body.rpartition(b"<urn:s000004>")[0] or body
    done = load(dump)
    assert done.exit_code == 1
    assert f"{GRAPH}a: 9 statements, 10 expected" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("1 wrong")


def test_statements_that_were_changed_on_the_way_are_found(load: Load, store: GraphStore, dump: Path) -> None:
    store.change = lambda body: body.replace(b'"9"@fr', b'"9"@en')
    done = load(dump)
    assert done.exit_code == 1
    assert f"{GRAPH}a: <urn:s000004> is not there as it was sent" in done.stdout
    assert 'missing: <urn:s000004> <urn:p1> "9"@fr' in done.stdout


@pytest.mark.parametrize(("sent", "given", "same"), [
    ('"true"^^xsd:boolean', {"value": "1", "datatype": XSD + "boolean"}, True),
    ('"true"^^xsd:boolean', {"value": "0", "datatype": XSD + "boolean"}, False),
    ('"1.50"^^xsd:decimal', {"value": "1.5", "datatype": XSD + "decimal"}, True),
    ('"007"^^xsd:integer', {"value": "7", "datatype": XSD + "int"}, True),
    ('"1"^^xsd:integer', {"value": "1"}, False),
    ('"nought"^^xsd:integer', {"value": "none", "datatype": XSD + "integer"}, False),
    ('"2020-01-01T00:00:00Z"^^xsd:dateTime', {"value": "2020-01-01T00:00:00+00:00", "datatype": MOMENT}, True),
    ('"one day"^^xsd:dateTime', {"value": "a day", "datatype": MOMENT}, False),
    ('"0aF"^^xsd:hexBinary', {"value": "0AF", "datatype": XSD + "hexBinary"}, True),
    ('"été"', {"value": "?t?"}, False),
    ('"a"@fr', {"value": "a", "xml:lang": "en"}, False),
])  # fmt: skip
def test_another_form_of_the_same_value_is_told_and_is_not_wrong(
    load: Load, store: GraphStore, tmp_path: Path, sent: str, given: dict[str, str], same: bool
) -> None:
    dump = tmp_path / "one.nq"
    whole = re.sub("xsd:([a-zA-Z]+)", f"<{XSD}\\1>", sent)
    dump.write_text(f"<urn:s> <urn:p> {whole} <urn:g> .\n", "utf-8")

    def answered(query: str, body: bytes) -> bytes:
        row = {"p": {"type": "uri", "value": "urn:p"}, "o": {"type": "literal", **given}}
        rows = {"head": {"vars": ["p", "o"]}, "results": {"bindings": [row]}}
        return response(json.dumps(rows).encode() if "<urn:s>" in query else body)

    store.answered = answered
    done = load(dump)
    assert done.exit_code == (0 if same else 1), done.stdout
    assert ("in another form of the same value" in done.stdout) == same


# endpoints that are not to be trusted


@pytest.mark.parametrize(("answer", "said"), [
    (response(b"<!doctype html><title>Log in</title>", "text/html"), "answers with a web page"),
    (response(b'{"head":{"vars":["n"]},"results":{"bindings":[', "application/sparql-results+json"), "is cut off"),
    (response(b"busy", "text/plain", 503), "busy"),
    (response(status=401), "asks for credentials"),
    (b"", "no answer that is HTTP"),
])  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_endpoint_that_answers_no_question_is_told_in_a_sentence(
    run: Run, dump: Path, answer: bytes, said: str, language: str
) -> None:
    with endpoint(answer) as server:
        done = run("load", dump, "--endpoint", server.url, "--graph-store", server.url, "--lang", language)
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert server.url in done.stderr
    assert ("reprend" in done.stderr) == (language == "fr")
    assert language == "fr" or said in done.stderr
    assert all(asked.method != "PUT" for asked in server.asked)


def test_a_part_of_an_answer_is_no_answer(load: Load, store: GraphStore, dump: Path) -> None:
    """Virtuoso ends a query that takes long, and says so in a header alone."""
    load(dump)
    store.answered = lambda _, body: response(body, x_sql_state="S1TAT", x_sql_message="anytime")
    done = load(dump)
    assert done.exit_code == 2
    assert "incomplete" in done.stderr


def test_a_store_that_goes_away_in_the_middle_is_told(load: Load, store: GraphStore, dump: Path) -> None:
    store.failing, store.failure = range(4, 100), b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    done = load(dump)
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "the answer is cut off; the same command goes on from there" in done.stderr


def test_an_endpoint_of_an_unknown_kind_is_asked_where_its_graphs_are(run: Run, dump: Path) -> None:
    with endpoint(response(b'{"head":{},"boolean":true}')) as server:
        done = run("load", dump, "--endpoint", server.url)
    assert done.stderr == f"trophees: {server.url}: where its graphs are is not known: give --graph-store URL\n"


@pytest.mark.parametrize(("server", "endpoint_path", "found"), [
    ("Virtuoso/07.20.3229 (Linux)", "/sparql", "/sparql-graph-crud-auth"),
    ("Oxigraph/0.5.13", "/query", "/store"),
    ("Apache Jena Fuseki (5.6.0)", "/ds/sparql", "/ds/data"),
    ("Apache Jena Fuseki (5.6.0)", "/ds/query", "/ds/data"),
    ("Apache-Coyote/1.1", "/repositories/mine", "/repositories/mine/rdf-graphs/service"),
])  # fmt: skip
def test_the_customs_of_stores_tell_where_their_graphs_are(server: str, endpoint_path: str, found: str) -> None:
    from trophees.fill.store import Store

    with endpoint(response(b'{"head":{},"boolean":true}', server=server)) as there:
        root = there.url.removesuffix("/sparql")
        assert Store(root + endpoint_path, None, 5, None).graphs == root + found


# who asks


def digest_of(*parts: str) -> str:
    return hashlib.md5(":".join(parts).encode()).hexdigest()


def protected(store: GraphStore, scheme: str) -> Callable[[Asked], bytes]:
    """The store, which writes nothing for who is not called ada, with the password 42."""
    nonces: list[str] = []

    def answer(asked: Asked) -> bytes:
        if asked.method == "GET":
            return store.answer(asked)
        given = asked.headers.get("authorization", "")
        if scheme == "bearer":
            return store.answer(asked) if given == "Bearer t0k" else response(status=401)
        if scheme == "basic":
            good = given == "Basic YWRhOjQy"
            return store.answer(asked) if good else response(status=401, www_authenticate='Basic realm="x"')
        if given.startswith("Basic"):
            return response(status=401)  # as Virtuoso does
        if given.startswith("Digest"):
            import urllib.request as web

            said = web.parse_keqv_list(web.parse_http_list(given.removeprefix("Digest ")))
            one = digest_of("ada", "SPARQL", "42")
            expected = digest_of(
                one, said["nonce"], said["nc"], said["cnonce"], "auth", digest_of(asked.method, asked.target)
            )
            if said["response"] == expected and said["nonce"] in nonces:
                nonces.append(said["nc"])
                return store.answer(asked)
        nonces.append(f"n{len(nonces)}")
        return response(
            status=401, www_authenticate=f'Digest realm="SPARQL", nonce="{nonces[-1]}", qop="auth", algorithm="MD5"'
        )

    return answer


@pytest.mark.parametrize("scheme", ["basic", "digest", "bearer"])
def test_who_asks_is_told_in_the_way_that_the_store_wants(
    run: Run, store: GraphStore, dump: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoint(protected(store, scheme)) as server:
        words = ("load", dump, "--endpoint", server.url.replace("/sparql", "/query"))
        refused = run(*words)
        assert refused.exit_code == 2
        assert "TROPHEES_USER and TROPHEES_PASSWORD, or ~/.netrc" in refused.stderr
        if scheme == "bearer":
            monkeypatch.setenv("TROPHEES_TOKEN", "t0k")
        else:
            monkeypatch.setenv("TROPHEES_USER", "ada")
            monkeypatch.setenv("TROPHEES_PASSWORD", "wrong")
            assert run(*words).exit_code == 2
            monkeypatch.setenv("TROPHEES_PASSWORD", "42")
        done = run(*words)
    assert done.exit_code == 0, done.output
    assert store.counted()["a"] == 10


def test_netrc_tells_who_asks_too(
    run: Run, store: GraphStore, dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login ada password 42\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    with endpoint(protected(store, "digest")) as server:
        assert run("load", dump, "--endpoint", server.url.replace("/sparql", "/query")).exit_code == 0


def test_half_of_the_credentials_is_refused(load: Load, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROPHEES_USER", "ada")
    assert load(dump).stderr == "trophees: TROPHEES_PASSWORD is not set: both are needed, or neither\n"


def test_credentials_go_to_one_host_alone_and_in_clear_over_https_alone() -> None:
    from urllib.request import Request

    from trophees.ask.credentials import Credentials

    known = Credentials("http://data.example.org/sparql", "ada", "42")
    assert known.headers(Request("http://data.example.org/store")) == {}
    assert known.challenged(['Digest realm="x", nonce="1", qop="auth"'])
    assert known.headers(Request("http://data.example.org/store"))["Authorization"].startswith("Digest ")
    assert known.headers(Request("http://other.example.org/store")) == {}
    safe = Credentials("https://data.example.org/sparql", "ada", "42")
    assert safe.headers(Request("https://data.example.org/store")) == {"Authorization": "Basic YWRhOjQy"}
    assert safe.headers(Request("http://data.example.org/store")) == {}
    assert not Credentials("https://data.example.org/", token="t").challenged([])


# dumps


def test_the_sum_of_a_graph_is_that_of_its_sorted_triples(tmp_path: Path) -> None:
    found = quads("a", 100)
    dump = dumped(tmp_path / "some.nq", found[::-1], quads("b", 3))
    one, _ = split(dump, tmp_path)
    lines = sorted(f"{quad.triple} .\n".encode() for quad in found)
    assert one.file.read_bytes() == b"".join(lines)
    assert (one.name.value, one.statements, one.sum) == (GRAPH + "a", 100, hashlib.sha256(b"".join(lines)).hexdigest())


@pytest.mark.parametrize(("name", "text", "said"), [
    ("a.nq", "<urn:s> <urn:p> <urn:o> .", "is in no named graph: give it one"),
    ("a.nq", "_:b <urn:p> <urn:o> <urn:g> .", "has a blank node"),
    ("a.nq", "<urn:s> <urn:p> <<( <urn:s> <urn:p> <urn:o> )>> <urn:g> .", "has a blank node, or what RDF 1.1 has not"),
    ("a.nq", '<urn:s> <urn:p> "a"@en--ltr <urn:g> .', "has a blank node, or what RDF 1.1 has not"),
    ("a.nq", "<urn:s> <urn:p> <urn:g> <urn:o> .\nnonsense", "a.nq:2: "),
    ("a.trig", "<urn:g> { <urn:s> <urn:p> ", "a.trig:1: "),
    ("a.nq.gz", "no gzip", "cannot be read"),
    ("a.nq", "", "has no graph"),
    ("a.ttl", "<urn:s> <urn:p> <urn:o> .", "N-Quads (.nq) or TriG (.trig) are expected, plain or as .gz"),
])  # fmt: skip
def test_a_dump_that_cannot_be_loaded_is_refused_before_anything_is_sent(
    load: Load, store: GraphStore, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    done = load(tmp_path / name)
    assert done.exit_code == 2
    assert said in done.stderr
    assert store.writes == []


def test_a_file_that_is_not_there_is_told(load: Load, tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory)" in load(tmp_path / "none.nq").stderr


def test_samples_are_whole_subjects_from_all_over_a_graph(tmp_path: Path) -> None:
    one = split(dumped(tmp_path / "some.nq", quads("a", 1000)), tmp_path)[0]
    found = dict(verify.samples(one))
    assert len(found) == verify.SUBJECTS
    assert all(len(triples) == 2 for triples in found.values())
    numbers = sorted(int(subject.value.removeprefix("urn:s")) for subject in found)
    assert numbers[0] == 0
    assert numbers[-1] > 400


def test_what_was_loaded_is_told_in_the_store_itself(load: Load, store: GraphStore, dump: Path) -> None:
    load(dump)
    found = {str(quad.object) for quad in store.graph.quads_for_pattern(None, None, None, STATE)}
    assert {f"<{GRAPH}a>", f"<{GRAPH}b>", "<urn:c>"} <= found
    assert not list(store.graph.quads_for_pattern(None, None, None, DefaultGraph()))


def test_a_fault_is_told_by_its_class() -> None:
    from trophees.base.language import Both

    assert str(StoppedError(Both("un", "one"))) == "one"


# files for bulk loaders


def test_files_for_virtuoso_are_of_what_changed(load: Load, store: GraphStore, dump: Path, tmp_path: Path) -> None:
    load(dump)
    store.writes.clear()
    changed = dumped(tmp_path / "other.nq", quads("a", 10), quads("b", 7), quads("urn:c", 1))
    done = load(changed, "--files", "virtuoso", "-o", tmp_path / "it's")
    assert done.stdout == f"{tmp_path}/it's: 3 files for virtuoso\n"
    assert store.writes == []
    lines = gzip.decompress((tmp_path / "it's" / "0.nt.gz").read_bytes())
    assert lines.count(b"\n") == 7
    assert store.counted()["b"] == 6
    script = (tmp_path / "it's" / "load.sql").read_text()
    assert f"SPARQL CLEAR GRAPH <{GRAPH}b>;\nld_add('{tmp_path}/it''s/0.nt.gz', '{GRAPH}b');\n" in script
    assert f"{GRAPH}a" not in script
    # what the loader would have done
    store.graph.remove_graph(STATE)
    store.graph.load(lines, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(GRAPH + "b"))
    state = gzip.decompress((tmp_path / "it's" / "1.nt.gz").read_bytes())
    store.graph.load(state, format=RdfFormat.N_TRIPLES, to_graph=STATE)
    assert load(changed).exit_code == 0
    assert store.writes == []


def test_files_for_qlever_are_the_whole_dump(run: Run, dump: Path, tmp_path: Path) -> None:
    done = run("load", dump, "--files", "qlever", "-o", tmp_path / "new" / "files", "--lang", "fr")
    assert done.stdout == f"{tmp_path}/new/files : 2 fichiers pour qlever\n"
    data = gzip.decompress((tmp_path / "new" / "files" / "trophees.nq.gz").read_bytes())
    found = Counter(quad.graph_name.value for quad in parse(data, format=RdfFormat.N_QUADS))
    assert found == {GRAPH + "a": 10, GRAPH + "b": 6, "urn:c": 1, GRAPH + LOADED: 9}
    settings = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
    settings.read(tmp_path / "new" / "files" / "Qleverfile")
    assert settings["index"]["CAT_INPUT_FILES"] == "zcat trophees.nq.gz"
    assert settings["data"]["FORMAT"] == "nq"


@pytest.mark.parametrize(("words", "said"), [
    ((), "a store is expected: --endpoint URL, or files for one: --files"),
    (("--files", "qlever"), "--files and -o FOLDER are for each other"),
    (("-o", "x"), "--files and -o FOLDER are for each other"),
])  # fmt: skip
def test_a_store_or_a_folder_is_expected(run: Run, dump: Path, words: tuple[str, ...], said: str) -> None:
    assert run("load", dump, *words).stderr == f"trophees: {said}\n"


def test_a_folder_that_has_something_is_left_as_it_is(run: Run, dump: Path, tmp_path: Path) -> None:
    done = run("load", dump, "--files", "virtuoso", "-o", tmp_path)
    assert done.stderr == f"trophees: {tmp_path}: an empty folder is expected\n"
    assert [path.name for path in tmp_path.iterdir()] == [dump.name]
