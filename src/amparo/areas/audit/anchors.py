"""Anchors: the last entry of every chain, signed, in files outside the database that only grow.

Whoever owns the database can write the whole chain anew with hashes that fit. What was anchored cannot be written anew
without the key, nor be left out: every anchor carries the hash of the one before, and the log notes each one.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from amparo.kernel import clock
from amparo.node import anchor_keys
from amparo.node.home import PRIVATE_FILE, explained, home, prepare_home, private_folder
from amparo.node.locks import alone

from .actions import Trace, record

VERB = "log anchored"
NODE = 0
_FIRST = "0" * 64
_MEANT = b"amparo anchor of the log\n"  # a signature under anything else is none under an anchor


@dataclass(frozen=True)
class Head:
    """The last entry of a chain; its number is also how many there are."""

    chain: int
    number: int
    hash: str
    at: str


@dataclass(frozen=True)
class Anchor:
    """One line of a file: the heads as they stood at a moment. `digest` is the hash of the line."""

    number: int
    at: str
    heads: tuple[Head, ...]
    restored: bool
    previous: str
    key: str
    signature: str
    digest: str

    @property
    def entries(self) -> int:
        """How many entries the log held."""
        return sum(head.number for head in self.heads)


def folder() -> Path:
    """Where the files stand: AMPARO_ANCHORS, such as a place that can be written once, or AMPARO_HOME/anchors."""
    chosen = os.environ.get("AMPARO_ANCHORS", "")
    return Path(chosen).expanduser().absolute() if chosen else home() / "anchors"


def write(*, restored: bool = False) -> Anchor | None:
    """Sign how the log stands now and add it to the day's file; None where nothing was logged since the last time.

    `restored` tells that the log was set back by a backup, so that entries anchored after it are gone for good.
    Raises NodeError where the key or the folder cannot be used.
    """
    with explained(f"The anchors in {folder()} cannot be written"), alone(prepare_home() / "anchors.lock"):
        last = _last(folder())
        heads = _heads()
        if last and not restored and not _has_moved(last, heads):
            return None
        anchor = _append(last, heads, restored=restored)
    record(Trace(VERB, f"anchor {anchor.number}", facts={"hash": anchor.digest}), organisation=NODE, member=None)
    return anchor


def read(place: Path) -> list[Anchor]:
    """Every anchor of this folder in the order of its files. A line that a crash cut off is none."""
    with explained(f"The anchors in {place} cannot be read"):
        return [anchor for file in sorted(place.glob("*.jsonl")) for anchor in _anchors_of(file)]


def first_unsound(anchors: list[Anchor]) -> tuple[int, str] | None:
    """The number of the first anchor that is forged or missing in this list, and why; None where all are sound."""
    keys, previous, oldest_key = anchor_keys.known_keys(), _FIRST, 0
    for number, anchor in enumerate(anchors, start=1):
        if anchor.number != number or anchor.previous != previous:
            return number, "this anchor is missing, or was changed"
        if anchor.key not in keys[oldest_key:]:
            return number, "this anchor is signed with a key that is not the node's"
        if not anchor_keys.is_signed(_content(anchor), key=anchor.key, signature=anchor.signature):
            return number, "this anchor is not what was signed"
        previous, oldest_key = anchor.digest, keys.index(anchor.key)
    return None


def _last(place: Path) -> Anchor | None:
    files = sorted(place.glob("*.jsonl"), reverse=True)
    newest = next((found for file in files if (found := list(_anchors_of(file)))), [])
    return max(newest, key=lambda anchor: anchor.number, default=None)


def _heads() -> tuple[Head, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, number, encode(hash, 'hex'), at FROM audit_heads()")
        return tuple(Head(*row) for row in cursor.fetchall())


def _has_moved(last: Anchor, heads: tuple[Head, ...]) -> bool:
    """Whether anything but the note of the last anchor itself was logged since."""
    noted = {head.chain: head.number for head in last.heads}
    noted[NODE] = noted.get(NODE, 0) + 1
    return any(head.number > noted.get(head.chain, 0) for head in heads)


def _append(last: Anchor | None, heads: tuple[Head, ...], *, restored: bool) -> Anchor:
    draft = Anchor(
        number=last.number + 1 if last else 1,
        at=clock.now().isoformat(),
        heads=heads,
        restored=restored,
        previous=last.digest if last else _FIRST,
        key="",
        signature="",
        digest="",
    )
    key, signature = anchor_keys.sign(_content(draft))
    line = json.dumps({**_told(draft), "key": key, "signature": signature}, sort_keys=True).encode()
    place = folder() if os.environ.get("AMPARO_ANCHORS") else private_folder(folder())
    _add_line(place / f"{draft.at[:10]}.jsonl", line)
    return _anchor(line)


def _add_line(file: Path, line: bytes) -> None:
    """Add a line, on the disk when this returns. It begins with an end of line, should a crash have cut one off."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    try:
        os.write(descriptor, b"\n" + line + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _anchors_of(file: Path) -> Iterator[Anchor]:
    for line in file.read_bytes().split(b"\n"):
        try:
            yield _anchor(line)
        except (ValueError, KeyError, TypeError):
            continue  # cut off, or no anchor: the next one's number and hash tell whether one is missing


def _anchor(line: bytes) -> Anchor:
    told: dict[str, Any] = json.loads(line)
    return Anchor(
        number=int(told["number"]),
        at=str(told["at"]),
        heads=tuple(
            Head(int(one["chain"]), int(one["number"]), str(one["hash"]), str(one["at"])) for one in told["heads"]
        ),
        restored=bool(told["restored"]),
        previous=str(told["previous"]),
        key=str(told["key"]),
        signature=str(told["signature"]),
        digest=hashlib.sha256(line).hexdigest(),
    )


def _told(anchor: Anchor) -> dict[str, object]:
    return {
        "number": anchor.number,
        "at": anchor.at,
        "heads": [vars(head) for head in anchor.heads],
        "entries": anchor.entries,
        "restored": anchor.restored,
        "previous": anchor.previous,
    }


def _content(anchor: Anchor) -> bytes:
    return _MEANT + json.dumps(_told(anchor), sort_keys=True).encode()
