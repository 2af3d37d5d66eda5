"""A plan as lists and as a table: the same content for a phone and for a desk."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from amparo.areas.activities.showing import Answered, Left
from amparo.areas.activities.standing import Standing
from amparo.web.staff.activity_words import answered_words
from amparo.web.staff.not_served_words import not_served_words
from amparo.web.staff.pages import Context

Codes = Mapping[int, str]


def cases_of(there: Standing) -> set[int]:
    """Everybody who has a place."""
    return {place.case_id for group in there.groups for place in group.places.all()}


def by_group(there: Standing, codes: Codes) -> list[Context]:
    """Each group with its women, by their codes, and its sessions in order."""
    lines = session_lines(there, codes)
    return [
        {
            "group": group,
            "name": name_of(group.activity.name, group.number),
            "women": _women(there, number, codes),
            "is_full": len(group.places.all()) >= group.activity.max_women,
            "sessions": [line for line in lines if line["group"].pk == group.pk],
        }
        for number, group in enumerate(there.groups)
    ]


def by_day(there: Standing, codes: Codes) -> list[tuple[date, list[Context]]]:
    """Each day that has sessions, with them in order."""
    lines = session_lines(there, codes)
    return [(day, list(found)) for day, found in groupby(lines, key=itemgetter("day"))]


def by_week(there: Standing, codes: Codes) -> list[tuple[list[date], list[list[Context]]]]:
    """Each week that has sessions, from Monday on: its seven days, and the sessions of each."""
    days = dict(by_day(there, codes))
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    weeks = [[monday + timedelta(days=number) for number in range(7)] for monday in mondays]
    return [(week, [days.get(day, []) for day in week]) for week in weeks]


def session_lines(there: Standing, codes: Codes) -> list[Context]:
    """Every session in order of its start, in local time."""
    lines: list[Context] = []
    for number, (group, held) in enumerate(zip(there.groups, there.sessions, strict=True)):
        women = _women(there, number, codes)
        for session in held:
            starts = session.starts_at.astimezone(there.gathered.zone)
            lines.append(
                {
                    "session": session,
                    "group": group,
                    "name": name_of(group.activity.name, group.number),
                    "day": starts.date(),
                    "starts": starts.time(),
                    "ends": session.ends_at.astimezone(there.gathered.zone).time(),
                    "where": f"{session.room.site.name}, {session.room.name}",
                    "leader": session.member.name,
                    "women": women,
                }
            )
    return sorted(lines, key=lambda line: line["session"].starts_at)


def by_reason(left: Iterable[Left]) -> list[Context]:
    """Each activity that not everybody found a place in, and for each reason the codes of those it is so for."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in left:
        found.setdefault(one.activity, {}).setdefault(not_served_words(one.reason), []).append(one.code)
    return [{"activity": activity, "reasons": list(reasons.items())} for activity, reasons in found.items()]


def by_part(answered: Iterable[Answered], today: date) -> list[Context]:
    """Each activity with a yes that is not planned for here: the codes, and what it was answered by."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in answered:
        said = answered_words(one.by, today)
        found.setdefault(one.activity, {}).setdefault(said, []).append(one.code)
    return [{"activity": activity, "reasons": list(reasons.items())} for activity, reasons in found.items()]


def name_of(activity: str, number: int) -> str:
    """What a group is called: the activity, and from the second on its number."""
    return activity if number == 1 else f"{activity} {number}"


def _women(there: Standing, number: int, codes: Codes) -> list[tuple[int, str]]:
    """Place and code of everybody in a group whom the reader may know of."""
    places = there.groups[number].places.all()
    return [(place.pk, codes[place.case_id]) for place in places if place.case_id in codes]
