"""A plan as it stands in the tables: read for checking, and written from what was computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from amparo.areas.cases.models import Case
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock
from amparo.kernel.language import worded

from .gathering import Days, Gathered, gather
from .models import Group, NotServed, Period, Place, Session
from .rules import instance as planned
from .rules.checking import broken_rules
from .rules.explaining import Place as Spot
from .rules.explaining import Trouble, troubles
from .rules.instance import Moment, Plan
from .rules.states import PeriodState, SessionState

NOT_ASKED_ALONE = worded("Ask her first, alone, how she feels about a group.")
ONLY_ALONE = worded("She would like it only alone, and it is held in groups. Something individual would help.")


@dataclass(frozen=True)
class Standing:
    """A period's plan with the rows that it stands in: by the place of a group, and of a session in it."""

    period: Period
    gathered: Gathered
    plan: Plan
    groups: tuple[Group, ...]
    sessions: tuple[tuple[Session, ...], ...]
    over: frozenset[Spot] = frozenset()

    @property
    def troubles(self) -> list[Trouble]:
        """Everything that is wrong with it; what is over in a published plan cannot be put right any more."""
        return [one for one in self._found() if not one.sessions or one.sessions - self.over]

    def _found(self) -> list[Trouble]:
        found = broken_rules(self.gathered.instance, self.plan)
        known = self.gathered
        return troubles(found, self.plan, women=known.cases, appointments=known.appointments, instance=known.instance)

    @property
    def fixed(self) -> list[Spot]:
        """Every session that stays where it is when the rest is planned again."""
        return [
            (group, place) for group, held in enumerate(self.sessions) for place, one in enumerate(held) if one.fixed
        ]

    def session(self, spot: Spot) -> Session:
        """The row of a session."""
        return self.sessions[spot[0]][spot[1]]


def standing(period: Period, *, gathered: Gathered | None = None) -> Standing:
    """The plan of a period, with what it is checked against; gathered anew unless it is at hand."""
    known = gathered or gather(period.organisation_id, _days(period), period=period.pk)
    groups = tuple(_groups(period))
    sessions = tuple(tuple(group.sessions.all()) for group in groups)
    over = _over(sessions) if period.state != PeriodState.DRAFT else frozenset[Spot]()
    of_plan = tuple(_group(known, groups[number], sessions[number], number, over) for number in range(len(groups)))
    return Standing(period, known, _plan(known, of_plan), groups, sessions, over)


def to_come(there: Standing, found: Iterable[Trouble]) -> list[Trouble]:
    """What of it is about sessions that are not over; what lies behind everybody can be put right by nobody."""
    now = clock.now()
    return [one for one in found if not one.sessions or any(there.session(spot).ends_at > now for spot in one.sessions)]


def to_solve(period: Period) -> Gathered:
    """What a plan of this period is made from: nobody is planned before tomorrow, since everybody has to be told."""
    days = Days(period.first_on, period.last_on, tomorrow(period))
    return gather(period.organisation_id, days, period=period.pk)


def tomorrow(period: Period) -> datetime:
    """When tomorrow begins where the house is, in its local time."""
    today = clock.today(house_of(period.organisation_id).time_zone)
    return datetime.combine(today + timedelta(days=1), time())


def aware_tomorrow(period: Period) -> datetime:
    """The same as a moment."""
    return tomorrow(period).replace(tzinfo=ZoneInfo(house_of(period.organisation_id).time_zone))


