"""Figures of the programme: what one activity adds up to, and what of it leaves without showing anybody (pure; R15)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from .evaluating import mean_answer

#: No figure of one to four women is shown outside the coordination (R15).
FEWEST = 5
#: Others see counts in steps, so that two tables taken one after the other do not show one woman's coming or going.
STEP = 5
#: And money in steps, since the price of a ticket tells how many there were.
STEP_CENTS = 100_00

Answers = Mapping[str, int | str]


@dataclass(frozen=True)
class Span:
    """Days of a report, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Figures:
    """One activity in a span. None: hidden, since too few women stand behind it."""

    activity: int
    name: str
    asked: int | None = 0  # women who were asked about it
    wanted: int | None = 0  # who said yes
    served: int | None = 0  # who had a place
    stayed: int | None = 0  # whose place lasted to the last session of their group, once that is over
    sessions: int | None = 0  # that were held
    came: int | None = 0  # comings, of all women together
    missed: int | None = 0
    at_start: float | None = None  # 1 to 5
    at_end: float | None = None
    costs: Mapping[str, int] | None = None  # cents by kind
    alone: bool = False  # held with one woman at a time: each session is a coming of hers

    @property
    def cents(self) -> int | None:
        """All costs together."""
        return None if self.costs is None else sum(self.costs.values())


@dataclass(frozen=True)
class CareTime:
    """A time for children on a site: on a weekday, on one day, or (neither named) every day; what one of them costs.

    It counts from `since` to `until`, both included; without them it has always been so, and is so still.
    """

    number: int
    site: int
    weekday: int | None
    on: date | None
    starts: time
    ends: time
    cents: int
    since: date | None = None
    until: date | None = None

    def meets(self, site: int, starts: datetime, ends: datetime) -> bool:
        """Whether a session on this site falls into it."""
        day = starts.date()
        if self.site != site or self.on not in (None, day) or self.weekday not in (None, day.weekday()):
            return False
        if day < (self.since or day) or day > (self.until or day):
            return False
        zone = starts.tzinfo
        return starts < datetime.combine(day, self.ends, zone) and datetime.combine(day, self.starts, zone) < ends


def cents_of_care(times: Sequence[CareTime], sessions: Iterable[tuple[int, datetime, datetime]]) -> int:
    """What the times for children cost into which one of these sessions falls (site, start, end): each time once."""
    met = {(one, starts.date()) for site, starts, ends in sessions for one in times if one.meets(site, starts, ends)}
    return sum(one.cents for one, _ in met)


def quarter_of(on: date) -> Span:
    """The quarter of a year that this day lies in."""
    first = date(on.year, on.month - (on.month - 1) % 3, 1)
    begins_next = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return Span(first, begins_next - timedelta(days=1))


def quarters(today: date, *, count: int, running: bool) -> list[Span]:
    """The latest quarters, the newest first; with `running` also the one that is not over."""
    found, span = [], quarter_of(today)
    for _ in range(count + 1):
        found.append(span)
        span = quarter_of(span.first - timedelta(days=1))
    return found[:count] if running else found[1:]


def mean_said(women: Sequence[Answers], *, fewest: int) -> float | None:
    """The mean of what they said, each woman counted once; None where fewer than `fewest` said something."""
    each = [[one for one in answers.values() if isinstance(one, int)] for answers in women]
    said = [sum(one) / len(one) for one in each if one]
    return mean_answer(said, fewest=fewest)


def for_others(row: Figures) -> Figures:
    """The row as it is shown outside the coordination (R15).

    A count of one to four is hidden, and so is a count that would give such a one away by subtraction from the one it
    is part of (asked and wanted, served and stayed, came and missed). What stays is rounded down to steps.
    """
    asked, wanted = _pair(row.asked, row.wanted)
    served, stayed = _pair(row.served, row.stayed)
    shown = served is not None and served >= FEWEST
    came, missed = (row.came, row.missed) if shown else (None, None)
    if _is_few(came) or _is_few(missed):
        came = missed = None
    costs = {kind: cents // STEP_CENTS * STEP_CENTS for kind, cents in (row.costs or {}).items()} if shown else None
    return replace(
        row,
        asked=_stepped(asked),
        wanted=_stepped(wanted),
        served=_stepped(served),
        stayed=_stepped(stayed),
        sessions=(_stepped(row.sessions) if shown else None) if row.alone else row.sessions,
        came=_stepped(came),
        missed=_stepped(missed),
        at_start=row.at_start if shown else None,
        at_end=row.at_end if shown else None,
        costs=costs,
    )


def _pair(whole: int | None, part: int | None) -> tuple[int | None, int | None]:
    """A count and one that is part of it, with what shows too few taken out."""
    if _is_few(whole):
        return None, None
    rest = None if whole is None or part is None else whole - part
    return (whole, None) if _is_few(part) or _is_few(rest) else (whole, part)


def _is_few(count: int | None) -> bool:
    return count is not None and 0 < count < FEWEST


def _stepped(count: int | None) -> int | None:
    return None if count is None else count // STEP * STEP
