"""What the best groups of an activity are worth at given prices, where every company of it is listed.

A company is worth its women and, on so many days, the best session of the day. The best companies without a woman in
common are at most worth what a linear program says, and less where CP-SAT can show it.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from .companies import Companies, Company
from .linear import Program
from .problem import grouped
from .relaxing import Held, Relaxation
from .solving import Budget, never_exceeded

#: What is worth less is left out, and what no rounding may take away is added.
_LITTLE = 1e-6
#: Up to so many companies CP-SAT is asked how they fit together.
_FEW = 6_000
#: How finely worths are told to CP-SAT; always rounded up.
_FINELY = 2_000
#: What listing a company, and pricing it at a spot, takes in units of work.
_LISTING, _PRICING = 1e-5, 1e-7
Numbers = NDArray[np.float64]
Worths = dict[tuple[int, ...], float]


class Priced:
    """The companies of one professional, ready for prices."""

    def __init__(self, relaxation: Relaxation, held: Held, companies: Companies, found: Sequence[Company]) -> None:
        spots, able, none = companies.spots, companies.able, len(relaxation.program.largest)
        self.sessions, self.before = companies.wanted.sessions, companies.days_before()
        self.requests = [tuple(able[one].number for one in company.women) for company in found]
        self.members = np.zeros((len(found), len(able)), dtype=bool)
        for row, company in zip(self.members, found, strict=True):
            row[list(company.women)] = True
        self.fits = np.array([_packed_bits(one.spots, len(spots)) for one in found], dtype=np.uint8)
        self.held = np.array([held.held.get(spot, none) for spot in spots])
        self.days = np.array(companies.days)
        self.hers = _hers(relaxation, held, companies)
        self.served = np.array([relaxation.with_whom.get((one.number, held.professional), none) for one in able])

    def worths(self, left: Numbers) -> Numbers:
        """What each company is worth, where `left` has what is left over of each variable and ends with nothing."""
        members = self.members.astype(float)
        fits = np.unpackbits(self.fits, axis=1, count=len(self.days), bitorder="little").astype(bool)
        there = left[self.hers].sum(axis=0)
        best = []
        for day in self.before:
            here = self.days == day
            sessions = _summed(members, there[:, here]) + left[self.held[here]]
            best.append(np.where(fits[:, here], sessions, -math.inf).max(axis=1))
        worths: Numbers = _summed(members, left[self.served]) + self._on_days(best)
        return worths

    def _on_days(self, best: Sequence[Numbers]) -> Numbers:
        """The best that so many days bring, as far apart as they have to be."""
        reached = np.zeros((len(best) + 1, len(self.members)))
        for _ in range(self.sessions):
            more = np.full_like(reached, -math.inf)
            for at, (before, now) in enumerate(zip(self.before.values(), best, strict=True)):
                more[at + 1] = np.maximum(more[at], reached[before] + now)
            reached = more
        last: Numbers = reached[-1]
        return last

    @property
    def size(self) -> int:
        """How much there is to look at."""
        return len(self.fits) * len(self.days)


class Listed:
    """The companies of activities, made ready when they are first asked for."""

    def __init__(self, relaxation: Relaxation, budget: Budget) -> None:
        self.relaxation, self.budget = relaxation, budget
        self._known: dict[int, list[Priced] | None] = {}
        budget.work += _LISTING * sum(one.looks for one in relaxation.companies.values())

    def most(self, activity: int, left: Sequence[float], work: float, seconds: float) -> float | None:
        """What no groups of an activity exceed at these prices; None where its companies are too many."""
        if activity not in self._known:
            self._known[activity] = self._listed(activity)
        known = self._known[activity]
        if known is None:
            return None
        worths: Worths = {}
        over = np.append(np.array(left), 0.0)
        for priced in known:
            self.budget.work += _PRICING * priced.size
            for requests, worth in zip(priced.requests, priced.worths(over).tolist(), strict=True):
                if worth > _LITTLE:
                    worths[requests] = max(worths.get(requests, 0.0), worth + _LITTLE)
        return _together(worths, self.budget, work, seconds)

    def _listed(self, activity: int) -> list[Priced] | None:
        found = []
        for held in self.relaxation.of_activity[activity]:
            companies = self.relaxation.companies[activity, held.professional]
            if companies.all is None:
                return None
            found.append(Priced(self.relaxation, held, companies, companies.all))
        return found


def _together(worths: Worths, budget: Budget, work: float, seconds: float) -> float:
    """What companies without a woman in common are worth together at most."""
    program, having = Program(), grouped((request, one) for one, each in enumerate(worths) for request in each)
    for worth in worths.values():
        program.variable(1.0, worth)
    for companies in having.values():
        program.at_most([(one, 1.0) for one in companies], 1)
    most = program.answer(max(seconds, 0.01)).bound if worths else 0.0
    if 1 < len(worths) <= _FEW:
        most = min(most, _never_more(list(worths.values()), having.values(), budget, work, seconds))
    return most


def _never_more(
    worths: Sequence[float], apart: Iterable[Sequence[int]], budget: Budget, work: float, seconds: float
) -> float:
    """The same as CP-SAT shows it: of those that share a woman only one is a group."""
    cp = cp_model.CpModel()
    chosen = [cp.new_bool_var("") for _ in worths]
    for companies in apart:
        cp.add_at_most_one([chosen[one] for one in companies])
    cp.maximize(sum(math.ceil(worth * _FINELY) * one for worth, one in zip(worths, chosen, strict=True)))
    for one in chosen:
        cp.add_hint(one, value=False)
    return never_exceeded(cp, budget, work=work, seconds=seconds) / _FINELY


def _hers(relaxation: Relaxation, held: Held, companies: Companies) -> NDArray[np.int64]:
    """For each woman and spot the variables that say that she is there, and that she comes on that day."""
    none = len(relaxation.program.largest)
    there = [
        [held.there.get((spot, relaxation.class_of(one, held.professional)), none) for spot in companies.spots]
        for one in companies.able
    ]
    days = [[held.days.get((one.number, day), none) for day in companies.days] for one in companies.able]
    return np.array([there, days])


def _summed(members: Numbers, of: Numbers) -> Numbers:
    """The sum over the women of each company; in one thread, for the other core plans meanwhile."""
    total: Numbers = np.einsum("cw,w...->c...", members, of)
    return total


def _packed_bits(spots: int, count: int) -> NDArray[np.uint8]:
    return np.frombuffer(spots.to_bytes(-(-count // 8), "little"), dtype=np.uint8)
