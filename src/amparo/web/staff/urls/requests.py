"""The request desk. `asked` is the number of a request."""

from django.urls import path

from amparo.web.staff.views import request_answers, requests

ONE = "requests/<int:asked>/"

urlpatterns = [
    path("requests/", requests.Requests.as_view(), name="requests"),
    path("requests/new/", requests.NoteRequest.as_view(), name="request_new"),
    path(ONE, requests.Request.as_view(), name="request"),
    path(f"{ONE}about/", requests.Link.as_view(), name="request_link"),
    path(f"{ONE}paper/", requests.OpenRequestPaper.as_view(), name="request_paper"),
    path(f"{ONE}paper/add/", requests.AddPaper.as_view(), name="request_paper_add"),
    path(f"{ONE}basis/", requests.NameBasis.as_view(), name="request_basis"),
    path(f"{ONE}decision/", requests.Decide.as_view(), name="request_decide"),
    path(f"{ONE}answer/", request_answers.AnswerRequest.as_view(), name="request_answer"),
    path(f"{ONE}letter/", request_answers.RequestLetter.as_view(), name="request_letter"),
    path(f"{ONE}knowing/", requests.SettleKnowing.as_view(), name="request_told"),
    path(f"{ONE}advice/", requests.Advise.as_view(), name="request_advise"),
    path(f"{ONE}taken-back/", requests.TakeBack.as_view(), name="request_take_back"),
]
