"""How a thing is cited, in the words of `base.citation`; a script cites its facts with the same parts and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from trophees.base.namespaces import DCTERMS
from trophees.site.citing import release
from trophees.site.model import Site, Thing
from trophees.site.thing.facts import Teller


def parts(site: Site, teller: Teller, thing: Thing) -> dict[str, str]:
    """The attributes of the page of `thing` from which a script makes the reference of a fact."""
    whole = release(site, teller.lang)
    found = {
        "iri": thing.iri,
        "name": site.label(thing.iri, teller.lang),
        "publisher": ", ".join(whole.publishers),
        "work": whole.dataset,
        "version": whole.version,
        "date": whole.day,
        "licence": whole.licence,
        "contact": site.inputs.contact,
        "sum": whole.sha256,
    }
    return {f"data-{key}": value for key, value in found.items() if value}


def text(site: Site, teller: Teller, thing: Thing, cited: Sequence[str]) -> str:
    """The reference of `thing`, which the sources `cited` tell of, as a line of text."""
    source, *others = cited or [""]
    whole, name = release(site, teller.lang), site.label(thing.iri, teller.lang)
    return replace(whole, iri=thing.iri, titles=(name,), source=source, others=tuple(others)).text(teller.lang)


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
