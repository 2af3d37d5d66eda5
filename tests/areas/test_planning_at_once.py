"""Two colleagues at the same moment: one plan is in force, and what is dangerous is seen, whoever commits first."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from django.db import connection, transaction

from amparo.areas.access.rules import Part
from amparo.areas.activities import editing, gathering, periods, publishing, rechecking, replacing, replanning
from amparo.areas.activities.editing import NotSafe
from amparo.areas.activities.held import attending, hers
from amparo.areas.activities.held.attending import Line
from amparo.areas.activities.models import Alarm, Attendance, Period, Place, Proposal, Session
from amparo.areas.activities.rules.states import Found
from amparo.areas.audit.models import Entry
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due
from amparo.areas.cases.models import Case, Event
from amparo.areas.cases.rules import DueKind
from amparo.areas.plans import actions as plans
from amparo.areas.safety import avoiding
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from tests.areas.test_replanning import in_force, lose_the_room
from tests.beside import paused, started
from tests.cast import Cast
from tests.gathering import House, house_of

T = TypeVar("T")


@pytest.fixture
def house(committed_cast: Cast) -> House:
    """Two groups of two, in a draft."""
    made = in_one(lambda: house_of(committed_cast))
    made.plan(made.women[:2], made.women[2:])
    return made


def in_one(work: Callable[[], T]) -> T:
    """What the web does in one transaction."""
    with transaction.atomic():
        return work()


def publish(house: House, version: int = 1) -> None:
    publishing.publish(house.period, by=house.coordinator, version=version)


def keep_apart(house: House, one: int = 0, other: int = 1) -> None:
    """As the page of her safety does it."""
    worker = house.cast["assigned"]
    avoiding.avoid_woman(house.women[one], by=worker, code=house.women[other].code, why="")
    rechecking.soon(worker)


def raise_risk(house: House) -> None:
    worker = house.cast["assigned"]
    with acting(house.women[0], by=worker, part=Part.SAFETY, verb="risk decided"):
        Case.objects.filter(pk=house.women[0].id).update(risk_level="high")
    rechecking.soon(worker)


def looks() -> int:
    """How often somebody asked for a look, since this was asked last."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name LIKE '%.look_again'")
        return int(cursor.rowcount)


def look(house: House) -> int:
    """The worker looks, if somebody asked for it; gives how many alarms stand."""
    return rechecking.look(house.coordinator.organisation) if looks() else 0


# Putting in force.


def proposed(house: House) -> int:
    in_one(lambda: publish(house))
    lose_the_room(house)
    replanning.ask_again(house.period, by=house.coordinator)
    replanning.compute(house.coordinator.organisation, house.period, seconds=60)
    return Proposal.objects.get().pk


