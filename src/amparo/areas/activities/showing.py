"""What the pages show of plans: codes of women, words for what is wrong as the reader may know it, her own sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from amparo.areas.access.rules import Part, Task, Viewer, may_do, may_read
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.cases.files import CaseFile, files_numbered, visible_cases
from amparo.areas.cases.models import TeamMember
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import require
from amparo.kernel.labels import Label

from .models import Alarm, NotServed, Period, Place, Session
from .rules.explaining import OF_SAFETY, Trouble
from .rules.explaining import Place as Spot
from .rules.states import PeriodState, SessionState, Solving
from .standing import Standing

_AT_ONCE = 48
SHOWN = 30
_POINT = "site.meeting_point"


@dataclass(frozen=True)
class TroubleLine:
    """Something wrong, as this reader is told: the words, the codes of the women, and the sessions."""

    text: str
    codes: tuple[str, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Left:
    """A request that found no place, and why."""

    case: int
    code: str
    activity: str
    reason: str


@dataclass(frozen=True)
class HerSession:
    """A session in which she has a place. `looked_at`: it is not sure that it is held as it stands."""

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
    group: int = 0


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
    spots: dict[tuple[str, tuple[str, ...]], set[Spot]] = {}
    for one, said in zip(found, words, strict=True):
        named = tuple(sorted(codes[cases[woman]] for woman in said.women if cases[woman] in codes))
        spots.setdefault((said.text, named), set()).update(one.sessions)
    return [
        TroubleLine(text, named, tuple(there.session(spot) for spot in sorted(where)))
        for (text, named), where in spots.items()
    ]


def left_of(viewer: Viewer, period: int) -> list[Left]:
    """The requests of a period that found no place; two queries."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    rows = NotServed.objects.filter(period=period, organisation=viewer.organisation)
    found = list(rows.order_by("activity__name", "pk").values_list("case", "activity__name", "reason"))
    codes = codes_of(viewer, (case for case, _, _ in found))
    return [Left(case, codes[case], activity, reason) for case, activity, reason in found if case in codes]


def sessions_of(viewer: Viewer, case: CaseFile) -> list[HerSession]:
    """Her sessions to come that are published, the next first; where she is met only for her team. Three queries."""
    require(case.readable(viewer, Part.ACTIVITIES))
    mine = Place.objects.filter(case=case.id, organisation=viewer.organisation, until=None)
    rows = _coming(viewer).filter(group__in=mine.values("group"))[:SHOWN]
    near = bool(case.shows(viewer, Part.ACTIVITIES, Label.SAFETY_CRITICAL))
    return _her_sessions(rows, near=near)


def not_served(viewer: Viewer, case: CaseFile) -> list[tuple[str, str]]:
    """What she asked for and found no place in the latest published weeks: the activity and why."""
    require(case.readable(viewer, Part.ACTIVITIES))
    today = clock.today(viewer.time_zone)
    rows = NotServed.objects.filter(case=case.id, organisation=viewer.organisation)
    now = rows.filter(period__state=PeriodState.PUBLISHED, period__last_on__gte=today)
    return list(now.order_by("activity__name").values_list("activity__name", "reason"))


def sessions_soon(viewer: Viewer, *, days: int = 2) -> list[HerSession]:
    """The sessions of today and the days after, of the women whom the viewer accompanies; each with the code."""
    if not may_do(viewer, Task.READ_PROGRAMME):
        return []
    until = clock.now() + timedelta(days=days)
    teams = TeamMember.objects.filter(member=viewer.member, organisation=viewer.organisation, until=None)
    places = Place.objects.filter(case__in=teams.values("case"), organisation=viewer.organisation, until=None)
    found = list(places.values_list("group", "case__person__code"))
    rows = _coming(viewer).filter(group__in={group for group, _ in found}, starts_at__lte=until)[:SHOWN]
    by_group: dict[int, list[str]] = {}
    for group, code in found:
        by_group.setdefault(group, []).append(code)
    shown = _her_sessions(rows, near=False)
    return [replace(one, code=code) for one in shown for code in sorted(by_group[one.group])]


def alarmed(viewer: Viewer) -> list[HerSession]:
    """Sessions to come that do not hold as they stand, for whoever plans; two queries."""
    if not may_do(viewer, Task.PLAN_SESSIONS):
        return []
    open_ones = Alarm.objects.filter(session=OuterRef("pk"), ended_at=None)
    return _her_sessions(_coming(viewer).filter(Exists(open_ones))[:SHOWN], near=False)


def ready_plans(viewer: Viewer) -> list[Period]:
    """Plans that the viewer asked for, made and not yet published."""
    if not may_do(viewer, Task.PLAN_SESSIONS):
        return []
    rows = Period.objects.filter(organisation=viewer.organisation, state=PeriodState.DRAFT, asked_by=viewer.member)
    return list(rows.filter(solving__in=(Solving.DONE, Solving.FAILED)).order_by("first_on")[:SHOWN])


def _coming(viewer: Viewer) -> QuerySet[Session]:
    rows = Session.objects.filter(
        organisation=viewer.organisation,
        group__period__state=PeriodState.PUBLISHED,
        state=SessionState.PLANNED,
        ends_at__gt=clock.now(),
    )
    return rows.select_related("group__activity", "room__site", "member").order_by("starts_at", "pk")


def _her_sessions(rows: Iterable[Session], *, near: bool) -> list[HerSession]:
    shown = list(rows)
    rules: dict[int, set[int]] = {}
    alarms = Alarm.objects.filter(session__in=[row.pk for row in shown], ended_at=None)
    for session, rule in alarms.values_list("session", "rule"):
        rules.setdefault(session, set()).add(rule)
    return [
        HerSession(
            id=row.pk,
            activity=row.group.activity.name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            site=row.room.site.name,
            room=row.room.name,
            leader=row.member.name,
            meeting_point=_point(row) if near else "",
            looked_at=row.pk in rules,
            unsafe=bool(rules.get(row.pk, set()) & OF_SAFETY),
            period=row.group.period_id,
            group=row.group_id,
        )
        for row in shown
    ]


def _point(row: Session) -> str:
    return sealing.open_of_house(row.organisation_id, row.room.site.meeting_point, _POINT).decode()


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
