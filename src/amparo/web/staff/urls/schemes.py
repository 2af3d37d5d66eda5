"""What states offer: for readers without a case, and side by side for hers."""

from django.urls import path

from amparo.web.staff.views.schemes import comparing, hotlines, national, sheet

urlpatterns = [
    path("schemes/", national.AllSchemes.as_view(), name="schemes"),
    path("hotlines/", hotlines.Hotlines.as_view(), name="hotlines"),
    path("compare/", comparing.Compare.as_view(), name="compare"),
    path("cases/<str:code>/legal/compare/", comparing.CaseCompare.as_view(), name="case_legal_compare"),
    path("cases/<str:code>/legal/sheet/", sheet.LegalSheet.as_view(), name="case_legal_sheet"),
    path("cases/<str:code>/legal/sheet/paper/", sheet.LegalSheetAsPdf.as_view(), name="case_legal_sheet_pdf"),
    path("schemes/<str:country>/", national.OneScheme.as_view(), name="scheme"),
]
