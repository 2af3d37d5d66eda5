"""The coordination ticks in which rooms an activity is held, and is offered no other where a room is chosen."""

import pytest
from django.urls import reverse

from amparo.areas.activities import offering, places
from amparo.areas.activities.models import HeldIn, Session
from amparo.areas.activities.places import RoomFile
from tests.cast import Cast
from tests.gathering import House, house_of
from tests.web.conftest import SignIn
from tests.web.test_activities import said, sent


@pytest.fixture
def house(cast: Cast) -> House:
    """With a second room."""
    made = house_of(cast)
    places.write_room(made.site, by=made.coordinator, room=RoomFile(0, "Small", 12, in_use=True))
    return made


def typed(house: House) -> dict[str, object]:
    """The form as it stands."""
    offer, holding = (of(house.coordinator, house.activity) for of in (offering.activity_of, offering.holding_of))
    stands = {name: getattr(offer.offer, name) for name in offer.offer.__dataclass_fields__}
    where = {name: [number for number, _ in getattr(holding, name)] for name in ("sites", "rooms")}
    leaders = [one.colleague.member for one in holding.trainers]
    kept = {name: value for name, value in stands.items() if value is not False}
    return {**kept, **where, "leaders": leaders, "worth": "1", "version": offer.version}


def test_rooms_are_ticked_for_an_activity_and_stand_on_its_page(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    page = said(client, "activity_change", house.activity)
    assert "In which rooms" in page
    assert "Nothing ticked: in any room of these places." in page
    assert "<dd>Blue</dd>" in said(client, "activity", house.activity)
    page = sent(client, "activity_change", house.activity, **{**typed(house), "rooms": [house.room]})
    assert "<dd>Blue, Large</dd>" in page
    assert "Blue, Small" not in page
    assert "Blue, Large" in said(sign_in("assigned"), "activity", house.activity)


def test_a_room_whose_place_is_not_ticked_is_told(house: House, sign_in: SignIn) -> None:
    other = places.add_site(by=house.coordinator, name="Green", meeting_point="")
    so = {**typed(house), "sites": [other], "rooms": [house.room]}
    answer = sign_in("coordinator").post(reverse("activity_change", args=(house.activity,)), so)
    assert answer.status_code == 422
    assert "A room is ticked whose place is not." in answer.content.decode()
    assert not HeldIn.objects.exists()


def test_a_room_that_is_set_aside_stays_ticked_until_somebody_takes_it_out(house: House, sign_in: SignIn) -> None:
    client, by = sign_in("coordinator"), house.coordinator
    sent(client, "activity_change", house.activity, **{**typed(house), "rooms": [house.room]})
    places.write_room(house.site, by=by, room=RoomFile(house.room, "Large", 12, in_use=False))
    page = said(client, "activity_change", house.activity)
    assert "Blue, Large (not in use)" in page
    sent(client, "activity_change", house.activity, **{**typed(house), "aim": "As it was"})
    assert list(HeldIn.objects.values_list("room", flat=True)) == [house.room]
    assert offering.rooms_for(by, house.activity) == []


def test_where_a_session_is_moved_only_rooms_that_fit_are_offered(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    sent(client, "activity_change", house.activity, **{**typed(house), "rooms": [house.room]})
    house.plan(house.women)
    (session,) = house.sessions
    page = said(client, "session_move", house.period, session.pk)
    assert "Blue, Large" in page
    assert "Blue, Small" not in page
    assert "where it is not held" not in page
    small = next(number for number, name in places.names_of_rooms(house.coordinator) if name == "Blue, Small")
    so = {"on": house.first_on, "at": "12:00", "room": small, "member": session.member_id, "version": 1}
    answer = client.post(reverse("session_move", args=(house.period, session.pk)), so)
    assert answer.status_code == 422
    assert "The activity is not held in this room. Choose one of these." in answer.content.decode()
    assert Session.objects.get(pk=session.pk).room_id == house.room
    sent(client, "activity_change", house.activity, **{**typed(house), "rooms": [small]})
    page = said(client, "session_move", house.period, session.pk)
    assert "It stands in a room where it is not held: Blue, Large." in page
    assert page.count("Blue, Large") == 1
