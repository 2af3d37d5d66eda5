"""Linear programs, and what their answers prove: a bound by prices is safe even where a solver stopped early.

Any prices (dual values) of the constraints give a bound: what the constraints cost at these prices, and for each
variable what it is worth beyond them, at its largest. So neither rounding nor stopping early can promise too much.
"""

import math
from collections import defaultdict
from collections.abc import Iterable

from ortools.linear_solver import pywraplp

Term = tuple[int, float]
#: So many sums are answered exactly and quickly; beyond, a method of first order is much faster.
_EXACTLY = 15_000


class Program:
    """Variables from zero to a largest value, each with its worth, and sums of them that stay within limits."""

    def __init__(self) -> None:
        self.largest: list[float] = []
        self.worth: list[float] = []
        self._sums: list[tuple[dict[int, float], float, float]] = []

    def variable(self, largest: float = 1.0, worth: float = 0.0) -> int:
        """A new variable, by its number."""
        self.largest.append(largest)
        self.worth.append(worth)
        return len(self.largest) - 1

    def at_most(self, terms: Iterable[Term], limit: float) -> None:
        """The sum is never more; what can never be more anyway is left out."""
        added = _added(terms)
        if sum(weight * self.largest[one] for one, weight in added.items() if weight > 0) > limit:
            self._sums.append((added, -math.inf, limit))

    def equal(self, terms: Iterable[Term], value: float = 0.0) -> None:
        """The sum is just so much."""
        self._sums.append((_added(terms), value, value))

    def bound(self, seconds: float) -> float:
        """What the worth of no answer exceeds; as close as these seconds allow."""
        exactly = len(self._sums) <= _EXACTLY
        solver = pywraplp.Solver.CreateSolver("GLOP" if exactly else "PDLP")
        variables = [solver.NumVar(0, largest, "") for largest in self.largest]
        rows = []
        for terms, low, high in self._sums:
            row = solver.Constraint(low, high)
            for one, weight in terms.items():
                row.SetCoefficient(variables[one], weight)
            rows.append(row)
        objective = solver.Objective()
        for variable, worth in zip(variables, self.worth, strict=True):
            objective.SetCoefficient(variable, worth)
        objective.SetMaximization()
        solver.SetTimeLimit(max(1, int(seconds * 1000)))
        answered = solver.Solve() in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}
        return self.priced([row.dual_value() for row in rows]) if answered else self.priced([])

    def priced(self, prices: list[float]) -> float:
        """The bound that these prices of the sums prove; without prices, the worth of everything at its largest."""
        left, paid = list(self.worth), 0.0
        for price, (terms, low, high) in zip(prices, self._sums, strict=False):
            limit = high if price > 0 else low
            if price and math.isfinite(limit):
                paid += price * limit
                for one, weight in terms.items():
                    left[one] -= price * weight
        return paid + sum(worth * largest for worth, largest in zip(left, self.largest, strict=True) if worth > 0)


def _added(terms: Iterable[Term]) -> dict[int, float]:
    added: dict[int, float] = defaultdict(float)
    for one, weight in terms:
        added[one] += weight
    return added
