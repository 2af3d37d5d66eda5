"""The node's key at the top of the envelope: what it seals, and whether it is the right one. Knows no tables of Django.

Everything sealed with the node's key opens with the keys that it replaced too, so that a replacement needs no pause.
"""

import psycopg
from psycopg import sql

from amparo.node import database, secrets
from amparo.node.errors import NodeError

from . import rules

ORGANISATIONS = "organisation keys"
#: The sealed copy of the keys, beside the node's key.
STORE = "store.sealed"


def seal_for_node(content: bytes, *, purpose: str, context: str) -> bytes:
    """Seal with the node's key, derived for one purpose. Raises NodeError where the key file is missing."""
    return rules.seal(rules.derived(secrets.node_key(), purpose), content, context)


def open_for_node(sealed: bytes, *, purpose: str, context: str) -> bytes:
    """What was sealed with the node's key or one it replaced; raises Unreadable otherwise."""
    return opened_with(secrets.node_keys(), sealed, purpose=purpose, context=context)


def opened_with(keys: tuple[bytes, ...], sealed: bytes, *, purpose: str, context: str) -> bytes:
    """What was sealed with one of these node keys; raises Unreadable otherwise."""
    for key in keys:
        try:
            return rules.unseal(rules.derived(key, purpose), sealed, context)
        except rules.Unreadable:
            continue
    raise rules.Unreadable("a key does not open with the node's key")


def context_of(organisation: int) -> str:
    """The place for which an organisation's key is sealed."""
    return f"organisation {organisation}"


def check() -> None:
    """Refuse a missing, damaged or foreign key file, and lost keys, before anything is served or changed.

    Both databases must be available. Raises NodeError with one line; nothing is ever made or changed here.
    """
    try:
        rows = _wrapped_organisation_keys()
    except psycopg.errors.InsufficientPrivilege:  # the web's own login sees one organisation at a time
        secrets.node_keys()
        return
    if rows:
        check_opens(secrets.node_keys(), rows)
    elif _holds_sealed("people_person"):
        raise NodeError(
            f"The database of keys is empty, but the main database holds people: put it back from "
            f"{secrets.keys_folder()} with `amparo keys restore`. Nothing was changed."
        )
    elif secrets.has_node_key():
        secrets.node_keys()


def has_keys() -> bool:
    """Whether the database of keys holds any."""
    return bool(_wrapped_organisation_keys())


def persons_without_keys() -> list[str]:
    """The codes of the persons whose words do not open: they were erased, or their keys are lost."""
    with database.connect(database.KEYS) as keys, database.connect() as main:
        known = {row[0] for row in keys.execute("SELECT DISTINCT person FROM vault_personkey")}
        return sorted(
            code for person, code in main.execute("SELECT id, code FROM people_person") if person not in known
        )


def check_recovered(key: bytes) -> bool:
    """Whether there were keys in the database to try this one on; raises NodeError where it is not theirs."""
    rows = _wrapped_organisation_keys()
    try:
        check_opens((key,), rows)
    except NodeError as wrong:
        raise NodeError("These lists give a key, but not this node's: nothing was written.") from wrong
    return bool(rows)


def check_opens(keys: tuple[bytes, ...], rows: list[tuple[int, bytes]]) -> None:
    """Raise NodeError unless every one of these organisation keys opens with one of these node keys."""
    for organisation, wrapped in rows:
        try:
            opened_with(keys, wrapped, purpose=ORGANISATIONS, context=context_of(organisation))
        except rules.Unreadable as wrong:
            raise NodeError(
                f"The key file {secrets.keys_folder() / secrets.NODE_KEY} is not the one that this node's keys were "
                "sealed with: put the right one back. Nothing was changed."
            ) from wrong


def _wrapped_organisation_keys() -> list[tuple[int, bytes]]:
    with database.connect(database.KEYS) as keys:
        try:
            found = keys.execute("SELECT organisation, wrapped FROM vault_organisationkey").fetchall()
        except psycopg.errors.UndefinedTable:
            return []
    return [(int(organisation), bytes(wrapped)) for organisation, wrapped in found]


def _holds_sealed(table: str) -> bool:
    with database.connect() as main:
        try:
            found = main.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table)))
        except psycopg.errors.UndefinedTable:
            return False
        return found.fetchone() is not None
