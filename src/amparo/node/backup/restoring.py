"""Restoring a backup into this node: everything is checked first, then restored beside what is there, then swapped."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import psycopg

from amparo.node import database, secrets
from amparo.node.errors import NodeError
from amparo.node.home import PRIVATE_FILE, explained, home, private_folder, write_private

from . import dump
from .archive import FILE, Contents, contents, read_items, whole
from .frames import Damaged, read_head
from .swap import FOLDERS, PAPERS, in_use, is_served, put_in_place, restoring

_ROOM = 4  # a dump is compressed; its tables and indexes take several times its size


def check(source: Path, keys: Path | None) -> Contents:
    """Read the whole backup with the keys in this folder (the node's own where None) and check every byte.

    Raises NodeError with one line, and exit code 2 where the file is not a whole backup of this node.
    """
    with explained(f"The backup {source} cannot be read"):
        return contents(source, secrets.node_keys(keys))


def bring_keys(folder: Path) -> None:
    """Copy a folder of keys into a home that has no node key. Raises NodeError where it has another one."""
    if folder.resolve() == secrets.keys_folder().resolve():
        return
    if secrets.has_node_key():
        if secrets.node_key() not in secrets.node_keys(folder):
            raise NodeError(f"AMPARO_HOME has another node key than {folder}: nothing was changed.", exit_code=2)
        return
    with explained(f"The keys in {folder} cannot be copied"):
        for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"):
            if file.name != secrets.NODE_KEY:
                place = secrets.keys_folder() / file.relative_to(folder)
                private_folder(place.parent)
                write_private(place, file.read_bytes())
        write_private(secrets.keys_folder() / secrets.NODE_KEY, (folder / secrets.NODE_KEY).read_bytes())


def refuse_to_overwrite() -> None:
    """Raise NodeError where this home holds data already."""
    if _holds_rows() or any(path.is_file() for path in (home() / PAPERS).rglob("*")):
        where = f"AMPARO_HOME {home()}" if database.is_embedded() else "The database of DATABASE_URL"
        raise NodeError(f"{where} holds data already: add --replace to put the backup in its place.", exit_code=2)


def refuse_while_used() -> None:
    """Raise NodeError while somebody else works with the main database: what they save would be lost."""
    with database.connect() as main:
        found = main.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchone()
    if is_served() or (found and found[0]):
        raise in_use()


def refuse_without_room(held: Contents) -> None:
    """Raise NodeError where the disk of this home is too full for what the backup holds."""
    needed = held.bytes_of_files + _ROOM * held.bytes_of_dump
    free = shutil.disk_usage(home()).free
    if free < needed:
        raise NodeError(
            f"There is not enough room in {home()}: {needed // 10**6} MB are needed, {free // 10**6} MB are free. "
            "Nothing was changed."
        )


def restore(source: Path) -> None:
    """Restore a checked backup with the node's own keys and put it in place; where it raises, nothing changed."""
    with restoring() as folder, explained("The backup cannot be restored"), source.open("rb") as file:
        head = read_head(file, source, secrets.node_keys())
        with whole(source):
            for item, content in read_items(file, head):
                if item.kind == FILE:
                    _write(folder / _inside(item.path), content)
                else:
                    dump.load(content, database.RESTORING)
        _ask_for_migration()
        put_in_place()


def _holds_rows() -> bool:
    with database.connect() as main:
        try:
            return bool(main.execute("SELECT 1 FROM orgs_organisation LIMIT 1").fetchall())
        except psycopg.errors.UndefinedTable:
            return False


def _ask_for_migration() -> None:
    """Roles and policies are not in a dump: until `amparo migrate` has run, nothing is served."""
    with database.connect(database.RESTORING) as restored:
        restored.execute("DELETE FROM node_state WHERE key = 'schema'")


def _inside(path: str) -> PurePosixPath:
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or parts.parts[0] not in FOLDERS:
        raise Damaged("a file in it has no place in a node")
    return parts


def _write(place: Path, content: Iterable[bytes]) -> None:
    private_folder(place.parent)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
        for piece in content:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
