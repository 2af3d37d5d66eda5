"""The device in her hands: one page of hers, and nothing else until the colleague is back."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from amparo.areas.access.models import KeptText
from amparo.areas.activities.held.models import NamelessEvaluation
from amparo.areas.activities.models import Evaluation, Place, Session
from amparo.areas.audit.models import Entry
from amparo.kernel import clock
from amparo.web import handed
from tests.cast import CALLED, PASSWORD, Cast
from tests.holding import CALLED_THERE, IN_THE_ROOM, THOUGHT, held_things, hold
from tests.web.conftest import SignIn, signed_in_client


@pytest.fixture
def device(cast: Cast, sign_in: SignIn) -> Client:
    """The facilitator's, handed to her at the end of a session, in Spanish."""
    things = held_things(cast.case(), by=cast["assigned"], word=IN_THE_ROOM)
    hold(int(str(things["held"])), by=cast["facilitator"])
    browser = sign_in("facilitator")
    page = f"/sessions/held/{things['held']}/hand/{things['seat']}/"
    assert browser.post(page, {"moment": "end", "language": "es"}).headers["Location"] == "/page/"
    return browser


def answers(**more: str) -> dict[str, str]:
    return {"q_safe": "5", "q_useful": "unsaid", "words": "canary-of-hers", **more}


def test_her_page_has_faces_with_words_in_her_language_and_names_nobody(cast: Cast, device: Client) -> None:
    text = device.get("/page/").content.decode()
    assert '<html class="govuk-template" lang="es"' in text
    assert all(one in text for one in ("¿Te sirvió?", "Muy bien", "No quiero decirlo", "<svg"))
    hidden = (CALLED, CALLED_THERE, cast.code, "Here House", "Sewing", "Facilitator", IN_THE_ROOM, "/cases/")
    assert [one for one in hidden if one in text] == []


@pytest.mark.parametrize(
    "path", ["/", "/sessions/today/", "/cases/", "/accounts/password/change/", "/sessions/held/1/"]
)
def test_nothing_else_opens_in_her_hands(device: Client, path: str) -> None:
    for answer in (device.get(path), device.post(path)):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/page/")


def test_leaving_quickly_still_works_in_her_hands(device: Client) -> None:
    assert device.get("/leave/").status_code == 200


def test_what_she_says_with_her_name_is_sealed_for_her_team(cast: Cast, sign_in: SignIn, device: Client) -> None:
    device.post("/page/", answers(who="with_team"))
    row = Evaluation.objects.get(moment="end")
    assert (row.case_id, row.answers) == (cast.case_number, {"safe": 5, "useful": "unsaid"})
    assert b"canary" not in bytes(row.words)
    text = sign_in("assigned").get(f"/cases/{cast.code}/activities/sessions/").content.decode()
    assert "canary-of-hers" in text
    assert "5 of 5" in text


@pytest.mark.parametrize("who", ["nobody", ""])
def test_without_her_name_nothing_leads_back_to_her(cast: Cast, device: Client, who: str) -> None:
    before = Entry.objects.count()
    device.post("/page/", answers(who=who))
    assert not Evaluation.objects.filter(moment="end").exists()
    row = NamelessEvaluation.objects.get()
    kept = {field.name for field in row._meta.concrete_fields}
    assert kept == {"id", "organisation", "group", "moment", "answers", "words"}
    assert b"canary" not in bytes(row.words)
    entry = Entry.objects.order_by("-number")[0]
    assert (Entry.objects.count() - before, entry.verb) == (1, "nameless evaluation given")
    assert (entry.person, entry.member) == (None, None)


def test_afterwards_the_page_thanks_and_shows_no_answer_however_it_is_opened(device: Client) -> None:
    assert device.post("/page/", answers(who="with_team")).headers["Location"] == "/page/"
    for answer in (device.get("/page/"), device.post("/page/", answers(), follow=True)):
        text = answer.content.decode()
        assert "Gracias" in text
        assert "canary" not in text
        assert "¿Te sirvió?" not in text
        assert "no-store" in answer.headers["Cache-Control"]
    assert Evaluation.objects.filter(moment="end").count() == 1


