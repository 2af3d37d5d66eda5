"""What must not be missed: set by every area inside its own actions, read in one look by Today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from amparo.areas.access.rules import Part, Viewer, may_read, may_write, sees_all_cases
from amparo.areas.people.queries import called_by
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.storage.prepared import in_few_lengths, prepared

from .acting import Hers
from .files import CaseFile
from .models import Due, Handover, TeamMember
from .rules import DueKind, may_be_put_off, when_due


@dataclass(frozen=True)
class DueLine:
    """One line of Today or of a case's head."""

    id: int
    kind: str
    subject: int
    on: date
    at: time | None
    when: str  # overdue, today, week or later
    why: str
    code: str
    called: str
    mine: bool
    closed: bool  # seen, but done by others: the part it belongs to is not open to the viewer
    doable: bool  # whether the viewer may say that it is done
    to_see: bool = False  # warned of ahead: whoever has seen it may put it off until its next warning


# Which part of a case a due thing belongs to: who may not read the part does not see the line.
# Only that risk is due is for the whole team, without the reason (R5: visible to the team until done).
PART_OF = {
    DueKind.RISK: Part.SAFETY,
    DueKind.MEASURE: Part.SAFETY,
    DueKind.CONSENT: Part.CONSENTS,
    DueKind.TELL_HER: Part.CONSENTS,
    DueKind.STEP: Part.PLAN,
    DueKind.REVIEW: Part.PLAN,
    DueKind.DEADLINE: Part.LEGAL,
    DueKind.EXPIRY: Part.LEGAL,
    DueKind.ENTITLED: Part.LEGAL,
    DueKind.APPOINTMENT: Part.SERVICES,
    DueKind.SESSION: Part.ACTIVITIES,
    DueKind.REMINDER: Part.CONTACT,
    DueKind.HANDOVER: Part.TEAM,
    DueKind.REFERENT_TOLD: Part.TEAM,
    DueKind.IDENTITY_ASK: Part.TEAM,
    DueKind.REFERRAL: Part.REFERRAL,
    DueKind.RIGHTS: Part.RIGHTS,
    DueKind.ASK_AFTER: Part.ACTIVITIES,
    DueKind.SAID_LATE: Part.ACTIVITIES,
}


def set_due(
    case: Hers,
    kind: DueKind,
    *,
    on: date,
    subject: int = 0,
    member: int | None = None,
    why: str = "",
    at: time | None = None,
) -> int:
    """Set what is due for this subject, in place of an open one of the same kind. Called inside an action."""
    due, _ = Due.objects.update_or_create(
        organisation_id=case.organisation,
        case_id=case.id,
        kind=kind,
        subject=subject,
        done_at=None,
        defaults={"on": on, "at": at, "member_id": member, "why": why},
    )
    return due.pk


def set_dues(
    cases: Collection[int], kind: DueKind, *, organisation: int, on: date, why: str = "", subject: int = 0
) -> None:
    """The same for many cases of an organisation at once; what is open already stays as it is."""
    same: dict[str, Any] = {"kind": kind, "on": on, "why": why, "subject": subject}
    rows = [Due(organisation_id=organisation, case_id=case, **same) for case in sorted(cases)]
    Due.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)


def settle_due(case: Hers, kind: DueKind, *, subject: int = 0) -> None:
    """What was due is done, or no longer needed. Called inside an action."""
    open_ones = Due.objects.filter(case=case.id, kind=kind, subject=subject, done_at=None)
    open_ones.update(done_at=clock.now())


def due_lines(viewer: Viewer, *, until: date, limit: int = 60) -> list[DueLine]:
    """What is due until that day, earliest first: the team's and the viewer's own things in the viewer's cases.

    Deadlines are among them from their warnings on, whatever day is asked for, until somebody has seen them.
    Who stands in for a referent sees the referent's things too (R20). Who sees every case of the organisation sees
    what is due in all of them.
    """
    if not viewer.cleared:
        return []
    today = clock.today(viewer.time_zone)
    if sees_all_cases(viewer):
        return _lines(viewer, _of_all(viewer.organisation, viewer.member, until, today, limit=limit))
    return _lines(viewer, _of_teams(viewer.organisation, viewer.member, until, today, limit=limit))


def due_of_case(viewer: Viewer, case: CaseFile, *, limit: int = 30) -> list[DueLine]:
    """Everything open that is due in one case, earliest first."""
    return _lines(viewer, _of_case(case.id, viewer.organisation, in_team=case.in_team, limit=limit))


def next_due(viewer: Viewer, cases: Sequence[CaseFile]) -> dict[str, DueLine]:
    """What is due next in each of these cases, by code, in one query: of what the viewer may see."""
    hers = tuple(kind for kind in DueKind if _sees(viewer, kind, in_team=True))
    others = tuple(kind for kind in DueKind if _sees(viewer, kind, in_team=False))
    numbers = in_few_lengths([case.id for case in cases])
    rows = _first_of_each(viewer.organisation, viewer.member, *numbers, hers=hers, others=others) if numbers else []
    return {line.code: line for line in _lines(viewer, rows)}


