"""How much any plan can reach at most: a promise, so only what is proved.

A smaller question with a larger answer (a relaxation): women come to sessions day by day, as they please, to whichever
group of one professional is held that day; who must not meet is left out. Every plan answers it too, so what CP-SAT
proves for it holds for every plan.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from .problem import Care, Problem, Request
from .slots import Piece, Slots, numbers, together
from .solving import Budget, proved_bound

#: Request, professional and day: so many of them are stated in a tenth of a second.
_STATED = 1500


class Bound:
    """What no plan exceeds, as far as is known."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.value = _alone(problem)

    def lower(self, to: float) -> None:
        """No plan exceeds this either."""
        if math.isfinite(to):
            self.value = min(self.value, math.floor(to + 1e-6))

    def relax(self, budget: Budget, *, work: float) -> None:
        """Lower it to what the relaxation shows within so much work; not where stating it alone would take too long."""
        days = len({self.problem.day(start) for free in self.problem.professional_free for start in numbers(free)})
        if self.value and days * sum(len(one.professionals) for one in self.problem.requests) < _STATED * budget.left:
            relaxation = _Relaxation(self.problem)
            self.lower(proved_bound(relaxation.cp, budget, work=work))


def _alone(problem: Problem) -> int:
    """The worth of every request that could be served if nobody else had asked, in groups that could be full enough."""
    return sum(one.weight for asked in _possible(problem).values() for one in asked)


def _possible(problem: Problem) -> dict[int, list[Request]]:
    found = {
        activity: [one for one in asked if one.bar is None] for activity, asked in sorted(problem.of_activity.items())
    }
    return {activity: asked for activity, asked in found.items() if len(asked) >= problem.least(activity)}


