"""The playground in a real browser: questions asked, stopped, mistyped, shared, of one's own data, offline."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import re
import shutil
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from pyoxigraph import RdfFormat, Store, parse
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from test_tables_read import book, written
from trophees.ask import cookbook
from trophees.ask.text import bound
from trophees.base.namespaces import BASE
from trophees.release.checkout import Project

from .conftest import Counted, Handler, Open, Server, write
from .playground import Playground
from .quality import violations

pytestmark = pytest.mark.xdist_group("browser")

# a product of four unrelated patterns: it would take hours
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f && ?i < ?l) }"
CACHAN = "a[href*='laureate/2020/cachan/']"


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


@pytest.fixture
def page(browser: Chrome, server: Server) -> Playground:
    return Playground(browser, server.url + "playground/")


@pytest.mark.slow
def test_a_question_of_the_cookbook_is_answered_with_links_to_pages(page: Playground, counted: Counted) -> None:
    assert page.ask("laureates-in-departement").startswith(f"{counted('laureates-in-departement')} lignes")
    link = page.part("output").find_element(By.CSS_SELECTOR, "td a[href$='/laureate/2020/cachan/index.html']")
    assert link.get_attribute("title")


@pytest.mark.slow
def test_every_question_gives_the_rows_that_the_command_line_gives(page: Playground, counted: Counted) -> None:
    for name in ("tools-by-family", "everything-about-a-laureate", "populations-of-carrier-communes", "participants"):
        assert page.ask(name).startswith(f"{counted(name)} lignes")


@pytest.mark.slow
def test_a_value_to_choose_is_a_list_of_names(page: Playground, counted: Counted) -> None:
    page.ask("laureates-in-departement")
    Select(page.part("parameter-departement")).select_by_visible_text("Isère")
    assert f"VALUES ?departement {{ <{BASE}territory/departement/38> }}" in page.text
    assert page.run().startswith(f"{counted('laureates-in-departement', departement='departement:38')} lignes")


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_a_value_that_changes_asks_again_and_a_text_that_changes_marks_the_answer(
    page: Playground, counted: Counted
) -> None:
    page.ask("laureates-in-departement")
    Select(page.part("parameter-departement")).select_by_visible_text("Isère")
    count = counted("laureates-in-departement", departement="departement:38")
    page.wait(lambda: page.status.startswith(f"{count} lignes"))
    assert not page.part("stale").is_displayed()
    page.write("ASK { ?s ?p ?o }")
    assert page.part("stale").is_displayed()
    page.click(page.part("again"))
    assert page.result().startswith("Oui.")
    assert not page.part("stale").is_displayed()


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_an_answer_is_sorted_narrowed_and_kept_in_the_address(page: Playground, browser: Chrome) -> None:
    page.ask("tools-by-family")
    names = [row[0] for row in page.rows()]
    heading = page.part("output").find_element(By.CSS_SELECTOR, "th[data-column] button")
    page.click(heading)
    focused = browser.switch_to.active_element  # the heading is made anew
    assert focused.text == "Édition"
    assert page.part("output").find_element(By.CSS_SELECTOR, "th").get_attribute("aria-sort") == "ascending"
    page.part("output").find_element(By.CSS_SELECTOR, ".pg-rows-filter").send_keys(names[-1][:6])
    shown = page.rows()
    assert 0 < len(shown) < len(names)
    address = browser.current_url
    again = Playground(browser, address)
    again.result()
    again.wait(lambda: again.rows() == shown)


def test_the_first_answer_is_there_before_the_engine_and_nothing_moves(chromium: Open, server: Server) -> None:
    watch = """
        window.moved = 0;
        new PerformanceObserver((list) => { for (const { value, hadRecentInput } of list.getEntries())
          window.moved += hadRecentInput ? 0 : value; }).observe({ type: "layout-shift", buffered: true });
    """
    browser = chromium(narrow=True)
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": watch})
    page = Playground(browser, server.url + "playground/")
    page.wait(lambda: "calculée à la publication" in page.status)
    first = page.rows()
    page.ready()
    assert first == page.rows()
    assert float(browser.execute_script("return window.moved")) < 0.001
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(server.url + "playground/")
    assert page.part("asked").text
    assert len(browser.find_elements(By.CSS_SELECTOR, "#pg-output tbody tr")) == len(first)
    assert not page.part("run").is_enabled()


@pytest.mark.slow
def test_a_query_is_stopped_and_the_next_one_runs(page: Playground) -> None:
    page.ready()
    page.write(ENDLESS)
    page.click(page.part("run"))
    assert page.said == "Requête en cours…"
    page.click(page.part("stop"))
    assert page.result() == "Requête arrêtée."
    page.write("ASK { ?s ?p ?o }")
    assert page.run().startswith("Oui.")


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_a_query_ends_at_the_time_limit(browser: Chrome, server: Server) -> None:
    soon = (
        "const later = setTimeout; window.setTimeout = (f, ms, ...rest) => later(f, ms === 30000 ? 300 : ms, ...rest)"
    )
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": soon})
    try:
        page = Playground(browser, server.url + "playground/", ENDLESS, "&run=1")
        assert page.result().startswith("Arrêtée au bout de 30 secondes")
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_a_mistake_is_shown_at_its_line_and_column(page: Playground) -> None:
    page.write('SELECT ?s {\n  ?s ?p "é😀" ; ?q nonsense .\n}')
    page.run()
    assert page.error == "Ligne 2, colonne 19\u202f: «\u202fnonsense\u202f» n’est pas attendu ici."
    marked = page.part("editor").shadow_root.find_element(By.CSS_SELECTOR, ".cm-lintRange-error")
    assert marked.text.strip() == "nonsense"


@pytest.mark.slow
def test_the_checker_knows_where_a_mistake_is_better_than_the_engine(page: Playground) -> None:
    page.write("SELECT * {\n  ?s a ?c .\n  FILTER((?c > 2) && (?s > 3 }")
    page.run()
    opened = "«\u202f(\u202f», ouvert à la ligne 3, colonne 22, n’est pas fermé."
    assert page.error == f"Ligne 3, colonne 30\u202f: {opened}"


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_an_empty_answer_says_what_never_matches(page: Playground) -> None:
    page.write("SELECT * {\n  ?x tp:inDepartment ?y }")
    assert page.run().startswith("Aucune ligne")
    meant = "(vouliez-vous tp:inDepartement ou tp:departement\u202f?)"
    page.wait(lambda: page.part("notes").text)
    said = f"tp:inDepartment n’est une propriété de rien dans le graphe {meant}."
    assert page.part("notes").text.partition("\u202f: ")[2] == said
    page.write("ASK { ?x a tp:Laureate }")
    assert page.run().startswith("Oui")
    assert page.part("notes").text == ""


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 640)])
def test_what_comes_of_a_query_comes_into_view(page: Playground, width: int, height: int) -> None:
    def seen(name: str) -> bool:
        script = "const {top, bottom} = arguments[0].getBoundingClientRect(); return top >= 0 && bottom <= innerHeight"
        return bool(page.browser.execute_script(script, page.part(name)))

    def run() -> None:
        keys = ActionChains(page.browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL)
        keys.perform()

    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page.write("SELECT * { ?s ?p ?o } LIMIT 30")
        run()
        assert page.result().startswith("30 lignes")
        assert seen("status")
        page.write("SELECT * { ?s ?p ?o ")
        run()
        page.wait(lambda: page.error and seen("error"))
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.slow
def test_copying_the_link_does_not_hide_how_many_rows_there_are(page: Playground) -> None:
    page.write("SELECT * { ?s ?p ?o }")
    told = page.run()
    assert re.match(r"\d{2,3}\u202f\d{3} lignes \(", told)
    page.click(page.part("share"))
    page.wait(lambda: page.said in ("Lien copié.", "Le lien est dans la barre d’adresse."))
    assert page.status == told


@pytest.mark.slow
def test_the_address_holds_the_query(page: Playground, browser: Chrome, store: Store) -> None:
    text = 'SELECT ?l { ?l tp:stars 4 } # a + b & c = "é"'
    page.write(text)
    first = page.run()
    whole = page.text
    assert whole == f"PREFIX tp: <{BASE}ontology#>\n{text}"  # the prefix that was missing is there now
    address = browser.current_url
    other = Playground(browser, address)
    expected = len(list(store.query(whole, use_default_graph_as_union=True)))  # type: ignore[arg-type]
    assert other.result().split(" (")[0] == first.split(" (")[0] == f"{expected} lignes"
    assert other.text == whole


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_a_query_of_the_cookbook_in_the_address_gets_its_default_values(
    browser: Chrome, server: Server, counted: Counted
) -> None:
    page = Playground(browser, server.url + "playground/", cookbook.get("laureates-in-departement").text, "&run=1")
    assert page.result().startswith(f"{counted('laureates-in-departement')} lignes")
    assert "#+" not in page.text


@pytest.mark.slow
def test_the_other_language_asks_the_same(page: Playground, counted: Counted) -> None:
    page.ask("laureates-in-departement")
    Select(page.part("parameter-departement")).select_by_visible_text("Isère")
    page.click(page.browser.find_element(By.LINK_TEXT, "English"))
    page.wait(lambda: "/en/" in page.browser.current_url and page.is_ready)
    assert page.result().startswith(f"{counted('laureates-in-departement', departement='departement:38')} rows")
    assert 'LANG(?label) = "en"' in page.text
    page.write("SELECT ?l { ?l tp:stars 4 }")
    told = page.run()
    text = page.text
    page.click(page.browser.find_element(By.LINK_TEXT, "Français"))
    page.wait(lambda: "/en/" not in page.browser.current_url and page.is_ready)
    assert page.result().split(" ")[0] == told.split(" ")[0]
    assert page.text == text


@pytest.mark.slow
def test_typing_offers_names_and_declares_their_prefix(page: Playground) -> None:
    page.write("SELECT * { ?l ")
    page.type("tp:usesT")
    root = page.part("editor").shadow_root
    page.wait(lambda: root.find_elements(By.CSS_SELECTOR, ".cm-tooltip-autocomplete [aria-selected]"))
    page.wait(lambda: "tp:usesTool" in root.find_element(By.CSS_SELECTOR, "[aria-selected]").text)
    ActionChains(page.browser).pause(0.2).perform()
    page.type(Keys.ENTER)
    page.type(" tool:budg")
    page.wait(lambda: "tool:budget-participatif" in root.find_element(By.CSS_SELECTOR, "[aria-selected]").text)
    ActionChains(page.browser).pause(0.2).perform()
    page.type(Keys.ENTER)
    page.wait(lambda: "tool:budget-participatif" in page.text)
    assert page.text.startswith(
        f"PREFIX tool: <{BASE}tool/>\nPREFIX tp: <{BASE}ontology#>\nSELECT * {{ ?l tp:usesTool tool:budget"
    )


def offered(page: Playground, typed: str, before: str = "SELECT * { ?s a ") -> list[str]:
    """What is offered after `before`, where a class is expected."""
    page.write(before)
    page.type(typed)
    root = page.part("editor").shadow_root
    page.wait(lambda: root.find_elements(By.CSS_SELECTOR, ".cm-tooltip-autocomplete [aria-selected]"))
    ActionChains(page.browser).pause(0.3).perform()
    return [item.text for item in root.find_elements(By.CSS_SELECTOR, ".cm-tooltip-autocomplete .cm-completionLabel")]


@pytest.mark.slow
def test_what_may_stand_there_is_offered_first(page: Playground) -> None:
    assert offered(page, "tp:in", "SELECT * { ?l ")[0][3].islower()
    assert offered(page, "tp:in", "SELECT * { ?l a ")[0][3].isupper()
    assert offered(page, "vote", "SELECT * { ?l tp:usesTool ")[0].lower().startswith("vote")
    page.type(Keys.ESCAPE)


@pytest.mark.slow
def test_names_are_offered_without_their_accents_and_by_several_words(page: Playground) -> None:
    assert offered(page, "evry") == ["Évry", "Évry-Courcouronnes"]
    assert offered(page, "ile")[0] == "Île-de-France"
    assert offered(page, "commune:cach") == ["commune:94016"]
    assert offered(page, "ORDER B") == ["ORDER BY"]
    found = offered(page, "budget p")
    assert "Budget participatif" in found
    assert [label for label in found if not label.lower().startswith("budget p")] == []
    page.type(Keys.ESCAPE)


@pytest.mark.slow
def test_what_is_offered_does_not_make_a_narrow_page_scroll(chromium: Open, server: Server) -> None:
    page = Playground(chromium(narrow=True), server.url + "playground/")
    for typed in ("tp:use", "meurthe", "sel"):
        assert offered(page, typed)
        assert page.browser.execute_script(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), typed


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_one_graph_may_be_asked_alone(page: Playground) -> None:
    page.write("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    page.run()
    [[union]] = page.rows()
    Select(page.part("graph")).select_by_value(BASE + "graph/report/2020")
    page.run()
    [[report]] = page.rows()
    assert 0 < int(report.replace("\u202f", "")) < int(union.replace("\u202f", ""))


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_the_querys_own_from_wins(page: Playground) -> None:
    Select(page.part("graph")).select_by_value(BASE + "graph/report/2020")
    page.write(f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/ontology> {{ ?s a owl:ObjectProperty }}")
    assert "le graphe choisi dans la liste n’a pas compté" in page.run()
    [[count]] = page.rows()
    assert int(count) > 10


@pytest.mark.slow
def test_a_file_of_ones_own_is_read_beside_the_graph_and_taken_out(page: Playground, tmp_path: Path) -> None:
    own = tmp_path / "mes données.ttl"
    own.write_text('<urn:x> <urn:p> "<img src=x onerror=alert(1)>", <javascript:alert(2)> .', "utf-8")
    page.part("own").send_keys(str(own))
    page.wait(lambda: "2 quadruplets ajoutés" in page.said_of_files)
    Select(page.part("graph")).select_by_visible_text("mes données.ttl")
    page.write("SELECT ?o { ?s ?p ?o } ORDER BY ?o")
    page.run()
    assert page.rows() == [["javascript:alert(2)"], ["<img src=x onerror=alert(1)>"]]
    assert page.part("output").find_elements(By.CSS_SELECTOR, "a, img") == []
    page.click(page.part("own-list").find_element(By.CSS_SELECTOR, "button"))
    page.wait(lambda: "est retiré" in page.said_of_files)
    page.write("ASK { <urn:x> ?p ?o }")
    assert page.run().startswith("Non.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "said", "graphs"),
    [
        ("mes.trig", "<urn:a> <urn:p> 1 . <urn:g> { <urn:a> a 2, 3 }", "3 quadruplets ajoutés", {"": 3, " › urn:g": 2}),
        ("mes.nq", "<urn:a> <urn:p> <urn:b> .\n", "1 quadruplet ajouté.", {"": 1}),
        ("mes.jsonld", '{"@id": "urn:a", "urn:p": ["x", "y"]}', "2 quadruplets ajoutés", {"": 2}),
    ],
)  # fmt: skip
def test_a_file_that_may_name_graphs_can_be_asked_whole_and_by_graph(
    page: Playground, tmp_path: Path, name: str, content: str, said: str, graphs: dict[str, int]
) -> None:
    own = tmp_path / name
    own.write_text(content, "utf-8")
    page.part("own").send_keys(str(own))
    page.wait(lambda: said in page.said_of_files)
    page.write("SELECT * { ?s ?p ?o }")
    options = [option.text for option in Select(page.part("graph")).options]
    assert [option for option in options if option.startswith(name)] == [name + graph for graph in graphs]
    for graph, rows in graphs.items():
        Select(page.part("graph")).select_by_visible_text(name + graph)
        assert page.run().startswith(f"{rows} ligne")
    page.click(page.part("own-list").find_element(By.CSS_SELECTOR, "button"))
    page.wait(lambda: "est retiré" in page.said_of_files)
    assert [option for option in Select(page.part("graph")).options if option.text.startswith(name)] == []


@pytest.mark.slow
def test_a_file_added_while_a_query_runs_outlives_it(page: Playground, tmp_path: Path) -> None:
    own = tmp_path / "mes.ttl"
    own.write_text("<urn:x> <urn:p> 1 .", "utf-8")
    page.ready()
    page.write(ENDLESS)
    page.click(page.part("run"))
    page.part("own").send_keys(str(own))
    page.wait(lambda: page.said_of_files == "Lecture de mes.ttl…")
    page.click(page.part("stop"))
    page.wait(lambda: "1 quadruplet ajouté." in page.said_of_files)
    assert page.said == "Requête arrêtée."
    page.write("ASK { <urn:x> ?p ?o }")
    assert page.run().startswith("Oui.")


@pytest.mark.slow
def test_stopping_while_the_engine_loads_leaves_one_engine(chromium: Open, folder: Path) -> None:
    go = threading.Event()

    class Slow(Handler):
        def do_GET(self) -> None:  # noqa: N802
            if self.path.endswith("/trophees.trig.gz"):
                go.wait(20)
            super().do_GET()

    count = """
        const Made = Worker
        window.made = 0
        window.Worker = class extends Made { constructor(...given) { super(...given); made++ } }
    """
    browser = chromium()
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": count})
    server = Server(folder, Slow)
    page = Playground(browser, server.url + "playground/")
    page.write("ASK { }")
    page.click(page.part("run"))
    page.click(page.part("stop"))
    assert page.result() == "Requête arrêtée."
    assert page.part("engine").text.startswith("Chargement")
    page.click(page.part("run"))
    go.set()
    assert page.result().startswith("Oui.")
    assert browser.execute_script("return made") == 1
    server.close()


@pytest.mark.slow
def test_a_query_that_takes_all_memory_ends_and_the_next_one_runs(page: Playground) -> None:
    deep = 20_000
    page.write(f"ASK {{ FILTER({'(' * deep}1{')' * deep}) }}")
    assert "le moteur est relancé" in page.run()
    assert "LIMIT" in page.said
    page.write("ASK { }")
    assert page.run().startswith("Oui.")


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_an_unreadable_file_says_where(page: Playground, tmp_path: Path) -> None:
    own = tmp_path / "mal.ttl"
    own.write_text("<urn:x> <urn:p>\n <urn:o>", "utf-8")
    page.part("own").send_keys(str(own))
    page.wait(lambda: page.said_of_files.startswith("mal.ttl ne peut pas être lu (Turtle)"))
    assert "ligne 2, colonne 9\u202f: le fichier s’arrête avant d’être complet." in page.said_of_files


@pytest.mark.slow
def test_tables_compressed_or_not_are_read_and_join_with_the_graph(page: Playground, tmp_path: Path) -> None:
    rows = [["Code INSEE", "Projet"], ["1004", "Un jardin"], ["94016", "Un mur"]]
    packed, sheet = tmp_path / "projets.csv.bz2", tmp_path / "projets.xlsx"
    packed.write_bytes(bz2.compress(written(rows, ";").encode("cp1252")))
    sheet.write_bytes(book(rows))
    for file in (packed, sheet):
        page.part("own").send_keys(str(file))
        page.wait(lambda file=file: said(page).startswith(f"{file.name} : 8 quadruplets ajoutés."))
        assert said(page).endswith("1 code(s) de « Code INSEE » sans leur premier zéro, qui est rendu.")
    page.write("SELECT DISTINCT ?p ?c { ?r my:code_insee ?code ; my:projet ?p . ?c igeo:codeINSEE ?code } ORDER BY ?p")
    page.run()
    assert page.rows() == [["Un jardin", "Ambérieu-en-Bugey"], ["Un mur", "Cachan"]]
    page.write("SELECT ?code { GRAPH <file:///projets.xlsx> { ?r my:code_insee ?code } } ORDER BY ?code")
    page.run()
    assert page.rows() == [["01004"], ["94016"]]
    assert violations(page.browser) == []


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_what_is_no_table_is_a_sentence_and_the_page_goes_on(page: Playground, tmp_path: Path) -> None:
    whole = bz2.compress(b"a,b\n" * 10_000)
    for name, data, why in [
        ("coupé.csv.bz2", whole[:-9], "il est tronqué : le bzip2 qu’il contient n’a pas de fin."),
        (
            "archive.xlsx",
            zipped("a.csv", b"a,b"),
            "c’est une archive, et non un XLSX ou un ODS : sortez-en le fichier.",
        ),
        ("bombe.csv.gz", gzip.compress(b"0" * (1 << 28)), "il a plus de 128 Mio une fois décompressé."),
        ("a.csv", b'a,b\n1,"x', "ligne 2, une cellule entre guillemets ne se ferme pas."),
        ("a.jsonld", b'{"@context": "https://schema.org/"}', "la page ne consulte pas : enregistrez-le"),
    ]:
        (tmp_path / name).write_bytes(data)
        page.part("own").send_keys(str(tmp_path / name))
        page.wait(lambda name=name, why=why: said(page).startswith(name) and why in said(page))
    (tmp_path / "a.ods").write_bytes(b"")
    page.part("own").send_keys(str(tmp_path / "a.ods"))
    page.wait(lambda: "ce n’est pas un ODS" in said(page))
    page.write("ASK { ?s ?p ?o }")
    assert page.run().startswith("Oui.")


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_a_context_is_a_file_that_came_with_it_or_ours(page: Playground, tmp_path: Path) -> None:
    own, context, ours = (tmp_path / name for name in ("a.jsonld", "context.json", "b.jsonld"))
    own.write_text('{"@context": "context.json", "@id": "urn:x", "name": "y"}', "utf-8")
    context.write_text('{"@context": {"name": "urn:name"}}', "utf-8")
    ours.write_text(f'{{"@context": "{BASE}context.jsonld", "@id": "laureate:2020/x", "@type": "Laureate"}}', "utf-8")
    page.part("own").send_keys(f"{own}\n{context}")
    page.wait(lambda: said(page).startswith("context.json : 0"))
    page.part("own").send_keys(str(ours))
    page.wait(lambda: said(page).startswith("b.jsonld : 1 quadruplet ajouté."))
    page.write("ASK { <urn:x> <urn:name> 'y' . laureate:2020/x a tp:Laureate }")
    assert page.run().startswith("Oui.")


def said(page: Playground) -> str:
    """What is said of files, with plain spaces."""
    return re.sub("[\u00a0\u202f]", " ", page.said_of_files)


def zipped(name: str, content: bytes) -> bytes:
    """A ZIP archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def departements_of_2020(project: Project) -> str:
    """A question whose answer is few bars, one for each département."""
    question = cookbook.get("laureates-per-departement")
    values = cookbook.substitutions(question, {"edition": "2020"}, project.context)
    return bound(cookbook.standalone(question, "fr", project.context), values, "\n  ")


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_a_result_with_figures_is_drawn(page: Playground, project: Project) -> None:
    page.write(departements_of_2020(project))
    page.run()
    table = page.rows()
    page.view("chart")
    axis = page.part("output").find_element(By.CSS_SELECTOR, "[data-axis=top]")
    assert len(page.part("output").find_elements(By.CSS_SELECTOR, ".pg-bars li")) == 20
    Select(axis).select_by_value("0")
    assert len(page.part("output").find_elements(By.CSS_SELECTOR, ".pg-bars li")) == len(table)
    page.view("map")
    shapes = page.part("output").find_elements(By.CSS_SELECTOR, "svg .pg-shape")
    assert len(shapes) > 101  # the ones around Paris are there twice
    assert page.part("output").find_elements(By.CSS_SELECTOR, ".pg-level-4")


