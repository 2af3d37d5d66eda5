"""Now and today. One place, so that tests and demonstrations can stand at another day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_standing_at: ContextVar[datetime | None] = ContextVar("standing_at", default=None)
_out_of_sight: ContextVar[bool] = ContextVar("out_of_sight", default=False)


def now() -> datetime:
    """This moment, aware, in UTC. Raises RuntimeError where the time would be kept for good (out_of_sight)."""
    if _out_of_sight.get():
        raise RuntimeError("What is worked out once and kept must be given the time; it cannot ask for it.")
    return _standing_at.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """This day in the given time zone (an IANA name); which one is always said: around midnight days differ."""
    return day_of(now(), zone)


def day_of(moment: datetime, zone: str) -> date:
    """The day of an aware moment in the given time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let now() be `moment` inside the block."""
    token = _standing_at.set(moment)
    try:
        yield
    finally:
        _standing_at.reset(token)


@contextmanager
def out_of_sight() -> Iterator[None]:
    """Let nobody ask for the time inside the block: what is made there is kept, and time would stand still in it."""
    token = _out_of_sight.set(True)
    try:
        yield
    finally:
        _out_of_sight.reset(token)
