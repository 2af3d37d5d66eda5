"""Who may be in a group, what an activity may be like, and the weeks of somebody's life."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from amparo.areas.activities.rules.instance import Moment
from amparo.areas.activities.rules.joining import may_be_in_group, risk_in_planning
from amparo.areas.activities.rules.offering import Offer, betrays, is_of_advised_size, may_be_held_in, may_offer
from amparo.areas.activities.rules.states import Kind
from amparo.areas.activities.rules.weeks import Different, Weekly, busy_on, from_ticks, joined, on_grid, ticked, windows

READY = {"asked_alone": True, "agreed": True, "level": "low", "overdue": False, "therapeutic": False}
COURSE = Offer("Sewing", "Sewing course", Kind.GROUP, sessions=4, minutes=90, min_women=5, max_women=10)
MONDAY = date(2026, 1, 5)


def at(hour: int, minute: int = 0, day: int = 5) -> datetime:
    return datetime(2026, 1, day, hour, minute)  # noqa: DTZ001  (local time of the house)


@pytest.mark.parametrize(
    ("so", "says"),
    [
        ({"asked_alone": False}, "Ask her first, alone, how she feels about a group."),
        ({"agreed": False}, "Her yes to being in groups is missing. Ask her, or offer individual sessions."),
        ({"level": ""}, "Groups wait until her risk is assessed. Offer individual sessions."),
        ({"level": "high"}, "Nobody at high risk is in a group. Offer individual sessions."),
        (
            {"level": "medium", "therapeutic": True},
            "Therapeutic groups are for low risk that was assessed in time. Offer her it alone.",
        ),
        (
            {"overdue": True, "therapeutic": True},
            "Therapeutic groups are for low risk that was assessed in time. Offer her it alone.",
        ),
    ],
)
def test_what_keeps_her_from_a_group_is_said_with_its_source(so: dict[str, object], says: str) -> None:
    decision = may_be_in_group(**{**READY, **so})  # type: ignore[arg-type]
    assert (decision.allowed, decision.reason) == (False, says)
    assert decision.source == "R4; C&H-L 5.1.2, lines 560-576"


@pytest.mark.parametrize("so", [{}, {"level": "medium"}, {"overdue": True}, {"therapeutic": True}])
def test_who_was_asked_alone_agreed_and_is_not_in_danger_may_join(so: dict[str, object]) -> None:
    assert may_be_in_group(**{**READY, **so})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "overdue", "planned"),
    [
        ("low", False, "low"),
        ("low", True, "medium"),
        ("medium", False, "medium"),
        ("medium", True, "medium"),
        ("high", False, "high"),
        ("", True, "high"),
    ],
)
def test_what_is_not_known_is_planned_as_a_danger(level: str, overdue: bool, planned: str) -> None:
    assert risk_in_planning(level, overdue=overdue) == planned


def test_an_ordinary_course_may_be_offered() -> None:
    assert may_offer(COURSE, house="Casa Lavanda")
    assert may_offer(replace(COURSE, kind=Kind.INDIVIDUAL, min_women=1, max_women=1), house="Casa Lavanda")
    assert may_offer(replace(COURSE, language="es", level="A1"), house="")


@pytest.mark.parametrize(
    ("so", "says", "source"),
    [
        (
            {"minutes": 91},
            "A session lasts 90 minutes at most. Plan more sessions instead.",
            "C&H-L, 5.5, line 946",
        ),
        ({"kind": Kind.INDIVIDUAL}, "An individual session is for one woman.", ""),
        (
            {"min_women": 1},
            "A group has two women or more, and the largest number is not below the smallest.",
            "C&H-L, 5.5, lines 886-887",
        ),
        (
            {"min_women": 6, "max_women": 5},
            "A group has two women or more, and the largest number is not below the smallest.",
            "C&H-L, 5.5, lines 886-887",
        ),
        (
            {"level": "A1", "language": "es", "needs_no_language": True},
            "Either a level, or it can be joined without knowing the language: take one of the two out.",
            "",
        ),
        ({"level": "A1"}, "A level belongs to a language. Choose the language too.", ""),
        (
            {"neutral_name": "Art therapy"},
            "The neutral name tells who comes here, or why. Choose one that any course could have.",
            "R7",
        ),
    ],
)
def test_what_may_not_be_offered_so(so: dict[str, object], says: str, source: str) -> None:
    decision = may_offer(replace(COURSE, **so), house="Casa Lavanda")  # type: ignore[arg-type]
    assert (decision.allowed, decision.reason, decision.source) == (False, says, source)


@pytest.mark.parametrize(("sites", "of_rooms"), [((), ()), ((), (1, 2)), ((1, 2), ()), ((1, 2), (1, 1))])
def test_it_is_held_in_rooms_of_its_places(sites: tuple[int, ...], of_rooms: tuple[int, ...]) -> None:
    assert may_be_held_in(sites, of_rooms)


def test_a_room_of_another_place_is_no_room_of_it() -> None:
    decision = may_be_held_in((1,), (1, 2))
    assert decision.reason == "A room is ticked whose place is not. Tick the place too, or take the room out."


@pytest.mark.parametrize("size", [(5, 10), (5, 5), (10, 10)])
def test_groups_of_five_to_ten_are_advised(size: tuple[int, int]) -> None:
    assert is_of_advised_size(replace(COURSE, min_women=size[0], max_women=size[1]))


@pytest.mark.parametrize("size", [(4, 10), (5, 11)])
def test_another_size_is_said(size: tuple[int, int]) -> None:
    decision = is_of_advised_size(replace(COURSE, min_women=size[0], max_women=size[1]))
    assert decision.reason == "Groups of 5 to 10 are advised: everybody takes part, and the level is alike."
    assert decision.source == "C&H-L, 5.5, lines 886-887"


def test_alone_every_size_is_right() -> None:
    assert is_of_advised_size(replace(COURSE, kind=Kind.INDIVIDUAL, min_women=1, max_women=1))


@pytest.mark.parametrize(
    "text",
    [
        "Group for survivors",
        "Taller de víctimas",
        "Corso per rifugiate",
        "Vittime",
        "Sewing at Casa Lavanda",
        "TERAPIA",
    ],
)
def test_a_name_that_tells_who_comes_is_found(text: str) -> None:
    assert betrays(text, house="Casa Lavanda")


@pytest.mark.parametrize("text", ["Sewing course", "Casa e lavoro", "Scuola Vittoria", "Vitamins and food", ""])
def test_an_ordinary_name_is_not(text: str) -> None:
    assert not betrays(text, house="Casa Lavanda")
    assert not betrays(text, house="")


# Weeks.


def test_weekly_times_stand_on_each_of_their_days() -> None:
    weekly = [Weekly(0, time(9), time(11)), Weekly(2, time(15), time(17))]
    found = windows(weekly, [], first_on=MONDAY, last_on=date(2026, 1, 12))
    assert found == [(at(9), at(11)), (at(15, day=7), at(17, day=7)), (at(9, day=12), at(11, day=12))]


def test_what_is_busy_is_cut_out_and_what_is_free_just_then_is_added() -> None:
    weekly = [Weekly(0, time(9), time(13))]
    changes = [
        Different(MONDAY, MONDAY, time(10), time(11)),
        Different(MONDAY, MONDAY, time(13), time(14), free=True),
    ]
    assert windows(weekly, changes, first_on=MONDAY, last_on=MONDAY) == [(at(9), at(10)), (at(11), at(14))]


def test_a_whole_day_off_leaves_nothing_and_a_whole_day_free_everything() -> None:
    weekly = [Weekly(0, time(9), time(13))]
    assert windows(weekly, [Different(MONDAY, MONDAY)], first_on=MONDAY, last_on=MONDAY) == []
    day = [Different(MONDAY, MONDAY, free=True)]
    assert windows([], day, first_on=MONDAY, last_on=MONDAY) == [(at(0), at(0, day=6))]


def test_days_that_are_different_elsewhere_change_nothing() -> None:
    weekly, elsewhere = [Weekly(0, time(9), time(10))], [Different(date(2026, 2, 1), date(2026, 2, 2))]
    assert windows(weekly, elsewhere, first_on=MONDAY, last_on=MONDAY) == [(at(9), at(10))]


def test_times_that_touch_or_lie_in_one_another_are_one() -> None:
    assert joined([(at(11), at(12)), (at(9), at(11)), (at(9), at(10))]) == [(at(9), at(12))]
    assert joined([(at(9), at(10)), (at(11), at(12))]) == [(at(9), at(10)), (at(11), at(12))]


def test_ticks_become_times_and_times_ticks() -> None:
    weekly = from_ticks({0: [0, 1, 4], 6: [5]})
    assert weekly == [
        Weekly(0, time(9), time(13)),
        Weekly(0, time(17), time(19)),
        Weekly(6, time(19), time(21)),
    ]
    assert ticked(weekly) == {**{day: [] for day in range(7)}, 0: [0, 1, 4], 6: [5]}
    assert ticked([Weekly(0, time(9, 30), time(11))])[0] == []


def test_an_appointment_takes_its_time_out_of_one_day_and_late_ones_end_with_it() -> None:
    day = date(2026, 1, 12)
    at_noon = busy_on((Moment(2026, 1, 12, 12), Moment(2026, 1, 12, 13)))
    late = busy_on((Moment(2026, 1, 12, 23, 30), Moment(2026, 1, 13, 0, 30)))
    found = windows([Weekly(0, time(9), time(23, 45))], [at_noon, late], first_on=day, last_on=day)
    assert [(start.time(), end.time()) for start, end in found] == [
        (time(9), time(12)),
        (time(13), time(23, 30)),
    ]


def test_free_times_are_narrowed_to_the_grid_and_never_widened() -> None:
    times = [
        (Moment(2026, 1, 12, 9), Moment(2026, 1, 12, 10, 10)),
        (Moment(2026, 1, 12, 11, 10), Moment(2026, 1, 12, 12)),
        (Moment(2026, 1, 12, 13, 5), Moment(2026, 1, 12, 13, 20)),
        (Moment(2026, 1, 12, 22), Moment(2026, 1, 13)),
    ]
    assert on_grid(times, minutes=15) == [
        (Moment(2026, 1, 12, 9), Moment(2026, 1, 12, 10)),
        (Moment(2026, 1, 12, 11, 15), Moment(2026, 1, 12, 12)),
        (Moment(2026, 1, 12, 22), Moment(2026, 1, 13)),
    ]
