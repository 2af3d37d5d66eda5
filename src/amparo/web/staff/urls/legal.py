"""Addresses of her legal status."""

from django.urls import path

from amparo.web.staff.views.legal import facts, overview

_CASE = "cases/<str:code>/legal/"

urlpatterns = [
    path(_CASE, overview.Legal.as_view(), name="case_legal"),
    path(f"{_CASE}questions/<slug:questions>/", facts.Questions.as_view(), name="case_legal_questions"),
    path(f"{_CASE}facts/<slug:fact>/", facts.OneFact.as_view(), name="case_legal_fact"),
]
