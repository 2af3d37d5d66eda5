"""The same seed gives the same plan; what is fixed stays; one change moves little; lesser wishes are heard."""

import random
from typing import Any

import pytest
from msgspec.structs import replace

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Group, Instance, Plan, read_part
from amparo.areas.activities.scheduling import parts
from amparo.areas.activities.scheduling.improving import Improving
from amparo.areas.activities.scheduling.keeping import CannotStayError, keep, meeting_of
from amparo.areas.activities.scheduling.planning import solve
from amparo.areas.activities.scheduling.problem import Problem
from amparo.areas.activities.scheduling.reading import written
from amparo.areas.activities.scheduling.solving import Budget
from amparo.areas.activities.scheduling.wishes import rank_of
from bench.instances import Size, make
from tests.scheduling.test_rules_left_out import Case, activity, at, group, one_rule_less, woman


@pytest.fixture(scope="module")
def instance() -> Instance:
    return read_part(make("two sites", Size(12, 3, 1), 4), Instance)


@pytest.fixture(scope="module")
def plan(instance: Instance) -> Plan:
    return solve(instance, seconds=15, seed=7)


def sittings(plan: Plan) -> set[tuple[str, str, str]]:
    return {
        (woman, one.activity, str(session.start))
        for one in plan.groups
        for woman in one.women
        for session in one.sessions
    }


def changed(instance: Instance, name: str, **given: Any) -> Instance:
    return replace(instance, women=tuple(replace(one, **given) if one.id == name else one for one in instance.women))


def test_the_same_seed_gives_the_same_plan_to_the_byte(instance: Instance, plan: Plan) -> None:
    again = solve(instance, seconds=15, seed=7)
    assert written(replace(again, seconds=None)) == written(replace(plan, seconds=None))


def test_a_plan_that_nothing_speaks_against_stays_whole(instance: Instance, plan: Plan) -> None:
    again = solve(instance, seconds=15, seed=8, before=plan)
    assert sittings(again) == sittings(plan)


def test_one_change_moves_little(instance: Instance, plan: Plan) -> None:
    name = plan.groups[0].women[0]
    now = changed(instance, name, available=())
    again = solve(now, seconds=15, before=plan)
    assert broken_rules(now, again) == []
    others = {one for one in sittings(plan) if one[0] != name}
    assert not any(one[0] == name for one in sittings(again))
    assert len(others - sittings(again)) <= len(others) // 4


def fixed_case(**her: Any) -> Instance:
    """Two women; the second came later and has time at two in the afternoon."""
    women = [woman("w1", available=[at(9, 18)]), woman("w2", available=[at(14, 15)], **her)]
    return Case(one_rule_less, 0, women, [group("a1", "w1", "w2")], led_by=({"available": [at(9, 18)]},)).instance()


def planned(hour: int, *women: str) -> Plan:
    raw = {
        "status": "optimal",
        "objective": len(women),
        "groups": [
            {
                "activity": "a1",
                "women": women,
                "sessions": [{"start": f"2026-01-12T{hour}:00", "room": "r2", "professional": "p1"}],
            }
        ],
        "not_served": [],
    }
    return read_part(raw, Plan)


def test_what_is_fixed_stays_in_its_room_and_others_may_join() -> None:
    instance = fixed_case()
    again = solve(instance, seconds=5, before=planned(14, "w1"), fixed=[0])
    assert broken_rules(instance, again) == []
    assert again.groups == (replace(planned(14, "w1").groups[0], women=("w1", "w2")),)


