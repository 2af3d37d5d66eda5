"""Browsers without a screen: a signed-in client for anyone of the cast."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.forms.renderers import get_default_renderer
from django.template import engines
from django.test import Client

from amparo.web import pdf
from tests.cast import Cast


class Undefined(str):
    """What Django shows for a variable that a template names and no view gives: an error."""

    __slots__ = ()

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"a template shows {variable}, which is not defined")


SignIn = Callable[[str], Client]


def signed_in_client(cast: Cast, name: str) -> Client:
    client = Client()
    account = get_user_model().objects.get(pk=cast.accounts[name])
    client.force_login(account, backend="amparo.web.accounts.backend.WithSeats")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def client_of(cast: Cast, name: str) -> Client:
    """The browser of one of the cast, or of nobody."""
    return Client() if name == "nobody" else signed_in_client(cast, name)


@pytest.fixture(autouse=True)
def _undefined_variables_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    for engine in (*engines.all(), get_default_renderer().engine):
        monkeypatch.setattr(engine.engine, "string_if_invalid", Undefined("%s"))  # type: ignore[attr-defined]


@pytest.fixture
def papers_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper is what would be set, not the PDF: setting one takes a second."""
    monkeypatch.setattr(pdf, "render", lambda template, context, **_: json.dumps(dict(context)).encode())


@pytest.fixture
def sign_in(cast: Cast) -> SignIn:
    return lambda name: signed_in_client(cast, name)
