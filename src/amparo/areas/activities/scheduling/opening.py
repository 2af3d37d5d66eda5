"""Groups that may come about: who could join, and which sessions are open to choose from."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .board import Board, Stack
from .problem import Meeting, Problem, Request
from .slots import Slots, numbers


class Choice(NamedTuple):
    """A session that could be chosen: professional, site, slot in which it starts."""

    professional: int
    site: int
    start: int


#: How much a relaxation leans to sessions of an activity.
Leaning = Mapping[tuple[int, Choice], float]
#: What a session counts beside to which it does not lean at all.
_UNKNOWN = 0.02


@dataclass(frozen=True, slots=True)
class Opening:
    """A group that may come about. `fits`: by request and site the starts that suit her.

    `rooms`: sessions that stay (kinds, by start): with any of them it is held in any case. `stays`: women who are in it
    in any case; others of `requests` may join them.
    """

    activity: int
    requests: Sequence[Request]
    choices: Sequence[Choice]
    fits: Mapping[tuple[int, int], Slots]
    stays: Collection[int] = ()
    rooms: Mapping[int, int] = field(default_factory=dict)


def openings(problem: Problem, board: Board, requests: Iterable[Request]) -> list[Opening]:
    """Every group that these requests could make beside what stands on the board: as many as can be full enough."""
    return _one_by_one(problem, _openings(problem, board, requests, {}))


def openings_beside(
    problem: Problem,
    board: Board,
    activities: Collection[int],
    freed: Collection[Meeting],
    stays: Collection[Meeting],
    chance: random.Random,
    most: int | None = None,
    leaning: Leaning | None = None,
) -> list[Opening]:
    """Openings for the requests of some activities that nothing on the board answers, with about so many choices.

    Each group that was freed can come back as it was; what is in `stays` has to. Of other sessions chance picks, those
    that suit most rather, and where a `leaning` is known, those to which it leans.
    """
    open_to = [one for one in problem.requests if one.activity in activities]
    asked = [one for one in open_to if one.bar is None and not board.serves(one.woman, one.activity)]
    bound = [(one, stay) for one in sorted(freed) if (stay := stay_of(one, stays))]
    bound_to_stay = {(woman, stay.activity) for _, stay in bound for woman in stay.women}
    staying = [
        _some_of(staying_opening(problem, board, stay, asked), _choices_of(one), most, chance, leaning or {})
        for one, stay in bound
    ]
    free = [one for one in asked if (one.woman, one.activity) not in bound_to_stay]
    were: dict[int, list[Meeting]] = {}
    for meeting in sorted(freed):
        if not stay_of(meeting, stays):
            were.setdefault(meeting.activity, []).append(meeting)
    wide = _openings(problem, board, free, were if most else {}, limited=most is not None)
    return [
        *staying,
        *_one_by_one(problem, _thinned(problem, wide, were, chance, most, leaning or {}) if most else wide),
    ]


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
        if problem.is_alone(activity):
            found += [one for each in asked if (one := _opening(problem, board, activity, [each])).choices]
        else:
            many = 1 if problem.activities[activity].sessions == 1 else len(asked) // problem.least(activity)
            some = min(many, len(were.get(activity, ())) + 1) if limited else many
            one = _opening(problem, board, activity, asked)
            found += [one] * some if one.choices else []
    return found


def stay_of(meeting: Meeting, stays: Iterable[Meeting]) -> Meeting | None:
    """What of this meeting has to stay: its sessions and women that stay; None where nothing has to."""
    for stay in stays:
        same = (stay.activity, stay.professional) == (meeting.activity, meeting.professional)
        if same and set(stay.women) <= set(meeting.women) and set(stay.sessions) <= set(meeting.sessions):
            return stay
    return None


def staying_opening(problem: Problem, board: Board, stay: Meeting, asked: Iterable[Request]) -> Opening:
    """The group with what stays of it, open to others who asked; where not all sessions stay, the rest is open too."""
    activity, fixed = stay.activity, {one.start: one.kind for one in stay.sessions}
    alone = problem.is_alone(activity)
    there = [one for one in asked if one.activity == activity and (not alone or one.woman in stay.women)]
    fits = {(one.number, site): board.starts_for_her(one, site) for one in there for site in problem.held_on[activity]}
    choices = [Choice(stay.professional, one.site, one.start) for one in stay.sessions]
    if len(choices) < problem.activities[activity].sessions:
        hers = [one for one in there if one.woman in stay.women]
        choices += [
            one
            for one in _opening(problem, board, activity, hers or there).choices
            if one.professional == stay.professional and one.start not in fixed
            if all(fits[each.number, one.site] >> one.start & 1 for each in hers)
        ]
    return Opening(activity, there, choices, fits, stay.women, fixed)


def _choices_of(meeting: Meeting) -> set[Choice]:
    return {Choice(meeting.professional, one.site, one.start) for one in meeting.sessions}


def _one_by_one(problem: Problem, wide: Iterable[Opening]) -> list[Opening]:
    """Groups of a single session are told apart by that session: each choice is an opening, for those whom it suits."""
    found: list[Opening] = []
    for opening in wide:
        wanted = problem.activities[opening.activity]
        if wanted.sessions == 1 and wanted.kind == "group":
            found += [_only(opening, choice) for choice in opening.choices]
        else:
            found.append(opening)
    return found


def _only(opening: Opening, choice: Choice) -> Opening:
    suits = [
        one
        for one in opening.requests
        if choice.professional in one.professionals and opening.fits[one.number, choice.site] >> choice.start & 1
    ]
    return Opening(opening.activity, suits, [choice], opening.fits)


def _opening(problem: Problem, board: Board, activity: int, asked: Sequence[Request]) -> Opening:
    """One group: the starts that suit enough of these women."""
    fits = {(one.number, site): board.starts_for_her(one, site) for one in asked for site in problem.held_on[activity]}
    alone = asked[0].woman if problem.is_alone(activity) else None
    rooms = {site: board.starts_with_room(activity, site) for site in problem.held_on[activity]}
    choices = []
    for professional in problem.held_by[activity]:
        able = [one for one in asked if professional in one.professionals]
        for site, starts in board.starts_for_professional(activity, professional, alone).items():
            suits = starts & rooms[site] and starts & rooms[site] & enough_at(
                [fits[one.number, site] for one in able], problem.least(activity)
            )
            choices += [Choice(professional, site, start) for start in numbers(suits)]
    return Opening(activity, asked, choices, fits)


def enough_at(starts: Iterable[Slots], least: int) -> Slots:
    """The starts that at least so many women have."""
    stack = Stack()
    for hers in starts:
        stack.add(hers)
    return stack.at_least(least)


def _thinned(
    problem: Problem,
    wide: Sequence[Opening],
    were: Mapping[int, Sequence[Meeting]],
    chance: random.Random,
    most: int,
    leaning: Leaning,
) -> list[Opening]:
    total = sum(len(one.choices) for one in wide)
    found = []
    for opening in wide:
        sessions = problem.activities[opening.activity].sessions
        share = max(sessions * 4, most * len(opening.choices) // max(total, 1))
        earlier = (
            one for one in were.get(opening.activity, ()) if set(one.women) & {r.woman for r in opening.requests}
        )
        keep = {choice for one in earlier for choice in _choices_of(one)}
        found.append(_some_of(opening, keep, share, chance, leaning))
    return found


def _some_of(
    opening: Opening, keep: Collection[Choice], share: int | None, chance: random.Random, leaning: Leaning
) -> Opening:
    """The opening with about so many choices: all to keep, and of others rather those that suit most."""
    if share is None or len(opening.choices) <= share:
        return opening

    def liking(choice: Choice) -> tuple[bool, float]:
        suits = sum(opening.fits[one.number, choice.site] >> choice.start & 1 for one in opening.requests)
        liked = _UNKNOWN + leaning.get((opening.activity, choice), 0.0) if leaning else 1.0
        return choice in keep, suits * liked * chance.random()

    best = sorted(opening.choices, key=liking, reverse=True)[: max(share, len(keep))]
    return replace(opening, choices=sorted(best))
