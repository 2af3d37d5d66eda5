"""The `amparo` command as its users call it: in a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Amparo


@pytest.fixture
def amparo(tmp_path: Path) -> Iterator[Amparo]:
    """The command with a home that does not exist yet."""
    command = Amparo(tmp_path / "home")
    yield command
    command.end_everything()


@pytest.fixture(scope="session")
def home_set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a node that was set up before."""
    home = tmp_path_factory.mktemp("node") / "home"
    assert Amparo(home)("migrate").code == 0
    return home


@pytest.fixture
def node(home_set_up: Path) -> Iterator[Amparo]:
    """The command with the home of a node that was set up before; nothing of it runs yet."""
    command = Amparo(home_set_up)
    yield command
    command.end_everything()
