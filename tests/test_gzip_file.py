"""What is compressed has the same bytes whenever and wherever it is made, and is read again as it was."""

from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from trophees.base.gzip_file import gzipped


@given(st.binary(max_size=2000))
def test_what_is_compressed_is_read_again(data: bytes) -> None:
    assert gzip.decompress(gzipped(data)) == data


def test_a_member_says_neither_name_nor_time_nor_system() -> None:
    """RFC 1952, section 2.3.1: no flags, no time, the slowest compression, an unknown system."""
    assert gzipped(b"text")[:10] == bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255])
