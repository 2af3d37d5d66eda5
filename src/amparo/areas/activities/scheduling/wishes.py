"""What a plan should reach besides keeping every rule: worth first; then the lesser wishes, in their order.

The lesser wishes, each weighing more than all after it together: requests served at the same worth, sessions kept as an
earlier plan had them, few days on which a woman has to travel, little time after the end of the afternoon.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from .model import Literal, Model
from .opening import Choice
from .problem import Meeting, Problem

EVENING = 18 * 60


def worth(model: Model) -> cp_model.LinearExpr:
    """The sum of the weights of the requests that the openings serve."""
    return cp_model.LinearExpr.weighted_sum(
        [
            joins[one.number]
            for opening, joins in zip(model.offered, model.joins, strict=True)
            for one in opening.requests
        ],
        [one.weight for opening in model.offered for one in opening.requests],
    )


def worth_and_kept(model: Model, before: Iterable[Meeting]) -> cp_model.LinearExpr:
    """Worth, and among plans of the same worth the sessions kept as an earlier plan had them."""
    kept = _kept(model, before)
    return worth(model) * (1 + len(kept)) + sum(kept)


def lesser_cost(model: Model, before: Iterable[Meeting] = ()) -> cp_model.LinearExpr:
    """What remains to be made small once the worth is fixed."""
    late = _late(model)
    travel = _travel(model)
    kept = _kept(model, before)
    served = [literal for joins in model.joins for literal in joins.values()]
    unit = 1 + sum(weight for _, weight in late)
    lost = unit * (1 + len(travel))
    unserved = lost * (1 + len(kept))
    terms = [
        *late,
        *((one, unit) for one in travel),
        *((one, -lost) for one in kept),
        *((one, -unserved) for one in served),
    ]
    return cp_model.LinearExpr.weighted_sum([one for one, _ in terms], [weight for _, weight in terms])


def late_slots(problem: Problem, activity: int, start: int) -> int:
    """How many slots of a session lie after the end of the afternoon."""
    evening = EVENING // problem.instance.grid_minutes
    return max(0, min(start % problem.per_day + problem.lengths[activity] - evening, problem.lengths[activity]))


def lesser_cost_of(problem: Problem, meetings: Iterable[Meeting], before: Iterable[Meeting] = ()) -> tuple[int, ...]:
    """The same of meetings, in the order of the wishes: less is better."""
    meetings = list(meetings)
    stood = {one for meeting in before for one in _sittings(meeting)}
    now = {one for meeting in meetings for one in _sittings(meeting)}
    days = {(woman, problem.day(session.start)) for one in meetings for session in one.sessions for woman in one.women}
    late = sum(late_slots(problem, one.activity, session.start) for one in meetings for session in one.sessions)
    return (-sum(len(one.women) for one in meetings), -len(stood & now), len(days), late)


def rank_of(problem: Problem, meetings: Sequence[Meeting], before: Iterable[Meeting] = ()) -> tuple[int, ...]:
    """Worth, then the lesser wishes in their order: the greater, the better."""
    return worth_of(problem, meetings), *(-one for one in lesser_cost_of(problem, meetings, before))


def worth_of(problem: Problem, meetings: Iterable[Meeting]) -> int:
    """The sum of the weights of the requests that meetings serve."""
    return sum(problem.activities[one.activity].weight * len(one.women) for one in meetings)


def _sittings(meeting: Meeting) -> Iterable[tuple[int, int, int, int, int]]:
    for session in meeting.sessions:
        for woman in meeting.women:
            yield woman, meeting.activity, meeting.professional, session.site, session.start


def _late(model: Model) -> list[tuple[Literal, int]]:
    return [
        (literal, late)
        for opening, at in zip(model.offered, model.at, strict=True)
        for (_, start), literal in at.items()
        if (late := late_slots(model.problem, opening.activity, start))
    ]


def _travel(model: Model) -> list[Literal]:
    """A literal for each woman and day on which she would come for these sessions only."""
    standing = {
        (woman, model.problem.day(session.start))
        for meeting in model.board.meetings
        for session in meeting.sessions
        for woman in meeting.women
    }
    days: dict[tuple[int, int], Literal] = {}
    for number, opening in enumerate(model.offered):
        by_block: dict[tuple[int, int], list[tuple[tuple[int, int], Literal]]] = defaultdict(list)
        for spot, literal in model.at[number].items():
            by_block[model.block(opening, spot[1]), model.problem.day(spot[1])].append((spot, literal))
        for request in opening.requests:
            for (_, day), spots in by_block.items():
                there = [literal for spot, literal in spots if model.fits(number, request, spot)]
                if there and (request.woman, day) not in standing:
                    comes = days.setdefault((request.woman, day), model.cp.new_bool_var(""))
                    model.cp.add(sum(there) + model.joins[number][request.number] <= 1 + comes)
    return list(days.values())


def _kept(model: Model, before: Iterable[Meeting]) -> list[Literal]:
    """For each session that a woman had: a literal that may hold only where she has it still."""
    kept = []
    for woman, activity, *spot in sorted({one for meeting in before for one in _sittings(meeting)}):
        choice = Choice(*spot)
        for number, opening in enumerate(model.offered):
            request = next((one for one in opening.requests if (one.woman, one.activity) == (woman, activity)), None)
            if request and choice in model.chosen[number]:
                literal = model.cp.new_bool_var("")
                model.cp.add_implication(literal, model.chosen[number][choice])
                model.cp.add_implication(literal, model.joins[number][request.number])
                kept.append(literal)
    return kept
