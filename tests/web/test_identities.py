"""An identity opens with a reason or a second person's yes, for minutes, and closes by itself."""

import json
from datetime import timedelta

import pytest

from amparo.areas.access.rules import Purpose
from amparo.areas.audit.models import Entry
from amparo.areas.cases.models import Due, IdentityAsk
from amparo.areas.cases.rules import OPENING_TIME, YES_TIME, DueKind
from amparo.kernel import clock
from tests.cast import CALLED, FAMILY_NAME, PHONE, TEAM_NOTE, Cast
from tests.web.conftest import SignIn

REASON = "canary-reason-for-a-name"
IDENTITY = (FAMILY_NAME, PHONE, "Ana María")


def _opened(cast: Cast, sign_in: SignIn, name: str = "assigned") -> str:
    address = f"/cases/{cast.code}/identity/"
    assert sign_in(name).post(address, {"reason": REASON}).headers["Location"] == f"{address}open/"
    return f"{address}open/"


def _entries(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(verb=verb).order_by("number"))


def test_an_identity_closes_by_itself_and_coming_back_shows_nothing(cast: Cast, sign_in: SignIn) -> None:
    shown, client = _opened(cast, sign_in), sign_in("assigned")
    page = client.get(shown)
    assert all(word in page.text for word in IDENTITY)
    assert 0 < int(page.headers["Refresh"]) <= OPENING_TIME.seconds + 1
    assert "no-store" in page.headers["Cache-Control"]
    with clock.standing_at(clock.now() + OPENING_TIME + timedelta(seconds=1)):
        late = client.get(shown)
    assert (late.status_code, "Refresh" in late.headers) == (200, False)
    assert "It has closed" in late.text
    assert not any(word in late.text for word in IDENTITY)


def test_a_click_closes_it_before_its_time(cast: Cast, sign_in: SignIn) -> None:
    shown, client = _opened(cast, sign_in), sign_in("assigned")
    assert FAMILY_NAME in client.get(shown).text
    client.post(f"/cases/{cast.code}/identity/close/")
    assert FAMILY_NAME not in client.get(shown).text
    assert len(_entries("identity closed")) == 1
    client.post(f"/cases/{cast.code}/identity/close/")
    assert len(_entries("identity closed")) == 1


def test_what_one_opened_stays_closed_for_the_next(cast: Cast, sign_in: SignIn) -> None:
    shown = _opened(cast, sign_in)
    assert FAMILY_NAME in sign_in("assigned").get(shown).text
    assert FAMILY_NAME not in sign_in("lawyer").get(shown).text
    for name in ("coordinator", "psychologist", "colleague", "stranger", "officer"):
        page = sign_in(name).get(shown)
        assert (page.status_code in (403, 404), FAMILY_NAME in page.text) == (True, False)


def test_the_form_that_changes_it_holds_her_words_only_while_it_is_open(cast: Cast, sign_in: SignIn) -> None:
    client, write = sign_in("assigned"), f"/cases/{cast.code}/identity/write/"
    assert client.get(write).headers["Location"] == f"/cases/{cast.code}/identity/"
    _opened(cast, sign_in)
    assert FAMILY_NAME in client.get(write).text
    with clock.standing_at(clock.now() + OPENING_TIME + timedelta(seconds=1)):
        assert client.get(write).status_code == 302


def test_each_opening_and_each_look_stand_in_the_log_with_the_purpose(cast: Cast, sign_in: SignIn) -> None:
    sign_in("assigned").get(f"/cases/{cast.code}/identity/")
    assert _entries("read identity") == []
    sign_in("assigned").get(_opened(cast, sign_in))
    (opened,), (read,) = _entries("identity opened"), _entries("read identity")
    assert json.loads(opened.facts) == {"minutes": 5, "purpose": "accompany"}
    assert (opened.person, opened.member) == (read.person, cast["assigned"].member)
    assert REASON.encode() not in bytes(opened.reason)
    assert len(bytes(opened.reason)) > len(REASON)


# A second person.


def _ask(cast: Cast, sign_in: SignIn, name: str, code: str = "") -> str:
    typed = {"code": code or cast.code, "reason": REASON}
    page = sign_in(name).post("/identities/ask/", typed, follow=True)
    assert page.status_code == 200
    return page.text


def _answer(cast: Cast, sign_in: SignIn, name: str, answer: str = "yes") -> int:
    number = IdentityAsk.objects.latest("pk").pk
    address = f"/cases/{cast.code}/identity/asked/{number}/"
    return sign_in(name).post(address, {"answer": answer, "words": "Call her team."}).status_code


@pytest.mark.parametrize("asker", ["colleague", "coordinator", "officer", "psychologist"])
def test_outside_the_team_an_identity_opens_after_a_second_persons_yes(cast: Cast, sign_in: SignIn, asker: str) -> None:
    identity = f"/cases/{cast.code}/identity/"
    assert sign_in(asker).get(identity).status_code in (403, 404)
    _ask(cast, sign_in, asker)
    assert sign_in(asker).get(identity).status_code in (403, 404)
    assert REASON in sign_in("assigned").get(f"{identity}asked/{IdentityAsk.objects.get().pk}/").text
    assert _answer(cast, sign_in, "assigned") == 302
    assert FAMILY_NAME in sign_in(asker).get(_opened(cast, sign_in, asker)).text
    assert json.loads(_entries("identity opened")[0].facts)["purpose"] == Purpose.APPROVED


