"""RDF of a line or two in each format, with each fault: what the parser is given, and what is told of it.

`small/reading.tsv` has what comes of each; after a wanted change, `python tests/test_reading_small.py` writes it anew.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from pyoxigraph import QueryResultsFormat, RdfFormat

from small_cases import PARTS, Cases, compare, each, near, outcome, taken, write
from trophees.base.namespaces import RDF
from trophees.reading import document, encoding, json_ld, odd_rows, packed, rdf_xml, xml_rows
from trophees.reading.odd import Odd, language, parsed

ROOM = "reading"
Made = dict[str, Callable[[], object]]


def declared(name: str, text: str = "<a>é</a>", version: str = "version='1.0' ") -> bytes:
    return f"<?xml {version}encoding='{name}'?>{text}".encode("latin-1")


def of_encodings() -> Cases:
    plain = [
        b"a", "é".encode(), "\ufeffé".encode(), "é".encode("utf-16"), "é".encode("utf-32"), b"\xfe\xff\0a",
        b"\0\0\xfe\xff\0\0\0a",
        b"\xff\xfea\0", b"\xff\xfe\0\0a\0\0\0", "é".encode("latin-1"), b"a\n\nb\xe9", b"\xef\xbb\xbfa\n\xff",
        b"\xff\xfea\0\n\0\0", b"",
    ]  # fmt: skip
    xml = [
        *(declared(name) for name in (
            "iso-8859-1", "ISO-8859-15", "windows-1252", "macintosh", "utf-8", "UTF8", "utf-16", "utf-16-le", "ascii",
            "klingon", "idna", "utf-7", "punycode",
            "raw_unicode_escape", "unicode-escape", "undefined", "rot13", "hex", "x" * 90, "a b", "é", "latin-1\0")),
        "<?xml version='1.0' encoding='utf-16'?><a>é</a>".encode("utf-16-le"),
        "<?xml version='1.0'?><a>é</a>".encode("utf-16-be"), "<a>é</a>".encode("utf-16-le"),
        "\ufeff<?xml version='1.0' encoding='latin-1'?><a>é</a>".encode(),
        "\ufeff<?xml version='1.0' encoding='utf-16'?>é".encode("utf-16"),
        b"\n <?xml version='1.0' encoding = \"latin-1\" standalone='no'?><a>\xe9</a>",
        b"<a/><?xml encoding='latin-1'?>\xe9", b"<?xml encoding='latin-1'?>\xe9",
        b"<?xml version='1.0' encoding='latin-1'?>" * 2 + b"\xe9", b"<?xml version='1.0'?>\n\xe9",
        b"<?xml version='1.0' encoding='utf-16'?>a", b"<?xml version='1.0' encoding='utf-16'?>\xe9",
        b"<?xml" + b" " * 970 + b" encoding='latin-1'?>\xe9", b"<?xml" + b" " * 990 + b" encoding='latin-1'?>\xe9",
        declared("latin-1", "\n\xe9"), declared("ascii", "\n\n\xe9"), b"",
    ]  # fmt: skip

    def codec(data: bytes) -> object:
        return encoding.codec(io.BytesIO(data), "n")

    def kept() -> object:
        file = io.BytesIO(b"a")
        text = encoding.Kept(file, "utf-8")
        del text
        with encoding.Kept(io.BytesIO(b"a"), "utf-8") as closed:
            pass
        del closed
        return file.closed

    far = b"\n" * (1 << 20) + b"\n"
    return {
        **each(plain, lambda data: [encoding.utf8(data, "n"), outcome(lambda: codec(data))], lambda data: f"{data!r}"),
        **each(xml, lambda data: encoding.utf8(data, "n", xml=True), lambda data: f"xml {data!r}"[:160]),
        "far away": lambda: codec(far + b"\x81"),
        "over the border of a part": lambda: codec(b"a" * ((1 << 20) - 1) + "é".encode()),
        "a mark, far away": lambda: codec(b"\xef\xbb\xbf" + far + b"\xff"),
        "kept": kept,
    }


def windowed(size: int) -> bytes:
    """An xz whose head says how much room it asks for: 31 is 192 MiB, 32 is 256 MiB (XZ format, section 5.3.1)."""
    found = bytearray(lzma.compress(b"a"))
    found[16] = size
    found[20:24] = zlib.crc32(found[12:20]).to_bytes(4, "little")
    return bytes(found)


class Long(bytes):
    """Bytes that say that they are so many."""

    number = 0

    def __len__(self) -> int:
        return self.number


PACKS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0), "bzip2": bz2.compress, "xz": lzma.compress,
    "zstd": zstd.compress,
}  # fmt: skip


def of_packs() -> Cases:
    def at(most: int, data: bytes) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(packed, "LARGEST", most)
            return packed.unpacked(data, "n")

    def long(number: int) -> object:
        data = Long(b"abc")
        data.number = number
        return packed.unpacked(data, "n")

    def every(pack: Callable[[bytes], bytes]) -> Made:
        one = pack(b"ab")
        damaged = one[:-6] + bytes([one[-6] ^ 1]) + one[-5:]
        return {
            "whole": lambda: packed.unpacked(one, "n"),
            "twice": lambda: packed.unpacked(one + pack(b"cd"), "n"),
            "nothing": lambda: packed.unpacked(pack(b""), "n"),
            "zeros after": lambda: packed.unpacked(one + b"\0" * 8, "n"),
            "zeros between": lambda: packed.unpacked(one + b"\0" * 8 + one, "n"),
            "something after": lambda: packed.unpacked(one + b"xx", "n"),
            "cut": lambda: packed.unpacked(one[:-1], "n"),
            "cut in the second": lambda: packed.unpacked(one + one[:-1], "n"),
            "damaged": lambda: packed.unpacked(damaged, "n"),
            "as large as may be": lambda: at(2, one),
            "too large": lambda: at(1, one),
            "too large together": lambda: at(3, one + one),
            "as large together": lambda: at(4, one + one),
        }

    def without_zstd() -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(__import__("sys").modules, "backports", None)
            patch.setitem(__import__("sys").modules, "compression", None)
            return packed.unpacked(PACKS["zstd"](b"a"), "n")

    heads = [
        b"", b"a", b"\x1f", b"\x1f\x8b", b"BZh", b"BZh91AY&SY", b"BZh9\x17rE8P\x90", b"BZh91AY&S", b"XZh91AY&SY",
        b"BZhaar", b"\xfd7zXZ\0", b"\xfd7zXZ",
        b"\x28\xb5\x2f\xfd", b"\x28\xb5\x2f", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xd0\xcf\x11\xe0",
    ]  # fmt: skip
    return {
        **{f"{kind} {name}": work for kind, pack in PACKS.items() for name, work in every(pack).items()},
        **each(heads, lambda head: [packed.is_packed(head), packed.is_zip(head), packed.is_old_office(head)],
        lambda head: f"{head!r}"),
        "not packed": lambda: packed.unpacked(b"a", "n"),
        "as large as may be": lambda: long(1 << 29),
        "too large": lambda: long((1 << 29) + 1),
        "a window that is too large": lambda: packed.unpacked(windowed(32), "n"),
        "a window that is not": lambda: packed.unpacked(windowed(31), "n"),
        "no Zstandard": without_zstd,
    }  # fmt: skip


FILES: dict[str, bytes] = {
    "a.ttl": "é".encode(), "b.csv": "é".encode("latin-1"), "c.ttl.gz": gzip.compress(b"x"), "d.rdf": b"<a/>",
    "e.json": b'{"@context": "k.jsonld"}', "k.jsonld": b'{"@context": {"a": "urn:a"}}',
    "f.hdt": b"", "g.rj": b"", "h.html": b"", "i.xls": b"", "j.zip": b"", "l.tar": b"", "m.tgz": b"", "n.doc": b"",
    "o": b"", "p.gz": b"", "q.TTL.GZ.bz2": b"x", "r.jsonl": b"x",
    "s.owl": f"<r xmlns='{RDF}'/>".encode(), "t.ttl": b"\n\xff", "u.html.gz": b"", "v.x" * 3: b"", ".ttl": b"x",
}  # fmt: skip


def of_documents() -> Cases:
    def read(name: str, most: int = 1 << 29) -> object:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            patch.setattr(packed, "LARGEST", most)
            Path("folder.ttl").mkdir()
            for file, content in FILES.items():
                Path(file).write_bytes(content)
            return outcome(lambda: document.read(Path(name), lambda: '{"@context": {}}'))

    addresses = [
        "http://x/y.ttl", "https://x", "file:///x/y.ttl", "a://b", "A+-.1://b", "c:/x.ttl", "1a://b", "x/http://y.ttl",
        "http:y.ttl", "http://" + "x" * 90, "urn:x.ttl",
    ]  # fmt: skip
    forms = (RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.JSON_LD)
    return {
        **each([*FILES, "folder.ttl", "missing.ttl", "\0.ttl", *addresses], lambda name: read(name)),
        "too large": lambda: read("c.ttl.gz", 20),
        "large": lambda: read("a.ttl", 2),
        "too large for the disk": lambda: read("a.ttl", 1),
        "formats": lambda: {name: str(form) for name, form in document.FORMATS.items()},
        "tables": lambda: document.TABLES,
        "extensions": lambda: {
            name: document.extension_of(name)
            for name in ("a.TTL.gz", "a.gz", "gz", "a", "a.b.c", "a.ttl.zst.xz", "a.zstd", "a.bz2.x", ".gz.ttl", "")
        },
        **each(forms, lambda form: document.ready("<é>".encode(), form, "n", None, str), lambda form: f"ready {form}"),
    }


HEAD = f'<r:RDF xmlns:r="{RDF}" xmlns:u="urn:">'


def subset(entities: str, text: str = "&a;") -> str:
    return f'<!DOCTYPE r:RDF [{entities}]>\n{HEAD}<r:Description u:p="{text}"/></r:RDF>'


def of_rdf_xml() -> Cases:
    texts = [
        f"{HEAD}</r:RDF>", f"{HEAD}</r:RDF>\n", HEAD, f"{HEAD}\n<a>", f"{HEAD}\n</x>", "", "  \n", "<a/>", "<a",
        f"{HEAD}\n&b;</r:RDF>", f"{HEAD}</r:RDF>\nx", f"{HEAD}<\n",
        subset("<!ENTITY a 'x'>"), subset('<!ENTITY a "x">\n<!-- c -->\n<!ENTITY b.c-d "y">\n', "&a;&b.c-d;&amp;"),
        subset("<!ENTITY a 'x'>", "&b;"), subset("<!ENTITY a '&b;'>"),
        subset("<!ENTITY a '<'>"), subset("<!ENTITY % a 'b'>"), subset("<!ENTITY a SYSTEM 'b'>"),
        subset("<!ELEMENT a ANY>"), subset("", "x"), subset(f"<!ENTITY a '{'x' * 1000}'>"),
        subset(f"<!ENTITY a '{'x' * 1001}'>"), subset("<!ENTITY a 'x'>\n<!ENTITY a 'y'>"), subset("<!ENTITY a ''>"),
        subset("<!ENTITY _a1 'x'>", "&_a1;"), subset("<!ENTITY 1a 'x'>"),
        subset("<!ENTITY a 'x' >"), subset("<!ENTITY a 'it\"s'>").replace('u:p="', "u:p='").replace('"/>', "'/>"),
        "\n" + subset("\n\n<!ENTITY a 'x'>\n") + "<", subset("<!ENTITY a 'x'>", "&a;" * 9),
        f"<!DOCTYPE r:RDF>{HEAD}</r:RDF>", f"<!DOCTYPE r SYSTEM 'x' [<!ENTITY a 'b'>]>{HEAD}&a;</r:RDF>",
        f"<!DOCTYPE r [<!ENTITY a 'b'>] >{HEAD}&a;</r:RDF>",
        f'{HEAD}<r:Description><u:p r:datatype="{RDF}langString" xml:lang="fr">x</u:p></r:Description></r:RDF>',
        f"{HEAD}<r:Description><u:p r:datatype = '{RDF}langString'>x</u:p></r:Description></r:RDF>",
        f'{HEAD}<r:Description><u:p r:datatype="{RDF}langStrings">x</u:p></r:Description></r:RDF>',
        f'{HEAD}<r:Description><u:p r:parseType="{RDF}langString">x</u:p></r:Description></r:RDF>',
        f"{HEAD}é</r:RDF>",
    ]  # fmt: skip
    tags = [
        '<a xml:lang="fr">', "<a xml:lang='fr_FR'>", '<a xml:lang="">', "<a xml:lang='x\">", '<a  xml:lang="é">',
        '<a lang="fr">', '<a yxml:lang="fr">', '<a xml:lang="a&b">', '<a xml:lang="a" b="c" xml:lang="d">',
    ]  # fmt: skip

    def many(number: int) -> object:
        text = subset(f"<!ENTITY a '{'x' * 1000}'>", "&a;" * number).encode()
        return len(rdf_xml.whole(text, "n"))

    return {
        **each(texts, lambda text: rdf_xml.whole(text.encode(), "n")),
        **each(tags, lambda tag: rdf_xml.languages(tag.encode(), lambda said: said.upper())),
        **each((1055, 1056, 1057), lambda n: many(n), lambda n: f"{n} times"),
        "beyond the first part": lambda: rdf_xml.whole(b" " * (1 << 20) + subset("<!ENTITY a 'x'>").encode(), "n")[
            -40:
        ],
        "a large one": lambda: len(rdf_xml.whole(f"{HEAD}{' ' * (1 << 20)}</r:RDF>".encode(), "n")),
        "a large one that is cut off": lambda: len(rdf_xml.whole(f"{HEAD}{' ' * (1 << 20)}</r:RDF".encode(), "n")),
    }


def of_xml_rows() -> Cases:
    texts = [
        "<literal> x\n</literal>", "<literal>\tx</literal>", "<literal  xml:lang='fr'> x </literal >",
        "<s:literal> x </s:literal>", "<literal/> ", "<literal a='/'> x</literal>", "<uri> x </uri>",
        "<literals> x </literals>", "<a.b-c:literal>  </a.b-c:literal>", "<literal>a<!-- c -->b</literal>",
        "<literal><![CDATA[ <x> & ]]></literal>", "<literal>a<?p i?>b</literal>",
        "<?xml version='1.0'?><literal>a<?p i?>b</literal>", "<?xml version='1.0'?><literal>a</literal>",
        "<?xml version='1.0'?><?xml-x y?><literal>a</literal>", "<literal>a\r\nb\rc</literal>", "<!ENTITY a 'b'>",
        "<?xml version='1.0' encoding='latin-1'?><literal>é</literal>", "<literal>é<![CDATA[é]]></literal>",
        "<!-- a\nb --><literal>x</literal><!-- c -->", "<literal>x<!-- -- ></literal>", "<literal > </literal>",
        "<literal>\u00a0x</literal>", "<literal>a</literal> <literal>b</literal>", "<?p?><literal>x</literal>",
        "<?p?><?q?><literal>x</literal>", "<s:literal x='1'>\r\n</s:literal>",
    ]  # fmt: skip
    return each(texts, lambda text: xml_rows.ready(text.encode("latin-1" if "latin" in text else "utf-8"), "n"))


def of_contexts() -> Cases:
    ours = '\ufeff{"@context": {"nom": "urn:nom"}}'
    files = {
        "a.jsonld": {"@context": {"a": "urn:a"}}, "b.jsonld": {"@context": ["a.jsonld", {"b": "urn:b"}]},
        "sub/c.jsonld": {"@context": ["d.jsonld", "../a.jsonld"]}, "sub/d.jsonld": {"@context": {"d": "urn:d"}},
        "loop.jsonld": {"@context": "loop.jsonld"}, "no.jsonld": {"a": 1}, "list.jsonld": [{"@context": {}}],
        "null.jsonld": {"@context": None}, "a b.jsonld": {"@context": {"s": "urn:s"}},
        **{f"n{n}.jsonld": {"@context": f"n{n + 1}.jsonld"} for n in range(1, 11)},
        "n11.jsonld": {"@context": {"n": "urn:n"}},
    }  # fmt: skip
    others = {
        "text.jsonld": b"{",
        "large.jsonld": b'{"@context": {}}' + b" " * ((1 << 20) - 15),
        "fits.jsonld": b'{"@context": {}}' + b" " * ((1 << 20) - 16),
        "latin.jsonld": '{"@context": {"é": "urn:e"}}'.encode("latin-1"),
    }
    home = "w3id.org/trophees-participation/context"
    said: list[Any] = [
        "a.jsonld", ["a.jsonld", None, {"x": "urn:x"}], "b.jsonld", "sub/c.jsonld", "./a.jsonld", "a%20b.jsonld",
        "a.jsonld?x#y", "loop.jsonld", "no.jsonld", "list.jsonld", "null.jsonld", "text.jsonld", "large.jsonld",
        "fits.jsonld", "latin.jsonld", "missing.jsonld", "n1.jsonld", "n2.jsonld", "\0", "", "#a", "/a.jsonld",
        "//x/a.jsonld", "http://x/a", "file:a.jsonld", "x" * 90, 3, {"@import": "a.jsonld", "a": "urn:other"},
        {"@import": 3},
        {"@import": "b.jsonld"}, {"@import": "null.jsonld", "z": "urn:z"},
        {"t": {"@id": "urn:t", "@context": "a.jsonld"}}, {"t": {"@id": "urn:t",
        "@context": {"u": {"@container": "@type"}}}},
        *(f"{scheme}://{address}" for scheme in ("http", "https", "ftp")
        for address in (home, home + ".jsonld", home + ".jsonld?x")), f"https://{home}x",
        f"https://{home}.jsonld.jsonld",
    ]  # fmt: skip
    member = {"m": {"@id": "urn:m", "@container": "@type"}}
    terms = {**member["m"], "@type": "@vocab"}
    vocabulary = {
        "@vocab": "urn:v:",
        "m": terms,
        "T": {"@id": "urn:T"},
        "U": "T",
        "p": "urn:p:",
        "q": "p:q:",
        "n": None,
        "self": "self",
        "x": "y",
        "y": "x",
    }
    documents: list[Any] = [
        {"@context": member, "m": {"T": "urn:a"}}, {"@context": member, "m": {"T": ["urn:a", {"@id": "urn:b",
        "@type": "U"}, {"@type": ["V", "W"], "k": 1}], "@none": ["urn:c", {"@id": "urn:d"}], "X": [3, None]}},
        {"@context": {"m": {"@id": "urn:m", "@container": ["@type", "@set"]}}, "m": {"T": {}}},
        {"@context": {"m": {"@id": "urn:m", "@container": ["@set"]}}, "m": {"T": {}}}, {"@context": member, "m": ["x"]},
        {"@context": member, "k": {"m": {"T": "a"}}}, [{"@context": member, "m": {"T": "a"}}, {"m": {"T": "a"}}],
        {"@context": {"m": {"@id": "urn:m", "@container": "@index"}}, "m": {"T": {}}},
        {"@context": vocabulary, "m": {"A": ["T", "U", "z", "p:x", "q:x", "http://e/z", "p://z", "r:z", "n", "self",
        "x", ":z", "_:b"]}}, {"@context": {"m": terms}, "m": {"A": ["z"]}},
        {"@context": {"@vocab": "v", "v": "urn:w:", "m": terms}, "m": {"A": ["z"]}},
        {"@context": {"m": terms, "@vocab": None}, "m": {"A": ["z"]}},
        {"@context": {"m": terms, "@vocab": "v"}, "m": {"A": ["z"]}},
        {"@context": {"m": terms, "@vocab": "a:b", "a": "b:c", "b": "a:d"}, "m": {"A": ["z", "a:x"]}},
        {"@context": vocabulary, "k": {"@context": {"T": "urn:other"}, "m": {"A": "T"}}, "m": {"A": "T"}},
        {"@context": vocabulary, "k": {"@context": None, "m": {"A": "T"}}, "m": {"A": "T"}},
        {"@context": [vocabulary, None], "m": {"A": "T"}}, {"@context": {"@vocab": "urn:v:",
        "t": {"@context": {"@vocab": "urn:w:"}}, "m": terms}, "m": {"A": "z"}},
        {"@context": "a.jsonld", "é": "\ud800"}, {"@context": {"x": "urn:x"}, "x": [1, {"y": None}]},
        {"@context": {"x": 3}, "y": "“"},
    ]  # fmt: skip
    rdf_json: list[Any] = [
        {"s": {"p": [{"value": "x"}]}}, {"s": {"p": {}}}, {"s": {"p": ""}},
        {"s": {"p": [{"type": "a", "value": "b"}], "q": {}}}, {"@graph": {"p": [{"type": "a", "value": "b"}]}},
        {}, [], {"s": {"p": [{"type": "literal", "value": "x"}]}}, {"s": {"p": []}}, {"s": {}},
        {"s": {"p": [{"type": "literal"}]}}, {"s": {"p": [{"type": "a", "value": "b", "lang": "c"}],
        "q": [{"type": "a", "value": "b"}]}},
        {"@id": "s", "p": {"q": [{"type": "a", "value": "b"}]}}, {"s": {"p": {"type": "a", "value": "b"}}},
        {"s": {"p": ["type", "value"]}}, {"s": {"p": [{"type": "a", "value": "b"}]}, "t": "x"},
        {"s": {"p": [{"type": "a", "value": "b"}, "x"]}},
        {"s": {"p": [{"type": "a", "value": "b"}]}, "t": {"p": [{"type": "a"}]}}, {"s": [1]}, 3,
    ]  # fmt: skip

    def ready(value: object) -> object:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in {
                **{name: json.dumps(file).encode() for name, file in files.items()},
                **others,
            }.items():
                Path(folder, name).parent.mkdir(exist_ok=True)
                Path(folder, name).write_bytes(content)
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            found = outcome(lambda: json_ld.ready(data, "n", Path(folder), lambda: ours))
            return "the same" if isinstance(found, str) and found.encode("utf-8", "surrogatepass") == data else found

    def many(number: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json_ld, "_MANY", number)
            return [ready({"@context": "b.jsonld"}), ready({"@context": ["null.jsonld", "a.jsonld"]})]

    return {
        **each(
            said, lambda context: ready({"@context": context, "k": 1}), lambda context: f"context {json.dumps(context)}"
        ),
        **each(documents, lambda value: ready(value), lambda value: f"document {json.dumps(value)}"),
        **each(
            rdf_json,
            lambda value: [json_ld.is_rdf_json(value), ready(value)],
            lambda value: f"RDF/JSON {json.dumps(value)}",
        ),
        "no folder": lambda: json_ld.ready(b'{"@context": "a.jsonld"}', "n", None, lambda: ours),
        "no JSON": lambda: ready(b'{"@context": "a.jsonld"'),
        "deep": lambda: ready(b'{"@context": ' + b"[" * 100_000),
        "no context": lambda: ready(b' {"a":1}'),
        "only imported": lambda: ready(b'{"a": {"@import": "a.jsonld"}}'),
        **each((1, 2, 3), lambda number: many(number), lambda number: f"{number} keys"),
    }


TURTLE = [
    "<urn:s> <urn:p> <urn:o> .", "<urn:s> <urn:p> <http://e/a b> .", "<urn:s> <urn:p> <http://e/%zz> .",
    "<urn:s> <urn:p> <http://e/[a]{b}|^`\\\\> .", "<urn:s> <http://e/a b> <urn:o> .", "<http://e/a b> <urn:p> 1 .",
    "<urn:s> <urn:p> <a b> .", "<urn:s> <urn:p> <http://[a b> .", "<urn:s a> <urn:p> <a\u00a0b> .",
    '<urn:s> <urn:p> "a"@fr_FR .', '<urn:s> <urn:p> "a"@ .', '<urn:s> <urn:p> "a"@abcdefghi .',
    '<urn:s> <urn:p> "a"@fr- .',
    "<urn:s> <urn:p> 'a'@fr_, '''b'@x_y'''@de_, \"\"\"c\"@x_y\\\"\"\"\"@it_ .",
    '<urn:s> <urn:p> "a@x_y", "\\"@x_y", <urn:x@y_z> . # "a"@x_y\n', '<urn:s> <urn:p> "a"@fr, "b"@FR_be .',
    "<urn:s> <urn:p> _:nodeID://b1, <a b> .",
    '<urn:s> <urn:p> "a"^^<a b>, "c"^^<http://e/d e> .', "<urn:s> <urn:p> <<( <urn:a> <urn:b c> 1 )>> .",
    f'<urn:s> <urn:p> "a"^^<{RDF}langString> .', f'<urn:s> <urn:p> "a"^^<{RDF}langString>, <a b> .',
    "<urn:s> <urn:p> .",
    "<urn:s> <urn:p> <a b> . <urn:s", "<r> <p> <o> .", "<urn:s> <urn:p> <a b>, <a b>, <c d>, <e f>, <g h> .",
    f"<urn:s> <urn:p> <{'x' * 90} y> .", '<urn:s> <urn:p> "a"@en-Latn-GB-x-y_z .',
    '<urn:s> <urn:p> """a\n"@b_c""", "x"@c_d .',
    "<urn:s> <urn:p> \"\"\"\"a\"\"b\"@b_c\"\"\"@d_ .", "<urn:s> <urn:p> '''a''@b_c'''@d_ .",
    "<urn:s> <urn:p> 'a\\'@b_c'@d_ .", "<urn:s> <urn:p> <http://e/\x7f\x80> .", "<urn:s> <urn:p> <http://e/\\u0020> .",
    "<urn:s> <urn:p> < urn:x > .",
]  # fmt: skip


