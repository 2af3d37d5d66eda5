"""Which yes of hers was answered, and which still waits."""

from datetime import date

import pytest

from amparo.areas.activities.rules.taking_part import TakingPart, answered_by, is_complete, latest

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 30)
BEFORE, BETWEEN = date(2026, 3, 1), date(2026, 3, 10)


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
    part = TakingPart(FIRST, LAST, is_over=is_over, in_pause=in_pause)
    assert part.answers(asked_on) is is_answered
    assert answered_by(asked_on, [part]) == (part if is_answered else None)


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
    early, late = TakingPart(BEFORE, BETWEEN, is_over=True), TakingPart(BETWEEN, LAST, is_over=False)
    assert latest([late, early]) == late
    assert latest([]) is answered_by(LAST, [early, late]) is None
    assert answered_by(BEFORE, [early, late]) == late


@pytest.mark.parametrize(
    ("today", "is_over", "begun"),
    [(BEFORE, False, False), (FIRST, False, True), (LAST, True, False)],
)
def test_she_is_in_its_midst_from_the_first_day_until_it_is_over(today: date, is_over: bool, begun: bool) -> None:
    assert TakingPart(FIRST, LAST, is_over=is_over).has_begun(today) is begun