def test_what_is_not_fixed_moves_where_more_is_served() -> None:
    late = Case(
        one_rule_less,
        0,
        [woman("w1", available=[at(9, 18)]), woman("w2")],
        [group("a1", "w1", "w2", min_women=1), activity("a2", "w1", professionals=["p2"])],
        led_by=({"available": [at(9, 18)]}, {}),
    ).instance()
    again = solve(late, seconds=5, before=planned(14, "w1"))
    assert again.objective == 3
    fixed = solve(late, seconds=5, before=planned(14, "w1"), fixed=[0])
    assert again.status == fixed.status == "optimal"
    assert planned(14, "w1").groups[0].sessions[0] in [session for one in fixed.groups for session in one.sessions]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(planned(14, "w1").groups[0], women=("w1", "w9")),
        replace(planned(14, "w1").groups[0], activity="a9"),
        replace(planned(19, "w1").groups[0]),
        replace(planned(14, "w1").groups[0], sessions=()),
    ],
)
def test_what_cannot_stay_is_named(wrong: Group) -> None:
    earlier = replace(planned(14, "w1"), groups=(wrong,))
    with pytest.raises(
        CannotStayError, match=rf"group 1 of the plan \({wrong.activity}.*\) cannot stay as it is"
    ) as no:
        solve(fixed_case(), seconds=5, before=earlier, fixed=[0])
    assert no.value.number == 0
    assert no.value.sessions == [(0, place) for place, _ in enumerate(wrong.sessions)]


def test_a_room_in_which_it_can_be_held_no_longer_is_left_or_cannot_be_kept() -> None:
    now = fixed_case()
    now = replace(now, activities=tuple(replace(one, rooms=("r1",)) for one in now.activities))
    again = solve(now, seconds=5, before=planned(14, "w1", "w2"))
    assert broken_rules(now, again) == []
    assert [session.room for one in again.groups for session in one.sessions] == ["r1"]
    with pytest.raises(CannotStayError):
        solve(now, seconds=5, before=planned(14, "w1", "w2"), fixed=[0])


def test_who_may_no_longer_be_there_is_left_out_and_not_told_why() -> None:
    risky = fixed_case(risk="high")
    again = solve(risky, seconds=5, before=planned(14, "w1", "w2"))
    assert [one.women for one in again.groups] == [("w1",)]
    with pytest.raises(CannotStayError) as stopped:
        solve(risky, seconds=5, before=planned(14, "w1", "w2"), fixed=[0])
    assert "w2" not in str(stopped.value)


DAYS = ("2026-01-12", "2026-01-13", "2026-01-14")


def course(*women: str, **her: Any) -> Instance:
    """A course of two sessions for whoever has time on three days, from nine to six."""
    free = [at(9, 18, day) for day in DAYS]
    named = [woman(name, **{"available": free, **(her if name == women[-1] else {})}) for name in women]
    return Case(
        one_rule_less,
        0,
        named,
        [group("a1", *women, sessions=2, max_women=9)],
        led_by=({"available": free},),
        rooms=(9, 9),
    ).instance()


def twice(*women: str, first: str = f"{DAYS[0]}T14:00", second: str = f"{DAYS[1]}T10:00") -> Plan:
    sessions = [{"start": start, "room": "r2", "professional": "p1"} for start in (first, second)]
    held = {"activity": "a1", "women": women, "sessions": sessions}
    return read_part({"status": "optimal", "objective": 1, "groups": [held], "not_served": []}, Plan)


def test_one_session_of_a_group_is_fixed_and_the_other_moves() -> None:
    earlier = twice("w1", "w2")
    now = course("w1", "w2", available=[at(14, 15, DAYS[0]), at(9, 18, DAYS[2])])
    again = solve(now, seconds=5, before=earlier, fixed=[(0, 0)])
    assert broken_rules(now, again) == []
    (only,) = again.groups
    assert set(only.women) == {"w1", "w2"}
    assert only.sessions[0] == earlier.groups[0].sessions[0]
    assert only.sessions[1].start.date().isoformat() == DAYS[2]
    with pytest.raises(CannotStayError, match="group 1 of the plan"):
        solve(now, seconds=5, before=earlier, fixed=[(0, 0), (0, 1)])


def test_a_fixed_session_may_leave_no_day_for_the_others_of_its_group() -> None:
    earlier, both = twice("w1", "w2"), course("w1", "w2")
    one, other = both.women
    women = (replace(one, available=one.available[:2]), replace(other, available=other.available[::2]))
    apart = replace(both, women=women)
    with pytest.raises(CannotStayError, match="group 1 of the plan") as no:
        solve(apart, seconds=5, before=earlier, fixed=[(0, 0)])
    assert no.value.sessions == [(0, 0)]
    again = solve(apart, seconds=5, before=earlier, fixed=[(0, 0)], with_all=False)
    assert broken_rules(apart, again) == []
    assert earlier.groups[0].sessions[0] in [session for one in again.groups for session in one.sessions]
    assert {one.women for one in again.groups} == {("w1",), ("w2",)}


