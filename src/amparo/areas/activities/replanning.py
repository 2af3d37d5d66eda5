"""Planning published weeks again as a whole: a proposal beside what is in force, which stays so until a person decides.

What was held, and what begins before tomorrow, is in no proposal. A course that has begun goes on with those who are in
it; a session that is fixed stays. Whoever has a place keeps one, unless she was released by name (`staying`). Of the
rest as little moves as the best worth allows.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from msgspec.structs import replace

from amparo.areas.access import wall
from amparo.areas.access.rules import Viewer
from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs.queue import is_ours
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require
from amparo.kernel.language import worded

from . import proposing
from .gathering import Gathered
from .models import Group, Period, Proposal, Session
from .periods import GIVEN_UP, found, locked, note
from .rules import instance as planned
from .rules.computing import seconds_for
from .rules.instance import Instance, Moment, Plan
from .rules.replanning import Left, Making, Proposed, Sitting, matched
from .rules.states import Ended, PeriodState, Solving
from .standing import Standing, is_settled, local, standing, to_solve, tomorrow
from .staying import Stays, Stuck, solved

GOES_ON = 100  # what a place in a course that has begun is worth beside one in a new group
NO_PLACE_IN_REST = worded(
    "There is no place for her in the rest of this course. Another course, or something alone, would help."
)


@dataclass(frozen=True)
class ProposalFile:
    """Where the proposal of a period stands."""

    id: int
    solving: Solving
    is_old: bool  # something changed since, or its day is over
    released: tuple[int, ...]  # the places that may be lost
    stuck: tuple[int, ...]  # the sessions that are fixed and cannot stay together
    stuck_few: bool


@dataclass(frozen=True)
class Again:
    """What is planned again: the instance, what stands of it by its names, and which group each of these is."""

    instance: Instance
    before: Plan
    fixed: list[tuple[int, int]]
    not_before: Mapping[str, Moment]
    groups: tuple[Making, ...]
    stands: tuple[tuple[int, ...], ...]  # which sessions those of `before` are
    released: frozenset[tuple[str, str]]  # who may lose her place, and in which activity

    @property
    def stays(self) -> Stays:
        """What is asked of the planner."""
        return Stays(self.instance, self.before, self.fixed, self.not_before, self.released)


def ask_again(number: int, *, by: Viewer, released: Collection[int] = ()) -> None:
    """Let the worker propose how a published period would be planned again; an earlier proposal is dropped.

    `released`: the places that may be lost to others' wishes; every other one is kept.
    """
    from .jobs import compute_proposal

    with transaction.atomic():
        row = locked(by, number)
        if row.state != PeriodState.PUBLISHED:
            require(refused("This plan is a draft: plan it again as it stands."))
        today = clock.today(by.time_zone)
        if row.last_on <= today:
            require(refused("These weeks are over: there is nothing to plan again."))
        there = Proposal.objects.select_for_update(no_key=True).filter(period=row.pk).first()
        if there is not None and is_running(there):
            require(refused("A proposal is being computed already. It stands here in a moment."))
        discard(row, Ended.REPLACED)
        Proposal.objects.create(
            organisation_id=by.organisation,
            period=row,
            base=row.version,
            on=today,
            asked_at=clock.now(),
            asked_by_id=by.member,
            released=sorted(released),
        )
        note(by, "new plan asked for", number)
        compute_proposal.defer(organisation=by.organisation, period=number)


def drop(number: int, *, by: Viewer) -> None:
    """Leave everything as it is in force; raises NotThere where there is no proposal any more."""
    with transaction.atomic():
        row = locked(by, number)
        if not discard(row, Ended.DROPPED):
            raise NotThere
        note(by, "new plan dropped", number)


def discard(period: Period, how: Ended) -> bool:
    """Let a proposal go with its draft; whether there was one. How it ended is kept for whoever still looks at it."""
    draft = Period.objects.filter(proposed_by__period=period.pk).values_list("pk", flat=True).first()
    if draft is not None:
        period.ended_proposals[str(draft)] = how.value
        period.save(update_fields=("ended_proposals",))
    drafts, _ = Period.objects.filter(proposed_by__period=period.pk).delete()
    proposals, _ = Proposal.objects.filter(period=period.pk).delete()
    return bool(drafts or proposals)


def proposal_of(viewer: Viewer, number: int) -> ProposalFile | None:
    """The proposal for a period of the viewer's house, if there is one."""
    period = found(viewer, number)
    row = Proposal.objects.filter(period=period.pk).first()
    if row is None:
        return None
    solving = Solving(row.solving)
    given_up = solving is Solving.RUNNING and not is_running(row)
    is_old = row.base != period.version or row.on != clock.today(viewer.time_zone)
    return ProposalFile(
        id=row.pk,
        solving=Solving.STOPPED if given_up else solving,
        is_old=is_old and solving is not Solving.RUNNING,
        released=tuple(row.released),
        stuck=tuple(row.stuck_sessions),
        stuck_few=row.stuck_few,
    )


