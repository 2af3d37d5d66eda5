"""Appointments with her: planned, moved, kept, or not. Staying away costs her nothing (R17; C&H-L 368-370)."""

from dataclasses import dataclass
from datetime import date, time

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.vault import sealing
from amparo.kernel.decision import Conflict, NotThere, refused, require
from amparo.kernel.hours import is_one_moment
from amparo.kernel.labels import Label

from .acting import acting
from .dues import set_due, settle_due
from .files import CaseFile
from .models import Appointment, TeamMember
from .rules import DueKind, Meeting, Topic

SHOWN = 30


@dataclass(frozen=True)
class Plan:
    """When, where and about what; `place` is a meeting point, never an address (R13)."""

    on: date
    at: time | None
    about: Topic
    member: int
    place: str = ""


@dataclass(frozen=True)
class AppointmentFile:
    """An appointment with its meeting point opened."""

    id: int
    plan: Plan
    member_name: str
    state: Meeting
    version: int


def plan_appointment(case: CaseFile, *, by: Viewer, plan: Plan) -> int:
    """Agree on a time with her; gives its number."""
    with acting(case, by=by, part=Part.SERVICES, verb="appointment planned") as act:
        _require_fits(case, plan, by)
        row = Appointment.objects.create(
            organisation_id=case.organisation, case_id=case.id, state=Meeting.PLANNED, **_values(case, plan)
        )
        _due(case, row.pk, plan)
        act.subject, act.words = row.pk, [plan.about, plan.on.isoformat()]
    return row.pk


def move_appointment(case: CaseFile, number: int, *, by: Viewer, plan: Plan, version: int) -> None:
    """Put it at another time or place, or make a new time of one that did not take place. Raises Conflict."""
    with acting(case, by=by, part=Part.SERVICES, verb="appointment moved") as act:
        row = _locked(case, number)
        _require_fits(case, plan, by)
        if row.version != version:
            raise Conflict([("on", f"{row.on:%Y-%m-%d} {row.at:%H:%M}" if row.at else f"{row.on:%Y-%m-%d}")])
        changed = {"state": Meeting.PLANNED, "version": version + 1, **_values(case, plan)}
        Appointment.objects.filter(pk=number).update(**changed)
        _due(case, number, plan)
        act.subject, act.words = number, [plan.about, plan.on.isoformat()]


def settle_appointment(case: CaseFile, number: int, *, by: Viewer, state: Meeting) -> None:
    """Say what became of it. Nothing follows from it: no mark, no lost place (R17)."""
    if state is Meeting.PLANNED:
        require(refused("Choose what became of the appointment."))
    with acting(case, by=by, part=Part.SERVICES, verb="appointment settled") as act:
        row = _locked(case, number)
        Appointment.objects.filter(pk=number).update(state=state, version=row.version + 1)
        settle_due(case, DueKind.APPOINTMENT, subject=number)
        act.subject, act.words = number, [state, row.about]


def appointments_of(viewer: Viewer, case: CaseFile) -> list[AppointmentFile]:
    """The latest appointments, those to come first."""
    rows = Appointment.objects.filter(case=case.id, organisation=viewer.organisation).select_related("member")
    return [_file(viewer, case, row) for row in rows.order_by("-on", "-at", "-pk")[:SHOWN]]


def appointment_of(viewer: Viewer, case: CaseFile, number: int) -> AppointmentFile:
    """One appointment of this case; raises NotThere otherwise."""
    rows = Appointment.objects.filter(case=case.id, organisation=viewer.organisation, pk=number)
    row = rows.select_related("member").first()
    if row is None:
        raise NotThere
    return _file(viewer, case, row)


def _locked(case: CaseFile, number: int) -> Appointment:
    row = Appointment.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    return row


def _require_fits(case: CaseFile, plan: Plan, by: Viewer) -> None:
    member = plan.member
    if plan.at is not None:
        require(is_one_moment(plan.on, plan.at, by.time_zone))
    if not TeamMember.objects.filter(case=case.id, member=member, until=None).exists():
        require(refused("Somebody of her team meets her. Add the colleague to the team first.", "R10"))


def _due(case: CaseFile, number: int, plan: Plan) -> None:
    set_due(
        case, DueKind.APPOINTMENT, on=plan.on, at=plan.at, subject=number, member=plan.member, why=f"about_{plan.about}"
    )


def _values(case: CaseFile, plan: Plan) -> dict[str, object]:
    return {
        "member_id": plan.member,
        "about": plan.about,
        "on": plan.on,
        "at": plan.at,
        "place": sealing.seal_text(case.person, plan.place, "appointment.place"),
    }


def _file(viewer: Viewer, case: CaseFile, row: Appointment) -> AppointmentFile:
    near = case.shows(viewer, Part.SERVICES, Label.SAFETY_CRITICAL)
    place = sealing.open_text(case.person, row.place, "appointment.place") if near else ""
    return AppointmentFile(
        id=row.pk,
        plan=Plan(on=row.on, at=row.at, about=Topic(row.about), member=row.member_id, place=place),
        member_name=row.member.name,
        state=Meeting(row.state),
        version=row.version,
    )
