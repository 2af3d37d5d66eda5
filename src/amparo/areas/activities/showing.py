"""What the pages show of plans: codes of women, words for what is wrong as the reader may know it, her own sessions."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.areas.access.rules import Part, Task, Viewer, may_do, may_read
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.cases.files import CaseFile, files_numbered, visible_cases
from amparo.areas.cases.models import TeamMember
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import require
from amparo.kernel.labels import Label
from amparo.storage.prepared import prepared

from .models import Activity, Alarm, Group, NotServed, Period, Place, Session
from .periods import GIVEN_UP
from .proposing import place_of_request
from .rules.explaining import OF_SAFETY, Trouble
from .rules.explaining import Place as Spot
from .rules.states import Kind, PeriodState, SessionState, Solving
from .rules.taking_part import By
from .standing import Standing
from .taking_part import Request, parts_of

_AT_ONCE = 48
SHOWN = 30
_AT_FIRST = 2
_POINT = "site.meeting_point"
_NONE_LASTS = timedelta(days=1)  # as long as this: an activity lasts 90 minutes at most


@dataclass(frozen=True)
class TroubleLine:
    """Something wrong, as this reader is told: the words, the codes of the women, and the sessions.

    `unsafe`: it is about somebody's safety, not about how many they are or what can be held.
    """

    text: str
    codes: tuple[str, ...]
    sessions: tuple[Session, ...]
    unsafe: bool

    @property
    def first(self) -> tuple[Session, ...]:
        """The first of them to come: where to begin."""
        return tuple(sorted(self.sessions, key=lambda one: one.starts_at)[:_AT_FIRST])

    @property
    def further(self) -> int:
        """How many come after those."""
        return max(0, len(self.sessions) - _AT_FIRST)


@dataclass(frozen=True)
class Left:
    """A request that found no place, and why."""

    case: int
    code: str
    activity: str
    reason: str


@dataclass(frozen=True)
class Answered:
    """A yes that these weeks are not planned for: it was answered in others, or she paused or ended her place."""

    code: str
    activity: str
    by: By


@dataclass(frozen=True)
class StuckGroup:
    """A group with sessions that are fixed and cannot stay so: what it is, how many it needs, and their times.

    `number`: 0 where she meets somebody alone.
    """

    id: int
    activity_number: int
    activity: str
    number: int
    least: int
    times: tuple[datetime, ...]


@dataclass(frozen=True)
class HerSession:
    """A session in which she has a place. `looked_at`: it is not sure that it is held as it stands.

    `unsafe`: that it is about somebody's safety; said only to whoever reads hers, as whom it is about (R4).
    """

    id: int
    activity: str
    starts_at: datetime
    ends_at: datetime
    site: str
    room: str
    leader: str
    meeting_point: str
    looked_at: bool
    unsafe: bool
    code: str = ""
    period: int = 0


def codes_of(viewer: Viewer, numbers: Iterable[int]) -> dict[int, str]:
    """The codes of the cases that the viewer may know of, by number; one query."""
    rows = visible_cases(viewer).filter(pk__in=set(numbers))
    return dict(rows.values_list("pk", "person__code"))


def told(viewer: Viewer, there: Standing, found: Sequence[Trouble]) -> list[TroubleLine]:
    """What is wrong, once each, in words that tell no more than the viewer may read; reads of safety are noted."""
    cases = there.gathered.cases
    secret = {cases[woman] for one in found if one.is_secret for woman in one.women}
    files = _files(viewer, secret)
    about = [[files.get(cases[woman]) for woman in one.women] for one in found]
    words = [one.told(reads_safety=_reads_safety(viewer, hers)) for one, hers in zip(found, about, strict=True)]
    codes = codes_of(viewer, (cases[woman] for one in words for woman in one.women))
    for one, said in zip(found, words, strict=True):
        for woman in said.women if one.is_secret else ():
            case = files[cases[woman]]
            note_read(Trace("read safety", f"case {case.id}", case.person))
    spots: dict[tuple[str, tuple[str, ...], bool], set[Spot]] = {}
    for one, said in zip(found, words, strict=True):
        named = tuple(sorted(codes[cases[woman]] for woman in said.women if cases[woman] in codes))
        spots.setdefault((said.text, named, one.rule in OF_SAFETY), set()).update(one.sessions)
    return [
        TroubleLine(text, named, tuple(there.session(spot) for spot in sorted(where)), unsafe=unsafe)
        for (text, named, unsafe), where in spots.items()
    ]


def left_of(viewer: Viewer, period: int, *, answered: Container[Request] = ()) -> list[Left]:
    """The requests of a period that found no place, and in no other weeks since (`answered`); two queries."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    rows = NotServed.objects.filter(~Exists(place_of_request()), period=period, organisation=viewer.organisation)
    columns = ("case", "activity", "activity__name", "reason")
    found = [one for one in rows.order_by("activity__name", "pk").values_list(*columns) if one[:2] not in answered]
    codes = codes_of(viewer, (case for case, *_ in found))
    return [Left(case, codes[case], activity, reason) for case, _, activity, reason in found if case in codes]


