"""Guessing is slow; and whoever guesses cannot lock out the one whose name is guessed."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from amparo.web.accounts import lockout
from tests.cast import PASSWORD, Cast

LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"
NAT = "198.51.100.7"


@pytest.fixture(autouse=True)
def _no_code_was_used_yet() -> None:
    cache.clear()


def guess(times: int, *, name: str = "facilitator", address: str = NAT, client: Client | None = None) -> None:
    for number in range(times):
        (client or Client()).post(LOGIN, {"login": name, "password": f"guess {number}"}, REMOTE_ADDR=address)


def may_sign_in(client: Client, *, name: str = "facilitator", address: str = NAT) -> bool:
    client.post(LOGIN, {"login": name, "password": PASSWORD}, REMOTE_ADDR=address)
    return client.get("/", REMOTE_ADDR=address).status_code == 200


def known_browser(name: str = "facilitator") -> Client:
    client = Client()
    assert may_sign_in(client, name=name)
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302
    return client


def test_eight_wrong_passwords_close_the_name_from_that_address(cast: Cast) -> None:
    guess(7)
    assert may_sign_in(Client())
    guess(8)
    locked = Client().post(LOGIN, {"login": "facilitator", "password": PASSWORD}, REMOTE_ADDR=NAT)
    assert locked.status_code == 429
    assert "Too many attempts" in locked.text


def test_spelling_the_name_in_capitals_gives_no_new_count(cast: Cast) -> None:
    guess(4)
    guess(4, name="FACILITATOR ")
    assert not may_sign_in(Client())


def test_other_names_and_other_addresses_stay_open(cast: Cast) -> None:
    guess(8)
    assert may_sign_in(Client(), name="analyst")
    assert may_sign_in(Client(), address="203.0.113.1")


def test_a_neighbour_behind_the_same_router_cannot_lock_a_known_browser_out(cast: Cast) -> None:
    hers = known_browser()
    guess(30)
    assert not may_sign_in(Client())
    assert may_sign_in(hers)


def test_a_thousand_machines_cannot_go_on_guessing_one_name(cast: Cast) -> None:
    guess(1)
    AccessAttempt.objects.update(failures_since_start=lockout.FROM_ANYWHERE - 1)
    assert may_sign_in(Client(), address="203.0.113.1")
    guess(1, address="203.0.113.2")
    AccessAttempt.objects.filter(ip_address="203.0.113.2").update(failures_since_start=lockout.FROM_ANYWHERE)
    assert not may_sign_in(Client(), address="203.0.113.3")


def test_a_thousand_machines_cannot_lock_a_known_browser_out(cast: Cast) -> None:
    hers = known_browser()
    guess(1, address="203.0.113.2")
    AccessAttempt.objects.filter(ip_address="203.0.113.2").update(failures_since_start=10 * lockout.FROM_ANYWHERE)
    assert not may_sign_in(Client())
    assert may_sign_in(hers, address="203.0.113.77")


def test_a_known_browser_in_other_hands_cannot_guess_for_ever(cast: Cast) -> None:
    stolen = known_browser()
    guess(8, client=stolen)
    assert not may_sign_in(stolen)
    assert may_sign_in(Client()), "and its owner is not locked out by it"


def test_a_browser_known_for_one_name_is_not_known_for_another(cast: Cast) -> None:
    known = known_browser("analyst")
    guess(8)
    assert not may_sign_in(known)


def test_a_made_up_cookie_makes_no_browser_known(cast: Cast) -> None:
    guess(8)
    forged = Client()
    forged.cookies["known"] = "WyJhIiwiYiJd:1abcde:forged"
    assert not may_sign_in(forged)


def test_the_cookie_tells_neither_name_nor_number(cast: Cast) -> None:
    cookie = known_browser().cookies["known"]
    assert "facilitator" not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


def test_codes_of_the_second_factor_cannot_be_guessed_either(cast: Cast) -> None:
    TOTP.activate(get_user_model().objects.get(pk=cast.accounts["assigned"]), "JBSWY3DPEHPK3PXP")
    client = Client()
    client.post(LOGIN, {"login": "assigned", "password": PASSWORD}, REMOTE_ADDR=NAT)
    pages = [client.post(SECOND, {"code": f"{number:06}"}, REMOTE_ADDR=NAT).text for number in range(8)]
    assert "Incorrect code" in pages[6]
    assert "Too many attempts" in pages[7]
    again = Client()
    again.post(LOGIN, {"login": "assigned", "password": PASSWORD}, REMOTE_ADDR=NAT)
    assert "Too many wrong codes" in again.post(SECOND, {"code": "000009"}, REMOTE_ADDR=NAT).text
