"""Linear programs, and what their answers prove: a bound by prices is safe even where a solver stopped early.

Any prices (dual values) of the constraints give a bound: what the constraints cost at these prices, and for each
variable what it is worth beyond them, at its largest. So neither rounding nor stopping early can promise too much.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ortools.linear_solver import pywraplp

Term = tuple[int, float]
#: So many sums are answered exactly and quickly; beyond, a method of first order is much faster.
_EXACTLY = 2_000
_CLOSE = (
    "termination_criteria {{ simple_optimality_criteria {{ eps_optimal_relative: {0} eps_optimal_absolute: {0} }} }}"
)


class Answer(NamedTuple):
    """What each variable is, what each sum costs (its price), and what no answer exceeds, as these prices prove.

    `steps`: how many it took.
    """

    values: Sequence[float]
    prices: Sequence[float]
    bound: float
    steps: int


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

    def answer(self, seconds: float, closeness: float = 1e-4) -> Answer:
        """The best values, as close as asked (a share of the worth) where they are many; nothing where time is over."""
        solver = self._stated()
        if len(self._sums) > _EXACTLY:
            solver.SetSolverSpecificParametersAsString(_CLOSE.format(closeness))
        solver.SetTimeLimit(max(1, int(seconds * 1000)))
        answered = solver.Solve() in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}
        values = [one.solution_value() if answered else 0.0 for one in solver.variables()]
        prices = [row.dual_value() for row in solver.constraints()] if answered else []
        return Answer(values, prices, self.priced(prices), solver.iterations())

    def _stated(self) -> pywraplp.Solver:
        solver = pywraplp.Solver.CreateSolver("GLOP" if len(self._sums) <= _EXACTLY else "PDLP")
        variables = [solver.NumVar(0, largest, "") for largest in self.largest]
        for terms, low, high in self._sums:
            row = solver.Constraint(low, high)
            for one, weight in terms.items():
                row.SetCoefficient(variables[one], weight)
        objective = solver.Objective()
        for variable, worth in zip(variables, self.worth, strict=True):
            objective.SetCoefficient(variable, worth)
        objective.SetMaximization()
        return solver

    def priced(self, prices: Sequence[float]) -> float:
        """The bound that these prices of the sums prove; without prices, the worth of everything at its largest."""
        left, paid = self.left_at(prices, range(len(prices)))
        return paid + sum(worth * largest for worth, largest in zip(left, self.largest, strict=True) if worth > 0)

    def left_at(self, prices: Sequence[float], sums: Iterable[int]) -> tuple[list[float], float]:
        """What each variable is worth beyond what it costs at the prices of some sums, and what those cost at most."""
        left, paid = list(self.worth), 0.0
        for number in sums:
            price, (terms, low, high) = prices[number], self._sums[number]
            limit = high if price > 0 else low
            if price and math.isfinite(limit):
                paid += price * limit
                for one, weight in terms.items():
                    left[one] -= price * weight
        return left, paid

    def variables_of(self, number: int) -> Iterable[int]:
        """The variables of a sum."""
        return self._sums[number][0]

    @property
    def terms(self) -> int:
        """How many terms all sums have."""
        return sum(len(terms) for terms, _, _ in self._sums)

    def __len__(self) -> int:
        """How many sums there are."""
        return len(self._sums)


def _added(terms: Iterable[Term]) -> dict[int, float]:
    added: dict[int, float] = defaultdict(float)
    for one, weight in terms:
        added[one] += weight
    return added
