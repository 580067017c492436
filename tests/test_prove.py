"""Proof: each claim of a source's graph is found in its section, and a claim that is not there is not found.

The real source is not in the project. Where the variable TROPHEES_SOURCES names a folder that holds it, all is proved
anew; elsewhere, what was attested is what the graph claims today.
"""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from conftest import Run
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, FOAF, RDF_TYPE, SKOS, TP, XSD
from trophees.prove import pdf, report, table
from trophees.prove.attestation import Attestation, claimed
from trophees.prove.claims import SHEETS, Claim, claims
from trophees.prove.evidence import Evidence, prove, share
from trophees.prove.numbers import dated, numbers, ranks
from trophees.prove.outline import Known
from trophees.prove.passages import Document
from trophees.prove.report import Entry, Outline, heading
from trophees.prove.show import FORMATS, render, summary
from trophees.prove.words import digest, stands, words
from trophees.release.checkout import Project
from trophees.release.proof import FOLDER, read

SOURCES = Path(os.environ.get("TROPHEES_SOURCES", "/nowhere"))
FILES = {"report-2020": "rapport-2020.txt", "resource-centre": "fiches.csv"}
# the sources whose whole proof is attested
NAMES = sorted(path.stem for path in (Path(__file__).parent.parent / FOLDER).glob("*.json"))
GARDEN, WALL = BASE + "laureate/2042/jardin", BASE + "laureate/2042/mur"
GOALS, TITLE, LINE, PARAGRAPH, JURY = (
    f"{BASE}section/{name}" for name in ("objectifs", "titre", "ligne-porteur", "paragraphe", "le-jury")
)
TEXT = """
LE JURY

ANNE MARTIN

UN JARDIN
POUR TOUS

Ville de Cachan (94)

**Objectifs**

- Réunir **1 250** habitants, une quin-
zaine d'élus et un an et demi de débats
- Planter en mars 2041 « l’arbre » [du quartier](http://exemple.test)

LE MUR

Il tient.
"""
OUTLINE = Outline(
    [Entry(GARDEN, "UN JARDIN POUR TOUS", "Ville de Cachan (94)"), Entry(WALL, "LE MUR", "")],
    {heading("OBJECTIFS"): GOALS},
    {heading("LE JURY"): JURY},
)


@pytest.fixture
def source() -> Document:
    return report.read(TEXT.splitlines(), OUTLINE)


def claim(value: str, kind: str = "words", section: str = GOALS, thing: str = GARDEN, *forms: str) -> Claim:
    return Claim(thing + "#goal-1", TP + "printed", value, kind, thing, section, forms)  # type: ignore[arg-type]


def evidence(one: Claim, source: Document) -> Evidence:
    [found] = prove([one], source)
    return found


# --- words and numbers


def test_words_are_those_of_any_extraction() -> None:
    assert words("« L’arbre » **co-construit** [ici](x), 7 % d’élus ; une quin-\nzaine") == words(
        "L'arbre coconstruit ici 7% d'élus - une quinzaine"
    )


@given(st.text())
def test_the_words_of_words_are_the_same(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found
    assert digest([text]) == digest([" ".join(found)])


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc"), min_size=1))
def test_a_run_of_words_stands_where_a_search_of_text_finds_it(found: list[str], wanted: list[str]) -> None:
    assert stands(wanted, found) == "".join(found).find("".join(wanted))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plus de 1 250 habitants", "1250"),
        ("32 000 km", "32000"),
        ("1,5 M", "1.5"),
        ("5 millions", "5000000"),
        ("une quinzaine", "15"),
        ("vingt et un", "20"),
        ("deux cents", "200"),
        ("un an et demi", "1.5"),
        ("la cinquième édition", "5"),
    ],
)
def test_french_numbers_are_read(text: str, value: str) -> None:
    assert value in {f"{number:f}" for number in numbers(text)}


def test_a_number_that_is_not_printed_is_not_read() -> None:
    assert {f"{number:f}" for number in numbers("les 1 250 habitants")} == {"1250"}


