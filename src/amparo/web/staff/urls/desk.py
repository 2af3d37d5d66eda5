"""The data protection officer's desk, and her list of readers within a case."""

from django.urls import path

from amparo.web.staff.views import readers
from amparo.web.staff.views.desk import alerts, disclosures, log

urlpatterns = [
    path("desk/", alerts.Desk.as_view(), name="desk"),
    path("desk/look/", alerts.LookNow.as_view(), name="desk_look"),
    path("desk/alerts/<int:alert>/", alerts.LookAtAlert.as_view(), name="desk_alert"),
    path("desk/settings/", alerts.ReadingSettings.as_view(), name="desk_settings"),
    path("desk/log/", log.Log.as_view(), name="desk_log"),
    path("desk/log/table/", log.TakeOutLog.as_view(), name="desk_log_table"),
    path("desk/disclosures/", disclosures.Ledger.as_view(), name="desk_disclosures"),
    path("desk/disclosures/table/", disclosures.TakeOutLedger.as_view(), name="desk_disclosures_table"),
    path("cases/<str:code>/readers/", readers.CaseReaders.as_view(), name="case_readers"),
    path("cases/<str:code>/readers/paper/", readers.CaseReadersPaper.as_view(), name="case_readers_paper"),
]
