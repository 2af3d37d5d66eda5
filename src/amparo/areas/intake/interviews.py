"""The six questions of a case, and the first interview: booked, moved, and answered by her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import TeamMember
from amparo.areas.cases.rules import DueKind, Move, Outcome
from amparo.areas.cases.standing import Ending, close_case, start_accompanying
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, refused, require

from . import rules
from .actions import Written, put_page
from .catalogue import interview_preparation
from .models import Interview, Referral
from .queries import require_of_case, six_answers
from .rules import AFTER_INTERVIEW, Answer, State

HER_DECISION = "her_decision"  # the closing reason in the catalogue


@dataclass(frozen=True)
class Booking:
    """When and where she is met, and by whom. The place is a meeting point, never an address (R13)."""

    at: datetime
    member: int
    meeting_point: str
    interpreter: str = ""
    prepared: Sequence[str] = ()


@dataclass(frozen=True)
class Held:
    """What came of a first interview: her answer, in her words, and what the professional adds."""

    answer: Answer
    her_words: str = ""
    words: str = ""


def write_six(case: CaseFile, written: Written, *, by: Viewer) -> None:
    """Answer the six questions in her case; a case that began without a referral gets a place for them."""
    with acting(case, by=by, part=Part.REFERRAL, verb="six questions answered") as act:
        row = _latest(case) or _place_for_answers(case, by)
        put_page(row, written)
        act.subject = row.pk


def settle_referral(case: CaseFile, number: int, *, by: Viewer) -> None:
    """The referent has read the referral: it no longer stands on Today."""
    require_of_case(by, case, number)
    with acting(case, by=by, part=Part.REFERRAL, verb="referral read") as act:
        settle_due(case, DueKind.REFERRAL, subject=number)
        act.subject, act.quiet = number, True


def book_interview(case: CaseFile, booking: Booking, *, by: Viewer) -> int:
    """Book the first interview, or move the one that is booked; gives its number (R6, R13)."""
    require(rules.may_hold_interview(case.status))
    require(rules.may_book_first_interview(six_answers(by, case)))
    require(rules.is_prepared(booking.prepared, [one.key for one in interview_preparation() if one.required]))
    require(rules.is_meeting_point(booking.meeting_point))
    if booking.at <= clock.now():
        require(refused("This moment has passed. Choose one to come."))
    if not TeamMember.objects.filter(case=case.id, member=booking.member, until=None).exists():
        raise NotThere
    with transaction.atomic():
        row = Interview.objects.select_for_update(no_key=True).filter(case=case.id, answer="").first()
        verb = "first interview moved" if row else "first interview booked"
        with acting(case, by=by, part=Part.REFERRAL, verb=verb) as act:
            act.subject = _put_booking(case, row or Interview(case_id=case.id), booking, by)
    return act.subject


def record_answer(case: CaseFile, number: int, held: Held, *, by: Viewer, version: int) -> None:
    """Note what she said. Only her yes opens consents and papers; a no ends it without blame (C&H-L 496-499)."""
    require(rules.may_hold_interview(case.status))
    with acting(case, by=by, part=Part.REFERRAL, verb="first interview held") as act:
        row = Interview.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        if row.version != version or row.answer:
            raise Conflict([("her_words", sealing.open_text(case.person, row.her_words, "interview.her_words"))])
        row.answer, row.answered_at, row.version = held.answer, clock.now(), version + 1
        row.her_words = sealing.seal_text(case.person, held.her_words, "interview.her_words")
        row.words = sealing.seal_text(case.person, held.words, "interview.words")
        row.save()
        settle_due(case, DueKind.INTERVIEW, subject=number)
        _go_on(case, held.answer, by)
        act.subject, act.words = number, [held.answer]


def _put_booking(case: CaseFile, row: Interview, booking: Booking, by: Viewer) -> int:
    row.organisation_id, row.member_id, row.at = case.organisation, booking.member, booking.at
    row.meeting_point = sealing.seal_text(case.person, booking.meeting_point, "interview.meeting_point")
    row.interpreter, row.prepared = booking.interpreter, list(booking.prepared)
    row.version = row.version + 1 if row.pk else 1
    row.save()
    local = booking.at.astimezone(ZoneInfo(by.time_zone))
    set_due(case, DueKind.INTERVIEW, on=local.date(), at=local.time(), subject=row.pk, member=booking.member)
    return row.pk


def _go_on(case: CaseFile, answer: Answer, by: Viewer) -> None:
    move = AFTER_INTERVIEW[answer]
    if move is Move.SAY_YES:
        start_accompanying(case, by=by)
    elif move is Move.CLOSE:
        today = clock.today(by.time_zone)
        close_case(case, by=by, ending=Ending(HER_DECISION, Outcome.LEFT, today, with_her=True))


def _latest(case: CaseFile) -> Referral | None:
    rows = Referral.objects.select_for_update(no_key=True).filter(person=case.person, organisation=case.organisation)
    return rows.filter(state=State.ACCEPTED).order_by("-started_at", "-pk").first()


def _place_for_answers(case: CaseFile, by: Viewer) -> Referral:
    return Referral.objects.create(
        organisation_id=case.organisation,
        person_id=case.person,
        taken_by_id=by.member,
        state=State.ACCEPTED,
        known_before=True,
        started_at=clock.now(),
    )
