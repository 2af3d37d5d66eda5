"""How old what we know of the law is (pure). Rules that nobody compared with the law for years are a beginning only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: From how many full years on what was checked is no longer recent, and from how many it is old: ours to set.
AGEING_YEARS = 1
OLD_YEARS = 3


class Freshness(StrEnum):
    """How far what was checked can be relied on."""

    RECENT = "recent"
    AGEING = "ageing"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Age:
    """The full months since the rules were compared with the law."""

    months: int

    @property
    def years(self) -> int:
        """The full years."""
        return self.months // 12

    @property
    def freshness(self) -> Freshness:
        """Recent, ageing or old."""
        if self.years >= OLD_YEARS:
            return Freshness.OLD
        return Freshness.AGEING if self.years >= AGEING_YEARS else Freshness.RECENT


def age_of(checked_on: date, today: date) -> Age:
    """How old it is today; a check that lies ahead of today counts as of today."""
    months = (today.year - checked_on.year) * 12 + today.month - checked_on.month
    return Age(max(months - (today.day < checked_on.day), 0))