def test_the_colleague_takes_it_back_with_the_password(device: Client) -> None:
    device.post("/page/", answers())
    assert device.post("/page/back/", {"password": "wrong"}).status_code == 422
    assert device.get("/sessions/today/").headers["Location"] == "/page/"
    assert "/sessions/held/" in device.post("/page/back/", {"password": PASSWORD}).headers["Location"]
    assert device.get("/sessions/today/").status_code == 200


def test_after_five_wrong_passwords_nobody_is_signed_in(device: Client) -> None:
    for _ in range(handed.MOST_TRIES):
        answer = device.post("/page/back/", {"password": "wrong"})
    assert "login" in answer.headers["Location"]
    assert "login" in device.get("/sessions/today/").headers["Location"]


def test_she_may_take_her_time(device: Client) -> None:
    with clock.standing_at(clock.now() + timedelta(minutes=40)):
        assert "Gracias" in device.post("/page/", answers(who="with_team"), follow=True).content.decode()
    assert Evaluation.objects.filter(moment="end").exists()


def test_long_after_that_nobody_is_signed_in(device: Client) -> None:
    with clock.standing_at(clock.now() + handed.LASTS + timedelta(minutes=16)):
        assert "login" in device.get("/page/").headers["Location"]


def test_the_page_closes_by_itself(device: Client) -> None:
    with clock.standing_at(clock.now() + handed.LASTS):
        text = device.get("/page/").content.decode()
    assert "Esta página está cerrada" in text
    assert "¿Te sirvió?" not in text


def test_she_is_asked_once_with_her_name(cast: Cast, sign_in: SignIn) -> None:
    things = held_things(cast.case(), by=cast["assigned"], word=IN_THE_ROOM)
    hold(int(str(things["held"])), by=cast["facilitator"])
    page = f"/sessions/held/{things['held']}/hand/{things['seat']}/"
    answer = sign_in("facilitator").post(page, {"moment": "start", "language": "es"})
    assert answer.status_code == 422
    assert "already" in answer.content.decode()
    assert THOUGHT not in answer.content.decode()


def test_the_same_questions_are_printed_without_anybodys_name(cast: Cast, sign_in: SignIn) -> None:
    text = sign_in("facilitator").get("/sessions/questions/end/?language=it").content.decode()
    assert "Ti è servito?" in text
    assert sign_in("facilitator").get("/sessions/questions/never/").status_code == 404


def hers(device: Client, **more: str) -> dict[str, str]:
    """What her form sends: her answers, and what the page put into it."""
    text = device.get("/page/").content.decode()
    hidden = {name: re.findall(rf'name="{name}" value="([^"]+)"', text)[0] for name in ("once", "handed")}
    return {**hidden, **answers(**more)}


def sign_in_again(cast: Cast, device: Client, name: str) -> None:
    """Somebody signs in on the same device, in the same browser."""
    cookie = settings.SESSION_COOKIE_NAME
    device.cookies[cookie] = signed_in_client(cast, name).cookies[cookie].value


def late(device: Client, form: dict[str, str]) -> HttpResponse:
    """She sends it long after the session has ended."""
    with clock.standing_at(clock.now() + handed.LASTS + timedelta(minutes=16)):
        return device.post("/page/", form)


def test_what_she_sends_after_her_page_has_closed_is_saved_all_the_same(device: Client) -> None:
    with clock.standing_at(clock.now() + handed.LASTS + timedelta(minutes=5)):
        assert "Gracias" in device.post("/page/", answers(who="with_team"), follow=True).content.decode()
    assert Evaluation.objects.get(moment="end").answers == {"safe": 5, "useful": "unsaid"}


@pytest.mark.parametrize(("who", "kept"), [("with_team", Evaluation), ("nobody", NamelessEvaluation)])
def test_what_she_sends_after_the_session_has_ended_waits_sealed_until_the_colleague_saves_it(
    cast: Cast, device: Client, sign_in: SignIn, who: str, kept: type[Model]
) -> None:
    kept._default_manager.all().delete()
    thanked = late(device, hers(device, who=who))
    assert (thanked.status_code, "Gracias" in thanked.content.decode()) == (200, True)
    assert not kept._default_manager.exists()
    assert b"canary" not in bytes(KeptText.objects.get().sealed)
    sign_in_again(cast, device, "facilitator")
    seen = [device.get(path, follow=True).content.decode() for path in ("/page/", "/page/late/", "/sessions/today/")]
    assert "kept, and not saved yet" in seen[-1]
    assert [text for text in seen if "canary" in text or "useful" in text] == []
    answer = device.post("/page/late/", follow=True).content.decode()
    assert ("What she said is saved" in answer, "canary" in answer) == (True, False)
    assert kept._default_manager.get().answers == {"safe": 5, "useful": "unsaid"}  # type: ignore[attr-defined]
    assert not KeptText.objects.exists()


