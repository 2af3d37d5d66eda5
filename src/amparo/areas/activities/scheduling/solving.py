"""Asks CP-SAT: the rules, a hint, limits, and what came out; the same question with the same seed has one answer.

Searching with one worker and a limit in the solver's own units of work makes it so. The clock may end a search
earlier: then the plan is as good as time allowed, and need not come out twice.
"""

import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from . import constraints, seating
from .board import Board
from .model import Literal, Model
from .opening import Choice, Opening
from .problem import Meeting, Problem

#: What building a rule costs beside searching, in units of work.
_BUILDING = 2e-5
#: How much work is asked of a second: a little less than an ordinary machine does, so that work ends a search, and the
#: clock only where the machine is busy.
WORK_A_SECOND = 0.7
#: With less work than this the model is searched at once: looking through it first would take most of the work.
_THOROUGH = 2.0
#: Seconds that are kept for reasons and for writing.
TO_FINISH = 0.3
#: Seconds after which a search that somebody stopped hears of it.
_GLANCE = 0.05
#: Otherwise the solver's bound says nothing.
_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
Rule = Callable[[Model], None]
RULES: tuple[Rule, ...] = (
    constraints.one_answer,
    constraints.days_apart,
    constraints.her_starts,
    constraints.languages,
    constraints.professionals,
    constraints.individual_gaps,
    constraints.women,
    constraints.separated,
    constraints.nobody_near,
    seating.sizes,
    seating.rooms,
    seating.childcare,
)


@dataclass
class Budget:
    """The time that is left: on the clock, and in the solver's own units of work, which are the same everywhere."""

    seconds: float
    seed: int = 0
    begun: float = field(default_factory=time.monotonic)
    work: float = 0.0
    stopped: Callable[[], bool] = lambda: False

    def is_over(self, share: float = 1.0) -> bool:
        """Whether this share of the time is used up, or somebody stopped the search."""
        worked = self.work >= share * self.seconds * WORK_A_SECOND
        return worked or self.stopped() or self.spent >= share * self.seconds - TO_FINISH

    @property
    def used(self) -> float:
        """The share of the time that is used up, by work or by the clock; at most 1."""
        return min(1.0, max(self.work / WORK_A_SECOND, self.spent) / self.seconds)

    @property
    def left(self) -> float:
        """Seconds on the clock."""
        return self.seconds - (time.monotonic() - self.begun)

    @property
    def spent(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.begun


@dataclass(frozen=True)
class Outcome:
    """What a search found: meetings (none where it found nothing), and the bound that it proved."""

    meetings: list[Meeting] | None
    value: float
    bound: float
    proved: bool
    impossible: bool


def model_of(problem: Problem, board: Board, offered: Sequence[Opening], rules: Iterable[Rule] | None = None) -> Model:
    """The model of these openings beside what stands on the board, with every rule."""
    model = Model(problem, board, offered)
    for rule in RULES if rules is None else rules:
        rule(model)
    for number, opening in enumerate(offered):
        if opening.rooms:
            model.cp.add(model.held[number] == 1)
            for choice, literal in model.chosen[number].items():
                if choice.start in opening.rooms:
                    model.cp.add(literal == 1)
            for request in opening.requests:
                if request.woman in opening.stays:
                    model.cp.add(model.joins[number][request.number] == 1)
    return model


def hint(model: Model, meetings: Sequence[Meeting]) -> None:
    """Show the search what stands now: each meeting to an opening of its activity that could hold it."""
    left = list(meetings)
    shown: dict[int, tuple[Literal, bool]] = {}
    for number, opening in enumerate(model.offered):
        now = next((one for one in left if _could_be(model, number, opening, one)), None)
        if now is not None:
            left.remove(now)
        shown.update((literal.index, (literal, holds)) for literal, holds in _shown(model, number, now))
    for literal, holds in shown.values():
        model.cp.add_hint(literal, holds)


def _shown(model: Model, number: int, now: Meeting | None) -> Iterator[tuple[Literal, bool]]:
    """What holds of an opening where it holds this meeting; nothing where it is not held."""
    kinds = {(one.site, one.start): one.kind for one in now.sessions} if now else {}
    women = set(now.women) if now else set()
    yield model.held[number], now is not None
    for one, literal in model.led[number].items():
        yield literal, now is not None and one == now.professional
    for choice, literal in model.chosen[number].items():
        is_hers = now is not None and choice.professional == now.professional
        yield literal, is_hers and (choice.site, choice.start) in kinds
    for spot, literal in model.at[number].items():
        yield literal, spot in kinds
        for kind, room in model.kinds.get((number, *spot), {}).items():
            yield room, kinds.get(spot) == kind
    for request in model.offered[number].requests:
        yield model.joins[number][request.number], request.woman in women
        for spot, literal in model.attended(number, request).items():
            yield literal, request.woman in women and spot in kinds


def _could_be(model: Model, number: int, opening: Opening, meeting: Meeting) -> bool:
    women = {request.woman for request in opening.requests}
    return (
        opening.activity == meeting.activity
        and set(meeting.women) <= women
        and all(Choice(meeting.professional, one.site, one.start) in model.chosen[number] for one in meeting.sessions)
    )


def search(model: Model, budget: Budget, *, work: float, seconds: float | None = None) -> Outcome:
    """Solve the model within so much work. The objective has to be set."""
    solver, status = _asked(model.cp, budget, work, seconds)
    found = status in _FOUND
    return Outcome(
        model.meetings(lambda literal: bool(solver.boolean_value(literal))) if found else None,
        solver.objective_value if found else 0.0,
        solver.best_objective_bound if found else math.inf,
        status == cp_model.OPTIMAL,
        status == cp_model.INFEASIBLE,
    )


def never_exceeded(cp: cp_model.CpModel, budget: Budget, *, work: float, seconds: float) -> float:
    """What no answer exceeds, as far as so much work shows it. The objective has to be set."""
    solver, status = _asked(cp, budget, work, seconds)
    return solver.best_objective_bound if status in _FOUND else math.inf


def _asked(cp: cp_model.CpModel, budget: Budget, work: float, seconds: float | None) -> tuple[cp_model.CpSolver, int]:
    solver = cp_model.CpSolver()
    given = solver.parameters
    given.num_workers = 1
    given.linearization_level = 2
    if work < _THOROUGH:
        given.cp_model_probing_level = given.symmetry_level = 0
        given.max_presolve_iterations = 1
    given.random_seed = budget.seed
    given.max_deterministic_time = work
    given.max_time_in_seconds = max(0.01, min(budget.left, seconds or budget.left))
    given.catch_sigint_signal = False
    status = _solved(solver, cp, budget)
    budget.work += solver.response_proto.deterministic_time + _BUILDING * len(cp.proto.constraints)
    return solver, status


def _solved(solver: cp_model.CpSolver, cp: cp_model.CpModel, budget: Budget) -> int:
    """Solve in a thread of its own, and look up often: whoever stops it gets at once what was found until then."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(int(solver.solve(cp))), daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_GLANCE)
            if budget.stopped():
                solver.stop_search()
    finally:
        solver.stop_search()  # no search outlives us, whatever made us leave
    return found[0] if found else int(cp_model.UNKNOWN)
