"""Makes a plan: best worth first, then the lesser wishes; what stands already stays or moves as little as possible."""

import math
import random
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal

from amparo.areas.activities.rules.instance import Group, Instance, Moment, NotServed, Plan
from amparo.areas.activities.rules.instance import Session as PlannedSession

from .beside import Beside, Task
from .board import Board
from .bounds import Bound
from .building import build
from .improving import AT_ONCE, Improving
from .keeping import Fixed, Kept, keep, kept_of, meeting_of
from .opening import stay_of
from .problem import Meeting, Problem
from .reasons import reasons
from .seating import rooms_given
from .solving import WORK_A_SECOND, Budget
from .wishes import worth_of

_BUILT = 4
#: Shares of all time up to which both processes work before they exchange; the first is for the bound.
_WHOLE, _PARTS = (0.12, 0.93), (0.4, 0.84, 0.93)
#: What share of all time planning at once may take.
_PLANNED = 0.9
Told = Callable[[int, int, float], None]


def solve(
    instance: Instance,
    *,
    seconds: float = 20.0,
    seed: int = 0,
    before: Plan | None = None,
    fixed: Collection[Fixed] = (),
    with_all: bool = True,
    not_before: Mapping[str, Moment] | None = None,
    stopped: Callable[[], bool] = lambda: False,
    told: Told = lambda worth, bound, spent: None,
) -> Plan:
    """The best plan that is found in so many seconds; `told` hears of worth, bound and seconds on the way.

    `before`: an earlier plan, of which as much stays as the best worth allows; its groups in `fixed` (by their place
    in it) stay as they are, though others may join; of a pair (group and session) that session with its women does.
    Raises keeping.CannotStayError where they cannot; `with_all=False` leaves out women who cannot.
    `not_before`: no session of these activities begins earlier. The search ends with the
    best plan so far as soon as `stopped` says so; it is asked often, in this thread.
    """
    budget = Budget(seconds, seed, stopped=stopped)
    groups = before.groups if before else ()
    numbers = {one if isinstance(one, int) else one[0] for one in fixed}
    pinned = frozenset(session.room for number in numbers for session in groups[number].sessions)
    problem = Problem(instance, pinned, not_before)
    stays, held = keep(problem, before, fixed, budget, with_all=with_all) if before else Kept([], [])
    earlier = [one for group in groups if (one := meeting_of(problem, group))]
    found = _Search(problem, budget, stays, held, earlier, told)
    meetings, bound = found.best()
    return plan_of(problem, meetings, bound, budget.spent, _rooms_of(problem, groups))


def _rooms_of(problem: Problem, groups: Iterable[Group]) -> dict[tuple[int, int, int], str]:
    """The room of each session of an earlier plan, by activity, professional and start."""
    activities, led_by = problem.number_of_activity, problem.number_of_professional
    return {
        (activities[group.activity], led_by[session.professional], problem.slot(session.start)): session.room
        for group in groups
        for session in group.sessions
        if group.activity in activities and session.professional in led_by
    }


