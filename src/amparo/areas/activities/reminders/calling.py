"""The list of those whom a colleague tells by hand: by telephone, through somebody, or in writing.

Every look goes by what she agreed to at this moment: who changed her mind stands on no list, and what was ticked on an
older one is refused with the reason. Her number is opened for the colleague who has taken the call, and for nobody
else: an old screen, on which it is not taken, has no number that two could dial.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Asked, Part, Ties, Viewer, decide
from amparo.areas.activities.rules.reminding import About, Sending, Told, Way, Why, may_remind, tell_again_at
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.cases.acting import noting
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Handover, TeamMember
from amparo.areas.consent.contact import Terms, addresses_to_tell, reminding_terms
from amparo.areas.consent.rules.contact import Channel
from amparo.areas.orgs.models import Member
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused, refused, require
from amparo.kernel.labels import Label
from amparo.kernel.language import worded
from amparo.storage.prepared import prepared

from .meetings import Coming, Key, at_hand, coming_up, days_off, key_of, set_up, way_for
from .models import Call, Reminder
from .planning import ask_referent
from .words import worded as neutral_words

TAKEN = ("caller", "taken_at", "taken_until")
_REACHED = Asked(Part.CONTACT, label=Label.SAFETY_CRITICAL)
_SOURCE = "R7; C&H-L 5.1.1, lines 528-547"
_NOT_HERS = refused("Somebody of her team tells her.", _SOURCE)
_NOT_TODAY = refused("Give a time of today that is past, or leave it empty for now. Nothing was noted.", _SOURCE)
_DONE = refused("A colleague has told her already. Do not call her again.", _SOURCE)
_TAKEN = refused("This is off the list already. Look at the list again.", _SOURCE)
_CHANGED = refused(
    "What she agreed to has changed since this list was opened. Do not call her by it: look at the list again. If you "
    "called already, write it as a note.",
    _SOURCE,
)
_OFF = {
    Why.NO_WAY: worded("She does not want to be told in this way any more. Do not call her."),
    Why.NOT_HELD: worded("This time does not stand any more. Do not tell her of it; look at the list again."),
    Why.NOT_USED: worded("Her file is closed, or not used at her wish. Do not call her."),
    Why.ALARM: worded(
        "Her session is being looked at: it is not sure that it is held. Wait for that before anybody calls her."
    ),
}


@dataclass(frozen=True)
class Noted:
    """One try that was ticked off."""

    outcome: Told
    member_name: str
    at: datetime


@dataclass(frozen=True)
class CallLine:
    """One woman to tell, by the colleague whose task it is; of a colleague's lines only the code and who does it."""

    id: int
    code: str
    mine: bool
    whose: str
    about: About
    starts_at: datetime
    noted: tuple[Noted, ...]
    taken_at: datetime | None = None  # since when a colleague is at it, `whose`, and nobody else is to call her
    terms: Terms | None = None
    now: bool = False  # whether this moment is one that she agreed to
    number: str = field(default="", repr=False)  # once the viewer has taken it
    says: str = field(default="", repr=False)  # in her language
    means: str = field(default="", repr=False)  # the same in the reader's, where that is another


@dataclass(frozen=True)
class CallList:
    """A day's list."""

    on: date
    days: tuple[date, ...]  # those on which somebody is to be told
    lines: tuple[CallLine, ...]

    @property
    def mine(self) -> tuple[CallLine, ...]:
        """The viewer's own."""
        return tuple(one for one in self.lines if one.mine)

    @property
    def others(self) -> tuple[CallLine, ...]:
        """Those of colleagues."""
        return tuple(one for one in self.lines if not one.mine)


def count_calls(viewer: Viewer) -> int:
    """How many women the viewer has to tell something today; opens nothing."""
    if not _is_near(viewer):
        return 0
    today = clock.today(viewer.time_zone)
    until = _midnight(viewer, today + timedelta(days=1))
    return len(_to_tell(viewer.organisation, viewer.member, clock.now(), until, today))


