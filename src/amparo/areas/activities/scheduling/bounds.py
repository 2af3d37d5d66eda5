"""How much any plan can reach at most: a promise, so only what is proved."""

import math

from .problem import Problem, Request
from .relaxing import Relaxation
from .solving import Budget
from .tightening import Tightened, Tightening


class Bound:
    """What no plan exceeds, as far as is known."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.value = _alone(problem)

    def lower(self, to: float) -> None:
        """No plan exceeds this either."""
        if math.isfinite(to):
            self.value = min(self.value, math.floor(to + 1e-4))


def relaxed(problem: Problem, budget: Budget, work: float, seconds: float) -> Tightened:
    """What no plan exceeds by the smaller question, as close as so much work and time allow."""
    return Tightening(Relaxation(problem, _possible(problem)), budget).run(work, seconds)


def _alone(problem: Problem) -> int:
    """The worth of every request that could be served if nobody else had asked, in groups that could be full enough."""
    return sum(one.weight for asked in _possible(problem).values() for one in asked)


def _possible(problem: Problem) -> dict[int, list[Request]]:
    found = {
        activity: [one for one in asked if one.bar is None] for activity, asked in sorted(problem.of_activity.items())
    }
    return {activity: asked for activity, asked in found.items() if len(asked) >= problem.least(activity)}
