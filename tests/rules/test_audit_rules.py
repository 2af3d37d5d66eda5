"""What stands out in the log: each rule just at its limit and just below, by colleague, day and woman."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import UUID

import pytest

from amparo.areas.audit import catalogue
from amparo.areas.audit.rules import (
    Does,
    Finding,
    House,
    Limit,
    Outcome,
    RuleKey,
    Seen,
    is_open,
    is_settled_whole,
    may_look_at,
    unusual,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
NIGHT = NOON.replace(hour=23)
LIMITS = {
    RuleKey.MANY_RECORDS: Limit(3, 60),
    RuleKey.AT_NIGHT: Limit(2, 1440),
    RuleKey.OUTSIDE_TEAM: Limit(2, 1440),
    RuleKey.NAME_ELSEWHERE: Limit(1, 1440),
    RuleKey.EMPTY_SEARCHES: Limit(2, 60),
    RuleKey.IDENTITY_ALONE: Limit(1, 120),
    RuleKey.EMERGENCY: Limit(1, 1440),
}
_numbers = count(1)


def she(number: int) -> UUID:
    return UUID(int=number)


def seen(minutes: int = 0, *, does: Does = Does.LOOKED, member: int = 7, at: datetime = NOON, **more: object) -> Seen:
    moment = at + timedelta(minutes=minutes)
    return Seen(next(_numbers), moment, member, does, **more)  # type: ignore[arg-type]


def found(*entries: Seen, met_on: frozenset[tuple[UUID, date]] = frozenset()) -> dict[RuleKey, Finding]:
    house = House(time(7), time(22), LIMITS, met_on)
    return {one.rule: one for one in unusual(entries, house)}


def reading(*minutes: int, **more: object) -> Iterator[Seen]:
    return (seen(minute, person=she(number), **more) for number, minute in enumerate(minutes))  # type: ignore[arg-type]


def test_many_women_within_an_hour_stand_out_with_the_entries_between_which_it_happened() -> None:
    entries = list(reading(0, 30, 60))
    one = found(*entries)[RuleKey.MANY_RECORDS]
    assert (one.member, one.on, one.count) == (7, NOON.date(), 3)
    assert (one.first, one.last) == (entries[0].number, entries[2].number)
    assert one.person is None


@pytest.mark.parametrize("minutes", [(0, 30, 61), (0, 30), ()])
def test_the_same_women_over_a_longer_time_do_not(minutes: tuple[int, ...]) -> None:
    assert found(*reading(*minutes)) == {}


def test_one_woman_read_often_is_one_woman_by_day_at_night_and_outside_the_team() -> None:
    assert found(*(seen(minute, person=she(1)) for minute in range(20))) == {}
    assert found(*(seen(minute, person=she(1), at=NIGHT, outside=True) for minute in range(20))) == {}


def test_a_woman_read_twice_stays_counted_when_the_first_reading_leaves_the_window() -> None:
    entries = [seen(minute, person=she(who)) for minute, who in ((0, 1), (30, 1), (61, 2), (62, 3))]
    assert found(*entries)[RuleKey.MANY_RECORDS].count == 3


def test_of_two_hours_alike_the_first_is_told_and_a_calm_one_after_it_changes_nothing() -> None:
    entries = list(reading(0, 1, 2, 200, 201, 202))
    one = found(*entries)[RuleKey.MANY_RECORDS]
    assert (one.count, one.first, one.last) == (3, entries[0].number, entries[2].number)


def test_women_that_leave_the_window_and_come_back_are_counted_in_the_densest_hour() -> None:
    entries = [seen(minute, person=she(who)) for minute, who in ((0, 1), (1, 1), (70, 1), (80, 2), (90, 3))]
    one = found(*entries)[RuleKey.MANY_RECORDS]
    assert (one.count, one.first, one.last) == (3, entries[2].number, entries[4].number)


def test_each_colleague_and_each_day_stands_for_itself() -> None:
    others = [seen(0, person=she(1)), seen(1, person=she(2), member=8), seen(2 + 1440, person=she(3))]
    assert found(*others) == {}


@pytest.mark.parametrize("does", [Does.CHANGED, Does.OVERSAW, Does.SEARCHED, Does.MANAGED])
def test_only_coming_to_know_something_counts_as_reading(does: Does) -> None:
    assert found(*reading(0, 1, 2, does=does, at=NIGHT, outside=True)) == {}


def test_women_read_at_night_stand_out_by_the_houses_own_hours() -> None:
    assert found(*reading(0, 5, at=NIGHT))[RuleKey.AT_NIGHT].count == 2
    assert found(*reading(0, at=NIGHT)) == {}
    assert found(*reading(0, 5)) == {}


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        ((7, 22), 7, True),
        ((7, 22), 21, True),
        ((7, 22), 22, False),
        ((7, 22), 6, False),
        ((20, 6), 20, True),
        ((20, 6), 23, True),
        ((20, 6), 5, True),
        ((20, 6), 6, False),
        ((20, 6), 12, False),
        ((0, 0), 3, True),
    ],
)
def test_hours_may_go_over_midnight_or_be_day_and_night(hours: tuple[int, int], at: int, expected: bool) -> None:
    assert is_open(time(at), open_from=time(hours[0]), open_until=time(hours[1])) is expected


def test_women_of_other_teams_stand_out() -> None:
    assert found(*reading(0, 600, outside=True))[RuleKey.OUTSIDE_TEAM].count == 2
    assert found(*reading(0, outside=True)) == {}


def test_a_name_that_belongs_to_a_woman_of_another_team_stands_out_at_once() -> None:
    assert RuleKey.NAME_ELSEWHERE in found(seen(does=Does.SEARCHED, found=0, elsewhere=1))
    assert found(seen(does=Does.SEARCHED, found=1)) == {}


def test_searches_that_find_nobody_stand_out_when_they_go_on() -> None:
    empty = [seen(minute, does=Does.SEARCHED, found=0) for minute in (0, 60)]
    assert found(*empty)[RuleKey.EMPTY_SEARCHES].count == 2
    assert found(empty[0], seen(61, does=Does.SEARCHED, found=0)) == {}
    assert found(*(seen(minute, does=Does.SEARCHED, found=1) for minute in (0, 1))) == {}


def test_an_identity_opened_with_nothing_done_near_it_stands_out_for_each_woman() -> None:
    opened = [seen(0, does=Does.OPENED, person=she(1)), seen(1, does=Does.OPENED, person=she(1))]
    one = found(*opened)[RuleKey.IDENTITY_ALONE]
    assert (one.person, one.count, one.first, one.last) == (she(1), 2, opened[0].number, opened[1].number)
    assert (one.member, one.on) == (7, NOON.date())


def test_what_was_looked_at_before_does_not_hide_an_opening() -> None:
    before = [seen(0, person=she(2)), seen(1, does=Does.OPENED)]
    assert RuleKey.IDENTITY_ALONE in found(*before, seen(2, does=Does.OPENED, person=she(1)))


@pytest.mark.parametrize("does", [Does.CHANGED, Does.PASSED_ON])
@pytest.mark.parametrize("minutes", [-120, 120])
def test_an_identity_opened_for_work_does_not(does: Does, minutes: int) -> None:
    assert found(seen(does=Does.OPENED, person=she(1)), seen(minutes, does=does, person=she(1))) == {}


def test_work_on_another_woman_or_much_later_explains_nothing() -> None:
    opened = seen(does=Does.OPENED, person=she(1))
    for work in (seen(5, does=Does.CHANGED, person=she(2)), seen(121, does=Does.CHANGED, person=she(1))):
        assert RuleKey.IDENTITY_ALONE in found(opened, work)
    assert RuleKey.IDENTITY_ALONE in found(opened, seen(5, does=Does.LOOKED, person=she(1)))


@pytest.mark.parametrize(("days", "explained"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_an_identity_opened_around_the_day_she_is_met_is_work(days: int, explained: bool) -> None:
    met = frozenset({(she(1), NOON.date() + timedelta(days=days))})
    assert (found(seen(does=Does.OPENED, person=she(1)), met_on=met) == {}) is explained


def test_an_identity_of_nobody_is_none() -> None:
    assert found(seen(does=Does.OPENED)) == {}


def test_a_case_opened_because_of_danger_is_always_looked_at() -> None:
    assert RuleKey.EMERGENCY in found(seen(does=Does.EMERGENCY, person=she(1)))


def test_nobody_looks_at_her_own_reading() -> None:
    assert may_look_at(looker=1, about=2)
    assert not may_look_at(looker=1, about=1)


@pytest.mark.parametrize("outcome", Outcome)
def test_whatever_is_not_usual_work_is_told_in_a_sentence(outcome: Outcome) -> None:
    assert is_settled_whole(outcome, "a sentence")
    assert bool(is_settled_whole(outcome, "  ")) is (outcome is Outcome.USUAL_WORK)


def test_every_rule_has_a_limit_with_its_reason() -> None:
    assert set(catalogue.thresholds()) == set(RuleKey)


def test_no_alert_accuses() -> None:
    texts = [
        text for one in catalogue.thresholds().values() for words in (one.name, one.why) for text in words.values()
    ]
    accusing = ("suspic", "violat", "abuse", "misuse", "sospech", "sospett", "abus")
    assert [text for text in texts if any(word in text.lower() for word in accusing)] == []
