"""Makes a plan better piece by piece: frees a part of it, lets CP-SAT plan that part anew, keeps what is no worse."""

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from . import parts
from .board import Board
from .model import Model
from .opening import Leaning, Opening, openings_beside
from .problem import Meeting, Problem
from .rebuilding import Rebuilding
from .solving import WORK_A_SECOND, Budget, Outcome, hint, model_of, search
from .wishes import lesser_cost, rank_of, worth, worth_and_kept, worth_of

#: How many sessions a part is offered for each meeting that is freed, drawn anew each time: few are quick to plan, many
#: find what few miss; and how many at least.
_CHOICES, _FEWEST_CHOICES = (6, 6, 40), 100
#: How often a part is offered sessions to which the relaxation leans, rather than any.
_LEANS = 0.7
#: How many sessions to which it leans are offered for each meeting where everything is planned anew; how much work.
_NEAR, _LEANING = 8, 4.0
#: Work for one part.
_WORK = 0.6
#: What share of the meetings a part frees at first; a little more where it was planned to the end, else much less.
_SHARE, _MORE, _LESS, _LEAST = 0.06, 1.2, 0.75, 0.01
#: So many choices are planned at once without asking further; what share of all time their lesser wishes may take.
AT_ONCE, _WISHED, _POLISHED = 800, 2000, 0.2
#: So many meetings at least a part frees at first.
_MEETINGS = 8
#: Up to here everything is planned at once beside.
_FEW_REQUESTS, _FEW_CHOICES = 160, 2500
#: Where there are more, everything is built anew until this share of all time is used up.
_REBUILT = 0.7
#: So many parts in a row without anything better end the search for the lesser wishes.
_IDLE = 40
Aim = tuple[parts.Kind, bool]


