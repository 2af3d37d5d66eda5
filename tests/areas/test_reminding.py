"""She is reminded once, as she agreed: planned, sent, tried again, never twice, and not after anything changed (R7)."""

import json
import logging
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from amparo.areas.access.rules import WHOLE_FILE
from amparo.areas.activities import editing
from amparo.areas.activities.held.hers import note_asked_after
from amparo.areas.activities.models import Alarm, Place, Reminder
from amparo.areas.activities.reminders import calling, planning, sending
from amparo.areas.activities.reminders.working import ChannelFile, channels_of
from amparo.areas.activities.rules.reminding import Sending, Why
from amparo.areas.activities.rules.states import Agreed, Found
from amparo.areas.audit.models import Entry
from amparo.areas.cases import appointments, restricting
from amparo.areas.cases.appointments import Plan
from amparo.areas.cases.contact import agree_on_contact
from amparo.areas.cases.models import Case, Due
from amparo.areas.cases.queries import CaseFile
from amparo.areas.cases.rules import DueKind, HeldBecause, Meeting, Topic
from amparo.areas.consent import actions as consent
from amparo.areas.consent.actions import Asked, Said
from amparo.areas.consent.contact import Terms
from amparo.areas.consent.models import ContactRule
from amparo.areas.consent.rules import Answer, Proof
from amparo.areas.consent.rules.contact import Channel
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from amparo.node.channels import Channels, Message, Problem
from amparo.node.channels.gateway import Gateway
from amparo.node.channels.mail import Mail
from tests.cast import Cast
from tests.gathering import House, house_of
from tests.receiving import BROKEN_OFF, Received, certificate, gateway, mail_server

NUMBER, MAILBOX = "+34600999888", "canary-ana@mail.example"
NAME = "Canarita"
MADRID = ZoneInfo("Europe/Madrid")
TODAY = clock.today("Europe/Madrid")
MEETING = datetime.combine(TODAY + timedelta(days=2), time(10), MADRID)
EVENING = datetime.combine(TODAY + timedelta(days=1), time(18), MADRID)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def texts(pem: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Received]:
    """A gateway, set up for both kinds of job."""
    with gateway(pem) as received:
        url = f"https://localhost:{received.port}/"
        sms = Gateway(url, {"to": "{to}", "text": "{text}"}, trusted=str(pem), timeout=5)
        set_up(monkeypatch, Channels(sms=sms))
        yield received


def set_up(monkeypatch: pytest.MonkeyPatch, found: Channels) -> None:
    for module in (planning, sending, calling):
        monkeypatch.setattr(module, "set_up", lambda: found)


def agree(cast: Cast, case: CaseFile | None = None, channel: Channel = Channel.SMS, **changes: Any) -> None:
    to = {Channel.SMS: NUMBER, Channel.EMAIL: MAILBOX}.get(channel, "")
    terms = {"allowed": True, "reminders": True, "address": to, "ask_for": NAME, **changes}
    agree_on_contact(case or cast.case(), Terms(channel=channel, agreed_on=TODAY, **terms), by=cast["assigned"])


def meet(cast: Cast, at: time | None = time(10), on: date | None = None) -> int:
    plan = Plan(on or MEETING.date(), at, Topic.HEALTH, cast["assigned"].member, place="canary-meeting-point")
    return appointments.plan_appointment(cast.case(), by=cast["assigned"], plan=plan)


def plan(cast: Cast) -> int:
    return planning.plan(cast["assigned"].organisation)


def send(cast: Cast, at: datetime = EVENING) -> int:
    sealing.forget_keys()
    with clock.standing_at(at):
        return sending.send_due(cast["assigned"].organisation)


def the_one() -> Reminder:
    return Reminder.objects.get()


def due(cast: Cast) -> list[str]:
    rows = Due.objects.filter(case=cast.case().id, kind=DueKind.REMINDER, done_at=None)
    return list(rows.values_list("why", flat=True))


# Planned, and sent once.


