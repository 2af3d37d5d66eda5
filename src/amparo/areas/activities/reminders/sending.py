"""Sending what is due: each at most once, whatever stops in between, and only if everything still holds (R7).

A reminder is marked as being sent, and that is saved, before any word leaves. Whoever is stopped then leaves the mark
behind: perhaps it was sent, so it is never sent again, and her team is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from amparo.areas.activities.rules.reminding import Sending, Way, Why, may_remind, try_again_at
from amparo.areas.audit.actions import Fact, Trace, record
from amparo.areas.cases.dues import set_dues
from amparo.areas.cases.rules import DueKind
from amparo.areas.consent.contact import address_to_remind, reminding_terms
from amparo.areas.consent.rules.contact import Channel
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock
from amparo.node.channels import Answer, Channels, Message, Outcome

from .meetings import Coming, Proposal, at_hand, coming_up, key_of, proposal, set_up, way_for
from .models import Reminder
from .planning import ask_referent, put, withdraw
from .words import note_told_too, worded
from .working import note_try

#: A hand-over that takes longer than this was broken off; the channels give up long before.
BROKEN_OFF = timedelta(minutes=10)
CALL_HER, ASK_HER = "not_reminded", "perhaps_reminded"


@dataclass(frozen=True)
class Claimed:
    """A reminder that this worker alone sends, and what it needs for it."""

    row: Reminder
    coming: Coming
    way: Way


def send_due(organisation: int, *, stopped: Callable[[], bool] = lambda: False) -> int:
    """Send what is due in a house; gives how many were sent. Call it standing in it, outside any transaction.

    A worker that has to end (`stopped`) takes no further one in hand: the next worker does.
    """
    note_broken_off(organisation)
    found, sent = set_up(), 0
    for number in list(_due(organisation)):
        if stopped():
            break
        claimed = claim(number, found)
        if claimed is not None:
            sent += hand_over(claimed, found)
    return sent


def _due(organisation: int) -> QuerySet[Reminder, int]:
    rows = Reminder.objects.filter(organisation=organisation, state=Sending.PLANNED, by_hand=False)
    return rows.filter(planned_at__lte=clock.now()).order_by("planned_at", "pk").values_list("pk", flat=True)


@transaction.atomic
def claim(number: int, found: Channels) -> Claimed | None:
    """Take it for this worker, if everything still holds; None where another has it, or where it is planned anew."""
    rows = Reminder.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related("case")
    row = rows.filter(pk=number, state=Sending.PLANNED, by_hand=False).first()
    now = clock.now()
    if row is None or row.planned_at > now:
        return None
    coming = coming_up(row.organisation_id, now=now, cases=[row.case_id]).get(key_of(row))
    way = _way_now(row, coming, at_hand(found), now)
    if way is not None:
        row.state, row.attempts, row.handed_at = Sending.SENDING, row.attempts + 1, now
    row.save()
    if row.state == Sending.FAILED:
        ask_referent(row)
    return Claimed(row, coming, way) if coming and way else None


def _way_now(row: Reminder, coming: Coming | None, ways: frozenset[Channel], now: datetime) -> Way | None:
    """The way, where it may be used at this moment; otherwise the row says what holds instead."""
    way = way_for(coming, ways=ways)
    if coming is None or isinstance(way, Why):
        withdraw(row, way if isinstance(way, Why) else Why.NOT_HELD)
        return None
    here = now.astimezone(coming.time.starts_at.tzinfo)
    same = way.agreement == row.agreement and way.channel in ways
    if same and may_remind(way, at=here) and now <= coming.latest:
        return way
    wanted = proposal(coming, ways=ways, now=now)
    if isinstance(wanted, Proposal):
        put(row, wanted)
    else:
        withdraw(row, wanted)
    return None


def hand_over(claimed: Claimed, found: Channels) -> bool:
    """Open her address, give the words to the channel, and note what became of it; gives whether it was sent."""
    answer = _sent(claimed, found)
    _note(claimed, answer)
    return answer.outcome is Outcome.SENT


def _sent(claimed: Claimed, found: Channels) -> Answer:
    channel = found.sms if claimed.way.channel is Channel.SMS else found.email
    organisation, person = claimed.row.organisation_id, claimed.coming.time.person
    to = address_to_remind(organisation, person, agreement=claimed.row.agreement)
    if channel is None or not to:
        return Answer(Outcome.REFUSED)
    subject, text, name = _words_for(claimed)
    return channel.send(Message(to=to, text=text, subject=subject, name=name))


def _words_for(claimed: Claimed) -> tuple[str, str, str]:
    """Subject, text and the name she knows us by, as they are sent now."""
    organisation, person = claimed.row.organisation_id, claimed.coming.time.person
    terms = reminding_terms(organisation, [person]).get(person, [])
    name = next((one.ask_for for one in terms if one.number == claimed.way.agreement), "")
    return *worded(organisation, claimed.coming.time, clock.now(), name=name), name


@transaction.atomic
def _note(claimed: Claimed, answer: Answer) -> None:
    outcome = answer.outcome
    # All of hers, in the order in which they are planned: what was told with it is noted too.
    hers = Reminder.objects.select_for_update(no_key=True).filter(case=claimed.row.case_id).order_by("pk")
    row = next(one for one in hers if one.pk == claimed.row.pk)
    if row.state != Sending.SENDING:
        return
    now = clock.now()
    if outcome is Outcome.SENT:
        row.state, row.sent_at = Sending.SENT, now
        note_told_too(row, claimed.coming.time)
    elif outcome is Outcome.UNKNOWN:
        row.state = Sending.UNKNOWN
    else:
        at = _next_try(claimed, row, now) if outcome is Outcome.LATER else None
        row.state = Sending.PLANNED if at else Sending.FAILED
        row.planned_at = at or row.planned_at
        row.why = "" if at else Why.REFUSED if outcome is Outcome.REFUSED else Why.TRIED
    row.save()
    note_try(row.organisation_id, row.channel, answer)
    _tell(row, claimed.coming.time.person)


def _next_try(claimed: Claimed, row: Reminder, now: datetime) -> datetime | None:
    return try_again_at(claimed.way, attempts=row.attempts, starts_at=claimed.coming.time.starts_at, now=now)


def note_broken_off(organisation: int) -> int:
    """What a stopped worker left behind: perhaps sent, never sent again, and shown to her team; gives how many."""
    with transaction.atomic():
        stuck = Reminder.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related("case")
        rows = list(
            stuck.filter(organisation=organisation, state=Sending.SENDING, handed_at__lt=clock.now() - BROKEN_OFF)
        )
        for row in rows:
            row.state = Sending.UNKNOWN
            row.save(update_fields=("state",))
            _tell(row, row.case.person_id)
    return len(rows)


def _tell(row: Reminder, person: UUID) -> None:
    """An entry in the log of each try; where a person is needed now, a line on Today of her team."""
    verbs = {
        Sending.SENT: "reminder sent",
        Sending.UNKNOWN: "reminder broken off",
        Sending.FAILED: "reminder not sent",
        Sending.PLANNED: "reminder not sent",
    }
    facts: dict[str, Fact] = {"way": row.channel, "about": row.about, "tries": row.attempts, "state": str(row.state)}
    whys = {Sending.FAILED: CALL_HER, Sending.UNKNOWN: ASK_HER}
    if row.state in whys:
        today = clock.today(house_of(row.organisation_id).time_zone)
        subject, why = row.pk, whys[Sending(row.state)]
        set_dues({row.case_id}, DueKind.REMINDER, organisation=row.organisation_id, on=today, why=why, subject=subject)
    trace = Trace(verbs[Sending(row.state)], f"case {row.case_id} #{row.pk}", person, facts)
    record(trace, organisation=row.organisation_id, member=None)
