"""Secrets are made once and stay; a damaged one is never replaced in silence."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from amparo.node import secrets
from amparo.node.errors import NodeError


def test_the_node_key_is_made_once_and_stays(node_home: Path) -> None:
    assert len(secrets.node_key()) == 32
    assert secrets.node_key() == secrets.node_key()


def test_no_two_secrets_are_alike(node_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = secrets.node_key()
    assert secrets.django_secret() != first.hex()
    monkeypatch.setenv("AMPARO_HOME", str(tmp_path / "another"))
    assert secrets.node_key() != first


def test_only_this_account_can_read_a_key(node_home: Path) -> None:
    secrets.node_key()
    assert stat.S_IMODE((node_home / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((node_home / "keys" / "node.key").stat().st_mode) == 0o600


def test_who_asks_at_the_same_moment_gets_the_same_key(node_home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secrets.node_key(), range(32)))
    assert len(keys) == 1


def test_a_damaged_key_is_reported_and_kept(node_home: Path) -> None:
    secrets.node_key()
    file = node_home / "keys" / "node.key"
    file.write_bytes(b"short")
    with pytest.raises(NodeError, match="damaged"):
        secrets.node_key()
    assert file.read_bytes() == b"short"
