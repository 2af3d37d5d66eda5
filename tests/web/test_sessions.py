"""Sessions: not fixed, not replayed, not for ever; seen and ended by their owner; useless in a stolen database."""

import base64
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from amparo.areas.audit.models import Entry
from amparo.areas.orgs.models import Account, OpenSession
from amparo.areas.orgs.sessions import open_sessions, sweep
from amparo.kernel import clock
from amparo.web.browsers import browser_of, browser_words
from tests.cast import PASSWORD, Cast
from tests.web.conftest import SignIn

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
Later = Callable[[timedelta], AbstractContextManager[None]]


@pytest.fixture
def later() -> Later:
    begun = clock.now()
    return lambda passed: clock.standing_at(begun + passed)


@pytest.fixture(autouse=True)
def _no_code_was_used_yet() -> None:
    cache.clear()


def code_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def with_password(name: str, client: Client | None = None) -> Client:
    client = client or Client(headers={"user-agent": FIREFOX})
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    return client


def key_of(client: Client) -> str:
    return client.cookies["s"].value


def give_totp(cast: Cast, name: str) -> None:
    TOTP.activate(get_user_model().objects.get(pk=cast.accounts[name]), SECRET)


def replaying(key: str) -> Client:
    client = Client()
    client.cookies = SimpleCookie({"s": key})
    return client


def test_a_session_that_somebody_else_put_there_is_not_the_one_that_is_signed_in(cast: Cast) -> None:
    client = Client()
    client.get(LOGIN)
    client.post(LOGIN, {"login": "facilitator", "password": "wrong"})
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["s"] = planted
    with_password("facilitator", client)
    assert key_of(client) != planted
    assert replaying(str(planted)).get("/").status_code == 302


def test_a_key_that_was_never_given_out_is_not_taken_over(cast: Cast) -> None:
    client = replaying("a" * 32)
    with_password("facilitator", client)
    assert key_of(client) != "a" * 32
    assert client.get("/").status_code == 200


def test_the_key_changes_at_the_password_and_again_at_the_second_factor(cast: Cast) -> None:
    give_totp(cast, "assigned")
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    keys = [str(session.session_key)]
    client.cookies["s"] = keys[0]
    with_password("assigned", client)
    keys.append(key_of(client))
    assert client.get("/").status_code == 302
    client.post(SECOND, {"code": code_now()})
    keys.append(key_of(client))
    assert client.get("/").status_code == 200
    assert len(set(keys)) == 3
    assert [replaying(key).get("/").status_code for key in keys] == [302, 302, 200]


def test_after_signing_out_the_old_key_opens_nothing(cast: Cast) -> None:
    client = with_password("facilitator")
    key = key_of(client)
    assert replaying(key).get("/").status_code == 200
    answer = client.post("/accounts/logout/")
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert replaying(key).get("/").status_code == 302


def test_after_leaving_quickly_the_old_key_opens_nothing_and_the_browser_forgets(cast: Cast) -> None:
    client = with_password("facilitator")
    key = key_of(client)
    assert '"cookies"' in client.get("/leave/").headers["Clear-Site-Data"]
    assert replaying(key).get("/").status_code == 302


def test_a_session_ends_after_fifteen_minutes_without_use(cast: Cast, later: Later) -> None:
    client = with_password("facilitator")
    assert client.get("/").status_code == 200
    with later(timedelta(minutes=14)):
        assert client.get("/").status_code == 200
    with later(timedelta(minutes=28)):
        assert client.get("/").status_code == 200
    with later(timedelta(minutes=44)):
        assert client.get("/").status_code == 302


def test_a_session_ends_twelve_hours_after_it_began_however_much_it_is_used(cast: Cast, later: Later) -> None:
    client = with_password("facilitator")
    client.get("/")
    for minutes in range(10, 12 * 60, 10):
        with later(timedelta(minutes=minutes)):
            assert client.get("/").status_code == 200, minutes
    with later(timedelta(hours=12, minutes=1)):
        assert client.get("/").status_code == 302
        assert sweep() >= 1
    assert not OpenSession.objects.filter(account=cast.accounts["facilitator"]).exists()


