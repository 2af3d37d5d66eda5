"""Deciding a referral, and answering who sent it (C&H-L 5.1.1, 489-491)."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction

from amparo.areas.access.rules import Part, Task, Viewer, may_do
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.cases import actions as cases
from amparo.areas.cases import standing
from amparo.areas.cases.contact import carry_contact
from amparo.areas.cases.models import Case, Due, Event
from amparo.areas.cases.rules import OPEN, DueKind
from amparo.areas.consent.contact import Terms
from amparo.areas.consent.rules.contact import Channel, Checked
from amparo.areas.people.queries import person_file
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from . import rules
from .actions import locked, note
from .models import Referral, Reply, Resolution
from .queries import FIELDS, ReferralFile, ReplyFile, Words, opened_words, reply_file
from .rules import AFTER_VERDICT, Page, State, Verdict


@dataclass(frozen=True)
class Judgement:
    """What those who decide came to, and why."""

    verdict: Verdict
    reason: str
    words: str = ""
    referent: int | None = None
    where_to: str = ""
    wait_until: date | None = None


@dataclass(frozen=True)
class ToAnswer:
    """What one needs to answer a sender: who it was and what was decided; nothing that she told."""

    id: int
    person: UUID
    code: str
    received_on: date | None
    sender_kind: str
    sender: Words
    verdict: str
    where_to: str
    wait_until: date | None
    replies: list[ReplyFile]


@transaction.atomic
def decide(referral: ReferralFile, judgement: Judgement, *, by: Viewer) -> None:
    """Accept, redirect or wait. Accepting opens her case, or brings her back to the one she has."""
    row = locked(referral, by)
    require(rules.may_decide(by, State(row.state)))
    waits = judgement.wait_until is not None and judgement.wait_until > clock.today(by.time_zone)
    require(
        rules.is_whole(
            judgement.verdict,
            reason=judgement.reason,
            where_to=judgement.where_to,
            waits=waits,
            referent=judgement.referent,
        )
    )
    _write_resolution(row, judgement, by)
    if judgement.verdict is Verdict.ACCEPT and judgement.referent is not None:
        _receive(row, judgement.referent, by)
    row.state = AFTER_VERDICT[judgement.verdict]
    row.save(update_fields=("state",))
    note(row, "referral decided", by, verdict=judgement.verdict, why=judgement.reason)


@transaction.atomic
def write_reply(asked: ToAnswer, *, by: Viewer, text: str, way: str, on: date) -> int:
    """Record the answer that the sender was given; gives its number."""
    require(may_do(by, Task.DECIDE_REFERRALS))
    reply = Reply.objects.create(
        organisation_id=by.organisation,
        referral_id=asked.id,
        text=sealing.seal_text(asked.person, text, "reply.text"),
        way=way,
        on=on,
        member_id=by.member,
        at=clock.now(),
    )
    note(Referral.objects.get(pk=asked.id), "sender answered", by, way=way)
    return reply.pk


def to_answer(viewer: Viewer, number: int) -> ToAnswer:
    """A referral that was decided, with no more than its answer needs; for those who decide."""
    require(may_do(viewer, Task.DECIDE_REFERRALS))
    row = Referral.objects.filter(pk=number, organisation=viewer.organisation).select_related("person").first()
    decision = Resolution.objects.filter(referral=number, organisation=viewer.organisation).order_by("-at").first()
    if row is None or decision is None:
        raise NotThere
    note_read(Trace("read referral to answer", f"referral {row.pk}", row.person_id))
    field = FIELDS[Page.SENDER]
    replies = Reply.objects.filter(referral=number, organisation=viewer.organisation).select_related("member")
    return ToAnswer(
        id=row.pk,
        person=row.person_id,
        code=row.person.code,
        received_on=row.received_on,
        sender_kind=row.sender_kind,
        sender=opened_words(row.person_id, row.sender_words, field),
        verdict=decision.verdict,
        where_to=sealing.open_text(row.person_id, decision.where_to, "resolution.where_to"),
        wait_until=decision.wait_until,
        replies=[reply_file(row.person_id, reply) for reply in replies.order_by("-at", "-pk")],
    )


def _write_resolution(row: Referral, judgement: Judgement, by: Viewer) -> None:
    Resolution.objects.create(
        organisation_id=by.organisation,
        referral=row,
        verdict=judgement.verdict,
        reason=judgement.reason,
        words=sealing.seal_text(row.person_id, judgement.words, "resolution.words"),
        where_to=sealing.seal_text(row.person_id, judgement.where_to, "resolution.where_to"),
        wait_until=judgement.wait_until if judgement.verdict is Verdict.WAIT else None,
        member_id=by.member,
        at=clock.now(),
    )


def _receive(row: Referral, referent: int, by: Viewer) -> None:
    """She has a case after this, whether she is new, comes back or is accompanied already."""
    case = Case.objects.select_for_update(no_key=True).filter(person=row.person_id).first()
    if case is None:
        anonymous = not person_file(by, row.person_id).has_identity
        cases.open_case(row.person_id, by=by, referent=referent, anonymous=anonymous)
        _carry_contact(row, by)
    elif case.status not in OPEN:
        standing.welcome_back(row.person_id, by=by, referent=referent)
    _tell(Case.objects.get(person=row.person_id), row, by)


def _carry_contact(row: Referral, by: Viewer) -> None:
    """What she agreed to about being reached counts in her case from the first hour (R7); nobody asks again (R18)."""
    words = opened_words(row.person_id, row.reach_words, FIELDS[Page.REACH])
    ways = rules.agreed_channels(row.told, row.channels)
    carry_contact(row.person_id, [_terms(row, Channel(way), words, by) for way in ways], by=by)


def _terms(row: Referral, channel: Channel, words: Words, by: Viewer) -> Terms:
    today = clock.today(by.time_zone)
    return Terms(
        channel=channel,
        allowed=True,
        agreed_on=min(row.received_on or today, today),
        days=tuple(int(day) for day in words.get("days", "").split()),
        from_time=time.fromisoformat(words["from_time"]) if "from_time" in words else None,
        until_time=time.fromisoformat(words["until_time"]) if "until_time" in words else None,
        checked=Checked(row.phone_checked or Checked.UNKNOWN),
        ask_for=words.get("ask_for", ""),
        never=words.get("never", ""),
    )


def _tell(case: Case, row: Referral, by: Viewer) -> None:
    """The referent finds the referral on Today, unless she decided it herself."""
    Event.objects.create(
        organisation_id=by.organisation,
        case=case,
        part=Part.REFERRAL,
        verb="referral accepted",
        subject=row.pk,
        words=[row.sender_kind] if row.sender_kind else [],
        on=clock.today(by.time_zone),
        at=clock.now(),
        member_id=by.member,
    )
    if case.referent_id == by.member:
        return
    Due.objects.create(
        organisation_id=by.organisation,
        case=case,
        kind=DueKind.REFERRAL,
        subject=row.pk,
        on=clock.today(by.time_zone),
        member_id=case.referent_id,
    )
