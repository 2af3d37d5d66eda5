"""What she is told, in words that give nothing away, and what is told with it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from amparo.areas.activities.rules.reminding import About, Moment, Sending, is_told_too, language_for, message
from amparo.areas.activities.wording import wording
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock

from .models import Reminder
from .times import Time

# Told of the new time so shortly before it would have been told anyway, she is not told of it again.
_TOLD_TOO = timedelta(hours=12)


def worded(
    organisation: int,
    told: Time,
    at: datetime,
    *,
    name: str,
    languages: Iterable[str] | None = None,
    names_days: bool = False,
) -> tuple[str, str]:
    """Subject and text as they are sent at that moment: in her first language that there are words in, or in these.

    `names_days`: it may be said on another day, so neither today nor tomorrow stands in it.
    """
    sent_on = at.astimezone(told.starts_at.tzinfo).date()
    hers = told.languages if languages is None else languages
    this = _moment(told.starts_at, has_time=told.has_time)
    other = told.instead if told.instead and is_told_too(told.instead, sent_on=sent_on) else None
    instead = _moment(other, has_time=told.instead_has_time) if other else None
    is_off = told.about is About.CHANGED
    return message(
        wording(),
        language_for(wording(), hers, house=house_of(organisation).language),
        when=instead if is_off else this,
        off=this if is_off else None,
        sent_on=None if names_days else sent_on,
        name=name,
    )


def note_told_too(row: Reminder, told: Time) -> None:
    """What the same message said of the new time need not be said again right after it. Called where it is noted."""
    now = clock.now()
    if told.instead is None or not is_told_too(told.instead, sent_on=now.astimezone(told.instead.tzinfo).date()):
        return
    same = Reminder.objects.filter(session=row.session_id, appointment=row.appointment_id, case=row.case_id)
    same = same.filter(about=About.TIME, starts_at=told.instead, state=Sending.PLANNED)
    same.filter(planned_at__lt=now + _TOLD_TOO).update(state=Sending.SENT, sent_at=now)


def _moment(starts_at: datetime, *, has_time: bool) -> Moment:
    return Moment(starts_at.date(), starts_at.time() if has_time else None)
