"""Referrals in, and the first interview."""

from django.urls import path

from amparo.web.staff.views import deciding, interviews, referral_pages, referrals

_REFERRAL = "referrals/<int:referral>/"
_CASE = "cases/<str:code>/"

urlpatterns = [
    path("referrals/", referrals.Referrals.as_view(), name="referrals"),
    path("referrals/new/", referrals.NewReferral.as_view(), name="referral_new"),
    path("referrals/start/", referrals.StartReferral.as_view(), name="referral_start"),
    path(_REFERRAL, referrals.Overview.as_view(), name="referral"),
    *(
        path(f"{_REFERRAL}{page.which}/", page.as_view(), name=f"referral_{page.which}")
        for page in referral_pages.PAGES
    ),
    path(f"{_REFERRAL}hand-in/", referrals.HandIn.as_view(), name="referral_hand_in"),
    path(f"{_REFERRAL}discard/", referrals.DiscardDraft.as_view(), name="referral_discard"),
    path(f"{_REFERRAL}known/", referrals.LinkKnown.as_view(), name="referral_known"),
    path(f"{_REFERRAL}decide/", deciding.Decide.as_view(), name="referral_decide"),
    path(f"{_REFERRAL}answer/", deciding.Answer.as_view(), name="referral_answer"),
    path(f"{_REFERRAL}answer/<int:reply>/", deciding.PrintAnswer.as_view(), name="referral_letter"),
    path(f"{_REFERRAL}answer/<int:reply>/pdf/", deciding.AnswerAsPdf.as_view(), name="referral_letter_pdf"),
    path(f"{_CASE}referral/", interviews.CaseReferral.as_view(), name="case_referral"),
    path(f"{_CASE}referral/<int:referral>/read/", interviews.ReadReferral.as_view(), name="case_referral_read"),
    path(f"{_CASE}six/", interviews.CaseSix.as_view(), name="case_six"),
    path(f"{_CASE}interview/", interviews.FirstInterview.as_view(), name="case_interview"),
    path(f"{_CASE}interview/book/", interviews.BookInterview.as_view(), name="interview_book"),
    path(f"{_CASE}interview/<int:interview>/answer/", interviews.RecordAnswer.as_view(), name="interview_answer"),
]
