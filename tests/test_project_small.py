"""A checkout of a few lines, with each fault: what is read, what is told, and what is written.

`small/project.tsv` has what comes of each; after a wanted change, `python tests/test_project_small.py` writes it anew.
"""

from __future__ import annotations

import contextlib
import ctypes
import datetime
import errno
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from small_cases import FOLDER, PARTS, Cases, compare, each, outcome, write
from small_checkout import (
    CONTEXT,
    FILES,
    ONTOLOGY,
    READ,
    RECORDS,
    SHAPES,
    A,
    B,
    Change,
    bare,
    changed,
    empty,
    listing,
    record,
    records,
    said,
    told,
)
from trophees.base import checkout as base_checkout
from trophees.base.language import Both
from trophees.base.namespaces import BASE, RDF_TYPE, RDFS, TP
from trophees.graph.assemble import build
from trophees.graph.walk import walk
from trophees.publish import void
from trophees.publish.description import Former
from trophees.release import (
    checkout,
    files,
    folder,
    inventory,
    lock,
    naming,
    policy,
    published_files,
    register,
    successors,
)
from trophees.release.checkout import Project
from trophees.release.reading import Reader, regular
from trophees.release.review import review
from trophees.release.withdraw import Plan, alone, edited, follow, named, noted

ROOM = "project"
# files