def test_an_appointment_is_told_the_evening_before_in_words_that_say_nothing_else(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    assert plan(cast) == 1
    assert the_one().planned_at == EVENING
    assert send(cast, EVENING - timedelta(minutes=1)) == 0
    assert send(cast) == 1
    told = json.loads(texts.messages[0])
    assert told["to"] == NUMBER
    assert told["text"].endswith(f"10:00. {NAME}")
    assert "canary" not in told["text"]
    assert (the_one().state, the_one().attempts, the_one().sent_at) == (Sending.SENT, 1, EVENING)


def test_it_is_not_sent_again_however_often_it_is_planned_and_sent(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    for _ in range(3):
        plan(cast)
        send(cast)
    agree(cast, ask_for="Another name")
    plan(cast)
    send(cast, EVENING + timedelta(hours=1))
    assert len(texts.messages) == 1


def test_an_e_mail_goes_where_that_is_what_she_chose(cast: Cast, pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server(pem) as letters:
        mail = Mail("localhost", letters.port, "tls", "hello@post.example", trusted=str(pem), timeout=5)
        set_up(monkeypatch, Channels(email=mail))
        agree(cast, channel=Channel.EMAIL)
        meet(cast, at=None)
        plan(cast)
        assert send(cast) == 1
    assert f"To: {MAILBOX}" in letters.messages[0]
    assert f"From: {NAME} <hello@post.example>" in letters.messages[0]


def test_a_session_is_told_to_each_woman_who_has_a_place(cast: Cast, texts: Received) -> None:
    house = a_house(cast)
    with clock.standing_at(house.at(9) - timedelta(days=1)):
        assert plan(cast) == 2
    assert send(cast, house.at(18) - timedelta(days=1)) == 2
    assert len(texts.messages) == 2


def a_house(cast: Cast) -> House:
    """A published session of four women, of whom two would like to be reminded."""
    house = house_of(cast)
    house.plan(house.women)
    house.publish()
    for woman in house.women[:2]:
        agree(cast, woman)
    return house


# Tried again, and given up.


def test_what_was_not_taken_is_tried_again_and_then_delivered_once(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    texts.answers += [503, 429]
    assert send(cast) == 0
    assert (the_one().state, the_one().planned_at) == (Sending.PLANNED, EVENING + timedelta(minutes=5))
    with clock.standing_at(EVENING + timedelta(minutes=2)):
        plan(cast)
    assert send(cast, EVENING + timedelta(minutes=4)) == 0
    assert send(cast, EVENING + timedelta(minutes=5)) == 0
    assert send(cast, EVENING + timedelta(minutes=25)) == 1
    assert len(texts.messages) == 1
    assert due(cast) == []


def test_after_the_last_try_a_person_is_asked_to_call_her_until_the_time_has_come(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    texts.answers += [500] * 9
    for _ in range(6):
        send(cast, max(EVENING, the_one().planned_at))
    assert (the_one().state, the_one().why, the_one().attempts) == (Sending.FAILED, Why.TRIED, 4)
    assert due(cast) == ["not_reminded"]
    with clock.standing_at(MEETING + timedelta(minutes=1)):
        plan(cast)
    assert due(cast) == []


def test_what_the_gateway_refuses_is_not_tried_again(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    texts.answers.append(400)
    assert send(cast) == send(cast, EVENING + timedelta(hours=2)) == 0
    assert (the_one().state, the_one().attempts) == (Sending.FAILED, 1)
    assert due(cast) == ["not_reminded"]


def test_what_broke_off_after_the_words_had_gone_is_never_sent_again(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    texts.answers.append(BROKEN_OFF)
    assert send(cast) == send(cast, EVENING + timedelta(hours=1)) == 0
    plan(cast)
    assert len(texts.messages) == 1
    assert the_one().state == Sending.UNKNOWN
    assert due(cast) == ["perhaps_reminded"]


def test_a_worker_that_was_killed_while_sending_leaves_a_mark_and_nobody_sends_again(
    cast: Cast, texts: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(cast)
    meet(cast)
    plan(cast)

    def killed(claimed: Any, found: Channels) -> bool:
        found.sms.send(Message(to=NUMBER, text="x"))  # type: ignore[union-attr]
        raise SystemExit

    with monkeypatch.context() as during:
        during.setattr(sending, "hand_over", killed)
        with pytest.raises(SystemExit):
            send(cast)
    assert the_one().state == Sending.SENDING
    assert send(cast, EVENING + timedelta(minutes=9)) == 0
    assert the_one().state == Sending.SENDING
    assert send(cast, EVENING + timedelta(minutes=11)) == 0
    assert the_one().state == Sending.UNKNOWN
    assert due(cast) == ["perhaps_reminded"]
    assert len(texts.messages) == 1


# Not after anything changed.


def taken_back(cast: Cast) -> None:
    for answer in (Answer.GIVEN, Answer.WITHDRAWN):
        said = Said(answer=answer, on=TODAY, language="ro", proof=Proof.WORD, witness="A colleague")
        consent.record_answer(cast.case().person, Asked("contact_by", variant="sms"), said, by=cast["assigned"])


def called_off(cast: Cast) -> None:
    number = the_one().appointment_id
    assert number
    appointments.settle_appointment(cast.case(), number, by=cast["assigned"], state=Meeting.CALLED_OFF)


def held(cast: Cast) -> None:
    wish = {"ground": HeldBecause.NOT_WANTED, "words": "x", "since": TODAY}
    restricting.restrict(cast.case(), by=cast["assigned"], thing=WHOLE_FILE, **wish)  # type: ignore[arg-type]


CHANGES = {
    "she does not want to be reached so": lambda cast: agree(cast, allowed=False, reminders=False),
    "she does not want to be reminded": lambda cast: agree(cast, reminders=False),
    "her consent was withdrawn": taken_back,
    "somebody else reads along": lambda cast: agree(cast, checked="yes"),
    "it was called off": called_off,
    "her case was closed": lambda cast: Case.objects.filter(pk=cast.case().id).update(status="closed"),
    "she was erased": lambda cast: Case.objects.filter(pk=the_one().case_id).update(erased_on=TODAY),
    "nothing of hers is used": held,
}


def test_in_a_pause_she_is_not_reminded_of_this_activity_until_it_is_taken_back(cast: Cast, texts: Received) -> None:
    house = a_house(cast)
    hers, other = house.women[:2]
    group = house.sessions[0].group_id
    before, evening = house.at(9) - timedelta(days=1), house.at(18) - timedelta(days=1)
    with clock.standing_at(before):
        plan(cast)
        asked_after(cast, hers, group, Agreed.PAUSE)
        asked_after(cast, other, group, Agreed.CHILDCARE)
    assert send(cast, evening) == 1  # the other woman's
    rows = Reminder.objects.filter(session__isnull=False)
    assert dict(rows.values_list("case", "why")) == {hers.id: Why.PAUSED, other.id: ""}
    with clock.standing_at(evening):
        assert plan(cast) == 0
        asked_after(cast, hers, group, found=Found.NOT_REACHED)
        assert plan(cast) == 0
        asked_after(cast, hers, group, found=Found.COMES_AGAIN)
        assert plan(cast) == 1
    assert send(cast, evening) == 1


def asked_after(cast: Cast, case: CaseFile, group: int, *agreed: Agreed, found: Found = Found.REST) -> None:
    note_asked_after(case, group, by=cast["assigned"], found=found, agreed=agreed, words="")


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("planned_again", [True, False])
def test_nothing_is_sent_after(cast: Cast, texts: Received, what: str, planned_again: bool) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    CHANGES[what](cast)
    if planned_again:
        plan(cast)
    assert send(cast) == 0
    assert (texts.messages, the_one().state) == ([], Sending.WITHDRAWN)


def test_changed_hours_count_at_once(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    agree(cast, from_time=time(19), until_time=time(22), address="")
    assert send(cast) == 0
    assert (the_one().state, the_one().planned_at) == (Sending.PLANNED, EVENING + timedelta(hours=1))
    assert send(cast, EVENING + timedelta(hours=1)) == 1
    assert NUMBER in texts.messages[0]


def test_a_worker_that_comes_too_late_waits_for_her_hours_or_leaves_it(cast: Cast, texts: Received) -> None:
    agree(cast, from_time=time(17), until_time=time(19))
    meet(cast)
    plan(cast)
    assert send(cast, EVENING + timedelta(hours=5)) == 0
    assert (the_one().state, the_one().why) == (Sending.WITHDRAWN, Why.NO_HOUR)


def test_moved_it_is_another_reminder(cast: Cast, texts: Received) -> None:
    agree(cast)
    number = meet(cast)
    plan(cast)
    moved = Plan(MEETING.date(), time(16), Topic.HEALTH, cast["assigned"].member)
    appointments.move_appointment(cast.case(), number, by=cast["assigned"], plan=moved, version=1)
    plan(cast)
    assert send(cast) == 1
    assert "16:00" in texts.messages[0]
    assert sorted(Reminder.objects.values_list("state", flat=True)) == [Sending.SENT, Sending.WITHDRAWN]


def test_a_session_that_is_cancelled_unsafe_or_left_is_told_to_nobody(cast: Cast, texts: Received) -> None:
    house = a_house(cast)
    before = house.at(9) - timedelta(days=1)
    with clock.standing_at(before):
        plan(cast)
        Place.objects.filter(case=house.women[0].id).update(until=TODAY)
        Alarm.objects.create(
            organisation_id=cast["assigned"].organisation, session=house.sessions[0], rule=1, found_at=clock.now()
        )
        plan(cast)
    assert set(Reminder.objects.values_list("why", flat=True)) == {Why.NOT_HELD, Why.ALARM}
    Alarm.objects.update(ended_at=clock.now())
    with clock.standing_at(before):
        assert plan(cast) == 1
    editing.cancel_session(house.period, house.sessions[0].pk, by=house.coordinator)
    assert send(cast, house.at(18) - timedelta(days=1)) == 0
    assert texts.messages == []


@pytest.mark.parametrize("on", [date(2027, 3, 28), date(2027, 10, 31)])
def test_on_the_eve_of_a_change_of_the_clock_it_is_sent_at_six_by_her_clock(
    cast: Cast, texts: Received, on: date
) -> None:
    agree(cast)
    meet(cast, on=on)
    eve = datetime.combine(on - timedelta(days=1), time(18), MADRID)
    with clock.standing_at(eve - timedelta(hours=20)):
        plan(cast)
    assert the_one().planned_at == eve
    assert send(cast, eve) == 1
    assert "10:00" in texts.messages[0]


# Nothing without her yes, nothing in clear.


def test_without_her_yes_nothing_is_planned_and_without_a_channel_a_colleague_tells_her(
    cast: Cast, texts: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet(cast)
    assert plan(cast) == 0
    agree(cast, reminders=False)
    assert plan(cast) == 0
    agree(cast, channel=Channel.MESSAGING_APP)
    assert plan(cast) == 0
    agree(cast)
    set_up(monkeypatch, Channels())
    assert plan(cast) == 1
    assert the_one().by_hand
    assert send(cast) == 0


def test_an_address_is_kept_only_with_a_yes_to_reminders_and_only_the_one_in_use(cast: Cast) -> None:
    agree(cast)
    agree(cast, address="")
    kept = ContactRule.objects.order_by("pk").values_list("address", flat=True)
    assert [bool(bytes(one)) for one in kept] == [False, True]
    agree(cast, reminders=False)
    assert not any(bytes(one) for one in ContactRule.objects.values_list("address", flat=True))


def test_no_address_and_no_words_stand_in_a_table_or_a_log(
    cast: Cast, texts: Received, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    agree(cast)
    meet(cast)
    plan(cast)
    texts.answers += [503]
    send(cast)
    send(cast, EVENING + timedelta(minutes=5))
    assert NUMBER in texts.messages[0]
    stored = repr([list(table.objects.values()) for table in (Reminder, ContactRule, Due, Entry)]) + caplog.text
    for word in (NUMBER, NUMBER[1:], NAME, "10:00."):
        assert word not in stored


def test_each_try_stands_in_the_log_of_who_did_what(cast: Cast, texts: Received) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    texts.answers.append(503)
    send(cast)
    send(cast, EVENING + timedelta(minutes=5))
    found = Entry.objects.filter(verb__startswith="reminder", member=None).order_by("number")
    assert list(found.values_list("verb", flat=True)) == ["reminders planned", "reminder not sent", "reminder sent"]
    assert found[1].person == cast.case().person


def test_planning_asks_as_often_for_many_as_for_one(
    cast: Cast, texts: Received, django_assert_max_num_queries: Any
) -> None:
    house = a_house(cast)
    for woman in house.women[2:]:
        agree(cast, woman)
    sealing.forget_keys()
    with clock.standing_at(house.at(9) - timedelta(days=1)), django_assert_max_num_queries(20):
        assert plan(cast) == 4


# Which channels work.


def tries(cast: Cast) -> dict[str, ChannelFile]:
    return {one.channel: one for one in channels_of(cast["administrator"]).channels}


def test_the_administrator_learns_when_a_channel_last_worked_and_failed_and_of_nobody(
    cast: Cast, texts: Received, caplog: pytest.LogCaptureFixture
) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    texts.answers.append(503)
    send(cast)
    sms = tries(cast)[Channel.SMS]
    assert (sms.failed_at, sms.problem, sms.sent_at, sms.fails) == (EVENING, Problem.BUSY, None, True)
    later = EVENING + timedelta(minutes=5)
    send(cast, later)
    assert (tries(cast)[Channel.SMS].sent_at, tries(cast)[Channel.SMS].fails) == (later, False)
    assert set(vars(sms)) == {"channel", "place", "sent_at", "failed_at", "problem"}
    assert tries(cast)[Channel.EMAIL].sent_at is None


@pytest.mark.parametrize("name", ["assigned", "coordinator", "officer"])
def test_nobody_else_is_told_how_channels_are_set_up(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        channels_of(cast[name])
