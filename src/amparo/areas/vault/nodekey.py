"""The node's key at the top of the envelope: what it seals, and whether it is the right one. Knows no tables of Django.

Everything sealed with the node's key opens with the keys that it replaced too, so that a replacement needs no pause.
"""

import psycopg

from amparo.node import database, secrets
from amparo.node.errors import NodeError

from . import rules

ORGANISATIONS = "organisation keys"


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
    rows = _wrapped_organisation_keys()
    if rows:
        check_opens(secrets.node_keys(), rows)
    elif _has_people():
        raise NodeError(
            f"The database of keys is empty, but the main database holds people: put it back from "
            f"{secrets.keys_folder()} with `amparo keys restore`. Nothing was changed."
        )
    elif secrets.has_node_key():
        secrets.node_keys()


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


def _has_people() -> bool:
    with database.connect() as main:
        try:
            return bool(main.execute("SELECT 1 FROM people_person LIMIT 1").fetchall())
        except psycopg.errors.UndefinedTable:
            return False
