"""What must not be missed: set by every area inside its own actions, read in one look by Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from amparo.areas.access.rules import Part, Viewer, may_read, may_write, sees_all_cases
from amparo.areas.people.queries import called_by
from amparo.areas.vault import sealing
from amparo.kernel import clock

from .files import CaseFile, visible_cases
from .models import Due, Handover, TeamMember
from .rules import DueKind, when_due


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
    DueKind.APPOINTMENT: Part.SERVICES,
    DueKind.HANDOVER: Part.TEAM,
    DueKind.REFERENT_TOLD: Part.TEAM,
    DueKind.REFERRAL: Part.REFERRAL,
}


def set_due(
    case: CaseFile,
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


def settle_due(case: CaseFile, kind: DueKind, *, subject: int = 0) -> None:
    """What was due is done, or no longer needed. Called inside an action."""
    open_ones = Due.objects.filter(case=case.id, kind=kind, subject=subject, done_at=None)
    open_ones.update(done_at=clock.now())


def due_lines(viewer: Viewer, *, until: date, limit: int = 60) -> list[DueLine]:
    """What is due until that day, earliest first: the team's and the viewer's own things in the viewer's cases.

    Who stands in for a referent sees the referent's things too (R20). Who sees every case of the organisation sees
    what is due in all of them.
    """
    dues = Due.objects.filter(done_at=None, on__lte=until, organisation=viewer.organisation)
    if sees_all_cases(viewer):
        mine = TeamMember.objects.filter(case=OuterRef("case"), member=viewer.member, until=None)
        dues = dues.annotate(in_team=Exists(mine))
    else:
        for_viewer = Q(member=None) | Q(member=viewer.member) | Exists(_stood_in_for(viewer))
        dues = dues.filter(for_viewer, case__in=visible_cases(viewer).values("pk")).annotate(in_team=Value(True))
    rows = dues.order_by("on", "at", "pk").values_list(*_COLUMNS)[:limit]
    return _lines(viewer, list(rows))


def due_of_case(viewer: Viewer, case: CaseFile, *, limit: int = 30) -> list[DueLine]:
    """Everything open that is due in one case, earliest first."""
    dues = Due.objects.filter(case=case.id, organisation=viewer.organisation, done_at=None)
    rows = dues.annotate(in_team=Value(case.in_team)).order_by("on", "at", "pk").values_list(*_COLUMNS)[:limit]
    return _lines(viewer, list(rows))


def next_due(viewer: Viewer, cases: Sequence[CaseFile]) -> dict[str, DueLine]:
    """What is due next in each of these cases, by code, in one query: of what the viewer may see."""
    hers = [kind for kind in DueKind if _sees(viewer, kind, in_team=True)]
    others = [kind for kind in DueKind if _sees(viewer, kind, in_team=False)]
    in_team = Q(case__in=[case.id for case in cases if case.in_team], kind__in=hers)
    outside = Q(case__in=[case.id for case in cases if not case.in_team], kind__in=others)
    dues = Due.objects.filter(in_team | outside, organisation=viewer.organisation, done_at=None)
    mine = TeamMember.objects.filter(case=OuterRef("case"), member=viewer.member, until=None)
    first = dues.annotate(in_team=Exists(mine)).order_by("case", "on", "at", "pk").distinct("case")
    return {line.code: line for line in _lines(viewer, list(first.values_list(*_COLUMNS)))}


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
)
_Row = tuple[int, str, int, date, time | None, str, int | None, UUID, str, bytes, bool]


def _lines(viewer: Viewer, rows: list[_Row]) -> list[DueLine]:
    today = clock.today(viewer.time_zone)
    sealing.load_keys(row[7] for row in rows if row[10])
    return [_line(row, viewer, today) for row in rows if _sees(viewer, row[1], in_team=row[10])]


def _stood_in_for(viewer: Viewer) -> QuerySet[Handover]:
    today = clock.today(viewer.time_zone)
    now = Handover.objects.filter(to_member=viewer.member, starts_on__lte=today, until__gte=today)
    return now.filter(case=OuterRef("case"), from_member=OuterRef("member"))


def _sees(viewer: Viewer, kind: str, *, in_team: bool) -> bool:
    if kind == DueKind.RISK and may_read(viewer, Part.CONTACT, organisation=viewer.organisation, in_team=in_team):
        return True
    return _is_open(viewer, kind, in_team=in_team)


def _is_open(viewer: Viewer, kind: str, *, in_team: bool) -> bool:
    part = PART_OF.get(DueKind(kind), Part.HEAD)
    return may_read(viewer, part, organisation=viewer.organisation, in_team=in_team).allowed


def _line(row: _Row, viewer: Viewer, today: date) -> DueLine:
    number, kind, subject, on, at, why, member, person, code, called, in_team = row
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
    )


def _may_do(viewer: Viewer, kind: str, *, in_team: bool) -> bool:
    part = PART_OF.get(DueKind(kind), Part.HEAD)
    return may_write(viewer, part, organisation=viewer.organisation, in_team=in_team).allowed