class _Relaxation:
    """The smaller question.

    `comes`: by request, professional and day; `held`: sessions by activity, professional and start.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.possible = _possible(problem)
        self.comes: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.held: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.with_whom: dict[tuple[int, int], cp_model.IntVar] = {}
        self.windows = [_windows(free) for free in problem.professional_free]
        worth = [self._serve(activity, asked) for activity, asked in self.possible.items()]
        self._professionals()
        self._women()
        self._childcare()
        self.cp.maximize(sum(worth))
        for variable in (*self.comes.values(), *self.held.values(), *self.with_whom.values()):
            self.cp.add_hint(variable, 0)

    def _serve(self, activity: int, asked: Sequence[Request]) -> cp_model.LinearExprT:
        """The requests of an activity: all sessions with one professional, on days that suit her."""
        cp, problem = self.cp, self.problem
        served = []
        for request in asked:
            options = {one: cp.new_bool_var("") for one in sorted(request.professionals)}
            cp.add_at_most_one(options.values())
            served.append(sum(options.values()))
            for one, literal in options.items():
                self.with_whom[request.number, one] = literal
        for one in problem.held_by[activity]:
            self._hold(activity, one, [request for request in asked if one in request.professionals])
        return sum(request.weight * each for request, each in zip(asked, served, strict=True))

    def _hold(self, activity: int, one: int, asked: Sequence[Request]) -> None:
        """Groups of one professional: each day so many sessions, so full, when it suits who comes."""
        cp, wanted = self.cp, self.problem.activities[activity]
        own = self.problem.professional_starts(activity, one)
        suits = {request.number: own & _anywhere(request) for request in asked}
        by_day: dict[int, list[int]] = defaultdict(list)
        for start in numbers(_any_of(suits.values())):
            by_day[self.problem.day(start)].append(start)
        groups = cp.new_int_var(0, len(asked) // wanted.min_women, "")
        for starts in by_day.values():
            for start in starts:
                self.held[activity, one, start] = cp.new_bool_var("")
        held = [self.held[activity, one, start] for starts in by_day.values() for start in starts]
        cp.add(sum(held) == wanted.sessions * groups)
        literals = [self.with_whom[request.number, one] for request in asked]
        cp.add(sum(literals) <= wanted.max_women * groups)
        cp.add(sum(literals) >= wanted.min_women * groups)
        for request in asked:
            self._come(request, one, suits[request.number], by_day)
        for day, starts in by_day.items():
            there = [
                self.comes[request.number, one, day] for request in asked if (request.number, one, day) in self.comes
            ]
            sessions = sum(self.held[activity, one, start] for start in starts)
            cp.add(sum(there) <= wanted.max_women * sessions)
            cp.add(sum(there) >= wanted.min_women * sessions)

    def _come(self, request: Request, one: int, suits: Slots, by_day: Mapping[int, Sequence[int]]) -> None:
        cp, wanted = self.cp, self.problem.activities[request.activity]
        literal = self.with_whom[request.number, one]
        days = {}
        for day, starts in sorted(by_day.items()):
            fitting = [self.held[request.activity, one, start] for start in starts if suits >> start & 1]
            if fitting:
                most = 1 if wanted.days_apart else wanted.sessions
                days[day] = self.comes[request.number, one, day] = cp.new_int_var(0, most, "")
                cp.add(days[day] <= most * literal)
                cp.add(days[day] <= sum(fitting))
        cp.add(sum(days.values()) == wanted.sessions * literal)
        if wanted.days_apart > 1:
            for day in days:
                near = [days[other] for other in range(day, day + wanted.days_apart) if other in days]
                cp.add(sum(near) <= literal)

    def _professionals(self) -> None:
        """Nobody holds two sessions at once; on a single site there are gaps within an individual activity."""
        by_professional: dict[int, list[Piece]] = defaultdict(list)
        for (activity, one, start), held in self.held.items():
            end = start + self.problem.lengths[activity]
            by_professional[one].append(Piece(start, end, 0, (activity,), held))
        for pieces in by_professional.values():
            for _, clash in together(pieces):
                self.cp.add_at_most_one(piece.literal for piece in clash)
        for activity, wanted in enumerate(self.problem.activities):
            if wanted.kind == "individual" and len(self.problem.held_on[activity]) == 1 and wanted.days_apart:
                self._gaps(activity)

    def _gaps(self, activity: int) -> None:
        reach, by_day = self.problem.reaches[activity], self.problem.per_day
        for one in self.problem.held_by[activity]:
            pieces = [
                Piece(start, min(start + reach, (start // by_day + 1) * by_day), 0, (activity,), held)
                for (which, who, start), held in self.held.items()
                if (which, who) == (activity, one)
            ]
            for _, clash in together(pieces):
                self.cp.add_at_most_one(piece.literal for piece in clash)

    def _women(self) -> None:
        """What a woman comes to in a day fits into her time, counted in pieces of every length that she asked for."""
        for woman, asked in sorted(self.problem.of_woman.items()):
            windows = _windows(self.problem.woman_free[woman])
            by_day: dict[int, list[tuple[int, int]]] = defaultdict(list)
            for start, end in windows:
                for day in range(self.problem.day(start), self.problem.day(end - 1) + 1):
                    by_day[day].append((start, end))
            mine = {one.number: one for one in asked}
            for day, there in by_day.items():
                entries = self._of(mine, day)
                for piece in sorted({self.problem.lengths[request.activity] for request, _ in entries}):
                    room = sum((end - start) // piece for start, end in there)
                    self._fit(
                        [(literal, self.problem.lengths[one.activity] // piece) for one, literal in entries], room
                    )

    def _childcare(self) -> None:
        """The children who come in a day fit into all childcare of that day, counted in pieces likewise."""
        mothers = {one.number: one for asked in self.possible.values() for one in asked if one.children}
        care: dict[int, list[Care]] = defaultdict(list)
        for site in range(len(self.problem.sites)):
            for window in self.problem.care[site]:
                for day in range(self.problem.day(window.start), self.problem.day(max(window.end - 1, 0)) + 1):
                    care[day].append(window)
        for day, windows in sorted(care.items()):
            entries = self._of(mothers, day)
            for piece in sorted({self.problem.lengths[request.activity] for request, _ in entries}):
                room = sum(one.places * ((one.end - one.start) // piece) for one in windows)
                lengths = self.problem.lengths
                terms = [(literal, one.children * (lengths[one.activity] // piece)) for one, literal in entries]
                self._fit(terms, room)

    def _of(self, requests: Mapping[int, Request], day: int) -> list[tuple[Request, cp_model.IntVar]]:
        return [
            (requests[number], self.comes[number, one, at]) for number, one, at in self._on(day) if number in requests
        ]

    def _on(self, day: int) -> list[tuple[int, int, int]]:
        if not hasattr(self, "_by_day"):
            self._by_day: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
            for key in self.comes:
                self._by_day[key[2]].append(key)
        return self._by_day[day]

    def _fit(self, terms: Iterable[tuple[cp_model.IntVar, int]], room: int) -> None:
        terms = [(literal, size) for literal, size in terms if size]
        if sum(size for _, size in terms) > room:
            self.cp.add(sum(size * literal for literal, size in terms) <= room)


def _anywhere(request: Request) -> Slots:
    return _any_of(request.starts)


def _any_of(sets: Iterable[Slots]) -> Slots:
    found = 0
    for one in sets:
        found |= one
    return found


def _windows(free: Slots) -> list[tuple[int, int]]:
    """The windows of free slots, each from its first up to past its last."""
    starts, ends = free & ~(free << 1), free & ~(free >> 1)
    return [(start, end + 1) for start, end in zip(numbers(starts), numbers(ends), strict=True)]