def calls_of(viewer: Viewer, on: date | None = None) -> CallList:
    """Whom to tell on that day (today unless said), the viewer's own opened; a fixed number of queries.

    What was left of earlier days stands on today's. Reading is noted.
    """
    today = clock.today(viewer.time_zone)
    asked = max(on or today, today)
    rows = _fetched(viewer) if _is_near(viewer) else []
    standing = _standing(viewer, rows)
    kept = [row for row in rows if row.pk in standing]
    day_of = {row.pk: max(today, row.planned_at.astimezone(ZoneInfo(viewer.time_zone)).date()) for row in kept}
    days = sorted({today, asked, *day_of.values()})
    shown = [row for row in kept if day_of[row.pk] == asked]
    return CallList(asked, tuple(days), tuple(_lines(viewer, shown, standing, later=asked > today)))


@transaction.atomic
def take_out_calls(on: date, *, by: Viewer) -> tuple[CallList, Export]:
    """The viewer's own lines for paper; that they leave the screen is noted, each with whom it is about.

    Whoever has them on paper has taken them: colleagues see it, and call none of these women meanwhile.
    """
    rows = Reminder.objects.select_for_update(of=("self",), no_key=True).select_related("case").order_by("pk")
    for row in rows.filter(pk__in=[one.id for one in calls_of(by, on).mine]):
        note_read(Trace("call printed", f"case {row.case_id} #{row.pk}", row.case.person_id))
        mark_taken(row, by)
    found = calls_of(by, on)
    return found, take_out("call list", by=by, facts={"entries": len(found.mine), "on": found.on.isoformat()})


@transaction.atomic
def tick_all(
    case: CaseFile, numbers: Collection[int], outcome: Told, *, by: Viewer, at: datetime | None = None
) -> None:
    """The same for all that was to be said to her at once."""
    for number in sorted(numbers):
        tick(case, number, outcome, by=by, at=at)


def tick(case: CaseFile, number: int, outcome: Told, *, by: Viewer, at: datetime | None = None) -> None:
    """Say what became of telling her, now or `at` a moment of today that is past.

    Raises Refused, with why, where she is not to be told like this any more.
    """
    require_call(case, number, by=by)
    now = clock.now()
    if at is not None and not _midnight(by, clock.today(by.time_zone)) <= at <= now:
        raise Refused(_NOT_TODAY)
    with noting(case, by=by, part=Part.CONTACT, verb="call noted") as act:
        row = locked(case, number)
        way = still(row, by)
        Call.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            reminder=row,
            outcome=outcome,
            member_id=by.member,
            at=at or now,
        )
        row.attempts += 1
        _settle(row, outcome, way, by, at or now)
        row.save()
        act.subject, act.words = number, [outcome]


def mark_taken(row: Reminder, by: Viewer) -> None:
    """From now on nobody else calls her, until the day of the list is over; then it is her referent's task again."""
    zone = ZoneInfo(by.time_zone)
    last = max(clock.today(by.time_zone), row.planned_at.astimezone(zone).date())
    row.caller_id, row.taken_at, row.taken_until = by.member, clock.now(), last
    row.save(update_fields=TAKEN)


def let_go(row: Reminder) -> None:
    """It is nobody's in particular: her referent's, or of who stands in. The row is not saved."""
    row.caller_id = row.taken_at = row.taken_until = None


def _is_near(viewer: Viewer) -> bool:
    """Whether the viewer's role sees, in a team, how she is reached."""
    return decide(viewer, _REACHED, Ties(viewer.organisation, in_team=True)).allowed


def require_call(case: CaseFile, number: int, *, by: Viewer) -> None:
    """Raise Refused for whoever does not see how she is reached, NotThere where there is no such call of hers.

    Whoever sees it may tell her, in her team only: an interpreter as well as her referent.
    """
    require(case.shows(by, Part.CONTACT, Label.SAFETY_CRITICAL) if case.in_team else _NOT_HERS)
    if not Reminder.objects.filter(pk=number, case=case.id, by_hand=True).exists():
        raise NotThere


