"""A sealed copy of the database of keys in AMPARO_HOME/keys, so that this one folder can be copied by itself.

It is written anew every hour, by each backup, and whenever a key is replaced; whoever is erased leaves it at once. The
main backup holds no key of a person, so that what was destroyed here opens in no backup made before.
"""

import json
import zlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from psycopg import sql

from amparo.kernel import clock
from amparo.node import database, secrets
from amparo.node.errors import NodeError
from amparo.node.home import explained, write_private
from amparo.node.locks import alone

from . import nodekey, rules
from .nodekey import STORE

_LOCK = "store.lock"
_PURPOSE = "key store"
_ORGANISATIONS = ("organisation", "number", "wrapped")
_PERSONS = ("person", "number", "organisation", "wrapped")


@dataclass(frozen=True)
class Store:
    """The rows of both tables of keys, as they were at a moment; every key in them is sealed."""

    made_at: datetime
    organisations: tuple[tuple[int, int, bytes], ...]
    persons: tuple[tuple[UUID, int, int, bytes], ...]


def exists() -> bool:
    """Whether there is a copy."""
    return (secrets.keys_folder() / STORE).exists()


def refresh() -> Store:
    """Write the copy anew from the database of keys. Nothing destroyed meanwhile comes back."""
    with explained("The copy of the keys cannot be written"), alone(secrets.keys_folder() / _LOCK):
        store = _from_database()
        _write(store)
    return store


def forget(persons: Collection[UUID], *, below: int | None = None) -> None:
    """Take the keys of these persons out of the copy, or only those with a number below this one."""
    if not exists():
        return
    with explained("The copy of the keys cannot be written"), alone(secrets.keys_folder() / _LOCK):
        store = read()
        gone = set(persons)
        kept = (row for row in store.persons if row[0] not in gone or (below is not None and row[1] >= below))
        _write(replace(store, persons=tuple(kept)))


def check_opens(key: bytes) -> None:
    """Raise NodeError unless this node key opens the copy."""
    try:
        sealed = (secrets.keys_folder() / STORE).read_bytes()
        nodekey.opened_with((key,), sealed, purpose=_PURPOSE, context=_PURPOSE)
    except rules.Unreadable as wrong:
        raise NodeError("These lists give a key, but not this node's: nothing was written.") from wrong


def read(folder: Path | None = None) -> Store:
    """The copy in this folder of keys; raises NodeError where there is none, or it does not open with the key there."""
    place = folder or secrets.keys_folder()
    file = place / STORE
    if not file.exists():
        raise NodeError(f"There is no copy of the keys at {file}.")
    with explained(f"The copy of the keys {file} cannot be read"):
        sealed = file.read_bytes()
    try:
        opened = nodekey.opened_with(secrets.node_keys(place), sealed, purpose=_PURPOSE, context=_PURPOSE)
    except rules.Unreadable as wrong:
        raise NodeError(f"The copy of the keys {file} is damaged, or belongs to another node key.") from wrong
    return _read_out(json.loads(zlib.decompress(opened)))


def put_back(store: Store) -> None:
    """Write the rows into the database of keys, which must hold none."""
    with database.connect(database.KEYS) as keys, keys.transaction():
        if keys.execute("SELECT 1 FROM vault_organisationkey LIMIT 1").fetchone():
            raise NodeError("The database of keys holds keys already; nothing was changed.")
        for table, columns, rows in (
            ("vault_organisationkey", _ORGANISATIONS, store.organisations),
            ("vault_personkey", _PERSONS, store.persons),
        ):
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
            with keys.cursor().copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)


def _from_database() -> Store:
    with database.connect(database.KEYS) as keys, keys.transaction():
        keys.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        organisations = keys.execute("SELECT organisation, number, wrapped FROM vault_organisationkey").fetchall()
        persons = keys.execute("SELECT person, number, organisation, wrapped FROM vault_personkey").fetchall()
    return Store(clock.now(), tuple(organisations), tuple(persons))


def _write(store: Store) -> None:
    rows = {
        "made_at": store.made_at.isoformat(),
        "organisations": [(*row[:-1], row[-1].hex()) for row in store.organisations],
        "persons": [(str(row[0]), *row[1:-1], row[-1].hex()) for row in store.persons],
    }
    content = zlib.compress(json.dumps(rows).encode(), 1)
    write_private(secrets.keys_folder() / STORE, nodekey.seal_for_node(content, purpose=_PURPOSE, context=_PURPOSE))


def _read_out(rows: dict[str, list[list[str]]]) -> Store:
    return Store(
        datetime.fromisoformat(str(rows["made_at"])),
        tuple((int(one), int(number), bytes.fromhex(key)) for one, number, key in rows["organisations"]),
        tuple(
            (UUID(person), int(number), int(one), bytes.fromhex(key)) for person, number, one, key in rows["persons"]
        ),
    )
