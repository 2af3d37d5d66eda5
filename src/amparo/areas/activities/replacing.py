"""Putting a proposal in the place of what is in force: whole or not at all, and only where the checker passes it."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import note_for_all
from amparo.kernel import clock
from amparo.kernel.decision import Refused, refused, require
from amparo.kernel.language import worded

from . import rechecking
from .comparing import touched
from .editing import NotSafe
from .models import Activity, Attendance, Group, Period, Place, Proposal, Session
from .periods import locked, note
from .replanning import is_settled, opened
from .rules.explaining import Trouble
from .rules.replanning import Making, Proposed, moves, places
from .rules.states import PeriodState, SessionState, Solving
from .standing import Standing, aware, last_day_of, standing, tomorrow, write_not_served

Seats = set[tuple[int, int]]
SeatsBefore = set[tuple[int, int | None]]
OLD = worded(
    "Something changed since this proposal was made, or its day is over. Ask for a new one; nothing was changed."
)


def put_in_force(number: int, *, by: Viewer, proposal: int) -> None:
    """Let a proposal that was looked at count instead of what is published.

    Attendance, words and evaluations stay with their sessions and groups. Raises Refused where anything changed since
    it was made, and NotSafe where the checker finds something; then nothing is changed.
    """
    with transaction.atomic():
        row = locked(by, number)
        there = _current(row, proposal, by)
        before, proposed = standing(row), opened(there)
        old = touched(before, proposed)
        _require_untouched(before, old, proposed)
        groups = _write(row, before, old, proposed)
        left = [(one.case, one.activity, one.reason) for one in proposed.left]
        write_not_served(row, left, gathered=before.gathered)
        there.delete()
        row.version += 1
        row.save(update_fields=("version",))
        after = standing(row, gathered=before.gathered)
        _require_safe(after, row)
        _tell_her_cases(old, proposed, *_seats(old, proposed, groups), by)
        note(by, "new plan in force", number)
    # Once it stands: what was written down meanwhile elsewhere is seen as well.
    rechecking.look(by.organisation)


def _current(row: Period, proposal: int, by: Viewer) -> Proposal:
    """The proposal, as long as it fits what is in force."""
    there = (
        Proposal.objects.select_for_update(no_key=True).filter(period=row.pk, pk=proposal, solving=Solving.DONE).first()
    )
    if there is None:
        raise Refused(refused("This proposal was put in force or dropped already. Look at the plan as it stands."))
    if row.state != PeriodState.PUBLISHED or there.base != row.version or there.on != clock.today(by.time_zone):
        raise Refused(refused(OLD))
    return there


def _require_untouched(before: Standing, old: list[Making], proposed: Proposed) -> None:
    """A session that changes has not begun, and nobody wrote down who came to it."""
    numbers = [one.session for _, one, _ in moves(old, proposed.groups) if one and one.session]
    rows = Session.objects.select_for_update(no_key=True).filter(pk__in=numbers, state=SessionState.PLANNED)
    now = clock.now()
    if sum(1 for row in rows if row.starts_at > now) < len(numbers):
        require(refused(OLD))
    if Attendance.objects.filter(session__in=numbers).exists():
        require(refused(OLD))


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
    rows = Group.objects.filter(period=period.pk).values("activity").annotate(last=Max("number"))
    last = {row["activity"]: row["last"] for row in rows}
    new: dict[int, Group] = {}
    for place, making in enumerate(proposed.groups):
        if making.group is None:
            last[making.activity] = number = last.get(making.activity, 0) + 1
            mine: dict[str, Any] = {"organisation_id": period.organisation_id, "period": period}
            new[place] = Group(**mine, activity_id=making.activity, number=number)
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


def _require_safe(after: Standing, period: Period) -> None:
    """The checker finds nothing in what is still to come; a course that has begun may have become small."""
    since = tomorrow(period)
    settled = {
        (group, place)
        for group, held in enumerate(after.sessions)
        for place, one in enumerate(held)
        if is_settled(one, after.gathered, since)
    }
    begun = {group for group, _ in settled}
    others_fit = all(_is_full_enough(one) for number, one in enumerate(after.groups) if number not in begun)
    found = [one for one in after.troubles if not one.sessions or one.sessions - settled]
    wrong = [one for one in found if not _is_of_begun(one, begun, others_fit=others_fit)]
    if wrong:
        raise NotSafe(wrong, after)


def _is_of_begun(one: Trouble, begun: set[int], *, others_fit: bool) -> bool:
    """Whether only courses that have begun are too small, or somebody in them has learned since."""
    return one.rule == 2 and ({group for group, _ in one.sessions} <= begun or (not one.women and others_fit))


def _is_full_enough(group: Group) -> bool:
    size = len(group.places.all())
    return bool(group.activity.min_women <= size <= group.activity.max_women)


def _tell_her_cases(old: list[Making], proposed: Proposed, was: SeatsBefore, now: Seats, by: Viewer) -> None:
    """A line in the history of every woman for whom something changes."""
    gained, lost = {case for case, _ in now - was}, {case for case, _ in was - now}
    moved = {case for group, _, _ in moves(old, proposed.groups) for case in group.women}
    verbs = {"placed in a group": gained, "place ended": lost, "sessions moved": moved - gained - lost}
    note_for_all(((case, verb) for verb, cases in verbs.items() for case in cases), by=by, part=Part.ACTIVITIES)
