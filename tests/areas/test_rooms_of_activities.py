"""An activity that needs what only some rooms have is held in those, whoever plans it: the planner or a hand."""

import pytest

from amparo.areas.activities import editing, offering, places, rechecking, replacing, replanning, standing
from amparo.areas.activities.editing import When
from amparo.areas.activities.models import Alarm, HeldIn, NotServed, Period, Proposal, Session
from amparo.areas.activities.places import RoomFile
from amparo.areas.activities.rules.instance import Activity
from amparo.kernel.decision import Refused
from tests.areas.test_planning_sessions import computed
from tests.cast import Cast
from tests.gathering import House, house_of

NOT_HERE = "The activity is not held in this room."


@pytest.fixture
def house(cast: Cast) -> House:
    return house_of(cast)


def room_of(house: House, name: str, *, site: int = 0, seats: int = 12) -> int:
    return places.write_room(site or house.site, by=house.coordinator, room=RoomFile(0, name, seats, in_use=True))


def choose(house: House, *rooms: int, sites: tuple[int, ...] = ()) -> None:
    """Keep the course to these rooms, with all else as it was."""
    by = house.coordinator
    course, holding = offering.activity_of(by, house.activity), offering.holding_of(by, house.activity)
    leaders = [one.colleague.member for one in holding.trainers]
    where = sites or [site for site, _ in holding.sites]
    offering.change_activity(
        course.id, by=by, offer=course.offer, leaders=leaders, sites=where, rooms=rooms, version=course.version
    )


def set_aside(house: House, room: int) -> None:
    places.write_room(house.site, by=house.coordinator, room=RoomFile(room, "Large", 12, in_use=False))


def gathered(house: House) -> Activity:
    there = standing.standing(Period.objects.get(pk=house.period))
    return next(one for one in there.gathered.instance.activities if one.id == f"a{house.activity}")


def troubles(house: House) -> set[str]:
    return {one.text for one in standing.standing(Period.objects.get(pk=house.period)).troubles}


def test_without_a_choice_any_room_of_its_places_will_do(house: House) -> None:
    other = room_of(house, "Small")
    house.plan()
    assert gathered(house).rooms is None
    assert [number for number, _ in offering.rooms_for(house.coordinator, house.activity)] == [house.room, other]


def test_it_is_planned_in_the_rooms_that_were_chosen(house: House) -> None:
    sewing = room_of(house, "With machines")
    choose(house, sewing)
    house.plan()
    assert gathered(house).rooms == (f"r{sewing}",)
    computed(house)
    assert {one.room_id for one in house.sessions} == {sewing}
    assert troubles(house) == set()


def test_where_the_rooms_that_were_chosen_are_gone_it_is_held_nowhere_rather_than_anywhere(house: House) -> None:
    room_of(house, "Small")
    choose(house, house.room)
    set_aside(house, house.room)
    house.plan()
    assert gathered(house).rooms == ()
    computed(house)
    assert house.sessions == []
    why = NotServed.objects.filter(period=house.period).values_list("reason", flat=True)
    assert len(why) == len(house.women)
    assert all(one.startswith("None of the rooms in which it can be held") for one in why)


def test_where_its_place_is_set_aside_it_is_held_nowhere_rather_than_anywhere(house: House) -> None:
    by, other = house.coordinator, places.add_site(by=house.coordinator, name="Green", meeting_point="")
    room_of(house, "Small", site=other)
    places.change_site(house.site, by=by, name="Blue", meeting_point="", in_use=False, version=1)
    house.plan()
    assert gathered(house).sites == ()
    assert offering.rooms_for(by, house.activity) == []


def test_a_room_is_chosen_with_its_place(house: House) -> None:
    other = places.add_site(by=house.coordinator, name="Green", meeting_point="")
    small = room_of(house, "Small", site=other)
    with pytest.raises(Refused, match="A room is ticked whose place is not"):
        choose(house, small)
    assert not HeldIn.objects.exists()
    choose(house, small, sites=(house.site, other))
    assert offering.holding_of(house.coordinator, house.activity).rooms == ((small, "Green, Small"),)
    assert offering.rooms_for(house.coordinator, house.activity) == [(small, "Green, Small")]


def test_a_room_of_another_house_is_not_chosen(house: House) -> None:
    foreign = house.cast["foreign_coordinator"]
    site = places.add_site(by=foreign, name="Red", meeting_point="")
    theirs = places.write_room(site, by=foreign, room=RoomFile(0, "Theirs", 12, in_use=True))
    choose(house, house.room, theirs)
    assert list(HeldIn.objects.values_list("room", flat=True)) == [house.room]


@pytest.mark.parametrize("published", [False, True])
def test_nobody_puts_a_session_into_a_room_in_which_it_is_not_held(house: House, *, published: bool) -> None:
    small = room_of(house, "Small")
    choose(house, house.room)
    house.plan(house.women)
    if published:
        house.publish()
    (session,) = house.sessions
    when = When(house.at(12).replace(tzinfo=None), small, session.member_id)
    with pytest.raises(Refused, match=NOT_HERE):
        editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=1)
    assert house.sessions == [session]
    assert Session.objects.get(pk=session.pk).starts_at == session.starts_at
    choose(house)
    assert editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=1) == []


def test_a_plan_in_a_room_in_which_it_is_not_held_is_not_published(house: House) -> None:
    small = room_of(house, "Small")
    house.plan(house.women)
    choose(house, small)
    assert troubles(house) == {NOT_HERE}
    with pytest.raises(Refused, match="Something in this plan breaks a rule"):
        house.publish()


def test_what_needs_another_room_since_is_looked_at_and_can_be_planned_again(house: House) -> None:
    small = room_of(house, "Small")
    house.plan(house.women[:2], house.women[2:])
    house.publish()
    choose(house, small)
    assert rechecking.look(house.coordinator.organisation) == 2
    assert set(Alarm.objects.values_list("rule", flat=True)) == {1}
    before = [one.starts_at for one in house.sessions]
    replanning.ask_again(house.period, by=house.coordinator, released=[])
    replanning.compute(house.coordinator.organisation, house.period, seconds=2)
    row = Proposal.objects.get()
    replacing.put_in_force(house.period, by=house.coordinator, proposal=row.pk, version=row.draft.version)
    assert [(one.room_id, one.starts_at) for one in house.sessions] == [(small, start) for start in before]
    assert troubles(house) == set()
