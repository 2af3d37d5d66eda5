"""The two nights on which the clocks change: nothing is put into that hour, and around it everything is on time."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from amparo.areas.activities import asking, editing, leading, periods, solving, standing
from amparo.areas.activities.asking import Needs
from amparo.areas.activities.editing import When
from amparo.areas.activities.models import Period, Session
from amparo.areas.activities.rules.weeks import Weekly
from amparo.areas.cases import appointments
from amparo.areas.cases.appointments import Plan
from amparo.areas.cases.rules import Topic
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from amparo.kernel.hours import unclear_hours
from amparo.node.channels import Channels
from amparo.node.channels.gateway import Gateway
from tests.areas.test_reminding import MADRID, agree, meet, plan, send, set_up, the_one
from tests.cast import Cast
from tests.gathering import House, house_of
from tests.receiving import certificate, gateway

ZONE = "Europe/Madrid"


def next_change(*, forward: bool) -> date:
    """The next night, two weeks from now at least."""
    first = clock.today(ZONE) + timedelta(days=14)
    days = (first + timedelta(days=number) for number in range(400))
    return next(day for day in days if unclear_hours(day, ZONE) and (day.month < 7) is forward)


FORWARD, BACK = next_change(forward=True), next_change(forward=False)


@pytest.fixture(params=[FORWARD, BACK], ids=["forward", "back"])
def night(request: pytest.FixtureRequest) -> Iterator[date]:
    """The day on which the clocks change; it is the Thursday before."""
    with clock.standing_at(datetime.combine(request.param - timedelta(days=3), time(12), UTC)):
        yield request.param


@pytest.fixture
def house(cast: Cast, night: date) -> House:
    """The three days that end with that day; whoever holds sessions does so day and night."""
    made = house_of(cast)
    always = [Weekly(day, time(0), time(23, 45)) for day in range(7)]
    leader = cast["facilitator"].member
    leading.write_leader(leader, by=made.coordinator, languages=["es"], times=always, away=[], version=2)
    first_on = night - timedelta(days=2)
    made.period = periods.begin_period(by=made.coordinator, first_on=first_on, last_on=night)
    return made


def at(night: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(night, time(hour, minute), MADRID)


def planned(house: House, free: tuple[time, time]) -> list[Session]:
    """What is planned where all are free only then, in the night from Saturday to Sunday."""
    for woman in house.women:
        times = [Weekly(6, *free)]
        asking.write_week(woman, by=house.cast["assigned"], times=times, needs=Needs(), version=1)
    solving.ask_for_plan(house.period, by=house.coordinator)
    solving.compute(house.coordinator.organisation, house.period, seconds=60)
    return house.sessions


# Sessions.


def test_nothing_is_planned_over_the_hour_in_which_the_clocks_change(house: House) -> None:
    assert planned(house, (time(1, 30), time(3, 30))) == []


def test_beside_it_a_session_is_as_long_as_on_other_days(house: House, night: date) -> None:
    (session,) = planned(house, (time(1), time(3, 45)))
    assert session.starts_at == at(night, 1)
    assert session.ends_at - session.starts_at == timedelta(minutes=60)
    assert standing.standing(Period.objects.get()).troubles == []


def test_by_hand_no_session_is_put_there_either(house: House, night: date) -> None:
    (session,) = planned(house, (time(10), time(12)))

    def move(hour: int, minute: int) -> list[object]:
        version = Session.objects.get().version
        when = When(datetime.combine(night, time(hour, minute)), session.room_id, session.member_id)
        return [*editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=version)]

    for hour, minute in ((2, 0), (2, 30), (2, 45)):
        with pytest.raises(Refused, match="The clocks go"):
            move(hour, minute)
    assert Session.objects.get().starts_at == session.starts_at
    assert move(1, 30) != []  # it would last into that hour
    now = Session.objects.get()
    assert (now.starts_at, now.ends_at - now.starts_at) == (at(night, 1, 30), timedelta(minutes=60))


# Appointments and reminders.


def test_an_appointment_is_at_an_hour_that_there_is_once(cast: Cast, night: date) -> None:
    worker = cast["assigned"]

    def agree_on(hour: time) -> int:
        plan = Plan(night, hour, Topic.HEALTH, worker.member)
        return appointments.plan_appointment(cast.case(), by=worker, plan=plan)

    number = agree_on(time(3))
    with pytest.raises(Refused, match="The clocks go"):
        agree_on(time(2, 30))
    moved = Plan(night, time(2, 15), Topic.HEALTH, worker.member)
    with pytest.raises(Refused, match="The clocks go"):
        appointments.move_appointment(cast.case(), number, by=worker, plan=moved, version=1)


@pytest.mark.parametrize(
    ("hours", "expected"), [({}, time(18)), ({"from_time": time(10), "until_time": time(10, 30)}, time(10, 15))]
)
def test_she_is_reminded_at_her_hour_of_the_day_before_however_long_the_night_is(
    cast: Cast, night: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: dict[str, time], expected: time
) -> None:
    pem = certificate(tmp_path)
    with gateway(pem) as received:
        url, fields = f"https://localhost:{received.port}/", {"to": "{to}", "text": "{text}"}
        set_up(monkeypatch, Channels(sms=Gateway(url, fields, trusted=str(pem), timeout=5)))
        agree(cast, **hours)
        meet(cast, on=night)
        plan(cast)
        moment = datetime.combine(night - timedelta(days=1), expected, MADRID)
        assert the_one().planned_at == moment
        assert send(cast, moment - timedelta(minutes=1)) == 0
        assert send(cast, moment) == 1
    assert "10:00" in json.loads(received.messages[0])["text"]
