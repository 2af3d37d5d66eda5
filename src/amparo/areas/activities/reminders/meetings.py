"""Which times with us come next, and what stands for and against reminding her of each, in few queries."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from amparo.areas.access.rules import WHOLE_FILE, Part
from amparo.areas.activities.models import Alarm, Place
from amparo.areas.activities.rules.reminding import Standing, Way, Why, way_to_remind, when_to_remind, why_not
from amparo.areas.activities.rules.states import PeriodState, SessionState
from amparo.areas.cases.models import Appointment, Restriction
from amparo.areas.cases.rules import Meeting as Kept
from amparo.areas.cases.rules import Status
from amparo.areas.consent.contact import reminding_terms
from amparo.areas.consent.queries import ways_taken_back
from amparo.areas.consent.rules.contact import Channel
from amparo.areas.orgs.queries import House, house_of
from amparo.node.channels import Channels, channels
from amparo.node.errors import NodeError

from .models import Reminder

#: How far ahead is planned.
AHEAD = timedelta(days=4)
# An appointment without a time of day counts from here on.
_WITHOUT_TIME = time(9)
log = logging.getLogger(__name__)

Key = tuple[int | None, int | None, int, datetime]


@dataclass(frozen=True)
class Coming:
    """A session or an appointment that she comes to; `starts_at` carries the time zone of the house."""

    case: int
    person: UUID
    starts_at: datetime
    session: int | None
    appointment: int | None
    has_time: bool
    languages: tuple[str, ...]
    why_not: Why | None
    ways: tuple[Way, ...]

    @property
    def key(self) -> Key:
        """By what its reminder is found."""
        return (self.session, self.appointment, self.case, self.starts_at)


@dataclass(frozen=True)
class Proposal:
    """In which way and when she is reminded."""

    way: Way
    at: datetime


def key_of(row: Reminder) -> Key:
    """By what the time is found that a reminder is about."""
    return (row.session_id, row.appointment_id, row.case_id, row.starts_at)


def set_up() -> Channels:
    """The node's channels; none where their file is wrong, which is logged."""
    try:
        return channels()
    except NodeError:
        log.error("channels.toml cannot be used: nothing is sent until it is put right")
        return Channels()


def at_hand(found: Channels) -> frozenset[Channel]:
    """The ways by which she can be reminded as the node is set up."""
    there = {Channel.SMS: found.sms, Channel.EMAIL: found.email}
    return frozenset(channel for channel, one in there.items() if one is not None)


def way_for(coming: Coming | None, *, ways: frozenset[Channel]) -> Way | Why:
    """In which way she may be reminded of it as everything stands, or why not."""
    if coming is None:
        return Why.NOT_HELD
    if coming.why_not is not None:
        return coming.why_not
    return way_to_remind(coming.ways, at_hand=ways) or Why.NO_WAY


def proposal(coming: Coming | None, *, ways: frozenset[Channel], now: datetime) -> Proposal | Why:
    """How and when she is reminded of it, or why not."""
    way = way_for(coming, ways=ways)
    if coming is None or isinstance(way, Why):
        return way if isinstance(way, Why) else Why.NOT_HELD
    at = when_to_remind(way, starts_at=coming.starts_at, now=now)
    return Why.NO_HOUR if at is None else Proposal(way, at)


def coming_up(organisation: int, *, now: datetime, case: int | None = None) -> dict[Key, Coming]:
    """What comes within the next days, in the whole house or in one case."""
    house = house_of(organisation)
    narrowed = {} if case is None else {"case": case}
    rows = [*_sessions(house, now, narrowed), *_appointments(house, now, narrowed)]
    held = _held(organisation, {row.case for row in rows})
    open_alarms = Alarm.objects.filter(session__in=[row.session for row in rows if row.session], ended_at=None)
    alarmed = set(open_alarms.values_list("session", flat=True))
    used = [
        row
        for row in rows
        if row.is_open and not held & {(row.case, WHOLE_FILE), (row.case, Part.CONTACT), (row.case, row.part)}
    ]
    ways = _ways(organisation, {row.person for row in used}, now.astimezone(ZoneInfo(house.time_zone)).date())
    found = [_coming(row, row in used, row.session in alarmed, ways) for row in rows]
    return {one.key: one for one in found}


@dataclass(frozen=True)
class _Row:
    case: int
    person: UUID
    is_open: bool
    languages: tuple[str, ...]
    starts_at: datetime
    part: Part
    session: int | None = None
    appointment: int | None = None
    has_time: bool = True


def _sessions(house: House, now: datetime, narrowed: dict[str, int]) -> Iterable[_Row]:
    zone = ZoneInfo(house.time_zone)
    rows = Place.objects.filter(
        **narrowed,
        organisation=house.number,
        until=None,
        group__period__state=PeriodState.PUBLISHED,
        group__sessions__state=SessionState.PLANNED,
        group__sessions__starts_at__gt=now,
        group__sessions__starts_at__lte=now + AHEAD,
    )
    columns = rows.values_list(
        "case",
        "case__person",
        "case__status",
        "case__erased_on",
        "case__person__languages",
        "group__sessions__starts_at",
        "group__sessions",
    )
    for case, person, status, erased, languages, starts_at, session in columns:
        is_open = status != Status.CLOSED and erased is None
        at = starts_at.astimezone(zone)
        yield _Row(case, person, is_open, tuple(languages), at, Part.ACTIVITIES, session=session)


def _appointments(house: House, now: datetime, narrowed: dict[str, int]) -> Iterable[_Row]:
    zone = ZoneInfo(house.time_zone)
    today = now.astimezone(zone).date()
    rows = Appointment.objects.filter(**narrowed, organisation=house.number, state=Kept.PLANNED)
    columns = rows.filter(on__gte=today, on__lte=today + AHEAD).values_list(
        "case", "case__person", "case__status", "case__erased_on", "case__person__languages", "on", "at", "pk"
    )
    for case, person, status, erased, languages, on, at, number in columns:
        starts_at = datetime.combine(on, at or _WITHOUT_TIME, zone)
        if starts_at > now:
            is_open = status != Status.CLOSED and erased is None
            facts = (case, person, is_open, tuple(languages), starts_at, Part.SERVICES)
            yield _Row(*facts, appointment=number, has_time=at is not None)


def _held(organisation: int, cases: set[int]) -> set[tuple[int, str]]:
    rows = Restriction.objects.filter(organisation=organisation, case__in=cases, lifted_on=None)
    return set(rows.values_list("case", "thing"))


def _ways(organisation: int, persons: set[UUID], today: date) -> dict[UUID, tuple[Way, ...]]:
    taken_back = ways_taken_back(organisation, persons, on=today)
    return {
        person: tuple(
            Way(
                agreed=one.agreed,
                agreement=one.number,
                wanted=one.reminders,
                has_address=one.has_address,
                checked=one.checked,
                taken_back=(person, one.channel) in taken_back,
            )
            for one in terms
        )
        for person, terms in reminding_terms(organisation, persons).items()
    }


def _coming(row: _Row, used: bool, alarmed: bool, ways: dict[UUID, tuple[Way, ...]]) -> Coming:
    return Coming(
        case=row.case,
        person=row.person,
        starts_at=row.starts_at,
        session=row.session,
        appointment=row.appointment,
        has_time=row.has_time,
        languages=row.languages,
        why_not=why_not(Standing(held=True, used=used, alarmed=alarmed)),
        ways=ways.get(row.person, ()),
    )
