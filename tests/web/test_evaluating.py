"""The device in her hands: one page of hers, and nothing else until the colleague is back."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from amparo.areas.access.models import KeptText
from amparo.areas.activities import publishing
from amparo.areas.activities.held import evaluating
from amparo.areas.activities.held.models import Evaluation, NamelessEvaluation
from amparo.areas.activities.models import Attendance, Period, Place, Session
from amparo.areas.audit.models import Entry
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from amparo.web import handed
from tests.cast import CALLED, PASSWORD, Cast
from tests.holding import CALLED_THERE, IN_THE_ROOM, THOUGHT, a_session, held_things, hold
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
    assert "does not want to say</li>" in text


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


def test_two_devices_in_the_same_moment_save_it_once_and_the_second_colleague_is_told(
    cast: Cast, device: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluating, "has_said", lambda *_: False)  # neither sees what the other is about to save
    place, there = Place.objects.get(), Session.objects.get(member=cast["facilitator"].member)
    other = signed_in_client(cast, "facilitator")
    other.post(f"/sessions/held/{there.pk}/hand/{place.pk}/", {"moment": "end", "language": "es"})
    device.post("/page/", answers(who="with_team"))
    second = other.post("/page/", hers(other, who="with_team", q_safe="1"), follow=True)
    assert (second.status_code, "Gracias" in second.content.decode()) == (200, True)
    other.post("/page/back/", {"password": PASSWORD})
    assert "could not be saved then" in other.get("/page/late/").content.decode()
    told = other.post("/page/late/", follow=True).content.decode()
    assert "She has filled this in already. What she said this time was not saved." in told
    assert Evaluation.objects.get(moment="end").answers["safe"] == 5
    assert Entry.objects.filter(verb="evaluation given").count() == 1


@pytest.mark.parametrize(
    ("said_start", "to_come", "proposed"),
    [(True, 1, "end"), (False, 1, "start"), (False, 0, "end"), (False, -1, "end")],
)
def test_what_she_has_not_said_yet_is_proposed(
    cast: Cast, sign_in: SignIn, said_start: bool, to_come: int, proposed: str
) -> None:
    things = held_things(cast.case(), by=cast["assigned"], word=IN_THE_ROOM)
    hold(int(str(things["held"])), by=cast["facilitator"])
    if not said_start:
        Evaluation.objects.all().delete()
    if to_come:  # -1: there was one, and it is cancelled
        group = Session.objects.get(pk=things["held"]).group
        later = a_session(group, by=cast["facilitator"], starts=clock.now() + timedelta(days=7))
        Session.objects.filter(pk=later.pk).update(state="planned" if to_come > 0 else "cancelled")
    text = sign_in("facilitator").get(f"/sessions/held/{things['held']}/hand/{things['seat']}/").content.decode()
    assert re.findall(r'name="moment" value="(\w+)"[^>]* checked', text) == [proposed]


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


def waiting() -> list[str]:
    """What she sent late and nobody has settled, by the moment it is about."""
    return list(Evaluation.objects.filter(waits_since__isnull=False).values_list("moment", flat=True))


def test_what_she_sends_after_the_session_has_ended_waits_unread_until_the_colleague_saves_it(
    cast: Cast, device: Client, sign_in: SignIn
) -> None:
    thanked = late(device, hers(device, who="with_team"))
    assert (thanked.status_code, "Gracias" in thanked.content.decode()) == (200, True)
    assert waiting() == ["end"]
    assert b"canary" not in bytes(Evaluation.objects.get(moment="end").words)
    elsewhere = sign_in("facilitator")  # another browser, another day
    pages = ("/page/late/", "/sessions/today/")
    seen = [elsewhere.get(path, follow=True).content.decode() for path in pages]
    assert ["Nobody has read her answers" in seen[0], "kept, and not saved yet" in seen[1]] == [True, True]
    assert [text for text in seen if "canary" in text or "useful" in text or CALLED in text] == []
    answer = elsewhere.post("/page/late/", follow=True).content.decode()
    assert ("What she said is saved" in answer, "canary" in answer) == (True, False)
    assert waiting() == []
    assert "canary-of-hers" in sign_in("assigned").get(her_sessions(cast)).content.decode()


def her_sessions(cast: Cast) -> str:
    return f"/cases/{cast.code}/activities/sessions/"


def test_before_that_it_stands_nowhere_and_her_team_is_told_that_something_waits(
    cast: Cast, device: Client, sign_in: SignIn
) -> None:
    counted = sign_in("coordinator").get("/sessions/figures/table/").content
    late(device, hers(device, who="with_team"))
    assert sign_in("coordinator").get("/sessions/figures/table/").content == counted
    team = sign_in("assigned")
    assert "canary-of-hers" not in team.get(her_sessions(cast)).content.decode()
    assert "came late" in team.get("/").content.decode()
    page = f"{her_sessions(cast)}late/{Evaluation.objects.get(moment='end').group_id}/"
    shown = team.get(page).content.decode()
    assert ("canary" in shown, "Sewing. She finished after" in shown) == (False, True)
    assert team.post(page, {"what": "keep"}).headers["Location"] == her_sessions(cast)
    assert "canary-of-hers" in team.get(her_sessions(cast)).content.decode()
    assert "came late" not in team.get("/").content.decode()
    assert "colleague has seen to it" in team.post(page, {"what": "drop"}).content.decode()
    assert Evaluation.objects.filter(moment="end").exists()


@pytest.mark.parametrize("who", ["facilitator", "assigned"])
def test_it_is_thrown_away_where_somebody_else_had_the_device(
    cast: Cast, device: Client, sign_in: SignIn, who: str
) -> None:
    late(device, hers(device, who="with_team"))
    of_hers = f"{her_sessions(cast)}late/{Evaluation.objects.get(moment='end').group_id}/"
    page = "/page/late/" if who == "facilitator" else of_hers
    sign_in(who).post(page, {"drop": "1", "what": "drop"})
    assert not Evaluation.objects.filter(moment="end").exists()
    assert Entry.objects.filter(verb="evaluation thrown away").count() == 1


def test_without_her_name_it_goes_to_the_group_at_once(device: Client) -> None:
    before = NamelessEvaluation.objects.count()
    assert "Gracias" in late(device, hers(device, who="nobody")).content.decode()
    assert NamelessEvaluation.objects.count() == before + 1
    assert not Evaluation.objects.filter(moment="end").exists()
    assert not KeptText.objects.exists()


def test_she_who_left_the_list_and_sends_it_late_is_thanked_and_the_colleague_is_told_why(
    cast: Cast, device: Client
) -> None:
    form = hers(device, who="with_team")
    Place.objects.all().delete()
    assert "Gracias" in late(device, form).content.decode()
    assert b"canary" not in bytes(KeptText.objects.get().sealed)
    sign_in_again(cast, device, "facilitator")
    assert "not on the list" in device.post("/page/late/", follow=True).content.decode()
    assert not KeptText.objects.exists()


@pytest.mark.parametrize("who", ["assigned", "coordinator", "foreign_coordinator"])
def test_whoever_holds_another_group_settles_nothing_of_it(device: Client, sign_in: SignIn, who: str) -> None:
    late(device, hers(device, who="with_team"))
    other = sign_in(who)
    assert other.get("/page/late/").headers["Location"] == "/sessions/today/"
    assert "not saved yet" not in other.get("/sessions/today/").content.decode()
    for form in ({}, {"drop": "1"}):
        other.post("/page/late/", form)
    assert waiting() == ["end"]


@pytest.mark.parametrize("who", ["with_team", "nobody"])
def test_sent_twice_it_is_kept_once(device: Client, who: str) -> None:
    form, before = hers(device, who=who), NamelessEvaluation.objects.count()
    assert {late(device, form).status_code for _ in range(2)} == {200}
    assert (len(waiting()), NamelessEvaluation.objects.count() - before) == ((1, 0) if who == "with_team" else (0, 1))


def test_what_was_saved_in_time_is_not_written_over_by_what_comes_late(device: Client) -> None:
    first, second = hers(device, who="with_team"), hers(device, who="with_team", q_safe="1")
    device.post("/page/", first)
    late(device, second)
    assert (Evaluation.objects.get(moment="end").answers["safe"], waiting()) == (5, [])


def test_a_day_after_the_device_was_handed_over_its_form_counts_no_more_however_often_it_was_shown(
    device: Client,
) -> None:
    form = hers(device, who="with_team", words="canary " * 2000)
    with clock.standing_at(clock.now() + timedelta(hours=23)):
        shown = device.post("/page/", form).content.decode()
    again = {**form, "handed": re.findall(r'name="handed" value="([^"]+)"', shown)[0], "words": ""}
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        answer = device.post("/page/", {**again, "words": "canary-of-hers"})
    text = answer.content.decode()
    assert (answer.status_code, "no se guardó" in text, "Gracias" in text) == (410, True, False)
    assert "canary-of-hers" in text  # it was on her screen a moment ago, and is nowhere else
    assert (waiting(), KeptText.objects.exists()) == ([], False)


def test_a_day_later_a_colleague_who_is_signed_in_on_the_device_sees_that_nothing_was_saved(
    cast: Cast, device: Client
) -> None:
    form = hers(device, who="nobody")
    before = NamelessEvaluation.objects.count()
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        sign_in_again(cast, device, "facilitator")
        answer = device.post("/page/", form)
    assert (answer.status_code, "no se guardó" in answer.content.decode()) == (410, True)
    assert NamelessEvaluation.objects.count() == before


def test_a_plan_of_which_somebody_has_said_what_she_thinks_is_not_planned_anew(cast: Cast, device: Client) -> None:
    form, group = hers(device, who="with_team"), Session.objects.get(member=cast["facilitator"].member).group
    Attendance.objects.all().delete()
    Session.objects.filter(group__period=group.period_id).update(starts_at=clock.now() + timedelta(hours=3))
    late(device, form)
    said = Evaluation.objects.exclude(moment="end")
    said.delete()
    with pytest.raises(Refused, match="has said already"):
        publishing.take_back(group.period_id, by=cast["coordinator"])
    assert waiting() == ["end"]


def test_what_she_says_of_a_plan_that_is_a_draft_again_is_kept_for_the_colleague_and_told(
    cast: Cast, device: Client
) -> None:
    form = hers(device, who="with_team")
    Period.objects.update(state="draft")
    assert "Gracias" in late(device, form).content.decode()
    assert waiting() == []
    sign_in_again(cast, device, "facilitator")
    assert "not on the list" in device.post("/page/late/", follow=True).content.decode()


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
