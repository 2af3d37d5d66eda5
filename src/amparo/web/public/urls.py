"""Addresses that need no sign-in and show nothing of anyone."""

from django.urls import path

from . import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("leave/", views.leave, name="leave"),
    path("leave/safety/", views.leave_safety, name="leave_safety"),
    path("language/", views.set_language, name="set_language"),
]
