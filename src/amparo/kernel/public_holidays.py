"""Public holidays by country, and by part of it where they differ (pure; the package `holidays` keeps the list)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays


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


def holidays_in(country: str, part: str | None = None) -> PublicHolidays:
    """The public holidays of a place. Raises UnknownPlace at once."""
    _of_year(country, part, 2000)
    return PublicHolidays(country, part)


@lru_cache(maxsize=2048)
def _of_year(country: str, part: str | None, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part, years=year))
    except NotImplementedError:
        place = f"{country}-{part}" if part else country
        raise UnknownPlace(f"The public holidays of {place} are not known.") from None