@pytest.mark.slow
def test_a_result_with_codes_or_coordinates_is_put_on_a_map(page: Playground) -> None:
    def drawn(query: str) -> tuple[int, int, str]:
        """How many départements are coloured, how many points there are, and what is said of both."""
        page.write(query)
        page.run()
        page.view("map")
        output = page.part("output")
        coloured = output.find_elements(By.CSS_SELECTOR, "svg .pg-shape:not(.pg-level-0)")
        dots = output.find_elements(By.CSS_SELECTOR, "svg .pg-dot")
        return len(coloured), len(dots), output.find_element(By.TAG_NAME, "figcaption").text

    # Brittany, four départements, whose code is that of no département; Île-de-France, eight, four of them twice
    assert drawn('SELECT * { VALUES (?region ?n) { ("53" 2) ("11" 1) } }') == (16, 0, "n par région")
    assert drawn('SELECT * { VALUES ?commune { "94016" } }') == (
        0,
        2,
        "Un point par ligne du résultat.",
    )  # in the inset too
    assert drawn('SELECT ?code { VALUES ?code { "59" "59" "971" } }') == (2, 0, "Nombre de lignes par code.")
    told = "Un point par ligne du résultat. Lignes hors de cette carte\u202f: 1."
    points = '(1.4442 43.6045 "Toulouse") (55.45 -20.88 "Saint-Denis") (-74 40.7 "New York")'
    assert drawn(f"SELECT * {{ VALUES (?long ?lat ?name) {{ {points} }} }}") == (0, 2, told)
    assert drawn('SELECT * { BIND("POINT(1.4442 43.6045)" AS ?where) }')[1] == 1
    told = "n par code. Lignes sans lieu ou sans nombre, absentes de la carte\u202f: 2."
    assert drawn('SELECT * { VALUES (?code ?n) { ("59" 2) ("62" -1) ("75" UNDEF) (UNDEF 3) ("80" 0) } }') == (
        2,
        0,
        told,
    )
    assert len(page.part("output").find_elements(By.CSS_SELECTOR, ".pg-map .pg-level-below")) == 1
    assert page.part("output").find_element(By.CSS_SELECTOR, ".pg-legend").text.startswith("moins de 0\n0\n")
    page.write('SELECT * { VALUES ?code { "constructor" "75" } }')
    assert page.run().startswith("2 lignes")
    assert page.part("views").find_elements(By.CSS_SELECTOR, "[data-view=map]") == []


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_triples_are_a_table_with_links_and_a_text(page: Playground) -> None:
    page.write("DESCRIBE laureate:2020\\/cachan")
    count = int(page.run().split(" ")[0])
    assert [header.text for header in page.part("output").find_elements(By.TAG_NAME, "th")] == [
        "sujet", "prédicat", "objet",
    ]  # fmt: skip
    assert len(page.rows()) == count
    links = page.part("output").find_elements(By.CSS_SELECTOR, "td a")
    hrefs = {str(link.get_attribute("href")) for link in links}
    assert any(href.endswith("/laureate/2020/cachan/index.html") for href in hrefs)
    assert any(href.endswith("/territory/commune/94016/index.html") for href in hrefs)
    page.view("text")
    text = page.part("output").text
    assert f"@prefix laureate: <{BASE}laureate/> .\n" in text
    assert len(list(parse(text, RdfFormat.TURTLE))) == count


