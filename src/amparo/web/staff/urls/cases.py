"""Today, the list, one case, its notes and history."""

from django.urls import path

from amparo.web.staff.views import cases, identity, notes, today

urlpatterns = [
    path("", today.Today.as_view(), name="today"),
    path("second-step/", today.second_step_first, name="second_step_first"),
    path("cases/", cases.CaseList.as_view(), name="cases"),
    path("cases/<str:code>/", cases.Now.as_view(), name="case"),
    path("cases/<str:code>/history/", cases.History.as_view(), name="case_history"),
    path("cases/<str:code>/notes/", notes.Notes.as_view(), name="case_notes"),
    path("cases/<str:code>/notes/new/", notes.WriteNote.as_view(), name="note_write"),
    path("cases/<str:code>/notes/<int:note>/correct/", notes.CorrectNote.as_view(), name="note_correct"),
    path("cases/<str:code>/identity/", identity.OpenIdentity.as_view(), name="case_identity"),
    path("cases/<str:code>/identity/open/", identity.ShowIdentity.as_view(), name="identity_shown"),
    path("cases/<str:code>/identity/close/", identity.CloseIdentity.as_view(), name="identity_close"),
]
