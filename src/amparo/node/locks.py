"""Locks between the processes of one node: files under flock, freed by the kernel however a process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amparo.node.home import PRIVATE_FILE


class FileLock:
    """A lock on one file: many may share it, or one may have it alone. Closed with `release`."""

    def __init__(self, file: Path) -> None:
        """Open `file`, creating it if it is missing; nothing is locked yet."""
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)

    def share(self) -> None:
        """Wait until nobody has the lock alone, then share it."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def take(self) -> None:
        """Wait until nobody else has the lock, then have it alone."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def take_if_free(self) -> bool:
        """Have the lock alone if nobody else has it; tell whether that worked."""
        return self._if_free(fcntl.LOCK_EX)

    def share_if_free(self) -> bool:
        """Share the lock if nobody has it alone; tell whether that worked."""
        return self._if_free(fcntl.LOCK_SH)

    def release(self) -> None:
        """Give the lock back and close the file."""
        os.close(self._descriptor)

    def _if_free(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Run the block while no other process runs one under the same `file`."""
    lock = FileLock(file)
    try:
        lock.take()
        yield
    finally:
        lock.release()
