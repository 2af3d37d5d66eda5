"""How much any plan can reach at most: a promise, so only what is proved."""

from .problem import Problem


class Bound:
    """What no plan exceeds, as far as is known."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.value = _alone(problem)

    def lower(self, to: float) -> None:
        """No plan exceeds this either."""
        self.value = min(self.value, int(to + 1e-6))


def _alone(problem: Problem) -> int:
    """The worth of every request that could be served if nobody else had asked, in groups that could be full enough."""
    total = 0
    for activity, asked in problem.of_activity.items():
        possible = [one for one in asked if one.bar is None]
        if len(possible) >= problem.least(activity):
            total += sum(one.weight for one in possible)
    return total
