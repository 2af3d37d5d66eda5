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

#: How many sessions a part is offered, drawn anew each time: few are quick to plan, many find what few miss.
_MOST_CHOICES = (200, 400, 400, 900)
#: Work for one part.
_WORK = 0.4
#: Up to here everything is planned at once, and proved.
_FEW_REQUESTS, _FEW_CHOICES, _VERY_FEW_CHOICES = 120, 6000, 800
#: So many parts in a row without anything better end the search for the lesser wishes.
_IDLE = 40
#: Shares of all time: proving the whole, the bound, and when to turn to the lesser wishes.
_WHOLE, _RELAXED, _BEFORE_WHOLE, _PIECES = 0.5, 0.15, 0.3, 0.9


@dataclass
class Improving:
    """The best meetings so far."""

    problem: Problem
    budget: Budget
    meetings: list[Meeting]
    stays: tuple[Meeting, ...] = ()
    before: tuple[Meeting, ...] = ()
    chance: random.Random = field(default_factory=random.Random)

    @property
    def worth(self) -> int:
        """The worth of the meetings."""
        return worth_of(self.problem, self.meetings)

    def run(self, bound: Bound, told: Callable[[int, int, float], None]) -> None:
        """Everything that time allows: the whole where it is small, else piece by piece; then the lesser wishes."""
        whole = self._whole()
        at_once = sum(len(one.choices) for one in whole) <= _VERY_FEW_CHOICES
        if self.worth < bound.value and not (whole and at_once):
            bound.relax(self.budget, work=_RELAXED * self.budget.seconds)
        share = _PIECES if not whole else 0.0 if at_once else _BEFORE_WHOLE
        while self.worth < bound.value and not self.budget.is_over(share):
            self.improve(self.chance.choice(parts.KINDS))
            told(self.worth, bound.value, self.budget.spent)
        if whole and self.worth < bound.value:
            self._prove(whole, bound)
            told(self.worth, bound.value, self.budget.spent)
        idle = 0
        while self.meetings and idle < _IDLE and not self.budget.is_over():
            idle = 0 if self.refine(self.chance.choice(parts.KINDS)) else idle + 1

    def _whole(self) -> list[Opening]:
        """Every opening there is, where they are so few that all can be planned at once; else none."""
        if sum(1 for one in self.problem.requests if one.bar is None) > _FEW_REQUESTS:
            return []
        board, everything = Board(self.problem), set(self.problem.of_activity)
        whole = openings_beside(self.problem, board, everything, self.stays, self.stays, self.chance)
        return whole if sum(len(one.choices) for one in whole) <= _FEW_CHOICES else []

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
        offered = openings_beside(
            self.problem, board, part.activities, freed, self.stays, self.chance, self.chance.choice(_MOST_CHOICES)
        )
        if not offered:
            return None, standing
        model = model_of(self.problem, board, offered)
        hint(model, sorted(freed))
        return model, standing
