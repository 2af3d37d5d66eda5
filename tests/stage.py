"""Building the cast once for a module of tests: each test plays in a savepoint on it, then it is struck."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker

DATABASES = ("default", "keys")
Set = TypeVar("Set")


@contextmanager
def standing(build: Callable[[], Set], blocker: DjangoDbBlocker) -> Iterator[Set]:
    """What `build` makes stands in both databases, uncommitted, until the block ends."""
    from amparo.areas.vault import sealing

    with blocker.unblock(), _taken_back("default"), _taken_back("keys"):
        sealing.forget_keys()  # of a module before, whose organisations had the same numbers
        built = build()
        with blocker.block():
            yield built


@contextmanager
def _taken_back(name: str) -> Iterator[None]:
    with transaction.atomic(using=name):
        yield
        transaction.set_rollback(True, using=name)
