"""One database server for the whole run, and the cast."""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from amparo.node import database
from tests.cast import Cast, make_cast
from tests.stage import DATABASES, standing
from tests.world import World, make_world

_server = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    # Slow on purpose elsewhere; the tests sign in a hundred times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # What is set up belongs to the owner; what is asked over the web, to the web's account.
    settings.MIDDLEWARE = ["tests.stage.as_the_web", *settings.MIDDLEWARE]
    _server.enter_context(database.available())
    atexit.register(_server.close)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & {"cast", "world", "committed_cast"} and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=DATABASES, transaction="committed_cast" in asked))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """What `amparo migrate` does besides: the wall, and the node's key."""
    from amparo.areas.access import building
    from amparo.areas.vault import sealing

    with django_db_blocker.unblock():
        for alias in DATABASES:
            building.build(alias)
        sealing.prepare_node_key()


@pytest.fixture(autouse=True)
def _no_keys_from_another_test() -> None:
    from amparo.areas.vault import sealing

    sealing.forget_keys()


@pytest.fixture(scope="module")
def _cast_on_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with standing(make_cast, django_db_blocker) as built:
        yield built


@pytest.fixture(scope="module")
def _world_on_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with standing(make_world, django_db_blocker) as built:
        yield built


@pytest.fixture
def cast(_cast_on_stage: Cast) -> Cast:
    return deepcopy(_cast_on_stage)


@pytest.fixture
def world(_world_on_stage: World) -> World:
    return deepcopy(_world_on_stage)


@pytest.fixture
def committed_cast(transactional_db: None) -> Iterator[Cast]:
    """For tests with transactions of their own; they stand in a module without `cast` and `world`."""
    yield make_cast()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # its tables are not ours, so nothing else empties them
