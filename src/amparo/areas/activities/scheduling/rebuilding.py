"""Makes a plan better quickly: takes some of it away, builds anew, keeps what is no worse, or at first hardly worse.

At first time has a price, so that only what is worth much for its time stands: groups, which are hard to bring together
once everything is full. As the price falls the rest fills what is left.
"""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import parts
from .board import Board
from .building import build, time_of
from .opening import stay_of
from .problem import Meeting, Problem
from .wishes import rank_of, worth_of

#: What share of the meetings is taken away; how often groups are formed anew then.
_SHARES, _TRIES = (0.01, 0.03, 0.06), (1, 2, 4)
#: How much worth a step may lose at first; the first price, as a share of what time brings in the plan that it begins
#: with; how much more of the steps have a low price.
_WARMTH, _DEAR, _BEND = 1.0, 1.5, 1.5
#: What a step takes for each request there is, and for what it looks at, in units of work.
_STEP, _EFFORT = 1.9e-6, 2.4e-6


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
        self.dear = 0.0 if self.before else _DEAR * self.worth / max(self._time(self.best), 1)

    def step(self, progress: float) -> float:
        """Take something away and build anew; at little progress (0 to 1) worth may be lost, to be won back later.

        Returns how much work that was.
        """
        price = self.dear * (1 - progress) ** _BEND
        before, effort = list(self.board.meetings), self.board.effort
        part = self.chance.choice(parts.KINDS)(self.problem, before, self.chance, self.chance.choice(_SHARES))
        for one in part.freed:
            if not stay_of(one, self.stays):
                self.board.remove(one)
        build(self.problem, self.board, self.chance, part.activities, self.stays, self.chance.choice(_TRIES), price)
        self._decide(before, price, _WARMTH * (1 - progress))
        return _STEP * len(self.problem.requests) + _EFFORT * (self.board.effort - effort)

    def fill(self) -> None:
        """Where time still has a price: see what comes out if whatever fits is added at none."""
        board = Board(self.problem, self.board.meetings)
        if self.dear:
            build(self.problem, board, self.chance, stays=self.stays)
            found = list(board.meetings)
            self._remember(found, self._rank(found))

    def _remember(self, meetings: list[Meeting], rank: tuple[int, ...]) -> None:
        if rank > self.highest:
            self.highest, self.best = rank, meetings

    def _decide(self, before: Sequence[Meeting], price: float, warmth: float) -> None:
        """Keep what was built, or go back."""
        now = list(self.board.meetings)
        rank, paid = self._rank(now), price * (self._time(now) - self._time(before)) if price else 0.0
        lost = -warmth * math.log(1 - self.chance.random())
        if rank >= self.rank if self.before else rank[0] - paid >= self.rank[0] - lost:
            self.rank = rank
            self._remember(now, rank)
        else:
            self._go_back(before)

    def _time(self, meetings: Iterable[Meeting]) -> int:
        return sum(time_of(self.problem, one.activity) for one in meetings)

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