def test_of_two_who_put_a_proposal_in_force_at_once_one_does(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    number = proposed(house)

    def put() -> None:
        replacing.put_in_force(house.period, by=house.coordinator, proposal=number, version=1)

    with paused(monkeypatch, replacing, "_require_safe", put) as first:
        second = started(put)
    assert first.ended().error is None
    assert "put in force or dropped already" in str(second.ended().error)
    assert Entry.objects.filter(verb="new plan in force").count() == 1
    assert Event.objects.filter(verb="sessions moved").count() == 4
    assert Place.objects.filter(until=None).count() == 4


def test_an_edit_while_a_proposal_is_put_in_force_waits_and_one_before_it_stops_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = proposed(house)
    place = Place.objects.order_by("pk").first()
    before = in_force(house)

    def take_out() -> object:
        return editing.take_out(house.period, place.pk, by=house.coordinator)  # type: ignore[union-attr]

    def put() -> None:
        replacing.put_in_force(house.period, by=house.coordinator, proposal=number, version=1)

    with paused(monkeypatch, editing, "end_place", take_out) as edit:
        second = started(put)
    assert edit.ended().error is None
    assert "Something changed" in str(second.ended().error)
    assert [row for row in in_force(house) if row not in before] == [(place.pk, *in_force(house)[2][1:])]


def test_what_is_changed_in_a_proposal_while_it_is_put_in_force_is_looked_at_first(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, before = proposed(house), in_force(house)
    draft = Period.objects.get(state="proposed")
    place = Place.objects.filter(group__period=draft.pk).order_by("pk")[0]

    def take_out() -> object:
        return editing.take_out(draft.pk, place.pk, by=house.coordinator)

    def put() -> None:
        replacing.put_in_force(house.period, by=house.coordinator, proposal=number, version=draft.version)

    with paused(monkeypatch, editing, "end_place", take_out) as edit:
        second = started(put)
    assert edit.ended().error is None
    assert "A colleague changed this proposal meanwhile" in str(second.ended().error)
    assert in_force(house) == before


def test_two_who_begin_the_same_weeks_at_once_begin_them_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    Period.objects.all().delete()
    first_on = house.first_on

    def begin() -> int:
        return periods.begin_period(by=house.coordinator, first_on=first_on, last_on=first_on)

    with paused(monkeypatch, periods, "note", begin):
        second = started(begin)
    assert "planned in another period already" in str(second.ended().error)
    assert Period.objects.count() == 1


# Publishing while something else changes.


def test_what_was_edited_meanwhile_is_not_published_unseen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place.objects.order_by("pk").first()

    def take_out() -> object:
        return editing.take_out(house.period, place.pk, by=house.coordinator)  # type: ignore[union-attr]

    with paused(monkeypatch, editing, "end_place", take_out):
        second = started(lambda: publish(house))
    assert "A colleague changed the plan meanwhile" in str(second.ended().error)
    assert Period.objects.get().state == "draft"


def test_an_edit_that_comes_after_publishing_is_checked_as_one_of_a_published_plan(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_one(lambda: keep_apart(house, 0, 2))
    place = Place.objects.get(case=house.women[2].id)
    other = Place.objects.get(case=house.women[0].id).group_id

    def move() -> object:
        return editing.move_woman(house.period, place.pk, by=house.coordinator, group=other)

    with paused(monkeypatch, publishing, "_require_whole", lambda: publish(house)) as first:
        second = started(move)
    assert first.ended().error is None
    assert isinstance(second.ended().error, NotSafe)
    assert Place.objects.get(case=house.women[2].id, until=None).group_id == place.group_id


@pytest.mark.parametrize("change", [keep_apart, raise_risk])
def test_danger_that_is_noted_after_the_check_and_before_the_plan_stands_is_alarmed_once_it_does(
    house: House, monkeypatch: pytest.MonkeyPatch, change: Callable[[House], None]
) -> None:
    with paused(monkeypatch, publishing, "_require_whole", lambda: publish(house)):
        in_one(lambda: change(house))
        assert look(house) == 0  # the worker was faster than the plan
    assert Period.objects.get().state == "published"
    assert look(house) == 1
    assert Alarm.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("change", [keep_apart, raise_risk])
def test_danger_that_is_about_to_be_noted_while_the_plan_is_checked_is_alarmed_once_both_stand(
    house: House, monkeypatch: pytest.MonkeyPatch, change: Callable[[House], None]
) -> None:
    with paused(monkeypatch, rechecking, "soon", lambda: in_one(lambda: change(house))) as noting:
        publishing_it = started(lambda: publish(house))  # it waits for the log, after the check
    assert (noting.ended().error, publishing_it.ended().error) == (None, None)
    assert look(house) == 1


def test_danger_that_stands_before_the_check_is_not_published(house: House) -> None:
    in_one(lambda: keep_apart(house))
    with pytest.raises(Refused, match="breaks a rule"):
        publish(house)


def test_danger_while_something_published_is_edited_is_alarmed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(house)
    looks()
    there = Place.objects.get(case=house.women[0].id)
    target = Place.objects.get(case=house.women[2].id).group_id

    def move() -> object:
        return editing.move_woman(house.period, there.pk, by=house.coordinator, group=target)

    with paused(monkeypatch, editing, "added", move) as edit:
        noting = started(lambda: in_one(lambda: keep_apart(house, 0, 2)))
    assert (edit.ended().error, noting.ended().error) == (None, None)
    look(house)
    assert Alarm.objects.filter(ended_at=None, rule=5).exists()


def test_an_edit_that_puts_something_right_ends_its_alarm_at_once(house: House) -> None:
    publish(house)
    in_one(lambda: keep_apart(house))
    assert look(house) == 1
    editing.take_out(house.period, Place.objects.get(case=house.women[0].id).pk, by=house.coordinator)
    look(house)
    assert not Alarm.objects.filter(ended_at=None, rule=5).exists()


# Looking again.


def test_two_looks_at_once_raise_an_alarm_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(house)
    in_one(lambda: keep_apart(house))

    def look_now() -> int:
        return rechecking.look(house.coordinator.organisation)

    with paused(monkeypatch, rechecking, "_found", look_now) as first:
        second = started(look_now)
    assert (first.ended().result, second.ended().result) == (1, 1)
    assert Alarm.objects.count() == 1


def test_a_look_that_saw_less_ends_no_alarm_of_one_that_saw_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(house)

    def look_now() -> int:
        return rechecking.look(house.coordinator.organisation)

    with paused(monkeypatch, gathering, "avoided_in", look_now) as early:
        in_one(lambda: keep_apart(house))
        late = started(look_now)
    assert (early.ended().result, late.ended().result) == (0, 1)
    assert Alarm.objects.filter(ended_at=None).count() == 1


# Nobody waits for somebody who waits for her: the database would end one, and what she typed would not be saved.


def ask_basic_needs(house: House, number: int = 0) -> None:
    """A change by her team, which keeps her case locked until it stands."""
    answers = {"food": "there"}
    plans.ask_basic_needs(house.women[number], by=house.cast["assigned"], answers=answers, her_words={})


def test_who_changes_a_case_holds_up_nobody_who_plans_with_her(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with paused(monkeypatch, plans, "_open_needs", lambda: ask_basic_needs(house)) as asking:
        publish(house)
        there, target = (Place.objects.get(case=house.women[number].id) for number in (0, 2))
        editing.move_woman(house.period, there.pk, by=house.coordinator, group=target.group_id)
    assert asking.ended().error is None
    assert Event.objects.filter(verb="placed in a group").count() == 4
    assert Entry.objects.filter(verb="placed in a group").count() == 4


def test_who_notes_who_came_and_who_asked_after_one_of_them_both_come_to_an_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(house)
    session, missed = house.sessions[0], house.women[1]
    Session.objects.filter(pk=session.pk).update(starts_at=clock.now() - timedelta(minutes=30), ends_at=clock.now())
    Place.objects.update(since=clock.today("Europe/Madrid"))
    set_due(missed, DueKind.ASK_AFTER, on=clock.today("Europe/Madrid"), subject=session.group_id)
    places = Place.objects.filter(group=session.group_id).order_by("case")

    def note_who_came() -> int:
        lines = {place.pk: Line("came") for place in places}
        return attending.note_attendance(session.pk, by=house.cast["facilitator"], lines=lines)

    def note_asked() -> None:
        by, found = house.cast["assigned"], Found.COMES_AGAIN
        hers.note_asked_after(missed, session.group_id, by=by, found=found, agreed=[], words="")

    with paused(monkeypatch, hers, "settle_due", note_asked) as asked:
        noted = started(note_who_came)
    assert (asked.ended().error, noted.ended().error, noted.result) == (None, None, 2)
    assert Attendance.objects.filter(state="came").count() == 2
