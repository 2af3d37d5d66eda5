"""Planning reminders of what comes next, and withdrawing those of what does not stand any more."""

from datetime import datetime

from django.db import transaction

from amparo.areas.activities.rules.reminding import Sending, Why
from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.models import Due
from amparo.areas.cases.rules import DueKind
from amparo.kernel import clock

from .meetings import Coming, Proposal, at_hand, coming_up, key_of, proposal, set_up
from .models import Reminder

_CHANGING = ("channel", "agreement", "planned_at", "state", "why", "attempts")


def plan(organisation: int) -> int:
    """Bring the reminders of a house up to date; gives how many changed. Call it standing in the organisation."""
    now, ways = clock.now(), at_hand(set_up())
    coming = coming_up(organisation, now=now)
    with transaction.atomic():
        rows = list(Reminder.objects.select_for_update().filter(organisation=organisation, starts_at__gt=now))
        there = {key_of(row) for row in rows}
        changed = [row for row in rows if _changed(row, proposal(coming.get(key_of(row)), ways=ways, now=now))]
        Reminder.objects.bulk_update(changed, _CHANGING, batch_size=500)
        found = [(one, proposal(one, ways=ways, now=now)) for key, one in coming.items() if key not in there]
        new = [_new(organisation, one, said) for one, said in found if isinstance(said, Proposal)]
        Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
        _settle_past(organisation, now)
        if changed or new:
            facts = {"new": len(new), "changed": len(changed)}
            record(Trace("reminders planned", "reminders", facts=facts), organisation=organisation, member=None)
    return len(changed) + len(new)


def withdraw(row: Reminder, why: Why) -> None:
    """She is not reminded of it as things stand; they may change."""
    row.state, row.why = Sending.WITHDRAWN, why


def put(row: Reminder, wanted: Proposal) -> None:
    """Plan it anew, in this way and for that moment."""
    row.state, row.why, row.attempts = Sending.PLANNED, "", 0
    row.channel, row.agreement, row.planned_at = wanted.way.channel, wanted.way.agreement, wanted.at


def _changed(row: Reminder, wanted: Proposal | Why) -> bool:
    """Let the row say what is wanted now. What was sent, or stopped by hand, stays as it is."""
    if isinstance(wanted, Why):
        # That her hours are over decides whoever sends: until then it may be the very moment.
        if row.state != Sending.PLANNED or wanted is Why.NO_HOUR:
            return False
        withdraw(row, wanted)
        return True
    anew = row.state == Sending.WITHDRAWN and row.why != Why.STOPPED
    other = row.state == Sending.PLANNED and row.agreement != wanted.way.agreement
    if anew or other:
        put(row, wanted)
    return anew or other


def _new(organisation: int, coming: Coming, said: Proposal) -> Reminder:
    return Reminder(
        organisation_id=organisation,
        case_id=coming.case,
        session_id=coming.session,
        appointment_id=coming.appointment,
        starts_at=coming.starts_at,
        channel=said.way.channel,
        agreement=said.way.agreement,
        planned_at=said.at,
    )


def _settle_past(organisation: int, now: datetime) -> None:
    """Once the time has come, nobody needs to call her about it any more."""
    lines = Due.objects.filter(organisation=organisation, kind=DueKind.REMINDER, done_at=None)
    past = Reminder.objects.filter(organisation=organisation, pk__in=lines.values("subject"), starts_at__lte=now)
    lines.filter(subject__in=past.values("pk")).update(done_at=now)
