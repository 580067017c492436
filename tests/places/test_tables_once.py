"""A table of the reference is made once, and the search for garbage is as it was."""

from __future__ import annotations

import gc

import pytest

from trophees.places.tables import once


@pytest.mark.parametrize("looking", [True, False])
def test_what_is_made_once_leaves_the_search_for_garbage_as_it_was(looking: bool) -> None:
    made: list[bool] = []

    @once
    def table(name: str) -> str:
        made.append(gc.isenabled())
        if not name:
            raise KeyError(name)
        return name

    before = gc.isenabled()
    try:
        (gc.enable if looking else gc.disable)()
        assert [table("a"), table("a"), table("b")] == ["a", "a", "b"]
        with pytest.raises(KeyError):
            table("")
        assert gc.isenabled() is looking
        assert made == [False, False, False]
    finally:
        (gc.enable if before else gc.disable)()
