"""The form for records in a real browser, from a disk: a record is opened, broken, mended and saved."""

from __future__ import annotations

import json
from importlib.resources import files as resources
from pathlib import Path

import pytest
from pyoxigraph import Store
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from rules_page import expected_reports
from trophees.release.checkout import Project
from trophees.site.model import Inputs, Site
from trophees.site.pages import curate

from .conftest import Open, write
from .quality import appear, violations

pytestmark = pytest.mark.xdist_group("browser")
CACHAN = "laureate/2020/cachan.yaml"
ERRORS = Path(__file__).parents[1] / "errors"
STEP = '  - id: laureate:2020/cachan#stage-7\n    texte: "Rendre compte : chaque année"\n'
LAST = "    rubrique: ÉTAPES DU PROJET\n\nrésultats:\n"


@pytest.fixture
def browser(chromium: Open, project: Project, store: Store, tmp_path: Path) -> Chrome:
    """The form, opened from a disk."""
    site = Site(Inputs(store=store, shapes=project.shapes(), context=project.context, version="2020.1"))
    for path, data in curate.files(site):
        write(tmp_path / path, data)
    for item in (resources("trophees.site") / "bundle").iterdir():
        write(tmp_path / "assets" / item.name, item.read_bytes())
    browser = chromium()
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.get((tmp_path / "curate/index.html").as_uri())
    return browser


def at(browser: Chrome, *path: str | int) -> WebElement:
    """What holds the field of a path of the record."""
    address = json.dumps(path, ensure_ascii=False, separators=(",", ":"))
    found = browser.execute_script("return document.querySelector(`[data-path=${CSS.escape(arguments[0])}]`)", address)
    assert isinstance(found, WebElement), path
    return found


def fill(field: WebElement, said: str) -> None:
    box = field.find_elements(By.CSS_SELECTOR, "input, textarea")[0]
    box.send_keys(Keys.CONTROL + "a")
    box.send_keys(Keys.BACKSPACE, said)


def text(part: WebElement) -> str:
    return part.get_attribute("textContent") or ""


def until(browser: Chrome, path: tuple[str | int, ...], told: str) -> None:
    sentence = at(browser, *path).find_element(By.CSS_SELECTOR, ":scope > .cu-problem")
    WebDriverWait(browser, 10, 0.05).until(lambda _: text(sentence) == told)


@pytest.mark.slow
def test_a_record_is_opened_broken_mended_and_saved_with_its_other_bytes_as_they_were(
    browser: Chrome, project: Project, tmp_path: Path
) -> None:
    record = project.root / "data" / CACHAN
    browser.find_element(By.ID, "cu-file").send_keys(str(record))
    WebDriverWait(browser, 10, 0.05).until(lambda _: browser.find_elements(By.CLASS_NAME, "cu-entry"))
    assert browser.find_element(By.ID, "cu-name").text == f"data/{CACHAN}"
    assert not browser.find_element(By.ID, "cu-problems").is_displayed()
    # the sentence of the command, at the field and in the list
    [report] = expected_reports(ERRORS)["etoiles-hors-limites"]
    sentence = report.partition("erreur: ")[2].partition(" [")[0]
    fill(at(browser, "étoiles"), "5")
    until(browser, ("étoiles",), f"{sentence}.")
    assert browser.find_element(By.ID, "cu-count").text == "1 point à revoir."
    browser.find_element(By.CSS_SELECTOR, "#cu-problems summary").send_keys(Keys.ENTER)
    assert sentence in text(browser.find_element(By.ID, "cu-list"))
    # a new step is asked for what it lacks
    at(browser, "étapes").find_element(By.CSS_SELECTOR, ":scope > button").send_keys(Keys.ENTER)
    step = ("étapes", 6)
    WebDriverWait(browser, 10, 0.05).until(lambda _: browser.switch_to.active_element.tag_name == "textarea")
    assert "clé absente" in at(browser, *step, "position").text
    for width, scheme in ((1280, "light"), (320, "dark")):
        appear(browser, width, scheme)
        assert violations(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    appear(browser, 1280)
    fill(at(browser, *step, "texte"), "Rendre compte : chaque année")
    until(browser, (*step, "texte"), "")
    # mended; the key that was emptied on the way stands where it stood
    fill(at(browser, "étoiles"), "3")
    until(browser, ("étoiles",), "")
    browser.find_element(By.ID, "cu-save").send_keys(Keys.ENTER)
    saved = tmp_path / "cachan.yaml"
    WebDriverWait(browser, 10, 0.05).until(lambda _: saved.exists())
    wanted = record.read_text("utf-8").replace("étoiles: 4\ntitre", "étoiles: 3\ntitre")
    assert wanted.count(LAST) == 1
    assert saved.read_text("utf-8") == wanted.replace(LAST, LAST.replace("\n\n", f"\n{STEP}\n"))
    # taken away again
    saved.unlink()
    at(browser, *step).find_element(By.CSS_SELECTOR, ":scope > .cu-remove").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10, 0.05).until(lambda _: browser.find_element(By.ID, "cu-count").text.startswith("Rien"))
    browser.find_element(By.ID, "cu-save").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10, 0.05).until(lambda _: saved.exists())
    assert saved.read_text("utf-8") == wanted
