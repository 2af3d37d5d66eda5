"""Opening a case in danger to life, and asking a second person for an identity."""

from django.urls import path

from amparo.web.staff.views import asking, danger

GLASS = "cases/<str:code>/danger/<int:glass>"

urlpatterns = [
    path("danger/", danger.OpenInDanger.as_view(), name="danger"),
    path(f"{GLASS}/", danger.Opened.as_view(), name="case_danger"),
    path(f"{GLASS}/end/", danger.End.as_view(), name="danger_end"),
    path(f"{GLASS}/look/", danger.LookAt.as_view(), name="danger_look"),
    path("identities/", asking.Asks.as_view(), name="identity_asks"),
    path("identities/ask/", asking.AskFor.as_view(), name="identity_ask"),
    path("cases/<str:code>/identity/asked/<int:ask>/", asking.Answer.as_view(), name="identity_answer"),
]
