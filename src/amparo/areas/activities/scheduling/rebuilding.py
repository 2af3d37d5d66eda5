"""Makes a plan better quickly: takes some of it away, builds anew, keeps what is no worse, or at first hardly worse."""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import parts
from .board import Board
from .building import build
from .opening import stay_of
from .problem import Meeting, Problem
from .wishes import rank_of, worth_of

#: What share of the meetings is taken away; how often groups are formed anew then.
_SHARES, _TRIES = (0.01, 0.03, 0.06, 0.12), (1, 2, 4)
#: What a step takes for each request that could find a place, in units of work.
_STEP = 2e-5


@dataclass
class Rebuilding:
    """A plan that is built anew piece by piece. `best`: the best meetings so far."""

    problem: Problem
    chance: random.Random
    best: list[Meeting]
    stays: Sequence[Meeting] = ()
    before: Sequence[Meeting] = ()
    board: Board = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the best."""
        self.board = Board(self.problem, self.best)
        self.rank = self.highest = self._rank(self.best)

    def step(self, warmth: float) -> float:
        """Take something away and build anew; the warmer, the more worth may be lost by it, to be won back later.

        Returns how much work that was.
        """
        before = list(self.board.meetings)
        part = self.chance.choice(parts.KINDS)(self.problem, before, self.chance, self.chance.choice(_SHARES))
        for one in part.freed:
            if not stay_of(one, self.stays):
                self.board.remove(one)
        build(self.problem, self.board, self.chance, part.activities, self.stays, self.chance.choice(_TRIES))
        rank = self._rank(list(self.board.meetings))
        if rank >= self.rank or (
            not self.before and rank[0] > self.rank[0] + warmth * math.log(1 - self.chance.random())
        ):
            self.rank = rank
            if rank > self.highest:
                self.highest, self.best = rank, list(self.board.meetings)
        else:
            self._go_back(before)
        return _STEP * sum(len(self.problem.of_activity[one]) for one in part.activities)

    @property
    def worth(self) -> int:
        """What the best are worth."""
        return self.highest[0]

    def _rank(self, meetings: Sequence[Meeting]) -> tuple[int, ...]:
        """Worth; and where there was a plan before, the lesser wishes too, so that little of it moves."""
        return rank_of(self.problem, meetings, self.before) if self.before else (worth_of(self.problem, meetings),)

    def _go_back(self, before: Iterable[Meeting]) -> None:
        stood = dict.fromkeys(before)
        for one in [one for one in self.board.meetings if one not in stood]:
            self.board.remove(one)
        for one in stood:
            if one not in self.board.meetings:
                self.board.add(one)