TAGS = ("fr-BE", "abcdefgh", "x-abcdefgh", "fr_", "a-1_b")
IRIS = ("http://e/%4a", "http://e/ %AF%af%F0%9A", "a+b-c.1://h/[", "x://h?[#[")
SIGNS = "\"'@<>\\_#\n"
STRINGS = (
    '"a"@b_c', "'a\\'b'@c_d", '"""a"b"""@c_d', "'''a'b'''@c_d", '<a"b"@c_d> "x"@e_f', '# "a"@b_c\n"d"@e_f',
    "_:nodeID://b1 'x'@",
)  # fmt: skip


def mended_iri(iri: str) -> str | None:
    """What an IRI becomes, if it is not as it should be."""
    found = Odd().iri(iri)
    return found.value if found and found.value != iri else None


def mended_text(text: str) -> str | None:
    """What becomes of Turtle whose tags are not as they should be."""
    found = Odd().languages(text)
    return found if found != text else None


def of_odd() -> Cases:
    def read(text: str, form: RdfFormat = RdfFormat.TURTLE, *, strict: bool = False) -> object:
        odd = Odd()
        found = outcome(
            lambda: sorted(
                re.sub("_:[0-9a-f]{20,}", "_:b", str(quad))
                for quad in parsed(text.encode(), form, "http://b/", odd, strict=strict)
            )
        )
        return [found, odd.sentence("n"), odd.count, odd.dropped, odd.as_text("n")]

    def lines_of(xml: str) -> str:
        return f"{HEAD}<r:Description r:about='urn:s'>{xml}</r:Description></r:RDF>"

    xml = [
        "<u:p r:resource='a b'/>", "<u:p xml:lang='fr_FR'>x</u:p>", "<u:p xml:lang=''>x</u:p>",
        "<u:p xml:lang='abcdefghi'>x</u:p><u:p xml:lang=''>y</u:p>", "<u:p xml:lang='a b'><u:q/></u:p>",
        "<u:p r:datatype='a b'>x</u:p>", "<u:p>",
    ]  # fmt: skip
    others = [
        ({"@id": "urn:s", "urn:p": [{"@id": "http://e/a b"}, {"@value": "b", "@language": "fr_FR"}, "c"]},
        RdfFormat.JSON_LD),
        ({"@id": "http://e/a b", "@graph": [{"@id": "urn:s", "urn:p": 1}]}, RdfFormat.JSON_LD),
        ({"@id": "urn:s", "urn:p": {"@value": "a", "@type": "http://e/a b"}}, RdfFormat.JSON_LD),
    ]  # fmt: skip
    tags = [
        "fr", "fr_FR", "fr-", "fr--", "-fr", "", "abcdefgh", "abcdefghi", "fr-abcdefgh", "fr-abcdefghi", "1a", "a1",
        "fr-1", "é", "a-DE", "x-none", "i-klingon", "de-1996", "en_US_", "x", "fr FR",
    ]  # fmt: skip

    def told(*texts: str) -> object:
        odd = Odd()
        for text in texts:
            odd.note(text)
            odd.texts.append(text)
        return [odd.sentence("n"), odd.as_text("n"), odd.examples]

    iris = [
        "urn:a",
        "http://e/é",
        "http://e/a%2",
        "http://e/%41",
        " http://e/x ",
        "http://a b/c d",
        "a b",
        "",
        'http://e/<>"{}|^`\\[]',
        "http://[::1]/a[",
        "http://e?a[#b]",
        "http://e#a b",
        "x+y-.1://h[/p[",
        "http://e/\x01\x9f\xa0",
    ]
    return {
        **each(TURTLE, lambda text: read(text)),
        **each(TURTLE[:2], lambda text: read(text, strict=True), lambda text: f"strict {text}"),
        **each(xml, lambda text: read(lines_of(text), RdfFormat.RDF_XML)),
        "strict XML": lambda: read(lines_of(xml[0]), RdfFormat.RDF_XML, strict=True),
        **each(others, lambda one: read(json.dumps(one[0]), one[1]), lambda one: json.dumps(one[0])),
        "a graph": lambda: read("<urn:g h> { <urn:s> <urn:p> 1 } <urn:g> { <urn:s> <urn:p> 1 }", RdfFormat.TRIG),
        "surrogates": lambda: [
            str(quad) for quad in parsed(b'<urn:s> <urn:p> "\xff"@fr_FR .', RdfFormat.TURTLE, None, Odd())
        ],
        "near tags": lambda: {start: taken(near(start, "_-a1 é"), language) for start in TAGS},
        "near IRIs": lambda: {start: taken(near(start, " [%4g:/?#"), mended_iri) for start in IRIS},
        "near Turtle": lambda: {start: taken(near(start, SIGNS), mended_text) for start in STRINGS},
        "languages": lambda: {tag: language(tag) for tag in tags},
        "iris": lambda: {iri: str(Odd().iri(iri)) for iri in iris},
        "one": lambda: told("a"),
        "four": lambda: told("a", "b\n\x1b", "a", "x" * 61, "x" * 60, "d"),
        "three": lambda: told("a", "b", "c"),
        "none": lambda: told(),
    }


