"""A share of the modules of tests: each seed chooses others, and in the long run all are chosen."""

from __future__ import annotations

from pathlib import Path

from conftest import chosen

MODULES = sorted(path.name for path in Path(__file__).parent.rglob("test_*.py"))


def test_a_share_of_one_is_all() -> None:
    assert all(chosen(module, 1, "any") for module in MODULES)


def test_each_seed_chooses_about_so_many_and_the_same_each_time() -> None:
    for seed in map(str, range(10)):
        once = [module for module in MODULES if chosen(module, 3, seed)]
        assert len(MODULES) / 5 < len(once) < len(MODULES) / 2
        assert once == [module for module in MODULES if chosen(module, 3, seed)]


def test_some_seeds_choose_every_module() -> None:
    assert {module for seed in map(str, range(40)) for module in MODULES if chosen(module, 3, seed)} == {*MODULES}
