"""The pictures of README.md and LISEZMOI.md: pages of publish/, as a browser shows them at 1280 × 800.

To run by hand after a change that is seen, when `make` is done: python tools/screenshots.py [FOLDER]. It needs Debian's
packages chromium and chromium-driver. Look at the pictures before you commit them.
"""

from __future__ import annotations

import http.server
import io
import os
import sys
import threading
from functools import partial
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

ROOT = Path(__file__).parents[1]
PUBLISH, PICTURES = ROOT / "publish", ROOT / "docs" / "screenshots"
SIZE = (1280, 800)
MOST = 200_000  # bytes of a picture
PAGES = {
    "home": "index.html",
    "laureate": "laureate/2020/cachan/index.html",
    "near": "near/index.html?place=44109",
    "list": "laureates/index.html?region=11,76&tool=numerique",
    "compare": "compare/index.html?laureates=2020/cachan,2020/marlioz,2020/val-de-marne",
    "story": "stories/participants/index.html",
    "map": "map/index.html",
    "playground": "playground/index.html",
}
LOADED = {"near": ".near-group", "list": "[data-card]", "compare": ".compared thead a"}  # what a script puts there
QUERY = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tp: <https://w3id.org/trophees-participation/ontology#>

SELECT ?outil (COUNT(DISTINCT ?l) AS ?lauréats)
WHERE { ?l tp:usesTool/skos:prefLabel ?outil . FILTER(LANG(?outil) = "fr") }
GROUP BY ?outil ORDER BY DESC(?lauréats) ?outil LIMIT 6"""
# what stands at the top of the picture, if it is not the page's
FIRST = {"near": "near-answer", "list": "list-tools", "map": "map", "playground": "pg-run"}


class Handler(http.server.SimpleHTTPRequestHandler):
    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return "text/javascript" if str(path).endswith(".js") else super().guess_type(path)

    def log_message(self, *_args: object) -> None:
        pass


def main(folder: Path = PUBLISH) -> None:
    """Take the pictures of the site in `folder`."""
    PICTURES.mkdir(exist_ok=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = start()
    try:
        for name, path in PAGES.items():
            question = f"#query={quote(QUERY, safe='')}" if name == "playground" else ""
            browser.get(f"http://127.0.0.1:{server.server_port}/{path}{question}")
            if question:
                ask(browser)
            if name in LOADED:
                shown = LOADED[name]
                WebDriverWait(browser, 30).until(lambda found: found.find_elements(By.CSS_SELECTOR, shown))  # noqa: B023
            if name in FIRST:
                browser.execute_script("document.getElementById(arguments[0]).scrollIntoView()", FIRST[name])
            data = compressed(browser.get_screenshot_as_png())
            (PICTURES / f"{name}.png").write_bytes(data)
            print(f"{len(data):>9,}  docs/screenshots/{name}.png")
    finally:
        browser.quit()
        server.shutdown()


def start() -> Chrome:
    """A browser without a window, in light colours."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=fr"):
        options.add_argument(argument)
    browser = Chrome(options=options, service=Service("/usr/bin/chromedriver", env={**os.environ, "LANGUAGE": "fr"}))
    metrics = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = {"prefers-color-scheme": "light", "prefers-reduced-motion": "reduce"}
    media = {"features": [{"name": name, "value": value} for name, value in features.items()]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    return browser


def ask(browser: Chrome) -> None:
    """Run the query of the playground, and show the answer as a chart."""
    wait = WebDriverWait(browser, 30)
    wait.until(lambda found: found.find_element(By.ID, "pg-run").is_displayed())
    browser.execute_script("document.getElementById('pg-run').click()")
    chart = "#pg-views [data-view=chart]"
    wait.until(lambda found: found.find_elements(By.CSS_SELECTOR, chart))
    browser.execute_script("document.querySelector(arguments[0]).click()", chart)


def compressed(png: bytes) -> bytes:
    """The picture as it is, or in as many colours as fit in MOST bytes."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    data = saved(picture)
    for colours in (256, 128, 64, 32):
        if len(data) <= MOST:
            break
        data = saved(picture.quantize(colours, dither=Image.Dither.NONE))
    return data


def saved(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
