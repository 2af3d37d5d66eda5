"""Deadlines, wherever they come from, and the staged schemes that are followed for her."""

from django.urls import path

from amparo.web.staff.views.legal import deadlines, pathway_events, pathways

CASE = "cases/<str:code>/legal"

urlpatterns = [
    path(f"{CASE}/deadlines/<int:due>/seen/", deadlines.SeeDeadline.as_view(), name="case_deadline_seen"),
    path(f"{CASE}/pathways/", pathways.Pathways.as_view(), name="case_pathways"),
    path(f"{CASE}/pathways/new/", pathways.BeginPathway.as_view(), name="case_pathway_begin"),
    path(f"{CASE}/pathways/<int:run>/end/", pathways.EndPathway.as_view(), name="case_pathway_end"),
    path(f"{CASE}/stages/<int:stage>/dealt-with/", pathways.HandleStage.as_view(), name="case_pathway_handled"),
    path(f"{CASE}/stages/<int:stage>/<slug:what>/", pathway_events.RecordEvent.as_view(), name="case_pathway_record"),
    path(f"{CASE}/events/<int:event>/", pathway_events.CorrectEvent.as_view(), name="case_pathway_correct"),
]
