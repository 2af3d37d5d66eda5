"""Which part of a plan to free next."""

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from .problem import Meeting, Problem, Request


@dataclass(frozen=True)
class Part:
    """What is planned anew: meetings, and the activities whose requests that found no place may come in."""

    freed: Sequence[Meeting]
    activities: frozenset[int]


Kind = Callable[[Problem, Sequence[Meeting], random.Random], Part]


def of_activities(problem: Problem, meetings: Sequence[Meeting], chance: random.Random) -> Part:
    """One or two activities, rather those with requests that found no place."""
    everything = sorted(problem.of_activity)
    pool = [one.activity for one in missing(problem, meetings)] or everything
    chosen = {chance.choice(pool)}
    if chance.random() < 0.5:
        chosen.add(chance.choice(pool if chance.random() < 0.5 else everything))
    return _part(meetings, lambda one: one.activity in chosen, chosen)


def of_professional(problem: Problem, meetings: Sequence[Meeting], chance: random.Random) -> Part:
    """Everything that one professional holds, or could."""
    one = chance.randrange(len(problem.professionals))
    activities = {number for number, held_by in enumerate(problem.held_by) if one in held_by}
    return _part(meetings, lambda meeting: meeting.professional == one, activities)


def of_woman(problem: Problem, meetings: Sequence[Meeting], chance: random.Random) -> Part:
    """Everything around one request that found no place: its activity, and what else she is in."""
    left = missing(problem, meetings)
    if not left:
        return of_activities(problem, meetings, chance)
    request = chance.choice(left)
    return _part(
        meetings, lambda one: one.activity == request.activity or request.woman in one.women, {request.activity}
    )


def of_some(problem: Problem, meetings: Sequence[Meeting], chance: random.Random) -> Part:
    """Some meetings here and there."""
    some = chance.sample(meetings, min(len(meetings), 8))
    return Part(some, frozenset(one.activity for one in some))


def of_few(problem: Problem, meetings: Sequence[Meeting], chance: random.Random) -> Part:
    """A group or two of one activity, or some women alone in it, where requests found no place."""
    left = missing(problem, meetings)
    if not left:
        return of_some(problem, meetings, chance)
    activity = chance.choice(left).activity
    pool = [one for one in meetings if one.activity == activity]
    many = 6 if problem.activities[activity].kind == "individual" else 2
    return Part(chance.sample(pool, min(len(pool), many)), frozenset({activity}))


KINDS: tuple[Kind, ...] = (of_activities, of_professional, of_woman, of_some, of_few)


def missing(problem: Problem, meetings: Iterable[Meeting]) -> list[Request]:
    """The requests that could be served but are not."""
    served = {(woman, one.activity) for one in meetings for woman in one.women}
    return [one for one in problem.requests if one.bar is None and (one.woman, one.activity) not in served]


def _part(meetings: Sequence[Meeting], is_free: Callable[[Meeting], bool], activities: Collection[int]) -> Part:
    freed = [one for one in meetings if is_free(one)]
    return Part(freed, frozenset(activities) | {one.activity for one in freed})