@pytest.mark.slow
def test_results_are_downloaded_as_files(page: Playground, browser: Chrome, tmp_path: Path) -> None:
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.write("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3")
    assert page.run().startswith("3 triplets")
    for button in page.part("downloads").find_elements(By.TAG_NAME, "button"):
        page.click(button)
    names = {f"resultat.{extension}" for extension in ("ttl", "nt", "jsonld")}
    page.wait(lambda: {path.name for path in tmp_path.iterdir()} == names)
    assert (tmp_path / "resultat.nt").read_text("utf-8").count("\n") == 3
    page.write('SELECT ?a ?b { VALUES (?a ?b) { (<urn:x> "é, \\"") } }')
    assert page.run().startswith("1 ligne")
    for button in page.part("downloads").find_elements(By.TAG_NAME, "button"):
        page.click(button)
    page.wait(
        lambda: {f"resultat.{extension}" for extension in ("json", "csv", "tsv")} < {p.name for p in tmp_path.iterdir()}
    )
    assert (tmp_path / "resultat.csv").read_text("utf-8") == 'a,b\nurn:x,"é, """\n'
    assert (
        json.loads((tmp_path / "resultat.json").read_text("utf-8"))["results"]["bindings"][0]["a"]["value"] == "urn:x"
    )


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_labels_and_compact_names_are_a_switch_each(page: Playground, browser: Chrome, tmp_path: Path) -> None:
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.write("SELECT ?l ?r { VALUES ?l { laureate:2020/cachan } ?l tp:inRegion ?r }")
    page.run()
    assert page.rows() == [["Parlons ensemble de Cachan !", "Île-de-France"]]
    page.click(page.part("compact"))
    page.click(page.part("labels"))
    page.wait(lambda: len(page.rows()[0]) == 4)
    page.click(page.part("downloads").find_element(By.XPATH, ".//button[text()='CSV']"))
    file = tmp_path / "resultat.csv"
    page.wait(file.exists)
    row = "laureate:2020/cachan,Parlons ensemble de Cachan !,region:11,Île-de-France"
    assert file.read_text("utf-8").splitlines() == ["l,l_label,r,r_label", row]
    page.click(page.part("labels"))
    page.wait(lambda: len(page.rows()[0]) == 2)


