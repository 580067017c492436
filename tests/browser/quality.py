"""What the tests of quality share: which pages they open, a strict server, and what a browser tells of a page."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome

from trophees.base.addresses import SECTIONS, Folder
from trophees.site.l10n import LANGUAGES
from trophees.site.model import Site
from trophees.site.render import CSP, place

from .conftest import Handler
from .tools import axe

FIXED = (
    *SECTIONS.values(),
    Folder.SHAPES,
    Folder.SHAPES_CONDITIONS,
    Folder.SEARCH,
    Folder.ACCESSIBILITY,
    Folder.VERIFY,
)
LONE = ("404.html", "406.html")
# a page of each: the first query, terms of both sorts, and the index of the list for readers without scripts
SAMPLES = (
    "cookbook/tools-most-used/",
    "ontology/classes/Laureate/",
    "ontology/properties/toolUse/",
    "source/report-2020/evidence/",
    "source/resource-centre/evidence/laureate/2020/cachan/",
)
# pages whose folders are no section's: their scripts, their lists, and what stands beside the files
FURTHER = (
    Folder.NEAR,
    Folder.COMPARE,
    Folder.CASES,
    Folder.ORGANISATIONS,
    Folder.TERRITORIES,
    Folder.TOOLS,
    Folder.DATA_TABLES,
    f"{Folder.STORIES}cost/",
    "laureate/2020/val-de-marne/",
)
WIDTHS = (1280, 320)
BETWEEN = (480, 768, 1024)
SCHEMES = ("light", "dark")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice")
_TYPES = {
    ".wasm": "application/wasm",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
}
_PACKED = {".html", ".css", ".js", ".json", ".svg"}


class StrictHandler(Handler):
    """Sends the policy of the pages as a header too, compresses what compresses, and lets a browser keep files."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return _TYPES.get(Path(path).suffix) or super().guess_type(path)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "public, max-age=31536000")
        super().end_headers()

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and path.suffix in _PACKED and path.is_file()
        if not packed:
            return super().send_head()
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)


def one_of_every_kind(site: Site) -> list[str]:
    """The path of a page of every kind, the richest of its kind, in French and in English by turns."""
    folders = list(dict.fromkeys((*FIXED, *SAMPLES)))
    for kind in site.kinds():
        folders.append(max(site.things(kind), key=lambda thing: len(site.triples(thing.iri))).folder)
    found = dict.fromkeys(place(folder, LANGUAGES[number % 2]) for number, folder in enumerate(folders))
    return [*found, *LONE]


def appear(browser: Chrome, width: int, scheme: str = "light", forced: bool = False) -> None:
    """Show the page `width` pixels wide, in a colour scheme or in `forced` colours of the system, without movement."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
    features["forced-colors"] = "active" if forced else "none"
    media = {"features": [{"name": name, "value": value} for name, value in features.items()]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


def violations(browser: Chrome, forced: bool = False) -> list[str]:
    """What axe-core finds wrong with the page as it is shown; of `forced` colours, which are the system's, it reads the
    page's, so that contrast is not asked for.
    """
    if not browser.execute_script("return !!window.axe"):
        browser.execute_script(axe())
    options = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
    options["rules"] = {"color-contrast": {"enabled": not forced}}
    run = "axe.run(arguments[0]).then((found) => arguments[1](found.violations))"
    found = browser.execute_async_script(run, options)
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def requests(browser: Chrome) -> dict[str, tuple[str, int]]:
    """The addresses that the browser asked for since the last call: what each was, such as `Document`, and how many
    bytes came for it, as they were sent: compressed, with their header.
    """
    asked: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}
    for entry in browser.get_log("performance"):  # type: ignore[no-untyped-call]
        message = json.loads(entry["message"])["message"]
        told, number = message["params"], message["params"].get("requestId")
        if message["method"] == "Network.requestWillBeSent":
            asked[number] = told["request"]["url"], told.get("type", "")
        elif message["method"] == "Network.loadingFinished":
            sizes[number] = int(told["encodedDataLength"])
    return {address: (kind, sizes.get(number, 0)) for number, (address, kind) in asked.items()}
