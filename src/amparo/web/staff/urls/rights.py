"""Her rights over her file."""

from django.urls import path

from amparo.web.staff.views.rights import copying, correcting, erasing, keeping, overview, restricting

RIGHTS = "cases/<str:code>/rights"

urlpatterns = [
    path(f"{RIGHTS}/", overview.HerRights.as_view(), name="case_rights"),
    path(f"{RIGHTS}/sheet/", overview.RightsSheet.as_view(), name="rights_sheet"),
    path(f"{RIGHTS}/sheet/paper/", overview.RightsSheetAsPdf.as_view(), name="rights_sheet_pdf"),
    path(f"{RIGHTS}/hold/", restricting.Restrict.as_view(), name="rights_hold"),
    path(f"{RIGHTS}/hold/<int:restriction>/lift/", restricting.Lift.as_view(), name="rights_lift"),
    path(f"{RIGHTS}/read/<str:thing>/", restricting.ReadHeld.as_view(), name="rights_read"),
    path(f"{RIGHTS}/copy/", copying.CopyOfHerFile.as_view(), name="rights_copy"),
    path(f"{RIGHTS}/correct/", correcting.AskToCorrect.as_view(), name="rights_correct"),
    path(f"{RIGHTS}/correct/<int:correction>/", correcting.DecideCorrection.as_view(), name="rights_correction"),
    path(f"{RIGHTS}/longer/", keeping.KeepLonger.as_view(), name="rights_longer"),
    path("keeping/", keeping.Keeping.as_view(), name="keeping"),
    path("keeping/<str:keep>/", keeping.ChangePeriod.as_view(), name="keeping_period"),
    path(f"{RIGHTS}/erase/", erasing.AskToErase.as_view(), name="rights_erase"),
    path(f"{RIGHTS}/erase/<int:erasure>/", erasing.ErasurePage.as_view(), name="rights_erasure"),
    path(f"{RIGHTS}/erase/<int:erasure>/agree/", erasing.Agree.as_view(), name="rights_erasure_agree"),
    path(f"{RIGHTS}/erase/<int:erasure>/off/", erasing.CallOff.as_view(), name="rights_erasure_off"),
    path(f"{RIGHTS}/erase/<int:erasure>/now/", erasing.CarryOut.as_view(), name="rights_erasure_now"),
]
