"""Builds on what stands, quickly: groups woman by woman, as long as days enough suit them all; then whom they left.

What comes out is drawn: built several times, it differs.
"""

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .board import Board
from .companies import Circle, circles_of
from .opening import stay_of
from .problem import Meeting, Problem, Request, Session
from .slots import Slots, numbers

#: How often the groups of an activity are formed anew, to keep those with most women.
_TRIES = 4
#: How often a group begins with a woman drawn, rather than with her who has most time.
_DRAWN = 0.5
#: By how much the days that a woman would leave are taken for more or fewer than they are.
_NOISE = (0.0, 0.2, 0.5)
#: How often a session begins where free time of the professional begins or ends, so that no scraps of it are left.
_AT_THE_EDGE, _EARLY = 0.8, 0.5
#: How often a group is made smaller so that whoever is left can be one too.
_SHARED = 0.7
#: How often groups are packed from the companies that are known, so many of them at most; how often that is tried, and
#: what share of the best is kept each time.
_PACKED, _OFFERED, _PACKINGS, _KEPT = 0.3, 500, 20, 0.6
#: What a group costs in women where time has no price: of as many women fewer groups are better.
_FEWER = 0.01
#: After so many groups for which no room was found the rest is left.
_NO_ROOM = 3


def build(
    problem: Problem,
    board: Board,
    chance: random.Random,
    activities: Collection[int] | None = None,
    stays: Sequence[Meeting] = (),
    tries: int = _TRIES,
    price: float = 0.0,
) -> None:
    """Add to the board what can be added for these activities, those that are hard to bring together first.

    Groups that stand are joined too; of those in `stays` nothing else is changed. Nothing is added that is worth less
    than its time (time_of) at this price.
    """
    wanted = problem.of_activity if activities is None else activities
    for activity in sorted(wanted, key=lambda one: _order(problem, one, chance)):
        asked = _open(problem, board, activity, chance)
        least = price * time_of(problem, activity)
        if problem.is_alone(activity):
            for request in asked if problem.activities[activity].weight >= least else ():
                _Forming(problem, board, activity, chance, [request]).add_alone()
        elif len(asked) >= problem.least(activity):
            _add_groups(problem, board, activity, chance, asked, tries, least)
    _fill_groups(problem, board, chance, stays)


def time_of(problem: Problem, activity: int) -> int:
    """How many slots of a professional a meeting takes in all its sessions, with the gap after a woman alone."""
    each = problem.reaches if problem.is_alone(activity) else problem.lengths
    return problem.activities[activity].sessions * each[activity]


def _open(problem: Problem, board: Board, activity: int, chance: random.Random) -> list[Request]:
    """Who asked and could be served, but has no place; in an order that is drawn."""
    asked = problem.of_activity.get(activity, ())
    found = [one for one in asked if one.bar is None and not board.serves(one.woman, activity)]
    return chance.sample(found, len(found))


def _order(problem: Problem, activity: int, chance: random.Random) -> tuple[bool, float]:
    """Groups before what women have alone; those with many sessions, far apart and worth much, before others."""
    wanted = problem.activities[activity]
    hard = wanted.sessions * max(wanted.days_apart, 1) * (wanted.weight or 1) ** 0.5
    return problem.is_alone(activity), -hard * chance.uniform(0.5, 1.5)


def _add_groups(
    problem: Problem,
    board: Board,
    activity: int,
    chance: random.Random,
    asked: Sequence[Request],
    tries: int,
    least: float,
) -> None:
    """The groups with most women that came out of so many tries, each of them worth so much at least."""
    forming, best = _Forming(problem, board, activity, chance, asked), list[Meeting]()
    for _ in range(tries):
        found = replace(forming).add_groups(least)
        if sum(len(one.women) for one in found) > sum(len(one.women) for one in best):
            best = found
        for one in found:
            board.remove(one)
        if sum(len(one.women) for one in best) == len(asked):
            break
    for one in best:
        if problem.activities[activity].weight * len(one.women) >= least:
            board.add(one)