@pytest.mark.slow
def test_the_keyboard_is_enough(page: Playground, browser: Chrome) -> None:
    keys = ActionChains(browser)

    def focused() -> str:
        return str(browser.execute_script("return document.activeElement.id"))

    page.part("filter").send_keys("caue")
    assert page.editor.is_displayed()
    for _ in range(30):
        keys.send_keys(Keys.TAB).perform()
        if focused() == "pg-editor":
            break
    assert focused() == "pg-editor"
    keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys("ASK { }").perform()
    keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    assert page.result().startswith("Oui.")
    assert focused() == "pg-editor"
    keys.send_keys(Keys.ESCAPE).send_keys(Keys.TAB).perform()
    assert focused() == "pg-run"


def chosen(page: Playground) -> str:
    """The subject whose tab is selected: the only one that is, that Tab reaches and whose panel is open."""
    tabs = page.browser.find_elements(By.CSS_SELECTOR, "#pg-tabs > [role=tab]")
    assert [tab.get_attribute("id") for tab in tabs] == [f"pg-tab-{subject}" for subject in cookbook.SUBJECTS]
    panels = {tab: page.browser.find_element(By.ID, tab.get_attribute("aria-controls") or "") for tab in tabs}
    [open_tab] = [tab for tab in tabs if tab.get_attribute("aria-selected") == "true"]
    for tab, panel in panels.items():
        assert panel.get_attribute("role") == "tabpanel"
        assert panel.get_attribute("aria-labelledby") == tab.get_attribute("id")
        assert panel.is_displayed() == (tab == open_tab)
        assert tab.get_property("tabIndex") == (0 if tab == open_tab else -1)
    return (open_tab.get_attribute("id") or "").removeprefix("pg-tab-")


