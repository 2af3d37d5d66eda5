"""A member's own calendar."""

from django.urls import path

from amparo.web.staff.views import calendars

urlpatterns = [
    path("calendar/<str:secret>.ics", calendars.calendar, name="calendar"),
    path("calendars/", calendars.Calendars.as_view(), name="calendars"),
    path("calendars/new/", calendars.MakeCalendar.as_view(), name="calendar_make"),
    path("calendars/<int:calendar>/withdraw/", calendars.WithdrawCalendar.as_view(), name="calendar_withdraw"),
]
