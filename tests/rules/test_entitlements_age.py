"""How old what we know of the law is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.areas.entitlements.rules.age import Age, Freshness, age_of

DAYS = some.dates(date(1990, 1, 1), date(2090, 1, 1))


def test_rules_checked_in_2013_are_old_and_say_how_many_years() -> None:
    age = age_of(date(2013, 6, 1), date(2026, 11, 22))
    assert (age.years, age.freshness) == (13, Freshness.OLD)


@pytest.mark.parametrize(
    ("today", "freshness"),
    [
        (date(2024, 5, 31), Freshness.RECENT),
        (date(2025, 5, 30), Freshness.RECENT),
        (date(2025, 5, 31), Freshness.AGEING),
        (date(2027, 5, 30), Freshness.AGEING),
        (date(2027, 5, 31), Freshness.OLD),
    ],
)
def test_a_check_ages_on_its_anniversaries(today: date, freshness: Freshness) -> None:
    assert age_of(date(2024, 5, 31), today).freshness is freshness


def test_a_month_is_full_only_on_its_day() -> None:
    assert age_of(date(2026, 1, 31), date(2026, 2, 28)) == Age(0)
    assert age_of(date(2026, 1, 31), date(2026, 3, 30)) == Age(1)
    assert age_of(date(2026, 1, 31), date(2026, 3, 31)) == Age(2)


def test_a_check_that_lies_ahead_counts_as_of_today() -> None:
    assert age_of(date(2027, 1, 1), date(2026, 1, 1)) == Age(0)


@given(DAYS, DAYS, DAYS)
def test_what_was_checked_later_is_never_older(one: date, other: date, today: date) -> None:
    earlier, later = sorted((one, other))
    assert age_of(later, today).months <= age_of(earlier, today).months
