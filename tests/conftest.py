"""One database server for the whole run, and the cast."""

import atexit
from contextlib import ExitStack

import pytest
from django.conf import settings

from amparo.node import database
from tests.cast import Cast, make_cast
from tests.world import World, make_world

_server = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    # Slow on purpose elsewhere; the tests sign in a hundred times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _server.enter_context(database.available())
    atexit.register(_server.close)


@pytest.fixture(autouse=True)
def _no_keys_from_another_test() -> None:
    from amparo.areas.vault import sealing

    sealing.forget_keys()


@pytest.fixture
def cast(transactional_cast: None) -> Cast:
    return make_cast()


@pytest.fixture
def world(transactional_cast: None) -> World:
    return make_world()


@pytest.fixture
def transactional_cast(request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.django_db(databases=["default", "keys"]))
    request.getfixturevalue("db")
