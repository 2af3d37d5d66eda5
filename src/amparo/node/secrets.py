"""The node's own secrets: each is made once, at random, and kept in a file that only this account can read.

`keys/node.key` is in use. While it is being replaced its successor stands beside it (`node.key.next`); those that were
replaced stay in `keys/old/`, because backups made in their time are sealed with them.
"""

import hashlib
import secrets
from pathlib import Path

from amparo.node.errors import NodeError
from amparo.node.home import create_private, explained, home, prepare_home, private_folder, write_private

KEY_BYTES = 32
NODE_KEY = "node.key"
_NEXT = "node.key.next"
_OLD = "old"


def keys_folder() -> Path:
    """The folder of the node's secrets, which need not exist yet."""
    return home() / "keys"


def has_node_key() -> bool:
    """Whether the node has a key, whatever is in the file."""
    return (keys_folder() / NODE_KEY).exists()


def node_key() -> bytes:
    """Return the 32 bytes that seal every key below them. Whoever holds them opens the vault.

    Raises NodeError where the file is missing or damaged: a key is never made in the place of a lost one.
    """
    file = keys_folder() / NODE_KEY
    if not file.exists():
        raise NodeError(
            f"The key file {file} is missing: put it back from your copy of keys/, or run `amparo keys recover` "
            "with the custodians' word lists. Nothing was changed."
        )
    return _read(file)


def node_keys(folder: Path | None = None) -> tuple[bytes, ...]:
    """The node's key, its successor while it is being replaced, and those it had before; raises like `node_key`."""
    place = folder or keys_folder()
    current = _read(place / NODE_KEY) if folder else node_key()
    others = [place / _NEXT, *sorted((place / _OLD).glob("*.key"))]
    return (current, *(_read(file) for file in others if file.exists()))


def make_node_key() -> bytes:
    """Make the node's first key. Only for a node that has sealed nothing yet: the caller has made sure of that."""
    return _kept_secret(NODE_KEY)


def next_node_key() -> bytes:
    """The key that will replace the node's, made if this is the beginning of a replacement."""
    return _kept_secret(_NEXT)


def promote_next_node_key() -> None:
    """Put the successor in the place of the node's key, which stays among the old ones."""
    folder = keys_folder()
    with explained(f"The key file {folder / NODE_KEY} cannot be replaced"):
        keep_old_node_key(node_key())
        write_private(folder / NODE_KEY, _read(folder / _NEXT))
        (folder / _NEXT).unlink()


def keep_old_node_key(key: bytes) -> None:
    """Keep a key that was in use, so that what it sealed still opens."""
    write_private(private_folder(keys_folder() / _OLD) / f"{fingerprint(key)}.key", key)


def restore_node_key(key: bytes, *, replace: bool = False) -> None:
    """Write a recovered key. Another that stands there is put aside as `node.key.unusable`, if `replace` allows it.

    Raises NodeError where it does not.
    """
    prepare_home()
    file = keys_folder() / NODE_KEY
    with explained(f"The key file {file} cannot be written"):
        if file.exists() and file.read_bytes() != key:
            if not replace:
                raise NodeError(f"There is another key at {file}: move it away first. Nothing was written.")
            write_private(file.with_name(f"{NODE_KEY}.unusable"), file.read_bytes())
        write_private(private_folder(file.parent) / NODE_KEY, key)


def fingerprint(key: bytes) -> str:
    """What a key is called: sixteen digits that tell nothing about it."""
    return hashlib.sha256(b"amparo key " + key).hexdigest()[:16]


def django_secret() -> str:
    """Return Django's SECRET_KEY as 64 hexadecimal digits. Changing it only signs everybody out."""
    return _kept_secret("django.key").hex()


def _kept_secret(name: str) -> bytes:
    prepare_home()
    file = keys_folder() / name
    with explained(f"The key file {file} cannot be used"):
        if not file.exists():
            _create(file)
    return _read(file)


def _read(file: Path) -> bytes:
    with explained(f"The key file {file} cannot be used"):
        secret = file.read_bytes()
    if len(secret) != KEY_BYTES:
        raise NodeError(f"The key file {file} is damaged: it must hold {KEY_BYTES} bytes. Restore it from a backup.")
    return secret


def _create(file: Path) -> None:
    private_folder(file.parent)
    try:
        create_private(file, secrets.token_bytes(KEY_BYTES))
    except FileExistsError:
        return  # another process was faster: its key is the one
