"""Weekly times, and the days that are different, as windows of single days (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Window = tuple[datetime, datetime]

#: The parts of a day that are ticked, two hours each.
BLOCKS: tuple[tuple[time, time], ...] = tuple((time(hour), time(hour + 2)) for hour in range(9, 21, 2))
DAYS = range(7)


@dataclass(frozen=True, slots=True)
class Weekly:
    """From when to when on a weekday (0 is Monday), every week."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Different:
    """Days that are not as others: not free, or (with `free`) just then; without times, the whole day."""

    first_on: date
    last_on: date
    starts: time | None = None
    ends: time | None = None
    free: bool = False


def windows(weekly: Iterable[Weekly], different: Iterable[Different], *, first_on: date, last_on: date) -> list[Window]:
    """The windows of each day of these weeks, in order and joined where they touch. What is busy beats what is free."""
    usual, changes = list(weekly), list(different)
    found: list[Window] = []
    for day in each_day(first_on, last_on):
        mine = [one for one in changes if one.first_on <= day <= one.last_on]
        free = [_on(day, one.starts, one.ends) for one in usual if one.weekday == day.weekday()]
        free += [_on(day, one.starts, one.ends) for one in mine if one.free]
        for busy in (_on(day, one.starts, one.ends) for one in mine if not one.free):
            free = [rest for window in free for rest in _without(window, busy)]
        found += joined(free)
    return found


def joined(times: Iterable[Window]) -> list[Window]:
    """The same times in order, those that touch or overlap as one."""
    found: list[Window] = []
    for start, end in sorted(times):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def busy_on(window: Window) -> Different:
    """Not free from when to when on one day; what goes on past midnight ends with it."""
    starts, ends = window
    return Different(starts.date(), starts.date(), starts.time(), None if ends.date() > starts.date() else ends.time())


def on_grid(times: Iterable[Window], *, minutes: int) -> list[Window]:
    """What of these times begins and ends on a grid of so many minutes: never more than there was."""
    inside = [(_down(start + timedelta(minutes=minutes - 1), minutes), _down(end, minutes)) for start, end in times]
    return [(start, end) for start, end in inside if start < end]


def _down(at: datetime, minutes: int) -> datetime:
    midnight = datetime.combine(at.date(), time())
    return midnight + (at - midnight) // timedelta(minutes=minutes) * timedelta(minutes=minutes)


def ticked(weekly: Sequence[Weekly]) -> dict[int, list[int]]:
    """The numbers of the blocks that lie wholly inside the times, by weekday."""
    return {
        day: [
            place
            for place, (starts, ends) in enumerate(BLOCKS)
            if any(one.weekday == day and one.starts <= starts and ends <= one.ends for one in weekly)
        ]
        for day in DAYS
    }


def from_ticks(ticks: dict[int, list[int]]) -> list[Weekly]:
    """The weekly times that ticked blocks make, blocks in a row as one time."""
    some_day = date(2000, 1, 3)
    found = []
    for day in DAYS:
        blocks = [_on(some_day, *BLOCKS[place]) for place in ticks.get(day, [])]
        found += [Weekly(day, start.time(), end.time()) for start, end in joined(blocks)]
    return found


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _on(day: date, starts: time | None, ends: time | None) -> Window:
    last = datetime.combine(day, ends) if ends else datetime.combine(day + timedelta(days=1), time())
    return datetime.combine(day, starts or time()), last


def _without(window: Window, busy: Window) -> list[Window]:
    start, end = window
    rest = [(start, min(end, busy[0])), (max(start, busy[1]), end)]
    return [(one, other) for one, other in rest if one < other]
