"""The two nights of a year on which the clocks change: an hour that is skipped, and one that comes twice (PEP 495)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amparo.kernel.decision import ALLOWED, Decision, refused

SKIPPED = refused("The clocks go forward on this night, and this hour does not exist. Choose another.")
TWICE = refused("The clocks go back on this night, and this hour comes twice. Choose another.")
_STEP = timedelta(minutes=15)


def is_one_moment(on: date, at: time, zone: str) -> Decision:
    """Whether a time of day in a time zone (an IANA name) is one moment: not skipped on that day, not twice in it."""
    here = datetime.combine(on, at.replace(tzinfo=ZoneInfo(zone)))
    first, second = here.replace(fold=0).utcoffset(), here.replace(fold=1).utcoffset()
    if first is None or second is None or first == second:
        return ALLOWED
    return SKIPPED if first < second else TWICE


def unclear_hours(on: date, zone: str) -> tuple[datetime, datetime] | None:
    """From when to when, as clocks show it, the times of that day are no single moments; None on most days.

    In steps of a quarter of an hour, in which every time zone of today changes its clocks.
    """
    start, end = datetime.combine(on, time()), datetime.combine(on + timedelta(days=1), time())
    if _offset(start, zone) == _offset(end, zone):
        return None
    steps = (start + number * _STEP for number in range((end - start) // _STEP))
    found = [at for at in steps if not is_one_moment(on, at.time(), zone)]
    return (found[0], found[-1] + _STEP) if found else None


def _offset(at: datetime, zone: str) -> timedelta | None:
    return at.replace(tzinfo=ZoneInfo(zone)).utcoffset()