@dataclass
class Improving:
    """The best meetings so far."""

    problem: Problem
    budget: Budget
    meetings: list[Meeting]
    stays: tuple[Meeting, ...] = ()
    before: tuple[Meeting, ...] = ()
    chance: random.Random = field(default_factory=random.Random)
    shares: dict[Aim, float] = field(default_factory=dict)
    leaning: Leaning = field(default_factory=dict)
    _rebuilding: Rebuilding | None = None
    _begun: float = 0.0

    @property
    def worth(self) -> int:
        """The worth of the meetings."""
        return worth_of(self.problem, self.meetings)

    @cached_property
    def whole(self) -> list[Opening]:
        """Every opening there is, where they are so few that all can be planned at once; else none."""
        if sum(1 for one in self.problem.requests if one.bar is None) > _FEW_REQUESTS:
            return []
        board, everything = Board(self.problem), set(self.problem.of_activity)
        whole = openings_beside(self.problem, board, everything, self.stays, self.stays, self.chance)
        return whole if sum(len(one.choices) for one in whole) <= _FEW_CHOICES else []

    def climb(self, goal: int, work: float, seconds: float, longer: Callable[[], bool] = lambda: False) -> None:
        """Better them part by part until they are worth the goal, with so much work, for so many seconds at most.

        Where the seconds end it, it goes on for as much `longer` as that holds.
        """
        until, end = self.budget.work + work, self.budget.spent + seconds
        self.rebuild(goal, until, end)
        while self.worth < goal and self.budget.work < until and not self.budget.is_over():
            if self.budget.spent >= end and not longer():
                break
            self.improve(self.chance.choice(parts.KINDS))

    def rebuild(self, goal: int, until: float, end: float) -> None:
        """Take pieces away and build them anew, up to so much work and so many seconds."""
        if self._rebuilding is None:
            self._begun = self.budget.used
            self._rebuilding = Rebuilding(self.problem, self.chance, self.meetings, self.stays, self.before)
        while self._rebuilding.worth < goal and self.budget.work < until and self.budget.spent < end:
            progress = self._rebuilt
            if progress >= 1 or self.budget.is_over():
                break
            self.budget.work += self._rebuilding.step(progress)
        self._rebuilding.fill()
        self.take(self._rebuilding.best)

    @property
    def _rebuilt(self) -> float:
        """How much of the time for building anew is over; all of it where everything can be planned at once."""
        if self.whole:
            return 1.0
        return (self.budget.used - self._begun) / max(_REBUILT - self._begun, 0.01)

    def polish(self) -> None:
        """Turn to the lesser wishes, all at once where that is little, until nothing more is found or time is over."""
        if self.meetings and sum(len(one.choices) for one in self.whole) <= _WISHED and not self.budget.is_over():
            model = model_of(self.problem, Board(self.problem), self.whole) if self.whole else None
            self._wish(model, [], self.meetings, work=_POLISHED * self.budget.seconds * WORK_A_SECOND)
        if self.meetings and self.before and not self.budget.is_over():
            self._wish(self._of_both(self.before), [], self.meetings, work=_POLISHED * self.budget.seconds)
        idle = 0
        while self.meetings and idle < _IDLE and not self.budget.is_over():
            idle = 0 if self.refine(self.chance.choice(parts.KINDS)) else idle + 1

    def plan_whole(self, work: float, seconds: float) -> float:
        """Plan everything at once with so much work and time; returns what no plan exceeds, as far as it proves.

        What stands is not shown to this search: looking around it first, it proves much less in the same time.
        """
        model = model_of(self.problem, Board(self.problem), self.whole)
        model.cp.maximize(worth(model))
        outcome = search(model, self.budget, work=work, seconds=seconds)
        self.take(outcome.meetings)
        return outcome.bound

    def lean(self, work: float, seconds: float) -> None:
        """Plan everything anew among the sessions to which the relaxation leans, and those that stand."""
        model = self._model(self._everything(self.meetings), (), _NEAR, often=1.0) if work > 0 < seconds else None
        if model is not None:
            hint(model, self.meetings)
            model.cp.maximize(worth(model))
            self.take(search(model, self.budget, work=min(work, _LEANING), seconds=seconds).meetings)

    def take(self, meetings: Sequence[Meeting] | None) -> None:
        """Have these, where they are better: worth more, or as much with more of the lesser wishes."""
        if meetings is not None and self._rank(meetings) > self._rank(self.meetings):
            self.meetings = list(meetings)

    def join(self, others: Sequence[Meeting]) -> None:
        """Choose anew among the sessions of these meetings and of others: the best of both."""
        if set(others) != set(self.meetings):
            model = self._of_both(others)
            self.take(others)
            if model is not None:
                hint(model, self.meetings)
                model.cp.maximize(worth_and_kept(model, self.before))
                self.take(search(model, self.budget, work=2 * _WORK).meetings)

    def _of_both(self, others: Sequence[Meeting]) -> Model | None:
        return self._model(self._everything({*self.meetings, *others}), standing=(), choices=1)

    def _everything(self, meetings: Iterable[Meeting]) -> parts.Part:
        return parts.Part(sorted(meetings), frozenset(self.problem.of_activity))

    def improve(self, kind: parts.Kind, *, work: float = _WORK) -> bool:
        """Free one part and plan it anew for its worth; whether the plan is worth more now."""
        part = self._part(kind, refining=False)
        now = worth_of(self.problem, part.freed)
        standing = self._beside(part.freed)
        model = self._model(part, standing)
        if model is None:
            return False
        hint(model, sorted(part.freed))
        model.cp.maximize(worth_and_kept(model, self.before))
        outcome = search(model, self.budget, work=work)
        self._learn((kind, False), planned=outcome.proved)
        if outcome.meetings is None or worth_of(self.problem, outcome.meetings) < now:
            return False
        found = [*standing, *outcome.meetings]
        if self.before:
            self.take(found)
        else:
            self.meetings = found
        return worth_of(self.problem, outcome.meetings) > now

    def refine(self, kind: parts.Kind, *, work: float = _WORK / 3) -> bool:
        """Free one part and plan it anew for the lesser wishes at the same worth; whether it is better now."""
        part = self._part(kind, refining=True)
        standing = self._beside(part.freed)
        outcome, is_better = self._wish(self._model(part, standing), standing, part.freed, work=work)
        if outcome is not None:
            self._learn((kind, True), planned=outcome.proved)
        return is_better

    def _wish(
        self, model: Model | None, standing: Sequence[Meeting], freed: Sequence[Meeting], *, work: float
    ) -> tuple[Outcome | None, bool]:
        """Ask the model for what was freed with more of the lesser wishes; what came out, and whether it is better."""
        if model is None:
            return None, False
        hint(model, sorted(freed))
        model.cp.add(worth(model) >= worth_of(self.problem, freed))
        model.cp.minimize(lesser_cost(model, self.before))
        outcome = search(model, self.budget, work=work)
        was = self.meetings
        self.take([*standing, *outcome.meetings] if outcome.meetings is not None else None)
        return outcome, self.meetings is not was

    def _part(self, kind: parts.Kind, *, refining: bool) -> parts.Part:
        return kind(self.problem, self.meetings, self.chance, self._share((kind, refining)))

    def _learn(self, aim: Aim, *, planned: bool) -> None:
        """Free more next time where a part was planned to the end, less where it was too much."""
        self.shares[aim] = min(1.0, max(_LEAST, self._share(aim) * (_MORE if planned else _LESS)))

    def _share(self, aim: Aim) -> float:
        return self.shares.get(aim, max(_SHARE, min(1.0, _MEETINGS / max(len(self.meetings), 1))))

    def _rank(self, meetings: Sequence[Meeting]) -> tuple[int, ...]:
        return rank_of(self.problem, meetings, self.before)

    def _beside(self, freed: Collection[Meeting]) -> list[Meeting]:
        leaving = set(freed)
        return [one for one in self.meetings if one not in leaving]

    def _model(
        self, part: parts.Part, standing: Iterable[Meeting], choices: int | None = None, often: float = _LEANS
    ) -> Model | None:
        board = Board(self.problem, standing)
        each = choices or self.chance.choice(_CHOICES)
        most = max(1 if choices else _FEWEST_CHOICES, len(part.freed) * each)
        freed, leaning = set(part.freed), self.leaning if self.chance.random() < often else {}
        offered = openings_beside(self.problem, board, part.activities, freed, self.stays, self.chance, most, leaning)
        return model_of(self.problem, board, offered) if offered else None
