"""The list of calls on the screen and on paper: what to say, ticked off in one press, and nothing for anybody else."""

from collections.abc import Iterator
from datetime import time, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from amparo.areas.activities.models import Call, Reminder
from amparo.areas.activities.rules.reminding import Sending
from amparo.areas.audit.models import Entry
from amparo.kernel import clock
from amparo.node.channels import Channels
from tests.areas.test_calling import CALL_FROM, MORNING, WHO, agree_to_calls
from tests.areas.test_reminding import NAME, NUMBER, agree, meet, plan, set_up
from tests.cast import Cast
from tests.web.conftest import SignIn
from tests.web.test_pdf import words as words_of

HERS = (NUMBER, NAME, WHO, CALL_FROM)


@pytest.fixture(autouse=True)
def to_call(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the morning on which she is to be called."""
    set_up(monkeypatch, Channels())
    agree_to_calls(cast)
    meet(cast)
    plan(cast)
    with clock.standing_at(MORNING):
        yield


def press(client: Client, cast: Cast, outcome: str) -> str:
    number = Reminder.objects.get().pk
    return client.post(f"/cases/{cast.code}/reminders/{number}/tick/", {"outcome": outcome}, follow=True).text


def opened(client: Client, address: str = "/calls/") -> str:
    return client.get(address).text


def test_today_leads_to_the_list_and_the_list_has_all_that_is_needed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "Calls to make: one woman to tell a time today" in opened(client, "/")
    take(client, cast)
    page = opened(client)
    for words in (*HERS, f"See you tomorrow at 10:00. {NAME}", "Right now: yes", "10:00"):
        assert words in page
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert not any(words in title for words in (*HERS, "Calls"))


@pytest.mark.parametrize("name", ["mediator", "coordinator", "colleague"])
def test_nobody_else_reads_how_she_is_called(sign_in: SignIn, name: str) -> None:
    page = opened(sign_in(name))
    assert not any(words in page for words in HERS)
    assert ("I call her" in page) is (name == "mediator")


def test_one_press_ticks_it_off_and_a_second_says_why_not(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "Noted." in press(client, cast, "reached")
    assert "has told her already" in press(client, cast, "reached")
    assert NUMBER not in opened(client)
    assert "She knows" in client.get(f"/cases/{cast.code}/contact/").text
    assert Call.objects.count() == 1


def test_all_that_is_said_to_her_at_once_stands_together_and_is_ticked_off_together(
    cast: Cast, sign_in: SignIn
) -> None:
    meet(cast, at=time(17))
    plan(cast)
    client = sign_in("assigned")
    numbers = [str(one) for one in Reminder.objects.values_list("pk", flat=True)]
    client.post(f"/cases/{cast.code}/reminders/{numbers[0]}/mine/", {"also": numbers})
    page = opened(client)
    assert (page.count("<article"), page.count(NUMBER), "17:00" in page) == (1, 1, True)
    address = f"/cases/{cast.code}/reminders/{numbers[0]}/tick/"
    client.post(address, {"outcome": "reached", "also": [*numbers, "x", "9" * 40]})
    assert list(Reminder.objects.values_list("state", flat=True)) == [Sending.SENT] * 2
    assert Call.objects.count() == 2


def test_without_an_answer_or_after_a_change_of_rule_nothing_is_noted(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "Choose what became of it" in press(client, cast, "")
    agree_to_calls(cast, reminders=False, address="")
    assert "does not want to be told in this way any more" in press(client, cast, "reached")
    assert not Call.objects.exists()
    assert Reminder.objects.get().state == Sending.PLANNED


def take(client: Client, cast: Cast) -> str:
    return client.post(f"/cases/{cast.code}/reminders/{Reminder.objects.get().pk}/mine/", follow=True).text


def test_an_old_screen_has_no_number_and_gets_none_once_a_colleague_has_taken_the_call(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in("assigned")
    old = opened(client)
    assert (NUMBER in old, "once you have taken the call" in old) == (False, True)
    take(sign_in("mediator"), cast)
    refused = take(client, cast)
    assert ("has taken this call meanwhile" in refused, NUMBER in refused + opened(client)) == (True, False)


def test_on_the_list_of_another_day_the_day_is_named_and_a_button_leads_back_to_that_list(
    cast: Cast, sign_in: SignIn
) -> None:
    row = Reminder.objects.get()
    page = f"/calls/?day={clock.day_of(row.planned_at, 'Europe/Madrid')}"
    with clock.standing_at(MORNING - timedelta(days=1)):
        client = sign_in("assigned")
        text = opened(client, page)
        named = f"See you on {row.starts_at:%A} at 10:00. {NAME}"
        assert [words in text for words in (named, "See you tomorrow", "See you today")] == [True, False, False]
        typed = {"day": page.partition("=")[2]}
        answer = client.post(f"/cases/{cast.code}/reminders/{row.pk}/mine/", typed)
        assert answer.headers["Location"] == f"{page}#call-{row.pk}"
        assert NUMBER in opened(client, page)
        paper = client.post("/calls/paper/", typed)
        assert named in words_of(PdfReader(BytesIO(paper.content)))
        client.post(f"/cases/{cast.code}/reminders/{row.pk}/tick/", {"day": "never", "outcome": ""})


def test_a_colleague_takes_it_over(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("mediator")
    client.post(f"/cases/{cast.code}/reminders/{Reminder.objects.get().pk}/mine/")
    assert NUMBER in opened(client)
    assert NUMBER not in opened(sign_in("assigned"))


def test_taken_it_says_so_to_both_and_is_given_back_by_a_button(cast: Cast, sign_in: SignIn) -> None:
    client, colleague = sign_in("assigned"), sign_in("mediator")
    address = f"/cases/{cast.code}/reminders/{Reminder.objects.get().pk}"
    assert "You have taken it" in client.post(f"{address}/mine/", follow=True).text
    assert "Taken by you" in opened(client)
    assert "Taken by Assigned" in opened(colleague)
    assert "has taken this call meanwhile" in colleague.post(f"{address}/mine/", follow=True).text
    assert NUMBER not in opened(colleague)
    client.post(f"{address}/back/")
    assert "Taken by" not in opened(client) + opened(colleague)
    client.post(f"{address}/mine/")
    colleague.post(f"{address}/mine/", {"agreed": "yes"})
    assert NUMBER in opened(colleague)


def test_a_woman_who_is_told_several_times_is_one_call_for_whoever_takes_it(cast: Cast, sign_in: SignIn) -> None:
    meet(cast, at=time(17))
    plan(cast)
    colleague = sign_in("mediator")
    page = opened(colleague)
    assert (page.count("I call her<"), page.count('name="also"')) == (1, 2)
    first, second = Reminder.objects.order_by("pk").values_list("pk", flat=True)
    colleague.post(f"/cases/{cast.code}/reminders/{first}/mine/", {"also": [first, second]})
    assert opened(colleague).count("<article") == 1
    assert NUMBER not in opened(sign_in("assigned"))


def test_a_call_made_from_paper_is_ticked_with_its_time(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/reminders/{Reminder.objects.get().pk}/tick/"
    for wrong, why in (("11:30", "time of today that is past"), ("ten", "as 09:10"), ("24:99", "as 09:10")):
        assert why in client.post(address, {"outcome": "reached", "at": wrong}, follow=True).text
    assert not Call.objects.exists()
    client.post(address, {"outcome": "reached", "at": "10:20"})
    assert Call.objects.get().at == MORNING.replace(hour=10, minute=20)


def test_the_paper_has_the_same_without_the_house_and_is_noted_with_whom_it_is_about(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in("assigned")
    paper = client.post("/calls/paper/", {"day": MORNING.date().isoformat()})
    words = words_of(PdfReader(BytesIO(paper.content)))
    assert "Taken by you" in opened(client)
    for told in (*HERS, cast.code, "See you tomorrow at 10:00.", "She knows", "Taken at 11:00"):
        assert told in words
    for told in ("Here House", "Amparo", "Assigned", "canary-meeting-point"):
        assert told not in words
    assert paper["Content-Disposition"] == 'inline; filename="list.pdf"'
    assert Entry.objects.get(verb="call printed").person == cast.case().person
    assert Entry.objects.filter(verb="taken out").exists()


def test_a_day_that_is_none_is_today_and_another_has_its_own(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    take(client, cast)
    assert NUMBER in opened(client, "/calls/?day=none")
    assert NUMBER not in opened(client, f"/calls/?day={MORNING.date() + timedelta(days=1)}")


def test_in_writing_the_mailbox_stands_there_too_and_nowhere_else(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    agree_to_calls(cast, reminders=False, address="")
    agree(cast)
    plan(cast)
    take(client, cast)
    assert NUMBER in opened(client)
    assert NUMBER not in client.get(f"/cases/{cast.code}/contact/").text