def last_day_of(period: Period, groups: Iterable[int]) -> dict[int, date]:
    """The last day of a place that ends now, by its group: today where a session of today has begun, else yesterday.

    So whoever holds a session later today does not wait for her, nor see that she would have been there.
    """
    zone = ZoneInfo(house_of(period.organisation_id).time_zone)
    now = clock.now().astimezone(zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    held = Session.objects.filter(group__in=groups, starts_at__gte=midnight, starts_at__lte=now)
    begun = set(held.exclude(state=SessionState.CANCELLED).values_list("group", flat=True))
    return {group: now.date() - timedelta(days=group not in begun) for group in groups}


def is_settled(session: Session, gathered: Gathered, since: datetime) -> bool:
    """Whether it was held, or begins so soon that planning again leaves it as it is."""
    return session.state == SessionState.HELD or local(gathered, session.starts_at) < since


def write_plan(period: Period, plan: Plan, *, gathered: Gathered) -> None:
    """Put what was computed in place of what stood there; `fixed` stays where a group is as it was."""
    fixed = _fixed(period)
    cases, today = gathered.cases, clock.today(gathered.zone.key)
    Group.objects.filter(period=period.pk).delete()
    numbers: dict[int, int] = {}
    for group in plan.groups:
        activity = int(group.activity[1:])
        numbers[activity] = numbers.get(activity, 0) + 1
        row = Group.objects.create(
            organisation_id=period.organisation_id, period=period, activity_id=activity, number=numbers[activity]
        )
        since = max(period.first_on, today)
        mine = {"organisation_id": period.organisation_id, "group": row}
        Place.objects.bulk_create([Place(**mine, case_id=cases[woman], since=since) for woman in group.women])
        length = next(one.minutes for one in gathered.instance.activities if one.id == group.activity)
        Session.objects.bulk_create([_session(gathered, period, row, one, length, fixed) for one in group.sessions])
    left = [(cases[one.woman], int(one.activity[1:]), one.reason) for one in plan.not_served]
    write_not_served(period, left, gathered=gathered)


def aware(gathered: Gathered, at: datetime) -> datetime:
    """The moment of a local time of the house, in UTC: an hour later it is an hour later, whatever clocks do."""
    # Not `replace`: a Moment stays a Moment, which is written without its zone.
    return datetime(at.year, at.month, at.day, at.hour, at.minute, tzinfo=gathered.zone).astimezone(UTC)


def local(gathered: Gathered, at: datetime) -> Moment:
    """The local time of a moment, to the minute."""
    here = at.astimezone(gathered.zone)
    return Moment(here.year, here.month, here.day, here.hour, here.minute)


def _days(period: Period) -> Days:
    return Days(period.first_on, period.last_on)


def _groups(period: Period) -> list[Group]:
    held = Session.objects.exclude(state=SessionState.CANCELLED).select_related("room__site", "member")
    places = Place.objects.filter(until=None).order_by("pk")
    rows = Group.objects.filter(period=period.pk).select_related("activity").order_by("activity__name", "number", "pk")
    found = rows.prefetch_related(Prefetch("sessions", held.order_by("starts_at", "pk")), Prefetch("places", places))
    # A group that nobody is in and that holds nothing any more is history.
    return [group for group in found if group.sessions.all() or group.places.all()]


def _over(sessions: tuple[tuple[Session, ...], ...]) -> frozenset[Spot]:
    now = clock.now()
    return frozenset(
        (group, place)
        for group, held in enumerate(sessions)
        for place, one in enumerate(held)
        if one.state == SessionState.HELD or one.starts_at <= now
    )


def _group(
    gathered: Gathered, group: Group, sessions: tuple[Session, ...], number: int, over: frozenset[Spot]
) -> planned.Group:
    # Whoever holds what is over: one group keeps one professional for what is to come.
    coming = [one.member_id for place, one in enumerate(sessions) if (number, place) not in over]
    # Who is not in the instance any more still stands in the plan, under a name that the checker does not know.
    women = [gathered.aliases.get(place.case_id, f"gone{place.case_id}") for place in group.places.all()]
    return planned.Group(
        activity=f"a{group.activity_id}",
        women=tuple(women),
        sessions=tuple(
            planned.Session(
                start=local(gathered, one.starts_at),
                room=f"r{one.room_id}",
                professional=f"p{coming[0] if coming and (number, place) in over else one.member_id}",
            )
            for place, one in enumerate(sessions)
        ),
    )


def _plan(gathered: Gathered, groups: tuple[planned.Group, ...]) -> Plan:
    served = {(woman, group.activity) for group in groups for woman in group.women}
    weights = {one.id: one.weight for one in gathered.instance.activities}
    asked = [(woman, one.id) for one in gathered.instance.activities for woman in one.asked_by]
    left = tuple(
        planned.NotServed(woman=woman, activity=activity, reason="-")
        for woman, activity in asked
        if (woman, activity) not in served
    )
    objective = sum(weights.get(group.activity, 0) * len(set(group.women)) for group in groups)
    return Plan(status="feasible", objective=objective, groups=groups, not_served=left)


def _fixed(period: Period) -> set[tuple[int, datetime, int]]:
    rows = Session.objects.filter(group__period=period.pk, fixed=True)
    return set(rows.values_list("group__activity", "starts_at", "room"))


def _session(
    gathered: Gathered,
    period: Period,
    group: Group,
    session: planned.Session,
    minutes: int,
    fixed: set[tuple[int, datetime, int]],
) -> Session:
    starts, room = aware(gathered, session.start), int(session.room[1:])
    return Session(
        organisation_id=period.organisation_id,
        group=group,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        room_id=room,
        member_id=int(session.professional[1:]),
        fixed=(group.activity_id, starts, room) in fixed,
    )


def write_not_served(period: Period, left: list[tuple[int, int, str]], *, gathered: Gathered) -> None:
    """Put who found no place, and why, in place of what stood there; with those who cannot be asked for yet.

    Each request stands once: what a proposal said of these, as it was then, gives way to what is known now.
    """
    NotServed.objects.filter(period=period.pk).delete()
    reasons = {(case, activity): reason for case, activity, reason in left}
    reasons |= dict.fromkeys(gathered.not_asked_alone, NOT_ASKED_ALONE) | dict.fromkeys(gathered.only_alone, ONLY_ALONE)
    known = set(Case.objects.filter(pk__in={case for case, _ in reasons}).values_list("pk", flat=True))
    mine = {"organisation_id": period.organisation_id, "period": period}
    NotServed.objects.bulk_create(
        [
            NotServed(**mine, case_id=case, activity_id=activity, reason=reason[:300])
            for (case, activity), reason in reasons.items()
            if case in known
        ]
    )
