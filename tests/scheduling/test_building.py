"""What is built without the model keeps every rule too, and what the board leaves free is what it left before."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Instance, Plan, read_part
from amparo.areas.activities.scheduling import building
from amparo.areas.activities.scheduling.board import Board, Stack
from amparo.areas.activities.scheduling.bounds import Bound
from amparo.areas.activities.scheduling.building import build
from amparo.areas.activities.scheduling.companies import circles_of
from amparo.areas.activities.scheduling.improving import _REBUILT, Improving
from amparo.areas.activities.scheduling.keeping import meeting_of
from amparo.areas.activities.scheduling.planning import plan_of, solve
from amparo.areas.activities.scheduling.problem import Meeting, Problem
from amparo.areas.activities.scheduling.rebuilding import Rebuilding
from amparo.areas.activities.scheduling.slots import span
from amparo.areas.activities.scheduling.solving import Budget
from amparo.areas.activities.scheduling.wishes import rank_of, worth_of
from bench.instances import LARGE, MIDDLE, Size, make
from tests.scheduling.test_rules_left_out import CASES, any_room_will_do
from tests.scheduling.tiny import instances

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
EVERY_START = span(0, 4000)


def built(problem: Problem, seed: int, steps: int = 6) -> list[Meeting]:
    """What comes out of building, and of building parts of it anew."""
    chance, board = random.Random(seed), Board(problem)
    for _ in range(2):
        build(problem, board, chance)
    rebuilding = Rebuilding(problem, chance, list(board.meetings))
    for number in range(steps):
        rebuilding.step(progress=number / steps)
    return list(rebuilding.board.meetings)


def broken_by(instance: Instance, meetings: list[Meeting]) -> set[int]:
    problem = Problem(instance)
    plan = plan_of(problem, meetings, Bound(problem).value, 0.0, {})
    return {one.rule for one in broken_rules(instance, plan)}


@given(instance=instances(women=8, activities=4), seed=some.integers(0, 99))
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_what_is_built_keeps_every_rule(instance: Instance, seed: int) -> None:
    assert broken_by(instance, built(Problem(instance), seed)) == set()


@pytest.mark.parametrize("packed", [0, 1])
@pytest.mark.parametrize("sort", ["separation", "childcare", "two sites"])
def test_what_is_built_for_many_keeps_every_rule_and_gets_better(
    monkeypatch: pytest.MonkeyPatch, sort: str, packed: float
) -> None:
    monkeypatch.setattr(building, "_PACKED", packed)
    instance = read_part(make(sort, Size(60, 12, 2)), Instance)
    problem, chance = Problem(instance), random.Random(1)
    board = Board(problem)
    build(problem, board, chance)
    rebuilding = Rebuilding(problem, chance, list(board.meetings))
    for number in range(400):
        rebuilding.step(progress=number / 400)
    assert rebuilding.worth == worth_of(problem, rebuilding.best) > worth_of(problem, board.meetings)
    assert broken_by(instance, rebuilding.best) == set()


def test_whoever_is_left_over_by_large_groups_has_a_place_where_companies_are_packed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = Problem(read_part(make("professionals", LARGE), Instance))
    served = {}
    for packed in (0, 1):
        monkeypatch.setattr(building, "_PACKED", packed)
        board = Board(problem)
        for activity in (5, 4, 8):  # each asked for by women whom few companies have in common
            build(problem, board, random.Random(1), [activity])
        served[packed] = sum(len(one.women) for one in board.meetings)
    assert served[1] > served[0]


def test_what_is_packed_has_no_woman_twice_and_few_groups_where_each_has_a_price() -> None:
    problem = Problem(read_part(make("professionals", LARGE), Instance))
    circles, chance = circles_of(problem, 8), random.Random(1)
    assert all(one.numbers == sum(1 << each.number for each in one.requests) for one in circles)
    chosen = [building._packed(circles, chance, price) for price in (0.0, 3.5)]
    for packed in chosen:
        women = [each.woman for one in packed for each in one.requests]
        assert len(women) == len(set(women))
    assert all(len(one.requests) >= 3 for one in chosen[0])
    assert len(chosen[1]) < len(chosen[0])
    assert building._packed(circles, chance, 100.0) == []


@given(instance=instances(women=8, activities=4), price=some.floats(0, 1))
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_nothing_is_built_that_is_worth_less_than_its_time(instance: Instance, price: float) -> None:
    problem = Problem(instance)
    board = Board(problem)
    build(problem, board, random.Random(1), price=price)
    for one in board.meetings:
        length = problem.activities[one.activity].minutes + (30 if problem.is_alone(one.activity) else 0)
        slots = problem.activities[one.activity].sessions * length / problem.instance.grid_minutes
        assert worth_of(problem, [one]) >= price * slots


def test_while_time_is_dear_less_stands_and_in_the_end_more_than_at_first() -> None:
    problem, chance = Problem(read_part(make("professionals", MIDDLE), Instance)), random.Random(1)
    board = Board(problem)
    build(problem, board, chance)
    first = worth_of(problem, board.meetings)
    rebuilding = Rebuilding(problem, chance, list(board.meetings))
    for _ in range(60):
        rebuilding.step(progress=0)
    dear = worth_of(problem, rebuilding.board.meetings)
    for number in range(400):
        rebuilding.step(progress=number / 400)
    assert dear < first < rebuilding.worth


def test_whoever_stops_while_time_is_dear_has_what_was_built_and_what_fits_beside() -> None:
    problem, chance = Problem(read_part(make("easy", MIDDLE), Instance)), random.Random(1)
    board = Board(problem)
    build(problem, board, chance)
    rebuilding = Rebuilding(problem, chance, list(board.meetings))
    for number in range(300):
        rebuilding.step(progress=number / 600)
    stands, before = set(rebuilding.board.meetings), rebuilding.worth
    rebuilding.fill()
    assert rebuilding.worth == worth_of(problem, rebuilding.best) > before
    served = {(woman, one.activity, one.sessions) for one in rebuilding.best for woman in one.women}
    assert {(woman, one.activity, one.sessions) for one in stands for woman in one.women} <= served
    assert set(rebuilding.board.meetings) == stands  # what is built on is not changed by it


def test_what_is_looked_at_counts_as_work_the_same_each_time() -> None:
    problem = Problem(read_part(make("levels", MIDDLE), Instance))

    def work(steps: int) -> float:
        chance, board = random.Random(1), Board(problem)
        build(problem, board, chance)
        rebuilding = Rebuilding(problem, chance, list(board.meetings))
        return sum(rebuilding.step(progress=number / 100) for number in range(steps))

    assert work(50) == work(50) < work(100)
    alone, many = (Problem(read_part(make("levels", Size(women, 10, 1)), Instance)) for women in (10, 200))
    assert Rebuilding(alone, random.Random(1), []).step(1) < Rebuilding(many, random.Random(1), []).step(1)


def test_a_step_never_begins_past_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(read_part(make("separation", MIDDLE), Instance))
    improving = Improving(problem, Budget(60.0), [])
    seen: list[float] = []
    monkeypatch.setattr(Rebuilding, "step", lambda it, progress: seen.append(progress) or 0.0)
    used = iter([0.0, _REBUILT - 0.01, _REBUILT + 0.01])
    monkeypatch.setattr(Budget, "used", property(lambda budget: next(used)))
    improving.rebuild(10**6, until=100.0, end=100.0)
    assert len(seen) == 1
    assert seen[0] < 1


@given(added=some.lists(some.tuples(some.integers(0, 255), some.integers(1, 4)), max_size=6), gone=some.data())
def test_a_stack_counts_what_is_put_on_each_slot_and_taken_away(
    added: list[tuple[int, int]], gone: some.DataObject
) -> None:
    stack = Stack()
    for slots, count in added:
        stack.add(slots, count)
    taken = gone.draw(some.lists(some.sampled_from(added), unique=True)) if added else []
    for slots, count in taken:
        stack.take(slots, count)
    left = Counter(added) - Counter(taken)
    heights = [sum(count * many for (slots, count), many in left.items() if slots >> slot & 1) for slot in range(8)]
    assert [stack.height(slot) for slot in range(8)] == heights
    assert len(stack.layers) == max(heights)
    for count in range(1, 5):
        assert stack.at_least(count) == sum(1 << slot for slot in range(8) if heights[slot] >= count)


LEFT_OUT: dict[str, tuple[str, Callable[..., Any]]] = {
    "one answer": ("serves", lambda board, *asked: False),
    "her starts": ("starts_for_her", lambda board, request, site: EVERY_START),
    "women": ("starts_for_her", lambda board, request, site: request.starts[site]),
    "professionals": ("starts_for_professional", lambda board, *asked: {0: EVERY_START}),
    "individual gaps": ("starts_for_professional", lambda board, *asked: {0: EVERY_START}),
    "separated": ("shunned", lambda board, *asked: 0),
    "nobody near": ("shunned", lambda board, *asked: 0),
    "rooms": ("room_starts", lambda board, *asked: EVERY_START),
    "childcare": ("with_care", lambda board, *asked: EVERY_START),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_the_board_no_longer_looks_at_is_missed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    case, (asked, answer) = CASES[name], LEFT_OUT[name]
    instance = case.instance()
    assert broken_by(instance, built(Problem(instance), 1, steps=0)) == set()
    monkeypatch.setattr(Board, asked, answer)
    if name == "rooms":
        any_room_will_do(monkeypatch)
    assert case.breaks in set[int]().union(
        *(broken_by(instance, built(Problem(instance), seed, steps=0)) for seed in range(5))
    )


@given(instance=instances(women=8, activities=4), seed=some.integers(0, 99))
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_what_is_taken_away_leaves_the_board_as_if_it_had_never_stood(instance: Instance, seed: int) -> None:
    problem, chance = Problem(instance), random.Random(seed)
    board = Board(problem, built(problem, seed, steps=1))
    for leaving in chance.sample(list(board.meetings), len(board.meetings) // 2):
        board.remove(leaving)
    assert left_by(board) == left_by(Board(problem, board.meetings))


def left_by(board: Board) -> list[object]:
    """Everything that a board leaves free."""
    problem = board.problem
    everywhere = [(activity, site) for activity in range(len(problem.activities)) for site in range(len(problem.sites))]
    return [
        [board.starts_for_her(one, site) for one in problem.requests for site in range(len(problem.sites))],
        [board.starts_for_professional(*one) for one in enumerate(0 for _ in problem.activities)],
        [board.starts_with_room(*one) for one in everywhere],
        [board.with_care(site, 1, problem.lengths[activity]) for activity, site in everywhere],
        [board.serves(one.woman, one.activity) for one in problem.requests],
    ]


def test_where_there_was_a_plan_building_anew_moves_no_more_than_it_gains() -> None:
    instance = read_part(make("levels", MIDDLE), Instance)
    problem = Problem(instance)
    before = earlier(problem, solve(instance, seconds=3))
    rebuilding = Rebuilding(problem, random.Random(1), before, before=before)
    for _ in range(60):
        rank = rank_of(problem, list(rebuilding.board.meetings), before)
        rebuilding.step(progress=0)
        assert rank_of(problem, list(rebuilding.board.meetings), before) >= rank


def test_what_stays_is_never_taken_away() -> None:
    instance = read_part(make("two sites", Size(30, 6, 2), 4), Instance)
    problem = Problem(instance)
    before = earlier(problem, solve(instance, seconds=3))
    stays = [one for one in before if len(one.women) > 1][:2]
    assert stays
    rebuilding = Rebuilding(problem, random.Random(1), before, stays=stays)
    for _ in range(60):
        rebuilding.step(progress=0)
        for stay in stays:
            there = [one for one in rebuilding.board.meetings if one.sessions == stay.sessions]
            assert any(set(stay.women) <= set(one.women) for one in there)
    assert set(rebuilding.board.meetings) != set(before)


def earlier(problem: Problem, plan: Plan) -> list[Meeting]:
    return [one for group in plan.groups if (one := meeting_of(problem, group))]
