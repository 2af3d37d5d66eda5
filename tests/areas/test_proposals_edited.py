"""A proposal is changed like a draft, and looked at again, before it is in force; until then it counts nowhere."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from amparo.areas.access.rules import Viewer
from amparo.areas.activities import (
    asking,
    comparing,
    editing,
    periods,
    places,
    publishing,
    rechecking,
    replacing,
    replanning,
    showing,
    solving,
)
from amparo.areas.activities.editing import NotSafe, When
from amparo.areas.activities.held import lists
from amparo.areas.activities.models import Alarm, Group, NotServed, Period, Place, Proposal, Session
from amparo.areas.activities.places import RoomFile
from amparo.areas.activities.rules.states import Answer
from amparo.areas.cases.models import Event
from amparo.areas.rights import copying
from amparo.areas.safety import avoiding
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.areas.test_replanning import begun, compared, in_force, proposed
from tests.cast import Cast
from tests.gathering import House, house_of, woman_of


@pytest.fixture
def house(cast: Cast) -> House:
    """Two groups of two, published, and a proposal in which nothing moves."""
    made = house_of(cast)
    made.plan(made.women[:2], made.women[2:])
    made.publish()
    return made


def draft(house: House) -> int:
    """Ask for a proposal; gives the number of its draft."""
    proposed(house)
    return Period.objects.get(proposed_by__period=house.period).pk


def of(number: int) -> list[Session]:
    return list(Session.objects.filter(group__period=number).order_by("starts_at", "pk"))


def move(house: House, number: int, session: Session, hour: int, *, version: int = 1, day: int = 0) -> None:
    move_to(house, number, session, house.at(hour, day), version=version)


def move_to(house: House, number: int, session: Session, at: datetime, *, version: int = 1) -> None:
    when = When(at.replace(tzinfo=None), house.room, session.member_id)
    editing.move_session(number, session.pk, by=house.coordinator, when=when, version=version)


def put_in_force(house: House) -> None:
    row = Proposal.objects.select_related("draft").get()
    assert row.draft is not None
    replacing.put_in_force(house.period, by=house.coordinator, proposal=row.pk, version=row.draft.version)


def test_a_session_is_moved_in_a_proposal_and_moves_once_it_is_in_force(house: House) -> None:
    before, number = in_force(house), draft(house)
    first = house.sessions[0]
    assert compared(house).is_empty
    move(house, number, of(number)[0], 16)
    assert in_force(house) == before
    (change,) = compared(house).changes
    assert change.was is not None
    assert change.now is not None
    assert (change.was.starts.hour, change.now.starts.hour) == (10, 16)
    assert set(change.codes) == {woman.code for woman in house.women[:2]}
    put_in_force(house)
    now = Session.objects.get(pk=first.pk)
    assert (now.starts_at, now.group_id) == (house.at(16), first.group_id)
    assert not Period.objects.filter(state="proposed").exists()
    assert Session.objects.count() == 2
    assert Event.objects.filter(verb="sessions moved").count() == 2


def test_who_is_given_a_place_moved_or_taken_out_by_hand_is_said_and_then_is_so(house: House) -> None:
    number = draft(house)
    new = woman_of(house.cast, house.activity)
    first, second = Group.objects.filter(period=number).order_by("number")
    stays, moves, ends, _ = (Place.objects.get(group__period=number, case=woman.id) for woman in house.women)
    editing.seat_woman(number, first.pk, by=house.coordinator, case=new.id)
    editing.move_woman(number, moves.pk, by=house.coordinator, group=second.pk)
    editing.take_out(number, ends.pk, by=house.coordinator)
    found = compared(house)
    said = ([one.code for one in lines] for lines in (found.gains, found.loses, found.other_group))
    assert list(said) == [[new.code], [house.women[2].code], [house.women[1].code]]
    assert found.troubles == []
    put_in_force(house)
    there = {
        group.number: set(group.places.filter(until=None).values_list("case", flat=True))
        for group in Group.objects.filter(period=house.period)
    }
    women = [woman.id for woman in house.women]
    assert there == {1: {stays.case_id, new.id}, 2: {women[1], women[3]}}


def test_a_session_that_is_taken_off_in_a_proposal_is_held_until_it_is_in_force(house: House) -> None:
    number, last = draft(house), house.sessions[1]
    editing.cancel_session(number, of(number)[1].pk, by=house.coordinator)
    assert Session.objects.get(pk=last.pk).state == "planned"
    assert [(one.was is None, one.now) for one in compared(house).changes] == [(False, None)]
    Place.objects.filter(group__period=number, case__in=[one.id for one in house.women[2:]]).delete()
    put_in_force(house)
    assert Session.objects.get(pk=last.pk).state == "cancelled"


def test_a_change_that_breaks_a_rule_is_named_and_keeps_it_from_being_in_force(house: House) -> None:
    number, before = draft(house), in_force(house)
    move(house, number, of(number)[1], 10)
    assert {one.rule for one in compared(house).troubles} == {1}
    with pytest.raises(NotSafe):
        put_in_force(house)
    assert in_force(house) == before
    move(house, number, of(number)[1], 14, version=2)
    assert compared(house).troubles == []
    put_in_force(house)


def test_what_a_change_does_is_checked_at_once_and_tells_no_more_than_in_a_draft(house: House) -> None:
    number = draft(house)
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[2].code, why="canary")
    place = Place.objects.get(group__period=number, case=house.women[2].id)
    target = Place.objects.get(group__period=number, case=house.women[0].id).group_id
    found = editing.move_woman(number, place.pk, by=house.coordinator, group=target)
    assert 5 in {one.rule for one in found}
    assert "canary" not in str(compared(house)) + str(found)


def test_what_was_held_stays_and_the_rest_of_the_course_may_be_moved(house: House) -> None:
    held, later = begun(house)
    number = draft(house)
    there = [one for one in of(number) if one.group.stands_for_id == held.group_id]
    assert [(one.stands_for_id, one.state) for one in there] == [(held.pk, "held"), (later.pk, "planned")]
    with pytest.raises(Refused, match="held or cancelled already"):
        move(house, number, there[0], 16)
    before = Session.objects.filter(pk=held.pk).values().get()
    move(house, number, there[1], 15, day=3)
    put_in_force(house)
    assert Session.objects.filter(pk=held.pk).values().get() == before
    assert Session.objects.get(pk=later.pk).starts_at == house.at(15, 3)


def test_what_begins_today_stays_and_nothing_is_put_before_tomorrow(house: House) -> None:
    today, later = house.sessions
    Session.objects.filter(pk=later.pk).update(starts_at=house.at(12, 2), ends_at=house.at(13, 2))
    monday, tuesday = house.at(16), house.at(16, 1)
    with clock.standing_at(house.at(8)):
        number = draft(house)
        first, second = of(number)
        assert first.stands_for_id == today.pk
        for change in (
            lambda: move_to(house, number, first, tuesday),
            lambda: editing.cancel_session(number, first.pk, by=house.coordinator),
        ):
            with pytest.raises(Refused, match="begins before tomorrow"):
                change()
        with pytest.raises(Refused, match="Nothing is proposed before tomorrow"):
            move_to(house, number, second, monday)
        move_to(house, number, second, tuesday)
        put_in_force(house)
    assert [one.starts_at for one in house.sessions] == [today.starts_at, tuesday]


def test_whoever_holds_the_rest_of_a_course_in_a_proposal_did_not_hold_what_is_over(house: House) -> None:
    held, _ = begun(house)
    number = draft(house)
    session = next(one for one in of(number) if one.group.stands_for_id == held.group_id and one.state == "planned")
    other = house.cast["coordinator"].member
    editing.Leading.objects.create(
        organisation_id=house.coordinator.organisation, activity_id=house.activity, member_id=other
    )
    when = When(house.at(10, 2).replace(tzinfo=None), house.room, other)
    editing.move_session(number, session.pk, by=house.coordinator, when=when, version=1)
    assert [one.member_id for one in of(number) if one.group_id == session.group_id] == [held.member_id, other]


def test_two_tabs_the_second_is_told_and_changes_nothing(house: House) -> None:
    number = draft(house)
    row = Proposal.objects.get()
    first, second = of(number)
    move(house, number, first, 16)
    with pytest.raises(Conflict):
        move(house, number, first, 17)
    with pytest.raises(Refused, match="changed this proposal meanwhile"):
        replacing.put_in_force(house.period, by=house.coordinator, proposal=row.pk, version=1)
    put_in_force(house)
    with pytest.raises(NotThere):
        move(house, number, second, 17)
    assert house.at(17) not in {one.starts_at for one in house.sessions}


def test_once_what_is_in_force_changed_the_proposal_changes_no_more(house: House) -> None:
    number = draft(house)
    session = house.sessions[0]
    move(house, house.period, session, 15)
    before = [one.starts_at for one in of(number)]
    with pytest.raises(Refused, match="Something changed since this proposal was made"):
        move(house, number, of(number)[1], 18)
    assert [one.starts_at for one in of(number)] == before
    Period.objects.filter(pk=house.period).update(version=Proposal.objects.get().base)
    Proposal.objects.update(on=clock.today("Europe/Madrid") - timedelta(days=1))
    with pytest.raises(Refused, match="Something changed since this proposal was made"):
        move(house, number, of(number)[1], 18)


def test_a_proposal_counts_nowhere_until_it_is_in_force(house: House) -> None:
    woman, worker = house.women[0], house.cast["assigned"]

    def seen() -> list[object]:
        return [
            showing.sessions_of(worker, woman),
            showing.sessions_soon(worker, days=30),
            lists.own_sessions(house.cast["facilitator"]),
            copying.read(worker, woman, with_names=False),
            [one.id for one in periods.periods_of(house.coordinator)],
            showing.alarmed(house.coordinator),
        ]

    before = seen()
    number = draft(house)
    Session.objects.filter(group__period=number).update(
        room=places.write_room(house.site, by=house.coordinator, room=RoomFile(0, "Gone", 12, in_use=False))
    )
    rechecking.look(house.coordinator.organisation)
    assert seen() == before
    assert not Alarm.objects.exists()


def test_what_is_done_with_weeks_is_not_done_with_a_proposal_for_them(house: House) -> None:
    number, by = draft(house), house.coordinator
    session = of(number)[0].pk
    for change in (
        lambda: publishing.publish(number, by=by, version=1),
        lambda: publishing.take_back(number, by=by),
        lambda: solving.ask_for_plan(number, by=by),
        lambda: replanning.ask_again(number, by=by),
        lambda: replanning.drop(number, by=by),
        lambda: replanning.proposal_of(by, number),
        lambda: comparing.comparison_of(by, number),
        lambda: editing.fix_session(number, session, by=by, fixed=True),
    ):
        with pytest.raises(NotThere):
            change()
    assert Period.objects.get(pk=number).state == "proposed"


@pytest.mark.parametrize("who", ["assigned", "facilitator", "psychologist", "officer", "foreign_coordinator"])
def test_nobody_else_changes_a_proposal(house: House, who: str) -> None:
    number, viewer = draft(house), house.cast[who]
    session, place = of(number)[0], Place.objects.filter(group__period=number).first()
    assert place is not None
    new = woman_of(house.cast, house.activity)
    for change in changes(house, number, viewer, session, place, new.id):
        with pytest.raises((Refused, NotThere)):
            change()
    assert compared(house).is_empty


def changes(
    house: House, number: int, viewer: Viewer, session: Session, place: Place, new: int
) -> list[Callable[[], object]]:
    when = When(datetime.combine(house.first_on, house.at(16).time()), house.room, session.member_id)
    other = Group.objects.filter(period=number).exclude(pk=place.group_id).get().pk
    return [
        lambda: editing.move_session(number, session.pk, by=viewer, when=when, version=1),
        lambda: editing.cancel_session(number, session.pk, by=viewer),
        lambda: editing.move_woman(number, place.pk, by=viewer, group=other),
        lambda: editing.seat_woman(number, other, by=viewer, case=new),
        lambda: editing.take_out(number, place.pk, by=viewer),
    ]


def test_leaving_it_or_asking_anew_takes_its_draft_away(house: House) -> None:
    first = draft(house)
    second = draft(house)
    assert not Session.objects.filter(group__period=first).exists()
    replanning.drop(house.period, by=house.coordinator)
    assert not Period.objects.filter(pk__in=(first, second)).exists()
    assert Session.objects.count() == 2


def test_who_was_given_a_place_by_hand_is_not_told_that_there_was_none(house: House) -> None:
    new = woman_of(house.cast, house.activity)
    number = draft(house)
    Place.objects.filter(group__period=number, case=new.id).delete()
    mine = {
        "organisation_id": house.coordinator.organisation,
        "activity_id": house.activity,
        "reason": "There is no room.",
    }
    NotServed.objects.filter(period=number).delete()
    NotServed.objects.create(**mine, period_id=number, case_id=new.id)
    assert [one.code for one in showing.left_of(house.coordinator, number)] == [new.code]
    group = Group.objects.filter(period=number).order_by("number")[0]
    editing.seat_woman(number, group.pk, by=house.coordinator, case=new.id)
    assert showing.left_of(house.coordinator, number) == []
    put_in_force(house)
    assert not NotServed.objects.filter(case=new.id).exists()


def test_who_cannot_be_asked_for_yet_stands_once_in_a_new_plan_and_with_what_is_known_then(house: House) -> None:
    new, worker = woman_of(house.cast, house.activity), house.cast["assigned"]
    said = asking.Said(Answer.YES, asking.InGroup.YES, asked_alone=False)
    asking.note_interest(new, house.activity, by=worker, said=said, version=1)
    proposed(house)
    said = asking.Said(Answer.YES, asking.InGroup.ALONE, asked_alone=True)
    asking.note_interest(new, house.activity, by=worker, said=said, version=2)
    put_in_force(house)
    reasons = NotServed.objects.filter(period=house.period, case=new.id).values_list("reason", flat=True)
    assert [one.partition(",")[0] for one in reasons] == ["She would like it only alone"]
