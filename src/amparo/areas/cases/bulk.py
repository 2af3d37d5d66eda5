"""Many cases at once, for demonstrations and imports: the same rows as one by one, in few round trips."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from django.db import transaction

from amparo.areas.access.rules import Audience, Part, Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.people.bulk import BATCH, NewPerson, create_persons
from amparo.areas.vault import sealing
from amparo.kernel.decision import require

from .models import Case, Due, Event, Note, TeamMember
from .rules import DueKind, Status


@dataclass(frozen=True)
class NewNote:
    """A note to be written."""

    text: str
    on: date
    author: int
    audience: Audience = Audience.TEAM


@dataclass(frozen=True)
class NewCase:
    """A case to be opened, with its person, team, notes and what is due."""

    person: NewPerson
    opened_on: date
    referent: int
    team: Sequence[int] = ()
    status: Status = Status.ACCOMPANIED
    closed_on: date | None = None
    outcome: str = ""
    risk_level: str = ""
    risk_on: date | None = None
    reach: str = ""
    notes: Sequence[NewNote] = ()
    dues: Sequence[tuple[DueKind, date]] = field(default_factory=tuple)


@transaction.atomic
def open_cases(cases: Sequence[NewCase], *, by: Viewer) -> list[int]:
    """Open all of them; gives their numbers. One audit entry says how many."""
    require(may_do(by, Task.OPEN_CASES))
    create_persons([one.person for one in cases], by=by)
    rows = Case.objects.bulk_create([_case(one, by) for one in cases], batch_size=BATCH)
    both = list(zip(cases, rows, strict=True))
    TeamMember.objects.bulk_create([member for one, row in both for member in _team(one, row)], batch_size=BATCH)
    Due.objects.bulk_create([due for one, row in both for due in _dues(one, row)], batch_size=BATCH)
    notes = Note.objects.bulk_create([note for one, row in both for note in _notes(one, row)], batch_size=BATCH)
    events = [_opening(one, row) for one, row in both] + [_writing(note) for note in notes]
    Event.objects.bulk_create(events, batch_size=BATCH)
    record(Trace("cases opened", facts={"cases": len(rows)}), organisation=by.organisation, member=by.member)
    return [row.pk for row in rows]


def _case(one: NewCase, by: Viewer) -> Case:
    return Case(
        organisation_id=by.organisation,
        person_id=one.person.id,
        status=one.status,
        referent_id=one.referent,
        anonymous=not one.person.identity,
        opened_on=one.opened_on,
        closed_on=one.closed_on,
        outcome=one.outcome,
        risk_level=one.risk_level,
        risk_on=one.risk_on,
        reach=sealing.seal_text(one.person.id, one.reach, "case.reach"),
    )


def _team(one: NewCase, row: Case) -> list[TeamMember]:
    members = dict.fromkeys((one.referent, *one.team))
    return [
        TeamMember(organisation_id=row.organisation_id, case=row, member_id=member, since=one.opened_on)
        for member in members
    ]


def _dues(one: NewCase, row: Case) -> list[Due]:
    return [Due(organisation_id=row.organisation_id, case=row, kind=kind, on=on) for kind, on in one.dues]


def _notes(one: NewCase, row: Case) -> list[Note]:
    return [
        Note(
            organisation_id=row.organisation_id,
            case=row,
            author_id=note.author,
            audience=note.audience,
            happened_on=note.on,
            text=sealing.seal_text(row.person_id, note.text, "note.text"),
            written_at=_noon(note.on),
        )
        for note in one.notes
    ]


def _opening(one: NewCase, row: Case) -> Event:
    return Event(
        organisation_id=row.organisation_id,
        case=row,
        part=Part.HEAD,
        verb="case opened",
        on=one.opened_on,
        at=_noon(one.opened_on),
        member_id=one.referent,
    )


def _writing(note: Note) -> Event:
    return Event(
        organisation_id=note.organisation_id,
        case_id=note.case_id,
        part=Part.NOTES,
        verb="note written",
        subject=note.pk,
        audience=note.audience,
        on=note.happened_on,
        at=note.written_at,
        member_id=note.author_id,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
