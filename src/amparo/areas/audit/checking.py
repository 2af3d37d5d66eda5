"""Checking the log against itself and against its anchors: any edit, deletion, reordering, truncation, replacement."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import anchors
from .anchors import Anchor
from .models import Entry

NOTHING_BEFORE = b"\x00" * 32
Place = tuple[int, int]  # a chain, and the number of an entry in it
_COLUMNS = (
    *("chain", "number", "at", "member", "verb", "subject", "person", "facts", "reason", "origin"),
    *("previous", "hash"),
)


@dataclass(frozen=True)
class Break:
    """What does not hold: an entry of a chain, or an anchor (chain None)."""

    chain: int | None
    number: int
    reason: str

    @property
    def where(self) -> str:
        """The place in words."""
        return f"anchor {self.number}" if self.chain is None else f"chain {self.chain}, entry {self.number}"


@dataclass
class Report:
    """What was found. `breaks` is empty where everything holds; what is wrong with the entries comes first."""

    entries: int = 0
    breaks: list[Break] = field(default_factory=list)
    anchors: int = 0
    anchored_at: str = ""
    restored_at: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Promise:
    """What an anchor says of one entry."""

    digest: str
    at: str


def check(place: Path | None = None) -> Report:
    """Check every chain, every anchor in this folder (or the node's), and each against the other."""
    folder = place or anchors.folder()
    before = anchors.read(folder)
    unsound = anchors.first_unsound(before)
    sound = before[: unsound[0] - 1] if unsound else before
    report = Report(anchors=len(sound))
    report.anchored_at = sound[-1].at if sound else ""
    report.restored_at = [anchor.at for anchor in sound if anchor.restored]
    noted = _check_entries(report, _promises(sound))
    if unsound:
        report.breaks.append(Break(None, *unsound))
    elif not report.breaks:
        _check_none_is_missing(report, noted, anchors.read(folder))
    return report


def _check_entries(report: Report, promises: dict[Place, _Promise]) -> dict[int, str]:
    """Walk through the log once, up to the first break; gives the anchors that it notes, by number."""
    noted: dict[int, str] = {}
    chain, number, previous, held = -1, 0, NOTHING_BEFORE, 0
    for row in _in_order():
        if row[0] != chain:
            if _ends_early(report, promises, chain, number):
                return noted
            chain, number, previous, held = row[0], 0, NOTHING_BEFORE, 0
        number += 1
        promise = promises.pop((chain, number), None)
        if wrong := _wrong_with(row, number, previous, promise, held):
            report.breaks.append(wrong)
            return noted
        previous, held = bytes(row[11]), number if promise else held
        report.entries += 1
        if chain == anchors.NODE and row[4] == anchors.VERB:
            noted[int(row[5].removeprefix("anchor "))] = json.loads(row[7])["hash"]
    _ends_early(report, promises, chain, number)
    _lost_chain(report, promises)
    return noted


def _wrong_with(
    row: tuple[Any, ...], number: int, previous: bytes, promise: _Promise | None, held: int
) -> Break | None:
    if row[1] != number:
        return Break(row[0], number, "an entry is missing")
    if bytes(row[10]) != previous or bytes(row[11]) != _hash_of(row):
        return Break(row[0], number, "an entry was changed")
    if promise and promise.digest != bytes(row[11]).hex():
        last = f"entries {held + 1} to {number} are not those that were anchored at {promise.at}"
        return Break(row[0], held + 1, last)
    return None


def _ends_early(report: Report, promises: dict[Place, _Promise], chain: int, number: int) -> bool:
    """Whether entries of this chain were anchored that stand no longer at its end."""
    beyond = [(place, promise) for place, promise in promises.items() if place[0] == chain]
    if not beyond:
        return False
    (_, anchored), promise = max(beyond, key=lambda one: one[0])
    reason = f"the chain ends here, but {anchored} entries were anchored at {promise.at}"
    report.breaks.append(Break(chain, number + 1, reason))
    return True


def _lost_chain(report: Report, promises: dict[Place, _Promise]) -> None:
    if promises and not report.breaks:
        chain, _ = min(promises)
        _ends_early(report, promises, chain, 0)


def _check_none_is_missing(report: Report, noted: dict[int, str], after: list[Anchor]) -> None:
    """The log notes every anchor: one that it knows must be there, as it was."""
    there = {anchor.number: anchor.digest for anchor in after}
    for number, digest in sorted(noted.items()):
        if there.get(number) != digest:
            report.breaks.append(Break(None, number, "the log knows an anchor that is missing, or was changed"))
            return


def _promises(sound: list[Anchor]) -> dict[Place, _Promise]:
    """What must stand in the log. What was anchored after a backup that was put back later is gone, and was said so."""
    found: dict[Place, _Promise] = {}
    floors: list[dict[int, int]] = []
    for anchor in reversed(sound):
        for head in anchor.heads:
            if all(head.number <= floor.get(head.chain, 0) for floor in floors):
                found[head.chain, head.number] = _Promise(head.hash, anchor.at)
        if anchor.restored:
            floors.append({head.chain: head.number for head in anchor.heads})
    return found


def _hash_of(row: tuple[Any, ...]) -> bytes:
    """The hash that an entry must have, from its content and its predecessor's hash."""
    chain, number, at, member, verb, subject, person, facts, reason, origin, previous, _ = row
    parts = (chain, number, at, member or "", verb, subject, person or "", facts, bytes(reason).hex(), origin)
    return hashlib.sha256(bytes(previous) + "\x1f".join(map(str, parts)).encode()).digest()


def _in_order() -> Iterator[tuple[Any, ...]]:
    return Entry.objects.order_by("chain", "number").values_list(*_COLUMNS).iterator(chunk_size=5000)
