"""Passkeys: a second factor, or all that is needed; for this site alone, and never without the finger or the PIN."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.web.authenticator import SoftKey
from tests.web.markup import Markup

LOGIN, SECOND, PASSKEYS = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/passkeys/"
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def asked_by(client: Client, place: str) -> dict[str, Any]:
    """What a page of ours asks the browser's passkeys for."""
    forms = [one for one in Markup(client.get(place).text).all("form") if "data-options" in one]
    asked: dict[str, Any] = json.loads(forms[0]["data-options"])
    return asked


def enrol(name: str, key: SoftKey) -> Client:
    client = browser()
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    client.post("/accounts/again/", {"password": PASSWORD})
    credential = key.create(asked_by(client, f"{PASSKEYS}add/"))
    client.post(f"{PASSKEYS}add/", {"name": "Telephone", "passwordless": "on", "credential": credential})
    return client


def sign_in_with(key: SoftKey, client: Client | None = None) -> Client:
    client = client or browser()
    options = client.get(f"{PASSKEYS}login/", **AJAX).json()["request_options"]
    client.post(f"{PASSKEYS}login/", {"credential": key.get(options)})
    return client


def test_a_passkey_signs_in_where_the_role_needs_two_steps(cast: Cast) -> None:
    key = SoftKey()
    enrol("assigned", key)
    assert sign_in_with(key).get("/cases/").status_code == 200


def test_a_passkey_is_the_second_step_after_a_password(cast: Cast) -> None:
    key = SoftKey()
    enrol("assigned", key)
    client = browser()
    client.post(LOGIN, {"login": "assigned", "password": PASSWORD})
    assert client.get("/cases/").status_code == 302
    client.post(SECOND, {"credential": key.get(asked_by(client, SECOND))})
    assert client.get("/cases/").status_code == 200


def test_adding_one_is_listed_and_ends_every_other_session(cast: Cast) -> None:
    elsewhere = browser()
    elsewhere.post(LOGIN, {"login": "assigned", "password": PASSWORD})
    assert elsewhere.get("/accounts/sessions/").status_code == 200
    client = enrol("assigned", SoftKey())
    assert elsewhere.get("/accounts/sessions/").status_code == 302
    assert "Telephone" in client.get(PASSKEYS).text
    assert Authenticator.objects.filter(type="webauthn", user=cast.accounts["assigned"]).count() == 1


@pytest.mark.parametrize(
    "other",
    [SoftKey(), SoftKey(origin="https://elsewhere.example"), SoftKey(verifies=False)],
    ids=["a key nobody added", "another site", "no finger and no PIN"],
)
def test_what_is_not_the_key_of_its_owner_on_this_site_opens_nothing(cast: Cast, other: SoftKey) -> None:
    key = SoftKey()
    enrol("assigned", key)
    other.user = key.user
    if other.origin != key.origin or not other.verifies:
        other.key, other.number = key.key, key.number
    assert sign_in_with(other).get("/").status_code == 302
    assert sign_in_with(key).get("/cases/").status_code == 200


def test_an_answer_opens_once(cast: Cast) -> None:
    key = SoftKey()
    enrol("assigned", key)
    client, thief = browser(), browser()
    options = client.get(f"{PASSKEYS}login/", **AJAX).json()["request_options"]
    answer = {"credential": key.get(options)}
    client.post(f"{PASSKEYS}login/", answer)
    assert client.get("/cases/").status_code == 200
    thief.post(f"{PASSKEYS}login/", answer)
    assert thief.get("/").status_code == 302


def test_a_passkey_without_a_finger_or_a_pin_is_not_added(cast: Cast) -> None:
    enrol("assigned", SoftKey(verifies=False))
    assert not Authenticator.objects.filter(type="webauthn").exists()


NONSENSE = ["", "x", "{}", "[]", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', "null", '{"response": 5}']


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_in_place_of_an_answer_is_no_error_of_ours(cast: Cast, sent: str) -> None:
    client = browser()
    client.get(f"{PASSKEYS}login/", **AJAX)
    assert client.post(f"{PASSKEYS}login/", {"credential": sent}).status_code in (200, 302)
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_is_not_added_either(cast: Cast, sent: str) -> None:
    client = browser()
    client.post(LOGIN, {"login": "assigned", "password": PASSWORD})
    client.post("/accounts/again/", {"password": PASSWORD})
    client.get(f"{PASSKEYS}add/")
    assert client.post(f"{PASSKEYS}add/", {"credential": sent}).status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("part", ["signature", "authenticatorData", "clientDataJSON"])
def test_an_answer_that_was_changed_opens_nothing(cast: Cast, part: str) -> None:
    key = SoftKey()
    enrol("assigned", key)
    client = browser()
    answer = json.loads(key.get(client.get(f"{PASSKEYS}login/", **AJAX).json()["request_options"]))
    answer["response"][part] = answer["response"][part][:-8] + "AAAAAAAA"
    assert client.post(f"{PASSKEYS}login/", {"credential": json.dumps(answer)}).status_code == 302
    assert client.get("/").status_code == 302


def test_the_last_factor_stays_and_another_ones_passkey_is_not_there(cast: Cast) -> None:
    client = enrol("assigned", SoftKey())
    mine = Authenticator.objects.get(type="webauthn")
    foreign = enrol("lawyer", SoftKey())
    assert foreign.post(f"{PASSKEYS}{mine.pk}/remove/").status_code == 404
    client.post(f"{PASSKEYS}{mine.pk}/remove/")
    assert Authenticator.objects.filter(pk=mine.pk).exists()
    TOTP.activate(get_user_model().objects.get(pk=cast.accounts["assigned"]), "JBSWY3DPEHPK3PXP")
    client.post(f"{PASSKEYS}{mine.pk}/remove/")
    assert not Authenticator.objects.filter(pk=mine.pk).exists()


def test_a_passkey_of_a_closed_account_opens_nothing(cast: Cast) -> None:
    key = SoftKey()
    enrol("assigned", key)
    get_user_model().objects.filter(pk=cast.accounts["assigned"]).update(is_active=False)
    assert sign_in_with(key).get("/").status_code == 302


def test_what_the_telephone_shows_says_nothing_of_us(cast: Cast) -> None:
    client = browser()
    client.post(LOGIN, {"login": "assigned", "password": PASSWORD})
    client.post("/accounts/again/", {"password": PASSWORD})
    asked = asked_by(client, f"{PASSKEYS}add/")["publicKey"]
    assert asked["rp"] == {"id": "localhost", "name": "Notes"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
