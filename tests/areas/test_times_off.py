"""What she was told and does not stand any more is told too: in the same way, once, and only as she agrees now."""

import json
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from amparo.areas.activities import editing
from amparo.areas.activities.editing import When
from amparo.areas.activities.models import Place, Reminder, Session
from amparo.areas.activities.reminders import calling, showing
from amparo.areas.activities.rules.reminding import About, Sending, Told, Why
from amparo.areas.cases import appointments
from amparo.areas.cases.appointments import Plan
from amparo.areas.cases.models import Case, Due
from amparo.areas.cases.rules import Meeting, Topic
from amparo.areas.consent.rules.contact import Channel
from amparo.kernel import clock
from amparo.node.channels import Channels
from tests.areas.test_reminding import (
    EVENING,
    MEETING,
    NAME,
    NUMBER,
    Received,
    a_house,
    agree,
    meet,
    pem,
    plan,
    send,
    set_up,
    texts,
)
from tests.cast import Cast
from tests.gathering import House

__all__ = ("pem", "texts")
LATER = EVENING + timedelta(hours=1)


def told_of_meeting(cast: Cast, **terms: Any) -> int:
    agree(cast, **terms)
    number = meet(cast)
    plan(cast)
    assert send(cast) == 1
    return number


def call_off(cast: Cast, number: int, state: Meeting = Meeting.CALLED_OFF) -> None:
    appointments.settle_appointment(cast.case(), number, by=cast["assigned"], state=state)


def tell(cast: Cast, at: datetime = LATER) -> int:
    """As the worker does, minute by minute: plan and send; gives how many were sent."""
    with clock.standing_at(at):
        plan(cast)
    return send(cast, at)


def the_change() -> Reminder:
    return Reminder.objects.get(about=About.CHANGED)


def words(texts: Received) -> list[str]:
    return [json.loads(one)["text"] for one in texts.messages]


# In the same way, once.


def test_she_hears_that_it_is_off_in_the_way_in_which_she_was_told_and_once(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast)
    call_off(cast, number)
    assert [tell(cast), tell(cast), tell(cast, LATER + timedelta(minutes=20))] == [1, 0, 0]
    assert len(texts.messages) == 2
    assert json.loads(texts.messages[1]) == {"to": NUMBER, "text": f"Până la urmă nu ne vedem mâine la 10:00. {NAME}"}
    assert (the_change().state, the_change().attempts) == (Sending.SENT, 1)


def test_who_was_not_told_a_time_does_not_hear_that_it_is_off(cast: Cast, texts: Received) -> None:
    agree(cast)
    number = meet(cast)
    plan(cast)
    call_off(cast, number)
    assert tell(cast) == 0
    assert texts.messages == []


def test_who_was_told_by_a_colleague_because_nothing_could_be_sent_hears_that_it_is_off(
    cast: Cast, texts: Received
) -> None:
    agree(cast)
    number = meet(cast)
    plan(cast)
    texts.answers.append(400)
    assert send(cast) == 0
    showing.note_called(cast.case(), Reminder.objects.get().pk, by=cast["assigned"])
    call_off(cast, number)
    assert tell(cast) == 1
    assert [("nu ne vedem" in one) for one in words(texts)] == [True]


def test_that_she_could_not_come_she_knows(cast: Cast, texts: Received) -> None:
    call_off(cast, told_of_meeting(cast), Meeting.COULD_NOT_COME)
    assert tell(cast) == 0


def test_a_time_that_moved_is_told_with_the_new_one_and_not_told_again_right_after(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast)
    moved = Plan(MEETING.date(), time(16), Topic.HEALTH, cast["assigned"].member)
    appointments.move_appointment(cast.case(), number, by=cast["assigned"], plan=moved, version=1)
    assert [tell(cast), tell(cast, LATER + timedelta(minutes=30))] == [1, 0]
    assert words(texts)[1] == f"Până la urmă nu ne vedem mâine la 10:00. Ne vedem mâine la 16:00. {NAME}"


def test_a_new_time_some_days_later_is_told_with_it_and_again_on_its_eve(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast)
    moved = Plan(MEETING.date() + timedelta(days=2), time(16), Topic.HEALTH, cast["assigned"].member)
    appointments.move_appointment(cast.case(), number, by=cast["assigned"], plan=moved, version=1)
    assert tell(cast) == 1
    assert words(texts)[1].count("Ne vedem") == 1
    assert [tell(cast, EVENING + timedelta(days=days)) for days in (1, 2)] == [0, 1]
    assert words(texts)[2] == f"Ne vedem mâine la 16:00. {NAME}"


def told_of_session(cast: Cast) -> House:
    house = a_house(cast)
    with clock.standing_at(house.at(9) - timedelta(days=1)):
        plan(cast)
    assert send(cast, house.at(18) - timedelta(days=1)) == 2
    return house


def cancel(house: House) -> None:
    editing.cancel_session(house.period, house.sessions[0].pk, by=house.coordinator)