def _rows(organisation: int, member: int, now: datetime) -> QuerySet[Reminder]:
    """Everything to be told by hand in this colleague's teams."""
    mine = TeamMember.objects.filter(case=OuterRef("case"), member=member, until=None)
    rows = Reminder.objects.filter(organisation=organisation, by_hand=True, state=Sending.PLANNED)
    return rows.filter(Exists(mine), starts_at__gt=now, case__erased_on=None)


@prepared
def _to_tell(
    organisation: int, member: int, now: datetime, until: datetime, today: date
) -> QuerySet[Reminder, tuple[int]]:
    """The cases in which this colleague has to tell something before a moment."""
    due = with_whose(_rows(organisation, member, now).filter(planned_at__lt=until), today)
    return due.filter(Q(whose=member)).values_list("case").distinct()


def _fetched(viewer: Viewer) -> list[Reminder]:
    calls = Prefetch("calls", Call.objects.select_related("member").order_by("at", "pk"))
    rows = _rows(viewer.organisation, viewer.member, clock.now()).select_related("case__person").prefetch_related(calls)
    return list(rows.order_by("planned_at", "pk"))


def with_whose(rows: QuerySet[Reminder], today: date) -> QuerySet[Reminder]:
    """Beside each, whose task it is: who took it and is of her team still (`has_taken`), else who stands in for her
    referent, or her referent.
    """
    team = TeamMember.objects.filter(case=OuterRef("case"), until=None, member__is_active=True)
    took = Case(
        When(taken_until__gte=today, then=Subquery(team.filter(member=OuterRef("caller")).values("member")[:1]))
    )
    away = Handover.objects.filter(
        case=OuterRef("case"), from_member=OuterRef("case__referent"), starts_on__lte=today, until__gte=today
    )
    stands_in = away.order_by("-made_at").values("to_member")[:1]
    whose = Coalesce("has_taken", Subquery(stands_in), F("case__referent"), output_field=BigIntegerField())
    return rows.annotate(has_taken=took).annotate(whose=whose)


def _standing(viewer: Viewer, rows: Collection[Reminder]) -> dict[int, tuple[Coming, Way]]:
    """Of these, what still holds as everything stands now."""
    if not rows:
        return {}
    ways = at_hand(set_up())
    coming = coming_up(viewer.organisation, now=clock.now(), cases={row.case_id for row in rows})
    found = {}
    for row in rows:
        one, way = _way_now(row, coming, ways)
        if one is not None and isinstance(way, Way) and way.agreement == row.agreement and way.channel not in ways:
            found[row.pk] = (one, way)
    return found


def _way_now(row: Reminder, coming: Mapping[Key, Coming], ways: frozenset[Channel]) -> tuple[Coming | None, Way | Why]:
    one = coming.get(key_of(row))
    return one, way_for(one, ways=ways)


def _lines(
    viewer: Viewer, rows: list[Reminder], standing: Mapping[int, tuple[Coming, Way]], *, later: bool
) -> list[CallLine]:
    """`later`: it is the list of another day than today, and what it says is right on both."""
    asked = Reminder.objects.filter(pk__in=[row.pk for row in rows])
    told = with_whose(asked, clock.today(viewer.time_zone)).values_list("pk", F("whose"), F("has_taken"))
    whose, taken = {}, set()
    for number, member, has_taken in told:
        whose[number] = member
        taken |= {number} if has_taken else set()
    names = dict(Member.objects.filter(pk__in=whose.values()).values_list("pk", "name"))
    mine = [row for row in rows if whose[row.pk] == viewer.member]
    persons = {standing[row.pk][0].time.person for row in mine}
    terms = {one.number: one for found in reminding_terms(viewer.organisation, persons).values() for one in found}
    numbers = addresses_to_tell(viewer.organisation, {row.agreement for row in mine if row.pk in taken})
    for row in mine:
        note_read(Trace("read contact", f"case {row.case_id}", standing[row.pk][0].time.person))
    lines = []
    for row in rows:
        coming, way = standing[row.pk]
        line = _line(viewer, row, coming, names[whose[row.pk]], row.taken_at if row.pk in taken else None)
        is_mine = whose[row.pk] == viewer.member
        if is_mine:
            line = _opened(viewer, line, coming, way, terms[row.agreement], numbers, later=later)
        lines.append(line)
    return lines


