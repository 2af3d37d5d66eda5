"""Her papers."""

from django.urls import path

from amparo.web.staff.views import papers

PAPERS = "cases/<str:code>/papers"

urlpatterns = [
    path(f"{PAPERS}/", papers.Papers.as_view(), name="case_papers"),
    path(f"{PAPERS}/new/", papers.AddPaper.as_view(), name="paper_add"),
    path(f"{PAPERS}/<int:paper>/", papers.OpenPaper.as_view(), name="paper_open"),
    path(f"{PAPERS}/<int:paper>/remove/", papers.RemovePaper.as_view(), name="paper_remove"),
]
