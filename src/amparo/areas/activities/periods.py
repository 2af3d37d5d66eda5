"""Some weeks that are planned together: a draft, computed and changed by hand, until it is published."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require
from amparo.storage.turns import take_turn

from .models import Period
from .rules.states import Ended, PeriodState, Solving

SHOWN = 20
LONGEST_DAYS = 56
#: Longer than a plan takes, also one that is begun again after its worker was killed (orgs.jobs).
GIVEN_UP = timedelta(minutes=6)


@dataclass(frozen=True)
class PeriodFile:
    """A period and where its planning stands."""

    id: int
    first_on: date
    last_on: date
    state: PeriodState
    solving: Solving
    asked_at: datetime | None
    solved_at: datetime | None
    outcome: str
    objective: int | None
    bound: int | None
    published_at: datetime | None
    published_by_name: str
    version: int
    stuck: tuple[int, ...]  # the sessions that are fixed and could not stay together
    stuck_few: bool
    proposed_for: int | None = None  # the number of the period for which it is a proposal


def periods_of(viewer: Viewer) -> list[PeriodFile]:
    """The latest periods of the house, the next to come first."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    rows = mine(viewer).select_related("published_by").order_by("-first_on", "-pk")[:SHOWN]
    return [period_file(row) for row in rows]


def period_of(viewer: Viewer, number: int) -> PeriodFile:
    """One of them; raises NotThere where it is none of this house."""
    return period_file(found(viewer, number))


@transaction.atomic
def begin_period(*, by: Viewer, first_on: date, last_on: date) -> int:
    """Begin to plan these days, which belong to no other period; gives its number."""
    require(may_do(by, Task.PLAN_SESSIONS))
    if last_on < first_on:
        require(refused("The last day lies before the first."))
    if last_on < clock.today(by.time_zone):
        require(refused("These weeks are over: there is nothing to plan any more."))
    if (last_on - first_on).days >= LONGEST_DAYS:
        require(refused("Plan eight weeks at most together. What comes later changes anyway."))
    take_turn("amparo.periods", by.organisation)
    if mine(by).filter(first_on__lte=last_on, last_on__gte=first_on).exists():
        require(refused("Some of these days are planned in another period already."))
    row = Period.objects.create(organisation_id=by.organisation, first_on=first_on, last_on=last_on)
    note(by, "period begun", row.pk)
    return row.pk


def locked(by: Viewer, number: int, *, or_proposed: bool = False) -> Period:
    """The row, to be changed in this transaction; raises NotThere. A proposal is found only where that is meant."""
    require(may_do(by, Task.PLAN_SESSIONS))
    rows = _of_house(by) if or_proposed else mine(by)
    row = rows.select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise NotThere
    return row


def note(by: Viewer, verb: str, number: int) -> None:
    """One entry of the log about a period."""
    record(Trace(verb, f"period {number}"), organisation=by.organisation, member=by.member)


def mine(viewer: Viewer) -> QuerySet[Period]:
    """The periods of the viewer's house; not what is only proposed for them."""
    return _of_house(viewer).exclude(state=PeriodState.PROPOSED)


def found(viewer: Viewer, number: int, *, or_proposed: bool = False) -> Period:
    """The row, for whoever plans; raises NotThere. A proposal is found only where that is meant."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    rows = _of_house(viewer).select_related("proposed_by") if or_proposed else mine(viewer)
    row = rows.select_related("published_by").filter(pk=number).first()
    if row is None:
        raise NotThere
    return row


def ended_proposal(viewer: Viewer, draft: int) -> tuple[int, Ended] | None:
    """For the number of a proposal that is there no more: the period it was for, and how it ended; None otherwise."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    row = mine(viewer).filter(ended_proposals__has_key=str(draft)).first()
    return (row.pk, Ended(row.ended_proposals[str(draft)])) if row else None


def last_ended(viewer: Viewer, number: int) -> Ended | None:
    """How the last proposal for a period ended; None where there was none, or the period is none of this house."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    row = mine(viewer).filter(pk=number).first()
    ended = row.ended_proposals if row else {}
    return Ended(ended[max(ended, key=int)]) if ended else None


def _of_house(viewer: Viewer) -> QuerySet[Period]:
    return Period.objects.filter(organisation=viewer.organisation)


def is_computing(row: Period) -> bool:
    """Whether a plan of it is being computed; a worker that stopped in between holds nobody up for long."""
    asked = row.asked_at
    return row.solving == Solving.RUNNING and asked is not None and clock.now() - asked < GIVEN_UP


def period_file(row: Period) -> PeriodFile:
    """The row as readers get it."""
    given_up = row.solving == Solving.RUNNING and not is_computing(row)
    return PeriodFile(
        id=row.pk,
        first_on=row.first_on,
        last_on=row.last_on,
        state=PeriodState(row.state),
        solving=Solving.STOPPED if given_up else Solving(row.solving),
        asked_at=row.asked_at,
        solved_at=row.solved_at,
        outcome=row.outcome,
        objective=row.objective,
        bound=row.bound,
        published_at=row.published_at,
        published_by_name=row.published_by.name if row.published_by else "",
        version=row.version,
        stuck=tuple(row.stuck_sessions),
        stuck_few=row.stuck_few,
        proposed_for=row.proposed_by.period_id if row.state == PeriodState.PROPOSED else None,
    )
