"""Which yes of hers was answered, and which still waits."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from amparo.areas.activities.rules.states import Agreed
from amparo.areas.activities.rules.taking_part import (
    Stop,
    TakingPart,
    Weeks,
    Word,
    answered_by,
    as_they_stand,
    is_complete,
    latest,
    stop_of,
    to_tell,
)

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 30)
BEFORE, BETWEEN = date(2026, 3, 1), date(2026, 3, 10)
WEEKS = (FIRST, date(2026, 4, 5))  # the last session is not on their last day
NEXT = (date(2026, 4, 6), date(2026, 4, 19))


@pytest.mark.parametrize(
    ("asked_on", "is_over", "in_pause", "is_answered"),
    [
        (BEFORE, False, False, True),
        (BEFORE, False, True, True),  # her place waits
        (BEFORE, True, False, True),
        (BEFORE, True, True, False),  # it only waited until the end
        (FIRST, False, False, False),  # asked again from its first day on
        (BETWEEN, True, False, False),
    ],
)
def test_a_yes_is_answered_by_what_began_after_it(
    asked_on: date, is_over: bool, in_pause: bool, is_answered: bool
) -> None:
    part = TakingPart(FIRST, LAST, is_over=is_over, weeks=WEEKS, in_pause=in_pause)
    assert part.answers(asked_on) is is_answered
    assert answered_by(asked_on, [part], goes_on=False) == (part if is_answered else None)


@pytest.mark.parametrize(
    ("until", "ends_on", "is_over", "complete"),
    [
        (None, LAST, True, True),
        (LAST, LAST, True, True),
        (BETWEEN, LAST, True, False),
        (LAST, LAST, False, False),
        (None, LAST, False, False),
        (LAST, None, True, False),
        (None, None, True, True),
    ],
)
def test_a_course_is_complete_once_it_is_over_and_she_had_her_place_to_its_end(
    until: date | None, ends_on: date | None, is_over: bool, complete: bool
) -> None:
    assert is_complete(until=until, ends_on=ends_on, is_over=is_over) is complete


def test_what_lasts_longest_is_told() -> None:
    early = TakingPart(BEFORE, BETWEEN, is_over=True, weeks=(BEFORE, BETWEEN))
    late = TakingPart(BETWEEN, LAST, is_over=False, weeks=WEEKS)
    assert latest([late, early]) == late
    assert latest([]) is answered_by(LAST, [early, late], goes_on=False) is None
    assert answered_by(BEFORE, [early, late], goes_on=False) == late


@pytest.mark.parametrize(
    ("today", "is_over", "begun"),
    [(BEFORE, False, False), (FIRST, False, True), (LAST, True, False)],
)
def test_she_is_in_its_midst_from_the_first_day_until_it_is_over(today: date, is_over: bool, begun: bool) -> None:
    assert TakingPart(FIRST, LAST, is_over=is_over, weeks=WEEKS).has_begun(today) is begun


@pytest.mark.parametrize(
    ("planned", "is_hers"),
    [
        (NEXT, False),  # the weeks after
        ((date(2026, 2, 16), BEFORE), False),  # the weeks before
        (WEEKS, True),
        ((date(2026, 4, 5), date(2026, 4, 19)), True),  # one day, on which nothing of hers is held
        ((date(2026, 2, 16), FIRST), True),
        ((BETWEEN, BETWEEN), True),  # in the midst of hers
        ((date(2026, 1, 1), date(2026, 12, 31)), True),  # hers in the midst of them
        (None, True),  # as things stand
    ],
)
@pytest.mark.parametrize("asked_on", [BEFORE, FIRST, LAST])
@pytest.mark.parametrize("in_pause", [False, True])
def test_what_goes_on_is_planned_again_in_weeks_that_do_not_overlap_and_never_twice_in_the_same(
    planned: Weeks | None, is_hers: bool, asked_on: date, in_pause: bool
) -> None:
    part = TakingPart(FIRST, LAST, is_over=False, weeks=WEEKS, in_pause=in_pause)
    assert answered_by(asked_on, [part], goes_on=True, planned=planned) == (part if is_hers else None)


@pytest.mark.parametrize(
    ("asked_on", "in_pause", "planned", "is_answered"),
    [
        (BEFORE, False, WEEKS, True),
        (BEFORE, False, NEXT, False),
        (BEFORE, False, None, False),  # she waits for the next weeks without being asked
        (FIRST, False, WEEKS, False),  # asked again
        (BEFORE, True, WEEKS, False),  # it only waited until the end
    ],
)
def test_once_it_is_over_what_goes_on_is_answered_only_in_weeks_that_overlap_and_until_she_is_asked_again(
    asked_on: date, in_pause: bool, planned: Weeks | None, is_answered: bool
) -> None:
    part = TakingPart(FIRST, LAST, is_over=True, weeks=WEEKS, in_pause=in_pause)
    assert (answered_by(asked_on, [part], goes_on=True, planned=planned) is not None) is is_answered


def word(on: date, *agreed: Agreed, comes_again: bool = False) -> Word:
    return Word(1, on, datetime(2026, 3, 1, tzinfo=UTC), agreed, comes_again=comes_again)


PAUSED, LEFT = Stop(BETWEEN, is_pause=True), Stop(BETWEEN, is_pause=False)
A_PAUSE, AN_END = word(BETWEEN, Agreed.PAUSE), word(BETWEEN, Agreed.LEAVES)
ELSEWHERE = (Agreed.OTHER_TIME, Agreed.OTHER_GROUP, Agreed.ALONE)


@pytest.mark.parametrize(
    ("said", "going_on", "ending"),
    [
        ([], None, None),
        ([A_PAUSE], PAUSED, None),  # of what ends, it is one in its weeks alone
        ([A_PAUSE, word(LAST, comes_again=True)], None, None),
        ([A_PAUSE, word(LAST, Agreed.TICKETS)], None, None),  # something else was agreed
        ([A_PAUSE, word(LAST, Agreed.PAUSE)], Stop(LAST, is_pause=True), None),
        ([word(BETWEEN, Agreed.PAUSE, Agreed.TICKETS)], PAUSED, None),
        ([word(BETWEEN, Agreed.PAUSE, comes_again=True)], PAUSED, None),  # what was agreed counts
        ([word(BETWEEN, Agreed.ASSESS)], None, None),
        ([AN_END], LEFT, LEFT),
        ([AN_END, word(LAST, comes_again=True)], None, None),
        ([AN_END, word(LAST, Agreed.TICKETS)], LEFT, LEFT),
        ([AN_END, word(LAST, Agreed.PAUSE)], LEFT, LEFT),  # no place waits
        ([AN_END, word(LAST, Agreed.PAUSE, comes_again=True)], Stop(LAST, is_pause=True), None),
        ([A_PAUSE, word(BETWEEN, Agreed.LEAVES)], LEFT, LEFT),
        ([word(BETWEEN, Agreed.LEAVES, Agreed.PAUSE)], LEFT, LEFT),
        *[([word(BETWEEN, Agreed.LEAVES, one)], None, None) for one in ELSEWHERE],
        *[([AN_END, word(LAST, one)], None, None) for one in ELSEWHERE],
        ([word(BETWEEN, Agreed.LEAVES, Agreed.ALONE, Agreed.PAUSE)], PAUSED, None),
    ],
)
def test_what_she_chose_stands_until_something_else_is_agreed(
    said: list[Word], going_on: Stop | None, ending: Stop | None
) -> None:
    assert stop_of(BEFORE, said, goes_on=True) == going_on
    assert stop_of(BEFORE, said, goes_on=False) == ending


@pytest.mark.parametrize(("asked_on", "stands"), [(BETWEEN, True), (date(2026, 3, 11), False)])
def test_a_yes_of_a_later_day_ends_what_she_chose_before(asked_on: date, stands: bool) -> None:
    assert stop_of(asked_on, [A_PAUSE], goes_on=True) == (PAUSED if stands else None)
    assert stop_of(asked_on, [AN_END], goes_on=False) == (LEFT if stands else None)
    after = Stop(LAST, is_pause=True)  # an end from before that yes hides no pause
    assert stop_of(date(2026, 3, 11), [AN_END, word(LAST, Agreed.PAUSE)], goes_on=True) == after


@pytest.mark.parametrize(
    ("is_over", "in_pause", "stop", "waits"),
    [
        (False, False, PAUSED, True),
        (False, True, PAUSED, True),
        (False, True, None, False),  # a new yes ended it
        (False, True, LEFT, False),
        (True, True, None, True),  # it only waited until the end, whatever came after
        (True, False, None, False),
        (True, False, PAUSED, False),  # agreed in its midst or later: what came last in it counts
        (True, False, Stop(FIRST, is_pause=True), False),
        (True, False, Stop(BEFORE, is_pause=True), True),
        (True, False, Stop(BEFORE, is_pause=False), False),
    ],
)
def test_a_place_in_what_goes_on_waits_in_all_weeks_after_a_pause(
    is_over: bool, in_pause: bool, stop: Stop | None, waits: bool
) -> None:
    part = TakingPart(FIRST, LAST, is_over=is_over, weeks=WEEKS, in_pause=in_pause)
    assert as_they_stand([part], stop) == [replace(part, in_pause=waits)]


def test_a_place_that_she_has_is_told_before_what_she_chose_and_that_before_what_is_behind_her() -> None:
    over = TakingPart(FIRST, LAST, is_over=True, weeks=WEEKS)
    hers = replace(over, is_over=False)
    assert [to_tell(hers, PAUSED), to_tell(hers, None)] == [hers, hers]
    assert [to_tell(over, LEFT), to_tell(None, LEFT)] == [LEFT, LEFT]
    assert to_tell(over, None) == over
    assert to_tell(None, None) is None
