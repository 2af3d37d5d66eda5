"""Planning published weeks again, as the coordination sees it: asked for, compared in words, put in force or left."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.areas.activities import periods, places, replanning, solving
from amparo.areas.activities.models import LeaderTime, Period, Place, Proposal, Reminder, Session
from amparo.areas.activities.places import RoomFile
from amparo.areas.cases.models import Case
from amparo.areas.safety import avoiding
from amparo.kernel import clock
from tests.cast import Cast
from tests.gathering import House, house_of, woman_of
from tests.web.conftest import SignIn
from tests.web.test_activities import jobs, said

WHY = "canary-why-they-must-not-meet"


@pytest.fixture
def house(cast: Cast) -> House:
    """Two groups of two, published; then their room is lost."""
    made = house_of(cast)
    made.plan(made.women[:2], made.women[2:])
    made.publish()
    places.write_room(made.site, by=made.coordinator, room=RoomFile(0, "Small", 12, in_use=True))
    places.write_room(made.site, by=made.coordinator, room=RoomFile(made.room, "Large", 12, in_use=False))
    return made


def computed(house: House) -> int:
    replanning.compute(house.coordinator.organisation, house.period, seconds=60)
    return Proposal.objects.get().pk


def pressed(client: Client, name: str, house: House, **typed: object) -> str:
    """A button, pressed; gives the page that follows."""
    answer = client.post(reverse(name, args=(house.period,)), typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_a_lost_room_to_a_new_plan_in_force(house: House, sign_in: SignIn) -> None:
    client, first = sign_in("coordinator"), house.sessions[0]
    mine = {"organisation_id": first.organisation_id, "case_id": house.women[0].id, "session": first}
    sent_by = {"starts_at": first.starts_at, "channel": "sms", "agreement": 1, "planned_at": clock.now()}
    Reminder.objects.create(**mine, **sent_by, state="sent")
    page = pressed(client, "period_again", house)
    assert "The proposal is being computed." in page
    assert client.get(reverse("period_proposal", args=(house.period,)))["Refresh"]
    assert jobs("compute_proposal") == 1
    number = computed(house)
    assert "Plans to look at" in said(client, "today")
    assert "look at what would change" in said(client, "period", house.period)
    page = said(client, "period_proposal", house.period)
    for words in ("Blue, Large", "Blue, Small", "reminder went out", "Tell her that it changed:", house.women[0].code):
        assert words in page
    assert Session.objects.filter(room=house.room).count() == 2
    page = pressed(client, "period_proposal_publish", house, proposal=number, version=1)
    assert "The new plan is in force." in page
    assert not Session.objects.filter(room=house.room).exists()
    assert "Sessions of hers moved" in said(sign_in("assigned"), "case_history", house.women[0].code)


def test_who_gains_and_who_loses_is_said_and_leaving_it_changes_nothing(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    Case.objects.filter(pk=house.women[0].id).update(risk_level="high")
    new = woman_of(house.cast, house.activity)
    pressed(client, "period_again", house)
    computed(house)
    page = said(client, "period_proposal", house.period)
    assert "Who gains a place" in page
    assert new.code in page
    assert "Who loses a place" in page
    assert "Her risk is high" in page
    assert "She does not ask for it any more" not in page
    in_force = Place.objects.filter(group__period=house.period)
    before = list(in_force.order_by("pk").values())
    page = pressed(client, "period_proposal_drop", house)
    assert "Everything stays as it was." in page
    assert pressed(client, "period_proposal_drop", house)
    assert list(Place.objects.order_by("pk").values()) == before
    assert not Period.objects.filter(state="proposed").exists()
    assert client.get(reverse("period_proposal", args=(house.period,))).status_code == 410


def test_only_whom_the_coordination_names_may_lose_her_place(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    page = said(client, "period_again", house.period)
    assert all(f"{woman.code}: Sewing, group" in page for woman in house.women)
    place = Place.objects.get(case=house.women[0].id)
    assert "is being computed" in pressed(client, "period_again", house, released=[place.pk])
    assert Proposal.objects.get().released == [place.pk]
    computed(house)
    assert f'value="{place.pk}"' in (again := said(client, "period_again", house.period))
    assert again.count(" checked") == 1
    wrong = client.post(reverse("period_again", args=(house.period,)), {"released": "999999"})
    assert wrong.status_code == 422


def test_who_loses_a_place_though_nobody_named_her_is_told_apart(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    for woman in house.women[:2]:
        Case.objects.filter(pk=woman.id).update(risk_level="high")
    pressed(client, "period_again", house, released=[Place.objects.get(case=house.women[0].id).pk])
    computed(house)
    page = said(client, "period_proposal", house.period)
    assert page.count("You said that she may lose it. Her risk is high") == 1
    assert page.count("Her place could not be kept: talk with her before you decide. Her risk is high") == 1


def test_a_fixed_group_that_cannot_stay_is_named_with_what_to_do(house: House, sign_in: SignIn) -> None:
    client, first = sign_in("coordinator"), house.sessions[0]
    client.post(reverse("session_fix", args=(house.period, first.pk)))
    LeaderTime.objects.all().delete()
    pressed(client, "period_again", house)
    computed(house)
    page = said(client, "period_proposal", house.period)
    assert "No plan: Sewing, group 1, cannot stay where it is fixed." in page
    assert "10:00" in page
    assert "Move what is fixed, or let it go" in page


def test_fixed_sessions_in_each_others_way_are_named_with_their_times(house: House, sign_in: SignIn) -> None:
    client, (first, second) = sign_in("coordinator"), house.sessions
    places.write_room(house.site, by=house.coordinator, room=RoomFile(house.room, "Large", 12, in_use=True, version=2))
    Session.objects.filter(pk=second.pk).update(starts_at=first.starts_at, ends_at=first.ends_at)
    Session.objects.update(fixed=True)
    pressed(client, "period_again", house)
    computed(house)
    page = said(client, "period_proposal", house.period)
    assert "these sessions that are fixed cannot all stay where they are" in page
    for one, number in ((first, 1), (second, 2)):
        assert reverse("period_group", args=(house.period, one.group_id)) in page
        assert f"Sewing, group {number}" in page
    assert page.count("10:00") == 2
    assert not [woman.code for woman in house.women if woman.code in page]
    Period.objects.update(state="draft", solving="running", asked_at=clock.now())
    solving.compute(house.coordinator.organisation, house.period, seconds=2)
    assert "these sessions that are fixed cannot all stay where they are" in said(client, "period", house.period)


def test_where_too_few_are_left_for_what_is_fixed_the_draft_says_how_many_it_needs(
    house: House, sign_in: SignIn
) -> None:
    client, first = sign_in("coordinator"), house.sessions[0]
    places.write_room(house.site, by=house.coordinator, room=RoomFile(house.room, "Large", 12, in_use=True, version=2))
    client.post(reverse("session_fix", args=(house.period, first.pk)))
    Case.objects.filter(pk=house.women[0].id).update(status="closed")
    Period.objects.update(state="draft", solving="running", asked_at=clock.now())
    solving.compute(house.coordinator.organisation, house.period, seconds=60)
    page = said(client, "period", house.period)
    assert "No plan: Sewing, group 1, cannot stay where it is fixed." in page
    assert "It needs 2 women, and fewer of those in it can come there and then." in page
    assert reverse("activity_change", args=(house.activity,)) in page
    assert "The plan is being computed." in pressed(client, "period_compute", house)
    assert "No plan:" not in said(client, "period", house.period)


def test_a_second_click_an_old_tab_and_nonsense_are_refused_in_words(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    pressed(client, "period_again", house)
    number = computed(house)
    for wrong in ("", "x", "9" * 30, number + 1):
        assert "put in force or dropped already" in pressed(
            client, "period_proposal_publish", house, proposal=wrong, version=1
        )
    pressed(client, "period_proposal_publish", house, proposal=number, version=1)
    assert "put in force or dropped already" in pressed(
        client, "period_proposal_publish", house, proposal=number, version=1
    )
    pressed(client, "period_again", house)
    again = computed(house)
    first = house.sessions[0]
    pressed_fix = client.post(reverse("session_fix", args=(house.period, first.pk)))
    assert pressed_fix.status_code == 302
    page = pressed(client, "period_proposal_publish", house, proposal=again, version=1)
    assert "Something changed since this proposal was made" in page
    assert "Ask for a new proposal" in said(client, "period_proposal", house.period)


def test_what_became_dangerous_since_is_told_to_who_may_know_and_nothing_is_in_force(
    house: House, sign_in: SignIn
) -> None:
    client = sign_in("coordinator")
    pressed(client, "period_again", house)
    number = computed(house)
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[1].code, why=WHY)
    page = pressed(client, "period_proposal_publish", house, proposal=number, version=1)
    assert "Two women who must not meet would be near each other." in page
    assert WHY not in page
    assert Session.objects.filter(room=house.room).count() == 2


def test_a_proposal_says_nothing_of_who_must_not_meet(house: House, sign_in: SignIn) -> None:
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[1].code, why=WHY)
    client = sign_in("coordinator")
    pressed(client, "period_again", house)
    computed(house)
    page = said(client, "period_proposal", house.period)
    assert house.women[0].code in page
    for secret in (WHY, "must not", "avoid"):
        assert secret not in page.split("<main")[1], secret


def test_what_was_interrupted_is_said_and_can_be_asked_for_again(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    pressed(client, "period_again", house)
    assert "The proposal is being computed" in said(client, "period_proposal", house.period)
    Proposal.objects.update(asked_at=clock.now() - periods.GIVEN_UP)
    assert "Plans to look at" in said(client, "today")
    page = said(client, "period_proposal", house.period)
    assert "The proposal was interrupted while it was computed" in page
    assert "Ask for a new proposal" in page
    assert "is being computed" in pressed(client, "period_again", house)
    Period.objects.update(state="draft", solving="running", asked_at=clock.now() - periods.GIVEN_UP)
    assert "It was interrupted while it was computed" in said(client, "period", house.period)
    assert "The plan is being computed." in pressed(client, "period_compute", house)


def test_a_proposal_of_yesterday_is_old(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    pressed(client, "period_again", house)
    number = computed(house)
    Proposal.objects.update(on=clock.today("Europe/Madrid") - timedelta(days=1))
    assert "Ask for a new proposal" in said(client, "period_proposal", house.period)
    assert "Something changed" in pressed(client, "period_proposal_publish", house, proposal=number, version=1)


def test_the_comparison_takes_as_many_queries_for_many_as_for_few(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    counts = []
    for _round in range(2):
        pressed(client, "period_again", house)
        computed(house)
        said(client, "period_proposal", house.period)
        with CaptureQueriesContext(connection) as asked:
            said(client, "period_proposal", house.period)
        counts.append(len(asked))
        for _ in range(4):
            woman_of(house.cast, house.activity)
    assert counts[0] == counts[1]