def move(house: House) -> None:
    session = house.sessions[0]
    when = When(datetime.combine(house.first_on, time(16)), house.room, session.member_id)
    editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=session.version)


@pytest.mark.parametrize("change", [cancel, move])
def test_a_session_that_is_cancelled_or_moved_is_told_to_each_who_was_told(
    cast: Cast, texts: Received, change: Any
) -> None:
    house = told_of_session(cast)
    change(house)
    assert tell(cast, house.at(19) - timedelta(days=1)) == 2
    assert tell(cast, house.at(20) - timedelta(days=1)) == 0
    assert all("no nos vemos mañana a las 10:00." in one for one in words(texts)[2:])
    assert all(("a las 16:00" in one) is (change is move) for one in words(texts)[2:])


def test_who_is_taken_out_of_the_group_hears_it_and_the_others_do_not(cast: Cast, texts: Received) -> None:
    house = told_of_session(cast)
    place = Place.objects.get(case=house.women[0].id)
    editing.take_out(house.period, place.pk, by=house.coordinator)
    assert tell(cast, house.at(19) - timedelta(days=1)) == 1
    assert the_change().case_id == house.women[0].id


def test_only_another_room_is_nothing_to_tell(cast: Cast, texts: Received) -> None:
    house = told_of_session(cast)
    Session.objects.update(version=9)
    assert tell(cast, house.at(19) - timedelta(days=1)) == 0


# Only as she agrees now; else a person has the task.


def test_after_she_changed_her_mind_her_referent_has_the_task(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast)
    call_off(cast, number)
    agree(cast, reminders=False)
    assert [tell(cast), tell(cast)] == [0, 0]
    assert (the_change().state, the_change().why) == (Sending.FAILED, Why.NO_WAY)
    line = Due.objects.get(kind="reminder", done_at=None)
    assert (line.why, line.member_id) == ("change_untold", cast["assigned"].member)
    with clock.standing_at(MEETING + timedelta(minutes=1)):
        plan(cast)
    assert not Due.objects.filter(kind="reminder", done_at=None).exists()


def test_the_same_where_she_changed_it_after_it_was_planned(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast)
    call_off(cast, number)
    with clock.standing_at(LATER):
        plan(cast)
    agree(cast, reminders=False)
    assert send(cast, LATER) == 0
    assert the_change().state == Sending.FAILED
    assert Due.objects.get(kind="reminder", done_at=None).why == "change_untold"


def test_the_same_where_no_hour_is_left_that_she_agreed_to(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast, from_time=time(17), until_time=time(19))
    call_off(cast, number)
    assert tell(cast, EVENING + timedelta(hours=3)) == 0
    assert Due.objects.get(kind="reminder", done_at=None).why == "change_untold"


def test_nobody_is_told_anything_once_her_case_is_closed(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast)
    call_off(cast, number)
    Case.objects.filter(pk=cast.case().id).update(status="closed")
    assert tell(cast) == 0
    assert not Reminder.objects.filter(about=About.CHANGED).exists()
    assert not Due.objects.filter(kind="reminder").exists()


def test_who_was_called_is_called_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, Channels())
    agree(cast, channel=Channel.CALL)
    number = meet(cast)
    plan(cast)
    with clock.standing_at(EVENING):
        calling.tick(cast.case(), Reminder.objects.get().pk, Told.REACHED, by=cast["assigned"])
        call_off(cast, number)
        plan(cast)
        (line,) = calling.calls_of(cast["assigned"]).lines
    assert (line.about, line.now) == (About.CHANGED, True)
    assert line.means == f"Not tomorrow at 10:00 after all. {NAME}"


def test_what_is_put_back_before_she_heard_of_it_is_not_told(cast: Cast, texts: Received) -> None:
    house = told_of_session(cast)
    cancel(house)
    with clock.standing_at(house.at(19) - timedelta(days=1)):
        plan(cast)
    Session.objects.update(state="planned")
    assert send(cast, house.at(19) - timedelta(days=1)) == 0
    assert len(texts.messages) == 2


def test_what_is_put_back_after_she_heard_of_it_her_referent_tells_her_and_is_asked_once(
    cast: Cast, texts: Received
) -> None:
    house = told_of_session(cast)
    cancel(house)
    at = house.at(19) - timedelta(days=1)
    assert tell(cast, at) == 2
    Session.objects.update(state="planned")
    assert tell(cast, at) == 0
    assert set(Due.objects.filter(kind="reminder").values_list("why", flat=True)) == {"stands_again"}
    Due.objects.update(done_at=at)
    assert tell(cast, at) == 0
    assert not Due.objects.filter(kind="reminder", done_at=None).exists()


def test_nothing_is_told_of_what_is_past(cast: Cast, texts: Received) -> None:
    number = told_of_meeting(cast)
    call_off(cast, number)
    assert tell(cast, MEETING + timedelta(minutes=1)) == 0
