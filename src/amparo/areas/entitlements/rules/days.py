"""Counting days as lawyers do: last days, working days, public holidays (contract: entitlements, at its end; pure)."""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta

from amparo.kernel.public_holidays import PublicHolidays, holidays_in

from .scheme import Holidays, Length

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_WORKING_DAYS = 5000  # some twenty years
_SATURDAY = 5


class OutOfReach(ValueError):
    """A day or a length of time that no scheme can mean; the text says so to whoever typed it."""

    def __init__(self, what: object) -> None:
        super().__init__(f"{what} cannot be counted with: days lie between {FIRST_YEAR} and {LAST_YEAR}.")


def public_holidays(place: Holidays | None, country: str) -> PublicHolidays:
    """The holidays that a rule set names, else those of its whole country. Raises UnknownPlace at once."""
    return holidays_in(place.country, place.part) if place else holidays_in(country)


def last_day(start: date, length: Length) -> date:
    """The last day of a time of days, months or years; its first day counts.

    45 days from 1 June end on 15 July, 3 months from 1 June on 31 August. A time of months ends on the day before the
    same date; where the last month has no such day, on the last day of that month, so one month from 31 January ends
    on 28 February (Regulation 1182/71, Article 3(2)(c), for a time whose first day counts). Raises OutOfReach, and
    ValueError for working days, which need a place: `counted`.
    """
    within(start)
    if length.days is not None:
        return _moved(start, length.days - 1)
    months = (length.months or 0) + 12 * (length.years or 0)
    if not months:
        raise ValueError("Working days are counted at a place.")
    return _before_same_date(start, months)


def add_working_days(day: date, count: int, off: Container[date]) -> date:
    """So many working days after the day of receipt, which is day zero. Weekends and the days `off` do not count.

    Raises OutOfReach.
    """
    within(day)
    if not 0 <= count <= MOST_WORKING_DAYS:
        raise OutOfReach(f"{count} working days")
    while count:
        day = _moved(day, 1)
        count -= is_working_day(day, off)
    return day


def is_working_day(day: date, off: Container[date]) -> bool:
    """Whether it is neither on a weekend nor a public holiday."""
    return day.weekday() < _SATURDAY and day not in off


def counted(start: date, length: Length, off: Container[date]) -> date:
    """The last day of a time of any kind: working days after the start, otherwise with the start. Raises OutOfReach."""
    if length.working_days is not None:
        return add_working_days(start, length.working_days, off)
    return last_day(start, length)


def within(day: date) -> date:
    """The day, where a scheme can mean it; raises OutOfReach."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutOfReach(day)
    return day


def _before_same_date(start: date, months: int) -> date:
    if start.day == 1:
        return _moved(_in_month(start, months, 1), -1)
    return _in_month(start, months, start.day - 1)


def _in_month(start: date, months: int, day: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfReach(f"{months} months from {start}")
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _moved(day: date, days: int) -> date:
    try:
        return within(day + timedelta(days))
    except OverflowError:
        raise OutOfReach(f"{days} days from {day}") from None