@pytest.mark.slow
@pytest.mark.parametrize("alone", [False, pytest.param(True, marks=pytest.mark.again)], ids=["page", "file"])
def test_the_subjects_of_the_cookbook_are_tabs(browser: Chrome, server: Server, folder: Path, alone: bool) -> None:
    page = Playground(browser, (folder / "playground.html").as_uri() if alone else server.url + "playground/en/")
    subjects = list(cookbook.SUBJECTS)
    assert chosen(page) == cookbook.get("tools-most-used").subject == "tools"
    page.click(page.part("tab-dates"))
    assert chosen(page) == "dates"
    at = subjects.index("dates")
    for key, to in (
        (Keys.ARROW_RIGHT, at + 1), (Keys.ARROW_RIGHT, 0), (Keys.ARROW_LEFT, -1), (Keys.ARROW_LEFT, at),
        (Keys.HOME, 0), (Keys.END, -1),
    ):  # fmt: skip
        ActionChains(browser).send_keys(key).perform()
        assert chosen(page) == subjects[to]
        assert page.browser.switch_to.active_element == page.part(f"tab-{subjects[to]}")
        ring = "const style = getComputedStyle(document.activeElement); return parseFloat(style.outlineWidth)"
        assert browser.execute_script(ring) >= 2
    ActionChains(browser).send_keys(Keys.TAB).perform()
    first = page.part(f"on-{subjects[-1]}").find_element(By.TAG_NAME, "a")
    assert browser.switch_to.active_element == first
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert page.result()
    assert first.get_attribute("aria-current") == "true"
    assert chosen(page) == subjects[-1]


