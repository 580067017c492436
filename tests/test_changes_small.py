"""Two datasets of a few statements: what changed, as it is told, and as programs take it.

`small/changes.tsv` has what comes of each; after a wanted change, `python tests/test_changes_small.py` writes it anew.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, Triple, parse

from small_cases import PARTS, Cases, compare, each, near, outcome, taken, write
from trophees.base import checkout as base_checkout
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, TP
from trophees.changes import blank, change_set, command, difference, patch, report, sources, standard_names, statements
from trophees.changes.difference import Difference
from trophees.changes.entity import Entity, entities
from trophees.changes.names import Surroundings, surroundings
from trophees.changes.wording import Wording
from trophees.graph import published

ROOM = "changes"
HEAD = """
@prefix : <https://w3id.org/trophees-participation/> . @prefix tp: <https://w3id.org/trophees-participation/ontology#> .
@prefix g: <https://w3id.org/trophees-participation/graph/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <https://schema.org/> .
@prefix l: <https://w3id.org/trophees-participation/laureate/2041/> . @prefix u: <urn:> .
@prefix f: <https://w3id.org/trophees-participation/laureate/2041/a#> .
"""
# what the graph says of itself: names of classes, of properties and of things
NAMES = """
g:ontology { tp:Laureate rdfs:label "lauréat"@fr, "laureate"@en . tp:Stage rdfs:label "étape"@fr, "stage"@en .
  tp:stars rdfs:label "étoiles"@fr, "stars"@en . tp:about rdfs:label "dit de"@fr, "is about"@en .
  tp:Fact rdfs:label "fait"@fr .
  tp:carriedBy rdfs:label "porteur"@fr, "carrier"@en . tp:text rdfs:label "texte"@fr, "text"@en . }
g:r { l:a a tp:Laureate ; skos:prefLabel "Le Val"@fr, "The Val"@en .
  :o\\/x rdfs:label "Ville X" . :o\\/y rdfs:label "Ville Y" . :o\\/z rdfs:label "Ville Y" . }
