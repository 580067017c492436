"""The playground as a person uses it."""

from __future__ import annotations

from urllib.parse import quote

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait


class Playground:
    def __init__(self, browser: Chrome, address: str, query: str = "", rest: str = "") -> None:
        self.browser = browser
        browser.get("about:blank")
        browser.get(address + (f"#query={quote(query, safe='')}{rest}" if query else ""))
        self.wait(lambda: self.is_ready)

    @property
    def is_ready(self) -> bool:
        """Whether the page does what it is asked; its engine may not be there yet."""
        return bool(self.browser.find_elements(By.CSS_SELECTOR, "#pg-app[data-ready]"))

    def part(self, name: str) -> WebElement:
        return self.browser.find_element(By.ID, f"pg-{name}")

    def wait(self, condition: object, seconds: float = 20) -> object:
        assert callable(condition)
        return WebDriverWait(self.browser, seconds, poll_frequency=0.1).until(lambda _: condition())

    def ready(self) -> None:
        """Wait until the engine has the whole graph."""
        self.wait(lambda: self.part("engine").text.startswith(("Prêt", "Ready")))

    @property
    def editor(self) -> WebElement:
        """The editor, which comes with the first sign of a reader."""
        self.browser.execute_script("dispatchEvent(new PointerEvent('pointermove'))")
        self.wait(lambda: self.part("editor").is_displayed())
        return self.part("editor").shadow_root.find_element(By.CSS_SELECTOR, ".cm-content")

    @property
    def text(self) -> str:
        script = "return [...arguments[0].querySelectorAll('.cm-line')].map((line) => line.textContent).join('\\n')"
        return str(self.browser.execute_script(script, self.editor))

    def write(self, text: str) -> None:
        """Replace the query, by keyboard."""
        self.browser.execute_script("arguments[0].focus()", self.editor)
        keys = ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL)
        keys.send_keys(Keys.DELETE).perform()
        self.browser.execute_cdp_cmd("Input.insertText", {"text": text})

    def type(self, text: str) -> None:
        """Go on typing where the cursor is."""
        ActionChains(self.browser).send_keys(text).perform()

    def click(self, element: WebElement) -> None:
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def run(self) -> str:
        """Run the query; what is said of the result."""
        self.click(self.part("run"))
        return self.result()

    def result(self) -> str:
        """What is said of the result, or why there is none."""
        found = self.wait(lambda: not self.running and (self.status or self.error or self.said))
        return "" if found == self.error else str(found)

    @property
    def running(self) -> bool:
        return self.part("run").get_attribute("aria-disabled") != "false"

    @property
    def status(self) -> str:
        """What is said of the result."""
        return self.part("status").text

    @property
    def said(self) -> str:
        """What is said under the buttons."""
        return self.part("said").text

    @property
    def said_of_files(self) -> str:
        return self.part("own-said").text

    @property
    def error(self) -> str:
        return self.part("error").text

    def ask(self, name: str) -> str:
        """Choose a question of the cookbook."""
        link = self.part("cookbook").find_element(By.CSS_SELECTOR, f"[data-query={name}]")
        self.browser.execute_script("arguments[0].click()", link)
        return self.result()

    def ask_in_words(self, question: str) -> str:
        """Ask by keyboard in words; what is said of the question, once its answer is there, if it has one."""
        self.part("words").clear()
        self.part("words").send_keys(question, Keys.ENTER)
        self.wait(lambda: self.said_of_words.rstrip("…") == self.said_of_words != "")
        self.wait(lambda: not self.running)
        return self.said_of_words

    @property
    def said_of_words(self) -> str:
        return self.part("words-said").text

    def rows(self) -> list[list[str]]:
        rows = "[...document.querySelectorAll('#pg-output tbody tr')]"
        return list(
            self.browser.execute_script(f"return {rows}.map((row) => [...row.cells].map((c) => c.textContent))")
        )

    def view(self, name: str) -> None:
        self.click(self.part("views").find_element(By.CSS_SELECTOR, f"[data-view={name}]"))
