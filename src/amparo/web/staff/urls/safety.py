"""Addresses of a case's safety."""

from django.urls import path

from amparo.web.staff.views.safety import assessing, avoiding, incidents, overview, planning

_CASE = "cases/<str:code>/safety/"

urlpatterns = [
    path("cases/<str:code>/safety/avoids/", avoiding.Avoidances.as_view(), name="case_avoidances"),
    path("cases/<str:code>/safety/avoids/new/", avoiding.NoteAvoidance.as_view(), name="avoidance_note"),
    path("cases/<str:code>/safety/avoids/<int:avoidance>/end/", avoiding.EndAvoidance.as_view(), name="avoidance_end"),
    path(_CASE, overview.Safety.as_view(), name="case_safety"),
    path(f"{_CASE}changed/", overview.SomethingChanged.as_view(), name="safety_changed"),
    path(f"{_CASE}changed/more/", overview.NoteChange.as_view(), name="safety_change_note"),
    path(f"{_CASE}changed/<int:change>/back/", overview.TakeBackChange.as_view(), name="safety_change_back"),
    path(f"{_CASE}assess/", assessing.StartAssessment.as_view(), name="safety_assess"),
    path(f"{_CASE}assess/<int:assessment>/", assessing.Assessment.as_view(), name="safety_assessment"),
    path(f"{_CASE}assess/<int:assessment>/decide/", assessing.Decide.as_view(), name="safety_decide"),
    path(f"{_CASE}assess/<int:assessment>/<slug:area>/", assessing.AnswerArea.as_view(), name="safety_area"),
    path(f"{_CASE}incidents/new/", incidents.ReportIncident.as_view(), name="incident_report"),
    path(f"{_CASE}incidents/<int:incident>/", incidents.Incident.as_view(), name="incident"),
    path(f"{_CASE}incidents/<int:incident>/more/", incidents.FollowUp.as_view(), name="incident_follow_up"),
    path(f"{_CASE}plan/", planning.WritePlan.as_view(), name="safety_plan"),
    path(f"{_CASE}plan/versions/<int:plan_version>/", planning.PlanVersion.as_view(), name="safety_plan_version"),
    path(f"{_CASE}plan/sheet/", planning.Sheet.as_view(), name="safety_sheet"),
    path(f"{_CASE}plan/sheet.pdf", planning.SheetPdf.as_view(), name="safety_sheet_pdf"),
    path(f"{_CASE}measures/<int:measure>/", planning.ArrangeMeasure.as_view(), name="safety_measure"),
    path(f"{_CASE}measures/<int:measure>/done/", planning.FinishMeasure.as_view(), name="safety_measure_done"),
]
