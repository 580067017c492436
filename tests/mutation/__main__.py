"""`python -m mutation`: a sample of mutants is tried; the score of each kind must reach its floor.

The sample is that of a seed: mutants keep their place in it when others come or go.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from mutation import code
from mutation.equivalents import EQUIVALENT

ROOT = Path(__file__).parents[2]
CORE = ("base", "reading", "source", "graph", "check", "ask", "hosting", "changes", "publish", "release")


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
KINDS = {"code": Kind(60, 0.66), "catalogue": Kind(60, 0.98), "records": Kind(200, 0.98)}
FULL = {"code": 300}  # how many are tried, of all modules
MODULES = 8  # those that a sample of the code is of, so that only their own tests need be asked


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
    parser.add_argument(
        "--full", action="store_true", help="of the code: a larger sample, of all modules, asked of all their tests"
    )
    parser.add_argument("--tests", nargs="+", help="of the code: the modules of tests to ask, such as lexical")
    given = parser.parse_args(arguments)
    fine = True
    for kind in (kind for kind in KINDS if kind in given.kinds or not given.kinds):
        with TRIALS[kind](given.tests, given.full) as (mutants, survivors):
            chosen = [m for m in mutants if given.only in m.name]
            if kind == "code" and not (given.all or given.full or given.only):
                chosen = of_few(chosen, given.seed)
            if not given.all:
                usual = FULL.get(kind, KINDS[kind].samples) if given.full else KINDS[kind].samples
                chosen = sample(kind, chosen, given.seed, given.samples or usual)
            fine &= tried(kind, chosen, survivors)
    return 0 if fine else 1


def sample(kind: str, mutants: Sequence[M], seed: str, number: int) -> list[M]:
    """The `number` of `mutants` that come first in the order of `seed`, without equivalent ones."""

    def place(mutant: M) -> str:
        return hashlib.sha256(f"{seed} {kind} {mutant.name}".encode()).hexdigest()

    return sorted((m for m in mutants if f"{kind}: {m.name}" not in EQUIVALENT), key=place)[:number]


def of_few(mutants: Sequence[code.Mutant], seed: str) -> list[code.Mutant]:
    """Those of the modules that come first in the order of `seed`; a module with many mutants comes sooner."""
    first = sample("code", mutants, seed, len(mutants))
    modules = list(dict.fromkeys(mutant.path for mutant in first))[:MODULES]
    return [mutant for mutant in mutants if mutant.path in modules]


def tried(kind: str, mutants: Sequence[M], survivors: Callable[[Sequence[M]], Sequence[M]]) -> bool:
    """Whether the tests notice enough of `mutants`, and none of those that they cannot; the others are printed."""
    begun = time.monotonic()
    survived = list(survivors(mutants))
    equivalent = [m for m in mutants if f"{kind}: {m.name}" in EQUIVALENT]
    counted = [m for m in mutants if m not in equivalent]
    missed = [m for m in counted if m in survived]
    noticed = [m for m in equivalent if m not in survived]
    for mutant in missed:
        print(f"{kind}: survives: {mutant.name}", flush=True)
    for mutant in noticed:
        print(f"{kind}: told to be equivalent, but a test notices it: {mutant.name}", flush=True)
    count, floor, seconds = len(counted) - len(missed), KINDS[kind].floor, time.monotonic() - begun
    print(f"{kind}: {count} of {len(counted)} noticed; at least {floor:.0%} are asked; {seconds:.0f} s", flush=True)
    return not noticed and count >= floor * len(counted)


@contextmanager
def _records(_tests: Sequence[str] | None, _full: bool) -> Iterator[Trial]:
    from mutation import shape_trials
    from trophees.release.checkout import Project

    shapes = shape_trials.of_records(Project.containing(ROOT))
    yield shapes.mutants, shapes.survivors


@contextmanager
def _catalogue(_tests: Sequence[str] | None, _full: bool) -> Iterator[Trial]:
    from mutation import shape_trials
    from trophees.release.checkout import Project

    shapes = shape_trials.of_the_catalogue(Project.containing(ROOT))
    yield shapes.mutants, shapes.survivors


@contextmanager
def _code(tests: Sequence[str] | None, full: bool) -> Iterator[Trial]:
    from mutation import code_trials

    with code_trials.copy_of(ROOT) as copied:
        asked = tests or (code_trials.TESTS if full else None)
        trial = code_trials.Code(copied, asked, whole=full)
        yield code.mutants(ROOT / "src" / "trophees", CORE), trial.survivors


Trial = tuple[Sequence[Any], Callable[[Sequence[Any]], Sequence[Any]]]  # mutants; those of some that no test notices
TRIALS: dict[str, Callable[[Sequence[str] | None, bool], AbstractContextManager[Trial]]] = {
    "code": _code,
    "catalogue": _catalogue,
    "records": _records,
}

if __name__ == "__main__":
    sys.exit(main())
