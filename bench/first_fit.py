"""The planner to compare with: activity after activity, the first times that suit, as a careful person does on paper.

It keeps the same rules. The worthiest activity comes first; of each professional's free times it takes the one that
suits most of the women who are left, session by session, and never goes back.
"""

from amparo.areas.activities.rules.instance import Instance
from amparo.areas.activities.scheduling.board import Board
from amparo.areas.activities.scheduling.keeping import still_held
from amparo.areas.activities.scheduling.problem import Meeting, Problem, Request, Session
from amparo.areas.activities.scheduling.slots import numbers
from amparo.areas.activities.scheduling.wishes import worth_of


def first_fit(instance: Instance) -> int:
    """The worth of what one pass plans."""
    problem = Problem(instance)
    board = Board(problem)
    for activity in sorted(problem.of_activity, key=lambda one: -problem.activities[one].weight):
        left = [one for one in problem.of_activity[activity] if one.bar is None]
        for professional in problem.held_by[activity]:
            while held := _first(problem, board, activity, professional, left):
                board.add(held)
                left = [one for one in left if one.woman not in held.women]
    return worth_of(problem, board.meetings)


def _first(problem: Problem, board: Board, activity: int, professional: int, left: list[Request]) -> Meeting | None:
    """The first group of the women left, one after another where the activity is individual."""
    wanted = problem.activities[activity]
    asked = [one for one in left if professional in one.professionals]
    for some in [[one] for one in asked] if wanted.kind == "individual" else [asked]:
        women, sessions = some, []
        while len(sessions) < wanted.sessions:
            spot = _next(problem, board, activity, professional, women, sessions)
            if spot is None:
                break
            session, women = spot
            sessions.append(session)
        else:
            there = tuple(one.woman for one in women)
            held = still_held(problem, board, Meeting(activity, there, professional, tuple(sessions)))
            if held:
                return held
    return None


def _next(
    problem: Problem, board: Board, activity: int, professional: int, women: list[Request], sessions: list[Session]
) -> tuple[Session, list[Request]] | None:
    """The earliest session after the last that suits most of them, and whom it suits."""
    wanted, length = problem.activities[activity], problem.lengths[activity]
    alone = women[0].woman if women and wanted.kind == "individual" else None
    earliest = (problem.day(sessions[-1].start) + wanted.days_apart) * problem.per_day if sessions else 0
    earliest = max(earliest, sessions[-1].start + length if sessions else 0)
    best: tuple[Session, list[Request]] | None = None
    for site, starts in board.starts_for_professional(activity, professional, alone).items():
        hers = {one.number: board.starts_for_her(one, site) for one in women}
        for kind in sorted(problem.kinds_for(activity, site), key=lambda n: -problem.kinds[n].seats):
            for start in numbers((starts & board.room_starts(kind, length)) >> earliest << earliest):
                suits = [one for one in women if hers[one.number] >> start & 1]
                if len(suits) >= wanted.min_women and (best is None or len(suits) > len(best[1])):
                    best = Session(start, site, kind), suits
    return best
