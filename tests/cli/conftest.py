"""The `amparo` command as its users call it: in a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Amparo
from tests.cli.keeping import Seen, copied, fill, look


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


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped node with two women (`home`), and its backup beside it (`first.bak`)."""
    place = tmp_path_factory.mktemp("kept")
    node = Amparo(place / "home")
    assert node("migrate").code == 0
    fill(node)
    assert node("backup", str(place / "first.bak")).code == 0
    return place


@pytest.fixture(scope="session")
def seen(kept: Path) -> Seen:
    """What somebody with its keys finds in that node."""
    return look(Amparo(kept / "home"))


@pytest.fixture
def keeping(kept: Path, tmp_path: Path) -> Iterator[Amparo]:
    """The same node for one test."""
    node = copied(kept / "home", tmp_path / "home")
    yield node
    node.end_everything()
