"""Where every set of women who can be a group is listed: none is missing, and each is worth what it is worth."""

import math
import random
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some
from msgspec.structs import replace

from amparo.areas.activities.rules.instance import Group, Instance, read_part
from amparo.areas.activities.scheduling import companies, pricing, relaxing, tightening
from amparo.areas.activities.scheduling.bounds import relaxed
from amparo.areas.activities.scheduling.linear import Answer, Program
from amparo.areas.activities.scheduling.pricing import Listed
from amparo.areas.activities.scheduling.problem import Problem
from amparo.areas.activities.scheduling.relaxing import Relaxation
from amparo.areas.activities.scheduling.solving import Budget
from bench.instances import Size, make
from tests.scheduling.tiny import groups_of, instances

SLOW = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
]
TOLD_APART = pytest.mark.parametrize("told_apart", [0, 10_000])


@some.composite
def often_meeting(draw: some.DrawFn) -> Instance:
    """An instance with one activity, a group that meets once or more often."""
    instance = draw(instances(women=4, activities=1))
    (activity,) = instance.activities
    wanted = replace(
        activity,
        kind="group",
        sessions=draw(some.sampled_from([1, 2, 2])),
        days_apart=draw(some.integers(1, 2)),
        max_women=max(activity.max_women, draw(some.integers(2, 3))),
        therapeutic=False,
        level=None,
    )
    women = tuple(replace(one, groups_agreed=True, meets_nobody=False, risk="low") for one in instance.women)
    return replace(instance, activities=(wanted,), women=women, grid_minutes=60)


def relaxation_of(instance: Instance) -> Relaxation:
    problem = Problem(instance)
    return Relaxation(problem, {0: [one for one in problem.of_activity[0] if one.bar is None]})


def worth_of(relaxation: Relaxation, group: Group, left: Sequence[float]) -> float:
    """What a group is worth where every variable has a worth of its own."""
    problem, worth = relaxation.problem, 0.0
    professional = problem.number_of_professional[group.sessions[0].professional]
    women = {problem.number_of_woman[one] for one in group.women}
    held = next(one for one in relaxation.of_activity[0] if one.professional == professional)
    joined = [one for one in held.able if one.woman in women]
    site_of = {room.id: number for number, site in enumerate(problem.sites) for room in site.rooms}
    for session in group.sessions:
        spot = (site_of[session.room], problem.slot(session.start))
        worth += left[held.held[spot]]
        for one in joined:
            worth += left[held.there[spot, relaxation.class_of(one, professional)]]
            worth += left[held.days[one.number, problem.day(spot[1])]]
    return worth + sum(left[relaxation.with_whom[one.number, professional]] for one in joined)


def best_apart(worths: dict[frozenset[str], float]) -> float:
    """The best of sets that have nobody in common, by trying everything."""
    best = 0.0
    for women, worth in worths.items():
        others = {one: each for one, each in worths.items() if not one & women and sorted(one) > sorted(women)}
        best = max(best, worth + best_apart(others))
    return best


@TOLD_APART
@given(instance=often_meeting(), seed=some.integers(0, 99))
@settings(max_examples=30, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_groups_are_worth_no_more_than_their_companies_and_the_best_just_that(
    monkeypatch: pytest.MonkeyPatch, told_apart: int, instance: Instance, seed: int
) -> None:
    monkeypatch.setattr(relaxing, "_TOLD_APART", told_apart)
    relaxation, chance = relaxation_of(instance), random.Random(seed)
    left = [chance.choice((0.0, 1.0, -0.3)) * chance.random() for _ in relaxation.program.largest]
    groups = list(groups_of(instance, instance.activities[0]))
    assume(groups)
    reached: dict[frozenset[str], float] = defaultdict(lambda: -math.inf)
    for group in groups:
        women = frozenset(group.women)
        reached[women] = max(reached[women], worth_of(relaxation, group, left))
    most = Listed(relaxation, Budget(60)).most(0, left, 4, 20)
    assert most is not None
    assert most == pytest.approx(best_apart(dict(reached)), abs=0.01)
    assert most >= best_apart(dict(reached)) - 1e-9


@given(instance=often_meeting())
@settings(max_examples=15, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_where_they_are_too_many_nothing_is_said(monkeypatch: pytest.MonkeyPatch, instance: Instance) -> None:
    relaxation = relaxation_of(instance)
    assume(any(one.all for one in relaxation.companies.values()))
    left = [1.0 for _ in relaxation.program.largest]
    assert Listed(relaxation, Budget(60)).most(0, left, 4, 20) is not None
    monkeypatch.setattr(companies, "_MOST", 0)
    relaxation = relaxation_of(instance)
    assert Listed(relaxation, Budget(60)).most(0, [1.0] * len(relaxation.program.largest), 4, 20) is None


@given(instance=often_meeting())
@settings(max_examples=15, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_several_sessions_in_one_day_are_not_listed(instance: Instance) -> None:
    (activity,) = instance.activities
    relaxation = relaxation_of(replace(instance, activities=(replace(activity, days_apart=0),)))
    for one in relaxation.companies.values():
        assert (one.all is None) == (activity.sessions > 1)


@pytest.mark.parametrize("few", [0, 100])
def test_how_companies_fit_together_is_shown_by_either_way(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """Three women, each two of whom can be a group: the linear program holds half of each."""
    monkeypatch.setattr(pricing, "_FEW", few)
    pairs = {(1, 2): 2.0, (2, 3): 2.0, (1, 3): 2.0}
    assert pricing._together(pairs, Budget(60), 4, 20) == pytest.approx(2.0 if few else 3.0, abs=0.01)
    assert pricing._together({}, Budget(60), 4, 20) == 0.0


@pytest.mark.parametrize("sort", ["levels", "two sites"])
def test_listing_brings_the_bound_closer_where_groups_meet_often(monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    problem = Problem(read_part(make(sort, Size(50, 8, 4)), Instance))
    listed = relaxed(problem, Budget(60), 30, 30).bound
    monkeypatch.setattr(tightening, "_ROUNDS", ())
    assert listed < relaxed(problem, Budget(60), 30, 30).bound - 2


def test_prices_that_came_too_late_leave_the_sessions_of_the_last_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, answer = Problem(read_part(make("two sites", Size(30, 5, 4)), Instance)), Program.answer

    def late(program: Program, seconds: float, closeness: float = 1e-4) -> Answer:
        known = answer(program, seconds, closeness)
        return known._replace(prices=[], values=[0.0] * len(known.values)) if closeness in {1e-4, 3e-4} else known

    in_time = relaxed(problem, Budget(60), 30, 30)
    monkeypatch.setattr(Program, "answer", late)
    too_late = relaxed(problem, Budget(60), 30, 30)
    assert any(in_time.leaning.values())
    assert any(too_late.leaning.values())
    assert math.isfinite(too_late.bound)
