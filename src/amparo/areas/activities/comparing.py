"""What a proposal would change, before anything is in force: which sessions move, who gains or loses, who was told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Exists, F, OuterRef, When

from amparo.areas.access.rules import Viewer
from amparo.areas.orgs.queries import colleagues
from amparo.kernel.decision import NotThere

from . import proposing
from .models import Activity, Place, Proposal, Room, Session
from .periods import found
from .reminders.models import Reminder
from .replanning import making_of
from .rules.explaining import Trouble
from .rules.instance import Moment
from .rules.reminding import GONE_OUT, About
from .rules.replanning import Making, Proposed, Sitting, moves, places
from .rules.states import Kind, SessionState, Solving
from .showing import codes_of
from .standing import Standing, aware_tomorrow, is_settled, standing, tomorrow


@dataclass(frozen=True)
class Where:
    """When and where a session is held, and by whom."""

    starts: Moment
    place: str
    leader: str


@dataclass(frozen=True)
class Change:
    """A session that moves, begins or ends: with the women it is about, and whose reminder of it has gone out."""

    activity: str
    was: Where | None
    now: Where | None
    codes: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Hers:
    """What changes for one woman, with the reason where she loses a place."""

    code: str
    activity: str
    reason: str = ""
    released: bool = False  # the coordination said that she may lose it


@dataclass(frozen=True)
class Holds:
    """A place in a course that has not begun; `number`: of its group, 0 where she meets somebody alone.

    `told`: a reminder of one of its times has gone out to her.
    """

    place: int
    code: str
    activity: str
    number: int
    told: bool


@dataclass(frozen=True)
class Comparison:
    """Everything that a proposal changes; what is not in it stays."""

    changes: tuple[Change, ...]
    gains: tuple[Hers, ...]
    loses: tuple[Hers, ...]
    other_group: tuple[Hers, ...]
    stays: int  # sessions that stay as they are
    there: Standing = field(repr=False)  # the plan as it would be
    troubles: list[Trouble] = field(repr=False)  # what keeps it from being in force

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.changes or self.gains or self.loses or self.other_group)


def comparison_of(viewer: Viewer, number: int) -> Comparison:
    """What the proposal for a period would change; raises NotThere where there is none. A fixed number of queries."""
    period = found(viewer, number)
    row = Proposal.objects.filter(period=period.pk, solving=Solving.DONE).select_related("draft").first()
    if row is None:
        raise NotThere
    released = set(Place.objects.filter(pk__in=row.released).values_list("case", "group__activity"))
    there = standing(period)
    return _compared(viewer, there, proposing.standing_of(row, there.gathered), released)


def places_to_come(viewer: Viewer, number: int) -> list[Holds]:
    """Who has a place in a published course that has not begun, by code: she keeps it unless she is released."""
    period = found(viewer, number)
    since = aware_tomorrow(period)
    begun = Session.objects.filter(group=OuterRef("group"), starts_at__lt=since).exclude(state=SessionState.CANCELLED)
    coming = Session.objects.filter(group=OuterRef("group"), starts_at__gte=since, state=SessionState.PLANNED)
    told = Reminder.objects.filter(case=OuterRef("case"), session__group=OuterRef("group"), state__in=GONE_OUT)
    rows = Place.objects.filter(Exists(coming), ~Exists(begun), group__period=period.pk, until=None)
    columns = ("pk", "case", "group__activity__name", "which", "told")
    which = Case(When(group__activity__kind=Kind.GROUP, then="group__number"), default=0)
    places = list(rows.annotate(told=Exists(told), which=which).values_list(*columns))
    codes = codes_of(viewer, {case for _, case, *_ in places})
    lines = [Holds(place, codes[case], *about) for place, case, *about in places if case in codes]
    return sorted(lines, key=lambda one: (one.activity, one.number, one.code))


def touched(there: Standing, proposed: Proposed) -> list[Making]:
    """The groups that a proposal may change, with those of their sessions that may be: not those that are complete."""
    since, kept = tomorrow(there.period), {one.group for one in proposed.groups}
    groups = []
    for group, held in zip(there.groups, there.sessions, strict=True):
        coming = [one for one in held if not is_settled(one, there.gathered, since)]
        if coming or not held or group.pk in kept:
            groups.append(making_of(group, coming, there.gathered))
    return groups


def _compared(viewer: Viewer, there: Standing, draft: Standing, released: Collection[tuple[int, int]]) -> Comparison:
    proposed = proposing.read(draft)
    old = touched(there, proposed)
    changed = moves(old, proposed.groups)
    was = {(case, activity): group for case, group, activity in places(old)}
    now = {(case, activity): group for case, group, activity in places(proposed.groups)}
    codes = codes_of(viewer, {case for case, _ in (*was, *now)})
    names = dict(Activity.objects.filter(organisation=viewer.organisation).values_list("pk", "name"))
    why = {(one.case, one.activity): one.reason for one in proposed.left}

    def hers(pairs: Iterable[tuple[int, int]]) -> tuple[Hers, ...]:
        lines = (
            Hers(codes[one[0]], names[one[1]], why.get(one, ""), one in released) for one in pairs if one[0] in codes
        )
        return tuple(sorted(lines, key=lambda line: (line.activity, line.code)))

    return Comparison(
        changes=_changes(viewer, there, changed, codes, names),
        gains=hers(now.keys() - was.keys()),
        loses=hers(was.keys() - now.keys()),
        other_group=hers(one for one in was.keys() & now.keys() if was[one] != now[one]),
        stays=sum(len(one.sessions) for one in old) - sum(1 for _, before, _ in changed if before),
        there=draft,
        troubles=proposing.in_the_way(draft),
    )


_Changed = list[tuple[Making, Sitting | None, Sitting | None]]


def _changes(
    viewer: Viewer, there: Standing, changed: _Changed, codes: dict[int, str], names: dict[int, str]
) -> tuple[Change, ...]:
    rooms = {
        row.pk: f"{row.site.name}, {row.name}"
        for row in Room.objects.filter(organisation=viewer.organisation).select_related("site")
    }
    leaders = {one.member: one.name for one in colleagues(viewer.organisation)}
    leaders |= {one.member_id: one.member.name for held in there.sessions for one in held}
    told = _told(viewer, [before.session or 0 for _, before, _ in changed if before])

    def where(one: Sitting | None) -> Where | None:
        return Where(one.start, rooms.get(one.room, ""), leaders.get(one.member, "")) if one else None

    def coded(cases: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(codes[case] for case in cases if case in codes))

    lines = [
        Change(
            activity=names[group.activity],
            was=where(before),
            now=where(after),
            codes=coded(group.women),
            told=coded(told.get(before.session or 0, ())) if before else (),
        )
        for group, before, after in changed
    ]
    return tuple(sorted(lines, key=lambda one: [str(each.starts) for each in (one.was, one.now) if each]))


def _told(viewer: Viewer, sessions: list[int]) -> dict[int, set[int]]:
    """By session the women to whom a reminder of its time, as it is now, has gone out."""
    rows = Reminder.objects.filter(organisation=viewer.organisation, state__in=GONE_OUT, about=About.TIME)
    rows = rows.filter(session__in=sessions, starts_at=F("session__starts_at"))
    told: dict[int, set[int]] = {}
    for session, case in rows.values_list("session", "case"):
        told.setdefault(session or 0, set()).add(case)
    return told
