"""Makes the smaller question closer: what each activity can reach by itself is planned exactly, at prices of the rest.

The prices say what professionals, rooms, places for children and her time are worth to others. What an activity is
worth at these prices in any plan is one more sum that holds (a cut); with it the prices are found anew.
"""

import math
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .board import Board
from .linear import Answer
from .model import Literal, Model
from .opening import Choice, Leaning, Opening, openings_beside
from .pricing import Listed
from .problem import Request
from .relaxing import Held, Relaxation
from .solving import Budget, hint, model_of, search

#: How finely prices are told to CP-SAT, which counts in whole numbers; always rounded up, so the bound holds.
_FINELY = 2000
#: A sum is worth having if it takes so much away from what was promised.
_GAIN = 0.1
#: How much work one activity may take in each round; how close the linear program comes meanwhile, and at last.
_ROUNDS, _ROUGH, _FAIR, _CLOSE = (0.7, 4.0, 4.0), 1e-3, 3e-4, 1e-4
#: The last answer is as close as can be where so often the work of a rough one is left.
_LONG = 10.0
#: How often as long as the first prices took is kept for the last.
_KEPT = 2.5
#: What a step of the linear program takes for each of its terms, in units of work.
_STEP = 2e-9


class Tightened(NamedTuple):
    """What no plan exceeds, and how much the answer leans to each session that could be held."""

    bound: float
    leaning: Leaning


class Tightening:
    """Rounds of prices and sums."""

    def __init__(self, relaxation: Relaxation, budget: Budget) -> None:
        self.relaxation, self.budget = relaxation, budget
        self.problem, self.listed = relaxation.problem, Listed(relaxation, budget)
        self.bound = math.inf

    def run(self, work: float, seconds: float) -> Tightened:
        """As close as so much work and time allow; time to use the last sums is kept."""
        until, end = self.budget.work + work, self.budget.spent + seconds
        groups = (one for one in self.relaxation.of_activity if not self.problem.is_alone(one))
        activities = sorted(groups, key=lambda one: len(self.problem.of_activity[one]))
        begun, worked = self.budget.spent, self.budget.work
        answer = self._answer(end, _ROUGH)
        once, taken = self.budget.work - worked, self.budget.spent - begun
        last = end - _KEPT * taken
        for each in _ROUNDS:
            sums, left = len(self.relaxation.program), self._left(answer)
            activities = [
                one
                for one in activities
                if self._look_again(one, answer, left, min(each, until - _KEPT * once - self.budget.work), last)
            ]
            if len(self.relaxation.program) == sums or self.budget.spent >= last:
                break
            answer = self._answer(end, _ROUGH)
        if self.budget.spent < end:
            closer = self._answer(end, _CLOSE if until - self.budget.work > _LONG * once else _FAIR)
            answer = closer if closer.prices else answer  # else time was over before it was found
        return Tightened(self.bound, self._leaning(answer))

    def _answer(self, end: float, closeness: float) -> Answer:
        answer = self.relaxation.program.answer(max(end - self.budget.spent, 0.01), closeness)
        self.budget.work += _STEP * answer.steps * self.relaxation.program.terms
        self.bound = min(self.bound, answer.bound)
        return answer

    def _left(self, answer: Answer) -> Sequence[float]:
        """What each variable is worth to its activity at these prices; nothing where there are none."""
        if not answer.prices:
            return ()
        return self.relaxation.program.left_at(answer.prices, self.relaxation.shared)[0]

    def _look_again(self, activity: int, answer: Answer, left: Sequence[float], work: float, end: float) -> bool:
        """Plan an activity by itself at these prices; whether that takes something off the bound, or still may."""
        seconds = end - self.budget.spent
        if not left or work <= 0 or seconds <= 0:
            return True
        relaxation = self.relaxation
        own = [number for held in relaxation.of_activity[activity] for number in _numbers(relaxation, held)]
        most, proved = self._most(activity, left, work, seconds)
        if sum(left[one] * answer.values[one] for one in own) <= most + _GAIN:
            return not proved
        relaxation.program.at_most([(one, left[one]) for one in own if left[one]], most)
        return True

    def _most(self, activity: int, left: Sequence[float], work: float, seconds: float) -> tuple[float, bool]:
        """What no groups of the activity exceed at these prices, and whether they reach it."""
        most = self.listed.most(activity, left, work, seconds)
        if most is not None:
            return most, False
        outcome = search(self._model(activity, left), self.budget, work=work, seconds=seconds)
        return outcome.bound / _FINELY, outcome.proved

    def _model(self, activity: int, left: Sequence[float]) -> Model:
        problem, chance = self.problem, random.Random(0)  # noqa: S311 -- a search, not a secret; nothing is drawn
        offered = openings_beside(problem, Board(problem), {activity}, (), (), chance)
        model = model_of(problem, Board(problem), offered)
        hint(model, ())
        terms = [
            (literal, math.ceil(left_over * _FINELY - 1e-6))
            for number in range(len(offered))
            for literal, left_over in self._terms(model, number, left)
            if abs(left_over) > 1e-9
        ]
        model.cp.maximize(sum(weight * literal for literal, weight in terms))
        return model

    def _terms(self, model: Model, number: int, left: Sequence[float]) -> Iterator[tuple[Literal, float]]:
        """What joins, sessions and women in sessions are worth at these prices; never less than in the program."""
        opening = model.offered[number]
        by_whom = {held.professional: held for held in self.relaxation.of_activity[opening.activity]}
        for request in opening.requests:
            yield model.joins[number][request.number], request.weight
        for choice, literal in model.chosen[number].items():
            held = by_whom.get(choice.professional)
            spot = (choice.site, choice.start)
            if held and spot in held.held:
                yield literal, left[held.held[spot]]
        yield from self._attending(model, number, opening, by_whom, left)

    def _attending(
        self, model: Model, number: int, opening: Opening, by_whom: dict[int, Held], left: Sequence[float]
    ) -> Iterator[tuple[Literal, float]]:
        for spot in model.at[number]:
            there = {one.professional for one in opening.choices if (one.site, one.start) == spot} & by_whom.keys()
            for request in opening.requests:
                if model.fits(number, request, spot):
                    worths = [self._there(by_whom[one], request, spot, left) for one in there]
                    yield model.attends(number, request, spot), max(worths, default=0.0)

    def _there(self, held: Held, request: Request, spot: tuple[int, int], left: Sequence[float]) -> float:
        """What it is worth that she is in a session."""
        there = held.there.get((spot, self.relaxation.class_of(request, held.professional)))
        day = held.days.get((request.number, self.problem.day(spot[1])))
        return (left[there] if there is not None else 0.0) + (left[day] if day is not None else 0.0)

    def _leaning(self, answer: Answer) -> Leaning:
        found: dict[tuple[int, Choice], float] = {}
        for activity, all_held in self.relaxation.of_activity.items():
            for held in all_held:
                for (spot, _), number in held.there.items() if self.problem.is_alone(activity) else ():
                    key = (activity, Choice(held.professional, *spot))
                    found[key] = max(found.get(key, 0.0), answer.values[number])
                for spot, number in held.held.items():
                    found[activity, Choice(held.professional, *spot)] = answer.values[number]
        return found


def _numbers(relaxation: Relaxation, held: Held) -> Iterator[int]:
    """The variables of what one professional holds, as far as they have a worth or a price."""
    yield from held.there.values()
    yield from held.held.values()
    yield from held.days.values()
    for request in held.able:
        yield relaxation.with_whom[request.number, held.professional]
