"""Why a request found no place, and what would help, in words for a coordinator.

Nothing here says or lets infer who must not meet whom: wherever separation plays a part, the words are those of every
other request for which no time was left, and no other woman is named anywhere.
"""

from .board import Board
from .problem import Bar, Meeting, Problem, Request
from .slots import Slots, numbers

NO_SAFE_TIME = "No safe time was found beside everything else that is planned."


def reasons(problem: Problem, meetings: list[Meeting]) -> dict[int, str]:
    """The reason for each request (by its number) that these meetings do not serve."""
    board = Board(problem, meetings)
    served = {(woman, one.activity) for one in meetings for woman in one.women}
    left = [one for one in problem.requests if (one.woman, one.activity) not in served]
    return {one.number: _barred(problem, one) if one.bar else _left_over(problem, board, one) for one in left}


def _barred(problem: Problem, request: Request) -> str:
    """What keeps her from it whatever else is planned."""
    wanted, she = problem.activities[request.activity], problem.women[request.woman]
    speaks = " or ".join(she.languages) or "her language"
    words = {
        Bar.TOO_LONG: f"A session of {wanted.minutes} minutes is longer than the {problem.instance.rules.max_minutes} "
        "that are allowed. It would help to make the sessions shorter.",
        Bar.NOT_ASKED_ABOUT_GROUPS: "She has not said yes to groups: ask her, alone.",
        Bar.RISK_HIGH: "Her risk is high, so she is in no group for now. An individual activity could be offered.",
        Bar.RISK_NOT_LOW: "Her risk is not low, which a therapeutic group asks for. Something else could be offered.",
        Bar.SEPARATION: NO_SAFE_TIME,
        Bar.LEVEL: f"The group is for level {wanted.level} of {wanted.language}, and that is not her level. "
        "It would help to offer a group of her level.",
        Bar.NO_PROFESSIONAL: f"No professional of the activity speaks {wanted.language}. One who does would help."
        if wanted.language
        else "No professional holds the activity. One who is trained and has signed would help.",
        Bar.LANGUAGE: "No professional of the activity shares a language with her: "
        f"one who speaks {speaks} would help.",
        Bar.SITE: "There is no site with a room for it that she can go to. Another site would help."
        if wanted.rooms is None
        else "None of the rooms in which it can be held has seats for a group on a site that she can go to. "
        "Another room for it would help.",
        Bar.HER_TIME: f"She has no {wanted.minutes} minutes in a row. It would help to ask her for other times.",
        Bar.CHILDCARE: f"There is no childcare for {_children(she.children)} when she and a professional have time. "
        "Childcare at other times, or more places, would help.",
        Bar.COMMON_TIME: "She and the professionals have no time in common. Other hours would help.",
        Bar.DAYS: f"She and a professional have time in common, but not on enough days for {wanted.sessions} sessions. "
        "Other days would help.",
    }
    return words[request.bar] if request.bar else NO_SAFE_TIME


def _children(number: int) -> str:
    return "her child" if number == 1 else f"her {number} children"


def _left_over(problem: Problem, board: Board, request: Request) -> str:
    """What is missing beside all that is planned. Said only where it is so whoever else may or may not be near."""
    wanted = problem.activities[request.activity]
    could = [one for one in problem.of_activity[request.activity] if one.bar in {None, Bar.SEPARATION}]
    if len(could) < wanted.min_women:
        return _too_few(problem, request, len(could))
    spoken_for = [
        (_professionals_left, "The professionals have no hours left at times that suit her. More hours would help."),
        (
            _rooms_left,
            "There is no room left at times that suit her. Another room would help."
            if wanted.rooms is None
            else "The rooms in which it can be held are taken at times that suit her. Another room for it would help.",
        ),
        (_care_left, None),
        (
            _her_time_left,
            "At the times that are left she is in other activities. It would help to ask her which she prefers.",
        ),
    ]
    starts = dict(enumerate(request.starts))
    by_professional = dict.fromkeys(request.professionals, starts)
    for narrowed, words in spoken_for:
        narrower = {one: narrowed(problem, board, request, one, has) for one, has in by_professional.items()}
        if not any(_enough_days(problem, request, has) for has in narrower.values()):
            return words or _more_care(problem, by_professional, narrower)
        by_professional = narrower
    return NO_SAFE_TIME


def _too_few(problem: Problem, request: Request, could: int) -> str:
    wanted = problem.activities[request.activity]
    more = wanted.min_women - could
    who = f"{more} more {'woman' if more == 1 else 'women'}" + (f" of level {wanted.level}" if wanted.level else "")
    return f"Too few women can be in this group: it needs {wanted.min_women}. It would help to find {who}."


def _enough_days(problem: Problem, request: Request, sites: dict[int, Slots]) -> bool:
    anywhere = 0
    for starts in sites.values():
        anywhere |= starts
    return problem.days_fit(anywhere, request.activity)


def _professionals_left(
    problem: Problem, board: Board, request: Request, professional: int, sites: dict[int, Slots]
) -> dict[int, Slots]:
    length = problem.lengths[request.activity]
    own = problem.professional_starts(request.activity, professional)
    own &= board.free_from(board.professional_busy[professional], length)
    return {site: starts & own | _joining(board, request, professional, site) for site, starts in sites.items()}


def _joining(board: Board, request: Request, professional: int, site: int) -> Slots:
    """The starts of groups of this activity, which she could join without anything new being held."""
    found = 0
    for meeting in board.meetings:
        if (meeting.activity, meeting.professional) == (request.activity, professional):
            for session in meeting.sessions:
                found |= 1 << session.start if session.site == site else 0
    return found & request.starts[site]


def _rooms_left(
    problem: Problem, board: Board, request: Request, professional: int, sites: dict[int, Slots]
) -> dict[int, Slots]:
    return {
        site: starts & (_joining(board, request, professional, site) | board.starts_with_room(request.activity, site))
        for site, starts in sites.items()
    }


def _care_left(
    problem: Problem, board: Board, request: Request, professional: int, sites: dict[int, Slots]
) -> dict[int, Slots]:
    length = problem.lengths[request.activity]
    if not request.children:
        return sites
    return {
        site: sum(1 << start for start in numbers(starts) if board.care_left(site, start, length) >= request.children)
        for site, starts in sites.items()
    }


def _her_time_left(
    problem: Problem, board: Board, request: Request, professional: int, sites: dict[int, Slots]
) -> dict[int, Slots]:
    free = board.free_from(board.woman_busy[request.woman], problem.lengths[request.activity])
    return {site: starts & free for site, starts in sites.items()}


def _more_care(problem: Problem, had: dict[int, dict[int, Slots]], has: dict[int, dict[int, Slots]]) -> str:
    """All places are taken: on which day one more would open a time."""
    lost = {
        problem.day(start)
        for one, sites in had.items()
        for site, starts in sites.items()
        for start in numbers(starts & ~has[one][site])
    }
    day = problem.moment(min(lost) * problem.per_day)
    return f"The childcare places are taken when she could come. Another place on {day:%A %d %B} or near it would help."
