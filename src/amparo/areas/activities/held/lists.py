"""The list of a session for whoever holds it. The one place that says that a woman is in somebody's group today."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet

from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Asked, Held, Part, Purpose, Task, Ties, Viewer, decide, may_do
from amparo.areas.activities.asking import GROUPS
from amparo.areas.activities.models import Alarm, Attendance, Place, Session
from amparo.areas.activities.rules.holding import list_is_open, may_note_who_came
from amparo.areas.activities.rules.states import Came, Kind, PeriodState, SessionState
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.cases.models import Restriction
from amparo.areas.cases.rules import OPEN
from amparo.areas.consent.queries import who_agreed
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Decision, NotThere, require
from amparo.kernel.labels import Label

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class HeldSession:
    """A session that the viewer holds. `opens` says whether its list is open now, and why not.

    `looked_at`: it is not sure that it is held as it stands; why is nobody's business here (R3).
    """

    id: int
    group: int
    activity_number: int
    activity: str
    neutral: str
    alone: bool
    starts_at: datetime
    ends_at: datetime
    room: str
    site: str
    childcare: bool
    opens: Decision
    room_needs: str
    materials: str
    looked_at: bool
    notes: Decision  # whether who came can be noted already, and from when

    @property
    def on(self) -> date:
        """Its day, in the house's time zone."""
        return self.starts_at.date()


@dataclass(frozen=True)
class Whose:
    """As much of a case as writing down who came needs (`cases.acting.Hers`)."""

    id: int
    person: UUID
    organisation: int


@dataclass(frozen=True)
class Woman:
    """One line of the list: all that is known in the room."""

    place: int
    whose: Whose
    code: str  # for the list on paper, where no name stands
    name: str  # what she chose to be called among others, or her code
    languages: tuple[str, ...]
    needs: tuple[str, ...]
    words: str
    children: int  # whom she brings, where they are looked after
    came: str  # empty: nothing noted yet
    reason: str


def own_sessions(viewer: Viewer) -> list[HeldSession]:
    """The sessions that the viewer holds, from today on for a week; nobody's name."""
    require(may_do(viewer, Task.HOLD_SESSIONS))
    now = _now(viewer)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = _mine(viewer).filter(starts_at__gte=midnight, starts_at__lt=midnight + AHEAD)
    found = list(rows.order_by("starts_at", "pk"))
    alarmed = _alarmed(found)
    return [_session(row, now, alarmed) for row in found]


def held_session(viewer: Viewer, number: int, *, at: datetime | None = None) -> HeldSession:
    """One of them, whenever it is; raises NotThere where the viewer does not hold it.

    `at`: the moment for which it is asked whether its list is open; now where nothing is said.
    """
    require(may_do(viewer, Task.HOLD_SESSIONS))
    row = _mine(viewer).filter(pk=number).first()
    if row is None:
        raise NotThere
    return _session(row, at.astimezone(ZoneInfo(viewer.time_zone)) if at else _now(viewer), _alarmed([row]))


def women_of(viewer: Viewer, session: HeldSession) -> list[Woman]:
    """Who is expected, by name; a fixed number of queries. Raises Refused while the list is closed.

    A woman who took her yes to groups back, or whose file is kept and not used, does not stand here at all.
    """
    require(session.opens)
    rows = [row for row in _expected(viewer, session) if _is_open(viewer, row)]
    sealing.load_keys(row["case__person"] for row in rows)
    for row in rows:
        purpose = {"purpose": str(Purpose.GROUP)}
        note_read(Trace("read activities", f"case {row['case']}", row["case__person"], purpose))
    came = _came(session, [row["case"] for row in rows])
    women = [_woman(row, came.get(row["case"], ("", "")), childcare=session.childcare) for row in rows]
    return sorted(women, key=lambda one: (one.name.casefold(), one.place))


def woman_of(viewer: Viewer, session: HeldSession, place: int) -> Woman:
    """One of them; raises NotThere where she is not on the list."""
    found = next((one for one in women_of(viewer, session) if one.place == place), None)
    if found is None:
        raise NotThere
    return found


@transaction.atomic
def take_out_list(number: int, *, by: Viewer) -> tuple[HeldSession, list[str], Export]:
    """The codes of who is expected, for a sheet to tick on paper, in order; that it leaves the screen is noted."""
    session = held_session(by, number)
    codes = sorted(one.code for one in women_of(by, session))
    return session, codes, take_out("session list", by=by, facts={"entries": len(codes)})


