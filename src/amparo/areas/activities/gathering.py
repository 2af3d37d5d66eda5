"""Out of the tables, what a plan is made from and what was planned: in a fixed number of queries.

Women stand in it under names made up for this once. Who keeps away from whom is opened here, stays in memory, and is
written nowhere.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, Subquery

from amparo.areas.access.rules import WHOLE_FILE, Part
from amparo.areas.cases.models import Appointment, Case, Due, Restriction
from amparo.areas.cases.rules import OPEN, DueKind, Meeting
from amparo.areas.consent.queries import who_agreed
from amparo.areas.orgs.queries import colleagues, house_of
from amparo.areas.safety.avoiding import Avoided, avoided_in
from amparo.areas.safety.rules import is_overdue
from amparo.kernel import clock
from amparo.kernel.hours import unclear_hours

from .asking import GROUPS
from .models import (
    Activity,
    ChildcareTime,
    Circumstances,
    FreeTime,
    HeldAt,
    HeldIn,
    Interest,
    Leader,
    LeaderAway,
    LeaderTime,
    Leading,
    OtherTime,
    Place,
    Room,
    Site,
)
from .rules import instance as planned
from .rules.instance import GRID_MINUTES, Instance, Moment
from .rules.joining import risk_in_planning
from .rules.states import Answer, InGroup, Kind, PeriodState
from .rules.taking_part import By
from .rules.weeks import Different, Weekly, Window, busy_on, each_day, on_grid, windows
from .taking_part import Request, answered

APPOINTMENT_TAKES = timedelta(hours=1)  # nobody notes how long one takes


@dataclass(frozen=True)
class Days:
    """Which days are gathered, and from when on somebody can still be planned."""

    first_on: date
    last_on: date
    not_before: datetime | None = None


@dataclass(frozen=True)
class Gathered:
    """An instance with what its names stand for. `not_asked_alone`: who cannot be planned for a group yet.

    `answered`: whose yes was answered in other weeks, or who is in a pause or ended her place; who is asked again and
    says yes is planned again.
    `appointments`: when a woman or a professional is not free for that reason; what it is about stands nowhere.
    """

    instance: Instance
    zone: ZoneInfo
    aliases: dict[int, str]
    not_asked_alone: tuple[Request, ...]
    only_alone: tuple[Request, ...]
    answered: dict[Request, By]
    appointments: dict[str, tuple[Window, ...]]

    @property
    def cases(self) -> dict[str, int]:
        """The number of the case by the name that stands for her."""
        return {alias: case for case, alias in self.aliases.items()}


def gather(organisation: int, days: Days, *, period: int | None = None) -> Gathered:
    """Everything that these days can be planned from, as it stands now."""
    zone = ZoneInfo(house_of(organisation).time_zone)
    placed = (
        set(Place.objects.filter(group__period=period, until=None).values_list("case", flat=True)) if period else set()
    )
    wishes = list(_wishes(organisation))
    activities = _activities(organisation, period)
    cases = _cases(organisation, {wish.case_id for wish in wishes} | placed)
    aliases = {case.number: f"w{secrets.token_hex(5)}" for case in cases}
    wanted = _to_plan(wishes, activities, cases)
    settled = _answered(organisation, wanted, activities, days, period)
    asked, not_asked, alone = _sorted_out((one for one in wanted if _request(one) not in settled), activities)
    avoided, met = avoided_in(organisation), _appointments(organisation, days)
    return Gathered(
        instance=Instance(
            sites=_sites(organisation, days),
            professionals=_professionals(organisation, days, met),
            women=_women(organisation, days, cases, aliases, avoided, met),
            activities=_offered(organisation, activities, asked, aliases),
            must_not_meet=tuple(
                (aliases[one], aliases[other]) for one, other in sorted(avoided.pairs) if {one, other} <= aliases.keys()
            ),
        ),
        zone=zone,
        aliases=aliases,
        not_asked_alone=not_asked,
        only_alone=alone,
        answered=settled,
        appointments=_named(met, aliases),
    )


@dataclass(frozen=True)
class _Woman:
    number: int
    person: UUID
    languages: tuple[str, ...]
    risk: planned.Risk
    held: bool  # at her wish nothing of hers is used, so she is planned for nothing new


def _wishes(organisation: int) -> Iterable[Interest]:
    rows = Interest.objects.filter(organisation=organisation, answer=Answer.YES, case__status__in=OPEN)
    return rows.filter(case__erased_on=None).order_by("pk")


def _activities(organisation: int, period: int | None) -> list[Activity]:
    """Those in use, and those set aside that are still held in this period."""
    rows = Activity.objects.filter(organisation=organisation)
    return list(rows.filter(Q(in_use=True) | Q(groups__period=period)).distinct().order_by("pk"))


def _cases(organisation: int, numbers: set[int]) -> list[_Woman]:
    due = Due.objects.filter(case=OuterRef("pk"), kind=DueKind.RISK, subject=0, done_at=None).values("on")
    held = Restriction.objects.filter(case=OuterRef("pk"), lifted_on=None, thing__in=(WHOLE_FILE, Part.ACTIVITIES))
    rows = Case.objects.filter(organisation=organisation, pk__in=numbers, status__in=OPEN, erased_on=None)
    found = rows.annotate(due=Subquery(due), held_back=Exists(held)).order_by("pk")
    today = clock.today(house_of(organisation).time_zone)
    columns = found.values_list("pk", "person", "person__languages", "risk_level", "due", "held_back")
    return [
        _Woman(number, person, tuple(languages), risk_in_planning(level, overdue=is_overdue(on, today)), held_back)
        for number, person, languages, level, on, held_back in columns
    ]


def _request(wish: Interest) -> Request:
    return wish.case_id, wish.activity_id


def _to_plan(wishes: Iterable[Interest], activities: Iterable[Activity], cases: Iterable[_Woman]) -> list[Interest]:
    """Those for what is held, of women of whom everything may be used."""
    kinds, free = {one.pk for one in activities}, {one.number for one in cases if not one.held}
    return [one for one in wishes if one.activity_id in kinds and one.case_id in free]


def _answered(
    organisation: int, wishes: Iterable[Interest], activities: Iterable[Activity], days: Days, period: int | None
) -> dict[Request, By]:
    """Whose yes was answered in other weeks, or who stopped. Who has a place in these, as published, keeps it."""
    asked, going_on = {_request(one): one.asked_on for one in wishes}, {one.pk for one in activities if one.goes_on}
    found = answered(organisation, asked, going_on=going_on, planned=(days.first_on, days.last_on))
    these = Q(group__period=period) | Q(group__period__proposal__draft=period)
    rows = Place.objects.filter(these, organisation=organisation, until=None)
    rows = rows.filter(group__period__state=PeriodState.PUBLISHED) if period else rows.none()
    placed = set(rows.values_list("case", "group__activity"))
    return {one: part for one, part in found.items() if one not in placed}


_Requests = tuple[Request, ...]


def _sorted_out(
    wishes: Iterable[Interest], activities: Iterable[Activity]
) -> tuple[set[Request], _Requests, _Requests]:
    """The requests that can be planned; those for a group about which she was not asked alone; those wanted alone."""
    kinds = {one.pk: one.kind for one in activities}
    asked, not_asked, alone = set[Request](), [], []
    for wish in wishes:
        pair = _request(wish)
        if kinds[wish.activity_id] == Kind.INDIVIDUAL:
            asked.add(pair)
        elif wish.in_group == InGroup.ALONE:
            alone.append(pair)
        elif wish.asked_alone and wish.in_group == InGroup.YES:
            asked.add(pair)
        else:
            not_asked.append(pair)
    return asked, tuple(not_asked), tuple(alone)


def _sites(organisation: int, days: Days) -> tuple[planned.Site, ...]:
    rooms: dict[int, list[planned.Room]] = {}
    for room in Room.objects.filter(organisation=organisation, in_use=True, site__in_use=True).order_by("pk"):
        rooms.setdefault(room.site_id, []).append(planned.Room(id=f"r{room.pk}", seats=room.seats))
    care: dict[int, list[planned.Childcare]] = {}
    for row in ChildcareTime.objects.filter(organisation=organisation, until=None).order_by("pk"):
        care.setdefault(row.site_id, []).extend(_care(row, days))
    sites = Site.objects.filter(organisation=organisation, in_use=True).order_by("pk")
    return tuple(
        planned.Site(id=f"s{one.pk}", rooms=tuple(rooms.get(one.pk, ())), childcare=tuple(care.get(one.pk, ())))
        for one in sites
    )


def _care(row: ChildcareTime, days: Days) -> Iterable[planned.Childcare]:
    weekdays = range(7) if row.weekday is None else (row.weekday,)
    if row.on:
        times = windows(
            [], [Different(row.on, row.on, row.starts, row.ends, free=True)], first_on=row.on, last_on=row.on
        )
        times = times if days.first_on <= row.on <= days.last_on else []
    else:
        weekly = [Weekly(day, row.starts, row.ends) for day in weekdays]
        times = windows(weekly, [], first_on=days.first_on, last_on=days.last_on)
    return [planned.Childcare(from_=start, to=end, places=row.places) for start, end in map(_moments, times)]


@dataclass(frozen=True)
class _Met:
    """Who meets whom at which times: by the case, and by the member."""

    hers: dict[int, list[Window]]
    theirs: dict[int, list[Window]]


def _appointments(organisation: int, days: Days) -> _Met:
    """What was agreed for these days, with a time; of what is not used at her wish, nothing."""
    kept = Restriction.objects.filter(case=OuterRef("case"), lifted_on=None, thing__in=(WHOLE_FILE, Part.SERVICES))
    rows = Appointment.objects.filter(organisation=organisation, state=Meeting.PLANNED, at__isnull=False)
    rows = rows.filter(on__gte=days.first_on, on__lte=days.last_on, case__status__in=OPEN).exclude(Exists(kept))
    found = _Met({}, {})
    for case, member, on, at in rows.order_by("on", "at", "pk").values_list("case", "member", "on", "at"):
        starts = datetime.combine(on, at or time())
        window = (starts, starts + APPOINTMENT_TAKES)
        found.hers.setdefault(case, []).append(window)
        found.theirs.setdefault(member, []).append(window)
    return found


def _named(met: _Met, aliases: dict[int, str]) -> dict[str, tuple[Window, ...]]:
    hers = {aliases[case]: tuple(times) for case, times in met.hers.items() if case in aliases}
    return {**hers, **{f"p{member}": tuple(times) for member, times in met.theirs.items()}}


def _professionals(organisation: int, days: Days, met: _Met) -> tuple[planned.Professional, ...]:
    """Whoever holds something, is trained and has signed (R12). In the hour in which clocks change nobody does."""
    zone = house_of(organisation).time_zone
    of_house = {"organisation": organisation}
    holding = set(Leading.objects.filter(**of_house).values_list("member", flat=True))
    languages = dict(Leader.objects.filter(**of_house).values_list("member", "languages"))
    weekly = _weekly((row.member_id, row) for row in LeaderTime.objects.filter(**of_house))
    away: dict[int, list[Different]] = {}
    for gone in LeaderAway.objects.filter(**of_house):
        away.setdefault(gone.member_id, []).append(Different(gone.first_on, gone.last_on))
    for member, times in met.theirs.items():
        away.setdefault(member, []).extend(map(busy_on, times))
    each = each_day(days.first_on, days.last_on)
    nights = [busy_on(hours) for day in each if (hours := unclear_hours(day, zone))]
    return tuple(
        planned.Professional(
            id=f"p{one.member}",
            languages=tuple(languages.get(one.member, ())),
            available=_available(weekly.get(one.member, []), [*away.get(one.member, []), *nights], days),
        )
        for one in colleagues(organisation)
        if one.member in holding
    )


def _women(
    organisation: int, days: Days, cases: Iterable[_Woman], aliases: dict[int, str], avoided: Avoided, met: _Met
) -> tuple[planned.Woman, ...]:
    mine = {"organisation": organisation, "case__in": list(aliases)}
    needs = {row.case_id: row for row in Circumstances.objects.filter(**mine)}
    weekly = _weekly((row.case_id, row) for row in FreeTime.objects.filter(**mine))
    other: dict[int, list[Different]] = {case: [busy_on(one) for one in taken] for case, taken in met.hers.items()}
    for day in OtherTime.objects.filter(**mine, first_on__lte=days.last_on, last_on__gte=days.first_on):
        different = Different(day.first_on, day.last_on, day.starts, day.ends, day.free)
        other.setdefault(day.case_id, []).append(different)
    agreed = who_agreed(organisation, GROUPS, on=clock.today(house_of(organisation).time_zone))
    return tuple(
        planned.Woman(
            id=aliases[one.number],
            languages=one.languages,
            levels=needs[one.number].levels if one.number in needs else {},
            available=_available(weekly.get(one.number, []), other.get(one.number, []), days),
            children=needs[one.number].children if one.number in needs else 0,
            risk=one.risk,
            groups_agreed=one.person in agreed,
            meets_nobody=one.number in avoided.nobody,
            avoids_sites=tuple(f"s{site}" for site in sorted(avoided.sites.get(one.number, ()))),
        )
        for one in cases
    )


def _weekly(rows: Iterable[tuple[int, FreeTime | LeaderTime]]) -> dict[int, list[Weekly]]:
    """The weekly times of each, by the number that stands beside the row."""
    found: dict[int, list[Weekly]] = {}
    for whose, row in rows:
        found.setdefault(whose, []).append(Weekly(row.weekday, row.starts, row.ends))
    return found


def _offered(
    organisation: int, activities: Iterable[Activity], asked: set[tuple[int, int]], aliases: dict[int, str]
) -> tuple[planned.Activity, ...]:
    leaders, held, rooms = _leaders(organisation), _held(organisation), _rooms(organisation)
    spoken = {f"p{one.member_id}": set(one.languages) for one in Leader.objects.filter(organisation=organisation)}
    everywhere = Site.objects.filter(organisation=organisation, in_use=True).order_by("pk").values_list("pk", flat=True)
    every_site = [f"s{site}" for site in everywhere]
    return tuple(
        planned.Activity(
            id=f"a{one.pk}",
            kind="group" if one.kind == Kind.GROUP else "individual",
            minutes=one.minutes,
            sessions=one.sessions,
            days_apart=one.days_apart,
            language=_language(one, leaders.get(one.pk, ()), spoken),
            level=None if one.needs_no_language else one.level or None,
            therapeutic=one.therapeutic,
            min_women=one.min_women,
            max_women=one.max_women,
            professionals=tuple(sorted(leaders.get(one.pk, ()))),
            sites=tuple(sorted(held.get(one.pk, every_site))),
            rooms=rooms.get(one.pk),
            asked_by=tuple(aliases[case] for case, activity in sorted(asked) if activity == one.pk),
            weight=one.worth,
        )
        for one in activities
    )


def _leaders(organisation: int) -> dict[int, list[str]]:
    """Who holds each activity, of those who are trained and have signed (R12)."""
    cleared = {one.member for one in colleagues(organisation)}
    found: dict[int, list[str]] = {}
    for activity, member in Leading.objects.filter(organisation=organisation).values_list("activity", "member"):
        if member in cleared:
            found.setdefault(activity, []).append(f"p{member}")
    return found


def _held(organisation: int) -> dict[int, list[str]]:
    """Where each activity is held, as far as that is in use; one that has no place of its own is not in it."""
    rows = HeldAt.objects.filter(organisation=organisation)
    found: dict[int, list[str]] = {}
    for activity, site, in_use in rows.values_list("activity", "site", "site__in_use"):
        found.setdefault(activity, []).extend([f"s{site}"] if in_use else [])
    return found


def _rooms(organisation: int) -> dict[int, tuple[str, ...]]:
    """In which rooms each activity is held, as far as they are in use; one that has no room of its own is not in it."""
    rows = HeldIn.objects.filter(organisation=organisation).order_by("room")
    found: dict[int, tuple[str, ...]] = {}
    for activity, room, *in_use in rows.values_list("activity", "room", "room__in_use", "room__site__in_use"):
        found[activity] = found.get(activity, ()) + ((f"r{room}",) if all(in_use) else ())
    return found


def _language(activity: Activity, leaders: Iterable[str], spoken: dict[str, set[str]]) -> str | None:
    """The language it is held in; for what needs none, one that all who hold it speak, whatever the women speak."""
    if activity.language or not activity.needs_no_language:
        return activity.language or None
    shared = [spoken.get(one, set()) for one in leaders]
    return min(set.intersection(*shared), default=None) if shared else None


def _available(weekly: list[Weekly], different: list[Different], days: Days) -> tuple[planned.Window, ...]:
    times = windows(weekly, different, first_on=days.first_on, last_on=days.last_on)
    if days.not_before:
        times = [(max(start, days.not_before), end) for start, end in times if end > days.not_before]
    return tuple(_moments(one) for one in on_grid(times, minutes=GRID_MINUTES))


def _moments(window: Window) -> planned.Window:
    start, end = window
    return _moment(start), _moment(end)


def _moment(at: datetime) -> Moment:
    return Moment(at.year, at.month, at.day, at.hour, at.minute)
