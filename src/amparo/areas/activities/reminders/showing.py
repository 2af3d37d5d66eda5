"""What she will be and was reminded of, for her team; and what they can do about it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.activities.rules.reminding import About, Sending, Why
from amparo.areas.cases.acting import acting
from amparo.areas.cases.contact import contact_of
from amparo.areas.cases.dues import settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.rules import DueKind
from amparo.areas.people.queries import person_file
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from .models import Reminder
from .times import Time
from .words import worded

SHOWN = 20


@dataclass(frozen=True)
class ReminderFile:
    """One time that she is reminded of; `text` as it will be sent, empty where nothing will be."""

    id: int
    starts_at: datetime
    has_time: bool
    channel: str
    planned_at: datetime
    state: Sending
    why: str
    sent_at: datetime | None
    about: About
    by_hand: bool
    text: str = ""

    @property
    def stoppable(self) -> bool:
        """Whether somebody can still stop it."""
        return self.state is Sending.PLANNED


def reminders_of(viewer: Viewer, case: CaseFile) -> list[ReminderFile]:
    """The latest ones, those to come first. Raises Refused for whoever is not of her team."""
    names = {terms.number: terms.ask_for for terms in contact_of(viewer, case)}
    rows = Reminder.objects.filter(case=case.id, organisation=viewer.organisation).select_related("appointment")
    languages = person_file(viewer, case.person).languages
    zone = ZoneInfo(viewer.time_zone)
    return [
        _file(row, case, languages, names.get(row.agreement, ""), zone)
        for row in rows.order_by("-starts_at", "-pk")[:SHOWN]
    ]


def stop(case: CaseFile, number: int, *, by: Viewer) -> None:
    """Do not send it; raises Refused where it is on its way or was sent."""
    with acting(case, by=by, part=Part.CONTACT, verb="reminder stopped") as act:
        row = Reminder.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        if row.state != Sending.PLANNED:
            require(refused("This is on its way or done already. Look at the page again."))
        row.state, row.why = Sending.WITHDRAWN, Why.STOPPED
        row.save(update_fields=("state", "why"))
        act.subject = number


def note_called(case: CaseFile, number: int, *, by: Viewer) -> None:
    """A colleague told her instead: from now on she knows, and hears it where the time is off; raises NotThere."""
    with acting(case, by=by, part=Part.CONTACT, verb="reminder told") as act:
        rows = Reminder.objects.filter(pk=number, case=case.id)
        if not rows.exists():
            raise NotThere
        open_ones = rows.filter(about=About.TIME, state__in=(Sending.FAILED, Sending.UNKNOWN))
        open_ones.update(state=Sending.SENT, why="", by_hand=True, sent_at=clock.now())
        settle_due(case, DueKind.REMINDER, subject=number)
        act.subject = number


def _file(row: Reminder, case: CaseFile, languages: tuple[str, ...], name: str, zone: ZoneInfo) -> ReminderFile:
    has_time = row.appointment is None or row.appointment.at is not None
    starts_at, planned_at = row.starts_at.astimezone(zone), row.planned_at.astimezone(zone)
    text = ""
    # What stands instead of a time that is off is looked up at the moment itself.
    if row.state == Sending.PLANNED and row.about == About.TIME:
        told = Time(row.case_id, case.person, True, languages, starts_at, Part.CONTACT, has_time=has_time)
        text = worded(row.organisation_id, told, planned_at, name=name)[1]
    return ReminderFile(
        id=row.pk,
        starts_at=starts_at,
        has_time=has_time,
        channel=row.channel,
        planned_at=planned_at,
        state=Sending(row.state),
        why=row.why,
        sent_at=row.sent_at,
        about=About(row.about),
        by_hand=row.by_hand,
        text=text,
    )
