"""Reading about her safety. Everything starts from a case that `case_for` gave out, and asks for its safety again."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.files import CaseFile
from amparo.kernel.decision import NotThere, require

from .files import (
    AssessmentFile,
    AssessmentLine,
    ChangeFile,
    IncidentFile,
    MeasureFile,
    PlanFile,
    assessment_file,
    change_file,
    incident_file,
    measure_file,
    plan_file,
)
from .models import Assessment, Change, Incident, Measure, SafetyPlan

PAGE = 25
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Draft:
    """An assessment that somebody began and nobody decided yet."""

    id: int
    started_by_name: str
    started_at: datetime


def assessments_of(viewer: Viewer, case: CaseFile) -> list[AssessmentLine]:
    """The decided assessments, latest first, at most 25."""
    rows = _rows(Assessment.objects.all(), viewer, case).exclude(decided_at=None).order_by("-decided_at", "-pk")
    columns = ("pk", "level", "proposed_level", "decided_on", "decided_by__name")
    return [AssessmentLine(*row) for row in rows.values_list(*columns)[:PAGE]]


def draft_of(viewer: Viewer, case: CaseFile) -> Draft | None:
    """The assessment that is being filled in; None where there is none."""
    row = _rows(Assessment.objects.all(), viewer, case).filter(decided_at=None).select_related("started_by").first()
    return Draft(row.pk, row.started_by.name, row.started_at) if row else None


def assessment_of(viewer: Viewer, case: CaseFile, number: int) -> AssessmentFile:
    """One assessment; raises NotThere."""
    row = (
        _rows(Assessment.objects.all(), viewer, case)
        .select_related("started_by", "decided_by")
        .filter(pk=number)
        .first()
    )
    if row is None:
        raise NotThere
    return assessment_file(case, row, counted_before(case, row))


def assessment_before(viewer: Viewer, case: CaseFile, number: int) -> AssessmentFile | None:
    """The assessment that was decided last before this one was begun."""
    rows = _rows(Assessment.objects.all(), viewer, case).select_related("started_by", "decided_by")
    row = rows.filter(pk__lt=number).exclude(decided_at=None).order_by("-pk").first()
    return assessment_file(case, row, {}) if row else None


def changes_looked_at(viewer: Viewer, case: CaseFile, assessment: int) -> list[ChangeFile]:
    """What had changed when this assessment was decided, oldest first."""
    rows = (
        _rows(Change.objects.all(), viewer, case)
        .filter(assessment=assessment)
        .select_related("member")
        .order_by("on", "pk")
    )
    return [change_file(case, row) for row in rows]


def changes_waiting(viewer: Viewer, case: CaseFile) -> list[ChangeFile]:
    """What changed and no assessment has looked at yet, oldest first."""
    return [change_file(case, row) for row in _waiting(viewer, case).order_by("on", "pk")[:PAGE]]


def change_waiting(viewer: Viewer, case: CaseFile, number: int) -> ChangeFile:
    """One that no assessment has looked at yet; raises NotThere."""
    row = _waiting(viewer, case).filter(pk=number).first()
    if row is None:
        raise NotThere
    return change_file(case, row)


def incidents_of(viewer: Viewer, case: CaseFile) -> list[IncidentFile]:
    """The latest 25 incidents, latest first."""
    rows = _rows(Incident.objects.all(), viewer, case).select_related("member").order_by("-happened_at", "-pk")
    return [incident_file(case, row) for row in rows[:PAGE]]


def incident_of(viewer: Viewer, case: CaseFile, number: int) -> IncidentFile:
    """One incident; raises NotThere."""
    row = _rows(Incident.objects.all(), viewer, case).select_related("member").filter(pk=number).first()
    if row is None:
        raise NotThere
    return incident_file(case, row)


def plan_of(viewer: Viewer, case: CaseFile, number: int = 0) -> PlanFile | None:
    """Her safety plan: this version of it, or the latest; None where there is none."""
    plans = _rows(SafetyPlan.objects.all(), viewer, case).select_related("member").order_by("-number")
    row = (plans.filter(number=number) if number else plans).first()
    if row is None:
        return None
    in_it = Q(since__lte=row.number) & (Q(left_out=None) | Q(left_out__gt=row.number))
    return plan_file(case, row, list(_rows(Measure.objects.all(), viewer, case).filter(in_it)))


def measure_of(viewer: Viewer, case: CaseFile, number: int) -> MeasureFile:
    """One measure that stands in the plan now; raises NotThere."""
    row = _rows(Measure.objects.all(), viewer, case).filter(pk=number, left_out=None).first()
    if row is None:
        raise NotThere
    return measure_file(case, row)


def counted_before(case: CaseFile, row: Assessment) -> dict[str, str]:
    """The answers that counted at the assessment before this one."""
    rows = Assessment.objects.filter(case=case.id, instrument=row.instrument, pk__lt=row.pk).exclude(decided_at=None)
    return rows.order_by("-pk").values_list("counted", flat=True).first() or {}


def _waiting(viewer: Viewer, case: CaseFile) -> QuerySet[Change]:
    rows = _rows(Change.objects.all(), viewer, case).filter(assessment=None, taken_back_at=None)
    return rows.select_related("member")


def _rows(rows: QuerySet[Row], viewer: Viewer, case: CaseFile) -> QuerySet[Row]:
    require(case.readable(viewer, Part.SAFETY))
    return rows.filter(case=case.id, organisation=viewer.organisation)