def answered_of(viewer: Viewer, there: Standing) -> list[Answered]:
    """Whose yes is not planned for here: she takes part or took part in other weeks, or stopped; by activity, code."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    known = there.gathered.answered
    codes = codes_of(viewer, (case for case, _ in known))
    names = dict(Activity.objects.filter(pk__in={activity for _, activity in known}).values_list("pk", "name"))
    found = [Answered(codes[case], names[activity], by) for (case, activity), by in known.items() if case in codes]
    return sorted(found, key=lambda one: (one.activity, one.code))


def stuck_of(viewer: Viewer, sessions: Sequence[int]) -> list[StuckGroup]:
    """The groups to which these sessions belong, with when they are: fixed so, they cannot all stay. One query."""
    rows = Session.objects.filter(pk__in=sessions, organisation=viewer.organisation).select_related("group__activity")
    held: dict[int, list[Session]] = {}
    for row in rows.order_by("starts_at", "pk") if sessions else ():
        held.setdefault(row.group_id, []).append(row)
    return [_stuck(viewer, mine[0].group, mine) for mine in held.values()]


def _stuck(viewer: Viewer, group: Group, held: Sequence[Session]) -> StuckGroup:
    zone, activity = ZoneInfo(viewer.time_zone), group.activity
    number = group.number if activity.kind == Kind.GROUP else 0
    times = tuple(one.starts_at.astimezone(zone) for one in held)
    return StuckGroup(group.pk, activity.pk, activity.name, number, activity.min_women, times)


def sessions_of(viewer: Viewer, case: CaseFile) -> list[HerSession]:
    """Her sessions to come that are published, the next first; where she is met only for her team. One query."""
    require(case.readable(viewer, Part.ACTIVITIES))
    near = bool(case.shows(viewer, Part.ACTIVITIES, Label.SAFETY_CRITICAL))
    tells = bool(case.readable(viewer, Part.SAFETY))
    now = clock.now()
    found = [_her_session(row, near=near) for row in _of_case(viewer.organisation, case.id, now, now - _NONE_LASTS)]
    return [replace(one, unsafe=one.unsafe and tells) for one in found]


def not_served(viewer: Viewer, case: CaseFile) -> list[tuple[str, str]]:
    """What she asked for and found no place in the latest published weeks, nor in others: the activity and why.

    Of what goes on, other weeks count only where they overlap: nobody falls out of the next ones unseen.
    """
    require(case.readable(viewer, Part.ACTIVITIES))
    today = clock.today(viewer.time_zone)
    rows = NotServed.objects.filter(~Exists(place_of_request()), case=case.id, organisation=viewer.organisation)
    now = rows.filter(period__state=PeriodState.PUBLISHED, period__last_on__gte=today)
    parts = parts_of(viewer.organisation, [case.id])
    weeks = ("period__first_on", "period__last_on")
    left = now.order_by("activity__name", "reason").values_list(
        "activity", "activity__name", "reason", "activity__goes_on", *weeks
    )
    found = [
        (name, reason)
        for activity, name, reason, goes_on, *span in left
        if not any(
            not one.is_over and (not goes_on or one.overlaps((span[0], span[1])))
            for one in parts.get((case.id, activity), ())
        )
    ]
    return list(dict.fromkeys(found))


def sessions_soon(viewer: Viewer, *, days: int = 2) -> list[HerSession]:
    """The sessions of today and the days after, of the women whom the viewer accompanies; each with the code. One
    query."""
    if not may_do(viewer, Task.READ_PROGRAMME):
        return []
    now = clock.now()
    rows = _soon(viewer.organisation, viewer.member, now, now - _NONE_LASTS, now + timedelta(days=days))
    shown = [(_her_session(row, near=False), row[-1]) for row in rows]
    return [replace(one, code=code) for one, codes in shown for code in codes]


def alarmed(viewer: Viewer) -> list[HerSession]:
    """Sessions to come that do not hold as they stand, for whoever plans, what is not safe first; one query."""
    if not may_do(viewer, Task.PLAN_SESSIONS):
        return []
    now = clock.now()
    found = [_her_session(row, near=False) for row in _alarmed(viewer.organisation, now, now - _NONE_LASTS)]
    return sorted(found, key=lambda one: not one.unsafe)


def ready_plans(viewer: Viewer) -> list[Period]:
    """Plans that the viewer asked for and has not published, and proposals that wait: made, or given up."""
    if not may_do(viewer, Task.PLAN_SESSIONS):
        return []
    ended, since = (Solving.DONE, Solving.FAILED), clock.now() - GIVEN_UP
    made = Q(solving__in=ended) | Q(solving=Solving.RUNNING, asked_at__lte=since)
    proposed = Q(proposal__solving__in=ended) | Q(proposal__solving=Solving.RUNNING, proposal__asked_at__lte=since)
    drafts = made & Q(state=PeriodState.DRAFT, asked_by=viewer.member)
    again = proposed & Q(state=PeriodState.PUBLISHED, proposal__asked_by=viewer.member)
    rows = Period.objects.filter(drafts | again, organisation=viewer.organisation)
    return list(rows.order_by("first_on")[:SHOWN])


_SESSION = (
    *("pk", "group__activity__name", "starts_at", "ends_at", "room__site__name", "room__name", "member__name"),
    *("room__site__meeting_point", "organisation", "group__period", "rules"),
)
_SessionRow = tuple[int, str, datetime, datetime, str, str, str, bytes, int, int, list[int]]
_SoonRow = tuple[int, str, datetime, datetime, str, str, str, bytes, int, int, list[int], list[str]]


@prepared
def _of_case(organisation: int, case: int, now: datetime, since: datetime) -> QuerySet[Session, _SessionRow]:
    mine = Place.objects.filter(case=case, organisation=organisation, until=None)
    return _coming(organisation, now, since).filter(group__in=mine.values("group")).values_list(*_SESSION)[:SHOWN]


@prepared
def _soon(
    organisation: int, member: int, now: datetime, since: datetime, until: datetime
) -> QuerySet[Session, _SoonRow]:
    teams = TeamMember.objects.filter(member=member, organisation=organisation, until=None)
    places = Place.objects.filter(case__in=teams.values("case"), organisation=organisation, until=None)
    hers = places.filter(group=OuterRef("group"))
    codes = ArraySubquery(hers.order_by("case__person__code").values("case__person__code"))
    rows = _coming(organisation, now, since).filter(Exists(hers), starts_at__lte=until)
    return rows.annotate(codes=codes).values_list(*_SESSION, "codes")[:SHOWN]


@prepared
def _alarmed(organisation: int, now: datetime, since: datetime) -> QuerySet[Session, _SessionRow]:
    open_ones = Alarm.objects.filter(session=OuterRef("pk"), ended_at=None)
    return _coming(organisation, now, since).filter(Exists(open_ones)).values_list(*_SESSION)[:SHOWN]


def _coming(organisation: int, now: datetime, since: datetime) -> QuerySet[Session]:
    """What is published and not over, the next first; all of it began after `since`, which the index knows."""
    rows = Session.objects.filter(
        organisation=organisation,
        group__period__state=PeriodState.PUBLISHED,
        state=SessionState.PLANNED,
        starts_at__gt=since,
        ends_at__gt=now,
    )
    rules = Alarm.objects.filter(session=OuterRef("pk"), ended_at=None).values("rule")
    return rows.annotate(rules=ArraySubquery(rules)).order_by("starts_at", "pk")


def _her_session(row: _SessionRow | _SoonRow, *, near: bool) -> HerSession:
    number, activity, starts_at, ends_at, site, room, leader, point, organisation, period, rules = row[:11]
    return HerSession(
        id=number,
        activity=activity,
        starts_at=starts_at,
        ends_at=ends_at,
        site=site,
        room=room,
        leader=leader,
        meeting_point=sealing.open_of_house(organisation, point, _POINT).decode() if near else "",
        looked_at=bool(rules),
        unsafe=not OF_SAFETY.isdisjoint(rules),
        period=period,
    )


def _files(viewer: Viewer, numbers: Iterable[int]) -> dict[int, CaseFile]:
    wanted = sorted(set(numbers))
    found: list[CaseFile] = []
    for start in range(0, len(wanted), _AT_ONCE):
        found += files_numbered(viewer, wanted[start : start + _AT_ONCE])
    return {one.id: one for one in found}


def _reads_safety(viewer: Viewer, files: Sequence[CaseFile | None]) -> bool:
    """Whether the viewer reads the safety of each of them; where nobody is named, whether of the house."""
    if files:
        return all(one is not None and bool(one.readable(viewer, Part.SAFETY)) for one in files)
    return bool(may_read(viewer, Part.SAFETY, organisation=viewer.organisation, in_team=False))
