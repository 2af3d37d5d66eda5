"""What is wrong with a plan, in words; and to whom no more is told than that it is not safe."""

from typing import Any

import pytest

from amparo.areas.activities.rules.checking import Broken, broken_rules
from amparo.areas.activities.rules.explaining import HAS_APPOINTMENT, UNSAFE, Trouble, added, troubles
from amparo.areas.activities.rules.instance import Instance, Moment, Plan
from tests.rules.test_checking_plans import PLAN, changed_activity, changed_women, instance, plan

WOMEN = ("w1", "w2", "w3", "w4", "w5")


def found(asked: Instance, made: Plan) -> list[Trouble]:
    return troubles(broken_rules(asked, made), made, women=WOMEN)


def moved(group: int, session: int, **to: Any) -> Plan:
    groups: list[dict[str, Any]] = [
        {**one, "sessions": [dict(held) for held in one["sessions"]]}
        for one in PLAN["groups"]  # type: ignore[attr-defined]
    ]
    groups[group]["sessions"][session].update(to)
    return plan(groups=groups)


def test_a_good_plan_has_no_trouble() -> None:
    assert found(instance(), plan()) == []


@pytest.mark.parametrize(
    ("asked", "made", "rule", "text", "women"),
    [
        (instance(), moved(1, 0, start="2026-01-12T15:00"), 1, "Two sessions would be in this room at once.", ()),
        (
            instance(),
            moved(1, 0, start="2026-01-12T09:00"),
            1,
            "The professional would be in two sessions at once.",
            (),
        ),
        (instance(), moved(0, 1, professional="p2"), 1, "One group keeps one professional.", ()),
        (instance(), moved(0, 1, start="2026-01-12T15:00"), 1, "Two sessions of the group are too few days apart.", ()),
        (changed_women(w2={"available": []}), plan(), 1, "Somebody is not free then.", ("w2",)),
        (changed_activity("a1", sessions=3), plan(), 1, "The group has more or fewer sessions than the activity.", ()),
        (changed_activity("a2", rooms=["r1"]), plan(), 1, "The activity is not held in this room.", ()),
        (changed_women(w5={"levels": {}}), plan(), 2, "The level does not fit.", ("w5",)),
        (changed_activity("a1", language="fr", level=None), plan(), 2, "The languages do not fit.", ()),
        (
            changed_activity("a1", min_women=3),
            plan(),
            2,
            "The group is smaller or larger than the activity asks for.",
            (),
        ),
        (changed_women(w2={"avoids_sites": ["s1"]}), plan(), 3, "Somebody in it keeps away from this place.", ("w2",)),
        (
            changed_women(w2={"children": 3}),
            plan(),
            3,
            "There is no childcare place for all children at that time.",
            None,
        ),
        (changed_women(w2={"groups_agreed": False}), plan(), 4, "Her yes to being in groups is missing.", ("w2",)),
        (
            changed_women(w2={"risk": "high"}),
            plan(),
            4,
            "Her risk is too high for this group, or was not assessed in time.",
            ("w2",),
        ),
        (
            instance(must_not_meet=[["w2", "w5"]]),
            plan(),
            5,
            "Two women who must not meet would be near each other.",
            ("w2", "w5"),
        ),
        (changed_women(w2={"meets_nobody": True}), plan(), 5, "Somebody who meets nobody would meet others.", ("w2",)),
    ],
)
def test_every_kind_of_trouble_has_its_words_and_names_whom_it_is_about(
    asked: Instance, made: Plan, rule: int, text: str, women: tuple[str, ...] | None
) -> None:
    mine = [one for one in found(asked, made) if (one.rule, one.text) == (rule, text)]
    assert mine
    assert women is None or mine[0].women == women


def test_it_says_in_which_sessions_it_is_so() -> None:
    twice = next(one for one in found(instance(), moved(1, 0, start="2026-01-12T15:00")) if one.rule == 1)
    assert twice.sessions == {(1, 0), (2, 0)}
    risk = next(one for one in found(changed_women(w2={"risk": "high"}), plan()) if one.rule == 4)
    assert risk.sessions == {(0, 0), (0, 1)}


@pytest.mark.parametrize(
    ("says", "text"),
    [
        (
            "w2 did not ask for a1",
            "Somebody in it did not ask for it, does not want it, is in a pause, or has it in other weeks already.",
        ),
        ("there is no woman gone7", "Somebody in it is not accompanied here any more."),
        (
            "p9 does not hold a1",
            "Whoever holds it is not trained and signed for it, or does not hold it any more.",
        ),
        ("there is no room r9", "The room is not in use any more."),
        ("there is no activity a9", "What was asked or offered has changed since."),
    ],
)
def test_what_changed_since_is_told_too(says: str, text: str) -> None:
    assert troubles([Broken(0, says)], plan(), women=WOMEN)[0].text == text


