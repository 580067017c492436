"""How a thing is cited, in the words of `trophees.ask.citing`; a script cites its facts with the same parts."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from trophees.base.namespaces import DCTERMS
from trophees.site.citing import latest
from trophees.site.dataset import described
from trophees.site.model import Site, Thing
from trophees.site.thing.facts import Teller


def parts(site: Site, teller: Teller, thing: Thing) -> dict[str, str]:
    """The attributes of the page of `thing` from which a script makes the reference of a fact."""
    title, _ = described(site, teller.lang)
    found = {
        "iri": thing.iri,
        "name": site.label(thing.iri, teller.lang),
        "publisher": teller.words("data.author"),
        "work": title,
        "version": site.version,
        "date": site.released,
        "licence": _licence(site, teller),
        "contact": site.inputs.contact,
        "sum": site.sha256,
    }
    return {f"data-{key}": value for key, value in found.items() if value}


def text(site: Site, teller: Teller, thing: Thing, cited: Sequence[str]) -> str:
    """The reference of `thing`, which the sources `cited` tell of, as a line of text."""
    words, given = teller.words, parts(site, teller, thing)
    work = ", ".join(given[f"data-{key}"] for key in ("publisher", "work") if f"data-{key}" in given)
    told = [words("mark.quoted").replace("{0}", given["data-name"]), work]
    told += [words("mark.version").replace("{0}", site.version)] if site.version else []
    line = f"{', '.join(filter(None, [*told, given.get('data-date', '')]))}. {thing.iri}."
    for name in cited:
        line += f" {words('mark.source').replace('{0}', name.rstrip('.'))}."
    line += f" {words('mark.licence').replace('{0}', given['data-licence'])}." if "data-licence" in given else ""
    return f"{line} SHA-256 {site.sha256}."  # by which `trophees verify` knows the release


def report(site: Site, teller: Teller, thing: Thing) -> str:
    """The link that opens a letter about an error on the page of `thing`; empty if nobody is known to answer."""
    if not site.inputs.contact:
        return ""
    words = teller.words
    subject = words("mark.subject").replace("{0}", site.label(thing.iri, teller.lang))
    body = words("mark.body").replace("{0}", site.label(thing.iri, teller.lang)).replace("{1}", thing.iri)
    return f"mailto:{quote(site.inputs.contact, safe='@')}?subject={quote(subject)}&body={quote(body)}"


def reference(site: Site, source: str) -> str:
    """How a source is cited: as it says, else by its title."""
    found = site.text(source, DCTERMS + "bibliographicCitation")
    return found or site.label(source, "fr")


def _licence(site: Site, teller: Teller) -> str:
    return next((teller.link(iri).text for iri in site.links(latest(site), DCTERMS + "license")), "")
