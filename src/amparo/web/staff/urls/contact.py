"""How she may be reached."""

from django.urls import path

from amparo.web.staff.views import contact

urlpatterns = [
    path("cases/<str:code>/contact/", contact.Contact.as_view(), name="case_contact"),
    path("cases/<str:code>/contact/<slug:channel>/", contact.AgreeOnContact.as_view(), name="contact_agree"),
]
