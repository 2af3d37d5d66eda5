"""How she may be reached."""

from django.urls import path

from amparo.web.staff.views import calls, contact

urlpatterns = [
    path("cases/<str:code>/contact/", contact.Contact.as_view(), name="case_contact"),
    path("cases/<str:code>/contact/<slug:channel>/", contact.AgreeOnContact.as_view(), name="contact_agree"),
    path("cases/<str:code>/reminders/<int:reminder>/stop/", contact.StopReminder.as_view(), name="reminder_stop"),
    path("cases/<str:code>/reminders/<int:reminder>/told/", contact.ToldHer.as_view(), name="reminder_told"),
    path("cases/<str:code>/reminders/<int:call>/tick/", calls.TickCall.as_view(), name="call_tick"),
    path("cases/<str:code>/reminders/<int:call>/mine/", calls.TakeCall.as_view(), name="call_take"),
    path("cases/<str:code>/reminders/<int:call>/back/", calls.GiveCallBack.as_view(), name="call_give_back"),
    path("calls/", calls.Calls.as_view(), name="calls"),
    path("calls/paper/", calls.CallsOnPaper.as_view(), name="calls_paper"),
]