def side_by_side(*starts: str, **given: Any) -> tuple[Instance, Plan]:
    """A group for each start, each with an activity, a professional and two women of its own, in the room r2."""
    free, names = [at(9, 18)], [f"{number}" for number, _ in enumerate(starts, 1)]
    women = [woman(f"w{name}{which}", available=free) for name in names for which in "ab"]
    offered = [group(f"a{name}", f"w{name}a", f"w{name}b", min_women=2, professionals=[f"p{name}"]) for name in names]
    leads = tuple({"available": free} for _ in names)
    instance = Case(one_rule_less, 0, women, offered, led_by=leads, rooms=(9, 9), **given).instance()
    held = [
        {
            "activity": f"a{name}",
            "women": [f"w{name}a", f"w{name}b"],
            "sessions": [{"start": f"2026-01-12T{start}", "room": "r2", "professional": f"p{name}"}],
        }
        for name, start in zip(names, starts, strict=True)
    ]
    return instance, read_part({"status": "optimal", "objective": 1, "groups": held, "not_served": []}, Plan)


@pytest.mark.parametrize("with_all", [True, False])
def test_fixed_sessions_that_are_in_each_others_way_are_named_and_no_others(with_all: bool) -> None:
    instance, earlier = side_by_side("09:00", "14:00", "14:30", "16:00")
    pairs = [(number, 0) for number in range(4)]
    with pytest.raises(CannotStayError) as no:
        solve(instance, seconds=5, before=earlier, fixed=pairs, with_all=with_all)
    assert (no.value.number, no.value.sessions) == (None, [(1, 0), (2, 0)])
    assert "a2 at 2026-01-12T14:00, a3 at 2026-01-12T14:30; let one of them go" in str(no.value)
    for left in (pairs[:2] + pairs[3:], pairs[:1] + pairs[2:]):
        again = solve(instance, seconds=5, before=earlier, fixed=left, with_all=with_all)
        assert broken_rules(instance, again) == []


def test_who_must_not_meet_keeps_fixed_sessions_apart_and_is_not_named() -> None:
    instance, earlier = side_by_side("09:00", "14:00", "15:00", enemies=[["w2a", "w3b"]])
    with pytest.raises(CannotStayError) as no:
        solve(instance, seconds=5, before=earlier, fixed=[0, 1, 2])
    assert no.value.sessions == [(1, 0), (2, 0)]
    assert not [one.id for one in instance.women if one.id in str(no.value)]


def test_a_session_of_several_that_are_fixed_is_named_alone_where_it_alone_cannot_stay() -> None:
    earlier = twice("w1", "w2")
    now = course("w1", "w2", available=[at(14, 15, DAYS[0]), at(9, 18, DAYS[2])])
    with pytest.raises(CannotStayError) as no:
        solve(now, seconds=5, before=earlier, fixed=[(0, 0), (0, 1)])
    assert (no.value.number, no.value.sessions) == (0, [(0, 1)])


def test_a_group_that_stays_whole_keeps_its_women_beside_one_that_loses_some() -> None:
    """The first group finds no second day for both of its women; the second is fixed as a whole and has nobody else."""
    free = [at(9, 18, day) for day in DAYS]
    women = [woman("w1", available=free[:2]), woman("w2", available=free[::2]), woman("w3", available=free)]
    offered = [group("a1", "w1", "w2", sessions=2), group("a2", "w3", professionals=["p2"])]
    both = Case(one_rule_less, 0, women, offered, led_by=({"available": free}, {"available": free})).instance()
    first = twice("w1", "w2").groups[0]
    second = Group(activity="a2", women=("w3",), sessions=(replace(first.sessions[0], room="r1", professional="p2"),))
    earlier = replace(twice("w1", "w2"), groups=(first, second))
    kept = keep(Problem(both), earlier, [(0, 0), 1], Budget(5), with_all=False)
    assert [one.women for one in kept.held if one.activity == 1] == [(2,)]
    again = solve(both, seconds=5, before=earlier, fixed=[(0, 0), 1], with_all=False)
    assert broken_rules(both, again) == []
    assert second in again.groups
    assert first.sessions[0] in [session for one in again.groups for session in one.sessions]


