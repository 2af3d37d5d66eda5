"""What is said to be out of reach is out of reach; two processes plan no worse than the rules allow."""

import math
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Instance, read_part
from amparo.areas.activities.scheduling import beside, improving, linear, planning, relaxing, solving, tightening
from amparo.areas.activities.scheduling.bounds import Bound, relaxed
from amparo.areas.activities.scheduling.linear import Answer, Program
from amparo.areas.activities.scheduling.planning import solve
from amparo.areas.activities.scheduling.problem import Problem
from amparo.areas.activities.scheduling.solving import Budget
from bench.instances import Size, make
from tests.scheduling.test_reasons import FEW_ROOMS
from tests.scheduling.tiny import DAYS, best_worth, instances

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
SMALL = Size(12, 4, 1)


def small(sort: str, size: Size = SMALL) -> Instance:
    return read_part(make(sort, size), Instance)


def bound_of(problem: Problem) -> float:
    return relaxed(problem, Budget(60), 20, 20).bound


@pytest.fixture
def always_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small: two processes."""
    monkeypatch.setattr(planning, "AT_ONCE", 0)


@pytest.mark.parametrize("told_apart", [0, 10_000])
@given(instance=instances(women=3, activities=2, days=DAYS[:2]))
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_no_plan_exceeds_the_bound(monkeypatch: pytest.MonkeyPatch, told_apart: int, instance: Instance) -> None:
    monkeypatch.setattr(relaxing, "_TOLD_APART", told_apart)
    assert bound_of(Problem(instance)) >= best_worth(instance) - 1e-6


@pytest.mark.parametrize("told_apart", [0, 10_000])
@given(instance=instances(women=8, activities=4))
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_no_best_plan_exceeds_the_bound(monkeypatch: pytest.MonkeyPatch, told_apart: int, instance: Instance) -> None:
    monkeypatch.setattr(relaxing, "_TOLD_APART", told_apart)
    plan = solve(instance, seconds=20)
    assert plan.status in {"optimal", "infeasible"}
    assert bound_of(Problem(instance)) >= plan.objective - 1e-6


@pytest.mark.parametrize("told_apart", [0, 10_000])
@given(instance=instances(women=4, activities=2, days=DAYS[:2]), seed=some.integers(0, 9))
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_no_prices_promise_too_little(
    monkeypatch: pytest.MonkeyPatch, told_apart: int, instance: Instance, seed: int
) -> None:
    """Whatever the prices at which an activity is planned by itself: what it adds holds for every plan."""
    chance, answer = random.Random(seed), Program.answer

    def strange(program: Program, seconds: float, closeness: float = 1e-4) -> Answer:
        known = answer(program, seconds, closeness)
        return known._replace(prices=[chance.choice((0, 0, 1, 0.3)) * chance.random() * 3 for _ in known.prices])

    monkeypatch.setattr(relaxing, "_TOLD_APART", told_apart)
    monkeypatch.setattr(Program, "answer", strange)
    monkeypatch.setattr(tightening, "_GAIN", -math.inf)  # every sum is added, be it of no use
    assert bound_of(Problem(instance)) >= best_worth(instance) - 1e-6


@pytest.mark.parametrize("sort", ["childcare", "two sites"])
def test_what_an_activity_reaches_alone_brings_the_bound_closer(monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    problem = Problem(small(sort, Size(30, 6, 1)))
    with_sums = bound_of(problem)
    monkeypatch.setattr(tightening, "_ROUNDS", ())
    assert with_sums < bound_of(problem) - 1


def test_the_bound_knows_that_few_rooms_will_do() -> None:
    assert bound_of(Problem(FEW_ROOMS.instance())) == pytest.approx(1.0)


@pytest.mark.parametrize("exactly", [0, 100_000])
def test_both_ways_to_answer_prove_about_the_same(monkeypatch: pytest.MonkeyPatch, exactly: int) -> None:
    problem = Problem(small("childcare"))
    close = bound_of(problem)
    monkeypatch.setattr(linear, "_EXACTLY", exactly)
    assert bound_of(problem) == pytest.approx(close, rel=0.01)
    assert close < Bound(problem).value


@pytest.mark.parametrize("prices", [[], [0.0], [-3.0], [0.4], [2.0], [9.0]])
def test_any_prices_prove_a_bound(prices: list[float]) -> None:
    program = Program()
    one, other = program.variable(1.0, 3.0), program.variable(2.0, 2.0)
    program.at_most([(one, 1), (other, 1), (other, 0)], 2)
    assert program.priced(prices) >= 5.0  # one and one
    assert program.priced([2.0]) == 5.0
    assert program.answer(5).bound == pytest.approx(5.0)


@pytest.mark.parametrize(("until", "most"), [("13:00", 3), ("14:00", 4), ("16:00", 6)])
def test_two_sessions_of_one_woman_in_a_row_hide_no_gap_that_there_has_to_be(until: str, most: int) -> None:
    there = [["2026-01-12T09:00", f"2026-01-12T{until}"]]
    given = make("easy", Size(4, 2, 1))
    given["sites"] = [{"id": "s1", "rooms": [{"id": "r1", "seats": 2}], "childcare": []}]
    given["professionals"] = [{"id": "p1", "languages": ["es"], "available": there}]
    for woman in given["women"]:
        woman.update({"languages": ["es"], "available": there, "children": 0})
    alone = {"kind": "individual", "min_women": 1, "max_women": 1, "level": None, "therapeutic": False}
    for activity in given["activities"]:
        asked = {"language": "es", "asked_by": [one["id"] for one in given["women"]], "professionals": ["p1"]}
        activity.update(alone | asked | {"minutes": 60, "sessions": 1, "sites": ["s1"], "weight": 1})
    instance = read_part(given | {"must_not_meet": []}, Instance)
    assert solve(instance, seconds=60).objective == most
    assert bound_of(Problem(instance)) == pytest.approx(most, abs=0.01)


@pytest.mark.parametrize("sort", ["childcare", "separation", "two sites"])
@pytest.mark.usefixtures("always_two")
def test_two_processes_have_one_answer_for_a_seed(monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    for module in (improving, planning, solving):
        monkeypatch.setattr(module, "WORK_A_SECOND", 0.05)  # however busy the machine is, work ends the search
    instance = small(sort, Size(8, 3, 1))
    plans = [solve(instance, seconds=60, seed=4) for _ in range(2)]
    assert broken_rules(instance, plans[0]) == []
    assert plans[0].status == "optimal"
    assert plans[0].groups == plans[1].groups


@pytest.mark.usefixtures("always_two")
def test_without_the_other_process_it_is_planned_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    class Doomed(beside.Beside):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            begun.append(self.process.pid)
            os.kill(self.process.pid, signal.SIGKILL)

    monkeypatch.setattr(planning, "Beside", Doomed)
    plan = solve(small("easy"), seconds=3)
    assert begun
    assert broken_rules(small("easy"), plan) == []
    assert plan.groups
    assert plan.bound is not None
    assert plan.bound >= plan.objective


@pytest.mark.usefixtures("always_two")
def test_the_other_process_ends_with_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[beside.Beside] = []

    class Kept(beside.Beside):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            begun.append(self)

    monkeypatch.setattr(planning, "Beside", Kept)
    solve(small("easy"), seconds=2)
    assert [one.process.poll() for one in begun] == [-signal.SIGKILL]


def test_the_other_process_ends_although_this_one_is_killed(tmp_path: Path) -> None:
    asking = tmp_path / "asking.py"
    asking.write_text(
        "from amparo.areas.activities.scheduling import beside, planning\n"
        "from tests.scheduling.test_bounds import Size, small\n"
        "planning.AT_ONCE, ask = 0, beside.Beside.ask\n"
        "def told(self, task):\n"
        "    ask(self, task)\n"
        "    print(self.process.pid, flush=True)\n"
        "beside.Beside.ask = told\n"
        "planning.solve(small('separation', Size(60, 10, 1)), seconds=60)\n",
        encoding="utf-8",
    )
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(str(one) for one in (root / "src", root))
    with subprocess.Popen(
        [sys.executable, str(asking)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as asked:
        assert asked.stdout
        other = int(asked.stdout.readline())
        asked.kill()
        asked.wait()
        asked.stdout.close()
    until = time.monotonic() + 20
    while is_there(other) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_there(other)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.usefixtures("always_two")
def test_larger_ones_are_planned_in_parts_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Told(beside.Beside):
        def ask(self, task: beside.Task) -> None:
            asked.append(task.kind)
            super().ask(task)

    monkeypatch.setattr(planning, "Beside", Told)
    monkeypatch.setattr(improving, "_FEW_REQUESTS", 0)
    instance = read_part(make("childcare", Size(40, 6, 1)), Instance)
    plan = solve(instance, seconds=8)
    assert broken_rules(instance, plan) == []
    assert asked[0] == "bound"
    assert set(asked[1:]) == {"parts"}
