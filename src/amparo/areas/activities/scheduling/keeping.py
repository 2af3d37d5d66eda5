"""What of an earlier plan can stay: its groups as meetings, each checked against what stands already."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from amparo.areas.activities.rules.instance import Group, Plan

from .board import Board
from .opening import stay_of, staying_opening
from .problem import Meeting, Problem, Request, Session
from .solving import Budget, hint, model_of, search
from .wishes import lesser_cost

#: A group of a plan by its place in it, or one session of it by the places of both.
Fixed = int | tuple[int, int]
#: Work for finding a place for what need not stay of groups that have sessions that do.
_WORK = 2.0


class CannotStayError(Exception):
    """What is fixed can no longer be held so. `sessions`: by group and place, a smallest part that cannot.

    `number`: the place of their group, None where several groups are in each other's way. The message names activities
    and times, not who is in the way.
    """

    def __init__(self, plan: Plan, fixed: Iterable[Fixed]) -> None:
        by_group = {number: sorted(places) for number, places in sorted(_by_group(plan, fixed).items())}
        self.sessions = [(number, place) for number, places in by_group.items() for place in places]
        self.number = next(iter(by_group)) if len(by_group) == 1 else None
        named = ", ".join(_named(plan, number, places) for number, places in by_group.items())
        if self.number is None:
            super().__init__(f"sessions that are fixed cannot all stay as they are: {named}; let one of them go")
        else:
            super().__init__(f"group {self.number + 1} of the plan ({named}) cannot stay as it is")


def _named(plan: Plan, number: int, places: Iterable[int]) -> str:
    group = plan.groups[number]
    return ", ".join(f"{group.activity} at {group.sessions[place].start}" for place in places) or group.activity


class Kept(NamedTuple):
    """What stays as it is, and whole groups around it."""

    stays: list[Meeting]
    held: list[Meeting]


def keep(problem: Problem, plan: Plan, fixed: Iterable[Fixed], budget: Budget, *, with_all: bool = True) -> Kept:
    """What is fixed of a plan, with whole groups around it, as much as they were as can be. Raises CannotStayError.

    `with_all`: every woman of a group has to stay in it; without, whoever can no longer be there is left out.
    """
    left = list(fixed)
    kept = kept_with(problem, plan, left, budget, with_all=with_all)
    if kept is None:
        raise CannotStayError(plan, _in_the_way(problem, plan, left, budget, with_all=with_all))
    return kept


def kept_with(
    problem: Problem, plan: Plan, fixed: Iterable[Fixed], budget: Budget, *, with_all: bool = True
) -> Kept | None:
    """The same; None where it cannot stay, or no way was found in time."""
    stays = _what_stays(problem, plan, fixed, with_all=with_all)
    if stays is None:
        return None
    earlier = [one for group in plan.groups if (one := meeting_of(problem, group))]
    held = _held_around(problem, stays, earlier, budget)
    if held is None and not with_all:
        stays = [_open_to_others(problem, one) for one in stays]
        held = _held_around(problem, stays, earlier, budget)
    return None if held is None else Kept(stays, held)


def _open_to_others(problem: Problem, stay: Meeting) -> Meeting:
    """What stays of a group, whoever comes to it; a group that stays whole keeps its women, and so does one alone."""
    is_bound = problem.is_alone(stay.activity) or len(stay.sessions) == problem.activities[stay.activity].sessions
    return stay if is_bound else stay._replace(women=())


def _in_the_way(problem: Problem, plan: Plan, fixed: list[Fixed], budget: Budget, *, with_all: bool) -> list[Fixed]:
    """A part of what cannot stay that cannot either, and could if any of it were let go; less narrow if time is over.

    Whole groups are let go first, one after another, then single sessions.
    """
    left = fixed
    for whole in (True, False):
        for one in list(left):
            rest = [each for each in left if (_group_of(each) != _group_of(one) if whole else each != one)]
            is_over = not rest or len(rest) == len(left) or budget.is_over()
            if not is_over and kept_with(problem, plan, rest, budget, with_all=with_all) is None:
                left = rest
    return left


def _group_of(fixed: Fixed) -> int:
    return fixed if isinstance(fixed, int) else fixed[0]


def _what_stays(problem: Problem, plan: Plan, fixed: Iterable[Fixed], *, with_all: bool) -> list[Meeting] | None:
    """The groups that have something fixed, each with those of its sessions that stay; None where one cannot."""
    board, found = Board(problem), list[Meeting]()
    for number, places in sorted(_by_group(plan, fixed).items()):
        group = plan.groups[number]
        sessions = tuple(one for place, one in enumerate(group.sessions) if place in places)
        meeting = meeting_of(problem, Group(activity=group.activity, women=group.women, sessions=sessions))
        stays = _there(problem, board, meeting) if meeting and sessions else None
        is_whole = stays is not None and len(sessions) == problem.activities[stays.activity].sessions
        if stays is None or (len(sessions) == len(group.sessions) and not is_whole):
            return None
        if with_all and len(stays.women) < len(set(group.women)):
            return None
        board.add(stays)
        found.append(stays)
    return found


def _held_around(
    problem: Problem, stays: Sequence[Meeting], earlier: Sequence[Meeting], budget: Budget
) -> list[Meeting] | None:
    """Whole groups around what stays, as much as they were as can be; None where some cannot be held."""
    board, open_ones = Board(problem), list[Meeting]()
    for stay in stays:
        if len(stay.sessions) == problem.activities[stay.activity].sessions:
            board.add(stay)
        else:
            open_ones.append(stay)
    if not open_ones:
        return list(board.meetings)
    asked = [one for one in problem.requests if one.bar is None]
    model = model_of(problem, board, [staying_opening(problem, board, one, asked) for one in open_ones])
    hint(model, [one for one in earlier if stay_of(one, open_ones)])
    model.cp.minimize(lesser_cost(model, earlier))
    outcome = search(model, budget, work=_WORK)
    return None if outcome.meetings is None else [*board.meetings, *outcome.meetings]


def kept_of(problem: Problem, board: Board, meetings: Sequence[Meeting]) -> None:
    """Add to the board what can still be held of earlier meetings, without the women who can no longer be there."""
    for meeting in meetings:
        left = tuple(woman for woman in meeting.women if not board.serves(woman, meeting.activity))
        kept = still_held(problem, board, meeting._replace(women=left))
        if kept:
            board.add(kept)


def meeting_of(problem: Problem, group: Group) -> Meeting | None:
    """A group of a plan in numbers; None where it names what is not there, or changes its professional."""
    activities, women, led_by = problem.number_of_activity, problem.number_of_woman, problem.number_of_professional
    kinds = problem.kind_of_room
    names = {one.professional for one in group.sessions}
    known = group.activity in activities and len(names) == 1 and names <= led_by.keys()
    if not known or any(one.room not in kinds for one in group.sessions):
        return None
    sessions = sorted(
        Session(problem.slot(one.start), problem.kinds[kinds[one.room]].site, kinds[one.room]) for one in group.sessions
    )
    there = sorted({women[name] for name in group.women if name in women})
    return Meeting(activities[group.activity], tuple(there), led_by[names.pop()], tuple(sessions))


def still_held(problem: Problem, board: Board, meeting: Meeting) -> Meeting | None:
    """The meeting with those of its women who can be there beside all that stands; None where it cannot be held."""
    is_whole = len(meeting.sessions) == problem.activities[meeting.activity].sessions
    return _there(problem, board, meeting) if is_whole else None


def _there(problem: Problem, board: Board, meeting: Meeting) -> Meeting | None:
    """The same for these sessions, be they all of the group's or not."""
    wanted = problem.activities[meeting.activity]
    if not _days_fit(problem, meeting) or not _is_free(problem, board, meeting):
        return None
    asked = {one.woman: one for one in problem.of_activity.get(meeting.activity, ()) if one.bar is None}
    women: list[int] = []
    for woman in meeting.women:
        if woman in asked and _may_join(problem, board, meeting, asked[woman], women):
            women.append(woman)
    return meeting._replace(women=tuple(women)) if len(women) >= wanted.min_women else None


