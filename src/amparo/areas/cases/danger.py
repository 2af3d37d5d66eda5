"""A case opened in danger to life, from outside her team: told to the officer and the team, over after three hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.areas.access.at_need import may_break_glass, may_end_glass, may_look_at_glass
from amparo.areas.access.rules import Part, Ties, Viewer, sees_all_cases
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.people import queries as people
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from .acting import noting
from .dues import set_due, settle_due
from .files import CaseFile, files_with_code
from .models import BreakGlass, Case, TeamMember
from .rules import GLASS_TIME, DueKind, Finding, Glass, glass_state, may_record_look

NOBODY_FOUND = refused("Nobody is found under exactly this. Try her code, another name or a telephone number.")
SEVERAL_FOUND = refused("More than one woman is found under this. Use her code, or a telephone number.")


@dataclass(frozen=True)
class GlassFile:
    """One opening in danger to life, as the officer, the coordination, her team and who opened it see it."""

    id: int
    case: int
    code: str
    member: int
    member_name: str
    reason: str
    opened_at: datetime
    until: datetime
    state: Glass
    looked_at: datetime | None
    looked_by: str
    finding: str
    words: str


def break_glass(*, by: Viewer, typed: str, reason: str) -> str:
    """Open the case of the woman with exactly this code, name or number, because her life is in danger; gives her code.

    The officer and her team find it on Today until the officer has looked at it (R2, R14).
    """
    require(may_break_glass(by, Ties(by.organisation)))
    code = _meant(by, typed)
    with transaction.atomic():
        known = files_with_code(by, code)
        require(may_break_glass(by, known[0].ties(by) if known else Ties(by.organisation)))
        _open(by, code, reason)
    return code


def end_glass(case: CaseFile, number: int, *, by: Viewer) -> None:
    """End it before its time."""
    row = _row(by, case, number)
    require(may_end_glass(by, opened_by=row.member_id, ties=case.ties(by)))
    with noting(case, by=by, part=Part.HEAD, verb="danger ended") as act:
        now = clock.now()
        BreakGlass.objects.filter(pk=number, until__gt=now).update(until=now)
        act.subject = number


def look_at_glass(case: CaseFile, number: int, *, by: Viewer, finding: Finding, words: str) -> None:
    """The officer looked at what was read and why; her team sees that, not what was found (R14)."""
    require(may_look_at_glass(by, organisation=case.organisation))
    with noting(case, by=by, part=Part.HEAD, verb="danger looked at") as act:
        row = BreakGlass.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        now = clock.now()
        require(may_record_look(glass_state(until=row.until, looked_at=row.looked_at, now=now)))
        row.looked_at, row.looked_by_id, row.finding = now, by.member, finding
        row.words = sealing.seal_text(case.person, words, "breakglass.words")
        row.save(update_fields=("looked_at", "looked_by", "finding", "words"))
        settle_due(case, DueKind.GLASS, subject=number)
        act.subject, act.facts["finding"] = number, str(finding)


def glass_of(viewer: Viewer, case: CaseFile, number: int) -> GlassFile:
    """One opening of this case; raises NotThere where it is none of this case or not for this viewer."""
    return _files(viewer, [_row(viewer, case, number)])[0]


def break_glass_of(viewer: Viewer, *, running: bool = False, limit: int = 50) -> list[GlassFile]:
    """Openings that concern the viewer, latest first; `running` leaves out what is over.

    All of the house for officer and coordination; otherwise those of women whom she or he accompanies, and the own.
    """
    rows = _concerning(viewer)
    if running:
        rows = rows.filter(until__gt=clock.now())
    return _files(viewer, list(rows.select_related("case__person", "member", "looked_by")[:limit]))


def own_glass(viewer: Viewer, case: CaseFile) -> int:
    """The number of the viewer's own opening of this case that runs now; raises NotThere where none does."""
    mine = BreakGlass.objects.filter(case=case.id, member=viewer.member, until__gt=clock.now())
    number = mine.order_by("-until").values_list("pk", flat=True).first()
    if number is None:
        raise NotThere
    return number


def _concerning(viewer: Viewer) -> QuerySet[BreakGlass]:
    rows = BreakGlass.objects.filter(organisation=viewer.organisation).order_by("-opened_at", "-pk")
    if not viewer.cleared:
        return rows.none()
    if sees_all_cases(viewer):
        return rows
    hers = TeamMember.objects.filter(member=viewer.member, until=None).values("case")
    return rows.filter(Q(case__in=hers) | Q(member=viewer.member))


def _row(viewer: Viewer, case: CaseFile, number: int) -> BreakGlass:
    rows = _concerning(viewer).select_related("case__person", "member", "looked_by")
    row = rows.filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    return row


def _meant(by: Viewer, typed: str) -> str:
    """The code of the one woman of this house who is meant. The try is noted, whether it finds anybody or not."""
    by_code = people.found_by_code(by, typed)
    found: Sequence[UUID] = [by_code] if by_code else people.found_by_name(by, typed)
    cases = Case.objects.filter(organisation=by.organisation, person__in=found, erased_on=None)
    codes = cases.values_list("person__code", flat=True)
    note_read(Trace("searched in danger to life", facts={"found": len(codes)}))
    if len(codes) != 1:
        require(SEVERAL_FOUND if codes else NOBODY_FOUND)
    return codes[0]


def _open(by: Viewer, code: str, reason: str) -> None:
    row, now = Case.objects.get(person__code=code, organisation=by.organisation), clock.now()
    glass = BreakGlass.objects.create(
        organisation_id=by.organisation,
        case=row,
        member_id=by.member,
        reason=sealing.seal_text(row.person_id, reason, "breakglass.reason"),
        opened_at=now,
        until=now + GLASS_TIME,
    )
    case = files_with_code(by, code)[0]
    with noting(case, by=by, part=Part.HEAD, verb="opened in danger to life") as act:
        set_due(case, DueKind.GLASS, on=clock.today(by.time_zone), subject=glass.pk)
        act.subject, act.facts = glass.pk, {"purpose": "danger", "hours": GLASS_TIME.seconds // 3600}
        act.reason = sealing.seal_reason(by.organisation, reason)


def _files(viewer: Viewer, rows: Sequence[BreakGlass]) -> list[GlassFile]:
    now = clock.now()
    sealing.load_keys(row.case.person_id for row in rows)
    officer = may_look_at_glass(viewer, organisation=viewer.organisation)
    return [_file(row, now, with_words=bool(officer)) for row in rows]


def _file(row: BreakGlass, now: datetime, *, with_words: bool) -> GlassFile:
    person = row.case.person_id
    return GlassFile(
        id=row.pk,
        case=row.case_id,
        code=row.case.person.code,
        member=row.member_id,
        member_name=row.member.name,
        reason=sealing.open_text(person, row.reason, "breakglass.reason"),
        opened_at=row.opened_at,
        until=row.until,
        state=glass_state(until=row.until, looked_at=row.looked_at, now=now),
        looked_at=row.looked_at,
        looked_by=row.looked_by.name if row.looked_by else "",
        finding=row.finding if with_words else "",
        words=sealing.open_text(person, row.words, "breakglass.words") if with_words else "",
    )
