"""From a draft to sessions that are held, and back: published only where the checker finds nothing (R4, R8)."""

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import note_for_all
from amparo.kernel import clock
from amparo.kernel.decision import refused, require
from amparo.kernel.language import worded

from . import rechecking
from .held.models import Evaluation, NamelessEvaluation
from .models import Attendance, Session
from .periods import locked, note
from .reminders.models import Reminder
from .rules.reminding import GONE_OUT, About
from .rules.states import PeriodState, SessionState
from .standing import Standing, standing

TOLD = worded(
    "Reminders of its sessions have gone out already: she would come, and nobody would be there. Propose how to plan "
    "it again, or change single sessions; then she is told."
)
SAID = worded(
    "Somebody has said already what she thinks of an activity in this plan, and planning anew would lose it. Propose "
    "how to plan it again, or change single sessions."
)


@transaction.atomic
def publish(number: int, *, by: Viewer, version: int) -> None:
    """Let the sessions of a draft count. The checker looks once more, in the same transaction (R8)."""
    row = locked(by, number)
    if row.state == PeriodState.PUBLISHED:
        require(refused("This plan is published already."))
    if row.version != version:
        require(refused("A colleague changed the plan meanwhile. Look at it again, then publish it."))
    there = standing(row)
    _require_whole(there)
    now = clock.now()
    if any(one.starts_at <= now for held in there.sessions for one in held):
        require(refused("A session of this plan lies behind us. Move it, or plan again."))
    row.state, row.published_at, row.published_by_id = PeriodState.PUBLISHED, now, by.member
    row.version += 1
    row.save(update_fields=("state", "published_at", "published_by", "version"))
    # What is written down at this very moment elsewhere, the check could not see yet: it is looked at once both stand.
    rechecking.soon(by)
    placed = {place.case_id for group in there.groups for place in group.places.all()}
    note_for_all(((case, "placed in a group") for case in placed), by=by, part=Part.ACTIVITIES)
    note(by, "plan published", number)


def take_back(number: int, *, by: Viewer) -> None:
    """Put a published plan back into draft: it counts no longer.

    Raises Refused once a session was held, a reminder of one has gone out, or somebody said what she thinks of it.
    """
    with transaction.atomic():
        row = locked(by, number)
        if row.state != PeriodState.PUBLISHED:
            require(refused("This plan is not published."))
        held = Session.objects.filter(group__period=number)
        begun = held.exclude(state=SessionState.CANCELLED).filter(starts_at__lte=clock.now()).exists()
        if begun or Attendance.objects.filter(session__group__period=number).exists():
            require(refused("Sessions of this plan were held already. Change the others one by one."))
        told = Reminder.objects.filter(session__group__period=number, state__in=GONE_OUT, about=About.TIME)
        if told.exists():
            require(refused(TOLD))
        if any(said.objects.filter(group__period=number).exists() for said in (Evaluation, NamelessEvaluation)):
            require(refused(SAID))
        row.state, row.published_at, row.published_by_id = PeriodState.DRAFT, None, None
        row.version += 1
        row.save(update_fields=("state", "published_at", "published_by", "version"))
        note(by, "plan taken back", number)
    rechecking.look(by.organisation)


def _require_whole(there: Standing) -> None:
    if not there.groups:
        require(refused("There is nothing in this plan yet. Plan it first."))
    if there.troubles:
        require(refused("Something in this plan breaks a rule. The page says what, and what would help.", "R4"))