def is_running(row: Proposal) -> bool:
    """Whether it is being computed; a worker that was killed holds nobody up for long."""
    return row.solving == Solving.RUNNING and clock.now() - row.asked_at < GIVEN_UP


def compute(
    organisation: int, number: int, *, seconds: float | None = None, stopped: Callable[[], bool] = lambda: False
) -> None:
    """Compute the proposal of a period that waits for one. Where something changed meanwhile, there is none.

    In so many `seconds` as its size asks for, where none are given.
    """
    with wall.standing_in(organisation):
        row = Proposal.objects.filter(period=number, organisation=organisation, solving=Solving.RUNNING).first()
        if row is not None:
            _compute(row, seconds, stopped)


def _compute(row: Proposal, seconds: float | None, stopped: Callable[[], bool]) -> None:
    period = Period.objects.get(pk=row.period_id)
    gathered = to_solve(period)
    there = standing(period)
    again = planned_again(there, gathered, since=tomorrow(period), released=row.released)
    made = solved(again.stays, seconds=seconds or seconds_for(again.stays.instance), stopped=stopped)
    with transaction.atomic():
        now = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
        mine = Proposal.objects.select_for_update(no_key=True).filter(pk=row.pk, solving=Solving.RUNNING).first()
        if mine is None or not is_ours():
            return  # dropped meanwhile, or another worker's by now: what somebody looks at stays as it is
        is_same = now.version == row.base and now.state == PeriodState.PUBLISHED
        mine.solving = Solving.FAILED
        if isinstance(made, Plan) and is_same:
            mine.solving, mine.draft = Solving.DONE, proposing.write(there, _proposed(again, made, gathered), gathered)
        elif isinstance(made, Stuck) and is_same:
            mine.stuck_sessions = [again.stands[group][place] for group, place in made.sessions]
            mine.stuck_few = made.too_few
        mine.save(update_fields=("solving", "draft", "stuck_sessions", "stuck_few"))
        record(Trace("new plan made", f"period {period.pk}"), organisation=row.organisation_id, member=None)


def planned_again(there: Standing, gathered: Gathered, *, since: datetime, released: Collection[int] = ()) -> Again:
    """The instance of what may still change; a course that has begun is an activity of its own in it.

    Who is `released`, by her place, asks like everybody else: she stands in no group that may stay whole.
    """
    offered = {one.id: one for one in gathered.instance.activities}
    parted = [_parted(group, held, gathered, since) for group, held in zip(there.groups, there.sessions, strict=True)]
    begun = [one for one in parted if one.done]
    rests = {one.group.pk: rest for one in begun if (rest := _goes_on(one, offered[one.activity]))}
    stands = [one for one in parted if one.coming]
    groups = list[planned.Group]()
    for one in stands:
        activity = rests[one.group.pk].id if one.done else one.activity
        women = one.women if one.done else _not_released(one.group, gathered, released)
        groups.append(_group(activity, women, one.coming, gathered, groups))
    return Again(
        instance=_instance(gathered.instance, begun, rests.values()),
        before=Plan(status="feasible", objective=0, groups=tuple(groups), not_served=()),
        fixed=[(n, place) for n, one in enumerate(stands) for place, each in enumerate(one.coming) if each.fixed],
        not_before={
            rests[one.group.pk].id: _next_day(offered[one.activity], one.done, gathered)
            for one in begun
            if one.group.pk in rests
        },
        groups=tuple(
            making_of(one.group, one.coming, gathered) for one in parted if not one.done or one.group.pk in rests
        ),
        stands=tuple(tuple(each.pk for each in one.coming) for one in stands),
        released=frozenset(
            (gathered.aliases[place.case_id], one.activity)
            for one in parted
            for place in one.group.places.all()
            if place.pk in released and place.case_id in gathered.aliases
        ),
    )


@dataclass(frozen=True)
class _Parted:
    """A group with those of its women who are accompanied here, what was held of it or stays, and what is to come."""

    group: Group
    activity: str
    women: list[str]
    done: list[Session]
    coming: list[Session]


def _parted(group: Group, held: Iterable[Session], gathered: Gathered, since: datetime) -> _Parted:
    women = [gathered.aliases[one.case_id] for one in group.places.all() if one.case_id in gathered.aliases]
    done, coming = list[Session](), list[Session]()
    for one in held:
        (done if is_settled(one, gathered, since) else coming).append(one)
    return _Parted(group, f"a{group.activity_id}", women, done, coming)


def _instance(instance: Instance, begun: Iterable[_Parted], rests: Iterable[planned.Activity]) -> Instance:
    """With the rests of courses that have begun; nobody in one asks for it from the start."""
    served = {(woman, one.activity) for one in begun for woman in one.women}
    activities = (
        replace(one, asked_by=tuple(woman for woman in one.asked_by if (woman, one.id) not in served))
        for one in instance.activities
    )
    return replace(instance, activities=(*activities, *rests))