def test_a_yes_opens_nothing_else_holds_for_hours_and_is_for_this_one_colleague(cast: Cast, sign_in: SignIn) -> None:
    _ask(cast, sign_in, "colleague")
    _answer(cast, sign_in, "coordinator")
    shown, colleague = _opened(cast, sign_in, "colleague"), sign_in("colleague")
    for part in ("", "notes/", "safety/", "people/", "plan/", "papers/", "contact/", "history/"):
        page = colleague.get(f"/cases/{cast.code}/{part}")
        assert page.status_code == (403 if part else 200)
        assert not any(word in page.text for word in (*IDENTITY, CALLED, TEAM_NOTE))
    assert colleague.get(f"/cases/{cast.code}/identity/write/").status_code == 403
    assert cast.code in colleague.get("/cases/").text
    assert FAMILY_NAME not in sign_in("coordinator").get(shown).text
    with clock.standing_at(clock.now() + YES_TIME):
        colleague = sign_in("colleague")
        assert colleague.get(shown).status_code == 404
        assert cast.code not in colleague.get("/cases/").text


@pytest.mark.parametrize("name", ["coordinator", "mediator", "psychologist", "officer", "colleague", "stranger"])
def test_nobody_answers_who_asked_or_does_not_stand_near_enough(cast: Cast, sign_in: SignIn, name: str) -> None:
    _ask(cast, sign_in, "coordinator")
    assert _answer(cast, sign_in, name) in (403, 404)
    assert IdentityAsk.objects.get().answered_at is None


def test_a_no_says_why_and_opens_nothing(cast: Cast, sign_in: SignIn) -> None:
    _ask(cast, sign_in, "colleague")
    assert _answer(cast, sign_in, "lawyer", "no") == 302
    assert "Call her team." in sign_in("colleague").get("/identities/").text
    assert sign_in("colleague").get(f"/cases/{cast.code}/identity/").status_code == 404
    assert _answer(cast, sign_in, "assigned", "yes") == 422
    assert sign_in("colleague").get(f"/cases/{cast.code}/identity/").status_code == 404


def test_a_no_without_a_reason_comes_back(cast: Cast, sign_in: SignIn) -> None:
    _ask(cast, sign_in, "colleague")
    address = f"/cases/{cast.code}/identity/asked/{IdentityAsk.objects.get().pk}/"
    page = sign_in("assigned").post(address, {"answer": "no"})
    assert (page.status_code, "Say why not" in page.text) == (422, True)


def test_asking_says_the_same_for_a_woman_of_this_house_of_another_and_for_nobody(cast: Cast, sign_in: SignIn) -> None:
    said = "If this house accompanies her"
    assert said in _ask(cast, sign_in, "stranger")
    assert said in _ask(cast, sign_in, "colleague", "2222-222")
    assert not IdentityAsk.objects.exists()
    assert said in _ask(cast, sign_in, "colleague")
    assert IdentityAsk.objects.count() == 1
    asked = _entries("identity asked for")
    assert [json.loads(one.facts)["found"] for one in asked] == [False, False, True]
    assert sign_in("colleague").post("/identities/ask/", {"code": "x", "reason": "y"}).status_code == 422


def test_who_asks_twice_is_waited_for_once_and_her_team_sees_it_on_today(cast: Cast, sign_in: SignIn) -> None:
    _ask(cast, sign_in, "colleague")
    _ask(cast, sign_in, "colleague")
    ask = IdentityAsk.objects.get()
    waiting = f"/cases/{cast.code}/identity/asked/{ask.pk}/"
    assert waiting in sign_in("assigned").get("/").text
    assert waiting in sign_in("coordinator").get("/").text
    assert waiting not in sign_in("colleague").get("/").text
    _answer(cast, sign_in, "assigned")
    assert not Due.objects.filter(kind=DueKind.IDENTITY_ASK, done_at=None).exists()
    assert waiting not in sign_in("assigned").get("/").text


def test_the_officer_sees_every_question_and_its_answer(cast: Cast, sign_in: SignIn) -> None:
    _ask(cast, sign_in, "colleague")
    _answer(cast, sign_in, "lawyer")
    page = sign_in("officer").get("/identities/").text
    assert (REASON in page, cast.code in page, "Lawyer" in page) == (True, True, True)
    for name in ("stranger", "foreign_coordinator"):
        assert cast.code not in sign_in(name).get("/identities/").text


@pytest.mark.parametrize("name", ["mediator", "hotline", "facilitator", "analyst", "administrator", "untrained"])
def test_other_roles_do_not_ask(cast: Cast, sign_in: SignIn, name: str) -> None:
    assert sign_in(name).post("/identities/ask/", {"code": cast.code, "reason": REASON}).status_code == 403
    assert not IdentityAsk.objects.exists()