class _Company(NamedTuple):
    """Women who could be a group with a professional: the starts that suit all of them, site by site.

    `days`: how many sessions find a day among them.
    """

    professional: int
    requests: tuple[Request, ...]
    starts: tuple[Slots, ...]
    children: int = 0
    days: int = 0


@dataclass
class _Forming:
    """Forms groups of an activity from requests that are still open. `hers`: the starts that suit each, by site."""

    problem: Problem
    board: Board
    activity: int
    chance: random.Random
    left: Sequence[Request]
    hers: dict[int, list[Slots]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """See what is free."""
        self.sites = self.problem.held_on[self.activity]
        self.length = self.problem.lengths[self.activity]
        self._look([one for one in self.left if one.number not in self.hers])

    def _look(self, requests: Iterable[Request]) -> None:
        """See what is free now, for all and for these women."""
        board = self.board
        self.rooms = [board.starts_with_room(self.activity, site) for site in self.sites]
        seen = {one.number: [board.starts_for_her(one, site) for site in self.sites] for one in requests}
        self.hers = self.hers | seen
        self.cared: dict[tuple[int, int], Slots] = {}

    def add_groups(self, worth: float) -> list[Meeting]:
        """Add one group after another, the largest first, until the rest is too few; returns them.

        Sometimes as many as fit together of those worth so much at least come before.
        """
        found = self._packed(worth) if self.chance.random() < _PACKED else []
        without_room, least = 0, self.problem.least(self.activity)
        while len(self.left) >= least and without_room < _NO_ROOM:
            companies = [one for one in map(self._grown, self.problem.held_by[self.activity]) if one]
            if not companies:
                break
            company = self._fewer(max(companies, key=lambda one: len(one.requests) + 0.5 * self.chance.random()))
            meeting = self._meeting(company)
            if meeting is None:
                without_room += 1
                continue
            self._have(meeting)
            found.append(meeting)
        return found

    def _packed(self, least: float) -> list[Meeting]:
        """Add groups worth so much at least: as many women as fit together in companies that are known."""
        weight = self.problem.activities[self.activity].weight
        fewest, asked = least / weight if weight else 0.0, sum(1 << one.number for one in self.left)
        known = [one for one in circles_of(self.problem, self.activity) if not one.numbers & ~asked]
        offered = [one for one in known if len(one.requests) >= fewest]
        if len(offered) > _OFFERED:
            offered = self.chance.sample(offered, _OFFERED)
        nobody = {one: self._nobody(one) for one in self.problem.held_by[self.activity]}
        fitting = [one for one in offered if self._together(nobody[one.professional], one)]
        found: list[Meeting] = []
        for circle in _packed(fitting, self.chance, fewest):
            company = self._together(self._nobody(circle.professional), circle)
            meeting = self._meeting(company) if company else None
            if meeting:
                self._have(meeting)
                found.append(meeting)
        return found

    def _have(self, meeting: Meeting) -> None:
        """Add it and see who is left."""
        self.board.add(meeting)
        self.left = [one for one in self.left if one.woman not in meeting.women]
        self._look(one for one in self.left if one.children or self.problem.avoided_women[one.woman])

    def _together(self, nobody: _Company, circle: Circle) -> _Company | None:
        """The company with the time that its professional has; None where too few days are left."""
        self.board.effort += 1
        starts, children = list(nobody.starts), sum(one.children for one in circle.requests)
        for place, site in enumerate(self.sites):
            for request in circle.requests:
                starts[place] &= self.hers[request.number][place]
            if children:
                starts[place] &= self._cared(site, children)
        days = self.problem.most_sessions(_any_of(starts), self.activity)
        if days < self.problem.activities[self.activity].sessions:
            return None
        return _Company(circle.professional, circle.requests, tuple(starts), children, days)

    def add_alone(self) -> None:
        """Add the sessions of the one woman who asked, with whoever has time."""
        (request,) = self.left
        for professional in self.chance.sample(sorted(request.professionals), len(request.professionals)):
            company = self._with(self._nobody(professional, request.woman), request)
            meeting = self._meeting(company) if company else None
            if meeting:
                self.board.add(meeting)
                return

    def _nobody(self, professional: int, woman: int | None = None) -> _Company:
        own = self.board.starts_for_professional(self.activity, professional, woman)
        return _Company(
            professional, (), tuple(own[site] & room for site, room in zip(self.sites, self.rooms, strict=True))
        )

    def _grown(self, professional: int) -> _Company | None:
        """The company of a professional with as many women as it finds; None where those are too few."""
        company = self._nobody(professional)
        able = [one for one in self.left if professional in one.professionals]
        noise = self.chance.choice(_NOISE)
        if able and self.chance.random() < _DRAWN:
            company = self._with(company, self.chance.choice(able)) or company
        while len(company.requests) < self.problem.activities[self.activity].max_women:
            able = [one for one in able if one not in company.requests]
            self.board.effort += len(able)
            larger = [one for one in (self._with(company, request) for request in able) if one]
            if not larger:
                break
            able = [one.requests[-1] for one in larger]  # whoever does not fit now will not fit later
            company = max(larger, key=lambda one: _in_common(one) * (1 + noise * self.chance.random()))
        return company if len(company.requests) >= self.problem.least(self.activity) else None

    def _with(self, company: _Company, request: Request) -> _Company | None:
        """The company and her; None where she must not meet somebody in it, or too few days are left."""
        avoided = self.problem.avoided_women[request.woman]
        if avoided and any(one.woman in avoided for one in company.requests):
            return None
        children = company.children + request.children
        starts = tuple(
            one & hers & (self._cared(site, children) if request.children else ~0)
            for one, hers, site in zip(company.starts, self.hers[request.number], self.sites, strict=True)
        )
        days = self.problem.most_sessions(_any_of(starts), self.activity)
        if days < self.problem.activities[self.activity].sessions:
            return None
        return _Company(company.professional, (*company.requests, request), starts, children, days)

    def _cared(self, site: int, children: int) -> Slots:
        """The starts at which a site has places for so many children more."""
        if (site, children) not in self.cared:
            looked_after = self.problem.looked_after(site, self.length, children)
            self.cared[site, children] = looked_after & self.board.with_care(site, children, self.length)
        return self.cared[site, children]

    def _fewer(self, company: _Company) -> _Company:
        """Sometimes without some, so that who is left is enough for a group."""
        least = self.problem.least(self.activity)
        lacking = least - (len(self.left) - len(company.requests))
        if not 0 < lacking < least or len(company.requests) - lacking < least or self.chance.random() > _SHARED:
            return company
        fewer: _Company | None = self._nobody(company.professional)
        for request in company.requests[:-lacking]:
            fewer = self._with(fewer, request) if fewer else None
        return fewer or company

    def _meeting(self, company: _Company) -> Meeting | None:
        """The company with its sessions, drawn; None where a room is too small."""
        sessions = []
        for moment in self._drawn(company):
            offered = [
                (site, starts) for site, starts in zip(self.sites, company.starts, strict=True) if starts & moment
            ]
            site, starts = self.chance.choice(offered)
            start = self._start(company.professional, starts & moment)
            kind = _kind_free(self.problem, self.board, self.activity, site, start, len(company.requests))
            if kind is None:
                return None
            sessions.append(Session(start, site, kind))
        women = tuple(sorted(one.woman for one in company.requests))
        return Meeting(self.activity, women, company.professional, tuple(sessions))

    def _drawn(self, company: _Company) -> list[Slots]:
        """For each session the starts from which to choose one: days, or slots where several come on one day."""
        wanted, starts = self.problem.activities[self.activity], _any_of(company.starts)
        moments = self.problem.days_of(starts) if wanted.days_apart else [(one, 1 << one) for one in numbers(starts)]
        after = _after([number for number, _ in moments], wanted.days_apart or self.length)
        most = [0] * (len(moments) + 1)
        for place in reversed(range(len(moments))):
            most[place] = max(most[place + 1], 1 + most[after[place]])
        chosen: list[Slots] = []
        first = 0
        for lacking in range(wanted.sessions, 0, -1):
            open_ones = [one for one in range(first, len(moments)) if 1 + most[after[one]] >= lacking]
            share = self.chance.random() * self.chance.choice((0.3, 1.0))
            place = open_ones[int(share * len(open_ones))]
            chosen.append(moments[place][1])
            first = after[place]
        return chosen

    def _start(self, professional: int, starts: Slots) -> int:
        free = self.problem.professional_free[professional] & ~self.board.professional_busy[professional]
        edges = starts & (~(free << 1) | ~(free >> self.length))
        offered = edges if edges and self.chance.random() < _AT_THE_EDGE else starts
        first = (offered & -offered).bit_length() - 1
        return first if self.chance.random() < _EARLY else first + self.chance.choice(numbers(offered >> first))


def _packed(circles: Sequence[Circle], chance: random.Random, price: float) -> list[Circle]:
    """Circles without a woman in common: the most women that were found, less the price of each circle in women."""
    best: list[Circle] = []
    most = 0.0
    for _ in range(_PACKINGS if circles else 0):
        chosen = [one for one in best if chance.random() < _KEPT]
        taken = sum(one.numbers for one in chosen)
        for one in chance.sample(circles, len(circles)):
            if not one.numbers & taken:
                taken |= one.numbers
                chosen.append(one)
        won = taken.bit_count() - (price or _FEWER) * len(chosen)
        if won >= most:
            best, most = chosen, won
    return best


def _any_of(sets: Iterable[Slots]) -> Slots:
    found = 0
    for one in sets:
        found |= one
    return found


def _in_common(company: _Company) -> float:
    """Days far enough apart; a little for more starts on them."""
    return company.days + sum(one.bit_count() for one in company.starts) / 200


def _after(moments: Sequence[int], step: int) -> list[int]:
    """For each of these numbers the place of the first that is so far after it."""
    found, place = [], 0
    for one in moments:
        while place < len(moments) and moments[place] - one < step:
            place += 1
        found.append(place)
    return found


def _kind_free(problem: Problem, board: Board, activity: int, site: int, start: int, women: int) -> int | None:
    """The smallest kind of room for so many women that is free then."""
    fitting = (one for one in problem.kinds_for(activity, site) if problem.kinds[one].seats >= women)
    length = problem.lengths[activity]
    free = [one for one in fitting if board.room_starts(one, length) >> start & 1]
    return min(free, key=lambda one: problem.kinds[one].seats, default=None)


def _fill_groups(problem: Problem, board: Board, chance: random.Random, stays: Sequence[Meeting]) -> None:
    """Whoever asked and found no place joins a group that stands."""
    lacking: dict[int, list[Request]] = {}
    for meeting in list(board.meetings):
        activity = meeting.activity
        if len(meeting.women) < problem.activities[activity].max_women:
            if activity not in lacking:
                lacking[activity] = _open(problem, board, activity, chance)
            lacking[activity] = _take_in(problem, board, meeting, lacking[activity], stays)


def _take_in(
    problem: Problem, board: Board, meeting: Meeting, asked: Iterable[Request], stays: Sequence[Meeting]
) -> list[Request]:
    """Whoever can be there each time joins a group; returns whoever cannot."""
    left = []
    for request in asked:
        larger = _with_her(problem, board, meeting, request)
        if larger and (not stay_of(meeting, stays) or stay_of(larger, stays)):
            board.remove(meeting)
            board.add(larger)
            meeting = larger
        else:
            left.append(request)
    return left


def _with_her(problem: Problem, board: Board, meeting: Meeting, request: Request) -> Meeting | None:
    women = len(meeting.women) + 1
    if women > problem.activities[meeting.activity].max_women or meeting.professional not in request.professionals:
        return None
    if not all(board.starts_for_her(request, one.site) >> one.start & 1 for one in meeting.sessions):
        return None
    sessions = []
    for one in meeting.sessions:
        is_large_enough = problem.kinds[one.kind].seats >= women
        kind = one.kind if is_large_enough else _kind_free(problem, board, meeting.activity, one.site, one.start, women)
        if kind is None:
            return None
        sessions.append(one._replace(kind=kind))
    return meeting._replace(women=tuple(sorted((*meeting.women, request.woman))), sessions=tuple(sessions))
