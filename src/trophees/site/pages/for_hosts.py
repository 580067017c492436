"""Content negotiation on hosts that only serve files: the configuration of Apache, nginx and others, and of w3id.org.

The address of a thing, its IRI, ends in no `/` and no extension. It answers 303 with the address of a document, a page
(`/`, `/en/`) or a data file (`.ttl`…), which answers 200; `accept.choose` says which. A thing is what has a `.ttl` file
beside it. `docs/hosting.md` says how to use each file.
"""

from __future__ import annotations

from collections.abc import Iterator

from trophees.base.addresses import Folder
from trophees.base.namespaces import SKOS
from trophees.hosting import configuration, manifest
from trophees.hosting.documents import ADDRESSES, HOST
from trophees.hosting.rules import Rules
from trophees.hosting.signposts import Signposts
from trophees.site import written
from trophees.site.dataset import published
from trophees.site.model import Site
from trophees.site.render import LICENCE
from trophees.site.thing.schema_org import type_of

_LISTS = {  # by the first step of the paths of things
    "laureate": Folder.LAUREATES,
    "case": Folder.CASES,
    "edition": Folder.LAUREATES,
    "territory": Folder.SEARCH_TERRITORIES,
    "ontology": Folder.ONTOLOGY,
    "dataset": Folder.DATA,
    "graph": Folder.DATA,
    "vocabulary": Folder.VOCABULARIES,
}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The files: those that hosts read stand at the root; those to be put elsewhere in `deploy/`."""
    said = rules(site)
    for path, text in configuration.files(said):
        yield path, text.encode()
    yield ".nojekyll", b""
    # MultiViews, where Apache has it on, leaves the address of a folder to our rules
    yield from ((f"{path}/.folder", b"") for path in ADDRESSES)
    folders = {folder: page for page, folders in said.folders.items() for folder in folders}
    inputs = site.inputs
    said_here = manifest.Manifest(inputs.version, inputs.url, inputs.sparql, folders, said.signposts)
    yield manifest.FILE, said_here.written()


def rules(site: Site) -> Rules:
    """The rules of `site`."""
    things = [*site.things(), *site.gone]
    paths = [thing.path for thing in things if thing.kind != "term"]
    pages = {thing.path for thing in things}
    empty: dict[str, str] = dict.fromkeys(("csv", "dumps"), Folder.DATA)
    for thing in things:
        steps = thing.path.split("/")
        for end in range(1, len(steps)):
            empty.setdefault("/".join(steps[:end]), _page(site, thing.iri, steps[0]))
    for page, listed in sorted(_evidence(site).items()):
        steps = page.removeprefix(listed).rstrip("/").split("/")
        for end in range(1, len(steps)):
            empty.setdefault(listed + "/".join(steps[:end]), listed)
    folders: dict[str, tuple[str, ...]] = {}
    for folder in sorted(empty.keys() - pages):
        folders[empty[folder]] = (*folders.get(empty[folder], ()), folder)
    return Rules(
        host=site.inputs.url or HOST,
        kinds=tuple(sorted({path.split("/")[0] for path in paths if "/" in path})),
        single=tuple(sorted({Folder.SHAPES.rstrip("/"), *(path for path in paths if "/" not in path)})),
        folders=folders,
        signposts=Signposts(LICENCE, _types(site), _items(site)),
    )


def _evidence(site: Site) -> dict[str, str]:
    """The folders of the pages that list what a source says of a thing, each with that of all it says."""
    said = {(source, fact.partition("#")[0]) for fact, source in written.facts(site)}
    return {written.folder(source, thing): written.folder(source) for source, thing in said}


def _types(site: Site) -> dict[str, str]:
    """What schema.org calls things, by the beginning of their paths: one step where all that begin so are the same."""
    found: dict[str, set[str]] = {}
    for thing in site.things():
        if thing.kind != "term":
            steps = thing.path.split("/")
            for beginning in (steps[0], "/".join(steps[:2])):
                found.setdefault(beginning, set()).add(type_of(site, thing))
    one = {beginning: types.pop() for beginning, types in found.items() if len(types) == 1}
    return {path: type_ for path, type_ in sorted(one.items()) if "/" not in path or path.split("/")[0] not in one}


def _items(site: Site) -> dict[str, str]:
    """The types of the files that hold the whole dataset, by path: all its files would not do in a header."""
    return {file.path: file.media_type for file in published(site)["whole"]}


def _page(site: Site, iri: str, kind: str) -> str:
    """The page that lists things such as `iri`."""
    listed = Folder.VOCABULARIES if site.links(iri, SKOS + "inScheme") else Folder.SEARCH
    return _LISTS.get(kind, listed)
