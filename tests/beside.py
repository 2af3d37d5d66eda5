"""Something that happens at the same time on a connection of its own, held where a test wants it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections

_LONG = 20.0
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


class Beside(Thread):
    """Work in a thread; `result` is what it gave, `error` what it raised."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.result: Any = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.result = self._work()
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            self.error = error
        finally:
            connections.close_all()

    def ended(self) -> "Beside":
        """Wait for its end."""
        self.join(_LONG)
        if self.is_alive():
            pytest.fail("It has not come to an end.")
        return self


class Pause:
    """A place at which the first who comes waits until the test says `go`."""

    def __init__(self) -> None:
        self._reached, self._go = Event(), Event()

    def here(self) -> None:
        first = not self._reached.is_set()
        self._reached.set()
        if first and not self._go.wait(_LONG):
            raise TimeoutError

    def wait_until_reached(self) -> None:
        assert self._reached.wait(_LONG)

    def go(self) -> None:
        self._go.set()


@contextmanager
def paused(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, work: Callable[[], Any]) -> Iterator[Beside]:
    """`work` has come out of `owner.name` and waits there, in the middle of its transaction, during the block."""
    pause, kept = Pause(), getattr(owner, name)

    def held(*args: Any, **more: Any) -> Any:
        found = kept(*args, **more)
        pause.here()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, held)
        beside = Beside(work)
        beside.start()
        pause.wait_until_reached()
    try:
        yield beside
    finally:
        pause.go()
        beside.ended()


def started(work: Callable[[], Any]) -> Beside:
    """It runs, and has come so far that it waits for somebody else's transaction."""
    beside = Beside(work)
    beside.start()
    end = time.monotonic() + _LONG
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return beside
        time.sleep(0.01)
    pytest.fail("Nobody waits for anybody.")
