"""Tokens for programs."""

from django.urls import path

from amparo.web.staff.views import tokens

urlpatterns = [
    path("tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("tokens/new/", tokens.MakeToken.as_view(), name="token_make"),
    path("tokens/<int:token>/withdraw/", tokens.WithdrawToken.as_view(), name="token_withdraw"),
]
