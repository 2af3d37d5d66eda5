"""Companies: the sets of women who can be a group of an activity at all.

Where a group meets often, few sets of women have days enough in common, so all of them can be listed.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .problem import Problem, Request, grouped
from .slots import Slots, numbers, span

#: Above so many companies they are not listed; nor where the search for them looks at so many times as many.
_MOST, _LOOKS = 30_000, 20
Spot = tuple[int, int]


class Company(NamedTuple):
    """Women by their place among those who could come, and as bits the spots where all of them could be together."""

    women: tuple[int, ...]
    spots: Slots


class Circle(NamedTuple):
    """A company with its professional; `numbers`: those of its requests as bits."""

    professional: int
    requests: tuple[Request, ...]
    numbers: int


def circles_of(problem: Problem, activity: int) -> list[Circle]:
    """Every company of an activity with each professional; none with one where they are too many. Listed once."""
    if activity not in problem.circles:
        problem.circles[activity] = list(_circles(problem, activity))
    return problem.circles[activity]


def _circles(problem: Problem, activity: int) -> Iterator[Circle]:
    for one in problem.held_by[activity]:
        able = [each for each in problem.of_activity[activity] if each.bar is None and one in each.professionals]
        found = Companies(problem, activity, able, spots_of(problem, activity, one, able)).all or ()
        for company in found:
            requests = tuple(able[woman] for woman in company.women)
            yield Circle(one, requests, sum(1 << each.number for each in requests))


def spots_of(problem: Problem, activity: int, professional: int, able: Iterable[Request]) -> dict[Spot, list[Request]]:
    """For each spot of a professional who could be there, where they are enough."""
    own, least = problem.professional_starts(activity, professional), problem.least(activity)
    there = grouped(
        ((site, start), request)
        for request in able
        for site, starts in enumerate(request.starts)
        for start in numbers(starts & own)
    )
    return {spot: women for spot, women in sorted(there.items()) if len(women) >= least}


class Companies:
    """Every company of those able to come to an activity; `all` is None where they are too many.

    A spot is known by its place in `spots`, which are in the order of their days. `looks`: how many sets were seen.
    """

    def __init__(self, problem: Problem, activity: int, able: Sequence[Request], spots: Iterable[Spot]) -> None:
        self.problem, self.activity, self.able = problem, activity, able
        self.wanted = problem.activities[activity]
        self.apart = max(self.wanted.days_apart, 1)
        self.spots = sorted(spots, key=lambda spot: (problem.day(spot[1]), spot))
        self.days = [problem.day(start) for _, start in self.spots]
        self._later = [bisect_left(self.days, day + self.apart) for day in self.days]
        self._hers = [self._bits(one.starts) for one in able]
        self._seats = [self._with_seats(size) for size in range(self.wanted.max_women + 1)]
        self._cared: dict[int, Slots] = {}
        self.looks = 0
        self.all = self._listed()

    def suits(self) -> dict[Spot, list[Request]]:
        """For each spot who could be there in some company."""
        hers = self._hers
        if self.all is not None:
            hers = [0] * len(self.able)
            for company in self.all:
                for one in company.women:
                    hers[one] |= company.spots
        asked = list(zip(self.able, hers, strict=True))
        found = ((spot, [one for one, bits in asked if bits >> place & 1]) for place, spot in enumerate(self.spots))
        return {spot: there for spot, there in found if there}

    def _listed(self) -> list[Company] | None:
        if not self.wanted.days_apart and self.wanted.sessions > 1:
            return None  # several sessions in one day
        found: list[Company] = []
        for company in self._search():
            self.looks += 1
            if len(company.women) >= self.wanted.min_women:
                found.append(company)
            if len(found) > _MOST or self.looks > _MOST * _LOOKS:
                return None
        return found

    def _search(self) -> Iterator[Company]:
        """Every set of women with days enough in common, from nobody on, each once."""
        left = [Company((), span(0, len(self.spots)))]
        while left:
            company = left.pop()
            yield company
            if len(company.women) < self.wanted.max_women:
                left += self._joined(company)

    def _joined(self, company: Company) -> Iterator[Company]:
        """The company with one woman more, of those behind its last."""
        able, women = self.able, company.women
        seated = company.spots & self._seats[len(women) + 1]
        children = sum(able[one].children for one in women)
        for one in range(women[-1] + 1 if women else 0, len(able)):
            spots = seated & self._hers[one]
            if spots and able[one].children:
                spots &= self._with_care(children + able[one].children)
            if self._days_enough(spots) and self._may_meet(one, women):
                yield Company((*women, one), spots)

    def _days_enough(self, spots: Slots) -> bool:
        found = 0
        while spots and found < self.wanted.sessions:
            found += 1
            later = self._later[(spots & -spots).bit_length() - 1]
            spots = spots >> later << later
        return found >= self.wanted.sessions

    def _may_meet(self, one: int, women: Sequence[int]) -> bool:
        able = self.able
        avoided = self.problem.avoided_women[able[one].woman]
        return all(able[other].woman not in avoided for other in women)

    def _with_seats(self, size: int) -> Slots:
        """The spots on sites with a room for so many."""
        kinds, activity = self.problem.kinds, self.activity
        seats = [
            max((kinds[one].seats for one in self.problem.kinds_for(activity, site)), default=0)
            for site in range(len(self.problem.sites))
        ]
        return self._bits([~0 if most >= size else 0 for most in seats])

    def _with_care(self, children: int) -> Slots:
        """The spots where one window of childcare has places for so many children."""
        if children not in self._cared:
            sites, length = range(len(self.problem.sites)), self.problem.lengths[self.activity]
            self._cared[children] = self._bits([self.problem.looked_after(one, length, children) for one in sites])
        return self._cared[children]

    def _bits(self, starts: Sequence[Slots]) -> Slots:
        """The spots that are among the starts of each site."""
        return sum(1 << place for place, (site, start) in enumerate(self.spots) if starts[site] >> start & 1)

    def days_before(self) -> dict[int, int]:
        """For each day with spots how many of these days are early enough for a session before."""
        days = sorted(set(self.days))
        return {day: bisect_left(days, day - self.apart + 1) for day in days}
