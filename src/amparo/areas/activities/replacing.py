"""Putting a proposal in the place of what is in force: whole or not at all, and only where the checker passes it."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import note_for_all
from amparo.kernel import clock
from amparo.kernel.decision import Refused, refused, require

from . import rechecking
from .comparing import touched
from .editing import NotSafe
from .models import Activity, Attendance, Group, Period, Place, Proposal, Session
from .periods import locked, note
from .proposing import OLD, in_the_way, next_numbers, read, require_current, standing_of
from .replanning import discard
from .rules.replanning import Making, Proposed, moves, places
from .rules.states import Ended, SessionState, Solving
from .standing import Standing, aware, last_day_of, standing, write_not_served

Seats = set[tuple[int, int]]
SeatsBefore = set[tuple[int, int | None]]


def put_in_force(number: int, *, by: Viewer, proposal: int, version: int) -> None:
    """Let a proposal that was looked at count instead of what is published; `version`: of its draft, as it was seen.

    Attendance, words and evaluations stay with their sessions and groups. Raises Refused where anything changed since
    it was made or looked at, and NotSafe where the checker finds something; then nothing is changed.
    """
    with transaction.atomic():
        row = locked(by, number)
        there = _current(row, proposal, version, by)
        before = standing(row)
        proposed = read(standing_of(there, before.gathered))
        old = touched(before, proposed)
        _require_untouched(before, old, proposed)
        groups = _write(row, before, old, proposed)
        left = [(one.case, one.activity, one.reason) for one in proposed.left]
        write_not_served(row, left, gathered=before.gathered)
        discard(row, Ended.IN_FORCE)
        row.version += 1
        row.save(update_fields=("version",))
        after = standing(row, gathered=before.gathered)
        _require_safe(after)
        _tell_her_cases(old, proposed, *_seats(old, proposed, groups), by)
        note(by, "new plan in force", number)
    # Once it stands: what was written down meanwhile elsewhere is seen as well.
    rechecking.look(by.organisation)


def _current(row: Period, proposal: int, version: int, by: Viewer) -> Proposal:
    """The proposal, as long as it fits what is in force and is as it was seen; nobody changes it meanwhile."""
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("draft")
    there = rows.filter(period=row.pk, pk=proposal, solving=Solving.DONE).first()
    if there is None:
        raise Refused(refused("This proposal was put in force or dropped already. Look at the plan as it stands."))
    require_current(there, row, by)
    draft = Period.objects.select_for_update(no_key=True).filter(proposed_by=there.pk).first()
    if draft is None or draft.version != version:
        raise Refused(refused("A colleague changed this proposal meanwhile. Look at it again; nothing was changed."))
    return there


def _require_untouched(before: Standing, old: list[Making], proposed: Proposed) -> None:
    """A session that changes has not begun, and nobody wrote down who came to it."""
    numbers = [one.session for _, one, _ in moves(old, proposed.groups) if one and one.session]
    rows = Session.objects.select_for_update(no_key=True).filter(pk__in=numbers, state=SessionState.PLANNED)
    now = clock.now()
    if sum(1 for row in rows if row.starts_at > now) < len(numbers):
        require(OLD)
    if Attendance.objects.filter(session__in=numbers).exists():
        require(OLD)


def _write(period: Period, before: Standing, old: list[Making], proposed: Proposed) -> dict[int, int]:
    """Change what changes, in a fixed number of queries; gives the numbers of the groups by their place."""
    groups = _groups(period, proposed)
    _hold(period, before, proposed, groups)
    ended = [one.session for _, one, after in moves(old, proposed.groups) if one and one.session and not after]
    Session.objects.filter(pk__in=ended).update(state=SessionState.CANCELLED)
    _seat(period, before, *_seats(old, proposed, groups))
    return groups


def _groups(period: Period, proposed: Proposed) -> dict[int, int]:
    """The numbers of the groups by their place in the proposal; the new ones are made."""
    mine: dict[str, Any] = {"organisation_id": period.organisation_id, "period": period}
    numbers = enumerate(zip(proposed.groups, next_numbers(period, proposed.groups), strict=True))
    new = {
        place: Group(**mine, activity_id=making.activity, number=number)
        for place, (making, number) in numbers
        if making.group is None
    }
    Group.objects.bulk_create(new.values())
    return {place: one.group or new[place].pk for place, one in enumerate(proposed.groups)}


def _hold(period: Period, before: Standing, proposed: Proposed, groups: dict[int, int]) -> None:
    """Every session as proposed; those that stay as they are keep their version."""
    minutes = dict(Activity.objects.filter(organisation=period.organisation_id).values_list("pk", "minutes"))
    there = {row.pk: row for row in Session.objects.filter(group__period=period.pk)}
    mine = {"organisation_id": period.organisation_id}
    new, changed = list[Session](), list[Session]()
    for place, making in enumerate(proposed.groups):
        for one in making.sessions:
            starts = aware(before.gathered, one.start)
            row = there[one.session] if one.session else Session(**mine, group_id=groups[place], version=0)
            if (row.starts_at, row.room_id, row.member_id) == (starts, one.room, one.member):
                continue
            row.room_id, row.member_id, row.version = one.room, one.member, row.version + 1
            row.starts_at, row.ends_at = starts, starts + timedelta(minutes=minutes[making.activity])
            (changed if one.session else new).append(row)
    Session.objects.bulk_create(new)
    Session.objects.bulk_update(changed, ("starts_at", "ends_at", "room", "member", "version"))


def _seats(old: list[Making], proposed: Proposed, groups: dict[int, int]) -> tuple[SeatsBefore, Seats]:
    """Who is in which group: before, and now."""
    was = {(case, group) for case, group, _ in places(old)}
    return was, {(case, groups[place]) for place, one in enumerate(proposed.groups) for case in one.women}


def _seat(period: Period, before: Standing, was: SeatsBefore, now: Seats) -> None:
    """End the places that are no more, and give the new ones, from today on."""
    today = clock.today(before.gathered.zone.key)
    rows = Place.objects.filter(group__period=period.pk, until=None)
    ended = [row for row in rows if (row.case_id, row.group_id) in was - now]
    last_days = last_day_of(period, {row.group_id for row in ended})
    for row in ended:
        row.until = last_days[row.group_id]
    Place.objects.bulk_update(ended, ("until",))
    since = max(period.first_on, today)
    Place.objects.bulk_create(
        Place(organisation_id=period.organisation_id, case_id=case, group_id=group, since=since)
        for case, group in sorted(now - was)
    )


def _require_safe(after: Standing) -> None:
    """The checker finds nothing in what is still to come."""
    wrong = in_the_way(after)
    if wrong:
        raise NotSafe(wrong, after)


def _tell_her_cases(old: list[Making], proposed: Proposed, was: SeatsBefore, now: Seats, by: Viewer) -> None:
    """A line in the history of every woman for whom something changes."""
    gained, lost = {case for case, _ in now - was}, {case for case, _ in was - now}
    moved = {case for group, _, _ in moves(old, proposed.groups) for case in group.women}
    verbs = {"placed in a group": gained, "place ended": lost, "sessions moved": moved - gained - lost}
    note_for_all(((case, verb) for verb, cases in verbs.items() for case in cases), by=by, part=Part.ACTIVITIES)
