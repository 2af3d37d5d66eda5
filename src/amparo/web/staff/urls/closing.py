"""Closing, follow-up, coming back; the summary on paper."""

from django.urls import path

from amparo.web.staff.views import closing, summary

CASE = "cases/<str:code>"

urlpatterns = [
    path(f"{CASE}/closing/", closing.Closing.as_view(), name="case_close"),
    path(f"{CASE}/closing/now/", closing.CloseCase.as_view(), name="case_close_now"),
    path(f"{CASE}/closing/back/", closing.ComeBack.as_view(), name="case_come_back"),
    path(f"{CASE}/follow-up/<int:number>/done/", closing.FollowUpDone.as_view(), name="follow_up_done"),
    path(f"{CASE}/follow-up/end/", closing.EndFollowUp.as_view(), name="follow_up_end"),
    path(f"{CASE}/summary/", summary.Summary.as_view(), name="case_summary"),
]
