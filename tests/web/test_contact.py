"""How she may be reached, on the screen: agreed, changed, seen by her team only, and in the head of every page."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from amparo.areas.activities.models import Reminder
from amparo.areas.activities.reminders import planning
from amparo.areas.activities.rules.reminding import Sending
from amparo.areas.audit.models import Entry
from amparo.areas.cases import appointments, consenting
from amparo.areas.cases.appointments import Plan
from amparo.areas.cases.dues import set_dues
from amparo.areas.cases.models import Case, Due, Event
from amparo.areas.cases.rules import DueKind, Status, Topic
from amparo.areas.consent.actions import Asked, Said
from amparo.areas.consent.models import ContactRule
from amparo.areas.consent.rules import Answer
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.node.channels import Channels
from amparo.node.channels.gateway import Gateway
from tests.cast import Cast
from tests.web.conftest import SignIn

NAME = "canary-ask-for"
NEVER = "canary-never"
OTHERWISE = "canary-otherwise"
TODAY = clock.today("Europe/Madrid")


def agree(client: Client, cast: Cast, channel: str = "call", **changes: Any) -> Any:
    typed = {
        "allowed": "yes",
        "days": ["0", "1", "2", "3", "4"],
        "from_time": "10:00",
        "until_time": "13:00",
        "ask_for": NAME,
        "otherwise": OTHERWISE,
        "never": NEVER,
        "leaves_message": "no",
        "checked": "unknown",
        "agreed_on": TODAY.isoformat(),
        **changes,
    }
    return client.post(f"/cases/{cast.code}/contact/{channel}/", typed)


def test_what_she_agreed_to_stands_in_the_head_of_every_page_of_her_case(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "nothing agreed yet" in client.get(f"/cases/{cast.code}/notes/").text
    assert agree(client, cast).status_code == 302
    page = client.get(f"/cases/{cast.code}/notes/").text
    assert f"Mon–Fri, ask for {NAME}" in page
    client.cookies["language"] = "es"
    assert NAME in client.get(f"/cases/{cast.code}/").text


@pytest.mark.parametrize("name", ["assigned", "psychologist", "lawyer", "mediator"])
def test_her_team_sees_how_to_reach_her(cast: Cast, sign_in: SignIn, name: str) -> None:
    agree(sign_in("assigned"), cast)
    page = sign_in(name).get(f"/cases/{cast.code}/contact/").text
    for word in (NAME, NEVER, OTHERWISE):
        assert word in page


@pytest.mark.parametrize(
    "name", ["coordinator", "officer", "colleague", "stranger", "facilitator", "hotline", "administrator", "untrained"]
)
def test_others_do_not(cast: Cast, sign_in: SignIn, name: str) -> None:
    agree(sign_in("assigned"), cast)
    client = sign_in(name)
    for address in (f"/cases/{cast.code}/contact/", f"/cases/{cast.code}/contact/call/", f"/cases/{cast.code}/"):
        page = client.get(address)
        assert page.status_code in (403, 404) or address.endswith(f"{cast.code}/")
        for word in (NAME, NEVER, OTHERWISE):
            assert word not in page.text


@pytest.mark.parametrize("name", ["psychologist", "lawyer", "mediator", "coordinator", "officer"])
def test_who_only_reads_it_changes_nothing(cast: Cast, sign_in: SignIn, name: str) -> None:
    assert agree(sign_in(name), cast).status_code == 403
    assert not ContactRule.objects.exists()


def test_no_word_of_it_stands_in_clear(cast: Cast, sign_in: SignIn) -> None:
    agree(sign_in("assigned"), cast)
    stored = repr([list(table.objects.values()) for table in (ContactRule, Case, Event, Entry)])
    for word in (NAME, NEVER, OTHERWISE):
        assert word not in stored


def test_a_change_replaces_what_was_agreed_and_keeps_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    agree(client, cast)
    form = client.get(f"/cases/{cast.code}/contact/call/")
    assert NAME in form.text
    agree(client, cast, ask_for="Another name")
    page = client.get(f"/cases/{cast.code}/contact/").text
    assert "Another name" in page
    assert NAME not in page
    assert ContactRule.objects.count() == 2


def test_a_no_needs_nothing_further_and_leaves_the_head_empty(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    agree(client, cast)
    client.post(f"/cases/{cast.code}/contact/call/", {"allowed": "no", "agreed_on": TODAY.isoformat()})
    assert "Do not use" in client.get(f"/cases/{cast.code}/contact/").text
    assert "nothing agreed yet" in client.get(f"/cases/{cast.code}/").text


def test_taking_back_her_yes_to_calls_stops_calls(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    agree(client, cast)
    agree(client, cast, "sms")
    Case.objects.update(status=Status.ACCOMPANIED)
    said = Said(answer=Answer.GIVEN, on=TODAY, language="ro", witness="x")
    number = consenting.record_answer(cast.case(), Asked("contact_by", variant="call"), said, by=cast["assigned"])
    sign_in("mediator").post(f"/cases/{cast.code}/consents/{number}/withdraw/")
    now = ContactRule.objects.filter(replaced_at=None).values_list("channel", "allowed")
    assert dict(now) == {"call": False, "sms": True}
    assert "text 10" in client.get(f"/cases/{cast.code}/").text


@pytest.mark.parametrize(("hour", "words"), [(11, "Right now: yes"), (20, "Not right now")])
def test_the_page_says_whether_this_is_the_moment(cast: Cast, sign_in: SignIn, hour: int, words: str) -> None:
    client = sign_in("assigned")
    agree(client, cast, agreed_on="2026-06-01")
    at = datetime(2026, 6, 1, hour, tzinfo=ZoneInfo(cast["assigned"].time_zone))
    with clock.standing_at(at):
        assert words in sign_in("assigned").get(f"/cases/{cast.code}/contact/").text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"allowed": ""}, "choose an answer"),
        ({"checked": "yes", "leaves_message": "yes"}, "leave no message there"),
        ({"agreed_on": (TODAY + timedelta(days=2)).isoformat()}, "still to come"),
        ({"from_time": "late"}, "valid time"),
        ({"days": ["9"]}, "valid choice"),
        ({"leaves_message": ""}, "choose an answer"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(
    cast: Cast, sign_in: SignIn, changes: dict[str, Any], told: str
) -> None:
    page = agree(sign_in("assigned"), cast, **changes)
    assert page.status_code == 422
    assert told in page.text
    assert NEVER in page.text


@pytest.mark.parametrize("channel", ["social_media", "facebook"])
def test_social_media_are_no_way_at_all(cast: Cast, sign_in: SignIn, channel: str) -> None:
    assert agree(sign_in("assigned"), cast, channel).status_code == 404


def test_a_letter_has_no_hours_and_no_message(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").get(f"/cases/{cast.code}/contact/letter/").text
    for name in ("from_time", "days", "leaves_message", "otherwise"):
        assert f'name="{name}"' not in page
    assert agree(sign_in("assigned"), cast, "letter").status_code == 302


def test_two_colleagues_at_once_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    shown = client.get(f"/cases/{cast.code}/contact/call/").context["form"].initial["number"]
    agree(client, cast, never="what the colleague wrote")
    page = agree(client, cast, number=shown)
    assert page.status_code == 409
    assert "what the colleague wrote" in page.text
    assert NEVER in page.text
    assert agree(client, cast, number=page.context["form"].data["number"]).status_code == 302
    assert NEVER in client.get(f"/cases/{cast.code}/contact/").text


# Reminders.

NUMBER = "+34600111222"
SMS = {"reminders": "yes", "address": "+34 600 111 222", "checked": "no"}


def planned(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Reminder:
    """A reminder of an appointment in two days, with the gateway set up."""
    gateway = Gateway("https://localhost:1/", {"to": "{to}", "text": "{text}"})
    monkeypatch.setattr(planning, "set_up", lambda: Channels(sms=gateway))
    on = clock.today("Europe/Madrid") + timedelta(days=2)
    plan = Plan(on, time(10), Topic.HEALTH, cast["assigned"].member, "canary-meeting-point")
    appointments.plan_appointment(cast.case(), by=cast["assigned"], plan=plan)
    planning.plan(cast["assigned"].organisation)
    return Reminder.objects.get()


def test_her_address_is_kept_sealed_and_never_shown_again(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert agree(client, cast, "sms", **SMS).status_code == 302
    row = ContactRule.objects.get()
    assert sealing.open_text(row.person_id, row.address, "contactrule.address") == NUMBER
    for address in ("", "sms/"):
        page = client.get(f"/cases/{cast.code}/contact/{address}").text
        assert "111222" not in page.replace(" ", "").replace("suchas+34600111222", "")
    agree(client, cast, "sms", **{**SMS, "address": ""})
    assert bool(ContactRule.objects.get(replaced_at=None).address)


@pytest.mark.parametrize(
    ("channel", "changes", "told"),
    [
        ("sms", {"address": ""}, "Write where to"),
        ("sms", {"address": "600 111 222"}, "code of its country"),
        ("email", {"address": "no mailbox"}, "valid email"),
        ("sms", {"checked": "yes"}, "no reminder is sent there"),
    ],
)
def test_a_reminder_needs_to_know_where_to_and_that_nobody_else_reads_it(
    cast: Cast, sign_in: SignIn, channel: str, changes: dict[str, str], told: str
) -> None:
    page = agree(sign_in("assigned"), cast, channel, **{**SMS, **changes})
    assert page.status_code == 422
    assert told in page.text


@pytest.mark.parametrize("channel", ["messaging_app", "letter"])
def test_no_other_way_asks_about_reminders(cast: Cast, sign_in: SignIn, channel: str) -> None:
    page = sign_in("assigned").get(f"/cases/{cast.code}/contact/{channel}/").text
    for name in ("reminders", "address", "who", "call_from"):
        assert f'name="{name}"' not in page


def test_a_call_asks_who_may_answer_and_from_which_telephone_and_needs_no_number(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    words = {"who": "canary-her-sister", "call_from": "canary-grey-telephone", "reminders": "yes", "checked": "yes"}
    assert agree(client, cast, **words).status_code == 302
    page = client.get(f"/cases/{cast.code}/contact/").text
    assert "canary-her-sister" in page
    assert "canary-grey-telephone" in page
    assert 'value="canary-her-sister"' in client.get(f"/cases/{cast.code}/contact/call/").text
    through = client.get(f"/cases/{cast.code}/contact/through_someone/").text
    assert ('name="who"' in through, 'name="call_from"' in through, 'name="address"' in through) == (True, False, False)


def test_her_team_sees_what_will_be_sent_and_stops_it(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("assigned")
    agree(client, cast, "sms", **SMS)
    row = planned(cast, monkeypatch)
    page = client.get(f"/cases/{cast.code}/contact/").text
    assert f"10:00. {NAME}" in page
    assert "canary-meeting-point" not in page
    stop = f"/cases/{cast.code}/reminders/{row.pk}/stop/"
    for name in ("psychologist", "coordinator"):
        assert sign_in(name).post(stop).status_code == 403
    assert sign_in("stranger").post(stop).status_code == 404
    assert client.post(stop).status_code == 302
    planning.plan(cast["assigned"].organisation)
    assert Reminder.objects.get().state == Sending.WITHDRAWN
    page = client.get(f"/cases/{cast.code}/contact/").text
    assert "Stopped by her team" in page
    assert f"10:00. {NAME}" not in page
    assert "on its way or done already" in client.post(stop, follow=True).text


def test_who_could_not_be_reminded_stands_on_today_until_somebody_told_her(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("assigned")
    agree(client, cast, "sms", **SMS)
    row = planned(cast, monkeypatch)
    set_dues(
        {row.case_id}, DueKind.REMINDER, organisation=row.organisation_id, on=TODAY, why="not_reminded", subject=row.pk
    )
    page = client.get(reverse("today")).text
    assert "She could not be reminded as agreed" in page
    assert "Call her, as she agreed" in page
    assert client.post(f"/cases/{cast.code}/reminders/{row.pk}/told/").status_code == 302
    assert not Due.objects.filter(kind=DueKind.REMINDER, done_at=None).exists()
