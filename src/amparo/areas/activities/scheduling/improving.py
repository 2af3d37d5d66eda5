"""Makes a plan better piece by piece: frees a part of it, lets CP-SAT plan that part anew, keeps what is no worse."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import parts
from .board import Board
from .bounds import Bound
from .model import Model
from .opening import Opening, openings_beside
from .problem import Meeting, Problem
from .solving import Budget, hint, model_of, search
from .wishes import lesser_cost, lesser_cost_of, worth, worth_of

_MOST_CHOICES = 2400
_WORK = 1.2
_TINY = 800
_SMALL = 12000
_IDLE = 40
_WHOLE = 0.6


@dataclass
class Improving:
    """The best meetings so far."""

    problem: Problem
    budget: Budget
    meetings: list[Meeting]
    stays: frozenset[Meeting] = frozenset()
    before: tuple[Meeting, ...] = ()
    chance: random.Random = field(default_factory=random.Random)

    @property
    def worth(self) -> int:
        """The worth of the meetings."""
        return worth_of(self.problem, self.meetings)

    def run(self, bound: Bound, told: Callable[[int, int, float], None]) -> None:
        """Everything that time allows: piece by piece, as a whole where it is small enough; then the lesser wishes."""
        whole = openings_beside(
            self.problem, Board(self.problem), set(self.problem.of_activity), self.stays, self.stays, self.chance
        )
        size = sum(len(one.choices) for one in whole)
        share = 0.0 if size <= _TINY else 0.5 if size <= _SMALL else 0.9
        while self.worth < bound.value and not self.budget.is_over(share):
            self.improve(self.chance.choice(parts.KINDS))
            told(self.worth, bound.value, self.budget.spent)
        if size <= _SMALL and self.worth < bound.value:
            self._prove(whole, bound)
            told(self.worth, bound.value, self.budget.spent)
        idle = 0
        while self.meetings and idle < _IDLE and not self.budget.is_over():
            idle = 0 if self.refine(self.chance.choice(parts.KINDS)) else idle + 1

    def _prove(self, whole: Sequence[Opening], bound: Bound) -> None:
        model = model_of(self.problem, Board(self.problem), whole)
        hint(model, self.meetings)
        model.cp.maximize(worth(model))
        outcome = search(model, self.budget, work=_WHOLE * self.budget.seconds)
        bound.lower(outcome.bound)
        if outcome.meetings is not None and worth_of(self.problem, outcome.meetings) >= self.worth:
            self.meetings = outcome.meetings

    def improve(self, kind: parts.Kind, *, work: float = _WORK) -> bool:
        """Free one part and plan it anew for its worth; whether the plan is worth more now."""
        part = kind(self.problem, self.meetings, self.chance)
        now = worth_of(self.problem, part.freed)
        model, standing = self._model(part)
        if model is None:
            return False
        model.cp.maximize(worth(model))
        outcome = search(model, self.budget, work=work)
        if outcome.meetings is None or worth_of(self.problem, outcome.meetings) < now:
            return False
        self.meetings = [*standing, *outcome.meetings]
        return worth_of(self.problem, outcome.meetings) > now

    def refine(self, kind: parts.Kind, *, work: float = _WORK / 3) -> bool:
        """Free one part and plan it anew for the lesser wishes at the same worth; whether it is better now."""
        part = kind(self.problem, self.meetings, self.chance)
        model, standing = self._model(part)
        if model is None:
            return False
        model.cp.add(worth(model) >= worth_of(self.problem, part.freed))
        model.cp.minimize(lesser_cost(model, self.before))
        outcome = search(model, self.budget, work=work)
        if outcome.meetings is None:
            return False
        planned = [*standing, *outcome.meetings]
        is_better = self._rank(planned) > self._rank(self.meetings)
        self.meetings = planned if is_better else self.meetings
        return is_better

    def _rank(self, meetings: Sequence[Meeting]) -> tuple[int, ...]:
        return (
            worth_of(self.problem, meetings),
            *(-one for one in lesser_cost_of(self.problem, meetings, self.before)),
        )

    def _model(self, part: parts.Part) -> tuple[Model | None, list[Meeting]]:
        freed = set(part.freed)
        standing = [one for one in self.meetings if one not in freed]
        board = Board(self.problem, standing)
        offered = openings_beside(self.problem, board, part.activities, freed, self.stays, self.chance, _MOST_CHOICES)
        if not offered:
            return None, standing
        model = model_of(self.problem, board, offered)
        hint(model, sorted(freed))
        return model, standing
