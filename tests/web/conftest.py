"""Browsers without a screen: a signed-in client for anyone of the cast."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.cast import Cast

SignIn = Callable[[str], Client]


def signed_in_client(cast: Cast, name: str) -> Client:
    client = Client()
    account = get_user_model().objects.get(pk=cast.accounts[name])
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    return client


@pytest.fixture
def sign_in(cast: Cast) -> SignIn:
    return lambda name: signed_in_client(cast, name)