def test_a_stolen_database_opens_no_session_and_tells_nothing_of_it(cast: Cast) -> None:
    client = with_password("facilitator")
    client.get("/")
    row = OpenSession.objects.get(account=cast.accounts["facilitator"])
    assert row.session_key != key_of(client)
    assert replaying(row.session_key).get("/").status_code == 302
    assert b"password" not in base64.b64decode(row.session_data)
    assert "password" in str(dict(client.session))


def test_a_session_that_was_changed_in_the_database_is_none(cast: Cast) -> None:
    mine, other = with_password("facilitator"), with_password("analyst")
    assert mine.get("/").status_code == other.get("/").status_code == 200
    sealed = OpenSession.objects.get(account=cast.accounts["analyst"]).session_data
    OpenSession.objects.filter(account=cast.accounts["facilitator"]).update(session_data=sealed)
    assert mine.get("/").status_code == 302


def test_one_sees_where_one_is_signed_in(cast: Cast) -> None:
    client, elsewhere = with_password("facilitator"), with_password("facilitator")
    client.get("/")
    elsewhere.get("/", REMOTE_ADDR="203.0.113.9")
    page = client.get("/accounts/sessions/").text
    assert page.count("Firefox on Android") == 2
    assert page.count("this one") == 1
    assert "203.0.113.9" not in with_password("analyst").get("/accounts/sessions/").text


def test_one_click_signs_out_everywhere_and_only_oneself(cast: Cast) -> None:
    clients = [with_password("facilitator") for _ in range(3)]
    other = with_password("analyst")
    assert {client.get("/").status_code for client in (*clients, other)} == {200}
    answer = clients[0].post("/accounts/sessions/end/")
    assert answer.headers["Location"] == LOGIN
    assert {client.get("/").status_code for client in clients} == {302}
    assert other.get("/").status_code == 200
    assert open_sessions(cast.accounts["facilitator"]) == []
    assert Entry.objects.filter(verb="signed out everywhere").count() == 1


def test_looking_at_the_sessions_ends_none(cast: Cast) -> None:
    client = with_password("facilitator")
    client.get("/accounts/sessions/end/")
    assert client.get("/").status_code == 200


def test_a_new_password_ends_every_other_session(cast: Cast) -> None:
    here, there = with_password("facilitator"), with_password("facilitator")
    assert there.get("/").status_code == 200
    new = "three other words here"
    here.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert Entry.objects.filter(verb="sign-in changed", facts__contains="password_changed").count() == 1


def test_an_administrator_ends_a_colleagues_sessions_and_nobody_else_does(cast: Cast, sign_in: SignIn) -> None:
    theirs = with_password("mediator")
    assert theirs.get("/").status_code == 200
    address = f"/colleagues/{cast['mediator'].member}/sign-out/"
    assert sign_in("coordinator").post(address).status_code == 403
    assert theirs.get("/").status_code == 200
    assert sign_in("administrator").post(address).status_code == 302
    assert theirs.get("/").status_code == 302
    assert Entry.objects.filter(verb="sessions ended", member=cast["administrator"].member).count() == 1


def test_whoever_leaves_the_house_is_signed_out_at_once(cast: Cast, sign_in: SignIn) -> None:
    theirs = with_password("mediator")
    assert theirs.get("/").status_code == 200
    form = {"name": "M", "role": "mediator", "language": "en"}
    sign_in("administrator").post(f"/colleagues/{cast['mediator'].member}/", form)
    assert theirs.get("/").status_code == 302


# Ways around the second factor.


def test_a_password_alone_opens_nothing_where_the_role_needs_more(cast: Cast) -> None:
    client = with_password("assigned")
    for place in ("/", "/cases/", f"/cases/{cast.code}/", f"/cases/{cast.code}/identity/"):
        assert client.get(place).headers["Location"] == "/second-step/", place


def test_the_second_factor_of_one_account_does_not_count_for_another(cast: Cast, sign_in: SignIn) -> None:
    client = with_password("assigned")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(cast.accounts["lawyer"])
    session.save()
    assert client.get("/cases/").headers["Location"] == "/second-step/"
    assert sign_in("assigned").get("/cases/").status_code == 200


