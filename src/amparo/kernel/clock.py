"""Now and today. One place, so that tests and demonstrations can stand at another day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_standing_at: ContextVar[datetime | None] = ContextVar("standing_at", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _standing_at.get() or datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """This day in the given time zone (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let now() be `moment` inside the block."""
    token = _standing_at.set(moment)
    try:
        yield
    finally:
        _standing_at.reset(token)