@pytest.mark.slow
@pytest.mark.parametrize("narrow", [pytest.param(False, marks=pytest.mark.again), True], ids=["wide", "narrow"])
def test_the_filter_searches_every_subject(chromium: Open, server: Server, narrow: bool) -> None:
    browser = chromium(narrow=narrow, dark=narrow)
    page = Playground(browser, server.url + "playground/")

    def left() -> dict[str, int]:
        return {subject: int(page.part(f"tab-{subject}").text.split()[-1]) for subject in cookbook.SUBJECTS}

    every = {subject: len(queries) for subject, queries in cookbook.by_subject().items()}
    assert left() == every
    assert page.part("filter-count").text == ""
    page.part("filter").send_keys("epci  COMMUNES")
    found = [
        query for query in cookbook.queries().values() if "EPCI" in query.summary.fr and "ommunes" in query.summary.fr
    ]
    assert {query.subject for query in found} == {"territories"}
    assert left() == dict.fromkeys(every, 0) | {"territories": len(found)}
    assert page.part("filter-count").text == f"{len(found)} questions"
    assert chosen(page) == "territories"
    links = page.part("on-territories").find_elements(By.CSS_SELECTOR, "a[data-query]")
    assert {link.get_attribute("data-query") for link in links if link.is_displayed()} == {q.name for q in found}
    assert violations(browser) == []
    page.part("filter").send_keys(" xyz")
    assert page.part("filter-count").text == "Aucune question"
    assert violations(browser) == []
    page.part("filter").clear()
    page.click(page.part("tab-dates"))
    page.part("filter").send_keys("commune")
    named = {subject: number for subject, number in left().items() if number}
    assert chosen(page) == max(named, key=lambda subject: named[subject]) == "territories"
    assert next(iter(named)) == "carriers"
    page.part("filter").clear()
    page.part("filter").send_keys("jurors-from-outside")
    assert page.part("filter-count").text == "1 question"
    assert chosen(page) == "parties"
    page.part("filter").send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE)
    assert left() == every
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["periods-by-year", "stages-of-laureate"])
def test_a_question_opened_by_a_link_is_the_current_one(browser: Chrome, server: Server, name: str) -> None:
    browser.get(server.url + f"cookbook/{name}/en/")
    page = Playground(browser, browser.find_element(By.CSS_SELECTOR, ".actions a").get_attribute("href") or "")
    assert page.result()
    current = browser.find_element(By.CSS_SELECTOR, "#pg-cookbook a[aria-current]")
    assert current.get_attribute("data-query") == name
    assert chosen(page) == "dates"
    assert current.is_displayed()
    browser.execute_script("location.hash = 'query=ASK%20%7B%20%7D'")
    page.wait(lambda: not browser.find_elements(By.CSS_SELECTOR, "#pg-cookbook a[aria-current]"))
    assert chosen(page) == "dates"


@pytest.mark.slow
def test_the_editor_comes_with_the_first_sign_of_a_reader_and_loses_nothing(chromium: Open, server: Server) -> None:
    """Until then it costs nothing; what was written in the plain field stays, with the place of the cursor."""
    browser = chromium()
    page = Playground(browser, server.url + "playground/", "ASK { }", "&run=1")
    assert page.result().startswith("Oui.")
    loaded = "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/editor.js'))"
    assert not browser.execute_script(loaded)
    assert page.part("text").get_property("value") == "ASK { }"
    browser.execute_script("const text = arguments[0]; text.focus(); text.setSelectionRange(6, 6)", page.part("text"))
    page.wait(lambda: page.part("editor").is_displayed())
    assert browser.execute_script("return document.activeElement.id") == "pg-editor"
    page.type("?s ?p ?o ")
    assert page.text == "ASK { ?s ?p ?o }"
    assert browser.execute_script(loaded)


