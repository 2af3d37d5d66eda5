"""Planning what she is told of what comes next, and withdrawing what does not stand any more."""

from datetime import datetime

from django.db import transaction

from amparo.areas.activities.held.lists import Whose
from amparo.areas.activities.rules.reminding import About, Sending, Why
from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.dues import set_due
from amparo.areas.cases.models import Case, Due
from amparo.areas.cases.rules import DueKind
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock

from .meetings import Coming, Key, Proposal, at_hand, coming_up, key_of, proposal, set_up
from .models import Reminder

_CHANGING = ("channel", "agreement", "planned_at", "state", "why", "attempts", "by_hand")
#: Why her referent has to tell her: she came to know a time that does not stand, or heard that it does not and it does.
UNTOLD, STANDS_AGAIN = "change_untold", "stands_again"
# What leaves nobody but her referent to tell her.
_NO_WAY_LEFT = (Why.NO_WAY, Why.NO_HOUR)


def plan(organisation: int) -> int:
    """Bring what is to be told in a house up to date; gives how many changed. Call it standing in the organisation."""
    now, ways = clock.now(), at_hand(set_up())
    coming = coming_up(organisation, now=now)
    with transaction.atomic():
        rows = list(
            Reminder.objects.select_for_update(no_key=True)
            .filter(organisation=organisation, starts_at__gt=now)
            .order_by("pk")
        )
        there = {key_of(row) for row in rows}
        changed = [
            row
            for row in rows
            if _changed(row, proposal(coming.get(key_of(row)), ways=ways, now=now)) or _stands_again(row, coming)
        ]
        Reminder.objects.bulk_update(changed, _CHANGING, batch_size=500)
        found = [(one, proposal(one, ways=ways, now=now)) for key, one in coming.items() if key not in there]
        new = [_new(organisation, one, said) for one, said in found if _counts(one, said)]
        Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
        _ask_referents(organisation, [row for row in (*changed, *new) if row.state == Sending.FAILED])
        _settle_past(organisation, now)
        if changed or new:
            facts = {"new": len(new), "changed": len(changed)}
            record(Trace("reminders planned", "reminders", facts=facts), organisation=organisation, member=None)
    return len(changed) + len(new)


def withdraw(row: Reminder, why: Why) -> None:
    """She is not told as things stand; they may change. That a time is off she must hear, so her referent tells her."""
    left = row.about == About.CHANGED and why in _NO_WAY_LEFT
    row.state, row.why = Sending.FAILED if left else Sending.WITHDRAWN, why


def put(row: Reminder, wanted: Proposal) -> None:
    """Plan it anew, in this way and for that moment."""
    row.state, row.why, row.attempts, row.by_hand = Sending.PLANNED, "", 0, wanted.by_hand
    row.channel, row.agreement, row.planned_at = wanted.way.channel, wanted.way.agreement, wanted.at


def ask_referent(row: Reminder) -> None:
    """A line on Today of her referent: nobody else tells her. Called inside an action, with the case at hand."""
    today = clock.today(house_of(row.organisation_id).time_zone)
    whose = Whose(row.case_id, row.case.person_id, row.organisation_id)
    why = STANDS_AGAIN if row.why == Why.AGAIN else UNTOLD if row.about == About.CHANGED else "not_reached"
    set_due(whose, DueKind.REMINDER, on=today, subject=row.pk, member=row.case.referent_id, why=why)


def _changed(row: Reminder, wanted: Proposal | Why) -> bool:
    """Let the row say what is wanted now. What was sent, or stopped by hand, stays as it is."""
    if isinstance(wanted, Why):
        # That her hours are over decides whoever sends: until then it may be the very moment.
        if row.state != Sending.PLANNED or wanted is Why.NO_HOUR:
            return False
        withdraw(row, wanted)
        return True
    anew = row.state == Sending.WITHDRAWN and row.why != Why.STOPPED
    differs = (row.agreement, row.by_hand) != (wanted.way.agreement, wanted.by_hand)
    if anew or (row.state == Sending.PLANNED and differs):
        put(row, wanted)
        return True
    return False


def _stands_again(row: Reminder, coming: dict[Key, Coming]) -> bool:
    """She was told that it does not take place; now it does. Once, somebody tells her in person."""
    told = row.about == About.CHANGED and row.state in (Sending.SENT, Sending.UNKNOWN)
    if not told or (About.TIME, *key_of(row)[1:]) not in coming:
        return False
    row.state, row.why = Sending.FAILED, Why.AGAIN
    return True


def _counts(coming: Coming, said: Proposal | Why) -> bool:
    """Whether it is kept: what is to be told, and what somebody has to find a way for."""
    return isinstance(said, Proposal) or (coming.time.about is About.CHANGED and said in _NO_WAY_LEFT)


def _new(organisation: int, coming: Coming, said: Proposal | Why) -> Reminder:
    row = Reminder(
        organisation_id=organisation,
        case_id=coming.time.case,
        session_id=coming.time.session,
        appointment_id=coming.time.appointment,
        starts_at=coming.time.starts_at,
        about=coming.time.about,
        agreement=0,
        planned_at=clock.now(),
    )
    if isinstance(said, Proposal):
        put(row, said)
    else:
        withdraw(row, said)
    return row


def _ask_referents(organisation: int, rows: list[Reminder]) -> None:
    cases = Case.objects.in_bulk({row.case_id for row in rows})
    for row in rows:
        # A colleague who planned at the same moment may have written it: then it has no number here.
        found = row.pk or Reminder.objects.filter(organisation=organisation, **_same(row)).values_list("pk").get()[0]
        row.pk, row.case = found, cases[row.case_id]
        ask_referent(row)


def _same(row: Reminder) -> dict[str, object]:
    names = ("session_id", "appointment_id", "case_id", "starts_at", "about")
    return {name: getattr(row, name) for name in names}


def _settle_past(organisation: int, now: datetime) -> None:
    """Once the time has come, nobody needs to tell her any more."""
    past = Reminder.objects.filter(organisation=organisation, starts_at__lte=now)
    past.filter(by_hand=True, state=Sending.PLANNED).update(state=Sending.WITHDRAWN, why=Why.NO_HOUR)
    lines = Due.objects.filter(organisation=organisation, kind=DueKind.REMINDER, done_at=None)
    lines.filter(subject__in=past.filter(pk__in=lines.values("subject")).values("pk")).update(done_at=now)
