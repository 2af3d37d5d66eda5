"""Tickets for the way: handed out whether she comes or not (R11; C&H-L 5.5, lines 868-872)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.orgs.models import Organisation
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from .models import Activity, TicketsHandedOut

SHOWN = 10


@dataclass(frozen=True)
class Tickets:
    """Some tickets on one day; `cost_cents` is what all of them cost."""

    on: date
    number: int
    cost_cents: int
    activity: int | None = None


@dataclass(frozen=True)
class TicketsFile:
    """The latest tickets, and how many there were in all."""

    lines: tuple[tuple[Tickets, str, str], ...]  # with the activity's name and the colleague's
    number: int
    cost_cents: int
    currency: str


def tickets_of(viewer: Viewer, case: CaseFile) -> TicketsFile:
    """What was handed out; two queries."""
    require(case.readable(viewer, Part.ACTIVITIES))
    rows = TicketsHandedOut.objects.filter(case=case.id, organisation=viewer.organisation)
    total = rows.aggregate(number=Sum("number"), cents=Sum("cost_cents"))
    latest = list(rows.select_related("activity", "member").order_by("-on", "-pk")[:SHOWN])
    lines = tuple(
        (
            Tickets(row.on, row.number, row.cost_cents, row.activity_id),
            row.activity.name if row.activity else "",
            row.member.name,
        )
        for row in latest
    )
    return TicketsFile(lines, total["number"] or 0, total["cents"] or 0, latest[0].currency if latest else "")


def hand_out(case: CaseFile, *, by: Viewer, tickets: Tickets) -> int:
    """Note what was handed out, in the currency of the house; gives the number. Asks nothing in return (R11)."""
    if tickets.on > clock.today(by.time_zone):
        require(refused("This day is still to come."))
    offered = Activity.objects.filter(pk=tickets.activity or 0, organisation=case.organisation)
    if tickets.activity is not None and not offered.exists():
        raise NotThere
    with acting(case, by=by, part=Part.ACTIVITIES, verb="tickets handed out", on=tickets.on) as act:
        row = TicketsHandedOut.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            activity_id=tickets.activity,
            on=tickets.on,
            number=tickets.number,
            cost_cents=tickets.cost_cents,
            currency=Organisation.objects.values_list("currency", flat=True).get(pk=case.organisation),
            member_id=by.member,
            noted_at=clock.now(),
        )
        act.subject, act.words = row.pk, [str(tickets.number)]
    return row.pk
