"""A first plan, quickly: activity by activity the group that suits most women, then the next, until none is left."""

import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .board import Board
from .problem import Meeting, Problem, Request, Session
from .slots import numbers

_BEAM = 6
_PER_DAY = 5


class _Spot(NamedTuple):
    """A session that could be held, and the women whom it suits, as bits."""

    day: int
    site: int
    start: int
    women: int


class _Row(NamedTuple):
    """Sessions chosen so far, and the women whom all of them suit."""

    women: int
    spots: tuple[_Spot, ...]


def build(problem: Problem, board: Board, chance: random.Random, activities: Iterable[int] | None = None) -> None:
    """Add to the board what can be added one after another, the scarcest and worthiest first."""
    answered = {(woman, meeting.activity) for meeting in board.meetings for woman in meeting.women}
    left = {
        activity: [one for one in asked if one.bar is None and (one.woman, activity) not in answered]
        for activity, asked in problem.of_activity.items()
    }
    wanted = [one for one in (left if activities is None else activities) if left.get(one)]
    for activity in sorted(wanted, key=lambda one: _order(problem, one, chance), reverse=True):
        if problem.is_alone(activity):
            for request in sorted(left[activity], key=lambda one: chance.random()):
                _add_group(problem, board, activity, [request], chance)
        else:
            asked = left[activity]
            while len(asked) >= problem.least(activity):
                women = _add_group(problem, board, activity, asked, chance)
                if not women:
                    break
                asked = [one for one in asked if one.woman not in women]


def _order(problem: Problem, activity: int, chance: random.Random) -> float:
    """Groups first, since they need common time; then by worth for the time of a professional."""
    wanted = problem.activities[activity]
    worth = wanted.weight * wanted.max_women / (wanted.sessions * problem.lengths[activity])
    return worth * chance.uniform(0.6, 1.4)


def _add_group(
    problem: Problem, board: Board, activity: int, asked: Sequence[Request], chance: random.Random
) -> tuple[int, ...]:
    """Add the best group of these women that is found; returns who is in it."""
    best: Meeting | None = None
    for professional in problem.held_by[activity]:
        able = [one for one in asked if professional in one.professionals]
        spots = _spots(problem, board, activity, professional, able)
        for row in _rows(problem, activity, spots, chance):
            meeting = _meeting(problem, board, activity, professional, able, row)
            if meeting and (best is None or len(meeting.women) > len(best.women)):
                best = meeting
    if best is None:
        return ()
    board.add(best)
    return best.women


def _spots(problem: Problem, board: Board, activity: int, professional: int, able: Sequence[Request]) -> list[_Spot]:
    alone = able[0].woman if able and problem.is_alone(activity) else None
    found = []
    for site, starts in board.starts_for_professional(activity, professional, alone).items():
        free = starts & board.starts_with_room(activity, site)
        suits: dict[int, int] = {}
        for bit, request in enumerate(able):
            for start in numbers(board.starts_for_her(request, site) & free):
                suits[start] = suits.get(start, 0) | 1 << bit
        found += [_Spot(problem.day(start), site, start, women) for start, women in suits.items()]
    return _few_a_day(found, problem.least(activity))


def _few_a_day(spots: Iterable[_Spot], least: int) -> list[_Spot]:
    """Of each day the spots that suit most; of those that suit the same women the earliest."""
    by_day: dict[int, dict[int, _Spot]] = {}
    for spot in sorted(spots, key=lambda one: (one.start, one.site)):
        if spot.women.bit_count() >= least:
            by_day.setdefault(spot.day, {}).setdefault(spot.women, spot)
    best = (
        sorted(day.values(), key=lambda one: -one.women.bit_count())[:_PER_DAY] for _, day in sorted(by_day.items())
    )
    return [spot for day in best for spot in day]


def _rows(problem: Problem, activity: int, spots: Sequence[_Spot], chance: random.Random) -> list[_Row]:
    """The best rows of sessions, the days far enough apart, by a search that keeps a few at each step."""
    wanted, least = problem.activities[activity], problem.least(activity)
    rows = [_Row(~0, ())]
    for _ in range(wanted.sessions):
        longer = [
            _Row(row.women & spot.women, (*row.spots, spot))
            for row in rows
            for spot in spots
            if (row.women & spot.women).bit_count() >= least and _after(problem, activity, row, spot)
        ]
        longer.sort(key=lambda row: (-row.women.bit_count(), row.spots[-1].day + 2 * chance.random()))
        rows = longer[:_BEAM]
    return rows


def _after(problem: Problem, activity: int, row: _Row, spot: _Spot) -> bool:
    if not row.spots:
        return True
    last, apart = row.spots[-1], problem.activities[activity].days_apart
    return spot.day - last.day >= apart and spot.start >= last.start + problem.lengths[activity]


def _meeting(
    problem: Problem, board: Board, activity: int, professional: int, able: Sequence[Request], row: _Row
) -> Meeting | None:
    """The row as a group of as many of its women as may be together; None where those are too few."""
    wanted, length = problem.activities[activity], problem.lengths[activity]
    kinds = [_kinds_free(problem, board, activity, spot) for spot in row.spots]
    seats = min(max((problem.kinds[kind].seats for kind in free), default=0) for free in kinds)
    women: list[int] = []
    children = 0
    room = min(board.care_left(spot.site, spot.start, length) for spot in row.spots)
    for bit, request in enumerate(able):
        looked_after = not request.children or children + request.children <= room
        apart = not problem.avoided_women[request.woman] & set(women)
        if row.women >> bit & 1 and looked_after and apart and len(women) < min(seats, wanted.max_women):
            women.append(request.woman)
            children += request.children
    if len(women) < problem.least(activity):
        return None
    chosen = (next(kind for kind in free if problem.kinds[kind].seats >= len(women)) for free in kinds)
    sessions = tuple(Session(spot.start, spot.site, kind) for spot, kind in zip(row.spots, chosen, strict=True))
    return Meeting(activity, tuple(women), professional, sessions)


def _kinds_free(problem: Problem, board: Board, activity: int, spot: _Spot) -> list[int]:
    """The kinds of rooms for it that are free then, the smallest first."""
    there, length = problem.kinds_for(activity, spot.site), problem.lengths[activity]
    free = [kind for kind in there if board.room_starts(kind, length) >> spot.start & 1]
    return sorted(free, key=lambda kind: problem.kinds[kind].seats)
