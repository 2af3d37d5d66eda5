"""Changing cases. Each action is one transaction with one line of history and one audit entry."""

from datetime import date
from uuid import UUID

from django.db import transaction

from amparo.areas.access.rules import HELD_STILL, Audience, Part, Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs.models import Member
from amparo.areas.orgs.rules import Role
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, refused, require

from .acting import acting
from .files import CaseFile
from .models import Case, Due, Event, Note, TeamMember
from .rules import FIRST_RISK_WITHIN, DueKind, Status, may_correct


@transaction.atomic
def open_case(person: UUID, *, by: Viewer, referent: int, anonymous: bool = False, on: date | None = None) -> int:
    """Open a case for a person, with a referent from the first day (R10); gives its number.

    Never asks for identification, legal status or cooperation (R1).
    """
    require(may_do(by, Task.OPEN_CASES))
    require_colleague(referent, by=by)
    day = on or clock.today(by.time_zone)
    case = Case.objects.create(
        organisation_id=by.organisation,
        person_id=person,
        status=Status.MEETING,
        referent_id=referent,
        anonymous=anonymous,
        opened_on=day,
    )
    # Who took the story in as a caseworker goes on knowing it; a coordinator who assigns it need not.
    team = {referent, by.member} if by.role is Role.CASEWORKER else {referent}
    for member in team:
        TeamMember.objects.create(organisation_id=by.organisation, case=case, member_id=member, since=day)
    Due.objects.create(
        organisation_id=by.organisation, case=case, kind=DueKind.RISK, on=day + FIRST_RISK_WITHIN, why="entry"
    )
    Event.objects.create(
        organisation_id=by.organisation,
        case=case,
        part=Part.HEAD,
        verb="case opened",
        on=day,
        at=clock.now(),
        member_id=by.member,
    )
    record(Trace("case opened", f"case {case.pk}", person), organisation=by.organisation, member=by.member)
    return case.pk


def require_colleague(member: int, *, by: Viewer) -> None:
    """Raise NotThere unless this is an active member of the actor's organisation."""
    if not Member.objects.filter(pk=member, organisation=by.organisation, is_active=True).exists():
        raise NotThere


def write_note(case: CaseFile, *, by: Viewer, text: str, audience: Audience, happened_on: date) -> int:
    """Write a note for an audience; gives its number."""
    _require_audience(case, by, audience)
    with acting(case, by=by, part=Part.NOTES, verb="note written", on=happened_on, audience=audience) as act:
        note = Note.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            author_id=by.member,
            audience=audience,
            happened_on=happened_on,
            text=sealing.seal_text(case.person, text, "note.text"),
            written_at=clock.now(),
        )
        act.subject = note.pk
    return note.pk


def correct_note(case: CaseFile, number: int, *, by: Viewer, text: str, version: int) -> None:
    """Change a note of one's own within a day. Raises Conflict where it changed since it was shown."""
    with acting(case, by=by, part=Part.NOTES, verb="note corrected") as act:
        note = (
            Note.objects.select_for_update(no_key=True)
            .filter(pk=number, case=case.id, audience__in=case.audiences(by))
            .first()
        )
        if note is None:
            raise NotThere
        if f"note-{number}" in case.held.things:
            require(HELD_STILL)
        require(may_correct(author=note.author_id, written_at=note.written_at, by=by.member, now=clock.now()))
        if note.version != version:
            raise Conflict([("note", sealing.open_text(case.person, note.text, "note.text"))])
        note.text, note.version = sealing.seal_text(case.person, text, "note.text"), version + 1
        note.save(update_fields=("text", "version"))
        act.subject, act.quiet = number, True


def _require_audience(case: CaseFile, by: Viewer, audience: Audience) -> None:
    # A caseworker may write for the psychologist or the lawyer without reading what they write.
    if audience is Audience.REFERENT and case.referent != by.member:
        require(refused("Only her referent writes notes for the referent alone."))