@pytest.mark.slow
def test_without_the_editor_a_plain_field_does(chromium: Open, server: Server) -> None:
    browser = chromium()
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*editor.js"]})
    page = Playground(browser, server.url + "playground/")
    field = page.part("text")
    field.clear()
    field.send_keys("SELECT ?s {\n?s ?p }")
    page.run()
    assert page.error == "Ligne 2, colonne 7\u202f: «\u202f}\u202f» n’est pas attendu ici."
    field.clear()
    field.send_keys("ASK { }", Keys.CONTROL + Keys.ENTER)
    page.wait(lambda: page.status.startswith("Oui."))


def kept(browser: Chrome, server: Server) -> Playground:
    """The playground, once the service worker has all that it keeps of it."""
    page = Playground(browser, server.url + "playground/")
    state = "return navigator.serviceWorker.ready.then((found) => found.active.state)"
    page.wait(lambda: browser.execute_script(state) == "activated")
    return page


def stored(browser: Chrome) -> set[str]:
    """The addresses that are kept because they were visited."""
    script = """
        const [done] = arguments
        const addresses = async () => {
          const names = (await caches.keys()).filter((name) => name.includes(" visited "))
          const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
          return found.flat().map(({url}) => url)
        }
        addresses().then(done)
    """
    return set(browser.execute_async_script(script))


@pytest.mark.slow
def test_the_site_works_where_nothing_can_be_kept(chromium: Open, server: Server) -> None:
    browser = chromium()
    kept(browser, server)
    origin = server.url.split("/", 3)
    quota = {"origin": "/".join(origin[:3]), "quotaSize": 1}
    browser.execute_cdp_cmd("Storage.overrideQuotaForOrigin", quota)
    browser.get(server.url + "cookbook/")
    assert browser.find_element(By.TAG_NAME, "h1").text == "Recueil de requêtes"
    assert stored(browser) == set()
    browser.execute_cdp_cmd("Storage.overrideQuotaForOrigin", {"origin": quota["origin"]})


@pytest.mark.slow
def test_what_is_visited_is_kept_but_for_parts_data_and_services(chromium: Open, folder: Path, tmp_path: Path) -> None:
    class Partial(Handler):
        def send_head(self) -> Any:
            asked = self.headers.get("Range")
            if not asked:
                return super().send_head()
            self.send_response(206)
            self.send_header("Content-Range", "bytes 0-3/10")
            self.send_header("Content-Length", "4")
            self.end_headers()
            return io.BytesIO(b"part")

    copy = tmp_path / "site"
    shutil.copytree(folder, copy, copy_function=os.link)
    for path in ("dumps/a.nt", "csv/small.csv", "sparql", "health"):
        write(copy / path, b"a,b\n")
    write(copy / "csv/large.csv", b"a,b\n" * 300_000)
    server = Server(copy, Partial)
    browser = chromium()
    page = kept(browser, server)
    asked = """
        const [root, done] = arguments
        const text = async (path, options) => (await fetch(root + path, options)).text()
        const paths = ["dumps/a.nt", "csv/small.csv", "csv/large.csv", "sparql?query=ASK%7B%7D", "health"]
        Promise.all([text("map/index.html", {headers: {Range: "bytes=0-3"}}), ...paths.map((path) => text(path))])
          .then(([part]) => done(part), (error) => done(String(error)))
    """
    assert browser.execute_async_script(asked, server.url) == "part"
    page.wait(lambda: server.url + "csv/small.csv" in stored(browser))
    assert stored(browser) == {server.url + "csv/small.csv"}
    server.close()


