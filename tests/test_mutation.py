"""The mutants are what they say, and the list of those that no test can notice is true to them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import FunctionType

import pytest
from pyoxigraph import Store

from fuzz import among
from mutation import __main__ as mutation
from mutation import code, equivalents, own, probes, shape_trials
from mutation.children import Shared, in_a_child, in_children
from mutation.own_trials import Own
from mutation.patterns import variants
from mutation.shapes import applied
from mutation.traces import OnDisk, Traces
from mutation.warm import changes, functions, within
from trophees.base.folding import fold
from trophees.release.checkout import Project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mutation")]


@cache
def every_change() -> list[code.Mutant]:
    return code.mutants(mutation.ROOT / "src" / "trophees", mutation.CORE)


@pytest.fixture(scope="session")
def trials(project: Project) -> dict[str, shape_trials.Shapes]:
    return {"records": shape_trials.of_records(project), "catalogue": shape_trials.of_the_catalogue(project)}


def test_equivalent_mutants_are_mutants_in_order_each_once_with_a_reason(
    trials: dict[str, shape_trials.Shapes],
) -> None:
    names = {f"{kind}: {m.name}" for kind, shapes in trials.items() for m in shapes.mutants}
    names |= {f"code: {mutant.name}" for mutant in every_change()}
    assert sorted(set(equivalents.LINES)) == equivalents.LINES
    assert [name for name in equivalents.EQUIVALENT if name not in names] == []
    assert all(len(reason) > 20 for reason in equivalents.EQUIVALENT.values())


@pytest.mark.sample
def test_a_mutant_of_the_code_is_another_module_that_compiles() -> None:
    assert len({mutant.name for mutant in every_change()}) == len(every_change()) > 2000
    for path in {mutant.path for mutant in every_change()}:
        text = Path(mutation.ROOT, "src", "trophees", path).read_text("utf-8")
        mutants = [mutant for mutant in every_change() if mutant.path == path]
        assert all(mutant.apply(text) != text for mutant in mutants)
        for mutant in among(mutants, 1 + len(mutants) // 32):
            compile(mutant.apply(text), path, "exec")


@pytest.mark.sample
@pytest.mark.parametrize("kind", ["records", "catalogue"])
def test_a_mutant_of_the_shapes_changes_them_until_it_is_taken_back(
    kind: str, trials: dict[str, shape_trials.Shapes]
) -> None:
    shapes = trials[kind].shapes
    whole = set(shapes)
    for mutant in among(trials[kind].mutants, 300):
        with applied(mutant, shapes):
            assert set(shapes) != whole, mutant.name
        assert set(shapes) == whole, mutant.name


def test_the_severity_of_each_rule_of_the_catalogue_is_seen(trials: dict[str, shape_trials.Shapes]) -> None:
    catalogue = trials["catalogue"]
    severities = [mutant for mutant in catalogue.mutants if " severity " in mutant.name]
    assert len(severities) > 40
    assert [mutant.name for mutant in severities if not catalogue.killed(mutant)] == []


def test_unchanged_shapes_give_the_expected_reports_rule_by_rule(trials: dict[str, shape_trials.Shapes]) -> None:
    """Else each mutant would seem to be noticed."""
    for kind, name in (("records", "laureate-stars"), ("records", "period-in-order"), ("catalogue", "catalog-title")):
        rules = next(m.rules for m in trials[kind].mutants if m.name.startswith(f"{name} "))
        assert not trials[kind].differs(rules)


def test_variants_of_a_pattern_are_near_to_it() -> None:
    found = dict(variants("^(a|b)[1-3]{2}$"))
    assert set(found.values()) == {
        *("(a|b)[1-3]{2}$", "^(a|b)[1-3]{2}", "^(b)[1-3]{2}$", "^(a)[1-3]{2}$", "^(a|b).{2}$"),
        *("^(a|b)[0-3]{2}$", "^(a|b)[1-4]{2}$", "^(a|b)[2-3]{2}$", "^(a|b)[1-2]{2}$"),
        *("^(a|b)[1-3]{1,2}$", "^(a|b)[1-3]{2,3}$"),
    }
    assert all(re.compile(pattern) for pattern in found.values())


def test_a_sample_keeps_its_members_when_other_mutants_come() -> None:
    first, second = (
        mutation.sample("code", every_change(), "1", 50),
        mutation.sample("code", every_change()[::2], "1", 50),
    )
    assert len(first) == 50
    assert {m for m in first if m in every_change()[::2]} <= set(second)
    assert mutation.sample("code", every_change(), "2", 50) != first


def test_each_module_of_the_core_has_tests_of_its_own_that_are_there() -> None:
    names = {name for mutant in every_change() for name in own.tests(mutant.path)}
    assert [name for name in sorted(names) if not Path(mutation.ROOT, "tests", f"test_{name}.py").exists()] == []


def test_a_sample_of_few_modules_is_of_those_that_come_first() -> None:
    chosen = mutation.of_few(every_change(), "1")
    assert len({mutant.path for mutant in chosen}) == mutation.MODULES
    assert mutation.sample("code", every_change(), "1", 1)[0] in chosen


def test_the_tests_of_a_module_are_asked_on_disk_and_it_is_put_back(tmp_path: Path) -> None:
    (tmp_path / "src/trophees/base").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    module = tmp_path / "src/trophees/base/gzip_file.py"
    module.write_text("def two():\n    return 2\n", "utf-8")
    (tmp_path / "src/trophees/__init__.py").touch()
    first, *others = (tmp_path / f"tests/test_{name}.py" for name in own.tests("base/gzip_file.py"))
    for other in others:
        other.touch()
    first.write_text(
        "from trophees.base.gzip_file import two\ndef test_always(): assert False\ndef test_two(): assert two() > 1\n",
        "utf-8",
    )

    def mutant(new: str) -> code.Mutant:
        return code.Mutant("m", "base/gzip_file.py", "two", 2, 22, 23, new)

    tests = Own(tmp_path)
    assert tests.notice(mutant("1"))
    assert not tests.notice(mutant("3"))
    assert module.read_text("utf-8") == "def two():\n    return 2\n"
    first.unlink()
    with pytest.raises(RuntimeError, match="is it there"):
        tests.notice(mutant("1"))


def test_a_score_below_its_floor_and_a_false_equivalent_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = mutation.sample("code", every_change(), "1", 10)
    least = round(10 * (1 - mutation.KINDS["code"].floor))
    assert mutation.tried("code", chosen, lambda _: chosen[:least])
    assert not mutation.tried("code", chosen, lambda _: chosen[: least + 1])
    assert f"survives: {chosen[1].name}" in capsys.readouterr().out


def test_what_two_processes_share_is_done_once_and_comes_back_in_order() -> None:
    places = Shared(500)
    first, second = in_children([lambda: list(places.unclaimed(500))] * 2)
    assert sorted(first + second) == list(range(500))
    assert places[0]
    assert not places.claim(499)
    assert in_children([lambda: "a", lambda: "b"]) == ["a", "b"]


def test_work_that_never_ends_or_breaks_is_told() -> None:
    def endless() -> str:
        while True:
            pass

    def broken() -> str:
        raise SystemExit

    assert in_a_child(endless, 1, otherwise="it never ends") == "it never ends"
    assert in_a_child(broken, 9, otherwise="it breaks") == "it breaks"
    with pytest.raises(RuntimeError, match="before its work did"):
        in_a_child(broken)


STATEMENTS = """
def f(x):
    '''Documented.'''
    if x > 1:
        return [
            x,
        ]
    elif x == 1:
        return 1
    try:
        return 1 / x
    except (
        ZeroDivisionError
    ):
        def g(): return 2
        return g()
