"""Sealed files on disk, one for each paper: a random name, readable by the node alone, whole or not there at all."""

import errno
import os
import re
import secrets
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.conf import settings

from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused, refused
from amparo.kernel.language import worded
from amparo.node.home import NO_SPACE

from . import rules, sealing

NAME = re.compile(r"[0-9a-f]{40}")
_UNFINISHED = ".part"
# A file without a row is younger than this while its form is being saved.
_SETTLED_AFTER = 3600
FULL = worded(
    "The disk of this node is full: the file was not kept. What you typed is still here. Tell the administrator."
)


def put(owner: UUID | int, content: bytes, *, shelf: str) -> str:
    """Seal the content with its owner's key and keep it on this shelf; gives its name. It is on the disk then.

    The owner is a person, or by its number the organisation, where no person is meant.
    Raises Refused where the disk is full or cannot be written to.
    """
    name = secrets.token_hex(20)
    sealed = _sealed(owner, content, f"file {name}")
    try:
        _write(_folder(shelf) / name, sealed)
    except OSError as wrong:
        if wrong.errno in NO_SPACE or wrong.errno == errno.EROFS:
            raise Refused(refused(FULL)) from wrong
        raise
    return name


def get(owner: UUID | int, name: str, *, shelf: str) -> bytes:
    """The content, opened in memory; raises NotThere where the file is gone."""
    if not NAME.fullmatch(name):
        raise NotThere
    try:
        sealed = (_folder(shelf) / name).read_bytes()
    except FileNotFoundError as gone:
        raise NotThere from gone
    if isinstance(owner, int):
        return sealing.open_of_house(owner, sealed, f"file {name}")
    return sealing.open_bytes(owner, sealed, f"file {name}")


def reseal(name: str, person: UUID, ring: rules.Ring) -> int:
    """Seal a file with the newest key of the ring, in one step; 1 where that had to be done, 0 where not."""
    for path in Path(settings.FILES).glob(f"*/{name}"):
        sealed = path.read_bytes()
        if rules.number_of(sealed[:8]) != max(ring):
            context = f"file {name} {person}"
            _write(path, rules.seal_newest(ring, rules.unseal_any(ring, sealed, context), context))
            return 1
    return 0


def remove(names: Collection[str]) -> None:
    """Delete these files at once, on whichever shelf they stand; those that are gone already are none the less gone."""
    shelves = [one for one in Path(settings.FILES).glob("*") if one.is_dir()]
    for name in names:
        for shelf in shelves if NAME.fullmatch(name) else ():
            (shelf / name).unlink(missing_ok=True)


def sweep(shelf: str, *, known: Collection[str]) -> int:
    """Delete what no row knows and no form is still saving; gives how many."""
    before = clock.now().timestamp() - _SETTLED_AFTER
    removed = 0
    for path in _folder(shelf).iterdir():
        ours = NAME.fullmatch(path.name.removesuffix(_UNFINISHED))
        if ours and path.name not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _sealed(owner: UUID | int, content: bytes, field: str) -> bytes:
    if isinstance(owner, int):
        return sealing.seal_of_house(owner, content, field)
    return sealing.seal_bytes(owner, content, field)


def _folder(shelf: str) -> Path:
    folder = Path(settings.FILES) / shelf
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, exist_ok=True)
    return folder


def _write(path: Path, sealed: bytes) -> None:
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