def _not_released(group: Group, gathered: Gathered, released: Collection[int]) -> list[str]:
    """Those who keep their place in it; all of them, where they would be too few without the others."""
    places = [one for one in group.places.all() if one.case_id in gathered.aliases]
    kept = [one for one in places if one.pk not in released]
    found = kept if len(kept) >= group.activity.min_women else places
    return [gathered.aliases[one.case_id] for one in found]


def making_of(group: Group, coming: list[Session], gathered: Gathered) -> Making:
    """A group as it stands."""
    sessions = tuple(
        Sitting(start=local(gathered, one.starts_at), room=one.room_id, member=one.member_id, session=one.pk)
        for one in coming
    )
    women = tuple(one.case_id for one in group.places.all())
    return Making(activity=group.activity_id, women=women, sessions=sessions, group=group.pk)


def _next_day(activity: planned.Activity, done: list[Session], gathered: Gathered) -> Moment:
    last = max(local(gathered, one.starts_at) for one in done)
    day = last.date() + timedelta(days=activity.days_apart)
    return Moment(day.year, day.month, day.day)


def _goes_on(begun: _Parted, activity: planned.Activity) -> planned.Activity | None:
    """The rest of a course, if any: for those in it alone, however few they are by now, whatever they have learned."""
    rest = max(activity.sessions - len(begun.done), len(begun.coming))
    member = (begun.coming or begun.done)[-1].member_id
    if not rest:
        return None
    return replace(
        activity,
        id=f"g{begun.group.pk}",
        sessions=rest,
        asked_by=tuple(one for one in begun.women if one in activity.asked_by),
        min_women=1,
        level=None,
        professionals=tuple(one for one in activity.professionals if one == f"p{member}"),
        weight=max(activity.weight, 1) * GOES_ON,
    )


def _group(
    activity: str, women: list[str], sessions: list[Session], gathered: Gathered, others: list[planned.Group]
) -> planned.Group:
    """A group as it stands; where its room is gone, in another of the site, so that no more than that changes."""
    taken = {(session.start, session.room) for group in others for session in group.sessions}
    held = []
    for one in sessions:
        start, rooms = local(gathered, one.starts_at), _rooms(one, gathered)
        room = next((each for each in rooms if (start, each) not in taken), f"r{one.room_id}")
        held.append(planned.Session(start=start, room=room, professional=f"p{one.member_id}"))
    return planned.Group(activity=activity, women=tuple(women), sessions=tuple(held))


def _rooms(session: Session, gathered: Gathered) -> list[str]:
    """Its room, as long as that is in use and fits; else the rooms of the site that fit, the largest first."""
    site = next((one for one in gathered.instance.sites if one.id == f"s{session.room.site_id}"), None)
    activity = f"a{session.group.activity_id}"
    only = next((one.rooms for one in gathered.instance.activities if one.id == activity), None)
    fitting = [one for one in site.rooms if only is None or one.id in only] if site else []
    rooms, own = sorted(fitting, key=lambda one: -one.seats), f"r{session.room_id}"
    return [own] if own in {one.id for one in rooms} else [one.id for one in rooms]


def _proposed(again: Again, made: Plan, gathered: Gathered) -> Proposed:
    cases = gathered.cases
    known = {f"g{one.group}": one for one in again.groups}
    new = []
    kept, parted = _undivided(again, made)
    for group in kept:
        old = known.get(group.activity)
        new.append(
            Making(
                activity=old.activity if old else int(group.activity[1:]),
                women=tuple(cases[woman] for woman in group.women),
                sessions=tuple(
                    Sitting(start=one.start, room=int(one.room[1:]), member=int(one.professional[1:]))
                    for one in group.sessions
                ),
                group=old.group if old else None,
            )
        )
    left = tuple(
        Left(
            case=cases[one.woman],
            activity=known[one.activity].activity if one.activity in known else int(one.activity[1:]),
            reason=one.reason,
        )
        for one in (*made.not_served, *parted)
    )
    return Proposed(groups=matched(again.groups, new, {int(name[1:]) for name in again.not_before}), left=left)


def _undivided(again: Again, made: Plan) -> tuple[list[planned.Group], list[planned.NotServed]]:
    """The groups, of a course that has begun one: the one with most of its women, then of its times.

    The planner may hold the rest of a course for some here and for others there; but there is one course, and whoever
    is not in what goes on of it loses her place, which somebody has to know.
    """
    starts = {one.group: {each.start for each in one.sessions} for one in again.groups}

    def goes_on(group: planned.Group) -> tuple[int, int]:
        times = starts[int(group.activity[1:])]
        return len(group.women), sum(1 for one in group.sessions if one.start in times)

    known = {name: [one for one in made.groups if one.activity == name] for name in again.not_before}
    apart = [one for found in known.values() for one in sorted(found, key=goes_on)[:-1]]
    left = [
        planned.NotServed(woman=woman, activity=one.activity, reason=NO_PLACE_IN_REST)
        for one in apart
        for woman in one.women
    ]
    return [one for one in made.groups if one not in apart], left
