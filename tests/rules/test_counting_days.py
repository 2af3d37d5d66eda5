"""Last days, working days and public holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.areas.entitlements.rules.days import (
    MOST_WORKING_DAYS,
    OutOfReach,
    add_working_days,
    counted,
    is_working_day,
    last_day,
    public_holidays,
)
from amparo.areas.entitlements.rules.scheme import Holidays, Length
from amparo.kernel.public_holidays import PublicHolidays, UnknownPlace

ENGLAND = PublicHolidays("GB", "ENG")
NO_HOLIDAYS: frozenset[date] = frozenset()
days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2013, 6, 1), Length(days=45), date(2013, 7, 15)),
        (date(2013, 6, 1), Length(months=3), date(2013, 8, 31)),
        (date(2013, 6, 1), Length(days=1), date(2013, 6, 1)),
        (date(2013, 6, 15), Length(months=6), date(2013, 12, 14)),
        (date(2013, 11, 20), Length(months=3), date(2014, 2, 19)),
        (date(2013, 12, 1), Length(days=45), date(2014, 1, 14)),
        (date(2013, 12, 1), Length(months=1), date(2013, 12, 31)),
        (date(2013, 1, 1), Length(years=1), date(2013, 12, 31)),
        (date(2012, 2, 29), Length(years=1), date(2013, 2, 28)),
        (date(2011, 3, 1), Length(years=1), date(2012, 2, 29)),
        (date(2013, 1, 29), Length(months=1), date(2013, 2, 28)),
        (date(2013, 1, 30), Length(months=1), date(2013, 2, 28)),
        (date(2013, 1, 31), Length(months=1), date(2013, 2, 28)),
        (date(2012, 1, 30), Length(months=1), date(2012, 2, 29)),
        (date(2012, 1, 31), Length(months=1), date(2012, 2, 29)),
        (date(2012, 2, 1), Length(days=30), date(2012, 3, 1)),
        (date(2013, 2, 1), Length(days=30), date(2013, 3, 2)),
        (date(2013, 3, 30), Length(days=2), date(2013, 3, 31)),  # the night the clocks go forward
        (date(2013, 10, 27), Length(days=2), date(2013, 10, 28)),  # and the one they go back
    ],
)
def test_a_time_ends_on_its_last_day_and_the_first_day_counts(start: date, length: Length, end: date) -> None:
    assert last_day(start, length) == end
    assert counted(start, length, ENGLAND) == end


@pytest.mark.parametrize(
    ("received", "count", "due"),
    [
        (date(2013, 3, 4), 5, date(2013, 3, 11)),
        (date(2013, 3, 25), 5, date(2013, 4, 3)),  # Good Friday and Easter Monday stand between
        (date(2013, 3, 28), 1, date(2013, 4, 2)),
        (date(2013, 3, 30), 1, date(2013, 4, 2)),  # received on a Saturday
        (date(2013, 12, 23), 5, date(2014, 1, 2)),  # Christmas Day, Boxing Day, New Year's Day
        (date(2012, 2, 27), 5, date(2012, 3, 5)),  # a leap day is a working day
        (date(2013, 3, 4), 0, date(2013, 3, 4)),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(received: date, count: int, due: date) -> None:
    assert add_working_days(received, count, ENGLAND) == due
    assert counted(received, Length(working_days=count), ENGLAND) == due


def test_each_part_of_a_country_keeps_its_own_holidays() -> None:
    assert date(2013, 3, 29) in ENGLAND
    assert date(2013, 4, 1) in ENGLAND
    assert date(2013, 4, 1) not in PublicHolidays("GB", "SCT")
    assert date(2013, 9, 11) in PublicHolidays("ES", "CT")
    assert date(2013, 9, 11) not in PublicHolidays("ES")
    assert "2013-04-01" not in ENGLAND


def test_a_rule_set_without_a_place_counts_by_its_whole_country() -> None:
    assert public_holidays(None, "GB") == PublicHolidays("GB")
    assert public_holidays(Holidays(country="GB", part="ENG"), "GB") == ENGLAND


@pytest.mark.parametrize("place", [Holidays(country="XX"), Holidays(country="GB", part="XX")])
def test_a_place_whose_holidays_nobody_knows_is_refused_at_once(place: Holidays) -> None:
    with pytest.raises(UnknownPlace, match="not known"):
        public_holidays(place, "GB")


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (date(1, 1, 1), Length(days=45)),
        (date(9999, 12, 31), Length(months=3)),
        (date(2199, 12, 31), Length(days=2)),
        (date(2199, 12, 31), Length(months=2)),
        (date(1900, 1, 1), Length(days=0)),
        (date(2013, 1, 1), Length(days=10**12)),
        (date(2013, 1, 1), Length(years=8000)),
        (date(1, 1, 1), Length(working_days=5)),
        (date(2013, 1, 1), Length(working_days=MOST_WORKING_DAYS + 1)),
        (date(2013, 1, 1), Length(working_days=-1)),
    ],
)
def test_what_no_scheme_can_mean_is_refused_in_words(start: date, length: Length) -> None:
    with pytest.raises(OutOfReach, match="between 1900 and 2199"):
        counted(start, length, ENGLAND)


def test_working_days_are_not_counted_without_a_place() -> None:
    with pytest.raises(ValueError, match="at a place"):
        last_day(date(2013, 3, 4), Length(working_days=5))


@given(days, st.integers(1, 400), st.integers(1, 400))
def test_times_of_days_lie_end_to_end(start: date, first: int, then: int) -> None:
    middle = last_day(start, Length(days=first))
    assert last_day(middle + timedelta(1), Length(days=then)) == last_day(start, Length(days=first + then))


@given(days, days, st.integers(1, 120))
def test_what_starts_later_never_ends_earlier(one: date, other: date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert last_day(earlier, Length(months=months)) <= last_day(later, Length(months=months))


@given(days, st.integers(1, 120))
def test_a_time_of_months_ends_in_the_month_it_should(start: date, months: int) -> None:
    end = last_day(start, Length(months=months))
    apart = (end.year - start.year) * 12 + end.month - start.month
    assert apart == (months - 1 if start.day == 1 else months)
    assert last_day(start, Length(months=months)) < last_day(start, Length(months=months + 1))


@given(days, st.integers(1, 30))
def test_twelve_months_are_a_year(start: date, years: int) -> None:
    assert last_day(start, Length(years=years)) == last_day(start, Length(months=12 * years))


@given(days, st.integers(0, 60))
def test_as_many_working_days_lie_between_as_were_counted(day: date, count: int) -> None:
    due = add_working_days(day, count, ENGLAND)
    between = [day + timedelta(n) for n in range(1, (due - day).days + 1)]
    assert sum(is_working_day(one, ENGLAND) for one in between) == count
    assert due == day or is_working_day(due, ENGLAND)


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_working_days_can_be_counted_in_two_goes(day: date, first: int, then: int) -> None:
    middle = add_working_days(day, first, NO_HOLIDAYS)
    assert add_working_days(middle, then, NO_HOLIDAYS) == add_working_days(day, first + then, NO_HOLIDAYS)


@given(days, st.integers(0, 30))
def test_a_holiday_never_makes_it_earlier(day: date, count: int) -> None:
    assert add_working_days(day, count, ENGLAND) >= add_working_days(day, count, NO_HOLIDAYS)
