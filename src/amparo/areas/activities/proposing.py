"""A proposal as a draft of its own beside what is in force: written from what was computed, and changed like any draft.

Each of its groups and sessions says for which of those in force it stands. What was held, or begins before tomorrow,
stands in it as it does in force, so that a course is checked as a whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef

from amparo.areas.access.rules import Viewer
from amparo.kernel import clock
from amparo.kernel.decision import Refused, refused

from .gathering import Gathered
from .models import Activity, Group, NotServed, Period, Place, Proposal, Session
from .rules.explaining import Trouble
from .rules.replanning import Left, Making, Proposed, Sitting
from .rules.states import PeriodState
from .standing import Standing, aware, is_settled, local, standing, tomorrow, write_not_served

OLD = refused(
    "Something changed since this proposal was made, or its day is over. Ask for a new one; nothing was changed."
)


def write(there: Standing, proposed: Proposed, gathered: Gathered) -> Period:
    """The draft of a proposal beside what is in force; in a fixed number of queries."""
    period = there.period
    mine: dict[str, Any] = {"organisation_id": period.organisation_id}
    draft = Period.objects.create(
        **mine, first_on=period.first_on, last_on=period.last_on, state=PeriodState.PROPOSED.value
    )
    numbers = {group.pk: group.number for group in there.groups}
    makings = [*proposed.groups, *_finished(there, proposed)]
    groups = [
        Group(
            **mine,
            period=draft,
            activity_id=one.activity,
            number=numbers.get(one.group or 0, number),
            stands_for_id=one.group,
        )
        for one, number in zip(makings, next_numbers(period, makings), strict=True)
    ]
    Group.objects.bulk_create(groups)
    since = max(period.first_on, clock.today(gathered.zone.key))
    made = list(zip(groups, makings, strict=True))
    Place.objects.bulk_create(
        Place(**mine, group=row, case_id=case, since=since) for row, one in made for case in one.women
    )
    _write_sessions(there, made, gathered)
    write_not_served(draft, [(one.case, one.activity, one.reason) for one in proposed.left], gathered=gathered)
    return draft


def next_numbers(period: Period, makings: Iterable[Making]) -> list[int]:
    """For each group the number that it would have if it were new: after all that ever were in these weeks."""
    rows = Group.objects.filter(period=period.pk).values("activity").annotate(last=Max("number"))
    last, found = {row["activity"]: row["last"] for row in rows}, []
    for one in makings:
        last[one.activity] = last.get(one.activity, 0) + (one.group is None)
        found.append(last[one.activity])
    return found


def standing_of(proposal: Proposal, gathered: Gathered) -> Standing:
    """The plan as it would be; raises Refused where the draft is there no more."""
    if proposal.draft is None:
        raise Refused(OLD)
    return standing(proposal.draft, gathered=gathered)


def read(there: Standing) -> Proposed:
    """What a draft proposes, by the numbers of those in force that it stands for: only what may still be changed."""
    since = tomorrow(there.period)
    groups = tuple(
        Making(
            activity=group.activity_id,
            women=tuple(place.case_id for place in group.places.all()),
            sessions=tuple(
                Sitting(
                    start=local(there.gathered, one.starts_at),
                    room=one.room_id,
                    member=one.member_id,
                    session=one.stands_for_id,
                )
                for one in held
                if not is_settled(one, there.gathered, since)
            ),
            group=group.stands_for_id,
        )
        for group, held in zip(there.groups, there.sessions, strict=True)
    )
    rows = NotServed.objects.filter(period=there.period.pk).filter(~Exists(place_of_request())).order_by("pk")
    left = (
        Left(case=case, activity=activity, reason=reason)
        for case, activity, reason in rows.values_list("case", "activity", "reason")
    )
    return Proposed(groups=groups, left=tuple(left))


def place_of_request() -> Any:
    """For a request without a place: the place that it was given by hand since."""
    return Place.objects.filter(
        group__period=OuterRef("period"), group__activity=OuterRef("activity"), case=OuterRef("case"), until=None
    )


def require_current(proposal: Proposal | None, period: Period, by: Viewer) -> None:
    """Raises Refused where something changed in what is in force since the proposal was made, or its day is over."""
    fits = proposal is not None and (proposal.base, proposal.on) == (period.version, clock.today(by.time_zone))
    if period.state != PeriodState.PUBLISHED or not fits:
        raise Refused(OLD)


def in_the_way(there: Standing) -> list[Trouble]:
    """What keeps a plan from being in force from now on: all that is wrong with what is still to come.

    A course that has begun may have become small, and somebody in it may have learned since.
    """
    since = tomorrow(there.period)
    settled = {
        (group, place)
        for group, held in enumerate(there.sessions)
        for place, one in enumerate(held)
        if is_settled(one, there.gathered, since)
    }
    begun = {group for group, _ in settled}
    others_fit = all(_is_full_enough(one) for number, one in enumerate(there.groups) if number not in begun)
    found = [one for one in there.troubles if not one.sessions or one.sessions - settled]
    return [one for one in found if not _is_of_begun(one, begun, others_fit=others_fit)]


def _finished(there: Standing, proposed: Proposed) -> list[Making]:
    """The groups whose sessions all stay as they are: nothing of them is planned again."""
    kept, since = {one.group for one in proposed.groups}, tomorrow(there.period)
    return [
        Making(
            activity=group.activity_id,
            women=tuple(place.case_id for place in group.places.all()),
            sessions=(),
            group=group.pk,
        )
        for group, held in zip(there.groups, there.sessions, strict=True)
        if group.pk not in kept and held and all(is_settled(one, there.gathered, since) for one in held)
    ]


def _write_sessions(there: Standing, made: Sequence[tuple[Group, Making]], gathered: Gathered) -> None:
    """What stays as it is, and what would be, each with the session that it stands for."""
    since, in_force = tomorrow(there.period), {one.pk: one for held in there.sessions for one in held}
    settled: dict[int, list[Session]] = {}
    for one in in_force.values():
        if is_settled(one, there.gathered, since):
            settled.setdefault(one.group_id, []).append(one)
    minutes = dict(Activity.objects.filter(organisation=there.period.organisation_id).values_list("pk", "minutes"))
    rows = []
    for group, making in made:
        rows += [_copy(one, group) for one in settled.get(making.group or 0, ())]
        length = timedelta(minutes=minutes[making.activity])
        rows += [_session(group, one, length, gathered, in_force) for one in making.sessions]
    Session.objects.bulk_create(rows)


def _copy(one: Session, group: Group) -> Session:
    return Session(
        organisation_id=one.organisation_id,
        group=group,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        room_id=one.room_id,
        member_id=one.member_id,
        state=one.state,
        fixed=one.fixed,
        stands_for=one,
    )


def _session(
    group: Group, one: Sitting, length: timedelta, gathered: Gathered, in_force: Mapping[int, Session]
) -> Session:
    starts = aware(gathered, one.start)
    return Session(
        organisation_id=group.organisation_id,
        group=group,
        starts_at=starts,
        ends_at=starts + length,
        room_id=one.room,
        member_id=one.member,
        fixed=bool(one.session and in_force[one.session].fixed),
        stands_for_id=one.session,
    )


def _is_of_begun(one: Trouble, begun: set[int], *, others_fit: bool) -> bool:
    """Whether only courses that have begun are too small, or somebody in them has learned since."""
    return one.rule == 2 and ({group for group, _ in one.sessions} <= begun or (not one.women and others_fit))


def _is_full_enough(group: Group) -> bool:
    size = len(group.places.all())
    return bool(group.activity.min_women <= size <= group.activity.max_women)
