"""A citation says all that it takes to verify it; what is verified is computed anew, and says what became of it."""

from __future__ import annotations

import hashlib
import re
import textwrap
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from conftest import Run
from trophees.ask import citing, fingerprint
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.citation import Citation, read
from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES, Language
from trophees.base.namespaces import BASE, DCAT, RDF_TYPE
from trophees.publish.feeds.history import Past
from trophees.release import past
from trophees.release.checkout import Project

FACT = f"{BASE}laureate/2041/a#indicator-1"
SHA, OTHER = "0123456789abcdef" * 4, "fedcba9876543210" * 4
WHOLE = Citation(
    iri=FACT, titles=("Le « budget »", "A: b"), dataset="Lauréats", publishers=("Graphe ouvert",), version="2041.3",
    day="2041-02-03", sha256=SHA, licence="https://licence.example/", source="Éditeur, rapport 2041, version 2.",
    section="LE FOCUS", pages="8-9", printed="130 000€ (version 1)", answer=OTHER,
)  # fmt: skip


# -- the text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_citation_says_is_read_again_from_its_text(language: Language) -> None:
    text = WHOLE.text(language)
    found = read(text)
    for name in ("iri", "version", "day", "sha256", "printed", "answer"):
        assert getattr(found, name) == getattr(WHOLE, name), name
    for width in (20, 40, 70):
        broken = read(textwrap.fill(text, width, break_long_words=True, break_on_hyphens=False).replace("\n", "\n  "))
        assert (broken.sha256, broken.answer, broken.version) == (SHA, OTHER, "2041.3"), width


@pytest.mark.parametrize("text", [
    f"@misc{{x, version = {{2041.3}}, date = {{2041-02-03}}, url = {{{FACT}}}, note = {{SHA-256: {SHA}}}}}",
    f"TY  - DATA\nET  - 2041.3\nDA  - 2041-02-03\nUR  - {FACT}\nN1  - SHA256 {SHA.upper()}\nER  -",
    f"{FACT}, VERSION : 2041.3 (2041-02-03), SHA-256 = {SHA[:32]} {SHA[32:]}",
])  # fmt: skip
def test_a_citation_is_read_from_the_formats_of_reference_managers(text: str) -> None:
    found = read(text)
    assert (found.iri, found.version, found.day, found.sha256) == (FACT, "2041.3", "2041-02-03", SHA)


def test_a_query_in_the_address_of_the_playground_is_read_and_is_no_thing() -> None:
    found = read(f"{BASE}playground/#query=ASK%20%7B%20%3Fs%20%3Fp%20%22a%26b%22%20%7D&run=1")
    assert found.query == 'ASK { ?s ?p "a&b" }'
    assert found.iri == f"{BASE}playground/"


@pytest.mark.parametrize("text", ["", "bonjour", f"SHA-256: {SHA[:-1]}", f"SHA-256: {SHA}0", "version 2"])
def test_what_says_nothing_is_read_as_nothing(text: str) -> None:
    assert read(text) == Citation()


def test_the_citation_of_a_fact_names_its_own_source_and_no_page_of_another(project: Project, store: Store) -> None:
    graph = Embedded(store, project.context.prefixes)
    told = citing.cite(graph, "laureate:2020/cachan#indicator-5", project.context, "fr", SHA)
    assert (told.section, told.pages, told.printed, told.sha256) == ("LE FOCUS", "8-9", "130 000€", SHA)
    other = citing.cite(graph, "laureate:2020/cachan#account-1", project.context, "fr", "")
    assert other.source.startswith("Décider ensemble, fiches")
    assert other.pages == ""
    assert "SHA-256" not in other.text("fr")


# -- the sums


def test_the_sum_of_the_graph_is_that_of_its_file(store: Store, files: dict[str, bytes]) -> None:
    assert fingerprint.of_quads(store) == hashlib.sha256(files["dumps/trophees.nq"]).hexdigest()


