"""Time on the grid: a moment is the number of its slot, a set of slots the bits of a whole number."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

Slots = int


def span(start: int, end: int) -> Slots:
    """The slots from `start` up to `end`, which is not among them."""
    return ((1 << max(end - start, 0)) - 1) << start


def starts_within(free: Slots, length: int) -> Slots:
    """The slots from which `length` slots in a row are free."""
    have = 1
    while have < length and free:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def numbers(slots: Slots) -> list[int]:
    """The slots one by one, in order."""
    return [number for number, bit in enumerate(reversed(f"{slots:b}")) if bit == "1"]


class Piece(NamedTuple):
    """What takes the slots from `start` up to `end` if `literal` holds; of those `alike` only one does.

    `alike` begins with the party: who or what is there. `number`: what goes with it and is counted.
    """

    start: int
    end: int
    site: int
    alike: tuple[Hashable, ...]
    literal: Any
    number: int = 0


def together(pieces: Iterable[Piece], moments: Iterable[int] = ()) -> Iterator[tuple[int, list[Piece]]]:
    """The largest sets of pieces that share a slot, each with that slot; at `moments` whatever is there."""
    ordered = sorted(pieces, key=lambda piece: (piece.start, piece.end))
    asked = set(moments)
    ticks = sorted({piece.start for piece in ordered} | asked)
    now: list[Piece] = []
    given = 0
    for tick, following in zip_longest(ticks, ticks[1:]):
        now = [piece for piece in now if piece.end > tick]
        while given < len(ordered) and ordered[given].start <= tick:
            now.append(ordered[given])
            given += 1
        if now and (
            following is None or tick in asked or following in asked or any(one.end <= following for one in now)
        ):
            yield tick, list(now)
