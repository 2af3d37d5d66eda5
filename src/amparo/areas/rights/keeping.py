"""How long things are kept, what is due to go, and the people who look at it before anything goes (Art. 5(1)(e))."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.areas.access import actions as access
from amparo.areas.access import wall
from amparo.areas.access.rules import Part, Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.audit.models import Entry
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile, visible_cases
from amparo.areas.cases.models import Case
from amparo.areas.cases.rules import Status
from amparo.areas.orgs.models import Member
from amparo.areas.orgs.queries import house_of
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from . import rules
from .catalogue import PeriodText, periods
from .models import DueToGo, Erasure, Period
from .rules import Erasing

PAGE = 50


@dataclass(frozen=True)
class PeriodFile:
    """How long one kind of thing is kept here, why where that is not the standard, and how much is over its time."""

    text: PeriodText
    years: int
    reason: str
    over: int


@dataclass(frozen=True)
class DueLine:
    """A case whose time is over, as the list shows it; `until` is set where it is kept longer for now."""

    code: str
    closed_on: date
    due_on: date
    until: date | None
    decided_by_name: str
    erasing: bool


@dataclass(frozen=True)
class OpenErasure:
    """An erasure that waits for somebody."""

    id: int
    code: str
    whole: bool
    asked_on: date
    not_before: date
    agreed: bool


def schedule(viewer: Viewer) -> list[PeriodFile]:
    """What is kept how long, and how many are over their time."""
    require(may_do(viewer, Task.KEEP_OR_ERASE))
    chosen = {row.keep: row for row in Period.objects.filter(organisation=viewer.organisation)}
    today = clock.today(viewer.time_zone)
    found = []
    for text in periods():
        row = chosen.get(text.key)
        years = row.years if row else text.years
        reason = sealing.open_reason(viewer.organisation, row.reason) if row else ""
        found.append(PeriodFile(text, years, reason, _over(viewer.organisation, text.key, years, today)))
    return found


@transaction.atomic
def set_period(keep: str, *, by: Viewer, years: int, reason: str) -> None:
    """Keep it longer or shorter than the standard, within bounds and with a reason."""
    require(may_do(by, Task.KEEP_OR_ERASE))
    text = next((one for one in periods() if one.key == keep), None)
    if text is None:
        raise NotThere
    require(rules.may_last(years, lowest=text.lowest, highest=text.highest, reason=reason))
    sealed = sealing.seal_reason(by.organisation, reason)
    Period.objects.update_or_create(
        organisation_id=by.organisation,
        keep=keep,
        defaults={"years": years, "reason": sealed, "member_id": by.member, "changed_at": clock.now()},
    )
    trace = Trace("keeping changed", f"keep {keep}", facts={"years": years}, reason=sealed)
    record(trace, organisation=by.organisation, member=by.member)


def due_to_go(viewer: Viewer) -> list[DueLine]:
    """The cases whose time is over, the longest first; those kept longer for now last."""
    require(may_do(viewer, Task.KEEP_OR_ERASE))
    rows = DueToGo.objects.filter(organisation=viewer.organisation, case__in=visible_cases(viewer).values("pk"))
    erasing = set(
        Erasure.objects.filter(organisation=viewer.organisation, thing="file", state=Erasing.WAITING).values_list(
            "case", flat=True
        )
    )
    found = rows.select_related("case__person", "decided_by").order_by("longer_until", "due_on", "pk")[:PAGE]
    lines = [
        DueLine(
            code=row.case.person.code,
            closed_on=row.case.closed_on or row.due_on,
            due_on=row.due_on,
            until=row.longer_until,
            decided_by_name=row.decided_by.name if row.decided_by else "",
            erasing=row.case_id in erasing,
        )
        for row in found
    ]
    return sorted(lines, key=lambda line: line.until is not None)


def open_erasures(viewer: Viewer) -> list[OpenErasure]:
    """What somebody asked to erase and nobody has ended yet, the next day first."""
    require(may_do(viewer, Task.KEEP_OR_ERASE))
    mine = Erasure.objects.filter(organisation=viewer.organisation, state=Erasing.WAITING)
    rows = mine.filter(case__in=visible_cases(viewer).values("pk")).select_related("case__person")
    return [
        OpenErasure(
            id=row.pk,
            code=row.case.person.code,
            whole=row.thing == "file",
            asked_on=row.asked_on,
            not_before=row.not_before,
            agreed=row.agreed_by_id is not None,
        )
        for row in rows.order_by("not_before", "pk")[:PAGE]
    ]


def keep_longer(case: CaseFile, *, by: Viewer, until: date, reason: str) -> None:
    """Keep a case whose time is over until another day, with the reason."""
    require(may_do(by, Task.KEEP_OR_ERASE))
    with acting(case, by=by, part=Part.RIGHTS, verb="kept longer") as act:
        today = clock.today(by.time_zone)
        require(rules.may_keep_longer(until=until, today=today, reason=reason))
        row = DueToGo.objects.select_for_update(no_key=True).filter(case=case.id).first()
        if row is None:
            raise NotThere
        row.longer_until, row.decided_by_id, row.decided_on = until, by.member, today
        row.reason = sealing.seal_text(case.person, reason, "duetogo.reason")
        row.save(update_fields=("longer_until", "decided_by", "decided_on", "reason"))
        act.subject, act.words = row.pk, [until.isoformat()]


def is_due(viewer: Viewer, case: CaseFile) -> bool:
    """Whether the case stands on the list of those whose time is over."""
    return DueToGo.objects.filter(case=case.id, organisation=viewer.organisation).exists()


@transaction.atomic
def list_what_is_due(organisation: int) -> int:
    """Put every closed case whose time is over on the list, and take off what came back or was erased.

    Nothing is erased here: people look at it first. Gives how many were added.
    """
    today = clock.today(house_of(organisation).time_zone)
    over = _cases_over(organisation, _years(organisation, "case"), today)
    DueToGo.objects.filter(organisation=organisation).exclude(case__in=over.values("pk")).delete()
    DueToGo.objects.filter(organisation=organisation, longer_until__lte=today).update(longer_until=None)
    years = _years(organisation, "case")
    fresh = over.filter(due_to_go=None).values_list("pk", "closed_on")
    rows = [
        DueToGo(
            organisation_id=organisation, case_id=number, due_on=rules.years_later(closed_on, years), listed_on=today
        )
        for number, closed_on in fresh
        if closed_on
    ]
    return len(DueToGo.objects.bulk_create(rows))


def forget_fleeting() -> int:
    """Throw away what is kept for a day at most: typed texts and tokens of forms. Gives how many."""
    return access.forget_old(now=clock.now())


def list_everywhere() -> int:
    """The same list for every organisation of the node."""
    return sum(wall.in_each_organisation(list_what_is_due))


def _years(organisation: int, keep: str) -> int:
    chosen = Period.objects.filter(organisation=organisation, keep=keep).values_list("years", flat=True).first()
    return chosen or next(one.years for one in periods() if one.key == keep)


def _over(organisation: int, keep: str, years: int, today: date) -> int:
    before = _years_before(today, years)
    if keep == "case":
        return _cases_over(organisation, years, today).count()
    if keep == "member":
        left = Member.objects.filter(organisation=organisation, is_active=False)
        return left.filter(Q(account__last_login=None) | Q(account__last_login__date__lte=before)).count()
    return Entry.objects.filter(chain=organisation, at__lt=before.isoformat()).count()


def _cases_over(organisation: int, years: int, today: date) -> QuerySet[Case]:
    closed = Case.objects.filter(organisation=organisation, status=Status.CLOSED, erased_on=None)
    return closed.filter(closed_on__lte=_years_before(today, years))


def _years_before(today: date, years: int) -> date:
    return rules.years_later(today, -years)
