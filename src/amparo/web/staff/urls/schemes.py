"""What states offer: for readers without a case, side by side for hers; the rules we go by."""

from django.urls import path

from amparo.web.staff.views.schemes import comparing, hotlines, national, own, sheet

urlpatterns = [
    path("schemes/", national.AllSchemes.as_view(), name="schemes"),
    path("hotlines/", hotlines.Hotlines.as_view(), name="hotlines"),
    path("compare/", comparing.Compare.as_view(), name="compare"),
    path("cases/<str:code>/legal/compare/", comparing.CaseCompare.as_view(), name="case_legal_compare"),
    path("cases/<str:code>/legal/sheet/", sheet.LegalSheet.as_view(), name="case_legal_sheet"),
    path("cases/<str:code>/legal/sheet/paper/", sheet.LegalSheetAsPdf.as_view(), name="case_legal_sheet_pdf"),
    path("rules/", own.AllRules.as_view(), name="overrides"),
    path("rules/<int:own>/", own.OneOwnSet.as_view(), name="override"),
    path("rules/<int:own>/withdraw/", own.WithdrawRules.as_view(), name="override_withdraw"),
    path("rules/<str:country>/change/", own.ChangeRules.as_view(), name="override_write"),
    path("schemes/<str:country>/", national.OneScheme.as_view(), name="scheme"),
]