"""
CONTEXT = Context(
    {"@context": {"@vocab": TP, "tp": TP, "laureate": BASE + "laureate/", "o": BASE + "o/", "graph": BASE + "graph/"}}
)
STAGE = "f:s1 a tp:Stage, tp:Fact ; tp:about l:a ; tp:text "
# what differs, beside the names: old and new
PAIRS: Mapping[str, tuple[str, str]] = {
    "the same": ("g:r { l:a tp:stars 3 }", "g:r { l:a tp:stars 3 }"),
    "a value": ("g:r { l:a tp:stars 3 }", "g:r { l:a tp:stars 4 }"),
    "a value more": ("g:r { l:a tp:stars 3 }", "g:r { l:a tp:stars 3, 4 }"),
    "a value less": ("g:r { l:a tp:stars 3, 4 }", "g:r { l:a tp:stars 4 }"),
    "two for one": ("g:r { l:a tp:stars 3 }", "g:r { l:a tp:stars 4, 5 }"),
    "two for two": ("g:r { l:a tp:stars 2, 3 }", "g:r { l:a tp:stars 4, 5 }"),
    "another graph": ("g:r { l:a tp:stars 3 }", "g:s { l:a tp:stars 3 }"),
    "no graph any more": ("g:r { l:a tp:stars 3 }", "l:a tp:stars 3 ."),
    "a text in each language": (
        'g:r { l:a tp:text "Un"@fr, "One"@en }', 'g:r { l:a tp:text "Deux"@fr, "Two"@en, "Zwei"@de, "none" }'),
    "a text in another language": ('g:r { l:a tp:text "Eins"@de-CH }', 'g:r { l:a tp:text "Zwei"@de-CH }'),
    "a thing of a thing": ("g:r { l:a tp:carriedBy :o\\/x }", "g:r { l:a tp:carriedBy :o\\/y }"),
    "a thing of the same name": ("g:r { l:a tp:carriedBy :o\\/y }", "g:r { l:a tp:carriedBy :o\\/z }"),
    "a thing without a name": ("g:r { l:a tp:carriedBy :o\\/v }", "g:r { l:a tp:carriedBy u:w }"),
    "a new thing": ("", "g:r { l:b a tp:Laureate ; tp:stars 2 ; skos:prefLabel 'B'@fr }"),
    "a thing that is gone": ("g:r { l:b a tp:Laureate ; tp:stars 2 ; skos:prefLabel 'B'@fr, 'B!'@en }", ""),
    "a new fact": ("", f"g:r {{ l:a tp:stage f:s1 . {STAGE} 'Un temps.'@fr, 'A time.'@en }}"),
    "a fact that is gone": (f"g:r {{ l:a tp:stage f:s1 . {STAGE} 'Un temps.'@fr ; rdfs:label 'Temps'@fr }}", ""),
    "a fact that changed": (f"g:r {{ {STAGE} 'Un temps.'@fr }}", f"g:r {{ {STAGE} 'Deux temps.'@fr }}"),
    "a fact about another": (f"g:r {{ {STAGE} 'x' }}", f"g:r {{ {STAGE.replace('l:a', 'l:b')} 'x' }}"),
    "a fact of no class": ("", "g:r { f:s2 tp:text 'x'@en }"),
    "a fact of all facts' class": ("", "g:r { f:s2 a tp:Fact ; tp:about l:a ; tp:text 'x' }"),
    "what follows": ("g:rules { l:a tp:region 1 }", "g:rules { l:a tp:region 2 }"),
    "two that follow": ("", "g:rules { l:a tp:region 1, 2 }"),
    "what follows, and more": ("g:r { l:a tp:stars 1 } g:rules { l:a tp:region 1 }",
        "g:r { l:a tp:stars 2 } g:rules { l:a tp:region 2 }"),
    "what followed, and is said now": ("g:rules { l:a tp:region 1 }", "g:r { l:a tp:region 1 }"),
    "another name": ("g:r { l:b skos:prefLabel 'Un'@fr }", "g:r { l:b skos:prefLabel 'Deux'@fr }"),
    "several names": ("",
    "g:r { u:a rdfs:label 'b' ; dcterms:title 'c' ; foaf:name 'd' ; schema:name 'e' ; skos:prefLabel "
        "'z', 'a' . u:b schema:name 'e' ; foaf:name 'd'@fr ; rdfs:label u:x }"),
    "another type": ("g:r { l:b a tp:Laureate }", "g:r { l:b a tp:Stage }"),
    "a term": ("", "g:ontology { tp:Goal rdfs:label 'but'@fr ; a rdfs:Class }"),
    "a thing elsewhere": ("", "<urn:x#y> tp:text 'a' ."),
    "a text with signs": ("", "g:r { l:a tp:text 'a*b_c`[d]<e>#f|g~h\\\\\\n\\u202e' }"),
    "a long text": (f"g:r {{ l:a tp:text '{'a' * 400}' }}", "g:r { l:a tp:text 'b' }"),
    "a blank node": ("", "g:r { l:a tp:of [ tp:text 'x' ] }"),
    "a triple term": ("", "g:r { l:a tp:of <<( l:a tp:stars 3 )>> }"),
    "a graph of no name": ("", "_:g { l:a tp:stars 3 }"),
    "escapes in SPARQL": ("", "g:r { l:a tp:text 'a\\\\u0041 \\\\\\\\U \\\\n' }"),
}  # fmt: skip


@contextmanager
def in_process() -> Iterator[None]:
    """Blank nodes named in this process, and the context of this module."""

    def run(command: list[str], *, input: bytes, **_: object) -> subprocess.CompletedProcess[bytes]:
        assert command[1:] == ["-P", "-m", "trophees.changes.blank"]
        quads = parse(input, format=RdfFormat.N_QUADS)
        data = b"".join(f"{quad} .\n".encode() for quad in blank.canonical(quads))
        return subprocess.CompletedProcess(command, 0, data)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(subprocess, "run", run)
        patched.setattr(command, "_compact", lambda: CONTEXT.compact)
        yield


@contextmanager
def folder(files: Mapping[str, str | bytes]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as given:
        root = Path(given).resolve()
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode() if isinstance(text, str) else text)
        yield root


def bare(found: object, root: Path) -> object:
    if isinstance(found, str):
        return found.replace(f"{root}/", "…/").replace(str(root), "…")
    return [bare(one, root) for one in found] if isinstance(found, list) else found


def lines(text: str) -> list[bytes]:
    with in_process():
        return statements.lines((HEAD + text).encode(), RdfFormat.TRIG, "n")


def of_difference() -> Cases:
    letters = [b"a", b"b", b"c"]
    some = [[letter for letter, there in zip(letters, chosen, strict=True) if there] for chosen in
            product((False, True), repeat=3)]  # fmt: skip

    def told(old: list[bytes]) -> object:
        found = [difference.difference(old, new) for new in some]
        return [[f"-{b''.join(one.removed).decode()} +{b''.join(one.added).decode()} {bool(one)}" for one in found],
                [one.back() == difference.difference(new, old) for one, new in zip(found, some,
                strict=True)]]  # fmt: skip

    def applied(given: list[bytes]) -> object:
        """What becomes of `given`, by what is removed and what is added."""
        every = {f"-{b''.join(gone).decode()} +{b''.join(come).decode()}": (gone, come)
                 for gone, come in product(some[:6], some)}  # fmt: skip
        return taken(
            every,
            lambda name: (
                "".join(line.decode() for line in difference.applied(given, Difference(*map(tuple, every[name]))))
                or "nothing"
            ),
        )

    return {
        **{f"from {name}": partial(told, old) for old in some if (name := b"".join(old).decode()) or not old},
        **{f"applied to {b''.join(given).decode()}": partial(applied, given) for given in some},
        "not there": lambda: list(difference.applied([b"a", b"c"], Difference((b"b",), ()))),
        "there already": lambda: list(difference.applied([b"a", b"c"], Difference((), (b"c",)))),
        "never there": lambda: list(difference.applied([b"a"], Difference((b"b",), (b"a0",)))),
    }  # fmt: skip


def of_statements() -> Cases:
    texts = {
        "canonical": b'<a:a> <a:b> "c" <a:g> .\n<a:a> <a:b> "a" .\n<a:a> <a:b> "a" .\n',
        "N-Triples": b'<a:a>  <a:b> "\\u0041"^^<http://www.w3.org/2001/XMLSchema#string> .\n',
        "a blank node": b"_:x <a:b> _:y .\n_:y <a:b> 'z' .\n".replace(b"'", b'"'),
        "no line": b"", "a mistake": b"<a:a> <a:b> .\n", "a mistake on line 2": b"<a:a> <a:b> <a:c> .\n<a:a>\n",
        "a noncharacter": "<a:a> <a:b> \"\ufffe\" .\n".encode(), "no UTF-8": b'<a:a> <a:b> "\xff" .\n',
    }  # fmt: skip

    def read(data: bytes, form: RdfFormat = RdfFormat.N_QUADS) -> object:
        with in_process():
            return statements.lines(data, form, "n")

    def in_order(*given: bytes, piece: int = 1 << 22) -> object:
        with folder({"f": b"".join(given)}) as root, pytest.MonkeyPatch.context() as patched:
            patched.setattr(statements, "_PIECE", piece)
            file = statements.File(root / "f")
            return [file.in_order(), list(file), list(file) == list(file), list(file.pieces())]

    a, b, c = (f"<a:a> <a:b> <a:{letter}> .\n".encode() for letter in "abc")
    signs = ' <>"\\^@:.-_\n\x00ué'
    return {
        **each(texts, lambda name: read(texts[name])),
        "relative, in Turtle": lambda: read(b"<x> a <#y> .", RdfFormat.TURTLE),
        "a blank node, in Turtle": lambda: read(b"<x> a [ a <y> ] .", RdfFormat.TURTLE),
        "a mistake, in Turtle": lambda: read(b"<x> a\n\n<y ;", RdfFormat.TURTLE),
        **{f"near {line}": partial(taken, near(line, signs), lambda text: statements.canonical(text.encode()))
           for line in ('<a:a> <a:b> "\\n"@fr <a:g> .\n', '<a:a> <a:b> "c"^^<a:d> .\n', "<a:a> <a:b> <a:c> .\n")},
        **{f"canonical {data!r}": partial(statements.canonical, data) for data in (b"", a, a + b, a[:-1], b"\n",
        *texts.values(),
           b'<a:a> <a:b> "c"^^<http://www.w3.org/2001/XMLSchema#string> .\n',
           b'<a:a> <a:b> "c"^^<http://www.w3.org/2001/XMLSchema#strings> .\n',
           b'<a:a> <a:b> "c"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .\n', b'<a:a> <a:b> "c"@FR .\n',
           b'<a:a> <a:b> "c"@fr-1 .\n',
           b'<a:a> <a:b> "\x7f" .\n', b'<a:a> <a:b> "\xef\xbf\xbf" .\n')},
        "in order": lambda: in_order(a, b, c), "not in order": lambda: in_order(a, c, b), "twice": lambda: in_order(a,
        a),
        "a piece at a time": lambda: in_order(a, b, c, piece=5), "not in order, a piece at a time": lambda: in_order(b,
        a, piece=5),
        "twice, a piece at a time": lambda: in_order(a, a, piece=5), "empty": lambda: in_order(),
        "no last end": lambda: in_order(a, b[:-1]),
        "blank": lambda: [statements.has_blank(term) for term in (BlankNode("a"), Literal("_:a"), Triple(BlankNode("a"),
        *TERMS),
            Triple(TERMS[0], TERMS[0], BlankNode("b")), Triple(TERMS[0], *TERMS), Triple(TERMS[0], TERMS[0],
            Triple(BlankNode("a"), *TERMS)))],
    }  # fmt: skip


TERMS = [next(iter(parse(b"<urn:p> <urn:p> 'o' .".replace(b"'", b'"'), format=RdfFormat.N_TRIPLES))).predicate] * 2


def of_blanks() -> Cases:
    texts = {
        "none": "u:a a u:b .", "one": "u:a u:b _:x . _:x a u:c .",
        "the same by another name": "u:a u:b _:z . _:z a u:c .",
        "two alike": "_:x a u:c . _:y a u:c .", "two joined": "_:x u:p _:y . _:y u:q 'a' . u:a u:b 'c' .",
        "joined in a chain": "_:a u:p _:b . _:c u:p _:d . _:b u:p _:c . _:e a u:x .",
        "in a graph": "_:g { u:a a _:x } _:h { u:a a _:x }",
        "in a triple": "u:a u:p <<( _:x u:p <<( u:a u:p _:y )>> )>> . _:y a u:c .", "a loop": "_:x u:p _:x .",
    }  # fmt: skip

    def told(name: str) -> object:
        quads = list(parse((HEAD + texts[name]).encode(), format=RdfFormat.TRIG))
        return sorted(map(str, blank.canonical(quads)))

    def refused(fault: Exception | int) -> object:
        def run(*_: object, **options: object) -> subprocess.CompletedProcess[bytes]:
            seen.append(options["timeout"])
            if isinstance(fault, Exception):
                raise fault
            return subprocess.CompletedProcess([], fault, b"<urn:a> <urn:b> _:c .\n")

        seen: list[object] = []
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(subprocess, "run", run)
            return [outcome(lambda: blank.named([], "a.ttl")), outcome(lambda: blank.named([], "a.ttl", 1.5)), seen]

    return {
        **each(texts, told),
        "the same names": lambda: told("one") == told("the same by another name"),
        "no time": lambda: refused(subprocess.TimeoutExpired("x", 1)), "a crash": lambda: refused(1),
        "done": lambda: refused(0),
    }  # fmt: skip


def of_reports() -> Cases:
    forms = ["text", "md", "json", "patch", "update", "ttl"]

    def told(name: str, form: str, both: bool) -> Callable[[], object]:
        old, new = PAIRS[name]

        def run() -> object:
            with folder({"old.trig": HEAD + NAMES + old, "new.trig": HEAD + NAMES + new}) as root, in_process():
                found = []
                for language in LANGUAGES if both else LANGUAGES[:1]:
                    differs, pieces = command.compare(
                        str(root / "old.trig"), str(root / "new.trig"), form, language, root
                    )
                    found.append([differs, *(piece.decode() for piece in pieces)])
                return bare(found, root)

        return run

    return {
        f"{name}, as {form}": told(name, form, form in ("text", "md"))
        for name in PAIRS
        for form in forms
        if form in ("text", "update") or name in WHOLE
    }


# what is told in every form, and not in words alone
WHOLE = (
    *("the same", "a value", "another graph", "a text in each language", "a thing of a thing", "a new fact",
    "two that follow"),
    *("a fact that changed", "a text with signs", "a blank node", "a triple term", "a graph of no name",
    "escapes in SPARQL"),
)  # fmt: skip


def of_entities() -> Cases:
    def seen(name: str) -> object:
        old, new = (lines(NAMES + text) for text in PAIRS[name])
        found = difference.difference(old, new)
        told = surroundings(old, new, found)
        words = Wording(told, CONTEXT.compact)
        things = entities(found, told)
        labels = {iri: [words.name(iri, language) for language in LANGUAGES] for iri in sorted(told.labels)}
        return [
            [[thing.iri, thing.kind, thing.derived, [[part.iri, part.kind, len(part.values)] for part in thing.parts],
              [part.iri for part in thing.said]] for thing in things],
            [told.olds, told.news, told.types, told.about, labels] if name in WHOLE else labels,
        ]  # fmt: skip

    told = Surroundings(
        about={"urn:f": "urn:t"},
        labels={"urn:a": {"fr": "un"}, "urn:b": {"de": "zwei", "": "x"}, "urn:c": {"de": "drei"}},
    )
    subjects = ["urn:f", "urn:a", BASE + "a#b", BASE + "a", TP + "x", "urn:a#b", "_:b1"]
    words = Wording(Surroundings(types={"urn:a": {TP + "Fact"}, "urn:b": {TP + "Fact", TP + "Goal"}}), CONTEXT.compact)
    return {
        **each(PAIRS, seen),
        "of what": lambda: {subject: told.entity(subject) for subject in subjects},
        "called": lambda: {iri: [told.label(iri, language) for language in LANGUAGES] for iri in ("urn:a", "urn:b",
        "urn:c", "urn:d")},
        "names without a graph": lambda: {iri: [words.name(iri, language) for language in LANGUAGES] for iri in (
            BASE + "a#b", TP + "stars", "urn:x", *list(standard_names.NAMES)[:2])},
        "classes": lambda: [words.classes(iri) for iri in ("urn:a", "urn:b", "urn:c")],
        "standard names": lambda: standard_names.NAMES,
        "how much": lambda: [report.head(Difference((b"a",) * gone, (b"b",) * come), [Entity("urn:a", "added",
        ())] * things)
            for gone, come, things in ((0, 1, 1), (1, 0, 2), (2, 2, 0))],
        "sections": lambda: list(report.markdown(Difference((b"a",), ()), [], words, "fr", 3)),
    }  # fmt: skip


def of_change_sets() -> Cases:
    def told(name: str, **more: Any) -> object:
        old, new = (lines(NAMES + text) for text in PAIRS[name])
        found = difference.difference(old, new)
        seen = surroundings(old, new, found)
        things, words = entities(found, seen), Wording(seen, CONTEXT.compact)
        return [str(triple) for triple in change_set.triples("urn:set", things, words, **more)]

    return {
        **{name: partial(told, name) for name in ("a value", "a blank node", "a triple term", "a graph of no name",
        "no graph any more")},
        "of releases": lambda: told("a value", old="urn:1", new="urn:2", day="2041-02-03", whole=False),
        "of one": lambda: [told("the same", old="urn:1"), told("the same", new="urn:2")],
        "named": lambda: [change_set.name(Difference((b"a",), ())), change_set.name(Difference((), (b"a",))),
            change_set.part_name("urn:set", "urn:a")],
    }  # fmt: skip


def of_patches() -> Cases:
    texts = [
        "", "H id <urn:x> .\nTX .\nTC .\n", "TX .\nD <a:a> <a:b> <a:c> .\nA <a:a> <a:b> <a:d> .\nTC .\n",
        "# a comment\n\n  \nTX .\n",
        "A <a:a> <a:b> <a:c> .\nA <a:a> <a:b> <a:c> .\n", "D <a:a> <a:b> <a:c> .\nA <a:a> <a:b> <a:c> .\n",
        "PA x <urn:x> .\n", "TX\n", "TX .\nTY .\n",
        "A <a:a> <a:b> .\n", "TX .\nA <a:a> <a:b> <a:c> .\nD <a:a> <a:b> .\n",
        "TX .", "H id <urn:x>\n", "H id .\n", "H  id x .\n", " TX .\n",
        "D  <a:b>  <a:b> <a:c> .\n", "A <a:b> <a:b> 'c' .\nA <a:a> <a:b> 'c' .\n",
        "A <a:a> <a:b> <a:c> .\rA <a:a> <a:b> <a:d> .\n", "A", "D\n", "TXx\n", "TX . \n", "h id <x> .\n",
    ]  # fmt: skip

    def read(text: str) -> object:
        with in_process():
            return patch.read(text.encode(), "p")

    one = Difference(
        (b"<a:a> <a:b> <a:c> .\n",),
        (b"<a:a> <a:b> <a:d> <a:g> .\n", b"<a:b> <a:b> <a:d> <a:g> .\n", b"<a:c> <a:b> <a:d> .\n"),
    )
    return {
        **each(texts, read),
        "near a header": lambda: taken(near("H id <x> .\n", " .\n<H"),
        lambda text: text and bool(patch._HEADER.fullmatch(text.encode()))),
        "near a transaction": lambda: taken(near("TX .\n", " .\nTXC"),
        lambda text: text and bool(patch._HEADER.fullmatch(text.encode()))),
        "written": lambda: [b"".join(patch.rdf_patch(one)), b"".join(patch.rdf_patch(one.back())),
        b"".join(patch.rdf_patch(Difference((), ())))],
        "and read": lambda: [patch.read(b"".join(patch.rdf_patch(way)), "p") == way for way in (one, one.back())],
        "an update": lambda: [b"".join(patch.sparql_update(way)) for way in (one, one.back(), Difference((), ()),
        Difference((), one.added))],
    }  # fmt: skip


FACT = b"<urn:a> <urn:b> <urn:c> .\n"


def of_sources() -> Cases:
    def told(
        name: str, files: Mapping[str, str | bytes], patched: Callable[[pytest.MonkeyPatch], None] | None = None
    ) -> Callable[[], object]:
        def run() -> object:
            with folder(files) as root, pytest.MonkeyPatch.context() as monkey:
                monkey.chdir(root)
                if patched:
                    patched(monkey)
                found = outcome(lambda: sources.read(name, root))
                return [bare(found, root), isinstance(found, list) and type(sources.read(name, root)).__name__]

        return run

    record = "publish/dumps/trophees.nq"
    checkout = {
        "data/dataset/trophees.yaml": "version: x\n",
        "data/identifiers.nq": "",
        "data/context.jsonld": "{}",
        "pyproject.toml": "",
    }
    answers = {
        "rev-parse HEAD": b"abc\n", "rev-parse abc": b"abc\n", "rev-parse first": b"first\n",
        "rev-parse bare": b"bare\n",
        f"cat-file abc:{record}": FACT, f"cat-file first:{record}": b"<urn:a>  <urn:b> <urn:c> .\n",
        "log": b"abc\nsecond\nfirst\n", "cat-file abc:data/dataset/trophees.yaml": b'id: x\nversion: "2041.2"\n',
        "cat-file second:data/dataset/trophees.yaml": b'version: "2041.2"\n',
        "cat-file first:data/dataset/2020.yaml": b'version: "2041.1"\n',
        "cat-file second:data/dataset/2020.yaml": b'version: "2040.9"\n',
        "cat-file abc:data/dataset/2020.yaml": b"version: 2041.0\n",
    }  # fmt: skip

    def git(monkey: pytest.MonkeyPatch) -> None:
        def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
            assert command[:2] == ["git", "-C"]
            verb, rest = command[3], command[4:]
            if verb == "rev-parse":
                assert rest[:-1] == ["--verify", "--quiet", "--end-of-options"]
                asked = f"rev-parse {rest[-1].removesuffix('^{commit}')}"
            else:
                asked = verb if verb == "log" else f"cat-file {rest[1]}"
                assert verb != "log" or rest == ["--format=%H", "--", "data/identifiers.nq"]
                assert verb == "log" or rest[0] == "blob"
            return subprocess.CompletedProcess(command, 0 if asked in answers else 128, answers.get(asked, b"fatal"))

        monkey.setattr(subprocess, "run", run)
        monkey.setattr(base_checkout, "root", lambda folder: folder)

    def no_git(monkey: pytest.MonkeyPatch) -> None:
        def run(*_: object, **__: object) -> None:
            raise FileNotFoundError(2, "No such file or directory")

        git(monkey)
        monkey.setattr(subprocess, "run", run)

    def no_checkout(monkey: pytest.MonkeyPatch) -> None:
        def root(_: Path) -> Path:
            raise UserError("none")

        monkey.setattr(base_checkout, "root", root)

    two = FACT + FACT.replace(b"urn:a", b"urn:0")
    return {
        "a file in order": told("a.nq", {"a.nq": FACT}), "a file in disorder": told("a.nq", {"a.nq": two}),
        "N-Triples": told("a.nt", {"a.nt": FACT}),
        "Turtle": told("a.ttl", {"a.ttl": "<urn:a> a <b> ."}), "a mistake": told("a.ttl", {"a.ttl": "\n<urn:a> a ."}),
        "in capitals": told("A.NQ", {"A.NQ": FACT}),
        "a table": told("a.csv", {"a.csv": "a,b\n"}), "another file": told("a.doc", {"a.doc": ""}),
        "no file": told("no.nq", {}, no_checkout),
        "a folder": told("p", {"p/dumps/trophees.nq": FACT}), "a checkout": told("p",
        {"p/publish/dumps/trophees.nq": FACT}),
        "of an older release": told("p", {"p/dumps/trophees.trig": "<urn:a> a <urn:t> ."}),
        "a checkout of an older release": told("p", {"p/publish/dumps/trophees.trig": "<urn:a> a <urn:u> ."}),
        "both": told("p", {"p/dumps/trophees.nq": FACT, "p/dumps/trophees.trig": "",
        "p/publish/dumps/trophees.nq": ""}), "nothing in it": told("p", {"p/x": ""}),
        "an address": told("https://a.example/x.ttl", {}), "nowhere": told("2041.1", {}, no_checkout),
        "no git": told("HEAD", {}, no_git),
        **{f"revision {name}": told(name, checkout, git) for name in ("HEAD", "first", "bare", "no", "2041.2", "2041.1",
        "2040.9", "2041.0", "2041.", "x2041.2", "2041-2")},
    }  # fmt: skip


def of_commands() -> Cases:
    def written(files: Mapping[str, str], target: str, pieces: Iterable[bytes]) -> Callable[[], object]:
        def run() -> object:
            with folder(files) as root:
                found = outcome(lambda: command.write(root / target, pieces))
                there = {path.name: path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}
                return bare([found, *map(list, there.items())], root)

        return run

    def failing() -> Iterator[bytes]:
        yield b"a"
        raise KeyError("mine")

    def shortened(names: Mapping[str, str]) -> object:
        with folder(names) as root, pytest.MonkeyPatch.context() as patched:
            patched.setattr(published, "_FOLDERS", (str(root),))
            return command._compact()(BASE + "a/b")

    return {
        "new": written({}, "a", [b"1", b"2"]), "in place of": written({"a": "0"}, "a", [b"1"]),
        "broken off": written({"a": "0"}, "a", failing()),
        "no folder": written({}, "x/a", [b"1"]), "a folder": written({"a/b": "0"}, "a", [b"1"]),
        "with a context": lambda: shortened({"context.jsonld": f'{{"@context": {{"a": "{BASE}a/"}}}}'}),
        "without a context": lambda: shortened({}),
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "difference": of_difference, "statements": of_statements, "blank": of_blanks, "report": of_reports,
    "entity": of_entities,
    "change_set": of_change_sets, "patch": of_patches, "sources": of_sources, "command": of_commands,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_changed_between_two_small_datasets_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