class _Search:
    """From a first plan to the best that time allows."""

    def __init__(
        self,
        problem: Problem,
        budget: Budget,
        stays: list[Meeting],
        held: list[Meeting],
        earlier: list[Meeting],
        told: Told,
    ) -> None:
        self.problem, self.budget, self.told = problem, budget, told
        self.chance = random.Random(budget.seed)  # noqa: S311 -- a search, not a secret
        self.stays, self.held, self.earlier = stays, held, earlier
        self.bound = Bound(problem)

    def best(self) -> tuple[list[Meeting], int]:
        """The best meetings, and what none can exceed."""
        improving = Improving(
            self.problem,
            self.budget,
            self._first(),
            stays=tuple(self.stays),
            before=tuple(self.earlier),
            chance=self.chance,
        )
        self._better(improving)
        improving.polish()
        return improving.meetings, self.bound.value

    def _better(self, improving: Improving) -> None:
        """All at once where that is little; else two processes, which exchange what they found from time to time."""
        choices = sum(len(one.choices) for one in improving.whole)
        if self._is_best(improving):
            return
        if 0 < choices <= AT_ONCE:
            work, seconds = _PLANNED * self.budget.seconds * WORK_A_SECOND, _PLANNED * self.budget.left
            self._learn(improving, improving.plan_whole(work, seconds))
            return
        kind: Literal["whole", "parts"] = "whole" if choices else "parts"
        with Beside(self.problem, self.stays, self.budget) as beside:
            done = 0.0
            for share in _WHOLE if choices else _PARTS:
                work = (share - done) * self.budget.seconds * WORK_A_SECOND
                seconds = share * self.budget.seconds - self.budget.spent
                asked: Literal["bound", "whole", "parts"] = kind if done else "bound"
                sent = set(improving.meetings)
                beside.ask(Task(asked, improving.meetings, self.bound.value, work, seconds))
                improving.climb(self.bound.value, work, seconds, longer=beside.is_working)
                found, done = beside.answer(), share
                if found and set(found.meetings) != sent:
                    improving.join(found.meetings)
                if found:
                    improving.leaning = found.leaning or improving.leaning
                self._learn(improving, found.bound if found else math.inf)
                if self._is_best(improving) or self.budget.is_over():
                    break

    def _is_best(self, improving: Improving) -> bool:
        return improving.worth >= self.bound.value

    def _learn(self, improving: Improving, bound: float) -> None:
        self.bound.lower(bound)
        self.told(improving.worth, self.bound.value, self.budget.spent)

    def _first(self) -> list[Meeting]:
        """What stays, what can be kept, and what fits beside."""
        found: list[Meeting] = []
        for _ in range(_BUILT):
            board = Board(self.problem, self.held)
            kept_of(self.problem, board, [one for one in self.earlier if not stay_of(one, self.stays)])
            build(self.problem, board, self.chance, stays=self.stays)
            if not found or worth_of(self.problem, board.meetings) > worth_of(self.problem, found):
                found = list(board.meetings)
            if self.budget.is_over(0.5):
                break
        return found


def plan_of(
    problem: Problem, meetings: list[Meeting], bound: int, seconds: float, were: Mapping[tuple[int, int, int], str]
) -> Plan:
    """Meetings as a plan, with its reasons; in the rooms in which sessions `were` where that can be."""
    meetings = sorted(meetings, key=lambda one: (one.activity, one.sessions, one.women))
    why = reasons(problem, meetings)
    worth = worth_of(problem, meetings)
    return Plan(
        status=_status(problem, meetings, worth, bound),
        objective=worth,
        bound=bound,
        seconds=round(seconds, 2),
        groups=_groups(problem, meetings, were),
        not_served=tuple(
            NotServed(
                woman=problem.women[one.woman].id, activity=problem.activities[one.activity].id, reason=why[one.number]
            )
            for one in problem.requests
            if one.number in why
        ),
    )


def _status(
    problem: Problem, meetings: list[Meeting], worth: int, bound: int
) -> Literal["optimal", "feasible", "infeasible"]:
    """Infeasible where it is proved that no request at all can be served."""
    if not meetings and bound == 0 and any(one.weight for one in problem.requests):
        return "infeasible"
    return "optimal" if worth == bound else "feasible"


def _groups(problem: Problem, meetings: list[Meeting], were: Mapping[tuple[int, int, int], str]) -> tuple[Group, ...]:
    rooms = rooms_given(problem, meetings, were)
    return tuple(
        Group(
            activity=problem.activities[meeting.activity].id,
            women=tuple(problem.women[woman].id for woman in meeting.women),
            sessions=tuple(
                PlannedSession(
                    start=problem.moment(one.start),
                    room=rooms[number, one.start],
                    professional=problem.professionals[meeting.professional].id,
                )
                for one in meeting.sessions
            ),
        )
        for number, meeting in enumerate(meetings)
    )
