"""Reading the log and checking its chain."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from .models import Entry

NOTHING_BEFORE = b"\x00" * 32


@dataclass(frozen=True)
class Break:
    """The first entry that does not follow from the one before it."""

    chain: int
    number: int
    reason: str


def hash_of(entry: Entry) -> bytes:
    """The hash that the entry must have, from its content and its predecessor's hash."""
    parts = (entry.chain, entry.number, entry.at, entry.member or "", entry.verb, entry.subject, entry.person or "")
    line = "\x1f".join(str(part) for part in (*parts, entry.facts, bytes(entry.reason).hex(), entry.origin))
    return hashlib.sha256(bytes(entry.previous) + line.encode()).digest()


def first_break() -> Break | None:
    """The first broken entry over all chains, oldest first within each; None where every entry holds."""
    chain, number, previous = None, 0, NOTHING_BEFORE
    for entry in _in_order():
        if entry.chain != chain:
            chain, number, previous = entry.chain, 0, NOTHING_BEFORE
        number += 1
        if entry.number != number:
            return Break(entry.chain, number, "an entry is missing")
        if bytes(entry.previous) != previous or bytes(entry.hash) != hash_of(entry):
            return Break(entry.chain, number, "an entry was changed")
        previous = bytes(entry.hash)
    return None


def count() -> int:
    """How many entries the log holds."""
    return Entry.objects.count()


def _in_order() -> Iterator[Entry]:
    return Entry.objects.order_by("chain", "number").iterator(chunk_size=5000)
