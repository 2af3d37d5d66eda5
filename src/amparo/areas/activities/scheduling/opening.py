"""Groups that may come about: who could join, and which sessions are open to choose from."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .board import Board, Stack
from .problem import Meeting, Problem, Request
from .slots import Slots, numbers


class Choice(NamedTuple):
    """A session that could be chosen: professional, site, slot in which it starts."""

    professional: int
    site: int
    start: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A group that may come about. `fits`: by request and site the starts that suit her.

    `stays`: it is held by these women in any case, in `rooms` (kinds, by start); others of `requests` may join them.
    """

    activity: int
    requests: Sequence[Request]
    choices: Sequence[Choice]
    fits: Mapping[tuple[int, int], Slots]
    stays: Collection[int] = ()
    rooms: Mapping[int, int] = field(default_factory=dict)


def openings(problem: Problem, board: Board, requests: Iterable[Request]) -> list[Opening]:
    """Every group that these requests could make beside what stands on the board: as many as can be full enough."""
    return _openings(problem, board, requests, {})


def openings_beside(
    problem: Problem,
    board: Board,
    activities: Collection[int],
    freed: Collection[Meeting],
    stays: Collection[Meeting],
    chance: random.Random,
    most: int | None = None,
) -> list[Opening]:
    """Openings for the requests of some activities that nothing on the board answers, with about so many choices.

    Each group that was freed can come back as it was. Of other sessions chance picks, those that suit most rather.
    """
    answered = {(woman, one.activity) for one in board.meetings for woman in one.women}
    open_to = [one for one in problem.requests if one.activity in activities]
    asked = [one for one in open_to if one.bar is None and (one.woman, one.activity) not in answered]
    staying = [_staying(problem, board, one, asked) for one in sorted(freed) if one in stays]
    bound_to_stay = {(woman, one.activity) for one in freed if one in stays for woman in one.women}
    free = [one for one in asked if (one.woman, one.activity) not in bound_to_stay]
    were: dict[int, list[Meeting]] = {}
    for meeting in sorted(freed):
        if meeting not in stays:
            were.setdefault(meeting.activity, []).append(meeting)
    wide = _openings(problem, board, free, were if most else {}, limited=most is not None)
    return [*staying, *(_thinned(problem, wide, were, chance, most) if most else wide)]


def _openings(
    problem: Problem,
    board: Board,
    requests: Iterable[Request],
    were: Mapping[int, Sequence[Meeting]],
    *,
    limited: bool = False,
) -> list[Opening]:
    by_activity: dict[int, list[Request]] = {}
    for request in requests:
        if request.bar is None:
            by_activity.setdefault(request.activity, []).append(request)
    found: list[Opening] = []
    for activity, asked in sorted(by_activity.items()):
        if problem.activities[activity].kind == "individual":
            found += [one for each in asked if (one := _opening(problem, board, activity, [each])).choices]
        else:
            many = len(asked) // problem.least(activity)
            some = min(many, len(were.get(activity, ())) + 1) if limited else many
            one = _opening(problem, board, activity, asked)
            found += [one] * some if one.choices else []
    return found


def _staying(problem: Problem, board: Board, meeting: Meeting, asked: Iterable[Request]) -> Opening:
    """The group as it is, open to others who asked."""
    requests = [one for one in asked if one.activity == meeting.activity]
    sites = {session.site for session in meeting.sessions}
    fits = {(one.number, site): board.starts_for_her(one, site) for one in requests for site in sites}
    choices = [Choice(meeting.professional, one.site, one.start) for one in meeting.sessions]
    return Opening(
        meeting.activity, requests, choices, fits, meeting.women, {one.start: one.kind for one in meeting.sessions}
    )


def _opening(problem: Problem, board: Board, activity: int, asked: Sequence[Request]) -> Opening:
    """One group: the starts that suit enough of these women."""
    fits = {(one.number, site): board.starts_for_her(one, site) for one in asked for site in problem.held_on[activity]}
    alone = asked[0].woman if problem.activities[activity].kind == "individual" else None
    rooms = {site: _rooms_free(problem, board, activity, site) for site in problem.held_on[activity]}
    choices = []
    for professional in problem.held_by[activity]:
        able = [one for one in asked if professional in one.professionals]
        for site, starts in board.starts_for_professional(activity, professional, alone).items():
            suits = starts & rooms[site] and starts & rooms[site] & enough_at(
                [fits[one.number, site] for one in able], problem.least(activity)
            )
            choices += [Choice(professional, site, start) for start in numbers(suits)]
    return Opening(activity, asked, choices, fits)


def _rooms_free(problem: Problem, board: Board, activity: int, site: int) -> Slots:
    free = 0
    for number, kind in enumerate(problem.kinds):
        if kind.site == site and kind.seats >= problem.least(activity):
            free |= board.room_starts(number, problem.lengths[activity])
    return free


def enough_at(starts: Iterable[Slots], least: int) -> Slots:
    """The starts that at least so many women have."""
    stack = Stack()
    for hers in starts:
        stack.add(hers)
    return stack.at_least(least)


def _thinned(
    problem: Problem, wide: Sequence[Opening], were: Mapping[int, Sequence[Meeting]], chance: random.Random, most: int
) -> list[Opening]:
    total = sum(len(one.choices) for one in wide)
    found = []
    for opening in wide:
        sessions = problem.activities[opening.activity].sessions
        share = max(sessions * 4, most * len(opening.choices) // max(total, 1))
        earlier = (
            one for one in were.get(opening.activity, ()) if set(one.women) & {r.woman for r in opening.requests}
        )
        keep = {Choice(one.professional, each.site, each.start) for one in earlier for each in one.sessions}
        found.append(_some_of(opening, keep, share, chance))
    return found


def _some_of(opening: Opening, keep: Collection[Choice], share: int, chance: random.Random) -> Opening:
    """The opening with about so many choices: all to keep, and of others rather those that suit most."""
    if len(opening.choices) <= share:
        return opening

    def liking(choice: Choice) -> tuple[bool, float]:
        suits = sum(opening.fits[one.number, choice.site] >> choice.start & 1 for one in opening.requests)
        return choice in keep, suits * chance.random()

    best = sorted(opening.choices, key=liking, reverse=True)[: max(share, len(keep))]
    return Opening(opening.activity, opening.requests, sorted(best), opening.fits)
