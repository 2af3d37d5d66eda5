"""Activity by activity: asked, served, sessions, attendance, what was said, costs. Never a woman."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.activities.models import (
    Activity,
    Attendance,
    ChildcareTime,
    Cost,
    Interest,
    Place,
    Session,
    TicketsHandedOut,
)
from amparo.areas.activities.rules.counting import (
    FEWEST,
    Answers,
    CareTime,
    Figures,
    Span,
    cents_of_care,
    for_others,
    mean_said,
)
from amparo.areas.activities.rules.evaluating import FEWEST as FEWEST_SAID
from amparo.areas.activities.rules.states import Answer, Came, CostKind, Kind, Moment, PeriodState, SessionState
from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs.rules import Role
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .models import Evaluation, NamelessEvaluation

THERE = (Came.CAME, Came.LATE, Came.LEFT_EARLY)
Counts = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Spent:
    """Money that an activity took."""

    activity: int
    kind: CostKind
    on: date
    cents: int


def figures_of(viewer: Viewer, span: Span) -> list[Figures]:
    """Every activity in which something happened, by name; for the analyst without what shows too few women (R15)."""
    require(may_do(viewer, Task.ACTIVITY_FIGURES))
    counts = _merged(_asked(viewer, span), _served(viewer, span), _held(viewer, span), _came(viewer, span))
    said, costs = _said(viewer, span), _costs(viewer, span)
    busy = {*counts, *said, *costs}
    rows = Activity.objects.filter(organisation=viewer.organisation, pk__in=busy).order_by("name", "pk")
    found = [_figures(viewer, row, counts.get(row.pk, {}), said.get(row.pk, {}), costs.get(row.pk, {})) for row in rows]
    return [for_others(one) for one in found] if viewer.role is Role.ANALYST else found


def care_of(viewer: Viewer, span: Span) -> int:
    """What the times for children cost into which a session with childcare fell, in cents; only for the coordination.

    Children of several activities are looked after together, so it is divided among none. Each day is counted by the
    times that stood on it.
    """
    if not may_do(viewer, Task.PLAN_SESSIONS):
        return 0
    zone = ZoneInfo(viewer.time_zone)
    held = _sessions(viewer, span).filter(starts_at__lte=clock.now(), group__activity__childcare=True)
    sessions = held.values_list("room__site", "starts_at", "ends_at")
    names = ("pk", "site", "weekday", "on", "starts", "ends", "cost_cents", "since", "until")
    times = ChildcareTime.objects.filter(organisation=viewer.organisation, cost_cents__gt=0).values_list(*names)
    here = ((site, starts.astimezone(zone), ends.astimezone(zone)) for site, starts, ends in sessions)
    return cents_of_care([CareTime(*one) for one in times], here)


@transaction.atomic
def take_out_figures(span: Span, *, by: Viewer) -> tuple[list[Figures], Export]:
    """The same to leave the house, with the mark of the table; that it leaves is noted."""
    rows = figures_of(by, span)
    return rows, take_out("activity figures", by=by, facts={"entries": len(rows)})


def said_without_a_name(viewer: Viewer, span: Span) -> list[tuple[str, list[str]]]:
    """Words that were left without a name, by activity, in alphabetical order; none where fewer than three wrote."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    words: dict[str, list[str]] = defaultdict(list)
    rows = NamelessEvaluation.objects.filter(group__in=_groups(viewer, span)).select_related("group__activity")
    for row in rows:
        sealed = sealing.open_of_house(row.organisation_id, row.words, "namelessevaluation.words").decode()
        words[row.group.activity.name] += [sealed] if sealed else []
    return [(name, sorted(each)) for name, each in sorted(words.items()) if len(each) >= FEWEST_SAID]


@transaction.atomic
def note_cost(spent: Spent, *, by: Viewer, currency: str) -> None:
    """Note money that an activity took; raises NotThere where it is none of this house."""
    require(may_do(by, Task.PLAN_SESSIONS))
    if not Activity.objects.filter(pk=spent.activity, organisation=by.organisation).exists():
        raise NotThere
    values = {"kind": spent.kind, "on": spent.on, "cents": spent.cents, "currency": currency}
    Cost.objects.create(organisation_id=by.organisation, activity_id=spent.activity, member_id=by.member, **values)
    record(Trace("cost noted", f"activity {spent.activity}"), organisation=by.organisation, member=by.member)


def names_of_activities(viewer: Viewer) -> list[tuple[int, str]]:
    """Number and name of what the house offers or offered."""
    require(may_do(viewer, Task.ACTIVITY_FIGURES))
    rows = Activity.objects.filter(organisation=viewer.organisation).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))


