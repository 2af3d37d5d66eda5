"""What she sent when whoever had handed her the device was signed in no more: it waits unread for a colleague.

Nobody is signed in at that moment, so nothing comes into her file: that colleague, who asked for it, or her team saves
it or throws it away later, on any device. What she says without her name goes to the group at once, since it is
about nobody.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from amparo.areas.access import wall
from amparo.areas.access.actions import claim
from amparo.areas.access.rules import Part, Task, Viewer, may_do
from amparo.areas.activities.models import Period, Place, Session
from amparo.areas.activities.rules.states import PeriodState
from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.acting import Act, acting, noting
from amparo.areas.cases.dues import set_dues, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.rules import DueKind
from amparo.areas.orgs.queries import house_of
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import refused, require

from .evaluating import Said, require_answers, write_nameless
from .lists import Whose
from .models import Evaluation

GIVEN, THROWN_AWAY = "evaluation given", "evaluation thrown away"


@dataclass(frozen=True)
class HandingOver:
    """For which session and whose place a colleague handed the device over; `once`: what she says is saved once."""

    organisation: int
    member: int
    session: int
    place: int
    once: str


def keep_late(handed: HandingOver, *, said: Said, named: bool) -> bool:
    """Keep what she sent though nobody is signed in. Call it only with a handing over that our own signature proves.

    With her name it is sealed with her key and waits; no page and no figure shows it before a colleague has saved it.
    Gives False where she is on no list any more, or the plan is a draft again: then nothing was kept.
    """
    require_answers(said)
    with wall.standing_in(handed.organisation), transaction.atomic():
        here = Session.objects.filter(organisation=handed.organisation).select_related("group__activity")
        session = here.filter(pk=handed.session).first()
        places = Place.objects.filter(pk=handed.place, group__sessions=session, case__erased_on=None)
        place = places.select_related("case").first() if session else None
        if session is None or place is None or not _is_published(session):
            return False
        if claim(handed.once) is None:
            return True
        if named:
            _let_wait(handed.member, session, place, said)
        else:
            write_nameless(handed.organisation, session.group_id, said)
    return True


def waits_for(viewer: Viewer) -> bool:
    """Whether something waits of a group that the viewer holds; not whose, nor what."""
    return _of_holder(viewer).exists()


def settle_held(*, by: Viewer, keep: bool) -> None:
    """Save, or throw away, all that waits of the groups that `by` holds. Nobody reads it on the way."""
    found = _of_holder(by).order_by("pk").values_list("case", "case__person", "group").distinct()
    for case, person, group in list(found):
        her = Whose(case, person, by.organisation)
        with noting(her, by=by, part=Part.ACTIVITIES, verb=GIVEN if keep else THROWN_AWAY) as act:
            _settle(her, group, act, keep=keep)


def settle_hers(case: CaseFile, group: int, *, by: Viewer, keep: bool) -> None:
    """The same by her team, for one group of hers. Raises Refused where a colleague has seen to it already."""
    with acting(case, by=by, part=Part.ACTIVITIES, verb=GIVEN if keep else THROWN_AWAY) as act:
        if not _settle(case, group, act, keep=keep):
            require(refused("Nothing waits here: a colleague has seen to it already."))


def _is_published(session: Session) -> bool:
    """Whether the plan counts; nobody takes it back before this is kept."""
    rows = Period.objects.select_for_update(no_key=True).filter(groups=session.group_id)
    return rows.filter(state=PeriodState.PUBLISHED).first() is not None


def _let_wait(member: int, session: Session, place: Place, said: Said) -> None:
    now, organisation, person = clock.now(), session.organisation_id, place.case.person_id
    zone = house_of(organisation).time_zone
    row, is_new = Evaluation.objects.get_or_create(
        organisation_id=organisation,
        case_id=place.case_id,
        group_id=session.group_id,
        moment=said.moment,
        defaults={
            "answers": dict(said.answers),
            "words": sealing.seal_text(person, said.words, "evaluation.words"),
            "on": clock.day_of(session.starts_at, zone),
            "member_id": member,
            "noted_at": now,
            "waits_since": now,
        },
    )
    if is_new:
        today, about = clock.day_of(now, zone), session.group_id
        set_dues({place.case_id}, DueKind.SAID_LATE, organisation=organisation, on=today, subject=about)
        trace = Trace("evaluation sent late", f"case {row.case_id} #{row.pk}", person)
        record(trace, organisation=organisation, member=None)


def _of_holder(viewer: Viewer) -> QuerySet[Evaluation]:
    require(may_do(viewer, Task.HOLD_SESSIONS))
    waiting = Evaluation.objects.filter(organisation=viewer.organisation, waits_since__isnull=False)
    held = Session.objects.filter(organisation=viewer.organisation, member=viewer.member)
    return waiting.filter(group__in=held.values("group"), case__erased_on=None)


def _settle(her: CaseFile | Whose, group: int, act: Act, *, keep: bool) -> bool:
    """Settle what waits of her in this group, inside an action; gives whether anything did."""
    rows = Evaluation.objects.select_for_update(no_key=True).filter(case=her.id, group=group, waits_since__isnull=False)
    found = list(rows.order_by("pk"))
    for row in found:
        act.subject, act.facts["purpose"] = row.pk, "group"
        row.waits_since = None
        if keep:
            row.save(update_fields=("waits_since",))
        else:
            row.delete()
    act.words = [row.moment for row in found]
    settle_due(her, DueKind.SAID_LATE, subject=group)
    return bool(found)
