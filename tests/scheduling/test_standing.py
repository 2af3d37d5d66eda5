"""The same seed gives the same plan; what is fixed stays; one change moves little; lesser wishes are heard."""

from typing import Any

import pytest
from msgspec.structs import replace

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Group, Instance, Plan, read_part
from amparo.areas.activities.scheduling.keeping import CannotStayError
from amparo.areas.activities.scheduling.planning import solve
from amparo.areas.activities.scheduling.reading import written
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
    with pytest.raises(CannotStayError, match=rf"group 1 of the plan \({wrong.activity}\) cannot stay as it is"):
        solve(fixed_case(), seconds=5, before=earlier, fixed=[0])


def test_who_may_no_longer_be_there_is_left_out_and_not_told_why() -> None:
    risky = fixed_case(risk="high")
    again = solve(risky, seconds=5, before=planned(14, "w1", "w2"))
    assert [one.women for one in again.groups] == [("w1",)]
    with pytest.raises(CannotStayError) as stopped:
        solve(risky, seconds=5, before=planned(14, "w1", "w2"), fixed=[0])
    assert "w2" not in str(stopped.value)


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