ODD_CELLS = ('"x"@a_b', "'x'@a_", '"x"^^<a b>', "'x'^^<>", "<a b>", "_:a%", '""@a_')


def of_odd_rows() -> Cases:
    def mended(text: str | bytes, form: QueryResultsFormat) -> list[object]:
        odd = Odd()
        found = odd_rows.mended(text.encode() if isinstance(text, str) else text, form, odd)
        return [found, odd.count, odd.examples, odd.texts]

    terms: list[Any] = [
        None, "x", 3, True, [1], {"type": "uri", "value": "urn:a"}, {"type": "IRI", "value": "urn:a"},
        {"type": "uri", "value": "a b"}, {"type": "bnode", "value": "b1"}, {"type": "bnode", "value": "_:x y"},
        {"type": "literal", "value": "x"}, {"type": "typed-literal", "value": "1", "datatype": "urn:d"},
        {"type": "literal", "value": "1", "datatype": "a b"}, {"type": "literal", "value": "x", "xml:lang": "fr"},
        {"type": "literal", "value": "x", "xml:lang": "fr_FR"}, {"type": "literal", "value": "x", "lang": "fr"},
        {"type": "literal", "value": "x", "xml:lang": "é"}, {"type": "literal", "value": None}, {"type": "uri"},
        {"type": "literal", "value": 3}, {"type": "uri", "value": 3}, {"type": "strange", "value": "é"},
        {"value": "x"}, {"type": "triple", "value": {"subject": "x"}},
        {"type": "literal", "value": "x", "xml:lang": ""},
        {"type": "literal", "value": "x", "datatype": 3}, {"type": "literal", "value": "x", "xml:lang": "fr",
        "datatype": "a b"}, {"type": "literal", "value": "\ud800"}, {"type": "bnode", "value": "_:x y z"},
    ]  # fmt: skip
    rows = {
        "head": {"vars": ["a", "b"], "link": []},
        "results": {
            "bindings": [
                {"a": {"type": "bnode", "value": "x y"}, "b": {"type": "bnode", "value": "z z"}},
                {"b": {"type": "bnode", "value": "x y"}},
            ]
        },
    }
    broken: list[Any] = [
        [],
        {"boolean": True},
        {"head": {"vars": []}},
        {"results": {"bindings": []}},
        {"head": {}, "results": {"bindings": []}},
        {"head": {"vars": []}, "results": {"bindings": [3]}},
        {"head": {"vars": []}, "results": []},
    ]
    xml = [
        "<literal >x</literal>", "<literal x>y</literal>", "<literal xml:lang='a'x'>y</literal>",
        "<literal\txml:lang=\"\" datatype=''>y</literal>", "<bnode></bnode>", "<uri>urn:a</uri>x<uri>b</uri>",
        "<uri>urn:a</uri>", "<uri> a b </uri>", "<uri>urn:a&amp;b</uri>", "<uri>a &lt;b</uri>",
        "<bnode>x y</bnode><bnode> x y </bnode><bnode>z z</bnode><bnode>b1</bnode>",
        '<literal xml:lang="fr_FR">x</literal>',
        "<literal xml:lang='fr'>x</literal>", "<literal xml:lang='é'>x</literal>",
        '<literal datatype="a b">x</literal>', "<literal datatype='urn:a'>x</literal>",
        "<literal\n xml:lang = 'fr_FR'\tdatatype='a b'>x</literal>",
        '<literal datatype="urn:&amp;">', "<literals xml:lang='fr_FR'>", "<literal xml:lang=''>x</literal>",
        '<literal xml:lang="">x</literal>', "<literal>x</literal>", "<literal other='fr_FR'>x</literal>", "<uri></uri>",
    ]  # fmt: skip
    cells = [
        "<urn:a>", "<a b>", "<a b", "<< <a b> >>", "<<( <a b> )>>", "_:b1", "_:x%y", '"x"@fr_FR', "'x'@fr_FR",
        '"x"@fr', '"x"@a_b_', '"x\\"y"@fr_', '"x"@abcdefghi', '"x"^^<a b>', "'x'^^<a b>", '"x"^^<urn:a>',
        '"x\\"^^<a b>"^^<c d>', "12",
        '"x"@', '""@fr_', '"x" @fr_', 'x"x"@fr_', '<a "é">', '"x"^^<>', "", "''^^<a b>", "'a\\'b'@x_y", "'a\"b'@x_y",
        '"a\'b"@x_y', '"a"b"@x_y', "'a'b'@x_y", '"a"b"^^<a b>', "'\\'^^<a b>'^^<a b>",
    ]  # fmt: skip

    def answer(term: object) -> object:
        return {"head": {"vars": ["v"]}, "results": {"bindings": [{"v": term}]}}

    def changed(cell: str) -> object:
        found = mended(f"?v\n{cell}", QueryResultsFormat.TSV)
        return found if found[0] != f"?v\n{cell}".encode() else None

    def limited(number: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(odd_rows, "_LARGEST", number)
            return [mended("<uri> </uri>x", QueryResultsFormat.XML), mended("<uri>a</uri>", QueryResultsFormat.XML)]

    return {
        **each(terms, lambda term: mended(json.dumps(answer(term)), QueryResultsFormat.JSON), json.dumps),
        "two rows": lambda: mended(json.dumps(rows), QueryResultsFormat.JSON),
        **each(
            broken, lambda value: mended(json.dumps(value), QueryResultsFormat.JSON), lambda value: json.dumps(value)
        ),
        "no JSON": lambda: mended("{", QueryResultsFormat.JSON),
        "deep JSON": lambda: mended("[" * 100_000, QueryResultsFormat.JSON)[1:],
        **each(xml, lambda text: mended(text, QueryResultsFormat.XML)),
        **each(
            cells, lambda cell: mended(f"?v\t?w\n{cell}\t<a>\n", QueryResultsFormat.TSV), lambda cell: f"cell {cell}"
        ),
        "near cells": lambda: {start: taken(near(start, '"@^<>\\ a_'), changed) for start in ODD_CELLS},
        "the head of TSV": lambda: mended("<a b>\n_:x%y\t_:z%\n_:x%y\t_:b\n", QueryResultsFormat.TSV),
        "CSV": lambda: mended("a\n<a b>\n", QueryResultsFormat.CSV),
        "not UTF-8": lambda: mended(b"<uri>\xff a</uri>", QueryResultsFormat.XML),
        "too large": lambda: limited(12),
        "as large as may be": lambda: limited(13),
    }


MODULES: dict[str, Callable[[], Cases]] = {
    "encoding": of_encodings, "packed": of_packs, "document": of_documents, "rdf_xml": of_rdf_xml,
    "xml_rows": of_xml_rows, "json_ld": of_contexts, "odd": of_odd, "odd_rows": of_odd_rows,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_document_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