def deadlines_of(viewer: Viewer, *, limit: int = 500) -> list[tuple[int, date]]:
    """The numbers and days of the open deadlines that the viewer may see now, earliest first; nothing else of them."""
    if not viewer.cleared:
        return []
    today = clock.today(viewer.time_zone)
    mine = TeamMember.objects.filter(case=OuterRef("case"), member=viewer.member, until=None)
    dues = Due.objects.filter(organisation=viewer.organisation, done_at=None, shown_from__isnull=False)
    if not sees_all_cases(viewer):
        stood_in = Exists(_stood_in_for(viewer.member, today))
        dues = dues.filter(Exists(mine)).filter(Q(member=None) | Q(member=viewer.member) | stood_in)
    rows = dues.annotate(in_team=Exists(mine)).order_by("on", "pk")
    found = rows.values_list("pk", "on", "kind", "in_team")[:limit]
    return [(number, on) for number, on, kind, in_team in found if _is_open(viewer, kind, in_team=in_team)]


_COLUMNS = (
    "pk",
    "kind",
    "subject",
    "on",
    "at",
    "why",
    "member",
    "case__person",
    "case__person__code",
    "case__person__called",
    "in_team",
    "shown_from",
)
_Row = tuple[int, str, int, date, time | None, str, int | None, UUID, str, bytes, bool, date | None]


@prepared
def _of_all(organisation: int, member: int, until: date, today: date, *, limit: int) -> QuerySet[Due, _Row]:
    mine = TeamMember.objects.filter(case=OuterRef("case"), member=member, until=None)
    dues = Due.objects.filter(_shown(until, today), done_at=None, organisation=organisation)
    return _in_order(dues.annotate(in_team=Exists(mine)))[:limit]


@prepared
def _of_teams(organisation: int, member: int, until: date, today: date, *, limit: int) -> QuerySet[Due, _Row]:
    hers = TeamMember.objects.filter(member=member, until=None).values("case")  # not what was opened in danger to life
    for_viewer = Q(member=None) | Q(member=member) | Exists(_stood_in_for(member, today))
    shown = for_viewer & _shown(until, today)
    dues = Due.objects.filter(shown, done_at=None, organisation=organisation, case__in=hers)
    return _in_order(dues.annotate(in_team=Value(True)))[:limit]


@prepared
def _of_case(case: int, organisation: int, *, in_team: bool, limit: int) -> QuerySet[Due, _Row]:
    dues = Due.objects.filter(case=case, organisation=organisation, done_at=None)
    return _in_order(dues.annotate(in_team=Value(in_team)))[:limit]


@prepared
def _first_of_each(
    organisation: int, member: int, *cases: int, hers: tuple[DueKind, ...], others: tuple[DueKind, ...]
) -> QuerySet[Due, _Row]:
    mine = TeamMember.objects.filter(case=OuterRef("case"), member=member, until=None)
    dues = Due.objects.filter(case__in=cases, organisation=organisation, done_at=None).annotate(in_team=Exists(mine))
    seen = dues.filter(Q(in_team=True, kind__in=hers) | Q(in_team=False, kind__in=others))
    return seen.order_by("case", "on", "at", "pk").distinct("case").values_list(*_COLUMNS)


def _shown(until: date, today: date) -> Q:
    """What is due until that day, and what is warned of ahead and not seen since its last warning."""
    return Q(shown_from=None, on__lte=until) | Q(shown_from__lte=today)


def _in_order(dues: QuerySet[Due]) -> QuerySet[Due, _Row]:
    return dues.order_by("on", "at", "pk").values_list(*_COLUMNS)


def _lines(viewer: Viewer, rows: list[_Row]) -> list[DueLine]:
    today = clock.today(viewer.time_zone)
    sealing.load_keys(row[7] for row in rows if row[10])
    return [_line(row, viewer, today) for row in rows if _sees(viewer, row[1], in_team=row[10])]


def _stood_in_for(member: int, today: date) -> QuerySet[Handover]:
    now = Handover.objects.filter(to_member=member, starts_on__lte=today, until__gte=today)
    return now.filter(case=OuterRef("case"), from_member=OuterRef("member"))


def _sees(viewer: Viewer, kind: str, *, in_team: bool) -> bool:
    if kind == DueKind.RISK and may_read(viewer, Part.CONTACT, organisation=viewer.organisation, in_team=in_team):
        return True
    if kind == DueKind.SESSION and not may_read(viewer, Part.SAFETY, organisation=viewer.organisation, in_team=in_team):
        # It stands with those whom it is about: two such lines would say who must not meet whom (R4).
        return False
    return _is_open(viewer, kind, in_team=in_team)


def _is_open(viewer: Viewer, kind: str, *, in_team: bool) -> bool:
    part = PART_OF.get(DueKind(kind), Part.HEAD)
    return may_read(viewer, part, organisation=viewer.organisation, in_team=in_team).allowed


def _line(row: _Row, viewer: Viewer, today: date) -> DueLine:
    number, kind, subject, on, at, why, member, person, code, called, in_team, shown_from = row
    opened = _is_open(viewer, kind, in_team=in_team)
    knows_her = in_team and may_read(viewer, Part.CONTACT, organisation=viewer.organisation, in_team=True)
    return DueLine(
        id=number,
        kind=kind,
        subject=subject,
        on=on,
        at=at,
        when=when_due(on, today),
        why=why if opened else "",
        code=code,
        called=called_by(person, called) if knows_her else "",
        mine=member == viewer.member,
        closed=not opened,
        doable=_may_do(viewer, kind, in_team=in_team),
        to_see=shown_from is not None and shown_from <= today and may_be_put_off(on, today),
    )


def _may_do(viewer: Viewer, kind: str, *, in_team: bool) -> bool:
    part = PART_OF.get(DueKind(kind), Part.HEAD)
    return may_write(viewer, part, organisation=viewer.organisation, in_team=in_team).allowed
