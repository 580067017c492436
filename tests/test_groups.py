"""What several tests need is made once: those of a group run in one process, one after the other."""

from __future__ import annotations

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
@pytest.mark.xdist_group("groups")
def test_the_groups_are_those_that_tests_are_handed_out_by(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@groups")
