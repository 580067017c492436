"""Requests of which two readers may see two: where the body ends is said twice, oddly, or not at all."""

from __future__ import annotations

HIDDEN = b"GET /health?hidden HTTP/1.1\r\nHost: x\r\n\r\n"  # the body; it is never to be answered
OFFER = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAA\r\n"
_LENGTH = len(HIDDEN)
_POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"

# lines of a head that say where the body ends
_FORMS = [
    *(
        b"Content-Length: " + value
        for value in (b"-1", b"+0", b"0x0", b"0,0", b"0, 40", b"1e1", b"0;", b"'0'", b"", b"a")
    ),
    b"Content-Length: 0\r\nContent-Length: %d" % _LENGTH,
    b"Content-Length: %d\r\nContent-Length: 0" % _LENGTH,
    b"Content-Length: 0\r\nContent-Length: 0",
    b"Content-Length: 99999999999999999999999",
    b"Content-Length : 0",
    b"Content-Length\t: 0",
    b" Content-Length: 0",
    b"Content-Length:\r\n 0",
    b"Content-Length: 0\x00",
    b"Content_Length\x00: 0",
    b"Content-Length: 0\nTransfer-Encoding: chunked",
    b"Content-Length: 0\rTransfer-Encoding: chunked",
    *(
        b"Content-Length: %d\r\nTransfer-Encoding: " % _LENGTH + value
        for value in (b"chunked", b"identity", b"gzip", b"chunked, identity", b"\x0bchunked")
    ),
    b"Transfer-Encoding: chunked\r\nContent-Length: %d" % _LENGTH,
    *(
        b"Transfer-Encoding: " + value
        for value in (
            b"identity",
            b"gzip",
            b"chunked, gzip",
            b"xchunked",
            b"chunkedx",
            b"chun\x00ked",
            b"chunked;a=b",
            b'"chunked"',
        )
    ),
    b"Transfer-Encoding : chunked",
    b"Transfer-Encoding\x0b: chunked",
    b" Transfer-Encoding: chunked",
    b"Transfer-Encoding:\r\n chunked",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    b"Transfer-Encoding: gzip\r\nTransfer-Encoding: identity",
    b"Transfer-Encoding: chunked\nX: y",
]
_CHUNKS = [
    *(size + b"\r\n" for size in (b"", b"-0", b"+0", b"0x0", b"zz", b"\x00", b"ffffffffffffffffff", b"5 5")),
    b"0\n\n",
    b"1\r\nAB\r\n0\r\n\r\n",
    b"1;\n\r\nA\r\n0\r\n\r\n",
]


def requests(offer: bytes = b"") -> list[bytes]:
    """Every form, with the lines of `offer` in its head; `HIDDEN` follows the head."""
    found = [_POST + offer + form + b"\r\n\r\n" + HIDDEN for form in _FORMS]
    chunked = _POST + offer + b"Transfer-Encoding: chunked\r\n\r\n"
    found += [chunked + chunk + HIDDEN for chunk in _CHUNKS]
    return [*found, b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n" + offer + b"\r\n" + HIDDEN]
