"""Counting days as lawyers do: last days, working days, public holidays (contract: entitlements, at its end; pure)."""

from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from .scheme import Holidays, Length

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_WORKING_DAYS = 5000  # some twenty years
_SATURDAY = 5


class OutOfReach(ValueError):
    """A day or a length of time that no scheme can mean; the text says so to whoever typed it."""

    def __init__(self, what: object) -> None:
        super().__init__(f"{what} cannot be counted with: days lie between {FIRST_YEAR} and {LAST_YEAR}.")


class UnknownPlace(ValueError):
    """A country or a part of it whose public holidays nobody here knows."""


@dataclass(frozen=True)
class PublicHolidays:
    """The public holidays of one place in any year: `day in PublicHolidays("GB", "ENG")`. Raises UnknownPlace."""

    country: str
    part: str | None = None

    def __contains__(self, day: object) -> bool:
        """Whether nobody works there on this day by law."""
        return isinstance(day, date) and day in _of_year(self.country, self.part, day.year)


def public_holidays(place: Holidays | None, country: str) -> PublicHolidays:
    """The holidays that a rule set names, else those of its whole country. Raises UnknownPlace at once."""
    found = PublicHolidays(place.country, place.part) if place else PublicHolidays(country)
    _of_year(found.country, found.part, 2000)
    return found


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


@lru_cache(maxsize=2048)
def _of_year(country: str, part: str | None, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part, years=year))
    except NotImplementedError:
        place = f"{country}-{part}" if part else country
        raise UnknownPlace(f"The public holidays of {place} are not known.") from None
