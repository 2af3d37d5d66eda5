"""Each rule of the model matters: left out, the planner breaks it, and the checker says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Instance, read_part
from amparo.areas.activities.scheduling import constraints, improving, planning, problem, seating, solving

MONDAY = "2026-01-12"


def at(start: int, end: int, day: str = MONDAY) -> list[str]:
    return [f"{day}T{start:02}:00", f"{day}T{end:02}:00"]


def woman(name: str, **given: Any) -> dict[str, Any]:
    usual = {"languages": ["es"], "available": [at(9, 10)], "risk": "low", "groups_agreed": True}
    return {"id": name, **usual, **given}


def activity(name: str, *asked_by: str, **given: Any) -> dict[str, Any]:
    usual = {"kind": "individual", "minutes": 60, "sessions": 1, "professionals": ["p1"], "sites": ["s1"]}
    return {"id": name, **usual, "asked_by": list(asked_by), **given}


def group(name: str, *asked_by: str, **given: Any) -> dict[str, Any]:
    return activity(name, *asked_by, **{"kind": "group", "max_women": 2, **given})


@dataclass(frozen=True)
class Case:
    """What bites where only this rule stands in the way."""

    rule: Callable[..., object]
    breaks: int
    women: list[dict[str, Any]]
    activities: list[dict[str, Any]]
    enemies: list[list[str]] = field(default_factory=list)
    led_by: tuple[dict[str, Any], ...] = ({},)
    rooms: tuple[int, ...] = (2, 2)
    care: list[dict[str, Any]] = field(default_factory=list)

    def instance(self) -> Instance:
        professionals = [
            {"id": f"p{number}", "languages": ["es"], "available": [at(9, 10)], **given}
            for number, given in enumerate(self.led_by, 1)
        ]
        rooms = [{"id": f"r{number}", "seats": seats} for number, seats in enumerate(self.rooms, 1)]
        raw = {
            "grid_minutes": 30,
            "sites": [{"id": "s1", "rooms": rooms, "childcare": self.care}],
            "professionals": professionals,
            "women": self.women,
            "must_not_meet": self.enemies,
            "activities": self.activities,
        }
        return read_part(raw, Instance)


ALL_DAY = {"available": [at(9, 18)]}
TUESDAY, WEDNESDAY = "2026-01-13", "2026-01-14"
THREE_DAYS = {"available": [at(9, 11), at(9, 10, TUESDAY), at(9, 10, WEDNESDAY)]}
TWO = ({}, {})
EACH_WITH_ONE = [activity("a1", "w1"), activity("a2", "w2", professionals=["p2"])]
CASES = {
    "one answer": Case(
        constraints.one_answer,
        0,
        [woman("w1", **ALL_DAY), woman("w2", **ALL_DAY), woman("w3", **ALL_DAY)],
        [group("a1", "w1", "w2", "w3", min_women=1, max_women=2, weight=3)],
        led_by=(ALL_DAY,),
    ),
    "days apart": Case(
        constraints.days_apart,
        1,
        [
            woman("w1", available=[at(9, 11), at(9, 10, TUESDAY)]),
            woman("w2", available=[at(9, 11), at(9, 10, WEDNESDAY)]),
        ],
        [group("a1", "w1", "w2", min_women=2, sessions=2)],
        led_by=(THREE_DAYS,),
    ),
    "her starts": Case(
        constraints.her_starts,
        1,
        [
            woman("w1", available=THREE_DAYS["available"][:2]),
            woman("w2", **THREE_DAYS),
            woman("w3", available=THREE_DAYS["available"][1:]),
        ],
        [group("a1", "w1", "w2", "w3", min_women=2, max_women=3, sessions=2, days_apart=1)],
        led_by=(THREE_DAYS,),
        rooms=(3,),
    ),
    "languages": Case(
        constraints.languages,
        2,
        [
            woman("w1", **THREE_DAYS),
            woman("w2", languages=["es", "fr"], **THREE_DAYS),
            woman("w3", languages=["fr"], **THREE_DAYS),
        ],
        [group("a1", "w1", "w2", "w3", min_women=2, max_women=3, professionals=["p1", "p2"], sessions=2, days_apart=1)],
        led_by=(THREE_DAYS, {"languages": ["fr"], **THREE_DAYS}),
        rooms=(3,),
    ),
    "professionals": Case(
        constraints.professionals, 1, [woman("w1"), woman("w2")], [group("a1", "w1"), group("a2", "w2")]
    ),
    "individual gaps": Case(
        constraints.individual_gaps,
        6,
        [woman("w1", available=[at(9, 11)]), woman("w2", available=[at(9, 11)])],
        [activity("a1", "w1", "w2")],
        led_by=({"available": [at(9, 11)]},),
    ),
    "women": Case(
        constraints.women,
        1,
        [woman("w1")],
        [activity("a1", "w1"), activity("a2", "w1", professionals=["p2"])],
        led_by=TWO,
    ),
    "separated": Case(
        constraints.separated, 5, [woman("w1"), woman("w2")], EACH_WITH_ONE, enemies=[["w2", "w1"]], led_by=TWO
    ),
    "nobody near": Case(
        constraints.nobody_near, 5, [woman("w1", meets_nobody=True), woman("w2")], EACH_WITH_ONE, led_by=TWO
    ),
    "sizes": Case(
        seating.sizes, 2, [woman("w1"), woman("w2"), woman("w3")], [group("a1", "w1", "w2", "w3")], rooms=(3,)
    ),
    "rooms": Case(seating.rooms, 1, [woman("w1"), woman("w2")], EACH_WITH_ONE, led_by=TWO, rooms=(1,)),
    "childcare": Case(
        seating.childcare,
        3,
        [woman("w1", children=1), woman("w2", children=1)],
        EACH_WITH_ONE,
        led_by=TWO,
        care=[{"from": f"{MONDAY}T09:00", "to": f"{MONDAY}T10:00", "places": 1}],
    ),
}


def kept_simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the model plans: nothing is built before, and nothing is proved beside it."""
    monkeypatch.setattr(planning, "build", lambda *given, **more: None)
    monkeypatch.setattr(improving.Improving, "refine", lambda *given: False)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_that_is_left_out_is_missed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    case = CASES[name]
    instance = case.instance()
    kept_simple(monkeypatch)
    whole = planning.solve(instance, seconds=10)
    assert broken_rules(instance, whole) == []
    without = tuple(rule for rule in solving.RULES if rule is not case.rule)
    assert len(without) == len(solving.RULES) - 1
    monkeypatch.setattr(solving, "RULES", without)
    if case.rule is seating.rooms:
        any_room_will_do(monkeypatch)
    broken = broken_rules(instance, planning.solve(instance, seconds=10))
    assert case.breaks in {one.rule for one in broken}