def asked(query: str, *lines: str) -> str:
    store = Store()
    store.load("\n".join(lines).encode(), format=RdfFormat.N_QUADS)
    return fingerprint.of_answer(Embedded(store).ask(Question("query", query)))


def test_the_sum_of_an_answer_depends_on_what_it_says_alone() -> None:
    data = ('<urn:a> <urn:p> "1" <urn:g> .', '<urn:b> <urn:p> "2"@fr <urn:g> .')
    told = asked("SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY ?s", *data)
    assert told == hashlib.sha256(b'?s\t?o\t?none\n<urn:a>\t"1"\t\n<urn:b>\t"2"@fr\t\n').hexdigest()
    assert asked("SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY DESC(?s)", *data) == told
    assert asked("SELECT ?s ?o ?none { ?s ?p ?o } LIMIT 1", *data) != told
    assert asked("SELECT (?s AS ?t) ?o ?none { ?s ?p ?o }", *data) != told
    assert asked("ASK { <urn:a> ?p ?o }", *data) == hashlib.sha256(b"true\n").hexdigest()
    assert (
        asked("CONSTRUCT { ?s <urn:q> 1 } { ?s ?p '1' }", *data)
        == hashlib.sha256(b'<urn:a> <urn:q> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n').hexdigest()
    )
    with pytest.raises(UserError, match="blank nodes"):
        asked("SELECT ?s { ?s ?p ?o }", "_:x <urn:p> <urn:o> <urn:g> .")


# -- what is verified


def lines(version: str, *said: str) -> list[bytes]:
    """A release that says what it is, and `said`, whose `/` begins an IRI of ours and `:` a term of the ontology."""
    dataset = f'/dataset/x> <http://www.w3.org/ns/dcat#version> "{version}" </graph/catalog'
    typed = f"/dataset/x> {RDF_TYPE} <{DCAT}Dataset> </graph/catalog"
    text = "\n".join(f"<{one}> ." for one in (dataset, typed, *said))
    text = text.replace("</", f"<{BASE}").replace("<:", f"<{BASE}ontology#")
    return sorted(f"{quad} .\n".encode() for quad in parse(text, format=RdfFormat.N_QUADS))