def _figures(
    viewer: Viewer, row: Activity, counts: dict[str, Any], said: Mapping[str, list[Answers]], costs: dict[str, int]
) -> Figures:
    fewest = FEWEST if viewer.role is Role.ANALYST else FEWEST_SAID
    return replace(
        Figures(row.pk, row.name, **counts),
        at_start=mean_said(said.get(Moment.START, []), fewest=fewest),
        at_end=mean_said(said.get(Moment.END, []), fewest=fewest),
        costs=costs,
        alone=row.kind == Kind.INDIVIDUAL,
    )


def _moments(viewer: Viewer, span: Span) -> tuple[datetime, datetime]:
    zone = ZoneInfo(viewer.time_zone)
    last = span.last + timedelta(days=1)
    return datetime.combine(span.first, time(), zone), datetime.combine(last, time(), zone)


def _sessions(viewer: Viewer, span: Span) -> QuerySet[Session]:
    first, last = _moments(viewer, span)
    rows = Session.objects.filter(organisation=viewer.organisation, starts_at__gte=first, starts_at__lt=last)
    return rows.filter(group__period__state=PeriodState.PUBLISHED).exclude(state=SessionState.CANCELLED)


def _groups(viewer: Viewer, span: Span) -> QuerySet[Session, Any]:
    return _sessions(viewer, span).order_by().values("group")


def _asked(viewer: Viewer, span: Span) -> Counts:
    rows = Interest.objects.filter(organisation=viewer.organisation, asked_on__range=(span.first, span.last))
    yes = Count("case", filter=Q(answer=Answer.YES))
    found = rows.order_by().values("activity").annotate(asked=Count("case"), wanted=yes)
    return _counts(found, "activity")


def _served(viewer: Viewer, span: Span) -> Counts:
    there = Q(until=None) | Q(until__gte=span.first)
    rows = Place.objects.filter(there, group__in=_groups(viewer, span), since__lte=span.last)
    rows = rows.exclude(until__lt=F("since"))  # it was ended before it began
    day = TruncDate("group__sessions__starts_at", tzinfo=ZoneInfo(viewer.time_zone))
    last_day = Max(day, filter=~Q(group__sessions__state=SessionState.CANCELLED))
    rows = rows.annotate(ends=last_day, activity=F("group__activity"))
    served: dict[int, set[int]] = defaultdict(set)
    stayed: dict[int, set[int]] = defaultdict(set)
    today = clock.today(viewer.time_zone)
    for activity, case, until, ends in rows.values_list("activity", "case", "until", "ends"):
        served[activity].add(case)
        if ends <= min(until or today, today):
            stayed[activity].add(case)
    return {one: {"served": len(served[one]), "stayed": len(stayed[one])} for one in served}


def _held(viewer: Viewer, span: Span) -> Counts:
    held = _sessions(viewer, span).filter(starts_at__lte=clock.now())
    found = held.order_by().annotate(activity=F("group__activity")).values("activity")
    return _counts(found.annotate(sessions=Count("pk")), "activity")


def _came(viewer: Viewer, span: Span) -> Counts:
    rows = Attendance.objects.filter(session__in=_sessions(viewer, span).values("pk"))
    found = rows.order_by().annotate(activity=F("session__group__activity")).values("activity")
    came, missed = Count("pk", filter=Q(state__in=THERE)), Count("pk", filter=Q(state=Came.ABSENT))
    return _counts(found.annotate(came=came, missed=missed), "activity")


def _said(viewer: Viewer, span: Span) -> dict[int, dict[str, list[Answers]]]:
    found: dict[int, dict[str, list[Answers]]] = defaultdict(lambda: defaultdict(list))
    groups = _groups(viewer, span)
    named, nameless = Evaluation.objects.filter(waits_since=None), NamelessEvaluation.objects.all()
    for rows in (named.filter(group__in=groups), nameless.filter(group__in=groups)):
        for activity, moment, answers in rows.values_list("group__activity", "moment", "answers"):
            found[activity][moment].append(answers)
    return found


def _costs(viewer: Viewer, span: Span) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    mine = {"organisation": viewer.organisation, "on__range": (span.first, span.last)}
    spent = Cost.objects.filter(**mine).order_by().values_list("activity", "kind").annotate(cents=Sum("cents"))
    for activity, kind, cents in spent:
        found[activity][kind] = cents
    tickets = TicketsHandedOut.objects.filter(**mine, activity__isnull=False).order_by()
    for activity, cents in tickets.values_list("activity").annotate(cents=Sum("cost_cents")):
        found[activity][CostKind.TICKETS] = found[activity].get(CostKind.TICKETS, 0) + cents
    return found


def _counts(rows: Iterable[Mapping[str, Any]], key: str) -> Counts:
    return {row[key]: {name: value for name, value in row.items() if name != key} for row in rows}


def _merged(*several: Counts) -> Counts:
    found: Counts = defaultdict(dict)
    for counts in several:
        for activity, values in counts.items():
            found[activity] |= values
    return found