def any_room_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody into the first room."""

    def first_room(model: solving.Model) -> None:
        for number in range(len(model.offered)):
            for piece in model.sessions(number):
                model.kinds[number, piece.site, piece.start] = {0: piece.literal}

    def given(_: problem.Problem, meetings: list[problem.Meeting], before: object) -> dict[tuple[int, int], str]:
        return {(number, one.start): "r1" for number, meeting in enumerate(meetings) for one in meeting.sessions}

    monkeypatch.setattr(solving, "RULES", (*solving.RULES, first_room))
    monkeypatch.setattr(planning, "rooms_given", given)


def test_every_rule_of_the_model_is_left_out_once() -> None:
    assert {case.rule for case in CASES.values()} == set(solving.RULES)


ALONE: list[tuple[int, str, dict[str, Any], dict[str, Any]]] = [
    (1, "a session that is too long", {"available": [at(9, 11)]}, {"minutes": 120}),
    (4, "not asked about groups", {"groups_agreed": False}, {}),
    (4, "high risk", {"risk": "high"}, {}),
    (4, "medium risk", {"risk": "medium"}, {"therapeutic": True}),
    (5, "meets nobody", {"meets_nobody": True}, {}),
    (2, "level", {"levels": {"es": "A2"}}, {"language": "es", "level": "A1"}),
]


@pytest.mark.parametrize(("rule", "name", "her", "its"), ALONE, ids=[name for _, name, _, _ in ALONE])
def test_what_forbids_a_request_alone_is_missed_where_it_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, rule: int, name: str, her: dict[str, Any], its: dict[str, Any]
) -> None:
    instance = Case(one_rule_less, rule, [woman("w1", **her)], [group("a1", "w1", **its)], led_by=(ALL_DAY,)).instance()
    plan = planning.solve(instance, seconds=5)
    assert broken_rules(instance, plan) == []
    assert (plan.status, plan.groups) == ("infeasible", ())
    monkeypatch.setattr(problem, "why_not_at_all", one_rule_less)
    assert rule in {one.rule for one in broken_rules(instance, planning.solve(instance, seconds=5))}


def test_the_rooms_of_an_activity_are_missed_where_nobody_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    women, chosen = [woman("w1"), woman("w2")], {"professionals": ["p2"], "rooms": ["r1"]}
    both = [activity("a1", "w1", weight=2, rooms=["r1", "r2"]), activity("a2", "w2", **chosen)]
    instance = Case(one_rule_less, 1, women, both, led_by=TWO).instance()
    plan = planning.solve(instance, seconds=5)
    assert broken_rules(instance, plan) == []
    assert [one.sessions[0].room for one in plan.groups] == ["r2", "r1"]
    monkeypatch.setattr(problem, "can_be_in", lambda *given: True)
    assert 1 in {one.rule for one in broken_rules(instance, planning.solve(instance, seconds=5))}


def one_rule_less(*given: object) -> None:
    """Nothing forbids anything."""