def _mine(viewer: Viewer) -> QuerySet[Session]:
    rows = Session.objects.filter(organisation=viewer.organisation, member=viewer.member)
    rows = rows.filter(group__period__state=PeriodState.PUBLISHED).exclude(state=SessionState.CANCELLED)
    return rows.select_related("group__activity", "room__site")


def _alarmed(rows: Iterable[Session]) -> set[int]:
    """Those that somebody of the house looks at before they are held."""
    alarms = Alarm.objects.filter(session__in=[row.pk for row in rows], ended_at=None)
    return set(alarms.values_list("session", flat=True))


def _session(row: Session, now: datetime, alarmed: Collection[int]) -> HeldSession:
    activity, starts = row.group.activity, row.starts_at.astimezone(now.tzinfo)
    return HeldSession(
        id=row.pk,
        group=row.group_id,
        activity_number=activity.pk,
        activity=activity.name,
        neutral=activity.neutral_name,
        alone=activity.kind == Kind.INDIVIDUAL,
        starts_at=starts,
        ends_at=row.ends_at.astimezone(now.tzinfo),
        room=row.room.name,
        site=row.room.site.name,
        childcare=activity.childcare,
        opens=list_is_open(starts, now=now),
        room_needs=activity.room,
        materials=activity.materials,
        looked_at=row.pk in alarmed and starts > now,
        notes=may_note_who_came(starts, now=now),
    )


_COLUMNS = (
    *("pk", "case", "case__person", "case__person__code", "case__person__languages"),
    *("case__in_the_room__called", "case__in_the_room__needs", "case__in_the_room__words"),
    *("case__circumstances__children", "organisation", "held"),
)


def _expected(viewer: Viewer, session: HeldSession) -> list[dict[str, Any]]:
    """Everybody accompanied with a place in the group on that day, each with how the viewer is tied to her case."""
    on = session.on
    held = Restriction.objects.filter(case=OuterRef("case"), lifted_on=None).values("thing")
    open_cases = {"case__status__in": OPEN, "case__erased_on": None}
    places = Place.objects.filter(organisation=viewer.organisation, group=session.group, **open_cases)
    places = places.filter(Q(until=None) | Q(until__gte=on), since__lte=on).annotate(held=ArraySubquery(held))
    rows: list[dict[str, Any]] = list(places.values(*_COLUMNS))
    agreed = who_agreed(viewer.organisation, GROUPS, on=on)
    for row in rows:
        # Alone with one professional there is nobody else whom she would have to agree to meet.
        row["ties"] = Ties(
            organisation=row["organisation"],
            in_group=True,
            agreed_to_groups=session.alone or row["case__person"] in agreed,
            held=Held(frozenset(row["held"])),
        )
    return rows


def _is_open(viewer: Viewer, row: dict[str, Any]) -> bool:
    return decide(viewer, Asked(Part.ACTIVITIES, label=Label.PERSONAL), row["ties"]).allowed


def _came(session: HeldSession, cases: list[int]) -> dict[int, tuple[str, str]]:
    rows = Attendance.objects.filter(session=session.id, case__in=cases)
    return {case: (came, reason) for case, came, reason in rows.values_list("case", "state", "reason")}


def _woman(row: dict[str, Any], came: tuple[str, str], *, childcare: bool) -> Woman:
    person = row["case__person"]
    called = sealing.open_text(person, row["case__in_the_room__called"] or b"", "intheroom.called")
    return Woman(
        place=row["pk"],
        whose=Whose(row["case"], person, row["organisation"]),
        code=row["case__person__code"],
        name=called or row["case__person__code"],
        languages=tuple(row["case__person__languages"]),
        needs=tuple(row["case__in_the_room__needs"] or ()),
        words=sealing.open_text(person, row["case__in_the_room__words"] or b"", "intheroom.words"),
        children=(row["case__circumstances__children"] or 0) if childcare else 0,
        came=Came(came[0]) if came[0] else "",
        reason=came[1],
    )


def _now(viewer: Viewer) -> datetime:
    return clock.now().astimezone(ZoneInfo(viewer.time_zone))
