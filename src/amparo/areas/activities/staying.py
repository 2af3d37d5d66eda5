"""Who keeps her place when published weeks are planned again, and why a group with something fixed cannot stay.

Whoever has a place in what is published was told her times. She keeps a place unless the coordination said otherwise
for her by name: the best plan is looked for freely first; where it would cost somebody her place, her group stays
whole, and the rest is planned around it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from .rules.instance import Instance, Moment, Plan

if TYPE_CHECKING:
    from .scheduling.keeping import CannotStayError, Fixed
    from .scheduling.problem import Meeting, Problem

#: Of all time: looking freely, then with the groups whole that lost somebody, then with all of them whole.
_SHARES = (0.5, 0.3, 0.2)
#: Seconds at most for looking whether some groups can stay; it takes far less.
_LOOKING = 2.0


@dataclass(frozen=True)
class Stays:
    """What is planned again, what stands of it and what of that is fixed, by the places in it."""

    instance: Instance
    before: Plan
    fixed: Sequence[tuple[int, int]]
    not_before: Mapping[str, Moment] | None = None
    released: frozenset[tuple[str, str]] = frozenset()  # who may lose her place, and in which activity


@dataclass(frozen=True)
class Stuck:
    """What is fixed and cannot stay: the least of it that cannot, by group and place in the plan.

    `too_few`: it is one group, and fewer can still come to it than it needs.
    """

    sessions: Sequence[tuple[int, int]]
    too_few: bool


def solved(there: Stays, *, seconds: float, stopped: Callable[[], bool]) -> Plan | Stuck:
    """A plan in which everybody who stands in it keeps a place, as far as that can be; or what cannot stay.

    Of those that were found, the one by which the fewest lose a place. Who can no longer be in her group is left out.
    """
    from .scheduling.keeping import CannotStayError
    from .scheduling.planning import solve

    whole, pins = _whole(there), set[int]()
    found = list[tuple[int, Plan]]()
    for share in _SHARES:
        try:
            made = solve(
                there.instance,
                seconds=seconds * share,
                before=there.before,
                fixed=[*there.fixed, *sorted(pins)],
                with_all=False,
                not_before=there.not_before,
                stopped=stopped,
            )
        except CannotStayError as no:
            if not found:
                return stuck(there, no)
            break
        losing = _losing(there, made, whole)
        found.append((sum(len(women) for women in losing.values()), made))
        if losing.keys() <= pins:
            break
        pins = set(whole) if pins else set(losing)
    return min(found, key=lambda one: one[0])[1]


def stuck(there: Stays, no: CannotStayError) -> Stuck:
    """What cannot stay, and whether it is that too few can come to it."""
    in_one = no.number is not None
    too_few = in_one and _staying(_problem(_of_any_size(there)), there.before, no.sessions) is not None
    return Stuck(no.sessions, too_few)


def _whole(there: Stays) -> dict[int, frozenset[str]]:
    """The groups that can stay whole beside what is fixed and each other, each with those who keep a place by it."""
    problem = _problem(there)
    beside = _as_many(problem, there, [], list(range(len(there.before.groups))))
    staying = _staying(problem, there.before, [*there.fixed, *beside]) or {}
    found = dict[int, frozenset[str]]()
    for number in sorted(staying.keys() & set(beside)):
        activity = there.before.groups[number].activity
        women = frozenset(problem.women[one].id for one in staying[number].women)
        keeping = frozenset(one for one in women if (one, activity) not in there.released)
        found |= {number: keeping} if keeping else {}
    return found


def _as_many(problem: Problem, there: Stays, beside: list[int], more: list[int]) -> list[int]:
    """As many of these groups as can stay, with those that do: all at once where all can, else half by half."""
    if not more or _staying(problem, there.before, [*there.fixed, *beside, *more]) is not None:
        return [*beside, *more]
    if len(more) == 1:
        return beside
    half = len(more) // 2
    return _as_many(problem, there, _as_many(problem, there, beside, more[:half]), more[half:])


def _losing(there: Stays, made: Plan, whole: Mapping[int, Collection[str]]) -> dict[int, set[str]]:
    """Whom of these groups would keep a place in them and has none in this plan, by the places of the groups."""
    served = {(woman, group.activity) for group in made.groups for woman in group.women}
    groups = there.before.groups
    found = {
        number: {woman for woman in women if (woman, groups[number].activity) not in served}
        for number, women in whole.items()
    }
    return {number: women for number, women in found.items() if women}


def _staying(problem: Problem, plan: Plan, fixed: Iterable[Fixed]) -> dict[int, Meeting] | None:
    """What stays of each group with something fixed, by its place in the plan; None where it cannot all stay."""
    from .scheduling.keeping import kept_with
    from .scheduling.solving import Budget

    wanted = list(fixed)
    numbers = sorted({one if isinstance(one, int) else one[0] for one in wanted})
    kept = kept_with(problem, plan, wanted, Budget(_LOOKING), with_all=False)
    return None if kept is None else dict(zip(numbers, kept.stays, strict=True))


def _problem(there: Stays) -> Problem:
    from .scheduling.problem import Problem

    rooms = frozenset(session.room for group in there.before.groups for session in group.sessions)
    return Problem(there.instance, rooms, there.not_before)


def _of_any_size(there: Stays) -> Stays:
    activities = tuple(replace(one, min_women=0) for one in there.instance.activities)
    return Stays(replace(there.instance, activities=activities), there.before, there.fixed, there.not_before)
