"""Consents, her copy, disclosures."""

from django.urls import path

from amparo.web.staff.views.consents import asking, disclosures, hers, overview

_CONSENTS = "cases/<str:code>/consents/"
_ONE = f"{_CONSENTS}<int:consent>/"

urlpatterns = [
    path(_CONSENTS, overview.Consents.as_view(), name="case_consents"),
    path(f"{_CONSENTS}hers/", hers.HerCopy.as_view(), name="consents_hers"),
    path(f"{_CONSENTS}hers/paper/", hers.HerCopyAsPdf.as_view(), name="consents_paper"),
    path(f"{_CONSENTS}ask/<slug:purpose>/", asking.Ask.as_view(), name="consent_ask"),
    path(f"{_CONSENTS}ways/<slug:several>/", asking.Ways.as_view(), name="consent_ways"),
    path(f"{_CONSENTS}ways/<slug:several>/<slug:variant>/", asking.AskForWay.as_view(), name="consent_ask_way"),
    path(f"{_CONSENTS}signatures/<int:answer>/", overview.SignatureOf.as_view(), name="consent_signature"),
    path(
        f"{_CONSENTS}signatures/<int:answer>/picture/",
        overview.PictureOfSignature.as_view(),
        name="consent_signature_picture",
    ),
    path(_ONE, overview.OneConsent.as_view(), name="consent"),
    path(f"{_ONE}ask/", asking.AskAgain.as_view(), name="consent_ask_again"),
    path(f"{_ONE}withdraw/", overview.WithdrawConsent.as_view(), name="consent_withdraw"),
    path(f"{_ONE}hers/", hers.HerCopy.as_view(), name="consent_hers"),
    path(f"{_ONE}hers/paper/", hers.HerCopyAsPdf.as_view(), name="consent_paper"),
    path("cases/<str:code>/disclosures/", disclosures.Disclosures.as_view(), name="case_disclosures"),
    path("cases/<str:code>/disclosures/new/", disclosures.RecordDisclosure.as_view(), name="disclosure_record"),
    path("cases/<str:code>/disclosures/<int:disclosure>/told/", disclosures.NoteTold.as_view(), name="disclosure_told"),
]
