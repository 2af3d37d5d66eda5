"""The node's own secrets: each is made once, at random, and kept in a file that only this account can read."""

import secrets
from pathlib import Path

from amparo.node.errors import NodeError
from amparo.node.home import create_private, explained, prepare_home, private_folder

KEY_BYTES = 32


def node_key() -> bytes:
    """Return the 32 bytes that seal every key below them. Whoever holds them opens the vault."""
    return _kept_secret("node.key")


def django_secret() -> str:
    """Return Django's SECRET_KEY as 64 hexadecimal digits. Changing it only signs everybody out."""
    return _kept_secret("django.key").hex()


def _kept_secret(name: str) -> bytes:
    file = prepare_home() / "keys" / name
    with explained(f"The key file {file} cannot be used"):
        if not file.exists():
            _create(file)
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
