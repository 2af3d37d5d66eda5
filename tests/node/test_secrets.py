"""Secrets are made once and stay; a damaged one is never replaced in silence."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from amparo.node import secrets
from amparo.node.errors import NodeError


def test_the_node_key_is_made_once_and_stays(node_home: Path) -> None:
    assert not secrets.has_node_key()
    made = secrets.make_node_key()
    assert len(made) == 32
    assert secrets.make_node_key() == secrets.node_key() == made


def test_a_missing_key_is_reported_and_never_made_in_passing(node_home: Path) -> None:
    for asks in (secrets.node_key, secrets.node_keys):
        with pytest.raises(NodeError, match=r"node\.key is missing"):
            asks()
    assert not secrets.has_node_key()


def test_a_replaced_key_stays_among_the_old_ones(node_home: Path) -> None:
    first, following = secrets.make_node_key(), secrets.next_node_key()
    assert secrets.next_node_key() == following
    assert secrets.node_keys() == (first, following)
    secrets.promote_next_node_key()
    assert secrets.node_key() == following
    assert secrets.node_keys() == (following, first)
    for file in (node_home / "keys").rglob("*.key*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_recovered_key_replaces_another_only_where_that_was_asked_for(node_home: Path) -> None:
    secrets.restore_node_key(b"r" * 32)
    secrets.restore_node_key(b"r" * 32)
    with pytest.raises(NodeError, match="move it away first"):
        secrets.restore_node_key(b"s" * 32)
    assert secrets.node_key() == b"r" * 32
    secrets.restore_node_key(b"s" * 32, replace=True)
    assert secrets.node_key() == b"s" * 32
    assert (node_home / "keys" / "node.key.unusable").read_bytes() == b"r" * 32


def test_no_two_secrets_are_alike(node_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = secrets.make_node_key()
    assert secrets.django_secret() != first.hex()
    monkeypatch.setenv("AMPARO_HOME", str(tmp_path / "another"))
    assert secrets.make_node_key() != first


def test_only_this_account_can_read_a_key(node_home: Path) -> None:
    secrets.make_node_key()
    assert stat.S_IMODE((node_home / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((node_home / "keys" / "node.key").stat().st_mode) == 0o600


def test_who_asks_at_the_same_moment_gets_the_same_key(node_home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secrets.make_node_key(), range(32)))
    assert len(keys) == 1


def test_a_damaged_key_is_reported_and_kept(node_home: Path) -> None:
    secrets.make_node_key()
    file = node_home / "keys" / "node.key"
    file.write_bytes(b"short")
    with pytest.raises(NodeError, match="damaged"):
        secrets.node_key()
    assert file.read_bytes() == b"short"
