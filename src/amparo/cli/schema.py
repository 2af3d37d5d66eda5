"""Whether the database has the tables that this version needs: asked at every start, so it must be quick.

The fingerprint of everything that migrations come from is kept in the database, in a table of the node's
own. Where it is equal, nothing can be missing, and Django need not be asked.
"""

import hashlib
import importlib.metadata
from pathlib import Path

import psycopg

import amparo
from amparo.node import database
from amparo.node.errors import NodeError

FINGERPRINT = "schema"
DEMONSTRATION = "demonstration"
_LIBRARIES_WITH_TABLES = ("Django", "django-allauth", "django-axes", "procrastinate")


def fingerprint() -> str:
    """Return a hash of all our migrations, the settings, and the versions of the libraries with tables."""
    package = Path(amparo.__file__).parent
    wall = package.glob("areas/access/building.py")
    files = [*package.glob("config/settings*.py"), *package.glob("**/migrations/*.py"), *wall]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(bytes(file.relative_to(package)) + b"\0" + file.read_bytes() + b"\0")
    for library in _LIBRARIES_WITH_TABLES:
        digest.update(f"{library}={importlib.metadata.version(library)}\0".encode())
    return digest.hexdigest()


def node_state() -> dict[str, str]:
    """Return what is remembered about this database: its fingerprint, and whether it is a demonstration."""
    with database.connect() as connection:
        try:
            rows = connection.execute("SELECT key, value FROM node_state").fetchall()
        except psycopg.errors.UndefinedTable:
            return {}
    return {str(key): str(value) for key, value in rows}


def make_table() -> None:
    """Make the table that `remember` writes to, if it is missing. Raises NodeError where this login owns nothing."""
    with database.connect() as connection:
        try:
            connection.execute("CREATE TABLE IF NOT EXISTS node_state (key text PRIMARY KEY, value text NOT NULL)")
        except psycopg.errors.InsufficientPrivilege as error:
            raise NodeError("This login may not change the database: DATABASE_URL must name its owner.") from error


def remember(key: str, value: str) -> None:
    """Keep `value` under `key` in the database itself, so that it travels with it."""
    with database.connect() as connection:
        connection.execute(
            "INSERT INTO node_state VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
