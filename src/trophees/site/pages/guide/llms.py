"""`llms.txt` (llmstxt.org), at the root: what there is to read."""

from __future__ import annotations

from trophees.base.addresses import SECTIONS
from trophees.hosting.moved import SOMEWHERE
from trophees.site import dataset
from trophees.site.l10n import Words
from trophees.site.model import Site
from trophees.site.pages.guide.markdown import plain
from trophees.site.pages.guide.model import Entry
from trophees.site.render import place


def index(site: Site, told: Entry) -> str:
    """What there is to read, as links (llmstxt.org: a title, a summary, sections of links; the last may be skipped)."""
    groups = dataset.published(site)
    words = Words("en")
    sections = {
        "Guide": [
            _link(
                "guide.md",
                "guide.md",
                "all that one must know to write a query: paths, traps, classes, properties, codes, queries",
            ),
            _link(
                "guide.json", "guide.json", f"the same for programs, with the SPARQL of {len(told['queries'])} queries"
            ),
            _link("openapi.json", "openapi.json", "what answers over HTTP (OpenAPI 3.1)"),
        ],
        "Data": [_link(f.name, f.path, f.format or f.media_type) for key in ("whole", "tables") for f in groups[key]],
        "Model": [_link(f.name, f.path, f.format or f.media_type) for f in groups["model"]],
        "Pages": [_link(words(f"nav.{key}"), place(folder, "en"), "") for key, folder in SECTIONS.items()],
        "Optional": [
            *(_link(f.name, f.path, f"{f.format}: one class") for f in groups["classes"]),
            *(_link(f.name, f.path, f"{f.format}: French places since 1943") for f in groups["places"]),
        ],
    }
    if site.laureates:
        first = site.laureates[0].path
        text = "one thing as Turtle; every IRI has `.ttl`, `.jsonld`, `.nt` and `.rdf` beside its page"
        sections["Data"].append(_link(first + ".ttl", first + ".ttl", text))
    endpoint = told["endpoint"] or SOMEWHERE
    parts = [
        f"# {plain(told['title'])}\n",
        f"> {plain(told['description'])}\n",
        f"Linked data (RDF), version {told['version']}, {told['license']}. Ask it in SPARQL: at {endpoint} "
        "(SPARQL 1.1 Protocol), in the playground, or with the Python package `trophees`, which carries the graph. "
        "To link names in a table to territories, organisations and concepts (OpenRefine): the Reconciliation Service "
        "API, at `reconcile` below the address of whoever runs `trophees serve`. "
        f"Cite the permanent IRIs, which begin with {told['base']}.\n",
        *(f"## {title}\n\n" + "".join(links) for title, links in sections.items()),
    ]
    return "\n".join(parts)


def _link(name: str, path: str, text: str) -> str:
    return f"- [{plain(name)}]({path}){': ' + text if text else ''}\n"
