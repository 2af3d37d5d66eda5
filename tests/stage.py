"""Building the cast once for a module of tests: each test plays in a savepoint on it, then it is struck."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from pytest_django import DjangoDbBlocker

from amparo.node import database

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


@contextmanager
def web_account() -> Iterator[None]:
    """The block asks both databases with the account that the web has on a node."""
    for name in DATABASES:
        with connections[name].cursor() as cursor:
            cursor.execute(f"SET ROLE {database.web_role()}")
    try:
        yield
    finally:
        for name in DATABASES:
            with connections[name].cursor() as cursor:
                cursor.execute("RESET ROLE")


def as_the_web(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer every request of the tests as a node would: a missing grant or policy fails its page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with web_account():
            return get_response(request)

    return middleware
