"""`python -m mutation`: a sample of mutants is tried; the score of each kind must reach its floor.

The sample is that of a seed: mutants keep their place in it when others come or go.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from mutation import code
from mutation.equivalents import EQUIVALENT

ROOT = Path(__file__).parents[2]
CORE = ("base", "source", "graph", "check", "publish", "release")


class Named(Protocol):
    """A mutant: what is changed, in words."""

    @property
    def name(self) -> str: ...


M = TypeVar("M", bound=Named)


@dataclass(frozen=True)
class Kind:
    """Mutants of one kind: how many are tried, and the least share of them that the tests must notice."""

    samples: int
    floor: float


# code comes first: the package must not be there yet when a process imports it with a change
KINDS = {"code": Kind(150, 0.90), "catalogue": Kind(60, 0.98), "records": Kind(100, 0.98)}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if every kind reaches its floor, 1 if one does not."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], help="all of them, if none is named")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--samples", type=int, help="of each kind")
    parser.add_argument(
        "--all", action="store_true", help="every mutant, and those that are told to be equivalent, too"
    )
    parser.add_argument("--only", default="", help="those whose name contains this text")
    given = parser.parse_args(arguments)
    fine = True
    for kind in (kind for kind in KINDS if kind in given.kinds or not given.kinds):
        with TRIALS[kind]() as (mutants, killed):
            chosen = [m for m in mutants if given.only in m.name]
            if not given.all:
                chosen = sample(kind, chosen, given.seed, given.samples or KINDS[kind].samples)
            fine &= tried(kind, chosen, killed)
    return 0 if fine else 1


def sample(kind: str, mutants: Sequence[M], seed: str, number: int) -> list[M]:
    """The `number` of `mutants` that come first in the order of `seed`, without equivalent ones."""

    def place(mutant: M) -> str:
        return hashlib.sha256(f"{seed} {kind} {mutant.name}".encode()).hexdigest()

    return sorted((m for m in mutants if f"{kind}: {m.name}" not in EQUIVALENT), key=place)[:number]


def tried(kind: str, mutants: Sequence[M], killed: Callable[[M], bool]) -> bool:
    """Whether the tests notice enough of `mutants`, and none of those that they cannot; the others are printed."""
    equivalent = [m for m in mutants if f"{kind}: {m.name}" in EQUIVALENT]
    counted = [m for m in mutants if m not in equivalent]
    survived = []
    for mutant in counted:
        if not killed(mutant):
            survived.append(mutant)
            print(f"{kind}: survives: {mutant.name}", flush=True)
    noticed = [m for m in equivalent if killed(m)]
    for mutant in noticed:
        print(f"{kind}: told to be equivalent, but a test notices it: {mutant.name}", flush=True)
    count, floor = len(counted) - len(survived), KINDS[kind].floor
    print(f"{kind}: {count} of {len(counted)} noticed; at least {floor:.0%} are asked", flush=True)
    return not noticed and count >= floor * len(counted)


@contextmanager
def _records() -> Iterator[Trial]:
    from mutation import shape_trials
    from trophees.release.checkout import Project

    shapes = shape_trials.of_records(Project.containing(ROOT))
    yield shapes.mutants, shapes.killed


@contextmanager
def _catalogue() -> Iterator[Trial]:
    from mutation import shape_trials
    from trophees.release.checkout import Project

    shapes = shape_trials.of_the_catalogue(Project.containing(ROOT))
    yield shapes.mutants, shapes.killed


@contextmanager
def _code() -> Iterator[Trial]:
    from mutation import code_trials

    with code_trials.copy_of(ROOT) as copied:
        yield code.mutants(ROOT / "src" / "trophees", CORE), code_trials.Code(copied).killed


Trial = tuple[Sequence[Any], Callable[[Any], bool]]  # mutants, and whether the tests notice one
TRIALS: dict[str, Callable[[], AbstractContextManager[Trial]]] = {
    "code": _code,
    "catalogue": _catalogue,
    "records": _records,
}

if __name__ == "__main__":
    sys.exit(main())
