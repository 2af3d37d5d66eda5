"""Putting a restored database and its files in the place of those before, all or nothing, also if the machine stops.

Everything is restored beside what is there, and a note says how far that is. Until the note says `ready`, whoever
starts next throws the beginnings away; from then on whoever starts next puts them in place. The databases change their
names in one transaction; a folder is moved once, however often this is begun.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from amparo.node import database
from amparo.node.errors import NodeError
from amparo.node.home import explained, home, private_folder, sync_folder, write_private
from amparo.node.locks import FileLock

#: What a node keeps beside its databases, below AMPARO_HOME. Keys go their own way; logs stay where they are.
PAPERS = "files"
FOLDERS = (PAPERS, "anchors", "entitlements")
_NOTE, _LOCK = "restore.json", "restore.lock"
_BUILDING, _READY = "building", "ready"
_NEW, _OLD = "restoring", "before-restore"
_DATABASES = (database.MAIN, database.RESTORING, database.BEFORE)


@contextmanager
def restoring() -> Iterator[Path]:
    """Have the node for a restore; yields the folder for its files. The database to fill is `database.RESTORING`.

    What was not handed to `put_in_place` when the block ends is thrown away. Raises NodeError while the node serves.
    """
    lock = FileLock(home() / _LOCK)
    try:
        if not lock.take_if_free():
            raise in_use()
        _note(_BUILDING)
        _throw_away()
        _create(database.RESTORING)
        yield private_folder(home() / _NEW)
    finally:
        if _phase() == _BUILDING:
            _throw_away()
            _forget_note()
        lock.release()


@contextmanager
def serving() -> Iterator[None]:
    """Keep restores out during the block; raises NodeError where one is under way."""
    lock = FileLock(home() / _LOCK)
    try:
        if not lock.share_if_free():
            raise _under_way()
        yield
    finally:
        lock.release()


def is_served() -> bool:
    """Whether some process serves this home, or restores into it."""
    lock = FileLock(home() / _LOCK)
    try:
        return not lock.take_if_free()
    finally:
        lock.release()


def put_in_place() -> None:
    """Make what was restored the node's own. From the first line on it will be, even if this is interrupted."""
    _sync_tree(home() / _NEW)
    _note(_READY)
    _finish()


def settle() -> None:
    """Finish or throw away what an interrupted restore left, with the server running; NodeError while one is made."""
    if _phase() is None:
        return
    lock = FileLock(home() / _LOCK)
    try:
        if not lock.take_if_free():
            raise _under_way()
        with explained("An interrupted restore cannot be finished"):
            if _phase() == _READY:
                _finish()
            elif _phase() == _BUILDING:
                _throw_away()
                _forget_note()
    finally:
        lock.release()


def _finish() -> None:
    _swap_databases()
    for name in FOLDERS:
        _swap_folder(name)
    _drop(database.BEFORE)
    for leftover in (_NEW, _OLD):
        shutil.rmtree(home() / leftover, ignore_errors=True)
    _forget_note()


def _swap_databases() -> None:
    names = {which: sql.Identifier(database.name_of(which)) for which in _DATABASES}
    with database.connect_beside() as beside:
        if not _is_there(database.RESTORING):
            return  # done before the interruption
        for which in (database.MAIN, database.RESTORING):
            beside.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                [database.name_of(which)],
            )
        _drop(database.BEFORE)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with beside.transaction():
            if _is_there(database.MAIN):
                beside.execute(rename.format(names[database.MAIN], names[database.BEFORE]))
            beside.execute(rename.format(names[database.RESTORING], names[database.MAIN]))


def _swap_folder(name: str) -> None:
    """Move the folder that was restored to its place, and what stood there out of the way; one that has none stays."""
    new, place, old = home() / _NEW / name, home() / name, private_folder(home() / _OLD) / name
    if not new.exists():
        return  # done before the interruption
    if place.exists():
        shutil.rmtree(old, ignore_errors=True)
        place.rename(old)
    new.rename(place)
    sync_folder(home())


def _throw_away() -> None:
    _drop(database.RESTORING)
    shutil.rmtree(home() / _NEW, ignore_errors=True)


def _create(which: str) -> None:
    with database.connect_beside() as beside:
        name = sql.Identifier(database.name_of(which))
        beside.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(name))


def _drop(which: str) -> None:
    with database.connect_beside() as beside:
        name = sql.Identifier(database.name_of(which))
        beside.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _is_there(which: str) -> bool:
    with database.connect_beside() as beside:
        found = beside.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database.name_of(which)])
        return found.fetchone() is not None


def _note(phase: str) -> None:
    write_private(home() / _NOTE, json.dumps({"phase": phase}).encode())


def _phase() -> str | None:
    try:
        return str(json.loads((home() / _NOTE).read_bytes())["phase"])
    except FileNotFoundError:
        return None


def _forget_note() -> None:
    (home() / _NOTE).unlink(missing_ok=True)
    sync_folder(home())


def _sync_tree(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)


def in_use() -> NodeError:
    """The refusal of a restore while the node works."""
    return NodeError("The node is being used: stop `amparo serve` and every worker first. Nothing was changed.")


def _under_way() -> NodeError:
    return NodeError("A restore is under way in this AMPARO_HOME: wait until it is done.")
