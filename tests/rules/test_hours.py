"""The hour that the clocks skip, and the one that comes twice."""

from datetime import date, datetime, time

import pytest

from amparo.kernel.hours import SKIPPED, TWICE, is_one_moment, unclear_hours

MADRID = "Europe/Madrid"
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("on", "at", "expected"),
    [
        (FORWARD, time(1, 59), True),
        (FORWARD, time(2), SKIPPED),
        (FORWARD, time(2, 30), SKIPPED),
        (FORWARD, time(3), True),
        (BACK, time(1, 59), True),
        (BACK, time(2), TWICE),
        (BACK, time(2, 59), TWICE),
        (BACK, time(3), True),
        (date(2026, 3, 30), time(2, 30), True),
    ],
)
def test_a_time_of_the_two_nights_is_told_apart_from_all_others(on: date, at: time, expected: object) -> None:
    found = is_one_moment(on, at, MADRID)
    assert found == expected if expected is not True else found.allowed


def shown(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(on, time(hour, minute))


def test_which_hours_of_a_day_are_unclear() -> None:
    assert unclear_hours(FORWARD, MADRID) == (shown(FORWARD, 2), shown(FORWARD, 3))
    assert unclear_hours(BACK, MADRID) == (shown(BACK, 2), shown(BACK, 3))
    assert unclear_hours(date(2026, 6, 1), MADRID) is None
    assert unclear_hours(FORWARD, "Africa/Lagos") is None


def test_a_day_can_be_skipped_as_a_whole_and_a_change_can_lie_between_two_quarters() -> None:
    skipped = date(2011, 12, 30)
    assert unclear_hours(skipped, "Pacific/Apia") == (shown(skipped, 0), shown(date(2011, 12, 31), 0))
    assert unclear_hours(date(1900, 12, 31), MADRID) is None


def test_where_half_an_hour_is_skipped_it_is_half_an_hour() -> None:
    on = date(2026, 10, 4)
    assert unclear_hours(on, "Australia/Lord_Howe") == (shown(on, 2), shown(on, 2, 30))