"""


@pytest.mark.parametrize(
    ("x", "lines"), [(2, {4, 6}), (1, {4, 8, 9}), (-1, {4, 8, 11, 13}), (0, {4, 8, 11, 13, 15, 16})]
)
def test_a_module_tells_which_of_the_wanted_lines_run(x: int, lines: set[int]) -> None:
    wanted = {line: {line} for line in range(len(STATEMENTS.splitlines()) + 1)}
    there: dict[str, FunctionType] = {}
    probes.begin()
    exec(probes.probed(STATEMENTS, "f.py", wanted), there)
    probes.taken()
    unchanged: dict[str, FunctionType] = {}
    exec(STATEMENTS, unchanged)
    assert there["f"](x) == unchanged["f"](x)
    assert there["f"].__code__.co_firstlineno == 2
    assert lines <= probes.taken()
    assert probes.taken() == set()


def test_the_quickest_tests_come_first_and_those_that_need_threads_are_not_asked_in_a_copy() -> None:
    seconds = {"slow": 0.3, "quick": 0.1, "threads": 0.2, "through a fixture": 0.4}
    traces = Traces({7: {"slow", "quick", "threads", "fixture made"}}, {"made": {"through a fixture"}}, seconds)
    traces.threads = {"threads"}
    assert traces.running(7) == ["quick", "slow"]
    assert traces.covering(7) == ["quick", "threads", "slow", "through a fixture"]
    assert traces.running(8) == []
    traces.asked = {7: {"slow", "quick", "through a fixture"}}
    assert traces.covering(7) == ["threads", "through a fixture"]  # its fixture was made before


def test_a_mutant_is_worth_some_seconds_and_some_cases_of_each_test_before_all_of_any() -> None:
    cases = [f"a[{n}]" for n in range(30)]
    assert within([*cases, "b"], dict.fromkeys([*cases, "b"], 0.1)) == [*cases[:10], "b", *cases[10:]]
    assert within([*cases, "b"], dict.fromkeys([*cases, "b"], 0.3)) == [*cases[:10], "b", *cases[10:12]]
    assert within(["a", "b"], {"a": 9.0, "b": 9.0}) == ["a"]
    assert within(["a", "b", "c"], {"a": 9.0, "b": 1.0, "c": 2.0}) == ["b", "c"]
    assert within(["x::a", "y::b"], {"x::a": 1.0, "y::b": 2.0}, near=["y"]) == ["y::b", "x::a"]
    assert within([*cases, "b"], dict.fromkeys([*cases, "b"], 0.3), most=1.0) == cases[:3]


def test_a_store_on_disk_is_noted_one_in_memory_is_not(tmp_path: Path) -> None:
    store: type[Store] = OnDisk("Store", (), {})  # type: ignore[assignment]
    before = len(OnDisk.opened)
    assert isinstance(store(), store)
    assert len(OnDisk.opened) == before
    store(str(tmp_path / "a"))
    assert len(OnDisk.opened) == before + 1
    with pytest.raises(OSError, match=r"No such file|CURRENT|does not exist"):
        store.read_only(str(tmp_path / "b"))
    assert len(OnDisk.opened) == before + 2


def test_the_code_of_a_function_is_exchanged_that_of_a_module_is_not() -> None:
    package = f"{mutation.ROOT}/src/trophees/"
    there = functions(package)
    mutant = next(
        m
        for m in every_change()
        if m.path == "base/folding.py" and m.inside == "fold" and m.name.endswith("return None")
    )
    ((function, new),) = changes(mutant, package, there)
    assert function is fold
    assert FunctionType(new, fold.__globals__)("É") is None
    assert fold("É") == "e"
    outside = next(m for m in every_change() if m.path == "base/lexical.py" and not m.inside)
    assert changes(outside, package, there) == []


def test_of_two_mutants_of_a_rule_the_one_that_a_test_sees_is_noticed() -> None:
    command = [sys.executable, "-m", "mutation", "code", "--all", "--tests", "folding", "--only"]
    path = os.pathsep.join(str(mutation.ROOT / folder) for folder in ("src", "tests", "tools"))

    def tried(name: str) -> str:
        return subprocess.run(
            [*command, name], env={**os.environ, "PYTHONPATH": path}, cwd=mutation.ROOT, capture_output=True, text=True
        ).stdout

    assert "code: 1 of 1 noticed" in tried("base/folding.py fold: return")
    assert "code: 0 of 1 noticed" in tried("base/lexical.py _boolean: return")
