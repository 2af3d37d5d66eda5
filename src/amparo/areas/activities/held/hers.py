"""What her team sees and writes of her sessions: what is known in the room, who came, what followed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.activities import rechecking
from amparo.areas.activities.editing import end_place
from amparo.areas.activities.models import Activity, Attendance, Group, Period, Place, Session
from amparo.areas.activities.rules.holding import is_missed, minutes_there
from amparo.areas.activities.rules.states import Agreed, Came, Found, PeriodState, RoomNeed, SessionState
from amparo.areas.activities.rules.taking_part import is_complete
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, refused, require

from .models import AskedAfter, Certificate, Evaluation, InTheRoom

#: Short: a facilitator reads it in the door.
LONGEST_WORDS = 200


@dataclass(frozen=True)
class RoomWords:
    """What whoever holds a session learns of her. `called`: empty where her code is to stand there."""

    called: str = ""
    needs: tuple[str, ...] = ()
    words: str = ""
    version: int = 0


@dataclass(frozen=True)
class SessionLine:
    """One session of her group, and whether she came; `came` is empty while nothing is noted."""

    id: int
    on: date
    minutes: int
    came: str
    reason: str
    is_over: bool


@dataclass(frozen=True)
class Asked:
    """She was asked how she is."""

    on: date
    found: str
    agreed: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Given:
    """A certificate that she was given."""

    kind: str
    number: str
    issued_on: date


@dataclass(frozen=True)
class Said:
    """What she said of it, in pictures and words of hers."""

    moment: str
    on: date
    answers: dict[str, int | str]
    words: str


@dataclass(frozen=True)
class Course:
    """One group that she is or was in, with all that stands of it."""

    group: int
    activity: str
    neutral: str
    since: date
    until: date | None
    ends_on: date | None  # the day of its last session, also where she left before
    sessions: tuple[SessionLine, ...]  # those in the days of her place
    asked: tuple[Asked, ...]
    given: tuple[Given, ...]
    said: tuple[Said, ...]
    cancelled: int = 0  # sessions in the days of her place that were not held

    @property
    def has_begun(self) -> bool:
        """Whether there is a session behind her that she can be asked about."""
        return bool(self.held)

    @property
    def was_missed(self) -> bool:
        """Whether she has not come lately, as far as it is known."""
        return is_missed([Came(one.came) for one in reversed(self.held) if one.came])

    @property
    def minutes(self) -> int:
        """How long she was there, in whole sessions."""
        return minutes_there((Came(one.came), one.minutes) for one in self.sessions if one.came)

    @property
    def held(self) -> tuple[SessionLine, ...]:
        """The sessions that are behind her."""
        return tuple(one for one in self.sessions if one.is_over)

    @property
    def is_complete(self) -> bool:
        """Whether its last session is behind her."""
        is_over = bool(self.sessions) and self.held == self.sessions
        return is_complete(until=self.until, ends_on=self.ends_on, is_over=is_over)


def room_words_of(viewer: Viewer, case: CaseFile) -> RoomWords:
    """What is known of her in the room; empty where nothing was written yet."""
    row = InTheRoom.objects.filter(case=case.id, organisation=viewer.organisation).first()
    if row is None:
        return RoomWords()
    called = sealing.open_text(case.person, row.called, "intheroom.called")
    words = sealing.open_text(case.person, row.words, "intheroom.words")
    return RoomWords(called, tuple(row.needs), words, row.version)


def write_room_words(case: CaseFile, *, by: Viewer, said: RoomWords) -> None:
    """Write down with her what is known of her in the room; raises Conflict where a colleague was faster."""
    if set(said.needs) - set(RoomNeed) or len(said.words) > LONGEST_WORDS:
        require(refused("Choose from the list, and keep the words short: they are read in a room."))
    with acting(case, by=by, part=Part.ACTIVITIES, verb="room words written"):
        row = InTheRoom.objects.select_for_update(no_key=True).filter(case=case.id).first()
        if (row.version if row else 0) != said.version:
            there = room_words_of(by, case)
            raise Conflict([("called", there.called), ("words", there.words)])
        InTheRoom.objects.update_or_create(
            organisation_id=case.organisation,
            case_id=case.id,
            defaults={
                "called": sealing.seal_text(case.person, said.called, "intheroom.called"),
                "needs": list(said.needs),
                "words": sealing.seal_text(case.person, said.words, "intheroom.words"),
                "member_id": by.member,
                "changed_on": clock.today(by.time_zone),
                "version": said.version + 1,
            },
        )


def courses_of(viewer: Viewer, case: CaseFile) -> list[Course]:
    """The groups that she is or was in, the latest first; a fixed number of queries."""
    places = Place.objects.filter(case=case.id, organisation=viewer.organisation)
    places = places.filter(group__period__state=PeriodState.PUBLISHED).select_related("group__activity")
    found: dict[int, list[Place]] = defaultdict(list)
    for row in places.exclude(until__lt=F("since")).order_by("-since", "-pk"):  # not what was ended before it began
        found[row.group_id].append(row)
    groups = list(found)
    sessions, asked = _sessions(viewer, case, groups), _asked(case, groups)
    given, said, cancelled = _given(case, groups), _said(case, groups), _cancelled(viewer, groups)
    return [
        Course(
            group=group,
            activity=mine[0].group.activity.name,
            neutral=mine[0].group.activity.neutral_name,
            since=min(one.since for one in mine),
            until=mine[0].until,
            ends_on=max((line.on for line in sessions[group]), default=None),
            sessions=tuple(line for line in sessions[group] if line.came or _is_in(mine, line.on)),
            asked=tuple(asked[group]),
            given=tuple(given[group]),
            said=tuple(said[group]),
            cancelled=sum(_is_in(mine, on) for on in cancelled[group]),
        )
        for group, mine in found.items()
    ]


def _is_in(places: Iterable[Place], on: date) -> bool:
    """Whether she had one of these places on that day: she may leave and come back."""
    return any(one.since <= on and (one.until is None or on <= one.until) for one in places)


def course_of(viewer: Viewer, case: CaseFile, group: int) -> Course:
    """One of them; raises NotThere where she never had a place in it."""
    found = next((one for one in courses_of(viewer, case) if one.group == group), None)
    if found is None:
        raise NotThere
    return found


def session_line(viewer: Viewer, case: CaseFile, session: int) -> SessionLine:
    """One session of a group of hers; raises NotThere otherwise."""
    lines = (line for course in courses_of(viewer, case) for line in course.sessions)
    found = next((line for line in lines if line.id == session), None)
    if found is None:
        raise NotThere
    return found


def note_asked_after(
    case: CaseFile, group: int, *, by: Viewer, found: Found, agreed: Sequence[Agreed], words: str
) -> None:
    """She was asked how she is: what was found, and what is done differently from now on (R17).

    Where she ends her place, it ends with this: nobody expects or reminds her any more. In a pause her place waits and
    nobody reminds her, until it is noted that she comes again or that something else is agreed.
    """
    course_of(by, case, group)
    with acting(case, by=by, part=Part.ACTIVITIES, verb="asked after") as act:
        row = AskedAfter.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            group_id=group,
            on=clock.today(by.time_zone),
            found=found,
            agreed=list(agreed),
            words=sealing.seal_text(case.person, words, "askedafter.words"),
            member_id=by.member,
            noted_at=clock.now(),
        )
        settle_due(case, DueKind.ASK_AFTER, subject=group)
        if Agreed.LEAVES in agreed:
            _leave(case, group, by)
        act.subject, act.words = row.pk, [found]


def _leave(case: CaseFile, group: int, by: Viewer) -> None:
    """Her place ends; of what goes on, those that she has in other weeks that are published and not over end too."""
    activity = Activity.objects.get(groups=group)
    other = Q(period__state=PeriodState.PUBLISHED, period__last_on__gte=clock.today(by.time_zone))
    groups = Group.objects.filter(other, activity=activity) if activity.goes_on else Group.objects.none()
    hers = Place.objects.filter(Q(group=group) | Q(group__in=groups), case=case.id, until=None)
    periods = Period.objects.filter(pk__in=hers.values("group__period")).order_by("pk")
    for period in periods.select_for_update(no_key=True):
        for place in hers.filter(group__period=period).select_for_update(no_key=True):
            Period.objects.filter(pk=period.pk).update(version=F("version") + 1)
            rechecking.soon(by)
            end_place(period, place, by)


def _sessions(viewer: Viewer, case: CaseFile, groups: list[int]) -> dict[int, list[SessionLine]]:
    rows = Session.objects.filter(group__in=groups).exclude(state=SessionState.CANCELLED).order_by("starts_at", "pk")
    came = Attendance.objects.filter(case=case.id).values_list("session", "state", "reason")
    noted = {session: (state, reason) for session, state, reason in came}
    now = clock.now()
    found: dict[int, list[SessionLine]] = defaultdict(list)
    for row in rows:
        state, reason = noted.get(row.pk, ("", ""))
        minutes = int((row.ends_at - row.starts_at).total_seconds()) // 60
        on = clock.day_of(row.starts_at, viewer.time_zone)
        line = SessionLine(row.pk, on, minutes, state, reason, is_over=row.starts_at <= now)
        found[row.group_id].append(line)
    return found


def _cancelled(viewer: Viewer, groups: list[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    rows = Session.objects.filter(group__in=groups, state=SessionState.CANCELLED)
    for group, starts_at in rows.values_list("group", "starts_at"):
        found[group].append(clock.day_of(starts_at, viewer.time_zone))
    return found


def _asked(case: CaseFile, groups: list[int]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = defaultdict(list)
    rows: QuerySet[AskedAfter] = AskedAfter.objects.filter(case=case.id, group__in=groups).order_by("-on", "-pk")
    for row in rows:
        words = sealing.open_text(case.person, row.words, "askedafter.words")
        found[row.group_id].append(Asked(row.on, row.found, tuple(row.agreed), words))
    return found


def _given(case: CaseFile, groups: list[int]) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = defaultdict(list)
    for row in Certificate.objects.filter(case=case.id, group__in=groups).order_by("-issued_on", "-pk"):
        found[row.group_id].append(Given(row.kind, row.number, row.issued_on))
    return found


def _said(case: CaseFile, groups: list[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for row in Evaluation.objects.filter(case=case.id, group__in=groups, waits_since=None).order_by("on", "pk"):
        words = sealing.open_text(case.person, row.words, "evaluation.words")
        found[row.group_id].append(Said(row.moment, row.on, dict(row.answers), words))
    return found