def _line(viewer: Viewer, row: Reminder, coming: Coming, whose: str, taken_at: datetime | None) -> CallLine:
    """As much as a colleague of her team sees of it."""
    zone = ZoneInfo(viewer.time_zone)
    return CallLine(
        id=row.pk,
        code=row.case.person.code,
        mine=False,
        whose=whose,
        about=About(row.about),
        starts_at=coming.time.starts_at,
        taken_at=taken_at.astimezone(zone) if taken_at else None,
        noted=tuple(Noted(Told(one.outcome), one.member.name, one.at.astimezone(zone)) for one in row.calls.all()),
    )


def _opened(
    viewer: Viewer, line: CallLine, coming: Coming, way: Way, terms: Terms, numbers: Mapping[int, str], *, later: bool
) -> CallLine:
    """With everything that whoever tells her needs."""
    now = clock.now().astimezone(ZoneInfo(viewer.time_zone))
    says, means = (
        neutral_words(viewer.organisation, coming.time, now, name=terms.ask_for, languages=languages, names_days=later)[
            1
        ]
        for languages in (None, (viewer.language,))
    )
    return replace(
        line,
        mine=True,
        terms=terms,
        now=may_remind(way, at=now),
        number=numbers.get(terms.number, ""),
        says=says,
        means=means if means != says else "",
    )


def locked(case: CaseFile, number: int) -> Reminder:
    """The call of hers, so that nobody else changes it meanwhile; raises NotThere where there is none."""
    rows = Reminder.objects.select_for_update(of=("self",), no_key=True).select_related("case")
    row = rows.filter(pk=number, case=case.id, by_hand=True).first()
    if row is None:
        raise NotThere
    return row


def still(row: Reminder, by: Viewer) -> Way:
    """The way, where she is still to be told by it; raises Refused otherwise."""
    if row.state == Sending.SENT:
        raise Refused(_DONE)
    ways = at_hand(set_up())
    coming = coming_up(row.organisation_id, now=clock.now(), cases=[row.case_id])
    _one, way = _way_now(row, coming, ways)
    if isinstance(way, Why):
        raise Refused(refused(_OFF[way], _SOURCE))
    if row.state != Sending.PLANNED:
        raise Refused(_TAKEN)
    if way.agreement != row.agreement or way.channel in ways:
        raise Refused(_CHANGED)
    return way


def _settle(row: Reminder, outcome: Told, way: Way, by: Viewer, told_at: datetime) -> None:
    """Where it stands after this try; where nobody reached her, her referent thinks of something else."""
    row.handed_at = told_at
    if outcome is Told.REACHED:
        row.state, row.sent_at = Sending.SENT, told_at
        return
    at = None if outcome is Told.NOT_REACHED else _again_at(row, outcome, way, by)
    if at is not None:
        row.planned_at = at
        if row.taken_until and at.astimezone(ZoneInfo(by.time_zone)).date() > row.taken_until:
            let_go(row)
        return
    row.state, row.why = Sending.FAILED, Why.NOT_REACHED
    ask_referent(row)


def _again_at(row: Reminder, outcome: Told, way: Way, by: Viewer) -> datetime | None:
    now, starts_at = clock.now(), row.starts_at.astimezone(ZoneInfo(by.time_zone))
    off = days_off(house_of(row.organisation_id).country)
    another_day = tell_again_at(way, not_today=True, starts_at=starts_at, now=now, off=off)
    today = tell_again_at(way, not_today=False, starts_at=starts_at, now=now)
    return another_day or today if outcome is Told.NOT_NOW else today


def _midnight(viewer: Viewer, on: date) -> datetime:
    return datetime.combine(on, time.min, ZoneInfo(viewer.time_zone))
