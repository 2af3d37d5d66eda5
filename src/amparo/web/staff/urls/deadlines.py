"""Deadlines, wherever they come from."""

from django.urls import path

from amparo.web.staff.views import deadlines

CASE = "cases/<str:code>/legal"

urlpatterns = [
    path(f"{CASE}/deadlines/<int:due>/seen/", deadlines.SeeDeadline.as_view(), name="case_deadline_seen"),
]