PRINTED = '/laureate/2041/a#indicator-1> <:printed> "130 000€" </graph/report/2041'
VALUE = '/laureate/2041/a#indicator-1> <:value> "{}" </graph/report/2041'
GOAL = '/laureate/2041/a#goal-1> <:text> "un but"@fr </graph/report/2041'
WITHDRAWN = (
    "/withdrawal/2041-1> <:withdrawal> </withdrawal/2041-1#withdrawal-1> </graph/withdrawn",
    '/withdrawal/2041-1> <http://www.w3.org/ns/dcat#version> "2041.3" </graph/withdrawn',
    "/withdrawal/2041-1#withdrawal-1> <:withdrawn> </laureate/2041/a#goal-1> </graph/withdrawn",
    '/withdrawal/2041-1#withdrawal-1> <:reason> "dit deux fois"@fr </graph/withdrawn',
    '/withdrawal/2041-1#withdrawal-1> <:reason> "said twice"@en </graph/withdrawn',
    "/withdrawal/2041-1#withdrawal-1> <:successor> </laureate/2041/a#goal-2> </graph/withdrawn",
)
RELEASES = {
    "2041.1": lines("2041.1", PRINTED, VALUE.format(130000), GOAL),
    # another graph says the same
    "2041.2": lines("2041.2", PRINTED.replace("report", "rules"), VALUE.format(130000), GOAL),
    "2041.3": lines("2041.3", PRINTED, VALUE.format(13000), *WITHDRAWN),
}
SUMS = {version: fingerprint.of_lines(found) for version, found in RELEASES.items()}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that keeps the first two releases, in which the third is published; and the working folder."""
    (tmp_path / "data" / "changes").mkdir(parents=True)
    (tmp_path / "data" / "context.jsonld").write_text("{}", "utf-8")
    known = Past()
    for version in ("2041.1", "2041.2"):
        path, data = past.kept(known, version, RELEASES[version])
        (tmp_path / path).write_bytes(data)
        known = past.read(tmp_path)
    dump = tmp_path / "publish" / "dumps" / "trophees.nq"
    dump.parent.mkdir(parents=True)
    dump.write_bytes(b"".join(RELEASES["2041.3"]))
    (tmp_path / "publish" / "SHA256SUMS").write_text(f"{SUMS['2041.3']}  dumps/trophees.nq\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(run: Run, *arguments: str, lang: str = "en", release: str = "publish") -> tuple[int, list[str]]:
    done = run("verify", *arguments, "--release", release, "--lang", lang)
    return done.exit_code, (done.stdout or done.stderr).splitlines()


@pytest.mark.usefixtures("kept")
def test_this_release_and_its_words_hold(run: Run) -> None:
    for language, words in (("en", "is the one that is cited"), ("fr", "est celle que la citation nomme")):
        text = Citation(FACT, version="2041.3", sha256=SUMS["2041.3"], source="x", printed="130 000€").text(language)  # type: ignore[arg-type]
        code, said = told(run, text, lang=language)
        assert code == 0
        assert [line[0] for line in said] == ["✓", "✓"]
        assert words in said[0]
        assert "130 000€" in said[1]


@pytest.mark.usefixtures("kept")
def test_words_that_are_not_printed_do_not_hold(run: Run) -> None:
    code, said = told(run, "--fact", FACT, "--release-sha", SUMS["2041.3"].upper(), "--printed", "131 000€")
    assert code == 1
    assert said[1] == "✗ The printed words are not those cited: “130 000€”, not “131 000€”."


@pytest.mark.usefixtures("kept")
def test_a_sum_that_no_release_has_does_not_hold(run: Run) -> None:
    assert told(run, "--release-sha", SHA) == (
        1,
        [f"✗ No release that is known here has the sum that is cited: {SHA}."],
    )
    code, said = told(run, "--release-sha", SHA, "--release-version", "2041.3")
    assert (code, "Release 2041.3 is not the one that is cited" in said[0]) == (1, True)
    code, said = told(run, "--release-sha", SHA, "--release-version", "2041.1")
    assert (code, "Release 2041.1 is known, and its sum is not" in said[0]) == (1, True)
    for right, wrong in (("2041.3", "2041.1"), ("2041.1", "2041.2"), ("2041.1", "2041.3")):
        code, said = told(run, "--release-sha", SUMS[right], "--release-version", wrong)
        assert (code, said[0]) == (1, f"✗ The sum that is cited is that of release {right}, not of release {wrong}.")


def test_a_fact_of_an_earlier_release_stands_whichever_graph_says_it(run: Run, kept: Path) -> None:
    code, said = told(run, "--fact", FACT, "--release-sha", SUMS["2041.1"], release="2041.2.nq")
    assert code == 2
    (kept / "two.nq").write_bytes(b"".join(RELEASES["2041.2"]))
    code, said = told(run, "--fact", FACT, "--release-sha", SUMS["2041.1"], release="two.nq")
    assert code == 0
    assert said[-1] == "✓ None of it changed from release 2041.1 to 2041.2."


@pytest.mark.usefixtures("kept")
def test_a_fact_that_changed_says_how(run: Run) -> None:
    for version in ("2041.1", "2041.2"):
        for given in (("--release-sha", SUMS[version]), ("--release-version", version)):
            code, said = told(run, "--fact", FACT, *given)
            assert code == 1
            assert f"Release {version} is cited, which the history has" in said[0]
            assert "“130000” becomes “13000”" in said[-1]


@pytest.mark.usefixtures("kept")
def test_a_fact_that_was_withdrawn_says_why_and_what_stands_in_its_place(run: Run) -> None:
    goal = f"{BASE}laureate/2041/a#goal-1"
    code, said = told(run, "--fact", goal, "--release-sha", SUMS["2041.2"], lang="fr")
    assert code == 1
    assert said[-1] == f"✗ Retiré dans la version 2041.3 : dit deux fois À sa place : {BASE}laureate/2041/a#goal-2."
    code, said = told(run, "--fact", goal, "--release-sha", SUMS["2041.3"])
    assert (code, said[-1].startswith("✗ Withdrawn in release 2041.3: said twice")) == (1, True)
    code, said = told(run, "--fact", f"{goal}0", "--release-sha", SUMS["2041.3"])
    assert (code, said[-1]) == (1, f"✗ Nothing is called {goal}0 in this release.")


@pytest.mark.usefixtures("kept")
def test_a_query_is_asked_of_the_release_that_is_cited(run: Run) -> None:
    query = f"SELECT ?v {{ <{FACT}> <{BASE}ontology#value> ?v }}"
    sums = {value: hashlib.sha256(f'?v\n"{value}"\n'.encode()).hexdigest() for value in ("130000", "13000")}
    for version, value in (("2041.1", "130000"), ("2041.3", "13000")):
        for answer, holds in ((sums[value], True), (SHA, False)):
            code, said = told(run, "--query", query, "--release-sha", SUMS[version], "--answer-sha", answer)
            assert (code, said[-1][0]) == ((0, "✓") if holds else (1, "✗"))
            assert sums[value] in said[-1]
    code, said = told(run, "--query", query, "--release-sha", SUMS["2041.3"])
    assert (code, sums["13000"] in said[-1]) == (0, True)
    code, said = told(run, "--query", "SELECT {", "--release-sha", SUMS["2041.3"])
    assert (code, said[-1][0]) == (1, "✗")


def test_sums_that_lie_beside_other_bytes_are_told(run: Run, kept: Path) -> None:
    (kept / "publish" / "SHA256SUMS").write_text(f"{SHA}  dumps/trophees.nq\n", "utf-8")
    code, said = told(run, "--release-sha", SUMS["2041.3"])
    assert (code, said[0]) == (1, f"✗ publish/SHA256SUMS is not of the file that is here: {SUMS['2041.3']}.")


def test_sums_are_read_in_each_form_in_which_tools_write_them(run: Run, kept: Path) -> None:
    told_wrong = f"✗ publish/SHA256SUMS is not of the file that is here: {SUMS['2041.3']}."
    right = SUMS["2041.3"].upper().encode()
    for line, wrong in ((SHA.encode() + b" *", True), (right + b"  ", False), (b"\xe9\n" + right + b" *", False)):
        (kept / "publish" / "SHA256SUMS").write_bytes(line + b"dumps/trophees.nq\n")
        _, said = told(run, "--release-sha", SUMS["2041.3"])
        assert (told_wrong in said) is wrong, line


@pytest.mark.usefixtures("kept")
def test_what_cites_nothing_is_refused(run: Run) -> None:
    for arguments in ((), ("bonjour",)):
        code, said = told(run, *arguments)
        assert code == 2
        assert len(said) == 1


@pytest.mark.slow
def test_what_cite_says_verify_bears_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(run("cite", "laureate:2020/cachan#indicator-5").stdout, "utf-8")
    done = run("verify", tmp_path / "one.txt")
    assert (done.exit_code, done.stdout.count("✓")) == (0, 2)
    answer = run("cite", "--query", "SELECT ?l { ?l a tp:Laureate }").stdout
    done = run("verify", "-", input=answer)
    assert (done.exit_code, done.stdout.count("✓")) == (0, 2)
    done = run("verify", "-", input=re.sub("Laureate", "Case", answer))
    assert done.exit_code == 1
