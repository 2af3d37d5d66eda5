"""Her rights over her file."""

from django.urls import path

from amparo.web.staff.views.rights import overview, restricting

RIGHTS = "cases/<str:code>/rights"

urlpatterns = [
    path(f"{RIGHTS}/", overview.HerRights.as_view(), name="case_rights"),
    path(f"{RIGHTS}/sheet/", overview.RightsSheet.as_view(), name="rights_sheet"),
    path(f"{RIGHTS}/sheet/paper/", overview.RightsSheetAsPdf.as_view(), name="rights_sheet_pdf"),
    path(f"{RIGHTS}/hold/", restricting.Restrict.as_view(), name="rights_hold"),
    path(f"{RIGHTS}/hold/<int:restriction>/lift/", restricting.Lift.as_view(), name="rights_lift"),
    path(f"{RIGHTS}/read/<str:thing>/", restricting.ReadHeld.as_view(), name="rights_read"),
]