@pytest.mark.parametrize(
    ("rule", "says", "text"),
    [
        (1, "a1 on 2026-01-12 09:00 in r1: 3 women for 2 seats", "The room has too few seats."),
        (1, "a1 on 2026-01-12 09:00 in r1: 120 minutes are longer than 90", "The session is too long."),
        (1, "woman w2 is in two sessions at once: …", "Somebody would be in two sessions at once."),
        (6, "p1 has too little time between …", "Between two individual sessions lies less than half an hour."),
    ],
)
def test_rarer_troubles_have_words_as_well(rule: int, says: str, text: str) -> None:
    assert troubles([Broken(rule, says)], plan(), women=WOMEN)[0].text == text


def test_the_same_thing_is_said_once() -> None:
    broken = [Broken(5, "w2 and w5 must not meet: x and y"), Broken(5, "w2 and w5 must not meet: y and x")]
    assert len(troubles(broken, plan(), women=WOMEN)) == 1


@pytest.mark.parametrize("rule", [3, 4, 5, 6])
def test_of_her_safety_nobody_is_told_but_who_reads_it(rule: int) -> None:
    words = {3: "avoids this site", 4: "has not agreed", 5: "must not meet", 6: "too little time"}
    one = troubles([Broken(rule, f"w2 {words[rule]} w5")], plan(), women=WOMEN)[0]
    assert one.is_secret
    closed, opened = one.told(reads_safety=False), one.told(reads_safety=True)
    assert (closed.text, closed.women) == (UNSAFE, ())
    assert (opened.text, opened.women) == (one.text, ("w2", "w5"))


def test_that_a_childcare_place_is_missing_is_no_secret_and_neither_is_a_room() -> None:
    care = Trouble(3, "There is no childcare place for all children at that time.", frozenset(), ("w1",))
    room = Trouble(1, "The room has too few seats.", frozenset(), ())
    for one in (care, room):
        assert not one.is_secret
        assert one.told(reads_safety=False).text == one.text


def test_only_what_is_new_and_unsafe_or_impossible_is_added() -> None:
    before = [Trouble(5, "old", frozenset(), ()), Trouble(2, "size", frozenset(), ())]
    new = Trouble(1, "new", frozenset(), ())
    assert added(before, [*before, new, Trouble(2, "level", frozenset(), ())]) == [new]


def test_who_has_an_appointment_is_not_free_for_that_reason_and_others_for_theirs() -> None:
    asked = changed_women(w2={"available": []}, w3={"available": []})
    start = plan().groups[0].sessions[0].start
    met = {"w2": ((Moment(2026, 1, 1), Moment(2027, 1, 1)),), "w3": ((Moment(2027, 1, 1), Moment(2027, 1, 2)),)}
    told = troubles(broken_rules(asked, plan()), plan(), women=WOMEN, appointments=met, instance=asked)
    assert start.year == 2026
    texts = {(one.women, one.text) for one in told if one.rule == 1}
    assert texts == {(("w2",), HAS_APPOINTMENT), (("w3",), "Somebody is not free then.")}
    assert not any(one.is_secret for one in told if one.rule == 1)


def test_what_names_no_session_is_about_those_that_it_can_only_mean() -> None:
    room = plan().groups[0].sessions[0].room
    in_it = {
        (number, place)
        for number, group in enumerate(plan().groups)
        for place, session in enumerate(group.sessions)
        if session.room == room
    }
    (lost,) = troubles([Broken(0, f"there is no room {room}")], plan(), women=WOMEN)
    assert lost.sessions == in_it
    woman = plan().groups[1].women[0]
    (gone,) = troubles([Broken(0, f"there is no woman {woman}")], plan(), women=())
    assert {group for group, _ in gone.sessions} == {
        number for number, group in enumerate(plan().groups) if woman in group.women
    }
    (nothing,) = troubles([Broken(0, "there is no room r9")], plan(), women=WOMEN)
    assert nothing.sessions == frozenset()


def test_of_several_groups_only_the_one_that_is_too_small_is_meant() -> None:
    made = plan(
        groups=[
            {**PLAN["groups"][0], "women": ["w1", "w2"]},  # type: ignore[index]
            {**PLAN["groups"][0], "women": ["w3"]},  # type: ignore[index]
        ]
    )
    asked = changed_activity("a1", min_women=2)
    small = [one for one in found(asked, made) if one.text.startswith("The group is smaller")]
    assert [{group for group, _ in one.sessions} for one in small] == [{1}]
    elsewhere = troubles([Broken(2, "9 women in a group of a1")], made, women=WOMEN)
    assert {group for group, _ in elsewhere[0].sessions} == {0, 1}
