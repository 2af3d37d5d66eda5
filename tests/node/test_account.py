"""Root starts the server under another account, which must be able to reach the server's programs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from amparo.node import account
from amparo.node.account import Account
from amparo.node.errors import NodeError


@pytest.fixture
def hidden_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package with the server's programs, below a folder that only this account can enter."""
    source = account._package_folder()
    tmp_path.chmod(0o700)
    ignored = shutil.ignore_patterns("include", "*.a", "pginstall", "share")
    for part in (source, source.with_name(f"{source.name}.libs")):
        if part.exists():
            shutil.copytree(part, tmp_path / part.name, ignore=ignored)
    monkeypatch.setattr(account, "_package_folder", lambda: tmp_path / source.name)
    return tmp_path / source.name


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every account can enter."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def test_an_ordinary_user_runs_the_server_as_oneself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account.server_account(tmp_path) == Account(None, None)


def test_root_runs_the_server_as_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    chosen = account.server_account(tmp_path / "data")
    assert chosen.user not in {None, 0}


def test_files_that_exist_keep_their_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    kept = os.stat_result((0o40700, 1, 1, 1, 4321, 4322, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "exists", lambda _: True)
    monkeypatch.setattr(Path, "stat", lambda _: kept)
    assert account.server_account(tmp_path) == Account(4321, 4322)


def test_a_machine_without_any_such_account_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "_ACCOUNTS_FOR_ROOT", ("nobody-has-this-name",))
    with pytest.raises(NodeError, match="cannot run as root"):
        account.server_account(tmp_path / "data")


def test_programs_that_only_root_can_reach_are_copied_to_where_all_can(
    hidden_package: Path, open_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "_PLACES_FOR_COPIES", (open_place / "cache",))
    found = account.programs(Account(4321, 4322))
    assert found.is_relative_to(open_place)
    assert account.open_to_all(found / "postgres")
    version = subprocess.run([found / "initdb", "--version"], check=True, capture_output=True, text=True)
    assert "PostgreSQL" in version.stdout
    assert account.programs(Account(4321, 4322)) == found


def test_a_place_that_somebody_else_could_write_to_is_not_used(
    hidden_package: Path, open_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (open_place / "cache").mkdir()
    (open_place / "cache").chmod(0o777)
    monkeypatch.setattr(account, "_PLACES_FOR_COPIES", (open_place / "cache",))
    with pytest.raises(NodeError, match="install Amparo elsewhere"):
        account.programs(Account(4321, 4322))


def test_an_ordinary_user_needs_no_copy(hidden_package: Path) -> None:
    assert account.programs(Account(None, None)).is_relative_to(hidden_package)
