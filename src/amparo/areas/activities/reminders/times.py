"""The times with us that she is told of: those that come, and those that she was told and that are off."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from amparo.areas.access.rules import Part
from amparo.areas.activities.models import Place
from amparo.areas.activities.rules.reminding import About, Sending
from amparo.areas.activities.rules.states import PeriodState, SessionState
from amparo.areas.cases.models import Appointment
from amparo.areas.cases.rules import Meeting as Kept
from amparo.areas.cases.rules import Status
from amparo.areas.orgs.queries import House

from .models import Reminder

#: How far ahead is planned.
AHEAD = timedelta(days=4)
# An appointment without a time of day counts from here on.
_WITHOUT_TIME = time(9)


@dataclass(frozen=True)
class Time:
    """A session or an appointment of one woman; `instead` is the time that stands now, where she was told another."""

    case: int
    person: UUID
    is_open: bool
    languages: tuple[str, ...]
    starts_at: datetime
    part: Part
    session: int | None = None
    activity: int = 0  # of the session
    period: int = 0  # of the session
    appointment: int | None = None
    has_time: bool = True
    about: About = About.TIME
    instead: datetime | None = None
    instead_has_time: bool = True


def times_to_tell(house: House, *, now: datetime, cases: Collection[int] | None) -> list[Time]:
    """All of the next days, in the whole house or in these cases; what does not stand any more comes first."""
    narrowed: dict[str, Collection[int]] = {} if cases is None else {"case__in": cases}
    return [*_off(house, now, narrowed), *_sessions(house, now, narrowed), *_appointments(house, now, narrowed)]


_HERS = ("case", "case__person", "case__status", "case__erased_on", "case__person__languages")


def _sessions(house: House, now: datetime, narrowed: dict[str, Collection[int]]) -> Iterator[Time]:
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
    columns = ("group__sessions__starts_at", "group__sessions", "group__activity", "group__period")
    for *hers, starts_at, session, activity, period in rows.values_list(*_HERS, *columns):
        here = starts_at.astimezone(zone)
        yield Time(*_facts(*hers), here, Part.ACTIVITIES, session=session, activity=activity, period=period)


def _appointments(house: House, now: datetime, narrowed: dict[str, Collection[int]]) -> Iterator[Time]:
    zone = ZoneInfo(house.time_zone)
    today = now.astimezone(zone).date()
    rows = Appointment.objects.filter(**narrowed, organisation=house.number, state=Kept.PLANNED)
    rows = rows.filter(on__gte=today, on__lte=today + AHEAD)
    for *hers, on, at, number in rows.values_list(*_HERS, "on", "at", "pk"):
        starts_at = _moment(on, at, zone)
        if starts_at > now:
            yield Time(*_facts(*hers), starts_at, Part.SERVICES, appointment=number, has_time=at is not None)


def _off(house: House, now: datetime, narrowed: dict[str, Collection[int]]) -> Iterator[Time]:
    """What she was told, or may have been, and what was cancelled, moved or ended for her since."""
    zone = ZoneInfo(house.time_zone)
    told = Reminder.objects.filter(**narrowed, organisation=house.number, about=About.TIME, starts_at__gt=now)
    told = told.filter(state__in=(Sending.SENT, Sending.UNKNOWN))
    place = Place.objects.filter(group=OuterRef("session__group"), case=OuterRef("case"), until=None)
    columns = ("starts_at", "session", "session__state", "session__starts_at", "appointment")
    rows = told.annotate(has_place=Exists(place)).values_list(
        *_HERS, *columns, "appointment__state", "appointment__on", "appointment__at", "has_place"
    )
    for *hers, starts_at, session, state, now_at, appointment, kept, on, at, has_place in rows:
        instead: datetime | None
        if session is not None:
            stands, instead = has_place and state != SessionState.CANCELLED, now_at
        else:  # that she could not come, she knows
            stands, instead = kept != Kept.CALLED_OFF, _moment(on, at, zone) if kept == Kept.PLANNED else starts_at
        if stands and instead == starts_at:
            continue
        here = starts_at.astimezone(zone)
        yield Time(
            *_facts(*hers),
            here,
            Part.ACTIVITIES if session is not None else Part.SERVICES,
            session=session,
            appointment=appointment,
            has_time=session is not None or at is not None or here.time() != _WITHOUT_TIME,
            about=About.CHANGED,
            instead=instead.astimezone(zone) if stands and instead and instead > now else None,
            instead_has_time=session is not None or at is not None,
        )


def _facts(
    case: int, person: UUID, status: str, erased: date | None, languages: list[str]
) -> tuple[int, UUID, bool, tuple[str, ...]]:
    return case, person, status != Status.CLOSED and erased is None, tuple(languages)


def _moment(on: date, at: time | None, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at or _WITHOUT_TIME, zone)
