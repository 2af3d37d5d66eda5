"""Addresses of her legal status."""

from django.urls import path

from amparo.web.staff.views.legal import answering, applications, changes, countries, facts, overview

_CASE = "cases/<str:code>/legal/"
_ONE = f"{_CASE}applications/<int:application>/"

urlpatterns = [
    path("legal/changes/", changes.Changes.as_view(), name="legal_changes"),
    path(_CASE, overview.Legal.as_view(), name="case_legal"),
    path(f"{_CASE}questions/<slug:questions>/", facts.Questions.as_view(), name="case_legal_questions"),
    path(f"{_CASE}facts/<slug:fact>/", facts.OneFact.as_view(), name="case_legal_fact"),
    path(f"{_CASE}facts/<slug:fact>/answer/", answering.AnswerNow.as_view(), name="case_legal_answer"),
    path(f"{_CASE}take-over/", answering.TakeOver.as_view(), name="case_legal_take_over"),
    path(f"{_CASE}countries/", countries.ChooseCountry.as_view(), name="case_legal_country"),
    path(f"{_CASE}countries/<slug:country>/leave/", countries.LeaveCountryOut.as_view(), name="case_legal_leave"),
    path(f"{_CASE}changes/", changes.CaseChanges.as_view(), name="case_legal_changes"),
    path(f"{_CASE}changes/looked/", answering.LookedAt.as_view(), name="case_legal_looked"),
    path(f"{_CASE}applications/add/", applications.AddApplication.as_view(), name="case_application_add"),
    path(_ONE, applications.ChangeApplication.as_view(), name="case_application"),
    path(f"{_ONE}move/", applications.MoveApplication.as_view(), name="case_application_move"),
]