def _days_fit(problem: Problem, meeting: Meeting) -> bool:
    wanted, length = problem.activities[meeting.activity], problem.lengths[meeting.activity]
    pairs = zip(meeting.sessions, meeting.sessions[1:], strict=False)
    return all(
        problem.day(later.start) - problem.day(one.start) >= wanted.days_apart and later.start >= one.start + length
        for one, later in pairs
    )


def _is_free(problem: Problem, board: Board, meeting: Meeting) -> bool:
    """Whether the professional and the rooms are there, and the rooms such as it can be held in."""
    fitting = all(
        one.start >= 0 and one.kind in problem.kinds_for(meeting.activity, one.site) for one in meeting.sessions
    )
    if not fitting or meeting.professional not in problem.held_by[meeting.activity]:
        return False
    alone = problem.is_alone(meeting.activity)
    woman = meeting.women[0] if alone and meeting.women else None
    starts = board.starts_for_professional(meeting.activity, meeting.professional, woman)
    length = problem.lengths[meeting.activity]
    return all(
        starts.get(one.site, 0) >> one.start & 1 and board.room_starts(one.kind, length) >> one.start & 1
        for one in meeting.sessions
    )


def _may_join(problem: Problem, board: Board, meeting: Meeting, request: Request, women: Sequence[int]) -> bool:
    """Whether she can be in the meeting with those who are."""
    seats = min(problem.kinds[one.kind].seats for one in meeting.sessions)
    children = sum(problem.women[woman].children for woman in women) + request.children
    length = problem.lengths[meeting.activity]
    return (
        len(women) < min(seats, problem.activities[meeting.activity].max_women)
        and meeting.professional in request.professionals
        and not problem.avoided_women[request.woman] & set(women)
        and all(board.starts_for_her(request, one.site) >> one.start & 1 for one in meeting.sessions)
        and (
            not request.children
            or all(board.care_left(one.site, one.start, length) >= children for one in meeting.sessions)
        )
    )


def _by_group(plan: Plan, fixed: Iterable[Fixed]) -> dict[int, set[int]]:
    """The places of the sessions that stay, by the place of their group."""
    found: dict[int, set[int]] = {}
    for one in fixed:
        number, places = (one, range(len(plan.groups[one].sessions))) if isinstance(one, int) else (one[0], one[1:])
        found.setdefault(number, set()).update(places)
    return found
