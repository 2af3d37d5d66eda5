"""Sessions as they are held: lists, who came, and what her team makes of it."""

from django.urls import path

from amparo.web.staff.views.held import evaluating, figures, hers, issuing, on_paper, sessions

_ONE = "sessions/held/<int:held>/"
_HERS = "cases/<str:code>/activities/sessions/"

urlpatterns = [
    path("sessions/today/", sessions.OwnSessions.as_view(), name="held_today"),
    path(_ONE, sessions.OneSession.as_view(), name="held_session"),
    path(f"{_ONE}word/<int:seat>/", sessions.TellHerTeam.as_view(), name="held_word"),
    path(f"{_ONE}paper/", on_paper.ListOnPaper.as_view(), name="held_paper"),
    path(f"{_ONE}hand/<int:seat>/", evaluating.HandOver.as_view(), name="held_hand"),
    path("sessions/questions/<str:moment>/", on_paper.OnPaper.as_view(), name="held_questions"),
    path("page/", evaluating.InHerHands.as_view(), name="handed"),
    path("page/late/", evaluating.SaveLate.as_view(), name="handed_late"),
    path("page/back/", evaluating.TakeBack.as_view(), name="handed_back"),
    path(_HERS, hers.HerSessions.as_view(), name="case_sessions"),
    path(f"{_HERS}room/", hers.WriteRoomWords.as_view(), name="room_words"),
    path(f"{_HERS}came/<int:held>/", hers.WriteWhoCame.as_view(), name="room_came"),
    path(f"{_HERS}ask/<int:course>/", hers.AskAfter.as_view(), name="case_ask_after"),
    path(f"{_HERS}late/<int:course>/", hers.SaveWhatCameLate.as_view(), name="case_said_late"),
    path(f"{_HERS}certificate/<int:course>/", hers.GiveCertificate.as_view(), name="room_certificate"),
    path("sessions/figures/", figures.ActivityFigures.as_view(), name="activity_figures"),
    path("sessions/figures/table/", figures.ActivityFiguresAsTable.as_view(), name="activity_figures_table"),
    path("sessions/figures/cost/", figures.NoteCost.as_view(), name="activity_cost"),
    path("certificates/issuer/", issuing.NameIssuer.as_view(), name="certificate_issuer"),
    path("certificates/", issuing.AskNumber.as_view(), name="certificate_number"),
]
