"""Reading: the signed-in person's cases, and the parts of one that are open to her or him."""

from datetime import timedelta
from decimal import Decimal
from typing import Literal

from django.http import HttpRequest
from ninja import Router

from amparo.areas.access.rules import Part, Task, Viewer
from amparo.areas.cases import appointments as meetings
from amparo.areas.cases import dues, queries
from amparo.areas.cases import services as deliveries
from amparo.areas.cases.rules import Status
from amparo.areas.plans import queries as plans
from amparo.kernel import clock

from . import shapes
from .seats import case_of, viewer_for

router = Router()
CASE = "/cases/{code}"
ERRORS = {401: shapes.Problem, 403: shapes.Problem, 404: shapes.Problem, 410: shapes.Problem, 422: shapes.Problem}


@router.get("/cases", url_name="api_cases", response={200: shapes.Heads, **ERRORS})
def cases(
    request: HttpRequest,
    page: shapes.Page = 1,
    status: Status | None = None,
    due: Literal["overdue", "week"] | None = None,
    mine: bool = False,
) -> shapes.Heads:
    """The cases that you may know of, newest first, 25 a page."""
    viewer = viewer_for(request, Task.LIST_CASES)
    found = queries.case_list(
        viewer, queries.Filters(status=status.value if status else "", due=due or "", mine=mine), page=page
    )
    return shapes.Heads(cases=[_head(viewer, one) for one in found.cases], page=found.page, more=found.more)


@router.get("/due", url_name="api_due", response={200: shapes.Dues, **ERRORS})
def due(request: HttpRequest, days: Literal[1, 7, 30] = 7) -> shapes.Dues:
    """What is due in your cases within so many days, and what is overdue."""
    viewer = viewer_for(request, Task.LIST_CASES)
    until = clock.today(viewer.time_zone) + timedelta(days=days)
    return shapes.Dues(due=[_due(one) for one in dues.due_lines(viewer, until=until)])


@router.get(CASE, url_name="api_case", response={200: shapes.Head, **ERRORS})
def case(request: HttpRequest, code: str) -> shapes.Head:
    """One case: where it stands, who her referent is."""
    viewer, found = case_of(request, code, Part.HEAD)
    return _head(viewer, found)


@router.get(f"{CASE}/due", url_name="api_case_due", response={200: shapes.Dues, **ERRORS})
def case_due(request: HttpRequest, code: str) -> shapes.Dues:
    """What is due in one case, earliest first."""
    viewer, found = case_of(request, code, Part.HEAD)
    return shapes.Dues(due=[_due(one) for one in dues.due_of_case(viewer, found)])


@router.get(f"{CASE}/notes", url_name="api_notes", response={200: shapes.Notes, **ERRORS})
def notes(request: HttpRequest, code: str, page: shapes.Page = 1) -> shapes.Notes:
    """The notes that are for you, latest first, 25 a page."""
    viewer, found = case_of(request, code, Part.NOTES)
    lines, more = queries.notes_of(viewer, found, page=page)
    return shapes.Notes(notes=[_note(one) for one in lines], page=page, more=more)


@router.get(f"{CASE}/services", url_name="api_services", response={200: shapes.Services, **ERRORS})
def services(request: HttpRequest, code: str, page: shapes.Page = 1) -> shapes.Services:
    """What was done with her or for her, latest first, 25 a page."""
    viewer, found = case_of(request, code, Part.SERVICES)
    lines, more = deliveries.services_of(viewer, found, page=page)
    return shapes.Services(services=[_service(one) for one in lines], page=page, more=more)


@router.get(f"{CASE}/appointments", url_name="api_appointments", response={200: shapes.Appointments, **ERRORS})
def appointments(request: HttpRequest, code: str) -> shapes.Appointments:
    """The latest appointments with her, those to come first."""
    viewer, found = case_of(request, code, Part.SERVICES)
    return shapes.Appointments(appointments=[_appointment(one) for one in meetings.appointments_of(viewer, found)])


@router.get(f"{CASE}/plan", url_name="api_plan", response={200: shapes.Plan, **ERRORS})
def plan(request: HttpRequest, code: str) -> shapes.Plan:
    """Her plan as it stands."""
    viewer, found = case_of(request, code, Part.PLAN)
    hers = plans.plan_of(viewer, found)
    return shapes.Plan(
        needs=[_need(one) for one in hers.needs],
        past_needs=[_need(one) for one in hers.past_needs],
        other_goals=[_goal(one) for one in hers.other_goals],
        review_on=hers.review_on,
    )


def _head(viewer: Viewer, case: queries.CaseFile) -> shapes.Head:
    knows_risk = bool(case.readable(viewer, Part.CONTACT))
    return shapes.Head(
        code=case.code,
        status=case.status,
        referent=case.referent_name,
        in_team=case.in_team,
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        called=case.called or None,
        risk_level=(case.risk_level or None) if knows_risk else None,
        risk_on=case.risk_on if knows_risk else None,
    )


def _due(one: dues.DueLine) -> shapes.Due:
    called = one.called or None
    return shapes.Due(kind=one.kind, on=one.on, at=one.at, when=one.when, code=one.code, called=called, mine=one.mine)


def _note(one: queries.NoteFile) -> shapes.Note:
    return shapes.Note(
        number=one.id,
        author=one.author_name,
        audience=one.audience,
        happened_on=one.happened_on,
        text=one.text,
        written_at=one.written_at,
        version=one.version,
    )


def _service(one: deliveries.ServiceLine) -> shapes.Service:
    what = one.what
    return shapes.Service(
        number=one.id,
        by=one.member_name,
        kind=what.kind,
        on=what.on,
        minutes=what.minutes,
        cost=None if what.cost_cents is None else Decimal(what.cost_cents) / 100,
        note=what.note,
    )


def _appointment(one: meetings.AppointmentFile) -> shapes.Appointment:
    when = one.plan
    return shapes.Appointment(
        number=one.id,
        on=when.on,
        at=when.at,
        about=when.about,
        place=when.place,
        with_colleague=one.member_name,
        state=one.state,
    )


def _need(one: plans.NeedFile) -> shapes.Need:
    return shapes.Need(
        number=one.id,
        domain=one.domain,
        her_words=one.said.words if one.said else None,
        our_view=one.our_view,
        status=one.status,
        goals=[_goal(goal) for goal in one.goals],
    )


def _goal(one: plans.GoalFile) -> shapes.Goal:
    steps = [
        shapes.Step(number=step.id, words=step.words, by=step.by, due_on=step.due_on, done_on=step.done_on)
        for step in one.steps
    ]
    return shapes.Goal(number=one.id, domain=one.domain, words=one.words, status=one.status, steps=steps)
