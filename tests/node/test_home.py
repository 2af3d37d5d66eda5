"""The node's folder is closed to others, and nothing above it is touched."""

import errno
import os
import stat
import tempfile
from pathlib import Path

import pytest

from amparo.node import home
from amparo.node.errors import NodeError
from tests.node.privileges import without_root


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_home_is_closed_to_everybody_else(node_home: Path) -> None:
    assert home.prepare_home() == node_home
    assert mode(node_home) == 0o700


def test_folders_made_on_the_way_are_closed_too(node_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_HOME", str(node_home / "deep" / "down"))
    home.prepare_home()
    assert [mode(node_home), mode(node_home / "deep"), mode(node_home / "deep" / "down")] == [0o700] * 3


@pytest.mark.parametrize("permissions", [0o700, 0o751, 0o755])
def test_the_folder_above_keeps_its_permissions(tmp_path: Path, node_home: Path, permissions: int) -> None:
    tmp_path.chmod(permissions)
    home.prepare_home()
    assert mode(tmp_path) == permissions


def test_an_empty_folder_that_others_can_read_is_closed(node_home: Path) -> None:
    node_home.mkdir(mode=0o755)
    home.prepare_home()
    assert mode(node_home) == 0o700


def test_a_home_that_somebody_opened_is_closed_again(node_home: Path) -> None:
    home.private_folder(home.prepare_home() / "keys")
    node_home.chmod(0o755)
    home.prepare_home()
    assert mode(node_home) == 0o700


def test_a_folder_in_use_for_something_else_is_refused_and_left_as_it_is(node_home: Path) -> None:
    node_home.mkdir(mode=0o755)
    (node_home / "holiday.txt").write_text("sun")
    with pytest.raises(NodeError, match="chmod 700") as refusal:
        home.prepare_home()
    assert refusal.value.exit_code == 2
    assert mode(node_home) == 0o755


def test_a_read_only_place_is_named_in_one_line() -> None:
    place = Path(tempfile.mkdtemp())
    place.chmod(0o555)

    def start() -> None:
        os.environ["AMPARO_HOME"] = str(place / "home")
        with pytest.raises(NodeError, match=r"^AMPARO_HOME .*/home cannot be used: this account may not write there"):
            home.prepare_home()

    without_root(start)
    place.rmdir()


def test_a_home_that_turned_read_only_is_named_in_one_line(node_home: Path) -> None:
    place = Path(tempfile.mkdtemp())
    (place / "home").mkdir(mode=0o555)

    def start() -> None:
        os.environ["AMPARO_HOME"] = str(place / "home")
        with pytest.raises(NodeError, match=r"cannot be used: this account may not write there"):
            home.prepare_home()

    without_root(start)
    (place / "home").rmdir()
    place.rmdir()


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "quota"), (errno.EROFS, "read-only file system")],
)
def test_what_the_disk_refuses_is_told_in_plain_words(
    node_home: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(NodeError, match=reason) as refusal:
        home.prepare_home()
    assert "\n" not in str(refusal.value)


def test_a_private_file_is_replaced_in_one_step_and_closed_to_others(node_home: Path) -> None:
    file = home.prepare_home() / "kept"
    home.write_private(file, b"before")
    home.write_private(file, b"after")
    assert file.read_bytes() == b"after"
    assert mode(file) == 0o600
    assert [each.name for each in node_home.iterdir()] == ["kept"]


def test_a_file_that_is_created_never_replaces_another(node_home: Path) -> None:
    file = home.prepare_home() / "kept"
    home.create_private(file, b"first")
    with pytest.raises(FileExistsError):
        home.create_private(file, b"second")
    assert file.read_bytes() == b"first"
    assert [each.name for each in node_home.iterdir()] == ["kept"]


def test_a_checkout_keeps_its_home_in_var(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMPARO_HOME", raising=False)
    assert home.home() == Path(__file__).resolve().parents[2] / "var"


def test_an_installed_package_uses_the_folder_for_users_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AMPARO_HOME", raising=False)
    monkeypatch.setattr(home, "__file__", str(tmp_path / "site-packages" / "amparo" / "node" / "home.py"))
    assert home.home() == home.user_data_path("amparo", appauthor=False)
