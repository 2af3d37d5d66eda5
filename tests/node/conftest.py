"""A node's folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from amparo.node import postgres


@pytest.fixture
def node_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a new node, below one that only this account can enter; nothing is in it yet."""
    tmp_path.chmod(0o700)
    folder = tmp_path / "home"
    monkeypatch.setenv("AMPARO_HOME", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for variable in ("KEYS_DATABASE_URL", "WEB_DATABASE_URL", "WEB_KEYS_DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    return folder


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a server that the tests of one module only read from."""
    with postgres.running(tmp_path_factory.mktemp("shared") / "home") as socket:
        yield socket
