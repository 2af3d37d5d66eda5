"""Days of a story: counted from the opening of the case or from today, and never on a weekend that is over (pure)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FROM_NOW = re.compile(r"now(?:([+-]\d+))?")
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The day on which a case was opened, and today."""

    opened: date
    today: date

    def day(self, written: int | str) -> date:
        """The day that is written as a number from the opening, or as `now`, `now-3`, `now+3`."""
        if isinstance(written, int):
            return self._working(self.opened + timedelta(days=written))
        found = _FROM_NOW.fullmatch(written)
        if found is None:
            raise ValueError(f"not a day of a story: {written!r}")
        return self._working(self.today + timedelta(days=int(found[1] or 0)))

    def _working(self, day: date) -> date:
        """What lies back happened on a working day before a weekend; what is to come waits for the day after."""
        over = day.weekday() - _SATURDAY + 1
        if over <= 0 or day == self.today:
            return day
        if day > self.today:
            return day + timedelta(days=3 - over)
        return day - timedelta(days=over)


def calendar(opened_days_ago: int, today: date) -> Calendar:
    """The calendar of a case that was opened about so many days ago, on a working day."""
    day = today - timedelta(days=opened_days_ago)
    return Calendar(day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1)), today)
