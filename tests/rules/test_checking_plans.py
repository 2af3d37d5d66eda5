"""The checker finds each rule broken, one by one, in a plan that is otherwise good."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import ValidationError
from msgspec.structs import replace

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Group, Instance, Moment, NotServed, Plan, Session, read_part

MORNING, EVENING = "2026-01-12T09:00", "2026-01-12T18:00"
DAYS = [(f"2026-01-{day}T09:00", f"2026-01-{day}T18:00") for day in (12, 13)]


def woman(name: str, **given: Any) -> dict[str, Any]:
    usual = {"languages": ["en"], "levels": {"es": "A1"}, "available": DAYS, "risk": "low", "groups_agreed": True}
    return {"id": name, **usual, **given}


def activity(name: str, **given: Any) -> dict[str, Any]:
    usual = {
        "kind": "group",
        "minutes": 90,
        "sessions": 1,
        "language": "es",
        "level": "A1",
        "min_women": 2,
        "max_women": 3,
    }
    around = {"professionals": ["p1", "p2"], "sites": ["s1"], "weight": 3, "asked_by": []}
    return {"id": name, **usual, **around, **given}


ALONE = {"kind": "individual", "minutes": 60, "language": None, "level": None, "min_women": 1, "max_women": 1}
INSTANCE = {
    "grid_minutes": 15,
    "rules": {"gap_minutes": 30, "max_minutes": 90},
    "sites": [
        {
            "id": "s1",
            "rooms": [{"id": "r1", "seats": 3}, {"id": "r2", "seats": 2}],
            "childcare": [{"from": "2026-01-12T09:00", "to": "2026-01-12T12:00", "places": 2}],
        },
        {"id": "s2", "rooms": [{"id": "r3", "seats": 3}]},
    ],
    "professionals": [
        {"id": "p1", "languages": ["es", "en"], "available": DAYS},
        {"id": "p2", "languages": ["es", "fr"], "available": DAYS},
    ],
    "women": [
        woman("w1", children=1),
        woman("w2"),
        woman("w3"),
        woman("w4", meets_nobody=True, groups_agreed=False, risk="high"),
        woman("w5", avoids_sites=["s2"]),
    ],
    "must_not_meet": [["w1", "w3"]],
    "activities": [
        activity("a1", sessions=2, asked_by=["w1", "w2", "w3"]),
        activity("a2", **ALONE, asked_by=["w3", "w4", "w5"]),
    ],
}
PLAN = {
    "status": "optimal",
    "objective": 12,
    "bound": 12,
    "seconds": 0.1,
    "groups": [
        {
            "activity": "a1",
            "women": ["w2", "w5"],
            "sessions": [
                {"start": "2026-01-12T09:00", "room": "r1", "professional": "p1"},
                {"start": "2026-01-13T09:00", "room": "r1", "professional": "p1"},
            ],
        },
        {
            "activity": "a2",
            "women": ["w3"],
            "sessions": [{"start": "2026-01-12T11:00", "room": "r2", "professional": "p1"}],
        },
        {
            "activity": "a2",
            "women": ["w4"],
            "sessions": [{"start": "2026-01-12T15:00", "room": "r2", "professional": "p1"}],
        },
    ],
    "not_served": [],
}


def instance(**changed: Any) -> Instance:
    raw = {**INSTANCE, **changed}
    raw["activities"] = [{**one, "asked_by": ["w2", "w5"]} if one["id"] == "a1" else one for one in raw["activities"]]
    raw["activities"] = [{**one, "asked_by": ["w3", "w4"]} if one["id"] == "a2" else one for one in raw["activities"]]
    return read_part(raw, Instance)


def plan(**changed: Any) -> Plan:
    return read_part({**PLAN, **changed}, Plan)


def changed_women(**of: dict[str, Any]) -> Instance:
    raw: list[Any] = INSTANCE["women"]  # type: ignore[assignment]
    return instance(women=[{**one, **of.get(one["id"], {})} for one in raw])


def changed_activity(name: str, **given: Any) -> Instance:
    raw: list[Any] = INSTANCE["activities"]  # type: ignore[assignment]
    return instance(activities=[{**one, **given} if one["id"] == name else one for one in raw])


def moved(group: int, session: int, **given: Any) -> Plan:
    good = plan()
    sessions = list(good.groups[group].sessions)
    sessions[session] = replace(sessions[session], **given)
    groups = list(good.groups)
    groups[group] = replace(groups[group], sessions=tuple(sessions))
    return replace(good, groups=tuple(groups))


def with_women(group: int, *women: str) -> Plan:
    good = plan()
    groups = list(good.groups)
    groups[group] = replace(groups[group], women=women)
    return replace(good, groups=tuple(groups))


def at(text: str) -> Moment:
    return Moment.fromisoformat(f"2026-01-{text}")


def test_a_good_plan_breaks_nothing() -> None:
    assert broken_rules(instance(), plan()) == []


def test_an_empty_plan_with_reasons_breaks_nothing() -> None:
    nobody = [
        {"woman": w, "activity": a, "reason": "No room."}
        for w, a in (("w2", "a1"), ("w5", "a1"), ("w3", "a2"), ("w4", "a2"))
    ]
    for status in ("optimal", "infeasible"):
        empty = plan(status=status, objective=0, bound=0, groups=[], not_served=nobody)
        assert broken_rules(instance(), empty) == []


TABLE: list[tuple[str, int, str, Callable[[], tuple[Instance, Plan]]]] = [
    (
        "an activity that is not there",
        0,
        "no activity a9",
        lambda: (
            instance(),
            replace(plan(), groups=(*plan().groups, Group(activity="a9", women=("w1",), sessions=()))),
        ),
    ),
    ("a woman who is not there", 0, "no woman w9", lambda: (instance(), with_women(0, "w2", "w5", "w9"))),
    ("a woman twice in a group", 0, "stands twice", lambda: (instance(), with_women(0, "w2", "w5", "w5"))),
    ("a room that is not there", 0, "no room r9", lambda: (instance(), moved(1, 0, room="r9"))),
    ("a site where it is not held", 0, "not held on the site", lambda: (instance(), moved(1, 0, room="r3"))),
    (
        "a professional who does not hold it",
        0,
        "p9 does not hold",
        lambda: (instance(), moved(1, 0, professional="p9")),
    ),
    ("a start off the grid", 0, "off the grid", lambda: (instance(), moved(1, 0, start=at("12T11:10")))),
    ("somebody who did not ask", 0, "w1 did not ask", lambda: (instance(), with_women(0, "w2", "w5", "w1"))),
    ("a request without an answer", 0, "answered 0 times", lambda: (instance(), with_women(0, "w2"))),
    (
        "a request answered twice",
        0,
        "answered 2 times",
        lambda: (instance(), replace(plan(), not_served=(NotServed(woman="w2", activity="a1", reason="No."),))),
    ),
    (
        "no reason given",
        0,
        "no reason",
        lambda: (
            instance(),
            replace(
                plan(),
                groups=plan().groups[:2],
                objective=9,
                bound=9,
                not_served=(NotServed(woman="w4", activity="a2", reason=" "),),
            ),
        ),
    ),
    ("a wrong objective", 0, "the objective is 12, not 13", lambda: (instance(), plan(objective=13, bound=13))),
    ("a bound below the plan", 0, "lies below", lambda: (instance(), plan(bound=11, status="feasible"))),
    ("the best, below its bound", 0, "not shown to be the best", lambda: (instance(), plan(bound=13))),
    ("groups in a plan that cannot be", 0, "has no groups", lambda: (instance(), plan(status="infeasible"))),
    (
        "a room in which it is not held",
        1,
        "a2 on 2026-01-12 11:00 in r2: it is not held there, only in r1 or r3",
        lambda: (changed_activity("a2", rooms=["r1", "r3"]), plan()),
    ),
    (
        "no room in which it is held",
        1,
        "a2 on 2026-01-12 11:00 in r2: it is not held there, only in no room at all",
        lambda: (changed_activity("a2", rooms=[]), plan()),
    ),
    (
        "a room twice at once",
        1,
        "room r1 is in two",
        lambda: (instance(), moved(1, 0, room="r1", start=at("12T10:00"), professional="p2")),
    ),
    (
        "a professional twice at once",
        1,
        "professional p1 is in two",
        lambda: (instance(), moved(1, 0, start=at("12T10:00"))),
    ),
    (
        "a woman twice at once",
        1,
        "woman w2 is in two",
        lambda: (
            instance(),
            replace(
                moved(1, 0, start=at("12T10:15")),
                groups=(
                    plan().groups[0],
                    replace(moved(1, 0, start=at("12T10:15")).groups[1], women=("w2",)),
                    plan().groups[2],
                ),
            ),
        ),
    ),
    (
        "too few seats",
        1,
        "2 women for 1 seats",
        lambda: (
            instance(
                sites=[
                    {"id": "s1", "rooms": [{"id": "r1", "seats": 1}, {"id": "r2", "seats": 2}], "childcare": []},
                    INSTANCE["sites"][1],
                ]
            ),
            plan(),
        ),
    ),  # type: ignore[index]
    (
        "too long a session",
        1,
        "longer than 80",
        lambda: (instance(rules={"gap_minutes": 30, "max_minutes": 80}), plan()),
    ),
    (
        "a professional out of her hours",
        1,
        "p1 is not available",
        lambda: (instance(), moved(1, 0, start=at("12T17:15"))),
    ),
    (
        "a woman out of her hours",
        1,
        "w3 is not available",
        lambda: (
            changed_women(w3={"available": [["2026-01-12T09:00", "2026-01-12T11:30"], ["2026-01-12T11:45", EVENING]]}),
            plan(),
        ),
    ),
    (
        "a session too few",
        1,
        "has 1 sessions, not 2",
        lambda: (
            instance(),
            replace(
                plan(), groups=(replace(plan().groups[0], sessions=plan().groups[0].sessions[:1]), *plan().groups[1:])
            ),
        ),
    ),
    ("a change of professional", 1, "changes its professional", lambda: (instance(), moved(0, 1, professional="p2"))),
    ("sessions too near", 1, "are too near", lambda: (changed_activity("a1", days_apart=2), plan())),
    ("a group too small", 2, "2 women in a group", lambda: (changed_activity("a1", min_women=3), plan())),
    ("a group too big", 2, "2 women in a group", lambda: (changed_activity("a1", min_women=1, max_women=1), plan())),
    (
        "two in an individual session",
        2,
        "2 women in a group of a2",
        lambda: (changed_activity("a2", max_women=5), with_women(1, "w3", "w2")),
    ),
    (
        "another language than the activity's",
        2,
        "p1 does not speak",
        lambda: (changed_activity("a1", language="it", level=None), plan()),
    ),
    ("no language shared", 2, "w3 and p2 share no language", lambda: (instance(), moved(1, 0, professional="p2"))),
    ("another level", 2, "w5 has not the level", lambda: (changed_women(w5={"levels": {"es": "A2"}}), plan())),
    ("a site that she avoids", 3, "w5 avoids this site", lambda: (changed_women(w5={"avoids_sites": ["s1"]}), plan())),
    (
        "children with nobody to look after them",
        3,
        "not enough childcare on s1",
        lambda: (changed_women(w4={"children": 1}), plan()),
    ),
    (
        "more children than places",
        3,
        "not enough childcare on s1",
        lambda: (changed_women(w2={"children": 3}), moved(0, 1, start=at("12T10:30"))),
    ),
    (
        "more children at one moment than places",
        3,
        "a2 on 2026-01-12 10:00",
        lambda: (changed_women(w2={"children": 1}, w3={"children": 2}), moved(1, 0, start=at("12T10:00"))),
    ),
    (
        "a group to which she did not agree",
        4,
        "has not agreed",
        lambda: (changed_women(w2={"groups_agreed": False}), plan()),
    ),
    ("high risk in a group", 4, "at high risk", lambda: (changed_women(w2={"risk": "high"}), plan())),
    (
        "a therapeutic group at medium risk",
        4,
        "not at low risk",
        lambda: (
            replace(
                changed_women(w2={"risk": "medium"}), activities=changed_activity("a1", therapeutic=True).activities
            ),
            plan(),
        ),
    ),
    (
        "somebody who meets nobody, in a group",
        5,
        "w2 meets nobody and is in a group",
        lambda: (changed_women(w2={"meets_nobody": True}), plan()),
    ),
    (
        "two who must not meet, in one group",
        5,
        "w2 and w5 must not meet",
        lambda: (instance(must_not_meet=[["w5", "w2"]]), plan()),
    ),
    (
        "two who must not meet, one after the other",
        5,
        "w2 and w3 must not meet",
        lambda: (instance(must_not_meet=[["w2", "w3"]]), moved(1, 0, start=at("12T10:45"))),
    ),
    (
        "somebody near her who meets nobody",
        5,
        "w4 meets nobody: a2 on 2026-01-12 15:00",
        lambda: (instance(), moved(1, 0, start=at("12T13:45"), professional="p2")),
    ),
    (
        "individual sessions too near",
        6,
        "p1 has too little time",
        lambda: (changed_women(w4={"meets_nobody": False}), moved(1, 0, start=at("12T13:45"))),
    ),
]


@pytest.mark.parametrize(("rule", "says", "broken"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_each_broken_rule_is_found(rule: int, says: str, broken: Callable[[], tuple[Instance, Plan]]) -> None:
    found = broken_rules(*broken())
    assert any(one.rule == rule and says in one.says for one in found), found
    assert [one.rule for one in found] == sorted(one.rule for one in found)


def test_exactly_the_gap_is_far_enough() -> None:
    apart = instance(must_not_meet=[["w2", "w3"]])
    assert broken_rules(apart, moved(1, 0, start=at("12T11:00"))) == []
    assert broken_rules(instance(), moved(1, 0, start=at("12T13:30"))) == []


def test_another_site_is_far_enough() -> None:
    both = changed_activity("a2", sites=["s1", "s2"])
    elsewhere = replace(both, must_not_meet=(("w2", "w3"),))
    assert broken_rules(elsewhere, moved(1, 0, room="r3", start=at("12T10:30"))) == []


def test_windows_that_touch_are_one() -> None:
    halves = changed_women(w3={"available": [["2026-01-12T11:30", EVENING], [MORNING, "2026-01-12T11:30"]]})
    assert broken_rules(halves, plan()) == []


def test_children_of_one_woman_are_counted_once_and_leave_with_her() -> None:
    one_after_the_other = changed_women(w2={"children": 2}, w3={"children": 2})
    early = moved(1, 0, start=at("12T10:30"), professional="p1")
    found = broken_rules(one_after_the_other, early)
    assert [one for one in found if "2026-01-12" in one.says and one.rule == 3] == []
    assert [one.says for one in found if one.rule == 3] == ["a1 on 2026-01-13 09:00 in r1: not enough childcare on s1"]


def test_the_same_woman_may_come_twice_in_a_row() -> None:
    again = changed_activity("a2", sessions=2, days_apart=0)
    twice = plan()
    later = Session(start=at("12T12:00"), room="r2", professional="p1")
    meets_nobody = Session(start=at("12T16:00"), room="r2", professional="p1")
    groups = (
        twice.groups[0],
        replace(twice.groups[1], sessions=(*twice.groups[1].sessions, later)),
        replace(twice.groups[2], sessions=(*twice.groups[2].sessions, meets_nobody)),
    )
    assert broken_rules(again, replace(twice, groups=groups)) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"start": "2026-01-12T09:00:00", "room": "r1", "professional": "p1"}, "such as 2026-01-12T09:00"),
        ({"start": 900, "room": "r1", "professional": "p1"}, "found 900"),
        ({"start": "2026-02-30T09:00", "room": "r1", "professional": "p1"}, r"day .* - at `\$.start`"),
        ({"start": MORNING, "room": "r1"}, "missing required field `professional`"),
        ({"start": MORNING, "room": "r1", "professional": "p1", "rom": "r2"}, "unknown field `rom`"),
    ],
)
def test_a_wrong_field_is_named(content: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read_part(content, Session)


def test_only_moments_are_read_in_a_way_of_their_own() -> None:
    with pytest.raises(NotImplementedError):
        read_part({}, complex)  # type: ignore[arg-type]
    assert str(at("12T09:00")) == MORNING
