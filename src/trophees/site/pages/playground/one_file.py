"""The playground as one file that opens from a disk: scripts, styles, engine and graph stand in the page itself."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from trophees.site.l10n import Words
from trophees.site.model import Site
from trophees.site.render import Page
from trophees.site.scripts import ENGINE

# Only what stands in the page runs, known by its hash; the engine's worker is made from the page too.
_POLICY = (
    "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval' blob:; style-src {style}; img-src data:; "
    "worker-src blob:; base-uri 'none'; form-action 'none'"
)
_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]")
_STYLES = ("site.css", "playground.css", "builder.css")


def page(
    site: Site,
    pages: Sequence[Page],
    data: Mapping[str, bytes],
    packed: Mapping[str, bytes],
    bundle: Mapping[str, bytes],
) -> bytes:
    """The HTML of one file that asks for no other: `pages`, one in each language, of which a script shows one.

    `data` is JSON, and `packed` what is gzipped for the engine, each by its name.
    """
    style = "".join(bundle[name].decode("utf-8") for name in _STYLES)
    scripts = [_inline(bundle[name].decode("utf-8")) for name in ("alone.js", "playground.js", "editor.js")]
    binary = {"worker": bundle["worker.js"], "files": bundle["files.js"], "wasm": bundle[ENGINE], **packed}
    licences = bundle["LICENSES.txt"].decode("utf-8")
    values = {
        **pages[0].values,
        "policy": _POLICY.format(scripts=" ".join(map(_hash, scripts)), style=_hash(style)),
        "style": Markup(style),
        "scripts": [Markup(script) for script in scripts],
        "data": {name: Markup(_inert(text)) for name, text in data.items()},
        "binary": {name: base64.b64encode(content).decode() for name, content in binary.items()},
        "languages": [_inside(site, page, licences) for page in pages],
    }
    return site.render(replace(pages[0], values=values))[1]


def _inside(site: Site, page: Page, licences: str) -> dict[str, object]:
    """What the file holds of `page`."""
    made = replace(page, template="playground_inside.html", values={**page.values, "licences": licences})
    inside = Markup(site.render(made)[1].decode("utf-8"))  # a template escaped it
    return {"code": page.lang, "title": page.title, "t": Words(page.lang), "inside": inside}


def _inline(script: str) -> str:
    """A minified script as it may stand in HTML: nothing ends the element, and no control character, which only
    strings and patterns hold, is written bare.
    """
    return _CONTROL.sub(lambda c: f"\\x{ord(c[0]):02x}", script.replace("</script", "<\\/script"))


def _hash(text: str) -> str:
    """The source expression of an inline script or style (CSP level 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inert(json: bytes) -> str:
    """JSON that can neither end nor open markup."""
    return json.decode("utf-8").replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
