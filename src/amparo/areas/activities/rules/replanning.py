"""Planning published weeks again: which of the new groups is which of the old ones, and what changes (pure)."""

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from .instance import Moment, Part


class Sitting(Part, frozen=True):
    """One session as it would be; `session` numbers the one that it is now, where there is one."""

    start: Moment
    room: int
    member: int
    session: int | None = None

    @property
    def spot(self) -> tuple[Moment, int, int]:
        """When, where and by whom it is held."""
        return self.start, self.room, self.member


class Making(Part, frozen=True):
    """A group as it would be, by the numbers of its cases; only its sessions that may still be changed."""

    activity: int
    women: tuple[int, ...]
    sessions: tuple[Sitting, ...]
    group: int | None = None


class Left(Part, frozen=True):
    """A request without a place, and why."""

    case: int
    activity: int
    reason: str


class Proposed(Part, frozen=True):
    """Published weeks as they would be, as this is kept: what was held or begins before tomorrow is not in it."""

    groups: tuple[Making, ...]
    left: tuple[Left, ...]


def matched(
    old: Sequence[Making], new: Sequence[Making], begun: Collection[int | None] = frozenset()
) -> tuple[Making, ...]:
    """The new groups, each with the number of the old one that it goes on from, and its sessions with theirs.

    Whoever goes on from whom: those with the most women and sessions in common, of one activity. A course that has
    `begun` is gone on with under its own number only.
    """
    pairs = ((a, b) for a, b in product(range(len(old)), range(len(new))) if old[a].group not in begun or new[b].group)
    likeness = sorted((-_alike(old[a], new[b]), a, b) for a, b in pairs if _alike(old[a], new[b]))
    taken: dict[int, int] = {}
    for _, a, b in likeness:
        if a not in taken.values() and b not in taken:
            taken[b] = a
    return tuple(_going_on(old[taken[b]], one) if b in taken else one for b, one in enumerate(new))


def _alike(one: Making, other: Making) -> int:
    if one.activity != other.activity or (other.group is not None and other.group != one.group):
        return 0
    women = len(set(one.women) & set(other.women))
    sessions = len({each.spot for each in one.sessions} & {each.spot for each in other.sessions})
    known = 1000 if other.group is not None else 0
    return known + 2 * women + sessions


def _going_on(old: Making, new: Making) -> Making:
    """Sessions that stay keep their number; the others take over those that are left, in the order of their starts."""
    left = {one.spot: one.session for one in old.sessions}
    kept = {one.spot: left.pop(one.spot) for one in new.sessions if one.spot in left}
    free = [number for _, number in sorted(left.items())]
    sessions = []
    for one in sorted(new.sessions, key=lambda each: each.spot):
        number = kept[one.spot] if one.spot in kept else free.pop(0) if free else None
        sessions.append(Sitting(start=one.start, room=one.room, member=one.member, session=number))
    return Making(activity=new.activity, women=new.women, sessions=tuple(sessions), group=old.group)


def moves(old: Iterable[Making], new: Iterable[Making]) -> list[tuple[Making, Sitting | None, Sitting | None]]:
    """Every session that changes, with its group: as it was (None: it is new) and as it would be (None: it ends)."""
    was = {one.session: (group, one) for group in old for one in group.sessions}
    found: list[tuple[Making, Sitting | None, Sitting | None]] = []
    for group in new:
        for one in group.sessions:
            _, before = was.pop(one.session, (group, None))
            if before is None or before.spot != one.spot:
                found.append((group, before, one))
    return [*found, *((group, one, None) for group, one in was.values())]


def places(groups: Iterable[Making]) -> set[tuple[int, int | None, int]]:
    """Who has a place where: the case, the group and its activity."""
    return {(case, group.group, group.activity) for group in groups for case in group.women}