@pytest.mark.slow
def test_a_new_release_shows_with_its_own_style(chromium: Open, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(folder, copy, copy_function=os.link)
    server = Server(copy)
    browser = chromium()
    kept(browser, server)
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    style = copy / "assets/site.css"
    changed = style.read_text("utf-8") + "h1 { text-indent: 7px }"
    style.unlink()  # the file itself is the one of the other tests
    style.write_text(changed, "utf-8")
    indent = "return getComputedStyle(document.querySelector('h1')).textIndent"
    browser.get(server.url + "cookbook/")
    assert browser.execute_script(indent) == "7px"
    browser.get(server.url + "playground/")  # all of it is of the old release, until the new one is there as a whole
    assert browser.execute_script(indent) == "0px"
    server.close()
    browser.get(server.url + "cookbook/")
    assert browser.execute_script("return getComputedStyle(document.querySelector('.site-header')).display") == "flex"


@pytest.mark.slow
def test_it_works_offline_after_the_first_visit(chromium: Open, folder: Path) -> None:
    browser = chromium()
    server = Server(folder)
    kept(browser, server)
    address = server.url
    server.close()
    for language, said in (("", "Oui."), ("en/", "Yes.")):
        page = Playground(browser, f"{address}playground/{language}", "ASK { ?s a ?c }", "&run=1")
        assert page.result().startswith(said)
        page.ask_in_words("How many laureates in Bretagne?")
        assert "Bretagne" in page.part("asked").text


@pytest.mark.slow
def test_one_file_works_from_a_disk_in_both_languages(
    browser: Chrome, folder: Path, tmp_path: Path, counted: Counted
) -> None:
    alone = tmp_path / "playground.html"
    shutil.copyfile(folder / "playground.html", alone)
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    agent = browser.execute_script("return navigator.userAgent")
    preferred = {"userAgent": agent, "acceptLanguage": "de, fr-CA, en"}
    browser.execute_cdp_cmd("Emulation.setUserAgentOverride", preferred)
    page = Playground(browser, alone.as_uri())
    assert_language(page, "fr", "Bac à sable SPARQL")
    assert page.ask("laureates-per-departement").split(" (")[0] == f"{counted('laureates-per-departement')} lignes"
    page.view("map")
    assert page.part("output").find_elements(By.CSS_SELECTOR, ".pg-level-4")
    link = page.part("cookbook").find_element(By.TAG_NAME, "a").get_attribute("href")
    assert link is not None
    assert link.startswith(BASE)
    page.click(browser.find_element(By.LINK_TEXT, "English"))
    page.wait(lambda: browser.find_elements(By.LINK_TEXT, "Français") and page.is_ready)
    assert_language(page, "en", "SPARQL playground")
    assert page.ask("laureates-in-departement").startswith(f"{counted('laureates-in-departement')} rows")
    assert page.part("output").find_element(By.CSS_SELECTOR, CACHAN).get_attribute("href") == (
        f"{BASE}laureate/2020/cachan/en/index.html"
    )
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


@pytest.mark.slow
def test_one_file_reads_compressed_tables_and_our_context(browser: Chrome, folder: Path, tmp_path: Path) -> None:
    table = written([["code", "nom"], ["94016", "Cachan"]]).encode()
    ours = f'{{"@context": "{BASE}context.jsonld", "@id": "laureate:2020/x", "@type": "Laureate"}}'
    alone = shutil.copy(folder / "playground.html", tmp_path / "seul.html")
    page = Playground(browser, Path(alone).as_uri() + "?lang=en")
    for name, data in [("a.csv.xz", lzma.compress(table)), ("b.csv.zst", zstd.compress(table)),
                       ("c.xlsx", book([["a"], [1]])), ("d.jsonld", ours.encode())]:  # fmt: skip
        (tmp_path / name).write_bytes(data)
        page.part("own").send_keys(str(tmp_path / name))
        page.wait(lambda name=name: said(page).startswith(f"{name}: ") and "added" in said(page))
    page.write("SELECT ?n (COUNT(?r) AS ?files) { ?r my:code '94016' ; my:nom ?n } GROUP BY ?n")
    page.run()
    assert page.rows() == [["Cachan", "2"]]


@pytest.mark.slow
@pytest.mark.again  # programs without a page show its parts
def test_a_site_on_a_disk_stays_beside_the_file_in_the_other_language(
    browser: Chrome, folder: Path, counted: Counted
) -> None:
    question = cookbook.get("laureates-in-departement").text
    page = Playground(browser, (folder / "playground" / "index.html").as_uri(), question, "&run=1")
    assert page.result().startswith(f"{counted('laureates-in-departement')} lignes")
    assert "  # le département voulu\n" in page.text
    page.click(browser.find_element(By.LINK_TEXT, "English"))
    page.wait(lambda: browser.find_elements(By.LINK_TEXT, "Français") and page.is_ready)
    assert page.result().startswith(f"{counted('laureates-in-departement')} rows")
    assert "  # the département wanted\n" in page.text
    link = page.part("output").find_element(By.CSS_SELECTOR, CACHAN).get_attribute("href")
    assert link == (folder / "laureate/2020/cachan/en/index.html").as_uri()


@pytest.mark.slow
@pytest.mark.parametrize(("path", "said"), [("", "lignes"), ("en/", "rows")])
def test_a_site_on_a_disk_leads_to_the_file_and_back(
    browser: Chrome, folder: Path, path: str, said: str, counted: Counted
) -> None:
    question = cookbook.get("laureates-in-departement").text
    page = Playground(browser, (folder / "playground" / path / "index.html").as_uri(), question, "&run=1")
    assert page.result().startswith(f"{counted('laureates-in-departement')} {said}")
    assert browser.current_url.startswith((folder / "playground.html").as_uri())
    link = page.part("output").find_element(By.CSS_SELECTOR, CACHAN).get_attribute("href")
    assert link == (folder / "laureate/2020/cachan" / path / "index.html").as_uri()


def assert_language(page: Playground, language: str, title: str) -> None:
    """All that the page says is in the language."""
    assert page.browser.execute_script("return document.documentElement.lang") == language
    assert page.browser.find_element(By.TAG_NAME, "h1").text == title
    assert page.browser.title.startswith(title)
    assert f'LANG(?label) = "{language}"' in page.text
    page.ready()


@pytest.mark.slow
def test_nothing_is_asked_of_another_host_and_nothing_breaks_the_policy(
    chromium: Open, server: Server, tmp_path: Path
) -> None:
    journal = tmp_path / "net.json"
    browser = chromium(f"--log-net-log={journal}")
    page = Playground(browser, server.url + "playground/")
    page.ask("laureates-per-departement")
    page.view("map")
    browser.find_element(By.ID, "site-search").send_keys("cachan")
    page.wait(lambda: browser.find_elements(By.CSS_SELECTOR, "[role=option]"))
    for path in ("", "map/", "cookbook/"):
        browser.get(server.url + path)
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    browser.quit()
    # what a page or a worker of ours began, among what the browser did of itself
    own = f"http://127.0.0.1:{server.server_port}"
    begun = re.findall(r'"initiator":"([^"]*)"[^\n]*?"url":"([^"]*)"', journal.read_text("utf-8", "replace"))
    asked = {address for initiator, address in begun if initiator.startswith(own)}
    assert f"{server.url}assets/trophees.trig.gz" in asked
    assert [address for address in asked if not address.startswith(own)] == []


@pytest.mark.foreign
@pytest.mark.parametrize("narrow_and_dark", [False, True], ids=["wide-light", "narrow-dark"])
def test_axe_finds_nothing(
    chromium: Open, server: Server, folder: Path, narrow_and_dark: bool, project: Project
) -> None:
    """With an answer on the page; without one, `test_quality` looks at every width and scheme."""
    browser = chromium(narrow=narrow_and_dark, dark=narrow_and_dark)
    addresses = [server.url + "playground/", server.url + "playground/en/", (folder / "playground.html").as_uri()]
    for address in addresses:
        page = Playground(browser, address)
        page.ask("laureates-in-departement")
        assert violations(browser) == []
        page.write(departements_of_2020(project))
        page.run()
        for view in ("chart", "map"):
            page.view(view)
            assert violations(browser) == []
        page.write("SELECT nonsense")
        page.run()
        assert page.error
        assert violations(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