@pytest.mark.parametrize(
    ("edtf", "text", "right"),
    [
        ("2041-03", "en mars 2041", True),
        ("2041-03", "en avril 2041", False),
        ("2041-03-01", "le 1er mars 2041", True),
        ("2041-03-12", "le 2 mars 2041", False),
        ("2041-21", "au printemps 2041", True),
        ("2041", "depuis 2014", False),
        ("2041-03", "de mars 2040 à mai 2041", False),
        ("2041-05", "de mars 2040 à mai 2041", True),
        ("2041-03-26", "du 26 mars au 1er mai 2041", True),
        ("2041-05-26", "du 26 mars au 1er mai 2041", False),
        ("2041-04-02", "du 02 avril au 30 juin 2041", True),
        ("2041-09", "septembre-octobre 2041", True),
        ("2040", "2040-2041", True),
        ("2041-06", "premier semestre 2041", True),
        ("2041-07", "premier semestre 2041", False),
        ("2041-10", "4e trimestre 2041", True),
        ("2041-12", "second semestre 2040", False),
    ],
)
def test_a_date_is_printed_part_by_part(edtf: str, text: str, right: bool) -> None:
    assert dated(edtf, text) is right


@pytest.mark.parametrize(
    ("number", "text", "right"),
    [
        (5, "LA CINQUIÈME ÉDITION", True),
        (5, "la 5e édition", True),
        (5, "l’édition 2020, page 5", False),
        (5, "5", False),
    ],
)
def test_the_rank_of_an_edition_is_no_other_number(number: int, text: str, right: bool) -> None:
    assert ranks(number, text) is right


# --- passages


def test_a_report_is_cut_into_passages(source: Document) -> None:
    assert [(p.thing, p.section.rpartition("/")[2], p.lines[0][0]) for p in source.passages] == [
        ("", "le-jury", 2),
        (GARDEN, "titre", 6),
        (GARDEN, "ligne-porteur", 9),
        (GARDEN, "objectifs", 11),
        (WALL, "titre", 17),
        (WALL, "paragraphe", 19),
    ]
    assert source.order == (GARDEN, WALL)


def test_words_are_found_in_their_section_alone_with_their_line(source: Document) -> None:
    assert evidence(claim("une quinzaine d'élus"), source).line == 13
    assert evidence(claim("l'arbre du quartier"), source).line == 15
    for wrong in (
        claim("une quinzaine d'élus", "words", LINE),
        claim("une quinzaine d'élus", "words", GOALS, WALL),
        claim("Une quinzaine d'élus"),
        claim("une quinzaine de maires"),
    ):
        assert not evidence(wrong, source).found


def test_numbers_and_dates_are_looked_for_in_the_words_of_the_fact(source: Document) -> None:
    assert evidence(claim("1250", "number", GOALS, GARDEN, "1 250 habitants"), source).line == 13
    assert evidence(claim("2041-03", "date", GOALS, GARDEN, "mars 2041"), source).line == 15
    for wrong in ("1251", "250", "15"):  # the last stands in the same section
        assert not evidence(claim(wrong, "number", GOALS, GARDEN, "1 250 habitants"), source).found
    assert not evidence(claim("2041-03", "date", GOALS, GARDEN, "l’arbre"), source).found


def test_names_stand_anywhere_in_capitals_or_not(source: Document) -> None:
    assert evidence(Claim(BASE + "person/x", SKOS + "prefLabel", "Anne Martin", "name", "", ""), source).line == 4


def test_a_place_in_the_document_is_counted(source: Document) -> None:
    assert evidence(claim("2", "order", "", WALL), source).found
    assert not evidence(claim("1", "order", "", WALL), source).found


def test_what_gives_no_words_is_not_proved(source: Document) -> None:
    graph, laureate, goal = (NamedNode(iri) for iri in ("urn:g", GARDEN, GARDEN + "#goal-1"))
    store = Store()
    for s, p, o in (
        (laureate, TP + "goal", goal),
        (laureate, TP + "pages", Literal("8")),
        (laureate, TP + "title", Literal("UN JARDIN POUR TOUS", language="fr")),
        (goal, TP + "section", NamedNode(GOALS)),
    ):
        store.add(Quad(s, NamedNode(p), o, graph))
    found = {(e.claim.subject.removeprefix(BASE), e.claim.kind, e.found) for e in prove(claims(store, graph), source)}
    assert found == {
        ("laureate/2042/jardin", "nothing", False),
        ("laureate/2042/jardin", "words", True),
        ("laureate/2042/jardin#goal-1", "nothing", False),
    }


