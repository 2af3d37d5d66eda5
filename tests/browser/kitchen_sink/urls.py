"""Addresses of the kitchen sink, and of what every page links to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.i18n import set_language

from . import views


def leave(request: HttpRequest) -> HttpResponse:
    """Where leaving quickly leads."""
    return render(request, "public/leave.html", {"destination": "/elsewhere/"})


def safety(request: HttpRequest) -> HttpResponse:
    """What leaving quickly does and does not do."""
    return render(request, "public/leave_safety.html")


def error(request: HttpRequest, name: str) -> HttpResponse:
    """An error page, answered with 200 so that it can be looked at."""
    return render(request, f"{name}.html")


urlpatterns = [
    path("ks/", views.case, name="today"),
    path("ks/form/", views.form, name="ks_form"),
    path("ks/tasks/", views.tasks, name="ks_tasks"),
    path("ks/sheet/", views.sheet, name="ks_sheet"),
    path("ks/error/<path:name>/", error, name="ks_error"),
    path("leave/", leave, name="leave"),
    path("leave/safety/", safety, name="leave_safety"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("elsewhere/", lambda request: HttpResponse("The weather is fine.")),
]
