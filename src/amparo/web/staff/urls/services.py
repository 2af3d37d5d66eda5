"""Services delivered and appointments."""

from django.urls import path

from amparo.areas.cases.rules import Meeting
from amparo.web.staff.views import appointments, services

CASE = "cases/<str:code>"
ONE = f"{CASE}/appointments/<int:appointment>"

urlpatterns = [
    path(f"{CASE}/services/", services.Services.as_view(), name="case_services"),
    path(f"{CASE}/services/new/", services.NoteService.as_view(), name="service_note"),
    path(f"{CASE}/services/<int:service>/", services.CorrectService.as_view(), name="service_correct"),
    path(f"{CASE}/services/<int:service>/back/", services.TakeBackService.as_view(), name="service_take_back"),
    path(f"{CASE}/appointments/", appointments.Appointments.as_view(), name="case_appointments"),
    path(f"{CASE}/appointments/new/", appointments.PlanAppointment.as_view(), name="appointment_plan"),
    path(f"{ONE}/", appointments.Appointment.as_view(), name="appointment"),
    path(f"{ONE}/came/", appointments.SettleAppointment.as_view(), name="appointment_attended"),
    path(f"{ONE}/could-not-come/", appointments.CouldNotCome.as_view(), name="appointment_missed"),
    path(
        f"{ONE}/called-off/",
        appointments.SettleAppointment.as_view(state=Meeting.CALLED_OFF),
        name="appointment_called_off",
    ),
]