def test_choosing_another_house_gives_no_way_around_it(cast: Cast) -> None:
    from amparo.areas.orgs import actions as orgs
    from amparo.areas.orgs.rules import Role

    account, there = cast.accounts["facilitator"], cast["stranger"].organisation
    seat = orgs.create_member(account, organisation=there, role=Role.CASEWORKER, name="F")
    client = with_password("facilitator")
    client.post("/accounts/organisation/", {"member": cast["facilitator"].member})
    assert client.get("/").status_code == 200
    client.post("/accounts/organisation/", {"member": seat})
    assert client.get("/").headers["Location"] == "/second-step/"
    client.post("/accounts/organisation/", {"member": cast["coordinator"].member})
    assert client.get("/").headers["Location"] == "/second-step/"


def test_a_temporary_password_opens_nothing_but_its_own_change(cast: Cast) -> None:
    Account.objects.filter(username="facilitator").update(password_is_temporary=True)
    client = with_password("facilitator")
    assert client.get("/").headers["Location"] == "/accounts/password/"
    assert client.post(f"/cases/{cast.code}/notes/new/", {"text": "x"}).headers["Location"] == "/accounts/password/"


def test_the_last_second_factor_stays_where_the_role_needs_one(cast: Cast) -> None:
    give_totp(cast, "assigned")
    client = with_password("assigned")
    client.post(SECOND, {"code": code_now()})
    client.post("/accounts/again/", {"password": PASSWORD})
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert "Your role needs a second step" in answer.text
    assert get_user_model().objects.get(pk=cast.accounts["assigned"]).authenticator_set.count() == 1


def test_factors_change_only_after_signing_in_once_more(cast: Cast, sign_in: SignIn) -> None:
    give_totp(cast, "assigned")
    client = sign_in("assigned")
    for place in ("totp/deactivate/", "recovery-codes/generate/", "passkeys/add/"):
        asked = client.get(f"/accounts/2fa/{place}").headers["Location"]
        assert asked.startswith("/accounts/again/"), place


def test_a_code_of_the_app_opens_once_whichever_process_answers(cast: Cast) -> None:
    give_totp(cast, "assigned")
    first, again = with_password("assigned"), with_password("assigned")
    code = code_now()
    first.post(SECOND, {"code": code})
    cache.clear()  # as another process sees it
    again.post(SECOND, {"code": code})
    assert first.get("/").status_code == 200
    assert again.get("/").status_code == 302


def test_a_recovery_code_opens_once(cast: Cast) -> None:
    give_totp(cast, "assigned")
    account = get_user_model().objects.get(pk=cast.accounts["assigned"])
    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    first, again = with_password("assigned"), with_password("assigned")
    first.post(SECOND, {"code": code})
    again.post(SECOND, {"code": code})
    assert first.get("/").status_code == 200
    assert again.get("/").status_code == 302


# What was typed is kept.


def test_two_tabs_that_are_sent_too_late_both_come_back(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    note, service = f"/cases/{cast.code}/notes/new/", f"/cases/{cast.code}/services/new/"
    forms = {place: client.get(place).context["once"] for place in (note, service)}
    client.cookies.pop("s")
    client.post(note, {"once": forms[note], "text": "typed in the first tab"})
    client.post(service, {"once": forms[service], "note": "typed in the second tab"})
    client.cookies["s"] = key_of(sign_in("assigned"))
    assert "typed in the first tab" in client.get(note).text
    assert "typed in the second tab" in client.get(service).text
    again = client.get(note)
    typed = {"once": again.context["once"], "text": "x", "audience": "team", "happened_on": "2026-02-01"}
    assert client.post(note, typed).status_code == 302
    assert "typed in the first tab" not in client.get(note).text
    assert "typed in the second tab" in client.get(service).text


def test_what_was_typed_comes_back_to_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    note = f"/cases/{cast.code}/notes/new/"
    once = client.get(note).context["once"]
    client.cookies.pop("s")
    client.post(note, {"once": once, "text": "typed by the first"})
    client.cookies["s"] = key_of(sign_in("psychologist"))
    assert "typed by the first" not in client.get(note).text
    client.cookies["s"] = key_of(sign_in("assigned"))
    assert "typed by the first" in client.get(note).text


def test_a_page_says_in_words_when_its_session_ends(cast: Cast, sign_in: SignIn) -> None:
    assert "If nothing happens here, you are signed out at " in sign_in("assigned").get("/").text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (FIREFOX, "Firefox on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8", "A browser that does not say what it is"),
        ("<script>Linux", "Linux"),
    ],
)
def test_a_browser_is_told_in_words(told: str, words: str) -> None:
    assert browser_words(browser_of(told)) == words
