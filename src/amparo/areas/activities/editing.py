"""Changing a plan by hand: each change is checked at once, against everything as it stands now.

In a draft, and in a proposal, a change may leave something to be put right; the page says what. In a published plan no
change may add anything that would be unsafe or impossible. Taking somebody out of a group, or a session off, is always
possible. What is held before tomorrow stays in a proposal as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from amparo.areas.access.rules import Viewer
from amparo.areas.audit.actions import Trace, record
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused, refused, require
from amparo.kernel.hours import is_one_moment

from . import rechecking
from .models import Group, Leading, Period, Place, Room, Session
from .offering import rooms_for
from .periods import is_computing, locked
from .proposing import in_the_way, require_current
from .rules.explaining import Trouble, added
from .rules.instance import GRID_MINUTES
from .rules.states import PeriodState, SessionState
from .showing import codes_of
from .standing import Standing, aware_tomorrow, last_day_of, standing


@dataclass(frozen=True)
class When:
    """When and where a session is held, and by whom; the start is local time of the house."""

    start: datetime
    room: int
    member: int


class NotSafe(Refused):
    """A change would add trouble to a published plan; nothing was changed. `standing` is the plan as it would be."""

    def __init__(self, found: list[Trouble], there: Standing) -> None:
        super().__init__(
            refused("This change would break a rule, and the plan is published. Nothing was changed.", "R4")
        )
        self.troubles, self.standing = found, there


def move_session(period: int, number: int, *, by: Viewer, when: When, version: int) -> list[Trouble]:
    """Put a session elsewhere; gives what is wrong with the plan then. Raises Conflict, NotSafe."""

    def change(row: Period) -> None:
        session = _session(row, number)
        if session.version != version:
            raise Conflict([("start", session.starts_at.isoformat())])
        _require_known(by, session, when)
        length = session.ends_at - session.starts_at
        session.starts_at = _aware(row, by, when.start)
        session.ends_at = session.starts_at + length
        if session.member_id != when.member:
            # One group keeps one professional: whoever is chosen holds all that are still to come.
            _to_come(row, session).update(member=when.member)
        session.room_id, session.member_id, session.version = when.room, when.member, version + 1
        session.save(update_fields=("starts_at", "ends_at", "room", "member", "version"))
        _note_session(by, "session moved", number)

    return _changed(period, by, change)


def fix_session(period: int, number: int, *, by: Viewer, fixed: bool) -> None:
    """Let a session stay where it is when the rest is planned again, or let it move."""

    def change(row: Period) -> None:
        Session.objects.filter(pk=_session(row, number).pk).update(fixed=fixed)
        _note_session(by, "session fixed", number)

    _changed(period, by, change, always=True, or_proposed=False)


def cancel_session(period: int, number: int, *, by: Viewer) -> list[Trouble]:
    """A session is not held; always possible."""

    def change(row: Period) -> None:
        Session.objects.filter(pk=_session(row, number).pk).update(state=SessionState.CANCELLED)
        _note_session(by, "session cancelled", number)

    return _changed(period, by, change, always=True)


def move_woman(period: int, place: int, *, by: Viewer, group: int) -> list[Trouble]:
    """Give her the place in another group of the same activity. Raises NotSafe."""

    def change(row: Period) -> None:
        there = _place(row, place)
        target = Group.objects.filter(pk=group, period=row.pk, activity=there.group.activity_id).first()
        if target is None:
            raise NotThere
        if target.pk == there.group_id:
            require(refused("She is in this group already."))
        since = max(row.first_on, clock.today(by.time_zone))
        Place.objects.create(organisation_id=row.organisation_id, group=target, case_id=there.case_id, since=since)
        end_place(row, there, by)

    return _changed(period, by, change)


def without_place(viewer: Viewer, there: Standing, activity: int) -> list[tuple[int, str]]:
    """The number and code of everybody who asked for an activity and has no place in it, by code."""
    cases, placed = (
        there.gathered.cases,
        {place.case_id for group in there.groups if group.activity_id == activity for place in group.places.all()},
    )
    asked = next((one.asked_by for one in there.gathered.instance.activities if one.id == f"a{activity}"), ())
    codes = codes_of(viewer, {cases[woman] for woman in asked} - placed)
    return sorted(codes.items(), key=lambda one: one[1])


def seat_woman(period: int, group: int, *, by: Viewer, case: int) -> list[Trouble]:
    """Give a place in a group to somebody who asked for the activity and has none. Raises NotSafe."""

    def change(row: Period) -> None:
        target = Group.objects.filter(pk=group, period=row.pk).first()
        if target is None:
            raise NotThere
        if case not in dict(without_place(by, standing(row), target.activity_id)):
            require(refused("She has a place already, or did not ask for it. Look at the group again."))
        since = max(row.first_on, clock.today(by.time_zone))
        place = Place.objects.create(organisation_id=row.organisation_id, group=target, case_id=case, since=since)
        record(Trace("place given", f"case {case} #{place.pk}"), organisation=by.organisation, member=by.member)

    return _changed(period, by, change)


def end_place(period: Period, place: Place, by: Viewer) -> None:
    """In a draft she simply stands elsewhere; what was published ends on a day. Called with the period locked."""
    if period.state != PeriodState.PUBLISHED:
        place.delete()
        return
    place.until = last_day_of(period, [place.group_id])[place.group_id]
    place.save(update_fields=("until",))
    record(Trace("place ended", f"case {place.case_id} #{place.pk}"), organisation=by.organisation, member=by.member)


def take_out(period: int, place: int, *, by: Viewer) -> list[Trouble]:
    """End her place; always possible, and what she asked for stays asked for."""

    def change(row: Period) -> None:
        end_place(row, _place(row, place), by)

    return _changed(period, by, change, always=True)


def _changed(
    number: int, by: Viewer, change: Callable[[Period], None], *, always: bool = False, or_proposed: bool = True
) -> list[Trouble]:
    with transaction.atomic():
        row = locked(by, number, or_proposed=or_proposed)
        if row.state == PeriodState.PROPOSED:
            require_current(row.proposed_by, row.proposed_by.period, by)
        if is_computing(row):
            require(refused("A plan is being computed. Wait until it stands here, or it would be written over."))
        before = standing(row)
        change(row)
        after = standing(row, gathered=before.gathered)
        # How good the computed plan was says nothing of one that was changed by hand.
        outcome = row.outcome if after.plan == before.plan else ""
        Period.objects.filter(pk=number).update(version=row.version + 1, outcome=outcome)
        new = added(before.troubles, after.troubles)
        if new and row.state == PeriodState.PUBLISHED and not always:
            raise NotSafe(new, after)
        if row.state == PeriodState.PUBLISHED:
            rechecking.soon(by)  # an alarm that this puts right ends at once
    return in_the_way(after) if row.state == PeriodState.PROPOSED else after.troubles


def _session(period: Period, number: int) -> Session:
    row = (
        Session.objects.select_for_update(of=("self",), no_key=True).filter(pk=number, group__period=period.pk).first()
    )
    if row is None:
        raise NotThere
    if row.state != SessionState.PLANNED:
        require(refused("This session was held or cancelled already."))
    if period.state == PeriodState.PROPOSED and row.starts_at < aware_tomorrow(period):
        require(refused("This session begins before tomorrow. A proposal leaves it as it is."))
    return row


def _to_come(period: Period, session: Session) -> QuerySet[Session]:
    """The sessions of a group that may still be changed."""
    rows = Session.objects.filter(group=session.group_id, state=SessionState.PLANNED)
    return rows.filter(starts_at__gte=aware_tomorrow(period)) if period.state == PeriodState.PROPOSED else rows


def _place(period: Period, number: int) -> Place:
    rows = Place.objects.select_for_update(of=("self",), no_key=True).select_related("group")
    row = rows.filter(pk=number, group__period=period.pk, until=None).first()
    if row is None:
        raise NotThere
    return row


def _require_known(by: Viewer, session: Session, when: When) -> None:
    room = Room.objects.filter(pk=when.room, organisation=by.organisation, in_use=True).exists()
    fits = when.room in dict(rooms_for(by, session.group.activity_id))
    leads = Leading.objects.filter(member=when.member, activity=session.group.activity_id).exists()
    if not room or not leads:
        raise NotThere
    if not fits:
        require(refused("The activity is not held in this room. Choose one of its rooms, or tick this one for it too."))


def _aware(period: Period, by: Viewer, start: datetime) -> datetime:
    if not period.first_on <= start.date() <= period.last_on:
        require(refused("This day lies outside of the weeks that are planned here."))
    if (start.hour * 60 + start.minute) % GRID_MINUTES:
        require(refused("Sessions begin at a quarter of an hour: 10:00, 10:15, 10:30, 10:45."))
    require(is_one_moment(start.date(), start.time(), by.time_zone))
    aware = start.replace(tzinfo=ZoneInfo(by.time_zone)).astimezone(UTC)
    if aware <= clock.now():
        require(refused("This time lies behind us."))
    if period.state == PeriodState.PROPOSED and aware < aware_tomorrow(period):
        require(refused("Nothing is proposed before tomorrow, since everybody has to be told."))
    return aware


def _note_session(by: Viewer, verb: str, number: int) -> None:
    record(Trace(verb, f"session {number}"), organisation=by.organisation, member=by.member)