def test_it_is_saved_the_next_morning_too_though_the_list_is_closed(cast: Cast, device: Client) -> None:
    late(device, hers(device, who="with_team"))
    with clock.standing_at(clock.now() + timedelta(hours=20)):
        sign_in_again(cast, device, "facilitator")
        device.post("/page/late/")
    assert Evaluation.objects.filter(moment="end").count() == 1


def test_whoever_else_signs_in_on_that_device_finds_nothing_of_it(cast: Cast, device: Client) -> None:
    late(device, hers(device, who="with_team"))
    sign_in_again(cast, device, "assigned")
    assert device.get("/page/late/").headers["Location"] == "/sessions/today/"
    text = device.get("/sessions/today/").content.decode()
    assert ("canary" in text, "not saved yet" in text) == (False, False)
    device.post("/page/late/")
    assert not Evaluation.objects.filter(moment="end").exists()


def test_sent_twice_it_is_saved_once(cast: Cast, device: Client) -> None:
    form = hers(device, who="nobody")
    assert {late(device, form).status_code for _ in range(2)} == {200}
    sign_in_again(cast, device, "facilitator")
    device.post("/page/late/")
    assert NamelessEvaluation.objects.count() == 1


def test_a_page_that_another_woman_left_open_is_saved_for_nobody_until_it_is_sent_again(
    cast: Cast, device: Client
) -> None:
    left_open = hers(device, who="with_team")
    device.post("/page/back/", {"password": PASSWORD})
    place, there = Place.objects.get(), Session.objects.get(member=cast["facilitator"].member)
    with clock.standing_at(clock.now() + timedelta(seconds=5)):  # handed over again
        device.post(f"/sessions/held/{there.pk}/hand/{place.pk}/", {"moment": "end", "language": "it"})
    answer = device.post("/page/", left_open)
    assert (answer.status_code, "canary-of-hers" in answer.content.decode()) == (409, True)
    assert not Evaluation.objects.filter(moment="end").exists()
    device.post("/page/", hers(device, who="with_team"))
    assert Evaluation.objects.filter(moment="end").count() == 1


def test_a_form_that_nobody_handed_over_is_kept_for_nobody(device: Client) -> None:
    form = {**hers(device), "handed": "made-up"}
    assert "login" in late(device, form).headers["Location"]


def test_words_that_are_too_long_come_back_to_her_with_every_answer(device: Client) -> None:
    answer = device.post("/page/", answers(who="nobody", words="canary " * 2000))
    text = answer.content.decode()
    assert (answer.status_code, "Es demasiado largo" in text, text.count("canary")) == (422, True, 2000)
    assert text.count(" checked") == 3


def test_a_form_that_was_refused_for_its_token_is_filled_in_again_for_her_alone(cast: Cast, device: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = device.cookies
    assert strict.post("/page/", hers(device, who="nobody")).headers["Location"] == "/page/"
    assert "canary-of-hers" in device.get("/page/").content.decode()
    device.post("/page/", hers(device, who="nobody"))
    assert "canary" not in device.get("/page/").content.decode()
    assert NamelessEvaluation.objects.count() == 1
    assert not KeptText.objects.exists()


def test_she_who_left_the_list_meanwhile_is_thanked_and_the_colleague_is_told_why(cast: Cast, device: Client) -> None:
    form = hers(device, who="with_team")
    Place.objects.all().delete()
    assert "Gracias" in device.post("/page/", form, follow=True).content.decode()
    device.post("/page/back/", {"password": PASSWORD})
    assert "not on the list" in device.post("/page/late/", follow=True).content.decode()
    assert not Evaluation.objects.filter(moment="end").exists()
