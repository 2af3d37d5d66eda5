"""Told by hand, from a list: only as she agreed at this very moment, by her team, once, and noted (R7)."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from amparo.areas.activities.models import Call, Reminder
from amparo.areas.activities.reminders import calling, meetings, planning, taking
from amparo.areas.activities.reminders.calling import CallLine
from amparo.areas.activities.reminders.meetings import days_off
from amparo.areas.activities.rules.reminding import Sending, Told, Why
from amparo.areas.audit.models import Entry
from amparo.areas.cases.models import Due, Event, TeamMember
from amparo.areas.consent.models import ContactRule
from amparo.areas.consent.rules.contact import Channel
from amparo.areas.rights.copying import read
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from amparo.node.channels import Channels
from tests.areas.test_erasing import agreed, erase, wish_for_all
from tests.areas.test_reminding import (
    CHANGES,
    EVENING,
    MADRID,
    MAILBOX,
    MEETING,
    NAME,
    NUMBER,
    TODAY,
    a_house,
    agree,
    due,
    meet,
    plan,
    send,
    set_up,
    the_one,
)
from tests.cast import Cast

WHO, CALL_FROM = "canary-her-sister", "canary-the-grey-telephone"
MORNING = EVENING.replace(hour=11)


@pytest.fixture(autouse=True)
def nothing_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, Channels())


def agree_to_calls(cast: Cast, **changes: Any) -> None:
    terms = {"from_time": time(10), "until_time": time(13), "address": NUMBER, "who": WHO, "call_from": CALL_FROM}
    agree(cast, channel=Channel.CALL, **{**terms, **changes})


def listed(cast: Cast, name: str = "assigned", at: datetime = MORNING) -> list[CallLine]:
    sealing.forget_keys()
    with clock.standing_at(at):
        return list(calling.calls_of(cast[name]).lines)


def tick(cast: Cast, told: Told, name: str = "assigned", at: datetime = MORNING) -> None:
    with clock.standing_at(at):
        calling.tick(cast.case(name), the_one().pk, told, by=cast[name])


def take(cast: Cast, name: str, at: datetime = MORNING, *, agreed: bool = False) -> None:
    with clock.standing_at(at):
        taking.take(cast.case(name), [the_one().pk], by=cast[name], agreed=agreed)


def give_back(cast: Cast, name: str) -> None:
    with clock.standing_at(MORNING):
        taking.give_back(cast.case(name), [the_one().pk], by=cast[name])


@pytest.fixture
def to_call(cast: Cast) -> Cast:
    """She is to be called the day before, between ten and one."""
    agree_to_calls(cast)
    meet(cast)
    plan(cast)
    return cast


# What stands on the list.


def test_who_would_like_a_call_stands_on_the_list_with_all_that_is_needed_to_call_her(to_call: Cast) -> None:
    take(to_call, "assigned")
    (line,) = listed(to_call)
    assert (line.mine, line.code, line.number, line.now) == (True, to_call.code, NUMBER, True)
    assert line.terms is not None
    assert (line.terms.ask_for, line.terms.who, line.terms.call_from) == (NAME, WHO, CALL_FROM)
    assert line.says.endswith(f"10:00. {NAME}")
    assert line.means == f"See you tomorrow at 10:00. {NAME}"
    assert send(to_call, EVENING) == 0


@pytest.mark.parametrize(
    ("channel", "number"), [(Channel.THROUGH_SOMEONE, ""), (Channel.SMS, NUMBER), (Channel.EMAIL, MAILBOX)]
)
def test_so_does_who_is_told_through_somebody_or_could_not_be_written_to(
    cast: Cast, channel: Channel, number: str
) -> None:
    agree(cast, channel=channel)
    meet(cast)
    plan(cast)
    take(cast, "assigned", the_one().planned_at)
    (line,) = listed(cast, at=the_one().planned_at)
    assert (line.number, line.terms and line.terms.channel) == (number, channel)


def test_before_a_public_holiday_of_the_country_she_is_called_on_the_last_working_day(
    cast: Cast,
) -> None:
    thursday = TODAY + timedelta(days=7 + (3 - TODAY.weekday()) % 7)
    agree_to_calls(cast)
    meet(cast, on=thursday)
    with clock.standing_at(datetime.combine(thursday - timedelta(days=3), time(9), MADRID)):
        plan(cast)
        usual = the_one().planned_at
        assert days_off("xx") == ()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(meetings, "days_off", lambda country: {usual.date()} if country == "ES" else set())
            Reminder.objects.all().delete()
            plan(cast)
    assert the_one().planned_at.date() == usual.date() - timedelta(days=1) == thursday - timedelta(days=2)
    assert date(2026, 12, 25) in days_off("ES")


def test_on_other_days_she_stands_on_none_but_what_was_left_stands_on_today(to_call: Cast) -> None:
    assert listed(to_call, at=MORNING - timedelta(days=1)) == []
    with clock.standing_at(MORNING - timedelta(days=1)):
        ahead = calling.calls_of(to_call["assigned"], MORNING.date())
    assert [one.mine for one in ahead.lines] == [True]
    assert len(listed(to_call, at=MEETING - timedelta(hours=1))) == 1
    assert listed(to_call, at=MEETING + timedelta(minutes=1)) == []


def test_outside_of_her_hours_the_list_says_so(to_call: Cast) -> None:
    (line,) = listed(to_call, at=MORNING.replace(hour=16))
    assert not line.now


@pytest.mark.parametrize("name", ["psychologist", "lawyer", "mediator"])
def test_a_colleague_of_her_team_sees_whose_task_it_is_and_nothing_else_until_she_takes_it_over(
    to_call: Cast, name: str
) -> None:
    (line,) = listed(to_call, name)
    assert (line.mine, line.whose, line.number, line.says, line.terms) == (False, "Assigned", "", "", None)
    with clock.standing_at(MORNING):
        assert (calling.count_calls(to_call["assigned"]), calling.count_calls(to_call[name])) == (1, 0)
        taking.take(to_call.case(name), [the_one().pk], by=to_call[name])
        assert (calling.count_calls(to_call["assigned"]), calling.count_calls(to_call[name])) == (0, 1)
    assert listed(to_call, name)[0].number == NUMBER
    assert listed(to_call)[0].number == ""


def test_who_took_it_and_left_her_team_gives_it_back_to_her_referent(to_call: Cast) -> None:
    take(to_call, "mediator")
    TeamMember.objects.filter(member=to_call["mediator"].member).update(until=TODAY)
    assert listed(to_call, "mediator") == []
    assert listed(to_call)[0].mine


def test_who_takes_a_call_is_seen_by_colleagues_and_two_do_not_call_the_same_woman(to_call: Cast) -> None:
    assert listed(to_call)[0].taken_at is None
    take(to_call, "assigned")
    assert (listed(to_call)[0].mine, listed(to_call)[0].taken_at) == (True, MORNING)
    (seen,) = listed(to_call, "mediator")
    assert (seen.mine, seen.whose, seen.taken_at) == (False, "Assigned", MORNING)
    with pytest.raises(Refused, match="has taken this call meanwhile"):
        take(to_call, "mediator")
    assert listed(to_call)[0].mine


def test_where_to_is_opened_for_whoever_has_taken_the_call_alone(to_call: Cast) -> None:
    assert [(line.mine, bool(line.says), line.number) for line in listed(to_call)] == [(True, True, "")]
    take(to_call, "mediator")
    with pytest.raises(Refused, match="has taken this call meanwhile"):
        take(to_call, "assigned")  # from a list that was opened before
    assert [listed(to_call, name)[0].number for name in ("assigned", "mediator")] == ["", NUMBER]
    give_back(to_call, "mediator")
    assert [listed(to_call, name)[0].number for name in ("assigned", "mediator")] == ["", ""]


def test_after_talking_with_her_a_colleague_may_take_it_from_her(to_call: Cast) -> None:
    take(to_call, "assigned")
    take(to_call, "mediator", agreed=True)
    assert (listed(to_call)[0].mine, listed(to_call)[0].whose) == (False, "Mediator")
    assert [one.verb for one in Event.objects.filter(verb__startswith="call")] == ["call taken over"]
    assert Entry.objects.filter(verb="call taken").count() == 1


def test_whoever_prints_the_list_has_taken_its_calls(to_call: Cast) -> None:
    with clock.standing_at(MORNING):
        found, _export = calling.take_out_calls(MORNING.date(), by=to_call["assigned"])
    assert [one.taken_at for one in found.mine] == [MORNING]
    assert listed(to_call, "mediator")[0].taken_at == MORNING
    with pytest.raises(Refused, match="has taken this call meanwhile"):
        take(to_call, "mediator")


def test_given_back_it_is_her_referents_again_and_nobody_gives_back_what_another_has(to_call: Cast) -> None:
    take(to_call, "mediator")
    with pytest.raises(Refused, match="not yours"):
        give_back(to_call, "assigned")
    give_back(to_call, "mediator")
    (line,) = listed(to_call)
    assert (line.mine, line.taken_at) == (True, None)
    with pytest.raises(Refused, match="not yours"):
        give_back(to_call, "mediator")


def test_the_next_day_it_is_given_back_by_itself_and_not_before_the_day_of_the_list(to_call: Cast) -> None:
    take(to_call, "mediator", MORNING - timedelta(days=2))
    assert listed(to_call, "mediator", MORNING)[0].mine
    after = MORNING + timedelta(days=1)
    Reminder.objects.update(starts_at=after + timedelta(days=3))
    with clock.standing_at(after):
        assert (calling.count_calls(to_call["assigned"]), calling.count_calls(to_call["mediator"])) == (1, 0)


def test_where_it_was_not_the_moment_whoever_took_it_for_today_is_free(cast: Cast) -> None:
    agree_to_calls(cast, from_time=None, until_time=None)
    meet(cast)
    plan(cast)
    early = MORNING - timedelta(days=1)
    Reminder.objects.update(planned_at=early)
    take(cast, "mediator", early)
    tick(cast, Told.NOT_NOW, "mediator", at=early)
    assert listed(cast)[0].mine


@pytest.mark.parametrize("name", ["coordinator", "officer", "colleague", "stranger", "facilitator", "untrained"])
def test_nobody_else_sees_that_she_is_called_at_all(to_call: Cast, name: str) -> None:
    assert listed(to_call, name) == []
    with clock.standing_at(MORNING), pytest.raises((NotThere, Refused)):
        calling.tick(to_call.case(name), the_one().pk, Told.REACHED, by=to_call[name])
    assert the_one().state == Sending.PLANNED


# Ticked off.


def test_once_reached_she_is_on_no_list_and_cannot_be_told_twice(to_call: Cast) -> None:
    tick(to_call, Told.REACHED)
    assert listed(to_call) == []
    with pytest.raises(Refused, match="has told her already"):
        tick(to_call, Told.REACHED, "mediator")
    with clock.standing_at(MORNING):
        plan(to_call)
    assert (the_one().state, the_one().sent_at, the_one().attempts) == (Sending.SENT, MORNING, 1)
    assert list(Call.objects.values_list("outcome", "member")) == [(Told.REACHED, to_call["assigned"].member)]


def test_ticked_from_paper_the_call_has_the_time_at_which_it_was(to_call: Cast) -> None:
    called_at = MORNING.replace(hour=10, minute=10)
    with clock.standing_at(MORNING):
        calling.tick(to_call.case(), the_one().pk, Told.REACHED, by=to_call["assigned"], at=called_at)
    assert Call.objects.get().at == the_one().sent_at == called_at


@pytest.mark.parametrize("off", [timedelta(minutes=1), -timedelta(hours=12)])
def test_a_time_that_is_still_to_come_or_of_yesterday_is_refused_and_nothing_is_noted(
    to_call: Cast, off: timedelta
) -> None:
    with clock.standing_at(MORNING), pytest.raises(Refused, match="time of today that is past"):
        calling.tick(to_call.case(), the_one().pk, Told.REACHED, by=to_call["assigned"], at=MORNING + off)
    assert (the_one().state, Call.objects.exists()) == (Sending.PLANNED, False)


def test_where_nobody_answers_she_is_called_an_hour_later_with_the_earlier_try_beside_it(to_call: Cast) -> None:
    tick(to_call, Told.AGAIN, "mediator")
    assert the_one().planned_at == MORNING + timedelta(hours=1)
    with clock.standing_at(MORNING):
        plan(to_call)
    (line,) = listed(to_call)
    assert [(one.outcome, one.member_name, one.at) for one in line.noted] == [(Told.AGAIN, "Mediator", MORNING)]


@pytest.mark.parametrize(
    ("told", "at"), [(Told.NOT_REACHED, MORNING), (Told.AGAIN, MORNING.replace(hour=12, minute=50))]
)
def test_where_nobody_reached_her_and_no_hour_is_left_her_referent_thinks_of_another_way(
    to_call: Cast, told: Told, at: datetime
) -> None:
    tick(to_call, told, "mediator", at)
    assert (the_one().state, the_one().why) == (Sending.FAILED, Why.NOT_REACHED)
    assert due(to_call) == ["not_reached"]
    assert Due.objects.get(kind="reminder").member_id == to_call["assigned"].member
    assert listed(to_call) == []


def test_what_was_not_the_moment_comes_back_on_another_day(cast: Cast) -> None:
    agree_to_calls(cast, from_time=None, until_time=None)
    meet(cast)
    plan(cast)
    early = MORNING - timedelta(days=1)
    Reminder.objects.update(planned_at=early)
    tick(cast, Told.NOT_NOW, at=early)
    assert listed(cast, at=early) == []
    assert len(listed(cast)) == 1


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("planned_again", [True, False])
def test_a_change_takes_her_off_at_once_and_a_tick_on_an_older_list_is_refused_with_why(
    cast: Cast, what: str, planned_again: bool
) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    before = cast.case()
    at = the_one().planned_at
    assert len(listed(cast, at=at)) == 1
    CHANGES[what](cast)
    if planned_again:
        plan(cast)
    assert listed(cast, at=at) == []
    with clock.standing_at(at), pytest.raises(Refused) as told:
        calling.tick(before, the_one().pk, Told.REACHED, by=cast["assigned"])
    assert told.value.decision.reason
    assert told.value.decision.source
    assert not Call.objects.exists()


def test_new_hours_or_another_name_also_take_her_off_a_list_that_was_opened_before(to_call: Cast) -> None:
    agree_to_calls(to_call, ask_for="Another name", address="")
    assert listed(to_call) == []
    with pytest.raises(Refused, match="has changed since this list was opened"):
        tick(to_call, Told.REACHED)
    with clock.standing_at(MORNING):
        plan(to_call)
    take(to_call, "assigned")
    assert listed(to_call)[0].number == NUMBER


def test_once_it_can_be_sent_by_itself_nobody_calls(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, node_of: Channels
) -> None:
    agree(cast)
    meet(cast)
    plan(cast)
    assert the_one().by_hand
    set_up(monkeypatch, node_of)
    assert listed(cast, at=the_one().planned_at) == []
    plan(cast)
    assert not the_one().by_hand


@pytest.fixture
def node_of() -> Channels:
    from amparo.node.channels.gateway import Gateway

    return Channels(sms=Gateway("https://localhost:1/", {"to": "{to}", "text": "{text}"}))


# What is kept of it, and what it costs.


def test_no_number_and_no_word_of_the_list_stands_in_clear(to_call: Cast) -> None:
    take(to_call, "assigned")
    tick(to_call, Told.AGAIN)
    stored = repr([list(table.objects.values()) for table in (Reminder, Call, ContactRule, Due, Event, Entry)])
    for word in (NUMBER, NAME, WHO, CALL_FROM):
        assert word in repr(vars(listed(to_call)[0])) + listed(to_call)[0].says
        assert word not in stored


def test_each_tick_and_each_paper_stands_in_the_log(to_call: Cast) -> None:
    tick(to_call, Told.AGAIN, "mediator")
    with clock.standing_at(MORNING):
        found, export = calling.take_out_calls(MORNING.date(), by=to_call["assigned"])
    assert [one.number for one in found.mine] == [NUMBER]
    noted = Entry.objects.get(verb="call noted")
    assert (noted.member, noted.person) == (to_call["mediator"].member, to_call.case().person)
    assert json.loads(noted.facts) == {"words": "again"}
    taken = Entry.objects.get(verb="taken out")
    assert taken.subject == f"export {export.number}"
    assert json.loads(taken.facts) == {"what": "call list", "entries": 1, "on": MORNING.date().isoformat()}


def test_the_list_asks_as_often_for_many_as_for_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    house = a_house(cast)
    for woman in house.women[2:]:
        agree(cast, woman)
    with clock.standing_at(house.at(9) - timedelta(days=3)):
        planning.plan(cast["assigned"].organisation)
    Reminder.objects.update(planned_at=house.at(9) - timedelta(days=1))
    sealing.forget_keys()
    with clock.standing_at(house.at(9) - timedelta(days=1)), django_assert_max_num_queries(23):
        found = calling.calls_of(cast["assigned"])
    assert len(found.mine) == 4


# Erased, and handed over to her.


def test_once_she_is_erased_nothing_of_hers_is_left_to_call_send_or_print(
    to_call: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    agree(to_call)
    tick(to_call, Told.AGAIN)
    take(to_call, "assigned")
    case, person = to_call.case(), to_call.case().person
    (line,) = listed(to_call)
    assert (line.number, bool(line.says)) == (NUMBER, True)
    number = wish_for_all(to_call)
    agreed(to_call, number)
    with django_capture_on_commit_callbacks(execute=True):
        erase(to_call, number)
    sealing.forget_keys()
    assert [row for row in ContactRule.objects.filter(person=person) if bytes(row.terms) or bytes(row.address)] == []
    assert listed(to_call) == []
    plan(to_call)
    assert (the_one().state, send(to_call, EVENING)) == (Sending.WITHDRAWN, 0)
    with clock.standing_at(MORNING):
        assert calling.take_out_calls(MORNING.date(), by=to_call["assigned"])[0].mine == ()
        with pytest.raises(NotThere):
            calling.tick(to_call.case(), the_one().pk, Told.REACHED, by=to_call["assigned"])
        with pytest.raises(Refused, match="Do not call her"):
            calling.tick(case, the_one().pk, Told.REACHED, by=to_call["assigned"])


def test_the_copy_of_her_file_has_what_she_was_told_when_and_how_it_went(to_call: Cast) -> None:
    tick(to_call, Told.REACHED)
    sections = {one.table: one.rows for one in read(to_call["assigned"], to_call.case(), with_names=True).sections}
    (row,) = sections["activities.Reminder"]
    assert (row["channel"], row["state"], row["sent_at"], row["by_hand"]) == ("call", "sent", MORNING, True)
    (noted,) = sections["activities.Call"]
    assert (noted["outcome"], noted["at"], noted["reminder.starts_at"]) == ("reached", MORNING, MEETING)
    (rule,) = sections["consent.ContactRule"]
    assert (rule["address"], WHO in rule["terms"]) == (NUMBER, True)
