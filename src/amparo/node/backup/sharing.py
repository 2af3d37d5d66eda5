"""Replacing keys is kept apart from backups: one that holds values of both keys would open with neither alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from amparo.node import secrets
from amparo.node.errors import NodeError
from amparo.node.home import private_folder
from amparo.node.locks import FileLock


@contextmanager
def alone_with_the_keys(*, shared: bool = False) -> Iterator[None]:
    """Have the keys to oneself, or share them with other backups; raises NodeError where others have them."""
    lock = FileLock(private_folder(secrets.keys_folder()) / "rotation.lock")
    try:
        if not (lock.share_if_free() if shared else lock.take_if_free()):
            raise NodeError("Keys are being replaced or a backup is being made: wait until that is done.")
        yield
    finally:
        lock.release()
