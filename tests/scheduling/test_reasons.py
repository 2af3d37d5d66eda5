"""Why a request found no place is said in words that help and give nobody away."""

import re
from typing import Any

import pytest

from amparo.areas.activities.rules.instance import Instance, read_part
from amparo.areas.activities.scheduling.planning import solve
from amparo.areas.activities.scheduling.reasons import NO_SAFE_TIME
from bench.instances import SORTS, Size, make
from tests.scheduling.test_rules_left_out import CASES, EACH_WITH_ONE, TWO, Case, at, group, one_rule_less, woman


def reasons(instance: Instance) -> list[str]:
    return [one.reason for one in solve(instance, seconds=5).not_served]


def alone(her: dict[str, Any], its: dict[str, Any], **more: Any) -> list[str]:
    return reasons(Case(one_rule_less, 0, [woman("w1", **her)], [group("a1", "w1", **its)], **more).instance())


BARRED: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("longer than the 90", {"available": [at(9, 12)]}, {"minutes": 120}, {}),
    ("ask her, alone", {"groups_agreed": False}, {}, {}),
    ("Her risk is high", {"risk": "high"}, {}, {}),
    ("Her risk is not low", {"risk": "medium"}, {"therapeutic": True}, {}),
    ("for level A1 of es", {}, {"language": "es", "level": "A1"}, {}),
    ("No professional of the activity speaks fr", {}, {"language": "fr"}, {}),
    ("No professional holds the activity", {}, {"professionals": []}, {}),
    ("one who speaks ro would help", {"languages": ["ro"]}, {}, {}),
    ("one who speaks her language would help", {"languages": []}, {}, {}),
    ("no site", {"avoids_sites": ["s1"]}, {}, {}),
    ("None of the rooms in which it can be held has seats", {}, {"rooms": ["r2"], "min_women": 2}, {"rooms": (2, 1)}),
    ("She has no 60 minutes", {"available": []}, {}, {}),
    ("no childcare for her child", {"children": 1}, {}, {}),
    ("no childcare for her 2 children", {"children": 2}, {}, {}),
    ("no time in common", {"available": [at(15, 16)]}, {}, {}),
    ("not on enough days for 2 sessions", {}, {"sessions": 2}, {}),
    ("needs 2. It would help to find 1 more woman.", {}, {"min_women": 2}, {}),
    (NO_SAFE_TIME, {"meets_nobody": True}, {}, {}),
]


#: Two activities that can be held in one room only, at one time.
FEW_ROOMS = Case(
    one_rule_less, 0, [woman("w1"), woman("w2")], [{**one, "rooms": ["r2"]} for one in EACH_WITH_ONE], led_by=TWO
)


@pytest.mark.parametrize(("told", "her", "its", "more"), BARRED, ids=[told for told, *_ in BARRED])
def test_what_is_missing_is_named(told: str, her: dict[str, Any], its: dict[str, Any], more: dict[str, Any]) -> None:
    (reason,) = alone(her, its, **more)
    assert told in reason


def test_what_others_take_is_named() -> None:
    professional = reasons(CASES["professionals"].instance())
    assert professional == ["The professionals have no hours left at times that suit her. More hours would help."]
    room = reasons(CASES["rooms"].instance())
    assert room == ["There is no room left at times that suit her. Another room would help."]
    hers = reasons(CASES["women"].instance())
    assert hers[0].startswith("At the times that are left she is in other activities. It would help")
    (care,) = reasons(CASES["childcare"].instance())
    assert "Another place on Monday 12 January or near it would help." in care


def test_it_is_told_that_the_few_rooms_of_an_activity_are_taken() -> None:
    told = reasons(FEW_ROOMS.instance())
    assert told == [
        "The rooms in which it can be held are taken at times that suit her. Another room for it would help."
    ]


def test_separation_reads_like_any_other_want_of_time() -> None:
    enemies = reasons(CASES["separated"].instance())
    nobody = reasons(CASES["nobody near"].instance())
    full = Case(
        one_rule_less,
        0,
        [woman("w1"), woman("w2"), woman("w3")],
        [group("a1", "w1", "w2", "w3", max_women=2)],
        rooms=(2,),
    )
    assert enemies == nobody == reasons(full.instance()) == [NO_SAFE_TIME]


def test_a_reason_changes_with_nobody_elses_enemies() -> None:
    case = Case(one_rule_less, 0, [woman("w1"), woman("w2")], EACH_WITH_ONE, led_by=TWO)
    assert reasons(case.instance()) == []


@pytest.mark.parametrize("sort", SORTS)
def test_no_woman_is_named_in_a_reason(sort: str) -> None:
    instance = read_part(make(sort, Size(15, 4, 1), 3), Instance)
    told = solve(instance, seconds=3).not_served
    assert told
    for one in told:
        assert not re.search(r"\bw\d+\b", one.reason), one
        assert "meet" not in one.reason
        assert one.reason[0].isupper()
        assert one.reason.endswith(".")
