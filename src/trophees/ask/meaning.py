"""What a name means that a reader gives to a thing: a code, a slug, a label; whoever asks, by the same rules.

The first of these that anything answers to: its IRI, or what follows its folder in it (`84`, `2020/cachan`); its last
step (`cachan`), INSEE's IRI of it, its INSEE code, a number that it is registered under (SIREN); a label in either
language, whatever the case, the accents, the apostrophes, the hyphens. The page has the same rules for what it knows of
a thing: `site/web/meaning.js`. What has spaces around it, the backslashes of SPARQL, or an address of ours that is no
IRI (`http:`, `www.`, a slash at its end) is `tidied` before.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from trophees.ask.question import Question
from trophees.base.errors import UserError, as_text, brief
from trophees.base.namespaces import BASE, DCTERMS, IGEO, RDFS, SKOS, TP
from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from trophees.ask.repository import Repository
    from trophees.base.context import Context

_LABELS = " ".join(
    f"<{iri}>"
    for iri in (
        f"{SKOS}prefLabel",
        f"{SKOS}altLabel",
        f"{IGEO}nom",
        f"{TP}nameWithArticle",
        f"{TP}title",
        f"{DCTERMS}title",
        f"{RDFS}label",
    )
)
_OURS = pattern(r"(?i)\Ahttps?://(?:www\.)?w3id\.org/trophees-participation/")
_ESCAPE = pattern(r"\\([/#])")
OFFERED = 8  # of the things that a name may mean


def meant(graph: Repository, text: str, space: str = "") -> list[NamedNode]:
    """The things that `text` means, by the first rule that finds any, in the order of their IRIs.

    `space`: only those whose IRI begins so. They are no parts of other things, unless `text` is their IRI. UserError if
    it is no text: bytes that the system could not read as UTF-8.
    """
    text = tidied(as_text(text))
    for iri in dict.fromkeys((space + text, text, BASE + text)):
        if (node := _node(iri)) and iri.startswith(space) and next(iter(graph.quads(node)), None):
            return [node]
    called = {*_ending(graph, text, space), *_known_as(graph, text, space)}
    return sorted(called, key=str) or _labelled(graph, text, space)


def tidied(text: str) -> str:
    """`text` without spaces around it, a name as SPARQL escapes it as it is printed; of an address of ours with http,
    www or a slash at its end, the IRI.
    """
    text = _ESCAPE.sub(r"\1", text.strip())
    text = _OURS.sub(BASE, text)
    return text.rstrip("/") if text.startswith(BASE) and text != BASE else text


def one(graph: Repository, text: str, space: str, context: Context, name: str) -> NamedNode:
    """What `text` means as the value of the parameter `name`, whose values are in `space`.

    UserError, with what it may be, if that is nothing, or several things.
    """
    found = meant(graph, text, space)
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"-p {name}: “{brief(text)}” may be {listed(graph, found, context)}")
    near = nearest(graph, text, space)
    hint = f" (did you mean {listed(graph, near, context)}?)" if near else ""
    of = context.compact(space + "…").removesuffix("…")
    raise UserError(f"-p {name}: nothing of {of} is called “{brief(text)}”{hint}")


def listed(graph: Repository, things: list[NamedNode], context: Context) -> str:
    """Compact names of `things` with their labels, as many as a sentence has room for."""
    shown = []
    for thing in things[:OFFERED]:
        labels = {q.object for q in graph.quads(thing, NamedNode(SKOS + "prefLabel"))}
        texts = sorted((label.language != "fr", label.value) for label in labels if isinstance(label, Literal))
        name = context.compact(thing.value)
        shown.append(f"{name} (“{brief(texts[0][1], 60)}”)" if texts else name)
    rest = f" or {len(things) - OFFERED} more" if len(things) > OFFERED else ""
    return " or ".join(shown) + rest


def nearest(graph: Repository, text: str, space: str = "") -> list[NamedNode]:
    """The things whose last step, or label, is most like `text`; of those that are called alike, the former first.

    If there are none: those that have the words of `text` in their label.
    """
    from trophees.ask.explain.nearest import nearest

    wanted, known = _plain(tidied(text)), dict[str, list[NamedNode]]()
    if not wanted:
        return []
    labels = sorted(_every_label(graph, space), key=str)  # stores have orders of their own
    for thing, _ in labels:
        known.setdefault(thing.value.rsplit("/", 1)[-1], []).append(thing)
    for thing, label in labels:
        known.setdefault(_plain(label), []).append(thing)
    names = nearest(wanted, known) or sorted(name for name in known if f" {wanted} " in f" {name} ")
    found = [thing for name in names for thing in known[name]]
    return list(dict.fromkeys(found))[:3]


def _ending(graph: Repository, text: str, space: str) -> list[NamedNode]:
    ends = f'STRENDS(STR(?thing), {Literal("/" + text)}) && !CONTAINS(STR(?thing), "#")'
    return _things(graph, f"?thing <{SKOS}prefLabel> ?label FILTER({ends})", space) if text else []


def _known_as(graph: Repository, text: str, space: str) -> list[NamedNode]:
    said = Literal(text)
    ways = [f"?thing <{IGEO}codeINSEE> {said}", f"?thing <{TP}identifier>/<{TP}notation> {said}"]
    if (node := _node(text)) and ":" in text:
        ways.append(f"?thing <{SKOS}exactMatch> {node}")
    return _things(graph, " UNION ".join(f"{{ {way} }}" for way in ways), space)


def _labelled(graph: Repository, text: str, space: str) -> list[NamedNode]:
    wanted = _plain(text)
    found = {thing for thing, label in _every_label(graph, space) if _plain(label) == wanted}
    return sorted(found, key=str) if wanted else []


def _every_label(graph: Repository, space: str) -> Iterator[tuple[NamedNode, str]]:
    parts = f'(!CONTAINS(STR(?thing), "#") || STRSTARTS(STR(?thing), "{TP}"))'
    where = f"VALUES ?p {{ {_LABELS} }} ?thing ?p ?label FILTER({parts} && STRSTARTS(STR(?thing), {Literal(space)}))"
    rows = graph.ask(Question("labels", f"SELECT DISTINCT ?thing ?label {{ {where} }}"))
    assert isinstance(rows, QuerySolutions)  # as SELECT has
    for row in rows:
        if isinstance(row["thing"], NamedNode):
            yield row["thing"], row["label"].value


def _things(graph: Repository, where: str, space: str) -> list[NamedNode]:
    begins = f"FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), {Literal(space)}))"
    rows = graph.ask(Question("things", f"SELECT DISTINCT ?thing {{ {where} {begins} }}"))
    assert isinstance(rows, QuerySolutions)  # as SELECT has
    return sorted((row["thing"] for row in rows), key=str)


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _plain(text: str) -> str:
    from trophees.base.folding import fold

    return " ".join(fold(text).replace("-", " ").split())
