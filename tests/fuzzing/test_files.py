"""A file is read as a second reader reads it, or refused in one sentence, whatever has happened to it.

What ours reads otherwise than rdflib, it says: a part is never left out without a word.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from fuzz import examples
from fuzzing import files, second
from fuzzing.limits import TooLateError, within
from fuzzing.test_queries import told
from trophees.ask.engine import Embedded
from trophees.base import rdflib_terms
from trophees.base.errors import UserError
from trophees.base.namespaces import RDF_TYPE
from trophees.reading import packed
from trophees.reading.document import FORMATS

pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
OURS, THEIRS = 20, 5  # seconds
NUMBERS = st.integers(0, 1 << 32)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # RFC 3986, section 3.1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files are."""
    return tmp_path_factory.mktemp("files")


def opened(file: Path, data: bytes) -> Embedded | None:
    """The graph of a file that has `data`; None if it is refused."""
    file.write_bytes(data)
    try:
        with within(OURS):
            return Embedded.opened(None, [file])
    except UserError as error:
        told(error)
        return None
    finally:
        file.unlink()


def read(store: Store) -> Counter[second.Value]:
    """The statements of a store, by value; blank nodes are alike."""
    return Counter(tuple(second.value(rdflib_terms.term(part)) for part in quad.triple) for quad in store)


@examples(1400, 60)
@given(NUMBERS, st.sampled_from(files.RDF), st.sampled_from([None, None, *files.PACKED]), st.booleans())
def test_rdf_is_what_the_second_reader_reads_or_a_sentence(
    folder: Path, number: int, extension: str, pack: str | None, whole: bool
) -> None:
    made, form = random.Random(number), FORMATS[extension]
    data = files.document(made, form)
    if not whole or made.random() < 0.5:
        data = files.harmed(made, data)
    name = f"a.{extension}"
    sent = data
    if pack:
        name, sent = f"{name}.{pack}", files.PACKED[pack](data)
        if made.random() < 0.3:
            sent = files.harmed(made, sent)
    graph = opened(folder / name, sent)
    if graph is None or (pack and packed.unpacked(sent, name) != data):
        return
    try:
        with within(THEIRS):
            found = files.theirs(data, form, (folder / name).as_uri())
            other = Counter(tuple(map(second.value, quad[:3])) for quad in found.quads() if quad[3] is not None)
    except (Exception, TooLateError):  # it reads nothing of it: there is nothing to compare
        return
    if not all(SCHEME.match(str(part[1])) for said in other for part in said if part[0] == "iri"):
        return  # rdflib resolves no address that has a colon in its first part, though that is no scheme
    mended = any("ill-formed" in note["en"] for note in graph.said)
    assert mended or read(graph.store) == other, (extension, data)


@examples(400, 40)
@given(NUMBERS, st.sampled_from(files.TABLES))
def test_a_table_has_all_its_cells(folder: Path, number: int, extension: str) -> None:
    data, rows = files.table(random.Random(number), extension)
    graph = opened(folder / f"a.{extension}", data)
    if graph is None or graph.said:
        return
    cells = sum(1 for quad in graph.store if quad.predicate.value.startswith("my:"))
    texts = {quad.object.value for quad in graph.store if isinstance(quad.object, Literal)}
    kept = {cell.strip() for row in rows for cell in row if cell.strip() and cell.strip().isalpha()}
    assert cells <= sum(1 for row in rows for cell in row if cell.strip())
    assert {" ".join(cell.split()) for cell in kept} <= {" ".join(text.split()) for text in texts}, rows
    assert sum(1 for quad in graph.store if quad.predicate.value == RDF_TYPE.value) <= len(rows)


@examples(200, 25)
@given(NUMBERS, st.sampled_from(files.TABLES), st.sampled_from([None, *files.PACKED]))
def test_a_table_that_was_harmed_is_read_or_refused_in_a_sentence(
    folder: Path, number: int, extension: str, pack: str | None
) -> None:
    made = random.Random(number)
    data = files.harmed(made, files.table(made, extension)[0])
    name = f"a.{extension}.{pack}" if pack else f"a.{extension}"
    opened(folder / name, files.PACKED[pack](data) if pack else data)
