"""Which part of a plan to free next: meetings that have something in common, up to a share of all."""

import random
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from .problem import Meeting, Problem, Request


@dataclass(frozen=True)
class Part:
    """What is planned anew: meetings, and the activities whose requests that found no place may come in."""

    freed: Sequence[Meeting]
    activities: frozenset[int]


Kind = Callable[[Problem, Sequence[Meeting], random.Random, float], Part]


def of_activities(problem: Problem, meetings: Sequence[Meeting], chance: random.Random, share: float) -> Part:
    """Some activities, rather those with requests that found no place."""
    left = [one.activity for one in missing(problem, meetings)]
    chance.shuffle(left)
    order = [*dict.fromkeys(left), *chance.sample(sorted(problem.of_activity), len(problem.of_activity))]
    return _alike(problem, meetings, chance, share, order, lambda one: {one.activity})


def of_professionals(problem: Problem, meetings: Sequence[Meeting], chance: random.Random, share: float) -> Part:
    """Everything that some professionals hold."""
    order = chance.sample(range(len(problem.professionals)), len(problem.professionals))
    return _alike(problem, meetings, chance, share, order, lambda one: {one.professional})


def of_days(problem: Problem, meetings: Sequence[Meeting], chance: random.Random, share: float) -> Part:
    """Everything that is held on some days, one after another."""
    days = sorted({problem.day(session.start) for one in meetings for session in one.sessions})
    first = chance.randrange(len(days)) if days else 0
    return _alike(
        problem,
        meetings,
        chance,
        share,
        [*days[first:], *days[:first]],
        lambda one: {problem.day(session.start) for session in one.sessions},
    )


def of_women(problem: Problem, meetings: Sequence[Meeting], chance: random.Random, share: float) -> Part:
    """Around a request that found no place: what else she is in, the activity, and whoever is in that too."""
    left = missing(problem, meetings)
    if not left:
        return of_some(problem, meetings, chance, share)
    request = chance.choice(left)
    near = {woman for one in meetings if one.activity == request.activity for woman in one.women} - {request.woman}
    others = set(range(len(problem.women))) - near - {request.woman}
    order = [request.woman, *chance.sample(sorted(near), len(near)), *chance.sample(sorted(others), len(others))]
    return _alike(problem, meetings, chance, share, order, lambda one: one.women)


def of_some(problem: Problem, meetings: Sequence[Meeting], chance: random.Random, share: float) -> Part:
    """Some meetings here and there."""
    return _alike(problem, meetings, chance, share, [None], lambda one: {None})


KINDS: tuple[Kind, ...] = (of_activities, of_professionals, of_days, of_women, of_some)


def missing(problem: Problem, meetings: Iterable[Meeting]) -> list[Request]:
    """The requests that could be served but are not."""
    served = {(woman, one.activity) for one in meetings for woman in one.women}
    return [one for one in problem.requests if one.bar is None and (one.woman, one.activity) not in served]


def _alike(
    problem: Problem,
    meetings: Sequence[Meeting],
    chance: random.Random,
    share: float,
    order: Sequence[Hashable],
    marks: Callable[[Meeting], Iterable[Hashable]],
) -> Part:
    """Free meetings by their marks in this order, until the share is full; what else is asked for may come in."""
    most = max(1, round(share * len(meetings)))
    marked = [(frozenset(marks(one)), one) for one in chance.sample(list(meetings), len(meetings))]
    freed: dict[Meeting, None] = {}
    for mark in order:
        freed.update((one, None) for its, one in marked if mark in its)
        if len(freed) >= most:
            break
    chosen = list(freed)[:most]
    coming = {one.activity for one in missing(problem, meetings)} if chance.random() < 0.5 else set()
    return Part(chosen, frozenset({one.activity for one in chosen} | coming))