def written_pdf(lines: list[str]) -> bytes:
    """The smallest PDF that prints `lines`, one under the other (ISO 32000-1, sections 7.5 and 9.4)."""
    shown = "".join("(" + line.replace("(", r"\(").replace(")", r"\)") + ") Tj T* " for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 40 780 Td {shown}ET".encode("cp1252")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table_at = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table_at


def test_the_text_of_a_pdf_proves_as_text_does(tmp_path: Path) -> None:
    path = tmp_path / "made-up.pdf"
    path.write_bytes(
        written_pdf(["UN JARDIN POUR TOUS", "Ville de Cachan (94)", "OBJECTIFS", "Réunir 1 250 habitants"])
    )
    source = report.read(pdf.lines(path), OUTLINE)
    assert evidence(claim("1 250 habitants"), source).found
    assert not evidence(claim("1 251 habitants"), source).found


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", written_pdf([])])
def test_a_pdf_without_text_is_told_in_a_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    with pytest.raises(UserError, match=r"x\.pdf: (cannot be read as PDF|holds no text)"):
        pdf.lines(tmp_path / "x.pdf")


def test_the_rows_of_a_table_are_things_and_its_columns_sections() -> None:
    text = 'code,Objectifs,autre\n12,"Réunir\n1 250 habitants",x\n13,Rien,y\n'
    source = table.read(text, {"12": GARDEN, "14": WALL}, {heading("OBJECTIFS"): GOALS}, "t.csv")
    assert [(p.thing, p.section, p.lines[0][0]) for p in source.passages] == [(GARDEN, GOALS, 2)]
    assert evidence(claim("Réunir 1 250"), source).found
    with pytest.raises(UserError, match=r"t\.csv:1: no column is a section"):
        table.read("a,b\n1,2\n", {}, {heading("OBJECTIFS"): GOALS}, "t.csv")


# --- sheets

LINK = f"{BASE}section/site-web-de-la-demarche"
COLUMNS = {
    heading(column): section
    for column, section in (
        ("TITRE DU PROJET", SHEETS.title),
        ("NOM_PORTEUR_PROJET", SHEETS.carrier),
        ("SOURCE", SHEETS.status),
        ("PDF FILE NAME", SHEETS.code),
        ("SITE WEB", LINK),
    )
}
HOUSE = BASE + "case/2042/maison"


def sheet(**cells: str) -> Document:
    """The sheet of the house, with the `cells` of columns by the first word of their name; accents are decomposed."""
    row = {
        "TITRE": "La maison  qui écoute",
        "NOM": "Ville de Cachan",
        "SOURCE": "",
        "PDF": "7.Maison-été_2042",
        **cells,
    }
    text = "TITRE DU PROJET,NOM_PORTEUR_PROJET,SOURCE,SITE WEB,PDF FILE NAME\n" + ",".join(
        row.get(name, "") for name in ("TITRE", "NOM", "SOURCE", "SITE", "PDF")
    )
    return table.read(normalize("NFD", text), {"7.Maison-été_2042": HOUSE}, COLUMNS, "t.csv")


def said(*statements: tuple[str, str, Literal | NamedNode]) -> list[Claim]:
    """The claims of a graph of sheets that says these of the house: the end of its node, a property, a value."""
    store, graph = Store(), NamedNode("urn:g")
    for award, called in (("laureate", "lauréat, sans étoiles"), ("prix-du-jury", "prix du jury")):
        concept, label = NamedNode(f"{BASE}distinction/{award}"), Literal(called, language="fr")
        store.add(Quad(concept, NamedNode(SKOS + "prefLabel"), label, NamedNode("urn:v")))
    for end, name, value in statements:
        store.add(Quad(NamedNode(HOUSE + end), NamedNode(name), value, graph))
    return list(claims(store, graph, SHEETS))


def test_the_head_of_a_process_is_read_in_the_columns_of_its_sheet() -> None:
    account = (
        ("", TP + "title", Literal("La maison qui écoute", language="fr")),
        ("", TP + "carrierLine", Literal("Ville de Cachan")),
        ("#account-1", TP + "notation", Literal("7.Maison-été_2042")),
        ("#account-1", TP + "stars", Literal("3", datatype=NamedNode(XSD + "integer"))),
    )
    right = sheet(SOURCE="Lauréat (3 étoiles) 2042")
    assert [one.claim.property for one in prove(said(*account), right) if not one.found] == []
    wrong = sheet(
        SOURCE="Lauréat (2 étoiles) sur 3", TITRE="La maison", NOM="La maison qui écoute", PDF="7.Maison-été_2042"
    )
    lost = {one.claim.property.removeprefix(TP) for one in prove(said(*account), wrong) if not one.found}
    assert lost == {"title", "carrierLine", "stars"}


@pytest.mark.parametrize(
    ("status", "award", "year", "read"),
    [
        ("Lauréat des Trophées 2042", "laureate", "2042", True),
        ("Lauréat des Trophées", "laureate", "2042", True),  # the code bears the year
        ("Lauréat des Trophées 2041", "laureate", "2042", False),
        ("Prix du Jury 2042", "laureate", "2042", False),
        ("Prix du Jury 2042", "prix-du-jury", "2042", True),
    ],
)
def test_the_status_of_a_sheet_bears_the_award_and_the_year(status: str, award: str, year: str, read: bool) -> None:
    found = said(
        ("", TP + "edition", NamedNode(f"{BASE}edition/{year}")),
        ("", TP + "distinction", NamedNode(f"{BASE}distinction/{award}")),
    )
    assert {one.claim.kind for one in prove(found, sheet(SOURCE=status))} == {"award", "edition"}
    assert all(one.found for one in prove(found, sheet(SOURCE=status))) is read


@pytest.mark.parametrize(
    ("printed", "address", "right"),
    [
        ("www.cité.example/Été/", "https://www.xn--cit-dma.example/%C3%89t%C3%A9", True),
        ("www.cachan.example", "https://www.cachan.example/", True),
        ("www.cachan.example", "https://www.cachan.example/ailleurs", False),
    ],
)
def test_an_address_is_that_of_its_words(printed: str, address: str, right: bool) -> None:
    found = said(
        ("#website-1", FOAF + "page", NamedNode(address)),
        ("#website-1", TP + "printed", Literal(printed)),
        ("#website-1", TP + "section", NamedNode(LINK)),
    )
    proved = {one.claim.kind: one.found for one in prove(found, sheet(SITE=printed))}
    assert proved == {"words": True, "address": right}


def test_what_a_report_and_a_sheet_say_is_claimed_apart(store: Store) -> None:
    """A fact of a record of the report that a sheet adds is looked for in the sheet, and there only."""
    report_graph, sheets = known(store, "report-2020").graph, known(store, "resource-centre").graph
    for mine, theirs in ((report_graph, sheets), (sheets, report_graph)):
        here, there = ({c.subject for c in claims(store, graph) if "#" in c.subject} for graph in (mine, theirs))
        assert not here & there


def test_the_columns_of_sheets_are_no_headings_of_a_report(store: Store) -> None:
    outline = known(store, "report-2020").outline()
    assert heading("LE JURY") in outline.outside
    assert heading("SOURCE") not in {**outline.inside, **outline.outside}


# --- what is shown


def test_the_whole_is_never_rounded_up(source: Document) -> None:
    found = [evidence(claim("élus"), source)] * 9999 + [evidence(claim("maires"), source)]
    assert summary(found, "en") == "9999 of 10000 claims can be read in the source (99.9 %)"
    assert summary(found[:5], "fr") == "5 affirmations sur 5 se lisent dans la source (100 %)"


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_shows_fact_section_line_and_passage(form: str, source: Document, project: Project) -> None:
    rows = [evidence(claim("d'élus"), source), evidence(claim("<b>"), source)]
    shown = render(rows, form, "en", project.context.compact, "t.txt", "1")
    for part in ("laureate:2042/jardin#goal-1", "14"):
        assert part in shown
    assert ("<b>" in shown) is (form != "html")
    if form == "json":
        assert [row["proved"] for row in json.loads(shown)["evidence"]] == [True, False]
    if form == "sarif":
        assert [r["kind"] for r in json.loads(shown)["runs"][0]["results"]] == ["pass", "fail"]


# --- the real sources


def known(store: Store, name: str) -> Known:
    return Known.of(store, f"{BASE}source/{name}")


@pytest.mark.parametrize("name", NAMES)
def test_what_the_graph_of_a_source_claims_was_attested(name: str, store: Store, project: Project) -> None:
    """If this fails, run `trophees prove --source FILE --of src:NAME --attest`, with the source."""
    attested = Attestation.read(project.root / FOLDER / f"{name}.json")
    found = list(claims(store, known(store, name).graph, known(store, name).layout))
    assert (attested.claims, attested.proved) == (len(found), len(found))
    assert attested.claimed == claimed(found)


def test_every_fact_that_the_graph_of_a_source_states_has_words(store: Store) -> None:
    for name in NAMES:
        wordless = [
            c.subject for c in claims(store, known(store, name).graph, known(store, name).layout) if c.kind == "nothing"
        ]
        assert wordless == []


def stands_in(source: Document, one: Claim) -> bool:
    """Whether its words, or those of its number or date, stand in the text of its section, as a search finds them."""
    said = [f" {' '.join(words(text_of(p.lines)))} " for p in source.of(one.thing, one.section)]
    forms = [one.value] if one.kind == "words" else one.forms
    return any(f" {' '.join(words(form))} " in text for form in forms for text in said)


def text_of(lines: tuple[tuple[int, str], ...]) -> str:
    return "\n".join(text for _, text in lines)


at_hand = pytest.mark.skipif(not SOURCES.is_dir(), reason="TROPHEES_SOURCES names no folder: the attestation is tested")


@at_hand
@pytest.mark.parametrize("name", NAMES)
def test_all_that_the_graph_of_a_source_claims_stands_there(name: str, store: Store, project: Project) -> None:
    source = read(SOURCES / FILES[name], known(store, name))
    found = list(prove(claims(store, known(store, name).graph, known(store, name).layout), source))
    assert [one.claim for one in found if not one.found] == []
    assert Attestation.of(f"src:{name}", source.lines, found) == Attestation.read(
        project.root / FOLDER / f"{name}.json"
    )


@at_hand
def test_with_one_word_changed_exactly_the_facts_that_rest_on_it_fail(store: Store) -> None:
    """In each of fifty places, one after the other."""
    it = known(store, "report-2020")
    lines = (SOURCES / FILES["report-2020"]).read_text("utf-8").splitlines()
    every = [c for c in claims(store, it.graph, it.layout) if c.kind == "words" or c.forms]
    outline = it.outline()
    whole = report.read(lines, outline)
    tried = 0
    for chosen in random.Random(2020).sample(every, len(every)):
        wanted = words(chosen.value if chosen.kind == "words" else chosen.forms[0])
        found = next(p.line_of(wanted) for p in whole.of(chosen.thing, chosen.section) if p.line_of(wanted))
        assert found is not None
        number, text = found
        word = max(wanted, key=len)
        if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            continue  # cut by a hyphen, or on the next line
        if (tried := tried + 1) > 50:
            break
        changed = [*lines[: number - 1], re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "Zzyzx", text), *lines[number:]]
        other = report.read(changed, outline)
        lost = {one.claim for one in prove(every, other) if not one.found}
        resting = {c for c in every if not stands_in(other, c)}
        assert lost == resting


def test_the_command_tells_what_is_missing(run: Run, project: Project, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    done = run(
        "prove",
        "--source",
        tmp_path / "empty.txt",
        "--of",
        "src:report-2020",
        project.root / "data" / "laureate" / "2020" / "rte.yaml",
        "--attest",
    )
    assert done.exit_code == 2
    assert "only a whole proof is attested" in done.stderr
    assert "✗  laureate:2020/rte#goal-1" in done.stdout


def test_a_share_counts_what_is_found(source: Document) -> None:
    assert share([evidence(claim("élus"), source), evidence(claim("maires"), source)]) == (1, 2)
    assert RDF_TYPE.value not in {c.property for c in claims(Store(), NamedNode(XSD))}
