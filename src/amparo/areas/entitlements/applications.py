"""Her documents and applications: what she has, what was asked of which office, and until when it is valid."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.deadlines import keep_deadline
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require
from amparo.kernel.labels import Label

from . import paperwork
from .models import Application
from .rules.applications import NO_DAYS, Days, State, may_stand, state_on, watched_until, with_day


@dataclass(frozen=True)
class Filled:
    """A document or an application as it is filled in; `permit` names a permit of the rules, if it is for one."""

    kind: str
    country: str
    status: State
    days: Days = NO_DAYS
    permit: str = ""
    where: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True)
class ApplicationFile:
    """The same as the screens show it; `state` says where it stands today."""

    id: int
    filled: Filled
    state: State
    member_name: str
    version: int
    shows_reference: bool = True


def add_application(case: CaseFile, *, by: Viewer, filled: Filled) -> int:
    """Note a document or an application; gives its number."""
    with acting(case, by=by, part=Part.LEGAL, verb="application noted") as act:
        row = Application(organisation_id=case.organisation, case_id=case.id, member_id=by.member)
        row.noted_at = clock.now()
        _fill(case, row, filled, by=by)
        row.save()
        _keep_due(case, row)
        act.subject, act.words = row.pk, [filled.kind, filled.status]
    return row.pk


def change_application(case: CaseFile, number: int, *, by: Viewer, filled: Filled, version: int) -> None:
    """Change it. Raises Conflict where a colleague did since it was shown."""
    with acting(case, by=by, part=Part.LEGAL, verb="application changed") as act:
        row = _locked(case, number)
        if row.version != version:
            raise Conflict(_theirs(case, row), who=row.member.name)
        _fill(case, row, filled, by=by)
        row.version += 1
        row.save()
        _keep_due(case, row)
        act.subject, act.words = number, [filled.kind, filled.status]


def move_application(case: CaseFile, number: int, *, by: Viewer, status: State) -> None:
    """It stands there from today on: requested, received, refused, appealed against."""
    today = clock.today(by.time_zone)
    with acting(case, by=by, part=Part.LEGAL, verb="application moved", on=today) as act:
        row = _locked(case, number)
        days = with_day(status, _days(row), today)
        require(may_stand(status, days, today=today))
        row.status = status
        _put_days(row, days)
        row.version += 1
        row.save()
        _keep_due(case, row)
        act.subject, act.words = number, [row.kind, status]


def applications_of(viewer: Viewer, case: CaseFile) -> list[ApplicationFile]:
    """Everything of hers, in the order of the kinds; what she has not got yet stands before what she has."""
    rows = _rows(viewer, case).select_related("member")
    order = list(paperwork.kinds())
    found = [_file(viewer, case, row) for row in rows]
    return sorted(found, key=lambda one: (one.state is State.RECEIVED, order.index(one.filled.kind), one.id))


def application_of(viewer: Viewer, case: CaseFile, number: int) -> ApplicationFile:
    """One of them; raises NotThere."""
    row = _rows(viewer, case).select_related("member").filter(pk=number).first()
    if row is None:
        raise NotThere
    return _file(viewer, case, row)


def _rows(viewer: Viewer, case: CaseFile) -> QuerySet[Application]:
    require(case.readable(viewer, Part.LEGAL))
    return Application.objects.filter(case=case.id, organisation=viewer.organisation)


def _locked(case: CaseFile, number: int) -> Application:
    row = (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("member")
        .filter(pk=number, case=case.id)
    )
    found = row.first()
    if found is None:
        raise NotThere
    return found


def _fill(case: CaseFile, row: Application, filled: Filled, *, by: Viewer) -> None:
    require(may_stand(filled.status, filled.days, today=clock.today(by.time_zone)))
    row.kind, row.country, row.permit, row.status = filled.kind, filled.country, filled.permit, filled.status
    _put_days(row, filled.days)
    row.where = sealing.seal_text(case.person, filled.where, "application.where")
    row.reference = sealing.seal_text(case.person, filled.reference, "application.reference")
    row.note = sealing.seal_text(case.person, filled.note, "application.note")


def _days(row: Application) -> Days:
    return Days(row.requested_on, row.received_on, row.refused_on, row.appealed_on, row.expires_on)


def _put_days(row: Application, days: Days) -> None:
    row.requested_on, row.received_on, row.refused_on = days.requested, days.received, days.refused
    row.appealed_on, row.expires_on = days.appealed, days.expires


def _keep_due(case: CaseFile, row: Application) -> None:
    keep_deadline(case, DueKind.EXPIRY, subject=row.pk, on=watched_until(State(row.status), row.expires_on))


def _theirs(case: CaseFile, row: Application) -> list[tuple[str, str]]:
    filled = _filled(case, row)
    days = [(name, getattr(filled.days, name)) for name in ("requested", "received", "refused", "appealed", "expires")]
    words = [("where", filled.where), ("reference", filled.reference), ("note", filled.note)]
    return [*((name, day.isoformat()) for name, day in days if day), *((name, text) for name, text in words if text)]


def _filled(case: CaseFile, row: Application) -> Filled:
    return Filled(
        kind=row.kind,
        country=row.country,
        status=State(row.status),
        days=_days(row),
        permit=row.permit,
        where=sealing.open_text(case.person, row.where, "application.where"),
        reference=sealing.open_text(case.person, row.reference, "application.reference"),
        note=sealing.open_text(case.person, row.note, "application.note"),
    )


def _file(viewer: Viewer, case: CaseFile, row: Application) -> ApplicationFile:
    filled = _filled(case, row)
    near = bool(case.shows(viewer, Part.LEGAL, Label.SAFETY_CRITICAL))
    return ApplicationFile(
        id=row.pk,
        filled=filled if near else replace(filled, reference=""),
        state=state_on(filled.status, row.expires_on, clock.today(viewer.time_zone)),
        member_name=row.member.name,
        version=row.version,
        shows_reference=near,
    )