def of_files() -> Cases:
    def written(work: Callable[[Path], object], *names: str) -> Callable[[], object]:
        def run() -> object:
            with empty(*names) as root:
                return bare(
                    [outcome(lambda: work(root)), listing(root), sorted(path.name for path in root.iterdir())], root
                )

        return run

    def link(root: Path) -> object:
        (root / "link").symlink_to(root / "a")
        files.write({root / "link": b"new"})
        return (root / "link").is_symlink()

    def mode(root: Path) -> object:
        (root / "a").chmod(0o640)
        files.write({root / "a": b"new", root / "b": b"new"})
        return [oct((root / name).stat().st_mode & 0o777) for name in ("a", "b")][:1]

    def flushed(root: Path) -> object:
        order: list[str] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                os, "fsync", lambda file: order.append(os.readlink(f"/proc/self/fd/{file}").removeprefix(f"{root}"))
            )
            files.write({root / "x/b": b"", root / "a": b"1"}, [root / "c"])
        return order

    def in_turn(root: Path) -> object:
        order: list[str] = []
        real = Path.replace

        def replace(self: Path, target: Path) -> Path:
            order.append(f"{self.name} → {target.name}: {sorted(path.name for path in root.iterdir())}")
            return real(self, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            files.write({root / "b": b"2", root / "a": b"1"}, [root / "c"])
        return order

    return {
        "new and old": written(lambda root: files.write({root / "a": b"1", root / "x/y/b": b"2"}, [root / "c"]), "a",
        "c"),
        "left of a run that was killed": written(lambda root: files.write({root / "a": b"1"}), "a", ".a.new"),
        "a folder in the way": written(lambda root: files.write({root / "b": b"2", root / "x": b"1"}), "b", "x/y"),
        "a file in the way": written(lambda root: files.write({root / "b": b"2", root / "a/b": b"1"}), "a", "b"),
        "nothing to remove": written(lambda root: files.write({root / "b": b"2"}, [root / "no"])),
        "a link": written(link, "a"), "a mode": written(mode, "a"), "flushed": written(flushed, "a", "c"),
        "in turn": written(in_turn, "a", "b", "c"),
    }  # fmt: skip


def of_folders() -> Cases:
    def drafted(work: Callable[[Path], object], *names: str) -> Callable[[], object]:
        def run() -> object:
            with empty(*names) as root:
                return bare(
                    [outcome(lambda: work(root / "out")), listing(root), sorted(path.name for path in root.iterdir())],
                    root,
                )

        return run

    def draft(out: Path) -> object:
        with folder.draft(out) as new:
            new.add("a", b"out/a")
            new.add("b/c", b"new")
            new.stream("s", [b"out", b"/s"])
            new.stream("t/u", [b"x", b""])
            had = new.written()
            here = [new.paths, list(had), len(had), {path: had[path] for path in had}]
            beside = sorted(path.name.rpartition("-")[0] or path.name for path in out.parent.iterdir())
        return [here, beside, oct(out.stat().st_mode & 0o777)]

    def kept(out: Path) -> object:
        """Which files are those of the old release."""
        before = {path: (out / path).stat().st_ino for path in ("a", "s", "m", "l", "z")}
        (out / "m").chmod(0o600)
        (out / "l").unlink()
        (out / "l").symlink_to(out / "a")
        with folder.draft(out) as new:
            for path, data in {"a": b"out/a", "m": b"out/m", "l": b"out/a", "z": b"other"}.items():
                new.add(path, data)
            new.stream("s", [b"out/s"])
        return {path: (out / path).stat().st_ino == number for path, number in before.items()}

    def failing(out: Path) -> object:
        with folder.draft(out) as new:
            new.add("b", b"")
            raise KeyError("mine")

    def system(out: Path) -> object:
        with folder.draft(out):
            raise OSError(errno.ENOSPC, "No space left")

    def named_(out: Path) -> object:
        with folder.draft(out):
            raise OSError(errno.EACCES, "Denied", "some/file")

    def twice(out: Path) -> None:
        with folder.draft(out), folder.draft(out):
            pass

    def busy(out: Path) -> list[object]:
        with lock.alone(out):
            held = (out.parent / ".out.lock").read_text().strip() == str(os.getpid())
            return [outcome(lambda: folder.recover(out)), outcome(lambda: folder.replace(out, [])), held]

    def left(out: Path) -> object:
        fresh = out.parent / ".out-new-1"
        with lock.owned(fresh):
            folder.recover(out)
            first = fresh.exists()
        folder.recover(out)
        return [first, fresh.exists()]

    def without_swap(out: Path) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(folder, "_exchange", lambda *_: False)
            return folder.replace(out, [("b", b"2")])

    def no_rename(out: Path) -> object:
        real = Path.rename

        def rename(self: Path, target: Path) -> Path:
            if "-new-" in self.name:
                raise OSError(errno.EXDEV, "Another disk")
            return real(self, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(folder, "_exchange", lambda *_: False)
            patch.setattr(Path, "rename", rename)
            return folder.replace(out, [("b", b"2")])

    def umask(out: Path) -> object:
        before = os.umask(0o077)
        try:
            folder.replace(out, [("x/b", b"2")])
            during = os.umask(0o077)
        finally:
            os.umask(before)
        return [oct(during), oct((out / "x").stat().st_mode & 0o777), oct((out / "x/b").stat().st_mode & 0o777)]

    def loop(out: Path) -> object:
        out.symlink_to(out)
        return folder.replace(out, [("b", b"2")])

    def link(out: Path) -> object:
        out.symlink_to(out.parent / "real")
        folder.replace(out, [("b", b"2")])
        return out.is_symlink()

    def compared(*found: tuple[str, Any]) -> Callable[[], object]:
        return drafted(lambda out: folder.differences(out, found), "out/a", "out/b", "out/d/e", "out/d/f", "out/n/x")

    def flushed(out: Path) -> object:
        """What is flushed, and when, where the system has no syncfs."""
        order: list[str] = []

        class Old:
            def __init__(self, *_: object, **__: object) -> None:
                raise OSError

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ctypes, "CDLL", Old)
            patch.setattr(
                folder,
                "flush",
                lambda path: order.append(
                    path.relative_to(out.parent).as_posix().partition("/")[2] or f"{path.name[:4]} {out.exists()}"
                ),
            )
            folder.replace(out, [("b", b"2"), ("d/e", b"3")])
        return [sorted(order[:-2]), len(order)]

    def owned() -> object:
        with empty("a/b", "f") as root:
            with lock.owned(root / "a"):
                first = [lock.left(root / "a"), lock.left(root / "no"), lock.left(root / "f")]
            with lock.owned(root / "no"):
                pass
            return [first, lock.left(root / "a")]

    def without_locks(number: int) -> Callable[[], object]:
        def refuse(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        def run() -> object:
            with empty("out/a") as root, pytest.MonkeyPatch.context() as patch:
                patch.setattr(fcntl, "flock", refuse)
                with lock.alone(root / "out"):
                    return [lock.left(root / "out"), (root / ".out.lock").exists()]

        return run

    def no_fcntl() -> object:
        with empty("out/a") as root, pytest.MonkeyPatch.context() as patch:
            patch.setattr(lock, "fcntl", None)
            with lock.alone(root / "out"), lock.owned(root / "out"):
                return [lock.left(root / "out")]

    def again() -> object:
        with empty("out/a") as root:
            with lock.alone(root / "out"):
                held = outcome(lambda: _enter(lock.alone(root / "out")))
            with lock.alone(root / "out"):
                free = True
            return [str(held).replace(str(os.getpid()), "N"), free, sorted(path.name for path in root.iterdir())]

    def taken_away() -> object:
        """Who held the lock takes its file away between the opening and the locking."""
        with empty("out/a") as root, pytest.MonkeyPatch.context() as patch:
            real, times = lock._locked, []

            def locked(file: int) -> bool:
                times.append(1)
                if len(times) == 1:
                    (root / ".out.lock").unlink()
                if len(times) == 2:
                    (root / ".out.lock").unlink()
                    (root / ".out.lock").write_text("")
                return real(file)

            patch.setattr(lock, "_locked", locked)
            with lock.alone(root / "out"):
                return [len(times), (root / ".out.lock").read_text().strip() == str(os.getpid())]

    return {
        "a draft": drafted(draft, "out/a", "out/s", "out/gone"),
        "a first one": drafted(draft),
        "kept": drafted(kept, *(f"out/{name}" for name in "asmlz")),
        "an error of ours": drafted(failing, "out/a"), "a full disk": drafted(system, "out/a"),
        "a file that is named": drafted(named_, "out/a"),
        "twice at once": drafted(lambda out: str(outcome(lambda: twice(out))).replace(str(os.getpid()), "N"), "out/a"),
        "busy": drafted(lambda out: [str(one).replace(str(os.getpid()), "N") for one in busy(out)], "out/a"),
        "left": drafted(left, "out/a", ".out-new-1/x"),
        "an old one aside": drafted(folder.recover, ".out-old/a", ".out-new-2/x", ".other-new-1/y"),
        "an old one beside": drafted(folder.recover, ".out-old/a", "out/b"),
        "without a swap": drafted(without_swap, "out/a"), "a rename that fails": drafted(no_rename, "out/a"),
        "an umask": drafted(umask), "a loop": drafted(loop), "a link": drafted(link, "real/a"),
        "a file": drafted(lambda out: folder.replace(out, [("b", b"2")]), "out"),
        "a path below a file": drafted(lambda out: folder.replace(out, [("b", b"2"), ("b/c", b"2")]), "out/a"),
        "the same path twice": drafted(lambda out: folder.replace(out, [("b", b"2"), ("b", b"2")]), "out/a"),
        "flushed": drafted(flushed, "out/a"),
        "all the same": compared(("a", b"out/a"), ("d/e", [b"out", b"/d/e"]), ("d/f", b"out/d/f")),
        "others": compared(("a", b"out/b"), ("d/e", [b"out"]), ("d/g", b""), ("m", b"")),
        "longer": compared(("a", b"out/a "), ("d/e", [b"out/d/e", b" "])),
        "in pieces": compared(("d/e", [b"out", b"", b"/x/e"])),
        "owned": owned, "taken": again, "taken away": taken_away, "no fcntl": no_fcntl,
        **{f"without locks: {errno.errorcode[number]}": without_locks(number)
        for number in (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL, errno.EIO)},
    }  # fmt: skip


def _enter(manager: contextlib.AbstractContextManager[None]) -> None:
    with manager:
        pass


# what stands in data/


def of_inventories() -> Cases:
    names = [
        "laureate/2041/a.yaml", "laureate/2041/A.yaml", "laureate/2041/a_b.yaml", "laureate/2041/a-b.yaml",
        "laureate/2041/-a.yaml", "laureate/2041/a--b.yaml", "laureate/2041/a.yml", "laureate/2041/A.b.txt", "a.yaml",
        "laureate/2041/a.b.yaml", "Laureate/a.yaml", "laureate/é.yaml", ".hidden/a.yaml", "laureate/.a.yaml",
        "laureate/a.yaml~", "laureate/#a.yaml#", "laureate/README.md", "README.md", "places/x.csv",
        "laureate/places/x.csv", "changes/x", "laureate/changes",
        "reference/x", "attestation/x", "files.json", "identifiers.nq", "context.jsonld", "laureate/files.json",
        "other.txt", "laureate/1/2/3/a1.yaml", "laureate/2041/a.yaml.md", "laureate/2041/yaml", "laureate/2041/.md",
    ]  # fmt: skip

    def listed(*given: str) -> Callable[[], object]:
        def run() -> object:
            with empty(*given) as root:
                found, problems = inventory.inventory(root)
                return [[path.relative_to(root).as_posix() for path in found], said(problems)]

        return run

    def odd() -> object:
        with empty("laureate/a.yaml", "b/c.yaml") as root:
            (root / "laureate" / "b").symlink_to(root / "b")
            os.mkfifo(root / "laureate" / "p.yaml")
            (root / "laureate" / "n.yaml").symlink_to(root / "no")
            (root / "laureate" / "f.yaml").mkdir()
            (root / "laureate" / "l.yaml").symlink_to(root / "laureate" / "a.yaml")
            Path(os.fsdecode(os.fsencode(root) + b"/laureate/\xff.yaml")).touch()
            found, problems = inventory.inventory(root)
            return [[path.relative_to(root).as_posix() for path in found], said(problems)]

    def unlisted() -> object:
        real = os.scandir

        def scandir(path: str) -> Any:
            if str(path).endswith("/b"):
                raise PermissionError(errno.EACCES, "Permission denied", path)
            return real(path)

        with empty("a/a.yaml", "b/c.yaml") as root, pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "scandir", scandir)
            found, problems = inventory.inventory(root)
            return [[path.relative_to(root).as_posix() for path in found], said(problems)]

    def misplaced(path: str, text: str) -> Callable[[], object]:
        return lambda: said(inventory.misplaced([record(text, f"{path}.yaml")], READ))

    kinds = {
        "laureate/2041/a": A, "edition/2041": RECORDS["edition/2041"], "organisation/x": RECORDS["organisation/x"],
        "vocabulary/tool": RECORDS["vocabulary/tool"], "dataset/old": RECORDS["dataset/old"],
        "withdrawal/2041-9": RECORDS["withdrawal/2041-9"], "territory/other/p": "id: x\ntype: Lieu\n",
        "special-prize/p": "id: x\ntype: PrixSpécial\n",
        "graph/g": "id: x\ntype: http://www.w3.org/ns/sparql-service-description#NamedGraph\n", "laureate/a": A,
        "laureate/2042/a": A, "laureate/2041/x/a": A, "edition/2042": RECORDS["edition/2041"],
        "edition/2041/x": RECORDS["edition/2041"], "territory/p": "id: x\ntype: Lieu\n",
        "tool/x": "id: x\ntype: http://example.org/Other\n", "laureate/2040/a": "id: x\nédition: organisation:x\n",
        "laureate/2041/b": "id: x\nédition: y\ntype: [Lauréat, Organisme]\n",
        "organisation/y": "id: x\nédition: edition:2041\nannée: 2040\n",
        "edition/2044": "id: x\nédition: edition:2041\n",
        "edition/2043": "id: x\nannée: x\n",
        "laureate/2041/c": "id: x\nédition: [edition:2041, edition:2042]\nétapes:\n"
        "  - édition: edition:2044\n    type: Organisme\n",
    }  # fmt: skip
    return {
        "all": listed(*names),
        **{name: listed(name) for name in names},
        "odd files": odd,
        "a folder that cannot be listed": unlisted,
        "no folder": lambda: bare(str(inventory.inventory(Path("/no/such/folder"))[0])),
        **{f"{path} {text.partition(chr(10))[2][:60]}": misplaced(path, text) for path, text in kinds.items()},
    }


def of_readers() -> Cases:
    def read_(method: str, content: bytes | None, name: str = "f") -> Callable[[], object]:
        def run() -> object:
            with empty() as root:
                if content is not None:
                    (root / name).write_bytes(content)
                found = outcome(lambda: getattr(Reader(root), method)(root / name))
                return bare("read" if method == "context" and not str(found).startswith("!") else found, root)

        return run

    turtle = [
        b"<a:a> <a:b> <a:c> .", b"", b"# x\n", b"<a:a> <a:b> .", b"<a:a> <a:b> <a:c> .\n<a:a> <a:b",
        b"<a:a> <a:b> \"x\n\" .", b"@prefix a: <b .\n", b"a:b a:c a:d .", b"<a:a>\n\n\n<a:b>",
        b"<a:a> <a:b> \"" + b"x" * 300,
        b"<a:a> <a:b> <a:c\xff> .", b"\n\xff", b"\xef\xbb\xbf<a:a> <a:b> <a:c> .", b"a\n bc\xc3\x28",
        b"<" + b"x" * 200 + b" y> a <b:c>.",
    ]  # fmt: skip
    rules = [
        b"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        b"SELECT * { ?s ?p ?o }",
        b"CONSTRUCT {\n ?s ?p } WHERE { }",
        b"",
        b"CONSTRUCT { ?s ex:p ?o } WHERE { ?s ex:p ?o }",
        b"ASK {}",
        b"\xff",
        b"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT x",
        b"CONSTRUCT {} WHERE { SERVICE <http://x> { } }",
    ]
    contexts = [
        CONTEXT.encode(), b"", b"{", b'{\n  "a": x}', b"[]", b"3", b"{}", b'{"@context": []}', b'{"@context": {}}',
        b'{"@context": {"@vocab": 3}}', b'{"@context": {"@vocab": "urn:x#"}}',
        b'{"@context": {"@vocab": "urn:x#",\n "a": {"@id": "a b:c d"}}}',
        b'{"@context": {"@vocab": "urn:x#", "p": "urn:p:",\n "\xc3\xa9": {"@type": "p:x y"}}}',
        b'{"@context": {"@vocab": "urn:x#",\n\n  "a" : {"@id": 3}}}', b'{"@context": {"@vocab": "urn:x#", "a": []}}',
        b'{"@context": {"@vocab": "urn:x#", "a": {"@id": "p:q"}, "p": "urn:p:"}}',
        b'{"@context": {"@vocab": 3, "a": {"@id": 3}}}', b'{"@context": {"a": {"@id": 3}}}',
        b'{"@context": {"@vocab": "a b", "x": {"@id": "urn:x"}}}',
        b'{"@context": {"@vocab": "urn:x#", "id": "@id", "type": "@type", "c": {"@reverse": "urn:y"}}}',
        b'{"@context": {"@vocab": "urn:x#", "c": {"@reverse": 3}}}',
        b'{"@context": {"@vocab": "urn:x#", "c": {"@id": "urn:x", "@type": "@id"}}}',
        b'{"@context": {"@vocab": "urn:x#", "c": {"@id": "urn:x", "@type": "a b"}}}',
        b'{"@context": {"@vocab": "urn:x#", "c": null}}', b"[" * 100_000,
        b'{"@context": {"@vocab": "urn:x#", "a": "a:x/"}}',
        b'{"x": "c", "@context": {"@vocab": "urn:x#", "c": 3}}',
    ]  # fmt: skip

    def matching(extension: str, *names: str) -> Callable[[], object]:
        def run() -> object:
            with empty(*names) as root:
                return bare(outcome(lambda: [path.name for path in Reader(root).matching(root / "d", extension)]), root)

        return run

    def kinds() -> object:
        with empty("f") as root:
            os.mkfifo(root / "p")
            (root / "d").mkdir()
            (root / "l").symlink_to(root / "l")
            reader = Reader(root)
            found = {name: outcome(partial(reader.data, root / name)) for name in ("f", "p", "d", "l", "no")}
            return bare(
                {
                    **found,
                    "a pipe": outcome(lambda: regular(root / "p")),
                    "a folder": outcome(lambda: regular(root / "d")),
                },
                root,
            )

    def refusals() -> object:
        reader = Reader(Path("/r"))
        places = [(0, 0), (3, 0), (3, 4), (0, 4)]
        return [
            *(str(reader.refusal(Path("/r/a/b"), "x", *place)) for place in places),
            str(reader.refusal(Path("/s/a"), " a  \n b ")),
            *(len(str(reader.refusal(Path("/r/a"), "x" * n))) for n in (159, 160, 161, 200)),
            str(reader.refusal(Path("/r/a"), "x" * 161))[-2:], reader.shown(Path("/rx/a")),
        ]  # fmt: skip

    return {
        **{f"turtle {data!r}"[:150]: read_("turtle", data) for data in turtle},
        **{f"rule {data!r}": read_("rule", data) for data in rules},
        **{f"context {data!r}"[:150]: read_("context", data) for data in contexts},
        **{f"text {data!r}": read_("text", data) for data in (b"a\r\n", b"\xef\xbb\xbfa", b"a\nb\xe9", b"\xe9",
        b"\n\n\xc3", b"\xef\xbb\xbf\xff", b"\xef\xbb\xbfab\nc\xff")},
        "no file": read_("text", None), "kinds": kinds, "refusals": refusals,
        "matching": matching(".ttl", "d/b.ttl", "d/a.ttl", "d/.c.ttl", "d/d.txt", "d/e.ttl/x"),
        "none matching": matching(".ttl", "d/a.txt"), "all matching": matching("", "d/a.txt", "d/b"),
        "no folder": matching(".ttl"),
    }  # fmt: skip


# the whole checkout


def of_projects() -> Cases:
    def places(project: Project) -> object:
        return [
            [path.relative_to(project.root).as_posix() for path in project.inventory()[0]], project.editions(),
            project.shapes() == [SHAPES], project.catalog_shapes(), project.places_shapes(),
            len(project.shape_triples()),
            project.former_files(), project.ontology() == [ONTOLOGY], project.reference(), project.territories(),
            project.copies(), project.changelog(), project.points(), project.reference_files().keys(),
            project.text("JOURNAL.md"),
            project.hosting(),
        ]  # fmt: skip

    def sources(project: Project) -> object:
        found = project.sources()
        given = project.sources([], [])
        return [
            [one.path for one in found.records],
            found.ontology,
            found.rules,
            found.reference,
            given.records,
            given.reference,
        ]

    def graph(project: Project) -> object:
        store = build(project.sources())
        return [
            sorted(str(quad) for quad in store if "insee" not in str(quad.graph_name)),
            project.version(store),
            project.version_of(project.records()),
        ]

    def chosen(project: Project) -> object:
        every = list(project.records())
        (project.root / "data" / "laureate" / "2041" / "new.yaml").write_text(A.replace("/a", "/new"), "utf-8")
        paths = [project.root / "data" / "laureate" / "2041" / f"{name}.yaml" for name in ("b", "new")]
        return [
            [one.path for one in project.chosen(given, wanted)]
            for given, wanted in ((every, paths), ([], paths), (every, []))
        ]

    def at(path: str) -> Callable[[Project], object]:
        return lambda project: [one.path for one in project.records([project.root / path])]

    def link(project: Project) -> object:
        (project.root / "data/laureate/2041/l.yaml").symlink_to(project.root / "data/laureate/2041/a.yaml")
        (project.root.parent / "linked").symlink_to(project.root)
        return [one.path for one in project.records([project.root.parent / "linked/data/laureate/2041/l.yaml"])]

    def containing(project: Project) -> object:
        return [
            Project.containing(project.root / "data" / "laureate").root == project.root,
            outcome(lambda: base_checkout.root(project.root.parent)),
            base_checkout.root(project.root) == project.root,
        ]

    wrong: dict[str, Change] = {
        "no context": {"data/context.jsonld": None}, "no shapes": {"shapes/records.ttl": None},
        "shapes that say nothing": {"shapes/records.ttl": "\n"},
        "a wrong shape": {"shapes/records.ttl": SHAPES.replace("4 ;", '"x" ;')},
        "a wrong shape of the catalogue": {"shapes/catalog.ttl": "<a:a> <http://www.w3.org/ns/shacl#minCount> 'x' ."},
        "a wrong shape of places": {"shapes/places.ttl": "<a:a> <http://www.w3.org/ns/shacl#minCount> 'x' ."},
        "no ontology": {"ontology/o.ttl": None}, "a wrong rule": {"ontology/rules/uses.rq": "SELECT"},
        "a wrong register": {"data/identifiers.nq": "x"},
        "a table that is wrong": {"data/reference/regions.csv": "x\n"},
        "a table that is not there": {"data/reference/epci.csv": None},
        "points that are wrong": {"data/reference/points.csv": "x\n"}, "no log": {"JOURNAL.md": None},
        "files that are wrong": {"data/files.json": "[]"},
        "settings": {"pyproject.toml": '[tool.trophees]\nsite-url = "https://x.example/"\n'},
        "no register": {"data/identifiers.nq": None},
        "a table in Latin-1": {"data/reference/communes.csv": FILES["data/reference/communes.csv"].encode() + b"\xe9"},
    }  # fmt: skip
    versions = [["2041.9", "2041.10"], ["2041.10", "2041.9"], ["2", "1.9"], ["a.3", "b.2"], ["1.2.3", "1.2"]]
    return {
        "as it is": told(places, None, sources, graph, chosen, link, containing),
        **{name: told(places, changes) for name, changes in wrong.items()},
        **{f"a rule: {name}": told(sources, wrong[name]) for name in ("a wrong rule", "no ontology")},
        **{f"a record at {path}": told(at(path), {"data/x/X.yaml": A, "data/a.txt": "", "other.yaml": A})
        for path in ("other.yaml", "data/a.txt", "data/x/X.yaml", "data/no/a.yaml", "data/laureate/2041/a.yaml",
        "data/laureate/../edition/2041.yaml")},
        **each(versions, lambda found: checkout.newest(found), lambda found: f"versions {found}"),
        "a number that is no version": told(graph,
        {"data/dataset/trophees.yaml": RECORDS["dataset/trophees"] + "étoiles: 9999\n",
        "data/organisation/x.yaml": RECORDS["organisation/x"] + 'version: "9999"\n'}),
        "types": lambda: list(checkout.types([Quad(*parts) for parts in (
            (NamedNode("a:a"), RDF_TYPE, NamedNode("a:t")), (BlankNode("b"), RDF_TYPE, NamedNode("a:t")),
            (NamedNode("a:a"), RDF_TYPE, Literal("t")), (NamedNode("a:a"), NamedNode("a:p"), NamedNode("a:t")))])),
    }  # fmt: skip


def of_reviews() -> Cases:
    def bar(project: Project) -> object:
        labels: list[object] = []

        @contextlib.contextmanager
        def progress(label: str, items: Iterable[Any]) -> Iterator[Iterable[Any]]:
            labels.append([label, len(list(items))])
            yield items

        found = review(project, progress)
        few = review(project, progress, [project.root / "data" / "laureate" / "2041" / "b.yaml"])
        none = review(project, progress, territories=[])
        return [
            labels,
            said(found.problems),
            found.refused,
            len(found.records),
            len(found.chosen),
            said(few.problems),
            [one.path for one in few.chosen],
            len(few.records),
            len(none.problems),
        ]

    def unnamed(project: Project) -> object:
        before = listing(project.root)
        every = list(project.records())
        return [
            list(naming.waiting(every)),
            list(naming.write(project, every)),
            changed(project, before),
            list(naming.waiting(project.records())),
        ]

    nameless = "étapes:\n  - texte:\n      fr: Un.\n  - {texte: {fr: Deux.}}\n"
    reviewed: dict[str, Change] = {
        "nothing": {}, "five stars": {"data/laureate/2041/b.yaml": B.replace("étoiles: 1", "étoiles: 5")},
        "an unknown tool": {"data/laureate/2041/a.yaml": A.replace("tool:carte", "tool:cartes")},
        "no dataset": {"data/dataset/trophees.yaml": None, "data/dataset/old.yaml": None},
        "no section": {"JOURNAL.md": "# x\n"}, "misplaced": {"data/laureate/2041/b.yaml": None,
        "data/laureate/2042/b.yaml": B},
        "a successor that is none": {"data/withdrawal/2041-9.yaml": RECORDS["withdrawal/2041-9"].replace(
            "2041/a#stage-1", "2041/no")},
        "a successor in the ontology": {"data/withdrawal/2041-9.yaml": RECORDS["withdrawal/2041-9"].replace(
            "laureate:2041/a#stage-1", "tp:stars")}, "a successor in the catalogue": {
            "data/withdrawal/2041-9.yaml": RECORDS["withdrawal/2041-9"].replace("laureate:2041/a#stage-1",
            f"{BASE}catalog#x"),
            "data/identifiers.nq": f"<{BASE}catalog#x> <{RDF_TYPE.value}> <urn:t> <{BASE}release/1> .\n"},
        "a successor that a record had": {"data/withdrawal/2041-9.yaml": RECORDS["withdrawal/2041-9"].replace(
            "2041/a#stage-1", "2041/y"),
            "data/identifiers.nq": f"<{BASE}laureate/2041/y> <{RDF_TYPE.value}> <urn:t> <{BASE}release/1> .\n"},
        "a file beside": {"data/laureate/x.txt": "x"},
        "a pattern that is none": {"shapes/records.ttl": SHAPES.replace("sh:maxInclusive 4", 'sh:pattern "["')},
    }  # fmt: skip
    return {
        **{name: told(bar, changes) for name, changes in reviewed.items()},
        "names": told(unnamed, {"data/laureate/2041/b.yaml": B + nameless}),
        "one name": told(unnamed, {"data/laureate/2041/b.yaml": B + "étapes:\n  - texte:\n      fr: Un.\n"}),
        "names and a mistake": told(unnamed, {"data/laureate/2041/b.yaml": B + nameless + "inconnu: x\n"}),
        "names that were published": told(unnamed, {"data/laureate/2041/b.yaml": B + nameless,
        "data/identifiers.nq": f"<{BASE}laureate/2041/b#stage-7> <{RDF_TYPE.value}> <urn:t> <{BASE}release/1> .\n"}),
        "no names wanted": told(unnamed),
    }  # fmt: skip


# what a release promises


def of_policies() -> Cases:
    def told_(
        changes: Mapping[str, str | None], logs: tuple[str, str] | None = None, day: int = 4
    ) -> Callable[[], object]:
        fr, en = logs or (FILES["JOURNAL.md"], FILES["CHANGELOG.md"])
        chosen = {
            name: text for name, text in {**RECORDS, **changes}.items() if "dataset" in name or name == "source/r"
        }
        return lambda: said(
            policy.problems(
                records({**dict.fromkeys(RECORDS), **chosen}), {"fr": fr, "en": en}, datetime.date(2024, 2, day)
            )
        )

    new, old = RECORDS["dataset/trophees"], RECORDS["dataset/old"]
    older = old.replace("dataset:old", "dataset:older").replace('"2041.9"', '"2041.2"')
    return {
        "as promised": told_({}), "a day too early": told_({}, day=3), "two days too early": told_({}, day=2),
        "in French only": told_({}, (FILES["JOURNAL.md"], "")), "in no log": told_({}, ("", "## 2041.1\n")),
        "two current": told_({"dataset/old": old.replace("remplacé_par_version: dataset:trophees\n", "")}),
        "none current": told_({"dataset/trophees": None}), "no former": told_({"dataset/old": None}),
        "a former one more": told_({"dataset/older": older}),
        "follows another": told_({"dataset/older": older, "dataset/trophees": new.replace("dataset:old",
        "dataset:older")}), "follows none": told_({"dataset/trophees": new.replace("version_précédente: dataset:old\n",
        "")}),
        "the same number": told_({"dataset/old": old.replace("2041.9", "2041.10")}),
        "a smaller number": told_({"dataset/old": old.replace("2041.9", "2041.11")}),
        "no number": told_({"dataset/trophees": new.replace('version: "2041.10"\n', "")}),
        "a number that is none": told_({"dataset/trophees": new.replace("2041.10", "2041.x")}),
        "digits of elsewhere": told_({"dataset/trophees": new.replace("2041.10", "2041.٣")}),
        "an earlier day": told_({"dataset/old": old.replace("publié_le: 2024-02-02", "publié_le: 2024-02-04")}),
        "the same day": told_({"dataset/old": old.replace("publié_le: 2024-02-02", "publié_le: 2024-02-03")}),
        "no day": told_({"dataset/trophees": new.replace("publié_le: 2024-02-03\n", "")}),
        "no dataset": told_({"dataset/old": None, "dataset/trophees": None}),
        "longer numbers": told_({"dataset/old": old.replace("2041.9", "2041.10.1")}),
    }  # fmt: skip


CATALOG = (FOLDER / "catalog.ttl").read_text("utf-8")


def of_published_files() -> Cases:
    good = {"issued": "2024-01-01", "modified": "2024-01-02", "sha512": "ab"}

    def text(**changes: object) -> str:
        import json

        return json.dumps({"a/b": {key: value for key, value in {**good, **changes}.items() if value is not None}})

    texts = [
        text(), "{}", "[]", "{", "\n\n{", "[" * 100_000, "3", '{"a": 3}', '{"a": {}}', text(issued="2024-01-03"),
        text(issued="2024-01-02"), text(issued="x"), text(modified=3), text(sha512="xy"), text(sha512="abc"),
        text(sha512=""), text(more="x"),
        text(issued=None), text(issued="20240101"), text(issued="2024-02-30"),
    ]  # fmt: skip
    former = {
        "b": Former("cd", "2024-01-01", "2024-01-03"),
        "a": Former("ab", "2024-01-01", "2024-01-02"),
        "é": Former("", "2024-01-01", "2024-01-01"),
    }
    return {
        **each(texts, lambda found: published_files.read(found, "n"), lambda found: found[:100]),
        "written": lambda: published_files.written(former),
        "and read": lambda: published_files.read(published_files.written(former).decode(), "n") == former,
        "gone": lambda: said(published_files.problems(former, ["b", "new"])),
        "none gone": lambda: said(published_files.problems(former, ["b", "é", "a"])),
        "listed": lambda: published_files.listed(list(parse(CATALOG, format=RdfFormat.TURTLE))),
    }


# the register


PART = void.PART.removeprefix(BASE) + "x"


def released(name: str, *types: str, about: Iterable[str] = (), since: str = "1") -> str:
    found = [f"<{BASE}{name}> <{RDF_TYPE.value}> <{one}> <{BASE}release/{since}> .\n" for one in types]
    return "".join(
        [*found, *(f"<{BASE}{name}> <{TP}about> <{BASE}{thing}> <{BASE}release/{since}> .\n" for thing in about)]
    )


def of_registers() -> Cases:
    def read_(text: str | bytes | None) -> Callable[[], object]:
        def run() -> object:
            with empty() as root:
                path = root / "r.nq"
                if text is not None:
                    path.write_bytes(text.encode() if isinstance(text, str) else text)
                return bare(outcome(lambda: register.read(path)), root)

        return run

    def folder_() -> object:
        with empty("r/x") as root:
            return bare(outcome(lambda: register.read(root / "r")), root)

    everything = "".join((
        released("laureate/2041/a", f"{TP}Laureate"), released("laureate/2041/a#stage-1", f"{TP}Stage",
        about=["laureate/2041/a"]), released("laureate/2041/b", f"{TP}Laureate", since="2"),
        released("laureate/2041/b#x", f"{RDFS}Resource"), released("laureate/2041/a#toolUse-1", f"{TP}ToolUse",
        f"{TP}Fact", about=["tool/atelier"]),
    ))  # fmt: skip

    def meanings(text: str) -> dict[str, register.Meaning]:
        with empty() as root:
            (root / "r.nq").write_text(text, "utf-8")
            return register.read(root / "r.nq")

    def judged(text: str, now: str, changes: Mapping[str, str | None] | None = None) -> Callable[[], object]:
        return lambda: said(register.problems(meanings(text), meanings(now), records(changes), READ.compact))

    none = {"withdrawal/2041-9": None}
    one, two = (
        released("laureate/2041/q", f"{TP}Laureate"),
        released("laureate/2041/a#stage-1", f"{TP}Stage", about=["laureate/2041/a"]),
    )
    gone = released("laureate/2041/z", f"{TP}Laureate")

    def seen() -> object:
        store = Store()
        a, other, selector = NamedNode(BASE + "a"), NamedNode("urn:x"), NamedNode(BASE + "s")
        deprecated, about = NamedNode("http://www.w3.org/2002/07/owl#deprecated"), NamedNode(TP + "about")
        kind = NamedNode("http://www.w3.org/ns/oa#TextQuoteSelector")
        triples: list[Any] = [
            (a, RDF_TYPE, NamedNode("urn:t")), (a, about, NamedNode(BASE + "b")), (a, about, Literal("x")),
            (a, RDF_TYPE, Literal("x")), (other, RDF_TYPE, NamedNode("urn:t")),
            (BlankNode(), RDF_TYPE, NamedNode("urn:t")),
            (NamedNode(BASE + "gone"), deprecated, Literal("true")), (NamedNode(BASE + "c"), NamedNode("urn:p"), a),
            (selector, RDF_TYPE, kind),
        ]  # fmt: skip
        store.extend(Quad(s, p, o, NamedNode("urn:g")) for s, p, o in triples)
        present = register.Present()
        present.begin(None)  # type: ignore[arg-type]
        for told_ in walk(store):
            present.subject(told_)
        return [
            register.present(store, [Triple(NamedNode(BASE + "d"), RDF_TYPE, NamedNode("urn:u"))]),
            present.meanings(),
            list(present.end()),
        ]

    def release(
        changes: Change | None = None, before: Callable[[Path, Store], None] | None = None
    ) -> Callable[[], object]:
        def run(project: Project) -> object:
            store = build(project.sources())
            (project.root / "publish" / "dumps").mkdir(parents=True)
            (project.root / "publish" / "dumps" / "trophees.trig").write_bytes(store.dump(format=RdfFormat.TRIG) or b"")
            (project.root / "publish" / "catalog.ttl").write_text(CATALOG, "utf-8")
            if before:
                before(project.root, store)
            start = listing(project.root)
            try:
                found: object = register.release(project)
            except register.Refused as refused:
                return [str(refused), said(refused.problems)]
            return [found, changed(project, start)]

        return told(run, changes)

    def older(root: Path, _: Store) -> None:
        path = root / "publish" / "catalog.ttl"
        path.write_text(path.read_text("utf-8").replace('"2041.10"', '"2041.9", "2041.8"'), "utf-8")

    def no_version(root: Path, _: Store) -> None:
        path = root / "publish" / "catalog.ttl"
        path.write_text(path.read_text("utf-8").replace('dcat:version "2041.10"', "a dcat:Dataset"), "utf-8")

    def without(root: Path, store: Store) -> None:
        for quad in list(store.quads_for_pattern(NamedNode(BASE + "laureate/2041/b"), None, None)):
            store.remove(quad)
        (root / "publish" / "dumps" / "trophees.trig").write_bytes(store.dump(format=RdfFormat.TRIG) or b"")

    return {
        "read": read_(everything), "no file": read_(None), "not N-Quads": read_("<a:a> <a:b> <a:c> .\nx\n"),
        "a text": read_("<a:a> <a:b> 'x' .\n".replace("'", '"')), "a blank node": read_("_:a <a:b> <a:c> .\n"),
        "no release": read_("<a:a> <a:b> <a:c> .\n"), "a folder": folder_,
        "not UTF-8": read_(b"<a:a> <a:b> <a:\xff> .\n"),
        "written": lambda: [register.written(meanings(everything)),
        register.written({BASE + "x": register.Meaning(release="1")})],
        "extended": lambda: register.extended(meanings(everything),
        {**meanings(one), **meanings(two.replace("Stage", "Other"))}, "3"),
        "the same": judged(one + gone, one), "more": judged(gone, one), "lost": judged(one + two, two, none),
        "a figure": judged(released(PART, f"{TP}X"), "", none),
        "a figure of another type": judged(released(PART, f"{TP}X"), released(PART, f"{TP}Y"), none),
        "another type": judged(two, two.replace("Stage", "Goal"), none),
        "more types": judged(two, two + released("laureate/2041/a#stage-1", f"{TP}Goal"), none),
        "fewer types": judged(two + released("laureate/2041/a#stage-1", f"{TP}Goal", f"{TP}Aim"), two, none),
        "about another": judged(two, two.replace("2041/a> <", "2041/b> <"), none),
        "about more": judged(two, two + released("laureate/2041/a#stage-1", about=["laureate/2041/b"]), none),
        "about nothing before": judged(released("laureate/2041/a#stage-1", f"{TP}Stage"), two, none),
        "of any type": judged(released("laureate/2041/b#x", f"{RDFS}Resource"),
        released("laureate/2041/b#x", f"{TP}Y"), none), "another type elsewhere": judged(one, one.replace("Laureate",
        "Other"), none),
        "withdrawn and there": judged(gone, gone), "withdrawn and named": judged(gone, released("laureate/2041/z",
        about=["laureate/2041/a"])), "withdrawn, never published": judged("", ""),
        "about another elsewhere": judged(released("q", f"{TP}X", about=["r"]), released("q", f"{TP}X", about=["s"]),
        none),
        "without an id": judged(released("laureate/2041/b#stage-1", f"{TP}Stage"), "",
        {**none, "laureate/2041/b": B + "étapes:\n  - texte:\n      fr: Un.\n  - texte:\n      fr: Deux.\n"}),
        "seen": seen,
        "a release": release({"data/withdrawal/2041-9.yaml": None}),
        "a second release": release({"data/withdrawal/2041-9.yaml": None,
        "data/identifiers.nq": released("laureate/2041/a", f"{TP}Laureate")}),
        "problems": release({"data/laureate/2041/b.yaml": B + "inconnu: x\nétapes:\n  - texte:\n      fr: Un.\n",
        "data/files.json": published_files.written({"x": Former("", "2024-01-01", "2024-01-01")}).decode()}),
        "older": release({"data/withdrawal/2041-9.yaml": None}, older),
        "no version": release({"data/withdrawal/2041-9.yaml": None}, no_version),
        "built before": release({"data/withdrawal/2041-9.yaml": None}, without), "not built": told(register.release),
    }  # fmt: skip


def of_withdrawals() -> Cases:
    def followed(
        name: str, changes: Mapping[str, str | None] | None = None, published: Iterable[str] = ()
    ) -> Callable[[], object]:
        def run() -> object:
            every = records(changes)
            found = follow(READ.expand(name, vocab=False), every, {READ.expand(one, vocab=False) for one in published})
            texts = {f"data/{path}.yaml": text or "" for path, text in {**RECORDS, **(changes or {})}.items()}
            new = edited(found, texts)
            return [
                sorted(map(READ.compact, found.gone)),
                sorted(found.files),
                {path: new[path] for path in sorted(new)},
                named(found, every),
            ]

        return run

    second = {"source/s": RECORDS["source/r"].replace("src:r", "src:s").replace("2041", "2042")}
    shared = {"source/s": RECORDS["source/r"].replace("src:r", "src:s")}
    inline = {"laureate/2041/b": B + "outils: [{id: laureate:2041/b#toolUse-1, outil: tool:carte}]\n"}

    def planned(
        thing: str,
        successor: str = "",
        reason: tuple[str, str] = ("Dit deux fois.", "Said twice."),
        changes: Change | None = None,
    ) -> Callable[[], object]:
        def run(project: Project) -> object:
            before = listing(project.root)
            try:
                plan = Plan.of(project, thing, successor, Both(*reason))
            except register.Refused as refused:
                return [str(refused), said(refused.problems)]
            return [list(plan.lines("fr")), list(plan.lines("en")), list(plan.write()), changed(project, before)]

        known = "".join(
            released(name, f"{TP}X")
            for name in (
                "laureate/2041/a",
                "laureate/2041/a#stage-1",
                "laureate/2041/a#stage-1-stage-1",
                "laureate/2041/b",
                "laureate/2041/z",
                "catalog#f",
            )
        )
        return told(run, {"data/identifiers.nq": known, **(changes or {})})

    def replaced(gone: str, text: str) -> Callable[[], object]:
        return lambda: alone(
            {READ.expand(gone, vocab=False)},
            [record(text, "withdrawal/2041-9.yaml"), record(A)],
            lambda path: {"data/withdrawal/2041-9.yaml": text}[path],
        )

    list_ = RECORDS["withdrawal/2041-9"]
    more = list_ + (
        "  - id: withdrawal:2041-9#withdrawal-2\n    retiré: laureate:2041/a#stage-1\n    remplacé_par: {}\n"
        "    raison:\n      fr: Une raison.\n      en: A reason.\n"
    )

    def vain(text: str, *exists: str) -> Callable[[], object]:
        known = {READ.expand(name, vocab=False) for name in exists}
        return lambda: said(
            successors.problems([record(text, "withdrawal/2041-9.yaml")], known.__contains__, READ.compact)
        )

    return {
        **{name: followed(name) for name in ("laureate:2041/a", "laureate:2041/a#stage-1",
        "laureate:2041/a#stage-1-stage-1", "laureate:2041/a#toolUse-1", "tool:carte", "organisation:x", "src:r",
        "edition:2041", "vocabulary:tool", "dataset:old", "laureate:2041/no", "withdrawal:2041-9")},
        "published only": followed("laureate:2041/no", published=["laureate:2041/no"]),
        "another source": followed("src:r", {**second, "laureate/2041/b": B + "selon: src:s\n"}),
        "a source that shares its graph": followed("src:r", shared),
        "an organisation that stays": followed("src:r", {"laureate/2041/b": B + "selon: src:s\n",
        "edition/2041": RECORDS["edition/2041"].replace("src:r", "src:s")}),
        "on one line": followed("tool:carte", inline), "a whole list": followed("laureate:2041/a#toolUse-2",
        {"laureate/2041/a": A.replace("  - id: laureate:2041/a#toolUse-1\n    outil: tool:atelier\n", "")}),
        "called alike": followed("laureate:2041/a#stage-1",
        {"laureate/2041/a": A + "  - id: laureate:2041/a#stage-12\n    texte: Un.\n"}),
        "told by nobody else, though named": followed("src:r",
        {"laureate/2041/b": f"{B}remplacé_par_version:\n  - laureate:2041/a\n  - {BASE}case/c\nselon: src:s\n",
         "case/c": f"id: {BASE}case/c\ntype: Lauréat\nselon: src:r\n", **second}),
        "an address that is a text": followed("laureate:2041/a",
        {"laureate/2041/b": B.replace("Voisin de Le Val, avec l’Atelier.", f"{BASE}laureate/2041/a")}),
        "named by itself alone": followed("src:r", {"laureate/2041/b": B.partition("acteurs")[0],
         "organisation/x": RECORDS["organisation/x"] + "remplacé_par_version: organisation:x\n"}),
        "called as its address is": followed("tool:carte",
        {"vocabulary/tool": RECORDS["vocabulary/tool"].replace("fr: Carte", "fr: atelier")}),
        "the thing itself first": planned("tool:carte", "tool:atelier", changes={"data/identifiers.nq": "".join(
            released(name, f"{TP}X") for name in ("laureate/2041/a#toolUse-2", "tool/atelier", "tool/carte"))}),
        "a fact with a name": followed("laureate:2041/a#stage-1",
        {"laureate/2041/a": A.replace("    texte:\n      fr: Un temps.",
         "    libellé:\n      fr: Voisin\n      en: Atelier")}),
        "noted beside what has no successor any more": planned("laureate:2041/a#stage-1", changes={
            "data/withdrawal/2041-10.yaml": list_.replace("2041-9", "2041-10").replace("2041.9", "2041.10"),
            "data/identifiers.nq": "".join(
                released(name, f"{TP}X") for name in ("laureate/2041/a#stage-1-stage-1", "laureate/2041/z"))}),
        "planned": planned("laureate:2041/a#stage-1", "laureate:2041/b"),
        "planned, and still named": planned("laureate:2041/a", "laureate:2041/b"),
        "a term": planned("Lauréat"), "a successor that is a term": planned("laureate:2041/b", "Lauréat"),
        "planned without a successor": planned("laureate:2041/b"),
        "a part of the catalogue": planned(f"{BASE}catalog#f"), "never published": planned("organisation:x"),
        "no reason": planned("laureate:2041/b", reason=("x", "y")),
        "a successor that is none": planned("laureate:2041/b", "laureate:2041/no"),
        "a successor that goes": planned("laureate:2041/a", "laureate:2041/a#stage-1"),
        "unknown": planned("laureate:2041/no"), "again": planned("laureate:2041/b",
        changes={"data/withdrawal/2041-10.yaml": list_.replace("2041-9", "2041-10").replace("2041.9", "2041.10")}),
        "a successor of before": planned("laureate:2041/a#stage-1", "",
        changes={"data/identifiers.nq": released("laureate/2041/z", f"{TP}X")}),
        "no successor any more": replaced("laureate:2041/a#stage-1", list_),
        "still a successor": replaced("laureate:2041/b", list_),
        "two of them": replaced("laureate:2041/a#stage-1", more.format("laureate:2041/a#stage-1")),
        "quoted": lambda: noted("", "1.2", [BASE + "laureate/2041/a"], Both('a "b" \\c\n d', "e"), "", READ),
        "vain": vain(list_), "not vain": vain(list_, "laureate:2041/a#stage-1"),
        "withdrawn in turn": vain(more.format("laureate:2041/b"), "laureate:2041/b"),
        "a loop": vain(more.format("laureate:2041/z"), "laureate:2041/b"),
        "itself": vain(list_.replace("a#stage-1", "z"), "laureate:2041/z"),
        "a loop beside": vain(more.format("laureate:2041/a#stage-1"), "laureate:2041/b"),
        "none": vain(list_.replace("    remplacé_par: laureate:2041/a#stage-1\n", "    sans_successeur: true\n")),
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "files": of_files, "folder": of_folders, "inventory": of_inventories, "reading": of_readers,
    "checkout": of_projects, "review": of_reviews, "policy": of_policies, "published_files": of_published_files,
    "register": of_registers, "withdraw": of_withdrawals,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_checkout_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