def test_what_is_fixed_stays_although_all_around_it_is_planned_again_and_again() -> None:
    instance = read_part(make("two sites", Size(30, 6, 2), 4), Instance)
    before = solve(instance, seconds=4, seed=1)
    groups = [number for number, one in enumerate(before.groups) if len(one.women) > 1][:2]
    assert groups
    fixed = [(number, 0) for number in groups]
    stays = [before.groups[number].sessions[0] for number in groups]
    there = {woman for number in groups for woman in before.groups[number].women}
    others = (one if one.id in there else replace(one, available=one.available[::2]) for one in instance.women)
    less = replace(instance, women=tuple(others))
    again = solve(less, seconds=4, seed=2, before=before, fixed=fixed, with_all=False)
    assert broken_rules(less, again) == []
    held = [(one.activity, session) for one in again.groups for session in one.sessions]
    assert [(before.groups[number].activity, stay) for number, stay in zip(groups, stays, strict=True)] == [
        one for one in held if one[1] in stays
    ]


def test_a_session_for_one_woman_that_is_fixed_stays_hers() -> None:
    free = [at(9, 18)]
    both = Case(
        one_rule_less,
        0,
        [woman("w1", available=free), woman("w2", available=free)],
        [activity("a1", "w1", "w2")],
        led_by=({"available": free},),
    ).instance()
    again = solve(both, seconds=5, before=planned(14, "w1"), fixed=[0])
    assert broken_rules(both, again) == []
    assert planned(14, "w1").groups[0] in again.groups
    assert {one.women for one in again.groups} == {("w1",), ("w2",)}


def test_whoever_can_no_longer_be_there_may_be_left_out_of_what_is_fixed() -> None:
    gone = course("w1", "w2", risk="high")
    with pytest.raises(CannotStayError):
        solve(gone, seconds=5, before=twice("w1", "w2"), fixed=[(0, 0)])
    again = solve(gone, seconds=5, before=twice("w1", "w2"), fixed=[(0, 0)], with_all=False)
    assert [(one.women, one.sessions) for one in again.groups] == [(("w1",), twice("w1").groups[0].sessions)]
    away = course("w1", "w2", available=[at(14, 15, DAYS[0])])  # there on the fixed day, and on no other
    again = solve(away, seconds=5, before=twice("w1", "w2"), fixed=[(0, 0)], with_all=False)
    assert broken_rules(away, again) == []
    assert [one.women for one in again.groups] == [("w1",)]


def test_women_come_on_few_days_and_not_late() -> None:
    days = [at(9, 10, "2026-01-12"), at(9, 11, "2026-01-13"), at(18, 20, "2026-01-13")]
    both = Case(
        one_rule_less,
        0,
        [woman("w1", available=days)],
        [activity("a1", "w1"), activity("a2", "w1")],
        led_by=({"available": days},),
    ).instance()
    starts = sorted(str(session.start) for one in solve(both, seconds=5).groups for session in one.sessions)
    assert starts == ["2026-01-13T09:00", "2026-01-13T10:00"]


def test_planning_parts_anew_moves_no_more_than_it_gains() -> None:
    instance = read_part(make("childcare", Size(24, 6, 2), 2), Instance)
    problem = Problem(instance)
    before = [one for group in solve(instance, seconds=2).groups if (one := meeting_of(problem, group))]
    improving = Improving(problem, Budget(60), before, before=tuple(before), chance=random.Random(1))
    for kind in parts.KINDS * 3:
        rank = rank_of(problem, improving.meetings, before)
        improving.improve(kind)
        assert rank_of(problem, improving.meetings, before) >= rank
